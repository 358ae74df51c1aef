"""The declaration of a kind of sheet: its fields, headers and synonyms, and the checks a row alone can fail."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from svcq.errors import SvcqError

FieldType = Literal[
    "text",
    "id",
    "date",
    "moment",
    "month",
    "quarter",
    "money",
    "int",
    "name",
    "names",
    "code",
    "codes",
    "flag",
]
"""text: as written, outer blanks off · id: a number or code of a record, never a float · date · moment: a date, or a
datetime where the time of day is known, with its zone if that is written · month: 2026-10 · quarter: 2026Q4 · money:
exact, in fen (int) · int · name: one person or customer · names: several, split at 、,，;；/ and line breaks · code:
one of `codes` · codes: several of them · flag: True or False."""
DAYS = ("date", "moment")
"""Types of fields that hold a day."""

Value = str | int | bool | tuple[str, ...] | object
Values = dict[str, Value]
"""Field key -> parsed value; a blank cell has no key (with --clear: None)."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a kind."""

    key: str
    header: str
    """The main Chinese header."""
    type: FieldType = "text"
    synonyms: tuple[str, ...] = ()
    """Other headers that people use, Chinese or English; `key` itself is always one."""
    codes: Mapping[str, str] = field(default_factory=dict)
    """For code, codes, int, name and flag: what people write -> the code (flag: yes or no); the codes themselves are
    always accepted. The first word of a code is the one that exports write."""
    required: bool = False
    low: int | None = None
    high: int | None = None
    longest: int = 2000
    instead: str = ""
    """Field whose words, their first line, stand in where this one says nothing."""
    written: bool = True
    """Exports write it; otherwise it is only read."""


REVISION = Field("revision", "修订号", "int", ("记录修订号",), low=0)
"""How new a row is that was exported: an import does not change what somebody else changed since then."""

Check = Callable[[Values], tuple[str, SvcqError] | None]
"""A rule between the cells of one row: the key of the field at fault and why, or None."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of sheet."""

    name: str
    title: str
    """Chinese name, also the name of the exported sheet."""
    fields: tuple[Field, ...]
    natural_key: tuple[str, ...]
    checks: tuple[Check, ...] = ()
    titles: tuple[str, ...] = ()
    """Words in a sheet's name or title that speak for this kind when headers leave a doubt."""
    needs: tuple[tuple[str, ...], ...] = ()
    """A sheet is of this kind only if its headers have all fields of one of these groups (none: the natural key)."""
    carried: tuple[str, ...] = ()
    """Fields that say what several rows are about: where a sheet has words of it and leaves all of them blank, the
    row above speaks."""

    def field(self, key: str) -> Field:
        """The field of that key; KeyError if there is none."""
        for one in self.fields:
            if one.key == key:
                return one
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class Row:
    """A row as read: its 1-based number in the sheet and its values."""

    number: int
    values: Values


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row was refused, at a cell: printed as `Sheet!C7: why`."""

    sheet: str
    row: int
    column: int
    """1-based; 0 if the row as a whole is meant."""
    why: SvcqError
    others: int = 0
    """How many more rows are refused for the same reason, which is told here for all of them."""
    told: bool = True
    """False: it is told with another row."""


@dataclass(slots=True)
class Sheet:
    """One recognised sheet of a file: `rows` is filled, `refused` lists the rows that could not be read."""

    file: str
    name: str
    kind: Kind
    header_row: int
    """1-based row of the (last) header line."""
    columns: dict[str, int]
    """Field key -> 1-based column."""
    rows: list[Row]
    refused: list[Refusal]
    raw: Callable[[int], list[object]]
    """The cells of a 1-based row as they stand in the file, for the workbook of refused rows."""
    unknown_headers: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)
