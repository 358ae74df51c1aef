"""Processes killed by the system at random moments of their work: is anything lost, or half-written?

    python tests/bench/kills.py [kills of each work] [seed]

Each work is killed after a random time, at a random statement (or within a long one), and with a random byte of a
file. After each kill the store is whole by `svcq db check` and holds all of a unit of work or nothing of it, and the
same command run again ends as if nobody had killed it.
Bar: no record lost or half-written, at most one mail sent twice and that with the same Message-ID.
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from measure import ROOT

sys.path.insert(0, str(ROOT))

from tests.faults import scenes  # noqa: E402 - the tree is named first
from tests.faults.killing import Kill  # noqa: E402
from tests.faults.scenes import Scene, state, survives  # noqa: E402
from tests.mailbox import Mailbox  # noqa: E402

ROWS = 3000
LANDED = ("before", "between", "after", "survived")


def works(folder: Path, stack: ExitStack) -> Iterator[tuple[str, Scene, Mailbox | None]]:
    """What is killed."""
    places = iter(range(100))

    def place() -> Path:
        made = folder / f"scene{next(places)}"
        made.mkdir()
        return made

    yield f"import, {ROWS:,} contracts", scenes.importing(place(), ROWS), None
    yield "import, three files", scenes.first_import(place(), ROWS // 3), None
    yield "score publish", scenes.publishing(place()), None
    for old in scenes.OLD:
        yield f"schema from {old}", scenes.schema_step(place(), old, ROWS // 3), None
    yield "db restore", scenes.keeping(place(), "db", "restore", "{folder}/backup.db", "--yes"), None
    scene, box = stack.enter_context(scenes.morning(place()))
    yield "daily, three mails", scene, box


def killed(
    name: str, scene: Scene, box: Mailbox | None, folder: Path, kills: int, dice: random.Random
) -> str:
    """Kill a work so many times; the row of the table."""
    unkilled = scene.copy(folder / "unkilled")
    ran = scene.act(unkilled)
    if ran.code:
        sys.exit(f"{name}: {ran.err}")
    after = state(unkilled / "svcq.db")
    most = max(file.stat().st_size for file in unkilled.iterdir())
    once = Counter(box.envelopes) if box else Counter()
    landed: Counter[str] = Counter()
    twice = lost = 0
    for n in range(kills):
        kill = (
            Kill("second", dice.uniform(0, ran.seconds)),
            Kill("step", dice.randint(1, ran.steps)),
            Kill("byte", dice.randint(1, most)),
        )[n % 3]
        if box:
            box.mails.clear()
            box.envelopes.clear()
        try:
            landed[survives(scene, folder / str(n), kill, after, thorough=True)] += 1
        except AssertionError as error:
            lost += 1
            print(f"{name}: {error}", file=sys.stderr)
        if box:
            twice += len(box.mails) - len({mail["Message-ID"] for mail in box.mails})
            lost += bool(once - Counter(box.envelopes))
    counts = "".join(f"{landed[where]:>10}" for where in LANDED)
    return f"{name:<28}{kills:>6}{counts}{twice:>10}{lost:>8}"


def main() -> None:
    """Kill everything; the exit code is 1 if anything was lost."""
    kills, seed = (int(word) for word in (sys.argv[1:] + ["15", "6"][len(sys.argv) - 1 :])[:2])
    dice = random.Random(seed)
    begin = time.perf_counter()
    rows = []
    print(
        f"{'work':<28}{'kills':>6}{''.join(f'{where:>10}' for where in LANDED)}{'twice':>10}{'lost':>8}",
        flush=True,
    )
    with TemporaryDirectory(prefix="svcq-kills-") as name, ExitStack() as stack:
        folder = Path(name)
        for place, (work, scene, box) in enumerate(works(folder, stack)):
            (folder / str(place)).mkdir()
            rows.append(killed(work, scene, box, folder / str(place), kills, dice))
            print(rows[-1], flush=True)
    lost = sum(int(row.split()[-1]) for row in rows)
    print(
        f"{kills * len(rows)} kills in {time.perf_counter() - begin:.0f} s, seed {seed}: {lost} lost or half-written"
    )
    sys.exit(1 if lost else 0)


if __name__ == "__main__":
    main()
