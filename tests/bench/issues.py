"""Listings of issues cost what their output costs: stores of 2,000 and of 200,000 issues with three steps each.

    python tests/bench/issues.py [issues of the large store]

Bars: on the large store a command takes at most 1.5 times what it takes on the small one for the same output.
"""

import random
import sqlite3
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import world
from measure import TODAY, Verdict, alternating, run, surroundings, svcq

BAR = 1.5
SMALL = 2_000
NUMBER = "WT-000500"
ENGINEER = world.PEOPLE[7]
COMMANDS = {
    "issue list --limit 20": ("issue", "list", "--limit", "20"),
    "issue list --as-of 2025-05-15 --limit 20": ("issue", "list", "--as-of", "2025-05-15", "--limit", "20"),
    "issue list --state open --limit 20": ("issue", "list", "--state", "open", "--limit", "20"),
    "issue list --state closed --limit 20": ("issue", "list", "--state", "closed", "--limit", "20"),
    "issue list --person --limit 5": ("issue", "list", "--person", ENGINEER, "--limit", "5"),
    "issue list --customer --limit 1": ("issue", "list", "--customer", world.HOSPITALS[7], "--limit", "1"),
    "issue stale --limit 20": ("issue", "stale", "--limit", "20"),
    "issue stale --within 7d --limit 20": ("issue", "stale", "--within", "7d", "--limit", "20"),
    "issue stale --as-of 2025-05-15 --limit 20": ("issue", "stale", "--as-of", "2025-05-15", "--limit", "20"),
    "issue urge --limit 20": ("issue", "urge", "--limit", "20"),
    "issue show": ("issue", "show", NUMBER),
    "issue records --limit 20": ("issue", "records", "--limit", "20"),
    "issue records --person --from --until": (
        *("issue", "records", "--person", ENGINEER),
        *("--from", "2026-06-01", "--until", "2026-06-30", "--limit", "3"),
    ),
}


def store(count: int) -> Path:
    """A store with so many issues over five years, all but the last 200 of those that are old enough closed."""
    path = world.peopled(world.KEPT / f"issues-{count}.db")
    chance = random.Random(count)
    today = date.fromisoformat(TODAY)
    issues, steps = [], []
    for n in range(1, count + 1):
        reported = today - timedelta(days=1800 - n * 1800 // count)
        is_open = n > count - 200 or n % (count // 100) == 0
        issues.append((n, f"WT-{n:06d}", 1 + n % len(world.HOSPITALS), f"问题{n}", str(reported), False))
        for place, result in enumerate((None, "watch", "watch" if is_open else "solved")):
            on = min(today, reported + timedelta(days=place * 5))
            steps.append((n, str(on), 1 + chance.randrange(len(world.PEOPLE)), f"处理{place}", result))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(
            "insert into issue (id, number, customer_id, title, reported_on, priority) values (?, ?, ?, ?, ?, ?)",
            issues,
        )
        connection.executemany(
            "insert into issue_step (issue_id, done_on, person_id, what, result) values (?, ?, ?, ?, ?)",
            steps,
        )
    run(svcq("db", "refresh"), surroundings(path))
    return path


def main(large: int) -> None:
    """Make both stores, time every command on both in turn, judge."""
    stores = {count: store(count) for count in (SMALL, large)}
    verdict = Verdict(f"listings of {large:,} issues against {SMALL:,}, median of 5 whole processes")
    for name, arguments in COMMANDS.items():
        commands = {str(count): svcq(*arguments, "-f", "json") for count in stores}
        where = {str(count): surroundings(path) for count, path in stores.items()}
        found = alternating(commands, where, 5)
        verdict.ratio(name, found[str(large)], found[str(SMALL)], BAR)
    for arguments in (("issue", "list"), ("issue", "stale"), ("issue", "records")):
        took, said = run(svcq(*arguments, "-f", "jsonl"), surroundings(stores[large]))
        verdict.note(f"{' '.join(arguments)}, all of {said.count(b'{'):,} rows: {took:.2f} s")
    verdict.end()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
