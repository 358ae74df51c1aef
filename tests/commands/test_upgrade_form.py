"""四 The forms of an upgrade as they are typed: filled from the store, refused in a sentence, nothing written to it."""

import pytest
from openpyxl import load_workbook

from svcq.store.tables.upgrade import Upgrade
from tests.cli import Svcq
from tests.stores import TODAY, peopled, writing


@pytest.fixture
def svcq(tmp_path, monkeypatch):
    """An upgrade that is applied for, one that is done, one that is void."""
    monkeypatch.chdir(tmp_path)
    path = peopled(tmp_path / "svcq.db")
    with writing(path) as work:
        for number, values in (
            ("SJ-1", {"applied_on": TODAY}),
            ("SJ-2", {"done_on": TODAY, "version": "V5.2"}),
            ("SJ-3", {"done_on": TODAY, "void_on": TODAY, "void_reason": "误登"}),
        ):
            work.insert(Upgrade(number=number, customer_id=1, **values), number)
    return Svcq(path)


def texts(file):
    book = load_workbook(file)
    return {sheet.title: [cell.value for row in sheet for cell in row if cell.value] for sheet in book}


def test_the_plan_has_a_sheet_for_the_day(svcq):
    ran = svcq("upgrade", "form", "SJ-1", "--kind", "plan", "-o", "plan.xlsx")
    assert ran.err.splitlines()[-1] == "upgrade plan of SJ-1 written to plan.xlsx"
    made = texts("plan.xlsx")
    assert list(made) == ["System upgrade plan", "Upgrade schedule"]
    assert {"江州市中心医院", "赵强", "2026-11-23"} <= set(made["System upgrade plan"])


def test_the_report_is_filled_and_one_that_is_not_done_has_room(svcq):
    ran = svcq("upgrade", "form", "SJ-2", "--kind", "report", "-o", "report.xlsx")
    assert "not done yet" not in ran.err
    assert {"V5.2", "2026-11-23"} <= set(texts("report.xlsx")["System upgrade report"])
    ran = svcq("upgrade", "form", "SJ-1", "--kind", "report", "-o", "report.xlsx")
    assert "note: upgrade SJ-1 is not done yet: the report leaves room for the rest\n" in ran.err
    ran = svcq("upgrade", "form", "SJ-3", "--kind", "report", "-o", "report.xlsx")
    assert "note: upgrade SJ-3 is void since 2026-11-23\n" in ran.err


def test_the_plan_of_a_done_upgrade_has_no_problem_that_came_after_it(svcq):
    for number, on in (("WT-1", "2026-11-20"), ("WT-2", "2026-11-23")):
        svcq("issue", "add", number, "--customer", "江州市中心医院", "--title", "打印错位", "--reported", on)
    later = ("--today", "2026-11-25")
    svcq(*later, "issue", "add", "WT-3", "--customer", "江州市中心医院", "--title", "后来的问题")
    for number, found in (("SJ-1", {"WT-1", "WT-2", "WT-3"}), ("SJ-2", {"WT-1", "WT-2"})):
        svcq(*later, "upgrade", "form", number, "--kind", "plan", "-o", "plan.xlsx")
        made = texts("plan.xlsx")["System upgrade plan"]
        assert {text for text in made if str(text).startswith("WT-")} == found


def test_the_company_is_named_once_the_policy_says_so(svcq, tmp_path):
    ran = svcq("upgrade", "form", "SJ-1", "--kind", "plan", "-o", "plan.xlsx")
    assert "note: the policy does not say company.name, company.phone" in ran.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("SJ-11", "--kind", "plan", "-o", "x.xlsx"), 3, "upgrade SJ-11 is not known; did you mean SJ-1"),
        (("SJ-1", "--kind", "letter", "-o", "x.xlsx"), 2, "--kind: 'letter' is none of plan, report"),
        (("SJ-1", "--kind", "plan", "-o", "x.pdf"), 2, "name it FILE.xlsx"),
    ],
)
def test_a_refusal_writes_no_file(svcq, tmp_path, words, code, said):
    before = svcq.dump()
    assert said in svcq("upgrade", "form", *words, code=code).err
    assert not list(tmp_path.glob("x.*"))
    assert svcq.dump() == before
