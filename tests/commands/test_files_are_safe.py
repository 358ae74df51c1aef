"""What a command writes never lands on the store or on what it reads, and a restore that fails takes nothing away."""

import os
import resource
import subprocess
import sys

import pytest

from tests.cli import environment

WORDS = {
    "a listing": ("contract", "list", "-f", "xlsx", "-o"),
    "an export": ("export", "contract", "-o"),
    "one record": ("contract", "show", "HT-1", "-f", "json", "-o"),
}


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


@pytest.mark.parametrize("option", ["-o", "--refused"])
def test_nothing_is_written_over_the_file_that_is_imported(small, tmp_path, option):
    path = tmp_path / "bad.csv"
    path.write_text("number,customer,sealed_on\nN-1,江州市中医院,2026-09-01\nN-2,没有,2026-09-01\n", "utf-8")
    text = path.read_bytes()
    ran = small("import", path, "--partial", option, path, code=2)
    assert "is the store or a file that is being read" in ran.err
    assert path.read_bytes() == text


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
