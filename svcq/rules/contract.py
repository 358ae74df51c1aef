"""二: service contracts: what a contract's dates oblige whom to do, and which dates contradict each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from svcq.errors import Phrase, Refused, SvcqError
from svcq.rules.obligation import Obligation, Terms, earliest, latest_if_all
from svcq.rules.periods import months

PERIODIC = ("contract.feedback",)


@dataclass(frozen=True, slots=True)
class Call:
    """A call to the hospital; several of one day stand in the order of their entry."""

    on: date
    promised_on: date | None = None


@dataclass(frozen=True, slots=True)
class Contract:
    """What the rules need to know of a contract."""

    number: str
    sent_out_on: date | None = None
    sealed_on: date | None = None
    reminded_email_on: date | None = None
    reminded_phone_on: date | None = None
    returned_on: date | None = None
    ends_on: date | None = None
    free_until: date | None = None
    refused_on: date | None = None
    followed_on: date | None = None
    """When the contract after this one was sealed."""
    calls: tuple[Call, ...] = ()
    """Oldest first."""


def obligations(contract: Contract, terms: Terms) -> list[Obligation]:
    """Every obligation that the contract's dates give rise to, those born by time alone included."""
    found: list[Obligation] = []
    number, returned = contract.number, contract.returned_on
    out = contract.sent_out_on or contract.sealed_on
    if out:
        reminded = latest_if_all(contract.reminded_email_on, contract.reminded_phone_on)
        found.append(terms.owe("contract.remind", number, out, earliest(reminded, returned)))
    if contract.sealed_on:
        back = terms.owe("contract.return", number, contract.sealed_on, returned)
        found.append(back)
        if returned is None or returned > back.due_on:
            first = contract.calls[0].on if contract.calls else None
            found.append(terms.owe("contract.call", number, back.breach_on, earliest(first, returned)))
    found.extend(_chases(contract, terms))
    found.extend(_conversions(contract, terms))
    return found


def _chases(contract: Contract, terms: Terms) -> list[Obligation]:
    """contract.chase: after each call another one, by the promised day or the policy's, until the contract is back."""
    last_of_day = {call.on: call for call in contract.calls}
    days = sorted(last_of_day)
    return [
        terms.owe(
            "contract.chase",
            contract.number,
            day,
            earliest(later, contract.returned_on),
            fixed=last_of_day[day].promised_on,
        )
        for day, later in zip_longest(days, days[1:])
    ]


def _conversions(contract: Contract, terms: Terms) -> list[Obligation]:
    """contract.convert: before free maintenance or the contract ends, a new contract is sealed or refused."""
    found: dict[date, Obligation] = {}
    after = earliest(contract.followed_on, contract.refused_on)
    ends = (
        (contract.free_until, earliest(contract.sealed_on, after)),
        (contract.ends_on, after),
    )
    for end, met_on in ends:
        if end:
            start = terms.lead_before("contract.convert", end)
            found[start] = terms.owe("contract.convert", contract.number, start, met_on, fixed=end)
    return list(found.values())


def feedbacks(first: date, until: date, sent: Mapping[str, date], terms: Terms) -> list[Obligation]:
    """contract.feedback for every month from that of `first` to that of `until`.

    `sent`: month (`2026-10`) -> the first day on which its table went to the commerce centre.
    """
    return [
        terms.owe("contract.feedback", month.name, month.last, sent.get(month.name))
        for month in months(first, until)
    ]


ORDER: tuple[tuple[str, str, SvcqError], ...] = (
    ("sealed_on", "returned_on", Phrase("it came back before it was sealed")),
    ("sent_out_on", "returned_on", Phrase("it came back before it went out")),
    ("starts_on", "ends_on", Phrase("it ends before it starts")),
    ("free_from", "free_until", Phrase("free maintenance ends before it starts")),
    ("called_on", "promised_on", Phrase("the promised day is before the call")),
)
"""Pairs of dates that must not stand the other way round, and what it means when they do."""


def contradiction(dates: Mapping[str, date | None]) -> tuple[str, SvcqError] | None:
    """The first pair of dates that contradict each other: the key of the later one, and the refusal; or None."""
    for before, after, why in ORDER:
        a, b = dates.get(before), dates.get(after)
        if a and b and b < a:
            return after, Refused(
                "{why}: {later} is before {earlier}",
                clause="二.1",
                why=why,
                later=b,
                earlier=a,
            )
    return None


ACTS = (
    "sent_out_on",
    "sealed_on",
    "reminded_email_on",
    "reminded_phone_on",
    "called_on",
    "returned_on",
    "refused_on",
)
"""Dates on which something was done: never in the future, and unknown on an earlier day."""


def first_date(dates: Mapping[str, date | None], today: date) -> date | None:
    """The record's first date: the first act, or the start of free maintenance; None if nothing has happened yet.

    What is only planned does not count: a contract that is entered before its first date is there all the same.
    Free maintenance that a hand-over brought (`entered_on`) was not known before it.
    """
    free, entered = dates.get("free_from"), dates.get("entered_on")
    first = earliest(*(dates.get(key) for key in ACTS), max(free, entered) if free and entered else free)
    return first if first is not None and first <= today else None
