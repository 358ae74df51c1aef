"""五: data migrations of hospitals: entering, mending and assigning them, and the December check."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col, select

from svcq.errors import N_, Phrase, Refused
from svcq.processes import assignments, holders, numbering
from svcq.processes.issue import present
from svcq.processes.migrate_owed import M, touch_year
from svcq.processes.names import living_customer, unknown
from svcq.processes.staff_owed import admit
from svcq.processes.work import Work, not_in_future
from svcq.rules import migrate as rules
from svcq.rules.matching import tidy_number
from svcq.rules.periods import Span
from svcq.store.tables.customer import Customer
from svcq.store.tables.migrate import Migration, MigrationCheck

ROLES = ("engineer",)
DONE: Mapping[str, str] = {
    "reindexed_on": N_("the rebuilding of the indexes"),
    "registered_on": N_("the migration's registration"),
}
"""What is done after a migration, and how each is called."""


def find(work: Work, number: str) -> Migration:
    """The migration of that number; NotFound with near numbers."""
    name = tidy_number(number)
    found = work.session.exec(select(Migration).where(Migration.number == name)).first()
    if found is None:
        close = numbering.neighbours(work, M.c.number, name)
        raise unknown(N_("migration {name} is not known{near}"), name, close)
    return found


def living(work: Work, number: str) -> Migration:
    """The migration, refused if its record is void."""
    found = find(work, number)
    if found.void_on:
        raise Refused("migration {number} is void since {on}", number=found.number, on=found.void_on)
    return found


def record(migration: Migration) -> holders.Record:
    """The migration as something that people are assigned to."""
    assert migration.id is not None
    return holders.Record("migrate", migration.id, migration.number)


def next_number(work: Work, reserved: Iterable[str] = ()) -> Callable[[], str]:
    """Gives the next number by the policy's pattern; `reserved`: numbers that are about to be used by others."""
    pattern = str(work.book.on(work.today).settings["migrate.number"])
    return numbering.following(work, M.c.number, pattern, reserved)


def add(
    work: Work,
    number: str | None,
    customer: str,
    values: Mapping[str, Any],
    engineer: str | None = None,
    *,
    force: bool = False,
) -> Migration:
    """A new migration; `values`: columns, `done_on` among them. The engineer is the customer's unless said.

    Refused if the number exists, if the customer has the very same migration (and no number is said), if an act is in
    the future, or, unless it is forced, if the engineer is new and has not passed the exam (三.1).
    """
    columns = {key: value for key, value in values.items() if value is not None}
    owner = living_customer(work, customer)
    assert owner.id is not None
    name = _free_number(work, number, owner.id, columns)
    _acts_are_done(work, columns)
    held = present(work, engineer, columns["done_on"]) if engineer else None
    if held:
        admit(work, held, force=force)
    row = Migration(number=name, customer_id=owner.id, **columns)
    work.insert(row, name, {"customer": owner.name})
    if held:
        holders.assign(work, record(row), "engineer", [held])
    work.touch("migrate", name)
    touch_year(work, owner.name, row.done_on)
    return row


def _free_number(work: Work, number: str | None, customer_id: int, columns: Mapping[str, Any]) -> str:
    """The number said if nobody has it, else the next one, unless that migration has one already."""
    name = tidy_number(number or "")
    if name:
        if work.session.exec(select(Migration.id).where(Migration.number == name)).first() is not None:
            raise Refused("migration {number} exists already: use `svcq migrate edit`", number=name)
        return name
    same = select(Migration.number).where(
        Migration.customer_id == customer_id,
        Migration.done_on == columns["done_on"],
        Migration.system == columns.get("system"),
        col(Migration.void_on).is_(None),
    )
    twin = work.session.exec(same).first()
    if twin is not None:
        raise Refused("migration {number} is that very one; if it is another, give it a number", number=twin)
    return next_number(work)()


def _acts_are_done(work: Work, values: Mapping[str, object]) -> None:
    """Refuse values that date an act after today."""
    for key in rules.ACTS:
        on = values.get(key)
        if isinstance(on, date):
            not_in_future(work, on)


def reindex(work: Work, number: str, on: date) -> bool:
    """五.1: the indexes were rebuilt; False if exactly that is recorded already, refused on another day."""
    return _set_date(work, number, "reindexed_on", on)


def register(work: Work, number: str, on: date) -> bool:
    """五.2: the migration was registered; False if exactly that is recorded already, refused on another day."""
    return _set_date(work, number, "registered_on", on)


def _set_date(work: Work, number: str, column: str, on: date) -> bool:
    migration = living(work, number)
    known = getattr(migration, column)
    if known not in (None, on):
        raise Refused(
            "migration {number}: {what} is recorded on {known} already; "
            "`svcq migrate edit {number} --reason …` mends it",
            number=migration.number,
            what=Phrase(DONE[column]),
            known=known,
        )
    return known is None and edit(work, migration, {column: on})


def edit(work: Work, migration: Migration, values: Mapping[str, object]) -> bool:
    """Change columns (`customer` by name); False if nothing differs.

    The hospital's yearly migration is counted anew, and where it moves that of the other hospital or year too.
    """
    columns = dict(values)
    former = work.session.get_one(Customer, migration.customer_id)
    owner, done_on = former, migration.done_on
    shown: dict[str, tuple[object, object]] = {}
    if "customer" in columns:
        owner = living_customer(work, str(columns.pop("customer")))
        if owner.id != former.id:
            shown["customer"] = (former.name, owner.name)
            columns["customer_id"] = owner.id
    _acts_are_done(work, {key: on for key, on in columns.items() if on != getattr(migration, key)})
    changed = work.change(migration, migration.number, columns, shown)
    if changed:
        work.touch("migrate", migration.number)
        touch_year(work, former.name, done_on)
        touch_year(work, owner.name, migration.done_on)
    return changed


def void(work: Work, number: str, reason: str) -> bool:
    """A mistaken record: its obligations end, it stays visible with the reason; False if it is void already."""
    migration = find(work, number)
    if migration.void_on:
        return False
    work.change(migration, migration.number, {"void_on": work.today, "void_reason": reason})
    work.touch("migrate", migration.number)
    touch_year(work, work.session.get_one(Customer, migration.customer_id).name, migration.done_on)
    return True


def assign(
    work: Work,
    number: str,
    role: str,
    names: Sequence[str],
    from_on: date | None,
    *,
    force: bool = False,
) -> bool:
    """Give a migration to another engineer from a day on; False if it is theirs already.

    Refused for who has left by then or, unless it is forced, is new and has not passed the exam (三.1).
    """
    return assignments.assign(work, record(living(work, number)), ROLES, role, names, from_on, force=force)


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of recording a December check."""

    changed: bool
    counts_on: date
    """The day of the check that counts: the first of the year's."""
    starts_on: date
    """From when the check is due."""


def check(
    work: Work, year: Span, on: date, by: str | None, note: str | None = None, *, mend: bool = False
) -> Checked:
    """五.3: the migrations of a year were checked, by whoever acts unless said; of several checks the first counts.

    Nothing changes if one of that day is recorded already. `mend`: the one that counts was on this day, or by somebody
    else. Refused in the future, and before the year has begun.
    """
    not_in_future(work, on)
    if on < year.first:
        raise Refused("{on} is before the year {year}", clause="五.3", on=on, year=year.name)
    (owed,) = rules.checks(year.first, year.last, {}, work.terms)
    rows = _checks(work, year)
    if rows and mend:
        said = {"checked_on": on, **({"by_name": by} if by else {})}
        for twin in (row for row in rows[1:] if row.checked_on == on):  # it was recorded twice
            work.remove(twin, year.name)
        changed = work.change(rows[0], year.name, said)
    else:
        changed = all(row.checked_on != on for row in rows)
        if changed:
            row = MigrationCheck(year=year.name, checked_on=on, by_name=by or work.actor, note=note)
            work.insert(row, year.name)
    if changed:
        work.touch("migrate")
    return Checked(changed, counting(work, year) or on, owed.starts_on)


def uncheck(work: Work, year: Span) -> bool:
    """Take back the check of a year that counts, recorded by mistake; False if there is none. The log keeps it."""
    rows = _checks(work, year)
    if rows:
        work.remove(rows[0], year.name)
        work.touch("migrate")
    return bool(rows)


def counting(work: Work, year: Span) -> date | None:
    """The day of the check of a year that counts: the first; None if there is none."""
    return next((row.checked_on for row in _checks(work, year)), None)


def _checks(work: Work, year: Span) -> Sequence[MigrationCheck]:
    """The checks of a year, the one that counts first."""
    rows = select(MigrationCheck).where(MigrationCheck.year == year.name)
    return work.session.exec(rows.order_by(col(MigrationCheck.checked_on), col(MigrationCheck.id))).all()
