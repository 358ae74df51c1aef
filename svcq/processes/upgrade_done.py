"""四.2: an upgrade is done: the customer's version follows, and the issues are closed that the customer says are solved."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlmodel import col, select

from svcq.errors import Refused
from svcq.processes import customer, issue, issue_acts
from svcq.processes.upgrade import living, write
from svcq.processes.upgrade_said import Came, arisen, news
from svcq.processes.upgrade_step import in_order
from svcq.processes.work import Work
from svcq.rules import issue as issue_rules
from svcq.store.tables.customer import Customer
from svcq.store.tables.issue import Issue
from svcq.store.tables.upgrade import Upgrade


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is said of an upgrade besides its day."""

    version: str | None = None
    surprises: str | None = None
    special_modifications: str | None = None
    brought_back_on: date | None = None
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """The issues that the customer says are solved, and the words with which they are closed."""

    numbers: Sequence[str] = ()
    reason: str = ""


def done(
    work: Work,
    number: str,
    on: date,
    outcome: Outcome,
    closing: Closing | None = None,
    forced: str | None = None,
) -> Came:
    """四.2: the upgrade was done. Nothing if all of that is recorded already.

    The customer has its version from then on, unless a later upgrade brought another. Refused for an issue of another
    customer, or that was worked on later; one that is closed already stays as it is.
    """
    upgrade = living(work, number)
    solved = closing or Closing()
    issues = [_of_customer(work, upgrade, one) for one in dict.fromkeys(solved.numbers)]
    before = (upgrade.issues_solved or "").split("、") if upgrade.issues_solved else []
    fresh = [one for one in issues if one.number not in before]
    words = {
        key: one.strip() or None if isinstance(one, str) else one for key, one in asdict(outcome).items()
    }
    new = news(work, upgrade, {"done_on": on, **words})
    if fresh:
        new["issues_solved"] = "、".join((*before, *dict.fromkeys(one.number for one in fresh)))
    if not new:
        return Came(upgrade.number, changed=False)
    skipped = in_order(work, upgrade, "done", on, forced) if "done_on" in new else ()
    write(work, upgrade, new)
    closed, already = _close(work, fresh, on, solved.reason)
    kept = follow_version(work, upgrade) if new.keys() & {"done_on", "version"} else None
    return Came(upgrade.number, True, skipped, arisen(work, upgrade, "done", on), closed, already, kept)


def _of_customer(work: Work, upgrade: Upgrade, number: str) -> Issue:
    """The issue of that number; refused if it is another customer's."""
    found = issue.living(work, number)
    if found.customer_id != upgrade.customer_id:
        owner = work.session.get_one(Customer, found.customer_id)
        raise Refused(
            "issue {issue} is of {customer}: upgrade {number} cannot close it",
            clause="四.2",
            issue=found.number,
            customer=owner.name,
            number=upgrade.number,
        )
    return found


def _close(
    work: Work, issues: Sequence[Issue], on: date, reason: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Close those that are open: their numbers, and the numbers of those that were closed already."""
    closed, already = [], []
    for one in dict.fromkeys(row.number for row in issues):
        found = issue.living(work, one)
        if issue_rules.standing(issue.known(work, found), max(on, work.today)) is None:
            issue_acts.close(work, one, on, work.actor, reason)
            closed.append(one)
        else:
            already.append(one)
    return tuple(closed), tuple(already)


def follow_version(work: Work, upgrade: Upgrade) -> str | None:
    """Give the customer the version of an upgrade that is done; what it keeps if a later one brought another."""
    if upgrade.version is None or upgrade.done_on is None:
        return None
    owner = work.session.get_one(Customer, upgrade.customer_id)
    later = select(Upgrade.id).where(
        Upgrade.customer_id == upgrade.customer_id,
        Upgrade.id != upgrade.id,
        col(Upgrade.void_on).is_(None),
        col(Upgrade.version).is_not(None),
        col(Upgrade.done_on) > upgrade.done_on,
    )
    if work.session.exec(later).first() is not None:
        return owner.version if owner.version != upgrade.version else None
    customer.edit(work, owner.name, {"version": upgrade.version})
    return None
