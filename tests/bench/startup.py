"""What it costs to start svcq, against `python -c "import typer, rich, sqlmodel"`.

    python tests/bench/startup.py [runs]

Bars: --help 0.25, a listing as JSON 0.50, as a table 0.65; the goals beyond them are 0.45 and 0.60. Then the same
with all groups that svcq is to have, to show that a group which is not named costs nothing.
"""

import sys

import world
from measure import PYTHON, ROOT, YARDSTICK, Verdict, alternating, run, surroundings, svcq

BARS = {"help": (0.25, None), "json": (0.50, 0.45), "table": (0.65, 0.60)}
ARGUMENTS = {
    "help": ("--help",),
    "json": ("contract", "overdue", "-f", "json"),
    "table": ("contract", "overdue", "-f", "table"),
}
NAMES = {
    "help": "--help",
    "json": "contract overdue -f json",
    "table": "contract overdue -f table",
}
TO_COME = ("handover", "issue", "upgrade", "migrate", "callback", "score", "daily", "remind", "report")
WITH_ALL = f"""
import sys
from svcq import main
for name in {TO_COME!r}:
    main.COMMANDS.setdefault(name, "A group that is to come, as long as the others are.")
main.run(sys.argv[1:])
"""


def main(runs: int) -> None:
    """Measure in turn, print, judge."""
    path = world.KEPT / "startup.db"
    world.KEPT.mkdir(exist_ok=True)
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    books = [str(file) for file in sorted((ROOT / "examples" / "workbooks").iterdir())]
    run(svcq("import", *books), surroundings(path))
    commands = {"yardstick": YARDSTICK, "python": [PYTHON, "-c", "pass"]}
    commands |= {name: svcq(*arguments) for name, arguments in ARGUMENTS.items()}
    commands |= {f"{name}, all": [PYTHON, "-c", WITH_ALL, *said] for name, said in ARGUMENTS.items()}
    found = alternating(commands, dict.fromkeys(commands, surroundings(path)), runs)
    verdict = Verdict(f"start-up, median of {runs} alternating runs, against import typer, rich, sqlmodel")
    verdict.note(f"python itself: {found['python']:.3f} s = {found['python'] / found['yardstick']:.2f}")
    for suffix, title in (("", ""), (", all", ", every group")):
        for name, (bar, goal) in BARS.items():
            verdict.ratio(NAMES[name] + title, found[name + suffix], found["yardstick"], bar, goal)
    verdict.end()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
