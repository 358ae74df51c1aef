"""三.1 and 三.3: people's leave and exams as listings show them, and who has still to pass."""

from collections.abc import Iterator, Mapping
from datetime import date

from svcq.store.read import Reader
from svcq.store.read_ledger import obligations


def leaves(reader: Reader, person: str | None = None, t: date | None = None) -> Iterator[dict[str, object]]:
    """When people are away, by person and day; only leave that has begun by day `t`, if one is given.

    person, from, until, kind, days (both of the outer ones counted).
    """
    clauses = {"person": "l.person = :person", "t": "l.from_on <= :t"}
    values = {key: value for key, value in (("person", person), ("t", t)) if value is not None}
    where = " and ".join(clauses[key] for key in values)
    sql = "select l.person, l.from_on, l.until_on, l.kind from v_leave l" + (
        f" where {where}" if where else ""
    )
    for row in reader.rows(f"{sql} order by l.person, l.from_on", values):
        first, last = row["from_on"], row["until_on"]
        assert isinstance(first, date)
        assert isinstance(last, date)
        yield {**row, "from": first, "until": last, "days": (last - first).days + 1}


def units(reader: Reader, person: str, t: date) -> list[dict[str, object]]:
    """In which team and region a person was from which day on, up to day `t`, oldest first: from_on, team, region."""
    sql = (
        "select u.from_on, u.team, u.region from v_staff_unit u where u.person = :person and u.from_on <= :t"
    )
    return list(reader.rows(f"{sql} order by u.from_on", {"person": person, "t": t}))


def exams(reader: Reader, person: str, t: date) -> list[dict[str, object]]:
    """The exams that a person took by day `t`, oldest first: on, result (passed or failed), note."""
    sql = (
        "select e.taken_on, case when e.passed then 'passed' else 'failed' end as result, e.note from v_exam e"
        " where e.person = :person and e.taken_on <= :t order by e.taken_on, e.id"
    )
    return [{**row, "on": row["taken_on"]} for row in reader.rows(sql, {"person": person, "t": t})]


ENGINEERS = """
select s.id, s.name as person, s.team, s.region, s.joined_on, s.left_on,
       case when s.trained_on <= :t then s.trained_on end as trained_on,
       case when s.certified_on <= :t then s.certified_on end as certified_on,
       (select max(e.taken_on) from v_exam e where e.person_id = s.id and e.taken_on <= :t) as exam_on,
       (select count(*) from v_exam e where e.person_id = s.id and e.taken_on <= :t and not e.passed) as failed
from v_staff s
where s.void_on is null and s.id in (select r.staff_id from v_staff_role r where r.role = 'engineer')
order by s.name
"""


def examinees(
    reader: Reader, t: date, filters: Mapping[str, object] | None = None
) -> Iterator[dict[str, object]]:
    """三.1: the engineers who have still to pass the exam on day `t`, the most urgent first; `filters`: person, region.

    State: open or overdue as their staff.exam; exempt for who joined on an unknown day and is still there, at the end.
    barred: whether nothing can be assigned to them meanwhile.
    """
    chosen = {key: value for key, value in (filters or {}).items() if value is not None}
    owed = {row["number"]: row for row in obligations(reader, t, filters={"rule": "staff.exam"})}
    live = reader.live_from
    rows = []
    for row in reader.rows(ENGINEERS, {"t": t}):
        if any(row[key] != value for key, value in chosen.items() if key in ("person", "region")):
            continue
        due, joined, left = owed.get(row["person"]), row["joined_on"], row["left_on"]
        gone = isinstance(left, date) and left < t
        if due is None and (joined is not None or row["certified_on"] is not None or gone):
            continue
        rows.append(
            {
                **row,
                "due_on": due and due["due_on"],
                "days_overdue": due["days_overdue"] if due else 0,
                "state": due["state"] if due else "exempt",
                "barred": isinstance(joined, date)
                and date.min < live <= joined
                and row["certified_on"] is None,
                "before_live": bool(due and due["before_live"]),
                "provisional": bool(due and due["provisional"]),
            }
        )
    yield from sorted(rows, key=lambda row: (row["due_on"] or date.max, row["person"]))
