"""Many rows in at once are the very rows that the ORM would write."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from svcq.store import database
from svcq.store.bulk import insert_rows
from svcq.store.tables.ledger import ObligationRow

ROW = ObligationRow.__table__  # type: ignore[attr-defined]
NAMES = tuple(column.name for column in ROW.columns)
ONE = {
    "number": "HT-1",
    "rule": "contract.return",
    "starts_on": date(2026, 1, 31),
    "shown_on": date(2026, 1, 31),
    "process": "contract",
    "clause": "二.1",
    "role": "salesperson",
    "record_id": 1,
    "customer_id": None,
    "due_on": date(2026, 2, 28),
    "breach_on": date(2026, 3, 1),
    "shown_until": None,
    "met_on": None,
    "waived_on": None,
    "fine_fen": 10_000,
    "provisional": True,
    "note": "",
}
OTHER = {**ONE, "number": "HT-2", "met_on": date(2026, 2, 28), "provisional": False, "note": "合同"}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """An open transaction on a new store."""
    with database.session(tmp_path / "svcq.db") as opened:
        yield opened


def rows(session: Session) -> list[tuple[object, ...]]:
    """The ledger as SQLite holds it, types and all."""
    found = session.connection().exec_driver_sql("select * from obligation order by number")
    return [tuple(row) for row in found]


def test_the_rows_are_those_that_core_writes(session: Session) -> None:
    insert_rows(session, ROW, NAMES, [tuple(ONE.values()), tuple(OTHER.values())])
    ours = rows(session)
    session.execute(delete(ROW))
    session.execute(insert(ROW), [ONE, OTHER])
    assert ours == rows(session)
    assert len(ours) == 2
    assert session.execute(select(ROW.c.provisional).order_by(ROW.c.number)).scalars().all() == [True, False]


def test_columns_may_come_in_any_order(session: Session) -> None:
    turned = tuple(reversed(NAMES))
    insert_rows(session, ROW, turned, [tuple(ONE[name] for name in turned)])
    ours = rows(session)
    session.execute(delete(ROW))
    session.execute(insert(ROW), [ONE])
    assert ours == rows(session)


def test_columns_that_are_not_named_stay_null(session: Session) -> None:
    needed = tuple(name for name in NAMES if ONE[name] is not None)
    insert_rows(session, ROW, needed, [tuple(ONE[name] for name in needed)])
    assert session.execute(select(ROW.c.met_on, ROW.c.customer_id)).all() == [(None, None)]


def test_no_rows_are_no_work(session: Session) -> None:
    insert_rows(session, ROW, NAMES, [])
    assert rows(session) == []


def test_the_checks_of_the_table_hold_for_rows_in_bulk(session: Session) -> None:
    backwards = {**ONE, "breach_on": date(2026, 2, 1)}
    with pytest.raises(IntegrityError, match="breach_after_due"):
        insert_rows(session, ROW, NAMES, [tuple(backwards.values())])


def test_a_row_that_is_too_short_is_no_row(session: Session) -> None:
    with pytest.raises(ValueError, match="zip"):
        insert_rows(session, ROW, NAMES, [tuple(ONE.values())[:-1]])
