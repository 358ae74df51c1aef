"""Writing and the morning look up what they touch: none of their statements goes through a table that grows."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from svcq.processes import contract, daily, issue, issue_acts
from svcq.processes.work import Work
from tests.plans import large, walks
from tests.stores import TODAY, made, writing

pytestmark = pytest.mark.files
ENDS = re.compile(r"select (min|max)\((issue\.reported_on|contract\.first_on|audit\.id)\)", re.IGNORECASE)
"""Looks at one end of a table alone."""
COUNTED = {"spot_check"}
"""Gone through all the same: when the first of each month was done is counted from all of them."""


def worked_on(work: Work) -> None:
    """A step and what follows from it."""
    entered = issue.add(work, None, "江州市中心医院", {"title": "打印", "reported_on": TODAY})
    work.session.flush()
    issue_acts.step(work, entered.number, TODAY, "李伟", what="处理", result="solved")


ACTS: dict[str, Callable[[Work], object]] = {
    "an issue is entered": lambda work: issue.add(
        work, None, "江州市中心医院", {"title": "打印", "reported_on": TODAY}
    ),
    "an issue is worked on": worked_on,
    "a contract is back": lambda work: contract.set_date(work, "HT-1", "returned_on", TODAY),
    "a morning": lambda work: daily.prepare(work, "fuwu.example"),
}


@contextmanager
def statements() -> Iterator[list[tuple[str, Any]]]:
    """Every statement that is executed meanwhile, with its values."""
    found: list[tuple[str, Any]] = []

    def note(
        _connection: object, _cursor: object, sql: str, values: Any, _context: object, many: bool
    ) -> None:
        found.append((sql, values[0] if many else values))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize("name", ACTS)
def test_no_statement_goes_through_a_table_that_grows(name: str, tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    with statements() as said, writing(path, today=TODAY + timedelta(days=1)) as work:
        ACTS[name](work)
    found = {}
    with closing(sqlite3.connect(path)) as connection:
        for sql, values in said:
            if sql.lower().startswith(("select", "with", "update", "delete")):
                found[sql] = large(walks(connection, sql, values))
    assert len(found) > len(ACTS)
    assert {table for sql, gone in found.items() for table, _ in gone if not ENDS.match(sql)} <= COUNTED
