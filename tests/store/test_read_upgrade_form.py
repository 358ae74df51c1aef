"""四: what a form of an upgrade is filled with: its record, its people, problems, earlier upgrades, the version before."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from svcq.processes import customer, holders, issue
from svcq.processes.names import person
from svcq.store.read import Reader
from svcq.store.read_upgrade_form import Row, written
from svcq.store.tables.upgrade import Upgrade
from tests.handed import managers
from tests.places import at
from tests.stores import TODAY, peopled, writing

D = date.fromisoformat
UPGRADES: tuple[dict[str, Any], ...] = (
    {"number": "SJ-1", "done_on": D("2025-03-01"), "version": "V5.0", "surprises": "备份空间不足"},
    {"number": "SJ-2", "done_on": D("2026-03-01"), "version": "V5.1"},
    {"number": "SJ-3", "done_on": D("2026-06-01"), "version": "V5.2", "issues_solved": "WT-2、WT-9"},
    {"number": "SJ-4", "planned_on": D("2026-12-01"), "special_modifications": "单独版挂号"},
    {
        "number": "SJ-5",
        "done_on": D("2025-06-01"),
        "surprises": "误登",
        "void_on": TODAY,
        "void_reason": "误登",
    },
    {"number": "SJ-6", "customer_id": 2, "done_on": D("2025-06-01"), "surprises": "另一家"},
)


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    """Four upgrades of a hospital, a void one, one of another hospital; three issues, one of them closed."""
    path = peopled(tmp_path / "svcq.db")
    with writing(path) as work:
        managers(work)
        for values in UPGRADES:
            row = Upgrade(**{"customer_id": 1, **values})
            work.insert(row, row.number)
            if row.number == "SJ-3":
                record = holders.Record("upgrade", row.id or 0, row.number)
                for role, name in (("regional_manager", "朱明远"), ("upgrader", "李伟")):
                    holders.assign(work, record, role, [person(work, name)])
        for version in ("V5.1a", "V5.2", "V5.2.7"):
            customer.edit(work, "H001", {"version": version, "contact": "孔主任"})
        for number, on in (("WT-1", "2026-01-05"), ("WT-2", "2026-11-05"), ("WT-3", "2026-11-05")):
            issue.add(work, number, "H001", {"title": f"问题{number}", "reported_on": D(on)})
        twice = issue.find(work, "WT-2")
        work.change(twice, "WT-2", {"void_on": TODAY, "void_reason": "重复"})
        work.touch("issue", "WT-2")
    opened = Reader(at(path))
    yield opened
    opened.close()


def facts(reader: Reader, number: str) -> Row:
    found = written(reader, number, TODAY)
    assert found is not None
    return found


def test_people_are_those_of_the_record_and_the_applicant_else_the_customers(reader: Reader) -> None:
    row = facts(reader, "SJ-3")
    assert [row[key] for key in ("applied_by", "arranged_by", "upgrader")] == ["赵强", "朱明远", "李伟"]
    row = facts(reader, "SJ-4")
    assert [row[key] for key in ("applied_by", "arranged_by", "upgrader")] == ["赵强", None, None]
    assert (row["customer"], row["region"], row["contact"]) == ("江州市中心医院", "华东", "孔主任")


def test_open_issues_are_those_that_are_open_or_stale(reader: Reader) -> None:
    found = facts(reader, "SJ-4")["open_issues"]
    assert isinstance(found, list)
    assert [(one["number"], one["title"]) for one in found] == [("WT-1", "问题WT-1"), ("WT-3", "问题WT-3")]


def test_solved_issues_stand_with_their_titles_also_those_nobody_knows(reader: Reader) -> None:
    found = facts(reader, "SJ-3")["solved_issues"]
    assert isinstance(found, list)
    assert [(one["number"], one.get("title")) for one in found] == [("WT-2", "问题WT-2"), ("WT-9", None)]


def test_earlier_upgrades_are_those_of_the_customer_at_which_something_happened(reader: Reader) -> None:
    for number, wanted in (
        ("SJ-4", ["备份空间不足"]),
        ("SJ-3", ["备份空间不足"]),
        ("SJ-1", []),
        ("SJ-6", []),
    ):
        found = facts(reader, number)["earlier"]
        assert isinstance(found, list)
        assert [one["surprises"] for one in found] == wanted


def test_the_version_before_is_the_one_that_the_log_or_the_upgrade_before_names(reader: Reader) -> None:
    versions = {
        number: (row["present_version"], row["version_before"], row["version"])
        for number in ("SJ-1", "SJ-2", "SJ-3", "SJ-4")
        for row in [facts(reader, number)]
    }
    assert versions == {
        "SJ-1": (None, None, "V5.0"),
        "SJ-2": ("V5.0", "V5.0", "V5.1"),
        "SJ-3": ("V5.1a", "V5.1a", "V5.2"),
        "SJ-4": ("V5.2.7", "V5.2.7", None),
    }


def test_an_upgrade_that_is_not_there_is_none(reader: Reader) -> None:
    assert written(reader, "SJ-9", TODAY) is None
