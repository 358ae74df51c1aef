"""三.3-4: spot checks as listings show them, on any day: what was drawn, what was found, which hospitals were checked."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from svcq.store.read import Reader, query

ACTS = ("records_on", "leave_on", "list_asked_on", "reconciled_on")
CLAUSES = {
    "month": "and f.number >= :month || '-' and f.number < :month || '.'",
    "person": "and f.person_id = (select s.id from v_staff s where s.name = :person)",
    "customer": "and f.customer = :customer",
    "region": "and f.region = :region",
}
"""A month's numbers begin with it; the full stop comes next after the dash."""
WHICH = {"drawn": "f.drawn_on <= :t", "found": "f.found_on <= :t"}
ORDERS = {"drawn": "f.id", "found": "f.person, f.id"}


def findings(
    reader: Reader, t: date, *, which: str = "drawn", filters: Mapping[str, object] | None = None
) -> Iterator[dict[str, object]]:
    """Records of spot checks on day `t`: those `drawn`, in that order, or those about which something is `found`.

    Found ones, missing ones among them, come by person. `filters`: month (2026-11), person, customer, region; blank
    ones do not count.
    """
    chosen = {key: value for key, value in (filters or {}).items() if value is not None}
    where = " ".join([WHICH[which], *(CLAUSES[key] for key in chosen)])
    sql = query("finding").format(where=where, order=ORDERS[which])
    for row in reader.rows(sql, {"t": t, **chosen}):
        yield {**row, "on": row["record_on"], "until": row["until_on"], "on_leave": bool(row["on_leave"])}


def counts(rows: Iterable[Mapping[str, object]]) -> list[dict[str, object]]:
    """What was found per person, by name: person, records, confirmed, wrong, missing, open, on_leave."""
    found: dict[str, dict[str, object]] = {}
    keys = ("records", "confirmed", "wrong", "missing", "open", "on_leave")
    for row in rows:
        line = found.setdefault(str(row["person"]), {"person": row["person"], **dict.fromkeys(keys, 0)})
        for key in ("records", str(row["finding"] or "open"), *(("on_leave",) if row["on_leave"] else ())):
            line[key] = int(str(line[key])) + 1
    return [found[name] for name in sorted(found)]


def samples(reader: Reader, t: date, month: str) -> list[dict[str, object]]:
    """The samples of a month drawn by day `t`, oldest first: month, drawn_on, seed, window_from, window_until, person."""
    sql = "select * from v_spot_sample where month = :month and drawn_on <= :t order by id"
    return list(reader.rows(sql, {"month": month, "t": t}))


def checks(
    reader: Reader, t: date, filters: Mapping[str, object] | None = None
) -> Iterator[dict[str, object]]:
    """Which hospitals were checked for which month by day `t`; `filters`: month, customer, region.

    complete_on: the day on which the last of the four acts was done; None if one is still to be done.
    """
    chosen = {key: value for key, value in (filters or {}).items() if value is not None}
    where = "".join(f" and k.{key} = :{key}" for key in chosen if key in ("month", "customer", "region"))
    shown = ", ".join(f"case when k.{key} <= :t then k.{key} end as {key}" for key in ACTS)
    sql = f"select k.month, k.customer, k.region, {shown} from v_spot_check k where 1 = 1{where}"
    for row in reader.rows(sql + " order by k.month, k.customer", {"t": t, **chosen}):
        days = [day for key in ACTS if isinstance(day := row[key], date)]
        if days:
            yield {**row, "complete_on": max(days) if len(days) == len(ACTS) else None}
