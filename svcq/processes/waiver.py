"""七: an obligation is let off: it costs nothing then, and stays visible with who, when and why."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import col, select

from svcq.errors import NotFound, Refused, Usage
from svcq.processes.work import Work, not_in_future
from svcq.rules.matching import near, tidy_number
from svcq.store.tables.ledger import ObligationRow, Waiver


def waive(
    work: Work, rule: str, number: str, reason: str, on: date | None, starts_on: date | None = None
) -> ObligationRow | None:
    """Let off the obligation of `rule` on record `number` from `on` on (default: today).

    None if it is waived already, refused if that is from another day. Usage if several have that rule and number
    and `starts_on` names none; NotFound if there is none.
    """
    found = _named(work, rule, number, starts_on)
    known = work.session.get(Waiver, (found.rule, found.number, found.starts_on))
    if known:
        if on not in (None, known.waived_on):
            raise Refused("it is waived since {on}: take that back first with --withdraw", on=known.waived_on)
        return None
    day = on or work.today
    not_in_future(work, day)
    row = Waiver(
        rule=found.rule,
        number=found.number,
        starts_on=found.starts_on,
        waived_on=day,
        waived_by=work.actor,
        reason=reason,
    )
    work.insert(row, found.number)
    work.touch(found.process, found.number)
    return found


def withdraw(work: Work, rule: str, number: str, starts_on: date | None = None) -> bool:
    """Take a waiver back; False if there is none."""
    mine = select(Waiver).where(Waiver.rule == rule, col(Waiver.number).in_(_spelled(number)))
    rows = list(work.session.exec(mine.order_by(col(Waiver.starts_on))))
    if starts_on is not None:
        rows = [row for row in rows if row.starts_on == starts_on]
    if not rows:
        _named(work, rule, number, starts_on)  # refuses a rule or record that is not there
        return False
    if len(rows) > 1:
        raise _several(rule, number, [row.starts_on for row in rows])
    waived = rows[0].number
    work.remove(rows[0], waived)  # its obligation may be gone: the waiver goes all the same
    work.touch(rule.partition(".")[0], waived)
    return True


def renumber(work: Work, row: Waiver, number: str) -> None:
    """What was let off under a former number stays let off under the new one."""
    before = row.number
    fresh = Waiver(**{**row.model_dump(), "number": number})
    work.remove(row, before)
    work.insert(fresh, number)


def _spelled(number: str) -> tuple[str, str]:
    """How a number may be kept: as typed, which a person's name is, or as records have it."""
    return number, tidy_number(number)


def _several(rule: str, number: str, days: Sequence[date]) -> Usage:
    return Usage(
        "{number} has {rule} more than once: name one with --starts, one of {days}",
        number=number,
        rule=rule,
        days=", ".join(map(str, days)),
    )


def _named(work: Work, rule: str, number: str, starts_on: date | None) -> ObligationRow:
    rules = sorted({name for _, policy in work.book.versions for name in policy.rules})
    if rule not in rules:
        hint = ", ".join(near(rule, rules) or rules)
        raise Usage("{rule} is no rule of the policy; near: {near}", rule=repr(rule), near=hint)
    rows: Sequence[ObligationRow] = work.session.exec(
        select(ObligationRow)
        .where(col(ObligationRow.number).in_(_spelled(number)), ObligationRow.rule == rule)
        .order_by(col(ObligationRow.starts_on), col(ObligationRow.shown_on))
    ).all()
    rows = list({row.starts_on: row for row in rows}.values())
    if starts_on is not None and rows:
        chosen = [row for row in rows if row.starts_on == starts_on]
        if not chosen:
            raise NotFound(
                "{number} has no {rule} that starts on {start}, only on {days}",
                number=number,
                rule=rule,
                start=starts_on,
                days=", ".join(str(row.starts_on) for row in rows),
            )
        rows = chosen
    if not rows:
        raise NotFound(
            "{number} has no obligation {rule}; `svcq due --all` lists what there is",
            number=number,
            rule=rule,
        )
    if len(rows) > 1:
        raise _several(rule, number, [row.starts_on for row in rows])
    return rows[0]
