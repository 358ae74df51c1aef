"""svcq killed by the system at a chosen point of its work: a process of its own, forked from this warm one."""

import os
import resource
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from tempfile import TemporaryFile
from typing import Any

from svcq import main
from tests.cli import Svcq, environment

EVERY = 400
"""Instructions of SQLite's machine between two steps, so that long statements are cut in the middle too."""

_kept: list[object] = []
"""What the interpreter lets go of too early when it raises."""


@dataclass(frozen=True, slots=True)
class Kill:
    """When a process gets a signal: at its n-th step of SQL or n-th call of a function, or n seconds after its start.

    Or the system ends it with the n-th byte of any file, or has no room for more than n bytes of one.
    """

    by: str
    """`step` (only what no program can catch), `call`, `second`, `byte` or `room`."""
    at: float
    signal: int = signal.SIGKILL
    also: int | None = None
    """Another signal right behind it."""
    ignored: bool = False
    """By the one who started the process."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of a process."""

    code: int
    """The exit code; minus the number of the signal that ended it."""
    seconds: float
    steps: int
    """Steps of SQL that it got to; calls, where those are what counts."""
    out: str
    err: str

    @property
    def killed(self) -> bool:
        """Whether it did not come to its own end."""
        return self.code < 0


def run(svcq: Svcq, *words: object, kill: Kill | None = None, **more: str) -> Ended:
    """Run `svcq WORDS…` in a child of this process, and end it as told; what it said is kept."""
    pipes = [os.pipe(), os.pipe()]
    with TemporaryFile() as steps:
        begin = time.perf_counter()
        child = os.fork()
        if not child:
            try:
                _act(
                    [str(word) for word in words],
                    environment(**svcq.told, **more),
                    kill,
                    pipes,
                    steps.fileno(),
                )
            finally:
                os._exit(70)
        for _inlet, outlet in pipes:
            os.close(outlet)
        if kill is not None and kill.by == "second":
            time.sleep(kill.at)
            os.kill(child, kill.signal)
        said = []
        for inlet, _outlet in pipes:
            with open(inlet, encoding="utf-8") as file:
                said.append(file.read())
        _, status = os.waitpid(child, 0)
        took = time.perf_counter() - begin
        counted = os.fstat(steps.fileno()).st_size
    code = os.waitstatus_to_exitcode(status)
    assert "Traceback" not in said[1], said[1]
    return Ended(code, took, counted, *said)


def _act(
    words: list[str], told: dict[str, str], kill: Kill | None, pipes: list[tuple[int, int]], steps: int
) -> None:
    """What the child does: it never comes back."""
    code = 70
    counted: Callable[[], object] = int
    try:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        if kill and kill.ignored:
            signal.signal(kill.signal, signal.SIG_IGN)
        os.environ.clear()
        os.environ.update(told)
        for (_inlet, outlet), number in zip(pipes, (1, 2), strict=True):
            os.dup2(outlet, number)
        sys.stdout = sys.__stdout__ = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = sys.__stderr__ = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        counted = _count(steps, kill or Kill("step", 0))
        if kill and kill.by in ("byte", "room"):
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL if kill.by == "byte" else signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_FSIZE, (int(kill.at), int(kill.at)))
        sys.argv[1:] = words
        main.run()
    except SystemExit as ended:
        code = int(ended.code or 0)
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.setprofile(None)
        counted()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _count(steps: int, kill: Kill) -> Callable[[], object]:
    """From now on calls, or statements and the pieces of long ones, are counted; at the one that is meant it comes."""
    numbers = count(1)
    if kill.by == "call":

        def call(_frame: object, event: str, _what: object) -> None:
            if event == "call" and next(numbers) == kill.at:
                both = (kill.signal, kill.also or kill.signal)
                signal.pthread_sigmask(signal.SIG_BLOCK, both)
                for number in both:
                    os.kill(os.getpid(), number)
                signal.pthread_sigmask(signal.SIG_UNBLOCK, both)

        _kept.append(call)
        sys.setprofile(call)
        return lambda: os.write(steps, b"." * next(numbers))
    if kill.by != "step":
        return int
    connect = sqlite3.connect

    def step(_what: object = None) -> int:
        os.write(steps, b".")
        if next(numbers) == kill.at:
            os.kill(os.getpid(), kill.signal)
        return 0

    def counted(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        made = connect(*args, **kwargs)
        made.set_trace_callback(step)
        made.set_progress_handler(step, EVERY)
        return made

    sqlite3.connect = counted  # type: ignore[assignment]
    return int


def spread(most: int, parts: int) -> list[int]:
    """Moments spread over a run of so many steps, the first and the last of them included."""
    return [1 + place * (most - 1) // max(1, parts - 1) for place in range(parts)]
