"""Labels and values below each other: a record, or the rows of a table too wide for its terminal."""

from collections.abc import Iterator, Sequence

from svcq.output.cells import fold, pad, width
from svcq.output.terminal import painted

LEAST = 10
"""Cells that a value needs beside its label; with less it goes below it."""


def stacked(pairs: Sequence[tuple[str, str, str]], room: int | None) -> Iterator[str]:
    """Lines `label: value`, the values under each other, folded to `room` cells (None: not folded).

    Each pair is a label, a value on one line and its colour ("" for none).
    """
    beside = max((width(label) for label, _, _ in pairs), default=0) + 2
    narrow = room is not None and room - beside < LEAST
    for label, value, paint in pairs:
        lines = [value] if room is None else fold(value, max(2, room - (2 if narrow else beside)))
        if narrow:
            yield from fold(f"{label}:", max(2, room or 2))
            yield from ("  " + painted(line, paint) for line in lines if line)
            continue
        head = pad(f"{label}:", beside)
        for line in lines:
            yield (head + painted(line, paint)).rstrip()
            head = " " * beside
