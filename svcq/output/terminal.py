"""What the terminal is: whether there is one, its width, colour or not; talk and progress go to stderr."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from svcq.errors import SvcqError
from svcq.locale import N_
from svcq.output.values import visible

WIDTH = 80
"""Cells of a line when the terminal does not tell."""
OVERDUE, LATE, HEADER, DIM = "1;31", "33", "1", "2"
"""Colours, as the numbers of their ANSI sequence; each only repeats what a word says."""


def standard_output(stream: TextIO | None) -> TextIO:
    """`stream`, else the standard output; SvcqError if the program was started with it closed."""
    found = stream or sys.stdout
    if found is None or found.closed:
        raise SvcqError(N_("the standard output is closed; -o FILE writes to a file"))
    return found


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody looks at `stream`."""
    return stream is not None and not stream.closed and stream.isatty()


def room(stream: TextIO) -> int:
    """The cells of a line of the terminal behind `stream`; COLUMNS, where set, is believed first."""
    told = os.environ.get("COLUMNS", "")
    if told.isdecimal() and int(told) > 0:
        return int(told)
    try:
        return os.get_terminal_size(stream.fileno()).columns or WIDTH
    except (OSError, ValueError):
        return WIDTH


def colour(stream: TextIO) -> bool:
    """Whether to colour: NO_COLOR forbids, CLICOLOR_FORCE demands, else on a terminal that is not dumb."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("CLICOLOR_FORCE", "0") not in ("", "0"):
        return True
    if os.environ.get("CLICOLOR") == "0" or not is_terminal(stream):
        return False
    kind = os.environ.get("TERM", "")
    if (
        os.name == "nt"
    ):  # the old console prints the sequences themselves; the ones that obey them set one of these
        return bool(kind or os.environ.get("WT_SESSION") or os.environ.get("ANSICON")) and kind != "dumb"
    return kind not in ("", "dumb", "unknown")


def painted(text: str, paint: str) -> str:
    """`text` between the sequences of a colour; as it is when `paint` or `text` is empty."""
    return f"\x1b[{paint}m{text}\x1b[0m" if paint and text else text


def talk(text: str, stderr: TextIO | None = None) -> None:
    """Say `text`, already translated, as one line on stderr; nothing is said when there is no stderr."""
    stream = stderr or sys.stderr
    if stream is not None and not stream.closed:
        stream.write(visible(text) + "\n")
        stream.flush()


@contextmanager
def progress(total: int | None, title: str, stderr: TextIO | None = None) -> Iterator[Callable[[int], None]]:
    """A bar on stderr while the block runs, on a terminal only; gives a function to call with the steps done.

    `total`: steps in all, None if not known; `title`: translated. The bar is gone when the block ends.
    """
    stream = stderr or sys.stderr
    if not is_terminal(stream) or os.environ.get("TERM") == "dumb":
        yield lambda steps: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(file=stream, no_color=not colour(stream))
    words = TextColumn("{task.description}", markup=False)
    bar = Progress(
        words, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console, transient=True
    )
    with bar:
        task = bar.add_task(visible(title), total=total)
        yield lambda steps: bar.advance(task, steps)
