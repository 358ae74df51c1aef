"""How svcq grows: a million issues, three million steps and 100,000 contracts against a store a hundredth the size.

    python tests/bench/growth.py [issues] [listings|import|rebuild|daily|score ...]

One table, in Markdown. Bars: a listing takes at most 1.5 times what it takes on the small store for the same output, whole
process; the import of 100,000 rows 6 times reading them and writing them raw; a morning a tenth of computing everything
anew, which itself takes twice the memory at most, whatever the size; `score quarter` 1.5 times SQL written by hand,
start-up taken off. What is compared with runs in the same run: plain sqlite3, or the small store.
"""

import json
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import grown
import importing
import world
from growth_listings import LISTINGS
from measure import PYTHON, TODAY, alternating, footprint, run, surroundings, svcq
from scoring import SCRIPT, by_hand

from svcq import __version__
from svcq.policy.load import house

PART = 100
"""The small store is that part of the large one."""
TIMES = 7
THIRD = ("2026-07-01", "2026-09-30")
ROWS = 100_000
RAW = "select * from issue where number >= :t order by number limit 5"


@dataclass(frozen=True, slots=True)
class Line:
    """A comparison, or with no bar a figure."""

    name: str
    found: str
    against: str
    ratio: float | None = None
    bar: float | None = None

    @property
    def missed(self) -> bool:
        """Whether it took longer than it may."""
        return self.bar is not None and self.ratio is not None and self.ratio > self.bar

    def __str__(self) -> str:
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        bar = "" if self.bar is None else f"{self.bar:.2f}{' MISSED' if self.missed else ''}"
        return f"| {self.name} | {self.found} | {self.against} | {ratio} | {bar} |"


def _seconds(name: str, found: float, against: float, bar: float) -> Line:
    return Line(name, f"{found:.3f} s", f"{against:.3f} s", found / against, bar)


def listings(large: grown.Made, small: grown.Made) -> Iterator[Line]:
    """Whole processes on both stores in turn; the least of some runs."""
    where = {"large": surroundings(Path(large.path)), "small": surroundings(Path(small.path))}
    raw = {name: [PYTHON, "-c", SCRIPT, place["SVCQ_DB"], RAW, "WT-"] for name, place in where.items()}
    found = alternating(raw, where, TIMES, min)
    yield _seconds("python, sqlite3, five issues by hand", found["large"], found["small"], 1.5)
    yield from (_listing(name, name.split(), where) for name in LISTINGS)
    yield _listing("svcq", [], where)


def _listing(name: str, arguments: list[str], where: dict[str, dict[str, str]]) -> Line:
    command = svcq(*arguments, *(("-f", "json") if arguments else ()))
    if arguments:
        counts = {key: _rows(json.loads(run(command, place)[1])) for key, place in where.items()}
        if len(set(counts.values())) > 1:
            sys.exit(f"{name}: not the same output, rows: {counts}")
    found = alternating(dict.fromkeys(where, command), where, TIMES, min)
    return _seconds(name, found["large"], found["small"], 1.5)


def _rows(said: object) -> int:
    """How many rows a listing has; of a story one, whatever it tells."""
    return len(said) if isinstance(said, list) else 1


def imported(large: grown.Made, small: grown.Made) -> Iterator[Line]:
    """A workbook of contracts into a store without any, against its reader and plain sqlite3; then the same once more."""
    book, path = world.workbook(ROWS), world.peopled(world.KEPT / "importing.db")
    command = svcq("import", str(book), "-f", "json")
    took, _said = run(command, surroundings(path))
    empty = world.peopled(world.KEPT / "baseline.db")
    bare = [PYTHON, importing.__file__, importing.BASELINE, str(book), str(path), str(empty)]
    reading, writing = json.loads(subprocess.run(bare, capture_output=True, check=True).stdout)
    name = f"import of {ROWS:,} rows, against reader {reading:.2f} s + sqlite3 {writing:.2f} s"
    yield _seconds(name, took, reading + writing, importing.BAR)


def rebuilt(large: grown.Made, small: grown.Made) -> Iterator[Line]:
    """Every obligation computed for the first time, as the stores were made, and once more, with nothing to change."""
    sizes = f"{large.obligations:,}", f"{small.obligations:,}"
    yield Line("obligations", *sizes)
    yield Line("db refresh, all new", f"{large.seconds:.1f} s", f"{small.seconds:.1f} s")
    again = {
        made.size: footprint(svcq("db", "refresh"), surroundings(Path(made.path))) for made in (large, small)
    }
    one, other = again[large.size], again[small.size]
    yield Line("db refresh, nothing to change", f"{one.seconds:.1f} s", f"{other.seconds:.1f} s")
    for name, here, there in (
        ("db refresh, all new: memory", large.megabytes, small.megabytes),
        ("db refresh, nothing to change: memory", one.megabytes, other.megabytes),
    ):
        yield Line(name, f"{here:.0f} MB", f"{there:.0f} MB", here / there, 2.0)
    check = footprint(svcq("db", "check"), surroundings(Path(large.path)))
    yield Line("db check", f"{check.seconds:.1f} s, {check.megabytes:.0f} MB", "")


def morning(large: grown.Made, small: grown.Made) -> Iterator[Line]:
    """The first morning of a copy, which tells all that has piled up, then that of the next working day."""
    path = grown.KEPT / "mornings.db"
    shutil.copy(large.path, path)
    before = grown.KEPT / "evening.db"
    today = date.fromisoformat(TODAY)
    first, _said = run(svcq("daily"), surroundings(path), may_fail=True)
    with closing(sqlite3.connect(path)) as connection, connection:  # as if a server had taken them
        connection.execute("update mail set state = 'sent' where state in ('to_send', 'failed')")
        connection.execute("update reminder set state = 'sent' where state in ('to_send', 'failed')")
    with closing(sqlite3.connect(path)) as connection, closing(sqlite3.connect(before)) as other:
        connection.backup(other)
    environment = surroundings(path) | {"SVCQ_TODAY": (today + timedelta(days=1)).isoformat()}
    then, _said = run(svcq("daily"), environment, may_fail=True)
    anew, _said = run(svcq("db", "refresh"), environment)
    yield Line("daily, the first ever", f"{first:.2f} s", "")
    yield Line("daily, a normal day: rows written", _written(path, before), "")
    yield _seconds("daily, a normal day, against db refresh", then, anew, 0.1)
    for old in (path, before):
        old.unlink()


def _written(path: Path, before: Path) -> str:
    """How many rows of each table are not as they were."""
    found = []
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("attach ? as old", (str(before),))
        for table in ("obligation", "mail", "reminder", "setting", "audit"):
            sql = f"select count(*) from (select * from main.{table} except select * from old.{table})"
            found.append(f"{table} {connection.execute(sql).fetchone()[0]:,}")
    return ", ".join(found)


def scored(large: grown.Made, small: grown.Made) -> Iterator[Line]:
    """A quarter's scores against one query, what it takes to start taken off both; and what else scores cost."""
    rules = [rule.id for rule in house().rules.values() if rule.score == "quarter"]
    bare = surroundings(world.peopled(world.KEPT / "scoring.db"))
    place = surroundings(Path(large.path))
    scores = {
        name: svcq(*name.split(), "-f", "json")
        for name in (
            "score quarter 2026Q3",
            "score quarter 2026Q3 --by team",
            "score year 2026",
            "score fines",
        )
    }
    first = next(iter(scores))
    commands = scores | {
        "start": scores[first],
        "by hand": [PYTHON, "-c", SCRIPT, large.path, by_hand(rules, *THIRD), TODAY],
        "python": [PYTHON, "-c", SCRIPT, ":memory:", "select :t", TODAY],
    }
    found = alternating(commands, dict.fromkeys(commands, place) | {"start": bare}, TIMES, min)
    hand = found["by hand"] - found["python"]
    yield _seconds(
        f"{first}, against SQL by hand, start-up taken off", found[first] - found["start"], hand, 1.5
    )
    yield from (Line(name, f"{found[name]:.3f} s", "") for name in scores)


MEASURES = {"listings": listings, "import": imported, "rebuild": rebuilt, "daily": morning, "score": scored}


def about(large: grown.Made, small: grown.Made) -> str:
    """What was measured on what."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    sizes = " and ".join(
        f"{made.size:,} ({Path(made.path).stat().st_size / 1e6:,.0f} MB)" for made in (large, small)
    )
    return (
        f"svcq {__version__}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version},"
        f" {platform.machine()} with {os.cpu_count()} cores and {memory:.0f} GB; stores of {sizes} issues"
    )


def main(count: int, parts: list[str]) -> None:
    """Make both stores, measure, print; ends with 1 if a bar is missed."""
    large, small = grown.store(count), grown.store(count // PART)
    print(
        f"{about(large, small)}\n\n| | large | small, or against | ratio | bar |\n|---|---:|---:|---:|---:|"
    )
    missed = []
    for part in parts or MEASURES:
        for line in MEASURES[part](large, small):
            print(line, flush=True)
            missed += [line.name] if line.missed else []
    if missed:
        sys.exit(f"missed: {', '.join(missed)}")


if __name__ == "__main__":
    said = sys.argv[1:]
    issues = int(said.pop(0)) if said and said[0].isdecimal() else 1_000_000
    main(issues, said)
