"""七: scores of people, teams and regions for a quarter, from the ledger and the callbacks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from svcq.policy.load import book, parse
from svcq.policy.model import Book, Policy
from svcq.rules import scoring
from svcq.rules.periods import Span
from svcq.rules.scoring import Count, Figures, Marking, Tally
from svcq.store import read_score
from svcq.store.read import Reader
from svcq.store.read_score_published import Publication


class Holder(NamedTuple):
    """Whose some evidence is: a person, in the team and region of the day that decides who owed it."""

    person: str
    team: str | None
    region: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """The figures of a person, a team or a region (`kind`)."""

    kind: str
    name: str
    """Of the person, team or region; empty: people without one."""
    figures: Figures
    role: str | None = None
    """The first role of a person."""
    team: str | None = None
    region: str | None = None
    """Of a person: on the last day of the period, or the day of the listing if that is earlier."""


@dataclass(frozen=True, slots=True)
class Tallies:
    """Everything that is known about a quarter, by holder, and what nobody owed."""

    held: Mapping[Holder, Tally]
    unscored: Mapping[str, int] = field(default_factory=dict)
    """Rule -> how many of its obligations fell due that nobody owed."""


class Company:
    """Who is who: names, roles, and the team and region of everybody on any day."""

    def __init__(self, reader: Reader) -> None:
        """Read once per listing."""
        self.people = read_score.people(reader)
        self.roles = dict(self.people.values())
        self._units = read_score.units(reader)
        self.moves = {since for rows in self._units.values() for since, _, _ in rows if since > date.min}
        """The days on which anybody came into another team or region."""

    def unit(self, person: str, day: object) -> tuple[str | None, str | None]:
        """Team and region of a person on a day."""
        assert isinstance(day, date)
        found: tuple[str | None, str | None] = (None, None)
        for since, team, region in self._units.get(person, ()):
            if since > day:
                break
            found = (team, region)
        return found


def policies(reader: Reader) -> Book:
    """The policies of a store."""
    return book(
        (row["effective_on"], str(row["body"]), str(row["name"]))  # type: ignore[misc]
        for row in reader.rows("select * from v_policy_version order by effective_on")
    )


def policy_of(release: Publication) -> Policy:
    """The policy by which a published quarter was scored."""
    return parse(release.body, name=release.policy)


def marking(reader: Reader, day: date) -> Marking:
    """How the policy that is in force on `day` scores: for a quarter or year that is its last day."""
    return Marking.of(policies(reader).on(day))


def tallies(
    reader: Reader,
    span: Span,
    t: date,
    rules: Iterable[str],
    *,
    filters: Mapping[str, object] | None = None,
    company: Company | None = None,
) -> Tallies:
    """What fell due in a quarter and what its callbacks answered, as on day `t`, by person, team and region.

    `rules`: every rule of the policy. `filters`: person, team, region (of the person on the day), customer.
    """
    who = company or Company(reader)
    chosen = dict(filters or {})
    unit = {key: chosen.pop(key) for key in ("team", "region") if chosen.get(key) is not None}
    held: dict[Holder, Tally] = {}
    unscored: dict[str, int] = {}
    per_rule: dict[Holder, dict[str, Count]] = {}
    for row in read_score.counts(reader, span.first, span.last, t, rules, who.moves, chosen):
        rule = str(row["rule"])
        count = Count(*(int(str(row[key])) for key in ("fell_due", "breached", "waived", "fines_fen")))
        if row["person_id"] is None:
            unscored[rule] = unscored.get(rule, 0) + count.fell_due
            continue
        person, _role = who.people[int(str(row["person_id"]))]
        counted = per_rule.setdefault(Holder(person, *who.unit(person, row["since_on"] or date.min)), {})
        counted[rule] = counted.get(rule, Count()) + count
    for holder, counted in per_rule.items():
        held[holder] = Tally(counted)
    for one in read_score.answers(reader, span.name, span.last, t, chosen):
        person = str(one["person"])
        holder = Holder(person, *who.unit(person, one["asked_on"]))
        marks = [mark for mark in (one["service"], one["attitude"]) if isinstance(mark, int)]
        held[holder] = held.get(holder, Tally()) + Tally({}, sum(marks), len(marks))
    kept = {
        holder: tally
        for holder, tally in held.items()
        if all(getattr(holder, key) == value for key, value in unit.items())
    }
    return Tallies(kept, unscored)


def grouped(held: Mapping[Holder, Tally], by: str) -> dict[str, dict[str, Tally]]:
    """What there is about each person in each team or region; by "person": of the person as a whole, under ""."""
    groups: dict[str, dict[str, Tally]] = {}
    for holder, tally in held.items():
        people = groups.setdefault("" if by == "person" else getattr(holder, by) or "", {})
        before = people.get(holder.person)
        people[holder.person] = tally if before is None else before + tally
    return groups


def known(one: Figures) -> bool:
    """Whether there is anything to say about somebody in a period."""
    indicators = (one.score, one.compliance, one.satisfaction, one.resolution)
    return any(value is not None for value in indicators) or bool(one.breaches or one.fines_fen)


def units(groups: Mapping[str, Mapping[str, Figures]], by: str, mark: Marking) -> list[Standing]:
    """Every person of `groups` (team or region -> person -> figures), else every team or region, in the order of names.

    Its figures are the mean of those of its people, each from the evidence of their days in it.
    """
    if by == "person":
        people = [each for group in groups.values() for each in group.items()]
        return [Standing("person", person, one) for person, one in sorted(people, key=lambda each: each[0])]
    return [
        Standing(by, name, scoring.mean(list(group.values()), mark)) for name, group in sorted(groups.items())
    ]


def quarter(
    reader: Reader,
    span: Span,
    t: date,
    *,
    by: str = "person",
    filters: Mapping[str, object] | None = None,
    by_marking: Marking | None = None,
) -> list[Standing]:
    """The present figures of a quarter as on day `t`, by person, team or region, in the order of names.

    `filters`: person, team, region, customer: only evidence of these; `by_marking`: another policy's (simulate).
    """
    mark = by_marking or marking(reader, span.last)
    company = Company(reader)
    found = tallies(reader, span, t, mark.costs, filters=filters, company=company)
    return named(quarterly(found, by, mark), company, span, t, filters)


def quarterly(found: Tallies, by: str, mark: Marking) -> list[Standing]:
    """The figures of a quarter from what is known about it; `named` adds roles, teams and regions."""
    return units(everyone(found, by, mark), by, mark)


def everyone(found: Tallies, by: str, mark: Marking) -> dict[str, dict[str, Figures]]:
    """The figures of each person in each team or region in a quarter; by "person": as a whole, under ""."""
    groups: dict[str, dict[str, Figures]] = {}
    for name, people in grouped(found.held, by).items():
        for person, tally in sorted(people.items()):
            one = scoring.figures(tally, mark)
            if known(one):
                groups.setdefault(name, {})[person] = one
    return groups


def named(
    found: Iterable[Standing],
    company: Company,
    span: Span,
    t: date,
    filters: Mapping[str, object] | None = None,
) -> list[Standing]:
    """The figures with the role, team and region of each person; a team or region that was asked for is shown."""
    asked, day = filters or {}, min(t, span.last)
    told = []
    for one in found:
        if one.kind == "person":
            team, region = company.unit(one.name, day)
            team, region = asked.get("team") or team, asked.get("region") or region  # type: ignore[assignment]
            one = Standing(one.kind, one.name, one.figures, company.roles.get(one.name), team, region)
        told.append(one)
    return told
