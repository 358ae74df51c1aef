"""The rows of a sheet under its header, as values; a row that cannot be read is refused with its cells."""

from collections.abc import Callable, Sequence

from svcq.errors import RowsRefused, SvcqError, Usage
from svcq.sheets import columns, edges
from svcq.sheets.cells import parser
from svcq.sheets.grid import Grid
from svcq.sheets.header import Header
from svcq.sheets.kind import DAYS, Refusal, Row, Sheet, Values
from svcq.sheets.limits import REFUSALS
from svcq.sheets.options import ReadOptions
from svcq.sheets.types import Context

THIN = 6
"""A row with fewer values may be something else than a record."""

_Bad = Sequence[tuple[int, SvcqError]]
"""0-based column (-1: the row) and why it cannot be read."""


def read(file: str, grid: Grid, header: Header, options: ReadOptions) -> Sheet:
    """The sheet's rows as values, with every bad cell refused; Usage if hardly anything can be read."""
    sheet = Sheet(
        file=file,
        name=grid.name,
        kind=header.kind,
        header_row=_number(grid, header.row),
        columns={key: places[0] + 1 for key, places in header.columns.items()},
        rows=[],
        refused=[],
        raw=_raw(grid),
        unknown_headers=header.unknown,
    )
    try:
        found = columns.parse(grid, header, options)
    except columns.TooManyError:
        raise _too_many(sheet) from None
    keys, fixed = found.keys, _constants(sheet, options)
    titles = {first for first, left, _last, right in grid.merges if right > left}
    key_at = {column: key for key, columns in header.columns.items() for column in columns}
    # why no row below can be read, once a header inside the table says something else
    other: SvcqError | None = None
    for at, line in enumerate(zip(*found.values, strict=True)):
        values: Values = {key: value for key, value in zip(keys, line, strict=True) if value is not None}
        index = header.row + 1 + at
        cells = grid.rows[index]
        bad: _Bad = found.bad.get(at, ())
        if edges.may_be_header(cells):
            same = edges.reads_as_header(cells, header.titles, key_at, header.meaning)
            if same:
                other = None
                continue
            if same is False:
                other = RowsRefused(
                    "row {row} is a header with other columns: put it on another sheet",
                    row=_number(grid, index),
                )
        if len(values) + len(bad) < THIN and (
            not (values or bad) or edges.is_no_data(cells, header.titles, index in titles)
        ):
            continue
        is_first = other is None and not sheet.rows and not sheet.refused
        if bad and is_first and edges.is_second_line(cells, [column for column, _why in bad]):
            other = RowsRefused(
                "row {row} reads like a second line of the header: join the two lines",
                row=_number(grid, index),
            )
        if other is not None:
            bad = [(-1, other)]
        elif edges.hints_at_total(cells) or (len(values) < THIN and _may_be_subtotal(values, cells, header)):
            if edges.is_totals(cells):
                continue
            bad = [(0, RowsRefused("this row is named a total but holds more than sums"))]
        elif len(values) == 1 and edges.is_lone_sentence(cells):
            bad = [*bad, (0, RowsRefused("this row holds nothing but a sentence; is it a note?"))]
        if grid.is_text and len(cells) > len(header.titles):
            bad = [*bad, *_slipped(cells, header)]
        if fixed:
            values |= fixed
        for check in () if other is not None else header.kind.checks:
            if (failed := check(values)) is not None:
                bad = [*bad, (header.columns.get(failed[0], [-1])[0], failed[1])]
        if bad:
            number = _number(grid, index)
            ordered = sorted(bad, key=lambda one: one[0])
            sheet.refused += [Refusal(grid.name, number, column + 1, why) for column, why in ordered]
            if len(sheet.refused) > REFUSALS:
                raise _too_many(sheet)
        elif options.clear:
            sheet.rows.append(Row(_number(grid, index), {key: values.get(key) for key in (*keys, *fixed)}))
        else:
            sheet.rows.append(Row(_number(grid, index), values))
    return sheet


def _constants(sheet: Sheet, options: ReadOptions) -> Values:
    """What every row says alike; Usage for a constant that its field cannot hold."""
    found: Values = {}
    for key, text in options.constants.items():
        about = Context(order=options.date_order)
        try:
            value = parser(sheet.kind.field(key), about)[text]
        except RowsRefused as why:
            raise Usage("the constant {field}: {why}", field=key, why=why) from None
        if value is not None:
            found[key] = value
    return found


def _may_be_subtotal(values: Values, cells: Sequence[object], header: Header) -> bool:
    """Whether a row without number and day has a label such as 1月小计 where no prose belongs."""
    fields = header.kind.fields
    if any(
        one.type in ("id", *DAYS) and one.key in values and not edges.says_subtotal(str(values[one.key]))
        for one in fields
    ):
        return False
    named = any(one.required and one.key in values for one in fields)
    prose = [column for one in fields if one.type == "text" for column in header.columns.get(one.key, ())]
    return edges.hints_at_subtotal(cells, prose if named else ())


def _too_many(sheet: Sheet) -> Usage:
    return Usage(
        "{path}, sheet {sheet}: more than {most} cells cannot be read; is it of the kind {kind}?",
        path=sheet.file,
        sheet=sheet.name,
        most=REFUSALS,
        kind=sheet.kind.name,
    )


def _slipped(cells: Sequence[object], header: Header) -> _Bad:
    """A row of a text file with more fields than the header: some field holds an unquoted delimiter."""
    most = len(header.titles)
    if not any(cells[most:]):
        return []
    return [(most, RowsRefused("the row has {count} fields, the header {most}", count=len(cells), most=most))]


def _number(grid: Grid, index: int) -> int:
    return grid.numbers.get(index, index + 1)


def _raw(grid: Grid) -> Callable[[int], list[object]]:
    lines = {line: index for index, line in grid.numbers.items()}

    def raw(number: int) -> list[object]:
        index = lines.get(number, -1 if number - 1 in grid.numbers else number - 1)
        return list(grid.rows[index]) if 0 <= index < len(grid.rows) else []

    return raw
