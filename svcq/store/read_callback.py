"""六: callbacks, the tries that found nobody and what the answers came to, as listings show them, on any day."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from svcq.store.read import Reader, query

OWED = "left join v_obligation o on o.number = b.number and o.rule = 'callback.make'"
ANSWERED = "b.asked_on <= :t and (b.service is not null or b.attitude is not null or b.advice <> '' or b.unsolved <> '')"
STATE = (
    "case when b.void_on is not null then 'void'"
    f" when {ANSWERED} then 'answered'"
    " when o.met_on <= :t then 'unreachable'"  # met without an answer: tried often enough
    " when o.due_on < :t then 'overdue'"
    " else 'open' end"
)
CLAUSES = {
    "person": "and b.engineer_id = (select s.id from v_staff s where s.name = :person)",
    "customer": "and b.customer_id = (select c.id from v_customer c where c.name = :customer)",
    "region": "and b.region = :region",
    "number": "and b.number = :number",
    "quarter": "and b.quarter = :quarter",
    "state": f"and {STATE} = :state",
}
BY = {"engineer": "b.engineer", "region": "b.region", "quarter": "b.quarter"}
FIRST, LAST = "", "9999Q4"
"""Before and after the names of all quarters."""


def callbacks(
    reader: Reader, t: date, *, filters: Mapping[str, object] | None = None, limit: int | None = None
) -> Iterator[dict[str, object]]:
    """The callbacks on day `t`, by number: void, answered, unreachable, overdue or open.

    `filters`: person (the engineer), customer, region, number, quarter, state; blank ones do not count.
    """
    chosen = {key: value for key, value in (filters or {}).items() if value is not None}
    sql = query("callback").format(state=STATE, owed=OWED, where=" ".join(CLAUSES[key] for key in chosen))
    more = "" if limit is None else f" limit {limit:d}"
    yield from reader.rows(sql + more, {"t": t, **chosen})


def tries(reader: Reader, number: str, t: date) -> list[dict[str, object]]:
    """When nobody was reached for a callback, up to day `t`, oldest first: on, by, note."""
    sql = (
        "select tried_on, by_name, note from v_callback_try"
        " where callback_id = (select b.id from v_callback b where b.number = :number) and tried_on <= :t"
        " order by tried_on, id"
    )
    rows = reader.rows(sql, {"number": number, "t": t})
    return [{**row, "on": row["tried_on"], "by": row["by_name"]} for row in rows]


def summary(
    reader: Reader,
    t: date,
    by: str,
    first: str | None = None,
    last: str | None = None,
    *,
    before: str | None = None,
    filters: Mapping[str, object] | None = None,
) -> list[dict[str, object]]:
    """What the callbacks of the quarters from `first` to `last` came to by day `t`: a row for each that has any.

    `by`: engineer, region (the customer's) or quarter; `before`: the quarter before `first`. Rows: engineer or region,
    quarter, asked (how many were to be), answered, unreachable, open (overdue too), overdue, the means of service
    and attitude, satisfaction from 0 to 100, that of the quarter before, and the change since. Figures have two
    decimals, None without an answer. `filters`: person (the engineer), customer, region.
    """
    chosen = {key: value for key, value in (filters or {}).items() if value is not None}
    where = " ".join(CLAUSES[key] for key in chosen)
    sql = query("callback_summary").format(key=BY[by], state=STATE, owed=OWED, where=where)
    span = {"t": t, "first": before or first or FIRST, "last": last or LAST}
    rows = [_figures(row, by) for row in reader.rows(sql, {**span, **chosen})]
    rows.sort(key=lambda row: (row["who"] is None, str(row["who"]), str(row["quarter"])))
    known = {(row["who"], row["quarter"]): row["satisfaction"] for row in rows}
    for row in rows:
        row["before"] = known.get((row["who"] if by != "quarter" else _before(row), _before(row)))
        now, then = row["satisfaction"], row["before"]
        row["change"] = now - then if isinstance(now, Decimal) and isinstance(then, Decimal) else None
    return [_as_float(row) for row in rows if first is None or str(row["quarter"]) >= first]


def _as_float(row: Mapping[str, object]) -> dict[str, object]:
    """A row with its figures as machines get them: 75.0, not 75."""
    return {key: float(value) if isinstance(value, Decimal) else value for key, value in row.items()}


def _before(row: Mapping[str, object]) -> str:
    """The name of the quarter before that of a row."""
    year, number = str(row["quarter"]).split("Q")
    return f"{year}Q{int(number) - 1}" if number != "1" else f"{int(year) - 1:04d}Q4"


def _figures(row: dict[str, object], by: str) -> dict[str, object]:
    """A row of the query with its means."""
    total, count = 0, 0
    for key in ("service", "attitude"):
        marks, many = int(str(row[f"{key}_sum"] or 0)), int(str(row[f"{key}_count"]))
        row[key] = _rounded(marks, many)
        total, count = total + marks, count + many
    row["satisfaction"] = _rounded((total - count) * 25, count)
    return {**row, by: row["who"]}


def _rounded(total: int, count: int) -> Decimal | None:
    """The mean with two decimals, halves up."""
    return (Decimal(total) / count).quantize(Decimal("0.01"), ROUND_HALF_UP) if count else None
