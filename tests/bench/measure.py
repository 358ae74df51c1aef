"""What the benches share: whole processes timed side by side, and a verdict that the shell can see."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
TODAY = "2026-11-23"
PYTHON = sys.executable
YARDSTICK = [PYTHON, "-c", "import typer, rich, sqlmodel"]
"""What every start-up is compared with."""


def surroundings(store: Path | None = None) -> dict[str, str]:
    """The environment of a measured process: a fixed day, no colour, bytecode kept, this very source tree."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SVCQ_", "PYTHON", "LC_"))}
    said = {"SVCQ_TODAY": TODAY, "SVCQ_LANG": "en", "SVCQ_USER": "bench", "PYTHONPATH": str(ROOT)}
    return kept | said | ({"SVCQ_DB": str(store)} if store else {})


def svcq(*arguments: str) -> list[str]:
    """The command line of a svcq process."""
    return [PYTHON, "-m", "svcq", *arguments]


def run(
    command: Sequence[str], environment: Mapping[str, str], *, may_fail: bool = False
) -> tuple[float, bytes]:
    """Seconds of wall time and the standard output of one process; SystemExit if it fails."""
    begin = time.perf_counter()
    done = subprocess.run(command, env=dict(environment), capture_output=True, check=False)
    took = time.perf_counter() - begin
    if done.returncode and not may_fail:
        sys.exit(f"{' '.join(command)}\nended with {done.returncode}: {done.stderr.decode()}")
    return took, done.stdout


@dataclass(frozen=True, slots=True)
class Footprint:
    """What a process took."""

    seconds: float
    megabytes: float
    """The most memory that it held at once."""


def footprint(command: Sequence[str], environment: Mapping[str, str]) -> Footprint:
    """Run a process, and tell its wall time and the memory at its peak; SystemExit if it fails."""
    code = (
        "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL);"
        " print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024); sys.exit(done.returncode)"
    )
    took, out = run([PYTHON, "-c", code, *command], environment)
    return Footprint(took, float(out))


def alternating(
    commands: Mapping[str, Sequence[str]],
    environments: Mapping[str, Mapping[str, str]],
    times: int,
    of_all: Callable[[Sequence[float]], float] = statistics.median,
) -> dict[str, float]:
    """The median seconds of each command, run in turn so that a busy moment hits them all; one run warms up.

    `of_all`: min, where the machine has other things to do.
    """
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(times + 1):
        for name, command in commands.items():
            took, _ = run(command, environments[name])
            if turn:
                taken[name].append(took)
    return {name: of_all(all_of_them) for name, all_of_them in taken.items()}


@dataclass
class Verdict:
    """A table of comparisons, each with its bar; the process ends with 1 if one is missed."""

    title: str
    missed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        print(f"\n{self.title}")

    def note(self, text: str) -> None:
        """A figure that has no bar."""
        print(f"  {text}")

    def ratio(self, name: str, found: float, against: float, bar: float, goal: float | None = None) -> None:
        """One comparison: seconds, seconds of what it is compared with, the most that their ratio may be."""
        ratio = found / against
        gap = "" if goal is None else f"   goal {goal:.2f} ({ratio - goal:+.2f})"
        mark = "ok" if ratio <= bar else "MISSED"
        print(f"  {name:<52} {found:8.3f} s  / {against:8.3f} s  = {ratio:5.2f}   bar {bar:.2f} {mark}{gap}")
        if ratio > bar:
            self.missed.append(name)

    def end(self) -> None:
        """Exit with 1 if a bar was missed."""
        if self.missed:
            sys.exit(f"missed: {', '.join(self.missed)}")
