"""Where the header of a sheet is, which kind of sheet it makes, and which column is which field."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from svcq.sheets.cells import as_text
from svcq.sheets.grid import Grid, letters
from svcq.sheets.kind import Field, Kind
from svcq.sheets.options import ReadOptions
from svcq.sheets.text import normalise

SEARCHED_ROWS = 30
REASONS = "拒绝原因 (why refused)"
"""Header of the column that a workbook of refused rows adds; it is never data."""
_REASONS = normalise(REASONS)
_NOTE = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_SCALES = {
    "": 1,
    "元": 1,
    "人民币": 1,
    "人民币元": 1,
    "rmb": 1,
    "cny": 1,
    "yuan": 1,
    "万元": 10_000,
    "万": 10_000,
}
"""What a money column's unit is worth in CNY; another unit is another column."""


@dataclass(slots=True)
class Header:
    """A header found for one kind."""

    kind: Kind
    row: int
    """0-based row of its last line."""
    lines: int
    columns: dict[str, list[int]] = field(default_factory=dict)
    """Field key -> its 0-based columns, usually one."""
    scales: dict[int, int] = field(default_factory=dict)
    """0-based column of money -> CNY per unit, where it is not 1."""
    unknown: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    """The header of each column, lines joined."""
    said: int = 0
    """Headers that the user mapped himself."""
    spoken_for: bool = False
    """The sheet's name or title names the kind."""

    @property
    def score(self) -> tuple[int, int, int]:
        """How well it fits: mapped by the user, matched fields (a title counts two), fewest unknown headers."""
        return self.said, len(self.columns) + 2 * self.spoken_for, -len(self.unknown)


class Matcher:
    """The headers of one kind, prepared for look-up."""

    def __init__(self, kind: Kind, options: ReadOptions) -> None:
        self.kind = kind
        self.said = {normalise(header): key for header, key in options.headers.items()}
        self.known: dict[str, Field] = {}
        for one in reversed(kind.fields):
            for name in one.synonyms:
                self.known[normalise(name)] = one
        for one in kind.fields:
            self.known[normalise(one.key)] = one
        for one in kind.fields:
            self.known[normalise(one.header)] = one

    def match(self, top: str, bottom: str) -> tuple[str | None, int, bool]:
        """Field key (`-`: left out), CNY per unit, whether the user said so; None if no header is known."""
        both = (top + bottom, bottom + top, bottom, top) if top and bottom else (top or bottom,)
        for header in both:
            if (key := self.said.get(normalise(header))) is not None:
                return key, self._scale(header, self.kind.field(key)) or 1 if key != "-" else 1, True
        for header in both:
            if (one := self._field(header)) is not None:
                return one[0].key, one[1], False
        return None, 1, False

    def _field(self, header: str) -> tuple[Field, int] | None:
        found = self.known.get(normalise(header))
        if found is not None:
            return found, 1
        bare = normalise(_NOTE.sub("", header))
        found = self.known.get(bare)
        if found is None and bare.endswith("万元"):
            found = self.known.get(bare.removesuffix("万元"))
        if found is None:
            return None
        scale = self._scale(header, found)
        return (found, scale) if scale else None

    def _scale(self, header: str, one: Field) -> int:
        """CNY per unit that the header's note says; 0 for a unit that is not CNY."""
        if one.type != "money":
            return 1
        notes = [normalise(note).removeprefix("单位") for note in _NOTE.findall(header)]
        notes = [note for note in notes if note not in ("含税", "不含税", "大写", "小写")]
        if not notes:
            return 10_000 if normalise(header).endswith("万元") else 1
        return _SCALES.get(notes[-1], 0)


def find(grid: Grid, kinds: Iterable[Kind], options: ReadOptions, *, strict: bool) -> list[Header]:
    """The best header of each kind that fits the sheet, the best kind first.

    `strict`: only kinds whose necessary fields are there, in a row that is mostly header; else any match counts.
    """
    lines = [
        _line(grid, row) for row in range(min(len(grid.rows), (options.header_row or 0) + SEARCHED_ROWS))
    ]
    found = []
    for kind in kinds:
        matcher = Matcher(kind, options)
        best: Header | None = None
        for row in _candidates(lines, options.header_row):
            for count in (1, 2):
                header = _read(grid, lines, row, count, matcher)
                if header is not None and header.columns and (best is None or header.score > best.score):
                    best = header
        if best is not None and (not strict or _convinces(best)):
            found.append(best)
    return sorted(found, key=lambda one: one.score, reverse=True)


def _candidates(lines: Sequence[list[str]], said: int | None) -> list[int]:
    if said is not None:
        return [said - 1] if said <= len(lines) else []
    return [row for row, line in enumerate(lines[:SEARCHED_ROWS]) if any(line)]


def _line(grid: Grid, row: int) -> list[str]:
    """The texts of a row, each on one line; a number or date is no header."""
    return [" ".join(as_text(cell).split()) if isinstance(cell, str) else "" for cell in grid.rows[row]]


def _spans(grid: Grid, row: int, line: Sequence[str], below: Sequence[str]) -> dict[int, str]:
    """Column -> text of the upper header line over it, where that text stands over several columns."""
    spans: dict[int, str] = {}
    for first_row, first, last_row, last in grid.merges:
        if first_row <= row <= last_row and last > first and first < len(line) and line[first]:
            for column in range(first, min(last, len(below) - 1) + 1):
                spans[column] = line[first]
    if not grid.merges:
        for column, sub in enumerate(below):
            before = line[column - 1] if 0 < column <= len(line) else ""
            alone = column >= len(line) or not line[column]
            if sub and alone and (group := spans.get(column - 1, before if below[column - 1] else "")):
                spans[column - 1] = spans[column] = group
    return spans


def _read(grid: Grid, lines: Sequence[list[str]], row: int, count: int, matcher: Matcher) -> Header | None:
    """The header whose last line is `row` and that has one line or two; None if it cannot be one."""
    bottom = lines[row]
    tops: dict[int, str] = {}
    if count == 2:
        if row == 0 or not any(lines[row - 1]):
            return None
        top = lines[row - 1]
        spans = _spans(grid, row - 1, top, bottom)
        tops = {column: text for column, text in enumerate(top) if text} | spans
        if not spans or any(
            text and column not in spans and column in tops for column, text in enumerate(bottom)
        ):
            return None
    width = max(len(bottom), max(tops, default=-1) + 1)
    header = Header(matcher.kind, row, count)
    for column in range(width):
        low = bottom[column] if column < len(bottom) else ""
        high = tops.get(column, "")
        if count == 2 and not low and column not in _solid(lines[row - 1]):
            high = ""
        header.titles.append(f"{high} {low}".strip())
        if (not high and not low) or normalise(low) == _REASONS:
            continue
        key, scale, said = matcher.match(high, low)
        if key is None:
            header.unknown.append(f"{high} {low}".strip())
        elif key != "-":
            header.columns.setdefault(key, []).append(column)
            if scale != 1:
                header.scales[column] = scale
        header.said += said
    _prefer(header, matcher)
    above = " ".join(text for line in lines[max(0, row - 8) : row + 1 - count] for text in _title(line))
    words = unicodedata.normalize("NFKC", f"{grid.name} {above}").casefold()
    header.spoken_for = any(word in words for word in matcher.kind.titles)
    return header


def _title(line: Sequence[str]) -> list[str]:
    """The texts of a row above the header if they are few enough for a title."""
    texts = [text for text in line if text]
    return texts if len(texts) <= 4 else []


def _solid(line: Sequence[str]) -> set[int]:
    return {column for column, text in enumerate(line) if text}


def _prefer(header: Header, matcher: Matcher) -> None:
    """Where the user mapped a header to a field, no other column is taken for it."""
    for key, columns in header.columns.items():
        said = [column for column in columns if normalise(header.titles[column]) in matcher.said]
        if said and len(said) < len(columns):
            header.unknown.extend(header.titles[column] for column in columns if column not in said)
            header.columns[key] = said


def _convinces(header: Header) -> bool:
    groups = header.kind.needs or (header.kind.natural_key,)
    if not any(all(key in header.columns for key in group) for group in groups):
        return False
    matched = sum(map(len, header.columns.values()))
    return header.spoken_for or header.said > 0 or (matched >= 2 and matched >= len(header.unknown))


def place(row: int, column: int) -> str:
    """C7 for 0-based row 6 and column 2."""
    return f"{letters(column + 1)}{row + 1}"
