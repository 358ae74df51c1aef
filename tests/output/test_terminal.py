"""Colour, width, talk and progress; a real terminal and a real pipe."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from io import StringIO

import pytest

from svcq.errors import SvcqError
from svcq.output.terminal import colour, is_terminal, progress, room, standard_output, talk


class Terminal(StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("stream", "environment", "expected"),
    [
        (Terminal, {"TERM": "xterm"}, True),
        (StringIO, {"TERM": "xterm"}, False),
        (Terminal, {"TERM": "dumb"}, False),
        (Terminal, {}, False),
        (Terminal, {"TERM": "xterm", "NO_COLOR": "1"}, False),
        (Terminal, {"TERM": "xterm", "NO_COLOR": ""}, True),
        (Terminal, {"TERM": "xterm", "CLICOLOR": "0"}, False),
        (StringIO, {"TERM": "xterm", "CLICOLOR_FORCE": "1"}, True),
        (StringIO, {"TERM": "xterm", "CLICOLOR_FORCE": "0"}, False),
        (StringIO, {"TERM": "dumb", "CLICOLOR_FORCE": "1"}, True),
        (Terminal, {"TERM": "xterm", "CLICOLOR_FORCE": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colour_follows_the_environment(monkeypatch, stream, environment, expected):
    for name in ("NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert colour(stream()) is expected


@pytest.mark.parametrize(("told", "expected"), [("132", 132), ("", 80), ("0", 80), ("wide", 80)])
def test_the_width_is_what_columns_says_else_eighty(monkeypatch, told, expected):
    monkeypatch.setenv("COLUMNS", told)
    assert room(StringIO()) == expected


def test_a_closed_standard_output_is_a_sentence(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(SvcqError, match="-o FILE"):
        standard_output(None)


def test_talk_is_one_inert_line(capsys):
    talk("合同 [bold]\x1b[31m\nHT-1")
    assert capsys.readouterr() == ("", "合同 [bold]␛[31m HT-1\n")


def test_talk_without_a_standard_error_is_silent(monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    talk("nobody hears it")
    assert not is_terminal(None)


@pytest.mark.parametrize(("stream", "kind"), [(StringIO, "xterm"), (Terminal, "dumb")])
def test_progress_is_silent_where_nobody_looks(monkeypatch, stream, kind):
    monkeypatch.setenv("TERM", kind)
    out = stream()
    with progress(2, "Importing", out) as step:
        step(2)
    assert out.getvalue() == ""


def test_progress_shows_on_a_terminal_and_takes_no_markup(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    out = Terminal()
    with progress(2, "Importing [red]台账", out) as step:
        step(1)
        step(1)
    assert "Importing [red]台账" in out.getvalue()


PROGRAM = """
from datetime import date
from svcq.output.emit import emit
from svcq.output.shape import Column, Listing, Look
columns = (Column("number", "合同编号"), Column("customer", "客户名称"), Column("due_on", "应回签日期", "date"),
           Column("note", "备注", drop=1), Column("state", "状态", "code", codes={"overdue": "逾期"}))
row = {"number": "HT-1", "customer": "上海市第一人民医院", "due_on": date(2026, 10, 8), "note": "x" * 30,
       "state": "overdue"}
emit(Listing("x", "x", columns), [row], Look(), summary="共 1 份", empty="无")
"""
TABLE = [
    "合同编号  客户名称        应回签日期  状态",
    "--------  --------------  ----------  ----",
    "HT-1      上海市第一人民  2026-10-08  逾期",
    "          医院",
    "共 1 份",
    "not shown at this width: note; --columns",
    "or -f csv shows them",
]


def on_a_terminal(**more):
    """What PROGRAM writes to a terminal of 42 columns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 42, 0, 0))
    names = ("NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS")
    environment = {key: value for key, value in os.environ.items() if key not in names}
    environment |= {"PYTHONUTF8": "1", "TERM": "xterm-256color", **more}
    run = subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=theirs, env=environment)
    os.close(theirs)
    got = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:  # Linux says so when the other end is closed
            break
        if not part:
            break
        got += part
    os.close(ours)
    assert run.wait() == 0
    return got.decode().replace("\r\n", "\n").splitlines()


@pytest.mark.parametrize("more", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_gets_a_table_that_fits(more):
    assert on_a_terminal(**more) == TABLE


def test_a_terminal_gets_colour():
    lines = on_a_terminal()
    assert lines[0] == f"\x1b[1m{TABLE[0]}\x1b[0m"
    assert lines[2] == TABLE[2].replace("逾期", "\x1b[1;31m逾期\x1b[0m")
    assert "".join(lines).count("\x1b") == 4


def test_a_pipe_gets_tsv_uncut():
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONUTF8": "1"},
        check=True,
    )
    assert run.stdout == (
        f"number\tcustomer\tdue_on\tnote\tstate\nHT-1\t上海市第一人民医院\t2026-10-08\t{'x' * 30}\toverdue\n"
    )
    assert run.stderr == ""
