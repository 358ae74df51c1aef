"""Several processes write at once: every confirmed write is there once, nothing else is, and no update is lost."""

import os
import time
from collections import Counter
from pathlib import Path

import psycopg
import pytest

from svcq.errors import StoreTrouble
from svcq.processes import contract, customer
from svcq.processes.unit import unit
from svcq.store import database
from svcq.store.address import Address, Server
from tests import places
from tests.cli import TODAY, Svcq
from tests.stores import TODAY as DAY
from tests.stores import made, people, writing
from tests.writers import HOSPITAL, forked, together

SECONDS = 3
WRITERS = 4


def new(tmp_path: Path) -> Address:
    """Where a store may be made, on the engine of the run."""
    return places.at(tmp_path / "new.db")


def all_of(children: list[int]) -> list[int]:
    """The exit codes of processes."""
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


@pytest.mark.files
def test_what_several_processes_write_to_a_file_at_once_is_all_there_once(tmp_path: Path) -> None:
    assert _wrong(made(tmp_path / "s.db"), tmp_path) == []


@pytest.mark.files
def test_what_several_processes_write_to_a_server_at_once_is_all_there_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places.Engine, "postgresql", True)
    before = places.known()
    store = places.at(tmp_path / "s.db")
    with writing(store) as work:
        people(work)
        for number in ("HT-1", "HT-2"):
            contract.add(work, number, HOSPITAL, {}, {})
    assert _wrong(store, tmp_path) == []
    places.forget(places.known() - before)


def _wrong(store: Address, folder: Path) -> list[str]:
    reckoning = together(store, folder, writers=WRITERS, seconds=SECONDS)
    assert len({one.act for one in reckoning.confirmed}) >= 5
    return list(reckoning.wrong())


def test_a_writer_that_waits_too_long_is_told_so_in_one_sentence(tmp_path: Path) -> None:
    svcq = Svcq(made(tmp_path / "s.db"))
    with writing(svcq.store) as work:
        customer.edit(work, "H001", {"contact": "万主任"})
        work.session.flush()
        begin = time.monotonic()
        ran = svcq("contract", "return", "HT-1", "--on", TODAY, code=1, SVCQ_WAIT="0.2")
    assert 0.1 < time.monotonic() - begin < 5
    assert ran.err.count("\n") == 1
    assert "is being written by somebody else and did not become free in 0.2 seconds: try again" in ran.err


def test_eight_processes_that_make_a_store_at_once_make_one(tmp_path: Path) -> None:
    store = new(tmp_path)

    def enter(place: int) -> None:
        with writing(store) as work:
            customer.add(work, f"第{place}医院", {}, {})

    assert all_of([forked(lambda place=place: enter(place)) for place in range(8)]) == [0] * 8
    svcq = Svcq(store)  # type: ignore[arg-type]
    names = Counter(row["name"] for row in svcq("customer", "list", "-f", "json").json)
    assert names == Counter(f"第{place}医院" for place in range(8))
    assert svcq("db", "check").out == ""


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Server:
    """A store with the people on a server, whatever engine the run is on."""
    monkeypatch.setattr(places.Engine, "postgresql", True)
    store = places.at(tmp_path / "lost.db")
    assert isinstance(store, Server)
    with writing(store) as work:
        people(work)
    return store


def _terminate(store: Server) -> None:
    """End every other connection to the store's database, as a server does that goes down."""
    with psycopg.connect(store.url, autocommit=True) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )


@pytest.mark.files
@pytest.mark.parametrize("moment", ["while it writes", "at the commit"])
def test_a_connection_that_is_lost_is_told_honestly_and_nothing_is_half_there(
    server: Server, moment: str
) -> None:
    def lose() -> None:
        at_last = (lambda: _terminate(server)) if moment == "at the commit" else lambda: None
        with unit(server, today=DAY, actor="质控", command="test", before_commit=at_last) as work:
            customer.edit(work, "H001", {"contact": "万主任"})
            if moment == "while it writes":
                _terminate(server)

    with pytest.raises(StoreTrouble, match="connection was lost .*`svcq log` tells whether"):
        lose()
    svcq = Svcq(server)  # type: ignore[arg-type]
    assert svcq("customer", "show", "H001", "-f", "json").json["contact"] is None
    assert svcq("db", "check").out == ""


@pytest.mark.files
def test_a_writer_that_is_killed_lets_go_of_the_servers_lock(server: Server) -> None:
    def hold() -> None:
        with writing(server) as work:
            customer.edit(work, "H001", {"contact": "万主任"})
            work.session.flush()
            os.kill(os.getpid(), 9)

    assert all_of([forked(hold)]) == [-9]
    svcq = Svcq(server)  # type: ignore[arg-type]
    svcq("customer", "edit", "H001", "--phone", "1", "--reason", "mend", SVCQ_WAIT="5")
    assert svcq("customer", "show", "H001", "-f", "json").json["contact"] is None


@pytest.mark.files
def test_a_writer_sees_what_was_committed_while_it_waited_whatever_the_server_takes_for_isolation(
    server: Server,
) -> None:
    name = server.url.partition("@/")[2].partition("?")[0]
    with psycopg.connect(server.url, autocommit=True) as connection:
        statement = f"alter database {name} set default_transaction_isolation = 'serializable'"
        connection.execute(statement.encode())

    def later() -> None:
        with writing(server) as work:
            assert customer.edit(work, "H001", {"phone": "2"})
            assert customer.find(work, "H001").contact == "万主任"

    with writing(server) as work:
        customer.edit(work, "H001", {"contact": "万主任"})
        work.session.flush()
        child = forked(later)
        time.sleep(0.3)
    assert all_of([child]) == [0]
    assert database.exists(server)


@pytest.mark.files
@pytest.mark.parametrize("setting", ["statement_timeout = 50", "idle_in_transaction_session_timeout = 50"])
def test_a_server_that_breaks_off_is_told_in_one_sentence(server: Server, setting: str) -> None:
    def dawdle() -> None:
        with writing(server) as work:
            customer.edit(work, "H001", {"contact": "万主任"})
            work.session.connection().exec_driver_sql(f"set local {setting}")
            if setting.startswith("idle"):
                time.sleep(0.3)
            work.session.connection().exec_driver_sql("select pg_sleep(1)")

    with pytest.raises(StoreTrouble, match="nothing was written|connection was lost"):
        dawdle()
    svcq = Svcq(server)  # type: ignore[arg-type]
    assert svcq("customer", "show", "H001", "-f", "json").json["contact"] is None
