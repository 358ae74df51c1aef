"""Import of a log of 65,000 events against what cannot be saved: reading it, and writing the same rows raw.

    python tests/bench/events.py [events] [volvo|helpdesk|servicenow]

Bar: the whole process takes at most 6 times reading the file with the csv module plus a plain sqlite3 executemany of
the same issue, step, obligation, audit and staff rows into the same tables with the same indexes, in one transaction;
and less than 20 seconds.
"""

import csv
import json
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import world
from importing import peak
from measure import PYTHON, ROOT, Verdict, run, surroundings, svcq

sys.path.insert(0, str(ROOT))

from svcq.store.sqlite import CACHE  # noqa: E402 - the tree is named first
from tests.make_events import SHAPES, count, write  # noqa: E402

BAR, MOST = 6.0, 20.0
TABLES = ("staff", "staff_role", "customer", "issue", "issue_step", "obligation", "audit")
MAPPINGS = {"volvo": "volvo-it", "helpdesk": "helpdesk", "servicenow": "servicenow"}
BASELINE = "baseline"


def baseline(log: Path, delimiter: str, finished: Path, empty: Path) -> tuple[float, float]:
    """Seconds of the csv module alone, and of the raw insert of all rows of `finished` into `empty`."""
    begin = time.perf_counter()
    with log.open(encoding="utf-8", newline="") as file:
        list(csv.reader(file, delimiter=delimiter))
    reading = time.perf_counter() - begin
    with closing(sqlite3.connect(finished)) as source:
        rows = {table: source.execute(f"select * from {table}").fetchall() for table in TABLES}
    begin = time.perf_counter()
    with closing(sqlite3.connect(empty, isolation_level=None)) as target:
        target.execute("pragma foreign_keys = on")
        target.execute(f"pragma cache_size = -{CACHE}")
        target.execute("begin immediate")
        for table, of_table in rows.items():
            if of_table:
                places = ",".join("?" * len(of_table[0]))
                target.executemany(f"insert into {table} values ({places})", of_table)
        target.execute("commit")
    return reading, time.perf_counter() - begin


def fresh(name: str) -> Path:
    """A store without a row."""
    path = world.KEPT / name
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    run(svcq("calendar", "off", "2031-05-05"), surroundings(path))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("drop trigger audit_no_delete")
        connection.execute("delete from audit")
        connection.execute("delete from setting where key = 'audit_head'")
        connection.execute("delete from company_day")
        connection.commit()
    return path


def main(events: int, vendor: str) -> None:
    """Import, count, compare, import again, check."""
    shape = SHAPES[vendor]
    world.KEPT.mkdir(exist_ok=True)
    log = write(world.KEPT / f"{vendor}-{events}.csv", shape, events)
    wanted = count(log, shape)
    mapping = ROOT / "examples" / "mappings" / f"{MAPPINGS[vendor]}.toml"
    command = svcq("import", str(log), "--mapping", str(mapping), "--create-missing", "-f", "json")
    path = world.KEPT / "events.db"
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    took, said = run(command, surroundings(path))
    _, listed = run(svcq("issue", "list", "-f", "json"), surroundings(path))
    rows = json.loads(listed)
    found = (len(rows), sum(row["steps"] for row in rows), sum(row["state"] == "closed" for row in rows))
    if found != (wanted.cases, wanted.events, wanted.closed):
        sys.exit(f"cases, events, closed cases: {found} instead of {wanted}")
    empty = fresh("events-baseline.db")
    done = subprocess.run(
        [PYTHON, __file__, BASELINE, str(log), shape.delimiter, str(path), str(empty)],
        capture_output=True,
        check=True,
    )
    reading, writing = json.loads(done.stdout)
    verdict = Verdict(f"svcq import of {wanted.events:,} events in {wanted.cases:,} cases ({vendor})")
    verdict.note(f"reader alone {reading:.2f} s, raw executemany {writing:.2f} s")
    verdict.ratio("import, whole process / reader + raw inserts", took, reading + writing, BAR)
    verdict.ratio("import, whole process / seconds that it may take", took, MOST, 1.0)
    again, said = run(command, surroundings(path))
    if json.loads(said)[0]["unchanged"] != events:
        sys.exit(f"the second import is not without effect: {said.decode()}")
    verdict.note(f"the same log once more, nothing to change: {again:.2f} s")
    check, _ = run(svcq("db", "check"), surroundings(path))
    verdict.note(f"db check, every obligation computed anew: {check:.2f} s")
    path.unlink()
    verdict.note(f"memory at the peak: {peak(command, path):.0f} MB")
    verdict.end()


if __name__ == "__main__":
    if sys.argv[1:2] == [BASELINE]:
        log, delimiter, finished, empty = sys.argv[2:6]
        print(json.dumps(baseline(Path(log), delimiter, Path(finished), Path(empty))))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 65_000, *(sys.argv[2:3] or ["volvo"]))
