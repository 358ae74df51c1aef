"""四: what is written of an upgrade is mended, and what rests on it follows: its order, its people, its calls."""

from collections.abc import Iterator, Mapping
from datetime import date

from sqlmodel import col, select

from svcq.errors import Refused
from svcq.processes.issue import living as living_issue
from svcq.processes.names import living_customer
from svcq.processes.upgrade import MANAGER, UPGRADER, Left, write
from svcq.processes.upgrade_call import SECOND, Answers
from svcq.processes.upgrade_done import follow_version
from svcq.processes.upgrade_said import Came
from svcq.processes.upgrade_step import life, refusal, skip
from svcq.processes.work import Work, not_in_future
from svcq.rules import upgrade as rules
from svcq.rules import upgrade_order as order
from svcq.store.tables.customer import Customer
from svcq.store.tables.issue import Issue
from svcq.store.tables.staff import Assignment
from svcq.store.tables.upgrade import Upgrade, UpgradeSkip

HEARD = tuple(Answers.__dataclass_fields__)
TOGETHER: Mapping[str, tuple[str, ...]] = {
    "tested_on": ("no_test_reason",),
    "called_on": (*HEARD, "informed_on"),
    "second_called_on": (*(f"{SECOND}{key}" for key in HEARD), f"{SECOND}informed_on"),
}
"""An act that is taken away takes along what was told of it."""


def edit(work: Work, upgrade: Upgrade, values: Mapping[str, object], forced: str | None = None) -> Came:
    """Change columns (`customer` by name, `issues_solved` a list of numbers), and what follows from them.

    Refused for an act in the future, for issues of another customer, for calls that contradict each other and, unless
    forced with a reason, where a step would come to stand before others that are missing by then; what was missing before
    is not asked for again.
    """
    columns = dict(values)
    for key, along in TOGETHER.items():
        if key in columns and columns[key] is None:
            columns |= {name: columns.get(name) for name in along}
    shown = _called(work, upgrade, columns)
    for key in rules.ACTS:
        on = columns.get(key)
        if isinstance(on, date) and on != getattr(upgrade, key):
            not_in_future(work, on)
    if any(key.endswith("called_on") or key.removeprefix(SECOND) in HEARD for key in columns):
        _calls_stand({**upgrade.model_dump(), **columns})
    before, former = life(work, upgrade), upgrade.model_dump()
    if not write(work, upgrade, columns, shown):
        return Came(upgrade.number, changed=False)
    _skips_follow(work, upgrade, before)
    _people_follow(work, upgrade, former["arranged_on"])
    skipped = _in_order(work, upgrade, before, forced)
    kept, left = None, None
    if "customer" in shown:
        loser = work.session.get_one(Customer, former["customer_id"])
        mine = former["done_on"] is not None and former["version"] == loser.version
        left = Left(loser.name, former["version"] if mine else None)
        kept = follow_version(work, upgrade)
    elif any(getattr(upgrade, key) != former[key] for key in ("version", "done_on")):
        owner = work.session.get_one(Customer, upgrade.customer_id)
        if former["version"] is None or owner.version in (None, former["version"]):
            kept = follow_version(work, upgrade)
    return Came(upgrade.number, True, skipped, kept_version=kept, left=left)


def _called(work: Work, upgrade: Upgrade, columns: dict[str, object]) -> dict[str, tuple[object, object]]:
    """Put ids and numbers in place of what is called otherwise; before and after of the customer, for the audit."""
    owner = work.session.get_one(Customer, upgrade.customer_id)
    shown: dict[str, tuple[object, object]] = {}
    if "customer" in columns:
        other = living_customer(work, str(columns.pop("customer")))
        if other.id != owner.id:
            shown["customer"] = (owner.name, other.name)
            columns["customer_id"] = other.id
            owner = other
    said = columns.get("issues_solved")
    if isinstance(said, list | tuple):
        issues = [living_issue(work, str(one)) for one in said]
        columns["issues_solved"] = "、".join(dict.fromkeys(one.number for one in issues)) or None
    elif shown and upgrade.issues_solved:
        known = col(Issue.number).in_(upgrade.issues_solved.split("、"))
        issues = list(work.session.exec(select(Issue).where(known)))
    else:
        issues = []
    for one in issues:
        if one.customer_id != owner.id:
            raise Refused(
                "issue {issue} is not of {customer}", clause="四.2", issue=one.number, customer=owner.name
            )
    return shown


def _calls_stand(after: Mapping[str, object]) -> None:
    """Refuse answers without the day of their call, and a second call without a first."""
    for call in ("", SECOND):
        if after[f"{call}called_on"] is None and any(after[f"{call}{key}"] is not None for key in HEARD):
            raise Refused("an answer needs the day of its call", clause="四.4")
    if after["second_called_on"] is not None and after["called_on"] is None:
        raise Refused("a second call needs a first", clause="四.4")


def _skips_follow(work: Work, upgrade: Upgrade, before: order.Order) -> None:
    """A forced step that is moved takes its breach along; one that never was has none."""
    after = life(work, upgrade).steps
    rows = work.session.exec(select(UpgradeSkip).where(UpgradeSkip.upgrade_id == upgrade.id))
    for row in rows.all():
        on = after[row.step]
        if row.done_on != before.steps[row.step] or on == row.done_on:
            continue
        if on is None:
            work.remove(row, upgrade.number)
        else:
            work.change(row, upgrade.number, {"done_on": on})


def _people_follow(work: Work, upgrade: Upgrade, arranged_on: date | None) -> None:
    """Who got a role by the arrangement has it from its new day on."""
    if arranged_on in (None, upgrade.arranged_on) or upgrade.arranged_on is None:
        return
    rows = work.session.exec(
        select(Assignment).where(
            Assignment.kind == "upgrade",
            Assignment.record_id == upgrade.id,
            col(Assignment.role).in_((MANAGER, UPGRADER)),
        )
    ).all()
    taken = {(row.role, row.from_on) for row in rows}
    for row in rows:
        if row.from_on == arranged_on and (row.role, upgrade.arranged_on) not in taken:
            row.from_on = upgrade.arranged_on
            work.session.add(row)
    work.session.flush()


def _in_order(work: Work, upgrade: Upgrade, before: order.Order, forced: str | None) -> tuple[str, ...]:
    """Refuse steps that have come to stand before others; forced, each is a breach. What was skipped."""
    found: dict[str, None] = {}
    after = life(work, upgrade)
    for step, on, missing in _newly_missing(before, after):
        if forced is None:
            raise refusal(upgrade.number, step, on, missing, after.steps)
        found |= dict.fromkeys(skip(work, upgrade, step, on, missing, forced))
    return tuple(name for name in order.STEPS if name in found)


def _newly_missing(before: order.Order, after: order.Order) -> Iterator[tuple[str, date, tuple[str, ...]]]:
    """Each step with its day and the steps that are missing before it and were not until now."""
    for step, on in after.steps.items():
        if on is None or on == date.min:
            continue
        former = before.steps[step]
        known = before.missing(step, former) if former not in (None, date.min) else ()
        missing = tuple(name for name in after.missing(step, on) if name not in known)
        if missing:
            yield step, on, missing
