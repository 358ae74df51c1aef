"""A file that was exported is imported without any change."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svcq.sheets.cells import is_nothing
from svcq.sheets.edges import says_total
from svcq.sheets.export import export_kind
from svcq.sheets.kinds import KINDS
from svcq.sheets.reader import ReadOptions, read_file

CONTRACT = {
    "number": "0031",
    "customer": "岚汀市第一人民医院（东区）",
    "amount": 123456,
    "sealed_on": date(2026, 3, 5),
    "project": "=1+1",
}
STAFF = {"name": "王磊", "role": ("engineer", "qc"), "joined_on": date(2026, 3, 5)}
CUSTOMER = {"name": "一院", "level": 3, "engineer": ("王磊", "李强"), "phone": "021-1"}


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize(
    ("kind", "record"), [("contract", CONTRACT), ("staff", STAFF), ("customer", CUSTOMER)]
)
def test_an_export_is_read_back_equal(tmp_path, form, kind, record):
    path = tmp_path / f"out.{form}"
    export_kind(path, KINDS[kind], [record, record], form)
    found = read_file(str(path)).sheets[0]
    assert found.kind.name == kind
    assert [row.values for row in found] == [record, record]


def test_a_workbook_speaks_chinese_and_a_csv_speaks_machine(tmp_path):
    book = io.BytesIO()
    export_kind(book, KINDS["staff"], [STAFF], "xlsx")
    rows = list(openpyxl.load_workbook(book).worksheets[0].values)
    assert rows[0][:2] == ("姓名", "岗位")
    assert rows[1][:2] == ("王磊", "工程师、质量控制中心")
    text = io.BytesIO()
    export_kind(text, KINDS["staff"], [STAFF], "csv")
    assert text.getvalue().startswith(b"\xef\xbb\xbfname,role,")
    assert next(csv.DictReader(io.StringIO(text.getvalue().decode("utf-8-sig"))))["role"] == "engineer、qc"


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_money_stands_in_cny(tmp_path, form):
    path = tmp_path / f"out.{form}"
    export_kind(path, KINDS["contract"], [CONTRACT | {"amount": 5}], form)
    if form == "csv":
        assert ",0.05," in path.read_text("utf-8-sig")
    else:
        assert 0.05 in next(openpyxl.load_workbook(path).worksheets[0].iter_rows(min_row=2, values_only=True))


def test_no_records_are_a_header(tmp_path):
    path = tmp_path / "out.xlsx"
    export_kind(path, KINDS["call"], [], "xlsx")
    assert read_file(str(path)).sheets[0].rows == []


WORD = st.text(st.characters(categories=["L", "N", "S", "P"]), min_size=2, max_size=20).filter(
    lambda text: (
        text[0].isalpha()
        and not set(text) & set("、,，;；/／")
        and text == text.strip()
        and not is_nothing(text)
        and not says_total(text)
    )
)
BY_TYPE = {
    "date": st.dates(date(1990, 1, 1), date(2100, 12, 31)),
    "money": st.integers(0, 10**13),
    "text": WORD,
    "name": WORD,
    "names": st.lists(WORD, min_size=1, max_size=3, unique=True).map(tuple),
}
NOT_DAYS = (
    "number",
    "customer",
    "project",
    "salesperson",
    "amount",
    "sealed_on",
    "sent_out_on",
    "customer_status",
)


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from(["xlsx", "csv"]))
def test_any_contract_survives_the_journey(tmp_path_factory, data, form):
    kind = KINDS["contract"]
    fields = [kind.field(key) for key in NOT_DAYS]
    record = {
        one.key: data.draw(BY_TYPE.get(one.type, st.from_regex(r"[A-Z]{2}-[0-9]{1,9}", fullmatch=True)))
        for one in fields
    }
    path = tmp_path_factory.mktemp("out") / f"out.{form}"
    export_kind(path, kind, [record], form)
    found = read_file(str(path), ReadOptions(kind="contract")).sheets[0]
    assert [row.values for row in found] == [_normal(record)]


def _normal(record):
    from svcq.sheets.text import person, tidy

    names = {"customer", "salesperson"}
    return {
        key: person(value) if key in names else tidy(value) if isinstance(value, str) else value
        for key, value in record.items()
    }
