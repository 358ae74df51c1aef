"""The ledger as listings show it: obligations of any process, on any day."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from svcq.store.read import PERSON, STATE, Reader, days_overdue, fine, query, yuan
from svcq.store.read_people import HAD

NAMED = (
    f"(o.role = 'qc' or (o.process, o.record_id) in (select a.kind, a.record_id from v_assignment a where {HAD})"
    f" or o.customer_id in (select a.record_id from v_assignment a where a.kind = 'customer' and {HAD}))"
)
"""Obligations that a person can have: quickly found, before it is asked who owes each."""
UNMET = ("o.met_on is null", "o.met_on > :t")
"""What is not met on day :t, each half with an index of its own."""
RULES = (
    "with recursive r (rule) as (select min(o.rule) from v_obligation o union all"
    " select (select min(o.rule) from v_obligation o where o.rule > r.rule) from r where r.rule is not null)"
    " select r.rule from r where r.rule is not null"
)
"""The rules of which there is anything: the next one is looked up by the one before, not found among all rows."""
FEW = ("number", "customer", "rule", "met_since", "person")
"""What leaves so few obligations that they are put in order as a whole."""
CLAUSES = {
    "person": f"and {NAMED} and ({PERSON}) = :person",
    "customer": "and o.customer_id = (select h.id from v_customer h where h.name = :customer)",
    "region": "and o.region = :region",
    "number": "and o.number = :number",
    "process": "and o.process = :process",
    "rule": "and o.rule = :rule",
    "until": "and o.due_on <= :until",
    "since": "and o.due_on >= :since",
    "shown_since": "and o.shown_on >= :shown_since",
    "met_since": "and o.met_on >= :met_since",
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

    `filters`: person, customer, region, number, process, rule, until and since (the last and the first due date),
    shown_since, met_since (the first day on which it stood, or was met); blank ones do not count.
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
    order = "o.due_on, o.rule, o.number, o.starts_on"
    source = query("obligation_open") if unmet else "v_obligation o"
    if limit is not None:
        branches = [
            query("obligation_branch").format(which=which, where=where, order=order, limit=limit)
            for which in (UNMET if unmet else _by_rule(reader, chosen))
        ]
        source = query("obligation_first").format(branches=" union all ".join(branches), limit=limit)
        where = ""
    sql = query("obligation").format(
        person=PERSON, state=STATE, fine=fine("o"), where=where, order=order, **{"from": source}
    )
    for row in reader.rows(sql, {"t": t, "live": reader.live_from, **chosen}):
        row["fine"] = yuan(row["fine_fen"]) or 0
        row["provisional"] = bool(row["provisional"])
        row["note"] = row["note"] or None
        row["before_live"] = bool(row["before_live"])
        row["days_overdue"] = days_overdue(row["due_on"], row["met_on"], t)
        yield row


def _by_rule(reader: Reader, chosen: Mapping[str, object]) -> list[str]:
    """SQL: everything, in parts that an index has in order: one for each rule, or one in all if there is little."""
    if chosen.keys() & set(FEW):
        return ["1 = 1"]
    return [f"o.rule = '{row['rule']}'" for row in reader.rows(RULES)] or ["1 = 1"]


def waivers(reader: Reader, number: str) -> list[dict[str, object]]:
    """Who let off which obligation of a record, when and why."""
    sql = "select rule, number, starts_on, waived_on, waived_by, reason from v_waiver where number = :number"
    return list(reader.rows(sql + " order by starts_on, rule", {"number": number}))
