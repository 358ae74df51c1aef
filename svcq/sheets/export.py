"""Records out as the sheet of their kind, so that importing the file again changes nothing."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO, Literal

from svcq.output.shape import ColumnType
from svcq.output.target import binary_file
from svcq.output.workbook import Table, write_book
from svcq.sheets.formula import disarmed
from svcq.sheets.kind import Field, Kind

Form = Literal["xlsx", "csv"]
_TYPES: dict[str, ColumnType] = {
    "date": "date",
    "moment": "date",
    "month": "text",
    "quarter": "text",
    "flag": "code",
    "money": "money",
    "int": "number",
    "code": "code",
    "codes": "code",
}


def export_kind(
    to: str | Path | BinaryIO, kind: Kind, rows: Iterable[Mapping[str, object]], form: Form
) -> None:
    """Write records (field key -> value as `read_file` gives it; money in fen) as a workbook or machine csv.

    xlsx: Chinese headers and words; csv: field keys and codes, UTF-8 with a mark. Money is written in CNY. Text
    that a spreadsheet would compute has an apostrophe in front in csv, which `read_file` takes away again.
    """
    if form == "csv":
        _csv(to, kind, rows)
        return
    write_book(to, [kind_table(kind, rows)])


def kind_table(kind: Kind, rows: Iterable[Mapping[str, object]]) -> Table:
    """The records as a sheet to write, for workbooks that hold several kinds."""
    fields = [one for one in kind.fields if one.written]
    cells = [(one.key, _for_people(one)) for one in fields]
    return Table(
        title=kind.title,
        headers=[one.header for one in fields],
        types=[_TYPES.get(one.type, "text") for one in fields],
        rows=([show(row.get(key)) for key, show in cells] for row in rows),
    )


def _csv(to: str | Path | BinaryIO, kind: Kind, rows: Iterable[Mapping[str, object]]) -> None:
    if isinstance(to, str | Path):
        with binary_file(str(to)) as file:
            _csv(file, kind, rows)
        return
    text = io.TextIOWrapper(to, encoding="utf-8-sig", newline="", errors="replace")
    writer = csv.writer(text, lineterminator="\n")
    fields = [one for one in kind.fields if one.written]
    writer.writerow([one.key for one in fields])
    for row in rows:
        writer.writerow([_for_machines(row.get(one.key), one) for one in fields])
    text.flush()
    text.detach()


def _for_people(one: Field) -> Callable[[object], object]:
    words: dict[str, str] = {}
    for word, code in one.codes.items():
        words.setdefault(code, word)

    def show(value: object) -> object:
        if one.type == "flag":
            return None if value is None else "是" if value else "否"
        if isinstance(value, list | tuple):
            return "、".join(words.get(str(part), str(part)) for part in value) or None
        if value is not None and words:
            word = words.get(str(value), value)
            return value if word == str(value) else word
        if one.type == "money" and isinstance(value, int):
            return Decimal(value) / 100
        return value

    return show


def _for_machines(value: object, one: Field) -> object:
    if value is None:
        return ""
    if one.type == "flag":
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return disarmed("、".join(map(str, value)))
    if one.type == "money" and isinstance(value, int):
        return f"{value // 100}.{value % 100:02}"
    if isinstance(value, date):
        return value.isoformat()
    # a return that is no line's end would stand there unquoted
    return disarmed(re.sub(r"\r\n?", "\n", value)) if isinstance(value, str) else value
