"""五: migrations, the hospitals that owe one in a year and the December check as listings show them, on any day."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from svcq.store.read import Reader, held, holder, query
from svcq.store.read_people import had

STATE = (
    "case when m.void_on is not null then 'void'"
    " when m.reindexed_on <= :t and m.registered_on <= :t then 'complete' else 'open' end"
)
ENGINEER = held("'migrate'", "m.id", "m.customer_id", "'engineer'", ":t")
NAMED = had("migrate", "m", "engineer")
CLAUSES = {
    "person": f"and {NAMED} and :person = {ENGINEER}",
    "customer": "and m.customer_id = (select h.id from v_customer h where h.name = :customer)",
    "region": "and m.region = :region",
    "number": "and m.number = :number",
    "state": f"and {STATE} = :state",
}
IN_CHARGE = holder(
    "'customer'",
    "y.id",
    "'engineer'",
    "(case when y.migrated_on is not null then y.migrated_on when :breach_on < :t then :breach_on else :t end)",
)
"""The first named engineer of a hospital on the day on which the year's migration was met or missed, else on day :t."""
DUE = "c.level = :level and c.running_since <= :first_on"
MIGRATED = (
    "c.id in (select m.customer_id from v_migrate m where m.void_on is null"
    " and m.done_on >= :first_on and m.done_on <= :last_on and m.done_on <= :t)"
)
YEAR_CLAUSES = {
    "person": f"and :person = {IN_CHARGE}",
    "customer": "and y.name = :customer",
    "region": "and y.region = :region",
}


def migrations(
    reader: Reader, t: date, *, filters: Mapping[str, object] | None = None, limit: int | None = None
) -> Iterator[dict[str, object]]:
    """The migrations on day `t`, by number; those of later days are not there yet.

    `filters`: person, customer, region, number, state (open, complete, void); blank ones do not count.
    """
    chosen = {key: value for key, value in (filters or {}).items() if value is not None}
    where, source = " ".join(CLAUSES[key] for key in chosen), "v_migrate m"
    if limit is not None:
        source, where = query("migrate_first").format(where=where, limit=limit), ""
    sql = query("migrate").format(engineer=ENGINEER, state=STATE, where=where, **{"from": source})
    yield from reader.rows(sql, {"t": t, **chosen})


def hospitals(
    reader: Reader,
    t: date,
    year: tuple[date, date],
    level: int,
    *,
    migrated: bool = False,
    filters: Mapping[str, object] | None = None,
) -> Iterator[dict[str, object]]:
    """Hospitals of a level that are running when a year begins, as they stood on day `t`, by name.

    `year`: its first and last day; `migrated`: also everybody else who was migrated in it. Each has migrated_on (the
    first day of it in that year), before_on (the newest of an earlier year), engineer, rule (None: the ledger has no
    migrate.yearly of it) and waived_on. Whether they have been running for long enough is left to the rules.
    `filters`: person, customer, region; blank ones do not count.
    """
    first, last = year
    chosen = {key: value for key, value in (filters or {}).items() if value is not None}
    sql = query("migrate_year").format(
        engineer=IN_CHARGE,
        which=f"({DUE} or {MIGRATED})" if migrated else DUE,
        where=" ".join(YEAR_CLAUSES[key] for key in chosen),
    )
    values = {"first_on": first, "last_on": last, "breach_on": last + timedelta(days=1)}
    yield from reader.rows(sql, {"t": t, "year": f"{first.year:04d}", "level": level, **values, **chosen})


def unfinished(reader: Reader, t: date, year: tuple[date, date]) -> Iterator[dict[str, object]]:
    """What was done by day `t` after each migration of a year: customer_id, number, reindexed_on, registered_on."""
    sql = (
        "select m.customer_id, m.number, case when m.reindexed_on <= :t then m.reindexed_on end as reindexed_on,"
        " case when m.registered_on <= :t then m.registered_on end as registered_on from v_migrate m"
        " where m.void_on is null and m.done_on >= :first_on and m.done_on <= :last_on and m.done_on <= :t"
        " order by m.done_on, m.number"
    )
    yield from reader.rows(sql, {"t": t, "first_on": year[0], "last_on": year[1]})


def checks(reader: Reader, t: date, year: str) -> list[dict[str, object]]:
    """The December checks of a year held by day `t`, the one that counts first: checked_on, by_name, note."""
    sql = (
        "select checked_on, by_name, note from v_migrate_check where year = :year and checked_on <= :t"
        " order by checked_on, id"
    )
    return list(reader.rows(sql, {"year": year, "t": t}))
