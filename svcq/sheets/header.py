"""Where the header of a sheet is, which kind of sheet it makes, and which column is which field."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from svcq.sheets.grid import Grid, letters
from svcq.sheets.kind import Kind
from svcq.sheets.matcher import Matcher, makes_other, normalise, unit_in
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
    matcher: Matcher
    """The words of the kind, as the user's options have them."""
    columns: dict[str, list[int]] = field(default_factory=dict)
    """Field key -> its 0-based columns, usually one."""
    scales: dict[int, int] = field(default_factory=dict)
    """0-based column of money -> CNY per unit, where it is not 1."""
    strange_unit: int | None = None
    """0-based row above the header whose unit of money is not understood, if a column depends on it."""
    unknown: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    """The header of each column, lines joined."""
    said: int = 0
    """Headers that the user mapped himself."""
    spoken_for: bool = False
    """The sheet's name or title names the kind."""

    def meaning(self, title: str) -> str | None:
        """The field that a header of this sheet stands for; None: none."""
        keys = self.matcher.match("", title)[0]
        return keys[-1] if keys and "-" not in keys else None

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
        first: Header | None = None
        for row in _candidates(top, options.header_row):
            for header in (_one_line(top, row, matcher), _two_lines(top, row, matcher)):
                if header is None or not header.columns:
                    continue
                if best is None or header.fit > best.fit:
                    best = header
                if first is None and _convinces(header):
                    first = header
        if best is not None and first is not None and first.row <= best.row - best.lines:
            best = max(first, _two_lines(top, first.row + 1, matcher) or first, key=lambda one: one.fit)
        if best is not None and (not strict or _convinces(best)):
            found.append(best)
    return sorted(found, key=lambda one: one.score, reverse=True)


def _candidates(top: Top, said: int | None) -> list[int]:
    if said is not None:
        return [said - 1] if said <= len(top.lines) else []
    return [row for row, line in enumerate(top.lines[:ROWS]) if any(line)]


def _one_line(top: Top, row: int, matcher: Matcher) -> Header | None:
    """The header in `row` alone; None if the row below is its second line, or the row above its first.

    Words over several columns above it (计划 over 回签日期) still say what is meant.
    """
    below = _two_lines(top, row + 1, matcher) if row + 1 < len(top.lines) else None
    if below is not None and below.columns and top.looks_like_words(row + 1) and _is_group(top, row + 1):
        return None
    if top.is_group(row) and _is_group(top, row):
        beside = [
            column for column, text in enumerate(top.lines[row - 1]) if text and not top.text(row, column)
        ]
        if len(beside) > 1:
            return None
    return _read(top, row, 1, matcher, {})


def _two_lines(top: Top, row: int, matcher: Matcher) -> Header | None:
    """The header whose last line is `row`, under a line with words over several columns; None if it is none."""
    return _read(top, row, 2, matcher, top.over(row)) if top.is_group(row) else None


def _is_group(top: Top, row: int) -> bool:
    """Whether two columns or more of `row` stand under one word of the row above that is no title of the sheet.

    A text alone in its row is a title, unless it makes other columns of those below (计划) and not of all.
    """
    spans, above = top.spans[row - 1], [text for text in top.lines[row - 1] if text]
    used = [column for column, text in enumerate(top.lines[row]) if text]
    under = [spans[column] for column in used if column in spans]
    titled = len(above) == 1 and (not makes_other(above[0]) or used[0] in spans)
    return len(set(under)) < len(under) and not titled


def _groups(top: Top, row: int) -> dict[int, str]:
    """Column -> the words above it, not part of the header, that may change what it means."""
    alone = {
        column: text
        for column, text in enumerate(top.lines[row - 1])
        if text and len(normalise(text)) <= 4 and makes_other(text)
    }
    return alone | (top.spans[row - 1] if top.is_group(row) and _is_group(top, row) else {})


def _read(top: Top, row: int, lines: int, matcher: Matcher, over: dict[int, str]) -> Header:
    header = Header(matcher.kind, row, lines, matcher)
    groups = _groups(top, row) if lines == 1 and row else {}
    for column in range(max(len(top.lines[row]), max(over, default=-1) + 1)):
        low, high = top.text(row, column), over.get(column, "")
        if not low and high and not top.text(row - 1, column):
            high = ""
        header.titles.append(f"{high} {low}".strip())
        if (not high and not low) or low == REASONS:
            continue
        keys, scale, said = matcher.match(high or groups.get(column, ""), low)
        if not keys:
            header.unknown.append(f"{groups.get(column, '')} {header.titles[-1]}".strip())
        elif "-" not in keys:
            for key in keys:
                header.columns.setdefault(key, []).append(column)
            if scale != 1:
                header.scales[column] = scale
        header.said += said
    _prefer(header, matcher)
    _first_table(top, header)
    _units(top, header, row + 1 - lines)
    words = unicodedata.normalize("NFKC", f"{top.name} {top.title(row + 1 - lines)}").casefold()
    header.spoken_for = any(word in words for word in matcher.kind.titles)
    return header


def _first_table(top: Top, header: Header) -> None:
    """Columns behind an empty one that name a field once more are another table: only the first is read."""
    if all(len(columns) == 1 for columns in header.columns.values()):
        return
    titled = [column for column, title in enumerate(header.titles) if title]
    for column in range(titled[0], titled[-1]):
        if header.titles[column] or not top.is_blank(column, header.row):
            continue
        if any(columns[0] < column < columns[-1] for columns in header.columns.values()):
            for key, columns in list(header.columns.items()):
                header.unknown.extend(header.titles[one] for one in columns if one > column)
                header.columns[key] = [one for one in columns if one < column]
            header.columns = {key: columns for key, columns in header.columns.items() if columns}
            return


def _units(top: Top, header: Header, first: int) -> None:
    """A unit above or under the table (单位：万元) is the unit of every amount whose own header names none."""
    money = [
        column
        for key, columns in header.columns.items()
        if header.kind.field(key).type == "money"
        for column in columns
        if not header.matcher.names_unit(header.titles[column])
    ]
    if not money:
        return
    units = {row: unit_in(" ".join(top.lines[row])) for row in range(max(0, first - 8), first)}
    units |= {row: unit_in(note) for row, note in top.notes_below(header.row)}
    said = {row: unit for row, unit in units.items() if unit is not None}
    if not said:
        return
    if 0 in said.values() or len(set(said.values())) > 1:
        header.strange_unit = next((row for row, unit in said.items() if unit == 0), max(said))
    elif (scale := next(iter(said.values()))) != 1:
        header.scales.update(dict.fromkeys(money, scale))


def _prefer(header: Header, matcher: Matcher) -> None:
    """Where the user mapped a header to a field, no other column is taken for it."""
    for key, columns in header.columns.items():
        said = [column for column in columns if normalise(header.titles[column]) in matcher.said]
        if said and len(said) < len(columns):
            header.unknown.extend(header.titles[column] for column in columns if column not in said)
            header.columns[key] = said


def _convinces(header: Header) -> bool:
    groups = header.kind.needs or (header.kind.natural_key,)
    known = header.columns.keys() | header.matcher.fixed
    if not any(known.issuperset(group) for group in groups):
        return False
    matched = sum(map(len, header.columns.values()))
    return header.spoken_for or header.said > 0 or (matched >= 2 and matched >= len(header.unknown))


def place(row: int, column: int) -> str:
    """C7 for 0-based row 6 and column 2."""
    return f"{letters(column + 1)}{row + 1}"
