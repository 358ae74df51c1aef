"""A workbook out: rows with titles and words in the user's language, handed to the writer of workbooks."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import BinaryIO

from svcq.locale import _
from svcq.output.shape import Column, Listing, Row
from svcq.output.values import human, machine

Cells = Sequence[object]
ALARMS = ("overdue", "late", "stale")


def write_workbook(to: BinaryIO, sheets: Sequence[tuple[Listing, Sequence[Column], Iterable[Row]]]) -> None:
    """Write a sheet per listing with the columns given, named by the listing's title; rows are taken one by one."""
    from svcq.output.workbook import Table, write_book

    tables = []
    for listing, columns, rows in sheets:
        tables.append(
            Table(
                title=_(listing.title),
                headers=[_(column.title) for column in columns],
                types=[column.type for column in columns],
                rows=_rows(columns, rows),
                alarm=_alarm(listing, columns),
            )
        )
    write_book(to, tables)


def _rows(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[Cells]:
    shown = [(column.key, _cell(column)) for column in columns]
    for row in rows:
        yield [cell(row.get(key)) for key, cell in shown]


def _cell(column: Column) -> Callable[[object], object]:
    """How a value becomes a cell: dates real dates, numbers numbers, codes and flags words, lists their length."""
    if column.type in ("flag", "code"):
        return human(column)
    if column.type == "date":
        return _day
    plain = machine(column)

    def cell(value: object) -> object:
        value = plain(value)
        return len(value) if isinstance(value, list) else value

    return cell


def _day(value: object) -> object:
    """A date as such, also when the store gave it as ISO text; anything else as it is."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


def _alarm(listing: Listing, columns: Sequence[Column]) -> Callable[[Cells], bool] | None:
    """Which rows of cells are coloured; None if the column that tells is not there."""
    for place, column in enumerate(columns):
        if column.key == listing.alarm:
            word = human(column)
            marked = {word(code) for code in ALARMS}
            return lambda cells: cells[place] in marked
    return None
