"""三: issues, their steps and the work records as listings show them, on any day."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from svcq.store.read import Reader, days_overdue, held, query
from svcq.store.read_people import had, holders

OWED = (
    "left join v_obligation r on r.number = i.number and r.rule = 'issue.close'"
    " and r.shown_on <= :t and (r.shown_until is null or r.shown_until >= :t)"
    " and r.starts_on = (select max(n.starts_on) from v_obligation n"
    " where n.number = i.number and n.rule = 'issue.close' and n.shown_on <= :t)"
)
"""The newest issue.close of an issue: it is closed if and only if that is met."""
STATE = (
    "case when i.void_on is not null then 'void'"
    " when r.met_on <= :t then 'closed'"
    " when r.due_on < :t then 'stale'"
    " else 'open' end"
)
ENGINEER = held("'issue'", "i.id", "i.customer_id", "'engineer'", ":t")
LIST = "v_issue i"
NAMED = had("issue", "i", "engineer")
CLAUSES = {
    "customer": "and i.customer_id = (select h.id from v_customer h where h.name = :customer)",
    "region": "and i.region = :region",
    "number": "and i.number = :number",
}
FIRST_CLAUSES = {**CLAUSES, "region": "and coalesce(i.region, '') = :region"}
"""Of the first issues by number: those of a region are met on the way."""
STATES = {
    "closed": f"and {STATE} = 'closed'",
    "void": "and i.void_on is not null",
    "open": "",  # found as what is not met
    "stale": "",
}
NOT_WAIVED = "and (o.waived_on is null or o.waived_on > :t)"


def issues(
    reader: Reader,
    t: date,
    *,
    which: str = "list",
    filters: Mapping[str, object] | None = None,
    ahead: int | None = None,
    limit: int | None = None,
) -> Iterator[dict[str, object]]:
    """The issues on day `t`: all (`list`), open and past due (`stale`), or to be urged (`urge`).

    `filters`: person (whose it is on that day), customer, region, number, state; blank ones do not count.
    `ahead`: stale also those that fall due within so many days; None: only what is past due.
    """
    chosen = {key: value for key, value in (filters or {}).items() if value is not None}
    state = chosen.pop("state", None)
    source, sort, span = _source(reader, t, which, state, ahead)
    listed = source == LIST  # of what is not met there are few already
    clauses = FIRST_CLAUSES if listed and limit is not None else CLAUSES
    where = " ".join(clauses[key] for key in chosen if key != "person")
    mine = f"and :person = {ENGINEER}" if "person" in chosen else ""
    mine += f" {STATES[str(state)]}" if state else ""
    if limit is not None:
        parts = {"where": where, "mine": mine, "owed": OWED if state == "closed" else "", "limit": limit}
        if listed and "person" in chosen:
            source = query("issue_had").format(named=NAMED, **parts)
        else:
            order = ", ".join(dict.fromkeys((sort, "i.number")))  # once: so that it is that of an index
            source = query("issue_first").format(sort=sort, order=order, **parts, **{"from": source})
        sort, where, mine = "picked.sort_on", "", ""
    elif listed and "person" in chosen:
        where += f" and {NAMED}"
    sql = query("issue").format(
        engineer=ENGINEER,
        closed_by=query("issue_closed_by"),
        state=STATE,
        owed=OWED,
        where=f"{where} {mine}",
        order=f"{sort}, i.number",
        **{"from": source},
    )
    for row in reader.rows(sql, {"t": t, **span, **chosen}):
        yield _finished(row, t)


def _source(
    reader: Reader, t: date, which: str, state: object, ahead: int | None
) -> tuple[str, str, dict[str, object]]:
    """Where the issues come from, what they are sorted by before the number, and the obligations they are found by."""
    span: dict[str, object] = {"rule": "issue.close", "from_day": date.min, "until_day": date.max}
    if which == "urge":
        span |= {"rule": "issue.urge", "from_day": reader.live_from}
        return query("issue_unmet").format(more=NOT_WAIVED), "late.due_on", span
    if which != "stale" and state not in ("open", "stale"):
        return LIST, "i.number", span
    span |= {"from_day": t} if state == "open" else {"until_day": _soon(t, ahead)}
    return query("issue_unmet").format(more=""), "late.due_on" if which == "stale" else "i.number", span


def _soon(t: date, ahead: int | None) -> date:
    """The last due date that counts: before `t`, or up to so many days after it."""
    return t + timedelta(days=-1 if ahead is None else ahead)


def _finished(row: dict[str, object], t: date) -> dict[str, object]:
    row["priority"] = bool(row["priority"])
    row["provisional"] = bool(row["provisional"])
    row["days_overdue"] = days_overdue(row["close_due_on"], row["closed_on"], t)
    return row


def steps(reader: Reader, number: str, t: date) -> list[dict[str, object]]:
    """The steps of an issue up to day `t`, oldest first: on, by, what, result."""
    sql = (
        "select p.done_on, p.person, p.what, p.result from v_issue_step p"
        " where p.issue_id = (select i.id from v_issue i where i.number = :number) and p.done_on <= :t"
        " order by p.done_on, p.id"
    )
    rows = reader.rows(sql, {"number": number, "t": t})
    return [{**row, "on": row["done_on"], "by": row["person"]} for row in rows]


def events(reader: Reader, number: str, t: date) -> list[dict[str, object]]:
    """Closings by hand, reopenings and urges up to day `t`, oldest first: what, on, by, reason."""
    sql = (
        "select e.what, e.done_on, e.by_name, e.reason from v_issue_event e"
        " where e.issue_id = (select i.id from v_issue i where i.number = :number) and e.done_on <= :t"
        " order by e.done_on, e.id"
    )
    rows = reader.rows(sql, {"number": number, "t": t})
    return [{**row, "on": row["done_on"], "by": row["by_name"]} for row in rows]


def requests(reader: Reader, number: str, t: date) -> list[dict[str, object]]:
    """The development requests of an issue that passed the norms by day `t`: number, plan, checked_on."""
    sql = (
        "select q.number, q.plan, q.checked_on from v_issue_request q"
        " where q.issue_id = (select i.id from v_issue i where i.number = :number) and q.checked_on <= :t"
        " order by q.checked_on, q.id"
    )
    return list(reader.rows(sql, {"number": number, "t": t}))


# `|| ''` keeps the planner from gathering all steps of a region before it looks at the days
RECORD_CLAUSES = {
    "person": "and p.person_id = (select s.id from v_staff s where s.name = :person)",
    "customer": "and i.customer_id = (select h.id from v_customer h where h.name = :customer)",
    "region": "and i.region || '' = :region",
    "from": "and p.done_on >= :from",
}


def records(
    reader: Reader,
    t: date,
    *,
    filters: Mapping[str, object] | None = None,
    limit: int | None = None,
) -> Iterator[dict[str, object]]:
    """三: the work records, which are the steps: person, on, customer, issue, what, result, region.

    `t`: the last day; `filters`: person, customer, region, from (the first day); blank ones do not count.
    """
    chosen = {key: value for key, value in (filters or {}).items() if value is not None}
    sql = query("issue_record").format(where=" ".join(RECORD_CLAUSES[key] for key in chosen))
    more = "" if limit is None else f" limit {limit:d}"
    for row in reader.rows(sql + more, {"t": t, **chosen}):
        row["on"] = row["done_on"]
        yield row


def export_issues(reader: Reader, today: date) -> Iterator[dict[str, object]]:
    """Issues with every date they have, their own engineers, and the newest of what was done by hand.

    What closed by itself is closed again by the steps. A reopening of the day of the newest closing stands before
    it if it was entered before it; the sheet would have it after it, so it is left out.
    """
    engineers = holders(reader, "issue", today)
    for row in reader.rows(query("issue_export")):
        key = int(str(row["id"]))
        row["engineer"] = next(iter(engineers.get((key, "engineer"), ())), None)
        row["priority"] = bool(row["priority"]) or None
        before = int(str(row["reopen_id"] or 0)) < int(str(row["close_id"] or 0))
        if row["reopened_on"] == row["closed_on"] and before and int(str(row["closings"])) > 1:
            row["reopened_on"] = None
        yield row


def export_steps(reader: Reader, today: date) -> Iterator[dict[str, object]]:
    """Steps by the number of their issue; those of void issues are left out with them."""
    sql = (
        "select i.number, p.done_on, p.person, p.what, p.result from v_issue i"
        " join v_issue_step p on p.issue_id = i.id where i.void_on is null order by i.number, p.done_on, p.id"
    )
    for row in reader.rows(sql):
        yield {**row, "issue": row["number"], "on": row["done_on"], "by": row["person"]}


EXPORTS = {"issue": export_issues, "step": export_steps}
