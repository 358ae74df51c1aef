"""Eight processes that write to one store for a minute, on SQLite and on PostgreSQL, while one looks on.

    python tests/bench/writers.py [seconds] [writers] [sqlite|postgresql]

They enter, call, return, report, step, close, mend the same few records and import; one reads, checks and copies.
Bar: every confirmed write is there once and nothing else; no update lost; no sentence but the published ones.
"""

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from measure import ROOT

sys.path.insert(0, str(ROOT))

from tests import places  # noqa: E402 - the tree is named first
from tests.stores import made, templates  # noqa: E402
from tests.writers import together  # noqa: E402

SHOWN = 20


def main(seconds: float, writers: int, engines: list[str]) -> None:
    """One run on each engine, a line each; ends with 1 if anything is wrong."""
    wrong: list[str] = []
    for engine in engines:
        places.Engine.postgresql = engine == "postgresql"
        templates.cache_clear()  # those of the other engine
        with TemporaryDirectory() as folder:
            store = places.at(made(Path(folder) / "s.db"))
            begin = time.monotonic()
            reckoning = together(store, Path(folder), writers=writers, seconds=seconds)
            took = time.monotonic() - begin
            found = list(reckoning.wrong())
            print(reckoning.table(engine, took), flush=True)
            print(f"{'':<11} wrong: {len(found)}")
            wrong += found
    for line in wrong[:SHOWN]:
        print(f"  {line}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    said = sys.argv[1:]
    chosen = [word for word in said if word.isalpha()]
    numbers = [word for word in said if not word.isalpha()]
    main(
        float(numbers[0]) if numbers else 60.0,
        int(numbers[1]) if len(numbers) > 1 else 8,
        chosen or ["sqlite", "postgresql"],
    )
