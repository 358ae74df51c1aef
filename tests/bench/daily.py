"""The morning of a company with 100,000 contracts and 200,000 issues, half of what it owes overdue.

    python tests/bench/daily.py [contracts]

Nothing is sent (no mail server is named): what is measured is finding and queueing. The first run of a store queues all
that has piled up; from the next day on only what came due. Bar: such a morning takes at most a tenth of the time in which
every obligation is computed anew.
"""

import sqlite3
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import issues
import world
from measure import TODAY, Verdict, run, surroundings, svcq

BAR = 0.1


def store(count: int) -> tuple[Path, float]:
    """So many contracts and twice as many issues; everybody has an address. And the seconds of computing all of it."""
    path = world.store(count, settled=0.995)
    with closing(sqlite3.connect(issues.store(2 * count))) as other:
        tasks = other.execute("select * from issue").fetchall()
        steps = other.execute("select issue_id, done_on, person_id, what, result from issue_step").fetchall()
    with closing(sqlite3.connect(path)) as connection, connection:
        marks = ", ".join("?" * len(tasks[0]))
        connection.executemany(f"insert into issue values ({marks})", tasks)
        connection.executemany(
            "insert into issue_step (issue_id, done_on, person_id, what, result) values (?, ?, ?, ?, ?)",
            steps,
        )
        connection.execute("update staff set email = 'p' || id || '@fuwu.example'")
    took, _said = run(svcq("db", "refresh"), surroundings(path))
    return path, took


def mornings(path: Path) -> dict[str, float]:
    """Seconds of the first morning, of a second run on the same day, and of the next working day."""
    took = {}
    today = date.fromisoformat(TODAY)
    for name, day in (("first", today), ("again", today), ("next day", today + timedelta(days=1))):
        environment = surroundings(path) | {"SVCQ_TODAY": day.isoformat()}
        took[name], _said = run(svcq("daily"), environment, may_fail=True)
        with closing(sqlite3.connect(path)) as connection, connection:
            # as if a server had taken them: what waits would be queued anew each day
            connection.execute("update mail set state = 'sent' where state in ('to_send', 'failed')")
            connection.execute("update reminder set state = 'sent' where state in ('to_send', 'failed')")
    return took


def main(count: int) -> None:
    """Make the store, run three mornings on it, judge."""
    path, anew = store(count)
    took = mornings(path)
    verdict = Verdict(f"svcq daily with {count:,} contracts and {2 * count:,} issues against svcq db refresh")
    for name in ("again", "next day"):
        verdict.ratio(name, took[name], anew, BAR)
    verdict.note(f"first morning: {took['first']:.2f} s")
    verdict.end()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
