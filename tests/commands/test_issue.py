"""三 An issue from the report to the closing and back, as it is typed; every act is in the listings and in the log."""

import json

import pytest

from tests.cli import Svcq, copy
from tests.commands.test_complete import offered
from tests.commands.test_every_command import marks
from tests.commands.test_terminal import cells, type_in
from tests.processes.worklog import worklog

LISTED = {
    "number": "WT-1",
    "customer": "江州市中心医院",
    "system": None,
    "module": None,
    "title": "打印错位",
    "engineer": "李伟",
    "reported_on": "2026-09-01",
    "priority": False,
    "request": None,
    "steps": 1,
    "last_step_on": "2026-11-10",
    "last_result": "watch",
    "close_due_on": "2026-11-02",
    "closed_on": None,
    "closed_by": None,
    "state": "stale",
    "days_overdue": 21,
    "region": "华东",
    "description": None,
    "reported_by": None,
    "priority_on": None,
    "request_on": None,
    "tested_by_test_dept_on": None,
    "test_result_on": None,
    "passed_on": None,
    "urged_on": None,
}
WORKED = {
    **LISTED,
    "number": "WT-2",
    "title": "查询慢",
    "reported_on": "2026-10-08",
    "last_step_on": "2026-11-20",
    "last_result": "solved",
    "close_due_on": "2026-12-08",
    "closed_on": "2026-11-21",
    "closed_by": "auto",
    "state": "closed",
    "days_overdue": 0,
}
HANDED = {
    **LISTED,
    "number": "WT-3",
    "customer": "云河县人民医院",
    "title": "条码无法识别",
    "engineer": None,
    "reported_on": "2026-11-16",
    "steps": 0,
    "last_step_on": None,
    "last_result": None,
    "close_due_on": "2027-01-18",
    "closed_on": "2026-11-22",
    "closed_by": "周静",
    "state": "closed",
    "days_overdue": 0,
    "region": "华北",
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A store with three issues that nobody writes to."""
    return Svcq(worklog(tmp_path_factory.mktemp("worklog") / "svcq.db"))


@pytest.fixture
def desk(kept, tmp_path):
    """The command line over a copy of it."""
    return Svcq(copy(kept.store, tmp_path / "svcq.db"))


def row(svcq, number="WT-1", *words):
    (found,) = [one for one in svcq("issue", "list", *words, "-f", "json").json if one["number"] == number]
    return found


def owed(svcq, number="WT-1", *words):
    rows = svcq("due", "--all", "--number", number, *words, "-f", "json").json
    return [
        (one["rule"].removeprefix("issue."), one["starts_on"], one["due_on"], one["met_on"], one["state"])
        for one in rows
    ]


# ---- listings ----


def test_a_listing_gives_every_issue_as_it_stands(kept):
    assert kept("issue", "list", "-f", "json").json == [LISTED, WORKED, HANDED]
    assert list(kept("issue", "list", "-f", "json").json[0]) == list(LISTED)


def test_a_past_day_knows_nothing_of_what_was_done_later(kept):
    assert kept("issue", "list", "--as-of", "2026-08-31", "-f", "json").json == []
    before = {"steps": 0, "last_step_on": None, "last_result": None}
    assert row(kept, "WT-1", "--as-of", "2026-11-02") == {
        **LISTED,
        **before,
        "state": "open",
        "days_overdue": 0,
    }
    assert row(kept, "WT-1", "--as-of", "2026-11-03")["state"] == "stale"
    still = {"closed_on": None, "closed_by": None, "state": "open"}
    assert row(kept, "WT-2", "--as-of", "2026-11-20") == {**WORKED, **still}
    assert row(kept, "WT-2", "--as-of", "2026-11-21") == WORKED
    assert row(kept, "WT-3", "--as-of", "2026-11-21") == {**HANDED, **still}


def test_states_people_and_customers_choose(kept):
    def numbers(*words):
        return [one["number"] for one in kept("issue", *words, "-f", "json").json]

    assert numbers("list", "--state", "closed") == ["WT-2", "WT-3"]
    assert numbers("list", "--state", "stale") == ["WT-1"]
    assert numbers("list", "--state", "open") == []
    assert numbers("list", "--person", "李伟") == ["WT-1", "WT-2"]
    assert numbers("list", "--region", "华北") == numbers("list", "--customer", "H002") == ["WT-3"]
    assert numbers("stale", "--person", "周静") == []
    assert numbers("stale", "--as-of", "2026-11-02") == []
    assert numbers("stale", "--as-of", "2026-11-02", "--within", "0d") == ["WT-1"]
    assert numbers("stale", "--as-of", "2026-10-30", "--within", "3") == ["WT-1"]
    assert numbers("stale", "--as-of", "2026-11-20", "--within", "3w") == ["WT-1", "WT-2"]
    assert kept("issue", "stale", "--exit-code", "-f", "json", code=10).json == [LISTED]


def test_a_limit_gives_the_first_rows_and_says_that_there_are_more(kept):
    ran = kept("issue", "list", "--limit", "2", "-f", "json")
    assert ran.json == [LISTED, WORKED]
    assert "more" in ran.err
    assert kept("issue", "records", "--limit", "1", "-f", "json").err.count("more") == 1


def test_work_records_are_what_the_steps_say(desk):
    first = {"person": "李伟", "customer": "江州市中心医院", "region": "华东"}
    early = {**first, "on": "2026-11-10", "issue": "WT-1", "what": "调整模板", "result": "watch"}
    late = {**first, "on": "2026-11-20", "issue": "WT-2", "what": "加索引", "result": "solved"}

    def records(*words):
        return desk("issue", "records", *words, "-f", "json").json

    assert records() == [early, late]
    assert list(records()[0]) == ["person", "on", "customer", "issue", "what", "result", "region"]
    assert records("--from", "2026-11-11") == records("--person", "李伟", "--from", "2026-11-20") == [late]
    assert records("--until", "2026-11-19") == records("--as-of", "2026-11-19") == [early]
    assert records("--until", "2026-11-30", "--as-of", "2026-11-19") == [early]
    assert records("--person", "周静") == records("--customer", "云河县人民医院") == []
    assert records("--customer", "H001", "--region", "华东", "--until", "2026-11-10") == [early]
    desk("issue", "void", "WT-1", "--reason", "重复登记")
    assert records() == [late]


def test_nobody_can_type_a_work_record(kept):
    assert "no command 'record'" in kept("issue", "record", code=2).err
    assert "too many" in kept("issue", "records", "add", code=2).err


def test_show_tells_the_whole_story(desk):
    desk("issue", "reopen", "WT-2", "--on", "2026-11-22", "--reason", "又出现")
    desk("issue", "urge", "WT-2", "--on", "2026-11-23")
    found = desk("issue", "show", "WT-2", "-f", "json").json
    steps = [{"on": "2026-11-20", "by": "李伟", "what": "加索引", "result": "solved"}]
    open_again = {"closed_on": None, "closed_by": None, "state": "open", "urged_on": "2026-11-23"}
    listed = {**WORKED, **open_again, "steps": steps}
    assert {key: found[key] for key in listed} == listed
    assert set(found) - set(listed) == {"events", "requests", "obligations", "history", "revision"}
    assert found["events"] == [
        {"what": "reopen", "on": "2026-11-22", "by": "茅洁", "reason": "又出现"},
        {"what": "urge", "on": "2026-11-23", "by": "茅洁", "reason": None},
    ]
    assert [(one["rule"], one["due_on"], one["met_on"]) for one in found["obligations"]] == [
        ("issue.close", "2026-12-08", None),
    ]
    assert found["obligations"][0]["explanation"] == "2 months after 2026-10-08"
    assert found["history"][0]["command"] == "issue urge"
    before = desk("issue", "show", "WT-2", "--as-of", "2026-11-21", "-f", "json").json
    assert (before["state"], before["closed_by"], before["events"]) == ("closed", "auto", [])


def test_neither_keys_nor_values_follow_the_language(kept):
    for words in (("list",), ("stale",), ("urge",), ("records",), ("show", "WT-2")):
        for form in ("json", "csv", "tsv"):
            said = {lang: kept("--lang", lang, "issue", *words, "-f", form) for lang in ("zh", "en")}
            if words[0] == "show":  # why an obligation is due is told in words
                found = {
                    lang: json.loads(ran.out)["steps"] if form == "json" else ran.out
                    for lang, ran in said.items()
                }
            else:
                found = {lang: ran.raw for lang, ran in said.items()}
            assert found["zh"] == found["en"]


# ---- acts ----


def test_a_step_is_recorded_and_says_what_follows(desk):
    step = ("issue", "step", "WT-1", "--by", "李伟", "--what")
    said = desk(*step, "带回日志", "--on", "2026-11-20", "--result", "to_dev").err
    assert said == (
        "issue WT-1: step of 2026-11-20 recorded; to be followed up by 2026-12-04;"
        " the number of the request to be noted by 2026-11-25\n"
    )
    assert "recorded already" in desk(*step, "带回日志", "--on", "2026-11-20", "--result", "to_dev").err
    said = desk(*step, "更新程序", "--on", "today", "--result", "solved").err
    assert said.strip().endswith("it closes by itself on 2026-11-24")
    assert (row(desk)["state"], row(desk)["steps"]) == ("stale", 3)
    assert row(desk, "WT-1", "--as-of", "2026-11-24")["closed_by"] == "auto"
    assert desk("db", "check").out == ""


def test_reopened_soon_it_is_due_when_it_was_and_later_anew(desk):
    step = ("issue", "step", "WT-2", "--by", "李伟", "--what", "又出现", "--result", "watch")
    said = desk(*step, "--on", "2026-12-05", "--force").err
    assert "the closing of 2026-11-21 did not count; to be closed by 2026-12-08" in said
    desk("issue", "undo", "WT-2", "--step", "2026-12-05", "--reason", "x")
    said = desk(*step, "--on", "2026-12-06", "--force").err
    assert "the closing of 2026-11-21 counts; to be closed by 2027-02-11" in said
    assert owed(desk, "WT-2", "--as-of", "2026-12-31", "--rule", "issue.close") == [
        ("close", "2026-10-08", "2026-12-08", "2026-11-21", "met"),
        ("close", "2026-12-06", "2027-02-11", None, "open"),
    ]
    assert owed(desk, "WT-2", "--as-of", "2026-11-30") == [
        ("close", "2026-10-08", "2026-12-08", "2026-11-21", "met"),
        ("urge", "2026-11-24", "2026-12-08", "2026-11-21", "met"),
    ]


def test_a_closing_that_did_not_count_did_until_it_was_taken_back(desk):
    desk("issue", "reopen", "WT-3", "--on", "2026-11-23", "--reason", "又出现")
    assert row(desk, "WT-3", "--as-of", "2026-11-22") == HANDED
    assert (row(desk, "WT-3")["state"], row(desk, "WT-3")["closed_by"]) == ("open", None)
    assert owed(desk, "WT-3", "--as-of", "2026-11-22") == [
        ("close", "2026-11-16", "2027-01-18", "2026-11-22", "met")
    ]
    assert owed(desk, "WT-3") == [("close", "2026-11-16", "2027-01-18", None, "open")]
    assert desk("db", "check").out == ""


def test_closing_by_hand_is_told_with_the_name_and_once(desk):
    close = ("issue", "close", "WT-1", "--on", "today")
    assert "say why it is closed [三]" in desk(*close, code=2).err
    assert desk(*close, "--reason", "两周未再出现").err == "issue WT-1 closed on 2026-11-23\n"
    assert (row(desk)["closed_by"], row(desk)["days_overdue"]) == ("茅洁", 21)
    closed = "was closed on 2026-11-23 by 茅洁 [三]"
    assert closed in desk(*close, "--reason", "两周未再出现", code=4).err
    assert closed in desk(*close, "--reason", "x", code=4).err
    assert closed in desk("--as", "周静", *close, "--reason", "两周未再出现", code=4).err
    assert owed(desk, "WT-1", "--rule", "issue.close")[0][3:] == ("2026-11-23", "late")


def test_the_list_to_urge_has_what_is_soon_due_and_not_yet_urged(desk):
    def numbers(*words):
        return [one["number"] for one in desk("issue", "urge", *words, "-f", "json").json]

    desk("issue", "reopen", "WT-2", "--on", "2026-11-22", "--reason", "又出现")
    assert numbers() == ["WT-1"]
    assert (
        numbers("--as-of", "2026-11-24")
        == numbers("--as-of", "2026-11-24", "--person", "李伟")
        == ["WT-1", "WT-2"]
    )
    assert numbers("--as-of", "2026-10-18") == []
    assert numbers("--as-of", "2026-10-19") == ["WT-1"]
    assert (
        desk("issue", "urge", "WT-1", "--on", "2026-11-20").err
        == "issue WT-1: reminder of 2026-11-20 recorded\n"
    )
    assert numbers() == []
    assert numbers("--as-of", "2026-11-19") == ["WT-1"]
    assert "recorded already" in desk("issue", "urge", "WT-1", "--on", "2026-11-20").err
    desk("issue", "undo", "WT-1", "--urge", "2026-11-20", "--reason", "x")
    desk("waive", "issue.urge", "WT-1", "--reason", "已当面说明")
    assert numbers() == []
    desk("waive", "issue.urge", "WT-1", "--withdraw")
    desk("policy", "live", "2026-11-03")
    assert numbers() == []  # it was due before the company started
    assert numbers("--as-of", "2026-11-24") == ["WT-2"]


def test_a_test_result_is_to_be_passed_on(desk):
    desk("issue", "edit", "WT-1", "--priority", "yes", "--priority-on", "2026-11-02", "--reason", "院长投诉")
    said = desk("issue", "test-result", "WT-1", "--on", "2026-11-20", "--to-test", "2026-11-12").err
    assert said.strip().endswith("the test result to be passed to the engineer by 2026-11-24")
    assert owed(desk, "WT-1", "--rule", "issue.feedback") == [
        ("feedback", "2026-11-20", "2026-11-24", None, "open")
    ]
    desk("issue", "test-result", "WT-1", "--on", "2026-11-20", "--passed", "today")
    assert owed(desk, "WT-1", "--rule", "issue.feedback")[0][-1] == "met"
    found = row(desk)
    assert [found[key] for key in ("tested_by_test_dept_on", "test_result_on", "passed_on", "priority")] == [
        *("2026-11-12", "2026-11-20", "2026-11-23"),
        True,
    ]
    assert row(desk, "WT-1", "--as-of", "2026-11-01")["priority"] is False


def test_a_request_number_noted_by_an_edit_meets_what_a_step_asked_for(desk):
    desk("issue", "step", "WT-1", "--on", "2026-11-20", "--by", "李伟", "--what", "x", "--result", "to_dev")
    desk("issue", "edit", "WT-1", "--request", "VSTS-7", "--reason", "补录")
    assert owed(desk, "WT-1", "--rule", "issue.request")[0][3:] == ("2026-11-23", "met")
    assert (row(desk)["request"], row(desk, "WT-1", "--as-of", "2026-11-22")["request"]) == ("VSTS-7", None)
    desk("issue", "edit", "WT-1", "--request", "none", "--reason", "登记有误")
    assert owed(desk, "WT-1", "--rule", "issue.request")[0][3:] == (None, "open")


def test_an_issue_is_entered_mended_assigned_and_void(desk):
    added = desk(
        *("issue", "add", "--customer", "H002", "--title", "对账不平", "--system", "HIS", "--module", "医保"),
        *("--description", "每日差一笔", "--reported", "2026-11-19", "--reported-by", "信息科 张主任"),
        *("--engineer", "李伟", "--priority"),
    )
    assert added.err == "issue SVCQ-I2026-00001 entered\n"
    number = "SVCQ-I2026-00001"
    found = row(desk, number)
    assert [found[key] for key in ("system", "module", "description", "reported_by", "engineer")] == [
        *("HIS", "医保", "每日差一笔", "信息科 张主任", "李伟")
    ]
    assert (found["priority"], found["priority_on"]) == (True, "2026-11-19")
    desk("issue", "edit", number, "--module", "none", "--title", "对账差一笔", "--reason", "更正")
    assert (row(desk, number)["module"], row(desk, number)["title"]) == (None, "对账差一笔")
    assert "nothing to change" in desk("issue", "edit", number, "--title", "对账差一笔", "--reason", "x").err
    desk("issue", "assign", number, "--role", "engineer", "--to", "陈立", "--from", "2026-11-22")
    assert row(desk, number)["engineer"] == "陈立"
    assert row(desk, number, "--as-of", "2026-11-21")["engineer"] == "李伟"
    desk("issue", "assign", number, "--to", "none")
    assert row(desk, number)["engineer"] is None
    desk("issue", "void", number, "--reason", "重复登记")
    assert (row(desk, number)["state"], owed(desk, number)) == ("void", [])
    (last, *_) = desk("log", number, "-f", "json").json
    assert "重复登记" in {one["after"] for one in desk("log", number, "-f", "json").json}
    assert last["actor"] == "茅洁"


def test_a_new_engineer_is_let_in_by_force_with_a_reason(desk):
    desk("policy", "live", "2026-10-01")
    desk("staff", "add", "新人", "--role", "engineer", "--joined", "2026-11-02")
    add = ("issue", "add", "WT-9", "--customer", "H001", "--title", "x", "--engineer", "新人")
    assert "has not passed the exam, due 2026-12-02" in desk(*add, code=4).err
    assert "--reason" in desk(*add, "--force", code=2).err
    desk(*add, "--force", "--reason", "老师傅带教")
    assert {one["note"] for one in desk("log", "WT-9", "-f", "json").json} == {"老师傅带教"}
    assign = ("issue", "assign", "WT-1", "--role", "engineer", "--to", "新人")
    desk(*assign, code=4)
    desk(*assign, code=4)
    desk(*assign, "--force", "--reason", "老师傅带教")
    assert row(desk)["engineer"] == "新人"


def test_a_mistaken_step_is_struck_out_and_stays_in_the_log(desk):
    undo = ("issue", "undo", "WT-2", "--step", "2026-11-20", "--reason", "登记到了别的问题")
    desk(*undo)
    assert (row(desk, "WT-2")["state"], row(desk, "WT-2")["steps"]) == ("open", 0)
    assert "nothing to change" in desk(*undo).err
    (one, *_) = [one for one in desk("log", "WT-2", "-f", "json").json if one["field"] == "what"]
    assert (one["before"], one["after"], one["note"]) == ("加索引", None, "登记到了别的问题")


WRITES = [
    ("add", "--customer", "H001", "--title", "新问题"),
    ("step", "WT-1", "--on", "today", "--by", "李伟", "--what", "x", "--result", "solved"),
    ("close", "WT-1", "--on", "today", "--reason", "x"),
    ("reopen", "WT-2", "--on", "today", "--reason", "x"),
    ("urge", "WT-1", "--on", "today"),
    ("test-result", "WT-1", "--on", "today"),
    ("edit", "WT-1", "--title", "x", "--reason", "x"),
    ("void", "WT-1", "--reason", "x"),
    ("assign", "WT-1", "--role", "engineer", "--to", "陈立"),
    ("undo", "WT-1", "--step", "2026-11-10", "--reason", "x"),
]


@pytest.mark.parametrize("words", WRITES, ids=lambda words: words[0])
def test_a_dry_run_says_what_would_happen_and_writes_nothing(kept, words):
    before = marks(kept.store)
    assert "dry run: nothing was written" in kept("issue", *words, "--dry-run").err
    assert marks(kept.store) == before


REFUSED = [
    (2, "left something open", ("close", "WT-1", "--on", "today")),
    (2, "--what", ("step", "WT-1", "--on", "today", "--by", "李伟", "--what", " ")),
    (2, "--by", ("step", "WT-1", "--on", "today", "--what", "x")),
    (2, "--reason is missing", ("edit", "WT-1", "--title", "x", "--reason", " ")),
    (2, "--reason is missing", ("void", "WT-1", "--reason", "")),
    (2, "--reason is missing", ("reopen", "WT-2", "--on", "today", "--reason", "　")),
    (2, "--on", ("urge", "WT-1")),
    (2, "--on", ("urge", "--on", "today")),
    (2, "say what to change", ("edit", "WT-1", "--reason", "x")),
    (2, "--title", ("edit", "WT-1", "--title", "none", "--reason", "x")),
    (2, "--reported", ("edit", "WT-1", "--reported", "none", "--reason", "x")),
    (2, "--priority", ("edit", "WT-1", "--priority", "high", "--reason", "x")),
    (2, "is no role here", ("assign", "WT-1", "--role", "qc", "--to", "李伟")),
    (2, "--force", ("assign", "WT-1", "--role", "engineer", "--to", "陈立", "--force")),
    (2, "say what to strike out", ("undo", "WT-1", "--reason", "x")),
    (2, "say what to strike out", ("undo", "WT-1", "--step", "today", "--urge", "today", "--reason", "x")),
    (2, "--close", ("undo", "WT-1", "--close", "soon", "--reason", "x")),
    (2, "--state", ("list", "--state", "lost")),
    (2, "--within", ("stale", "--within", "soon")),
    (2, "--from", ("records", "--from", "soon")),
    (3, "did you mean WT-1", ("step", "WT-01", "--on", "today", "--by", "李伟", "--what", "x")),
    (3, "李纬 is not among the staff", ("step", "WT-1", "--on", "today", "--by", "李纬", "--what", "x")),
    (3, "is not known", ("show", "WT-9")),
    (3, "is not known", ("records", "--customer", "江州中心医院")),
    (4, "[三]", ("step", "WT-1", "--on", "2026-08-31", "--by", "李伟", "--what", "x")),
    (4, "[三]", ("step", "WT-1", "--on", "+1d", "--by", "李伟", "--what", "x")),
    (
        4,
        "none of solved, watch",
        ("step", "WT-1", "--on", "today", "--by", "李伟", "--what", "x", "--result", "fixed"),
    ),
    (4, "closed by itself on 2026-11-21 [三]", ("close", "WT-2", "--on", "today")),
    (4, "by 周静 [三]", ("close", "WT-3", "--on", "today", "--reason", "x")),
    (4, "[三]", ("close", "WT-1", "--on", "+1d", "--reason", "x")),
    (4, "is not closed", ("reopen", "WT-1", "--on", "today", "--reason", "x")),
    (4, "passed on before", ("test-result", "WT-1", "--on", "2026-11-20", "--passed", "2026-11-19")),
    (4, "exists already", ("add", "WT-1", "--customer", "H001", "--title", "x")),
    (
        4,
        "that very problem",
        ("add", "--customer", "H001", "--title", "打印错位", "--reported", "2026-09-01"),
    ),
    (4, "[三]", ("add", "--customer", "H001", "--title", "x", "--reported", "+1d")),
]


@pytest.mark.parametrize(("code", "said", "words"), REFUSED, ids=[" ".join(one[2][:4]) for one in REFUSED])
def test_what_is_wrong_is_told_in_a_line_and_writes_nothing(kept, code, said, words):
    before = marks(kept.store)
    ran = kept("issue", *words, code=code)
    assert said in ran.err
    assert ran.err.startswith("svcq: ")
    assert len(ran.err.splitlines()) == 1
    assert marks(kept.store) == before


def test_a_hospital_with_issues_is_not_void(desk):
    assert (
        "`svcq issue void WT-3 --reason …` first"
        in desk("customer", "void", "H002", "--reason", "x", code=4).err
    )
    desk("issue", "void", "WT-3", "--reason", "x")
    desk("customer", "void", "H002", "--reason", "x")


# ---- a person ----


def test_what_is_missing_is_asked_for_and_a_reason_only_where_it_is_needed(desk):
    code, seen = type_in(desk, "issue", "close", "WT-1", answers=["today", "两周未再出现"])
    assert (code, "Why it is closed:" in seen) == (0, True)
    (event,) = desk("issue", "show", "WT-1", "-f", "json").json["events"]
    assert (event["on"], event["reason"]) == ("2026-11-23", "两周未再出现")
    code, seen = type_in(desk, "issue", "close", "WT-3", "--on", "today")
    assert (code, "Why it is closed:" in seen) == (4, False)
    code, seen = type_in(
        desk, "issue", "step", "WT-1", "--on", "today", "--result", "watch", answers=["李伟", "电话回访"]
    )
    assert code == 0


@pytest.mark.parametrize("width", [80, 120, 200])
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "words", [("list",), ("stale",), ("urge",), ("records",), ("show", "WT-2")], ids=" ".join
)
def test_a_table_fits_the_terminal(kept, words, lang, width):
    code, seen = type_in(kept, "issue", *words, width=width, SVCQ_LANG=lang, NO_COLOR="1")
    assert code == 0
    assert all(cells(line) <= width for line in seen.splitlines() if not line.startswith(("note", "注意")))
    assert "WT-" in seen
    assert "江州" in seen


def test_in_chinese_everything_is_chinese(desk):
    step = ("issue", "step", "WT-1", "--on", "today", "--by", "李伟", "--what", "x", "--result", "watch")
    ran = desk("--lang", "zh", *step)
    assert ran.err == "问题 WT-1：已登记 2026-11-23 的处理过程；最迟 2026-12-07 后续跟踪\n"
    refused = desk("--lang", "zh", "issue", "close", "WT-2", "--on", "today", code=4)
    assert refused.err == "svcq: 问题 WT-2 已于 2026-11-21 自动关闭 [三]\n"
    table = desk("--lang", "zh", "issue", "list", "-f", "table").out
    for word in ("问题编号", "客户名称", "标题", "工程师", "超期未关闭", "已关闭", "自动", "已解决"):
        assert word in table


def test_numbers_are_completed_from_the_store(kept):
    assert offered(kept, "svcq issue show WT-") == ["WT-1", "WT-2", "WT-3"]
    assert offered(kept, "svcq issue urge WT-2") == ["WT-2"]
    assert offered(kept, "svcq issue step WT-1 --by 李") == ["李伟"]
