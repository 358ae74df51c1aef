"""三: development plans: entered, mended, and found by whatever belongs to one."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import select

from svcq.errors import N_, Refused
from svcq.processes.names import unknown
from svcq.processes.numbering import neighbours
from svcq.processes.work import Work
from svcq.rules.matching import tidy_number
from svcq.store.tables.issue_plan import Plan

PLAN = Plan.__table__  # type: ignore[attr-defined]


def known(work: Work, number: str) -> Plan | None:
    """The plan of that number; None if there is none."""
    return work.session.exec(select(Plan).where(Plan.number == tidy_number(number))).first()


def find(work: Work, number: str) -> Plan:
    """The plan of that number; NotFound with near numbers."""
    found = known(work, number)
    if found is None:
        close = neighbours(work, PLAN.c.number, tidy_number(number))
        raise unknown(N_("plan {name} is not known{near}"), number, close)
    return found


def add(work: Work, number: str, values: Mapping[str, Any]) -> Plan:
    """A new plan, active unless `values` (active, completion_on, release_on) say otherwise; refused if it exists."""
    name = tidy_number(number)
    if not name:
        raise Refused("a plan needs its number", clause="三")
    if known(work, name) is not None:
        raise Refused("plan {number} exists already: use `svcq issue plan edit`", number=name)
    row = Plan(number=name, **{key: value for key, value in values.items() if value is not None})
    work.insert(row, name)
    return row


def edit(work: Work, plan: Plan, values: Mapping[str, object]) -> bool:
    """Change columns; False if nothing differs. What was checked against the plan before stays as it is."""
    return work.change(plan, plan.number, values)
