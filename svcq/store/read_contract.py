"""二: contracts as listings show them, on any day."""

from collections.abc import Iterator, Mapping
from datetime import date

from svcq.store.read import Reader, days_overdue, fine, held, query, yuan
from svcq.store.read_people import had, holders

SOURCES = {"list": "v_contract c", "overdue": "contract_overdue", "expiring": "contract_expiring"}
SORTS = {"list": "c.number", "overdue": "late.due_on", "expiring": "ending.expires_on"}
"""What each listing is sorted by, before the number."""
OWED = "left join v_obligation r on r.number = c.number and r.rule = 'contract.return' and r.starts_on <= :t"
STATE = (
    "case when c.void_on is not null then 'void'"
    " when c.returned_on <= :t then 'returned'"
    " when r.due_on < :t then 'overdue'"
    " when c.sent_out_on <= :t or c.sealed_on <= :t then 'out'"
    " else 'free' end"
)
OUT = "(c.returned_on is null or c.returned_on > :t) and"
KNOWN = {"overdue": OUT, "out": OUT, "free": OUT, "void": "c.void_on is not null and"}
"""What is seen of a state in the contract itself, before its obligation is looked up."""
NAMED = had("contract", "c", "salesperson", "account_manager")


def contracts(
    reader: Reader,
    t: date,
    *,
    which: str = "list",
    filters: Mapping[str, object] | None = None,
    span: tuple[date, date] | None = None,
    limit: int | None = None,
) -> Iterator[dict[str, object]]:
    """The contracts on day `t`: all (`list`), not back in time (`overdue`), or ending in `span` (`expiring`).

    `filters`: person, customer, region, number, state; blank ones do not count.
    """
    chosen = {key: value for key, value in (filters or {}).items() if value is not None}
    salesperson = held("'contract'", "c.id", "c.customer_id", "'salesperson'", ":t")
    manager = held("'contract'", "c.id", "c.customer_id", "'account_manager'", ":t")
    among = f"and {NAMED}" if which == "list" else ""  # the others are few already
    clauses = {
        "person": f"{among} and :person in ({salesperson}, {manager})",
        "customer": "and c.customer_id = (select h.id from v_customer h where h.name = :customer)",
        "region": "and c.region = :region",
        "number": "and c.number = :number",
        "state": f"and {KNOWN.get(str(chosen.get('state')), '')} {STATE} = :state",
    }
    where = " ".join(clauses[key] for key in chosen)
    if which != "list":
        where += " and c.void_on is null"
    sort, source = SORTS[which], SOURCES[which]
    source = source if source.startswith("v_") else query(source)
    if limit is not None:
        source = query("contract_first").format(
            sort=sort,
            owed=OWED if "state" in chosen else "",
            where=where,
            order=f"{sort}, c.number",
            limit=limit,
            **{"from": source},
        )
        sort, where = "picked.sort_on", ""
    sql = query("contract").format(
        salesperson=salesperson,
        account_manager=manager,
        state=STATE,
        fine=fine("r"),
        owed=OWED,
        where=where,
        order=f"{sort}, c.number",
        **{"from": source},
    )
    first, last = span or (date.min, date.max)
    values = {"t": t, "live": reader.live_from, "from_day": first, "until_day": last, **chosen}
    for row in reader.rows(sql, values):
        yield _finished(row, t)


def _finished(row: dict[str, object], t: date) -> dict[str, object]:
    row["amount"] = yuan(row["amount_fen"])
    row["fine"] = yuan(row["fine_fen"]) or 0
    row["days_overdue"] = days_overdue(row["return_due_on"], row["returned_on"], t)
    row["provisional"] = bool(row["provisional"])
    return row


def calls(reader: Reader, number: str, t: date) -> list[dict[str, object]]:
    """The calls about a contract up to day `t`, oldest first: contract, on, by, promised_on, note."""
    sql = (
        "select number as contract, called_on, by_name, promised_on, note from v_contract_call"
        " where number = :number and called_on <= :t order by called_on, id"
    )
    rows = reader.rows(sql, {"number": number, "t": t})
    return [{**row, "on": row["called_on"], "by": row["by_name"]} for row in rows]


def feedback_log(reader: Reader, number: str, t: date) -> list[dict[str, object]]:
    """When the contract went to the commerce centre in a month's table: month, sent_on, sent_by, file, state."""
    sql = (
        "select month, sent_on, sent_by, file, state from v_contract_feedback"
        " where number = :number and sent_on <= :t order by sent_on"
    )
    return list(reader.rows(sql, {"number": number, "t": t}))


def export_contracts(reader: Reader, today: date) -> Iterator[dict[str, object]]:
    """Contracts with every date they have and their own people, not those of the customer."""
    people = holders(reader, "contract", today)
    for row in contracts(reader, date.max):
        if row["state"] != "void":
            key = int(str(row["id"]))
            held = {
                role: next(iter(people.get((key, role), ())), None)
                for role in ("salesperson", "account_manager")
            }
            yield {**row, **held, "amount": row["amount_fen"]}


def export_calls(reader: Reader, today: date) -> Iterator[dict[str, object]]:
    """Calls with the number of their contract; those about void contracts are left out with them."""
    sql = (
        "select t.number, t.called_on, t.by_name, t.promised_on, t.note from v_contract_call t"
        " join v_contract c on c.id = t.contract_id where c.void_on is null"
        " order by t.number, t.called_on, t.id"
    )
    for row in reader.rows(sql):
        yield {
            "contract": row["number"],
            "on": row["called_on"],
            "by": row["by_name"],
            "promised_on": row["promised_on"],
            "note": row["note"],
        }


EXPORTS = {"contract": export_contracts, "call": export_calls}
