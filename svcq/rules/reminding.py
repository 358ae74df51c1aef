"""Reminders: on which days somebody is to be reminded of an obligation, and when a manager hears of it too."""

from dataclasses import dataclass
from datetime import date, timedelta

from svcq.policy.model import Policy


@dataclass(frozen=True, slots=True)
class Pace:
    """How often somebody is reminded: `before` days ahead, on the due day, then each `every` days; 0: no more."""

    before: int
    every: int


def pace(policy: Policy, rule: str) -> Pace:
    """The pace of a rule: its own, else that of every rule."""
    own = policy.rules[rule]
    before, every = policy.settings["remind.before"], policy.settings["remind.every"]
    return Pace(
        int(before) if own.remind_before is None else own.remind_before,
        int(every) if own.remind_every is None else own.remind_every,
    )


def widest(policy: Policy) -> int:
    """The days ahead of which the first reminder of any rule goes out at most."""
    return max(pace(policy, rule).before for rule in policy.rules)


def newest_slot(due_on: date, pace: Pace, t: date, *, first_on: date | None = None) -> date | None:
    """The last day up to `t` on which a reminder was to go out; None if the first is still to come.

    `first_on`: when the first one goes out, if that does not follow from the due date; never after it.
    """
    if t < due_on:
        first = min(first_on, due_on) if first_on else _before(due_on, pace.before)
        return first if first <= t else None
    late = (t - due_on).days
    return due_on + timedelta(days=late - late % pace.every) if pace.every else due_on


def _before(day: date, days: int) -> date:
    return day - timedelta(days=days) if (day - date.min).days > days else date.min


def to_remind(slot: date | None, told_on: date | None) -> bool:
    """Whether a slot asks for a reminder, told of the same due date last on `told_on` (None: never).

    A day that was missed is made up for by the next one; nothing is told twice for the same slot.
    """
    return slot is not None and (told_on is None or told_on < slot)


def copied(due_on: date, t: date, after: int) -> bool:
    """Whether the manager gets a copy on day `t`: overdue by more than `after` days; 0: never."""
    return after > 0 and (t - due_on).days > after


def rests(policy: Policy, *, workday: bool) -> bool:
    """Whether nothing goes out on a day, `workday` or not."""
    return not workday and bool(policy.settings["remind.workdays_only"])
