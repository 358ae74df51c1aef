"""五 Migrations as they are typed: one from its day to its registration, what is due in a year, the December check."""

import json
from datetime import date

import pytest
from openpyxl import load_workbook

from tests.cli import Svcq
from tests.stores import peopled


def keys(text):
    return text.split()


KEYS = keys("number customer system engineer done_on reindexed_on registered_on state")
YEAR = keys("customer level running_since year migrated_on engineer state")
OBLIGATION = keys(
    "rule clause process number customer person starts_on due_on met_on state days_overdue fine provisional"
    " before_live note"
)
CITY, COUNTY, SECOND, THIRD = "江州市中医院", "云河县人民医院", "云河县第二人民医院", "江州市中心医院"


@pytest.fixture
def svcq(tmp_path):
    """A hospital that was migrated, one that was not, one that has not been running long enough, one of level 3."""
    made = Svcq(peopled(tmp_path / "svcq.db"))
    made("staff", "add", "王芳", "--role", "engineer")
    for name, since in ((CITY, "2020-05-01"), (SECOND, "2023-01-02")):
        made(
            *("customer", "add", name, "--level", "2", "--running-since", since),
            *("--region", "华东", "--engineer", "王芳"),
        )
    made("customer", "edit", COUNTY, "--running-since", "2023-01-01", "--reason", "补登")
    made("customer", "edit", THIRD, "--running-since", "2010-01-01", "--reason", "补登")
    made("migrate", "add", "QY-1", "--customer", CITY, "--on", "2026-03-05", "--system", "HIS")
    return made


def owed(svcq, number):
    rows = svcq("due", "--all", "--number", number, "-f", "json").json
    return [(row["rule"], row["person"], row["due_on"], row["state"]) for row in rows]


def rows(svcq, *words):
    return svcq("migrate", *words, "-f", "json").json


# --- one migration


def test_a_migration_is_entered_indexed_and_registered(svcq):
    ran = svcq("migrate", "add", "--customer", CITY, "--on", "2026-11-19", "--system", "LIS")
    assert ran.err == "migration SVCQ-M2026-0001 entered\n"
    number = "SVCQ-M2026-0001"
    assert owed(svcq, number) == [
        ("migrate.reindex", "王芳", "2026-11-19", "overdue"),
        ("migrate.register", "王芳", "2026-11-24", "open"),
    ]
    ran = svcq("migrate", "reindex", number, "--on", "2026-11-19")
    assert ran.err == f"migration {number}: indexes rebuilt on 2026-11-19\n"
    ran = svcq("migrate", "register", number, "--on", "today")
    assert ran.err == f"migration {number} registered on 2026-11-23\n"
    assert [row[3] for row in owed(svcq, number)] == ["met", "met"]
    (row,) = [one for one in rows(svcq, "list") if one["number"] == number]
    assert list(row)[: len(KEYS)] == KEYS
    assert row == {
        "number": number,
        "customer": CITY,
        "system": "LIS",
        "engineer": "王芳",
        "done_on": "2026-11-19",
        "reindexed_on": "2026-11-19",
        "registered_on": "2026-11-23",
        "state": "complete",
        "region": "华东",
        "void_on": None,
        "void_reason": None,
    }
    assert svcq("db", "check").out == ""


def test_all_may_be_said_at_once(svcq):
    svcq(
        *("migrate", "add", "QY-2", "--customer", THIRD, "--on", "2026-11-19", "--reindexed", "2026-11-19"),
        *("--registered", "2026-11-20", "--engineer", "王芳"),
    )
    assert owed(svcq, "QY-2") == [
        ("migrate.reindex", "王芳", "2026-11-19", "met"),
        ("migrate.register", "王芳", "2026-11-24", "met"),
    ]


def test_what_is_recorded_is_said_and_another_day_is_refused(svcq):
    svcq("migrate", "reindex", "QY-1", "--on", "2026-03-05")
    before = svcq.dump()
    ran = svcq("migrate", "reindex", "QY-1", "--on", "2026-03-05")
    assert ran.err == "that is recorded already: nothing to change\n"
    ran = svcq("migrate", "reindex", "QY-1", "--on", "2026-03-06", code=4)
    assert ran.err == (
        "svcq: migration QY-1: the rebuilding of the indexes is recorded on 2026-03-05 already; "
        "`svcq migrate edit QY-1 --reason …` mends it\n"
    )
    assert svcq.dump() == before


def test_show_tells_the_whole_story(svcq):
    svcq("migrate", "add", "QY-0", "--customer", CITY, "--on", "2025-03-05", "--system", "HIS")
    said = svcq("migrate", "show", "QY-1", "-f", "json").json
    assert list(said)[: len(KEYS)] == KEYS
    assert [list(one)[: len(OBLIGATION)] for one in said["obligations"]] == [OBLIGATION] * 2
    assert [one["explanation"] for one in said["obligations"]] == [
        "a fixed date",
        "3 working days after 2026-03-05",
    ]
    assert [one["number"] for one in said["others"]] == ["QY-0"]
    assert {one["number"] for one in said["history"]} == {"QY-1"}
    before = svcq("migrate", "show", "QY-1", "--as-of", "2026-03-05", "-f", "json").json
    assert [one["state"] for one in before["obligations"]] == ["open", "open"]
    text = svcq("migrate", "show", "QY-1", "-f", "table").out
    assert "Other migrations of the hospital" in text


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("show", "QY-11"), 3, "migration QY-11 is not known; did you mean QY-1?"),
        (("reindex", "QY-11", "--on", "today"), 3, "migration QY-11 is not known; did you mean QY-1?"),
        (("show", "QY-1", "--as-of", "2026-03-04"), 3, "migration QY-1 is not known\n"),
        (("add", "QY-1", "--customer", CITY, "--on", "today"), 4, "use `svcq migrate edit`"),
        (("add", "--customer", CITY, "--on", "2026-03-05", "--system", "HIS"), 4, "QY-1 is that very one"),
        (("add", "--customer", CITY, "--on", "+1d"), 4, "2026-11-24 is in the future"),
        (("add", "--customer", CITY), 2, "--on"),
        (("edit", "QY-1", "--reason", "x"), 2, "say what to change"),
        (("edit", "QY-1", "--on", "none", "--reason", "x"), 2, "keeps its customer and its day"),
        (("assign", "QY-1", "--role", "qc", "--to", "周静"), 2, "'qc' is no role here"),
        (("list", "--state", "done"), 2, "none of open, complete, void"),
        (("due", "26"), 2, "'26' is no year; write it as 2026"),
        (("check", "next"), 2, "'next' is no year"),
        (("check", "--on", "today"), 2, "belong to --record"),
        (("check", "--record", "--customer", CITY), 2, "about the whole year"),
        (("check", "--record", "--on", "none"), 2, "say why with --reason"),
        (("check", "2026", "--record", "--on", "2025-12-01"), 4, "2025-12-01 is before the year 2026 [五.3]"),
        (("check", "2027", "--record"), 4, "2026-11-23 is before the year 2027"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_refusal_is_one_line_and_writes_nothing(svcq, words, code, said):
    before = svcq.dump()
    ran = svcq("migrate", *words, code=code)
    assert said in ran.err
    assert len(ran.err.splitlines()) <= 2
    assert ran.out == ""
    assert svcq.dump() == before


def test_who_is_new_is_forced_with_a_reason(svcq):
    svcq("policy", "live", "2026-01-01")
    svcq("staff", "add", "新人", "--role", "engineer", "--joined", "2026-11-02")
    typed = ("migrate", "add", "QY-3", "--customer", CITY, "--on", "today", "--engineer", "新人")
    assert "三.1" in svcq(*typed, code=4).err
    assert "--reason" in svcq(*typed, "--force", code=2).err
    svcq(*typed, "--force", "--reason", "人手不足")
    svcq("migrate", "assign", "QY-1", "--to", "新人", code=4)
    ran = svcq("migrate", "assign", "QY-1", "--to", "新人", "--force", "--reason", "人手不足")
    assert ran.err == "migration QY-1: its engineer is 新人\n"
    svcq("migrate", "assign", "QY-1", "--to", "none")
    assert {row["number"]: row["engineer"] for row in rows(svcq, "list")} == {"QY-1": "王芳", "QY-3": "新人"}


def test_editing_moves_the_year_along(svcq):
    assert rows(svcq, "due", "--customer", CITY)[0]["migrated_on"] == "2026-03-05"
    ran = svcq("migrate", "edit", "QY-1", "--on", "2025-12-30", "--system", "none", "--reason", "笔误")
    assert ran.err == "migration QY-1 mended\n"
    assert rows(svcq, "due", "--customer", CITY)[0]["migrated_on"] is None
    assert rows(svcq, "due", "2025", "--customer", CITY)[0]["migrated_on"] == "2025-12-30"
    svcq("migrate", "void", "QY-1", "--reason", "重复")
    assert rows(svcq, "due", "2025", "--customer", CITY)[0]["state"] == "overdue"
    assert [(row["state"], row["void_reason"]) for row in rows(svcq, "list")] == [("void", "重复")]
    assert svcq("migrate", "void", "QY-1", "--reason", "重复").err == "nothing to change\n"
    assert svcq("db", "check").out == ""


def test_lists_are_filtered_and_cut(svcq):
    svcq("migrate", "add", "QY-2", "--customer", THIRD, "--on", "2026-11-19")
    assert [row["number"] for row in rows(svcq, "list", "--region", "华东", "--person", "李伟")] == ["QY-2"]
    ran = svcq("migrate", "list", "--limit", "1", "-f", "json")
    assert [row["number"] for row in ran.json] == ["QY-1"]
    assert "more" in ran.err
    assert svcq("migrate", "list", "--state", "complete", "-f", "table").err == "no migrations\n"
    late = rows(svcq, "overdue")
    assert [list(row)[: len(OBLIGATION)] for row in late] == [OBLIGATION] * len(late)
    assert {row["rule"] for row in late} == {"migrate.yearly", "migrate.reindex", "migrate.register"}
    svcq("migrate", "overdue", "--exit-code", code=10)


# --- the year


def test_due_are_the_hospitals_of_level_two_that_have_been_running_for_three_years(svcq):
    found = rows(svcq, "due")
    assert [list(row)[: len(YEAR)] for row in found] == [YEAR] * 2
    assert [[row[key] for key in YEAR] for row in found] == [
        [COUNTY, 2, "2023-01-01", 2026, None, None, "open"],
        [CITY, 2, "2020-05-01", 2026, "2026-03-05", "王芳", "met"],
    ]
    assert [row["reached_on"] for row in found] == ["2026-01-01", "2023-05-01"]
    assert [row["customer"] for row in rows(svcq, "due", "2027")] == [COUNTY, SECOND, CITY]
    assert [row["before_on"] for row in rows(svcq, "due", "2027")] == [None, None, "2026-03-05"]
    late = rows(svcq, "due", "2026", "--as-of", "2027-01-01")
    assert [row["state"] for row in late] == ["overdue", "met"]
    assert [row["year"] for row in rows(svcq, "due", "--as-of", "2025-06-01")] == [2025]
    ran = svcq("migrate", "due", "2010", "-f", "table")
    assert (ran.out, ran.err) == ("", "no hospital owes a migration in 2010\n")
    assert svcq("migrate", "due", "-f", "table").out.splitlines()[-1] == "2 hospitals · 1 migrated"


def test_due_is_waived_as_the_ledger_says_and_does_not_wait_for_the_company_to_start(svcq):
    svcq("waive", "migrate.yearly", f"{COUNTY}-2026", "--reason", "医院停业")
    assert [row["state"] for row in rows(svcq, "due")] == ["waived", "met"]
    svcq("policy", "live", "2026-06-01")
    found = rows(svcq, "due")
    assert [row["before_live"] for row in found] == [True, True]
    assert [row["before_live"] for row in rows(svcq, "due", "2027")] == [False] * 3


def test_the_check_names_what_is_missing_at_each_hospital(svcq):
    svcq("migrate", "add", "QY-2", "--customer", THIRD, "--on", "2026-04-01", "--reindexed", "2026-04-01")
    svcq("migrate", "register", "QY-1", "--on", "2026-03-06")
    ran = svcq("migrate", "check", "-f", "json")
    assert [list(row)[: len(YEAR)] for row in ran.json] == [YEAR] * 3
    assert [[row[key] for key in ("customer", "state", "missing", "migrations")] for row in ran.json] == [
        [COUNTY, "open", "migration", None],
        [CITY, "met", "reindex", "QY-1"],
        [THIRD, None, "register", "QY-2"],
    ]
    assert ran.err == "December check of 2026: not recorded\n"
    svcq("migrate", "add", "QY-3", "--customer", CITY, "--on", "2026-05-05")
    row = rows(svcq, "check", "--customer", CITY)[0]
    assert (row["missing"], row["migrations"]) == ("reindex、register", "QY-1、QY-3")
    svcq("waive", "migrate.yearly", f"{COUNTY}-2026", "--reason", "医院停业")
    assert rows(svcq, "check")[0]["missing"] is None


@pytest.mark.parametrize("cells", [80, 200])
def test_the_table_of_the_check_fits_and_keeps_what_is_missing(svcq, cells):
    from svcq.commands.migrate_columns import LACKING
    from svcq.output.table import table_lines

    found = [
        {**row, **{key: date.fromisoformat(row[key]) for key in row if key.endswith("_on") and row[key]}}
        for row in rows(svcq, "check")
    ]
    dropped = []
    columns = [column for column in LACKING.columns if not column.aside]
    lines = list(table_lines(LACKING, columns, found, cells, colour=False, dropped=dropped))
    assert "Missing" in lines[0]
    assert "State" in lines[0]
    assert max(len(line) + sum(ord(letter) > 0x2E80 for letter in line) for line in lines) <= cells
    assert (not dropped) == (cells == 200)


def test_the_check_is_a_workbook_and_machine_rows_too(svcq, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    svcq("migrate", "check", "2026", "-o", "check.xlsx")
    sheet = load_workbook("check.xlsx").active
    said = [[cell.value for cell in row] for row in sheet]
    assert any("the migration" in row for row in said)
    header = svcq("migrate", "check", "-f", "csv").out.splitlines()[0].split(",")
    assert header[: len(YEAR)] == YEAR
    assert json.loads(svcq("migrate", "check", "-f", "jsonl").out.splitlines()[0])["missing"] == "migration"


def test_the_check_is_recorded_told_mended_and_taken_back(svcq):
    december = Svcq(svcq.store, today="2026-12-15")
    assert december("migrate", "check", "-f", "json").err == "December check of 2026: open, due 2026-12-31\n"
    ran = december("migrate", "check", "--record", "--by", "周静", "--note", "两家未迁移")
    assert ran.err == (
        "the migrations of 2026 were checked on 2026-12-15\n"
        "note: still missing something: 2 hospitals; `svcq migrate check 2026` names them\n"
    )
    assert owed(december, "2026") == [("migrate.check", None, "2026-12-31", "met")]
    ran = december("migrate", "check", "-f", "json")
    assert ran.err == "December check of 2026: recorded on 2026-12-15 by 周静\n"
    assert {(row["checked_on"], row["checked_by"]) for row in ran.json} == {("2026-12-15", "周静")}
    again = december("migrate", "check", "2026", "--record")
    assert again.err.startswith("that is recorded already: nothing to change\n")
    ran = december("migrate", "check", "2026", "--record", "--on", "2026-12-10", "--reason", "笔误")
    assert ran.err.startswith("the migrations of 2026 were checked on 2026-12-10\n")
    rows_of = december("log", "--table", "migrate_check", "-f", "json").json
    assert {(row["field"], row["before"], row["after"], row["note"]) for row in rows_of} >= {
        ("checked_on", "2026-12-15", "2026-12-10", "笔误"),
        ("note", None, "两家未迁移", "两家未迁移"),
    }
    ran = december("migrate", "check", "2026", "--record", "--on", "none", "--reason", "记错")
    assert ran.err == "the check of 2026 is taken back\n"
    assert owed(december, "2026") == [("migrate.check", None, "2026-12-31", "open")]
    assert december("db", "check").out == ""


def test_taking_a_check_back_tells_of_another_that_counts_now(svcq):
    for day in ("2026-11-02", "2026-11-10"):
        svcq("migrate", "check", "--record", "--on", day)
    ran = svcq("migrate", "check", "--record", "--on", "none", "--reason", "记错")
    assert ran.err == (
        "the check of 2026 is taken back\nnote: the first check of 2026 counts: that of 2026-11-10\n"
    )


def test_a_blank_text_is_none(svcq):
    svcq("migrate", "add", "QY-91", "--customer", CITY, "--on", "2026-11-20", "--system", "  ")
    svcq("migrate", "add", "QY-92", "--customer", CITY, "--on", "2026-11-21", "--system", " HIS ")
    assert [row["system"] for row in rows(svcq, "list", "--customer", CITY)][-2:] == [None, "HIS"]
    again = svcq("migrate", "add", "--customer", CITY, "--on", "2026-11-20", "--system", "", code=4)
    assert "migration QY-91 is that very one" in again.err
    svcq("migrate", "edit", "QY-92", "--system", "", "--reason", "笔误")
    assert rows(svcq, "list", "--customer", CITY)[-1]["system"] is None


def test_a_check_before_december_is_taken_with_a_word(svcq):
    ran = svcq("migrate", "check", "--record", "--on", "2026-11-20")
    assert "note: the check of 2026 is held from 2026-12-01 on\n" in ran.err
    later = svcq("migrate", "check", "--record")
    assert "note: the first check of 2026 counts: that of 2026-11-20\n" in later.err


def test_the_year_of_a_check_is_that_of_its_day_unless_said(svcq):
    new_year = Svcq(svcq.store, today="2027-01-05")
    new_year("migrate", "check", "--record", "--on", "2026-12-30")
    new_year("migrate", "check", "2026", "--record")
    assert owed(new_year, "2026") == [("migrate.check", None, "2026-12-31", "met")]


@pytest.mark.parametrize(
    "typed",
    [
        ("add", "QY-9", "--customer", CITY, "--on", "today"),
        ("reindex", "QY-1", "--on", "today"),
        ("register", "QY-1", "--on", "today"),
        ("edit", "QY-1", "--system", "LIS", "--reason", "x"),
        ("void", "QY-1", "--reason", "x"),
        ("assign", "QY-1", "--to", "李伟"),
        ("check", "--record"),
    ],
    ids=lambda typed: typed[0],
)
def test_a_dry_run_says_what_would_happen_and_writes_nothing(svcq, typed):
    before = svcq.dump()
    ran = svcq("migrate", *typed, "--dry-run")
    assert "(dry run: nothing was written)" in ran.err
    assert svcq.dump() == before


def test_nothing_is_known_of_a_store_that_is_not_there(tmp_path):
    nowhere = Svcq(tmp_path / "no.db")
    for words in (("list",), ("due",), ("check",), ("overdue",)):
        ran = nowhere("migrate", *words, "-f", "json")
        assert ran.json == []
    assert "there is no store" in nowhere("migrate", "check", "-f", "table").err
    assert not (tmp_path / "no.db").exists()
