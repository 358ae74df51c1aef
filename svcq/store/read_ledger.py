"""The ledger as listings show it: obligations of any process, on any day."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from svcq.store.read import PERSON, STATE, Reader, days_overdue, fine, query, yuan

CLAUSES = {
    "person": f"and ({PERSON}) = :person",
    "customer": "and o.customer = :customer",
    "region": "and o.region = :region",
    "number": "and o.number = :number",
    "process": "and o.process = :process",
    "rule": "and o.rule = :rule",
    "until": "and o.due_on <= :until",
}


def obligations(
    reader: Reader,
    t: date,
    *,
    states: tuple[str, ...] | None = ("open", "overdue"),
    filters: Mapping[str, object] | None = None,
    limit: int | None = None,
) -> Iterator[dict[str, object]]:
    """Obligations that have started by day `t`, the most urgent first; `states` None: every state.

    `filters`: person, customer, region, number, process, rule, until (the last due date); blank ones do not count.
    """
    chosen = {key: value for key, value in (filters or {}).items() if value is not None}
    where = " ".join(CLAUSES[key] for key in chosen)
    unmet = states is not None and not {"met", "late", "waived"} & set(states)
    if states is not None:
        where += f" and ({STATE}) in ({', '.join(repr(state) for state in states)})"
    if unmet and states == ("overdue",):
        until = chosen.get("until")
        chosen["until"] = min(until if isinstance(until, date) else t, t - timedelta(days=1))
        where += " " + CLAUSES["until"]
    sql = query("obligation").format(
        person=PERSON,
        state=STATE,
        fine=fine("o"),
        where=where,
        order="o.due_on, o.rule, o.number, o.starts_on",
        limit="" if limit is None else f"limit {limit:d}",
        **{"from": query("obligation_open") if unmet else "v_obligation o"},
    )
    for row in reader.rows(sql, {"t": t, "live": reader.live_from, **chosen}):
        row["fine"] = yuan(row["fine_fen"]) or 0
        row["provisional"] = bool(row["provisional"])
        row["before_live"] = bool(row["before_live"])
        row["days_overdue"] = days_overdue(row["due_on"], row["met_on"], t)
        yield row


def waivers(reader: Reader, number: str) -> list[dict[str, object]]:
    """Who let off which obligation of a record, when and why."""
    sql = "select rule, number, starts_on, waived_on, waived_by, reason from v_waiver where number = :number"
    return list(reader.rows(sql + " order by starts_on, rule", {"number": number}))
