"""三.1: the training of new people and the exams after it; the first exam that is passed lets them work."""

from datetime import date

from sqlmodel import col, select

from svcq.errors import Refused
from svcq.processes.names import living_person
from svcq.processes.staff import edit
from svcq.processes.work import Work, not_in_future
from svcq.store.tables.staff import Exam, Staff


def train(work: Work, name: str, on: date) -> bool:
    """The training was held on a day; False if exactly that is recorded already.

    Refused on another day than the recorded one (`edit` mends), in the future, or after the exam.
    """
    staff = living_person(work, name)
    if staff.trained_on == on:
        return False
    if staff.trained_on is not None:
        raise Refused(
            "{name}: {known} is recorded already; `svcq staff edit {name} --trained DATE --reason …` mends it",
            name=staff.name,
            known=staff.trained_on,
        )
    return edit(work, staff.name, {"trained_on": on}, None)


def examine(work: Work, name: str, on: date, passed: bool, note: str | None = None) -> bool:
    """An exam was taken; False if it is recorded already. The first one that was passed is the person's certified_on.

    Refused before the training (三.1) and in the future.
    """
    staff = living_person(work, name)
    not_in_future(work, on)
    if staff.trained_on is None or on < staff.trained_on:
        raise Refused(
            "{name} was not trained by {on}: the training comes first, `svcq staff train {name} --on DATE`",
            clause="三.1",
            name=staff.name,
            on=on,
        )
    same = [row for row in exams(work, staff) if row.taken_on == on and row.passed == passed]
    if not same:
        assert staff.id is not None
        work.insert(Exam(person_id=staff.id, taken_on=on, passed=passed, note=note), staff.name)
    return _certify(work, staff, on if passed else None) or not same


def strike(work: Work, name: str, on: date, passed: bool) -> bool:
    """Strike out an exam that was recorded by mistake; it stays in the audit. False if there is none of that day."""
    staff = living_person(work, name)
    rows = [row for row in exams(work, staff) if row.taken_on == on and row.passed == passed]
    for row in rows:
        work.remove(row, staff.name)
    if rows and passed and staff.certified_on == on:
        others = [row.taken_on for row in exams(work, staff) if row.passed]
        edit(work, staff.name, {"certified_on": min(others, default=None)}, None)
    return bool(rows)


def _certify(work: Work, staff: Staff, on: date | None) -> bool:
    """Let an exam that was passed count, if it is the first; False if it changes nothing."""
    if on is None or (staff.certified_on is not None and staff.certified_on <= on):
        return False
    return edit(work, staff.name, {"certified_on": on}, None)


def exams(work: Work, staff: Staff) -> list[Exam]:
    """The exams of a person, oldest first."""
    rows = select(Exam).where(Exam.person_id == staff.id).order_by(col(Exam.taken_on), col(Exam.id))
    return list(work.session.exec(rows))
