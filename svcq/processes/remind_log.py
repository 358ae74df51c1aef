"""Ticking off: a call that QC made, or somebody who was told of an obligation by other means than svcq's mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from svcq.errors import NotFound, Refused, Usage
from svcq.processes import contract
from svcq.processes.remind import OPEN
from svcq.processes.remind_due import ASK
from svcq.processes.remind_post import follow
from svcq.processes.work import Work, not_in_future
from svcq.rules.matching import near, tidy_number
from svcq.store.tables.ledger import ObligationRow
from svcq.store.tables.remind import Reminder

CHANNELS = ("phone", "email")


@dataclass(frozen=True, slots=True)
class Logged:
    """What was ticked off."""

    number: str
    channel: str
    changed: bool


def log(
    work: Work, rule: str, number: str, on: date, channel: str | None = None, starts_on: date | None = None
) -> Logged:
    """Somebody was told of an obligation on a day: by phone where QC owes a call, else by mail or word of mouth.

    Refused in the future, before it started, and by phone for a rule that asks for no call. NotFound, Usage as
    `svcq waive`.
    """
    owed = _named(work, rule, number, starts_on)
    by = channel or ("phone" if rule == ASK else "email")
    if by == "phone" and rule != ASK:
        raise Refused(
            "{rule} asks for no call: say --channel email, or what was done with its own command",
            clause=owed.clause,
            rule=rule,
        )
    not_in_future(work, on)
    if on < owed.starts_on:
        raise Refused("{rule} starts on {start}", clause=owed.clause, rule=rule, start=owed.starts_on)
    row = _row(work, owed, by, on)
    if row.state in ("called", "sent") and row.done_on == on:
        return Logged(owed.number, by, changed=False)
    if by == "phone":
        contract.set_date(work, owed.number, "reminded_phone_on", on)
    else:
        follow(work, rule, owed.number, on)
    before = row.done_on
    row.state, row.done_on, row.by_name = "called" if by == "phone" else "sent", on, work.actor
    row.day = on if by == "email" else row.day
    row.mail_id = None if by == "email" else row.mail_id
    work.session.add(row)
    work.session.flush()
    work.log(
        "reminder",
        owed.number,
        "update",
        {"rule": (None, rule), "channel": (None, by), "done_on": (before, on)},
    )
    return Logged(owed.number, by, changed=True)


def _row(work: Work, owed: ObligationRow, channel: str, on: date) -> Reminder:
    """The reminder that is waiting or was ticked off on that day, else a new one."""
    rows = select(Reminder).where(
        Reminder.number == owed.number,
        Reminder.rule == owed.rule,
        Reminder.starts_on == owed.starts_on,
        Reminder.due_on == owed.due_on,
        Reminder.channel == channel,
        col(Reminder.state).in_((*OPEN, "to_call")) | (Reminder.done_on == on),
    )
    found = work.session.exec(rows.order_by(col(Reminder.id).desc())).first()
    return found or Reminder(
        rule=owed.rule,
        number=owed.number,
        starts_on=owed.starts_on,
        due_on=owed.due_on,
        channel=channel,
        day=work.today,
        state="to_call" if channel == "phone" else "to_send",
    )


def _named(work: Work, rule: str, number: str, starts_on: date | None) -> ObligationRow:
    """The obligation that is meant: of several the one that is not met."""
    rules = sorted({name for _, policy in work.book.versions for name in policy.rules})
    if rule not in rules:
        hint = ", ".join(near(rule, rules) or rules)
        raise Usage("{rule} is no rule of the policy; near: {near}", rule=repr(rule), near=hint)
    mine = select(ObligationRow).where(
        ObligationRow.rule == rule, col(ObligationRow.number).in_((number, tidy_number(number)))
    )
    rows: Sequence[ObligationRow] = work.session.exec(mine.order_by(col(ObligationRow.starts_on))).all()
    rows = [row for row in rows if starts_on in (None, row.starts_on)]
    if not rows:
        raise NotFound(
            "{number} has no obligation {rule}; `svcq due --all` lists what there is",
            number=number,
            rule=rule,
        )
    rows = [row for row in rows if row.met_on is None] or rows
    if len({row.starts_on for row in rows}) > 1:
        raise Usage(
            "{number} has {rule} more than once: name one with --starts, one of {days}",
            number=number,
            rule=rule,
            days=", ".join(str(row.starts_on) for row in rows),
        )
    return rows[-1]
