"""Rows for machines: json, jsonl, csv and tsv. Keys as headers, values exact, never translated.

json: an array with one object a line, so that two can be compared; csv: RFC 4180 with a bare line feed. Text
that begins with `=` stays as it is, because programs read these files; in a workbook it is kept as text.
"""

from collections.abc import Iterable, Sequence
from json import JSONEncoder
from typing import Protocol

from svcq.output.shape import Column, Row
from svcq.output.values import machine, one_field, plain, written


class Writer(Protocol):
    """Whatever text can be written to."""

    def write(self, text: str, /) -> object:
        """Write `text`."""


_encode = JSONEncoder(ensure_ascii=False, default=plain).encode


def as_object(columns: Sequence[Column], row: Row) -> dict[str, object]:
    """The JSON object of a row: the keys of `columns` in their order, None for what the row lacks."""
    return {column.key: machine(column)(row.get(column.key)) for column in columns}


def write_json_object(out: Writer, value: dict[str, object], *, flat: bool) -> None:
    """One object: on one line when `flat`, else a line per key and a line per entry of a list of rows."""
    if flat:
        out.write(_encode(value) + "\n")
        return
    lines = []
    for key, one in value.items():
        text = _encode(one)
        if isinstance(one, list) and one:
            text = "[\n  " + ",\n  ".join(map(_encode, one)) + "\n ]"
        lines.append(f" {_encode(key)}: {text}")
    out.write("{\n" + ",\n".join(lines) + "\n}\n")


def write_json(out: Writer, columns: Sequence[Column], rows: Iterable[Row]) -> None:
    """An array of objects, one a line; `[]` without rows."""
    before = "[\n "
    for text in _objects(columns, rows):
        out.write(before + text)
        before = ",\n "
    out.write("[]\n" if before[0] == "[" else "\n]\n")


def write_jsonl(out: Writer, columns: Sequence[Column], rows: Iterable[Row]) -> None:
    """One object a line, nothing without rows."""
    for text in _objects(columns, rows):
        out.write(text + "\n")


def _objects(columns: Sequence[Column], rows: Iterable[Row]) -> Iterable[str]:
    fields = [(column.key, machine(column)) for column in columns]
    for row in rows:
        yield _encode({key: value(row.get(key)) for key, value in fields})


def write_csv(out: Writer, columns: Sequence[Column], rows: Iterable[Row]) -> None:
    """Comma-separated fields, quoted where needed, under a header of keys."""
    import csv

    table = csv.writer(_LineFeed(out), lineterminator="\r\n")
    table.writerow([column.key for column in columns])
    table.writerows(_fields(columns, rows))


class _LineFeed:
    """Ends a line with a bare line feed; the csv module would then leave a carriage return in a field unquoted."""

    def __init__(self, out: Writer) -> None:
        self._write = out.write

    def write(self, line: str) -> object:
        return self._write(line[:-2] + "\n")


def write_tsv(out: Writer, columns: Sequence[Column], rows: Iterable[Row]) -> None:
    """Fields between tabs under a header of keys, never quoted: a break or tab in a field becomes a blank."""
    out.write("\t".join(column.key for column in columns) + "\n")
    for fields in _fields(columns, rows):
        out.write("\t".join(map(one_field, fields)) + "\n")


def _fields(columns: Sequence[Column], rows: Iterable[Row]) -> Iterable[list[str]]:
    fields = [(column.key, machine(column)) for column in columns]
    for row in rows:
        yield [written(value(row.get(key))) for key, value in fields]
