"""三 Plans, spot checks and leave into the store: once each, and refused at their cells."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from svcq.processes import issue
from svcq.processes.intake import Line, Manner, Outcome, intakes
from svcq.processes.work import Work
from svcq.store import exports
from svcq.store.read import Reader
from tests.places import at
from tests.stores import TODAY, business, dump, faults, peopled, writing

D = date.fromisoformat
Values = Mapping[str, object]
PLAN: Values = {"number": "P-1", "active": True, "completion_on": D("2026-12-31")}
CHECK: Values = {"month": "2026-10", "customer": "H001", "records_on": D("2026-10-20")}
LEAVE: Values = {"person": "李伟", "from": D("2026-10-12"), "until": D("2026-10-14"), "kind": "年假"}
REST = (("plan", PLAN), ("spot_check", CHECK), ("leave", LEAVE))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return peopled(tmp_path / "svcq.db")


def take(work: Work, kind: str, *rows: Values, **manner: object) -> Outcome:
    """The rows of one sheet, from row 2 on."""
    lines = [Line(number, row) for number, row in enumerate(rows, 2)]
    return intakes()[kind].take(work, lines, Manner(**manner))  # type: ignore[arg-type]


def taken(path: Path, kind: str, *rows: Values, **manner: object) -> tuple[int, int, int, int]:
    """The rows in a unit of work of their own: added, updated, unchanged, refused."""
    with writing(path) as work:
        outcome = take(work, kind, *rows, **manner)
    return outcome.added, outcome.updated, outcome.unchanged, len(outcome.faults)


def whys(path: Path, kind: str, *rows: Values, **manner: object) -> list[tuple[int, str, str]]:
    """Row, field and sentence of each refusal; nothing is kept."""
    with writing(path, dry_run=True) as work:
        found = take(work, kind, *rows, **manner).faults
    return [(fault.row, fault.field, str(fault.why)) for fault in found]


@pytest.mark.parametrize(("kind", "row"), REST, ids=[kind for kind, _ in REST])
def test_the_second_time_a_row_changes_nothing_and_its_export_neither(
    path: Path, kind: str, row: Values
) -> None:
    assert taken(path, kind, row, row) == (1, 0, 1, 0)
    before = dump(path)
    assert taken(path, kind, row) == (0, 0, 1, 0)
    reader = Reader(at(path))
    (told,) = exports.records(reader, kind, TODAY)
    reader.close()
    assert taken(path, kind, {key: value for key, value in told.items() if value is not None}) == (0, 0, 1, 0)
    assert dump(path) == before
    assert faults(path) == []


@pytest.mark.parametrize(
    ("kind", "row", "change"),
    [
        ("plan", PLAN, {"active": False, "release_on": TODAY}),
        ("plan", PLAN, {"completion_on": None}),
        ("spot_check", CHECK, {"leave_on": D("2026-10-21")}),
        ("spot_check", CHECK, {"records_on": D("2026-10-21")}),
        ("spot_check", CHECK, {"records_on": None}),
        ("leave", LEAVE, {"kind": "病假"}),
        ("leave", LEAVE, {"kind": None}),
    ],
)
def test_a_row_about_a_known_record_changes_what_it_says(
    path: Path, kind: str, row: Values, change: Values
) -> None:
    taken(path, kind, row)
    assert taken(path, kind, {**row, **change}) == (0, 1, 0, 0)
    assert taken(path, kind, {**row, **change}) == (0, 0, 1, 0)
    assert len(business(path)[kind]) == 1
    assert faults(path) == []


@pytest.mark.parametrize(
    ("kind", "row", "expected"),
    [
        ("plan", {"active": True}, ("number", "a plan needs its number")),
        ("spot_check", {**CHECK, "customer": "江州"}, ("customer", "customer 江州 is not known")),
        ("spot_check", {"month": "2026-10"}, ("customer", "a spot check needs its customer")),
        ("spot_check", {"customer": "H001"}, ("month", "a spot check needs its month")),
        (
            "spot_check",
            {**CHECK, "records_on": D("2026-09-30")},
            ("records_on", "2026-09-30 is before the month"),
        ),
        (
            "spot_check",
            {**CHECK, "leave_on": TODAY + timedelta(days=1)},
            ("leave_on", "2026-11-24 is in the"),
        ),
        ("leave", {**LEAVE, "person": "李为"}, ("person", "李为 is not among the staff")),
        ("leave", {"from": TODAY}, ("person", "leave needs the person")),
        ("leave", {"person": "李伟"}, ("from", "leave needs its first day")),
    ],
)
def test_a_row_is_refused_at_its_field(path: Path, kind: str, row: Values, expected: tuple[str, str]) -> None:
    ((_, field, why),) = whys(path, kind, row)
    assert field == expected[0]
    assert why.startswith(expected[1])


def test_two_rows_about_one_plan_that_disagree_are_refused(path: Path) -> None:
    assert whys(path, "plan", PLAN, {**PLAN, "active": False}) == [
        (3, "", "row 2 is about the same record and says otherwise")
    ]


def test_a_plan_is_active_unless_it_says_otherwise(path: Path) -> None:
    taken(
        path, "plan", {"number": "P-1"}, {"number": "P-2", "active": None}, {"number": "P-3", "active": False}
    )
    assert [row[1:3] for row in business(path)["plan"]] == [("P-1", 1), ("P-2", 1), ("P-3", 0)]


def test_a_complete_check_meets_the_month(path: Path) -> None:
    with writing(path) as work:
        issue.add(work, "W-1", "H001", {"title": "慢", "reported_on": D("2026-10-09")}, None)
    acts = dict.fromkeys(("records_on", "leave_on", "list_asked_on", "reconciled_on"), D("2026-10-20"))
    assert taken(path, "spot_check", {**CHECK, **acts}) == (1, 0, 0, 0)
    met = [row for row in dump(path)["obligation"] if row[:2] == ("2026-10", "issue.spot_check")]
    assert [row[12] for row in met] == ["2026-10-20"]
    assert faults(path) == []


def test_a_list_may_have_been_asked_for_once_more_after_it_was_reconciled(path: Path) -> None:
    acts = {"list_asked_on": D("2026-10-21"), "reconciled_on": D("2026-10-20")}
    assert taken(path, "spot_check", {**CHECK, **acts}) == (1, 0, 0, 0)


def test_a_check_that_lies_ahead_is_taken_when_it_is_forced(path: Path) -> None:
    assert taken(path, "spot_check", {**CHECK, "leave_on": TODAY + timedelta(days=1)}, force=True) == (
        1,
        0,
        0,
        0,
    )


def test_a_day_of_leave_needs_no_end(path: Path) -> None:
    row = {"person": "李伟", "from": D("2026-10-12")}
    assert taken(path, "leave", row, {**row, "until": D("2026-10-12")}) == (1, 0, 1, 0)
    assert taken(path, "leave", {**row, "until": D("2026-10-12")}) == (0, 0, 1, 0)


def test_days_off_may_overlap_as_they_do_in_an_offices_own_list(path: Path) -> None:
    assert taken(path, "leave", LEAVE, {**LEAVE, "until": D("2026-10-13")}) == (2, 0, 0, 0)
    assert taken(path, "leave", {**LEAVE, "until": D("2026-10-13")}, LEAVE) == (0, 0, 2, 0)


def test_what_belongs_to_a_void_customer_or_person_is_not_exported(path: Path) -> None:
    from svcq.processes import customer, staff

    taken(path, "spot_check", {**CHECK, "customer": "H002"})
    taken(path, "leave", LEAVE)
    with writing(path) as work:
        customer.void(work, "H002", "重复")
        staff.void(work, "李伟", "重复")
    reader = Reader(at(path))
    assert [list(exports.records(reader, kind, TODAY)) for kind in ("spot_check", "leave")] == [[], []]
    reader.close()


def test_a_spot_check_that_is_only_planned_says_nothing_yet_and_stops_no_other(path: Path) -> None:
    planned = {"customer": "H001", "month": "2026-11"}
    assert taken(path, "spot_check", CHECK, planned) == (1, 0, 1, 0)
    assert len(business(path)["spot_check"]) == 1
    assert faults(path) == []
