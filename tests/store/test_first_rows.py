"""With a limit a listing gives the very rows that it begins with without one, however they are looked up."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from svcq.commands.import_files import take_all
from svcq.desk import Desk
from svcq.store.read import Reader
from svcq.store.read_contract import contracts
from svcq.store.read_ledger import obligations
from tests.places import at
from tests.stores import TODAY

BOOKS = Path(__file__).parents[2] / "examples" / "workbooks"
DAYS = (TODAY, date(2026, 3, 31))
PEOPLE = ("salesperson", "account_manager")


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """The store of the sample workbooks."""
    path = tmp_path_factory.mktemp("first") / "svcq.db"
    take_all(Desk(TODAY, at(path), "test"), [str(book) for book in sorted(BOOKS.iterdir())])
    opened = Reader(at(path))
    yield opened
    opened.close()


@pytest.mark.parametrize("t", DAYS, ids=str)
@pytest.mark.parametrize("filtered", ["", "person", "customer", "region", "state"])
@pytest.mark.parametrize("which", ["list", "overdue", "expiring"])
def test_the_first_contracts_are_those_of_the_whole_listing(
    reader: Reader, which: str, filtered: str, t: date
) -> None:
    span = (t, date(2027, 6, 30))
    whole = list(contracts(reader, t, which=which, span=span))
    key = "salesperson" if filtered == "person" else filtered
    filters = {filtered: next(row[key] for row in reversed(whole) if row[key])} if filtered else {}
    chosen = list(contracts(reader, t, which=which, span=span, filters=filters))
    if filtered == "person":
        assert chosen == [row for row in whole if filters["person"] in [row[role] for role in PEOPLE]]
    elif filtered:
        assert chosen == [row for row in whole if row[filtered] == filters[filtered]]
    for limit in (1, 3, len(chosen) + 1):
        found = list(contracts(reader, t, which=which, span=span, filters=filters, limit=limit))
        assert found == chosen[:limit]
    assert chosen


@pytest.mark.parametrize("t", DAYS, ids=str)
@pytest.mark.parametrize("filtered", ["", "person", "customer", "region", "rule", "until"])
@pytest.mark.parametrize("states", [("open", "overdue"), ("overdue",), ("met", "late"), None], ids=str)
def test_the_first_obligations_are_those_of_the_whole_listing(
    reader: Reader, states: tuple[str, ...] | None, filtered: str, t: date
) -> None:
    whole = list(obligations(reader, t, states=states))
    key = "due_on" if filtered == "until" else filtered
    filters = {filtered: next(row[key] for row in whole[len(whole) // 2 :] if row[key])} if filtered else {}
    chosen = list(obligations(reader, t, states=states, filters=filters))
    if filtered == "until":
        assert chosen == [row for row in whole if str(row["due_on"]) <= str(filters["until"])]
    elif filtered:
        assert chosen == [row for row in whole if row[filtered] == filters[filtered]]
    for limit in (1, 7, len(chosen) + 1):
        assert list(obligations(reader, t, states=states, filters=filters, limit=limit)) == chosen[:limit]
    assert chosen
