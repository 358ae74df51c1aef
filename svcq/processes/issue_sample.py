"""三.3: samples of work and leave records for the spot check, drawn by chance and kept as they were drawn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from svcq.errors import Refused
from svcq.processes.issue_owed import ISSUE, STEP
from svcq.processes.issue_pool import LEAVE, PERSON, SAMPLE, covered, engineers, gather
from svcq.processes.names import living_person
from svcq.processes.numbering import following
from svcq.processes.work import Work
from svcq.rules.issue_check import CLAUSE, RECORDS, Window
from svcq.rules.sampling import choose, seed_of
from svcq.store.batches import batches
from svcq.store.tables.customer import Customer
from svcq.store.tables.issue_check import SpotFinding, SpotSample
from svcq.store.tables.staff import Staff

CUSTOMER = Customer.__table__  # type: ignore[attr-defined]
FINDING = SpotFinding.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A record that was drawn, and the number under which it is looked into."""

    id: int
    """Of the step or the leave."""
    person_id: int
    person: str
    record: str
    """work or leave."""
    on: date
    until: date | None = None
    customer: str | None = None
    region: str | None = None
    """The customer's."""
    issue: str | None = None
    what: str | None = None
    """What was done; the kind of a leave."""
    result: str | None = None
    on_leave: bool = False
    """It is work on a day on which the person was away."""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Short:
    """A person of whom there were fewer records of a kind than were to be drawn."""

    person: str
    record: str
    drawn: int


@dataclass(frozen=True, slots=True)
class Sample:
    """What came of drawing."""

    month: str
    seed: int
    size: int
    window: Window
    rows: tuple[Drawn, ...] = ()
    short: tuple[Short, ...] = ()
    nobodys: int = 0
    """Work records of these days that name nobody: they cannot be drawn."""


def newest(work: Work, month: str, person: str | None = None) -> SpotSample | None:
    """The newest sample of a month, of everybody or, if one is named, also of that person alone; None: there is none."""
    whose = SAMPLE.c.person_id.is_(None)
    if person is not None:
        whose |= SAMPLE.c.person_id == living_person(work, person).id
    return _newest(work, month, whose)


def _newest(work: Work, month: str, whose: sa.ColumnElement[bool]) -> SpotSample | None:
    rows = sa.select(SpotSample).where(SAMPLE.c.month == month, whose).order_by(SAMPLE.c.id.desc())
    return work.session.scalars(rows.limit(1)).first()


def draw(
    work: Work,
    month: str,
    *,
    seed: int | None = None,
    size: int | None = None,
    person: str | None = None,
    again: bool = False,
) -> Sample | None:
    """Draw a sample for a month, of every engineer or of one person; the same seed and store give the same one.

    Of each at most `size` work and `size` leave records (default: the policy's), at least so many days old as the
    policy says, and after the days that earlier samples covered. `seed`: default is that of the month. What was
    drawn is kept as findings that are still to be made; nothing is kept if nothing was drawn. None if the month has
    a sample of theirs and it was not said to draw `again`.
    """
    if not again and newest(work, month, person) is not None:
        return None
    settings = work.book.on(work.today).settings
    size = int(settings["issue.sample_size"]) if size is None else size
    seed = seed_of(month) if seed is None else seed
    only = living_person(work, person) if person is not None else None
    before = covered(work)
    days = before.window(work.today, int(settings["issue.sample_age"]), only)
    if days.is_empty:
        return Sample(month, seed, size, days)
    pool = gather(work, days, before, only)
    chosen: dict[str, list[int]] = {record: [] for record in RECORDS}
    short = []
    for one in [only] if only is not None else engineers(work, days, pool):
        for record in RECORDS:
            keys = choose((f"{record} {key}" for key in pool.of(one, record)), size, seed)
            chosen[record] += [int(key.partition(" ")[2]) for key in keys]
            if len(keys) < size:
                short.append(Short(one.name, record, len(keys)))
    number = following(work, FINDING.c.number, f"{month}-{{n:03d}}")
    rows = tuple(replace(row, number=number()) for row in _told(work, chosen))
    if rows:
        sample = SpotSample(
            month=month, drawn_on=work.today, seed=seed, window_from=days.first, window_until=days.last
        )
        _keep(work, sample, only, rows)
    return Sample(month, seed, size, days, rows, tuple(short), pool.nobodys)


def _told(work: Work, chosen: dict[str, list[int]]) -> list[Drawn]:
    """The records that were chosen: by person, work before leave, oldest first."""
    found = [*_steps(work, chosen["work"]), *_leaves(work, chosen["leave"])]
    return sorted(found, key=lambda row: (row.person, RECORDS.index(row.record), row.on, row.id))


def _steps(work: Work, ids: Sequence[int]) -> Iterator[Drawn]:
    away = sa.exists().where(
        LEAVE.c.person_id == STEP.c.person_id,
        LEAVE.c.from_on <= STEP.c.done_on,
        LEAVE.c.until_on >= STEP.c.done_on,
    )
    said = (STEP.c.what, STEP.c.result, away.label("on_leave"))
    rows = (
        sa.select(
            STEP.c.id,
            STEP.c.person_id,
            PERSON.c.name.label("person"),
            STEP.c.done_on.label("on"),
            CUSTOMER.c.name.label("customer"),
            CUSTOMER.c.region,
            ISSUE.c.number.label("issue"),
            *said,
        )
        .join(PERSON, PERSON.c.id == STEP.c.person_id)
        .join(ISSUE, ISSUE.c.id == STEP.c.issue_id)
        .join(CUSTOMER, CUSTOMER.c.id == ISSUE.c.customer_id)
    )
    for part in batches(ids):
        for row in work.session.execute(rows.where(STEP.c.id.in_(part))).mappings():
            yield Drawn(record="work", **{**row, "on_leave": bool(row["on_leave"])})


def _leaves(work: Work, ids: Sequence[int]) -> Iterator[Drawn]:
    rows = sa.select(
        LEAVE.c.id,
        LEAVE.c.person_id,
        PERSON.c.name.label("person"),
        LEAVE.c.from_on.label("on"),
        LEAVE.c.until_on.label("until"),
        LEAVE.c.kind.label("what"),
    ).join(PERSON, PERSON.c.id == LEAVE.c.person_id)
    for part in batches(ids):
        for row in work.session.execute(rows.where(LEAVE.c.id.in_(part))).mappings():
            yield Drawn(record="leave", **row)


def _keep(work: Work, sample: SpotSample, only: Staff | None, rows: Sequence[Drawn]) -> None:
    """Write the sample, and a finding still to be made for each record."""
    sample.person_id = only.id if only is not None else None
    work.insert(sample, sample.month, {"person": only.name} if only is not None else None)
    for row in rows:
        finding = SpotFinding(
            number=row.number,
            sample_id=sample.id,
            person_id=row.person_id,
            record=row.record,
            record_on=row.on,
            step_id=row.id if row.record == "work" else None,
            leave_id=row.id if row.record == "leave" else None,
        )
        shown = {"person": row.person, "issue": row.issue}
        work.insert(finding, row.number, {key: name for key, name in shown.items() if name})


def take_back(work: Work, month: str, person: str | None = None) -> bool:
    """Take back the newest sample of a month, of everybody or of one person alone; False if there is none.

    It stays in the audit. Refused once a finding was made, or if a later sample went on from it.
    """
    only = living_person(work, person).id if person is not None else None
    sample = _newest(work, month, SAMPLE.c.person_id == only)  # == None is `is null`
    if sample is None:
        return False
    rows = work.session.scalars(sa.select(SpotFinding).where(FINDING.c.sample_id == sample.id)).all()
    made = next((row.number for row in rows if row.finding is not None), None)
    if made is not None:
        raise Refused(
            "the sample stays: something was found about {number} already", clause=CLAUSE, number=made
        )
    later = sa.select(SAMPLE.c.month).where(SAMPLE.c.id > (sample.id or 0)).order_by(SAMPLE.c.id.desc())
    after = work.session.scalar(later.limit(1))
    if after is not None:
        raise Refused(
            "the sample of {month} was drawn later: take that one back first", clause=CLAUSE, month=after
        )
    for row in rows:
        work.remove(row, row.number)
    work.remove(sample, sample.month)
    return True
