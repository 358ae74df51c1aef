"""三: many steps written at once, against those of the store; and closings that steps explain."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select, update

from svcq.processes.issue_bulk import drop_acts
from svcq.processes.issue_owed import facts
from svcq.processes.work import Work
from svcq.rules import issue as rules
from svcq.store.batches import batches
from svcq.store.bulk import insert_rows
from svcq.store.tables.issue import Issue, IssueEvent, IssueStep

ISSUE = Issue.__table__  # type: ignore[attr-defined]
STEP = IssueStep.__table__  # type: ignore[attr-defined]
EVENT = IssueEvent.__table__  # type: ignore[attr-defined]

Key = tuple[int, date, int | None, str | None]
"""Issue, day, person and words: steps that have these in common are told apart by their order alone."""


@dataclass(frozen=True, slots=True)
class Home:
    """An issue to which steps belong."""

    id: int
    number: str
    reported_on: date
    is_void: bool


@dataclass(frozen=True, slots=True)
class Fresh:
    """A step to be written."""

    home: Home
    on: date
    person: tuple[int, str] | None
    """Id and name."""
    what: str | None
    result: str | None


@dataclass(frozen=True, slots=True)
class Mended:
    """A step of the store with another result."""

    home: Home
    id: int
    before: str | None
    after: str | None


def homes(work: Work, numbers: Iterable[str]) -> dict[str, Home]:
    """The issues of these numbers."""
    found: dict[str, Home] = {}
    columns = (ISSUE.c.id, ISSUE.c.number, ISSUE.c.reported_on, ISSUE.c.void_on)
    for part in batches(numbers):
        for key, number, reported_on, void_on in work.session.execute(
            select(*columns).where(ISSUE.c.number.in_(part))
        ):
            found[number] = Home(key, number, reported_on, void_on is not None)
    return found


def kept(work: Work, ids: Iterable[int]) -> dict[Key, deque[tuple[int, str | None]]]:
    """The steps of these issues: by what they have in common their ids and results, in the order of entry."""
    found: dict[Key, deque[tuple[int, str | None]]] = {}
    columns = (STEP.c.id, STEP.c.issue_id, STEP.c.done_on, STEP.c.person_id, STEP.c.what, STEP.c.result)
    for part in batches(ids):
        rows = select(*columns).where(STEP.c.issue_id.in_(part)).order_by(STEP.c.id)
        for key, issue_id, on, person_id, what, result in work.session.execute(rows):
            found.setdefault((issue_id, on, person_id, what), deque()).append((key, result))
    return found


def write(work: Work, fresh: Sequence[Fresh], mended: Sequence[Mended]) -> None:
    """Write new steps in the order given, and other results of known ones, each with its row in the audit."""
    names = ("issue_id", "done_on", "person_id", "what", "result")
    insert_rows(
        work.session,
        STEP,
        names,
        [(one.home.id, one.on, one.person and one.person[0], one.what, one.result) for one in fresh],
    )
    for one in fresh:
        whole: dict[str, Any] = {"done_on": one.on, "what": one.what, "result": one.result}
        whole["person"] = one.person and one.person[1]
        told = {key: value for key, value in whole.items() if value is not None}
        work.log("issue_step", one.home.number, "insert", told)
    if mended:
        statement = update(STEP).where(STEP.c.id == bindparam("the_id")).values(result=bindparam("after"))
        rows = [{"the_id": one.id, "after": one.after} for one in mended]
        work.session.connection().execute(statement, rows)
    for step in mended:
        work.log("issue_step", step.home.number, "update", {"result": (step.before, step.after)})
    changed: list[Fresh | Mended] = [*fresh, *mended]
    touched = {step.home.number: step.home.id for step in changed}
    _drop_explained(work, list(touched.values()))
    work.touch("issue", *touched)


def _drop_explained(work: Work, ids: Sequence[int]) -> None:
    """Take out closings that a file told to have happened by themselves, now that steps close the issue on that day."""
    told: dict[int, list[tuple[int, date]]] = {}
    for part in batches(ids):
        by_itself = (EVENT.c.what == "close") & (EVENT.c.by_name == rules.AUTO)
        rows = select(EVENT.c.id, EVENT.c.issue_id, EVENT.c.done_on)
        for key, issue_id, on in work.session.execute(rows.where(by_itself, EVENT.c.issue_id.in_(part))):
            told.setdefault(issue_id, []).append((key, on))
    gone: list[int] = []
    for part in batches(told):
        for issue_id, _customer, issue in facts(work, ISSUE.c.id.in_(part)):
            days = {on for _, on in told[issue_id]}
            by_hand = tuple(on for on in issue.closings if on not in days)
            closings = rules.closings(replace(issue, closings=by_hand))
            explained = {one.on for one in closings if not one.by_hand}
            for key, on in told[issue_id]:
                if on in explained:
                    gone.append(key)
                    work.log("issue", issue.number, "update", {"closed_on": (on, None)})
    drop_acts(work, gone)
