"""一 and 三 The sample hand-over table and worklog through the command line, held against the second calculators."""

from datetime import date

import pytest

from tests import independent_handover, independent_issue
from tests.cli import BOOKS, SAMPLES, Svcq
from tests.independent_handover import ACTS
from tests.independent_sample import read_book

DAYS = ("2026-11-23", "2026-09-30", "2026-02-25")
"""Today and two earlier days."""
HANDOVER = ("number", "state", "decision", "decided_on", "decided_by", "reason", *ACTS)
ISSUE = (
    *("number", "state", "closed_on", "closed_by", "steps", "last_step_on", "last_result", "close_due_on"),
    "days_overdue",
)
OWED = ("rule", "number", "starts_on", "due_on", "met_on", "state", "days_overdue")
RECORD = ("person", "on", "customer", "issue", "what", "result")


@pytest.fixture(scope="module")
def svcq(tmp_path_factory):
    """The command line over the sample workbooks."""
    made = Svcq(tmp_path_factory.mktemp("sample") / "svcq.db")
    made("import", *SAMPLES)
    return made


@pytest.fixture(scope="module")
def told(svcq):
    """What stands in the two workbooks, and the account managers; a hand-over without a number has the one it got."""
    rows = {**read_book(BOOKS / "项目移交信息表.xlsx"), **read_book(BOOKS / "工作底稿.xlsx")}
    given = {
        (row["project_number"], row["phase"]): row["number"]
        for row in svcq("handover", "list", "-f", "json").json
    }
    for row in rows["项目移交信息表"]:
        row["number"] = row["number"] or given[row["project_number"], row["phase"]]
    managers = {row["name"]: row["account_manager"] for row in svcq("customer", "list", "-f", "json").json}
    return rows, managers


def picked(rows, keys):
    """The values of the keys of every row, sorted."""
    plain = (
        [value.isoformat() if isinstance(value, date) else value for value in map(row.get, keys)]
        for row in rows
    )
    return sorted(plain, key=str)


def calculated(told, day):
    """Hand-overs, issues, and what they and the months oblige to on a day, as the second calculators have it."""
    (rows, managers), today = told, date.fromisoformat(day)
    handovers, owed = independent_handover.calculate(
        rows["项目移交信息表"], rows["跟踪记录"], today, managers
    )
    issues, more = independent_issue.calculate(rows["工作底稿"], rows["处理过程"], today)
    more += independent_issue.spot_checks(rows["工作底稿"], rows["抽查记录"], today)
    return handovers, issues, owed + more


@pytest.mark.parametrize("day", DAYS)
def test_handovers_and_problems_stand_as_the_second_calculators_say(svcq, told, day):
    handovers, issues, _ = calculated(told, day)
    for group, wanted, keys in (("handover", handovers, HANDOVER), ("issue", issues, ISSUE)):
        found = svcq(group, "list", "--as-of", day, "-f", "json").json
        assert picked(found, keys) == picked(wanted, keys)


@pytest.mark.parametrize("day", DAYS)
def test_what_is_owed_is_what_the_second_calculators_say(svcq, told, day):
    wanted = calculated(told, day)[2]
    found = svcq("due", "--all", "--as-of", day, "-f", "json").json
    of_both = [row for row in found if row["process"] in ("handover", "issue")]
    assert picked(of_both, OWED) == picked(wanted, OWED)


def test_every_step_is_a_work_record(svcq, told):
    rows = told[0]
    wanted = independent_issue.work_records(rows["工作底稿"], rows["处理过程"], date.fromisoformat(DAYS[0]))
    found = svcq("issue", "records", "-f", "json").json
    assert picked(found, RECORD) == picked(wanted, RECORD)
    assert len(found) > 450


def test_no_contract_is_new_by_the_handovers(svcq, told):
    listed = svcq("contract", "list", "-f", "json").json
    assert len(listed) == 300
    rows = {row["number"]: row for row in listed}
    shown = [row for row in svcq("handover", "list", "-f", "json").json if row["decision"] == "eligible"]
    for row in shown:
        contract = rows[svcq("handover", "show", row["number"], "-f", "json").json["contract"]]
        for key in ("customer", "project_number", "free_from", "free_until"):
            assert contract[key] == row[key]
    assert len(shown) == 23


def test_only_the_engineer_who_is_new_has_not_passed_the_exam(svcq):
    found = svcq("due", "--all", "--rule", "staff.exam", "-f", "json").json
    assert {row["state"] for row in found} == {"met", "open"}
    assert [(row["number"], row["due_on"]) for row in found if row["state"] == "open"] == [
        ("潘锦书", "2026-12-09")
    ]
