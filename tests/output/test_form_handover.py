"""一: what the hand-over's forms say: with all facts, with none, in both languages, however long."""

import io
from datetime import date

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from svcq import locale
from svcq.output.form_book import write_forms
from svcq.output.forms import handover
from svcq.output.forms.words import Company

FACTS = {
    "number": "YJ-2026-0031",
    "project_number": "XM-2025-118",
    "project": "电子病历系统",
    "customer": "岚汀市第一人民医院",
    "phase": "二期",
    "modules": "住院医生站、护士站",
    "project_manager": "陆致远",
    "account_manager": "沈若涵",
    "accepted_on": date(2026, 10, 12),
    "application_on": date(2026, 10, 15),
    "worklog_on": "2026-10-16",
    "documents_on": None,
    "decision": "eligible",
    "decided_on": date(2026, 10, 28),
    "decided_by": "郭怀民",
    "expected_on": None,
    "reason": None,
    "free_from": date(2026, 10, 12),
    "free_until": date(2027, 10, 12),
    "notice_on": "2026-11-02",
    "region": "华东",
    "open_issues": 3,
    "engineers": [{"name": "贺一鸣", "phone": "13800001234"}, {"name": "柳青", "phone": None}],
    "account_manager_phone": "13700009012",
}
LONG = {
    **FACTS,
    "customer": "岚汀市医学院附属第二人民医院暨妇女儿童医疗保健中心联合体东城院区门诊分院筹备组部"[:40],
    "modules": "、".join(f"门诊收费管理子系统{count}" for count in range(30)),
    "decision": "not_eligible",
    "reason": "医保接口仍有遗留问题，院方要求在移交前整改；" * 14,
    "expected_on": date(2027, 1, 15),
    "engineers": [{"name": f"工程师{count}", "phone": "1"} for count in range(6)],
}
COMPANY = Company("岚汀信息技术有限公司", "400-000-1234", "service@example.com", "茅小姐")
MAKERS = (handover.application, handover.notice, handover.receipt)


@pytest.fixture(autouse=True)
def _english_again():
    yield
    locale.use("en")


def book(facts, company=COMPANY, language="zh"):
    locale.use(language)
    out = io.BytesIO()
    write_forms(out, [make(facts, company) for make in MAKERS])
    return out


def sheets(facts, company=COMPANY, language="zh"):
    return openpyxl.load_workbook(book(facts, company, language)).worksheets


def said(sheet):
    return [cell.value for row in sheet for cell in row if cell.value is not None]


def beside(sheet, label):
    """What stands in the cell right of a label."""
    for row in sheet:
        shown = [cell.value for cell in row if type(cell).__name__ == "Cell"]
        if label in shown:
            return shown[shown.index(label) + 1]
    raise AssertionError(label)


def test_the_application_has_the_project_the_papers_and_the_decision():
    sheet = sheets(FACTS)[0]
    assert sheet.title == "项目移交申请单"
    assert said(sheet)[:3] == ["项目移交申请单", "岚汀信息技术有限公司", "编号：YJ-2026-0031"]
    wanted = {
        "项目名称": "电子病历系统",
        "项目编号": "XM-2025-118",
        "期次": "二期",
        "医院名称": "岚汀市第一人民医院",
        "大区": "华东",
        "验收日期": "2026年10月12日",
        "项目经理": "陆致远",
        "客户经理": "沈若涵",
        "移交模块": "住院医生站、护士站",
        "结论": "☑ 符合移交条件        ☐ 暂不符合移交条件",
        "确认人": "郭怀民",
        "确认日期": "2026年10月28日",
        "免费维护期": "2026年10月12日 至 2027年10月12日",
        "预计移交日期": "______年____月____日",
        "原因": None,
    }
    assert {label: beside(sheet, label) for label in wanted} == wanted


def test_a_paper_that_is_in_is_ticked_with_its_day():
    sheet = sheets(FACTS)[0]
    rows = [[cell.value for cell in row if cell.value is not None] for row in sheet]
    assert ["项目移交申请单", "☑ 是", "2026年10月15日"] in rows
    assert ["工作底稿", "☑ 是", "2026年10月16日", "未关闭问题：3 个"] in rows
    assert ["验收文档", "☐ 是", "______年____月____日"] in rows


def test_not_yet_eligible_is_ticked_with_when_and_why():
    sheet = sheets(LONG)[0]
    assert beside(sheet, "结论") == "☐ 符合移交条件        ☑ 暂不符合移交条件"
    assert beside(sheet, "预计移交日期") == "2027年01月15日"
    assert beside(sheet, "原因") == LONG["reason"]


def test_several_reasons_and_modules_may_be_a_list():
    facts = {**FACTS, "modules": ["HIS", "LIS"], "reason": ["接口", None, " 报表 "]}
    sheet = sheets(facts)[0]
    assert beside(sheet, "移交模块") == "HIS、LIS"
    assert beside(sheet, "原因") == "接口、报表"


def test_the_notice_says_who_serves_until_when_and_how_to_report():
    sheet = sheets(FACTS)[1]
    text = "\n".join(said(sheet))
    assert sheet.title == "客户服务告知书"
    assert "尊敬的岚汀市第一人民医院：" in text
    assert "电子病历系统（二期）已于2026年10月12日" in text
    assert "自2026年10月12日至2027年10月12日" in text
    assert "400-000-1234" in text
    assert "service@example.com" in text
    assert "住院医生站、护士站" in text
    rows = [[cell.value for cell in row if cell.value is not None] for row in sheet]
    assert ["工程师", "贺一鸣", "13800001234"] in rows
    assert ["工程师", "柳青"] in rows
    assert ["客户经理", "沈若涵", "13700009012"] in rows
    assert rows.index(["岚汀信息技术有限公司"]) + 1 == rows.index(["2026年11月02日"])


def test_the_receipt_stands_below_the_cut_and_alone():
    notice, receipt = sheets(FACTS)[1:]
    for sheet in (notice, receipt):
        text = said(sheet)
        assert "岚汀信息技术有限公司质量控制中心：" in text
        assert {"签收人", "职务", "电话", "签收日期", "医院盖章"} <= set(text)
        assert beside(sheet, "医院名称") == "岚汀市第一人民医院"
        assert beside(sheet, "签收人") is None
        assert beside(sheet, "签收日期") == "______年____月____日"
        assert "回执请寄：茅小姐" in text
    text = said(notice)
    assert text.index("✂ 沿虚线剪下，将下联寄回") < text.index("回执") < text.index("签收人")
    assert said(receipt)[0] == "客户服务告知书回执"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("facts", [FACTS, LONG, {}, dict.fromkeys(FACTS), dict.fromkeys(FACTS, "")])
def test_every_form_is_one_page_and_no_word_stands_for_nothing(language, facts):
    for sheet in sheets(facts, COMPANY if facts else Company(), language):
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 1)
        assert not [text for text in said(sheet) if "None" in text or "{" in text]
        assert {cell.data_type for row in sheet for cell in row if cell.value is not None} == {"s"}


def test_without_facts_there_is_room_to_write():
    application, notice, _receipt = sheets({}, Company())
    assert beside(application, "项目名称") is None
    assert beside(application, "验收日期") == "______年____月____日"
    assert beside(application, "结论") == "☐ 符合移交条件        ☐ 暂不符合移交条件"
    assert "未关闭问题：____ 个" in said(application)
    text = "\n".join(said(notice))
    assert "尊敬的__________：" in text
    assert "服务热线__________，" in text
    assert "邮件" not in text


def test_in_english_all_that_svcq_says_is_english():
    facts = {key: "x" if isinstance(value, str) else value for key, value in FACTS.items()}
    facts |= {"engineers": [], "worklog_on": "2026-10-16"}
    application, notice, receipt = sheets(facts, Company("Lanting Ltd"), "en")
    for sheet in (application, notice, receipt):
        assert not [text for text in said(sheet) if any("\u3000" <= letter <= "\u9fff" for letter in text)]
    assert [application.title, notice.title] == ["Project hand-over application", "Customer service notice"]
    assert beside(application, "Accepted on") == "2026-10-12"
    assert beside(application, "Free maintenance") == "2026-10-12 until 2027-10-12"


def test_a_date_that_is_none_is_shown_as_it_is():
    assert beside(sheets({**FACTS, "accepted_on": "十月初"})[0], "验收日期") == "十月初"


@pytest.mark.parametrize("hostile", ["=1+1", "+cmd", "@x", "{project}", "%s", "<b>&amp;</b>"])
def test_hostile_facts_are_text(hostile):
    facts = {key: hostile for key in FACTS if key != "engineers"}
    facts["engineers"] = [{"name": hostile, "phone": hostile}]
    out = book(facts, Company(hostile, hostile, hostile, hostile))
    for sheet in openpyxl.load_workbook(out).worksheets:
        cells = [cell for row in sheet for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} == {"s"}
        assert beside(sheet, "医院名称") == hostile
    out.seek(0)
    assert len(CalamineWorkbook.from_filelike(out).sheet_names) == 3


def test_long_facts_have_higher_rows_and_borders_stay_whole():
    usual, long = sheets(FACTS)[0], sheets(LONG)[0]

    def height(sheet, label):
        row = next(cell.row for line in sheet for cell in line if cell.value == label)
        return sheet.row_dimensions[row].height

    for label in ("移交模块", "原因"):
        assert height(long, label) > 2 * height(usual, label)
    bordered = [span for span in long.merged_cells.ranges if long.cell(span.min_row, 1).border.left.style]
    assert len(bordered) > 30
    for span in bordered:
        for row in range(span.min_row, span.max_row + 1):
            assert long.cell(row, span.min_col).border.left.style == "thin"
            assert long.cell(row, span.max_col).border.right.style == "thin"
