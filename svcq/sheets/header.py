"""Where the header of a sheet is, which kind of sheet it makes, and which column is which field."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from svcq.sheets.grid import Grid, letters
from svcq.sheets.kind import Kind
from svcq.sheets.matcher import Matcher, normalise
from svcq.sheets.options import ReadOptions
from svcq.sheets.top import ROWS, Top

REASONS = "拒绝原因 (why refused)"
"""Header of the column that a workbook of refused rows adds; it is never data."""


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
    def fit(self) -> tuple[int, int, int]:
        """How well a row fits among those of the sheet."""
        return self.said, len(self.columns), -len(self.unknown)

    @property
    def score(self) -> tuple[int, int, int]:
        """How well the kind fits: mapped by the user, fields (a title counts two), fewest unknown headers."""
        return self.said, len(self.columns) + 2 * self.spoken_for, -len(self.unknown)


def find(grid: Grid, kinds: Iterable[Kind], options: ReadOptions, *, strict: bool) -> list[Header]:
    """The best header of each kind that fits the sheet, the best kind first.

    `strict`: only kinds whose necessary fields are there, in a row that is mostly header; else any match counts.
    """
    top = Top(grid, options.header_row or 0)
    found = []
    for kind in kinds:
        matcher = Matcher(kind, options)
        best: Header | None = None
        for row in _candidates(top, options.header_row):
            for header in (_one_line(top, row, matcher), _two_lines(top, row, matcher)):
                if header is not None and header.columns and (best is None or header.fit > best.fit):
                    best = header
        if best is not None and (not strict or _convinces(best)):
            found.append(best)
    return sorted(found, key=lambda one: one.score, reverse=True)


def _candidates(top: Top, said: int | None) -> list[int]:
    if said is not None:
        return [said - 1] if said <= len(top.lines) else []
    return [row for row, line in enumerate(top.lines[:ROWS]) if any(line)]


def _one_line(top: Top, row: int, matcher: Matcher) -> Header:
    return _read(top, row, 1, matcher, {})


def _two_lines(top: Top, row: int, matcher: Matcher) -> Header | None:
    """The header whose last line is `row`, under a line with words over several columns; None if it is none."""
    if row == 0 or not top.spans[row - 1]:
        return None
    over = top.over(row)
    if any(
        text and column in over and column not in top.spans[row - 1]
        for column, text in enumerate(top.lines[row])
    ):
        return None
    return _read(top, row, 2, matcher, over)


def _read(top: Top, row: int, lines: int, matcher: Matcher, over: dict[int, str]) -> Header:
    header = Header(matcher.kind, row, lines)
    for column in range(max(len(top.lines[row]), max(over, default=-1) + 1)):
        low, high = top.text(row, column), over.get(column, "")
        if not low and high and not top.text(row - 1, column):
            high = ""
        header.titles.append(f"{high} {low}".strip())
        if (not high and not low) or low == REASONS:
            continue
        key, scale, said = matcher.match(high, low)
        if key is None:
            header.unknown.append(header.titles[-1])
        elif key != "-":
            header.columns.setdefault(key, []).append(column)
            if scale != 1:
                header.scales[column] = scale
        header.said += said
    _prefer(header, matcher)
    words = unicodedata.normalize("NFKC", f"{top.name} {top.title(row + 1 - lines)}").casefold()
    header.spoken_for = any(word in words for word in matcher.kind.titles)
    return header


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
