"""One cell to one typed value: a parser per column, prepared once, that remembers what it has seen."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from svcq.errors import RowsRefused
from svcq.sheets import amounts, dates
from svcq.sheets.kind import Field, Value
from svcq.sheets.text import normalise, people, person, plain, tidy

NOTHING = frozenset(
    ("", "/", "//", "\\", "#", "-", "--", "---", "?", "??", ".", "*", "无", "n/a", "暂无", "空")
)
"""What people write into a cell that holds nothing (width and case do not matter)."""
_NOTHING_AT_ALL = NOTHING | {
    "na",
    "null",
    "none",
    "nil",
    "未知",
    "不详",
    "待定",
    "未定",
    "未",
    "没有",
}
"""The same where the cell cannot be a word: dates, amounts and numbers."""
ERRORS = frozenset(
    ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA")
)
"""What Excel shows for a formula that failed, and writes into a text file."""
_DASHES = str.maketrans(dict.fromkeys("–—―‐−─﹣－", "-"))
_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell without a usable result; `code`: what Excel shows (#N/A), or `=` for a formula never computed."""

    code: str

    def __str__(self) -> str:
        return "#N/A" if self.code == "=" else self.code


@dataclass(frozen=True, slots=True)
class Context:
    """What a column's cells mean beyond themselves."""

    order: dates.DateOrder | None = None
    """Order of dates such as 03/04/2026: what the user said, or what the column proves."""
    contradiction: tuple[str, str] | None = None
    """Two cells of the column that prove opposite orders."""
    epoch: date = dates.EPOCH_1900
    scale: int = 1
    """CNY per unit of a money column: 10,000 under a header in 万元."""
    words: Mapping[str, str] = field(default_factory=dict)
    """The user's own value translations: word, in any width and case -> what to read instead."""


class Parser(dict[object, Value]):
    """Cell -> value of one column; None for nothing; raises RowsRefused. A look-up after the first time."""

    __slots__ = ("_parse",)

    def __init__(self, parse: Callable[[object], Value]) -> None:
        super().__init__()
        self._parse = parse

    def __missing__(self, cell: object) -> Value:
        value = self._parse(cell)
        if len(self) < _REMEMBERED and cell != 0 and cell != 1:  # True == 1 would be taken for it
            self[cell] = value
        return value


def parser(one: Field, context: Context | None = None) -> Parser:
    """The parser of a field's column."""
    about = context or Context()
    parse = _BY_TYPE[one.type](one, about)
    nothing = NOTHING if one.type in ("text", "name", "names", "id", "code", "codes") else _NOTHING_AT_ALL
    words = {_word(word): value for word, value in about.words.items()}

    def read(cell: object) -> Value:
        if isinstance(cell, str):
            if words and (said := words.get(_word(cell))) is not None:
                cell = said
            if is_nothing(cell, nothing):
                return None
            if cell.lstrip()[0] == "#" and cell.strip().upper() in ERRORS:
                raise RowsRefused("{value} is an error value of the workbook", value=cell.strip())
        elif isinstance(cell, ErrorCell):
            if cell.code == "=":
                raise RowsRefused("the formula was never computed: open the file in Excel and save it")
            raise RowsRefused("{value} is an error value of the workbook", value=cell.code)
        elif words and (said := words.get(_word(as_text(cell)))) is not None:
            cell = said
        return parse(cell)

    return Parser(read)


def _word(text: str) -> str:
    return plain(text).casefold().replace(" ", "")


def is_nothing(cell: str, nothing: frozenset[str] = NOTHING) -> bool:
    """Whether a cell's text says that it is empty (blank, `/`, `—`, 无, N/A)."""
    return len(cell) < 9 and plain(cell).casefold().translate(_DASHES) in nothing or not tidy(cell)


def as_text(cell: object) -> str:
    """A cell as people see it: 5.0 is 5, a day is ISO, text is tidy."""
    if isinstance(cell, str):
        return tidy(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _text(one: Field, about: Context) -> Callable[[object], Value]:
    def parse(cell: object) -> Value:
        return _fitting(as_text(cell), one)

    return parse


def _id(one: Field, about: Context) -> Callable[[object], Value]:
    def parse(cell: object) -> Value:
        if isinstance(cell, date | time | timedelta):
            raise RowsRefused(
                "{value}: Excel made a date of this number, format the cell as text", value=as_text(cell)
            )
        if isinstance(cell, bool):
            raise RowsRefused("{value} is not a number of a record", value=as_text(cell))
        if isinstance(cell, float | int):
            if abs(cell) >= 1e15 or cell != cell:
                raise RowsRefused(
                    "{value}: the number lost digits, format the cell as text", value=f"{cell:.15g}"
                )
            return as_text(cell)
        text = plain(str(cell))
        if re.fullmatch(r"\d\.\d+e\+\d\d", text, re.I):
            raise RowsRefused("{value}: the number lost digits, format the cell as text", value=text)
        if re.fullmatch(r"'\w.*|\d+\.0+", text):
            text = text[1:] if text[0] == "'" else text.split(".")[0]
        return _fitting(text, one)

    return parse


def _date(one: Field, about: Context) -> Callable[[object], Value]:
    def parse(cell: object) -> Value:
        if isinstance(cell, date):
            return dates.from_date(cell)
        if isinstance(cell, str):
            if about.contradiction and dates.is_year_last(cell):
                first, second = about.contradiction
                raise RowsRefused(
                    "{value} is ambiguous: the column has both {first} and {second}, say --date-order",
                    value=plain(cell),
                    first=first,
                    second=second,
                )
            return dates.from_text(cell, about.order, about.epoch)
        if isinstance(cell, float | int) and not isinstance(cell, bool):
            return dates.from_number(cell, about.epoch)
        raise RowsRefused("{value} is not a date", value=as_text(cell))

    return parse


def _money(one: Field, about: Context) -> Callable[[object], Value]:
    def parse(cell: object) -> Value:
        return _between(amounts.money(cell, about.scale), one)

    return parse


def _int(one: Field, about: Context) -> Callable[[object], Value]:
    codes = {normalise(word): code for word, code in one.codes.items()}

    def parse(cell: object) -> Value:
        if isinstance(cell, str) and (code := codes.get(normalise(cell))) is not None:
            return _between(int(code), one)
        return _between(amounts.whole(cell), one)

    return parse


def _name(one: Field, about: Context) -> Callable[[object], Value]:
    def parse(cell: object) -> Value:
        return _fitting(person(as_text(cell)), one)

    return parse


def _names(one: Field, about: Context) -> Callable[[object], Value]:
    def parse(cell: object) -> Value:
        found = people(_fitting(as_text(cell), one))
        return tuple(found) or None

    return parse


def _code(one: Field, about: Context) -> Callable[[object], Value]:
    look_up = _codes_of(one)

    def parse(cell: object) -> Value:
        return look_up(as_text(cell))

    return parse


def _codes(one: Field, about: Context) -> Callable[[object], Value]:
    look_up = _codes_of(one)

    def parse(cell: object) -> Value:
        found = [look_up(part) for part in re.split(r"[、,，;；/／\n+＋和及]+", as_text(cell)) if tidy(part)]
        return tuple(dict.fromkeys(found)) or None

    return parse


def _codes_of(one: Field) -> Callable[[str], str]:
    codes = {normalise(code): code for code in one.codes.values()}
    codes |= {normalise(word): code for word, code in one.codes.items()}
    allowed = ", ".join(dict.fromkeys(one.codes.values()))

    def look_up(text: str) -> str:
        found = codes.get(normalise(text))
        if found is None:
            raise RowsRefused("{value} is not one of {codes}", value=text[:60], codes=allowed)
        return found

    return look_up


def _fitting(text: str, one: Field) -> str:
    if len(text) > one.longest:
        raise RowsRefused(
            "the text has {length} characters, more than {most}", length=len(text), most=one.longest
        )
    return text


def _between(number: int, one: Field) -> int:
    if one.low is not None and number < one.low:
        raise RowsRefused("{value} is less than {low}", value=number, low=one.low)
    if one.high is not None and number > one.high:
        raise RowsRefused("{value} is more than {high}", value=number, high=one.high)
    return number


_BY_TYPE: dict[str, Callable[[Field, Context], Callable[[object], Value]]] = {
    "text": _text,
    "id": _id,
    "date": _date,
    "money": _money,
    "int": _int,
    "name": _name,
    "names": _names,
    "code": _code,
    "codes": _codes,
}
