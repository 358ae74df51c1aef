"""四 五 六 Sheets of upgrades, migrations and callbacks as offices keep them: the kind and every field are found."""

from datetime import date

import openpyxl
import pytest

from svcq.sheets.export import export_kind
from svcq.sheets.grid import Grid
from svcq.sheets.header import find
from svcq.sheets.kinds import KINDS
from svcq.sheets.kinds.callback import MARKS
from svcq.sheets.kinds.upgrade_words import ANSWERS, ARRANGED, SOLVED, STABLE, STEPS
from svcq.sheets.options import ReadOptions
from svcq.sheets.reader import read_file

D = date.fromisoformat
DAY = D("2026-09-10")
MAIN = {
    "upgrade": "升级编号 客户名称 申请人 申请日期 安排人 安排日期 升级人员 计划升级日期 方案提交日期 登记日期 沟通日期"
    " 测试日期 客户认可日期 升级日期 版本 报告日期 邮件报告日期 回访日期 回访结果 二次回访日期 二次回访结果 通报日期",
    "migration": "迁移编号 客户名称 系统 工程师 迁移日期 重建索引日期 登记日期",
    "callback": "季度 工程师 客户名称 回访日期 服务满意度 态度满意度 建议 遗留问题",
    "try": "回访编号 日期",
    "skip": "升级编号 日期 步骤 跳过的步骤 原因 登记人",
}
"""The headers that are promised."""
FIELDS = {
    "upgrade": "number customer applied_by applied_on arranged_by arranged_on upgrader planned_on plan_on registered_on"
    " discussed_on tested_on approved_on done_on version report_on mailed_on called_on answer second_called_on"
    " second_answer informed_on",
    "migration": "number customer system engineer done_on reindexed_on registered_on",
    "callback": "quarter engineer customer asked_on service attitude advice unsolved",
    "try": "callback on",
    "skip": "upgrade on step skipped reason by",
}
"""And what each of them means."""
OFFICES: list[tuple[str, str]] = [
    (
        "序号 医院名称 客户经理 申请时间 大区经理 安排时间 升级工程师 计划升级时间 实际升级日期 升级后版本",
        "upgrade",
    ),
    ("编号 医院 升级日期 升级人员 版本号", "upgrade"),
    ("医院 计划升级日期 申请人 申请日期", "upgrade"),
    ("升级编号 回访日期 是否稳定 问题是否解决 是否有安排 回访结果", "upgrade"),
    ("升级单号 报告提交日期 报告邮件日期", "upgrade"),
    ("number called_on answer", "upgrade"),
    ("升级编号 二次回访日期 二次是否稳定 二次回访结果 二次通报日期", "upgrade"),
    ("升级单号 跳步日期 所做步骤 缺少的步骤 跳步原因", "skip"),
    ("医院 迁移时间 迁移工程师 索引重建日期", "migration"),
    ("序号 医院名称 系统名称 数据迁移日期 重新建立索引日期 登记时间", "migration"),
    ("季度 医院 工程师 对服务是否满意 意见和建议 对工程师态度是否满意 未解决的问题", "callback"),
    ("回访季度 负责工程师 医院名称 抽样日期", "callback"),
    ("回访编号 回访日期 满意度 服务态度 建议", "callback"),
    ("回访编号 联系日期 拨打人 未接通原因", "try"),
    ("callback on by note", "try"),
    # others stay what they are
    ("编号 客户名称 申请日期", "handover"),
    ("编号 项目名称 客户名称 申请日期 申请人", "handover"),
    ("项目名称 客户名称 申请日期 登记日期 客户经理", "handover"),
    ("编号 客户名称 敲章日期 回签日期", "contract"),
    ("合同编号 致电日期 致电人 备注", "call"),
    ("移交编号 回访日期 跟踪人 备注", "follow_up"),
    ("客户名称 版本 上线日期 客户经理 工程师", "customer"),
    ("客户名称 工程师 客户经理", "customer"),
    ("问题编号 客户名称 问题标题 工程师 测试日期 报告日期", "issue"),
    ("问题编号 日期 处理人 处理过程 处理结果", "step"),
    ("月份 客户名称 记录抽查日期 核对日期", "spot_check"),
]


def recognised(head: list[str]) -> str:
    """The kind of a sheet with these headers; no other fits as well."""
    found = find(Grid("Sheet1", [head]), KINDS.values(), ReadOptions(), strict=True)
    assert len(found) == 1 or found[0].score > found[1].score
    return found[0].kind.name


@pytest.mark.parametrize("kind", MAIN)
def test_the_promised_headers_are_known_and_mean_their_fields(kind):
    head = MAIN[kind].split()
    assert recognised(head) == kind
    (found,) = find(Grid("Sheet1", [head]), [KINDS[kind]], ReadOptions(), strict=True)
    assert list(found.columns) == FIELDS[kind].split()


@pytest.mark.parametrize("kind", MAIN)
def test_every_field_is_known_by_its_main_header_and_by_its_key(kind):
    for head in ([one.header for one in KINDS[kind].fields], [one.key for one in KINDS[kind].fields]):
        assert recognised(head) == kind
        (found,) = find(Grid("Sheet1", [head]), [KINDS[kind]], ReadOptions(), strict=True)
        assert list(found.columns) == [one.key for one in KINDS[kind].fields]


@pytest.mark.parametrize(("head", "kind"), OFFICES)
def test_the_kind_is_recognised_by_the_headers_of_offices(head, kind):
    assert recognised(head.split()) == kind


@pytest.mark.parametrize("header", [True, False], ids=["Chinese", "machine"])
def test_every_kind_is_told_from_every_other_in_one_workbook(tmp_path, header):
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for place, kind in enumerate(KINDS.values()):
        sheet = book.create_sheet(f"Sheet{place}")
        sheet.append([one.header if header else one.key for one in kind.fields])
    path = tmp_path / "all.xlsx"
    book.save(path)
    assert [sheet.kind.name for sheet in read_file(str(path)).sheets] == list(KINDS)


def test_a_table_of_an_office_is_read_with_all_its_ways(xlsx, values):
    path = xlsx(
        [
            ["2026年 程序升级登记表"],
            ["填表：万璐", None, None, "2026-11-20"],
            ["序号", "医 院", "申请", None, "升级人员", "计划升级\n日期", "升级日期", "是否稳定", "回访结果"],
            [None, None, "申请人", "申请日期", None, None, None, None, None],
            [1, "一院 ", "赵强", "2026.9.3", "李伟", 46283, "20260920", "稳定", "肯定答复"],
            [2, "二院", "赵强", "2026年9月4日", "/", "2026-9-20", "无", "否", "不明确"],
            ["合计", 2],
            ["注：本表每周更新"],
        ],
        title="登记",
        merges=["A1:I1", "C3:D3"],
    )
    first, second = values(path)
    assert first == {
        "customer": "一院",
        "applied_by": "赵强",
        "applied_on": D("2026-09-03"),
        "upgrader": "李伟",
        "planned_on": D("2026-09-18"),
        "done_on": D("2026-09-20"),
        "stable": True,
        "answer": "yes",
    }
    assert (second["stable"], second["answer"], "upgrader" in second, "done_on" in second) == (
        False,
        "unclear",
        False,
        False,
    )


@pytest.mark.parametrize(
    ("word", "quarter"),
    [
        *((word, "2026Q4") for word in ("2026Q4", "2026q4", "2026-Q4", "2026 Q4", "Q4 2026", "２０２６Ｑ４")),
        *(
            (word, "2026Q4")
            for word in ("2026年第四季度", "2026年四季度", "2026年4季度", "2026年第4季度", "2026第四季度")
        ),
        *((word, "2026Q4") for word in ("2026年度四季度", "2026-12-31", "2026年10月1日", date(2026, 11, 5))),
        ("2026年一季度", "2026Q1"),
    ],
)
def test_a_quarter_is_understood_however_it_is_written(xlsx, values, word, quarter):
    path = xlsx([["季度", "医院", "工程师", "回访日期"], [word, "一院", "李伟", DAY]])
    assert values(path)[0]["quarter"] == quarter


@pytest.mark.parametrize(
    "word", ["2026Q5", "四季度", "2026", "2026-04", "2026年10月", "26Q4", 20264, "1949Q1", "上季度"]
)
def test_a_quarter_that_is_none_is_refused_at_its_cell(xlsx, refusals, word):
    path = xlsx([["季度", "医院", "工程师", "回访日期"], [word, "一院", "李伟", DAY]])
    assert refusals(path) == [(2, 1, f"{word} is not a quarter: write it like 2026Q4")]


@pytest.mark.parametrize(
    ("word", "mark"),
    [*MARKS.items(), *((f"{n}分", n) for n in range(1, 6)), (4.0, 4), ("５", 5), ("Very Satisfied", 5)],
)
def test_a_mark_is_understood_however_it_is_put(xlsx, values, word, mark):
    path = xlsx([["季度", "医院", "服务满意度"], ["2026Q4", "一院", word]])
    assert values(path)[0]["service"] == int(mark)


@pytest.mark.parametrize(
    ("word", "why"),
    [
        (0, "0 is less than 1"),
        ("6分", "6 is more than 5"),
        (4.5, "4.5 is not a whole number"),
        ("基本满意", "基本满意 is not a whole number"),
    ],
)
def test_a_mark_that_is_none_is_refused_at_its_cell(xlsx, refusals, word, why):
    path = xlsx([["季度", "医院", "态度满意度"], ["2026Q4", "一院", word]])
    assert refusals(path) == [(2, 3, why)]


def test_marks_are_exported_as_marks_for_people_too(tmp_path):
    record = {"quarter": "2026Q4", "engineer": "李伟", "customer": "一院", "service": 5, "attitude": 1}
    path = tmp_path / "out.xlsx"
    export_kind(path, KINDS["callback"], [record], "xlsx")
    row = next(openpyxl.load_workbook(path).worksheets[0].iter_rows(min_row=2, values_only=True))
    assert row[5:7] == (5, 1)
    assert read_file(str(path)).sheets[0].rows[0].values == record


@pytest.mark.parametrize(
    ("header", "key", "word", "code"),
    [
        *(("回访结果", "answer", word, code) for word, code in ANSWERS.items()),
        *(("二次回访结果", "second_answer", word, code) for word, code in ANSWERS.items()),
        *(("是否稳定", "stable", word, code == "yes") for word, code in STABLE.items()),
        *(("问题是否解决", "solved", word, code == "yes") for word, code in SOLVED.items()),
        *(("是否有安排", "arranged", word, code == "yes") for word, code in ARRANGED.items()),
        *(("二次是否稳定", "second_stable", word, value) for word, value in (("是", True), ("×", False))),
    ],
)
def test_an_answer_is_understood_however_it_is_put(xlsx, values, header, key, word, code):
    path = xlsx([["升级编号", "升级日期", header], ["U-1", DAY, word]])
    assert values(path)[0][key] == code


@pytest.mark.parametrize("word", ["一般", "也许", "2"])
def test_an_answer_that_is_none_is_refused_at_its_cell(xlsx, refusals, word):
    path = xlsx([["升级编号", "升级日期", "回访结果"], ["U-1", DAY, word]])
    assert refusals(path) == [(2, 3, f"{word} is not one of yes, no, unclear")]


@pytest.mark.parametrize(("word", "code"), STEPS.items())
def test_a_step_is_understood_however_it_is_called(xlsx, values, word, code):
    path = xlsx([["升级编号", "日期", "步骤", "跳过的步骤"], ["U-1", DAY, word, "方案、测试"]])
    assert (values(path)[0]["step"], values(path)[0]["skipped"]) == (code, ("plan", "test"))


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8-sig", "utf-16"])
def test_a_text_file_is_read_whatever_its_encoding(text, values, encoding):
    path = text("医院,系统,工程师,迁移日期\n一院,门诊,李伟,2026年9月1日\n", encoding=encoding)
    assert values(path) == [
        {"customer": "一院", "system": "门诊", "engineer": "李伟", "done_on": D("2026-09-01")}
    ]
