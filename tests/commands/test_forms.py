"""The printable forms that are filled from a whole store: worklog, contract tracking table, training sheet."""

import pytest
from openpyxl import load_workbook

from tests.commands.conftest import small_in
from tests.places import exists


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def rows(file):
    """The texts of each row of the only sheet."""
    (sheet,) = load_workbook(file)
    found = ([cell.value for cell in row if cell.value is not None] for row in sheet)
    return [row for row in found if row]


def test_the_worklog_has_every_issue_of_the_customer_and_every_step(svcq):
    customer = "岚汀市第一人民医院"
    ran = svcq("issue", "form", "--customer", customer, "-o", "worklog.xlsx")
    issues = svcq("issue", "list", "--customer", customer, "-f", "json").json
    steps = svcq("issue", "records", "--customer", customer, "-f", "json").json
    wanted = [one for one in issues if one["state"] != "void"]
    assert f"worklog of {customer}, {len(wanted)} issues, written to worklog.xlsx" in ran.err
    made = rows("worklog.xlsx")
    assert {one["number"] for one in wanted} <= {text for row in made for text in row}
    text = "\n".join(text for row in made for text in row)
    assert all(one["what"].strip() in text for one in steps)


def test_the_worklog_can_be_that_of_a_time(svcq):
    customer = "岚汀市第一人民医院"
    issues = svcq("issue", "list", "--customer", customer, "-f", "json").json
    span = ("--from", "2026-03-01", "--until", "2026-03-31")
    svcq("issue", "form", "--customer", customer, *span, "-o", "march.xlsx")
    wanted = {one["number"] for one in issues if one["reported_on"].startswith("2026-03")}
    found = {text for row in rows("march.xlsx") for text in row if text.startswith("WT-")}
    assert found == wanted
    assert wanted


def test_the_tracking_table_has_the_contracts_of_the_listing_and_their_sums(svcq):
    svcq("contract", "form", "-o", "all.xlsx")
    contracts = [one for one in svcq("contract", "list", "-f", "json").json if one["state"] != "void"]
    made = rows("all.xlsx")
    assert {one["number"] for one in contracts} <= {text for row in made for text in row}
    total = next(row for row in made if row[0] == "Total")
    late = [one for one in contracts if one["state"] == "overdue"]
    amount = f"{sum(one['amount'] or 0 for one in contracts):,.2f}".removesuffix(".00")
    assert total[1:3] == [f"{len(contracts)} contracts", amount]
    assert f"{len(late)} overdue" in total
    regions = {row[1] for row in made if row[0] == "Subtotal"}
    assert regions == {one["region"] for one in svcq("customer", "list", "-f", "json").json}


def test_the_tracking_table_can_be_a_part(svcq):
    contracts = svcq("contract", "list", "-f", "json").json
    name = next(one["salesperson"] for one in contracts if one["state"] == "overdue")
    svcq("contract", "form", "--salesperson", name, "--open", "-o", "mine.xlsx")
    wanted = [
        one for one in contracts if one["salesperson"] == name and one["state"] not in ("returned", "void")
    ]
    total = next(row for row in rows("mine.xlsx") if row[0] == "Total")
    assert total[1].startswith(f"{len(wanted)} contract")
    ran = svcq("contract", "form", "--region", "华东", "--as-of", "2025-12-31", "-o", "east.xlsx")
    listed = svcq("contract", "list", "--region", "华东", "--as-of", "2025-12-31", "-f", "json").json
    assert f"of {sum(one['state'] != 'void' for one in listed)} contracts" in ran.err


def test_the_training_sheet_has_the_person_and_the_exams(small):
    small("staff", "add", "李伟", "--role", "engineer", "--joined", "2026-11-02")
    small("staff", "train", "李伟", "--on", "2026-11-10")
    small("staff", "exam", "李伟", "--on", "2026-11-12", "--failed", "--note", "52 points")
    ran = small("staff", "form", "李伟", "-o", "training.xlsx")
    assert "training and exam sheet of 李伟 written to training.xlsx" in ran.err
    made = rows("training.xlsx")
    assert ["Joined on", "2026-11-02", "To pass by", "2026-12-02"] in made
    assert ["1", "2026-11-12", "☐ passed    ☑ not passed", "52 points"] in made
    assert any(row[:2] == ["Trained on", "2026-11-10"] for row in made)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("issue", "form", "--customer", "某医院", "-o", "x.xlsx"), 3, "某医院"),
        (("issue", "form", "--customer", "江州市中医院", "-o", "x.pdf"), 2, "name it FILE.xlsx"),
        (
            *(
                (
                    "issue",
                    "form",
                    "--customer",
                    "江州市中医院",
                    "--from",
                    "+3d",
                    "--until",
                    "today",
                    "-o",
                    "x.xlsx",
                ),
            ),
            *(2, "is before --from"),
        ),
        (("contract", "form", "-o", "x.csv"), 2, "name it FILE.xlsx"),
        (("contract", "form", "--salesperson", "某人", "-o", "x.xlsx"), 3, "某人 is not among the staff"),
        (("staff", "form", "某人", "-o", "x.xlsx"), 3, "某人 is not among the staff"),
        (("staff", "form", "陈立", "-o", "x.pdf"), 2, "name it FILE.xlsx"),
    ],
)
def test_a_refusal_writes_no_file(small, tmp_path, words, code, said):
    before = small.dump()
    assert said in small(*words, code=code).err
    assert not list(tmp_path.glob("x.*"))
    assert small.dump() == before


def test_a_store_that_is_not_there_has_an_empty_table_and_is_not_made(empty):
    empty("contract", "form", "-o", "none.xlsx")
    assert rows("none.xlsx")[0] == ["Contract tracking table"]
    assert not exists(empty.store)


def test_names_from_users_are_text(tmp_path):
    svcq = small_in(tmp_path)
    evil = "=1+1<b>\x1b[31m院"
    svcq("customer", "add", evil, "--region", "=2+2")
    svcq("contract", "add", "=HT-9", "--customer", evil, "--sealed", "2026-09-01")
    svcq("issue", "add", "--customer", evil, "--title", "=3+3\n第二行", "--reported", "2026-09-01")
    svcq("contract", "form", "-o", "track.xlsx")
    svcq("issue", "form", "--customer", evil, "-o", "log.xlsx")
    for file in ("track.xlsx", "log.xlsx"):
        (sheet,) = load_workbook(file)
        cells = [cell for row in sheet for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} == {"s"}
        assert any("=1+1<b>" in cell.value for cell in cells)
