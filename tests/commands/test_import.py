"""Files in, as they are typed: refusals by cell, all or nothing, mended and imported again, nothing lost in silence."""

import csv
from pathlib import Path
from random import Random

import pytest
from openpyxl import Workbook, load_workbook

from tests.cli import EXAMPLES, SAMPLES, Svcq

MISTAKES = EXAMPLES / "workbooks-with-mistakes" / "维护合同跟踪表-有错.xlsx"
KEYS = ["file", "sheet", "kind", "read", "added", "updated", "unchanged", "refused"]


def text(path: Path, content: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(content.encode(encoding))
    return path


def book(path: Path, **sheets: list[list[object]]) -> Path:
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, lines in sheets.items():
        sheet = made.create_sheet(name)
        for line in lines:
            sheet.append(line)
    made.save(path)
    return path


def contract(svcq: Svcq, number: str) -> dict[str, object]:
    return svcq("contract", "show", number, "-f", "json").json


def test_every_mistake_is_named_by_its_cell_and_nothing_is_written(svcq):
    before = svcq.dump()
    ran = svcq("import", MISTAKES, "-f", "json", code=5)
    cells = [line.partition(":")[0] for line in ran.err.splitlines() if line.startswith("2026年!")]
    assert cells == [f"2026年!{cell}" for cell in ("B4", "G5", "H6", "G7", "E9", "D10", "J11", "G12")]
    assert "岚汀市中心医院" in next(line for line in ran.err.splitlines() if "岚汀市中心院" in line)
    assert "郑望舒" in next(line for line in ran.err.splitlines() if "郑望书" in line)
    assert [(row["read"], row["added"], row["refused"]) for row in ran.json] == [(11, 0, 8)]
    assert svcq.dump() == before


@pytest.mark.parametrize(
    ("name", "cells", "taken"),
    [
        (
            "项目移交信息表-有错.xlsx",
            {"项目移交信息表": "D4 J5 L6 M7 F8 J9 F10 K11"},
            [("handover", 10, 2)],
        ),
        (
            "工作底稿-有错.xlsx",
            {"工作底稿": "B4 E5 E6 F7 D8", "处理过程": "B4 E5 B6 A7 C8 B9"},
            [("issue", 9, 4), ("step", 8, 2)],
        ),
    ],
)
def test_mistakes_of_handovers_and_problems_are_named_by_their_cells(svcq, name, cells, taken):
    path = MISTAKES.with_name(name)
    before = svcq.dump()
    ran = svcq("import", path, code=5)
    said = [line.partition(":")[0] for line in ran.err.splitlines() if "!" in line.partition(":")[0]]
    assert said == [f"{sheet}!{cell}" for sheet, some in cells.items() for cell in some.split()]
    assert svcq.dump() == before
    ran = svcq("import", path, "--partial", "-f", "json", code=5)
    assert [(row["kind"], row["read"], row["added"]) for row in ran.json] == taken
    assert svcq("db", "check").out == ""


def test_with_partial_the_good_rows_are_taken_and_the_bad_ones_still_end_with_5(svcq):
    ran = svcq("import", MISTAKES, "--partial", "-f", "json", code=5)
    (row,) = ran.json
    assert list(row) == KEYS
    assert (row["read"], row["added"] + row["updated"] + row["unchanged"], row["refused"]) == (11, 3, 8)
    assert svcq("db", "check").out == ""


def test_refused_rows_are_mended_in_their_workbook_and_imported_again(svcq, tmp_path):
    bad = tmp_path / "bad.xlsx"
    svcq("import", MISTAKES, "--partial", "--refused", bad, code=5)
    before = svcq("contract", "list", "-f", "json").json
    made = load_workbook(bad)
    sheet = made["2026年"]
    top = next(row for row in range(1, 6) if "合同编号" in [cell.value for cell in sheet[row]])
    named = {sheet.cell(top, column).value: column for column in range(1, sheet.max_column + 1)}
    rows = range(top + 1, sheet.max_row + 1)
    assert len(rows) == 8
    mended = {
        "客户名称": "岚汀市中心医院",
        "销售": "郑望舒",
        "合同金额": "1000",
        "敲章日期": "2026-03-20",
        "回签日期": None,
        "开始日期": "2026-04-01",
        "到期日期": "2027-03-31",
    }
    for row in rows:
        for header, value in mended.items():
            if header in named:
                sheet.cell(row, named[header]).value = value
        for column in (3,):
            sheet.cell(row, column).value = f"项目{row}"
    made.save(bad)
    ran = svcq("import", bad, "-f", "json")
    assert [(row["read"], row["added"] + row["updated"], row["refused"]) for row in ran.json] == [(8, 8, 0)]
    assert len(svcq("contract", "list", "-f", "json").json) > len(before)
    assert svcq("import", bad, "-f", "json").json[0]["unchanged"] == 8


def test_a_file_without_refused_rows_writes_no_workbook_of_them(svcq, tmp_path):
    svcq("import", SAMPLES[0], "--refused", tmp_path / "bad.xlsx")
    assert not (tmp_path / "bad.xlsx").exists()


def test_a_dry_run_tells_what_would_happen_and_writes_nothing(svcq, tmp_path):
    path = text(tmp_path / "new.csv", "number,customer,sealed_on\nN-1,岚汀市中心医院,2026-11-02\n")
    before = svcq.dump()
    ran = svcq("import", path, "--dry-run", "-f", "json")
    assert ran.json[0]["added"] == 1
    assert "nothing was written" in ran.err
    assert svcq.dump() == before


def test_unknown_customers_and_people_are_entered_only_when_asked(small, tmp_path):
    path = text(tmp_path / "new.csv", "number,customer,salesperson\nN-1,海州市人民医院,李新\n")
    before = small.dump()
    ran = small("import", path, code=5)
    assert "new.csv!B2: customer 海州市人民医院 is not known" in ran.err
    assert small.dump() == before
    small("import", path, "--create-missing")
    assert contract(small, "N-1")["salesperson"] == "李新"
    (made,) = [one for one in small("staff", "list", "-f", "json").json if one["name"] == "李新"]
    assert made["role"] == "salesperson"
    assert small("db", "check").out == ""


@pytest.mark.parametrize("order", [Random(n).sample(range(len(SAMPLES)), len(SAMPLES)) for n in range(3)])
def test_files_may_be_named_in_any_order(empty, sample, order):
    empty("import", *(SAMPLES[index] for index in order))
    for words in (
        *((kind, "list") for kind in ("contract", "customer", "staff", "handover")),
        ("due", "--all"),
    ):
        assert empty(*words, "-f", "json").json == sample(*words, "-f", "json").json


def test_one_bad_file_of_two_leaves_the_good_one_in(svcq, tmp_path):
    good = text(tmp_path / "good.csv", "number,customer,sealed_on\nN-1,岚汀市中心医院,2026-11-02\n")
    ran = svcq("import", MISTAKES, good, "-f", "json", code=5)
    assert sorted((row["file"], row["added"], row["refused"]) for row in ran.json) == [
        ("good.csv", 1, 0),
        (MISTAKES.name, 0, 8),
    ]
    assert contract(svcq, "N-1")["state"] == "out"


def test_two_rows_about_one_contract_that_disagree_are_refused_with_the_other_row(small, tmp_path):
    lines = "number,customer,sealed_on\nN-1,江州市中心医院,2026-11-02\nN-1,江州市中心医院,2026-11-03\n"
    before = small.dump()
    ran = small("import", text(tmp_path / "two.csv", lines), code=5)
    assert "two.csv!A3: row 2 is about the same record and says otherwise" in ran.err
    assert small.dump() == before


def test_two_equal_rows_about_one_contract_are_one_contract(small, tmp_path):
    lines = "number,customer,sealed_on\n" + 2 * "N-1,江州市中心医院,2026-11-02\n"
    (row,) = small("import", text(tmp_path / "two.csv", lines), "-f", "json").json
    assert (row["read"], row["added"], row["unchanged"]) == (2, 1, 1)


def test_two_sheets_of_a_workbook_that_disagree_about_a_contract_are_refused(small, tmp_path):
    head = ["合同编号", "客户名称", "敲章日期", "回签日期"]
    rows = {
        name: [head, ["N-1", "江州市中心医院", "2026-01-05", back]]
        for name, back in (("2025年", "2026-01-20"), ("2026年", "2026-02-20"))
    }
    before = small.dump()
    ran = small("import", book(tmp_path / "two.xlsx", **rows), code=5)
    assert "2026年!A2: row 2 of 2025年 is about the same record and says otherwise" in ran.err
    assert small.dump() == before


def test_two_sheets_may_tell_different_things_about_a_contract(small, tmp_path):
    rows = {
        "登记": [["合同编号", "客户名称", "敲章日期"], ["N-1", "江州市中心医院", "2026-01-05"]],
        "回签": [["合同编号", "客户名称", "回签日期"], ["N-1", "江州市中心医院", "2026-01-20"]],
    }
    path = book(tmp_path / "two.xlsx", **rows)
    small("import", path)
    found = contract(small, "N-1")
    assert (found["sealed_on"], found["returned_on"]) == ("2026-01-05", "2026-01-20")
    assert {row["unchanged"] for row in small("import", path, "-f", "json").json} == {1}


def test_a_changed_salesperson_holds_the_role_from_today_on(small, tmp_path):
    path = text(tmp_path / "new.csv", "number,customer,salesperson\nHT-1,江州市中心医院,王敏\n")
    small("import", path)
    assert contract(small, "HT-1")["salesperson"] == "王敏"
    (before,) = small("contract", "list", "--as-of", "2026-11-22", "-f", "json").json
    assert before["salesperson"] == "陈立"
    assert {row["unchanged"] for row in small("import", path, "-f", "json").json} == {1}


def test_a_changed_salesperson_holds_the_role_from_the_day_that_is_said(small, tmp_path):
    path = text(tmp_path / "new.csv", "number,customer,salesperson\nHT-1,江州市中心医院,王敏\n")
    small("import", path, "--from", "2026-10-01")
    names = {
        day: small("contract", "list", "--as-of", day, "-f", "json").json[0]["salesperson"]
        for day in ("2026-09-30", "2026-10-01")
    }
    assert names == {"2026-09-30": "陈立", "2026-10-01": "王敏"}
    (owed,) = small("due", "--all", "--rule", "contract.return", "-f", "json").json
    assert (owed["due_on"], owed["person"]) == ("2026-10-08", "王敏")
    assert small("db", "check").out == ""


def test_a_blank_cell_changes_nothing_unless_it_is_to_empty_the_field(small, tmp_path):
    path = text(tmp_path / "new.csv", "number,customer,salesperson,sealed_on\nHT-1,江州市中心医院,,\n")
    before = small.dump()
    assert small("import", path, "-f", "json").json[0]["unchanged"] == 1
    assert small.dump() == before
    small("import", path, "--clear")
    found = contract(small, "HT-1")
    assert (found["salesperson"], found["sealed_on"], found["state"]) == (None, None, "free")
    assert {one["rule"] for one in found["obligations"]} == set()
    assert small("db", "check").out == ""


def test_a_file_in_gbk_with_semicolons_is_read(small, tmp_path):
    lines = "合同编号;客户名称;敲章日期;合同金额\r\nN-1;江州市中医院;2026年11月2日;￥1,200.50元\r\n"
    small("import", text(tmp_path / "gbk.csv", lines, "gbk"))
    found = contract(small, "N-1")
    assert (found["customer"], found["sealed_on"], found["amount"]) == ("江州市中医院", "2026-11-02", 1200.5)


def test_headers_words_and_order_come_from_a_mapping_file(small, tmp_path):
    path = text(tmp_path / "old.csv", "Ref,Where,Stamp\nN-1,江州市中心医院,03/04/2026\n")
    mapping = text(
        tmp_path / "old.toml",
        'kind = "contract"\ndate_order = "dmy"\n[headers]\nRef = "number"\nWhere = "customer"\nStamp = "sealed_on"\n',
    )
    small("import", path, "--mapping", mapping)
    assert contract(small, "N-1")["sealed_on"] == "2026-04-03"


def test_headers_kind_sheet_row_and_order_can_be_said_on_the_command_line(small, tmp_path):
    path = book(
        tmp_path / "odd.xlsx",
        a=[["x"]],
        b=[["some title"], [], ["Ref", "Where", "Stamp"], ["N-1", "江州市中心医院", "03/04/2026"]],
    )
    small(
        *("import", path, "--kind", "contract", "--sheet", "b", "--header-row", "3", "--date-order", "mdy"),
        *("--map", "Ref=number", "--map", "Where=customer", "--map", "Stamp=sealed_on"),
    )
    assert contract(small, "N-1")["sealed_on"] == "2026-03-04"


def test_an_ambiguous_date_is_refused_until_its_order_is_said(small, tmp_path):
    path = text(tmp_path / "us.csv", "number,customer,sealed_on\nN-1,江州市中心医院,03/04/2026\n")
    assert "us.csv!C2: 03/04/2026 is ambiguous: say --date-order" in small("import", path, code=5).err
    small("import", path, "--date-order", "dmy")
    assert contract(small, "N-1")["sealed_on"] == "2026-04-03"


def test_the_encoding_of_a_file_can_be_said(small, tmp_path):
    path = text(tmp_path / "big5.csv", "number,customer,project\nN-1,江州市中心医院,維護\n", "utf-16")
    small("import", path, "--encoding", "utf-16")
    assert contract(small, "N-1")["project"] == "維護"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("empty.xlsx", b""),
        ("text.xlsx", b"good morning\n"),
        ("page.xls", b"<html><table><tr><td>number</td></tr></table></html>"),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(100)),
        ("half.xlsx", Path(SAMPLES[2]).read_bytes()[:20000]),
        ("half.xls", Path(SAMPLES[1]).read_bytes()[:5000]),
        ("notes.csv", "今天天气很好\n".encode()),
        ("letter.docx", b"PK\x03\x04" + bytes(50)),
        ("zeros.csv", bytes(1000)),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_in_a_sentence(svcq, tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    before = svcq.dump()
    ran = svcq("import", path, code=None)
    assert ran.code in (2, 5)
    assert 1 <= len(ran.err.splitlines()) <= 3
    assert "unexpected" not in ran.err
    assert name in ran.err
    assert svcq.dump() == before


@pytest.mark.parametrize("name", ["missing.xlsx", ".", "a" * 300, ""])
def test_a_file_that_is_not_there_is_a_sentence(svcq, name):
    ran = svcq("import", name, code=2)
    assert len(ran.err.splitlines()) == 1


def test_one_file_that_cannot_be_read_stops_the_others_before_anything_is_written(svcq, tmp_path):
    good = text(tmp_path / "good.csv", "number,customer\nN-1,岚汀市中心医院\n")
    before = svcq.dump()
    svcq("import", good, tmp_path / "missing.csv", code=2)
    assert svcq.dump() == before


def test_columns_that_are_not_taken_are_named(small, tmp_path):
    path = text(tmp_path / "more.csv", "number,customer,色彩\nN-1,江州市中心医院,红\n")
    assert "columns that are not taken: 色彩" in small("import", path).err


def test_a_contract_in_the_sheet_that_is_void_in_the_store_is_refused(small, tmp_path):
    small("contract", "void", "HT-1", "--reason", "重复登记")
    path = text(tmp_path / "new.csv", "number,customer,project\nHT-1,江州市中心医院,HIS\n")
    assert "new.csv!A2: contract HT-1 is void" in small("import", path, code=5).err


def test_rows_without_a_number_get_the_next_one_and_keep_it(small, tmp_path):
    lines = "customer,project,sealed_on\n江州市中心医院,HIS,2026-11-02\n江州市中心医院,LIS,2026-11-02\n"
    path = text(tmp_path / "new.csv", lines)
    assert small("import", path, "-f", "json").json[0]["added"] == 2
    numbers = [row["number"] for row in small("contract", "list", "-f", "json").json]
    assert len(set(numbers)) == 3
    assert small("import", path, "-f", "json").json[0]["unchanged"] == 2


def test_calls_about_a_void_contract_are_not_exported(small, tmp_path):
    small("contract", "call", "HT-1", "--on", "2026-11-20", "--note", "在途")
    small("contract", "void", "HT-1", "--reason", "重复登记")
    assert small("export", "call").out.count("\n") == 1


FIELDS = {
    "customer": "code name level region contact phone email engineer account_manager running_since version"
    " revision",
    "staff": "name role team region email phone joined_on left_on trained_on certified_on language revision",
    "follow_up": "handover on by decision expected_on note",
    "handover": "number project_number project customer phase modules project_manager account_manager accepted_on"
    " application_on worklog_on documents_on decision decided_on decided_by expected_on reason free_from free_until"
    " registered_on notice_on receipt_on contract revision",
    "contract": "number customer project salesperson amount sent_out_on sealed_on reminded_email_on"
    " reminded_phone_on called_on promised_on returned_on starts_on ends_on customer_status refused_on"
    " project_number account_manager free_from free_until follows entered_on revision",
    "call": "contract on by promised_on note",
    "issue": "number customer system module title description engineer reported_by reported_on priority priority_on"
    " request request_on tested_by_test_dept_on test_result_on passed_on urged_on closed_on closed_by close_reason"
    " reopened_on revision",
    "step": "issue on by what result",
    "plan": "number active completion_on release_on",
    "spot_check": "month customer records_on leave_on list_asked_on reconciled_on",
    "leave": "person from until kind",
}


@pytest.mark.parametrize("kind", FIELDS)
def test_an_export_for_machines_has_the_fields_of_its_sheet_kind(sample, kind):
    out = sample("export", kind).raw.decode("utf-8-sig")
    assert sorted(next(csv.reader(out.splitlines()))) == sorted(FIELDS[kind].split())


def test_an_export_to_a_folder_or_of_no_kind_is_refused(svcq, tmp_path):
    svcq("export", "contract", "-o", tmp_path, code=2)
    svcq("export", "contrac", code=2)
    svcq("export", "contract", "-f", "pdf", code=2)
    svcq("export", "contract", "-o", tmp_path / "no" / "such.csv", code=2)
