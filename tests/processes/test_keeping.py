"""Copies of the store: whole, private, made while others write, and put back without losing what was there."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from svcq.errors import StoreTrouble, SvcqError, Usage
from svcq.processes import contract, keeping
from tests.stores import TODAY, dump, faults, made, peopled, writing


def listed(folder: Path) -> set[str]:
    """The files in a folder, without SQLite's own."""
    return {file.name for file in folder.iterdir() if not file.name.endswith(("-wal", "-shm"))}


@pytest.mark.files  # copies of files
def test_a_copy_is_the_store_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    path, copy = made(tmp_path / "svcq.db"), tmp_path / "copy.db"
    keeping.backup(path, copy)
    assert dump(copy) == dump(path)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert faults(copy) == []


@pytest.mark.files  # copies of files
def test_a_copy_made_while_somebody_writes_has_what_was_kept_and_nothing_half_done(tmp_path: Path) -> None:
    path, copy = made(tmp_path / "svcq.db"), tmp_path / "copy.db"
    before = dump(path)
    with writing(path) as work:
        contract.add(work, "HT-9", "H001", {"sealed_on": TODAY}, {})
        keeping.backup(path, copy)
    assert dump(copy) == before
    assert dump(path) != before


REFUSED = {
    "a store that is not there": ("none.db", "copy.db", StoreTrouble, "there is no store at"),
    "a file that is there": ("svcq.db", "there.db", Usage, "exists already"),
    "a folder": ("svcq.db", "folder", Usage, "is a folder"),
}


@pytest.mark.files  # copies of files
@pytest.mark.parametrize("name", REFUSED)
def test_a_copy_that_cannot_be_made_is_refused_and_leaves_nothing(tmp_path: Path, name: str) -> None:
    source, target, kind, sentence = REFUSED[name]
    made(tmp_path / "svcq.db")
    (tmp_path / "there.db").write_text("precious")
    (tmp_path / "folder").mkdir()
    before = listed(tmp_path)
    with pytest.raises(kind, match=sentence):
        keeping.backup(tmp_path / source, tmp_path / target)
    assert listed(tmp_path) == before
    assert (tmp_path / "there.db").read_text() == "precious"


@pytest.mark.files  # copies of files
def test_a_copy_over_a_file_needs_force_and_never_goes_over_the_store_itself(tmp_path: Path) -> None:
    path, copy = made(tmp_path / "svcq.db"), tmp_path / "copy.db"
    copy.write_text("old")
    keeping.backup(path, copy, force=True)
    assert dump(copy) == dump(path)
    (tmp_path / "link.db").symlink_to(path)
    for same in (path, tmp_path / "link.db"):
        with pytest.raises(Usage, match="is the store itself"):
            keeping.backup(path, same, force=True)
    assert faults(path) == []


@pytest.mark.files  # copies of files
def test_a_copy_put_back_replaces_the_store_which_is_kept_beside_it(tmp_path: Path) -> None:
    path, copy = made(tmp_path / "svcq.db"), tmp_path / "copy.db"
    keeping.backup(path, copy)
    then = dump(path)
    with writing(path) as work:
        contract.void(work, "HT-1", "重复")
    later = dump(path)
    kept = keeping.restore(path, copy, "20261123")
    assert kept == tmp_path / "svcq-before-restore-20261123.db"
    assert dump(path) == then
    assert dump(kept) == later
    assert faults(path) == faults(kept) == []


@pytest.mark.files  # copies of files
def test_a_copy_put_back_where_no_store_is_keeps_nothing_aside(tmp_path: Path) -> None:
    copy = made(tmp_path / "copy.db")
    path = tmp_path / "new" / "svcq.db"
    assert keeping.restore(path, copy, "20261123") is None
    assert dump(path) == dump(copy)
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.files  # copies of files
def test_a_damaged_store_is_replaced_by_a_copy_and_kept_as_it_is(tmp_path: Path) -> None:
    path, copy = made(tmp_path / "svcq.db"), made(tmp_path / "copy.db")
    body = path.read_bytes()
    path.write_bytes(body[:4096] + b"\xff" * (len(body) - 4096))
    broken = path.read_bytes()
    kept = keeping.restore(path, copy, "20261123")
    assert kept
    assert dump(path) == dump(copy)
    assert faults(path) == []
    assert kept.read_bytes()[4096:] == broken[4096:]


def spoil(path: Path, kind: str) -> None:
    """A file that cannot be put back."""
    if kind == "text":
        path.write_text("dear diary")
    elif kind == "empty":
        path.touch()
    elif kind == "newer":
        with closing(sqlite3.connect(made(path))) as connection, connection:
            connection.execute("update alembic_version set version_num = '0999'")
    elif kind == "foreign":
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("create table songs (title)")
    elif kind == "truncated":
        path.write_bytes(made(path).read_bytes()[:20000])
    elif kind == "folder":
        path.mkdir()


@pytest.mark.files  # copies of files
@pytest.mark.parametrize("kind", ["missing", "text", "empty", "newer", "foreign", "truncated", "folder"])
def test_what_is_no_whole_store_is_not_put_back(tmp_path: Path, kind: str) -> None:
    path = made(tmp_path / "svcq.db")
    spoil(tmp_path / "copy.db", kind)
    before = dump(path)
    with pytest.raises(SvcqError):
        keeping.restore(path, tmp_path / "copy.db", "20261123")
    assert dump(path) == before
    assert not list(tmp_path.glob("*before-restore*"))


@pytest.mark.files  # copies of files
def test_the_store_cannot_be_put_back_over_itself(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    with pytest.raises(Usage, match="is the store itself"):
        keeping.restore(path, path, "20261123")
    assert faults(path) == []


@pytest.mark.files  # copies of files
def test_an_older_copy_put_back_and_then_written_to_has_a_whole_audit(tmp_path: Path) -> None:
    path, copy = made(tmp_path / "svcq.db"), peopled(tmp_path / "copy.db")
    keeping.restore(path, copy, "20261123")
    with writing(path) as work:
        contract.add(work, "HT-9", "H001", {"sealed_on": TODAY}, {})
    assert faults(path) == []
    assert [row[1] for row in dump(path)["contract"]] == ["HT-9"]
