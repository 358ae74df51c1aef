"""How wide text is on a terminal, in cells (a Chinese character takes two), and folding it to a width."""

import re
from collections.abc import Callable

_ORDINARY = re.compile("[ -~\u3000-\u3029\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff60]*").fullmatch
"""ASCII and the common two-cell characters, all of them three bytes in UTF-8: counted without any table."""
_UNIT = re.compile(
    "[ \u3000]+|[!-\u2e7f]+|.[\u0300-\u036f\u200d\ufe0f、，。；：！？）】」』〉》]*",
    re.DOTALL,
)
"""What is kept together when a line is folded: blanks, a run of Latin, a character with its marks."""
_RUN = re.compile("[!-\u2e7f]+")

_measure: Callable[[str], int] | None = None


def width(text: str) -> int:
    """The cells `text` takes on a terminal; `text` has no control characters."""
    if text.isascii():
        return len(text)
    if _ORDINARY(text):
        return _plain(text)
    global _measure
    if _measure is None:
        from rich.cells import cell_len  # 12 ms, needed only for what is neither ASCII nor ordinary Chinese

        _measure = cell_len
    return _measure(text)


def _plain(text: str) -> int:
    return len(text) + (len(text.encode()) - len(text)) // 2


def longest_run(text: str) -> int:
    """The cells of the widest piece without a blank or a Chinese character: a code, a number, a word."""
    return max(map(width, _RUN.findall(text)), default=0)


def fold(text: str, room: int) -> list[str]:
    """`text` on lines of at most `room` cells, nothing lost but blanks at the folds; `room` is 2 or more.

    Breaks at blanks and between Chinese characters, never before a closing mark; inside a Latin run only when
    the run alone is wider than `room`. An empty text is one empty line.
    """
    if width(text) <= room:
        return [text]
    ordinary = bool(_ORDINARY(text))  # then widths simply add up
    lines: list[str] = []
    line, size = "", 0
    for unit in _UNIT.findall(text):
        size = size + _plain(unit) if ordinary else width(line + unit)
        if size <= room:
            line += unit
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = unit.lstrip() if lines else unit
        while width(line) > room:
            piece = _head(line, room)
            lines.append(piece)
            line = line[len(piece) :]
        size = width(line)
    if line.strip() or not lines:
        lines.append(line.rstrip())
    return lines


def _head(text: str, room: int) -> str:
    """The longest beginning of `text` that takes at most `room` cells, at least one character."""
    end = 1
    while end < len(text) and width(text[: end + 1]) <= room:
        end += 1
    return text[:end]


def pad(text: str, room: int, right: bool = False) -> str:
    """`text` filled up with blanks to `room` cells; `right`: the blanks in front."""
    blanks = " " * (room - width(text))
    return blanks + text if right else text + blanks
