"""五: what the migrations and hospitals in the store oblige to: rows gathered into facts for the rules."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import col, select

from svcq.processes import ledger, waiver
from svcq.processes.ledger_source import Owed, Source
from svcq.processes.work import Work
from svcq.rules import migrate as rules
from svcq.rules.obligation import earliest
from svcq.rules.periods import first_year, year_named, year_of
from svcq.store.tables.customer import Customer
from svcq.store.tables.ledger import ObligationRow, Waiver
from svcq.store.tables.migrate import Migration, MigrationCheck

M = Migration.__table__  # type: ignore[attr-defined]
CHECK = MigrationCheck.__table__  # type: ignore[attr-defined]
C = Customer.__table__  # type: ignore[attr-defined]
OWED = ObligationRow.__table__  # type: ignore[attr-defined]
YEARLY = "migrate.yearly"
_OF_A_YEAR = re.compile(r"(.+)-([0-9]{4})", re.DOTALL)


def years(work: Work) -> Iterator[str]:
    """CUSTOMER-YEAR of every hospital that owes a migration in a year."""
    yield from _numbers(work, _hospitals(work), ledger.horizon(work))


def _hospitals(work: Work, *which: sa.ColumnElement[bool]) -> list[rules.Hospital]:
    """The hospitals of that condition of which level and start are known."""
    known = (C.c.void_on.is_(None), C.c.level.is_not(None), C.c.running_since.is_not(None))
    rows = sa.select(C.c.name, C.c.level, C.c.running_since).where(*known, *which).order_by(C.c.name)
    return [rules.Hospital(*row) for row in work.session.execute(rows)]


def _numbers(
    work: Work, hospitals: Iterable[rules.Hospital], until: date, after: date | None = None
) -> Iterator[str]:
    """The years that hospitals owe a migration in, of those that begin by `until`, and after a day if one is given."""
    starts = (first_year(None, work.live_from), after and after + timedelta(days=1))
    first = max((day for day in starts if day), default=None)
    for hospital in hospitals:
        for year in rules.due_years(hospital, first, until, work.terms):
            yield rules.number_of(hospital.name, year)


def owed(work: Work, wanted: Sequence[str]) -> Iterable[Owed]:
    """What these migrations and years of hospitals oblige to; nothing if they are void."""
    keys = ("id", "customer_id", "number", "done_on", "reindexed_on", "registered_on")
    rows = sa.select(*(M.c[key] for key in keys)).where(M.c.number.in_(wanted), M.c.void_on.is_(None))
    for record_id, customer_id, *facts in work.session.execute(rows).all():
        migration = rules.Migration(*facts)
        for obligation in rules.obligations(migration, work.terms):
            yield Owed(obligation, record_id, customer_id, migration.done_on)
    yield from _of_years(work, wanted)


def _of_years(work: Work, wanted: Sequence[str]) -> Iterator[Owed]:
    """migrate.yearly of the hospitals and years that are named."""
    asked: dict[str, set[str]] = {}
    for number in wanted:
        if found := _OF_A_YEAR.fullmatch(number):
            asked.setdefault(found[1], set()).add(found[2])
    if not asked:
        return
    living = (C.c.name.in_(asked), C.c.void_on.is_(None))
    rows = work.session.execute(
        sa.select(C.c.id, C.c.name, C.c.level, C.c.running_since).where(*living)
    ).all()
    done: dict[int, dict[str, date]] = {}
    migrated = sa.select(M.c.customer_id, M.c.done_on).where(
        M.c.customer_id.in_([row.id for row in rows]), M.c.void_on.is_(None)
    )
    for customer_id, on in work.session.execute(migrated.order_by(M.c.done_on)):
        done.setdefault(customer_id, {}).setdefault(year_of(on).name, on)
    first, until = first_year(None, work.live_from), ledger.horizon(work)
    for key, *facts in rows:
        hospital = rules.Hospital(*facts)
        spans = (year_named(name) for name in sorted(asked[hospital.name]))
        due = [
            year
            for year in spans
            if year
            and (first or year.first) <= year.first <= until
            and rules.is_due(hospital, year, work.terms)
        ]
        for obligation in rules.yearly(hospital, due, done.get(key, {}), work.terms):
            yield Owed(obligation, None, key)


def of_customers(work: Work, customers: Sequence[str]) -> Iterable[str]:
    """The years of these hospitals: those that they owe a migration in, and those that the ledger has."""
    yield from _numbers(work, _hospitals(work, C.c.name.in_(customers)), ledger.horizon(work))
    ids = sa.select(C.c.id).where(C.c.name.in_(customers))
    stored = sa.select(OWED.c.number).where(OWED.c.rule == YEARLY, OWED.c.customer_id.in_(ids))
    yield from work.session.scalars(stored)


def dawning(work: Work, before: date, until: date) -> Iterable[str]:
    """The years of hospitals that begin after the one day and by the other."""
    return _numbers(work, _hospitals(work), until, before)


def touch_year(work: Work, customer: str, *days: date | None) -> None:
    """The yearly obligations of a hospital in the years of these days are to be computed anew."""
    for on in days:
        if on is not None:
            work.touch("migrate", rules.number_of(customer, year_of(on)))


def rename(work: Work, before: str, after: str) -> None:
    """A hospital has another name: the years in which it was let off stay so."""
    mine = col(Waiver.number).startswith(f"{before}-", autoescape=True)
    rows = select(Waiver).where(Waiver.rule == YEARLY, mine)
    for row in work.session.exec(rows).all():
        if year := year_named(row.number.removeprefix(f"{before}-")):
            waiver.renumber(work, row, rules.number_of(after, year))


def periodic(work: Work, until: date) -> Iterable[Owed]:
    """migrate.check: every year from the first that counts."""
    first_record = work.session.scalar(sa.select(sa.func.min(M.c.done_on)).where(M.c.void_on.is_(None)))
    done: dict[str, date] = {}
    for row in work.session.execute(
        sa.select(CHECK.c.year, sa.func.min(CHECK.c.checked_on)).group_by(CHECK.c.year)
    ):
        done[row[0]] = row[1]
    held = (year.first for name in done if (year := year_named(name)))
    first = first_year(earliest(first_record, *held), work.live_from)
    return [] if first is None else [Owed(o) for o in rules.checks(first, until, done, work.terms)]


LEDGER = Source(
    "migrate",
    M.c.number,
    owed,
    rules.PERIODIC,
    periodic,
    rests_on={"customer": of_customers},
    dawning=dawning,
    besides=years,
)
