"""What is to be told to whom on a day: the unmet obligations whose slot has come, and the calls that QC has to make."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, select, text

from svcq.processes.work import Work
from svcq.rules import reminding
from svcq.store.batches import batches
from svcq.store.read import PERSON, held, query
from svcq.store.tables.contract import Contract
from svcq.store.tables.ledger import ObligationRow
from svcq.store.tables.remind import Reminder

K = Contract.__table__  # type: ignore[attr-defined]
OWED = ObligationRow.__table__  # type: ignore[attr-defined]
TOLD = Reminder.__table__  # type: ignore[attr-defined]
ASK, BACK = "contract.remind", "contract.return"
"""二.2.B: the salesperson is asked by mail and by phone; 二.1: brings the contract back."""
CLOSE, URGE = "issue.close", "issue.urge"
DUTY = (
    "(select d.person from v_duty d where d.rule = o.rule and (d.region = '' or d.region = o.region)"
    " and d.from_on <= :t order by case when d.region = '' then 1 else 0 end, d.from_on desc limit 1)"
)
"""SQL: who at QC answers for the rule of the obligation o on day :t."""
SOME = 300
"""Records looked up at once."""
Key = tuple[str, str, Any, Any]
"""Rule, number, start and due date: another due date is another reminder."""


@dataclass(frozen=True, slots=True)
class Item:
    """An obligation that somebody is to be reminded of on the day."""

    rule: str
    number: str
    starts_on: date
    due_on: date
    person: str | None = None
    """Name of who is told; None: nobody answers for it."""
    caller: str | None = None
    """Of a call: who at QC makes it."""
    by_phone: bool = False
    slot: date | None = None
    """The last day on which it was to be told."""
    told_on: date | None = None
    """When it was told by mail last."""

    @property
    def key(self) -> Key:
        """What it is a reminder of."""
        return self.rule, self.number, self.starts_on, self.due_on


def due(work: Work, t: date, reachable: Container[str], gone: Container[object]) -> list[Item]:
    """Every reminder that is wanted on day `t`, whether or not it is a working day; the calls to make among them.

    `reachable`: names of those whom a mail can reach; `gone`: of those who have left.
    """
    policy = work.book.on(t)
    rows = list(_unmet(work, t, t + timedelta(days=reminding.widest(policy))))
    asked = _asked_on(work, [row.number for row in rows if row.rule == BACK])
    slotted = []
    for item in rows:
        pace = reminding.pace(policy, item.rule)
        if item.rule == ASK and item.due_on > t:
            continue
        first_on = asked.get(item.number) if item.rule == BACK else None
        if slot := reminding.newest_slot(item.due_on, pace, t, first_on=first_on):
            slotted.append(replace(item, slot=slot))
    told = _told_on(work, [item.number for item in slotted])
    found: dict[Key, Item] = {}
    for item in slotted:
        if item.rule == ASK or reminding.to_remind(item.slot, told.get(item.key)):
            found[item.key] = replace(item, told_on=told.get(item.key))
    items = list(_owned(work, t, found, gone))
    closing = {item.number for item in items if item.rule == CLOSE and item.person in reachable}
    plain = [item for item in items if item.rule not in (ASK, URGE)]
    # 三.7: the engineer is reminded by the mail about closing it, on the same day
    urges = [item for item in items if item.rule == URGE and item.number not in closing]
    return [*plain, *urges, *_asks(work, items)]


def _unmet(work: Work, t: date, until: date) -> Iterator[Item]:
    """The rows of `remind_due`."""
    live = work.live_from or date.min
    values = {"t": t.isoformat(), "until": until.isoformat(), "live": live.isoformat()}
    for rule, number, starts_on, due_on in work.session.execute(text(query("remind_due")), values):
        yield Item(rule, number, _day(starts_on), _day(due_on))


def _asked_on(work: Work, numbers: Iterable[str]) -> dict[str, date]:
    """When the salespeople of these contracts are to be asked for them: contract.remind's due day."""
    found: dict[str, date] = {}
    for part in batches(numbers, SOME):
        rows = select(OWED.c.number, OWED.c.due_on).where(OWED.c.number.in_(part), OWED.c.rule == ASK)
        for number, due_on in work.session.execute(rows):
            found[number] = max(due_on, found.get(number, due_on))
    return found


def _told_on(work: Work, numbers: Iterable[str]) -> dict[Key, date]:
    """When a mail told last of what these records owe."""
    found: dict[Key, date] = {}
    for part in batches(dict.fromkeys(numbers), SOME):
        rows = select(TOLD.c.rule, TOLD.c.number, TOLD.c.starts_on, TOLD.c.due_on, TOLD.c.day).where(
            TOLD.c.number.in_(part), TOLD.c.channel == "email", TOLD.c.state == "sent"
        )
        for *key, day in work.session.execute(rows):
            rule, number, starts_on, due_on = key
            found[rule, number, starts_on, due_on] = max(
                day, found.get((rule, number, starts_on, due_on), day)
            )
    return found


def _day(value: object) -> Any:  # noqa: ANN401
    """A day that a database without dates of its own gives as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _owned(work: Work, t: date, found: Mapping[Key, Item], gone: Container[object]) -> Iterator[Item]:
    """The items with who owes them; those of contract.remind with the salesperson, and who at QC calls.

    In place of somebody who has left since it was due: who holds the role now.
    """
    salesperson = held("o.process", "o.record_id", "o.customer_id", "'salesperson'", ":t")
    holder = held("o.process", "o.record_id", "o.customer_id", "o.role", ":t")
    sql = query("remind_owed").format(person=PERSON, duty=DUTY, holder=holder, salesperson=salesperson)
    asked = text(sql).bindparams(bindparam("numbers", expanding=True))
    for part in batches(dict.fromkeys(item.number for item in found.values()), SOME):
        for row in work.session.execute(asked, {"t": t.isoformat(), "numbers": part}).mappings():
            key = (row["rule"], row["number"], _day(row["starts_on"]), _day(row["due_on"]))
            item, person = found.get(key), row["holder"] if row["person"] in gone else row["person"]
            if item is not None and item.rule == ASK:
                yield replace(item, person=row["salesperson"], caller=person)
            elif item is not None:
                yield replace(item, person=person)


def _asks(work: Work, items: Iterable[Item]) -> Iterator[Item]:
    """二.2.B: the halves of contract.remind that are still to be done: a mail, unless the one about contract.return
    says so already, and a call."""
    items = list(items)
    told = {item.number for item in items if item.rule == BACK}
    asks = {item.number: item for item in items if item.rule == ASK}
    for part in batches(asks, SOME):
        rows = select(K.c.number, K.c.reminded_email_on, K.c.reminded_phone_on).where(K.c.number.in_(part))
        for number, mailed_on, phoned_on in work.session.execute(rows):
            ask = asks[number]
            if mailed_on is None and number not in told and reminding.to_remind(ask.slot, ask.told_on):
                yield replace(ask, caller=None)
            if phoned_on is None:
                yield replace(ask, by_phone=True)
