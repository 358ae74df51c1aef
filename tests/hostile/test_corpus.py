"""Files that mean no good, through the real command line: a sentence or the data, in bounded time and memory."""

import re
import shutil
from pathlib import Path

import pytest

from tests.cli import dump
from tests.hostile.case import FILE, TAKEN
from tests.hostile.runner import Ended, run
from tests.make_hostile import CASES
from tests.sheets.hostile import files as make
from tests.sheets.hostile.test_hostile import READ, REFUSED
from tests.stores import made

pytestmark = pytest.mark.files  # what is read does not depend on where the store is
SECONDS, MEGABYTES = 20, 500
OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What a terminal would obey, or what would show text the wrong way round."""
COSTLY = re.compile(r"\d MB|^(comments without|every row un|many tags|brackets in|quotes and|cells in one)")
"""Files that take long to make or to refuse: with the heavy ones they are left to `tests/bench/hostile.py`."""
LIGHT = [name for name, case in CASES.items() if not case.is_heavy and not COSTLY.search(name)]
SHARES = 2
DEFAULT = LIGHT[::2]
"""What each run of the tests reads; `tests/bench/hostile.py` reads all."""


def imported(folder: Path, names: list[str], *more: str) -> dict[str, tuple[Ended, bool, set[str]]]:
    """How the import of each file ended, whether its store changed, and which files it left behind."""
    store = made(folder / "svcq.db")
    for name in names:
        CASES[name].write(folder / name)
    stores = {name: folder / f"store {number}.db" for number, name in enumerate(names)}
    for path in stores.values():
        shutil.copy(store, path)
    before = {path.name for path in folder.iterdir()}
    ended = run(
        folder,
        store,
        [
            ["--db", path.name, "import", "--create-missing", *more, *CASES[name].options, "--", name]
            for name, path in stores.items()
        ],
    )
    left = {re.sub("-(wal|shm)$", "", path.name) for path in folder.iterdir()} - before
    return {
        name: (
            one,
            stores[name].read_bytes() != store.read_bytes() and dump(stores[name]) != dump(store),
            left,
        )
        for name, one in zip(names, ended, strict=True)
    }


def trouble(name: str, one: Ended, changed: bool, left: set[str]) -> list[str]:
    """What is wrong about the end of one import, in words."""
    case, lines = CASES[name], one.err.splitlines()
    known = re.sub("[^ -~]", ".", name.replace("\u202e", ""))
    wrong = {
        "another exit code": one.code not in case.ends,
        "other words": not re.search(case.says, one.err),
        "a traceback": "Traceback" in one.err or "unexpected" in one.err,
        "too slow": one.seconds >= SECONDS,
        "too much memory": one.megabytes >= MEGABYTES,
        "control characters": OBEYED.search(one.err),
        "more than a line": one.code in FILE and len(lines) != 1,
        "without its name": one.code in FILE and not re.match(f"svcq: .*{_loose(known)}", one.err),
        "something written": changed and one.code not in TAKEN,
        "files left behind": left,
    }
    return [f"{name!r}: {what}: {one.code} {one.err[:300]!r}" for what, is_so in wrong.items() if is_so]


def _loose(name: str) -> str:
    """The name as a pattern; a dot stands for any sign."""
    return "".join(sign if sign in ". " else re.escape(sign) for sign in name)


@pytest.mark.parametrize("share", range(SHARES))
def test_a_hostile_file_costs_little_and_ends_in_a_sentence(tmp_path, share):
    found = imported(tmp_path, DEFAULT[share::SHARES])
    assert [line for name, ended in found.items() for line in trouble(name, *ended)] == []


def test_what_the_reader_refuses_or_reads_the_command_line_does_too(tmp_path):
    files = {**{name: data for name, (data, _words) in REFUSED.items()}, **READ}
    files = dict(list(files.items())[::2])  # all of them go through the reader in tests/sheets/hostile
    for name, data in files.items():
        make.write(tmp_path, name, data() if callable(data) else data)
    store = made(tmp_path / "svcq.db")
    words = [["import", "--create-missing", "--dry-run", "--", name] for name in files]
    for name, one in zip(files, run(tmp_path, store, words), strict=True):
        assert "Traceback" not in one.err, name
        assert one.code == (0 if name in READ else 2) or (name in REFUSED and REFUSED[name][1] is None), name
        assert one.megabytes < MEGABYTES, name


def test_the_corpus_is_as_large_as_is_promised():
    assert len(CASES) >= 60
    assert len(DEFAULT) >= 60
