"""三: what the issues in the store oblige to: rows gathered into facts for the rules."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import sqlalchemy as sa
from sqlmodel import col

from svcq.processes.ledger_source import Owed, Source
from svcq.processes.work import Work
from svcq.rules import issue as rules
from svcq.rules.periods import first_month
from svcq.store.tables.issue import Issue, IssueEvent, IssueStep
from svcq.store.tables.issue_check import SpotCheck

ISSUE = Issue.__table__  # type: ignore[attr-defined]
STEP = IssueStep.__table__  # type: ignore[attr-defined]
EVENT = IssueEvent.__table__  # type: ignore[attr-defined]
CHECK = SpotCheck.__table__  # type: ignore[attr-defined]
ACTS = ("records_on", "leave_on", "list_asked_on", "reconciled_on")
"""What a spot check of a hospital consists of: it is done with the last of them."""
FACTS = ("number", "reported_on", "request_on", "tested_by_test_dept_on", "test_result_on", "passed_on")


def owed(work: Work, wanted: Sequence[str]) -> Iterable[Owed]:
    """What these issues oblige to; nothing if they are void."""
    for record_id, customer_id, issue in facts(work, ISSUE.c.number.in_(wanted) & ISSUE.c.void_on.is_(None)):
        for obligation in rules.obligations(issue, work.terms):
            yield Owed(obligation, record_id, customer_id, issue.reported_on)


def facts(work: Work, which: sa.ColumnElement[bool]) -> Iterator[tuple[int, int, rules.Issue]]:
    """The issues of that condition as the rules know them, with their ids and those of their customers."""
    rows = work.session.execute(
        sa.select(
            ISSUE.c.id,
            ISSUE.c.customer_id,
            ISSUE.c.priority,
            ISSUE.c.priority_on,
            *(ISSUE.c[name] for name in FACTS),
        ).where(which)
    ).all()
    ids = [row.id for row in rows]
    steps: dict[int, list[rules.Step]] = {}
    found = sa.select(STEP.c.issue_id, STEP.c.done_on, STEP.c.result).where(STEP.c.issue_id.in_(ids))
    for key, on, result in work.session.execute(found.order_by(STEP.c.done_on, STEP.c.id)):
        steps.setdefault(key, []).append(rules.Step(on, result))
    acts: dict[tuple[int, str], list[date]] = {}
    told = sa.select(EVENT.c.issue_id, EVENT.c.what, EVENT.c.done_on).where(EVENT.c.issue_id.in_(ids))
    for key, what, on in work.session.execute(told.order_by(EVENT.c.done_on, EVENT.c.id)):
        acts.setdefault((key, what), []).append(on)
    for row in rows:
        issue = rules.Issue(
            row.number,
            row.reported_on,
            tuple(steps.get(row.id, ())),
            tuple(acts.get((row.id, "close"), ())),
            tuple(acts.get((row.id, "reopen"), ())),
            tuple(acts.get((row.id, "urge"), ())),
            request_on=row.request_on,
            tested_on=row.tested_by_test_dept_on,
            priority_on=(row.priority_on or row.reported_on) if row.priority else None,
            test_result_on=row.test_result_on,
            passed_on=row.passed_on,
        )
        yield row.id, row.customer_id, issue


def periodic(work: Work, until: date) -> Iterable[Owed]:
    """issue.spot_check: every month from the first that counts."""
    first_record = work.session.scalar(
        sa.select(sa.func.min(ISSUE.c.reported_on)).where(col(Issue.void_on).is_(None))
    )
    first = first_month(first_record, work.live_from)
    if first is None:
        return []
    complete = sa.select(CHECK.c.month, sa.func.min(_latest(*(CHECK.c[name] for name in ACTS))))
    complete = complete.where(*(CHECK.c[name].is_not(None) for name in ACTS)).group_by(CHECK.c.month)
    done: dict[str, date] = {month: on for month, on in work.session.execute(complete)}
    return [Owed(o) for o in rules.spot_checks(first, until, done, work.terms)]


def _latest(first: sa.ColumnElement[date], *others: sa.ColumnElement[date]) -> sa.ColumnElement[date]:
    """SQL: the latest of days none of which is unknown; databases have no function in common that says so."""
    latest = first
    for other in others:
        latest = sa.case((other > latest, other), else_=latest)
    return latest


LEDGER = Source("issue", ISSUE.c.number, owed, rules.PERIODIC, periodic)
