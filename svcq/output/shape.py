"""What a listing looks like: its columns, declared once for JSON keys, headers, help and completion."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

ColumnType = Literal["text", "date", "number", "money", "flag", "code"]
Row = Mapping[str, object]
"""One line of a listing: key -> str, datetime.date, int, float, bool, None, or a list of rows (JSON only)."""

FORMATS = ("table", "tsv", "csv", "json", "jsonl", "md", "xlsx")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `key` is public (JSON, csv, --columns); `title` a catalogue entry."""

    key: str
    title: str
    type: ColumnType = "text"
    drop: int = 0
    """0: never dropped from a narrow table; the highest number goes first."""
    codes: Mapping[str, str] = field(default_factory=dict)
    """For `code`: value -> catalogue entry, for people; machines get the value."""
    aside: bool = False
    """Not in a table, tsv, md or xlsx unless named with --columns; always in json, jsonl and csv."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A named listing."""

    name: str
    title: str
    columns: tuple[Column, ...]
    alarm: str = "state"
    """Key of the code column whose value `overdue`, `stale` or `late` is coloured on a terminal and in a workbook."""

    def keys(self) -> tuple[str, ...]:
        """The public names of the columns, in order."""
        return tuple(column.key for column in self.columns)


@dataclass(frozen=True, slots=True)
class Look:
    """How the user asked to see it; `format` None: by the ending of `output`, else table or, piped, tsv."""

    format: str | None = None
    output: str | None = None
    columns: tuple[str, ...] = ()
    limit: int | None = None
