"""一 A hand-over from the acceptance to the hospital's receipt, as it is typed; what is refused, printed, written out."""

import json

import pytest
from openpyxl import Workbook, load_workbook

from tests.cli import Svcq
from tests.handed import CONTRACT, handed


def keys(text):
    return text.split()


KEYS = keys(
    "number project_number project customer phase modules project_manager account_manager accepted_on"
    " application_on worklog_on documents_on decision decided_on decided_by expected_on reason free_from free_until"
    " registered_on notice_on receipt_on state"
)
OBLIGATION = keys(
    "rule clause process number customer person starts_on due_on met_on state days_overdue fine provisional"
    " before_live note"
)


@pytest.fixture
def svcq(tmp_path):
    """The four hand-overs, at every gate one."""
    return Svcq(handed(tmp_path / "svcq.db"))


def shown(svcq, number, *words):
    return svcq("handover", "show", number, *words, "-f", "json").json


def states(svcq, *words):
    return {row["number"]: row["state"] for row in svcq("handover", "list", *words, "-f", "json").json}


def owed(svcq, number, *words):
    rows = svcq("due", "--all", "--number", number, *words, "-f", "json").json
    return [(row["rule"].removeprefix("handover."), row["due_on"], row["state"]) for row in rows]


# --- the whole story


def test_a_hand_over_goes_through_its_gates(svcq):
    svcq(
        *(
            "handover",
            "add",
            "YJ-9",
            "--customer",
            "江州市中心医院",
            "--project",
            "LIS",
            "--project-number",
            "XM-9",
        ),
        *("--phase", "二期", "--modules", "检验", "--project-manager", "卫星汉", "--accepted", "2026-09-01"),
    )
    assert states(svcq)["YJ-9"] == "applying"
    svcq("handover", "apply", "YJ-9", "--application", "2026-09-03", "--worklog", "2026-09-03")
    assert states(svcq)["YJ-9"] == "applying"
    svcq("handover", "apply", "YJ-9", "--documents", "2026-09-07")
    assert states(svcq)["YJ-9"] == "deciding"
    no = ("--not-eligible", "--on", "2026-09-10", "--with", "朱明远", "--expected", "2026-10-12")
    ran = svcq("handover", "decide", "YJ-9", *no, "--reason", "接口未联调")
    assert ran.err == "hand-over YJ-9: not eligible, expected on 2026-10-12\n"
    svcq(
        "handover",
        "follow-up",
        "YJ-9",
        "--on",
        "2026-10-09",
        "--expected",
        "2026-11-09",
        "--note",
        "下周联调",
    )
    assert (states(svcq)["YJ-9"], shown(svcq, "YJ-9")["expected_on"]) == ("not_eligible", "2026-11-09")
    ran = svcq("handover", "decide", "YJ-9", "--eligible", "--on", "2026-11-06", "--with", "何万里")
    assert ran.err == (
        "hand-over YJ-9: eligible; free maintenance 2026-09-01 to 2027-09-01, contract SVCQ-2026-0002\n"
    )
    svcq("handover", "register", "YJ-9", "--on", "2026-11-09")
    svcq("handover", "notice", "YJ-9", "--on", "2026-11-10")
    assert states(svcq)["YJ-9"] == "eligible"
    svcq("handover", "receipt", "YJ-9", "--on", "2026-11-16")
    assert states(svcq)["YJ-9"] == "complete"
    assert owed(svcq, "YJ-9") == [
        ("apply", "2026-09-08", "met"),
        ("decide", "2026-09-20", "met"),
        ("follow_up", "2026-10-12", "met"),
        ("follow_up", "2026-11-09", "met"),
        ("register", "2026-11-11", "met"),
        ("notice", "2026-11-13", "met"),
        ("receipt", "2026-11-24", "met"),
    ]
    (row,) = [one for one in svcq("contract", "list", "-f", "json").json if one["number"] == "SVCQ-2026-0002"]
    assert (row["state"], row["customer_status"], row["free_until"]) == ("free", "转化", "2027-09-01")
    assert svcq("db", "check").out == ""


WHOLE = {
    "number": "YJ-3",
    "project_number": "XM-3",
    "project": "HIS3",
    "customer": "江州市中心医院",
    "phase": "一期",
    "modules": "门诊、住院",
    "project_manager": "卫星汉",
    "account_manager": "赵强",
    "accepted_on": "2026-09-01",
    "application_on": "2026-09-03",
    "worklog_on": "2026-09-04",
    "documents_on": "2026-09-04",
    "decision": "not_eligible",
    "decided_on": "2026-09-10",
    "decided_by": "朱明远",
    "expected_on": "2026-11-09",
    "reason": "接口未联调",
    "free_from": None,
    "free_until": None,
    "registered_on": None,
    "notice_on": None,
    "receipt_on": None,
    "state": "not_eligible",
    "region": "华东",
    "contract": None,
    "customer_status": None,
    "missing": None,
}
TRAIL = [
    {
        "on": "2026-09-10",
        "by": "朱明远",
        "decision": "not_eligible",
        "expected_on": "2026-10-12",
        "note": "接口未联调",
    },
    {"on": "2026-10-09", "by": "周静", "decision": None, "expected_on": "2026-11-09", "note": "接口下周联调"},
]


def test_the_record_whole(svcq):
    found = shown(svcq, "YJ-3")
    others = {"obligations", "trail", "phases", "contracts", "history", "revision"}
    assert {key: value for key, value in found.items() if key not in others} == WHOLE
    assert (found["trail"], found["phases"], found["contracts"]) == (TRAIL, [], [])
    assert found["obligations"] == [
        {
            **{"rule": f"handover.{rule}", "clause": clause, "process": "handover", "number": "YJ-3"},
            **{
                "customer": "江州市中心医院",
                "person": person,
                "starts_on": start,
                "due_on": due,
                "met_on": met,
            },
            **{"state": state, "days_overdue": late, "fine": 0, "provisional": False, "before_live": False},
            **{"note": None, "region": "华东", "explanation": why},
        }
        for rule, clause, person, start, due, met, state, late, why in (
            (
                *("apply", "一.1", "卫星汉", "2026-09-01", "2026-09-08", "2026-09-04", "met", 0),
                "5 working days after 2026-09-01",
            ),
            (
                *("decide", "一.1", None, "2026-09-04", "2026-09-18", "2026-09-10", "met", 0),
                "10 working days after 2026-09-04",
            ),
            ("follow_up", "一.1.B", None, "2026-09-10", "2026-10-12", "2026-10-09", "met", 0, "a fixed date"),
            ("follow_up", "一.1.B", None, "2026-10-09", "2026-11-09", None, "overdue", 14, "a fixed date"),
        )
    ]
    assert {(row["table"], row["field"]) for row in found["history"]} >= {
        ("handover", "project"),
        ("handover_trail", "expected_on"),
    }


def test_a_listing_has_the_promised_keys_in_their_order_and_everything_in_it(svcq):
    rows = svcq("handover", "list", "-f", "json").json
    assert [list(row)[: len(KEYS)] for row in rows] == [KEYS] * 4
    assert rows[2] == WHOLE
    assert states(svcq) == {
        "YJ-1": "applying",
        "YJ-2": "deciding",
        "YJ-3": "not_eligible",
        "YJ-4": "eligible",
    }


def test_the_table_of_those_not_eligible_has_them_with_the_newest_words(svcq):
    (row,) = svcq("handover", "information", "-f", "json").json
    assert row.keys() >= set(KEYS)
    assert (row["number"], row["days_overdue"]) == ("YJ-3", 14)
    assert (row["heard_on"], row["heard_by"], row["heard"]) == ("2026-10-09", "周静", "接口下周联调")
    (row,) = svcq("handover", "information", "--as-of", "2026-10-08", "-f", "json").json
    assert (row["expected_on"], row["days_overdue"], row["heard"]) == ("2026-10-12", 0, None)
    assert svcq("handover", "information", "--as-of", "2026-09-09", "-f", "json").json == []
    svcq("handover", "decide", "YJ-3", "--eligible", "--on", "today", "--with", "朱明远")
    assert svcq("handover", "information", "-f", "json").json == []
    assert [
        row["number"] for row in svcq("handover", "information", "--as-of", "yesterday", "-f", "json").json
    ] == ["YJ-3"]


def test_what_is_overdue_is_told_by_obligation(svcq):
    rows = svcq("handover", "overdue", "-f", "json").json
    assert [list(row)[: len(OBLIGATION)] for row in rows] == [OBLIGATION] * len(rows)
    assert [(row["number"], row["rule"], row["days_overdue"]) for row in rows] == [
        ("YJ-1", "handover.apply", 76),
        ("YJ-2", "handover.decide", 66),
        ("YJ-4", "handover.register", 66),
        ("YJ-4", "handover.notice", 63),
        ("YJ-3", "handover.follow_up", 14),
    ]
    assert svcq("handover", "overdue", "--as-of", "2026-09-08", "-f", "json").json == []
    assert svcq("handover", "overdue", "--person", "卫星汉", "-f", "json").json[0]["number"] == "YJ-1"
    svcq("handover", "overdue", "--exit-code", code=10)


# --- earlier days


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-08-31", {}),
        ("2026-09-01", {"YJ-1": "applying", "YJ-2": "applying", "YJ-3": "applying", "YJ-4": "applying"}),
        ("2026-09-03", {"YJ-1": "applying", "YJ-2": "applying", "YJ-3": "applying", "YJ-4": "applying"}),
        ("2026-09-04", {"YJ-1": "applying", "YJ-2": "deciding", "YJ-3": "deciding", "YJ-4": "deciding"}),
        ("2026-09-14", {"YJ-1": "applying", "YJ-2": "deciding", "YJ-3": "not_eligible", "YJ-4": "deciding"}),
        ("2026-09-15", {"YJ-1": "applying", "YJ-2": "deciding", "YJ-3": "not_eligible", "YJ-4": "eligible"}),
    ],
)
def test_on_an_earlier_day_everything_stands_as_it_did(svcq, day, expected):
    assert states(svcq, "--as-of", day) == expected


def test_what_a_decision_brought_is_not_there_before_it(svcq):
    row = shown(svcq, "YJ-4", "--as-of", "2026-09-14")
    assert [
        row[key] for key in ("decision", "decided_on", "free_from", "free_until", "contract", "missing")
    ] == [None] * 6
    assert [one["rule"] for one in row["obligations"]] == ["handover.apply", "handover.decide"]
    row = shown(svcq, "YJ-4", "--as-of", "2026-09-15")
    assert (row["decision"], row["free_from"], row["contract"]) == ("eligible", "2026-09-01", CONTRACT)
    contracts = svcq("contract", "list", "--as-of", "2026-09-14", "-f", "json").json
    assert [one["number"] for one in contracts] == []


def test_people_are_those_of_the_day(svcq):
    svcq("handover", "assign", "YJ-1", "--role", "project_manager", "--to", "蒋逢春", "--from", "2026-10-01")
    for day, name in (("2026-09-30", "卫星汉"), ("2026-10-01", "蒋逢春")):
        rows = svcq("handover", "list", "--as-of", day, "--person", name, "-f", "json").json
        assert "YJ-1" in {row["number"] for row in rows}
        assert shown(svcq, "YJ-1", "--as-of", day)["project_manager"] == name


# --- choosing and printing


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        (("--state", "deciding"), ["YJ-2"]),
        (("--project-number", "XM-3"), ["YJ-3"]),
        (("--project-number", "ＸＭ－３"), ["YJ-3"]),
        (("--project-number", "XM-0"), []),
        (("--customer", "H001", "--state", "eligible"), ["YJ-4"]),
        (("--customer", "H002"), []),
        (("--region", "华东", "--limit", "2"), ["YJ-1", "YJ-2"]),
        (("--person", "赵强", "--limit", "1"), ["YJ-1"]),
        (("--person", "陈立"), []),
        (("--state", "deciding", "--limit", "1", "--as-of", "2026-09-04"), ["YJ-2"]),
    ],
)
def test_a_listing_can_be_narrowed(svcq, words, numbers):
    assert [row["number"] for row in svcq("handover", "list", *words, "-f", "json").json] == numbers


def test_the_other_phases_of_a_project_and_its_row_in_the_tracking_table_are_shown(svcq):
    svcq("handover", "add", "YJ-9", "--customer", "H001", "--project-number", "XM-4", "--phase", "二期")
    found = shown(svcq, "YJ-4")
    assert [(one["number"], one["phase"]) for one in found["phases"]] == [("YJ-9", "二期")]
    assert [one["number"] for one in found["contracts"]] == [CONTRACT]
    assert [one["number"] for one in shown(svcq, "YJ-9")["phases"]] == ["YJ-4"]


def test_what_a_registration_lacks_is_named_wherever_it_is_looked_at(svcq):
    svcq("handover", "edit", "YJ-4", "--modules", "none", "--project-number", "none", "--reason", "登记有误")
    ran = svcq("handover", "register", "YJ-4", "--on", "today", code=4)
    assert (
        ran.err == "svcq: hand-over YJ-4 cannot be registered yet, it lacks: project number, modules [一.2]\n"
    )
    assert shown(svcq, "YJ-4")["missing"] == "project_number、modules"
    assert "project number、modules" in svcq("handover", "show", "YJ-4", "-f", "table").out
    (row,) = svcq("handover", "list", "--columns", "number,missing", "--state", "eligible", "-f", "json").json
    assert row == {"number": "YJ-4", "missing": "project_number、modules"}


def test_the_note_of_an_incomplete_registration_is_in_words_for_people(svcq, tmp_path):
    path = tmp_path / "移交.csv"
    path.write_text("移交编号,登记日期\nYJ-4,2026-09-17\n", encoding="utf-8")
    svcq("handover", "edit", "YJ-4", "--modules", "none", "--reason", "x")
    ran = svcq("import", path)
    assert "1 hand-over is registered incompletely" in ran.err
    (row,) = [
        one for one in svcq("handover", "overdue", "-f", "json").json if one["rule"] == "handover.register"
    ]
    assert row["note"] == "modules"
    assert "modules" in svcq("handover", "overdue", "-f", "table").out


def test_a_listing_is_a_workbook_too(svcq, tmp_path):
    svcq("handover", "information", "-f", "xlsx", "-o", tmp_path / "信息表.xlsx")
    sheet = load_workbook(tmp_path / "信息表.xlsx").active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(row for row in rows if "Number" in row)
    line = rows[rows.index(head) + 1]
    assert (line[head.index("Number")], line[head.index("What was heard")]) == ("YJ-3", "接口下周联调")
    assert line[head.index("Expected")].date().isoformat() == "2026-11-09"


def test_nothing_of_nothing_is_a_sentence(empty):
    for words in (("list",), ("information",), ("overdue",)):
        assert "there is no store" in empty("handover", *words, "-f", "table").err
    assert json.loads(empty("handover", "list", "-f", "json").out) == []
    empty("handover", "show", "YJ-1", code=3)


# --- refusals


REFUSALS = [
    (2, ("apply", "YJ-1"), "say what was handed in"),
    (2, ("apply", "YJ-1", "--worklog", "gestern"), "--worklog"),
    (4, ("apply", "YJ-2", "--worklog", "2026-09-05"), "`svcq handover edit YJ-2 --reason …` mends it"),
    (4, ("apply", "YJ-1", "--worklog", "+1d"), "in the future"),
    (3, ("apply", "YJ-77", "--worklog", "today"), "YJ-77 is not known"),
    (2, ("decide", "YJ-2", "--on", "today", "--with", "朱明远"), "either --eligible or --not-eligible"),
    (2, ("decide", "YJ-2", "--eligible", "--not-eligible", "--on", "today", "--with", "朱明远"), "either"),
    (2, ("decide", "YJ-2", "--eligible", "--on", "today"), "--with"),
    (
        2,
        ("decide", "YJ-2", "--eligible", "--on", "today", "--with", "朱明远", "--expected", "+3d"),
        "--expected",
    ),
    (
        2,
        ("decide", "YJ-2", "--not-eligible", "--on", "today", "--with", "朱明远", "--free-from", "today"),
        "--free-from",
    ),
    (4, ("decide", "YJ-1", "--eligible", "--on", "today", "--with", "朱明远"), "[一.1]"),
    (4, ("decide", "YJ-2", "--eligible", "--on", "today", "--with", "李伟"), "one of 何万里, 朱明远 [一.1]"),
    (3, ("decide", "YJ-2", "--eligible", "--on", "today", "--with", "朱远明"), "did you mean 朱明远?"),
    (4, ("decide", "YJ-2", "--not-eligible", "--on", "today", "--with", "朱明远"), "[一.1.B]"),
    (
        4,
        ("decide", "YJ-4", "--eligible", "--on", "today", "--with", "朱明远"),
        "eligible since 2026-09-15 [一.1]",
    ),
    (2, ("follow-up", "YJ-3", "--on", "today"), "--note"),
    (4, ("follow-up", "YJ-3", "--on", "today", "--expected", "+3d"), "say --note [一.1.B]"),
    (4, ("follow-up", "YJ-4", "--on", "today", "--note", "x"), "[一.1]"),
    (4, ("follow-up", "YJ-2", "--on", "today", "--note", "x"), "[一.1.B]"),
    (4, ("register", "YJ-3", "--on", "today"), "[一.2]"),
    (4, ("notice", "YJ-3", "--on", "today"), "[一.3]"),
    (4, ("receipt", "YJ-4", "--on", "today"), "`svcq handover notice YJ-4 --on DATE` first [一.3]"),
    (4, ("add", "YJ-1", "--customer", "H001"), "`svcq handover edit`"),
    (3, ("add", "--customer", "江州中心医院"), "did you mean"),
    (4, ("add", "--customer", "H001", "--accepted", "+1d"), "in the future"),
    (2, ("edit", "YJ-1", "--reason", "x"), "say what to change"),
    (2, ("edit", "YJ-1", "--customer", "none", "--reason", "x"), "keeps its customer"),
    (4, ("edit", "YJ-4", "--worklog", "none", "--reason", "x"), "the worklog is not in [一.1]"),
    (2, ("assign", "YJ-1", "--role", "engineer", "--to", "李伟"), "is no role here"),
    (3, ("show", "YJ-77"), "YJ-77 is not known"),
    (2, ("list", "--state", "lost"), "applying, deciding, not_eligible, eligible, complete, void"),
    (2, ("form", "YJ-4", "--kind", "letter", "-o", "x.xlsx"), "application, notice, receipt"),
    (2, ("form", "YJ-4", "--kind", "notice", "-o", "x.pdf"), "FILE.xlsx"),
    (3, ("form", "YJ-77", "--kind", "notice", "-o", "x.xlsx"), "YJ-77 is not known"),
]


@pytest.mark.parametrize(
    ("code", "typed", "said"),
    REFUSALS,
    ids=lambda value: " ".join(value[:3]) if isinstance(value, tuple) else "",
)
def test_a_refusal_is_one_line_with_its_exit_code_and_writes_nothing(
    svcq, tmp_path, monkeypatch, code, typed, said
):
    monkeypatch.chdir(tmp_path)
    before = svcq.dump()
    ran = svcq("handover", *typed, code=code)
    assert len(ran.err.splitlines()) == 1
    assert ran.err.startswith("svcq: ")
    assert said in ran.err
    assert ran.out == ""
    assert svcq.dump() == before
    assert {path.name for path in tmp_path.iterdir()} <= {"svcq.db"}


WRITES = [
    ("add", "YJ-9", "--customer", "H001"),
    ("apply", "YJ-1", "--worklog", "2026-09-03"),
    ("decide", "YJ-2", "--eligible", "--on", "2026-09-15", "--with", "朱明远"),
    (
        *("decide", "YJ-2", "--not-eligible", "--on", "2026-09-15", "--with", "朱明远"),
        *("--expected", "2026-12-01", "--reason", "x"),
    ),
    ("follow-up", "YJ-3", "--on", "2026-11-20", "--expected", "2026-12-01", "--note", "x"),
    ("register", "YJ-4", "--on", "2026-09-17"),
    ("notice", "YJ-4", "--on", "2026-09-17"),
    ("edit", "YJ-4", "--accepted", "2026-09-02", "--reason", "x"),
    ("void", "YJ-4", "--reason", "x"),
    ("assign", "YJ-1", "--role", "account_manager", "--to", "周静"),
    ("assign", "YJ-1", "--role", "project_manager", "--to", "none"),
]


@pytest.mark.parametrize("typed", WRITES, ids=lambda typed: " ".join(typed[:3]))
def test_a_dry_run_writes_nothing_and_a_second_time_is_success(svcq, typed):
    before = svcq.dump()
    assert "(dry run: nothing was written)" in svcq("handover", *typed, "--dry-run").err
    assert svcq.dump() == before
    svcq("handover", *typed)
    after = svcq.dump()
    assert after != before
    assert svcq("db", "check").out == ""
    if typed[0] != "add":
        ran = svcq("handover", *typed)
        assert len(ran.err.splitlines()) == 1
        assert "nothing to change" in ran.err
        assert svcq.dump() == after


def test_a_void_hand_over_says_what_became_of_its_row(svcq):
    ran = svcq("handover", "void", "YJ-4", "--reason", "重复登记")
    assert ran.err.splitlines() == [
        "hand-over YJ-4 is void",
        f"note: its row in the tracking table, {CONTRACT}, is void with it",
    ]
    assert (states(svcq)["YJ-4"], owed(svcq, "YJ-4")) == ("void", [])
    svcq("handover", "decide", "YJ-2", "--eligible", "--on", "2026-09-15", "--with", "朱明远")
    svcq("contract", "seal", "SVCQ-2026-0002", "--on", "today")
    ran = svcq("handover", "void", "YJ-2", "--reason", "重复登记")
    assert ran.err.splitlines()[1] == (
        "note: contract SVCQ-2026-0002 in the tracking table has its own history and stays"
    )


def test_what_is_missing_is_said_when_it_is_decided(svcq):
    svcq("handover", "edit", "YJ-2", "--modules", "none", "--accepted", "none", "--reason", "x")
    ran = svcq("handover", "decide", "YJ-2", "--eligible", "--on", "2026-09-15", "--with", "朱明远")
    assert ran.err.splitlines() == [
        "hand-over YJ-2: eligible; free maintenance – to –, contract SVCQ-2026-0002",
        "note: the registration still lacks: modules, start of free maintenance, end of free maintenance",
    ]


# --- files


HEAD = ["项目编号", "项目名称", "医院", "期次", "项目经理", "验收日期", "申请日期", "工作底稿", "验收文档"]
HEAD += ["是否可移交", "确认日期", "确认人", "预计移交日期", "原因"]


def table(path, *rows):
    book = Workbook()
    sheet = book.active
    sheet.title = "信息表"
    for row in (["项目移交信息表"], HEAD, *rows, ["合计", len(rows)]):
        sheet.append(row)
    sheet.merge_cells("A1:N1")
    book.save(path)
    return path


def test_the_table_of_an_office_comes_in_and_only_once(svcq, tmp_path):
    path = table(
        tmp_path / "项目移交信息表.xlsx",
        [
            "XM-8",
            "LIS",
            "江州市 中心医院",
            "一期",
            "卫星汉",
            "2026.9.1",
            "2026.9.3",
            "2026.9.3",
            "2026.9.4",
            "符合",
            "2026-9-10",
            "朱明远",
        ],
        [
            "XM-8",
            "LIS",
            "H001",
            "二期",
            "卫星汉",
            "2026.9.1",
            "2026.9.3",
            "2026.9.3",
            "2026.9.4",
            "暂缓移交",
            "2026-9-10",
            "何万里",
            "2026-12-01",
            "未联调",
        ],
        [None, "PACS", "H002", None, "蒋逢春", "2026年11月2日"],
    )
    (row,) = svcq("import", path, "-f", "json").json
    assert (row["kind"], row["read"], row["added"]) == ("handover", 3, 3)
    found = {
        (row["project_number"], row["phase"]): (row["customer"], row["state"])
        for row in svcq("handover", "list", "-f", "json").json
    }
    assert found["XM-8", "一期"] == ("江州市中心医院", "eligible")
    assert found["XM-8", "二期"] == ("江州市中心医院", "not_eligible")
    assert found[None, None] == ("云河县人民医院", "applying")
    before = svcq.dump()
    ran = svcq("import", path, "-f", "json")
    assert ran.json[0]["unchanged"] == 3
    assert svcq.dump() == before
    assert svcq("db", "check").out == ""


def test_a_mistake_in_the_table_is_named_by_its_cell(svcq, tmp_path):
    good = ["XM-8", "LIS", "H001", "一期", "卫星汉", "2026.9.1", "2026.9.3", "2026.9.3", "2026.9.4"]
    path = table(
        tmp_path / "项目移交信息表.xlsx",
        [*good[:3], "一期", *good[4:8], None, "符合", "2026-9-10", "朱明远"],
        [*good[:3], "二期", *good[4:], "符合", "2026-9-10", "周静"],
        [*good[:3], "三期", *good[4:], "不符合", "2026-9-10", "朱明远"],
        [*good[:3], "四期", *good[4:], "符合", "2026-12-10", "朱明远"],
    )
    before = svcq.dump()
    ran = svcq("import", path, code=5)
    assert [line.split(": ")[0] for line in ran.err.splitlines()[:-1]] == [
        "信息表!J3",
        "信息表!L4",
        "信息表!M5",
        "信息表!K6",
    ]
    assert svcq.dump() == before
    ran = svcq("import", path, "--force", "--partial", "-f", "json", code=5)
    assert (ran.json[0]["added"], ran.json[0]["refused"]) == (1, 3)


def test_a_file_in_gbk_with_hand_overs_and_one_with_their_trail(svcq, tmp_path):
    (tmp_path / "移交.csv").write_bytes(
        "移交编号,项目编号,项目名称,客户名称,验收日期\nYJ-9,XM-9,门诊系统,江州市中心医院,2026-9-1\n".encode(
            "gbk"
        )
    )
    (tmp_path / "跟踪.csv").write_bytes(
        "移交编号,跟踪日期,跟踪人,预计移交日期,跟踪情况\nYJ-3,2026-11-20,吴兰,2026-12-15,等待院方验收\n".encode(
            "gb18030"
        )
    )
    rows = svcq("import", tmp_path / "跟踪.csv", tmp_path / "移交.csv", "-f", "json").json
    assert [(row["kind"], row["added"]) for row in rows] == [("handover", 1), ("follow_up", 1)]
    assert shown(svcq, "YJ-3")["expected_on"] == "2026-12-15"
    assert shown(svcq, "YJ-3")["trail"][-1]["note"] == "等待院方验收"


def test_an_export_changes_nothing_and_makes_the_same_elsewhere(svcq, tmp_path):
    kinds = ("staff", "customer", "contract", "handover", "follow_up")
    for form in ("csv", "xlsx"):
        files = [tmp_path / f"{kind}.{form}" for kind in kinds]
        for kind, file in zip(kinds, files, strict=True):
            svcq("export", kind, "-o", file)
        before = svcq.dump()
        assert all(row["unchanged"] == row["read"] for row in svcq("import", *files, "-f", "json").json)
        assert svcq.dump() == before
        other = Svcq(tmp_path / f"{form}.db")
        other("import", *files)
        for day in ("2026-09-04", "2026-09-15", "2026-11-23"):
            for words in (
                ("handover", "list"),
                ("handover", "information"),
                ("contract", "list"),
                ("due", "--all"),
            ):
                asked = (*words, "--as-of", day, "-f", "json")
                assert other(*asked).json == svcq(*asked).json, asked


# --- forms


@pytest.mark.parametrize("kind", ["application", "notice", "receipt"])
def test_a_form_is_a_workbook_to_print_with_the_hand_over_in_it(svcq, tmp_path, kind):
    path = tmp_path / "表.xlsx"
    ran = svcq("handover", "form", "YJ-4", "--kind", kind, "-o", path)
    assert ran.err.splitlines()[0] == (
        "note: the policy does not say company.name, company.phone: the form leaves room for it"
    )
    assert ran.err.splitlines()[1].endswith(f"of YJ-4 written to {path}")
    text = "\n".join(
        str(cell.value) for row in load_workbook(path).active.iter_rows() for cell in row if cell.value
    )
    assert "YJ-4" in text
    assert "江州市中心医院" in text
    assert "（公司名称）" not in text


def test_a_notice_names_who_serves_the_hospital_and_the_company(svcq, tmp_path):
    (tmp_path / "mine.toml").write_text(
        '[settings.company]\nname = "金杏软件有限公司"\nphone = "400-800-1234"\n', encoding="utf-8"
    )
    svcq("policy", "apply", tmp_path / "mine.toml", "--from", "2026-01-01")
    svcq("staff", "edit", "李伟", "--phone", "138-1", "--reason", "x")
    svcq("staff", "edit", "赵强", "--phone", "138-2", "--reason", "x")
    svcq("staff", "edit", "周静", "--phone", "021-3", "--reason", "x")
    svcq("staff", "duty", "handover.receipt", "周静")
    path = tmp_path / "告知书.xlsx"
    ran = svcq("--lang", "zh", "handover", "form", "YJ-4", "--kind", "notice", "-o", path)
    assert len(ran.err.splitlines()) == 1
    text = "\n".join(
        str(cell.value) for row in load_workbook(path).active.iter_rows() for cell in row if cell.value
    )
    for said in (
        "金杏软件有限公司",
        "400-800-1234",
        "李伟",
        "138-1",
        "赵强",
        "138-2",
        "周静 021-3",
        "HIS4",
        "门诊、住院",
    ):
        assert said in text, said


def test_a_notice_of_a_project_that_is_not_eligible_is_written_with_a_word_of_warning(svcq, tmp_path):
    told = "note: hand-over YJ-3 is not eligible: the notice goes out once it is"
    for kind, number, expected in (
        ("notice", "YJ-3", True),
        ("receipt", "YJ-3", True),
        ("application", "YJ-3", False),
        ("notice", "YJ-4", False),
    ):
        result = svcq("handover", "form", number, "--kind", kind, "-o", tmp_path / f"{kind}.xlsx")
        assert (told in result.err) is expected
        assert (tmp_path / f"{kind}.xlsx").exists()


def test_a_text_that_looks_like_a_formula_stays_text_in_a_form(svcq, tmp_path):
    svcq("handover", "edit", "YJ-4", "--project", "=1+1", "--reason", "x")
    svcq("handover", "form", "YJ-4", "--kind", "application", "-o", tmp_path / "f.xlsx")
    cells = [cell for row in load_workbook(tmp_path / "f.xlsx").active.iter_rows() for cell in row]
    (cell,) = [cell for cell in cells if cell.value == "=1+1"]
    assert cell.data_type == "s"
