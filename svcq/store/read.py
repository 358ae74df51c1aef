"""The reading side: one query over the DB-API on the public views; imports no ORM and no holiday data."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from svcq.store import database
from svcq.store.address import Address

QUERIES = Path(__file__).parent / "queries"

DAY_OWED = (
    "(case when o.met_on <= :t and o.met_on < o.breach_on then o.met_on"
    " when o.breach_on < :t then o.breach_on else :t end)"
)
"""min(met_on, due_on + 1, t): the day whose holder of the role is the person of an obligation."""

STATE = (
    "case when o.waived_on <= :t then 'waived'"
    " when o.met_on <= :t and o.met_on <= o.due_on then 'met'"
    " when o.met_on <= :t then 'late'"
    " when o.due_on < :t then 'overdue' else 'open' end"
)


def fine(row: str) -> str:
    """SQL: the fine of the obligation `row` on day :t, in fen; 0 until breached, when waived, and for history."""
    return (
        f"case when {row}.due_on < :t and ({row}.met_on is null or {row}.met_on > {row}.due_on)"
        f" and ({row}.waived_on is null or {row}.waived_on > :t) and {row}.due_on >= :live"
        f" then {row}.fine_fen else 0 end"
    )


def holder(kind: str, record: str, role: str, day: str) -> str:
    """SQL: the name of the first holder of a role on a record on a day; every part is SQL itself."""
    return (
        f"(select a.person from v_assignment a where a.kind = {kind} and a.record_id = {record}"
        f" and a.role = {role} and a.from_on <= {day} order by a.from_on desc, a.place limit 1)"
    )


def held(kind: str, record: str, customer: str, role: str, day: str) -> str:
    """SQL: the holder on the record, else the one on its customer."""
    return f"coalesce({holder(kind, record, role, day)}, {holder(repr('customer'), customer, role, day)})"


PERSON = (
    "case when o.role = 'qc' then (select d.person from v_duty d where d.rule = o.rule"
    f" and (d.region = '' or d.region = o.region) and d.from_on <= {DAY_OWED}"
    " order by case when d.region = '' then 1 else 0 end, d.from_on desc limit 1)"
    f" else {held('o.process', 'o.record_id', 'o.customer_id', 'o.role', DAY_OWED)} end"
)
"""Who owes the obligation o: QC by the duty table, others by the record, else by the customer."""


@cache
def query(name: str) -> str:
    """The text of a bound query by name, without its comments."""
    lines = (QUERIES / f"{name}.sql").read_text("utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("--"))


class Reader:
    """An open store for listings; of a store that is not there everything is empty."""

    def __init__(self, path: Address) -> None:
        self.path = path
        """Where the store is."""
        self.driver = database.driver(path)
        self.connection: Any = database.reader(path)
        """The driver's connection, None if there is no store."""

    @property
    def missing(self) -> bool:
        """Whether there is no store at all."""
        return self.connection is None

    def rows(self, sql: str, values: Mapping[str, object] | None = None) -> Iterator[dict[str, object]]:
        """The rows of a query with bound `:names`; dates come as dates, other values as `store.values` says."""
        if self.connection is None:
            return
        with self.driver.sentences(self.path):
            for row in self.driver.rows(self.connection, sql, values or {}):  # noqa: UP028 - closes the cursor late
                yield row

    def one(self, sql: str, values: Mapping[str, object] | None = None) -> dict[str, object] | None:
        """The first row, or None."""
        return next(iter(self.rows(sql, values)), None)

    def setting(self, key: str) -> str | None:
        """A fact about the store."""
        found = self.one("select value from setting where key = :key", {"key": key})
        return str(found["value"]) if found else None

    @property
    def live_from(self) -> date:
        """The day the company starts; the first of all days if it was never said."""
        text = self.setting("live_from")
        return date.fromisoformat(text) if text else date.min

    @property
    def behind(self) -> bool:
        """Whether the ledger was computed by an older svcq, and has to be computed anew before it is read."""
        return self.setting(database.BEHIND) is not None

    def close(self) -> None:
        """Let go of the store."""
        if self.connection is not None:
            self.connection.close()


def days_overdue(due_on: object, met_on: object, t: date) -> int:
    """Calendar days from the due date to the day it was met, at most `t`; 0 if there is nothing to count."""
    if not isinstance(due_on, date):
        return 0
    end = min(t, met_on) if isinstance(met_on, date) else t
    return max(0, (end - due_on).days)


def yuan(fen: object) -> int | float | None:
    """Money as machines get it: whole yuan as an integer, else with its two decimals."""
    if not isinstance(fen, int):
        return None
    return fen // 100 if fen % 100 == 0 else fen / 100
