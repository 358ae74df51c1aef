"""七: scores as a workbook: every figure stands there, is worked out of the records on its page, and can be followed."""

import re

import openpyxl
import pytest

from tests.cli import Svcq
from tests.scored import scored


@pytest.fixture
def made(tmp_path):
    """The store with the known quarter."""
    return Svcq(scored(tmp_path / "svcq.db"))


def book(svcq, tmp_path, period="2026Q3", *words):
    path = tmp_path / "book.xlsx"
    ran = svcq("score", "book", period, "-o", path, *words)
    return openpyxl.load_workbook(path), ran.err


def table(sheet, header, width=None):
    """The rows under the header row that begins with `header`, up to the first empty one."""
    start = next(row[0].row for row in sheet.iter_rows() if row[0].value == header)
    found = []
    for row in sheet.iter_rows(min_row=start + 1, max_col=width):
        if all(cell.value is None for cell in row):
            break
        found.append([cell.value for cell in row])
    return found


def links(sheet):
    """The texts that lead somewhere, and where."""
    cells = (cell for row in sheet.iter_rows() for cell in row if cell.hyperlink)
    return {cell.value: cell.hyperlink.location for cell in cells}


def ranged(sheet, name):
    """The values of a range such as $C$8:$C$9."""
    return [cell.value for (cell,) in sheet[name.replace("$", "")]]


def worked(sheet, formula):
    """What a formula of the workbook comes to; only those that it has are understood."""
    if not (isinstance(formula, str) and formula.startswith("=")):
        return formula
    text = formula[1:]

    def values(name):
        return [worked(sheet, value) for value in ranged(sheet, name)]

    def numbers(name):
        return [value for value in values(name) if isinstance(value, int | float)]

    cells = r"(\$\w+\$\d+:\$\w+\$\d+)"
    if found := re.fullmatch(rf"SUM\({cells}\)", text):
        return sum(numbers(found[1]))
    if found := re.fullmatch(rf"MAX\(0,100-SUM\({cells}\)\)", text):
        return max(0, 100 - sum(numbers(found[1])))
    if found := re.fullmatch(rf"\(AVERAGE\({cells},{cells}\)-1\)\*25", text):
        marks = numbers(found[1]) + numbers(found[2])
        return (sum(marks) / len(marks) - 1) * 25
    if found := re.fullmatch(rf'COUNTIF\({cells},"yes"\)/\(COUNTIF.*"no"\)\)\*100', text):
        said = values(found[1])
        return said.count("yes") / (said.count("yes") + said.count("no")) * 100
    if found := re.fullmatch(rf"ROUND\(SUMPRODUCT\({cells},{cells}\)/SUMPRODUCT.*,2\)", text):
        pairs = zip(values(found[1]), values(found[2]), strict=True)
        there = [(weight, value) for weight, value in pairs if isinstance(value, int | float)]
        return round(sum(w * v for w, v in there) / sum(w for w, _ in there), 2)
    if found := re.fullmatch(rf"ROUND\(MAX\(0,AVERAGE\({cells}\)(?:-SUM\({cells}\))?\),2\)", text):
        scores = numbers(found[1])
        own = sum(numbers(found[2])) if found[2] else 0
        return round(max(0, sum(scores) / len(scores) - own), 2)
    raise AssertionError(formula)


def test_the_workbook_has_a_summary_units_fines_and_a_page_for_each_person(made, tmp_path):
    found, said = book(made, tmp_path)
    rows = made("score", "quarter", "2026Q3", "-f", "json").json
    assert found.sheetnames == ["Summary", "Teams", "Regions", "Fines", *(row["person"] for row in rows)]
    assert "the scores of 5 people" in said
    summary = found["Summary"]
    people = table(summary, "Person")
    assert [row[0] for row in people[:-1]] == [row["person"] for row in rows]
    for shown, row in zip(people, rows, strict=False):
        keys = (
            "score",
            "grade",
            "compliance",
            "satisfaction",
            "resolution",
            "points",
            "breaches",
            "waived",
            "fines",
        )
        blank = {key: "–" for key in keys}
        assert shown[4:] == [row[key] if row[key] is not None else blank[key] for key in keys]
    assert links(summary) == {row["person"]: f"'{row['person']}'!A1" for row in rows}
    fines = table(found["Fines"], "Person")
    assert [row[0:1] + row[4:7] for row in fines[:-1]] == [["陈立", "2026-08", 2, 200]]


def test_every_score_is_worked_out_of_the_records_on_the_page(made, tmp_path):
    made("waive", "contract.return", "HT-1", "--reason", "合并")
    found, _ = book(made, tmp_path)
    for row in made("score", "quarter", "2026Q3", "-f", "json").json:
        sheet = found[row["person"]]
        parts = {line[0]: line for line in table(sheet, "Indicator")}
        names = {"Deadlines": "compliance", "Satisfaction": "satisfaction", "Resolution": "resolution"}
        for title, key in {**names, "Score": "score"}.items():
            shown, again = parts[title][2], worked(sheet, parts[title][4])
            if row[key] is None:
                assert (shown, again) == ("–", "–")
            else:
                assert shown == row[key]
                assert round(again, 2) == row[key]


def test_a_persons_page_has_every_record_with_what_it_cost(made, tmp_path):
    made("waive", "contract.return", "HT-1", "--reason", "合并")
    found, _ = book(made, tmp_path)
    for person in ("陈立", "李伟", "周静"):
        lines = made("score", "show", person, "--quarter", "2026Q3", "-f", "json").json
        *rows, total = table(found[person], "Clause")
        assert [row[2] for row in rows] == [line["number"] for line in lines]
        assert [row[8] for row in rows] == [line["counted"] for line in lines]
        assert [row[9] == "yes" for row in rows] == [line["waived"] for line in lines]
        assert [row[10] for row in rows] == [line["reason"] for line in lines]
        assert worked(found[person], total[8]) == sum(line["counted"] for line in lines)


def test_a_published_quarter_is_written_as_published_unless_asked_for_now(made, tmp_path):
    made("score", "publish", "2026Q3")
    made("waive", "contract.return", "HT-1", "--reason", "合并")
    found, _ = book(made, tmp_path)
    assert found["Summary"]["A2"].value == "as published on 2026-11-23 by 茅洁"
    people = {row[0]: row[4] for row in table(found["Summary"], "Person")}
    assert people["陈立"] == 90.0
    assert [row[9] for row in table(found["陈立"], "Clause")[:-1]] == [None, None]
    found, _ = book(made, tmp_path, "2026Q3", "--now")
    assert {row[0]: row[4] for row in table(found["Summary"], "Person")}["陈立"] == 95.0


def test_the_weights_are_those_by_which_it_was_published(made, tmp_path):
    made("score", "publish", "2026Q3")
    draft = tmp_path / "draft.toml"
    draft.write_text("[settings.score]\nweight_resolution = 60\n", encoding="utf-8")
    made("policy", "apply", draft, "--from", "2026-01-01")
    found, _ = book(made, tmp_path)
    parts = {line[0]: line for line in table(found["李伟"], "Indicator")}
    assert (parts["Resolution"][3], parts["Score"][2], worked(found["李伟"], parts["Score"][4])) == (
        15,
        77.75,
        77.75,
    )


def test_a_year_has_its_quarters_and_its_own_points(made, tmp_path):
    found, _ = book(made, tmp_path, "2026")
    for row in made("score", "year", "2026", "-f", "json").json:
        sheet = found[row["person"]]
        *quarters, total = table(sheet, "Quarter")
        assert [line[0] for line in quarters] == [one["period"] for one in row["quarters"]]
        if row["score"] is not None:
            assert (total[2], worked(sheet, total[3])) == (row["score"], row["score"])
    texts = [cell.value for cell in found["李伟"]["A"]]
    assert "What was breached of the year's own (2)" in texts
    assert "What was breached in 2026Q3 (2)" in texts


def test_people_with_names_like_sheets_get_sheets_of_their_own(made, tmp_path):
    made("staff", "add", "summary", "--role", "salesperson")
    made(
        "contract", "add", "HT-9", "--customer", "H001", "--salesperson", "summary", "--sealed", "2026-07-03"
    )
    found, _ = book(made, tmp_path)
    assert "summary 2" in found.sheetnames
    assert links(found["Summary"])["summary"] == "'summary 2'!A1"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("2024Q1", "-o", "x.xlsx"), 3, "nothing fell due"),
        (("2026Q3", "-o", "x.csv"), 2, "FILE.xlsx"),
        (("2026Q9", "-o", "x.xlsx"), 2, "PERIOD"),
        (("someday", "-o", "x.xlsx"), 2, "PERIOD"),
        (("2026Q3", "-o", "none/x.xlsx"), 2, "folder"),
    ],
)
def test_what_cannot_be_written_is_a_sentence(made, tmp_path, monkeypatch, words, code, said):
    monkeypatch.chdir(tmp_path)
    ran = made("score", "book", *words, code=code)
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1
    assert not (tmp_path / "x.xlsx").exists()


def test_the_store_is_never_written_over(tmp_path):
    svcq = Svcq(scored(tmp_path / "svcq.xlsx"))
    before = svcq.dump()
    svcq("score", "book", "2026Q3", "-o", svcq.store, code=2)
    assert svcq.dump() == before


def test_the_workbook_is_in_chinese_for_those_who_ask(made, tmp_path):
    path = tmp_path / "book.xlsx"
    made("--lang", "zh", "score", "book", "2026Q3", "-o", path)
    assert openpyxl.load_workbook(path).sheetnames[4:] == ["卫星汉", "吴兰", "周静", "李伟", "陈立"]
