"""Opening the store: what cannot be opened is a sentence, what is missing is made, and only for its owner."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import select

from svcq.errors import StoreTrouble
from svcq.processes import contract, customer
from svcq.store import database, sqlite
from svcq.store.read import Reader
from svcq.store.tables.customer import Customer
from svcq.store.waiting import WAIT, wait
from tests.places import at, held
from tests.stores import TODAY, dump, faults, made, people, writing


def read(path: Path) -> list[dict[str, object]]:
    """What a listing does: open, ask, close."""
    reader = Reader(at(path))
    try:
        return list(reader.rows("select name from v_customer order by name"))
    finally:
        reader.close()


def write(path: Path) -> None:
    """What a writing command does."""
    with writing(path) as work:
        customer.add(work, "新医院", {}, {})


def mode(path: Path) -> int:
    """The permission bits."""
    return path.stat().st_mode & 0o777


@pytest.mark.files  # a file and its folder
def test_of_a_store_that_is_not_there_everything_is_empty_and_nothing_is_made(tmp_path: Path) -> None:
    assert read(tmp_path / "no" / "svcq.db") == []
    assert not (tmp_path / "no").exists()


@pytest.mark.files  # a file and its folder
def test_the_first_write_makes_the_store_in_a_folder_made_for_it_readable_by_its_owner_alone(
    tmp_path: Path,
) -> None:
    path = tmp_path / "deep" / "er" / "svcq.db"
    before = os.umask(0)
    try:
        with writing(path) as work:
            people(work)
            beside = {file.name: mode(file) for file in path.parent.iterdir()}
    finally:
        os.umask(before)
    assert mode(path) == 0o600
    assert mode(path.parent) == 0o700
    assert set(beside.values()) == {0o600}, "the log beside the store is as private as the store"
    assert [row["name"] for row in read(path)] == ["云河县人民医院", "江州市中心医院"]
    assert faults(path) == []


@pytest.mark.files  # a file and its folder
def test_an_empty_file_becomes_a_store_when_it_is_written_to(tmp_path: Path) -> None:
    path = tmp_path / "svcq.db"
    path.touch()
    assert read(path) == []
    write(path)
    assert [row["name"] for row in read(path)] == ["新医院"]


@pytest.mark.files  # a file and its folder
def test_names_with_signs_that_mean_something_in_a_url_are_files_like_any_other(tmp_path: Path) -> None:
    for name in ("a?mode=ro.db", "50%25.db", "#1 客户.db", "a b&c=d.db"):
        write(tmp_path / name)
        assert [row["name"] for row in read(tmp_path / name)] == ["新医院"]
    assert len([file for file in tmp_path.iterdir() if file.suffix == ".db"]) == 4


@pytest.mark.files  # a file and its folder
def test_a_store_is_write_ahead_logged_keeps_its_mark_and_its_writers_hold_foreign_keys(
    tmp_path: Path,
) -> None:
    path = made(tmp_path / "svcq.db")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("pragma journal_mode").fetchone() == ("wal",)
        assert connection.execute("pragma application_id").fetchone() == (0x73766371,)
    with database.session(path) as session:
        assert session.connection().exec_driver_sql("pragma foreign_keys").scalar() == 1


def newer(path: Path) -> None:
    """A store of a later svcq."""
    with closing(sqlite3.connect(made(path))) as connection, connection:
        connection.execute("update alembic_version set version_num = '0999'")


def foreign(path: Path) -> None:
    """A database of something else."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("create table songs (title)")


def text_file(path: Path) -> None:
    """A file that is no database."""
    path.write_text("dear diary, " * 500)


def short_text(path: Path) -> None:
    """A file too short to be a database."""
    path.write_text("x")


def damaged(path: Path) -> None:
    """A store with its pages overwritten."""
    body = bytearray(made(path).read_bytes())
    body[4096:] = b"\xff" * (len(body) - 4096)
    path.write_bytes(bytes(body))


def truncated(path: Path) -> None:
    """A store that was not copied to its end."""
    path.write_bytes(made(path).read_bytes()[:5000])


SPOILED: dict[str, tuple[Callable[[Path], None], str]] = {
    "newer": (newer, "was written by a newer svcq (schema 0999"),
    "foreign": (foreign, "is a database, but not an svcq store"),
    "text": (text_file, "is not an svcq store"),
    "short": (short_text, "is not an svcq store"),
    "damaged": (damaged, "is damaged"),
    "truncated": (truncated, "is damaged"),
    "folder": (Path.mkdir, "is a folder"),
    "pipe": (os.mkfifo, "is not an svcq store"),
}


@pytest.mark.files  # a file and its folder
@pytest.mark.parametrize("act", [read, write], ids=["read", "write"])
@pytest.mark.parametrize("kind", sorted(SPOILED))
def test_what_is_no_store_of_ours_is_a_sentence_and_stays_as_it_was(
    tmp_path: Path, kind: str, act: Callable[[Path], object]
) -> None:
    spoil, sentence = SPOILED[kind]
    path = tmp_path / "svcq.db"
    spoil(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StoreTrouble) as refused:
        act(path)
    assert sentence in str(refused.value)
    assert str(path) in str(refused.value)
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_store_that_another_writer_holds_is_a_sentence_after_the_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SVCQ_WAIT", "0.2")
    path = made(tmp_path / "svcq.db")
    with held(path):
        assert len(read(path)) == 2, "readers do not wait for a writer"
        with pytest.raises(StoreTrouble, match=r"being written by somebody else .* 0\.2 seconds"):
            write(path)
    write(path)


@pytest.mark.parametrize("said", ["soon", "nan", "inf", "-1", "1e300", ""])
def test_a_wait_that_is_no_time_is_the_ordinary_one(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv("SVCQ_WAIT", said)
    assert wait() == WAIT


@pytest.mark.files  # a file and its folder
def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreTrouble, match="cannot be made"):
        write(tmp_path / "file" / "svcq.db")


def test_an_error_inside_the_work_keeps_nothing(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    before = dump(path)
    for error in (ValueError("a mistake"), KeyboardInterrupt()):
        with pytest.raises(type(error)), writing(path) as work:  # noqa: PT012
            contract.add(work, "HT-9", "H001", {"sealed_on": TODAY}, {})
            raise error
        assert dump(path) == before


def test_a_dry_run_goes_all_the_way_and_keeps_nothing(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    before = dump(path)
    with writing(path, dry_run=True) as work:
        contract.add(work, "HT-9", "H001", {"sealed_on": TODAY}, {})
    assert work.changes == 1
    assert dump(path) == before


@pytest.mark.files  # a server takes nothing but queries from a listing
def test_a_listing_never_writes(tmp_path: Path) -> None:
    reader = Reader(made(tmp_path / "svcq.db"))
    with pytest.raises(StoreTrouble, match="cannot be written|can only be read"):
        list(reader.rows("delete from contract_call"))
    reader.close()


def test_a_reader_sees_one_moment_while_another_writes(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    reader = Reader(at(path))
    rows = reader.rows("select number from contract order by number")
    assert next(rows)["number"] == "HT-1"
    with writing(path) as work:
        contract.add(work, "HT-3", "H001", {}, {})
    assert [row["number"] for row in rows] == ["HT-2"]
    assert len(list(reader.rows("select number from contract"))) == 2
    reader.close()
    reader = Reader(at(path))
    assert len(list(reader.rows("select number from contract"))) == 3
    reader.close()


@pytest.mark.files  # a file and its folder
def test_an_older_store_is_brought_up_by_a_listing(tmp_path: Path) -> None:
    path = tmp_path / "svcq.db"
    sqlite.create(path)
    sqlite.first_settings(path)
    assert path.stat().st_size > 0
    assert read(path) == []
    with closing(sqlite.connect(path)) as connection:
        assert database.checked_revision(connection, path) == database.HEAD


ADDING = """
import sys
from pathlib import Path
from tests.stores import writing
from svcq.processes import customer

path, who = Path(sys.argv[1]), sys.argv[2]
sys.stdin.readline()
for n in range(3):
    with writing(path) as work:
        customer.add(work, f"医院{who}{n}", {}, {})
"""


@pytest.mark.files  # other processes find it by its name
def test_processes_that_make_and_write_one_store_at_once_wait_for_each_other(tmp_path: Path) -> None:
    path = tmp_path / "new" / "svcq.db"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", ADDING, str(path), str(who)],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for who in range(3)
    ]
    for one in started:
        assert one.stdin
        one.stdin.write("go\n")
        one.stdin.flush()
    errors = [one.communicate()[1] for one in started]
    assert errors == [""] * 3
    with writing(path) as work:
        assert len(work.session.exec(select(Customer)).all()) == 9
    assert faults(path) == []


def as_stranger(act: Callable[[Path], object], path: Path) -> str:
    """What an act says when it is done by somebody for whom read-only means read-only: its answer or its refusal."""
    act(made(path.with_name("warm.db")))  # what it imports is loaded before the superuser's rights are gone
    if os.getuid():
        return said(act, path)
    inlet, outlet = os.pipe()
    child = os.fork()
    if not child:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        os.write(outlet, said(act, path).encode())
        os._exit(0)
    os.close(outlet)
    with os.fdopen(inlet, "rb") as pipe:
        text = pipe.read().decode()
    os.waitpid(child, 0)
    return text


def said(act: Callable[[Path], object], path: Path) -> str:
    """The answer, or the sentence of the refusal; the kind of any other error."""
    try:
        return str(act(path))
    except StoreTrouble as trouble:
        return str(trouble)
    except BaseException as error:
        return f"unexpected: {error!r}"


NOBODY = 65534


@pytest.fixture
def shared() -> Iterator[Path]:
    """A store of the stranger's own, outside the private folders of the tests."""
    folder = Path(tempfile.mkdtemp(prefix="svcq-shared-"))
    path = made(folder / "svcq.db")
    if not os.getuid():
        os.chown(folder, NOBODY, NOBODY)
        os.chown(path, NOBODY, NOBODY)
    yield path
    folder.chmod(0o700)
    shutil.rmtree(folder)


def names(path: Path) -> str:
    """The hospitals of the store, as a listing reads them."""
    return " ".join(str(row["name"]) for row in read(path))


@pytest.mark.files  # a file and its folder
def test_a_store_in_a_folder_that_cannot_be_written_to_can_be_read_but_not_written(shared: Path) -> None:
    shared.parent.chmod(0o500)
    assert as_stranger(names, shared) == "云河县人民医院 江州市中心医院"
    assert as_stranger(write, shared).startswith(f"{shared} cannot be ")


@pytest.mark.files  # a file and its folder
def test_a_store_that_is_read_only_can_be_read_but_not_written(shared: Path) -> None:
    shared.chmod(0o400)
    assert as_stranger(names, shared) == "云河县人民医院 江州市中心医院"
    assert as_stranger(write, shared) == f"{shared} cannot be written: check its permissions"


@pytest.mark.files  # a file and its folder
@pytest.mark.parametrize("act", [names, write])
def test_a_store_that_is_not_ours_to_read_is_a_sentence(shared: Path, act: Callable[[Path], object]) -> None:
    shared.chmod(0)
    assert as_stranger(act, shared).startswith(f"{shared} cannot be opened")


@pytest.mark.files  # a file and its folder
def test_a_folder_in_which_nothing_can_be_made_is_a_sentence(shared: Path) -> None:
    shared.parent.chmod(0o500)
    new = shared.with_name("new.db")
    assert as_stranger(write, new) == f"{new}: cannot be made: Permission denied"
