"""Ctrl-C, and the other ways to ask a process to end: all or nothing is kept, one sentence says so, never a traceback."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli import ROOT, Svcq, environment
from tests.faults.killing import Kill, run, spread
from tests.faults.scenes import importing, keeping, state, trouble

pytestmark = [
    pytest.mark.files,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="signals"),
]
NOTHING = "svcq: interrupted: nothing was written\n"
LATE = "svcq: interrupted at the very end: `svcq log` tells what was kept\n"


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_write_that_is_asked_to_end_keeps_all_or_nothing_and_says_so(tmp_path: Path, name: str) -> None:
    (tmp_path / "scene").mkdir()
    scene = importing(tmp_path / "scene", 20)
    ran = scene.act(scene.copy(tmp_path / "undisturbed"), Kill("call", 0))
    before, after = state(tmp_path / "scene" / "svcq.db"), state(tmp_path / "undisturbed" / "svcq.db")
    number = getattr(signal, name)
    closing = range(ran.steps - 300, ran.steps, 100)
    for at in [*spread(ran.steps, 3), *closing] if name == "SIGINT" else [ran.steps // 3]:
        folder = scene.copy(tmp_path / f"at{at}")
        ended = scene.act(folder, Kill("call", at, number))
        left = state(folder / "svcq.db")
        if ended.code == 0:
            assert (left, ended.err) == (after, "")
        elif ended.code == -number:
            assert (left, ended.err, at) == (before, "", 1), "only before it has begun to listen"
        else:
            assert ended.code == 128 + number, at
            assert (left, ended.err) in ((before, NOTHING), (after, LATE), (before, LATE)), at
        assert trouble(folder / "svcq.db") == []
        assert not [file for file in folder.iterdir() if file.suffix == ".part"]


def test_a_second_time_ends_it_at_once(tmp_path: Path) -> None:
    scene = importing(tmp_path, 20)
    before = state(tmp_path / "svcq.db")
    ended = scene.act(tmp_path, Kill("call", 3000, signal.SIGINT, also=signal.SIGTERM))
    assert ended.code == -signal.SIGTERM
    assert state(tmp_path / "svcq.db") == before


def test_a_file_that_was_begun_goes_with_the_one_who_was_asked_to_end(tmp_path: Path) -> None:
    (tmp_path / "scene").mkdir()
    scene = keeping(tmp_path / "scene", "export", "customer", "-o", "{folder}/out.xlsx")
    ran = scene.act(scene.copy(tmp_path / "undisturbed"), Kill("call", 0))
    for at in spread(ran.steps, 4)[1:-1]:
        folder = scene.copy(tmp_path / f"at{at}")
        ended = scene.act(folder, Kill("call", at, signal.SIGTERM))
        assert (ended.code, ended.err) == (143, NOTHING)
        assert {file.name for file in folder.iterdir()} <= {
            *("svcq.db", "svcq.db-wal", "svcq.db-shm", "backup.db", "backup.db-wal", "backup.db-shm")
        }


def test_in_chinese_it_is_said_in_chinese(tmp_path: Path) -> None:
    importing(tmp_path, 20)
    svcq = Svcq(tmp_path / "svcq.db", lang="zh")
    ended = run(svcq, "import", tmp_path / "contracts.csv", kill=Kill("call", 3000, signal.SIGINT))
    assert ended.code == 130
    assert ended.err == "svcq: 已中断：没有写入\n"


def test_what_is_started_to_ignore_it_ignores_it(tmp_path: Path) -> None:
    scene = importing(tmp_path, 20)
    for number in (signal.SIGINT, signal.SIGHUP):
        ended = scene.act(tmp_path, Kill("call", 3000, number, ignored=True))
        assert ended.code == 0


STARTING = """
import os, runpy, signal, sys

signal.signal(signal.SIGINT, signal.default_int_handler)
module = sys.argv[1]
sys.argv[:2] = ["svcq"]
sys.addaudithook(lambda event, seen: event == "import" and seen[0] == module and os.kill(os.getpid(), signal.SIGINT))
runpy.run_module("svcq", run_name="__main__")
"""


@pytest.mark.parametrize("module", ["svcq.main", "typer.core", "svcq.desk"])
def test_while_it_is_still_starting_it_ends_as_any_other_program_does(tmp_path: Path, module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", STARTING, module, "staff", "list"],
        env=environment(**Svcq(tmp_path / "svcq.db").told, PYTHONPATH=str(ROOT)),
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    importing(tmp_path, 20)
    svcq = Svcq(tmp_path / "svcq.db")
    process = subprocess.Popen(
        [sys.executable, "-m", "svcq", "import", str(tmp_path / "contracts.csv")],
        env=environment(**svcq.told, PYTHONPATH=str(ROOT)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    process.stdout.close()
    assert process.stderr
    assert process.stderr.read() == ""
    assert process.wait() == 0
    assert svcq("contract", "list", "-f", "json").json
