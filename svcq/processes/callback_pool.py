"""六: whom a quarter's sample can draw: engineers, their customers of a day, and the draws that those have had."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from svcq.processes.callback_owed import B
from svcq.processes.work import Work
from svcq.rules import callback_sample as rules
from svcq.rules.periods import Span, quarter_before, quarter_of, year_of
from svcq.store.tables.customer import Customer
from svcq.store.tables.staff import Assignment, Staff, StaffRole

CUSTOMER = Customer.__table__  # type: ignore[attr-defined]
PERSON = Staff.__table__  # type: ignore[attr-defined]
ROLE = StaffRole.__table__  # type: ignore[attr-defined]
HELD = Assignment.__table__  # type: ignore[attr-defined]
SERVES = "engineer"
"""The role of those whose customers are asked, at the company and at the hospital."""


@dataclass(frozen=True, slots=True)
class Pool:
    """What a sample is drawn from, and what its names stand for."""

    engineers: tuple[rules.Engineer, ...]
    customers: tuple[rules.Customer, ...]
    people: dict[str, int]
    """Engineer -> id."""
    places: dict[str, int]
    """Customer -> id."""
    about: dict[str, tuple[str | None, str | None, str | None]]
    """Customer -> region, contact, phone."""
    numbers: frozenset[str]
    """Of the quarter's callbacks, those that were struck out too."""


@dataclass(frozen=True, slots=True)
class Quarter:
    """The callbacks that a quarter has: pairs of customer and engineer."""

    drawn: tuple[tuple[int, int], ...]
    struck: tuple[tuple[int, int], ...]
    numbers: frozenset[str]


def gather(work: Work, quarter: Span, day: date) -> Pool:
    """The engineers who are there on a day, the customers they serve then, and every draw that counts."""
    staff = _staff(work, day)
    names = {key: name for name, key in staff.items()}
    of_quarter = _of_quarter(work, quarter)
    serving = _serving(work, day)
    draws = _draws(work, quarter)
    columns = (CUSTOMER.c.id, CUSTOMER.c.name, CUSTOMER.c.region, CUSTOMER.c.contact, CUSTOMER.c.phone)
    rows = work.session.execute(sa.select(*columns).where(CUSTOMER.c.void_on.is_(None))).all()
    drawn_for, struck_for = _by_customer(of_quarter.drawn), _by_customer(of_quarter.struck)
    customers = []
    for key, name, *_ in rows:
        this_year, ever, before = draws.get(key, (0, 0, 0))
        customers.append(
            rules.Customer(
                name,
                tuple(names[one] for one in serving.get(key, ()) if one in names),
                this_year,
                ever,
                bool(before),
                # whom else it was drawn for is told too, though they may have left
                tuple(names.get(one, str(one)) for one in drawn_for.get(key, ())),
                tuple(names[one] for one in struck_for.get(key, ()) if one in names),
            )
        )
    had = Counter(engineer for _, engineer in of_quarter.drawn)
    return Pool(
        tuple(rules.Engineer(name, had[key]) for name, key in staff.items()),
        tuple(customers),
        staff,
        {row.name: row.id for row in rows},
        {row.name: (row.region, row.contact, row.phone) for row in rows},
        of_quarter.numbers,
    )


def _staff(work: Work, day: date) -> dict[str, int]:
    """Every engineer who has not left by that day: name -> id."""
    there = (PERSON.c.void_on.is_(None), PERSON.c.left_on.is_(None) | (PERSON.c.left_on >= day))
    engineers = sa.exists().where(ROLE.c.staff_id == PERSON.c.id, ROLE.c.role == SERVES)
    rows = sa.select(PERSON.c.name, PERSON.c.id).where(*there, engineers).order_by(PERSON.c.name)
    return {name: key for name, key in work.session.execute(rows)}


def _serving(work: Work, day: date) -> dict[int, list[int]]:
    """Who holds the role at each customer on that day: customer -> people."""
    rows = (
        sa.select(HELD.c.record_id, HELD.c.from_on, HELD.c.person_id)
        .where(HELD.c.kind == "customer", HELD.c.role == SERVES, HELD.c.from_on <= day)
        .order_by(HELD.c.record_id, HELD.c.from_on.desc(), HELD.c.place)
    )
    newest: dict[int, date] = {}
    found: dict[int, list[int]] = {}
    for key, from_on, person in work.session.execute(rows):
        if newest.setdefault(key, from_on) == from_on and person is not None:
            found.setdefault(key, []).append(person)
    return found


def _of_quarter(work: Work, quarter: Span) -> Quarter:
    rows = sa.select(B.c.customer_id, B.c.engineer_id, B.c.number, B.c.void_on).where(
        B.c.quarter == quarter.name
    )
    found = work.session.execute(rows).all()
    living: dict[tuple[int, int], bool] = {}
    for row in found:
        pair = row.customer_id, row.engineer_id
        living[pair] = living.get(pair, False) or row.void_on is None
    return Quarter(
        tuple(pair for pair, lives in living.items() if lives),
        tuple(pair for pair, lives in living.items() if not lives),
        frozenset(row.number for row in found),
    )


def _by_customer(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for customer, engineer in pairs:
        found.setdefault(customer, []).append(engineer)
    return found


def _draws(work: Work, quarter: Span) -> dict[int, tuple[int, int, int]]:
    """Customer -> draws in the year of the quarter, draws ever, draws in the quarter before."""
    year = year_of(quarter.first)
    first, last = quarter_of(year.first).name, quarter_of(year.last).name

    def counted(which: Any) -> Any:  # noqa: ANN401 - what SQLAlchemy makes of a condition
        return sa.func.sum(sa.case((which, 1), else_=0))

    rows = (
        sa.select(
            B.c.customer_id,
            counted(B.c.quarter.between(first, last)),
            sa.func.count(),
            counted(B.c.quarter == quarter_before(quarter).name),
        )
        .where(B.c.void_on.is_(None))
        .group_by(B.c.customer_id)
    )
    return {
        key: (int(year), int(ever), int(before)) for key, year, ever, before in work.session.execute(rows)
    }
