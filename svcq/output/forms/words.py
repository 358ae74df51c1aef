"""Facts as a form prints them: a missing one is room to write it by hand, never a word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from svcq.locale import _

Facts = Mapping[str, object]
"""Key -> str, date (or its ISO text), int, None or a list; a key that is not there is as one that is None."""
BLANK = "__________"
"""Room in a sentence."""
WIDE = "    "
"""Between boxes to tick."""


@dataclass(frozen=True, slots=True)
class Company:
    """Who sends the form; what is empty is left to be written by hand."""

    name: str = ""
    hotline: str = ""
    email: str = ""
    contact: str = ""
    """Who at the quality-control centre answers for the form."""


def text(facts: Facts, key: str) -> str:
    """The fact as text; "" for none. Several are one text, a、b."""
    value = facts.get(key)
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Sequence):
        return "、".join(filter(None, (str(one).strip() for one in value if one is not None)))
    return "" if value is None else str(value)


def said(facts: Facts, key: str) -> str:
    """The fact inside a sentence: a line to write on if there is none."""
    return text(facts, key) or BLANK


def day(facts: Facts, key: str) -> str:
    """The date as the language writes it; for none the places of year, month and day, to be filled in."""
    value = facts.get(key)
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return text(facts, key) or no_day()
    if not isinstance(value, date):
        return no_day()
    return _written(f"{value.year:04}", f"{value.month:02}", f"{value.day:02}")


def known_day(facts: Facts, key: str) -> str:
    """The date in a table of what is known: "" for none."""
    return day(facts, key) if facts.get(key) else ""


def each(facts: Facts, key: str) -> Sequence[Facts]:
    """The facts of each line of a table: none if there is no such list."""
    return cast(Sequence[Facts], facts.get(key) or ())


def no_day() -> str:
    """A date to be written by hand."""
    return _written("______", "____", "____")


def _written(year: str, month: str, day: str) -> str:
    return _("{year}-{month}-{day}").format(year=year, month=month, day=day)


def ticked(yes: bool, words: str) -> str:
    """A box before `words`, ticked or not."""
    return f"{'☑' if yes else '☐'} {words}"
