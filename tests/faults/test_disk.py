"""A disk that is full, or takes no more: a sentence, and the store as it was; with room again the same command works."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli import Svcq
from tests.faults import scenes
from tests.faults.killing import Ended, Kill, run, spread
from tests.faults.scenes import state, trouble

pytestmark = [
    pytest.mark.files,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="limits of a process"),
]


def sentence(ended: Ended) -> str:
    """The one line that it said."""
    assert ended.err.count("\n") == 1, ended
    assert "unexpected" not in ended.err
    return ended.err.strip()


WORKS = {
    "an import": lambda folder: scenes.importing(folder, 60),
    "publishing": scenes.publishing,
    "schema steps": lambda folder: scenes.schema_step(folder, "0003", 30),
    "a restore": lambda folder: scenes.keeping(folder, "db", "restore", "{folder}/backup.db", "--yes"),
}


@pytest.mark.parametrize("work", WORKS)
def test_where_no_more_can_be_written_nothing_is_and_with_room_it_works(tmp_path: Path, work: str) -> None:
    (tmp_path / "scene").mkdir()
    scene = WORKS[work](tmp_path / "scene")
    before = state(tmp_path / "scene" / "svcq.db")
    assert scene.act(scene.copy(tmp_path / "roomy")).code == 0
    after = state(tmp_path / "roomy" / "svcq.db")
    most = max(file.stat().st_size for file in (tmp_path / "scene").iterdir())
    for n, room in enumerate(spread(most, 3)[1:]):
        folder = scene.copy(tmp_path / str(n))
        ended = scene.act(folder, Kill("room", room))
        left = state(folder / "svcq.db")
        if ended.code:
            assert ended.code == 1
            assert sentence(ended)
            assert left == before or not scene.whole
        assert scene.act(folder).code == 0
        assert state(folder / "svcq.db") == after
        assert trouble(folder / "svcq.db") == []


@pytest.mark.parametrize("words", [("export", "customer", "-o"), ("db", "backup")])
def test_a_file_for_which_there_is_no_room_is_not_there(tmp_path: Path, words: tuple[str, ...]) -> None:
    scene = scenes.keeping(tmp_path, *words, "{folder}/out.csv")
    before = {file.name for file in tmp_path.iterdir()}
    ended = scene.act(tmp_path, Kill("room", 10))
    assert ended.code in (1, 2)
    assert sentence(ended)
    assert {file.name for file in tmp_path.iterdir()} - before <= {"svcq.db-wal", "svcq.db-shm"}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a megabyte, where the system lets us make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no disk of our own here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_on_a_full_disk_each_command_says_that_it_is_full(small_disk: Path, tmp_path: Path) -> None:
    scenes.importing(tmp_path, 3000)
    shutil.move(tmp_path / "svcq.db", small_disk / "svcq.db")
    svcq = Svcq(small_disk / "svcq.db")
    before = state(svcq.store)
    ended = run(svcq, "import", tmp_path / "contracts.csv")
    assert (ended.code, sentence(ended)) == (
        1,
        f"svcq: the disk is full: nothing was written to {svcq.store}",
    )
    assert state(svcq.store) == before
    ballast = small_disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4096):
                pass
        except OSError:
            pass
    for words in (("customer", "add", "新医院"), ("customer", "list"), ("db", "check"), ("due",)):
        ended = run(svcq, *words)
        assert (ended.code, "the disk is full" in sentence(ended)) == (1, True), words
    ballast.unlink()
    assert state(svcq.store) == before
    assert run(svcq, "customer", "add", "新医院").code == 0
    assert trouble(svcq.store) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
def test_a_standard_output_that_is_full_is_a_sentence_and_what_was_written_stays(tmp_path: Path) -> None:
    import sys

    from tests.cli import ROOT, environment

    scenes.importing(tmp_path, 20)
    svcq = Svcq(tmp_path / "svcq.db")
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "svcq", "import", str(tmp_path / "contracts.csv")],
            env=environment(**svcq.told, PYTHONPATH=str(ROOT)),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert (done.returncode, done.stderr) == (
        1,
        "svcq: the output cannot be written: No space left on device\n",
    )
    assert len(svcq("contract", "list", "-f", "json").json) == 20
    assert trouble(svcq.store) == []
