"""三.3: what a spot check found about the records that were drawn, and records that are missing."""

from datetime import date

from sqlmodel import col, select

from svcq.errors import N_, Refused, Usage
from svcq.processes.names import living_customer, living_person, unknown
from svcq.processes.numbering import following, neighbours
from svcq.processes.work import Work, not_in_future
from svcq.rules.issue_check import CLAUSE, FINDINGS, RECORDS
from svcq.rules.matching import tidy_number
from svcq.store.tables.issue_check import SpotFinding, SpotSample

FINDING = SpotFinding.__table__  # type: ignore[attr-defined]


def find(work: Work, number: str) -> SpotFinding:
    """The record of that number in a spot check; NotFound with near numbers."""
    name = tidy_number(number)
    found = work.session.exec(select(SpotFinding).where(SpotFinding.number == name)).first()
    if found is None:
        close = neighbours(work, FINDING.c.number, name)
        raise unknown(N_("{name} is no record of a spot check{near}"), number, close)
    return found


def judge(
    work: Work,
    number: str,
    finding: str,
    on: date | None = None,
    note: str | None = None,
    *,
    mend: bool = False,
) -> bool:
    """What a drawn record turned out to be (confirmed, wrong or missing), by default today; False if that is recorded.

    A note that is said is kept with it. Refused in the future, before the record was drawn, and if something else
    is recorded, unless that is to be mended.
    """
    if finding not in FINDINGS:
        raise Usage(
            "{finding} is no finding; one of {known}", finding=repr(finding), known=", ".join(FINDINGS)
        )
    row = find(work, number)
    day = on or (row.found_on if row.finding == finding and row.found_on else work.today)
    not_in_future(work, day)
    sample = work.session.get(SpotSample, row.sample_id) if row.sample_id is not None else None
    first = sample.drawn_on if sample else row.record_on
    if day < first:
        raise Refused("{on} is before it was drawn, {drawn}", clause=CLAUSE, on=day, drawn=first)
    if row.finding is not None and (row.finding, row.found_on) != (finding, day) and not mend:
        raise Refused(
            "{number}: a finding of {on} is recorded already; --reason changes it",
            clause=CLAUSE,
            number=row.number,
            on=row.found_on,
        )
    values: dict[str, object] = {"finding": finding, "found_on": day}
    if (row.finding, row.found_on) != (finding, day):
        values["found_by"] = work.actor
    if note is not None:
        values["note"] = note
    return work.change(row, row.number, values)


def miss(
    work: Work,
    person: str,
    record_on: date,
    note: str,
    *,
    customer: str | None = None,
    record: str = "work",
    on: date | None = None,
) -> SpotFinding | None:
    """A work or leave record of a person that should be there and is not; None if that is recorded already.

    `record_on`: of which day it is missing; `on`: when that was found, by default today. Refused in the future.
    """
    if record not in RECORDS:
        raise Usage("--record: {text} is none of {known}", text=repr(record), known=", ".join(RECORDS))
    staff = living_person(work, person)
    place = living_customer(work, customer) if customer else None
    day = on or work.today
    not_in_future(work, day)
    not_in_future(work, record_on)
    if day < record_on:
        raise Refused(
            "{on} is before the record that is missing, {record_on}",
            clause=CLAUSE,
            on=day,
            record_on=record_on,
        )
    same = select(SpotFinding).where(
        SpotFinding.person_id == staff.id,
        SpotFinding.record_on == record_on,
        SpotFinding.record == record,
        SpotFinding.note == note,
        col(SpotFinding.sample_id).is_(None),
    )
    place_id = place.id if place else None
    if any(row.customer_id == place_id for row in work.session.exec(same)):
        return None
    assert staff.id is not None
    row = SpotFinding(
        number=following(work, FINDING.c.number, f"{day:%Y-%m}-{{n:03d}}")(),
        person_id=staff.id,
        record=record,
        record_on=record_on,
        customer_id=place_id,
        finding="missing",
        found_on=day,
        found_by=work.actor,
        note=note,
    )
    work.insert(row, row.number, {"person": staff.name} | ({"customer": place.name} if place else {}))
    return row
