"""三: issues: one entry of the worklog for one problem; entering it, mending it, and whose it is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select

from svcq.errors import N_, Refused
from svcq.processes import assignments, holders
from svcq.processes.issue_owed import ISSUE, facts
from svcq.processes.names import living_customer, living_person, unknown
from svcq.processes.numbering import following, neighbours
from svcq.processes.staff_owed import admit
from svcq.processes.work import Work
from svcq.rules import issue as rules
from svcq.rules import issue_dates as dates
from svcq.rules.matching import tidy_number
from svcq.store.tables.customer import Customer
from svcq.store.tables.issue import Issue
from svcq.store.tables.staff import Staff

ROLES = ("engineer",)


def find(work: Work, number: str) -> Issue:
    """The issue of that number; NotFound with near numbers."""
    name = tidy_number(number)
    found = work.session.exec(select(Issue).where(Issue.number == name)).first()
    if found is None:
        raise unknown(N_("issue {name} is not known{near}"), number, neighbours(work, ISSUE.c.number, name))
    return found


def living(work: Work, number: str) -> Issue:
    """The issue, refused if its record is void."""
    found = find(work, number)
    if found.void_on:
        raise Refused("issue {number} is void since {on}", number=found.number, on=found.void_on)
    return found


def known(work: Work, issue: Issue) -> rules.Issue:
    """The issue as the rules know it, with everything that is recorded of it."""
    work.session.flush()
    return next(found for _, _, found in facts(work, ISSUE.c.id == issue.id))


def record(issue: Issue) -> holders.Record:
    """The issue as something that people are assigned to."""
    assert issue.id is not None
    return holders.Record("issue", issue.id, issue.number)


def number_maker(work: Work, reserved: Iterable[str] = ()) -> Callable[[], str]:
    """Gives the next number by the policy's pattern at each call, for issues that come without one.

    `reserved`: numbers that are about to be used by others.
    """
    pattern = str(work.book.on(work.today).settings["issue.number"])
    return following(work, ISSUE.c.number, pattern, reserved)


def done_by_now(work: Work, on: date, *, force: bool) -> None:
    """Refuse an act that is dated after today, unless it is forced."""
    if on > work.today and not force:
        raise Refused(
            "{on} is in the future: today is {today}; --force takes it all the same",
            clause="三",
            on=on,
            today=work.today,
        )


def add(
    work: Work,
    number: str | None,
    customer: str,
    values: Mapping[str, Any],
    engineer: str | None = None,
    *,
    force: bool = False,
) -> Issue:
    """A new entry of the worklog; `values`: columns, `reported_on` being today unless said.

    Refused if the number exists, if the customer has the very same problem of that day (and no number is said), or
    if its dates contradict each other; unless it is forced, also if they lie ahead, or the engineer is new and has
    not passed the exam (三.1).
    """
    columns = {key: value for key, value in values.items() if value is not None}
    columns.setdefault("reported_on", work.today)
    owner = living_customer(work, customer)
    assert owner.id is not None
    name = _free_number(work, number, owner.id, columns)
    _dated(work, columns, columns, force=force)
    held = present(work, engineer, columns["reported_on"]) if engineer else None
    if held:
        admit(work, held, force=force)
    row = Issue(number=name, customer_id=owner.id, **columns)
    work.insert(row, name, {"customer": owner.name})
    if held:
        holders.assign(work, record(row), "engineer", [held])
    work.touch("issue", name)
    return row


def _free_number(work: Work, number: str | None, customer_id: int, columns: Mapping[str, Any]) -> str:
    """The number said if nobody has it, else the next one, unless that problem has one already."""
    name = tidy_number(number or "")
    if name:
        if work.session.exec(select(Issue.id).where(Issue.number == name)).first() is not None:
            raise Refused("issue {number} exists already: use `svcq issue edit`", number=name)
        return name
    same = select(Issue.number).where(
        Issue.customer_id == customer_id,
        Issue.reported_on == columns["reported_on"],
        Issue.title == columns.get("title"),
        col(Issue.void_on).is_(None),
    )
    twin = work.session.exec(same).first()
    if twin is not None:
        raise Refused(
            "issue {number} is that very problem; if it is another one, give it a number", number=twin
        )
    return number_maker(work)()


def _dated(work: Work, acts: Mapping[str, Any], whole: Mapping[str, Any], *, force: bool) -> None:
    """Refuse `acts` that lie ahead, and dates of the `whole` record that contradict each other."""
    for key in dates.ACTS:
        if isinstance(on := acts.get(key), date):
            done_by_now(work, on, force=force)
    fault = dates.contradiction({key: whole.get(key) for pair in dates.ORDER for key in pair[:2]})
    if fault:
        raise fault[1]


def present(work: Work, name: str, day: date) -> Staff:
    """The member of staff of that name; refused if void, or gone by that day."""
    person = living_person(work, name)
    if person.left_on and person.left_on < day:
        raise Refused("{name} left on {on}", name=person.name, on=person.left_on)
    return person


def edit(work: Work, issue: Issue, values: Mapping[str, object], *, force: bool = False) -> bool:
    """Change columns (and `customer` by name), and compute the obligations anew; False if nothing differs.

    A flag or request that is set without a day has it from today; one that is taken away takes its day along.
    """
    columns = dict(values)
    shown: dict[str, tuple[object, object]] = {}
    if "customer" in columns:
        owner = living_customer(work, str(columns.pop("customer")))
        if owner.id != issue.customer_id:
            former = work.session.get_one(Customer, issue.customer_id)
            shown["customer"] = (former.name, owner.name)
            columns["customer_id"] = owner.id
    _flagged(work, issue, columns)
    acts = {key: on for key, on in columns.items() if on != getattr(issue, key)}
    _dated(work, acts, {**issue.model_dump(), **columns}, force=force)
    reported_on = acts.get("reported_on")
    if isinstance(reported_on, date):
        now = known(work, issue)
        fault = dates.too_early(reported_on, min((*now.acts, *now.urges), default=reported_on))
        if fault:
            raise fault
    changed = work.change(issue, issue.number, columns, shown)
    if changed:
        work.touch("issue", issue.number)
    return changed


def _flagged(work: Work, issue: Issue, columns: dict[str, object]) -> None:
    """Put into `columns` what belongs to a flag or a request that is set or taken away."""
    if columns.get("priority_on") is not None:
        columns.setdefault("priority", True)
    for key in ("priority", "request"):
        if key not in columns or columns[key] == getattr(issue, key):
            continue
        if not columns[key]:
            columns[f"{key}_on"] = None
        elif getattr(issue, f"{key}_on") is None:
            columns.setdefault(f"{key}_on", work.today)


def void(work: Work, number: str, reason: str) -> bool:
    """A mistaken record: its obligations end, it stays visible with the reason."""
    issue = find(work, number)
    if issue.void_on:
        return False
    changed = work.change(issue, issue.number, {"void_on": work.today, "void_reason": reason})
    work.touch("issue", issue.number)
    return changed


def assign(
    work: Work,
    number: str,
    role: str,
    names: Sequence[str],
    from_on: date | None,
    *,
    force: bool = False,
) -> bool:
    """Give an issue to another engineer from a day on; False if it is theirs already.

    Refused for who has left by then or, unless it is forced, is new and has not passed the exam (三.1).
    """
    return assignments.assign(work, record(living(work, number)), ROLES, role, names, from_on, force=force)
