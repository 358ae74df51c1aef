"""One cell to one value, per type of field."""

from datetime import date, datetime, time, timedelta

import pytest

from svcq.errors import RowsRefused
from svcq.sheets.cells import is_nothing, parser
from svcq.sheets.grid import ErrorCell, as_text
from svcq.sheets.kind import Field
from svcq.sheets.kinds import KINDS
from svcq.sheets.types import Context

EVERY_TYPE = ["text", "id", "date", "money", "int", "name", "names", "code", "codes"]


def read(type_, cell, **more):
    return parser(Field("f", "F", type_, **more))[cell]


@pytest.mark.parametrize(
    "cell",
    ["/", "／", "#", "-", "－", "—", "——", "–", "无", "?", "？", "N/A", "n/a", " ", "　", "\n", "\u200b"],
)
@pytest.mark.parametrize("type_", EVERY_TYPE)
def test_a_sign_for_nothing_is_nothing_in_every_type(type_, cell):
    assert read(type_, cell) is None
    assert is_nothing(cell)


@pytest.mark.parametrize("type_", EVERY_TYPE)
@pytest.mark.parametrize("cell", [ErrorCell("#N/A"), ErrorCell("="), "#REF!", "#N/A", " #DIV/0! "])
def test_an_error_value_is_refused_in_every_type(type_, cell):
    with pytest.raises(RowsRefused):
        read(type_, cell)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (201309094.0, "201309094"),
        (201309094, "201309094"),
        ("201309094.0", "201309094"),
        ("HT—2026—002", "HT-2026-002"),
        ("HT－2026 - 002", "HT-2026-002"),
        ("HT-\n2026–002", "HT-2026-002"),
        ("２０１３０９０９４", "201309094"),
        ("ＨＴ－２０２６－０３１", "HT-2026-031"),
        (" HT-2026-031\n", "HT-2026-031"),
        ("HT 2026　031", "HT 2026 031"),
        ("'0031", "0031"),
        ("0031", "0031"),
        ("HT-1.0", "HT-1.0"),
        ("=1+1", "=1+1"),
        (3.5, "3.5"),
    ],
)
def test_an_identifier_is_text_and_never_a_float(cell, value):
    assert read("id", cell) == value


@pytest.mark.parametrize(
    "cell", [date(2026, 1, 1), datetime(2026, 1, 1), True, 1.23e17, "2.01309E+17", time(1), "x" * 2001]
)
def test_an_identifier_that_excel_spoiled_is_refused(cell):
    with pytest.raises(RowsRefused):
        read("id", cell)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("  电子病历 维护 ", "电子病历 维护"),
        (5.0, "5"),
        (2.5, "2.5"),
        (13800138000.0, "13800138000"),
        (date(2026, 1, 2), "2026-01-02"),
        (datetime(2026, 1, 2, 3, 4), "2026-01-02 03:04:00"),
        (True, "TRUE"),
        (timedelta(hours=30), "1 day, 6:00:00"),
        ("（东区）", "（东区）"),
    ],
)
def test_text_is_as_written(cell, value):
    assert read("text", cell) == value


def test_a_text_beyond_its_limit_is_refused():
    with pytest.raises(RowsRefused, match="2001"):
        read("text", "长" * 2001)


@pytest.mark.parametrize("cell", [True, time(3, 4), timedelta(days=1), "明天"])
def test_a_cell_that_is_no_day_is_refused(cell):
    with pytest.raises(RowsRefused):
        read("date", cell)


@pytest.mark.parametrize(
    ("cell", "level"),
    [
        (3.0, 3),
        ("3", 3),
        ("三级", 3),
        ("三甲", 3),
        ("三级甲等", 3),
        ("二级", 2),
        ("二级乙等医院", None),
        ("一级", 1),
        ("Ⅲ", 3),
        ("3级", 3),
        ("三级医院", 3),
    ],
)
def test_the_level_of_a_hospital_is_a_number(cell, level):
    column = parser(KINDS["customer"].field("level"))
    if level is None:
        with pytest.raises(RowsRefused):
            column[cell]
    else:
        assert column[cell] == level


@pytest.mark.parametrize("cell", [0.0, 4.0, "4", "特级"])
def test_a_level_that_does_not_exist_is_refused(cell):
    with pytest.raises(RowsRefused):
        parser(KINDS["customer"].field("level"))[cell]


@pytest.mark.parametrize(
    ("cell", "roles"),
    [
        ("工程师", ("engineer",)),
        ("工程师、质控", ("engineer", "qc")),
        ("engineer;qc", ("engineer", "qc")),
        ("大区经理/项目经理", ("regional_manager", "project_manager")),
        ("Technical_Lead", ("technical_lead",)),
        ("质量控制中心", ("qc",)),
    ],
)
def test_roles_are_read_in_words_and_codes(cell, roles):
    assert parser(KINDS["staff"].field("role"))[cell] == roles


def test_an_unknown_code_is_refused_with_the_known_ones():
    with pytest.raises(RowsRefused, match="engineer"):
        parser(KINDS["staff"].field("role"))["司机"]


def test_a_column_remembers_without_taking_true_for_one():
    column = parser(Field("n", "N", "int"))
    assert column[1.0] == 1
    with pytest.raises(RowsRefused):
        column[True]


def test_the_users_own_words_come_first():
    column = parser(KINDS["customer"].field("level"), Context(words={"甲 类": "3", "/": "1", "7": "2"}))
    assert (column["甲类"], column["／"], column[7.0], column["-"]) == (3, 1, 2, None)


def test_a_contradicting_column_is_refused_cell_by_cell():
    column = parser(Field("on", "日期", "date"), Context(contradiction=("25/12/2026", "12/25/2026")))
    assert column["2026-01-04"] == date(2026, 1, 4)
    with pytest.raises(RowsRefused, match="25/12/2026"):
        column["03/04/2026"]


def test_a_cell_in_words_is_what_a_person_sees():
    assert [as_text(cell) for cell in (None, 5.0, 1e300, "a ", False)] == ["", "5", "1e+300", "a", "FALSE"]
