"""二: the contract tracking table as it is printed: groups with their sums, a total, several pages."""

import io
from datetime import date

import openpyxl
import pytest

from svcq import locale
from svcq.output.form_book import write_forms
from svcq.output.forms.tracking import tracking
from svcq.output.forms.words import Company

CONTRACT = {
    "number": "HT-1",
    "customer": "岚汀市中心医院",
    "project": "HIS 维护",
    "salesperson": "陈立",
    "region": "华东",
    "amount": 1000.1,
    "sent_out_on": date(2026, 8, 30),
    "sealed_on": date(2026, 9, 1),
    "return_due_on": date(2026, 10, 8),
    "reminded_email_on": date(2026, 9, 10),
    "reminded_phone_on": date(2026, 9, 11),
    "called_on": date(2026, 10, 9),
    "promised_on": date(2026, 10, 20),
    "returned_on": None,
    "state": "overdue",
    "days_overdue": 46,
    "fine": 100,
}
BACK = {**CONTRACT, "number": "HT-2", "state": "returned", "amount": 0.2, "days_overdue": 0, "fine": 0}
NORTH = {**BACK, "number": "HT-3", "region": None, "amount": None, "returned_on": date(2026, 9, 30)}
FACTS = {"on": date(2026, 11, 23), "by": "region", "contracts": [CONTRACT, BACK, NORTH]}


@pytest.fixture(autouse=True)
def _english_again():
    yield
    locale.use("en")


def sheet(facts, company=Company("岚汀信息"), language="en"):
    locale.use(language)
    out = io.BytesIO()
    write_forms(out, [tracking(facts, company)])
    return openpyxl.load_workbook(out).worksheets[0]


def lines(made):
    """The texts of each row."""
    rows = ([cell.value for cell in row if cell.value is not None] for row in made)
    return [row for row in rows if row]


def test_a_contract_has_a_row_with_its_dates_state_and_fine():
    rows = lines(sheet(FACTS))
    assert rows[:2] == [["Contract tracking table"], ["岚汀信息", "As of: 2026-11-23"]]
    assert [
        *("1", "HT-1", "岚汀市中心医院", "HIS 维护", "陈立", "1,000.10"),
        *("2026-08-30", "2026-09-01", "2026-10-08", "2026-09-10\n2026-09-11", "2026-10-09\n2026-10-20"),
        *("overdue\n46 days", "100"),
    ] in rows


def test_each_group_has_its_sum_and_all_have_a_total():
    rows = lines(sheet(FACTS))
    assert ["Subtotal", "华东", "2 contracts", "1,000.30", "1 back", "1 overdue", "100"] in rows
    assert ["Subtotal", "not given", "1 contract", "1 back"] in rows
    assert ["Total", "3 contracts", "1,000.30", "2 back", "1 overdue", "100"] in rows
    assert [row[0] for row in rows if len(row) > 1 and row[1].startswith("HT-")] == ["1", "2", "3"]


def test_sums_are_shaded_and_one_group_has_only_a_total():
    made = sheet({**FACTS, "contracts": [CONTRACT, BACK]})
    heads = [row[0] for row in lines(made)]
    assert ("Subtotal" in heads, "Total" in heads) == (False, True)
    place = next(cell for row in made for cell in row if cell.value == "Total")
    plain = next(cell for row in made for cell in row if cell.value == "HT-1")
    assert (place.fill.fill_type, plain.fill.fill_type) == ("solid", None)


def test_it_says_whose_part_it_is():
    rows = lines(sheet({**FACTS, "region": "华东", "salesperson": "陈立", "by": "salesperson"}))
    assert rows[1][0] == "岚汀信息    Region: 华东    Salesperson: 陈立"


def test_a_long_table_is_landscape_and_repeats_its_header_on_each_page():
    made = sheet({**FACTS, "contracts": [{**CONTRACT, "number": f"HT-{n}"} for n in range(200)]})
    assert made.page_setup.orientation == "landscape"
    assert (made.page_setup.fitToWidth, made.page_setup.fitToHeight) == (1, 0)
    row = int(made.print_title_rows.split(":")[0].strip("$"))
    assert made.cell(row, 1).value == "No."
    assert ["Total", "200 contracts", "200,020", "0 back", "200 overdue", "20,000"] in lines(made)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("facts", [{}, dict.fromkeys(FACTS), {**FACTS, "contracts": [{}]}, FACTS])
def test_no_word_stands_for_nothing(facts, language):
    made = sheet(facts, Company(), language)
    assert made.page_setup.fitToHeight == 1
    cells = [cell for row in made for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell.value for cell in cells if "None" in cell.value or "{" in cell.value]


@pytest.mark.parametrize("hostile", ["=1+1", "@x", "{name}", "%s", "<b>&amp;</b>", "a\nb", "\x1b[31m\x00x"])
def test_hostile_facts_are_text(hostile):
    texts = {key: hostile for key in CONTRACT if key not in ("amount", "fine", "days_overdue")}
    made = sheet({**FACTS, "region": hostile, "contracts": [{**CONTRACT, **texts}]}, Company(hostile))
    cells = [cell for row in made for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell.value for cell in cells if "\x1b" in cell.value or "\x00" in cell.value]
