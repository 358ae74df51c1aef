"""Two lists of a hospital's problems paired: 300 against 300 and 2,000 against 2,000, worded, alike and numbered.

    python tests/bench/pairing.py

Bars: 1 second of processor time for 300, 20 for 2,000.
"""

import sys
import time
from itertools import product

from measure import ROOT, Verdict

sys.path.insert(0, str(ROOT))

from svcq.rules.pairing import Text  # noqa: E402 - the tree is named first
from tests.problem_lists import FAULTS, PLACES, SAID, THINGS, Lists, paired  # noqa: E402

SECONDS = {300: 1.0, 2000: 20.0}


def cases(count: int) -> dict[str, Lists]:
    """Lists of `count` problems: worded by two people, all the same, and told apart by a number only."""
    worded = list(product(PLACES, THINGS, FAULTS, range(2)))[:count]
    engineer = [f"{place[0]}{thing[0]}{fault[0]}{at or ''}" for place, thing, fault, at in worded]
    nurse = [
        SAID[place_at % len(SAID)].format(place=place[1], thing=thing[1], fault=fault[1]) + f"{at or ''}"
        for place_at, (place, thing, fault, at) in enumerate(worded)
    ]
    return {
        "worded by two people": _lists(engineer, nurse),
        "all the same": _lists(["打印机卡纸"] * count, ["打印机卡住纸"] * count),
        "a number apart": _lists(
            [f"{at}号窗口打印机卡纸" for at in range(count)],
            [f"{at}号收费窗口打印机卡纸" for at in range(count)],
        ),
    }


def _lists(ours: list[str], theirs: list[str]) -> Lists:
    return Lists([Text(text) for text in ours], [Text(text) for text in theirs], {})


def main() -> None:
    """Pair every case once and judge."""
    verdict = Verdict("Two lists paired, seconds of processor time against the most they may take")
    for count, most in SECONDS.items():
        for name, of in cases(count).items():
            begin = time.process_time()
            paired(of)
            verdict.ratio(f"{count} x {count}, {name}", time.process_time() - begin, most, 1.0)
    verdict.end()


if __name__ == "__main__":
    main()
