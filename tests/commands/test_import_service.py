"""四 五 六 Sheets of upgrades, migrations and callbacks as they are typed: in, in again, out and in."""

import csv
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.cli import Svcq

KINDS = {
    "upgrade": "number customer applied_by applied_on arranged_by arranged_on upgrader planned_on plan_on registered_on"
    " discussed_on tested_on no_test_reason approved_on done_on version issues_solved surprises special_modifications"
    " brought_back_on left_on report_on mailed_on called_on stable solved arranged answer informed_on second_called_on"
    " second_stable second_solved second_arranged second_answer second_informed_on revision",
    "skip": "upgrade on step skipped reason by",
    "migration": "number customer system engineer done_on reindexed_on registered_on revision",
    "callback": "quarter engineer customer drawn_on asked_on service attitude advice unsolved number issue seed revision",
    "try": "callback on by note",
}
UPGRADES = [
    ["程序升级登记表", None],
    [
        *(
            "升级编号",
            "医院名称",
            "客户经理",
            "申请日期",
            "大区经理",
            "安排日期",
            "升级工程师",
            "计划升级时间",
        ),
        *(
            "实际升级日期",
            "升级后版本",
            "解决问题",
            "报告提交日期",
            "回访日期",
            "是否稳定",
            "回访结果",
            "撤离日期",
        ),
    ],
    [
        *("SJ-1", "江州市中心医院", "赵强", "2026.9.3", "朱明远", date(2026, 9, 7), "卫星汉", "20260920"),
        *("2026年9月20日", "5.2", "WT-1,WT-2", "2026-09-25", "2026-09-28", "不稳定", "不明确", "2026-12-01"),
    ],
    ["SJ-2", "云河县人民医院", None, "2026-10-9", None, None, None, None, *["/"] * 8],
    [None, "云河县人民医院", None, "2026-11-9", None, None, None, "2026-12-20", *[None] * 8],
]
SKIPS = [
    ["升级编号", "日期", "步骤", "跳过的步骤", "原因", "登记人"],
    ["SJ-1", "2026-09-20", "升级", "方案、测试、客户认可", "急", "卫星汉"],
]
MIGRATIONS = [
    ["医院", "系统名称", "工程师", "迁移日期", "重建索引日期", "登记日期"],
    ["云河县人民医院", "HIS", "李伟", "2026-05-08", "2026-05-08", "2026-05-12"],
    ["云河县人民医院", "LIS", "李伟", "2026-05-08", None, None],
]
CALLBACKS = [
    [
        "季度",
        "工程师",
        "医院",
        "抽样日期",
        "回访日期",
        "对服务是否满意",
        "对工程师态度是否满意",
        "建议",
        "遗留问题",
    ],
    ["2026年第四季度", "李伟", "江州市中心医院", "2026-10-12", "2026-10-20", "满意", "5分", "多来", "打印慢"],
    ["2026Q4", "李伟", "云河县人民医院", "2026-10-12", *[None] * 5],
]
TRIES = [
    ["回访编号", "日期", "拨打人", "备注"],
    *[["2026Q4-李伟-云河县人民医院", "2026-10-13", "周静", "忙音"]] * 2,
    ["2026Q4-李伟-云河县人民医院", "2026-10-14", None, None],
]
SHEETS = {"未接通": TRIES, "跳步": SKIPS, "回访": CALLBACKS, "迁移": MIGRATIONS, "升级": UPGRADES}


def book(path: Path, **sheets: list[list[object]]) -> Path:
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, lines in sheets.items():
        sheet = made.create_sheet(name)
        for line in lines:
            sheet.append(line)
    made.save(path)
    return path


def counts(ran) -> dict[str, tuple[int, int, int, int]]:
    """Kind -> added, updated, unchanged, refused."""
    return {row["kind"]: (row["added"], row["updated"], row["unchanged"], row["refused"]) for row in ran.json}


@pytest.fixture
def service(tmp_path: Path) -> Svcq:
    """A store with everything of the workbook."""
    svcq = Svcq(tmp_path / "svcq.db")
    for name, role in (
        *(("李伟", "engineer"), ("赵强", "account_manager"), ("朱明远", "regional_manager")),
        *(("卫星汉", "upgrader"), ("周静", "qc")),
    ):
        svcq("staff", "add", name, "--role", role, "--region", "华东")
    svcq("customer", "add", "江州市中心医院", "--region", "华东", "--engineer", "李伟")
    svcq(
        "customer",
        "add",
        "云河县人民医院",
        "--region",
        "华北",
        "--level",
        "2",
        "--running-since",
        "2021-06-01",
    )
    ran = svcq("import", book(tmp_path / "all.xlsx", **SHEETS), "-f", "json")
    assert counts(ran) == {
        "upgrade": (3, 0, 0, 0),
        "skip": (1, 0, 0, 0),
        "migration": (2, 0, 0, 0),
        "callback": (2, 0, 0, 0),
        "try": (3, 0, 0, 0),
    }
    assert "1 upgrade has a step before which others are missing: SJ-1" in ran.err
    return svcq


def exported(svcq: Svcq, kind: str) -> list[dict[str, str]]:
    """The records of a kind as machines get them, without blanks."""
    lines = svcq("export", kind).raw.decode("utf-8-sig").splitlines()
    return [{key: value for key, value in row.items() if value} for row in csv.DictReader(lines)]


def test_the_sheets_of_a_workbook_come_in_in_the_right_order_and_once(service, tmp_path):
    first, second, third = exported(service, "upgrade")
    assert (first["number"], second["number"], third["number"]) == ("SJ-1", "SJ-2", "SVCQ-U2026-0001")
    assert (first["upgrader"], first["stable"], first["answer"]) == ("卫星汉", "no", "unclear")
    assert first["issues_solved"] == "WT-1、WT-2"
    assert exported(service, "skip")[0]["skipped"] == "plan、test、approve"
    assert [row.get("service") for row in exported(service, "callback")] == [None, "4"]
    before = service.dump()
    ran = service("import", tmp_path / "all.xlsx", "-f", "json")
    assert all(row["unchanged"] == row["read"] for row in ran.json)
    assert "nothing to change" in ran.err
    assert service.dump() == before
    assert service("db", "check").out == ""


def test_a_dry_run_writes_nothing(service, tmp_path):
    before = service.dump()
    path = book(tmp_path / "more.xlsx", 升级=[UPGRADES[1], ["SJ-9", *UPGRADES[2][1:]]])
    assert counts(service("import", path, "--dry-run", "-f", "json")) == {"upgrade": (1, 0, 0, 0)}
    assert service.dump() == before


@pytest.mark.parametrize(("form", "clear"), [("csv", ()), ("xlsx", ("--clear",))])
@pytest.mark.parametrize("kind", KINDS)
def test_an_export_that_is_imported_again_changes_nothing(service, tmp_path, kind, form, clear):
    path = tmp_path / f"{kind}.{form}"
    service("export", kind, "-o", path)
    before = service.dump()
    ran = service("import", path, *clear, "-f", "json")
    assert [(row["kind"], row["read"] == row["unchanged"]) for row in ran.json] == [(kind, True)]
    assert "nothing to change" in ran.err
    assert service.dump() == before


@pytest.mark.parametrize("kind", KINDS)
def test_an_export_for_machines_has_the_fields_of_its_sheet_kind(service, kind):
    out = service("export", kind).raw.decode("utf-8-sig")
    assert next(csv.reader(out.splitlines())) == KINDS[kind].split()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_of_everything_fills_an_empty_store_alike(service, tmp_path, form):
    empty = Svcq(tmp_path / "other.db")
    kinds = ("customer", "staff", *KINDS)
    files = [tmp_path / f"{kind}.{form}" for kind in kinds]
    for kind, file in zip(kinds, files, strict=True):
        service("export", kind, "-o", file)
    empty("import", *reversed(files))
    for kind in kinds:
        assert empty("export", kind).records == service("export", kind).records
    assert empty("due", "--all", "-f", "json").json == service("due", "--all", "-f", "json").json
    for day in ("2026-09-30", "2026-10-15"):
        asked = ("due", "--all", "--as-of", day, "-f", "json")
        assert empty(*asked).json == service(*asked).json
    assert empty("db", "check").out == ""


def test_refused_rows_are_mended_in_their_workbook_and_imported_again(service, tmp_path):
    rows = [
        ["升级编号", "客户名称", "安排人", "升级日期", "回访日期", "二次回访日期", "回访结果"],
        ["SJ-5", "江州市中心医院", "赵强", "2026-09-20", None, None, None],
        ["SJ-6", "江州市中心医院", "朱明远", "2026-09-20", "2026-09-25", "2026-09-24", "否"],
        ["SJ-7", "江州市中心医院", "朱明远", "2026-12-20", None, None, "一般"],
        ["SJ-8", "江州市中心医院", "朱明远", "2026-12-20", None, None, None],
    ]
    bad, path = tmp_path / "bad.xlsx", book(tmp_path / "rows.xlsx", 升级=rows)
    before = service.dump()
    ran = service("import", path, "--refused", bad, code=5)
    assert [line.partition(":")[0] for line in ran.err.splitlines() if line.startswith("升级!")] == [
        *("升级!C2", "升级!F3", "升级!G4", "升级!D5"),
    ]
    assert service.dump() == before
    made = load_workbook(bad)
    sheet = made["升级"]
    sheet["C2"], sheet["F3"], sheet["G4"], sheet["D4"], sheet["D5"] = (
        "朱明远",
        "2026-09-26",
        None,
        None,
        "2026-11-20",
    )
    made.save(bad)
    assert counts(service("import", bad, "-f", "json")) == {"upgrade": (4, 0, 0, 0)}
    assert service("db", "check").out == ""


def test_acts_after_today_are_taken_by_force_and_told(service, tmp_path):
    path = book(
        tmp_path / "ahead.xlsx",
        迁移=[MIGRATIONS[0], ["江州市中心医院", "HIS", None, "2026-12-24", None, None]],
    )
    assert "2026-12-24 is in the future" in service("import", path, code=5).err
    assert "1 record has acts dated after today" in service("import", path, "--force").err


def test_december_checks_go_out_and_come_in_again(tmp_path: Path) -> None:
    one, other = Svcq(tmp_path / "one.db"), Svcq(tmp_path / "other.db")
    one("staff", "add", "周静", "--role", "qc")
    one("--today", "2026-12-08", "migrate", "check", "2026", "--record", "--on", "2026-12-08", "--by", "周静")
    one("export", "migration_check", "-o", str(tmp_path / "checks.xlsx"))
    assert other("--today", "2026-12-09", "import", str(tmp_path / "checks.xlsx"), "-f", "json").code == 0
    assert other("export", "migration_check").out == one("export", "migration_check").out
    again = other("--today", "2026-12-09", "import", str(tmp_path / "checks.xlsx"), "-f", "json")
    assert '"unchanged": 1' in again.out
    told = other("--today", "2026-12-09", "due", "--all", "--rule", "migrate.check", "-f", "json").out
    assert '"met_on": "2026-12-08"' in told
