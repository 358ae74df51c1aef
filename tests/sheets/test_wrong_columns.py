"""A column that only looks like a field is named and left out; a row that only looks like a record is no record."""

from datetime import date

import pytest

from svcq.errors import Usage
from svcq.sheets.reader import read_file

DAY, LATER = date(2026, 3, 5), date(2026, 4, 5)
HEAD = ["合同编号", "客户名称", "敲章日期"]
ROW = ["HT-1", "一院", DAY]
WANTED = {"number": "HT-1", "customer": "一院", "sealed_on": DAY}


@pytest.mark.parametrize(
    "title",
    [
        "回签日期（预计）",
        "回签日期(应)",
        "到期日期（原）",
        "致电医院日期（下次）",
        "敲章日期（对方）",
        "回签日期【计划】",
        "客户名称（原）",
        "销售（前任）",
        "合同编号（对方）",
        "合同金额（预计）",
        "金额（已收）（元）",
        "回签日期（2025年）",
    ],
)
def test_a_note_that_makes_another_column_is_not_stripped(xlsx, read, title):
    sheet = read(xlsx([[*HEAD, title], [*ROW, "x"]]))
    assert [row.values for row in sheet] == [WANTED]
    assert sheet.unknown_headers == [title]


@pytest.mark.parametrize(
    "note",
    ["必填", "可空", "选填", "格式：yyyy-mm-dd", "年-月-日", "YYYY/MM/DD", "公历", "1", "如2026-01-01"],
)
def test_a_note_on_how_to_fill_a_column_in_is_harmless(xlsx, values, note):
    assert values(xlsx([[*HEAD, f"回签日期（{note}）"], [*ROW, LATER]])) == [WANTED | {"returned_on": LATER}]


@pytest.mark.parametrize("title", ["客户名称（医院全称）", "客户名称（必填）（全称）"])
def test_a_note_that_says_whose_name_it_is_is_harmless(xlsx, values, title):
    assert values(xlsx([["合同编号", title, "敲章日期"], ROW])) == [WANTED]


@pytest.mark.parametrize(
    ("group", "lows", "unknown"),
    [
        ("回签日期", ["应回", "实回"], ["回签日期 应回", "回签日期 实回"]),
        ("金额", ["已收", "未收"], ["金额 已收", "金额 未收"]),
        ("质保期", ["开始日期", "结束日期"], ["质保期 开始日期", "质保期 结束日期"]),
        ("计划", ["回签日期", "到期日期"], ["计划 回签日期", "计划 到期日期"]),
        ("对方", ["回签日期", "到期日期"], ["对方 回签日期", "对方 到期日期"]),
    ],
)
def test_a_group_over_words_that_it_changes_is_never_read_by_one_of_them_alone(
    xlsx, read, group, lows, unknown
):
    rows = [[*HEAD, group, None], [None, None, None, *lows], [*ROW, LATER, LATER]]
    sheet = read(xlsx(rows))
    assert [row.values for row in sheet] == [WANTED]
    assert sheet.unknown_headers == unknown
    merged = read(xlsx(rows, merges=["A1:A2", "B1:B2", "C1:C2", "D1:E1"]))
    assert [row.values for row in merged] == [WANTED]


@pytest.mark.parametrize("tops", [["合同信息", None, None, "计划", None], [None, None, None, "计划", None]])
def test_a_group_counts_even_where_the_line_below_is_a_whole_header(xlsx, read, tops):
    rows = [tops, [*HEAD, "回签日期", "到期日期"], [*ROW, LATER, LATER]]
    sheet = read(xlsx(rows, merges=["A1:C1", "D1:E1"]))
    assert [row.values for row in sheet] == [WANTED]


@pytest.mark.parametrize(
    ("group", "lows", "fields"),
    [
        ("提醒日期", ["邮件提醒日期", "电话提醒日期"], ["reminded_email_on", "reminded_phone_on"]),
        ("医院沟通", ["致电日期", "承诺日期"], ["called_on", "promised_on"]),
        ("维护期", ["开始", "到期"], ["starts_on", "ends_on"]),
        ("合同期限", ["开始日期", "结束日期"], ["starts_on", "ends_on"]),
        ("免费维护期", ["开始", "到期"], ["free_from", "free_until"]),
    ],
)
def test_a_group_over_words_that_stand_for_themselves_is_read(xlsx, values, group, lows, fields):
    path = xlsx([[*HEAD, group, None], [None, None, None, *lows], [*ROW, DAY, LATER]])
    assert values(path) == [WANTED | {fields[0]: DAY, fields[1]: LATER}]


def test_of_planned_and_actual_days_the_actual_ones_are_read(xlsx, read):
    rows = [[*HEAD, "回签日期", None], [None, None, None, "计划", "实际"], [*ROW, DAY, LATER]]
    sheet = read(xlsx(rows))
    assert [row.values for row in sheet] == [WANTED | {"returned_on": LATER}]
    assert sheet.unknown_headers == ["回签日期 计划"]


def test_the_second_line_of_a_header_is_no_record(xlsx, read):
    rows = [
        ["客户", None, None, "合同编号", "敲章日期", "回签日期"],
        ["名称", "联系人", "电话", None, None, None],
        ["一院", "王磊", "021", "HT-1", DAY, LATER],
    ]
    sheet = read(xlsx(rows))
    assert [row.values for row in sheet] == [WANTED | {"returned_on": LATER}]
    assert sheet.unknown_headers == ["客户 联系人", "客户 电话"]


@pytest.mark.parametrize(
    "above",
    [
        ["单位：万元"],
        ["合同跟踪表（单位：万元）"],
        ["质控中心", None, "金额单位:万元"],
        ["跟踪表(万元)"],
        ["金额单位为万元"],
        ["本表以万元计"],
        ["单位:人民币万元"],
    ],
)
def test_a_unit_above_the_table_counts(xlsx, values, above):
    path = xlsx([above, [*HEAD, "合同金额", "备注"], [*ROW, 10.6, "x"]])
    assert values(path) == [WANTED | {"amount": 10_600_000}]
    path = xlsx([above, [*HEAD, "合同金额（元）", "备注"], [*ROW, 10.6, "x"]])
    assert values(path) == [WANTED | {"amount": 1060}]


@pytest.mark.parametrize("above", ["单位：质控中心", "单位：万州人民医院", "单位：元", "10 万元以上合同"])
def test_a_unit_that_is_an_office_or_one_yuan_changes_nothing(xlsx, values, above):
    assert values(xlsx([[above], [*HEAD, "合同金额"], [*ROW, 10.6]])) == [WANTED | {"amount": 1060}]


@pytest.mark.parametrize(
    "above", [["单位：千美元"], ["单位：元", None, "单位：万元"], ["单位：百元"], ["合同 万元"]]
)
def test_a_unit_above_the_table_that_is_not_understood_is_refused(xlsx, read, above):
    with pytest.raises(Usage, match="the unit of money in row 2 is not understood"):
        read(xlsx([["跟踪表"], above, [*HEAD, "合同金额"], [*ROW, 10.6]]))


@pytest.mark.parametrize(
    ("cell", "fen"),
    [(10.6, 10_600_000), ("10.6万元", 10_600_000), ("106000元", 10_600_000), ("￥10.6", 10_600_000)],
)
def test_a_cell_that_names_its_own_unit_keeps_it(xlsx, values, cell, fen):
    assert values(xlsx([[*HEAD, "合同金额（万元）"], [*ROW, cell]])) == [WANTED | {"amount": fen}]


@pytest.mark.parametrize(
    "label", ["1月小计", "张三 汇总", "本月合计（2份）", "合计：", "小计 3 份", "2026年一季度累计"]
)
@pytest.mark.parametrize("place", [0, 1])
def test_a_subtotal_in_the_column_of_names_is_no_customer(xlsx, values, read, label, place):
    sums = [None, None, None, 12.5]
    sums[place] = label
    path = xlsx([[*HEAD, "合同金额"], [*ROW, 12.5], sums, ["HT-2", "二院"]])
    assert [row["number"] for row in values(path)] == ["HT-1", "HT-2"]
    sheet = read(xlsx([[*HEAD, "合同金额", "销售"], [*ROW, 12.5, None], [*sums, "王磊"]]))
    assert [(row.number, row.values["number"]) for row in sheet] == [(2, "HT-1")]
    assert [(one.row, str(one.why)) for one in sheet.refused] == [
        (3, "this row is named a total but holds more than sums")
    ]


def test_a_project_may_end_like_a_subtotal(xlsx, values):
    path = xlsx([["客户名称", "敲章日期", "项目名称"], ["一院", None, "数据汇总"], ["二院", DAY, "1月小计"]])
    assert [row["project"] for row in values(path)] == ["数据汇总", "1月小计"]


def test_of_two_tables_side_by_side_only_the_first_is_read(xlsx, read):
    path = xlsx([[*HEAD, None, *HEAD], [*ROW, None, "HT-2", "二院", DAY], [None] * 4 + ["HT-3", "三院", DAY]])
    sheet = read(path)
    assert [row.values for row in sheet] == [WANTED]
    assert (sheet.unknown_headers, sheet.refused) == (HEAD, [])


def test_a_column_behind_an_empty_one_that_names_nothing_twice_is_read(xlsx, values):
    assert values(xlsx([[*HEAD, None, "回签日期"], [*ROW, None, LATER]])) == [WANTED | {"returned_on": LATER}]


def test_rows_below_a_header_in_another_order_are_refused_until_the_first_comes_again(xlsx, read):
    other = ["合同号", "医院", "回签日期", "敲章日期"]
    head = [*HEAD, "回签日期"]
    rows = [
        head,
        [*ROW, LATER],
        other,
        ["HT-2", "二院", LATER, DAY],
        [None],
        head,
        ["HT-3", "三院", DAY, LATER],
    ]
    sheet = read(xlsx(rows))
    assert [row.values["number"] for row in sheet] == ["HT-1", "HT-3"]
    assert [(one.row, one.column, str(one.why)) for one in sheet.refused] == [
        (row, 0, "row 3 is a header with other columns: put it on another sheet") for row in (3, 4)
    ]


def test_a_header_in_other_words_or_of_two_lines_may_come_again(xlsx, values):
    words = ["合同号", "医院", "盖章日期"]
    assert values(xlsx([HEAD, ROW, words, ["HT-2", "二院", DAY]]))[1]["number"] == "HT-2"
    top = [*HEAD, "提醒日期", None, "回签日期", "到期日期"]
    low = [None, None, None, "邮件", "电话", None, None]
    path = xlsx([top, low, [*ROW, DAY], top, low, ["HT-2", "二院", DAY, None, LATER]])
    assert [row["number"] for row in values(path)] == ["HT-1", "HT-2"]


@pytest.mark.parametrize("cell", ["同上", '"', "〃", " 同 上 ", "″"])
@pytest.mark.parametrize("column", [0, 1, 2])
def test_a_cell_that_points_at_another_is_refused(xlsx, refusals, cell, column):
    row = [*ROW]
    row[column] = cell
    found = refusals(xlsx([HEAD, ROW, row]))
    assert [one[:2] for one in found] == [(3, column + 1)]
    assert "points at another cell" in found[0][2]


@pytest.mark.parametrize("cell", ["待定", "无编号", "暂无", "未编号"])
def test_a_number_that_is_not_there_yet_is_nothing(xlsx, values, cell):
    assert values(xlsx([HEAD, [cell, "一院", DAY]])) == [{"customer": "一院", "sealed_on": DAY}]


@pytest.mark.parametrize("cell", ["补签", "口头", "见附件"])
def test_a_word_is_no_number(xlsx, refusals, cell):
    assert refusals(xlsx([HEAD, [cell, "一院", DAY]])) == [(2, 1, f"{cell} is not a number of a record")]


@pytest.mark.parametrize(
    "last",
    [
        ["制表：王磊", "审核：李强", "日期：2026-3-5"],
        ["制单:王磊", None, "部门:质控中心"],
        ["经办人：", "王磊", "日期：", DAY],
    ],
)
def test_a_footer_in_several_cells_is_passed_over(xlsx, values, last):
    assert values(xlsx([[*HEAD, "备注"], ROW, last])) == [WANTED]


def test_a_contradiction_of_amounts_is_told_in_yuan(xlsx, refusals):
    path = xlsx([[*HEAD, "合同金额（万元）", "金额"], [*ROW, 10.6, 106_000], ["HT-2", "二院", DAY, 1, 12.5]])
    assert refusals(path) == [
        (3, 5, "12.50 CNY contradicts 10000.00 CNY in column D, which has the same meaning")
    ]


def test_a_sheet_whose_needed_column_is_only_planned_is_not_recognised(xlsx):
    with pytest.raises(Usage, match="no header row was recognised"):
        read_file(str(xlsx([["客户名称", "回签日期（预计）"], ["一院", DAY]], title="x")))


@pytest.mark.parametrize("note", ["注：金额单位为万元", "说明：以上金额以万元计"])
def test_a_unit_in_a_note_under_the_table_counts(xlsx, values, note):
    rows = [[*HEAD, "合同金额"], [*ROW, 10.6], ["HT-2", "二院", DAY, 1], [None], [note]]
    assert [row["amount"] for row in values(xlsx(rows))] == [10_600_000, 1_000_000]


@pytest.mark.parametrize(
    ("head", "low"),
    [
        ([*HEAD, "回签日期", "回签日期"], [None, None, None, "应回", "实回"]),
        ([*HEAD, "回签日期"], [None, None, None, "计划"]),
        ([*HEAD, "合同金额"], [None, None, None, "（万元）"]),
        ([*HEAD, "回签日期", None], ["（必填）", "（全称）", "（必填）", "应回", "实回"]),
    ],
)
def test_rows_under_a_second_line_that_is_not_understood_are_refused(xlsx, read, head, low):
    sheet = read(xlsx([head, low, [*ROW, 46100, 46100], ["HT-2", "二院", DAY]]))
    assert sheet.rows == []
    assert [(one.row, str(one.why)) for one in sheet.refused] == [
        (row, "row 2 reads like a second line of the header: join the two lines") for row in (2, 3, 4)
    ]


def test_a_bad_first_row_is_refused_alone(xlsx, read):
    sheet = read(xlsx([["客户名称", "敲章日期"], ["一院", "待签"], ["二院", DAY]]))
    assert [row.values["customer"] for row in sheet] == ["二院"]
    assert [(one.row, one.column) for one in sheet.refused] == [(2, 2)]


def test_a_fuller_header_further_down_does_not_hide_the_rows_above_it(xlsx, read):
    sheet = read(xlsx([HEAD, ROW, [*HEAD, "回签日期"], ["HT-2", "二院", DAY, LATER]]))
    assert [row.values for row in sheet] == [WANTED]
    assert {one.row for one in sheet.refused} == {3, 4}


@pytest.mark.parametrize("above", [[None, None, "质控中心"], ["质控中心", None, None, "2026年"]])
def test_a_title_in_the_middle_is_no_group(xlsx, values, above):
    path = xlsx([above, [*HEAD, "开始日期", "到期日期"], [*ROW, DAY, LATER]])
    assert values(path) == [WANTED | {"starts_on": DAY, "ends_on": LATER}]


def test_a_word_over_one_column_alone_counts(xlsx, read):
    sheet = read(
        xlsx([[None, None, None, "计划", "实际"], [*HEAD, "回签日期", "回签日期"], [*ROW, DAY, LATER]])
    )
    assert [row.values for row in sheet] == [WANTED | {"returned_on": LATER}]
    assert sheet.unknown_headers == ["计划 回签日期"]
