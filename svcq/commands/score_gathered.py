"""七: everything that a workbook of scores tells, read once for everybody."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from svcq.commands.score_fines import per_month
from svcq.commands.score_pages import Person, Told
from svcq.locale import _
from svcq.output.shape import Row
from svcq.policy.model import Policy
from svcq.processes import scoring, scoring_records, scoring_year
from svcq.processes.scoring import Company, Standing, named, quarterly, tallies
from svcq.rules import periods
from svcq.rules.periods import Span
from svcq.rules.scoring import Marking, rounded
from svcq.store.read import Reader, yuan
from svcq.store.read_score_published import Publication, frozen, frozen_lines, published

UNITS = ("person", "team", "region")
EXACT = ("score", "compliance", "satisfaction", "resolution")
Records = Mapping[str, Mapping[str, Sequence[Row]]]
"""Person -> indicator -> the records behind it."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A workbook's content."""

    told: Told
    people: Sequence[Person]
    teams: Sequence[Row]
    regions: Sequence[Row]
    fines: Sequence[Row]
    fined: str
    """As of which day the fines are."""
    unscored: Mapping[str, int]


def quarter(reader: Reader, span: Span, t: date, *, now: bool) -> Gathered:
    """A quarter as it was published by day `t`, else (or with `now`) as it stands then."""
    release = None if now else _release(reader, span, t)
    policy = scoring.policy_of(release) if release else scoring.policies(reader).on(span.last)
    mark = Marking.of(policy)
    unscored: Mapping[str, int] = {}
    if release is not None:
        found = {unit: _frozen(reader, span, unit) for unit in UNITS}
    else:
        company = Company(reader)
        known = tallies(reader, span, t, mark.costs, company=company)
        found = {unit: named(quarterly(known, unit, mark), company, span, t) for unit in UNITS}
        unscored = known.unscored
    records = _records(reader, span, t, mark, release)
    people = [Person(_row(one), records.get(one.name, {})) for one in found["person"]]
    return _gathered(reader, span, t, _told(span, t, policy, mark, release), people, found, unscored)


def year(reader: Reader, span: Span, t: date, *, now: bool) -> Gathered:
    """A year as it stands on day `t`, its published quarters as published unless `now`."""
    book = scoring.policies(reader)
    policy = book.on(span.last)
    mark = Marking.of(policy)
    years = {unit: scoring_year.year(reader, span, t, by=unit, now=now) for unit in UNITS}
    own = _by_person(map(_as_row, scoring_records.lines(reader, span, t, counts="year", by_marking=mark)))
    earlier: dict[str, dict[str, Sequence[Row]]] = defaultdict(dict)
    for one in periods.quarters(span.first, min(t, span.last)):
        release = None if now else _release(reader, one, t)
        for name, kinds in _records(reader, one, t, Marking.of(book.on(one.last)), release).items():
            if lines := kinds.get("compliance"):
                earlier[name][one.name] = lines
    people = []
    for standing in years["person"].standings:
        parts = [
            {"period": part.period, "published": part.published} | _exact(part.figures, printed=False)
            for part in years["person"].parts.get(standing.name, ())
        ]
        mine = {"compliance": own.get(standing.name, ())}
        people.append(Person(_row(standing), mine, parts, earlier.get(standing.name, {})))
    told = replace(_told(span, t, policy, mark, None), quarterly=False)
    found = {unit: one.standings for unit, one in years.items()}
    return _gathered(reader, span, t, told, people, found, years["person"].unscored)


def _gathered(
    reader: Reader,
    span: Span,
    t: date,
    told: Told,
    people: Sequence[Person],
    found: Mapping[str, Sequence[Standing]],
    unscored: Mapping[str, int],
) -> Gathered:
    fines = sorted(
        scoring_records.fines(reader, span.first, span.last, t),
        key=lambda one: (one.person, one.due_on, one.rule, one.number),
    )
    return Gathered(
        told,
        people,
        [_row(one) for one in found["team"]],
        [_row(one) for one in found["region"]],
        per_month(fines, Company(reader).roles),
        _("as of {day}").format(day=t),
        unscored,
    )


def _release(reader: Reader, span: Span, t: date) -> Publication | None:
    found = published(reader, span.name)
    return found if found is not None and found.published_on <= t else None


def _told(span: Span, t: date, policy: Policy, mark: Marking, release: Publication | None) -> Told:
    state = _("as of {day}, not published").format(day=t)
    if release is not None:
        state = _("as published on {on} by {by}").format(on=release.published_on, by=release.published_by)
    titles = {name: _(rule.title) for name, rule in policy.rules.items()}
    points, most = policy.settings["score.points"], policy.settings["score.points_most"]
    return Told(span.name, state, mark, titles, points, most)


def _frozen(reader: Reader, span: Span, unit: str) -> list[Standing]:
    return [
        Standing(unit, name, scoring_year.of(one), one.role, one.team, one.region)
        for name, one in frozen(reader, span.name, unit).items()
    ]


def _row(one: Standing) -> Row:
    """A row as the listings have it."""
    own = one.figures
    return {
        "person": one.name,
        "role": one.role,
        "team": one.name if one.kind == "team" else one.team,
        "region": one.name if one.kind == "region" else one.region,
        "people": own.people,
        **_exact(own, printed=True),
        **{key: getattr(own, key) for key in ("points", "breaches", "waived", "grade")},
        "fines": yuan(own.fines_fen),
    }


def _exact(figures: object, *, printed: bool) -> dict[str, object]:
    """The figures that have two decimals when they are `printed`."""
    values = {key: getattr(figures, key) for key in EXACT}
    return {
        key: None if value is None else float(rounded(value) if printed else value)
        for key, value in values.items()
    }


def _records(
    reader: Reader, span: Span, t: date, mark: Marking, release: Publication | None
) -> dict[str, dict[str, list[Row]]]:
    """What stands behind everybody's figures, as published or as it is."""
    found: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    rows = _present(reader, span, t, mark)
    if release is not None:
        rows = ((str(row["indicator"]), row) for row in frozen_lines(reader, span.name))
    for indicator, row in rows:
        if indicator == "resolution":
            met, due = row["met_on"], row["due_on"]
            good = isinstance(met, date) and isinstance(due, date) and met <= due
            row = {**row, "in_time": None if row["waived"] else good}
        found[str(row["person"])][indicator].append(row)
    return found


def _present(reader: Reader, span: Span, t: date, mark: Marking) -> Iterator[tuple[str, Row]]:
    for line in scoring_records.lines(reader, span, t, by_marking=mark):
        yield "compliance", _as_row(line)
    for answer in scoring_records.answers(reader, span, t):
        yield "satisfaction", _as_row(answer)
    for closing in scoring_records.closings(reader, span, t):
        yield "resolution", _as_row(closing)


def _as_row(one: object) -> dict[str, object]:
    return {each.name: getattr(one, each.name) for each in fields(one)}  # type: ignore[arg-type]


def _by_person(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[str(row["person"])].append(row)
    return found
