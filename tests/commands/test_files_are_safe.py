"""What a command writes never lands on the store or on what it reads, and a restore that fails takes nothing away."""

import os
import re
import resource
import subprocess
import sys

import pytest

from tests.cli import environment
from tests.sheets.hostile.files import xls, xlsx

WORDS = {
    "a listing": ("contract", "list", "-f", "xlsx", "-o"),
    "an export": ("export", "contract", "-o"),
    "one record": ("contract", "show", "HT-1", "-f", "json", "-o"),
}


@pytest.mark.files  # the store is a file among others
@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
@pytest.mark.parametrize("form", ["plain", "other spelling", "symlink", "hard link"])
def test_nothing_is_written_over_the_store(small, tmp_path, words, form):
    target = small.store
    if form == "other spelling":
        target = tmp_path / "." / ".." / tmp_path.name / small.store.name
    elif form != "plain":
        target = tmp_path / "link.db"
        (target.symlink_to if form == "symlink" else target.hardlink_to)(small.store)
    before = small.dump()
    ran = small(*words, target, code=2)
    assert "is the store or a file that is being read" in ran.err
    assert small.dump() == before
    assert small("db", "check").out == ""


TARGETS = {
    ".": "is a folder",
    "missing/a.xlsx": "the folder does not exist",
    "missing.xlsx/": "is a folder",
    "staff.csv/a.xlsx": "the folder does not exist",
    "svcq.db-wal": "is the store or a file",
    "svcq.db-shm": "is the store or a file",
    "svcq.db-journal": "is the store or a file",
    "missing/../svcq.db": "is the store or a file",
    "x" * 300 + ".xlsx": "File name too long",
    "/dev/full": "No space left on device",
    "/proc/self/mem": "cannot be written",
    "": "name a file",
}


@pytest.mark.files
@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_a_place_that_cannot_take_a_file_is_named_and_nothing_is_left_there(small, tmp_path, words):
    before, files = small.dump(), sorted(path.name for path in tmp_path.iterdir())
    for name, why in TARGETS.items():
        path = name if name[:1] in ("", "/") else f"{tmp_path}/{name}"
        ran = small(*words, path, code=2)
        assert re.fullmatch(f"svcq: .*{why}.*\n", ran.err), name
        assert sorted(path.name for path in tmp_path.iterdir()) == files, name
    assert small.dump() == before


def test_a_name_that_a_terminal_would_obey_is_told_harmlessly(small, tmp_path):
    path = tmp_path / "a\nb\x1b[31m\u202e.xlsx"
    ran = small("export", "contract", "-o", path)
    assert path.exists()
    assert ran.err == f"1 record written to {tmp_path}/a b\u241b[31m.xlsx\n"


def test_a_link_is_followed_and_a_pipe_is_written(small, tmp_path):
    (tmp_path / "link.csv").symlink_to("real.csv")
    small("contract", "list", "-o", tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text("utf-8-sig").startswith("number,")
    os.mkfifo(tmp_path / "pipe.csv")
    with subprocess.Popen(["cat", tmp_path / "pipe.csv"], stdout=subprocess.PIPE) as reader:
        small("contract", "list", "-o", tmp_path / "pipe.csv")
        assert reader.stdout.read() == (tmp_path / "real.csv").read_bytes()


def test_a_report_is_not_written_twice_into_one_file(small, tmp_path):
    ran = small("report", "monthly", "-o", tmp_path / "a.md", "-o", f"{tmp_path}/./a.md", code=2)
    assert "named twice" in ran.err
    assert not (tmp_path / "a.md").exists()


def test_nothing_is_written_over_the_mapping_file(small, tmp_path):
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('[headers]\n"Ref" = "number"\n', "utf-8")
    bad = tmp_path / "bad.csv"
    bad.write_text("Ref,customer,sealed_on\nN-1,nobody,2026-09-01\n", "utf-8")
    ran = small("import", bad, "--mapping", mapping, "--refused", mapping, code=2)
    assert "is the store or a file that is being read" in ran.err
    assert mapping.read_text("utf-8").startswith("[headers]")


@pytest.mark.parametrize("place", ["pipe", "/dev/zero", ".", "missing.toml"])
def test_a_mapping_file_that_is_no_file_is_a_sentence(small, tmp_path, place):
    os.mkfifo(tmp_path / "pipe")
    path = place if place.startswith("/") else tmp_path / place
    assert small("import", tmp_path / "staff.csv", "--mapping", path, code=2).err.count("\n") == 1


def test_a_file_that_vanishes_while_it_is_read_is_a_sentence(small, tmp_path, monkeypatch):
    from svcq.sheets.files import sniff

    for name, data in (("a.csv", b"number,customer\n"), ("a.xlsx", xlsx()), ("a.xls", xls())):
        path, look = tmp_path / name, sniff.what_is
        path.write_bytes(data)

        def gone(file, encoding=None, look=look):
            what = look(file, encoding)
            file.unlink()
            return what

        with monkeypatch.context() as patched:
            patched.setattr(sniff, "what_is", gone)
            ran = small("import", path, code=2)
        assert str(path) in ran.err
        assert ran.err.count("\n") == 1


@pytest.mark.parametrize("option", ["-o", "--refused"])
def test_nothing_is_written_over_the_file_that_is_imported(small, tmp_path, option):
    path = tmp_path / "bad.csv"
    path.write_text("number,customer,sealed_on\nN-1,江州市中医院,2026-09-01\nN-2,没有,2026-09-01\n", "utf-8")
    text = path.read_bytes()
    ran = small("import", path, "--partial", option, path, code=2)
    assert "is the store or a file that is being read" in ran.err
    assert path.read_bytes() == text


@pytest.mark.files  # the store is a file among others
def test_a_restore_that_finds_no_room_leaves_the_store_where_it_was(small, tmp_path):
    small("db", "backup", tmp_path / "backup.db")
    small("contract", "return", "HT-1", "--on", "today")
    before = small.dump()
    room = os.path.getsize(small.store) // 2

    def narrow() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    done = subprocess.run(
        [sys.executable, "-m", "svcq", "db", "restore", str(tmp_path / "backup.db"), "--yes"],
        env=environment(**small.told),
        capture_output=True,
        text=True,
        preexec_fn=narrow,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert small.dump() == before
    assert not list(tmp_path.glob("*before-restore*"))
    assert small("db", "check").out == ""
