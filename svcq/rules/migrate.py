"""五: data migrations: what one obliges to, which hospitals owe one every year, and the December check."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from svcq.policy.model import Period
from svcq.rules.deadlines import due
from svcq.rules.obligation import Obligation, Terms
from svcq.rules.periods import Span, year_of, years
from svcq.rules.workdays import Calendar

PERIODIC = ("migrate.check",)
ACTS = ("done_on", "reindexed_on", "registered_on")
"""Dates on which something was done."""
_EVERY_DAY = Calendar("none")
"""Years are counted alike in every country."""


@dataclass(frozen=True, slots=True)
class Migration:
    """What the rules need to know of a migration."""

    number: str
    done_on: date
    reindexed_on: date | None = None
    registered_on: date | None = None


@dataclass(frozen=True, slots=True)
class Hospital:
    """What the rules need to know of a hospital."""

    name: str
    level: int | None = None
    running_since: date | None = None


def obligations(migration: Migration, terms: Terms) -> list[Obligation]:
    """Indexes rebuilt on the same day, and the registration (五.1, 五.2)."""
    number, done = migration.number, migration.done_on
    return [
        terms.owe("migrate.reindex", number, done, migration.reindexed_on, fixed=done),
        terms.owe("migrate.register", number, done, migration.registered_on),
    ]


def number_of(hospital: str, year: Span) -> str:
    """The number of a hospital's yearly migration: CUSTOMER-YEAR."""
    return f"{hospital}-{year.name}"


def reached_on(running_since: date, year: Span, terms: Terms) -> date:
    """五.3: the day from which a hospital has been running long enough, by the policy of a year."""
    years = int(terms.book.on(year.first).settings["migrate.years"])
    return due(running_since, Period(12 * years, "months", roll=False), _EVERY_DAY).due


def is_due(hospital: Hospital, year: Span, terms: Terms) -> bool:
    """五.3: whether a hospital owes a migration in a year: of that level, and running for so long on 1 January."""
    if hospital.running_since is None:
        return False
    if hospital.level != terms.book.on(year.first).settings["migrate.level"]:
        return False
    return reached_on(hospital.running_since, year, terms) <= year.first


def due_years(hospital: Hospital, first: date | None, until: date, terms: Terms) -> Iterator[Span]:
    """The years in which a hospital owes a migration, of those that begin by `until`.

    `first`: where yearly rules begin; None: with the hospital's own start.
    """
    if hospital.running_since is None or hospital.level is None:
        return
    begin = max(first, hospital.running_since) if first else hospital.running_since
    for year in years(begin, until):
        if year.first >= (first or year.first) and is_due(hospital, year, terms):
            yield year


def yearly(
    hospital: Hospital, spans: Iterable[Span], done: Mapping[str, date], terms: Terms
) -> list[Obligation]:
    """migrate.yearly of these years; `done`: year -> its first migration."""
    return [
        terms.owe(
            "migrate.yearly", number_of(hospital.name, year), year.first, done.get(year.name), fixed=year.last
        )
        for year in spans
    ]


def checks(first: date, until: date, done: Mapping[str, date], terms: Terms) -> list[Obligation]:
    """migrate.check of every year whose 1 December is not after `until`; `done`: year -> its first check."""
    found = []
    for year in years(first, until):
        start = date(year.first.year, 12, 1)
        if start <= until:
            met = done.get(year.name)
            found.append(terms.owe("migrate.check", year.name, start, met, fixed=year_of(start).last))
    return found
