"""The header is found wherever it stands and whatever its words are."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq.errors import Usage
from svcq.sheets.grid import Grid
from svcq.sheets.header import find
from svcq.sheets.kinds import KINDS
from svcq.sheets.options import ReadOptions

DAY = date(2026, 3, 5)
HEAD = ["合同编号", "客户名称", "敲章日期"]
ROW = ["HT-1", "一院", DAY]
WANTED = {"number": "HT-1", "customer": "一院", "sealed_on": DAY}


@pytest.mark.parametrize(
    "above",
    [
        [],
        [[None]],
        [["2026年维护合同跟踪表", None, None]],
        [["2026年维护合同跟踪表"], ["填表人：王磊", None, "2026-3-5"], [None]],
        [["说明"]] * 20,
    ],
)
def test_a_title_above_the_header_does_not_matter(xlsx, values, above):
    assert values(xlsx([*above, HEAD, ROW])) == [WANTED]


def test_a_blank_first_column_and_ghost_columns_do_not_matter(xlsx, values):
    assert values(xlsx([[None, *HEAD, *[None] * 300, " "], [None, *ROW]])) == [WANTED]


@pytest.mark.parametrize(
    "head",
    [
        ["合同号", "医院", "盖章日期"],
        ["合同 编号", "客户\n名称", "敲　章　日　期"],
        ["*合同编号：", "（客户名称）", "敲章日期（yyyy-mm-dd）"],
        ["number", "customer", "sealed_on"],
        ["Number", "CUSTOMER", "Sealed On"],
        ["合同编号", "单位名称", "公司敲章"],
    ],
)
def test_the_words_of_a_header_may_differ(xlsx, values, head):
    assert values(xlsx([head, ROW])) == [WANTED]


def test_two_header_lines_are_read_together(xlsx, values):
    top = ["合同编号", "客户名称", "提醒日期", None, "敲章日期"]
    low = [None, None, "邮件", "电话", None]
    path = xlsx(
        [["维护合同跟踪表"], top, low, ["HT-1", "一院", DAY, date(2026, 3, 6), DAY]],
        merges=["A1:E1", "A2:A3", "B2:B3", "C2:D2", "E2:E3"],
    )
    assert values(path) == [WANTED | {"reminded_email_on": DAY, "reminded_phone_on": date(2026, 3, 6)}]


def test_two_header_lines_of_a_text_file_are_read_together(text, values):
    path = text("合同编号,客户名称,提醒日期,,敲章日期\n,,邮件,电话,\nHT-1,一院,2026-3-5,2026-3-6,2026-3-5\n")
    assert values(path) == [WANTED | {"reminded_email_on": DAY, "reminded_phone_on": date(2026, 3, 6)}]


def test_a_group_that_is_not_merged_is_read_under_a_merged_title(xlsx, values):
    top = ["合同编号", "客户名称", "提醒日期", None, "敲章日期"]
    path = xlsx(
        [["维护合同跟踪表"], top, [None, None, "邮件", "电话"], ["HT-1", "一院", DAY, DAY, DAY]],
        merges=["A1:E1"],
    )
    assert values(path) == [WANTED | {"reminded_email_on": DAY, "reminded_phone_on": DAY}]


def test_a_group_that_names_the_field_below_it_once_more_leaves_its_meaning(xlsx, values):
    top = ["移交编号", "客户名称", "移交结论", None, None]
    low = [None, None, "结论", "确认移交日期", "确认人"]
    path = xlsx(
        [["项目移交信息表"], top, low, ["YJ-1", "一院", "符合", DAY, "朱明远"]],
        merges=["A1:E1", "A2:A3", "B2:B3", "C2:E2"],
    )
    decided = {"decision": "eligible", "decided_on": DAY, "decided_by": "朱明远"}
    assert values(path) == [{"number": "YJ-1", "customer": "一院", **decided}]


def test_the_first_data_row_is_never_taken_for_a_second_header_line(text, values):
    path = text("合同编号,客户名称,敲章日期,,备注\nHT-1,一院,2026-3-5,邮件,电话\n")
    assert values(path) == [WANTED]


@pytest.mark.parametrize(
    ("head", "fen"),
    [
        ("合同金额(元)", 1250),
        ("合同金额（万元）", 12_500_000),
        ("金额 / 万元", 12_500_000),
        ("合同金额(RMB)", 1250),
    ],
)
def test_the_unit_in_a_header_counts(xlsx, values, head, fen):
    assert values(xlsx([[*HEAD, head], [*ROW, 12.5]])) == [WANTED | {"amount": fen}]


def test_an_amount_in_another_currency_is_another_column(xlsx, read):
    sheet = read(xlsx([[*HEAD, "合同金额（美元）"], [*ROW, 12.5]]))
    assert sheet.unknown_headers == ["合同金额（美元）"]
    assert sheet.rows[0].values == WANTED


def test_headers_of_no_field_are_named(xlsx, read):
    assert read(xlsx([["序号", *HEAD, "颜色"], [1, *ROW, "红"]])).unknown_headers == ["序号", "颜色"]


def test_a_doubled_column_is_read_where_both_agree(xlsx, values):
    path = xlsx([[*HEAD, "医院"], [*ROW, "一院"], ["HT-2", None, DAY, "二院"]])
    assert values(path)[1]["customer"] == "二院"


def test_a_doubled_column_that_disagrees_is_refused_naming_both_cells(xlsx, refusals):
    path = xlsx([[*HEAD, "医院"], [*ROW, "二院"]])
    assert refusals(path) == [(2, 4, "二院 contradicts 一院 in column B, which has the same meaning")]


def test_a_header_that_the_user_maps_comes_first(xlsx, values):
    path = xlsx([[*HEAD, "回来啦"], [*ROW, date(2026, 4, 1)]])
    assert values(path, headers={"回来啦": "returned_on"})[0]["returned_on"] == date(2026, 4, 1)
    path = xlsx([[*HEAD, "用印日"], [*ROW, date(2026, 4, 1)]])
    assert values(path, headers={"用印日": "sealed_on"})[0]["sealed_on"] == date(2026, 4, 1)


def test_a_header_mapped_to_nothing_is_left_out(xlsx, values):
    path = xlsx([[*HEAD, "金额"], [*ROW, "面议"]])
    assert values(path, headers={"金额": "-"}) == [WANTED]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"headers": {"敲章日期": "sealed"}}, "sealed is not a field"),
        ({"headers": {"没有这列": "sealed_on"}}, "has no header 没有这列"),
        ({"kind": "contracts"}, "contracts is not a kind"),
        ({"sheets": ("不存在",)}, "no sheet 不存在"),
        ({"header_row": 2}, "row 2 is not a header"),
        ({"header_row": 99}, "row 99 is not a header"),
    ],
)
def test_what_the_user_says_wrongly_is_named(xlsx, read, options, words):
    with pytest.raises(Usage, match=words):
        read(xlsx([HEAD, ROW]), **options)


def test_the_header_row_may_be_said(xlsx, values):
    assert values(xlsx([["合同编号", "客户名称", "回签日期"], HEAD, ROW]), header_row=2) == [WANTED]


def test_a_sheet_of_another_kind_is_skipped_and_named(xlsx):
    from svcq.sheets.reader import read_file

    path = xlsx([HEAD, ROW], more={"菜单": [["菜名", "价格"], ["面", 12]], "空": []})
    found = read_file(str(path))
    assert [(name, str(why)) for name, why in found.skipped] == [
        ("菜单", "no header row was recognised"),
        ("空", "the sheet is empty"),
    ]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (["客户编号", "客户名称", "级别", "大区", "工程师"], "customer"),
        (["医院名称", "等级", "联系人", "联系电话"], "customer"),
        (["姓名", "岗位", "部门", "邮箱"], "staff"),
        (["合同编号", "客户名称", "敲章日期"], "contract"),
        (["客户名称", "项目名称", "盖章日期", "回签日期"], "contract"),
        (["合同编号", "致电日期", "致电人", "备注"], "call"),
        (["number", "customer", "returned_on"], "contract"),
        (["contract", "on", "by", "note"], "call"),
        (["name", "level", "engineer"], "customer"),
        (["name", "role", "joined_on"], "staff"),
    ],
)
def test_the_kind_is_recognised_by_the_headers(head, kind):
    found = find(Grid("Sheet1", [list(head)]), KINDS.values(), ReadOptions(), strict=True)
    assert found[0].kind.name == kind
    assert len(found) == 1 or found[0].score > found[1].score


def test_a_doubt_between_kinds_is_a_sentence_unless_the_title_decides(xlsx, read):
    head = ["name", "region", "phone"]
    with pytest.raises(Usage, match="--kind"):
        read(xlsx([head, ["王磊", "华东", "1"]]))
    assert read(xlsx([head, ["王磊", "华东", "1"]], title="员工花名册")).kind.name == "staff"
    assert read(xlsx([head, ["王磊", "华东", "1"]]), kind="customer").kind.name == "customer"


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_no_header_means_two_fields_of_a_kind(kind):
    from svcq.sheets.text import normalise

    seen = {}
    for field in kind.fields:
        for name in (field.key, field.header, *field.synonyms):
            assert seen.setdefault(normalise(name), field.key) == field.key, name


@given(st.data())
def test_any_choice_and_order_of_words_finds_every_field(data):
    kind = data.draw(st.sampled_from(list(KINDS.values())))
    fields = data.draw(st.permutations(kind.fields))
    head = [data.draw(st.sampled_from([one.header, one.key, *one.synonyms])) for one in fields]
    found = find(Grid("Sheet1", [[""], head]), [kind], ReadOptions(), strict=True)
    assert {key: columns[0] for key, columns in found[0].columns.items()} == {
        one.key: place for place, one in enumerate(fields)
    }
    assert found[0].row == 1
