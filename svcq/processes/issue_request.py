"""三: requests to development: checked against the norms before they get their number, and kept as they passed."""

import json
from collections.abc import Sequence
from dataclasses import fields
from datetime import date

from sqlmodel import col, select

from svcq.errors import Refused, SvcqError, Usage
from svcq.processes import issue as issues
from svcq.processes import issue_plan
from svcq.processes.work import Work, not_in_future
from svcq.rules import issue_norms as norms
from svcq.rules.issue_request import Attachment, Plan, Request
from svcq.rules.matching import tidy_number
from svcq.store.tables.customer import Customer
from svcq.store.tables.issue import Issue
from svcq.store.tables.issue_plan import IssueRequest
from svcq.store.tables.staff import Staff, StaffRole

DECIDERS = ("regional_manager", "division_manager")
"""The roles that rule where it is unclear whether there is a contract."""


class NormsFailed(Refused):
    """A request that does not meet the norms: one line for each that fails, in their order."""

    def __init__(self, failed: Sequence[norms.Norm]) -> None:
        """`failed`: at least one."""
        self.failed = tuple(failed)
        self._lines = tuple(
            Refused(
                "norm {number}, {key}: {why}", clause="三", number=norm.number, key=norm.field, why=norm.why
            )
            for norm in failed
        )
        super().__init__("{lines}", clause="", lines=self._lines)

    @property
    def lines(self) -> tuple[SvcqError, ...]:
        """Every norm on its own line."""
        return self._lines


def check(work: Work, number: str, request: Request, on: date | None = None) -> Issue:
    """The issue that the request is about, if the request meets every norm on that day (default: today).

    NormsFailed, naming each that fails; NotFound for the issue, refused if it is void.
    """
    issue = issues.living(work, number)
    day = on or work.today
    plan = issue_plan.known(work, request.plan) if request.plan else None
    failed = norms.failed(
        request,
        customer=work.session.get_one(Customer, issue.customer_id).name,
        plan=Plan(plan.number, plan.active, plan.completion_on, plan.release_on) if plan else None,
        on=day,
        managers=_deciders(work),
        least_description=int(work.book.on(day).settings["issue.description_least"]),
    )
    if failed:
        raise NormsFailed(failed)
    return issue


def _deciders(work: Work) -> list[str]:
    """The regional and division managers; those too who have left since: they ruled while they were there."""
    rows = select(Staff.name).join(StaffRole, col(StaffRole.staff_id) == col(Staff.id))
    rows = rows.where(col(StaffRole.role).in_(DECIDERS), col(Staff.void_on).is_(None))
    return list(work.session.exec(rows.distinct().order_by(Staff.name)))


def record(work: Work, number: str, request: Request, tracker: str, on: date | None = None) -> bool:
    """The request meets the norms and has its number in the tracker (issue.request); False if that is recorded.

    Refused as `check`, in the future, before the problem was reported, if the issue has another number or day
    (`edit` mends), or if the number belongs to another issue.
    """
    name = tidy_number(tracker)
    if not name:
        raise Usage("--number: the request's number in the tracker is missing")
    issue = issues.living(work, number)
    if on is None:
        on = issue.request_on if issue.request == name and issue.request_on else work.today
    not_in_future(work, on)
    check(work, number, request, on)
    _free(work, issue, name, on)
    body = _body(request)
    same = select(IssueRequest).where(IssueRequest.issue_id == issue.id, IssueRequest.number == name)
    kept = any(row.body == body for row in work.session.exec(same))
    if not kept:
        plan = issue_plan.find(work, request.plan)
        assert issue.id is not None
        assert plan.id is not None
        row = IssueRequest(issue_id=issue.id, number=name, plan_id=plan.id, checked_on=on, body=body)
        work.insert(row, issue.number, {"request": name, "plan": plan.number})
    return issues.edit(work, issue, {"request": name, "request_on": on}) or not kept


def _free(work: Work, issue: Issue, name: str, on: date) -> None:
    """Refuse a number that another issue has, or another number or day than the issue has already."""
    if issue.request not in (None, name):
        raise Refused(
            "issue {number} has the request {known}: `svcq issue edit {number} --request … --reason …` mends it",
            clause="三",
            number=issue.number,
            known=issue.request,
        )
    if issue.request == name and issue.request_on not in (None, on):
        raise Refused(
            "issue {number}: {known} is recorded already; `svcq issue edit {number} --reason …` mends it",
            number=issue.number,
            known=issue.request_on,
        )
    other = select(Issue.number).where(
        Issue.request == name, Issue.id != issue.id, col(Issue.void_on).is_(None)
    )
    taken = work.session.exec(other).first()
    if taken is not None:
        raise Refused(
            "the request {request} belongs to issue {number}: every problem has its own",
            clause="三",
            request=name,
            number=taken,
        )


def _body(request: Request) -> str:
    """What a request says, as JSON; what is not said is left out, attachments are named."""
    said: dict[str, object] = {}
    for field in fields(request):
        value = getattr(request, field.name)
        if value not in (None, "", ()):
            said[field.name] = [_named(one) for one in value] if isinstance(value, tuple) else value
    return json.dumps(said, ensure_ascii=False, default=str, sort_keys=True)


def _named(entry: Attachment | str) -> str:
    """An entry of a list as its file says it."""
    return entry.name if isinstance(entry, Attachment) else entry
