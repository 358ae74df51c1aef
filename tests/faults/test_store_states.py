"""Stores in a bad way: one sentence for each, in both languages, exit 1, and not a byte of the store is changed."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from svcq.store import database
from tests.cli import Svcq
from tests.faults.scenes import state
from tests.stores import made, writing

pytestmark = pytest.mark.files
WORDS = {
    "a listing": ("contract", "list"),
    "a write": ("contract", "return", "HT-1", "--on", "today"),
    "a rehearsal": ("contract", "return", "HT-1", "--on", "today", "--dry-run"),
    "the check": ("db", "check"),
    "a backup": ("db", "backup", "{folder}/copy.db"),
    "the desk": (),
}
PAGE = 4096


def pages(path: Path, kind: str, name: str) -> list[int]:
    """The page on which a table or an index begins."""
    with closing(sqlite3.connect(path)) as connection:
        asked = "select rootpage from sqlite_master where type = ? and name = ?"
        return [number for (number,) in connection.execute(asked, (kind, name))]


def overwrite(path: Path, at: int, size: int = PAGE) -> None:
    """Something else stands there now."""
    with path.open("r+b") as file:
        file.seek(at)
        file.write(b"\xa5" * size)


def newer(path: Path) -> None:
    """A later svcq wrote it."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("update alembic_version set version_num = '0999'")


def foreign(path: Path) -> None:
    """Another program's."""
    path.unlink()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("create table songs (title)")


SPOILED: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "of a newer svcq": (newer, "was written by a newer svcq (schema 0999", "由更新的 svcq 写成"),
    "another program's": (foreign, "is a database, but not an svcq store", "不是 svcq 的"),
    "no database": (
        lambda path: path.write_text("dear diary, " * 500),
        "is not an svcq store",
        "不是 svcq 的数据库",
    ),
    "its header": (lambda path: overwrite(path, 16, 60), "", ""),
    "its schema": (lambda path: overwrite(path, 120, PAGE - 120), "is damaged", "已损坏"),
    "cut in the middle": (
        lambda path: path.write_bytes(path.read_bytes()[: 10 * PAGE]),
        "is damaged",
        "已损坏",
    ),
    "all but its beginning": (
        lambda path: overwrite(path, PAGE, path.stat().st_size - PAGE),
        "is damaged",
        "已损坏",
    ),
}


@pytest.mark.parametrize("kind", SPOILED)
def test_whatever_is_done_to_such_a_store_is_refused_with_one_sentence(tmp_path: Path, kind: str) -> None:
    spoil, english, chinese = SPOILED[kind]
    path = made(tmp_path / "svcq.db")
    spoil(path)
    before = path.read_bytes()
    copied = kind in ("of a newer svcq", "another program's")  # whole, and perhaps of use to who comes next
    for words in WORDS.values():
        for lang, said in (("en", english), ("zh", chinese)):
            if copied and words[:2] == ("db", "backup"):
                continue
            told = [word.replace("{folder}", str(tmp_path)) for word in words]
            ran = Svcq(path, lang=lang)(*told, code=None)
            assert (ran.code, ran.out) == (1, ""), (words, ran)
            assert ran.err.count("\n") == 1
            assert said in ran.err
            assert "unexpected" not in ran.err
            assert "意外" not in ran.err
            assert not (tmp_path / "copy.db").exists()
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("table", "contract"),
        ("table", "audit"),
        ("table", "obligation"),
        ("index", "ix_contract_customer_id"),
    ],
)
def test_a_page_that_is_something_else_is_found_by_the_check_and_nothing_is_written(
    tmp_path: Path, kind: str, name: str
) -> None:
    path = made(tmp_path / "svcq.db")
    for number in pages(path, kind, name):
        overwrite(path, (number - 1) * PAGE)
    before = path.read_bytes()
    ran = Svcq(path)("db", "check", code=1)
    assert "svcq db restore FILE" in ran.err
    assert "unexpected" not in ran.err
    for words in WORDS.values():
        told = [word.replace("{folder}", str(tmp_path)) for word in words]
        ran = Svcq(path)(*told, code=None)
        assert ran.code in (0, 1)
        assert "unexpected" not in ran.err
        if words[:2] == ("contract", "return") and ran.code:
            assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("sent_out_on", "20260101", "20260101"),
        ("sent_out_on", "'in May'", "'in May'"),
        ("amount_fen", "'much'", "'much'"),
        ("project", "x'ff00'", "X'FF00'"),
    ],
)
def test_a_value_that_no_svcq_wrote_is_found_by_the_check(
    tmp_path: Path, column: str, value: str, told: str
) -> None:
    path = made(tmp_path / "svcq.db")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"update contract set {column} = {value} where id = 1")
    ran = Svcq(path)("db", "check", code=1)
    assert ran.out.splitlines()[0] == f"the file: contract: {column} is {told}"
    assert "svcq db restore FILE" in ran.err
    assert "unexpected" not in Svcq(path)("db", "refresh", code=None).err


@pytest.mark.parametrize("seed", range(3))
def test_a_few_bytes_that_flipped_are_never_an_unexpected_error(tmp_path: Path, seed: int) -> None:
    path = made(tmp_path / "svcq.db")
    dice = random.Random(seed)
    body = bytearray(path.read_bytes())
    written = [place for place in range(PAGE, len(body)) if body[place]]
    for place in dice.sample(written, 40):
        body[place] = dice.randrange(256)
    for words in WORDS.values():
        path.write_bytes(body)
        for end in ("-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)
        told = [word.replace("{folder}", str(tmp_path)) for word in words]
        ran = Svcq(path)(*told, code=None)
        assert ran.code in (0, 1)
        assert "unexpected" not in ran.err, (words, ran.err)


def test_of_a_log_that_is_damaged_what_was_kept_before_is_kept(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    svcq = Svcq(path)
    with closing(sqlite3.connect(path)) as open_all_the_time:
        open_all_the_time.execute("select count(*) from audit").fetchone()
        before = state(path)
        svcq("customer", "add", "新医院")
        log = path.with_name(path.name + "-wal").read_bytes()
        body = path.read_bytes()
    spoiled = tmp_path / "spoiled" / "svcq.db"
    spoiled.parent.mkdir()
    for at in (0, 40, len(log) // 2, len(log) - 10):
        spoiled.write_bytes(body)
        spoiled.with_name("svcq.db-wal").write_bytes(log[:at] + b"\xa5" * 8 + log[at + 8 :])
        assert Svcq(spoiled)("db", "check").out == ""
        assert state(spoiled) == before, "a write whose log is not whole never was"
        spoiled.unlink()


def test_a_restore_puts_a_damaged_store_aside_and_a_backup_in_its_place(tmp_path: Path) -> None:
    path, copy = made(tmp_path / "svcq.db"), made(tmp_path / "copy.db")
    for number in pages(path, "table", "audit"):
        overwrite(path, (number - 1) * PAGE)
    broken = path.read_bytes()
    svcq = Svcq(path)
    ran = svcq("db", "restore", copy, code=2)
    assert "say --yes" in ran.err
    assert path.read_bytes() == broken
    svcq("db", "restore", copy, "--yes")
    assert svcq("db", "check").out == ""
    kept = [file for file in tmp_path.glob("svcq-before-restore-*") if file.suffix == ".db"]
    assert [file.stat().st_size for file in kept] == [len(broken)]


def test_a_locked_store_is_a_sentence_in_chinese_too(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    before = state(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin immediate")
        ran = Svcq(path, lang="zh")("contract", "return", "HT-1", "--on", "today", SVCQ_WAIT="0.1", code=1)
        assert ran.err.count("\n") == 1
        assert "0.1 秒" in ran.err
        assert Svcq(path)("contract", "list").out
    assert state(path) == before


def test_without_a_home_and_without_time_zones_everything_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HOME", raising=False)
    svcq = Svcq(made(tmp_path / "svcq.db"))
    for zone in ("Asia/Shanghai", "Nowhere/Nothing", ""):
        svcq("customer", "add", f"医院 {zone}", TZ=zone, PYTHONTZPATH="")
    assert svcq("db", "check").out == ""


def test_without_a_folder_for_temporary_files_it_is_said_where_to_name_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    svcq = Svcq(made(tmp_path / "svcq.db"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", lambda: ["/proc/no/such/folder"])
    ran = svcq("daily", "--dry-run", code=1)
    assert ran.err == "svcq: there is no folder for temporary files: name one in TMPDIR\n"
    assert database.exists(svcq.store)
    with writing(svcq.store):
        pass
