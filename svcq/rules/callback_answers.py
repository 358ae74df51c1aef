"""六: what can be answered in a callback and when, how its number is told apart, and what an issue from it is called."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from svcq.errors import Refused
from svcq.rules.callback import ANSWERS, number_of
from svcq.rules.matching import name_key, tidy_number
from svcq.rules.periods import Span

CLAUSE = "六"
MARKS = ("service", "attitude")
LEAST, MOST = 1, 5
"""Of a mark."""
TITLE = 60
"""So many letters of an unsolved problem are the title of its issue."""
_QUARTER = re.compile(r"([0-9]{4})q([1-4])(?=-|$)")
_END = re.compile(r"(?<=[。！？；!?;\n])|(?<=\. )")


def number(quarter: str, engineer: str, customer: str) -> str:
    """The number of a callback as it is kept."""
    return tidy(number_of(quarter, engineer, customer))


def tidy(text: str) -> str:
    """A number as it is kept, whatever dashes, blanks and widths were typed: 2026Q4 also from 2026q4."""
    return _QUARTER.sub(r"\1Q\2", tidy_number(text), count=1)


def quarter_in(name: str) -> str:
    """The quarter with which a tidy number begins."""
    return name.partition("-")[0]


def alike(name: str, known: Iterable[str]) -> str | None:
    """The one known number that differs from `name` in blanks, stops and quotes alone; None: none or several."""
    key = name_key(name)
    found = [one for one in known if name_key(one) == key]
    return found[0] if len(found) == 1 else None


def contradiction(quarter: Span, values: Mapping[str, object]) -> Refused | None:
    """What cannot be about the days and answers of a callback: why; None if all can.

    `values`: drawn_on, asked_on and the answers. It can be drawn and asked before the quarter, but not asked before
    both.
    """
    for key in MARKS:
        mark = values.get(key)
        if isinstance(mark, int) and not LEAST <= mark <= MOST:
            return Refused("{mark} is no mark from {least} to {most}", mark=mark, least=LEAST, most=MOST)
    drawn, asked = values.get("drawn_on"), values.get("asked_on")
    answered = any(values.get(key) not in (None, "") for key in ANSWERS)
    if answered and asked is None:
        return Refused("answers need the day on which they were given", clause=CLAUSE)
    if not isinstance(asked, date):
        return None
    first = min(drawn, quarter.first) if isinstance(drawn, date) else quarter.first
    if asked < first:
        return Refused(
            "{on} is before {quarter} and before the customer was drawn",
            clause=CLAUSE,
            on=asked,
            quarter=quarter.name,
        )
    return None


def title_of(unsolved: str) -> str:
    """What an issue from an unsolved problem is called: its first sentence, shortened if it is long."""
    first = next((part for part in _END.split(unsolved.strip()) if part.strip()), "")
    title = " ".join(first.split()).rstrip("。；;. ")
    return title if len(title) <= TITLE else f"{title[: TITLE - 1]}…"
