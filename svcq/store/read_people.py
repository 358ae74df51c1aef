"""Customers and staff as listings show them, on any day."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from svcq.store.batches import batches
from svcq.store.read import Reader

HAD = "a.person_id = (select s.id from v_staff s where s.name = :person)"
"""SQL: the assignment a is that of a person, who is looked up by name once."""
CUSTOMER_CLAUSES = {
    "customer": "(c.name = :customer or c.code = :customer)",
    "region": "c.region = :region",
    "level": "c.level = :level",
    "person": f"c.id in (select a.record_id from v_assignment a where a.kind = 'customer' and {HAD})",
}
PART = 100
"""Customers whose people are looked up at once."""


def had(kind: str, record: str, *roles: str) -> str:
    """SQL: `record`, or its customer, is one of those on which a person ever held one of the roles.

    They are quickly found, before it is asked who holds it on the day.
    """
    one = f"{HAD} and a.role in ({', '.join(repr(role) for role in roles)})"
    return (
        f"({record}.id in (select a.record_id from v_assignment a where a.kind = '{kind}' and {one})"
        f" or {record}.customer_id in"
        f" (select a.record_id from v_assignment a where a.kind = 'customer' and {one}))"
    )


UNITS = {
    key: f"(select u.{key} from v_staff_unit u where u.staff_id = s.id and u.from_on <= :t"
    " order by u.from_on desc limit 1)"
    for key in ("team", "region")
}
"""SQL: in which team and region a person is on day :t."""
STAFF_CLAUSES = {
    "person": "s.name = :person",
    "region": f"{UNITS['region']} = :region",
    "team": f"{UNITS['team']} = :team",
}


def holders(
    reader: Reader, kind: str, t: date, ids: Iterable[int] | None = None
) -> dict[tuple[int, str], list[str]]:
    """Who holds which role on the records of a kind on day `t`: (record id, role) -> names, first named first.

    `ids`: of these records alone; None: of all.
    """
    among = "" if ids is None else f" and record_id in ({', '.join(f'{key:d}' for key in ids)})"
    sql = (
        "select record_id, role, from_on, person from v_assignment"
        f" where kind = :kind and from_on <= :t{among} order by record_id, role, from_on desc, place"
    )
    found: dict[tuple[int, str], list[str]] = {}
    newest: dict[tuple[int, str], object] = {}
    for row in reader.rows(sql, {"kind": kind, "t": t}):
        key = (int(str(row["record_id"])), str(row["role"]))
        if newest.setdefault(key, row["from_on"]) == row["from_on"]:
            names = found.setdefault(key, [])
            if row["person"] is not None:
                names.append(str(row["person"]))
    return found


def customers(
    reader: Reader, t: date, filters: Mapping[str, object] | None = None
) -> Iterator[dict[str, object]]:
    """Customers by code and name, with who serves them on day `t`; `filters`: customer, region, level, person.

    Who serves them is looked up for some at a time: whoever wants the first ones stops there.
    """
    chosen = {key: value for key, value in (filters or {}).items() if value is not None}
    person = chosen.get("person")
    where = " and ".join(CUSTOMER_CLAUSES[key] for key in chosen)
    sql = f"select * from v_customer c{' where ' + where if where else ''} order by c.code is null, c.code, c.name"
    for part in batches(reader.rows(sql, chosen), PART):
        held = holders(reader, "customer", t, (int(str(row["id"])) for row in part))
        for row in part:
            key = int(str(row["id"]))
            engineers = held.get((key, "engineer"), [])
            managers = held.get((key, "account_manager"), [])
            if person is None or person in engineers or person in managers:
                row["engineer"] = "、".join(engineers) or None
                row["account_manager"] = managers[0] if managers else None
                row["state"] = "void" if row["void_on"] else "active"
                yield row


def staff(
    reader: Reader, t: date, filters: Mapping[str, object] | None = None
) -> Iterator[dict[str, object]]:
    """People by name, with their team and region of day `t`. State: active, left (by day `t`), void.

    `filters`: person, customer, region, team, role.
    """
    chosen = {key: value for key, value in (filters or {}).items() if value is not None}
    role, customer = chosen.pop("role", None), chosen.pop("customer", None)
    serving = _serving(reader, str(customer), t) if customer is not None else None
    roles: dict[object, list[str]] = {}
    for row in reader.rows("select staff_id, role from v_staff_role order by staff_id, place"):
        roles.setdefault(row["staff_id"], []).append(str(row["role"]))
    where = " and ".join(STAFF_CLAUSES[key] for key in chosen)
    where_is = ", ".join(f"{sql} as {key}_then" for key, sql in UNITS.items())
    sql = f"select s.*, {where_is} from v_staff s{' where ' + where if where else ''} order by s.name"
    for row in reader.rows(sql, {"t": t, **chosen}):
        row |= {key: row.pop(f"{key}_then") for key in UNITS}
        mine = roles.get(row["id"], [])
        if (role is None or role in mine) and (serving is None or row["name"] in serving):
            row["role"] = "、".join(mine) or None
            left = row["left_on"]
            row["state"] = (
                "void" if row["void_on"] else "left" if isinstance(left, date) and left < t else "active"
            )
            yield row


def _serving(reader: Reader, customer: str, t: date) -> set[str]:
    """Who holds a role at a hospital on day `t`."""
    found = reader.one("select id from v_customer where name = :name", {"name": customer})
    ids = [int(str(found["id"]))] if found else []
    return (
        {name for names in holders(reader, "customer", t, ids).values() for name in names} if ids else set()
    )


def duties(reader: Reader) -> list[dict[str, object]]:
    """The duty table, planned changes too: rule, region, from_on, person."""
    return list(
        reader.rows("select rule, region, from_on, person from v_duty order by rule, region, from_on")
    )


def export_customers(reader: Reader, today: date) -> Iterator[dict[str, object]]:
    """Customers with their people of today."""
    for row in customers(reader, today):
        if row["state"] != "void":
            yield row | {"engineer": tuple(str(row["engineer"]).split("、")) if row["engineer"] else ()}


def export_staff(reader: Reader, today: date) -> Iterator[dict[str, object]]:
    """People with their roles."""
    for row in staff(reader, today):
        if row["state"] != "void":
            yield row | {"role": tuple(str(row["role"]).split("、")) if row["role"] else ()}


def export_units(reader: Reader, today: date) -> Iterator[dict[str, object]]:
    """In which team and region people are from which day on, planned moves too; no day: since ever."""
    rows = reader.rows(
        "select u.person, u.from_on, u.team, u.region from v_staff_unit u join v_staff s on s.id = u.staff_id"
        " where s.void_on is null order by u.person, u.from_on"
    )
    for row in rows:
        yield {**row, "from": None if row["from_on"] == date.min else row["from_on"]}


EXPORTS = {"customer": export_customers, "staff": export_staff, "unit": export_units}
