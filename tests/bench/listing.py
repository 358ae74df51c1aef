"""A listing costs what its output costs: stores of 1,000 and of 100,000 contracts, printing the same number of rows.

    python tests/bench/listing.py [rows of the large store]

Bars: on the large store a command takes at most 1.5 times what it takes on the small one for the same output.
"""

import sys
from pathlib import Path

import world
from measure import Verdict, alternating, run, surroundings, svcq

BAR = 1.5
SMALL = 1_000
NUMBER = "HT-000500"
COMMANDS = {
    "contract overdue --limit 20": ("contract", "overdue", "--limit", "20"),
    "contract overdue --as-of 2026-05-15 --limit 20": (
        *("contract", "overdue", "--as-of", "2026-05-15", "--limit", "20"),
    ),
    "contract list --limit 20": ("contract", "list", "--limit", "20"),
    "contract list --as-of 2026-05-15 --limit 20": (
        *("contract", "list", "--as-of", "2026-05-15", "--limit", "20"),
    ),
    "contract expiring --limit 20": ("contract", "expiring", "--limit", "20"),
    "contract show": ("contract", "show", NUMBER),
    "due --limit 20": ("due", "--limit", "20"),
    "due --overdue --limit 20": ("due", "--overdue", "--limit", "20"),
    "due --number": ("due", "--all", "--number", NUMBER),
    "due --within 7d --limit 20": ("due", "--within", "7d", "--limit", "20"),
    "contract overdue --person": ("contract", "overdue", "--person", world.PEOPLE[7], "--limit", "1"),
    "contract list --state returned --limit 20": ("contract", "list", "--state", "returned", "--limit", "20"),
    "due --person": ("due", "--person", world.PEOPLE[7], "--limit", "2"),
    "due --customer": ("due", "--customer", world.HOSPITALS[7], "--limit", "5"),
}


def main(large: int) -> None:
    """Make both stores, time every command on both in turn, judge."""
    stores = {SMALL: world.store(SMALL), large: world.store(large, settled=0.995)}
    verdict = Verdict(f"listings on {large:,} contracts against {SMALL:,}, median of 5 whole processes")
    for name, arguments in COMMANDS.items():
        commands = {str(count): svcq(*arguments, "-f", "json") for count in stores}
        where = {str(count): surroundings(path) for count, path in stores.items()}
        found = alternating(commands, where, 5)
        verdict.ratio(name, found[str(large)], found[str(SMALL)], BAR)
    whole(verdict, stores[large])
    verdict.end()


def whole(verdict: Verdict, path: Path) -> None:
    """What the large store costs when everything that is open or late is printed."""
    for arguments in (("contract", "overdue"), ("contract", "overdue", "--as-of", "2026-05-15"), ("due",)):
        took, said = run(svcq(*arguments, "-f", "jsonl"), surroundings(path))
        verdict.note(f"{' '.join(arguments)}, all of {said.count(b'{'):,} rows: {took:.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
