"""四 Upgrades as they are typed: the whole order with and without force, the calls, lists of any day, the checklist."""

import io
import json

import pytest
from openpyxl import load_workbook

from tests.cli import Svcq
from tests.served import served


def keys(text):
    return text.split()


KEYS = keys(
    "number customer applied_by applied_on arranged_by arranged_on upgrader planned_on plan_on registered_on"
    " discussed_on tested_on no_test_reason approved_on done_on version issues_solved surprises"
    " special_modifications brought_back_on left_on report_on mailed_on called_on stable solved arranged answer"
    " informed_on second_called_on second_answer second_informed_on state"
)
OBLIGATION = keys(
    "rule clause process number customer person starts_on due_on met_on state days_overdue fine provisional"
    " before_live note"
)
CITY, COUNTY = "江州市中心医院", "云河县人民医院"


@pytest.fixture
def svcq(tmp_path):
    """Two hospitals with open issues, a manager and an upgrader; SJ-1 is applied for."""
    made = Svcq(served(tmp_path / "svcq.db"))
    for number, owner, title in (("WT-1", CITY, "打印错位"), ("WT-2", CITY, "对账"), ("WT-3", COUNTY, "慢")):
        made("issue", "add", number, "--customer", owner, "--title", title, "--reported", "2026-11-01")
    made("upgrade", "apply", "SJ-1", "--customer", CITY, "--on", "2026-11-02", "--planned", "2026-11-16")
    return made


ARRANGE = ("arrange", "SJ-1", "--on", "2026-11-03", "--by", "朱明远", "--upgrader", "卫星汉")
STEPS = {
    "arrange": ARRANGE,
    "plan": ("plan", "SJ-1", "--on", "2026-11-04"),
    "test": ("test", "SJ-1", "--on", "2026-11-05"),
    "approve": ("approve", "SJ-1", "--on", "2026-11-06"),
    "done": ("done", "SJ-1", "--on", "2026-11-16", "--version", "6.2"),
    "report": ("report", "SJ-1", "--on", "2026-11-18"),
    "callback": ("callback", "SJ-1", "--on", "2026-11-19", "--answer", "yes"),
}
NAMES = {
    "arrange": "the arrangement",
    "plan": "the plan",
    "test": "the test",
    "approve": "the customer's approval",
    "done": "the upgrade itself",
    "report": "the report",
}


def walk(svcq, until):
    for step, typed in STEPS.items():
        svcq("upgrade", *typed)
        if step == until:
            return


def one(svcq, number="SJ-1", *more):
    return svcq("upgrade", "show", number, "-f", "json", *more).json


def rows(svcq, *words):
    return svcq("upgrade", *words, "-f", "json").json


def breaches(svcq):
    found = svcq("due", "--all", "--number", "SJ-1", "-f", "json").json
    return [
        (row["starts_on"], row["due_on"], row["state"], row["person"], row["note"])
        for row in found
        if row["rule"] == "upgrade.order"
    ]


# --- the order


def test_the_whole_order_from_the_application_to_the_call(svcq):
    said = [svcq("upgrade", *typed).err for typed in STEPS.values()]
    assert said == [
        "upgrade SJ-1 arranged on 2026-11-03; the plan is due by 2026-11-15\n",
        "upgrade SJ-1: plan of 2026-11-04 recorded\n",
        "upgrade SJ-1 tested on 2026-11-05\n",
        "upgrade SJ-1 approved on 2026-11-06\n",
        "upgrade SJ-1 done on 2026-11-16; the report is due by 2026-11-23\n",
        "upgrade SJ-1: report filed on 2026-11-18; the customer is to be called by 2026-11-20\n",
        "upgrade SJ-1: call of 2026-11-19 recorded; the account manager is to be told by 2026-11-20\n",
    ]
    svcq("upgrade", "inform", "SJ-1", "--on", "2026-11-20")
    row = one(svcq)
    assert list(row)[: len(KEYS)] == KEYS
    assert {key: row[key] for key in KEYS} == {
        **dict.fromkeys(KEYS),
        "number": "SJ-1",
        "customer": CITY,
        "applied_by": "赵强",
        "applied_on": "2026-11-02",
        "arranged_by": "朱明远",
        "arranged_on": "2026-11-03",
        "upgrader": "卫星汉",
        "planned_on": "2026-11-16",
        **dict.fromkeys(("plan_on", "registered_on", "discussed_on"), "2026-11-04"),
        "tested_on": "2026-11-05",
        "approved_on": "2026-11-06",
        "done_on": "2026-11-16",
        "version": "6.2",
        "report_on": "2026-11-18",
        "called_on": "2026-11-19",
        "answer": "yes",
        "informed_on": "2026-11-20",
        "state": "settled",
    }
    assert [list(owed)[: len(OBLIGATION)] for owed in row["obligations"]] == [OBLIGATION] * 4
    assert {owed["state"] for owed in row["obligations"]} == {"met"}
    assert row["skips"] == []
    assert {owed["explanation"] for owed in row["obligations"]} >= {"a fixed date"}
    assert breaches(svcq) == []
    assert svcq("db", "check").out == ""


@pytest.mark.parametrize("step", list(STEPS)[1:])
def test_a_step_before_its_time_names_every_missing_step_and_is_forced_with_a_reason(svcq, step):
    before = svcq.dump()
    missing = list(STEPS)[: list(STEPS).index(step)]
    ran = svcq("upgrade", *STEPS[step], code=4)
    assert f"missing: {', '.join(NAMES[name] for name in missing)}; --force --reason …" in ran.err
    assert ran.err.endswith("[四.1]\n")
    assert svcq("upgrade", *STEPS[step], "--force", code=2).err == "svcq: --force: say why with --reason\n"
    assert svcq.dump() == before
    ran = svcq("upgrade", *STEPS[step], "--force", "--reason", "医院急需")
    names = ", ".join(NAMES[name] for name in missing)
    assert f"note: skipped: {names}; that is a breach of upgrade.order [四.1-2]\n" in ran.err
    on = STEPS[step][3]
    day_before = f"2026-11-{int(on[-2:]) - 1:02d}"
    assert breaches(svcq) == [(on, day_before, "late", "赵强", "、".join(missing))]
    (skip,) = one(svcq)["skips"]
    assert (skip["on"], skip["step"], skip["reason"], skip["by"]) == (on, step, "医院急需", "茅洁")
    again = svcq("upgrade", *STEPS[step])
    assert again.err == "that is recorded already: nothing to change\n"
    assert len(breaches(svcq)) == 1
    assert svcq("db", "check").out == ""


def test_the_breach_is_whose_who_applied_before_the_arrangement_and_the_upgraders_after_it(svcq):
    svcq("upgrade", *STEPS["plan"], "--force", "--reason", "补登")
    assert breaches(svcq)[0][3] == "赵强"
    svcq("upgrade", "arrange", "SJ-1", "--on", "2026-11-09", "--by", "何万里", "--upgrader", "卫星汉")
    svcq("upgrade", "approve", "SJ-1", "--on", "2026-11-10", "--force", "--reason", "医院急需")
    assert [row[3:] for row in breaches(svcq)] == [("赵强", "arrange"), ("卫星汉", "test")]
    assert one(svcq, "SJ-1", "--as-of", "2026-11-08")["upgrader"] is None


def test_every_step_again_is_said_and_another_day_is_refused(svcq):
    walk(svcq, "callback")
    before = svcq.dump()
    for typed in STEPS.values():
        assert svcq("upgrade", *typed).err == "that is recorded already: nothing to change\n"
    for typed in list(STEPS.values())[:-1]:
        ran = svcq("upgrade", *("2026-11-22" if word.startswith("2026") else word for word in typed), code=4)
        assert "`svcq upgrade edit SJ-1 --reason …` mends it" in ran.err
    ran = svcq("upgrade", "apply", "--customer", "H001", "--on", "2026-11-02")
    assert ran.err == "upgrade SJ-1 has that application already: nothing to change\n"
    assert svcq.dump() == before


def test_done_closes_issues_and_tells_of_those_that_were_closed(svcq):
    svcq("issue", "close", "WT-2", "--on", "2026-11-10", "--reason", "已处理")
    walk(svcq, "approve")
    typed = (*STEPS["done"], "--closes", "WT-1", "--closes", "WT-2")
    ran = svcq(
        "upgrade", *typed, "--leaving", "+9d", "--surprises", "打印服务需重启", "--special", "票据定制"
    )
    assert ran.err == (
        "upgrade SJ-1 done on 2026-11-16; the report is due by 2026-11-23; closed: WT-1\n"
        "note: closed already: WT-2\n"
    )
    issue = svcq("issue", "show", "WT-1", "-f", "json").json
    assert (issue["closed_on"], issue["closed_by"]) == ("2026-11-16", "茅洁")
    assert "solved by upgrade SJ-1" in {one["after"] for one in issue["history"]}
    assert svcq("customer", "show", CITY, "-f", "json").json["version"] == "6.2"
    row = one(svcq)
    assert (row["issues_solved"], row["left_on"]) == ("WT-1、WT-2", "2026-12-02")
    assert svcq("upgrade", *typed).err == "that is recorded already: nothing to change\n"


def test_no_environment_to_test_in_is_a_test_with_its_reason(svcq):
    walk(svcq, "plan")
    ran = svcq("upgrade", *STEPS["test"], "--no-environment", "医院无测试库")
    assert ran.err == "upgrade SJ-1: no test, found on 2026-11-05\n"
    svcq("upgrade", *STEPS["approve"])
    row = one(svcq)
    assert (row["tested_on"], row["no_test_reason"]) == ("2026-11-05", "医院无测试库")


def test_a_mailed_report_is_followed_by_its_paper(svcq):
    walk(svcq, "done")
    ran = svcq("upgrade", "report", "SJ-1", "--on", "2026-11-17", "--mailed")
    assert (
        "; the paper of the report is due by 2026-12-17; the customer is to be called by 2026-11-19"
        in ran.err
    )
    assert svcq("upgrade", "report", "SJ-1", "--on", "2026-11-20").err == (
        "upgrade SJ-1: report filed on 2026-11-20\n"
    )
    found = {owed["rule"]: owed["state"] for owed in one(svcq)["obligations"]}
    assert (found["upgrade.report"], found["upgrade.paper"]) == ("met", "met")


def test_a_call_without_a_yes_is_followed_by_a_second_and_no_third(svcq):
    walk(svcq, "report")
    ran = svcq(
        "upgrade", "callback", "SJ-1", "--on", "2026-11-19", "--answer", "no", "--stable", "--not-solved"
    )
    assert "the second call is due by 2026-11-23" in ran.err
    assert one(svcq)["state"] == "reported"
    svcq("upgrade", "callback", "SJ-1", "--on", "2026-11-20", "--answer", "unclear", "--arranged")
    row = one(svcq)
    assert (row["stable"], row["solved"], row["arranged"], row["answer"]) == (True, False, None, "no")
    assert (row["second_called_on"], row["second_answer"]) == ("2026-11-20", "unclear")
    assert (row["second_stable"], row["second_arranged"], row["state"]) == (None, True, "settled")
    ran = svcq("upgrade", "callback", "SJ-1", "--on", "2026-11-23", "--answer", "yes", code=4)
    assert "both calls are recorded, 2026-11-19 and 2026-11-20" in ran.err
    svcq("upgrade", "inform", "SJ-1", "--on", "2026-11-20")
    row = one(svcq)
    assert (row["informed_on"], row["second_informed_on"]) == ("2026-11-20", "2026-11-20")


def test_who_is_new_does_an_upgrade_only_if_that_is_forced(svcq):
    svcq("policy", "live", "2026-01-01")
    svcq("staff", "add", "新人", "--role", "upgrader", "--joined", "2026-11-02")
    typed = ("upgrade", *ARRANGE[:-1], "新人")
    assert "三.1" in svcq(*typed, code=4).err
    svcq(*typed, "--force", "--reason", "人手不足")
    assert (one(svcq)["upgrader"], breaches(svcq)) == ("新人", [])


# --- mending


def test_mending_keeps_the_order_of_the_steps(svcq):
    walk(svcq, "report")
    assert svcq("upgrade", "edit", "SJ-1", "--approved", "2026-11-09", "--reason", "登记有误").err == (
        "upgrade SJ-1 mended\n"
    )
    ran = svcq("upgrade", "edit", "SJ-1", "--approved", "2026-11-17", "--reason", "登记有误", code=4)
    assert (
        "the upgrade itself of 2026-11-16 cannot come before the customer's approval of 2026-11-17" in ran.err
    )
    ran = svcq("upgrade", "edit", "SJ-1", "--approved", "2026-11-17", "--reason", "实情如此", "--force")
    assert "note: skipped: the customer's approval; that is a breach" in ran.err
    assert breaches(svcq) == [("2026-11-16", "2026-11-15", "late", "卫星汉", "approve")]


def test_every_column_can_be_mended_and_emptied(svcq):
    walk(svcq, "callback")
    said = {
        "--customer": (CITY, "customer"),
        "--applied": ("2026-11-01", "applied_on"),
        "--arranged-on": ("2026-11-02", "arranged_on"),
        "--planned": ("2026-11-15", "planned_on"),
        "--plan": ("2026-11-03", "plan_on"),
        "--registered": ("2026-11-03", "registered_on"),
        "--discussed": ("2026-11-03", "discussed_on"),
        "--tested": ("2026-11-04", "tested_on"),
        "--no-environment": ("无", "no_test_reason"),
        "--approved": ("2026-11-05", "approved_on"),
        "--done": ("2026-11-15", "done_on"),
        "--version": ("6.3", "version"),
        "--issues-solved": ("WT-1", "issues_solved"),
        "--surprises": ("慢", "surprises"),
        "--special": ("票据", "special_modifications"),
        "--brought-back": ("2026-11-17", "brought_back_on"),
        "--leaving": ("2026-11-30", "left_on"),
        "--report": ("2026-11-17", "report_on"),
        "--mailed": ("2026-11-16", "mailed_on"),
        "--called": ("2026-11-18", "called_on"),
        "--answer": ("unclear", "answer"),
        "--stable": ("yes", "stable"),
        "--solved": ("no", "solved"),
        "--arranged": ("yes", "arranged"),
        "--informed": ("2026-11-19", "informed_on"),
        "--second-called": ("2026-11-20", "second_called_on"),
        "--second-answer": ("yes", "second_answer"),
        "--second-stable": ("yes", "second_stable"),
        "--second-solved": ("yes", "second_solved"),
        "--second-arranged": ("no", "second_arranged"),
        "--second-informed": ("2026-11-20", "second_informed_on"),
    }
    flags = {"yes": True, "no": False}
    svcq(
        "upgrade", "edit", "SJ-1", "--reason", "核对", *(word for k, v in said.items() for word in (k, v[0]))
    )
    row = one(svcq)
    for text, key in said.values():
        wanted = (
            flags.get(text, text) if key.removeprefix("second_") in ("stable", "solved", "arranged") else text
        )
        assert row[key] == wanted, key
    emptied = [option for option in said if option != "--customer"]
    svcq(
        *("upgrade", "edit", "SJ-1", "--force", "--reason", "重来"),
        *(word for k in emptied for word in (k, "none")),
    )
    row = one(svcq)
    assert [key for _, key in said.values() if row[key] is not None] == ["customer"]
    assert row["state"] == "applied"
    assert svcq("db", "check").out == ""


def test_an_upgrade_is_postponed_and_given_to_somebody_else(svcq):
    walk(svcq, "arrange")
    assert svcq("upgrade", "postpone", "SJ-1", "--to", "2026-12-05", "--reason", "等级评审").err == (
        "upgrade SJ-1 is planned for 2026-12-05\n"
    )
    assert svcq("upgrade", "postpone", "SJ-1", "--to", "2026-12-05", "--reason", "等级评审").err == (
        "that is recorded already: nothing to change\n"
    )
    typed = ("upgrade", "assign", "SJ-1", "--role", "upgrader", "--to", "李伟", "--from", "2026-11-20")
    assert svcq(*typed).err == "upgrade SJ-1: upgrader is 李伟\n"
    assert svcq(*typed).err == "nothing to change\n"
    row = one(svcq)
    (owed,) = row["obligations"]
    assert (owed["rule"], owed["due_on"], owed["person"]) == ("upgrade.plan", "2026-12-04", "李伟")
    assert one(svcq, "SJ-1", "--as-of", "2026-11-19")["upgrader"] == "卫星汉"
    assert "等级评审" in {one["note"] for one in row["history"]}


def test_a_void_upgrade_stays_visible_and_says_what_it_leaves_behind(svcq):
    walk(svcq, "approve")
    svcq("upgrade", *STEPS["done"], "--closes", "WT-1")
    assert svcq("upgrade", "void", "SJ-1", "--reason", "重复").err == (
        "upgrade SJ-1 is void\n"
        f"note: {CITY} keeps the version 6.2: `svcq customer edit {CITY} --version … --reason …`\n"
        "note: the issues solved by it stay closed: WT-1; `svcq issue reopen` opens one\n"
    )
    row = one(svcq)
    assert (row["state"], row["void_reason"], row["obligations"]) == ("void", "重复", [])
    assert svcq("upgrade", *STEPS["report"], code=4).err == "svcq: upgrade SJ-1 is void since 2026-11-23\n"


# --- lists


def test_a_list_of_any_day_shows_what_was_there_then(svcq):
    walk(svcq, "callback")
    svcq("upgrade", "apply", "--customer", COUNTY, "--on", "2026-11-20", "--by", "周静")
    assert [row["number"] for row in rows(svcq, "list")] == ["SJ-1", "SVCQ-U2026-0001"]
    days = {on: rows(svcq, "list", "--as-of", f"2026-11-{on}") for on in ("01", "02", "05", "16", "19")}
    assert {on: [row["state"] for row in found] for on, found in days.items()} == {
        "01": [],
        "02": ["applied"],
        "05": ["tested"],
        "16": ["done"],
        "19": ["settled"],
    }
    assert days["05"][0]["version"] is None
    for words, wanted in (
        (("--person", "卫星汉"), ["SJ-1"]),
        (("--person", "周静"), ["SVCQ-U2026-0001"]),
        (("--customer", "H002"), ["SVCQ-U2026-0001"]),
        (("--region", "华东"), ["SJ-1"]),
        (("--state", "settled"), ["SJ-1"]),
        (("--limit", "1"), ["SJ-1"]),
    ):
        assert [row["number"] for row in rows(svcq, "list", *words)] == wanted, words
    assert "2 upgrades" in svcq("upgrade", "list", "-f", "table").out
    svcq("upgrade", "list", "--exit-code", code=10)


def test_overdue_lists_what_is_owed_and_by_whom(svcq):
    walk(svcq, "arrange")
    (row,) = rows(svcq, "overdue")
    assert list(row)[: len(OBLIGATION)] == OBLIGATION
    assert (row["rule"], row["person"], row["due_on"], row["days_overdue"]) == (
        "upgrade.plan",
        "卫星汉",
        "2026-11-15",
        8,
    )
    assert rows(svcq, "overdue", "--as-of", "2026-11-15") == []
    assert rows(svcq, "overdue", "--person", "李伟") == []


def test_show_tells_the_other_upgrades_of_the_hospital(svcq):
    svcq("upgrade", "apply", "SJ-2", "--customer", CITY, "--on", "2026-11-20")
    row = one(svcq)
    assert [other["number"] for other in row["others"]] == ["SJ-2"]
    text = svcq("upgrade", "show", "SJ-1", "-f", "table").out
    assert "Other upgrades of the hospital" in text
    assert "History" in text


# --- the checklist


@pytest.fixture
def prepared(svcq):
    """SJ-1 left something to know; SJ-2 is being prepared."""
    svcq(
        "issue",
        "step",
        "WT-1",
        "--on",
        "2026-11-05",
        "--by",
        "李伟",
        "--what",
        "看过日志",
        "--result",
        "watch",
    )
    walk(svcq, "approve")
    svcq("upgrade", *STEPS["done"], "--surprises", "打印服务需重启", "--special", "=票据定制")
    svcq("upgrade", "apply", "SJ-2", "--customer", CITY, "--on", "2026-11-20", "--planned", "2026-12-05")
    return svcq


def test_a_checklist_has_the_open_problems_and_what_earlier_upgrades_left_to_know(prepared):
    said = rows(prepared, "checklist", "SJ-2")
    assert (said["number"], said["customer"], said["planned_on"], said["version"]) == (
        "SJ-2",
        CITY,
        "2026-12-05",
        "6.2",
    )
    assert [one["number"] for one in said["issues"]] == ["WT-1", "WT-2"]
    assert {key: said["issues"][0][key] for key in keys("title engineer state last_step last_step_on")} == {
        "title": "打印错位",
        "engineer": "李伟",
        "state": "open",
        "last_step": "看过日志",
        "last_step_on": "2026-11-05",
    }
    assert said["modifications"] == [
        {
            "number": "SJ-1",
            "done_on": "2026-11-16",
            "version": "6.2",
            "kind": "modification",
            "text": "=票据定制",
        }
    ]
    assert [(one["kind"], one["text"]) for one in said["surprises"]] == [("surprise", "打印服务需重启")]
    assert rows(prepared, "checklist", "SJ-1")["surprises"] == []
    of_customer = rows(prepared, "checklist", "--customer", "H001")
    assert (of_customer["number"], of_customer["issues"]) == (None, said["issues"])
    before = rows(prepared, "checklist", "--customer", CITY, "--as-of", "2026-11-04")
    assert (before["issues"][0]["last_step"], before["surprises"]) == (None, [])


def test_a_checklist_on_screen_has_a_part_for_each(prepared):
    ran = prepared("upgrade", "checklist", "SJ-2", "-f", "table", COLUMNS="80")
    for title in (
        "Open problems",
        "Special modifications of earlier upgrades",
        "Surprises of earlier upgrades",
    ):
        assert title in ran.out
    assert ran.err == "2 open problems · 1 special modification · 1 surprise\n"


@pytest.mark.parametrize("piped", [False, True])
def test_a_checklist_to_take_along_has_a_sheet_for_each_part_and_boxes_to_tick(prepared, tmp_path, piped):
    if piped:
        book = load_workbook(io.BytesIO(prepared("upgrade", "checklist", "SJ-2", "-f", "xlsx").raw))
    else:
        ran = prepared("upgrade", "checklist", "SJ-2", "-f", "xlsx", "-o", tmp_path / "清单.xlsx")
        assert "清单.xlsx written" in ran.err
        book = load_workbook(tmp_path / "清单.xlsx")
    assert book.sheetnames == ["Open problems", "Special modifications", "Surprises"]
    issues, modifications, surprises = book.worksheets
    assert [issues.cell(row, 1).value for row in (3, 4, 5)] == ["Solved", "☐", "☐"]
    assert [issues.cell(row, 2).value for row in (4, 5)] == ["WT-1", "WT-2"]
    assert CITY in issues["A1"].value
    assert "SJ-2" in issues["A2"].value
    told = modifications["E4"]
    assert (told.value, told.data_type) == ("=票据定制", "s")
    assert surprises["E4"].value == "打印服务需重启"
    assert all(sheet.page_setup.orientation == "landscape" for sheet in book)


def test_a_checklist_of_a_hospital_without_anything_says_so(svcq, tmp_path):
    svcq("issue", "close", "WT-3", "--on", "2026-11-10", "--reason", "已处理")
    svcq("upgrade", "checklist", "--customer", COUNTY, "-o", tmp_path / "c.xlsx")
    book = load_workbook(tmp_path / "c.xlsx")
    assert [sheet["A3"].value for sheet in book] == ["nothing known"] * 3
    ran = svcq("upgrade", "checklist", "--customer", COUNTY, "-f", "table")
    assert ran.err == "0 open problems · 0 special modifications · 0 surprises\n"


# --- refusals


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("show", "SJ-11"), 3, "upgrade SJ-11 is not known; did you mean SJ-1?"),
        (("approve", "SJ-11", "--on", "today"), 3, "upgrade SJ-11 is not known; did you mean SJ-1?"),
        (("show", "SJ-1", "--as-of", "2026-11-01"), 3, "upgrade SJ-1 is not known"),
        (("apply", "--customer", "江洲市中心医院", "--on", "today"), 3, f"did you mean {CITY}?"),
        (("apply", "--customer", CITY), 2, "--on"),
        (("apply", "--customer", CITY, "--on", "+1d"), 4, "2026-11-24 is in the future"),
        (("arrange", "SJ-1", "--on", "2026-11-03"), 2, "say --by, --upgrader: upgrade SJ-1 has none yet"),
        ((*ARRANGE, "--planned", "2026-11-20"), 4, "`svcq upgrade postpone SJ-1 --to 2026-11-20"),
        (
            ("arrange", "SJ-1", "--on", "2026-11-03", "--by", "赵强", "--upgrader", "卫星汉"),
            4,
            "neither regional nor",
        ),
        (("arrange", "SJ-1", "--on", "2026-11-03", "--by", "朱明元"), 3, "did you mean 朱明远?"),
        (("approve", "SJ-1", "--on", "+1d", "--force", "--reason", "x"), 4, "is in the future"),
        (
            ("callback", "SJ-1", "--on", "today", "--answer", "maybe"),
            2,
            "'maybe' is none of yes, no, unclear",
        ),
        (("inform", "SJ-1", "--on", "today"), 4, "had not been called by 2026-11-23 [四.4]"),
        (("edit", "SJ-1", "--reason", "x"), 2, "say what to change"),
        (("edit", "SJ-1", "--customer", "none", "--reason", "x"), 2, "an upgrade keeps its customer"),
        (
            ("edit", "SJ-1", "--stable", "maybe", "--reason", "x"),
            2,
            "--stable: 'maybe' is none of yes, no, none",
        ),
        (("edit", "SJ-1", "--second-answer", "?", "--reason", "x"), 2, "none of yes, no, unclear, none"),
        (("edit", "SJ-1", "--left", "today", "--reason", "x"), 2, "--left"),
        (("edit", "SJ-1", "--leaving", "soon", "--reason", "x"), 2, "--leaving: 'soon' is no date"),
        (("assign", "SJ-1", "--role", "qc", "--to", "周静"), 2, "'qc' is no role here"),
        (("postpone", "SJ-1", "--to", "2026-12-05"), 2, "--reason"),
        (("list", "--state", "open"), 2, "none of applied, arranged, planned"),
        (("checklist",), 2, "say which upgrade, or --customer"),
        (("checklist", "SJ-1", "--customer", CITY), 2, "say which upgrade, or --customer"),
        (("checklist", "--customer", "H009"), 3, "customer H009 is not known"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_refusal_is_one_line_and_writes_nothing(svcq, words, code, said):
    before = svcq.dump()
    ran = svcq("upgrade", *words, code=code)
    assert said in ran.err
    assert len(ran.err.splitlines()) <= 2
    assert ran.out == ""
    assert svcq.dump() == before


@pytest.mark.parametrize(
    "typed",
    [
        ("apply", "SJ-9", "--customer", CITY, "--on", "today"),
        ARRANGE,
        (*STEPS["plan"], "--force", "--reason", "x"),
        (*STEPS["test"], "--force", "--reason", "x"),
        (*STEPS["approve"], "--force", "--reason", "x"),
        (*STEPS["done"], "--closes", "WT-1", "--force", "--reason", "x"),
        (*STEPS["report"], "--force", "--reason", "x"),
        (*STEPS["callback"], "--force", "--reason", "x"),
        ("edit", "SJ-1", "--version", "7", "--reason", "x"),
        ("void", "SJ-1", "--reason", "x"),
        ("assign", "SJ-1", "--role", "upgrader", "--to", "李伟"),
        ("postpone", "SJ-1", "--to", "2026-12-05", "--reason", "x"),
    ],
    ids=lambda typed: typed[0],
)
def test_a_dry_run_says_what_would_happen_and_writes_nothing(svcq, typed):
    before = svcq.dump()
    ran = svcq("upgrade", *typed, "--dry-run")
    assert "(dry run: nothing was written)" in ran.err
    assert svcq.dump() == before


def test_nothing_is_known_of_a_store_that_is_not_there(tmp_path):
    nowhere = Svcq(tmp_path / "no.db")
    for words in (("list",), ("overdue",)):
        assert json.loads(nowhere("upgrade", *words, "-f", "json").out) == []
    assert "there is no store" in nowhere("upgrade", "list", "-f", "table").err
    nowhere("upgrade", "show", "SJ-1", code=3)
    nowhere("upgrade", "checklist", "SJ-1", code=3)
    nowhere("upgrade", "checklist", "--customer", CITY, code=3)
    assert not (tmp_path / "no.db").exists()


def test_words_and_states_are_chinese_for_who_reads_chinese(svcq):
    walk(svcq, "done")
    chinese = Svcq(svcq.store, lang="zh")
    assert "江州市中心医院" in chinese("upgrade", "list", "-f", "table").out
    assert rows(chinese, "list") == rows(svcq, "list")
