"""七: scores for a year: the mean of its quarters, the published ones as published, less the year's own deductions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from svcq.processes.scoring import Company, Standing, grouped, known, named, policies, tallies, units
from svcq.rules import periods, scoring
from svcq.rules.periods import Span
from svcq.rules.scoring import Figures, Marking, Tally
from svcq.store.read import Reader
from svcq.store.read_score_published import Frozen, frozen, frozen_days, published

Key = tuple[str, str]
"""The team or region that is asked for (empty: neither is), and a person."""


@dataclass(frozen=True, slots=True)
class Part:
    """A quarter of a person's year."""

    period: str
    figures: Figures
    published: bool


@dataclass(frozen=True, slots=True)
class Year:
    """The figures of a year."""

    standings: list[Standing]
    parts: Mapping[str, list[Part]]
    """Of each person: the quarters with something to go by. Empty by team or region."""
    unscored: Mapping[str, int]
    """Rule -> how many of its obligations fell due that nobody owed."""


def year(
    reader: Reader,
    span: Span,
    t: date,
    *,
    by: str = "person",
    filters: Mapping[str, object] | None = None,
    now: bool = False,
) -> Year:
    """The figures of a year as on day `t`, by person, team or region, in the order of names.

    `filters`: as for a quarter. `now`: the present figures of quarters that are published, too.
    """
    book, company = policies(reader), Company(reader)
    mark = Marking.of(book.on(span.last))
    chosen = {key: value for key, value in (filters or {}).items() if value is not None}
    parts: dict[Key, list[Part]] = {}
    own: dict[Key, Tally] = {}
    unscored: dict[str, int] = {}
    for quarter in periods.quarters(span.first, min(t, span.last)):
        terms = Marking.of(book.on(quarter.last))
        found = tallies(reader, quarter, t, terms.costs, filters=chosen, company=company)
        for rule, count in found.unscored.items():
            if terms.costs[rule].counts != "none":
                unscored[rule] = unscored.get(rule, 0) + count
        figures = {}
        for unit, people in grouped(found.held, by).items():
            for person, tally in people.items():
                own[unit, person] = own.get((unit, person), Tally()) + tally
                figures[unit, person] = scoring.figures(tally, terms)
        old = None if now else as_published(reader, quarter.name, t, by, chosen)
        if old is not None:
            figures = {key: of(one) for key, one in old.items()}
        for key, one in figures.items():
            if known(one):
                parts.setdefault(key, []).append(Part(quarter.name, one, old is not None))
    groups: dict[str, dict[str, Figures]] = {}
    for unit, person in sorted(parts.keys() | own.keys()):
        quarters = [part.figures for part in parts.get((unit, person), ())]
        one = scoring.year(quarters, own.get((unit, person), Tally()), mark)
        if known(one):
            groups.setdefault(unit, {})[person] = one
    standings = named(units(groups, by, mark), company, span, t, chosen)
    mine = {person: found for (_, person), found in parts.items()} if by == "person" else {}
    return Year(standings, mine, unscored)


def as_published(
    reader: Reader, quarter: str, t: date, by: str, filters: Mapping[str, object]
) -> dict[Key, Frozen] | None:
    """The frozen figures of people (of their days in each team or region, for those), if published by day `t`.

    None also where they are not told by what is published: it is about all customers, and about the days in a team
    or in a region, not in both.
    """
    release = published(reader, quarter)
    asked = [key for key in ("team", "region") if key in filters]
    kind = by if by != "person" else next(iter(asked), by)
    if release is None or release.published_on > t or "customer" in filters or not {*asked} <= {kind}:
        return None
    found = (
        {("", name): one for name, one in frozen(reader, quarter, kind).items()}
        if kind == "person"
        else frozen_days(reader, quarter, kind)
    )
    return {
        ("" if by == "person" else unit, person): one
        for (unit, person), one in found.items()
        if (not asked or filters[kind] == unit) and filters.get("person", person) == person
    }


def frozen_by_name(
    reader: Reader, quarter: str, t: date, by: str, filters: Mapping[str, object]
) -> dict[str, Frozen] | None:
    """The frozen figures of people, teams or regions by name, if published by day `t`.

    None also where they are not told by what is published, as in `as_published`.
    """
    people = as_published(reader, quarter, t, by, filters)
    if people is None or (by != "person" and "person" in filters):
        return None
    if by == "person":
        return {name: one for (_, name), one in people.items()}
    asked = filters.get(by)
    return {name: one for name, one in frozen(reader, quarter, by).items() if asked in (None, name)}


def of(one: Frozen) -> Figures:
    """Frozen figures as figures, exactly as they were printed."""
    score, compliance, satisfaction, resolution = (
        None if value is None else Fraction(str(value))
        for value in (one.score, one.compliance, one.satisfaction, one.resolution)
    )
    return Figures(
        score,
        compliance,
        satisfaction,
        resolution,
        one.points,
        one.breaches,
        one.waived,
        one.fines_fen,
        one.grade,
        one.people,
    )
