"""Today's desk: how much is open in each process, what is most urgent, what changed since the day before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from svcq.store.read import Reader, query
from svcq.store.read_ledger import obligations

AHEAD = timedelta(days=7)
"""What is due within them is due soon: as far as one looks ahead at a desk, nothing of the process."""
URGENT, NEWS = 5, 3
"""Obligations shown: the most urgent ones, and of each kind of change."""
MET = (
    "select count(*) as met from v_obligation o where o.met_on >= :first_day and o.met_on <= :t"
    " and o.due_on >= :live and o.shown_on <= :t and (o.shown_until is null or o.shown_until >= :t)"
    " and (o.waived_on is null or o.waived_on > :t)"
)
FIRST_ROWS = ("v_obligation", "v_customer", "v_staff")
Rows = list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class View:
    """What lies on the desk on a day. History, due before the company started, is counted but not shown."""

    tally: Rows
    """By process: process, open, overdue, soon; only processes with any of them."""
    urgent: Rows
    """Obligations as `read_ledger` gives them."""
    news: Rows
    """The same, and `what`: overdue, met or new; those of the day before and of the day itself."""
    changes: Mapping[str, int]
    """`what` -> how many there are in all."""
    history: int


def is_blank(reader: Reader) -> bool:
    """Whether nothing was ever entered."""
    return not any(reader.one(f"select 1 as there from {view} limit 1") for view in FIRST_ROWS)


def view(reader: Reader, t: date) -> View:
    """The desk on day `t`."""
    first, live = t - timedelta(days=1), reader.live_from
    asked = {"t": t, "live": live, "first_day": first}
    counts = list(reader.rows(query("desk"), {**asked, "soon_day": t + AHEAD}))
    met = reader.one(MET, asked) or {"met": 0}
    changes = {
        "overdue": _sum(counts, "late_news"),
        "met": int(str(met["met"])),
        "new": _sum(counts, "new_news"),
    }
    urgent = obligations(reader, t, filters={"since": live}, limit=URGENT)
    news = [row for what, count in changes.items() if count for row in _news(reader, t, what, first)]
    tally = [row for row in counts if row["open"] or row["overdue"]]
    return View(tally, list(urgent), news, changes, _sum(counts, "history"))


def _sum(rows: Rows, key: str) -> int:
    return sum(int(str(row[key])) for row in rows)


def _news(reader: Reader, t: date, what: str, first: date) -> Iterator[dict[str, object]]:
    """The first few changes of a kind that have happened since `first`; what is new and late already is late."""
    live, breached = reader.live_from, first - timedelta(days=1)
    states, since = {
        "overdue": (("overdue",), {"since": max(live, breached)}),
        "met": (("met", "late"), {"since": live, "met_since": first}),
        "new": (("open",), {"since": live, "shown_since": first}),
    }[what]
    for row in obligations(reader, t, states=states, filters=since, limit=NEWS):
        yield {**row, "what": what}
