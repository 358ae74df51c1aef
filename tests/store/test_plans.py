"""What people look at all day is found by keys, however many contracts there are: SQLite's own plans say so."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from svcq.processes import ledger
from svcq.store.read import Reader
from svcq.store.read_contract import calls, contracts
from svcq.store.read_ledger import obligations
from tests.stores import TODAY, peopled, writing

COUNT = 2000


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with 2,000 contracts over four years, most of them back; its ledger is computed."""
    path = peopled(tmp_path_factory.mktemp("plans") / "svcq.db")
    with writing(path) as work:
        connection = work.session.connection()
        for n in range(COUNT):
            sealed = date(2022, 11, 1) + timedelta(days=n * 1460 // COUNT)
            back = None if n % 50 == 0 else sealed + timedelta(days=20)
            ends = sealed + timedelta(days=365)
            connection.exec_driver_sql(
                "insert into contract (number, customer_id, sealed_on, returned_on, ends_on, first_on)"
                " values (?, ?, ?, ?, ?, ?)",
                (f"HT-{n:05d}", 1 + n % 2, str(sealed), back and str(back), str(ends), str(sealed)),
            )
        connection.exec_driver_sql(
            "insert into assignment (kind, record_id, role, from_on, place, person_id)"
            " select 'contract', id, 'salesperson', '0001-01-01', 0, 1 + id % 2 from contract"
        )
        ledger.refresh_all(work)
    return path


class Plans(Reader):
    """A reader that gives SQLite's plan of each query besides its rows."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.steps: list[str] = []

    def rows(self, sql: str, values: object = None) -> Iterator[dict[str, object]]:
        """Remember the plan, then ask."""
        bound = {k: v.isoformat() if isinstance(v, date) else v for k, v in (values or {}).items()}  # type: ignore[attr-defined]
        with closing(sqlite3.connect(self.path)) as connection:
            self.steps += [row[3] for row in connection.execute(f"explain query plan {sql}", bound)]
        return super().rows(sql, values)  # type: ignore[arg-type]


def scanned(path: Path, ask: Callable[[Plans], object]) -> tuple[set[str], int]:
    """Which tables a listing reads from end to end, and how many rows it gives."""
    reader = Plans(path)
    rows = ask(reader)
    reader.close()
    assert reader.steps
    whole = {found[1] for step in reader.steps if (found := re.match(r"SCAN (\w+)(?! USING)", step))}
    assert isinstance(rows, list)
    return {name for name in whole if name not in ("late", "ending", "o", "CONSTANT")}, len(rows)


NUMBER = "HT-00100"
ASKED: dict[str, Callable[[Plans], list[dict[str, object]]]] = {
    "contract overdue": lambda reader: list(contracts(reader, TODAY, which="overdue")),
    "contract overdue --as-of": lambda reader: list(contracts(reader, date(2025, 6, 1), which="overdue")),
    "contract overdue --region": lambda reader: list(
        contracts(reader, TODAY, which="overdue", filters={"region": "华东"})
    ),
    "contract overdue --person": lambda reader: list(
        contracts(reader, TODAY, which="overdue", filters={"person": "王敏"})
    ),
    "contract expiring": lambda reader: list(
        contracts(reader, TODAY, which="expiring", span=(TODAY, TODAY + timedelta(days=60)))
    ),
    "contract show": lambda reader: list(contracts(reader, TODAY, filters={"number": NUMBER})),
    "contract show: obligations": lambda reader: list(
        obligations(reader, TODAY, states=None, filters={"number": NUMBER})
    ),
    "due": lambda reader: list(obligations(reader, TODAY)),
    "due --overdue": lambda reader: list(obligations(reader, TODAY, states=("overdue",))),
    "due --within": lambda reader: list(
        obligations(reader, TODAY, filters={"until": TODAY + timedelta(days=7)})
    ),
}


@pytest.mark.parametrize("name", ASKED)
def test_a_daily_listing_reads_no_table_from_end_to_end(large: Path, name: str) -> None:
    whole, rows = scanned(large, ASKED[name])
    assert rows
    assert whole == set()


def test_the_calls_of_a_contract_are_found_by_its_key(large: Path) -> None:
    assert scanned(large, lambda reader: calls(reader, NUMBER, TODAY))[0] == set()


def test_the_measure_would_see_a_table_read_from_end_to_end(large: Path) -> None:
    whole, rows = scanned(
        large, lambda reader: list(reader.rows("select project from contract where project > ''"))
    )
    assert (whole, rows) == ({"contract"}, 0)


def test_what_is_overdue_is_found_among_the_open_rows_alone(large: Path) -> None:
    reader = Plans(large)
    found = list(contracts(reader, TODAY, which="overdue"))
    reader.close()
    assert any("ix_obligation_open" in step for step in reader.steps)
    assert len(found) == COUNT // 50
    assert all(row["state"] == "overdue" for row in found)
