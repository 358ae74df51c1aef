"""一: hand-overs as listings show them, on any day."""

from collections.abc import Iterator, Mapping
from datetime import date

from svcq.store.read import Reader, days_overdue, held, query
from svcq.store.read_people import had, holders

DECIDED = (
    "left join v_handover_trail d on d.id = (select r.id from v_handover_trail r"
    " where r.handover_id = h.id and r.decision is not null and r.done_on <= :t"
    " order by r.done_on desc, r.id desc limit 1)"
)
STATE = (
    "case when h.void_on is not null then 'void'"
    " when d.decision = 'eligible' and h.registered_on <= :t and h.notice_on <= :t and h.receipt_on <= :t"
    " then 'complete'"
    " when d.decision is not null then d.decision"
    " when h.application_on <= :t and h.worklog_on <= :t and h.documents_on <= :t then 'deciding'"
    " else 'applying' end"
)
NEWS = (
    "left join v_handover_trail n on n.id <> d.id and n.id = (select w.id from v_handover_trail w"
    " where w.handover_id = h.id and w.note is not null and w.done_on <= :t"
    " order by w.done_on desc, w.id desc limit 1)"
)
HEARD = ", n.done_on as heard_on, n.by_name as heard_by, n.note as heard"
"""The newest words, unless they are the reason of the decision itself."""
FREE = (
    "not exists (select 1 from v_handover_trail f"
    " where f.handover_id = h.id and f.decision = 'eligible' and f.done_on > :t)"
)
"""What a later decision brings is not known yet."""
NAMED = had("handover", "h", "project_manager", "account_manager")


def handovers(
    reader: Reader,
    t: date,
    *,
    waiting: bool = False,
    filters: Mapping[str, object] | None = None,
    limit: int | None = None,
) -> Iterator[dict[str, object]]:
    """The hand-overs on day `t`, by number: all, or those `waiting` for more because they are not eligible.

    Of those who wait also `heard_on`, `heard_by` and `heard`: the newest words, and `days_overdue` since expected_on.
    `filters`: person, customer, region, number, project_number, state; blank ones do not count.
    """
    chosen = {key: value for key, value in (filters or {}).items() if value is not None}
    if waiting:
        chosen["state"] = "not_eligible"
    roles = {
        role: held("'handover'", "h.id", "h.customer_id", f"'{role}'", ":t")
        for role in ("project_manager", "account_manager")
    }
    clauses = {
        "person": f"and {NAMED} and :person in ({', '.join(roles.values())})",
        "customer": "and h.customer_id = (select c.id from v_customer c where c.name = :customer)",
        "region": "and h.region = :region",
        "number": "and h.number = :number",
        "project_number": "and h.project_number = :project_number",
        "state": f"and {STATE} = :state",
    }
    where = " ".join(clauses[key] for key in chosen)
    source = query("handover_waiting") if waiting else "v_handover h"
    if limit is not None:
        source = query("handover_first").format(
            decided=DECIDED if "state" in chosen else "", where=where, limit=limit, **{"from": source}
        )
        where = ""
    sql = query("handover").format(
        **roles,
        state=STATE,
        free=FREE,
        decided=f"{DECIDED} {NEWS}" if waiting else DECIDED,
        heard=HEARD if waiting else "",
        where=where,
        **{"from": source},
    )
    for row in reader.rows(sql, {"t": t, "first_day": date.min, **chosen}):
        row["days_overdue"] = days_overdue(row["expected_on"], None, t)
        yield row


def trail(reader: Reader, number: str, t: date) -> list[dict[str, object]]:
    """What was decided and heard of a hand-over up to day `t`, oldest first: on, by, decision, expected_on, note."""
    sql = (
        "select done_on, by_name, decision, expected_on, note from v_handover_trail"
        " where handover_id = (select h.id from v_handover h where h.number = :number) and done_on <= :t"
        " order by done_on, id"
    )
    return [_told(row) for row in reader.rows(sql, {"number": number, "t": t})]


def _told(row: dict[str, object]) -> dict[str, object]:
    return {**row, "on": row["done_on"], "by": row["by_name"]}


def served(reader: Reader, row: Mapping[str, object], t: date) -> dict[str, object]:
    """Who serves the hospital of a hand-over on day `t`, and what its worklog has open, for a form.

    `engineers`: name and phone of each; `account_manager_phone`; `open_issues`: None if no problem was ever entered.
    """
    engineers = (
        "select a.person as name, s.phone from v_assignment a left join v_staff s on s.id = a.person_id"
        " where a.kind = 'customer' and a.role = 'engineer' and a.person is not null"
        " and a.record_id = :customer_id"
        " and a.from_on = (select max(b.from_on) from v_assignment b where b.kind = a.kind"
        " and b.record_id = a.record_id and b.role = a.role and b.from_on <= :t) order by a.place"
    )
    problems = (
        "select count(*) as entered, sum(case when o.met_on <= :t then 0 else 1 end) as open from v_obligation o"
        " where o.customer_id = :customer_id and o.rule = 'issue.close' and o.shown_on <= :t"
        " and (o.shown_until is null or o.shown_until >= :t)"
    )
    asked = {"customer_id": row["customer_id"], "t": t}
    manager = reader.one("select phone from v_staff where name = :name", {"name": row["account_manager"]})
    found = reader.one(problems, asked) or {"entered": 0}
    return {
        "engineers": list(reader.rows(engineers, asked)),
        "account_manager_phone": manager["phone"] if manager else None,
        "open_issues": found["open"] if found["entered"] else None,
    }


def answering(reader: Reader, rule: str, region: object, t: date) -> str | None:
    """Who at QC answers for a rule in a region on day `t`, with the phone number if there is one."""
    sql = (
        "select d.person, s.phone from v_duty d left join v_staff s on s.name = d.person"
        " where d.rule = :rule and (d.region = '' or d.region = :region) and d.from_on <= :t"
        " order by case when d.region = '' then 1 else 0 end, d.from_on desc limit 1"
    )
    row = reader.one(sql, {"rule": rule, "region": region, "t": t})
    return " ".join(str(value) for value in row.values() if value) if row else None


def _trails(reader: Reader) -> dict[object, list[dict[str, object]]]:
    """Every trail of the store: number of the hand-over -> its rows, oldest first."""
    found: dict[object, list[dict[str, object]]] = {}
    for row in reader.rows("select * from v_handover_trail order by number, done_on, id"):
        found.setdefault(row["number"], []).append(_told(row))
    return found


def _carried(rows: list[dict[str, object]]) -> dict[str, object] | None:
    """The decision that the sheet of the hand-over carries: the newest one, unless others of its day come before it.

    Where they do it stays among them, for what comes in with the hand-over is the first of its day.
    """
    newest = next((row for row in reversed(rows) if row["decision"]), None)
    first = next((row for row in rows if newest and row["on"] == newest["on"]), None)
    return newest if newest is first else None


def export_handovers(reader: Reader, today: date) -> Iterator[dict[str, object]]:
    """Hand-overs with every date they have, their newest decision and their own people, not those of the customer."""
    people, trails = holders(reader, "handover", today), _trails(reader)
    for row in handovers(reader, date.max):
        if row["state"] != "void":
            key = int(str(row["id"]))
            own = {
                role: next(iter(people.get((key, role), ())), None)
                for role in ("project_manager", "account_manager")
            }
            told = _carried(trails.get(row["number"], [])) or {}
            decision = {
                "decision": told.get("decision"),
                "decided_on": told.get("on"),
                "decided_by": told.get("by"),
                "expected_on": told.get("expected_on"),
                "reason": told.get("note"),
            }
            yield {**row, **own, **decision}


def export_follow_ups(reader: Reader, today: date) -> Iterator[dict[str, object]]:
    """The decisions and follow-ups that the sheet of the hand-overs does not carry; void ones are left out."""
    trails = _trails(reader)
    for row in reader.rows("select number from v_handover where void_on is null order by number"):
        rows = trails.get(row["number"], [])
        carried = _carried(rows)
        for told in rows:
            if told is not carried:
                yield {**told, "handover": row["number"]}


EXPORTS = {"handover": export_handovers, "follow_up": export_follow_ups}
