"""五 Data migrations out of a file: the rules of the commands hold, blanks change nothing, twice is once."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from svcq.processes import customer, staff
from tests.served import D, owed, remarks, served, taken, told, whys
from tests.stores import TODAY, business, dump, faults, writing

TOMORROW = TODAY + timedelta(days=1)
ROW = {
    "customer": "云河县人民医院",
    "system": "HIS",
    "engineer": "李伟",
    "done_on": D("2026-05-08"),
    "reindexed_on": D("2026-05-08"),
    "registered_on": D("2026-05-11"),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return served(tmp_path / "svcq.db")


def due(path: Path) -> None:
    """云河县人民医院 owes a migration from 2025 on."""
    with writing(path) as work:
        customer.edit(work, "云河县人民医院", {"running_since": D("2021-06-01")})


def test_the_second_time_a_file_changes_nothing(path: Path) -> None:
    rows = (ROW, {**ROW, "number": "QY-1", "system": "LIS"}, {"customer": "H001", "done_on": D("2026-05-08")})
    assert taken(path, "migration", *rows) == (3, 0, 0, 0)
    assert [row["number"] for row in told(path, "migration")] == [
        "QY-1",
        "SVCQ-M2026-0001",
        "SVCQ-M2026-0002",
    ]
    assert faults(path) == []
    before = dump(path)
    assert taken(path, "migration", *rows) == (0, 0, 3, 0)
    assert taken(path, "migration", *told(path, "migration")) == (0, 0, 3, 0)
    assert dump(path) == before


def test_a_row_meets_what_it_obliges_to_and_the_hospitals_year(path: Path) -> None:
    due(path)
    assert owed(path, "云河县人民医院-2026")[0]["met_on"] is None
    taken(path, "migration", {**ROW, "number": "QY-1"})
    assert [(row["rule"], row["met_on"]) for row in owed(path, "QY-1")] == [
        ("migrate.register", D("2026-05-11")),
        ("migrate.reindex", D("2026-05-08")),
    ]
    assert owed(path, "云河县人民医院-2026")[0]["met_on"] == D("2026-05-08")
    assert faults(path) == []


def test_a_migration_that_moves_leaves_the_year_and_the_hospital_behind(path: Path) -> None:
    due(path)
    taken(path, "migration", {**ROW, "number": "QY-1"})
    assert taken(path, "migration", {"number": "QY-1", "done_on": D("2025-12-30")}) == (0, 1, 0, 0)
    years = {year: owed(path, f"云河县人民医院-{year}")[0]["met_on"] for year in (2025, 2026)}
    assert years == {2025: D("2025-12-30"), 2026: None}
    assert taken(path, "migration", {"number": "QY-1", "customer": "H001"}) == (0, 1, 0, 0)
    assert owed(path, "云河县人民医院-2025")[0]["met_on"] is None
    assert faults(path) == []


def test_a_row_without_a_number_is_found_by_customer_system_and_day(path: Path) -> None:
    bare = {"customer": "H002", "done_on": D("2026-05-08")}
    taken(path, "migration", {**bare, "system": "HIS"})
    assert taken(path, "migration", {**bare, "reindexed_on": D("2026-05-09")}) == (0, 1, 0, 0)
    assert taken(path, "migration", {**bare, "system": "LIS"}) == (1, 0, 0, 0)
    assert whys(path, "migration", bare) == [
        (2, "number", "several migrations fit, e.g. SVCQ-M2026-0001, SVCQ-M2026-0002: say which number")
    ]


def test_what_is_missing_or_wrong_is_refused_at_its_cell(path: Path) -> None:
    assert whys(
        path,
        "migration",
        {"number": "QY-1", "done_on": D("2026-05-08")},
        {"number": "QY-2", "customer": "H001"},
        {**ROW, "number": "QY-3", "done_on": TOMORROW},
        {**ROW, "number": "QY-4", "registered_on": TOMORROW},
        {**ROW, "number": "QY-5", "engineer": "李为"},
        {**ROW, "number": "QY-6"},
        {**ROW, "number": "QY-6", "system": "LIS"},
    ) == [
        (2, "customer", "a new migration needs its customer [五]"),
        (3, "done_on", "a migration needs its day [五]"),
        (4, "done_on", "2026-11-24 is in the future: today is 2026-11-23"),
        (5, "registered_on", "2026-11-24 is in the future: today is 2026-11-23"),
        (6, "engineer", "李为 is not among the staff"),
        (8, "number", "row 7 is about the same record and says otherwise"),
    ]
    assert remarks(path, "migration", {**ROW, "registered_on": TOMORROW}, force=True) == ([], 1)


def test_the_engineer_was_there_and_had_passed_the_exam(path: Path) -> None:
    with writing(path) as work:
        work.set("live_from", "2026-09-01")
        staff.add(work, "韩冬", ["engineer"], {"joined_on": D("2026-11-01")})
        staff.edit(work, "卫星汉", {"left_on": D("2026-05-07")}, None)
    found = whys(
        path, "migration", {**ROW, "engineer": "韩冬"}, {**ROW, "system": "LIS", "engineer": "卫星汉"}
    )
    assert [(row, field, "三.1" in why, "left on" in why) for row, field, why in found] == [
        (2, "engineer", True, False),
        (3, "engineer", False, True),
    ]


def test_a_blank_cell_changes_nothing_unless_it_is_to_empty_the_field(path: Path) -> None:
    taken(path, "migration", {**ROW, "number": "QY-1"})
    assert taken(path, "migration", {"number": "QY-1"}) == (0, 0, 1, 0)
    assert taken(path, "migration", {"number": "QY-1", "engineer": None, "reindexed_on": None}) == (
        0,
        1,
        0,
        0,
    )
    assert not {"engineer", "reindexed_on"} & told(path, "migration")[0].keys()
    assert whys(path, "migration", {"number": "QY-1", "done_on": None}) == [
        (2, "done_on", "a migration needs its day [五]")
    ]
    assert faults(path) == []


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "customer": st.sampled_from(["H001", "H002"]),
            "done_on": st.dates(D("2026-05-01"), D("2026-05-03")),
        },
        optional={
            "number": st.sampled_from(["A-1", "A-2", "A-3"]),
            "system": st.sampled_from(["HIS", "LIS", None]),
            "engineer": st.sampled_from(["卫星汉", "李伟", None]),
            "reindexed_on": st.dates(D("2026-05-01"), D("2026-05-03")),
        },
    ),
    min_size=1,
    max_size=7,
)


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_whatever_is_taken_in_twice_is_in_once_and_the_ledger_is_whole(tmp_path: Path, rows) -> None:
    path = served(tmp_path / "svcq.db")
    due(path)
    taken(path, "migration", *rows)
    before = business(path)
    assert taken(path, "migration", *rows)[:2] == (0, 0)
    assert business(path) == before
    assert faults(path) == []
