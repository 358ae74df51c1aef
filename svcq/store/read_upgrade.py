"""四: upgrades as listings show them on any day, the steps that were skipped, and what an upgrader takes along."""

from collections.abc import Iterator, Mapping
from datetime import date

from svcq.store.read import Reader, held, holder, query
from svcq.store.read_issue import issues, steps
from svcq.store.read_people import had

STATE = (
    "case when u.void_on is not null then 'void'"
    " when u.called_on <= :t and (u.answer = 'yes' or u.second_called_on <= :t) then 'settled'"
    " when u.report_on <= :t or u.mailed_on <= :t then 'reported'"
    " when u.done_on <= :t then 'done'"
    " when u.approved_on <= :t then 'approved'"
    " when u.tested_on <= :t then 'tested'"
    " when u.plan_on <= :t then 'planned'"
    " when u.arranged_on <= :t then 'arranged'"
    " else 'applied' end"
)
"""The furthest step that is there; after a call without a definite yes it is not settled before the second call."""
PEOPLE = {
    "account_manager": held("'upgrade'", "u.id", "u.customer_id", "'account_manager'", ":t"),
    "regional_manager": holder("'upgrade'", "u.id", "'regional_manager'", ":t"),
    "upgrader": holder("'upgrade'", "u.id", "'upgrader'", ":t"),
}
"""Who applied (else who would: the customer's account manager), who arranged it, and who does it."""
TOLD = {
    "done": "(u.done_on is null or u.done_on <= :t)",
    "called": "(u.called_on is null or u.called_on <= :t)",
    "again": "(u.second_called_on is null or u.second_called_on <= :t)",
}
"""Whether what was told with an act is known on the day."""
NAMED = had("upgrade", "u", "account_manager", "regional_manager", "upgrader")
CLAUSES = {
    "person": f"and {NAMED} and :person in ({', '.join(PEOPLE.values())})",
    "customer": "and u.customer_id = (select h.id from v_customer h where h.name = :customer)",
    "region": "and u.region = :region",
    "number": "and u.number = :number",
    "state": f"and {STATE} = :state",
}
FLAGS = ("stable", "solved", "arranged", "second_stable", "second_solved", "second_arranged")
KINDS = {"modifications": ("modification", "special_modifications"), "surprises": ("surprise", "surprises")}
"""What earlier upgrades left to know: the kind of it, and the column that says it."""
Row = dict[str, object]


def upgrades(
    reader: Reader, t: date, *, filters: Mapping[str, object] | None = None, limit: int | None = None
) -> Iterator[Row]:
    """The upgrades on day `t`, by number; those that begin later are not there yet.

    `filters`: person (who applied, arranged or does it), customer, region, number, state; blank ones do not count.
    """
    chosen = {key: value for key, value in (filters or {}).items() if value is not None}
    where, source = " ".join(CLAUSES[key] for key in chosen), "v_upgrade u"
    if limit is not None:
        source, where = query("upgrade_first").format(where=where, limit=limit), ""
    sql = query("upgrade").format(state=STATE, where=where, **PEOPLE, **TOLD, **{"from": source})
    for row in reader.rows(sql, {"t": t, **chosen}):
        row |= {key: None if row[key] is None else bool(row[key]) for key in FLAGS}
        yield row


def skips(reader: Reader, number: str, t: date) -> list[Row]:
    """The steps of an upgrade that were forced by day `t`, oldest first: on, step, skipped, reason, by."""
    sql = (
        "select k.done_on, k.step, k.skipped, k.reason, k.by_name from v_upgrade_skip k"
        " where k.upgrade_id = (select u.id from v_upgrade u where u.number = :number) and k.done_on <= :t"
        " order by k.done_on, k.id"
    )
    rows = reader.rows(sql, {"number": number, "t": t})
    return [{**row, "on": row["done_on"], "by": row["by_name"]} for row in rows]


def hospital(reader: Reader, name: object) -> Row:
    """The hospital as an upgrader needs to know it: customer, region, contact, phone, version; empty if there is none."""
    sql = "select c.name as customer, c.region, c.contact, c.phone, c.version from v_customer c where c.name = :name"
    return reader.one(sql, {"name": name}) or {}


def open_issues(reader: Reader, customer: object, t: date) -> list[Row]:
    """四.2: the problems of a hospital that are open on day `t`, the oldest first, each with what was done last."""
    found = [
        row
        for state in ("open", "stale")
        for row in issues(reader, t, filters={"customer": customer, "state": state})
    ]
    for row in found:
        last = next(reversed(steps(reader, str(row["number"]), t)), None)
        row["last_step"] = last["what"] if last else None
    return sorted(found, key=lambda row: (str(row["reported_on"]), str(row["number"])))


def left_by_earlier(
    reader: Reader, customer: object, t: date, but: Row | None = None
) -> dict[str, list[Row]]:
    """四.2: what earlier upgrades of a hospital left to know on day `t`, the newest first.

    modifications and surprises: number, done_on, version, kind, text of each. `but`: the upgrade that is being
    prepared; what came after it is not earlier.
    """
    sql = (
        "select u.number, u.done_on, u.version, u.surprises, u.special_modifications from v_upgrade u"
        " where u.customer_id = (select h.id from v_customer h where h.name = :customer)"
        " and u.void_on is null and u.done_on <= :until_on and u.number <> :number"
        " order by u.done_on desc, u.number desc"
    )
    done_on = but["done_on"] if but else None
    until = min(t, done_on) if isinstance(done_on, date) else t
    number = but["number"] if but else ""
    rows = list(reader.rows(sql, {"customer": customer, "until_on": until, "number": number}))
    same = ("number", "done_on", "version")
    return {
        part: [
            {**{key: row[key] for key in same}, "kind": kind, "text": row[column]}
            for row in rows
            if row[column]
        ]
        for part, (kind, column) in KINDS.items()
    }
