"""Tables as people see them, whole."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from svcq.output.shape import Column, Listing
from svcq.output.table import dropped_lines, table_lines

AT_34 = """\
合同编号:   HT-2026-001
客户名称:   上海交通大学医学院附属
            瑞金医院
项目名称:   住院电子病历系统（二
            期）
销售:       王小明
合同金额:   1,234,567.50
敲章日期:   2026-08-03
应回签日期: 2026-10-08
已提醒:     yes
状态:       逾期
逾期天数:   46
"""
AT_80 = """\
                                                              已提          逾期
合同编号     客户名称       项目名称      销售    应回签日期  醒    状态    天数
-----------  -------------  ------------  ------  ----------  ----  ------  ----
HT-2026-001  上海交通大学   住院电子病历  王小明  2026-10-08  yes   逾期      46
             医学院附属瑞   系统（二期）
             金医院
HT-2026-002  苏州市立医院   LIS 维护      李雷                no    已寄出     0
HT-2026-003  昆山市第一人                         2026-11-02        迟回       3
             民医院
not shown at this width: amount, sealed_on; --columns or -f csv shows them
"""
AT_120 = """\
合同编号     客户名称           项目名称          销售        合同金额  敲章日期    应回签日期  已提醒  状态    逾期天数
-----------  -----------------  ----------------  ------  ------------  ----------  ----------  ------  ------  --------
HT-2026-001  上海交通大学医学   住院电子病历系统  王小明  1,234,567.50  2026-08-03  2026-10-08  yes     逾期          46
             院附属瑞金医院     （二期）
HT-2026-002  苏州市立医院       LIS 维护          李雷          80,000  2026-09-01              no      已寄出         0
HT-2026-003  昆山市第一人民医                                           2026-09-02  2026-11-02          迟回           3
             院
"""  # noqa: E501
AT_200 = """\
合同编号     客户名称                        项目名称                  销售        合同金额  敲章日期    应回签日期  已提醒  状态    逾期天数
-----------  ------------------------------  ------------------------  ------  ------------  ----------  ----------  ------  ------  --------
HT-2026-001  上海交通大学医学院附属瑞金医院  住院电子病历系统（二期）  王小明  1,234,567.50  2026-08-03  2026-10-08  yes     逾期          46
HT-2026-002  苏州市立医院                    LIS 维护                  李雷          80,000  2026-09-01              no      已寄出         0
HT-2026-003  昆山市第一人民医院                                                              2026-09-02  2026-11-02          迟回           3
"""  # noqa: E501


def shown(listing, rows, room, **more):
    columns = [column for column in listing.columns if not column.aside]
    dropped = []
    lines = [*table_lines(listing, columns, rows, room, dropped=dropped, **more)]
    return "".join(f"{line}\n" for line in [*lines, *dropped_lines(dropped, room)])


@pytest.mark.parametrize(("room", "expected"), [(80, AT_80), (120, AT_120), (200, AT_200), (None, AT_200)])
def test_a_table_in_chinese_is_as_wide_as_the_terminal(contracts, rows, room, expected):
    assert shown(contracts, rows, room) == expected


def test_where_nothing_fits_side_by_side_every_row_is_a_list(contracts, rows):
    assert shown(contracts, rows[:1], 34) == AT_34
    assert shown(contracts, rows, 34).count("\n\n") == 2


def test_a_state_is_coloured_and_nothing_else_but_the_header(contracts, rows):
    lines = shown(contracts, rows, 200, colour=True).splitlines()
    assert lines[0].startswith("\x1b[1m合同编号")
    assert "\x1b[1;31m逾期\x1b[0m          46" in lines[2]
    assert "\x1b" not in lines[3]
    assert "\x1b[33m迟回\x1b[0m           3" in lines[4]


def test_the_colours_do_not_change_the_text(contracts, rows):
    for room in (34, 80, 200):
        coloured = shown(contracts, rows, room, colour=True)
        assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == shown(contracts, rows, room)


def test_a_very_long_text_ends_in_an_ellipsis_in_a_table():
    listing = Listing("x", "x", (Column("no", "No"), Column("note", "Note")))
    lines = shown(listing, [{"no": "A-1", "note": "等院长签字" * 40}], 24).splitlines()
    assert len(lines) == 2 + 6
    assert lines[-1].endswith("…")
    assert all(cell_len(line) <= 24 for line in lines)


def test_markup_and_sequences_in_data_are_inert(contracts, rows):
    row = {**rows[0], "customer": "[red]x[/red]\x1b[2J\x1b]8;;http://a\x07\u202e", "salesperson": "a\nb"}
    text = shown(contracts, [row], 200)
    assert "[red]x[/red]␛[2J␛]8;;http://a␇" in text
    assert len(text.splitlines()) == 3
    assert "\x1b" not in text


KINDS = ("text", "date", "number", "money", "flag", "code")
VALUES = {
    "text": st.one_of(st.none(), st.text(st.sampled_from("瑞金医院，HT-26 é🏥\x1b\n"), max_size=60)),
    "date": st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2099, 1, 1))),
    "number": st.one_of(st.none(), st.integers(-(10**6), 10**6)),
    "money": st.one_of(st.none(), st.integers(0, 10**8)),
    "flag": st.sampled_from((None, True, False)),
    "code": st.sampled_from(("overdue", "late", "other")),
}


@st.composite
def listings(draw):
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=8))
    title = st.sampled_from(("合同编号", "Days overdue", "逾期天数", "State", "x"))
    columns = [
        Column(f"c{i}", draw(title), kind, drop=draw(st.integers(0, 3)), codes={"late": "迟回"})
        for i, kind in enumerate(kinds)
    ]
    row = st.fixed_dictionaries({column.key: VALUES[column.type] for column in columns})
    return Listing("x", "x", tuple(columns), alarm="c0"), draw(st.lists(row, min_size=1, max_size=4))


@given(listings(), st.integers(14, 130))
def test_no_line_is_wider_than_the_terminal_and_no_number_or_date_is_split(drawn, room):
    listing, rows = drawn
    dropped = []
    lines = [
        *table_lines(listing, listing.columns, rows, room, dropped=dropped),
        *dropped_lines(dropped, room),
    ]
    assert all(cell_len(line) <= room for line in lines)
    words = set(" ".join(lines).split())
    for column in listing.columns:
        if column.key in dropped:
            assert column.drop > 0
            continue
        for row in rows:
            value = row[column.key]
            if value is not None and column.type in ("date", "number", "money"):
                assert (f"{value:,}" if column.type == "money" else str(value)) in words
