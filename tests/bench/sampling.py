"""A quarter's sample of 300 engineers and 3,000 customers against sorting them and taking the first that fit.

    python tests/bench/sampling.py

Bars: the exact sample costs at most 6 times the plain sorted choice, which moves nobody to make room for another and so
is not the best there is; drawing it from a store, written, owed and audited, takes less than 10 seconds.
"""

import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from measure import ROOT, Verdict

sys.path.insert(0, str(ROOT))

from svcq.processes import callback_sample, customer, staff  # noqa: E402 - the tree is named first
from svcq.rules.callback_sample import Customer, Engineer, Limits, sample  # noqa: E402
from svcq.rules.periods import quarter_of  # noqa: E402
from svcq.rules.sampling import lot  # noqa: E402
from tests.stores import blank, writing  # noqa: E402

ENGINEERS, CUSTOMERS, SEED = 300, 3000, 20264
LIMITS = Limits(5, 2)
BAR, MOST = 6.0, 10.0


def seconds(work: Callable[[], object]) -> float:
    """The median of five."""
    taken = []
    for _ in range(5):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def plain(customers: Sequence[Customer]) -> list[tuple[str, str]]:
    """The baseline: pairs of customer and engineer sorted by the order of the rules, the first that fit, none moved."""
    pairs = [
        (one.repeats, one.this_year, one.ever, lot(SEED, f"{one.name}\n{engineer}"), one.name, engineer)
        for one in customers
        if one.this_year < LIMITS.yearly_most
        for engineer in one.engineers
    ]
    taken: dict[str, str] = {}
    count: Counter[str] = Counter()
    for *_, name, engineer in sorted(pairs):
        if name not in taken and count[engineer] < LIMITS.per_engineer:
            taken[name] = engineer
            count[engineer] += 1
    return list(taken.items())


def shapes(chance: random.Random, names: Sequence[str]) -> dict[str, list[Customer]]:
    """Customers as offices have them, and as they would be the hardest to place."""

    def customers(count: int, served: Callable[[int], Sequence[str]]) -> list[Customer]:
        return [
            Customer(f"医院{n}", tuple(served(n)), n % 3, n % 9, chance.random() < 0.3) for n in range(count)
        ]

    return {
        "one to three engineers each": customers(
            CUSTOMERS, lambda n: chance.sample(names, chance.choice((1, 1, 1, 2, 3)))
        ),
        "hardly enough, one to three engineers each": customers(
            1900, lambda n: chance.sample(names, chance.choice((1, 2, 3)))
        ),
        "a chain, each shared by neighbours": customers(
            2249, lambda n: (names[n * 2 // 15 % ENGINEERS], names[(n * 2 // 15 + 1) % ENGINEERS])
        ),
        "fifty engineers each": customers(CUSTOMERS, lambda n: chance.sample(names, 50)),
        "too few, twenty engineers each": customers(700, lambda n: chance.sample(names, 20)),
    }


def main() -> None:
    """Draw every shape, then a whole quarter from a store."""
    chance = random.Random(1)
    names = [f"工程师{n}" for n in range(ENGINEERS)]
    people = [Engineer(name) for name in names]
    verdict = Verdict(f"A sample for {ENGINEERS} engineers, against the first that fit")
    for name, customers in shapes(chance, names).items():

        def drawn(customers: list[Customer] = customers) -> object:
            return sample(people, customers, LIMITS, SEED)

        def chosen(customers: list[Customer] = customers) -> object:
            return plain(customers)

        verdict.ratio(name, seconds(drawn), seconds(chosen), BAR)
    with TemporaryDirectory() as folder:
        path = blank(Path(folder) / "svcq.db")
        with writing(path) as work:
            for name in names:
                staff.add(work, name, ["engineer"], {})
            for n in range(CUSTOMERS):
                served = chance.sample(names, chance.choice((1, 1, 2)))
                customer.add(work, f"医院{n}", {}, {"engineer": served})
        begin = time.perf_counter()
        with writing(path) as work:
            callback_sample.draw(work, quarter_of(date(2026, 11, 23)))
        verdict.ratio("from a store / seconds it may take", time.perf_counter() - begin, MOST, 1.0)
    verdict.end()


if __name__ == "__main__":
    main()
