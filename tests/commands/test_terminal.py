"""A person at a terminal: tables that fit, what is missing is asked for, colour only where it is wanted."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from fcntl import ioctl
from struct import pack
from termios import TIOCSWINSZ

import pytest

from tests.cli import environment

WORDS = [sys.executable, "-m", "svcq"]


def type_in(svcq, *words, answers=(), width=100, **more):
    """Run svcq on a terminal of so many cells: the exit code and what was to be seen; answers are typed in turn."""
    main, other = pty.openpty()
    ioctl(other, TIOCSWINSZ, pack("HHHH", 40, width, 0, 0))
    told = environment(**svcq.told, TERM="xterm-256color", PYTHONIOENCODING="utf-8") | more
    process = subprocess.Popen([*WORDS, *words], stdin=other, stdout=other, stderr=other, env=told)
    os.close(other)
    seen, left = b"", list(answers)
    end = time.monotonic() + 20
    while time.monotonic() < end:
        ready, _, _ = select.select([main], [], [], 0.1)
        if ready:
            try:
                part = os.read(main, 65536)
            except OSError:
                break
            if not part:
                break
            seen += part
            if left and seen.rstrip(b" ").endswith(b":"):
                os.write(main, left.pop(0).encode() + b"\n")
        elif process.poll() is not None:
            break
    code = process.wait(timeout=20)
    os.close(main)
    return code, seen.decode("utf-8", "replace").replace("\r\n", "\n")


def cells(text):
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


@pytest.mark.parametrize("width", [80, 120, 200])
def test_a_table_fits_the_terminal_and_cuts_no_number_and_no_date(sample, width):
    code, seen = type_in(sample, "contract", "overdue", width=width, NO_COLOR="1")
    assert code == 0
    assert "\x1b" not in seen
    lines = seen.splitlines()
    assert max(map(cells, lines)) <= width
    for row in sample("contract", "overdue", "-f", "json").json:
        assert row["number"] in seen
        assert row["return_due_on"] in seen
    assert "24 contracts · fines 2,400 CNY" in seen


def test_a_limited_table_says_that_there_is_more_and_sums_up_nothing(sample):
    _, seen = type_in(sample, "contract", "overdue", "--limit", "3", NO_COLOR="1")
    assert "fines" not in seen
    assert "there are more" in seen


def test_colour_is_for_terminals_that_can_and_people_who_want_it(sample):
    words = ("contract", "overdue", "--limit", "2")
    assert "\x1b[" in type_in(sample, *words)[1]
    assert "\x1b[" not in type_in(sample, *words, NO_COLOR="1")[1]
    assert "\x1b[" not in type_in(sample, *words, TERM="dumb")[1]


def test_a_missing_option_is_asked_for_on_a_terminal(svcq):
    code, seen = type_in(svcq, "contract", "return", "HT-2026-0026", answers=["2026-11-20"])
    assert code == 0, seen
    assert "The day it happened:" in seen  # the blank behind it may come after the answer
    assert svcq("contract", "show", "HT-2026-0026", "-f", "json").json["returned_on"] == "2026-11-20"


def test_a_missing_option_is_an_error_on_a_pipe(sample):
    assert "--on" in sample("contract", "return", "HT-2026-0026", code=2).err


def test_a_restore_is_asked_about_and_no_means_nothing(svcq, tmp_path):
    svcq("db", "backup", tmp_path / "kept.db")
    before = svcq.dump()
    code, seen = type_in(svcq, "db", "restore", str(tmp_path / "kept.db"), answers=["n"])
    assert code == 130, seen
    assert "nothing was written" in seen
    assert svcq.dump() == before


def test_a_workbook_is_not_for_a_terminal(sample):
    for words in (("contract", "list", "-f", "xlsx"), ("export", "contract", "-f", "xlsx")):
        code, seen = type_in(sample, *words)
        assert (code, len(seen.splitlines())) == (2, 1)


def test_a_reader_that_has_seen_enough_ends_the_output_quietly(sample):
    told = environment(**sample.told)
    first = subprocess.Popen(
        [*WORDS, "due", "--all"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=told
    )
    assert first.stdout.readline().startswith(b"rule\t")
    first.stdout.close()
    assert [line for line in first.stderr if not line.startswith(b"note: ")] == []
    assert first.wait(timeout=20) in (0, -signal.SIGPIPE)


def test_bytes_of_another_encoding_are_a_sentence(sample):
    told = environment(**sample.told)
    ran = subprocess.run(
        [*WORDS, "contract", "show", b"\xba\xcf\xcd\xac"], capture_output=True, env=told, check=False
    )
    assert ran.returncode == 2
    assert ran.stderr.count(b"\n") == 1
    assert b"is not UTF-8 text" in ran.stderr


def test_a_file_with_a_name_in_another_encoding_is_imported(svcq, tmp_path):
    path = os.fsencode(tmp_path) + b"/\xba\xcf\xcd\xac.csv"
    with open(path, "wb") as file:
        file.write("number,customer\nN-1,岚汀市中心医院\n".encode())
    ran = subprocess.run(
        [*WORDS, "import", path, "-f", "json"], capture_output=True, env=environment(**svcq.told)
    )
    assert ran.returncode == 0, ran.stderr
    assert svcq("contract", "show", "N-1", "-f", "json").json["customer"] == "岚汀市中心医院"
