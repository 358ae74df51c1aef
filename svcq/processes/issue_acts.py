"""三: what happens to an issue: a step, a closing by hand, a reopening, an urge, a test result."""

from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import col, select

from svcq.errors import Refused, SvcqError, Usage
from svcq.processes.issue import done_by_now, edit, known, living, present
from svcq.processes.work import Work
from svcq.rules import issue as rules
from svcq.rules import issue_dates as dates
from svcq.rules.obligation import DAY, Obligation
from svcq.store.tables.issue import Issue, IssueEvent, IssueStep


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an act."""

    number: str
    """The issue's."""
    changed: bool = True
    """False: exactly that is recorded already."""
    closes_on: date | None = None
    """The day on which the issue closes by itself because of that day's work."""
    reopened: rules.Closing | None = None
    """The closing that the act put an end to."""
    owed: tuple[Obligation, ...] = ()
    """What is still to be done: to close it, and what began with that day's work."""

    def due(self, rule: str) -> date | None:
        """By when that is to be done; None if it is not."""
        return next((one.due_on for one in reversed(self.owed) if one.rule == rule), None)

    @property
    def counts(self) -> bool:
        """Whether the closing that came to its end counts all the same: the closing is owed anew from then on."""
        again = self.reopened and self.reopened.reopened_on
        return any(one.rule == "issue.close" and one.starts_on == again for one in self.owed)


def outcome(work: Work, issue: Issue, before: rules.Issue, on: date) -> Done:
    """What came of an act of that day, which is recorded by now; the issue's obligations will be computed anew."""
    work.touch("issue", issue.number)
    after = known(work, issue)
    former, closed = rules.closings(before), rules.closings(after)
    ended = next((one for one in closed if one.reopened_on == on and one not in former), None)
    last = closed[-1] if closed else None
    by_itself = last is not None and last == rules.Closing(on + DAY, by_hand=False)
    unmet = [one for one in rules.obligations(after, work.terms) if one.met_on is None]
    owed = tuple(one for one in unmet if one.starts_on == on or one.rule == "issue.close")
    return Done(issue.number, True, on + DAY if by_itself else None, ended, owed)


def step(
    work: Work, number: str, on: date, by: str, what: str, result: str | None, *, force: bool = False
) -> Done:
    """A piece of work on an issue. Nothing if the very same is recorded already.

    Refused for a result that there is not, before the report, in the future unless forced, and for somebody who had
    left by then.
    """
    if result is not None and result not in rules.RESULTS:
        raise Refused(
            "--result: {text} is none of {results}",
            clause="三",
            text=repr(result),
            results=", ".join(rules.RESULTS),
        )
    text = what.strip()
    if not text:
        raise Usage("--what: say what was done", clause="三")
    issue = living(work, number)
    person = present(work, by, on)
    if fault := dates.too_early(issue.reported_on, on):
        raise fault
    done_by_now(work, on, force=force)
    same = select(IssueStep.id).where(
        IssueStep.issue_id == issue.id,
        IssueStep.done_on == on,
        IssueStep.person_id == person.id,
        IssueStep.what == text,
        IssueStep.result == result,
    )
    if work.session.exec(same).first() is not None:
        return Done(issue.number, changed=False)
    assert issue.id is not None
    before = known(work, issue)
    row = IssueStep(issue_id=issue.id, done_on=on, person_id=person.id, what=text, result=result)
    work.insert(row, issue.number, {"person": person.name})
    return outcome(work, issue, before, on)


def close(work: Work, number: str, on: date, by: str, reason: str | None, *, force: bool = False) -> Done:
    """An issue is closed by hand. Refused if it is closed already, on whatever day and for whatever reason, if
    something was done about it later, or if a reopening of that day has the last word.

    Usage if no reason is given though the newest result leaves something open.
    """
    issue = living(work, number)
    before = known(work, issue)
    if fault := dates.contradiction({"reported_on": issue.reported_on, "closed_on": on}):
        raise fault[1]
    done_by_now(work, on, force=force)
    if closing := rules.standing(before, on):
        raise closed_already(work, issue, closing)
    last = max(before.acts, default=on)
    # a reopening of that day that found it open, because of a step told of later, would take the closing back
    holds = rules.standing(replace(before, closings=(*before.closings, on)), on) is not None
    if last > on or not holds:
        raise Refused(
            "issue {number} cannot be closed on {on}: it was worked on, closed or reopened on {last}",
            clause="三",
            number=issue.number,
            on=on,
            last=last,
        )
    if rules.needs_reason(before, on) and not _words(reason):
        raise Usage(
            "--reason: the newest step of issue {number} left something open: say why it is closed",
            clause="三",
            number=issue.number,
        )
    _log(work, issue, "close", on, by, reason)
    return outcome(work, issue, before, on)


def closed_already(work: Work, issue: Issue, closing: rules.Closing) -> SvcqError:
    """The refusal of an act on an issue that is closed, with when and by whom."""
    if not closing.by_hand:
        return Refused(
            "issue {number} closed by itself on {on}", clause="三", number=issue.number, on=closing.on
        )
    events = _events(work, issue, "close", closing.on)
    name = next((row.by_name for row in reversed(events) if row.by_name), None)
    if name is None:
        return Refused("issue {number} was closed on {on}", clause="三", number=issue.number, on=closing.on)
    return Refused(
        "issue {number} was closed on {on} by {name}",
        clause="三",
        number=issue.number,
        on=closing.on,
        name=name,
    )


def reopen(work: Work, number: str, on: date, by: str, reason: str, *, force: bool = False) -> Done:
    """An issue that is closed on that day is open again from it on; refused if it is open.

    Nothing if the same person reopened it on that day already, for no other reason.
    """
    issue = living(work, number)
    before = known(work, issue)
    done_by_now(work, on, force=force)
    if rules.standing(before, on) is None:
        if _told(work, issue, on, by, reason):
            return Done(issue.number, changed=False)
        raise Refused("issue {number} is not closed on {on}", clause="三", number=issue.number, on=on)
    _log(work, issue, "reopen", on, by, reason)
    return outcome(work, issue, before, on)


def urge(work: Work, number: str, on: date, by: str, *, force: bool = False) -> Done:
    """三.7: the engineer was reminded to close the issue. Refused if it was closed before that day."""
    issue = living(work, number)
    if fault := dates.too_early(issue.reported_on, on):
        raise fault
    done_by_now(work, on, force=force)
    before = known(work, issue)
    if _events(work, issue, "urge", on):
        return Done(issue.number, changed=False)
    closing = rules.standing(before, on)
    if closing and closing.on < on:
        raise closed_already(work, issue, closing)
    _log(work, issue, "urge", on, by, None)
    return outcome(work, issue, before, on)


def receive_result(
    work: Work, number: str, on: date, to_test: date | None, passed: date | None, *, force: bool = False
) -> Done:
    """三.6: the test department's result is there; when it was handed to it, and when the engineer was told.

    Refused on another day than the recorded one (`edit` mends), and if it was passed on before it was there.
    """
    issue = living(work, number)
    said = {"test_result_on": on, "tested_by_test_dept_on": to_test, "passed_on": passed}
    said = {key: day for key, day in said.items() if day is not None}
    for key, day in said.items():
        recorded = getattr(issue, key)
        if recorded not in (None, day):
            raise Refused(
                "issue {number}: {known} is recorded already; `svcq issue edit {number} --reason …` mends it",
                clause="三.6",
                number=issue.number,
                known=recorded,
            )
    before = known(work, issue)
    if not edit(work, issue, said, force=force):
        return Done(issue.number, changed=False)
    return outcome(work, issue, before, on)


def _log(work: Work, issue: Issue, what: str, on: date, by: str, reason: str | None) -> None:
    assert issue.id is not None
    text = _words(reason)
    row = IssueEvent(issue_id=issue.id, what=what, done_on=on, by_name=by, reason=text)
    work.insert(row, issue.number)


def _events(work: Work, issue: Issue, what: str, on: date) -> list[IssueEvent]:
    """What is recorded of that kind and day, in the order of entry."""
    rows = select(IssueEvent).where(
        IssueEvent.issue_id == issue.id, IssueEvent.what == what, IssueEvent.done_on == on
    )
    return list(work.session.exec(rows.order_by(col(IssueEvent.id))))


def _words(reason: str | None) -> str | None:
    return (reason or "").strip() or None


def _told(work: Work, issue: Issue, on: date, by: str, reason: str | None) -> bool:
    """Whether the newest reopening of that day is that person's, and the reason, if one is said, is its own."""
    newest = next(reversed(_events(work, issue, "reopen", on)), None)
    return newest is not None and newest.by_name == by and _words(reason) in (None, newest.reason)
