"""Import of 100,000 contract rows against what cannot be saved: reading them, and writing the same rows raw.

    python tests/bench/importing.py [rows]

Bar: the whole process takes at most 6 times the fast reader alone plus a plain sqlite3 executemany of the same
contract, ledger and audit rows into the same tables with the same indexes, in one transaction.
"""

import json
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import world
from measure import PYTHON, ROOT, Verdict, run, surroundings, svcq

sys.path.insert(0, str(ROOT))

from svcq.store.sqlite import CACHE  # noqa: E402 - the tree is named first

BAR = 6.0
TABLES = ("contract", "obligation", "audit")
BASELINE = "baseline"


def baseline(book: Path, finished: Path, empty: Path) -> tuple[float, float]:
    """Seconds of the reader alone, and of the raw insert into `empty`: a store with the people, no contracts."""
    from python_calamine import load_workbook

    begin = time.perf_counter()
    load_workbook(str(book)).get_sheet_by_index(0).to_python()
    reading = time.perf_counter() - begin
    with closing(sqlite3.connect(finished)) as source:
        known = {}
        with closing(sqlite3.connect(empty)) as before:
            for table in TABLES:
                known[table] = {row[0] for row in before.execute(f"select rowid from {table}")}
        rows = {
            table: [
                row[1:]
                for row in source.execute(f"select rowid, * from {table} order by rowid")
                if row[0] not in known[table]
            ]
            for table in TABLES
        }
    begin = time.perf_counter()
    with closing(sqlite3.connect(empty, isolation_level=None)) as target:
        target.execute("pragma foreign_keys = on")
        target.execute(f"pragma cache_size = -{CACHE}")
        target.execute("begin immediate")
        for table, of_table in rows.items():
            places = ",".join("?" * len(of_table[0]))
            target.executemany(f"insert into {table} values ({places})", of_table)
        target.execute("commit")
    return reading, time.perf_counter() - begin


def peak(command: list[str], store: Path) -> float:
    """MB of memory that the process held at its peak."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL,"
        " stderr=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
    )
    _, out = run([PYTHON, "-c", code, *command], surroundings(store))
    return float(out)


def main(count: int) -> None:
    """Import, compare, import again, check."""
    book = world.workbook(count)
    path = world.peopled(world.KEPT / "importing.db")
    command = svcq("import", str(book), "-f", "json")
    took, said = run(command, surroundings(path))
    added = json.loads(said)[0]["added"]
    if added != count:
        sys.exit(f"{added} rows of {count} were added")
    empty = world.peopled(world.KEPT / "baseline.db")
    found = subprocess.run(
        [PYTHON, __file__, BASELINE, str(book), str(path), str(empty)], capture_output=True, check=True
    )
    reading, writing = json.loads(found.stdout)
    verdict = Verdict(f"svcq import of {count:,} contract rows x {len(world.TITLES)} columns")
    verdict.note(f"reader alone {reading:.2f} s, raw executemany {writing:.2f} s")
    verdict.ratio("import, whole process / reader + raw inserts", took, reading + writing, BAR)
    again, said = run(command, surroundings(path))
    if json.loads(said)[0]["unchanged"] != count:
        sys.exit(f"the second import is not without effect: {said.decode()}")
    verdict.note(f"the same file once more, nothing to change: {again:.2f} s")
    check, _ = run(svcq("db", "check"), surroundings(path))
    verdict.note(f"db check, every obligation computed anew: {check:.2f} s")
    memory = peak(command, world.peopled(world.KEPT / "importing.db"))
    verdict.note(f"memory at the peak: {memory:.0f} MB")
    verdict.end()


if __name__ == "__main__":
    if sys.argv[1:2] == [BASELINE]:
        print(json.dumps(baseline(*map(Path, sys.argv[2:5]))))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
