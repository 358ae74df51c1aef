"""People of the company, and who at QC answers for which rule."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select

from svcq.errors import Phrase, Refused, Usage
from svcq.policy.model import ROLES
from svcq.processes import score, waiver
from svcq.processes.holders import SINCE_EVER
from svcq.processes.names import living_person, person, roles_of
from svcq.processes.staff_units import UNIT, enter, move
from svcq.processes.work import Work, not_in_future
from svcq.rules import staff as rules
from svcq.rules.matching import name_key, near
from svcq.store.tables.ledger import Waiver
from svcq.store.tables.staff import Duty, Staff, StaffRole


def add(
    work: Work, name: str, roles: Sequence[str], values: Mapping[str, Any], *, force: bool = False
) -> Staff:
    """A new person. Refused if the name is taken, or the dates cannot be; `force` takes an exam of a later day."""
    _free(work, name)
    row = Staff(name=name.strip(), name_key=name_key(name), **values)
    _dates_can_be(work, row, values, force=force)
    work.insert(row, row.name, {"role": "、".join(known_roles(roles))} if roles else None)
    _write_roles(work, row, known_roles(roles))
    enter(work, row)
    work.touch("staff", row.name)
    return row


def known_roles(roles: Sequence[str]) -> list[str]:
    """The roles, each once; Usage if one is not of the process."""
    for role in roles:
        if role not in ROLES:
            raise Usage("{role} is no role; one of {roles}", role=repr(role), roles=", ".join(ROLES))
    return list(dict.fromkeys(roles))


def _dates_can_be(work: Work, staff: Staff, values: Mapping[str, Any], *, force: bool = False) -> None:
    """Refuse dates of a person that contradict each other with these values, and acts that are yet to come."""
    if not values.keys() & set(rules.DATES):
        return
    fault = rules.contradiction({key: values.get(key, getattr(staff, key)) for key in rules.DATES})
    if fault:
        raise fault[1]
    for key in rules.ACTS:
        on = values.get(key)
        if isinstance(on, date):
            not_in_future(work, on, force=force)


def _free(work: Work, name: str, but: Staff | None = None) -> None:
    if not name.strip():
        raise Refused("a person needs a name")
    taken = work.session.exec(select(Staff).where(Staff.name_key == name_key(name))).first()
    if taken and taken is not but:
        raise Refused("{name} is among the staff already", name=taken.name)


def _write_roles(work: Work, staff: Staff, roles: Sequence[str]) -> None:
    assert staff.id is not None
    for row in work.session.exec(select(StaffRole).where(StaffRole.staff_id == staff.id)):
        work.session.delete(row)
    work.session.flush()
    for place, role in enumerate(roles):
        work.session.add(StaffRole(staff_id=staff.id, role=role, place=place))
    work.session.flush()


def edit(
    work: Work,
    name: str,
    values: Mapping[str, Any],
    roles: Sequence[str] | None,
    *,
    force: bool = False,
    from_on: date | None = None,
) -> bool:
    """Change a person's data and, if given, all of the roles; False if nothing differs. Refused as `add`.

    `from_on`: since when the person is in another team or region (default: today; SINCE_EVER mends what was wrong).
    """
    staff = living_person(work, name)
    changes = {
        key: value for key, value in values.items() if key not in UNIT and value != getattr(staff, key)
    }
    before_name = staff.name
    if "name" in changes:
        _free(work, changes["name"], staff)
        changes["name"] = changes["name"].strip()
        changes["name_key"] = name_key(changes["name"])
    _dates_can_be(work, staff, changes, force=force)
    shown: dict[str, tuple[object, object]] = {}
    if roles is not None:
        before, after = roles_of(work, staff), known_roles(roles)
        if before != after:
            shown["role"] = ("、".join(before) or None, "、".join(after) or None)
            _write_roles(work, staff, after)
    moved, told = move(work, staff, {key: values[key] for key in UNIT if key in values}, from_on)
    changed = work.change(staff, before_name, {**changes, **moved}, {**shown, **told})
    if changed:
        _rename(work, before_name, staff.name)
        work.touch("staff", before_name, staff.name)
    return changed


def _rename(work: Work, before: str, after: str) -> None:
    """What was let off under a former name stays let off, and what was published is told under the new one.

    The name is the number of a person's obligations.
    """
    if before == after:
        return
    work.log("staff", after, "update", {"name": (before, after)})
    score.rename(work, before, after)
    for row in work.session.exec(select(Waiver).where(Waiver.number == before)).all():
        if row.rule.startswith("staff."):
            waiver.renumber(work, row, after)


def void(work: Work, name: str, reason: str) -> bool:
    """A mistaken record; what the person holds stays visible."""
    staff = person(work, name)
    if staff.void_on:
        return False
    work.touch("staff", staff.name)
    return work.change(staff, staff.name, {"void_on": work.today, "void_reason": reason})


def duty(work: Work, rule: str, name: str, region: str = "", from_on: date = SINCE_EVER) -> bool:
    """Name who at QC answers for a rule (in a region) from a day on; False if it is so already."""
    rules = work.book.on(work.today).rules
    if rule not in rules:
        hint = ", ".join(near(rule, rules) or rules)
        raise Usage("{rule} is no rule of the policy; near: {near}", rule=repr(rule), near=hint)
    if rules[rule].owner != "qc":
        raise Refused(
            "{rule} is owed by the {owner}, not by QC: use `assign` on the record",
            clause=rules[rule].clause,
            rule=rule,
            owner=Phrase(rules[rule].owner.replace("_", " ")),
        )
    staff = living_person(work, name)
    assert staff.id is not None
    rows = select(Duty).where(Duty.rule == rule, Duty.region == region, Duty.from_on <= from_on)
    last = work.session.exec(rows.order_by(col(Duty.from_on).desc())).first()
    if last and last.person_id == staff.id:
        return False
    where = {
        "region": region or None,
        "from": None if from_on == SINCE_EVER else from_on,
        "person": staff.name,
    }
    if last and last.from_on == from_on:
        last.person_id = staff.id
        work.session.add(last)
    else:
        work.session.add(Duty(rule=rule, region=region, from_on=from_on, person_id=staff.id))
    work.session.flush()
    work.log("duty", rule, "insert", {key: value for key, value in where.items() if value is not None})
    return True
