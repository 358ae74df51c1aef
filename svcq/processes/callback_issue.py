"""六: an unsolved problem that a customer names in a callback becomes an issue in the same step."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from svcq.errors import Refused
from svcq.processes import callback as callbacks
from svcq.processes import issue as issues
from svcq.processes.staff_owed import admit
from svcq.processes.work import Work
from svcq.rules import callback_answers as rules
from svcq.store.tables.callback import Callback
from svcq.store.tables.customer import Customer
from svcq.store.tables.issue import Issue
from svcq.store.tables.staff import Staff


@dataclass(frozen=True, slots=True)
class Raised:
    """The issue that a problem became."""

    number: str
    is_new: bool
    """False: the problem was in the worklog already."""
    engineer: str | None
    """Whose it is; None: the customer's, for that of the callback cannot have it."""


def raise_issue(
    work: Work, number: str, *, title: str | None = None, system: str | None = None
) -> Raised | None:
    """Enter the unsolved problem of a callback in the worklog; None if it is there already.

    It is of the day of the callback, its customer and its engineer; the customer's engineer has it if that one is gone
    or may not be assigned anything yet (三.1). `title`: default is the beginning of what was said. The same
    problem of that day, entered by hand, is taken for it. Refused if nothing unsolved was named.
    """
    callback = callbacks.living(work, number)
    if callback.issue_id is not None:
        return None
    if not callback.unsolved or callback.asked_on is None:
        raise Refused(
            "callback {number} names nothing unsolved: say it with --unsolved",
            clause=rules.CLAUSE,
            number=callback.number,
        )
    name = title or rules.title_of(callback.unsolved)
    said = callback.unsolved if callback.unsolved != name else None
    twin = _twin(work, callback, callback.asked_on, name)
    if twin is not None:
        callbacks.edit(work, callback, {"issue": twin})
        return Raised(twin, False, None)
    customer = work.session.get_one(Customer, callback.customer_id)
    engineer = _engineer(work, callback, callback.asked_on)
    values = {"title": name, "description": said, "system": system, "reported_on": callback.asked_on}
    made = issues.add(work, None, customer.name, values, engineer)
    callbacks.edit(work, callback, {"issue": made.number})
    return Raised(made.number, True, engineer)


def _twin(work: Work, callback: Callback, on: date, title: str) -> str | None:
    """The number of the issue that is this very problem."""
    same = select(Issue.number).where(
        Issue.customer_id == callback.customer_id, Issue.reported_on == on, Issue.title == title
    )
    return work.session.exec(same.where(col(Issue.void_on).is_(None)).order_by(Issue.number)).first()


def _engineer(work: Work, callback: Callback, on: date) -> str | None:
    """The engineer of the callback; None if that one cannot be assigned an issue of the day."""
    person = work.session.get_one(Staff, callback.engineer_id)
    try:
        issues.present(work, person.name, on)
        admit(work, person)
    except Refused:
        return None
    return person.name
