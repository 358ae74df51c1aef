"""三: what the worklog says of a customer: with its problems and steps, with none, however long or hostile."""

import io
from datetime import date

import openpyxl
import pytest

from svcq import locale
from svcq.output.form_book import write_forms
from svcq.output.forms.words import Company
from svcq.output.forms.worklog import worklog

STEPS = [
    {"on": date(2026, 10, 3), "by": "孙景澄", "what": "现场查看", "result": "to_check"},
    {"on": "2026-10-05", "by": None, "what": "清理缓存", "result": "solved"},
    {"on": date(2026, 10, 6), "by": "周予安", "what": "电话确认", "result": None},
]
ISSUE = {
    "number": "WT-2026-0001",
    "title": "图像调阅慢",
    "description": "早上八点最慢",
    "system": "PACS",
    "module": "影像浏览",
    "reported_on": date(2026, 10, 2),
    "reported_by": "唐主任",
    "request": "VSTS-77",
    "state": "closed",
    "closed_on": date(2026, 10, 6),
    "steps": STEPS,
}
FACTS = {
    "name": "岚汀市中心医院",
    "region": "华东",
    "level": 3,
    "engineer": "周予安、孙景澄",
    "account_manager": "章落英",
    "version": "V6.0",
    "from": date(2026, 10, 1),
    "until": None,
    "on": date(2026, 11, 23),
    "issues": [ISSUE, {**ISSUE, "number": "WT-2026-0002", "state": "stale", "closed_on": None, "steps": []}],
}
LONG = {**FACTS, "issues": [{**ISSUE, "number": f"WT-{count}", "steps": STEPS * 12} for count in range(30)]}


@pytest.fixture(autouse=True)
def _english_again():
    yield
    locale.use("en")


def sheet(facts, company=Company("岚汀信息"), language="en"):
    locale.use(language)
    out = io.BytesIO()
    write_forms(out, [worklog(facts, company)])
    return openpyxl.load_workbook(out).worksheets[0]


def lines(made):
    """The texts of each row."""
    rows = ([cell.value for cell in row if cell.value is not None] for row in made)
    return [row for row in rows if row]


def test_each_problem_has_a_row_with_its_steps_and_their_results():
    rows = lines(sheet(FACTS))
    assert rows[:2] == [["Worklog"], ["岚汀信息", "Written on: 2026-11-23"]]
    assert [
        "1",
        "WT-2026-0001",
        "2026-10-02\n唐主任",
        "PACS\n影像浏览",
        "图像调阅慢\n早上八点最慢\nRequest: VSTS-77",
        "2026-10-03 孙景澄: 现场查看 (taken to check)\n"
        "2026-10-05: 清理缓存 (solved)\n2026-10-06 周予安: 电话确认",
        "closed\n2026-10-06",
    ] in rows
    assert ["Reported", "from 2026-10-01", "Problems", "2", "Still open", "1"] in rows


def test_who_signs_stands_in_one_row_that_no_page_ends_in():
    made = sheet(LONG)
    (signed,) = [row for row in lines(made) if row[0].startswith("Engineer:")]
    assert [text.split("\n")[0] for text in signed] == [
        *("Engineer:", "Project manager:", "Hospital (stamp):", "QC:"),
    ]
    assert all(text.endswith("______-____-____") for text in signed)


def test_a_long_worklog_loses_nothing_and_repeats_its_header():
    made = sheet(LONG)
    text = "\n".join(text for row in lines(made) for text in row)
    assert text.count("清理缓存") == 30 * 12
    assert (made.page_setup.fitToWidth, made.page_setup.fitToHeight) == (1, 0)
    assert made.page_setup.orientation == "landscape"
    (row,) = {made.print_title_rows.split(":")[0].strip("$")}
    assert made.cell(int(row), 1).value == "No."


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("facts", [{}, dict.fromkeys(FACTS), {**FACTS, "issues": [{}]}, FACTS])
def test_no_word_stands_for_nothing(facts, language):
    made = sheet(facts, Company(), language)
    assert made.page_setup.fitToHeight == 1
    cells = [cell for row in made for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell.value for cell in cells if "None" in cell.value or "{" in cell.value]


@pytest.mark.parametrize("hostile", ["=1+1", "@x", "{what}", "%s", "<b>&amp;</b>", "a\nb", "\x1b[31m\x00x"])
def test_hostile_facts_are_text(hostile):
    step = dict.fromkeys(("on", "by", "what"), hostile)
    issue = {**dict.fromkeys(ISSUE, hostile), "steps": [step]}
    made = sheet({**dict.fromkeys(FACTS, hostile), "issues": [issue]}, Company(hostile))
    cells = [cell for row in made for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell.value for cell in cells if "\x1b" in cell.value or "\x00" in cell.value]
