"""A process that is killed in the middle of its work keeps all of a unit of work or nothing; the next run completes it.

`tests/bench/kills.py` does the same a hundred times and more, on larger stores.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults import scenes
from tests.faults.killing import Kill, spread
from tests.faults.scenes import Scene, moments, survives

pytestmark = [
    pytest.mark.files,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked"),
]

WORKS: dict[str, tuple[Callable[[Path], Scene], int]] = {
    "an import": (lambda folder: scenes.importing(folder, 60), 3),
    "the first import": (lambda folder: scenes.first_import(folder, 20), 3),
    "publishing": (scenes.publishing, 3),
    "steps from the first schema": (lambda folder: scenes.schema_step(folder, "0001", 30), 3),
    "steps from the third schema": (lambda folder: scenes.schema_step(folder, "0003", 30), 2),
}


@pytest.mark.parametrize("work", WORKS)
def test_killed_at_any_moment_it_keeps_whole_units_and_the_next_run_completes_it(
    tmp_path: Path, work: str
) -> None:
    make, parts = WORKS[work]
    (tmp_path / "scene").mkdir()
    scene = make(tmp_path / "scene")
    kills, after = moments(scene, tmp_path / "unkilled", parts)
    landed = [survives(scene, tmp_path / str(n), kill, after) for n, kill in enumerate(kills)]
    assert landed.count("survived") <= 1, landed
    assert "before" in landed, landed


def test_a_morning_killed_at_any_moment_costs_at_most_one_duplicate_and_the_next_run_completes_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "scene").mkdir()
    with scenes.morning(tmp_path / "scene") as (scene, box):
        kills, after = moments(scene, tmp_path / "unkilled", 4)
        once = {to for (to,) in box.envelopes}
        for n, kill in enumerate(kills):
            box.mails.clear()
            box.envelopes.clear()
            survives(scene, tmp_path / str(n), kill, after)
            assert {to for (to,) in box.envelopes} == once, kill
            assert len(box.mails) <= len(once) + 1, kill
            assert len({mail["Message-ID"] for mail in box.mails}) == len(once), (
                "a duplicate is the same message"
            )


FILES = {
    "a backup": ("db", "backup", "{folder}/out.db"),
    "an export": ("export", "customer", "-o", "{folder}/out.xlsx"),
    "a listing": ("customer", "list", "-f", "csv", "-o", "{folder}/out.csv"),
}


@pytest.mark.parametrize("work", FILES)
@pytest.mark.parametrize("old", [None, b"of yesterday"], ids=["new", "in place of an old one"])
def test_a_file_is_there_whole_or_as_it_was_before(tmp_path: Path, work: str, old: bytes | None) -> None:
    (tmp_path / "scene").mkdir()
    words = FILES[work] + (("--force",) if old and work == "a backup" else ())
    scene = scenes.keeping(tmp_path / "scene", *words)
    name = Path(words[-1] if words[-1] != "--force" else words[-2]).name
    if old is not None:
        (tmp_path / "scene" / name).write_bytes(old)
    assert scene.act(scene.copy(tmp_path / "unkilled")).code == 0
    size = (tmp_path / "unkilled" / name).stat().st_size
    for n, at in enumerate(spread(size - 1, 2)):
        folder = scene.copy(tmp_path / str(n))
        assert scene.act(folder, Kill("byte", at)).killed
        assert ((folder / name).read_bytes() if (folder / name).exists() else None) == old


def test_a_store_that_is_put_back_is_there_whole_or_as_it_was_before(tmp_path: Path) -> None:
    (tmp_path / "scene").mkdir()
    scene = scenes.keeping(tmp_path / "scene", "db", "restore", "{folder}/backup.db", "--yes")
    kills, after = moments(scene, tmp_path / "unkilled", 4)
    for n, kill in enumerate(kills):
        survives(scene, tmp_path / str(n), kill, after)
