"""一: hand-overs: what a hand-over's dates and decisions oblige whom to do, and which dates contradict each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from svcq.errors import N_, Phrase, Refused, SvcqError
from svcq.policy.model import Period
from svcq.rules.deadlines import due
from svcq.rules.obligation import Obligation, Terms, earliest, latest_if_all
from svcq.rules.workdays import Calendar

HANDED_IN = ("application_on", "worklog_on", "documents_on")
"""What has to be in before it can be decided: application, worklog, acceptance documents."""
DONE: Mapping[str, str] = {
    "application_on": N_("the application"),
    "worklog_on": N_("the worklog"),
    "documents_on": N_("the handing in of the documents"),
    "registered_on": N_("the registration"),
    "notice_on": N_("the service notice"),
    "receipt_on": N_("the receipt of the notice"),
}
"""What is recorded once, and how it is called."""
ACTS = ("accepted_on", *HANDED_IN, "registered_on", "notice_on", "receipt_on")
"""Dates on which something was done: never in the future, and unknown on an earlier day."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision (`eligible`, `not_eligible`) or a follow-up; those of one day stand in the order of their entry."""

    on: date
    decision: str | None = None
    expected_on: date | None = None
    noted: bool = False
    """Whether it says what was heard."""


@dataclass(frozen=True, slots=True)
class Handover:
    """What the rules need to know of a hand-over."""

    number: str
    accepted_on: date | None = None
    application_on: date | None = None
    worklog_on: date | None = None
    documents_on: date | None = None
    registered_on: date | None = None
    notice_on: date | None = None
    receipt_on: date | None = None
    missing: tuple[str, ...] = ()
    """What a complete registration needs and is not there (一.2)."""
    trail: tuple[Entry, ...] = ()
    """Decisions and follow-ups, oldest first."""


def obligations(handover: Handover, terms: Terms) -> list[Obligation]:
    """Every obligation that the hand-over's dates and decisions give rise to."""
    found: list[Obligation] = []
    number, trail = handover.number, handover.trail
    complete = latest_if_all(handover.application_on, handover.worklog_on, handover.documents_on)
    if handover.accepted_on:
        found.append(terms.owe("handover.apply", number, handover.accepted_on, complete))
    decided = [entry for entry in trail if entry.decision]
    if complete:
        first = decided[0].on if decided else None
        found.append(terms.owe("handover.decide", number, complete, first))
    found.extend(_follow_ups(handover, terms))
    eligible = eligible_on(trail)
    if eligible:
        lacking = "、".join(handover.missing) if handover.registered_on else ""
        registered = None if handover.missing else handover.registered_on
        found.append(terms.owe("handover.register", number, eligible, registered, note=lacking))
        found.append(terms.owe("handover.notice", number, eligible, handover.notice_on))
    if handover.notice_on:
        found.append(terms.owe("handover.receipt", number, handover.notice_on, handover.receipt_on))
    return found


def eligible_on(trail: Sequence[Entry]) -> date | None:
    """When the project was decided to be eligible, None if it was not."""
    return next((entry.on for entry in trail if entry.decision == "eligible"), None)


def _follow_ups(handover: Handover, terms: Terms) -> list[Obligation]:
    """handover.follow_up: from each expected day that was named to the next decision or the next expected day."""
    found: dict[date, Obligation] = {}
    trail = handover.trail
    for place, entry in enumerate(trail):
        if entry.decision == "eligible":
            break
        if entry.expected_on is None:
            continue
        met = next((later.on for later in trail[place + 1 :] if _answers(later)), None)
        owed = terms.owe("handover.follow_up", handover.number, entry.on, met, fixed=entry.expected_on)
        found[entry.on] = owed
    return list(found.values())


def _answers(entry: Entry) -> bool:
    """Whether an entry meets what was owed before it: decided again, or followed up with a day and a note."""
    return entry.decision is not None or (entry.expected_on is not None and entry.noted)


MANAGER = "account_manager"
"""The role in which the customer's holder counts where the hand-over has none."""
DECIDERS = ("regional_manager", "division_manager")
"""一.1: with whom a decision is confirmed."""


def fault(entry: Entry) -> tuple[str, Refused] | None:
    """What is wrong with an entry by itself: the key at fault and the refusal; None if nothing is (一.1.B)."""
    if entry.decision == "not_eligible" and entry.expected_on is None:
        return "expected_on", Refused(
            "a project that is not eligible needs the day on which it is expected to be", clause="一.1.B"
        )
    if entry.expected_on and entry.expected_on < entry.on:
        return "expected_on", Refused(
            "it cannot be expected on {expected}: that is before {on}",
            clause="一.1.B",
            expected=entry.expected_on,
            on=entry.on,
        )
    return None


def misplaced(entry: Entry, before: Sequence[Entry], after: Sequence[Entry]) -> Refused | None:
    """Why an entry cannot stand in the trail behind those `before` it and ahead of those `after` it; None if it can.

    An eligible decision is the last of all, but what was heard on its own day may be told later (一.1, 一.1.B).
    """
    eligible = eligible_on(before)
    if eligible and (entry.decision or eligible < entry.on):
        return Refused("the project is eligible since {on}", clause="一.1", on=eligible)
    if entry.decision == "eligible":
        later = next((one.on for one in after if one.on > entry.on), None)
        if later is None:
            return None
        return Refused(
            "it was not eligible yet on {later}: that is recorded already", clause="一.1", later=later
        )
    decided = any(one.decision for one in (*before, *after) if one.on <= entry.on)
    if entry.decision or decided:
        return None
    return Refused("it was not decided by {on} that it is not eligible", clause="一.1.B", on=entry.on)


@dataclass(frozen=True, slots=True)
class Free:
    """一.1.A: what free maintenance rests on, and its first and last day."""

    accepted_on: date | None = None
    free_from: date | None = None
    free_until: date | None = None

    def filled(self, months: int) -> "Free":
        """With what nobody said: from the acceptance on, for so many months, never rolled."""
        start, end = self.free_from or self.accepted_on, self.free_until
        if end is None and start is not None:
            end = due(start, Period(months, "months", roll=False), Calendar("none")).due
        return Free(self.accepted_on, start, end)

    def mended(self, said: Mapping[str, object], months: int) -> "Free":
        """After the keys of `said` were mended: what had been worked out moves along, what was said stays."""
        usual = replace(self, free_until=None).filled(months)
        after = replace(self, **said)  # type: ignore[arg-type]
        if "free_from" not in said and self.free_from in (None, self.accepted_on):
            after = replace(after, free_from=after.accepted_on)
        if "free_until" not in said and self.free_until in (None, usual.free_until):
            after = replace(after, free_until=None).filled(months)
        return after


COMPLETE: Mapping[str, str] = {
    "project": N_("project name"),
    "project_number": N_("project number"),
    "modules": N_("modules"),
    "application_on": N_("date of the application"),
    "free_from": N_("start of free maintenance"),
    "free_until": N_("end of free maintenance"),
    "decided_on": N_("date of the decision"),
    "project_manager": N_("project manager"),
    "account_manager": N_("account manager"),
    "customer_status": N_("customer status in the tracking table"),
}
"""一.2: what a complete registration has, and how each is called."""


def missing(values: Mapping[str, object]) -> tuple[str, ...]:
    """What a complete registration lacks, by field."""
    return tuple(key for key in COMPLETE if values.get(key) in (None, ""))


ORDER: tuple[tuple[str, str, str, SvcqError], ...] = (
    ("free_from", "free_until", "一.1.A", Phrase("free maintenance ends before it starts")),
    ("notice_on", "receipt_on", "一.3", Phrase("the notice was confirmed before it was sent")),
)
"""Pairs of dates that must not stand the other way round, the clause, and what it means when they do."""


def contradiction(dates: Mapping[str, date | None]) -> tuple[str, SvcqError] | None:
    """The first pair of dates that contradict each other: the key of the later one, and the refusal; or None."""
    for before, after, clause, why in ORDER:
        a, b = dates.get(before), dates.get(after)
        if a and b and b < a:
            return after, Refused(
                "{why}: {later} is before {earlier}", clause=clause, why=why, later=b, earlier=a
            )
    return None


def undecidable(dates: Mapping[str, date | None], on: date) -> Refused | None:
    """Why nothing can be decided on that day: what is not handed in by then; None if all is in (一.1)."""
    absent = [key for key in HANDED_IN if (day := dates.get(key)) is None or day > on]
    if not absent:
        return None
    names = tuple(Phrase(NAMES[key]) for key in absent)
    return Refused("nothing can be decided on {on}: {missing}", clause="一.1", on=on, missing=names)


NAMES: Mapping[str, str] = {
    "application_on": N_("the application is not in"),
    "worklog_on": N_("the worklog is not in"),
    "documents_on": N_("the acceptance documents are not in"),
}
"""What is said of a part that was not handed in."""


def first_date(dates: Mapping[str, date | None], today: date) -> date | None:
    """The record's first date: its first act; None if nothing has happened yet."""
    first = earliest(*(dates.get(key) for key in ACTS))
    return first if first is not None and first <= today else None
