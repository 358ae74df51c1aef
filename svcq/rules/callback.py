"""六: satisfaction callbacks: what a drawn customer and a new quarter oblige QC to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from svcq.rules.obligation import Obligation, Terms, earliest
from svcq.rules.periods import Span, quarters

PERIODIC = ("callback.sample",)
ANSWERS = ("service", "attitude", "advice", "unsolved")
"""What the hospital's IT department is asked."""


@dataclass(frozen=True, slots=True)
class Callback:
    """What the rules need to know of a callback."""

    number: str
    quarter: Span
    drawn_on: date | None = None
    asked_on: date | None = None
    answered: bool = False
    """Whether there is an answer of asked_on."""
    tries: tuple[date, ...] = ()
    """When nobody was reached, oldest first."""


def obligations(callback: Callback, terms: Terms) -> list[Obligation]:
    """callback.make: by the quarter's last day answered, or tried often enough."""
    start = callback.drawn_on or callback.asked_on
    if start is None:
        return []
    met = earliest(callback.asked_on if callback.answered else None, given_up(callback, start, terms))
    return [terms.owe("callback.make", callback.number, start, met, fixed=callback.quarter.last)]


def given_up(callback: Callback, start: date, terms: Terms) -> date | None:
    """The day of the try after which the customer counts as unreachable; None before it."""
    enough = int(terms.book.on(start).settings["callback.tries"])
    return callback.tries[enough - 1] if len(callback.tries) >= enough else None


def samples(first: date, until: date, drawn: Mapping[str, date], terms: Terms) -> list[Obligation]:
    """callback.sample of every quarter that begins by `until`; `drawn`: quarter -> when its sample was drawn."""
    return [
        terms.owe("callback.sample", quarter.name, quarter.first, drawn.get(quarter.name))
        for quarter in quarters(first, until)
        if quarter.first <= until
    ]


def number_of(quarter: str, engineer: str, customer: str) -> str:
    """The number of a callback: QUARTER-ENGINEER-CUSTOMER."""
    return f"{quarter}-{engineer}-{customer}"


def is_answered(values: Mapping[str, object]) -> bool:
    """Whether a callback has an answer, and the day it is of."""
    return values.get("asked_on") is not None and any(values.get(key) not in (None, "") for key in ANSWERS)


def satisfaction(answers: Sequence[int]) -> float | None:
    """The mean of answers from 1 to 5 as a figure from 0 to 100; None without any (七)."""
    return (sum(answers) / len(answers) - 1) * 25 if answers else None
