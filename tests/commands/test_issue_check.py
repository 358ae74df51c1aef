"""三.3-4 as typed: a sample is drawn, looked into and counted; a month's check is recorded until it is complete."""

import pytest

from tests.cli import Svcq, copy
from tests.commands.conftest import small_in

HOSPITAL = "江州市中心医院"
KEYS = [
    *("number", "month", "person", "record", "on", "customer", "issue", "what", "result", "on_leave"),
    *("finding", "found_on", "note"),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The small company with an engineer who worked on one problem on ten days, on two of them though away."""
    small = small_in(tmp_path_factory.mktemp("made"))
    small("staff", "add", "李伟", "--role", "engineer")
    small("issue", "add", "WT-1", "--customer", HOSPITAL, "--title", "报表慢", "--reported", "2026-10-01")
    for day in range(10, 20):
        said = ("--by", "李伟", "--what", f"第{day}天", "--result", "watch")
        small("issue", "step", "WT-1", "--on", f"2026-10-{day}", *said)
    small("staff", "leave", "李伟", "--from", "2026-10-12", "--until", "2026-10-13", "--kind", "病假")
    return small


@pytest.fixture
def worked(made, tmp_path):
    """A copy of that store."""
    return Svcq(copy(made.store, tmp_path / "svcq.db"))


def sampled(svcq, *words):
    return svcq("issue", "sample", *words, "-f", "json").json


def test_a_sample_has_the_promised_keys_and_marks_work_on_a_day_of_leave(worked):
    rows = sampled(worked, "--size", "10")
    assert len(rows) == 11
    for row in rows:
        assert [key for key in row if key in KEYS] == KEYS
    assert {row["on"] for row in rows if row["on_leave"]} == {"2026-10-12", "2026-10-13"}
    work, leave = rows[0], rows[-1]
    assert [work[key] for key in KEYS[:9]] == [
        *("2026-11-001", "2026-11", "李伟", "work", "2026-10-10", HOSPITAL, "WT-1", "第10天", "watch")
    ]
    assert [leave[key] for key in ("record", "on", "until", "what", "issue", "on_leave")] == [
        *("leave", "2026-10-12", "2026-10-13", "病假", None, False)
    ]
    assert worked("db", "check").out == ""


def test_the_seed_is_always_said_and_what_could_not_be_drawn_too(worked):
    ran = worked("issue", "sample", "2026-11")
    assert ran.err.splitlines() == [
        "sample of 2026-11: seed 202611, records up to 2026-11-03",
        "note: fewer than 5 leave records: 李伟 1",
    ]
    again = worked("issue", "sample")
    assert again.err == "sample of 2026-11, drawn on 2026-11-23: seed 202611, records up to 2026-11-03\n"
    assert again.out == ran.out
    assert worked("issue", "sample", "--seed", "202611").out == ran.out


def test_a_dry_run_shows_the_sample_that_will_be_drawn(worked):
    before = worked.dump()
    ran = worked("issue", "sample", "--seed", "7", "--size", "3", "--dry-run", "-f", "json")
    assert ran.err.splitlines()[0].endswith("seed 7, records up to 2026-11-03 (dry run: nothing was written)")
    assert worked.dump() == before
    assert sampled(worked, "--seed", "7", "--size", "3") == ran.json


def test_what_cannot_be_shown_is_not_drawn(worked, tmp_path):
    before = worked.dump()
    for words in (
        ("-f", "pdf"),
        ("--columns", "nummer"),
        ("--limit", "x"),
        ("-o", tmp_path / "no" / "a.csv"),
    ):
        assert len(worked("issue", "sample", *words, code=2).err.splitlines()) == 1
    assert worked.dump() == before
    path = tmp_path / "抽样.csv"
    worked("issue", "sample", "-o", path)
    assert path.read_text("utf-8-sig") == worked("issue", "sample", "-f", "csv").out


def test_another_seed_needs_another_sample_and_finds_nothing_left(worked):
    sampled(worked)
    before = worked.dump()
    said = worked("issue", "sample", "--seed", "7", code=4).err
    assert said == (
        "svcq: 2026-11 was drawn with the seed 202611 already: --again draws another sample [三.3]\n"
    )
    ran = worked("issue", "sample", "--seed", "7", "--again", "-f", "json")
    assert ran.err == "nothing to draw: earlier samples cover everything up to 2026-11-03\n"
    assert ran.json == []
    assert worked.dump() == before


def test_a_sample_is_taken_back_until_something_was_found(worked):
    drawn = sampled(worked)
    assert worked("issue", "sample", "--undo").err == "the sample of 2026-11 is taken back\n"
    assert worked("issue", "sample", "--undo").err == "2026-11 has no sample: nothing to change\n"
    assert sampled(worked) == drawn
    worked("issue", "finding", "2026-11-001", "confirmed")
    assert "2026-11-001" in worked("issue", "sample", "--undo", code=4).err
    assert worked("db", "check").out == ""


def test_one_person_alone_is_drawn_and_shown(worked):
    assert sampled(worked, "--person", "陈立") == []
    rows = sampled(worked, "--person", "李伟")
    assert len(rows) == 6
    assert sampled(worked, "--person", "李伟") == rows
    assert sampled(worked, "2026-11") == []  # nobody else has records: nothing is left for everybody


def test_a_listing_of_nothing_ends_with_10_only_if_there_is_something(worked):
    assert worked("issue", "finding", "--exit-code").err == ""
    worked("issue", "sample", "--exit-code", code=10)


def test_findings_are_recorded_changed_with_a_reason_and_listed_per_person(worked):
    sampled(worked)
    assert (
        worked("issue", "finding", "2026-11-002", "wrong", "--note", "当天在外地").err
        == "2026-11-002: wrong\n"
    )
    assert "already" in worked("issue", "finding", "2026-11-002", "wrong").err
    assert "--reason changes it" in worked("issue", "finding", "2026-11-002", "confirmed", code=4).err
    worked("issue", "finding", "2026-11-002", "confirmed", "--reason", "核实无误")
    assert {row["note"] for row in worked("log", "--limit", "1", "-f", "json").json} == {"核实无误"}
    typed = ("issue", "finding", "--person", "李伟", "--missing-on", "2026-10-21", "--customer", HOSPITAL)
    assert (
        worked(*typed, "--note", "现场服务未登记").err
        == "2026-11-007: a record of 李伟 of 2026-10-21 is missing\n"
    )
    assert "already" in worked(*typed, "--note", "现场服务未登记").err
    rows = worked("issue", "finding", "-f", "json").json
    assert [(r["number"], r["finding"], r["found_on"], r["found_by"], r["note"]) for r in rows] == [
        ("2026-11-002", "confirmed", "2026-11-23", "茅洁", "当天在外地"),
        ("2026-11-007", "missing", "2026-11-23", "茅洁", "现场服务未登记"),
    ]
    assert (rows[1]["customer"], rows[1]["issue"], rows[1]["on"]) == (HOSPITAL, None, "2026-10-21")
    table = worked("issue", "finding", "-f", "table").out.splitlines()
    assert table[-1] == "2 records · 李伟 confirmed 1, missing 1"
    assert worked("issue", "finding", "--counts", "-f", "json").json == [
        {"person": "李伟", "records": 7, "confirmed": 1, "wrong": 0, "missing": 1, "open": 5, "on_leave": 1}
        | {"on_leave": sum(row["on_leave"] for row in sampled(worked))}
    ]
    assert worked("issue", "finding", "--month", "2026-10", "-f", "json").json == []
    assert len(worked("issue", "finding", "--month", "2026-11", "--person", "李伟", "-f", "json").json) == 2
    assert worked("issue", "finding", "--as-of", "2026-11-22", "-f", "json").json == []
    assert len(worked("issue", "finding", "--customer", HOSPITAL, "-f", "json").json) == 2
    assert worked("db", "check").out == ""


def owed(svcq, month):
    rows = svcq("due", "--all", "--rule", "issue.spot_check", "--number", month, "-f", "json").json
    return [(row["met_on"], row["state"]) for row in rows]


def test_a_check_says_what_is_missing_until_it_is_complete_and_the_month_is_met(worked):
    typed = ("issue", "check", "2026-10", "--customer", HOSPITAL)
    assert owed(worked, "2026-10") == [(None, "overdue")]
    ran = worked(*typed, "--records", "2026-10-26", "--leave", "2026-10-26")
    assert ran.err == (
        f"spot check of 2026-10 at {HOSPITAL} recorded; still missing: the hospital's list, the reconciliation\n"
    )
    assert "already" in worked(*typed, "--records", "2026-10-26").err
    assert worked("issue", "check", "2026-10").err == "issue.spot_check of 2026-10: overdue, due 2026-10-31\n"
    ran = worked(*typed, "--asked", "2026-10-27", "--reconciled", "2026-10-30")
    assert ran.err == f"spot check of 2026-10 at {HOSPITAL} recorded: it is complete\n"
    assert owed(worked, "2026-10") == [("2026-10-30", "met")]
    ran = worked("issue", "check", "2026-10", "-f", "json")
    assert ran.err == "issue.spot_check of 2026-10: met on 2026-10-30, due 2026-10-31\n"
    assert ran.json == [
        {
            "month": "2026-10",
            "customer": HOSPITAL,
            "records_on": "2026-10-26",
            "leave_on": "2026-10-26",
            "list_asked_on": "2026-10-27",
            "reconciled_on": "2026-10-30",
            "complete_on": "2026-10-30",
            "region": "华东",
        }
    ]
    assert worked("issue", "check", "2026-10", "--customer", "江州市中医院", "-f", "json").json == []
    assert worked("db", "check").out == ""


def test_one_day_for_all_four_and_a_mistake_mended_with_a_reason(worked):
    typed = ("issue", "check", "2026-11", "--customer", HOSPITAL)
    worked(*typed, "--asked", "2026-11-05", "--on", "2026-11-20")
    assert owed(worked, "2026-11") == [("2026-11-20", "met")]
    assert "already" in worked(*typed, "--on", "2026-11-19").err
    assert "--reason changes it" in worked(*typed, "--leave", "2026-11-19", code=4).err
    worked(*typed, "--leave", "2026-11-21", "--reason", "日期有误")
    assert owed(worked, "2026-11") == [("2026-11-21", "met")]


@pytest.mark.parametrize(
    ("code", "typed", "said"),
    [
        (2, ("sample", "2026-12"), "2026-12 has not begun"),
        (2, ("sample", "Oktober"), "is no month"),
        (2, ("sample", "--seed", "viel"), "--seed: 'viel' is no number from 0"),
        (2, ("sample", "--size", "0"), "--size: '0' is no number from 1"),
        (2, ("finding", "2026-11-001"), "confirmed, wrong, missing"),
        (2, ("finding", "2026-11-001", "gut"), "'gut' is no finding"),
        (2, ("finding", "2026-11-001", "wrong", "--missing-on", "2026-10-20"), "has no number"),
        (2, ("finding", "--missing-on", "2026-10-20", "--note", "x"), "--person is missing"),
        (2, ("finding", "--missing-on", "2026-10-20", "--person", "李伟"), "--note: say what is missing"),
        (2, ("finding", "--on", "2026-10-20"), "say which record"),
        (2, ("check", "2026-10", "--on", "2026-10-20"), "--customer is missing"),
        (2, ("check", "2026-10", "--customer", HOSPITAL, "--reason", "x"), "say what to change"),
        (2, ("check", "2026-13", "--customer", HOSPITAL, "--on", "2026-10-20"), "is no month"),
        (3, ("check", "2026-10", "--customer", "江州市中心院", "--on", "2026-10-20"), "is not known"),
        (3, ("sample", "--person", "李维"), "not among the staff"),
        (3, ("finding", "2026-11-099", "wrong"), "no record of a spot check"),
        (4, ("check", "2026-10", "--customer", HOSPITAL, "--on", "2026-09-30"), "[三.3-4]"),
        (4, ("check", "2026-12", "--customer", HOSPITAL, "--on", "2026-11-23"), "[三.3-4]"),
        (4, ("check", "2026-11", "--customer", HOSPITAL, "--on", "+1d"), "in the future"),
        (4, ("finding", "2026-11-001", "wrong", "--on", "2026-11-22"), "before it was drawn"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_slip_is_one_line_and_writes_nothing(worked, code, typed, said):
    sampled(worked)
    before = worked.dump()
    ran = worked("issue", *typed, code=code)
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1
    assert worked.dump() == before
