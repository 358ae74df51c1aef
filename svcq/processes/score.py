"""七: a quarter is published: its figures and the records behind them are kept as they stand, whatever comes later."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from sqlalchemy import delete, func, select, update

from svcq.errors import Refused
from svcq.policy.load import parse
from svcq.policy.model import Policy
from svcq.policy.show import dump
from svcq.processes import scoring_records
from svcq.processes.scoring import (
    Company,
    Standing,
    Tallies,
    everyone,
    named,
    policies,
    quarterly,
    tallies,
)
from svcq.processes.work import Work
from svcq.rules.periods import Span
from svcq.rules.scoring import CLOSING, Marking, rounded
from svcq.store.bulk import insert_rows
from svcq.store.read_within import Within
from svcq.store.tables.score import ScoreEvidence, ScoreFigure, ScorePublication

CLAUSE = "七"
CALLBACK = "callback.make"
"""The rule whose records answer for satisfaction."""
STAFF_RULES = "staff."
"""How the rules begin whose obligations have a person's name for a number."""
UNITS = ("team", "region")
FIGURE = ScoreFigure.__table__  # type: ignore[attr-defined]
EVIDENCE = ScoreEvidence.__table__  # type: ignore[attr-defined]
FIGURES = tuple(column.name for column in FIGURE.columns)
LINE = tuple(column.name for column in EVIDENCE.columns if column.name != "id")
LATE = LINE.index("days_late")
TOLD = (
    *("score", "compliance", "satisfaction", "resolution"),
    *("points", "breaches", "waived", "fines_fen", "grade"),
)
"""The figures of a person that the audit tells when they change."""

Stored = tuple[object, ...]
"""A row of figures or of evidence, its values in the order of FIGURES or LINE."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of publishing a quarter."""

    published_on: date
    published_by: str
    changed: bool
    """False: it was published already, and nothing was touched."""
    people: int
    unscored: Mapping[str, int]
    """Rule -> how many of its obligations fell due that nobody owed."""


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything that is frozen of a quarter."""

    figures: Sequence[Stored]
    lines: Sequence[Stored]
    policy: Policy
    unscored: Mapping[str, int]

    @property
    def people(self) -> dict[str, dict[str, object]]:
        """The figures of people by name."""
        rows = [dict(zip(FIGURES, row, strict=True)) for row in self.figures]
        return {str(row["name"]): row for row in rows if row["kind"] == "person"}


def publish(work: Work, quarter: Span, *, again: bool = False) -> Outcome:
    """Freeze a quarter as it stands today; `again`: in place of what was frozen before, if that is not the same.

    Everything is read under the lock that the writing holds. Refused (七) before the quarter is over, while
    something can still fall due in it, and where there is nothing to publish.
    """
    period = quarter.name
    known = work.session.get(ScorePublication, period)
    if known is not None and not again:
        return Outcome(known.published_on, known.published_by, False, len(_people(work, period)), {})
    if work.today <= quarter.last:
        raise Refused(
            "{period} ends on {last}: it can be published from the day after on",
            clause=CLAUSE,
            period=period,
            last=quarter.last,
        )
    whole = _whole(work, quarter)
    if not whole.figures:
        raise Refused(
            "in {period} nothing fell due and nobody was asked: there is nothing to publish",
            clause=CLAUSE,
            period=period,
        )
    people = whole.people
    if known is None:
        row = ScorePublication(
            period=period,
            published_on=work.today,
            published_by=work.actor,
            policy=whole.policy.name,
            body=dump(whole.policy),
            note=work.note,
        )
        work.session.add(row)
        work.session.flush()
        told = row.model_dump(exclude={"body"}, exclude_none=True)
        work.log(
            "score_publication",
            period,
            "insert",
            told | {f"{name} score": one["score"] for name, one in people.items()},
        )
    elif _same(work, known, whole):
        return Outcome(known.published_on, known.published_by, False, len(people), whole.unscored)
    else:
        of_period = EVIDENCE.c.period == period
        records = work.session.scalar(select(func.count()).select_from(EVIDENCE).where(of_period))
        moved: dict[str, tuple[object, object]] = {"records": (records, len(whole.lines))}
        values = {
            "published_on": work.today,
            "published_by": work.actor,
            "policy": whole.policy.name,
            "note": work.note,
        }
        known.body = dump(whole.policy)
        work.change(known, period, values, moved | dict(_moved(_people(work, period), people)))
        for table in (FIGURE, EVIDENCE):
            work.session.execute(delete(table).where(table.c.period == period))
    insert_rows(work.session, FIGURE, FIGURES, whole.figures)
    insert_rows(work.session, EVIDENCE, LINE, whole.lines)
    return Outcome(work.today, work.actor, True, len(people), whole.unscored)


def rename(work: Work, before: str, after: str) -> None:
    """A person has another name: what was published of them stays as it is, under the new one."""
    own = EVIDENCE.c.rule.startswith(STAFF_RULES) & (EVIDENCE.c.number == before)
    for column, chosen in (
        (FIGURE.c.name, (FIGURE.c.kind == "person") & (FIGURE.c.name == before)),
        (FIGURE.c.person, FIGURE.c.person == before),
        (EVIDENCE.c.person, EVIDENCE.c.person == before),
        (EVIDENCE.c.number, own),
    ):
        work.session.execute(update(column.table).where(chosen).values({column: after}))


def _whole(work: Work, quarter: Span) -> Whole:
    """The figures and the records behind them as the open transaction sees them."""
    reader, t = Within(work.session), work.today
    company = Company(reader)
    policy = policies(reader).on(quarter.last)
    mark = Marking.of(policy)
    found = tallies(reader, quarter, t, mark.costs, company=company)
    figures = [
        _figure(one, quarter.name)
        for kind in ("person", *UNITS)
        for one in named(quarterly(found, kind, mark), company, quarter, t)
    ]
    for kind in UNITS:
        figures += _days(found, kind, mark, company, quarter, t)
    lines = _lines(reader, quarter, t, mark, policy.rules[CALLBACK].clause)
    ordered = sorted(lines, key=lambda line: str(line["person"]))
    return Whole(figures, [tuple(line.get(key) for key in LINE) for line in ordered], policy, found.unscored)


def _days(
    found: Tallies, kind: str, mark: Marking, company: Company, quarter: Span, t: date
) -> Iterator[Stored]:
    """The figures of everybody's days in each team or region (`kind`): those that its own are the mean of."""
    for name, people in everyone(found, kind, mark).items():
        standings = [Standing("person", person, one) for person, one in people.items()]
        for one in named(standings, company, quarter, t, {kind: name or None}):
            yield _figure(replace(one, kind=kind, name=name), quarter.name, one.name)


def _figure(one: Standing, period: str, person: str = "") -> Stored:
    """Figures as they are printed."""
    own = one.figures
    scores = (_printed(value) for value in (own.score, own.compliance, own.satisfaction, own.resolution))
    return (
        *(period, one.kind, one.name, person, one.role, one.team, one.region, own.people, *scores),
        *(own.points, own.breaches, own.waived, own.fines_fen, own.grade),
    )


def _printed(value: Fraction | None) -> float | None:
    return None if value is None else float(rounded(value))


def _lines(reader: Within, quarter: Span, t: date, mark: Marking, clause: str) -> Iterator[dict[str, object]]:
    """Every record behind the figures, by indicator and in the order of listings."""
    for breach in scoring_records.lines(reader, quarter, t, by_marking=mark):
        yield _line(breach, quarter.name, "compliance", {})
    for answer in scoring_records.answers(reader, quarter, t):
        said: dict[str, object] = {"rule": CALLBACK, "clause": clause, "process": "callback", "waived": False}
        yield _line(answer, quarter.name, "satisfaction", said)
    for closing in scoring_records.closings(reader, quarter, t):
        yield _line(closing, quarter.name, "resolution", {"rule": CLOSING, "process": "issue"})


def _line(one: object, period: str, indicator: str, said: Mapping[str, object]) -> dict[str, object]:
    known = {key: getattr(one, key) for key in LINE if hasattr(one, key)}
    return {**known, **said, "period": period, "indicator": indicator}


def _people(work: Work, period: str) -> dict[str, dict[str, object]]:
    """The frozen figures of people by name."""
    mine = select(FIGURE).where(FIGURE.c.period == period, FIGURE.c.kind == "person")
    return {row.name: dict(row._mapping) for row in work.session.execute(mine)}


def _same(work: Work, known: ScorePublication, whole: Whole) -> bool:
    """Whether exactly that is frozen already."""
    if Marking.of(parse(known.body, name=known.policy)) != Marking.of(whole.policy):
        return False
    settled = tuple(key for key in LINE if key != "days_late")  # of what is still open it grows day by day
    lines = [row[:LATE] + row[LATE + 1 :] for row in whole.lines]
    for table, keys, fresh in ((FIGURE, FIGURES, whole.figures), (EVIDENCE, settled, lines)):
        mine = select(*(table.c[key] for key in keys)).where(table.c.period == known.period)
        if sorted(map(repr, map(tuple, work.session.execute(mine)))) != sorted(map(repr, fresh)):
            return False
    return True


def _moved(
    before: Mapping[str, Mapping[str, object]], after: Mapping[str, Mapping[str, object]]
) -> Iterator[tuple[str, tuple[object, object]]]:
    """What the audit tells of each person: every figure that is another one now."""
    none: dict[str, object] = dict.fromkeys(TOLD)
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name, none), after.get(name, none)
        for key in TOLD:
            if old[key] != new[key]:
                yield f"{name} {key}", (old[key], new[key])
