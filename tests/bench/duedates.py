"""100,000 due dates in working days, days and months against plain date + timedelta, and 2,500 working days ahead.

    python tests/bench/duedates.py

Bars: a due date costs at most 60 plain additions, one 2,500 working days ahead at most 100, the first one of a
process, which reads the holiday data, aside.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta

from measure import ROOT, Verdict

sys.path.insert(0, str(ROOT))

from svcq.policy.model import Period  # noqa: E402 - the tree is named first
from svcq.rules.deadlines import due  # noqa: E402
from svcq.rules.workdays import Calendar  # noqa: E402

COUNT = 100_000
CASES = {
    "15 days, rolling": (Period(15, "days"), 60.0),
    "1 month, rolling": (Period(1, "months"), 60.0),
    "2 months, not rolling": (Period(2, "months", roll=False), 60.0),
    "10 working days": (Period(10, "workdays"), 60.0),
    "10 working days back": (Period(-10, "workdays"), 60.0),
    "2,500 working days": (Period(2500, "workdays"), 100.0),
}


def seconds(work: Callable[[], object]) -> float:
    """The median of five."""
    taken = []
    for _ in range(5):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def main() -> None:
    """Time every case against the plain loop."""
    chance = random.Random(1)
    starts = [date(2010, 1, 1) + timedelta(days=chance.randrange(6000)) for _ in range(COUNT)]
    step = timedelta(days=15)

    def plain() -> list[date]:
        return [start + step for start in starts]

    calendar = Calendar("CN")
    verdict = Verdict(f"{COUNT:,} due dates, China's working days, against as many date + timedelta")
    begin = time.perf_counter()
    due(starts[0], Period(10, "workdays"), calendar)
    verdict.note(f"the first due date of a process: {time.perf_counter() - begin:.3f} s")
    against = seconds(plain)
    for name, (period, bar) in CASES.items():

        def counted(period: Period = period) -> list[object]:
            return [due(start, period, calendar) for start in starts]

        verdict.ratio(name, seconds(counted), against, bar)
    verdict.end()


if __name__ == "__main__":
    main()
