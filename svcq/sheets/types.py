"""How the text, number or date in a cell becomes a value, one function per type of field."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from svcq.errors import RowsRefused
from svcq.rules.matching import tidy_number
from svcq.sheets import amounts, dates, moments
from svcq.sheets.grid import as_text
from svcq.sheets.kind import Field, Value
from svcq.sheets.text import normalise, people, person, plain, tidy

_WORD = re.compile("[\u3400-\u9fff]{1,4}")
"""补签, 口头, 见附件: a word where the number of a record belongs."""


SIGNS = {**dict.fromkeys("√✓✔☑", True), **dict.fromkeys("×✗✘✕☒", False)}
FLAGS = {
    **dict.fromkeys(("yes", "y", "true", "t", "1", "是", "有", "对", "真"), True),
    **dict.fromkeys(("no", "n", "false", "f", "0", "否", "不是", "不", "没有", "假"), False),
}
"""What people write for yes and no, besides the words of a field."""


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
        text = tidy_number(tidy(str(cell)))
        if re.fullmatch(r"\d\.\d+e\+\d\d", text, re.I):
            raise RowsRefused("{value}: the number lost digits, format the cell as text", value=text)
        if re.fullmatch(r"'\w.*|\d+\.0+", text):
            text = text[1:] if text[0] == "'" else text.split(".")[0]
        if _WORD.fullmatch(text):
            raise RowsRefused("{value} is not a number of a record", value=text)
        return _fitting(text, one)

    return parse


def _date(one: Field, about: Context) -> Callable[[object], Value]:
    def parse(cell: object) -> Value:
        if isinstance(cell, date):
            return dates.from_date(cell)
        if isinstance(cell, str):
            _certain(cell, about)
            return dates.from_text(cell, about.order, about.epoch)
        if isinstance(cell, float | int) and not isinstance(cell, bool):
            return dates.from_number(cell, about.epoch)
        raise RowsRefused("{value} is not a date", value=as_text(cell))

    return parse


def _certain(cell: str, about: Context) -> None:
    """Refuse a date like 03/04/2026 in a column that proves both orders."""
    if about.contradiction and dates.is_year_last(cell):
        first, second = about.contradiction
        raise RowsRefused(
            "{value} is ambiguous: the column has both {first} and {second}, say --date-order",
            value=plain(cell),
            first=first,
            second=second,
        )


def _moment(one: Field, about: Context) -> Callable[[object], Value]:
    def parse(cell: object) -> Value:
        if isinstance(cell, str):
            _certain(cell, about)
            return moments.moment_of_text(cell, about.order, about.epoch)
        if isinstance(cell, date | float | int) and not isinstance(cell, bool):
            return moments.moment_of_cell(cell, about.epoch)
        raise RowsRefused("{value} is not a date", value=as_text(cell))

    return parse


def _month(one: Field, about: Context) -> Callable[[object], Value]:
    def parse(cell: object) -> Value:
        return moments.month_of(cell, about.epoch)

    return parse


def _quarter(one: Field, about: Context) -> Callable[[object], Value]:
    def parse(cell: object) -> Value:
        return moments.quarter_in(cell, about.epoch)

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
    codes = {normalise(word): code for word, code in one.codes.items()}

    def parse(cell: object) -> Value:
        name = _fitting(person(as_text(cell)), one)
        return codes.get(normalise(name), name) if codes else name

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


def _flag(one: Field, about: Context) -> Callable[[object], Value]:
    known = {normalise(word): code == "yes" for word, code in one.codes.items()} | FLAGS

    def parse(cell: object) -> Value:
        text = as_text(cell)
        found = SIGNS.get(text, known.get(normalise(text)))
        if found is None:
            raise RowsRefused("{value} is neither yes nor no", value=text[:60])
        return found

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


PARSERS: dict[str, Callable[[Field, Context], Callable[[object], Value]]] = {
    "text": _text,
    "id": _id,
    "date": _date,
    "moment": _moment,
    "month": _month,
    "quarter": _quarter,
    "money": _money,
    "int": _int,
    "name": _name,
    "names": _names,
    "code": _code,
    "codes": _codes,
    "flag": _flag,
}
"""Type of field -> what makes the parser of a column."""
