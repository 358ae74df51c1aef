"""四: what the forms of an upgrade say: with all facts, with none, in both languages, however long."""

import io
from datetime import date

import openpyxl
import pytest

from svcq import locale
from svcq.output.form_book import write_forms
from svcq.output.forms.upgrade import plan, schedule
from svcq.output.forms.upgrade_report import report
from svcq.output.forms.words import Company
from tests.output.test_form_handover import beside, said

FACTS = {
    "number": "SJ-2026-0007",
    "customer": "岚汀市第一人民医院",
    "region": "华东",
    "contact": "孔主任",
    "present_version": "V5.2.1",
    "version_before": "V5.2.1",
    "version": "V5.3.0",
    "applied_by": "沈若涵",
    "applied_on": date(2026, 10, 8),
    "arranged_by": "朱明远",
    "arranged_on": date(2026, 10, 9),
    "upgrader": "贺一鸣",
    "planned_on": date(2026, 10, 24),
    "plan_on": date(2026, 10, 15),
    "registered_on": date(2026, 10, 16),
    "discussed_on": date(2026, 10, 17),
    "tested_on": date(2026, 10, 19),
    "no_test_reason": None,
    "approved_on": date(2026, 10, 21),
    "done_on": date(2026, 10, 24),
    "surprises": "打印机驱动与新版控件冲突",
    "special_modifications": "保留自定义的医保对账报表",
    "brought_back_on": date(2026, 10, 25),
    "left_on": date(2026, 10, 26),
    "called_on": date(2026, 10, 30),
    "stable": True,
    "solved": False,
    "arranged": None,
    "answer": "unclear",
    "informed_on": date(2026, 10, 31),
    "second_called_on": date(2026, 11, 2),
    "second_stable": True,
    "second_solved": True,
    "second_arranged": True,
    "second_answer": "yes",
    "second_informed_on": None,
    "open_issues": [{"number": "WT-42", "title": "打印错位", "reported_on": date(2026, 9, 2)}],
    "solved_issues": [
        {"number": "WT-31", "title": "清单缺少自费项目", "reported_on": date(2026, 8, 11)},
        {"number": "WT-39"},
    ],
    "earlier": [
        {
            "done_on": date(2025, 5, 17),
            "version": "V5.1",
            "surprises": "备份空间不足",
            "special_modifications": None,
        }
    ],
}
LONG = {
    **FACTS,
    "surprises": "升级后部分终端需要重新安装控件，已与信息科逐台处理；" * 30,
    "open_issues": [
        {"number": f"WT-{n}", "title": "门诊收费打印错位，换纸后仍然偏移" * 2} for n in range(60)
    ],
}
COMPANY = Company("岚汀信息技术有限公司", "400-000-1234")
MAKERS = (plan, schedule, report)


@pytest.fixture(autouse=True)
def _english_again():
    yield
    locale.use("en")


def sheets(facts, company=COMPANY, language="zh"):
    locale.use(language)
    out = io.BytesIO()
    write_forms(out, [make(facts, company) for make in MAKERS])
    return openpyxl.load_workbook(out).worksheets


def lines(sheet):
    """The texts of each row, from left to right."""
    return [[cell.value for cell in row if cell.value is not None] for row in sheet]


def test_the_plan_says_who_goes_where_with_which_version_and_when():
    sheet = sheets(FACTS)[0]
    assert sheet.title == "系统升级方案"
    assert said(sheet)[:3] == ["系统升级方案", "岚汀信息技术有限公司", "编号：SJ-2026-0007"]
    wanted = {
        "医院名称": "岚汀市第一人民医院",
        "大区": "华东",
        "医院联系人": "孔主任",
        "当前版本": "V5.2.1",
        "目标版本": "V5.3.0",
        "申请人": "沈若涵",
        "申请日期": "2026年10月08日",
        "安排人": "朱明远",
        "安排日期": "2026年10月09日",
        "升级人员": "贺一鸣",
        "计划升级日期": "2026年10月24日",
        "方案提交日期": "2026年10月15日",
        "登记日期": "2026年10月16日",
        "沟通日期": "2026年10月17日",
        "沟通结果": None,
    }
    assert {label: beside(sheet, label) for label in wanted} == wanted


def test_the_plan_lists_the_open_issues_and_ticks_those_that_are_said_to_be_solved():
    rows = lines(sheets(FACTS)[0])
    assert ["1", "WT-31", "清单缺少自费项目", "2026年08月11日", "☑ 是"] in rows
    assert ["2", "WT-39", "☑ 是"] in rows
    assert ["3", "WT-42", "打印错位", "2026年09月02日", "☐ 是"] in rows
    assert ["2025年05月17日", "V5.1", "备份空间不足"] in rows


def test_an_issue_that_is_solved_and_still_listed_as_open_stands_once():
    facts = {**FACTS, "solved_issues": [{"number": "WT-42"}]}
    rows = [row for row in lines(sheets(facts)[0]) if "WT-42" in row]
    assert rows == [["1", "WT-42", "打印错位", "2026年09月02日", "☑ 是"]]


@pytest.mark.parametrize(
    ("tested_on", "reason", "boxes"),
    [
        (date(2026, 10, 19), None, "☑ 具备    ☐ 不具备"),
        (date(2026, 10, 19), "医院无备用服务器", "☐ 具备    ☑ 不具备"),
        (None, "医院无备用服务器", "☐ 具备    ☑ 不具备"),
        (None, None, "☐ 具备    ☐ 不具备"),
    ],
)
def test_the_schedule_says_whether_it_can_be_tested_or_why_not(tested_on, reason, boxes):
    sheet = sheets({**FACTS, "tested_on": tested_on, "no_test_reason": reason})[1]
    assert sheet.title == "升级实施安排表"
    assert beside(sheet, "测试环境") == boxes
    assert beside(sheet, "不具备的原因") == reason
    assert beside(sheet, "测试日期") == ("2026年10月19日" if tested_on else "______年____月____日")


def test_the_schedule_has_room_for_steps_times_and_the_way_back():
    text = said(sheets(FACTS)[1])
    assert {
        "备份数据库和程序",
        "升级数据库",
        "负责人",
        "开始时间",
        "结束时间",
        "回退条件",
        "回退步骤",
    } <= set(text)


def test_the_report_says_what_was_done_when():
    sheet = sheets(FACTS)[2]
    rows = lines(sheet)
    assert sheet.title == "系统升级报告"
    assert (beside(sheet, "升级前版本"), beside(sheet, "升级后版本")) == ("V5.2.1", "V5.3.0")
    course = [
        ["升级申请", "2026年10月08日", "沈若涵"],
        ["安排升级人员", "2026年10月09日", "朱明远"],
        ["提交方案", "2026年10月15日", "2026年10月16日 登记"],
        ["与客户沟通", "2026年10月17日"],
        ["测试库测试", "2026年10月19日"],
        ["客户认可", "2026年10月21日"],
        ["正式升级", "2026年10月24日", "计划 2026年10月24日"],
        ["带回数据库和前台程序", "2026年10月25日"],
        ["升级人员撤离", "2026年10月26日"],
    ]
    start = rows.index(course[0])
    assert rows[start : start + len(course)] == course
    assert ["1", "WT-31", "清单缺少自费项目", "☐ 是"] in rows
    assert beside(sheet, "遇到的问题") == FACTS["surprises"]
    assert beside(sheet, "特殊修改") == FACTS["special_modifications"]


def test_the_report_says_why_there_was_no_test():
    rows = lines(sheets({**FACTS, "tested_on": None, "no_test_reason": "无测试环境"})[2])
    assert ["测试库测试", "______年____月____日", "无测试环境"] in rows


def test_the_report_is_for_the_customer_to_confirm_and_has_both_calls():
    sheet = sheets(FACTS)[2]
    rows = lines(sheet)
    assert beside(sheet, "系统运行") == "☐ 稳定    ☐ 不稳定"
    assert ["医院（签字、盖章）：", "升级人员：", "客户经理："] in rows
    assert ["首次", "2026年10月30日", "是", "否", "不明确", "2026年10月31日"] in rows
    assert ["二次", "2026年11月02日", "是", "是", "是", "是", "______年____月____日"] in rows


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("facts", [FACTS, {}, dict.fromkeys(FACTS), dict.fromkeys(FACTS, "")])
def test_every_form_is_one_page_and_no_word_stands_for_nothing(language, facts):
    for sheet in sheets(facts, COMPANY if facts else Company(), language):
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 1), sheet.title
        assert not [text for text in said(sheet) if "None" in text or "{" in text]
        assert {cell.data_type for row in sheet for cell in row if cell.value is not None} == {"s"}


def test_however_long_the_facts_are_all_of_them_are_there_one_page_wide():
    made = sheets(LONG)
    for sheet in made:
        assert sheet.page_setup.fitToWidth == 1
    assert sum("WT-" in text for text in said(made[0])) == 60
    assert sum(text.count("逐台") for text in said(made[2])) == 30


def test_without_facts_there_is_room_to_write():
    planned, scheduled, reported = sheets({}, Company())
    assert beside(planned, "升级人员") is None
    assert beside(planned, "计划升级日期") == "______年____月____日"
    assert beside(scheduled, "测试环境") == "☐ 具备    ☐ 不具备"
    assert ["首次", "______年____月____日", "______年____月____日"] in lines(reported)


def test_in_english_all_that_svcq_says_is_english():
    facts = {key: "x" if isinstance(value, str) else value for key, value in FACTS.items()}
    facts |= {"open_issues": [], "solved_issues": [], "earlier": [], "answer": "no"}
    made = sheets(facts, Company("Lanting Ltd"), "en")
    for sheet in made:
        assert not [text for text in said(sheet) if any("\u3000" <= letter <= "\u9fff" for letter in text)]
    assert [sheet.title for sheet in made] == [
        "System upgrade plan",
        "Upgrade schedule",
        "System upgrade report",
    ]
    assert beside(made[0], "Planned for") == "2026-10-24"


@pytest.mark.parametrize("hostile", ["=1+1", "+cmd", "@x", "{project}", "%s", "<b>&amp;</b>"])
def test_hostile_facts_are_text(hostile):
    facts = {key: hostile for key, value in FACTS.items() if not isinstance(value, list)}
    facts |= {
        key: [dict.fromkeys(("number", "title", "reported_on", "done_on"), hostile)]
        for key in FACTS
        if isinstance(FACTS[key], list)
    }
    for sheet in sheets(facts, Company(hostile, hostile)):
        cells = [cell for row in sheet for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} == {"s"}
        assert beside(sheet, "医院名称") == hostile
