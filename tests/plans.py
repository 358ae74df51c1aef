"""What SQLite says it will do: which tables a statement goes through from end to end."""

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from types import FrameType
from typing import NamedTuple

from svcq.store.read import Reader

OPENS, FROM_AN_END = ("OpenRead", "ReopenIdx"), ("Rewind", "Last")
FEW = {
    "alembic_version": "one row",
    "company_day": "the company's own days off",
    "contract_feedback": "one a month",
    "customer": "the hospitals, looked up by name: thousands at most",
    "duty": "who at QC answers for a rule",
    "exam": "one or two a person",
    "leave": "some a person and year, listed as a whole",
    "migrate_check": "one a year",
    "plan": "plans of development",
    "policy_version": "every change of the policy",
    "score_publication": "one a quarter",
    "setting": "facts about the store",
    "spot_sample": "some a month",
    "staff": "the people, looked up by name",
    "staff_role": "the people",
    "staff_unit": "the people",
    "waiver": "exceptions",
}
"""Tables that may be read from end to end: what they hold grows with the company, not with its years of work."""
OPEN = {"ix_obligation_open", "ix_obligation_due", "ix_issue_void", "ix_reminder_waiting", "ix_mail_waiting"}
"""Indexes that may be, for they only have what is still to be done or was struck out."""


class Walk(NamedTuple):
    """A table that is read from one of its ends on; `index`: in the order of an index."""

    table: str
    index: str | None


def walks(
    connection: sqlite3.Connection, sql: str, values: dict[str, object] | tuple[object, ...]
) -> set[Walk]:
    """What a statement reads from an end on, by the program that SQLite makes of it."""
    bound: object = values
    if isinstance(values, dict):
        bound = {
            key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()
        }
    roots = {
        root: (table, name if kind == "index" else None)
        for kind, name, table, root in connection.execute(
            "select type, name, tbl_name, rootpage from sqlite_master"
        )
        if root
    }
    cursors: dict[int, tuple[str, str | None]] = {}
    found = set()
    program = connection.execute(f"explain {sql}", bound).fetchall()
    for _address, code, first, second, *_rest in program:
        if code in OPENS and second in roots:
            cursors[first] = roots[second]
    for _address, code, first, *_rest in program:
        if code in FROM_AN_END and first in cursors:
            found.add(Walk(*cursors[first]))
    return found


def large(found: set[Walk]) -> set[tuple[str, str | None]]:
    """What is gone through of tables that grow."""
    return {(table, index) for table, index in found if table not in FEW and index not in OPEN}


class Asked(Reader):
    """A reader that keeps what it was asked, and what SQLite does for it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.statements: list[str] = []
        self.walks: set[Walk] = set()

    def rows(self, sql: str, values: object = None) -> Iterator[dict[str, object]]:
        """Note it, then ask."""
        bound = dict(values or {})  # type: ignore[call-overload]
        self.statements.append(sql)
        with closing(sqlite3.connect(str(self.path))) as connection:
            self.walks |= walks(connection, sql, bound)
        return super().rows(sql, bound)


def called(work: Callable[[], object], folder: Path) -> set[tuple[str, str]]:
    """Which functions of the files in a folder a piece of work calls: file and name."""
    found = set()

    def note(frame: FrameType, event: str, _argument: object) -> None:
        code = frame.f_code
        if event == "call" and Path(code.co_filename).parent == folder:
            found.add((Path(code.co_filename).name, code.co_name))

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return found
