"""六: satisfaction callbacks: what was answered, tries that found nobody, mending and striking out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from svcq.errors import N_, NotFound, Refused
from svcq.processes.callback_owed import B
from svcq.processes.issue import living as living_issue
from svcq.processes.names import unknown
from svcq.processes.numbering import neighbours
from svcq.processes.work import Work, not_in_future
from svcq.rules import callback_answers as rules
from svcq.rules.callback import ANSWERS, is_answered
from svcq.rules.periods import quarter_named
from svcq.store.tables.callback import Callback, CallbackTry
from svcq.store.tables.issue import Issue


@dataclass(frozen=True, slots=True)
class Answer:
    """What the hospital said; blank where it said nothing."""

    on: date
    service: int | None = None
    attitude: int | None = None
    advice: str | None = None
    unsolved: str | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """How often nobody was reached, and how often is enough."""

    count: int
    enough: int


def find(work: Work, number: str) -> Callback:
    """The callback of that number, blanks, stops and quotes in it aside; NotFound with near numbers."""
    name = rules.tidy(number)
    found = work.session.exec(select(Callback).where(Callback.number == name)).first()
    if found is None:
        quarter = select(Callback.number).where(Callback.quarter == rules.quarter_in(name))
        meant = rules.alike(name, work.session.exec(quarter))
        if meant is None:
            close = neighbours(work, B.c.number, name)
            raise unknown(N_("callback {name} is not known{near}"), name, close)
        found = work.session.exec(select(Callback).where(Callback.number == meant)).one()
    return found


def living(work: Work, number: str) -> Callback:
    """The callback, refused if its record is void."""
    found = find(work, number)
    if found.void_on:
        raise Refused("callback {number} is void since {on}", number=found.number, on=found.void_on)
    return found


def answer(work: Work, number: str, said: Answer) -> bool:
    """Record what was answered; False if that is recorded already.

    Refused in the future, before the callback could be, and if something else was answered (`edit` mends). It is
    taken also from who was not reached before.
    """
    callback = living(work, number)
    values: dict[str, object] = {
        "asked_on": said.on,
        **{key: value for key in ANSWERS if (value := getattr(said, key)) is not None},
    }
    if is_answered(callback.model_dump()):
        if all(getattr(callback, key) == value for key, value in values.items()):
            return False
        raise Refused(
            "callback {number} was answered on {on} already; `svcq callback edit {number} --reason …` mends it",
            clause=rules.CLAUSE,
            number=callback.number,
            on=callback.asked_on,
        )
    return edit(work, callback, values)


def unreachable(work: Work, number: str, on: date, by: str, note: str | None = None) -> Tried:
    """Record a try that found nobody; several on a day are several tries.

    Refused in the future, before the callback could be, and after it was answered.
    """
    callback = living(work, number)
    not_in_future(work, on)
    if is_answered(callback.model_dump()) and callback.asked_on and callback.asked_on < on:
        raise Refused(
            "callback {number} was answered on {on}: no more tries are needed",
            clause=rules.CLAUSE,
            number=callback.number,
            on=callback.asked_on,
        )
    _can_be(callback, {"asked_on": on, "drawn_on": callback.drawn_on})
    assert callback.id is not None
    row = CallbackTry(callback_id=callback.id, tried_on=on, by_name=by, note=note)
    work.insert(row, callback.number)
    work.touch("callback", callback.number)
    return tried(work, callback)


def tried(work: Work, callback: Callback) -> Tried:
    """How often nobody was reached so far."""
    count = len(work.session.exec(select(CallbackTry.id).where(CallbackTry.callback_id == callback.id)).all())
    day = callback.drawn_on or callback.asked_on or work.today
    return Tried(count, int(work.book.on(day).settings["callback.tries"]))


def take_back(work: Work, number: str, on: date) -> None:
    """Take back the last try of a day, which stays in the audit. NotFound if there was none."""
    callback = living(work, number)
    rows = select(CallbackTry).where(CallbackTry.callback_id == callback.id, CallbackTry.tried_on == on)
    row = work.session.exec(rows.order_by(col(CallbackTry.id).desc())).first()
    if row is None:
        raise NotFound("callback {number} has no try of {on}", number=callback.number, on=on)
    work.remove(row, callback.number)
    work.touch("callback", callback.number)


def edit(work: Work, callback: Callback, values: Mapping[str, object]) -> bool:
    """Change columns, and `issue` by number; False if nothing differs.

    Refused in the future, for answers without a day, and for a day before the callback could be.
    """
    columns = dict(values)
    shown: dict[str, tuple[object, object]] = {}
    if "issue" in columns:
        _link(work, callback, columns, shown)
    for key in ("drawn_on", "asked_on"):
        on = columns.get(key)
        if isinstance(on, date) and on != getattr(callback, key):
            not_in_future(work, on)
    after = {**callback.model_dump(), **columns}
    _can_be(callback, after)
    columns["first_on"] = after["drawn_on"] or after["asked_on"]
    if columns["first_on"] is None:
        raise Refused(
            "callback {number} keeps the day on which it was drawn or asked; `svcq callback void` strikes it out",
            clause=rules.CLAUSE,
            number=callback.number,
        )
    changed = work.change(callback, callback.number, columns, shown)
    if changed:
        work.touch("callback", callback.number)
    return changed


def _can_be(callback: Callback, values: Mapping[str, object]) -> None:
    """Refuse days and answers that contradict each other."""
    quarter = quarter_named(callback.quarter)
    fault = rules.contradiction(quarter, values) if quarter else None
    if fault:
        raise fault


def _link(
    work: Work, callback: Callback, columns: dict[str, object], shown: dict[str, tuple[object, object]]
) -> None:
    """Put the id of the issue that is named into `columns`; refused if it is another customer's."""
    said = columns.pop("issue")
    former = work.session.get(Issue, callback.issue_id) if callback.issue_id else None
    issue = living_issue(work, str(said)) if said else None
    if issue and issue.customer_id != callback.customer_id:
        raise Refused(
            "issue {issue} is of another customer than callback {number}",
            clause=rules.CLAUSE,
            issue=issue.number,
            number=callback.number,
        )
    if issue is not former:
        shown["issue"] = (former.number if former else None, issue.number if issue else None)
        columns["issue_id"] = issue.id if issue else None


def void(work: Work, number: str, reason: str) -> bool:
    """A mistaken record: its obligations end, it stays visible with the reason; the customer can be drawn elsewhere."""
    callback = find(work, number)
    if callback.void_on:
        return False
    work.change(callback, callback.number, {"void_on": work.today, "void_reason": reason})
    work.touch("callback", callback.number)
    return True
