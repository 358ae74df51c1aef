"""三.4 as typed: a hospital's list beside ours, decisions that are remembered, and the workbook for the hospital."""

import csv
import io
import random
from datetime import date, timedelta

import openpyxl
import pytest

from tests.cli import Svcq, copy
from tests.commands.conftest import small_in
from tests.commands.test_terminal import type_in
from tests.places import exists
from tests.problem_lists import alone, lists, written

HOSPITAL, OTHER = "江州市中心医院", "江州市中医院"
ISSUES = [
    ("WT-1", HOSPITAL, "门诊发票打印错位", "2026-10-01", ""),
    ("WT-2", HOSPITAL, "月末盘点表导出失败", "2026-10-02", "2026-10-20"),
    ("WT-3", HOSPITAL, "检验报告打印缺少页码", "2026-08-05", ""),
    ("WT-4", HOSPITAL, "食堂空调不制冷", "2026-10-06", ""),
    ("WT-5", HOSPITAL, "重复登记的问题", "2026-10-06", ""),
    ("WT-6", OTHER, "门诊发票打印错位", "2026-10-06", ""),
]
LIST = [
    ("门诊票据打印错位", "2026-10-03", "处理中"),
    ("月底盘点表导不出Excel", "2026-10-02", "未解决"),
    ("检验报告打印缺少签名", "2026-10-05", "处理中"),
    ("网络断了", "2026-10-09", "处理中"),
]
CALL = ("issue", "reconcile")
MINE = ("--customer", HOSPITAL)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The small company with an engineer, and six issues of two hospitals, one of them void, one closed."""
    folder = tmp_path_factory.mktemp("made")
    small = small_in(folder)
    small("staff", "add", "李伟", "--role", "engineer")
    small("customer", "assign", HOSPITAL, "--role", "engineer", "--to", "李伟")
    write(folder / "issues.csv", ISSUES, ("number", "customer", "title", "reported_on", "closed_on"))
    small("import", folder / "issues.csv", "--kind", "issue")
    small("issue", "void", "WT-5", "--reason", "重复")
    said = ("--on", "2026-10-08", "--by", "李伟", "--what", "仅内部可见的处理说明")
    small("issue", "step", "WT-1", *said, "--note", "仅内部可见的备注")
    return small


@pytest.fixture
def asked(made, tmp_path):
    """A copy of that store."""
    return Svcq(copy(made.store, tmp_path / "svcq.db"))


def write(path, rows, headers=("问题描述", "提出日期", "状态"), encoding="utf-8"):
    """A list as a file."""
    out = io.StringIO()
    csv.writer(out).writerows([headers, *rows])
    path.write_bytes(out.getvalue().encode(encoding))
    return path


@pytest.fixture
def problems(tmp_path):
    """The hospital's list."""
    return write(tmp_path / "问题清单.csv", LIST)


def compared(svcq, file, *words, **more):
    return svcq(*CALL, file, *MINE, *words, "-f", "json", **more).json


def short(rows):
    """Of each row its kind, the row of the list and our number."""
    return [(row["match"], row["row"], row["ours"]) for row in rows]


WHOLE = [
    {
        "match": "doubtful",
        "row": 4,
        "theirs": "检验报告打印缺少签名",
        "ours": "WT-3",
        "our_title": "检验报告打印缺少页码",
        "our_state": "stale",
        "their_status": "处理中",
        "their_reported_on": "2026-10-05",
        "our_reported_on": "2026-08-05",
        "engineer": "李伟",
        "closed_on": None,
    },
    {
        "match": "status_differs",
        "row": 3,
        "theirs": "月底盘点表导不出Excel",
        "ours": "WT-2",
        "our_title": "月末盘点表导出失败",
        "our_state": "closed",
        "their_status": "未解决",
        "their_reported_on": "2026-10-02",
        "our_reported_on": "2026-10-02",
        "engineer": "李伟",
        "closed_on": "2026-10-20",
    },
    {
        "match": "only_theirs",
        "row": 5,
        "theirs": "网络断了",
        "ours": None,
        "our_title": None,
        "our_state": None,
        "their_status": "处理中",
        "their_reported_on": "2026-10-09",
        "our_reported_on": None,
        "engineer": None,
        "closed_on": None,
    },
    {
        "match": "only_ours",
        "row": None,
        "theirs": None,
        "ours": "WT-4",
        "our_title": "食堂空调不制冷",
        "our_state": "open",
        "their_status": None,
        "their_reported_on": None,
        "our_reported_on": "2026-10-06",
        "engineer": "李伟",
        "closed_on": None,
    },
    {
        "match": "matched",
        "row": 2,
        "theirs": "门诊票据打印错位",
        "ours": "WT-1",
        "our_title": "门诊发票打印错位",
        "our_state": "open",
        "their_status": "处理中",
        "their_reported_on": "2026-10-03",
        "our_reported_on": "2026-10-01",
        "engineer": "李伟",
        "closed_on": None,
    },
]


# ---- The comparison


def test_each_entry_of_both_lists_comes_once_what_needs_a_person_first(asked, problems):
    rows = compared(asked, problems)
    keys = [*("match", "row", "theirs", "ours", "our_title", "similarity", "our_state", "their_status")]
    assert [list(row)[:8] for row in rows] == [keys] * 5
    likeness = [row.pop("similarity") for row in rows]
    assert rows == WHOLE
    assert likeness[2:] == [None, None, 100.0]
    assert 30 <= likeness[0] < 85 <= likeness[1] <= 100
    assert asked("db", "check").out == ""


def test_a_table_ends_with_how_many_there_are_of_each(asked, problems):
    ran = asked(*CALL, problems, *MINE, "-f", "table")
    assert ran.out.splitlines()[-1] == (
        "doubtful 1 · status differs 1 · only theirs 1 · only ours 1 · matched 1"
    )
    asked(*CALL, problems, *MINE, "--exit-code", code=10)


def test_in_chinese_it_is_chinese_and_the_keys_are_not(made, problems):
    zh = Svcq(made.store, lang="zh")
    lines = zh(*CALL, problems, *MINE, "-f", "table").out.splitlines()
    assert lines[0].split() == [
        "核对",
        "行",
        "医院的问题",
        "我方编号",
        "我方问题",
        "相似度",
        "我方状态",
        "医院状态",
    ]
    assert lines[-1] == "待确认 1 · 状态不一致 1 · 仅医院有 1 · 仅我方有 1 · 一致 1"
    assert zh(*CALL, problems, *MINE, "-f", "json").json == compared(made, problems)


def test_an_earlier_day_has_the_issues_and_the_states_of_that_day(made, problems):
    rows = compared(made, problems, "--as-of", "2026-10-05")
    assert short(rows) == [
        ("doubtful", 4, "WT-3"),
        ("only_theirs", 5, None),
        ("matched", 2, "WT-1"),
        ("matched", 3, "WT-2"),
    ]
    assert {row["our_state"] for row in rows} == {"open", None}
    assert compared(made, problems, "--as-of", "2026-07-01")[0]["match"] == "only_theirs"


def test_a_short_title_is_compared_with_its_description(asked, tmp_path):
    more = ("--reported", "2026-10-02", "--description", "住院登记界面读身份证后姓名显示乱码")
    asked("issue", "add", "WT-9", *MINE, "--title", f"{HOSPITAL} 乱码", *more)
    rows = compared(asked, write(tmp_path / "a.csv", [("住院登记读身份证姓名变成乱码", "", "")]))
    assert (rows[0]["ours"], rows[0]["row"]) == ("WT-9", 2)
    assert rows[0]["our_title"] == f"{HOSPITAL} 乱码"


# ---- Files


def test_a_gbk_file_is_read(made, tmp_path, problems):
    gbk = write(tmp_path / "gbk.csv", LIST, encoding="gbk")
    assert compared(made, gbk) == compared(made, gbk, "--encoding", "gb18030") == compared(made, problems)


def test_a_workbook_with_a_title_above_the_header_is_read(made, tmp_path, problems):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([f"{HOSPITAL}问题清单"])
    sheet.merge_cells("A1:C1")
    sheet.append(["问题描述", "提出日期", "是否解决"])
    for title, on, status in LIST:
        sheet.append([title, date.fromisoformat(on), status])
    book.save(tmp_path / "清单.xlsx")
    rows = compared(made, tmp_path / "清单.xlsx")
    assert [(row["match"], row["ours"]) for row in rows] == [
        (row["match"], row["ours"]) for row in compared(made, problems)
    ]
    assert rows[0]["row"] == 5


def test_a_list_of_several_hospitals_is_about_the_one_that_is_named(made, tmp_path):
    rows = [(*entry, HOSPITAL) for entry in LIST] + [("门诊发票打印错位", "", "处理中", OTHER)]
    path = write(tmp_path / "多家.csv", rows, ("问题", "提出日期", "状态", "医院"))
    ran = made(*CALL, path, *MINE, "-f", "json")
    assert ran.err == "note: rows about other hospitals are left out: 1\n"
    assert short(ran.json) == short(WHOLE)
    other = made(*CALL, path, "--customer", OTHER, "-f", "json").json
    assert short(other) == [("matched", 6, "WT-6")]
    assert made(*CALL, path, code=2).err == "svcq: --customer: say which hospital this list is from\n"


def test_a_list_that_names_its_hospital_needs_no_option_and_is_not_taken_for_another(made, tmp_path):
    path = write(tmp_path / "a.csv", [(*LIST[0], HOSPITAL)], ("问题", "提出日期", "状态", "医院"))
    assert compared(made, path) == made(*CALL, path, "-f", "json").json
    said = made(*CALL, path, "--customer", OTHER, code=2).err
    assert said == f"svcq: {path} is about {HOSPITAL}, not about {OTHER}\n"


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        ((), 2, "--customer: say which hospital this list is from"),
        (("--customer", "江州"), 3, f"customer 江州 is not known; did you mean {HOSPITAL}, {OTHER}?"),
        ((*MINE, "--same", "4"), 2, "--same: '4' is not ROW=NUMBER"),
        ((*MINE, "--same", "x=WT-1"), 2, "--same: 'x=WT-1' is not ROW=NUMBER"),
        ((*MINE, "--different", "4="), 2, "--different: '4=' is not ROW=NUMBER"),
        ((*MINE, "--same", "99=WT-1"), 2, "--same: the list has no row 99"),
        ((*MINE, "--same", "1=WT-1"), 2, "--same: the list has no row 1"),
        (
            (*MINE, "--same", "4=WT-3", "--different", "4=WT-3"),
            2,
            "--different 4=WT-3 contradicts 4=WT-3: give one of them",
        ),
        (
            (*MINE, "--same", "4=WT-3", "--same", "4=WT-1"),
            2,
            "--same 4=WT-1 contradicts 4=WT-3: give one of them",
        ),
        ((*MINE, "--same", "4=WT-6"), 4, f"issue WT-6 is not one of {HOSPITAL} [三.4]"),
        ((*MINE, "--same", "4=WT-5"), 4, "issue WT-5 is void since 2026-11-23"),
        ((*MINE, "--same", "4=WT-3", "-f", "pdf"), 2, "no format pdf; there are table, tsv, csv, json, jsonl, md, xlsx"),
        ((*MINE, "--decide"), 2, "--decide asks on a terminal: use --same and --different elsewhere"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_one_line_and_nothing_is_written(made, problems, words, code, sentence):
    before = made.dump()
    ran = made(*CALL, problems, *words, code=code)
    assert (ran.out, ran.err) == ("", f"svcq: {sentence}\n")
    assert made.dump() == before


def test_an_unknown_issue_is_not_found(made, problems):
    assert "WT-99 is not known" in made(*CALL, problems, *MINE, "--same", "4=WT-99", code=3).err


def test_an_empty_list_leaves_ours_alone_and_without_issues_there_is_nothing(made, asked, tmp_path):
    path = write(tmp_path / "空.csv", [])
    assert [row["match"] for row in compared(made, path)] == ["only_ours"] * 4
    asked("customer", "add", "新院")
    assert asked(*CALL, path, "--customer", "新院", "-f", "json").json == []
    ran = asked(*CALL, path, "--customer", "新院", "-f", "table")
    assert (ran.out, ran.err) == ("", "both lists are empty\n")


def test_a_row_that_cannot_be_read_is_named_and_nothing_is_compared(made, tmp_path):
    path = write(tmp_path / "坏.csv", [*LIST, ("打印机卡纸", "2026-13-45", "处理中")])
    ran = made(*CALL, path, *MINE, code=5)
    assert ran.out == ""
    assert "B6" in ran.err


def test_a_store_that_is_not_there_is_said_and_not_made(empty, problems):
    assert "there is no store" in empty(*CALL, problems, *MINE, code=2).err
    assert not exists(empty.store)


def test_rows_of_several_sheets_are_decided_sheet_by_sheet(asked, tmp_path):
    book = openpyxl.Workbook()
    for name, entry in (("门诊", LIST[0]), ("检验", LIST[2])):
        sheet = book.create_sheet(name)
        sheet.append(["问题描述", "提出日期", "状态"])
        sheet.append(entry)
    del book["Sheet"]
    path = tmp_path / "两张.xlsx"
    book.save(path)
    said = asked(*CALL, path, *MINE, "--same", "2=WT-3", code=2).err
    assert said == "svcq: --same: several sheets have a row 2; name one with --sheet\n"
    assert compared(asked, path, "--sheet", "检验", "--same", "2=WT-3")[-1]["ours"] == "WT-3"
    assert [row["ours"] for row in compared(asked, path) if row["match"] == "matched"] == ["WT-1", "WT-3"]


# ---- Decisions


def test_what_is_decided_is_remembered_in_another_order_and_can_be_overridden(asked, problems, tmp_path):
    ran = asked(*CALL, problems, *MINE, "--same", "4=WT-3", "--different", "2=WT-1", "-f", "json")
    assert ran.err == "2 decisions remembered\n"
    told = [
        ("status_differs", 3, "WT-2"),
        ("only_theirs", 2, None),
        ("only_theirs", 5, None),
        ("only_ours", None, "WT-1"),
        ("only_ours", None, "WT-4"),
        ("matched", 4, "WT-3"),
    ]
    assert short(ran.json) == told
    assert ran.json[-1]["similarity"] == 100.0
    assert (
        asked(*CALL, problems, *MINE, "--same", "04=WT-3").err
        == "that is decided already: nothing to change\n"
    )
    again = compared(asked, write(tmp_path / "再次.csv", LIST[::-1]))
    assert {(row["match"], row["theirs"], row["ours"]) for row in again} == {
        (row["match"], row["theirs"], row["ours"]) for row in ran.json
    }
    over = compared(asked, problems, "--different", "4=WT-3", "--same", "2=WT-1")
    assert ("matched", 2, "WT-1") in short(over)
    assert ("only_ours", None, "WT-3") in short(over)
    logged = asked("log", "--limit", "2", "-f", "json").json
    assert {row["table"] for row in logged} == {"problem_match"}
    assert asked("db", "check").out == ""


def test_a_dry_run_decides_nothing(asked, problems, tmp_path):
    before = asked.dump()
    ran = asked(*CALL, problems, *MINE, "--same", "4=WT-3", "--dry-run")
    assert ran.err == "1 decision remembered (dry run: nothing was written)\n"
    path = tmp_path / "核对.xlsx"
    assert asked(*CALL, problems, *MINE, "--dry-run", "-o", path).err == f"{path} written\n"
    assert asked.dump() == before


def decided(svcq, file, answers):
    """--decide on a terminal, the answers typed in turn: what was to be seen before the listing."""
    script = [svcq, *CALL, str(file), *MINE, "--decide", "-f", "json"]
    code, seen = type_in(*script, answers=answers)
    assert code == 0
    return seen.partition("\n[")[0]


def test_on_a_terminal_each_doubtful_pair_is_asked_about_and_each_answer_kept(asked, tmp_path):
    rows = [
        ("检验报告打印缺少签名", "2026-10-05", "处理中"),
        ("空调坏了不制冷，食堂的", "2026-10-05", "处理中"),
    ]
    path = write(tmp_path / "a.csv", rows)
    doubtful = [row for row in compared(asked, path) if row["match"] == "doubtful"]
    assert [row["ours"] for row in doubtful] == ["WT-3"]
    before = asked.dump()
    for answers in (["s"], ["q"], [""], ["what", "s"]):
        seen = decided(asked, path, answers)
        assert (
            "theirs: 2 2026-10-05 检验报告打印缺少签名\nours:   WT-3 2026-08-05 检验报告打印缺少页码\n"
            in seen
        )
        assert asked.dump() == before
    assert "1 decision remembered" in decided(asked, path, ["y"])
    assert ("matched", 2, "WT-3") in short(compared(asked, path))
    assert "the same?" not in decided(asked, path, [])
    asked(*CALL, path, *MINE, "--different", "2=WT-3")
    assert ("only_theirs", 2, None) in short(compared(asked, path))


# ---- The workbook for the hospital


@pytest.fixture
def book(made, problems, tmp_path):
    """The workbook, in Chinese."""
    path = tmp_path / "核对结果.xlsx"
    assert (
        Svcq(made.store, lang="zh")(*CALL, problems, *MINE, "-f", "xlsx", "-o", path).err
        == f"已写入 {path}\n"
    )
    return openpyxl.load_workbook(path)


def lines(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_workbook_has_a_summary_and_a_sheet_for_each_kind(book):
    title = f"问题核对：{HOSPITAL}，2026-11-23"
    assert book.sheetnames == ["汇总", "待确认", "状态不一致", "仅医院有", "仅我方有", "一致"]
    assert {sheet["A1"].value for sheet in book} == {title}
    counts = [["待确认", 1], ["状态不一致", 1], ["仅医院有", 1], ["仅我方有", 1], ["一致", 1]]
    assert lines(book["汇总"])[1:] == [["核对", "数量"], *counts]
    theirs, ours = (
        ["医院的问题", "医院提出日期", "医院状态"],
        ["我方编号", "我方问题", "我方登记日期", "我方状态", "工程师", "关闭日期"],
    )
    assert lines(book["一致"])[1] == theirs + ours
    assert lines(book["仅医院有"])[1] == theirs
    assert lines(book["仅我方有"])[1] == ours
    differs = lines(book["状态不一致"])[2]
    assert [one.date().isoformat() if hasattr(one, "date") else one for one in differs] == [
        *("月底盘点表导不出Excel", "2026-10-02", "未解决"),
        *("WT-2", "月末盘点表导出失败", "2026-10-02", "已关闭", "李伟", "2026-10-20"),
    ]


def test_the_hospital_sees_nothing_internal(book):
    told = " ".join(str(cell) for sheet in book for line in lines(sheet) for cell in line if cell)
    assert "内部" not in told
    assert "超期" not in told
    assert "重复登记" not in told
    assert "相似" not in told
    assert lines(book["待确认"])[2][6] == "未关闭"


def test_words_of_the_hospital_stay_words(made, tmp_path):
    path = write(tmp_path / "a.csv", [("=1+1", "", "=cmd|' /C calc'!A0")])
    made(*CALL, path, *MINE, "-o", tmp_path / "b.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "b.xlsx")["only theirs"]["A3"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_pipe_gets_the_same_workbook_and_chosen_columns_the_plain_listing(made, problems, tmp_path):
    ran = made(*CALL, problems, *MINE, "-f", "xlsx")
    assert openpyxl.load_workbook(io.BytesIO(ran.raw)).sheetnames[0] == "Summary"
    path = tmp_path / "a.xlsx"
    made(*CALL, problems, *MINE, "-o", path, "--columns", "match,ours")
    assert lines(openpyxl.load_workbook(path).worksheets[0])[0] == ["Match", "Our number"]


def test_the_list_itself_is_not_written_over(made, problems, tmp_path):
    before = problems.read_bytes()
    said = made(*CALL, problems, *MINE, "-f", "xlsx", "-o", problems, code=2).err
    assert "is being read" in said
    assert problems.read_bytes() == before


# ---- The bar


@pytest.mark.parametrize("seed", [1, 2])
def test_of_200_problems_worded_by_two_sides_and_60_of_one_side_95_in_100_are_paired_right(
    small, tmp_path, seed
):
    chance = random.Random(seed)
    both = chance.sample(written("tuning", "held-out"), 200)
    of = lists(seed, both, chance.sample(alone("plain"), 60))
    days = [date(2026, 9, 1) + timedelta(days=chance.randrange(80)) for _ in (*of.ours, *of.theirs)]
    ours = [(f"WT-{at:03}", HOSPITAL, one.text, days[at]) for at, one in enumerate(of.ours)]
    write(tmp_path / "issues.csv", ours, ("number", "customer", "title", "reported_on"))
    small("import", tmp_path / "issues.csv", "--kind", "issue")
    partner = {theirs: mine for mine, theirs in of.partner.items()}
    theirs = [
        (one.text, days[partner[at]] if at in partner else days[-at], chance.choice(["已解决", "处理中", ""]))
        for at, one in enumerate(of.theirs)
    ]
    rows = compared(small, write(tmp_path / "清单.csv", theirs))
    assert sorted(row["row"] for row in rows if row["row"]) == list(range(2, len(theirs) + 2))
    assert sorted(row["ours"] for row in rows if row["ours"]) == [number for number, *_ in ours]
    pairs = [row for row in rows if row["row"] and row["ours"]]
    assert {row["match"] for row in pairs} == {"doubtful", "matched", "status_differs"}
    right = [row for row in pairs if partner.get(row["row"] - 2) == int(row["ours"][3:])]
    assert len(right) >= 0.95 * len(both)
    assert [row for row in pairs if row["match"] != "doubtful" and row not in right] == []
