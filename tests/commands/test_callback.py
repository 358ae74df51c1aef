"""六 Satisfaction callbacks as they are typed: a sample, answers, tries, what they came to, and what is refused."""

import json

import pytest

from tests.asked import NUMBER, OTHER, sampled, served
from tests.cli import Svcq
from tests.places import exists

KEYS = [
    "number",
    "quarter",
    "engineer",
    "customer",
    "drawn_on",
    "asked_on",
    "service",
    "attitude",
    "advice",
    "unsolved",
    "state",
]
FIGURES = [
    "asked",
    "answered",
    "unreachable",
    "open",
    "overdue",
    "service",
    "attitude",
    "satisfaction",
    "before",
    "change",
]
SAY = ("--on", "2026-11-20", "--service", "3", "--attitude", "4")


@pytest.fixture
def svcq(tmp_path):
    """The sample of 2026Q4 is drawn."""
    return Svcq(sampled(tmp_path / "svcq.db"))


@pytest.fixture
def undrawn(tmp_path):
    """Nothing is drawn yet."""
    return Svcq(served(tmp_path / "svcq.db"))


def listed(svcq, *words):
    return svcq("callback", "list", *words, "-f", "json").json


def shown(svcq, number, *words):
    return svcq("callback", "show", number, *words, "-f", "json").json


# --- sample


def test_a_sample_is_printed_and_who_is_short_is_said(undrawn):
    ran = undrawn("callback", "sample", "2026Q4", "-f", "json")
    assert [list(row)[:11] for row in ran.json] == [KEYS] * 8
    assert ran.json == listed(undrawn)
    assert ran.err.splitlines() == [
        "sample of 2026Q4: 8 customers drawn, seed 20264",
        "note: 方圆 has 0 of 5: no customers",
        "note: 李伟 has 4 of 5: 1 is asked for a colleague this quarter",
        "note: 王芳 has 4 of 5: 1 is asked for a colleague this quarter",
    ]


def test_a_dry_run_prints_the_very_sample_and_writes_nothing(undrawn):
    before = undrawn.dump()
    tried = undrawn("callback", "sample", "2026Q4", "--seed", "7", "--dry-run", "-f", "json")
    assert "(dry run: nothing was written)" in tried.err
    assert undrawn.dump() == before
    assert undrawn("callback", "sample", "2026Q4", "--seed", "7", "-f", "json").json == tried.json


@pytest.mark.parametrize("form", ["table", "tsv", "csv", "json", "jsonl", "md"])
def test_a_sample_comes_in_any_format_the_first_time_and_again(undrawn, form):
    first = undrawn("callback", "sample", "2026年第四季度", "-f", form)
    again = undrawn("callback", "sample", "2026q4", "-f", form)
    assert again.out == first.out
    assert again.err.startswith("sample of 2026Q4, drawn on 2026-11-23: seed 20264")


def test_a_drawn_quarter_is_only_shown_and_another_seed_is_refused(svcq):
    before = svcq.dump()
    assert len(svcq("callback", "sample", "2026Q4", "-f", "json").json) == 8
    assert "seed 20264 already: --fill" in svcq("callback", "sample", "2026Q4", "--seed", "7", code=4).err
    assert svcq.dump() == before


def test_filling_up_says_what_was_added_and_prints_the_whole_quarter(svcq):
    assert "nothing to draw" in svcq("callback", "sample", "2026Q4", "--fill").err
    svcq("customer", "add", "新安县人民医院", "--engineer", "方圆")
    ran = svcq("callback", "sample", "2026Q4", "--fill", "-f", "json")
    assert len(ran.json) == 9
    assert ran.err.startswith(
        "sample of 2026Q4: 1 customer drawn, seed 20264\nnote: 方圆 has 1 of 5: 1 customer only"
    )


def test_why_somebody_is_short_is_said_in_numbers(undrawn):
    for quarter in ("2026Q1", "2026Q2"):
        undrawn("callback", "sample", quarter)
    ran = undrawn("callback", "sample", "2026Q4", "--dry-run")
    assert ran.err.startswith("sample of 2026Q4: nothing to draw\n")
    assert "note: 李伟 has 0 of 5: 5 were drawn 2 times this year already" in ran.err


def test_a_quarter_to_come_and_one_that_is_over_are_drawn_with_a_note(undrawn):
    assert "note: 2027Q1 begins only on 2027-01-01" in undrawn("callback", "sample", "2027Q1").err
    ran = undrawn("callback", "sample", "2026Q3", "-f", "json")
    assert "note: 2026Q3 ended on 2026-09-30: its callbacks are overdue" in ran.err
    assert {row["state"] for row in ran.json} == {"overdue"}
    assert ran.json == listed(undrawn, "--quarter", "2026Q3")


def test_nothing_is_drawn_if_the_file_cannot_be_written(undrawn, tmp_path):
    before = undrawn.dump()
    undrawn("callback", "sample", "2026Q4", "-o", tmp_path / "no" / "where.xlsx", code=None)
    assert undrawn.dump() == before
    undrawn("callback", "sample", "2026Q4", "-o", tmp_path / "sample.xlsx")
    assert (tmp_path / "sample.xlsx").exists()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("2026Q5",), 2, "QUARTER"),
        (("2026-10",), 2, "QUARTER"),
        (("2026Q4", "--seed", "-1"), 2, "--seed"),
        (("2026Q4", "--seed", "1e3"), 2, "--seed"),
        (("2026Q4", "--on", "2026-11-24"), 4, "future"),
        (("2026Q4", "--columns", "nonsense"), 2, "nonsense"),
    ],
)
def test_what_cannot_be_drawn_is_a_sentence(undrawn, words, code, said):
    before = undrawn.dump()
    assert said in undrawn("callback", "sample", *words, code=code).err
    assert undrawn.dump() == before


# --- record


def test_an_answer_is_recorded_once_and_mended_by_edit(svcq):
    ran = svcq("callback", "record", NUMBER, *SAY, "--advice", "多派人")
    assert ran.err == f"callback {NUMBER}: answers of 2026-11-20 recorded\n"
    row = next(row for row in listed(svcq) if row["number"] == NUMBER)
    assert [row[key] for key in KEYS[5:]] == ["2026-11-20", 3, 4, "多派人", None, "answered"]
    assert "recorded already" in svcq("callback", "record", NUMBER, *SAY, "--advice", "多派人").err
    ran = svcq("callback", "record", NUMBER, *SAY, "--advice", "少派人", code=4)
    assert f"`svcq callback edit {NUMBER} --reason …`" in ran.err
    svcq("callback", "edit", NUMBER, "--service", "5", "--advice", "none", "--reason", "登记有误")
    assert shown(svcq, NUMBER)["service"] == 5
    assert shown(svcq, NUMBER)["advice"] is None
    assert (
        "nothing to change" in svcq("callback", "edit", NUMBER, "--service", "5", "--reason", "登记有误").err
    )


def test_an_unsolved_problem_becomes_an_issue_in_the_same_step(svcq):
    ran = svcq("callback", "record", OTHER, *SAY, "--unsolved", "报表打印慢", "--issue", "--system", "HIS")
    number = shown(svcq, OTHER)["issue"]
    assert ran.err.splitlines()[1] == f"issue {number} entered"
    made = svcq("issue", "show", number, "-f", "json").json
    assert [made[key] for key in ("customer", "engineer", "title", "system", "reported_on")] == [
        *("云河县中医院", "李伟", "报表打印慢", "HIS", "2026-11-20"),
    ]
    again = svcq("callback", "record", OTHER, *SAY, "--unsolved", "报表打印慢", "--issue")
    assert "recorded already" in again.err
    assert len(svcq("issue", "list", "-f", "json").json) == 1
    assert [row["number"] for row in shown(svcq, OTHER)["issues"]] == [number]


def test_an_issue_can_follow_a_recorded_answer(svcq):
    said = (*SAY, "--unsolved", "报表打印慢")
    svcq("callback", "record", OTHER, *said)
    ran = svcq("callback", "record", OTHER, *said, "--issue", "--title", "打印慢")
    assert ran.err.startswith("issue ")
    assert svcq("issue", "list", "-f", "json").json[0]["title"] == "打印慢"


def test_a_dry_run_of_an_answer_with_an_issue_writes_nothing(svcq):
    before = svcq.dump()
    svcq("callback", "record", OTHER, *SAY, "--unsolved", "报表打印慢", "--issue", "--dry-run")
    assert svcq.dump() == before


def test_three_tries_are_enough(svcq):
    said = [
        svcq("callback", "record", NUMBER, "--on", on, "--unreachable", "--by", "周静", "--note", "占线").err
        for on in ("2026-11-19", "2026-11-20", "2026-11-20")
    ]
    assert said[0] == f"callback {NUMBER}: try 1 of 3 recorded\n"
    assert said[2] == f"callback {NUMBER}: try 3 recorded; the customer counts as unreachable\n"
    assert shown(svcq, NUMBER)["state"] == "unreachable"
    assert shown(svcq, NUMBER)["tries"][0] == {"on": "2026-11-19", "by": "周静", "note": "占线"}
    assert shown(svcq, NUMBER, "--as-of", "2026-11-19")["state"] == "open"
    svcq("callback", "edit", NUMBER, "--no-try", "2026-11-20", "--reason", "拨错号码")
    assert shown(svcq, NUMBER)["state"] == "open"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((*SAY[:4],), 2, "--attitude is missing"),
        ((*SAY[:2], *SAY[4:]), 2, "--service is missing"),
        (SAY[2:], 2, "--on is missing"),
        ((*SAY[:3], "6", *SAY[4:]), 2, "--service: '6' is no number from 1 to 5"),
        ((*SAY[:5], "0"), 2, "--attitude"),
        ((*SAY[:5], "４"), 2, "--attitude"),
        ((*SAY, "--by", "周静"), 2, "--by belongs to --unreachable"),
        ((*SAY, "--title", "慢"), 2, "--title belongs to --issue"),
        ((*SAY, "--issue"), 4, "--unsolved"),
        ((*SAY, "--unreachable"), 2, "--service cannot stand with --unreachable"),
        ((*SAY[:2], "--unreachable", "--issue"), 2, "--issue cannot stand with --unreachable"),
        (("--on", "2026-11-24", *SAY[2:]), 4, "future"),
        (("--on", "2026-09-30", *SAY[2:]), 4, "before 2026Q4"),
    ],
)
def test_what_is_no_answer_is_a_sentence(svcq, words, code, said):
    before = svcq.dump()
    ran = svcq("callback", "record", OTHER, *words, code=code)
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1
    assert svcq.dump() == before


@pytest.mark.parametrize("typed", ["2026q4 – 李伟 – 江州市中心医院", "２０２６Ｑ４-李伟-江州市 中心医院"])
def test_numbers_are_known_however_they_are_typed(svcq, typed):
    assert shown(svcq, typed)["number"] == NUMBER
    svcq("callback", "record", typed, *SAY)
    svcq("callback", "void", typed, "--reason", "重复")
    assert shown(svcq, NUMBER)["state"] == "void"


def test_an_unknown_number_is_answered_with_those_near_it(svcq):
    for command in (
        ("show",),
        ("record", *SAY),
        ("edit", "--reason", "x", "--service", "1"),
        ("void", "--reason", "x"),
    ):
        ran = svcq("callback", command[0], f"{NUMBER}部", *command[1:], code=3)
        assert f"did you mean {NUMBER}" in ran.err


def test_numbers_complete_in_the_shell(svcq):
    ran = svcq(
        _SVCQ_COMPLETE="complete_bash", COMP_WORDS="svcq callback record 2026Q4-李", COMP_CWORD="3", code=None
    )
    assert NUMBER in ran.out


# --- listings


def test_a_list_chooses_by_quarter_state_and_engineer(svcq):
    svcq("callback", "record", NUMBER, *SAY)
    svcq("callback", "sample", "2027Q1")
    assert len(listed(svcq)) == 16
    assert [row["number"] for row in listed(svcq, "--state", "answered")] == [NUMBER]
    assert {row["engineer"] for row in listed(svcq, "--person", "王芳", "--quarter", "2026Q4")} == {"王芳"}
    assert {row["customer"] for row in listed(svcq, "--customer", "H001")} == {"江州市中心医院"}
    ran = svcq("callback", "list", "--limit", "3", "-f", "table")
    assert "the first 3 rows; there are more" in ran.err + ran.out
    assert "nonsense" in svcq("callback", "list", "--state", "nonsense", code=2).err
    columns = svcq(
        "callback", "list", "--columns", "customer,contact,phone", "--limit", "1", "-f", "json"
    ).json
    assert columns == [{"customer": "云河县中医院", "contact": "费科长", "phone": "12801682189"}]


def test_earlier_days_know_no_later_answers(svcq):
    svcq("callback", "record", NUMBER, *SAY, "--unsolved", "打印慢", "--issue")
    before = shown(svcq, NUMBER, "--as-of", "2026-11-19")
    assert [before[key] for key in (*KEYS[5:], "issue")] == [None] * 5 + ["open", None]
    assert listed(svcq, "--as-of", "2026-10-11") == []
    late = shown(svcq, OTHER, "--as-of", "2027-01-01")
    assert late["state"] == "overdue"
    assert late["obligations"][0]["state"] == "overdue"


def test_show_tells_the_whole_story(svcq):
    svcq("callback", "record", NUMBER, *SAY)
    told = shown(svcq, NUMBER)
    assert list(told)[:11] == KEYS
    assert [row["rule"] for row in told["obligations"]] == ["callback.make"]
    assert told["obligations"][0]["explanation"]
    assert {row["field"] for row in told["history"]} >= {"asked_on", "service", "drawn_on", "seed"}
    assert svcq("callback", "show", NUMBER, "-f", "table").out.count(NUMBER) > 1


def test_overdue_lists_callbacks_and_samples(svcq):
    assert svcq("callback", "overdue", "--exit-code").out.count("\n") == 1
    rows = svcq("callback", "overdue", "--as-of", "2027-02-01", "-f", "json").json
    assert {row["rule"] for row in rows} == {"callback.make", "callback.sample"}
    assert len(rows) == 9
    svcq("callback", "overdue", "--as-of", "2027-02-01", "--exit-code", code=10)


def test_a_summary_has_figures_and_the_change(svcq):
    svcq("callback", "record", NUMBER, *SAY)
    svcq("callback", "sample", "2027Q1", "--dry-run")
    later = Svcq(svcq.store, today="2027-01-20")
    later("callback", "sample", "2027Q1")
    numbers = [row["number"] for row in listed(later, "--quarter", "2027Q1", "--person", "李伟")]
    later("callback", "record", numbers[0], "--on", "2027-01-20", "--service", "5", "--attitude", "5")
    later("callback", "record", numbers[1], "--on", "2027-01-20", "--service", "4", "--attitude", "3")
    rows = later("callback", "summary", "-f", "json").json
    assert list(rows[0]) == ["engineer", "quarter", *FIGURES]
    assert rows[0] | {"open": 0, "asked": 0} == {
        **{"engineer": "李伟", "quarter": "2027Q1", "asked": 0, "answered": 2, "unreachable": 0, "open": 0},
        **{
            "overdue": 0,
            "service": 4.5,
            "attitude": 4.0,
            "satisfaction": 81.25,
            "before": 62.5,
            "change": 18.75,
        },
    }
    rows = later("callback", "summary", "--by", "quarter", "-f", "json").json
    assert [(row["quarter"], row["satisfaction"]) for row in rows] == [("2026Q4", 62.5), ("2027Q1", 81.25)]
    assert list(rows[0]) == ["quarter", *FIGURES]
    span = ("--from", "2026Q4", "--until", "2027Q1", "--region", "华东")
    rows = later("callback", "summary", "--by", "region", *span, "-f", "json").json
    assert [row["region"] for row in rows] == ["华东", "华东"]
    assert "8 callbacks · 2 answered" in later("callback", "summary", "-f", "table").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--by", "team"), "--by"),
        (("--quarter", "2026"), "--quarter"),
        (("--quarter", "2026Q4", "--from", "2026Q1"), "either --quarter"),
        (("--from", "2026Q4", "--until", "2026Q3"), "2026Q3 is before"),
    ],
)
def test_what_cannot_be_summed_is_a_sentence(svcq, words, said):
    assert said in svcq("callback", "summary", *words, code=2).err


def test_without_a_store_everything_is_empty(empty):
    for command in ("list", "overdue", "summary"):
        assert json.loads(empty("callback", command, "-f", "json").out) == []
    empty("callback", "show", NUMBER, code=3)
    assert "nothing to draw" in empty("callback", "sample", "2026Q4", "--dry-run").err
    assert not exists(empty.store)


def test_a_terminal_reads_chinese(svcq):
    zh = Svcq(svcq.store, lang="zh")
    assert "江州市中心医院" in zh("callback", "list", "-f", "table").out
