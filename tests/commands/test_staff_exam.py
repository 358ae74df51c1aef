"""三.1 and 三.3 as typed: training, exams, leave, and the gate that opens by force with a reason alone."""

import pytest

from tests.cli import Svcq, copy
from tests.commands.conftest import small_in

HOSPITAL = "江州市中医院"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The small company, live since October, with two engineers of whom one joined after that."""
    small = small_in(tmp_path_factory.mktemp("made"))
    small("staff", "add", "新人", "--role", "engineer", "--joined", "2026-10-12", "--region", "华东")
    small("staff", "add", "老手", "--role", "engineer")
    small("policy", "live", "2026-10-01")
    return small


@pytest.fixture
def live(made, tmp_path):
    """A copy of that store."""
    return Svcq(copy(made.store, tmp_path / "svcq.db"))


def to_pass(svcq, *words):
    return [
        (row["person"], row["due_on"], row["state"], row["barred"])
        for row in svcq("staff", "exam", *words, "-f", "json").json
    ]


LATE = ("新人", "2026-11-11", "overdue", True)
EXEMPT = ("老手", None, "exempt", False)


def test_a_new_engineer_is_trained_fails_and_passes(live):
    assert to_pass(live) == [LATE, EXEMPT]
    assert live("staff", "exam", "新人", "--on", "2026-11-20", "--passed", code=4).err == (
        "svcq: 新人 was not trained by 2026-11-20: the training comes first, `svcq staff train 新人 --on DATE` [三.1]\n"
    )
    assert (
        live("staff", "train", "新人", "--on", "2026-11-19").err == "新人: training of 2026-11-19 recorded\n"
    )
    live("staff", "exam", "新人", "--on", "2026-11-20", "--failed", "--note", "55分")
    assert to_pass(live) == [LATE, EXEMPT]
    ran = live("staff", "exam", "新人", "--on", "2026-11-23", "--passed")
    assert ran.err == "新人 passed the exam of 2026-11-23\n"
    assert "recorded already" in live("staff", "exam", "新人", "--on", "2026-11-23", "--passed").err
    assert to_pass(live) == [EXEMPT]
    assert to_pass(live, "--as-of", "2026-11-22") == [LATE, EXEMPT]
    shown = live("staff", "show", "新人", "-f", "json").json
    assert (shown["trained_on"], shown["certified_on"]) == ("2026-11-19", "2026-11-23")
    assert [(one["on"], one["result"], one["note"]) for one in shown["exams"]] == [
        ("2026-11-20", "failed", "55分"),
        ("2026-11-23", "passed", None),
    ]
    (owed,) = [one for one in shown["obligations"] if one["rule"] == "staff.exam"]
    assert (owed["number"], owed["due_on"], owed["met_on"], owed["state"]) == (
        *("新人", "2026-11-11", "2026-11-23", "late"),
    )
    assert live("db", "check").out == ""


def test_the_list_of_who_has_to_pass_is_a_listing_like_others(live):
    assert to_pass(live, "--person", "新人") == [LATE]
    assert to_pass(live, "--region", "华东") == [LATE]
    assert live("staff", "exam", "--exit-code", code=10).out
    table = live("staff", "exam", "-f", "table").out
    assert table.splitlines()[-1] == "1 person to pass, 1 overdue · exempt: 1"
    assert "exempt: no joining day" in table


def test_the_exam_of_a_rename_follows_the_person(live):
    live("staff", "edit", "新人", "--name", "新名", "--reason", "改名")
    assert to_pass(live)[0][0] == "新名"
    assert live("due", "--number", "新人", "-f", "json").json == []
    assert live("db", "check").out == ""


def test_dates_of_training_and_exam_are_mended_with_a_reason(live):
    live("staff", "edit", "新人", "--trained", "2026-11-02", "--certified", "2026-11-09", "--reason", "补录")
    assert to_pass(live) == [EXEMPT]
    live("staff", "edit", "新人", "--certified", "none", "--reason", "误录")
    assert to_pass(live) == [LATE, EXEMPT]
    said = live("staff", "edit", "新人", "--certified", "2026-11-01", "--reason", "x", code=4).err
    assert "exam of 2026-11-01 is before the training of 2026-11-02 [三.1]" in said


GATED = [
    ("customer", "assign", HOSPITAL, "--role", "engineer", "--to", "新人"),
    ("customer", "add", "新医院", "--engineer", "新人"),
    ("staff", "assign", "老手", "--role", "engineer", "--to", "新人"),
]


@pytest.mark.parametrize("typed", GATED, ids=lambda typed: " ".join(typed[:2]))
def test_the_gate_opens_by_force_with_a_reason_that_the_log_keeps(live, typed):
    live("customer", "assign", HOSPITAL, "--role", "engineer", "--to", "老手")
    before = live.dump()
    ran = live(*typed, code=4)
    assert ran.err.startswith("svcq: 新人 joined on 2026-10-12 and has not passed the exam, due 2026-11-11:")
    assert len(ran.err.splitlines()) == 1
    assert live(*typed, "--force", code=2).err == "svcq: --force: say why with --reason\n"
    assert live(*typed, "--force", "--reason", " ", code=2).err
    assert live(*typed, "--reason", "人手不足", code=4).err
    assert live.dump() == before
    live(*typed, "--force", "--reason", "人手不足")
    assert {row["note"] for row in live("log", "--limit", "1", "-f", "json").json} == {"人手不足"}
    assert live("db", "check").out == ""


def test_an_import_of_hospitals_is_refused_at_the_engineer(live, tmp_path):
    path = tmp_path / "customers.csv"
    path.write_text(f"name,engineer\n{HOSPITAL},新人\n", encoding="utf-8")
    before = live.dump()
    assert "B2: 新人 joined on 2026-10-12 and has not passed the exam" in live("import", path, code=5).err
    assert live.dump() == before


def days(svcq, *words):
    return [
        (row["person"], row["from"], row["until"], row["days"], row["kind"])
        for row in svcq("staff", "leave", *words, "-f", "json").json
    ]


def test_leave_is_entered_listed_and_taken_back(live):
    typed = ("staff", "leave", "老手", "--from", "2026-11-02", "--until", "2026-11-04")
    assert live(*typed, "--kind", "年假").err == "老手: leave from 2026-11-02 until 2026-11-04 entered\n"
    live("staff", "leave", "新人", "--from", "2026-12-01")
    assert days(live) == [
        ("新人", "2026-12-01", "2026-12-01", 1, None),
        ("老手", "2026-11-02", "2026-11-04", 3, "年假"),
    ]
    assert days(live, "老手") == days(live, "--person", "老手") == days(live)[1:]
    assert days(live, "--as-of", "2026-11-02") == days(live)[1:]
    assert "already" in live(*typed).err
    assert live("staff", "show", "老手", "-f", "json").json["leave"] == [
        {"person": "老手", "from": "2026-11-02", "until": "2026-11-04", "days": 3, "kind": "年假"}
    ]
    assert live("staff", "show", "老手", "--as-of", "2026-11-01", "-f", "json").json["leave"] == []
    assert live(*typed, "--undo").err == "老手: leave from 2026-11-02 until 2026-11-04 taken back\n"
    assert live(*typed, "--undo").err.endswith("nothing to change\n")
    assert len(days(live)) == 1
    assert live("db", "check").out == ""


@pytest.mark.parametrize(
    ("code", "typed", "said"),
    [
        (2, ("staff", "exam", "新人"), "--passed or --failed"),
        (2, ("staff", "exam", "新人", "--passed"), "--on is missing"),
        (2, ("staff", "exam", "新人", "--passed", "--failed", "--on", "today"), "--passed or --failed"),
        (2, ("staff", "exam", "--passed", "--on", "today"), "NAME is missing"),
        (2, ("staff", "train", "新人"), "--on is missing"),
        (2, ("staff", "leave", "老手", "--kind", "年假"), "--from is missing"),
        (2, ("staff", "leave", "--from", "today"), "NAME is missing"),
        (2, ("staff", "leave", "老手", "--from", "gestern"), "--from: 'gestern' is no date"),
        (3, ("staff", "leave", "老首"), "not among the staff"),
        (3, ("staff", "train", "老首", "--on", "today"), "not among the staff"),
        (4, ("staff", "train", "老手", "--on", "+1d"), "in the future"),
        (4, ("staff", "leave", "老手", "--from", "today", "--until", "yesterday"), "[三.3]"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_slip_is_one_line_and_writes_nothing(live, code, typed, said):
    before = live.dump()
    ran = live(*typed, code=code)
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1
    assert live.dump() == before
