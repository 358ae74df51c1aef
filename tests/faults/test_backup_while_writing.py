"""A copy made while others write is one moment of the store: whole, with everything that was confirmed before it."""

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from svcq.processes import contract, customer
from tests.cli import Svcq
from tests.faults.killing import Kill, run
from tests.faults.scenes import trouble
from tests.stores import TODAY, made, writing

pytestmark = [
    pytest.mark.files,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked"),
]


@contextmanager
def writers(path: Path, count: int) -> Iterator[None]:
    """So many processes that write as fast as they can while the block runs; each tells what it confirmed in a file."""
    children = []
    for who in range(count):
        child = os.fork()
        if not child:
            try:
                _write(path, who)
            finally:
                os._exit(1)
        children.append(child)
    try:
        yield
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _write(path: Path, who: int) -> None:
    with open(path.with_name(f"confirmed{who}"), "w", encoding="utf-8") as file:
        for n in range(100_000):
            with writing(path) as work:
                customer.add(work, f"医院{who}-{n}", {}, {})
                contract.add(
                    work, f"HT-{who}-{n}", f"医院{who}-{n}", {"sealed_on": TODAY}, {"salesperson": "陈立"}
                )
            file.write(f"HT-{who}-{n}\n")
            file.flush()


def confirmed(folder: Path) -> set[str]:
    """The contracts that the writers were told to be kept."""
    return {line for file in folder.glob("confirmed*") for line in file.read_text("utf-8").splitlines()}


def stored(path: Path) -> set[str]:
    """The contracts in a store."""
    with closing(sqlite3.connect(path)) as connection:
        return {number for (number,) in connection.execute("select number from contract")}


def until(folder: Path, count: int) -> set[str]:
    """Wait until so many are confirmed."""
    while len(found := confirmed(folder)) < count:
        pass
    return found


def test_a_backup_while_two_others_write_is_whole_and_has_what_was_confirmed_before(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    before: list[set[str]] = []
    with writers(path, 2):
        for n in range(3):
            before.append(until(tmp_path, 4 * (n + 1)))
            ran = run(Svcq(path), "db", "backup", tmp_path / f"copy{n}.db")
            assert (ran.code, ran.err) == (0, f"svcq: copied to {tmp_path}/copy{n}.db\n"[6:])
    for n, known in enumerate(before):
        copy = tmp_path / f"copy{n}.db"
        assert known <= stored(copy)
        assert stored(copy) <= stored(path)
        assert trouble(copy) == []
    assert confirmed(tmp_path) <= stored(path), (
        "the writers were killed: what they were told is kept all the same"
    )
    assert trouble(path) == []


def test_a_restore_while_another_writes_is_whole_and_keeps_what_was_confirmed(tmp_path: Path) -> None:
    path, copy = made(tmp_path / "svcq.db"), made(tmp_path / "copy.db")
    with writers(path, 1):
        until(tmp_path, 3)
        assert run(Svcq(path), "db", "restore", copy, "--yes").code == 0
        known = until(tmp_path, len(confirmed(tmp_path)) + 2)
    (kept,) = tmp_path.glob("svcq-before-restore-*.db")
    assert trouble(path) == trouble(kept) == []
    assert known <= stored(kept) | stored(path), (
        "between the copy of the old store and the restore nobody gets in"
    )


def test_a_backup_that_is_killed_leaves_no_copy_and_writers_go_on(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    with writers(path, 1):
        until(tmp_path, 2)
        assert run(Svcq(path), "db", "backup", tmp_path / "copy.db", kill=Kill("byte", 50_000)).killed
        assert not (tmp_path / "copy.db").exists()
        until(tmp_path, len(confirmed(tmp_path)) + 2)
    assert confirmed(tmp_path) <= stored(path)
    assert trouble(path) == []
