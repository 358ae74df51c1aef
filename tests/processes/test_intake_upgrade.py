"""四 Upgrades and forced steps out of a file: the rules of the commands hold, blanks change nothing, twice is once."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from svcq.processes import customer, staff
from svcq.processes.holders import SINCE_EVER
from svcq.processes.intake_upgrade import listed
from svcq.processes.upgrade_known import NAMED
from svcq.processes.upgrade_owed import U
from svcq.rules import upgrade as rules
from svcq.rules.upgrade_order import STEPS
from svcq.store.read import Reader
from svcq.store.read_log import changes
from svcq.store.tables.customer import Customer
from svcq.store.tables.staff import Assignment
from svcq.store.tables.upgrade import Upgrade
from tests.places import at
from tests.served import owed, remarks, served, taken, told, whys
from tests.stores import TODAY, business, dump, faults, writing

D = date.fromisoformat
TOMORROW = TODAY + timedelta(days=1)
FIRST = {
    "number": "U-1",
    "customer": "江州市中心医院",
    "applied_by": "赵强",
    "applied_on": D("2026-09-01"),
    "arranged_by": "朱明远",
    "arranged_on": D("2026-09-03"),
    "upgrader": "卫星汉",
    "planned_on": D("2026-09-20"),
}
PLAN = dict.fromkeys(("plan_on", "registered_on", "discussed_on"), D("2026-09-10"))
REST = {
    "tested_on": D("2026-09-14"),
    "approved_on": D("2026-09-15"),
    "done_on": D("2026-09-20"),
    "version": "5.2",
}
CALLS = {
    **{"report_on": D("2026-09-24"), "called_on": D("2026-09-25"), "answer": "no", "stable": False},
    **{"informed_on": D("2026-09-25"), "second_called_on": D("2026-09-28"), "second_answer": "yes"},
}
WHOLE = {**FIRST, **PLAN, **REST, **CALLS}
SKIP = {
    "upgrade": "U-1",
    "on": D("2026-09-20"),
    "step": "done",
    "skipped": ("test", "approve"),
    "by": "卫星汉",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return served(tmp_path / "svcq.db")


def audit(path: Path, number: str) -> list[tuple[str, str, object, object]]:
    """Table, field, before and after of what the last unit of work said about a record."""
    reader = Reader(at(path))
    lines = list(changes(reader, {"number": number}))
    reader.close()
    last = max(str(line["at"]) for line in lines)
    return [
        (str(line["table"]), str(line["field"]), line["before"], line["after"])
        for line in lines
        if line["at"] == last
    ]


def test_the_second_time_a_file_changes_nothing(path: Path) -> None:
    rows = (
        WHOLE,
        {**FIRST, "number": "U-2", "customer": "H002", "no_test_reason": "没有测试库"},
        {"customer": "H002", "applied_on": D("2026-10-01"), "upgrader": "卫星汉"},
        {"customer": "H002", "done_on": D("2026-10-20")},
        {"customer": "H002", "planned_on": D("2026-12-20")},
    )
    assert taken(path, "upgrade", *rows) == (5, 0, 0, 0)
    assert [row["number"] for row in told(path, "upgrade")] == [
        *("SVCQ-U2026-0001", "SVCQ-U2026-0002", "SVCQ-U2026-0003", "U-1", "U-2"),
    ]
    assert faults(path) == []
    before = dump(path)
    assert taken(path, "upgrade", *rows) == (0, 0, 5, 0)
    assert taken(path, "upgrade", *told(path, "upgrade")) == (0, 0, 5, 0)
    assert dump(path) == before


def test_what_a_whole_row_obliges_to_is_in_the_ledger(path: Path) -> None:
    assert taken(path, "upgrade", WHOLE) == (1, 0, 0, 0)
    assert {(row["rule"], row["starts_on"], row["met_on"]) for row in owed(path, "U-1")} == {
        ("upgrade.plan", D("2026-09-03"), D("2026-09-10")),
        ("upgrade.report", D("2026-09-20"), D("2026-09-24")),
        ("upgrade.callback", D("2026-09-24"), D("2026-09-25")),
        ("upgrade.second_callback", D("2026-09-25"), D("2026-09-28")),
        ("upgrade.inform", D("2026-09-25"), D("2026-09-25")),
        ("upgrade.inform", D("2026-09-28"), None),
    }
    assert faults(path) == []


def test_a_row_is_one_record_in_the_audit_with_names(path: Path) -> None:
    taken(path, "upgrade", FIRST)
    assert {(table, field, after) for table, field, _, after in audit(path, "U-1")} == {
        ("upgrade", "number", "U-1"),
        ("upgrade", "customer", "江州市中心医院"),
        ("upgrade", "applied_on", "2026-09-01"),
        ("upgrade", "arranged_on", "2026-09-03"),
        ("upgrade", "planned_on", "2026-09-20"),
        ("upgrade", "account_manager", "赵强"),
        ("upgrade", "regional_manager", "朱明远"),
        ("upgrade", "upgrader", "卫星汉"),
    }
    row = {"number": "U-1", "customer": "H002", "upgrader": "李伟", "planned_on": D("2026-09-21")}
    assert taken(path, "upgrade", row, from_on=D("2026-09-12")) == (0, 1, 0, 0)
    assert {(field, before, after) for _, field, before, after in audit(path, "U-1")} == {
        ("customer", "江州市中心医院", "云河县人民医院"),
        ("planned_on", "2026-09-20", "2026-09-21"),
        ("upgrader", "卫星汉", "李伟"),
        ("from", None, "2026-09-12"),
    }
    assert faults(path) == []


def test_people_hold_their_roles_since_ever_and_a_changed_one_from_today_or_the_day_that_is_said(
    path: Path,
) -> None:
    taken(path, "upgrade", FIRST)
    taken(path, "upgrade", {"number": "U-1", "upgrader": "李伟"})
    taken(path, "upgrade", {"number": "U-1", "applied_by": "周静"}, from_on=D("2026-09-02"))
    with writing(path) as work:
        rows = work.session.exec(select(Assignment).where(Assignment.kind == "upgrade")).all()
        held = {(row.role, row.from_on) for row in rows}
    assert held == {
        ("account_manager", SINCE_EVER),
        ("account_manager", D("2026-09-02")),
        ("regional_manager", SINCE_EVER),
        ("upgrader", SINCE_EVER),
        ("upgrader", TODAY),
    }


def test_a_row_without_a_number_is_found_by_customer_and_day(path: Path) -> None:
    taken(path, "upgrade", {**FIRST, "number": None, "planned_on": D("2026-09-20")})
    row = {"customer": "H001", "applied_on": D("2026-09-01"), **REST}
    assert taken(path, "upgrade", row) == (0, 1, 0, 0)
    assert taken(path, "upgrade", {"customer": "H001", "done_on": D("2026-09-20"), "version": "5.3"}) == (
        0,
        1,
        0,
        0,
    )
    assert taken(path, "upgrade", {"customer": "H001", "planned_on": D("2026-09-20")}) == (0, 0, 1, 0)
    assert taken(path, "upgrade", {"customer": "H002", "done_on": D("2026-09-20")}) == (1, 0, 0, 0)
    (first, second) = told(path, "upgrade")
    assert (first["version"], second["customer"]) == ("5.3", "云河县人民医院")


def test_a_day_that_was_not_known_before_is_filled_in(path: Path) -> None:
    taken(path, "upgrade", {"customer": "H001", "planned_on": D("2026-09-20")})
    row = {
        "customer": "H001",
        "applied_on": D("2026-09-01"),
        "done_on": D("2026-09-21"),
        "planned_on": D("2026-09-20"),
    }
    assert taken(path, "upgrade", row) == (0, 1, 0, 0)
    assert taken(path, "upgrade", {**row, "applied_on": D("2026-09-02")}) == (1, 0, 0, 0)


def test_rows_that_mean_the_same_upgrade_are_taken_once_or_refused_with_the_other(path: Path) -> None:
    bare = {"customer": "H001", "applied_on": D("2026-09-01"), "done_on": D("2026-09-20")}
    assert taken(path, "upgrade", bare, bare) == (1, 0, 1, 0)
    assert whys(path, "upgrade", {"customer": "H001", "done_on": D("2026-09-20"), "version": "5"}, bare) == [
        (3, "customer", "row 2 is about the same record and says otherwise")
    ]
    assert whys(path, "upgrade", FIRST, {**FIRST, "planned_on": D("2026-09-22")}) == [
        (3, "number", "row 2 is about the same record and says otherwise")
    ]
    # whichever comes first, a row with a number is taken first
    assert whys(
        path, "upgrade", {**bare, "customer": "H002"}, {**bare, "number": "U-7", "customer": "H002"}
    ) == [(2, "customer", "row 3 is about the same record and says otherwise")]


def test_where_several_fit_the_number_is_asked_for(path: Path) -> None:
    taken(path, "upgrade", FIRST, {**FIRST, "number": "U-2"})
    assert whys(path, "upgrade", {"customer": "H001", "applied_on": D("2026-09-01")}) == [
        (2, "number", "several upgrades fit, e.g. U-1, U-2: say which number")
    ]


def test_what_is_missing_for_a_new_upgrade_is_refused_at_its_cell(path: Path) -> None:
    unnamed = "an upgrade without a number needs its customer and the day of its application, its plan or itself [四.1]"
    assert whys(
        path,
        "upgrade",
        {"number": "U-9", "applied_on": D("2026-09-01")},
        {"customer": "H001", "upgrader": "卫星汉"},
        {"applied_on": D("2026-09-01")},
        {"number": "U-8", "customer": "无名医院"},
        {"number": "U-7", "customer": "H001", "upgrader": "魏星"},
    ) == [
        (2, "customer", "a new upgrade needs its customer [四.1]"),
        (5, "customer", "customer 无名医院 is not known; did you mean 江州市中心医院, 云河县人民医院?"),
        (6, "upgrader", "魏星 is not among the staff"),
        (3, "applied_on", unnamed),
        (4, "customer", unnamed),
    ]


def test_a_void_upgrade_is_not_changed(path: Path) -> None:
    taken(path, "upgrade", FIRST)
    with writing(path) as work:
        row = work.session.exec(select(Upgrade)).one()
        work.change(row, "U-1", {"void_on": TODAY, "void_reason": "重复"})
        work.touch("upgrade", "U-1")
    assert taken(path, "upgrade", FIRST) == (0, 0, 1, 0)
    assert whys(path, "upgrade", {"number": "U-1", "version": "6"}) == [(2, "number", "upgrade U-1 is void")]
    assert whys(path, "skip", SKIP) == [(2, "upgrade", "upgrade U-1 is void")]
    assert taken(path, "upgrade", {**FIRST, "number": None}) == (1, 0, 0, 0)
    assert len(told(path, "upgrade")) == 1


@pytest.mark.parametrize("key", [key for key in rules.ACTS if "second" not in key])
def test_an_act_after_today_is_refused_at_its_cell_unless_it_is_forced(path: Path, key: str) -> None:
    row = {"number": "U-1", "customer": "H001", "called_on": TODAY, key: TOMORROW}
    assert whys(path, "upgrade", row) == [(2, key, "2026-11-24 is in the future: today is 2026-11-23")]
    assert remarks(path, "upgrade", row, force=True)[1] == 1


@pytest.mark.parametrize("key", ["planned_on", "left_on"])
def test_a_day_that_is_agreed_may_lie_ahead(path: Path, key: str) -> None:
    assert remarks(path, "upgrade", {"number": "U-1", "customer": "H001", key: TOMORROW}) == ([], 0)


def test_a_second_call_before_the_first_is_refused_also_where_the_store_has_the_first(path: Path) -> None:
    why = "the second call of 2026-09-24 is before the first of 2026-09-25 [四.4]"
    early = {"number": "U-1", "second_called_on": D("2026-09-24")}
    assert whys(path, "upgrade", {**WHOLE, **early}) == [(2, "second_called_on", why)]
    taken(path, "upgrade", WHOLE)
    assert whys(path, "upgrade", early) == [(2, "second_called_on", why)]


@pytest.mark.parametrize("key", ["answer", "stable", "second_answer", "second_arranged"])
def test_an_answer_without_the_day_of_its_call_is_refused(path: Path, key: str) -> None:
    assert whys(path, "upgrade", {**FIRST, key: "no" if "answer" in key else False}) == [
        (2, key, "an answer needs the day of its call [四.4]")
    ]


def test_only_a_regional_or_division_manager_arranges(path: Path) -> None:
    assert whys(path, "upgrade", {**FIRST, "arranged_by": "赵强"}) == [
        (2, "arranged_by", "赵强 is neither regional nor division manager [四.1]")
    ]
    assert taken(path, "upgrade", {**FIRST, "arranged_by": "何万里"}) == (1, 0, 0, 0)


def test_who_had_left_cannot_have_arranged_or_done_it(path: Path) -> None:
    with writing(path) as work:
        staff.edit(work, "卫星汉", {"left_on": D("2026-09-02")}, None)
    assert whys(path, "upgrade", FIRST) == [(2, "upgrader", "卫星汉 left on 2026-09-02")]
    assert taken(path, "upgrade", {**FIRST, "arranged_on": D("2026-09-02")}) == (1, 0, 0, 0)


def test_nobody_new_upgrades_before_the_exam(path: Path) -> None:
    with writing(path) as work:
        work.set("live_from", "2026-09-01")
        staff.add(work, "韩冬", ["engineer"], {"joined_on": D("2026-11-01")})
    ((row, field, why),) = whys(path, "upgrade", {**FIRST, "upgrader": "韩冬"})
    assert (row, field, "三.1" in why) == (2, "upgrader", True)


def test_who_is_missing_is_entered_on_request_with_the_role_of_the_cell(path: Path) -> None:
    row = {**FIRST, "customer": "新医院", "applied_by": "田甲", "arranged_by": "田乙", "upgrader": "田丙"}
    assert taken(path, "upgrade", row, create_missing=True) == (1, 0, 0, 0)
    reader = Reader(at(path))
    roles = {
        row["name"]: row["role"]
        for row in reader.rows("select name, role from v_staff_role")
        if "田" in row["name"]
    }
    reader.close()
    assert roles == {"田甲": "account_manager", "田乙": "regional_manager", "田丙": "upgrader"}


def test_a_blank_cell_changes_nothing_unless_it_is_to_empty_the_field(path: Path) -> None:
    taken(path, "upgrade", WHOLE)
    before = dump(path)
    assert taken(path, "upgrade", {"number": "U-1", "customer": "H001"}) == (0, 0, 1, 0)
    assert dump(path) == before
    blank = dict.fromkeys(("upgrader", "version", "second_called_on", "second_answer", "customer"))
    assert taken(path, "upgrade", {"number": "U-1", **blank}) == (0, 1, 0, 0)
    (row,) = told(path, "upgrade")
    assert not {"upgrader", "version", "second_called_on", "second_answer"} & row.keys()
    assert row["customer"] == "江州市中心医院"
    assert taken(path, "upgrade", {"number": "U-1", **blank}) == (0, 0, 1, 0)
    assert faults(path) == []


def test_the_version_of_a_hospital_is_filled_only_where_none_is_known(path: Path) -> None:
    with writing(path) as work:
        customer.edit(work, "云河县人民医院", {"version": "4.0"})
    older = {"customer": "H001", "done_on": D("2025-03-01"), "version": "4.9"}
    ahead = {"customer": "H001", "applied_on": D("2026-11-01"), "version": "6.0"}
    taken(path, "upgrade", WHOLE, older, ahead, {**WHOLE, "number": "U-2", "customer": "H002"})
    with writing(path) as work:
        found = {row.name: row.version for row in work.session.exec(select(Customer))}
    assert found == {"江州市中心医院": "5.2", "云河县人民医院": "4.0"}
    assert audit(path, "江州市中心医院") == [("customer", "version", None, "5.2")]


def test_steps_before_which_others_are_missing_are_counted_not_accused(path: Path) -> None:
    rows = (
        WHOLE,
        {**FIRST, **REST, "number": "U-2"},
        {**WHOLE, "number": "U-3", "approved_on": D("2026-09-21")},
    )
    said, _ = remarks(path, "upgrade", *rows)
    assert said == ["2 upgrades have a step before which others are missing, e.g. U-2, U-3"]
    assert remarks(path, "upgrade", {**WHOLE, "tested_on": None, "no_test_reason": "没有测试库"}) == ([], 0)
    taken(path, "upgrade", *rows)
    assert told(path, "skip") == []
    assert "upgrade.order" not in {
        row["rule"] for number in ("U-1", "U-2", "U-3") for row in owed(path, number)
    }


def test_what_is_told_as_skipped_is_no_longer_counted_and_is_a_breach(path: Path) -> None:
    taken(path, "upgrade", {**WHOLE, "tested_on": None, "approved_on": None})
    assert taken(path, "skip", SKIP) == (1, 0, 0, 0)
    assert remarks(path, "upgrade", {"number": "U-1", "version": "5.4"}) == ([], 0)
    (row,) = (row for row in owed(path, "U-1") if row["rule"] == "upgrade.order")
    assert (row["role"], row["due_on"], row["met_on"], row["note"]) == (
        *("upgrader", D("2026-09-19"), D("2026-09-20"), "test、approve"),
    )
    assert faults(path) == []


def test_a_skip_is_known_by_upgrade_day_and_step_and_mended(path: Path) -> None:
    taken(path, "upgrade", FIRST)
    assert taken(path, "skip", SKIP, SKIP, {**SKIP, "step": "report", "skipped": ("done",)}) == (2, 0, 1, 0)
    before = dump(path)
    assert taken(path, "skip", SKIP) == (0, 0, 1, 0)
    assert taken(path, "skip", *told(path, "skip")) == (0, 0, 2, 0)
    assert dump(path) == before
    mended = {**SKIP, "skipped": ("approve", "plan"), "reason": "医院催得急"}
    assert taken(path, "skip", mended) == (0, 1, 0, 0)
    assert told(path, "skip")[0] == {**mended, "skipped": ("plan", "approve")}
    assert sorted(audit(path, "U-1")) == [
        ("upgrade_skip", "reason", None, "医院催得急"),
        ("upgrade_skip", "skipped", "test、approve", "plan、approve"),
    ]
    assert faults(path) == []


def test_a_skip_that_cannot_be_is_refused_at_its_cell(path: Path) -> None:
    taken(path, "upgrade", FIRST)
    assert whys(
        path,
        "skip",
        {**SKIP, "upgrade": "U-10"},
        {**SKIP, "upgrade": None},
        {**SKIP, "on": None},
        {**SKIP, "step": None},
        {**SKIP, "skipped": None},
        {**SKIP, "skipped": ("done",)},
        {**SKIP, "on": TOMORROW},
        SKIP,
        {**SKIP, "reason": "急"},
    ) == [
        (2, "upgrade", "upgrade U-10 is not known; did you mean U-1?"),
        (3, "upgrade", "a skip needs its upgrade [四.1-2]"),
        (4, "on", "a skip needs its day [四.1-2]"),
        (5, "step", "a skip needs the step that was done [四.1-2]"),
        (6, "skipped", "a skip needs the steps that were missing [四.1-2]"),
        (7, "upgrade", "row 6 is about the same record and says otherwise"),
        (8, "on", "2026-11-24 is in the future: today is 2026-11-23"),
        (9, "upgrade", "row 6 is about the same record and says otherwise"),
        (10, "upgrade", "row 6 is about the same record and says otherwise"),
    ]
    assert whys(path, "skip", {**SKIP, "skipped": ("done",)}) == [
        (2, "skipped", "the upgrade itself does not come before the upgrade itself [四.1-2]")
    ]
    assert remarks(path, "skip", {**SKIP, "on": TOMORROW}, force=True)[1] == 1


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("WT-1, WT-2；WT-3", "WT-1、WT-2、WT-3"),
        ("WT-1\nWT-2", "WT-1、WT-2"),
        ("WT-1", "WT-1"),
        ("打印错位，查询慢", "打印错位，查询慢"),
        ("WT-1, 打印错位", "WT-1, 打印错位"),
    ],
)
def test_numbers_of_issues_are_kept_in_one_way_and_words_as_they_are(text: str, kept: str) -> None:
    assert listed(text) == kept
    assert listed(kept) == kept


DAYS = st.none() | st.dates(D("2026-01-01"), TODAY)
ROWS = st.lists(
    st.fixed_dictionaries(
        {"customer": st.sampled_from(["H001", "H002"])},
        optional={
            **{key: DAYS for key in (*rules.ACTS, "planned_on") if "called" not in key},
            "number": st.sampled_from(["A-1", "A-2", "A-3"]),
            "upgrader": st.sampled_from(["卫星汉", "李伟", None]),
            "version": st.sampled_from(["5.1", "5.2", None]),
        },
    ),
    min_size=1,
    max_size=7,
)


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_whatever_is_taken_in_twice_is_in_once_and_the_ledger_is_whole(tmp_path: Path, rows) -> None:
    path = served(tmp_path / "svcq.db")
    added, _, unchanged, refused = taken(path, "upgrade", *rows)
    assert added + unchanged + refused == len(rows)
    before = business(path)
    again = taken(path, "upgrade", *rows)
    assert again[:2] == (0, 0)
    assert business(path) == before
    assert faults(path) == []
    with writing(path) as work:
        for row in work.session.execute(sa.select(U)):
            assert row.first_on == min((on for key in rules.ACTS if (on := row._mapping[key])), default=None)


def test_the_steps_and_days_of_the_sheet_are_those_of_the_rules() -> None:
    assert all(list(STEPS).index(one) < list(STEPS).index(two) for one, two in pairwise(STEPS))
    assert set(NAMED) <= {*rules.ACTS, "planned_on"}
