"""The workbook of refused rows: as they stood, with the reasons behind them, to be corrected and imported again."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from svcq.locale import say
from svcq.output.shape import ColumnType
from svcq.output.workbook import Table, write_book
from svcq.sheets.grid import as_text
from svcq.sheets.header import REASONS
from svcq.sheets.kind import Sheet
from svcq.sheets.text import normalise


def write_refused(path: str | Path, sheets: Sequence[Sheet]) -> int:
    """Write the refused rows of the sheets to `path`; returns how many rows (0: no file is written).

    Sheet name, title rows, header and columns are those of the file, so that the same command reads it again.
    """
    tables = [_table(sheet) for sheet in sheets if sheet.refused]
    if tables:
        write_book(path, tables)
    return sum(len({refusal.row for refusal in sheet.refused}) for sheet in sheets)


def _table(sheet: Sheet) -> Table:
    reasons: dict[int, list[str]] = defaultdict(list)
    marked: dict[int, set[int]] = defaultdict(set)
    for refusal in sheet.refused:
        why = say(refusal.why)
        if why not in reasons[refusal.row]:
            reasons[refusal.row].append(why)
        if refusal.column:
            marked[refusal.row].add(refusal.column - 1)
    numbers = sorted(reasons)
    lines = {number: sheet.raw(number) for number in numbers}
    above = [sheet.raw(number) for number in range(1, sheet.header_row)]
    header = sheet.raw(sheet.header_row)
    kept = _kept(header, [*above, *lines.values()])
    places = {column: at for at, column in enumerate(kept)}
    types: list[ColumnType] = ["text"] * (len(kept) + 1)
    return Table(
        title=sheet.name,
        headers=[*map(as_text, _cut(header, kept)), REASONS],
        types=types,
        rows=([*_cut(lines[number], kept), "\n".join(reasons[number])] for number in numbers),
        above=[_cut(line, kept) for line in above],
        bad=lambda at: _marks(marked[numbers[at]], places, len(kept)),
    )


def _kept(header: Sequence[object], lines: Sequence[Sequence[object]]) -> list[int]:
    """Columns up to the last one in use, without the reasons of an earlier time."""
    used = max((at + 1 for line in (header, *lines) for at, cell in enumerate(line) if cell != ""), default=0)
    old = {
        at
        for at, cell in enumerate(header)
        if isinstance(cell, str) and normalise(cell) == normalise(REASONS)
    }
    return [column for column in range(used) if column not in old]


def _cut(line: Sequence[object], kept: Iterable[int]) -> list[object]:
    return [line[column] if column < len(line) else "" for column in kept]


def _marks(columns: Iterable[int], places: dict[int, int], last: int) -> set[int]:
    return {places[column] for column in columns if column in places} | {last}
