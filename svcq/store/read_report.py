"""What a report counts: deadlines by rule and region, the trend, the records of each process and what moved in a period.

Every count is that of a listing of the same day, made by one query that gives no row of the listing itself.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from svcq.store import read_contract, read_handover, read_issue, read_upgrade
from svcq.store.read import STATE, Reader, query

Counts = Mapping[str, int]
STOOD = (
    "u.due_on < :{day} and (u.met_on is null or u.met_on > :{day}) and u.shown_on <= :{day}"
    " and (u.shown_until is null or u.shown_until >= :{day}) and (u.waived_on is null or u.waived_on > :{day})"
)
"""SQL: whether the obligation u was overdue on a day that is bound by that name."""
IN = "between :first_day and :t"
HANDOVERS = {
    "accepted": f"h.accepted_on {IN}",
    "decided_eligible": f"d.decision = 'eligible' and d.done_on {IN}",
    "decided_not": f"d.decision = 'not_eligible' and d.done_on {IN}",
    "registered": f"h.registered_on {IN}",
}
CONTRACTS = {
    "sent_out": f"c.sent_out_on {IN}",
    "sealed": f"c.sealed_on {IN}",
    "came_back": f"c.returned_on {IN}",
}
UPGRADES = {
    "asked_for": f"u.applied_on {IN}",
    "carried_out": f"u.done_on {IN}",
    "called": f"u.called_on {IN}",
}
"""What happened in the period to records that are not void: key -> SQL that tells."""


def standing(reader: Reader, t: date) -> Iterator[dict[str, object]]:
    """What is owed on day `t`, by rule and the customer's region: rule, region, open, overdue, history.

    history: due before the company started, and counted nowhere else.
    """
    return reader.rows(query("report_standing"), {"t": t, "live": reader.live_from})


def fell_due(
    reader: Reader, first: date, last: date, t: date, rules: Iterable[str]
) -> Iterator[dict[str, object]]:
    """What fell due from `first` to `last`, by rule and region: rule, region, fell_due, met, late, missed, waived.

    Day `t` decides what has become of it; what is due on `t` itself is neither met nor missed as long as it is open.
    """
    sql = query("report_fell_due").format(state=f"({STATE})", rules=", ".join(f"'{rule}'" for rule in rules))
    days = {"first_day": first, "last_day": last, "t": t, "live": reader.live_from}
    return reader.rows(sql, days)


def overdue_on(reader: Reader, days: Sequence[date]) -> dict[date, Counts]:
    """How many obligations were overdue on each of the days, by process; history is left out."""
    names = [f"day_{place}" for place in range(len(days))]
    sums = [f"sum(case when {STOOD.format(day=name)} then 1 else 0 end) as {name}" for name in names]
    sql = query("report_trend").format(sums=", ".join(sums))
    asked = dict(zip(names, days, strict=True))
    rows = list(
        reader.rows(sql, {**asked, "first_day": min(days), "last_day": max(days), "live": reader.live_from})
    )
    return {
        day: {str(row["process"]): int(str(row[name])) for row in rows if row[name]}
        for name, day in asked.items()
    }


def handovers(reader: Reader, first: date, t: date) -> Counts:
    """Hand-overs on day `t` by state, and since `first`: accepted, decided_eligible, decided_not, registered."""
    source = f"v_handover h {read_handover.DECIDED}"
    return _tally(reader, source, "h.first_on", read_handover.STATE, HANDOVERS, first, t)


def contracts(reader: Reader, first: date, t: date) -> Counts:
    """Contracts on day `t` by state, and since `first`: sent_out, sealed, came_back."""
    source = f"v_contract c {read_contract.OWED}"
    return _tally(reader, source, "c.first_on", read_contract.STATE, CONTRACTS, first, t)


def upgrades(reader: Reader, first: date, t: date) -> Counts:
    """Upgrades on day `t` by state, and since `first`: asked_for, carried_out, called."""
    return _tally(reader, "v_upgrade u", "u.first_on", read_upgrade.STATE, UPGRADES, first, t)


def _tally(
    reader: Reader, source: str, begins: str, state: str, moves: Mapping[str, str], first: date, t: date
) -> Counts:
    """How many records there are in each state, and what happened to those that are not void."""
    sums = ", ".join(f"sum(case when {what} then 1 else 0 end) as {key}" for key, what in moves.items())
    sql = (
        f"select {state} as state, count(*) as many, {sums} from {source}"
        f" where ({begins} is null or {begins} <= :t) group by 1"
    )
    found = dict.fromkeys(moves, 0)
    for row in reader.rows(sql, {"first_day": first, "t": t}):
        found[str(row["state"])] = int(str(row["many"]))
        if row["state"] != "void":
            for key in moves:
                found[key] += int(str(row[key]))
    return found


def issues(reader: Reader, first: date, t: date) -> Counts:
    """Issues on day `t`: open and stale; since `first`: reported, closed, and records (the steps that were done)."""
    unmet = query("issue_unmet").format(more="")
    sql = (
        "select sum(case when late.due_on >= :t then 1 else 0 end) as open,"
        " sum(case when late.due_on < :t then 1 else 0 end) as stale"
        f" from {unmet} where i.reported_on <= :t and i.void_on is null"
    )
    span = {"rule": "issue.close", "from_day": date.min, "until_day": date.max}
    reported = f"select count(*) as reported from v_issue i where i.reported_on {IN} and i.void_on is null"
    records = (
        "select count(*) as records from v_issue_step p join v_issue i on i.id = p.issue_id"
        f" where p.done_on {IN} and i.void_on is null"
    )
    found: dict[str, int] = {}
    for one in (sql, reported, query("report_closed"), records):
        row = reader.one(one, {"first_day": first, "t": t, **span}) or {}
        found |= {key: int(str(value or 0)) for key, value in row.items()}
    return found


def migrated(reader: Reader, first: date, t: date) -> int:
    """How many migrations were done from `first` to `t`."""
    sql = f"select count(*) as many from v_migrate m where m.done_on {IN} and m.void_on is null"
    row = reader.one(sql, {"first_day": first, "t": t})
    return int(str(row["many"])) if row else 0


def asked(reader: Reader, first: date, t: date) -> int:
    """How many customers were asked whether they are satisfied from `first` to `t`."""
    sql = f"select count(*) as many from v_callback b where b.asked_on {IN} and b.void_on is null"
    row = reader.one(sql, {"first_day": first, "t": t})
    return int(str(row["many"])) if row else 0


def stale(reader: Reader, t: date) -> list[dict[str, object]]:
    """The issues past their day on day `t`, the most urgent first, as `issue stale` lists them."""
    return list(read_issue.issues(reader, t, which="stale"))
