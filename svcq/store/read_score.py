"""七: what scores are made of: counts of what fell due, the rows behind them, answers of callbacks, fines.

All of it as on day `t`, of what fell due before that day and not before the company started.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from svcq.store.read import PERSON, Reader, fine, query
from svcq.store.read_ledger import CLAUSES, NAMED

DAY = timedelta(days=1)
OWED = "(case when o.met_on < o.breach_on then o.met_on else o.breach_on end)"
"""read.DAY_OWED of what has fallen due: min(met_on, due_on + 1), which no later day changes."""


def _holder(kind: str, record: str) -> str:
    """SQL: as read.holder, but the id, so that no name is looked up row by row, and nothing is sorted: the first
    holder of a day stands at place 0.
    """
    return (
        f"(select a.person_id from v_assignment a where a.kind = {kind} and a.record_id = {record}"
        f" and a.role = o.role and a.from_on <= {OWED} and a.place = 0 order by a.from_on desc limit 1)"
    )


PERSON_ID = (
    "case when o.role = 'qc' then (select d.person_id from v_duty d where d.rule = o.rule"
    f" and (d.region = '' or d.region = o.region) and d.from_on <= {OWED}"
    " order by case when d.region = '' then 1 else 0 end, d.from_on desc limit 1)"
    f" else coalesce({_holder('o.process', 'o.record_id')}, {_holder(repr('customer'), 'o.customer_id')}) end"
)
"""read.PERSON of what has fallen due, as an id."""
MINE = f"and {NAMED} and ({PERSON_ID}) = (select s.id from v_staff s where s.name = :person)"
BREACHED = "and (o.met_on is null or o.met_on > o.due_on)"
FINED = f"and o.fine_fen > 0 and ({fine('o')}) > 0"
ANSWER_CLAUSES = {"person": "and b.engineer = :person", "customer": "and b.customer = :customer"}


def counts(
    reader: Reader,
    first: date,
    last: date,
    t: date,
    rules: Iterable[str],
    moves: Iterable[date] = (),
    filters: Mapping[str, object] | None = None,
) -> Iterator[dict[str, object]]:
    """What fell due from `first` to `last`: person_id (None: nobody), rule, since_on, fell_due, breached, waived, fines_fen.

    `moves`: the days on which anybody came into another team or region; since_on is the last of them up to the day
    that decides who owed it, None before all of them. `filters`: person, customer. One query, without a name in it.
    """
    chosen = _chosen(filters)
    where = " ".join(MINE if key == "person" else CLAUSES[key] for key in chosen)
    later = sorted((day for day in set(moves) if day <= last + DAY), reverse=True)
    whens = " ".join(f"when {OWED} >= '{day}' then '{day}'" for day in later)
    sql = query("score_counts").format(
        person=PERSON_ID,
        since=f"case {whens} end" if whens else "null",
        fine=fine("o"),
        rules=_listed(rules),
        where=where,
    )
    yield from reader.rows(sql, _values(reader, first, last, t, chosen))


def rows(
    reader: Reader,
    first: date,
    last: date,
    t: date,
    rules: Iterable[str],
    only: str = "",
    filters: Mapping[str, object] | None = None,
) -> Iterator[dict[str, object]]:
    """The obligations of `counts` one by one, the first due first; `only`: BREACHED or FINED.

    person (None: nobody), owed_on, rule, clause, process, number, customer, starts_on, due_on, met_on, breached,
    waived_on, waived_by, reason, note, fine_fen.
    """
    chosen = _chosen(filters)
    where = " ".join([only, *(CLAUSES[key] for key in chosen)])
    sql = query("score_rows").format(
        person=PERSON, day=OWED, fine=fine("o"), rules=_listed(rules), where=where
    )
    yield from reader.rows(sql, _values(reader, first, last, t, chosen))


def answers(
    reader: Reader, quarter: str, last: date, t: date, filters: Mapping[str, object] | None = None
) -> Iterator[dict[str, object]]:
    """The answered callbacks of a quarter whose last day is `last`, by engineer and number; none of history.

    person_id, person, number, customer, asked_on, service, attitude, advice, unsolved. `filters`: person, customer.
    """
    if last < reader.live_from:
        return
    chosen = _chosen(filters)
    where = " ".join(ANSWER_CLAUSES[key] for key in chosen)
    sql = query("score_answers").format(where=where)
    yield from reader.rows(sql, {"quarter": quarter, "t": t, **chosen})


def people(reader: Reader) -> dict[int, tuple[str, str | None]]:
    """Everybody among the staff: id -> name and first role."""
    sql = (
        "select s.id, s.name, (select r.role from v_staff_role r where r.staff_id = s.id order by r.place limit 1) as role"
        " from v_staff s"
    )
    return {int(str(row["id"])): (str(row["name"]), _text(row["role"])) for row in reader.rows(sql)}


def units(reader: Reader) -> dict[str, list[tuple[date, str | None, str | None]]]:
    """Of everybody by name: from which day on in which team and region, the first first."""
    found: dict[str, list[tuple[date, str | None, str | None]]] = {}
    sql = "select person, from_on, team, region from v_staff_unit order by staff_id, from_on"
    for row in reader.rows(sql):
        day = row["from_on"]
        assert isinstance(day, date)
        found.setdefault(str(row["person"]), []).append((day, _text(row["team"]), _text(row["region"])))
    return found


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _chosen(filters: Mapping[str, object] | None) -> dict[str, object]:
    return {key: value for key, value in (filters or {}).items() if value is not None}


def _listed(rules: Iterable[str]) -> str:
    return ", ".join(f"'{rule}'" for rule in rules)


def _values(
    reader: Reader, first: date, last: date, t: date, chosen: Mapping[str, object]
) -> dict[str, object]:
    live = reader.live_from
    before = t - DAY if t > date.min else t
    return {"first": max(first, live), "last": min(last, before), "t": t, "live": live, **chosen}
