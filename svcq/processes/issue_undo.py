"""三: what was recorded of an issue by mistake is struck out: a step, a closing by hand, a reopening, an urge."""

from datetime import date

from sqlmodel import col, select

from svcq.errors import Refused, Usage
from svcq.processes.issue import living
from svcq.processes.names import person
from svcq.processes.work import Work
from svcq.store.tables.issue import Issue, IssueEvent, IssueStep
from svcq.store.tables.issue_check import SpotFinding
from svcq.store.tables.staff import Staff


def undo(work: Work, number: str, act: str, on: date, by: str | None = None, what: str | None = None) -> bool:
    """Strike out an act of a day; it stays in the audit. False if there is none.

    `act`: step, close, reopen or urge; of several alike the last one. Usage if unlike ones fit: `by` and `what` (of
    a step) choose. Refused for a step that was drawn for a spot check.
    """
    issue = living(work, number)
    if act == "step":
        return _strike_step(work, issue, on, by, what)
    events = select(IssueEvent).where(
        IssueEvent.issue_id == issue.id, IssueEvent.what == act, IssueEvent.done_on == on
    )
    if by is not None:
        events = events.where(IssueEvent.by_name == by)
    rows = work.session.exec(events.order_by(col(IssueEvent.id))).all()
    if len({row.by_name for row in rows}) > 1:
        raise _several(issue, on)
    return _strike(work, issue, rows[-1] if rows else None)


def _strike_step(work: Work, issue: Issue, on: date, by: str | None, what: str | None) -> bool:
    steps = select(IssueStep).where(IssueStep.issue_id == issue.id, IssueStep.done_on == on)
    if by is not None:
        steps = steps.where(IssueStep.person_id == person(work, by).id)
    if what is not None:
        steps = steps.where(IssueStep.what == what.strip())
    rows = work.session.exec(steps.order_by(col(IssueStep.id))).all()
    if len({(row.person_id, row.what, row.result) for row in rows}) > 1:
        raise _several(issue, on)
    row = rows[-1] if rows else None
    if row is None:
        return False
    drawn = select(SpotFinding.number).where(SpotFinding.step_id == row.id)
    finding = work.session.exec(drawn).first()
    if finding is not None:
        raise Refused(
            "the step of {on} was drawn for a spot check, {finding}: it stays",
            clause="三.3",
            on=on,
            finding=finding,
        )
    who = work.session.get(Staff, row.person_id) if row.person_id else None
    return _strike(work, issue, row, {"person": who.name} if who else {})


def _strike(
    work: Work, issue: Issue, row: IssueStep | IssueEvent | None, shown: dict[str, object] | None = None
) -> bool:
    if row is None:
        return False
    work.remove(row, issue.number, shown)
    work.touch("issue", issue.number)
    return True


def _several(issue: Issue, on: date) -> Usage:
    return Usage("issue {number} has several of {on}: choose with --by or --what", number=issue.number, on=on)
