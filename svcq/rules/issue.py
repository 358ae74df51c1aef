"""三: issues: when a problem is closed and open again, and what its dates oblige whom to do."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from svcq.rules.obligation import Obligation, Terms, earliest
from svcq.rules.periods import months

DAY = timedelta(days=1)
PERIODIC = ("issue.spot_check",)
SOLVED = "solved"
OPEN_RESULTS = ("watch", "to_dev", "to_check")
RESULTS = (SOLVED, *OPEN_RESULTS)
AUTO = "auto"
"""Who closed an issue that closed by itself."""


@dataclass(frozen=True, slots=True)
class Step:
    """A piece of work; those of one day stand in the order of their entry."""

    on: date
    result: str | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """What the rules need to know of an issue."""

    number: str
    reported_on: date
    steps: tuple[Step, ...] = ()
    """Oldest first."""
    closings: tuple[date, ...] = ()
    """When it was closed by hand."""
    reopenings: tuple[date, ...] = ()
    """When it was reopened by command."""
    urges: tuple[date, ...] = ()
    """When the engineer was reminded to close it."""
    request_on: date | None = None
    tested_on: date | None = None
    """When it was handed to the test department."""
    priority_on: date | None = None
    """From when it is flagged priority; `reported_on` where only the flag is known. None: it is not."""
    test_result_on: date | None = None
    passed_on: date | None = None

    @property
    def acts(self) -> tuple[date, ...]:
        """The days on which it was worked on, closed by hand or reopened by command."""
        return (*(step.on for step in self.steps), *self.closings, *self.reopenings)


@dataclass(frozen=True, slots=True)
class Closing:
    """A time during which an issue was closed."""

    on: date
    by_hand: bool
    reopened_on: date | None = None
    """None: it is closed to this day."""


def closings(issue: Issue) -> list[Closing]:
    """When the issue was closed, and until when, in order.

    The order of a day: an automatic closing, a reopening by command, the steps, a closing by hand, and then a
    reopening by command of that; several of a day take turns. What happens on a day depends on nothing later, so a
    past day is told the same.
    """
    found: list[Closing] = []
    solved: date | None = None  # since when the newest result is `solved` and it has not closed by that yet
    is_closed = False

    def close(on: date, by_hand: bool) -> None:
        nonlocal is_closed, solved
        found.append(Closing(on, by_hand))
        is_closed, solved = True, None

    def reopen(on: date) -> None:
        nonlocal is_closed
        found[-1] = replace(found[-1], reopened_on=on)
        is_closed = False

    results: dict[date, list[str]] = {}
    for step in issue.steps:
        if step.result:
            results.setdefault(step.on, []).append(step.result)
    by_hand, by_command = Counter(issue.closings), Counter(issue.reopenings)
    for day in sorted({*results, *by_hand, *by_command}):
        if solved and day > solved:
            close(solved + DAY, by_hand=False)
        waiting = by_command[day]
        if waiting and is_closed:
            reopen(day)
            waiting -= 1
        for result in results.get(day, ()):
            if is_closed and result == SOLVED:
                continue
            if is_closed:
                reopen(day)
            solved = day if result == SOLVED else None
        for _ in range(0 if is_closed else by_hand[day]):
            close(day, by_hand=True)
            if not waiting:
                break
            reopen(day)
            waiting -= 1
    if solved:
        close(solved + DAY, by_hand=False)
    return found


def standing(issue: Issue, day: date) -> Closing | None:
    """The closing that holds at the end of a day; None if the issue is open then."""
    return next((one for one in closings(issue) if one.on <= day < (one.reopened_on or date.max)), None)


def needs_reason(issue: Issue, day: date) -> bool:
    """Whether closing it by hand on a day needs a reason: the newest result up to then leaves something open."""
    newest = next((step.result for step in reversed(issue.steps) if step.result and step.on <= day), None)
    return newest in OPEN_RESULTS


def obligations(issue: Issue, terms: Terms) -> list[Obligation]:
    """Every obligation that the issue's dates give rise to, those born by time alone included.

    A closing that is soon taken back did not count (setting issue.reopen_days). Until it was taken back it did: such
    an obligation comes once for each answer, with the days on which that stands.
    """
    closed = closings(issue)
    found: list[Obligation] = []
    urges: dict[date, tuple[Obligation, list[Answer]]] = {}
    for start, answers in _spells(issue.reported_on, closed, terms):
        owed = terms.owe("issue.close", issue.number, start, None)
        found += _versions(owed, answers)
        lead = terms.lead_before("issue.urge", owed.due_on)
        urged = earliest(*(day for day in issue.urges if start == issue.reported_on or day >= start))
        urge = terms.owe("issue.urge", issue.number, lead, None, fixed=owed.due_on)
        before = (
            urges[lead][1] if lead in urges else []
        )  # two that start on one day: the later one from its day on
        answered = [(earliest(urged, on), first, last) for on, first, last in answers]
        urges[lead] = urge, [*_ended(before, start), *answered]
    for urge, answers in urges.values():
        found += _versions(urge, answers)
    found += _follow_ups(issue, closed, terms)
    handed = sorted({step.on for step in issue.steps if step.result == "to_dev"})
    found += [terms.owe("issue.request", issue.number, day, issue.request_on) for day in handed]
    found += _feedback(issue, terms)
    return found


Answer = tuple[date | None, date | None, date | None]
"""When it was met, and the first and last day on which that is the answer (None: no such bound)."""


def _taken_back(closing: Closing, terms: Terms) -> date | None:
    """The day on which it turned out that a closing did not count; None if it does."""
    if (again := closing.reopened_on) is None:
        return None
    most = int(terms.book.on(closing.on).settings["issue.reopen_days"])
    return again if (again - closing.on).days <= most else None


def _spells(
    reported_on: date, closed: Sequence[Closing], terms: Terms
) -> Iterable[tuple[date, list[Answer]]]:
    """Each issue.close: its start, and the closings that met it as they stood on which days."""
    start, since = reported_on, None
    answers: list[Answer] = []
    for closing in closed:
        if again := _taken_back(closing, terms):
            answers.append((closing.on, since, again - DAY))
            since = again
        elif closing.reopened_on is None:
            answers.append((closing.on, since, None))
        else:
            yield start, [*answers, (closing.on, since, None)]
            start, since, answers = closing.reopened_on, closing.reopened_on, []
    if not closed or closed[-1].reopened_on is not None:
        answers.append((None, since, None))
    yield start, answers


def _ended(answers: Iterable[Answer], on: date) -> list[Answer]:
    """The answers as far as they stood before a day."""
    last = on - DAY
    return [
        (met, first, min(until or last, last)) for met, first, until in answers if not first or first < on
    ]


def _versions(owed: Obligation, answers: Iterable[Answer]) -> list[Obligation]:
    """The obligation once for each answer after its start; answers that follow each other and are alike are one."""
    merged: list[Answer] = []
    for on, first, last in answers:
        if last is not None and last < max(owed.starts_on, first or owed.starts_on):
            continue
        if merged and merged[-1][0] == on:
            merged[-1] = (on, merged[-1][1], last)
        else:
            merged.append((on, first, last))
    return [replace(owed, met_on=on, known_from=first, known_until=last) for on, first, last in merged]


def _follow_ups(issue: Issue, closed: Sequence[Closing], terms: Terms) -> Iterable[Obligation]:
    """issue.follow_up: after a step that leaves something to be done, another step or a closing that counts."""
    last_of_day = {
        step.on: place for place, step in enumerate(issue.steps) if step.result and step.result != SOLVED
    }
    for day, place in last_of_day.items():
        later = issue.steps[place + 1].on if place + 1 < len(issue.steps) else None
        answers: list[Answer] = []
        since = None
        for closing in closed:
            if closing.on < day or (later and closing.on >= later):
                continue
            again = _taken_back(closing, terms)
            if again is None:
                answers.append((closing.on, since, None))
                break
            answers.append((closing.on, since, again - DAY))
            since = again
        else:
            answers.append((later, since, None))
        yield from _versions(terms.owe("issue.follow_up", issue.number, day, None), answers)


def _feedback(issue: Issue, terms: Terms) -> Iterable[Obligation]:
    """issue.feedback: a test result of what was handed to the test department, or has priority, goes back."""
    if issue.test_result_on is None:
        return
    if (flagged := earliest(issue.tested_on, issue.priority_on)) is None:
        return
    owed = terms.owe("issue.feedback", issue.number, issue.test_result_on, issue.passed_on)
    yield replace(owed, known_from=flagged) if flagged > issue.test_result_on else owed


def spot_checks(first: date, until: date, done: Mapping[str, date], terms: Terms) -> list[Obligation]:
    """issue.spot_check for every month from that of `first` to that of `until`.

    `done`: month (`2026-10`) -> the day on which the first complete check of it was complete.
    """
    return [
        terms.owe("issue.spot_check", month.name, month.first, done.get(month.name), fixed=month.last)
        for month in months(first, until)
    ]
