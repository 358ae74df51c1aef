"""What a report counts is what the listings of the same day count, found without going through everything."""

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from svcq.policy.load import house
from svcq.store import read_report
from svcq.store.read import Reader
from svcq.store.read_contract import contracts
from svcq.store.read_handover import handovers
from svcq.store.read_issue import issues, records
from svcq.store.read_ledger import obligations
from svcq.store.read_upgrade import upgrades
from tests.reported import company
from tests.stores import blank

DAYS = (date(2026, 10, 31), date(2026, 3, 31), date(2026, 11, 23), date(2025, 6, 30), date(2019, 1, 31))
RULES = tuple(house().rules)
Row = dict[str, object]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """The sample company."""
    made = Reader(company(tmp_path_factory.mktemp("report") / "svcq.db").store)
    yield made
    made.close()


def during(value: object, first: date, t: date) -> bool:
    return isinstance(value, date) and first <= value <= t


def summed(rows: Iterator[Row], key: str) -> Counter[tuple[str, object]]:
    """(rule, region) -> the sum of a column, without those of which there is none."""
    found: Counter[tuple[str, object]] = Counter()
    for row in rows:
        found[str(row["rule"]), row["region"]] += int(str(row[key]))
    return +found


@pytest.mark.parametrize("t", DAYS, ids=str)
def test_what_is_owed_is_counted_as_due_lists_it(reader: Reader, t: date) -> None:
    listed = list(obligations(reader, t))
    for key in ("open", "overdue"):
        rows = [row for row in listed if row["state"] == key and not row["before_live"]]
        wanted = Counter((str(row["rule"]), row["region"]) for row in rows)
        assert summed(read_report.standing(reader, t), key) == wanted
    history = sum(bool(row["before_live"]) for row in listed)
    assert sum(summed(read_report.standing(reader, t), "history").values()) == history


@pytest.mark.parametrize("t", DAYS, ids=str)
def test_what_fell_due_is_counted_by_what_became_of_it(reader: Reader, t: date) -> None:
    first = t.replace(day=1)
    rows = [
        row
        for row in obligations(reader, t, states=None, filters={"since": first, "until": t})
        if not row["before_live"]
    ]
    found = list(read_report.fell_due(reader, first, t, t, RULES))
    for key, state in {"met": "met", "late": "late", "missed": "overdue", "waived": "waived"}.items():
        wanted = Counter((str(row["rule"]), row["region"]) for row in rows if row["state"] == state)
        assert summed(iter(found), key) == wanted
    assert sum(int(str(row["fell_due"])) for row in found) == len(rows)


def test_the_trend_is_what_was_overdue_on_each_of_its_days(reader: Reader) -> None:
    days = sorted(DAYS)
    found = read_report.overdue_on(reader, days)
    for day in days:
        rows = [
            row for row in obligations(reader, day, states=("overdue",)) if row["due_on"] >= reader.live_from
        ]
        assert found[day] == Counter(str(row["process"]) for row in rows)
    assert any(found.values())


@pytest.mark.parametrize("t", DAYS, ids=str)
def test_records_are_counted_by_state_and_by_what_happened_in_the_period(reader: Reader, t: date) -> None:
    first = t.replace(day=1)
    asked: tuple[tuple[Callable[..., read_report.Counts], list[Row], dict[str, str]], ...] = (
        (
            read_report.contracts,
            list(contracts(reader, t)),
            {"sent_out": "sent_out_on", "sealed": "sealed_on", "came_back": "returned_on"},
        ),
        (
            read_report.handovers,
            list(handovers(reader, t)),
            {"accepted": "accepted_on", "registered": "registered_on"},
        ),
        (
            read_report.upgrades,
            list(upgrades(reader, t)),
            {"asked_for": "applied_on", "carried_out": "done_on", "called": "called_on"},
        ),
    )
    for count, rows, moves in asked:
        found = count(reader, first, t)
        for state, many in Counter(row["state"] for row in rows).items():
            assert found[str(state)] == many
        for key, column in moves.items():
            alive = (row for row in rows if row["state"] != "void")
            assert found[key] == sum(during(row[column], first, t) for row in alive)


@pytest.mark.parametrize("t", DAYS, ids=str)
def test_decisions_are_counted_by_the_day_of_the_newest(reader: Reader, t: date) -> None:
    first = t.replace(day=1)
    found = read_report.handovers(reader, first, t)
    rows = [row for row in handovers(reader, t) if during(row["decided_on"], first, t)]
    assert found["decided_eligible"] == sum(row["decision"] == "eligible" for row in rows)
    assert found["decided_not"] == sum(row["decision"] == "not_eligible" for row in rows)


@pytest.mark.parametrize("t", DAYS, ids=str)
def test_issues_are_counted_as_they_are_listed(reader: Reader, t: date) -> None:
    first = t.replace(day=1)
    rows = [row for row in issues(reader, t) if row["state"] != "void"]
    done = list(records(reader, t, filters={"from": first}))
    assert read_report.issues(reader, first, t) == {
        "open": sum(row["state"] == "open" for row in rows),
        "stale": sum(row["state"] == "stale" for row in rows),
        "reported": sum(during(row["reported_on"], first, t) for row in rows),
        "closed": sum(during(row["closed_on"], first, t) for row in rows),
        "records": len(done),
    }


def test_nothing_is_counted_in_a_store_without_a_record(tmp_path: Path) -> None:
    reader = Reader(blank(tmp_path / "svcq.db"))
    first, t = date(2026, 10, 1), date(2026, 10, 31)
    assert list(read_report.standing(reader, t)) == []
    assert list(read_report.fell_due(reader, first, t, t, RULES)) == []
    assert read_report.overdue_on(reader, [first, t]) == {first: {}, t: {}}
    assert not any(read_report.contracts(reader, first, t).values())
    assert not any(read_report.issues(reader, first, t).values())
    reader.close()


class Plans(Reader):
    """A reader that keeps SQLite's plans."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.steps: list[str] = []

    def rows(self, sql: str, values: object = None) -> Iterator[Row]:
        """Remember the plan, then ask."""
        bound = {k: v.isoformat() if isinstance(v, date) else v for k, v in (values or {}).items()}  # type: ignore[attr-defined]
        with closing(sqlite3.connect(self.path)) as connection:
            self.steps += [row[3] for row in connection.execute(f"explain query plan {sql}", bound)]
        return super().rows(sql, values)  # type: ignore[arg-type]


FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
COUNTS: dict[str, Callable[[Reader], object]] = {
    "what is owed": lambda reader: list(read_report.standing(reader, LAST)),
    "what fell due": lambda reader: list(read_report.fell_due(reader, FIRST, LAST, LAST, RULES)),
    "the trend": lambda reader: read_report.overdue_on(reader, [FIRST, LAST]),
    "issues": lambda reader: read_report.issues(reader, FIRST, LAST),
    "migrations": lambda reader: read_report.migrated(reader, FIRST, LAST),
}


@pytest.mark.files  # SQLite's own plans
@pytest.mark.parametrize("name", COUNTS)
def test_no_count_reads_the_ledger_the_issues_or_the_steps_from_end_to_end(reader: Reader, name: str) -> None:
    plans = Plans(reader.path)
    COUNTS[name](plans)
    plans.close()
    tables = {found[1] for step in plans.steps if (found := re.match(r"SCAN (\w+)(?! USING)", step))}
    assert plans.steps
    assert tables <= {"u", "late", "o"}  # what other parts of the same query gave
    for step in plans.steps:
        assert not re.match(r"SEARCH o USING INDEX ix_obligation_rule_due \(rule=\?\)$", step)
        assert step != "SCAN o" or any("CO-ROUTINE o" in one for one in plans.steps)
