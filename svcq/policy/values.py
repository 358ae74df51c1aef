"""The values of a policy file: each kind read from what stands there, and written back the same way."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, get_args

from svcq.errors import N_, Phrase, Usage
from svcq.policy.mistakes import shown
from svcq.policy.model import ROLES, Origin, Period, Unit

SettingKind = Literal["text", "number", "pattern", "language"]

SCORES = ("quarter", "year", "none")
LANGUAGES = ("zh", "en")
LONGEST_TEXT = 200
HIGHEST_FINE = 1_000_000
"""CNY."""
MOST_POINTS = 1_000
MOST_DAYS = 366
"""Between a reminder and what it is about."""
TEN_YEARS: Mapping[Unit, int] = {"workdays": 2_600, "days": 3_660, "months": 120}
"""The longest period of each unit."""
UNIT_WORDS: Mapping[Unit, str] = {
    "workdays": N_("working days"),
    "days": N_("days"),
    "months": N_("months"),
}
UNITS: Mapping[str, tuple[Unit, int]] = {
    **dict.fromkeys(
        ("workday", "workdays", "working day", "working days", "工作日", "个工作日"), ("workdays", 1)
    ),
    **dict.fromkeys(("day", "days", "天", "日"), ("days", 1)),
    **dict.fromkeys(("week", "weeks", "周", "星期", "个星期"), ("days", 7)),
    **dict.fromkeys(("month", "months", "月", "个月"), ("months", 1)),
}
"""What people write for a unit -> the unit, and how many of it."""

_PERIOD = re.compile(r"\s*([+-]?\d{1,9})\s*(.*?)\s*")
_PATTERN = re.compile(r"[^{}]*(?:\{year\}[^{}]*)?\{n(?::0[1-9]d)?\}[^{}]*(?:\{year\}[^{}]*)?")

Reader = Callable[[object], Any]
"""A value as the parser gives it (a Decimal for one with a point) -> ours; Usage, without the place, if wrong."""


def text(value: object, longest: int = LONGEST_TEXT) -> str:
    """One line of printable characters, without blanks around it."""
    if not isinstance(value, str):
        raise Usage("a text in quotes is wanted, not {value}", value=shown(value))
    if not value or not value.isprintable() or value != value.strip():
        raise Usage(
            "a text of one line, without blanks around it, is wanted, not {value}", value=shown(value)
        )
    if len(value) > longest:
        raise Usage("at most {longest} characters, not {count}", longest=longest, count=len(value))
    return value


def whole(value: object, least: int, most: int) -> int:
    """A whole number from `least` to `most`."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise Usage("a whole number is wanted, not {value}", value=shown(value))
    if not least <= value <= most:
        raise Usage(
            "a number from {least} to {most} is wanted, not {value}", least=least, most=most, value=value
        )
    return value


def points(value: object) -> int:
    """A number of points."""
    return whole(value, 0, MOST_POINTS)


def days(value: object) -> int:
    """A number of days around a reminder."""
    return whole(value, 0, MOST_DAYS)


def flag(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise Usage("true or false is wanted, not {value}", value=shown(value))
    return value


def one_of(known: tuple[str, ...]) -> Reader:
    """A reader of one of the words."""

    def read(value: object) -> str:
        if not isinstance(value, str) or value not in known:
            raise Usage("one of {known} is wanted, not {value}", known=", ".join(known), value=shown(value))
        return value

    return read


role = one_of(ROLES)
score = one_of(SCORES)
language = one_of(LANGUAGES)
origin = one_of(get_args(Origin))
kind = one_of(get_args(SettingKind))


def period(value: object) -> Period:
    """A count and a unit, `15 days`; rolls, for a period does so unless its rule says otherwise."""
    match = _PERIOD.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise Usage('a period such as "15 days" is wanted, not {value}', value=shown(value))
    known = UNITS.get(" ".join(match[2].lower().split()))
    if known is None:
        raise Usage("workdays, days, weeks or months are wanted, not {value}", value=shown(value))
    unit, times = known
    amount = int(match[1]) * times
    if not 0 <= amount <= TEN_YEARS[unit]:
        raise Usage("a period from 0 to {most} {unit} is wanted, not {value}",
                    most=TEN_YEARS[unit], unit=Phrase(UNIT_WORDS[unit]), value=shown(value))  # fmt: skip
    return Period(amount, unit)


def money(value: object) -> int:
    """An amount in CNY, not negative, to the fen -> fen."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise Usage("an amount in CNY without quotes is wanted, not {value}", value=shown(value))
    amount = Decimal(value)
    if not amount.is_finite() or not 0 <= amount <= HIGHEST_FINE:
        raise Usage(
            "an amount from 0 to {most} CNY is wanted, not {value}", most=HIGHEST_FINE, value=shown(value)
        )
    if int(amount.as_tuple().exponent) < -2:
        raise Usage("an amount in CNY has two decimals at most, not {value}", value=shown(value))
    return int(amount * 100)


def country(value: object) -> str:
    """The code of a country whose working days are known, or `none`. Asks the calendar only for a new one."""
    code = text(value, 20)
    if code in ("CN", "none"):
        return code
    from svcq.rules.workdays import Calendar

    return Calendar(code).country


def pattern(value: object, longest: int = LONGEST_TEXT) -> str:
    """How numbers are made: `{n}` or `{n:04d}` once, `{year}` once or not, no other braces."""
    found = text(value, longest)
    if not _PATTERN.fullmatch(found) or found.count("{year}") > 1:
        raise Usage("a pattern with {example} is wanted, not {value}", example="{n:04d}", value=shown(value))
    return found


@dataclass(frozen=True, slots=True)
class Setting:
    """What a setting may hold."""

    kind: SettingKind
    least: int = 0
    most: int = 0
    longest: int = LONGEST_TEXT

    def read(self, value: object) -> str | int:
        """The value, if it is such a one; else Usage."""
        if self.kind == "number":
            return whole(value, self.least, self.most)
        if self.kind == "language":
            return str(language(value))
        return (pattern if self.kind == "pattern" else text)(value, self.longest)


def quoted(text: str) -> str:
    """A text of one line as it stands in a file."""
    return '"{}"'.format(text.replace("\\", "\\\\").replace('"', '\\"'))


def said_flag(value: bool) -> str:
    """`true` or `false`."""
    return "true" if value else "false"


def said_period(period: Period) -> str:
    """`1 month`, `15 days`."""
    return f"{period.amount} {period.unit[:-1] if period.amount == 1 else period.unit}"


def said_money(fen: int) -> str:
    """`100` or `100.50`: CNY."""
    yuan, rest = divmod(fen, 100)
    return f"{yuan}.{rest:02d}" if rest else str(yuan)
