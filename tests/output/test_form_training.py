"""三.1: the training and exam sheet: a person who passed, one who did not yet, nobody in particular."""

import io
from datetime import date

import openpyxl
import pytest

from svcq import locale
from svcq.output.form_book import write_forms
from svcq.output.forms.training import sheet as drawn
from svcq.output.forms.words import Company

FACTS = {
    "name": "李伟",
    "roles": ["engineer", "upgrader"],
    "team": "一组",
    "region": "华东",
    "phone": "13800000000",
    "email": "li@example.com",
    "joined_on": date(2026, 10, 8),
    "exam_due_on": date(2026, 11, 9),
    "trained_on": date(2026, 10, 20),
    "certified_on": date(2026, 11, 2),
    "on": date(2026, 11, 23),
    "exams": [
        {"on": date(2026, 10, 28), "result": "failed", "note": "52 points"},
        {"on": date(2026, 11, 2), "result": "passed", "note": None},
    ],
}


@pytest.fixture(autouse=True)
def _english_again():
    yield
    locale.use("en")


def sheet(facts, company=Company("岚汀信息"), language="en"):
    locale.use(language)
    out = io.BytesIO()
    write_forms(out, [drawn(facts, company)])
    return openpyxl.load_workbook(out).worksheets[0]


def lines(made):
    """The texts of each row."""
    rows = ([cell.value for cell in row if cell.value is not None] for row in made)
    return [row for row in rows if row]


def test_the_person_the_exams_and_the_result_are_there():
    rows = lines(sheet(FACTS))
    assert ["Name", "李伟", "Role", "engineer、upgrader"] in rows
    assert ["Joined on", "2026-10-08", "To pass by", "2026-11-09"] in rows
    assert ["1", "2026-10-28", "☐ passed    ☑ not passed", "52 points"] in rows
    assert ["2", "2026-11-02", "☑ passed    ☐ not passed"] in rows
    assert ["Conclusion", "☑ passed, may be assigned    ☐ not passed, may not be assigned yet"] in rows
    assert ["The person:", "Trainer:", "Examiner:", "QC:"] in rows


def test_who_has_not_passed_gets_no_tick():
    rows = lines(sheet({**FACTS, "certified_on": None, "exams": FACTS["exams"][:1]}))
    assert ["Conclusion", "☐ passed, may be assigned    ☐ not passed, may not be assigned yet"] in rows
    assert ["Passed on", "______-____-____", "Next exam on", "______-____-____"] in rows


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("facts", [{}, dict.fromkeys(FACTS), FACTS, {**FACTS, "exams": FACTS["exams"] * 5}])
def test_it_is_one_page_and_no_word_stands_for_nothing(facts, language):
    made = sheet(facts, Company(), language)
    assert (made.page_setup.fitToWidth, made.page_setup.fitToHeight) == (1, 1)
    cells = [cell for row in made for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell.value for cell in cells if "None" in cell.value or "{" in cell.value]


@pytest.mark.parametrize("hostile", ["=1+1", "@x", "{name}", "%s", "<b>&amp;</b>", "a\nb", "\x1b[31m\x00x"])
def test_hostile_facts_are_text(hostile):
    exam = dict.fromkeys(("on", "note"), hostile)
    made = sheet({**dict.fromkeys(FACTS, hostile), "exams": [exam]}, Company(hostile))
    cells = [cell for row in made for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell.value for cell in cells if "\x1b" in cell.value or "\x00" in cell.value]
