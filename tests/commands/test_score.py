"""七: scores as a user sees them: every figure worked out anew from what `due` lists, and evidence for every point."""

import shlex
from collections import defaultdict

import pytest

from svcq.policy.load import house
from tests.cli import Svcq
from tests.places import do
from tests.scored import HOSPITAL, OTHER, scored

POLICY = house()
KEYS = (
    *(
        "person",
        "role",
        "team",
        "region",
        "period",
        "score",
        "compliance",
        "satisfaction",
        "resolution",
        "points",
    ),
    *("breaches", "waived", "fines", "grade", "published", "difference"),
)
LINE_KEYS = (
    *(
        "rule",
        "clause",
        "process",
        "number",
        "customer",
        "due_on",
        "met_on",
        "days_late",
        "points",
        "counted",
    ),
    *("waived", "reason"),
)
WHY = ("--reason", "调岗")


@pytest.fixture
def made(tmp_path):
    """The store with the known quarter."""
    return Svcq(scored(tmp_path / "svcq.db"))


def by_person(svcq, *words):
    return {row["person"]: row for row in svcq("score", *words, "-f", "json").json}


def lines(svcq, person, *words):
    return svcq("score", "show", person, *(words or ("--quarter", "2026Q3")), "-f", "json").json


def change(svcq, *statements):
    do(svcq.store, *statements)


# ---- worked out anew from other listings


def worked_out(svcq, first, last, t):
    """Compliance, resolution, points, breaches and fines of everybody, from the rows of `due --all`."""
    told = defaultdict(
        lambda: {"points": defaultdict(int), "due": 0, "breaches": 0, "good": 0, "bad": 0, "fines": 0}
    )
    for row in svcq("due", "--all", "--as-of", t, "-f", "json").json:
        if (
            row["person"] is None
            or not first <= row["due_on"] <= last
            or row["due_on"] >= t
            or row["before_live"]
        ):
            continue
        one, rule = told[row["person"]], POLICY.rules[row["rule"]]
        late = row["met_on"] is None or row["met_on"] > row["due_on"]
        waived = row["state"] == "waived"
        one["fines"] += row["fine"]
        if row["rule"] == "issue.close" and not (late and waived):
            one["bad" if late else "good"] += 1
        if rule.score == "quarter":
            one["due"] += 1
            one["breaches"] += late
            one["points"][row["rule"]] += 5 * (late and not waived)
    return told


@pytest.mark.parametrize(
    ("quarter", "first", "last"),
    [(f"2026Q{n}", f"2026-{3 * n - 2:02d}-01", f"2026-{3 * n:02d}-31") for n in range(1, 5)],
)
@pytest.mark.parametrize("t", ["2026-11-23", "2026-08-15"])
def test_every_figure_of_the_sample_follows_from_what_due_lists(sample, quarter, first, last, t):
    expected = {
        person: one
        for person, one in worked_out(sample, first, last, t).items()
        if one["due"] or one["good"] + one["bad"] or one["fines"]
    }
    found = by_person(sample, "quarter", quarter, "--as-of", t)
    assert found.keys() - {name for name, row in found.items() if row["satisfaction"]} <= expected.keys()
    assert found.keys() >= expected.keys()
    for person, one in expected.items():
        row = found[person]
        points = sum(min(20, cost) for cost in one["points"].values())
        assert (row["points"], row["breaches"], row["fines"]) == (points, one["breaches"], one["fines"]), (
            person
        )
        compliance = max(0, 100 - points) if one["due"] else None
        judged = one["good"] + one["bad"]
        assert row["compliance"] == compliance
        good = pytest.approx(100 * one["good"] / judged, abs=0.005) if judged else None
        assert row["resolution"] == good
        figures = {60: row["compliance"], 25: row["satisfaction"], 15: row["resolution"]}
        there = {weight: figure for weight, figure in figures.items() if figure is not None}
        score = sum(weight * figure for weight, figure in there.items()) / sum(there)
        assert row["score"] == pytest.approx(score, abs=0.011)


@pytest.mark.parametrize("unit", ["team", "region"])
def test_a_team_or_region_is_the_mean_of_its_people(sample, unit):
    people = sample("score", "quarter", "2026Q3", "-f", "json").json
    groups = defaultdict(list)
    for row in people:
        groups[row[unit]].append(row)
    found = sample("score", "quarter", "2026Q3", "--by", unit, "-f", "json").json
    assert [row[unit] for row in found] == sorted(groups, key=str)
    for row in found:
        mine = groups[row[unit]]
        assert row["people"] == len(mine)
        assert row["score"] == pytest.approx(sum(one["score"] for one in mine) / len(mine), abs=0.006)
        assert row["points"] == sum(one["points"] for one in mine)
        assert row["person"] is None


def test_the_lines_of_everybody_add_up_to_their_row(sample):
    for person, row in by_person(sample, "quarter", "2026Q3").items():
        told = lines(sample, person)
        assert sum(line["counted"] for line in told) == row["points"]
        assert len(told) == row["breaches"]
        assert sum(line["waived"] for line in told) == row["waived"]
        closings = sample(
            *("score", "show", person, "--quarter", "2026Q3", "--indicator", "resolution", "-f", "json")
        ).json
        judged = [line["in_time"] for line in closings if line["in_time"] is not None]
        expected = 100 * sum(judged) / len(judged) if judged else None
        assert row["resolution"] == (pytest.approx(expected, abs=0.005) if judged else None)


# ---- the known quarter


def test_the_known_quarter(made):
    found = by_person(made, "quarter", "2026Q3")
    told = {
        person: tuple(
            row[key] for key in ("score", "compliance", "satisfaction", "resolution", "points", "grade")
        )
        for person, row in found.items()
    }
    assert told == {
        "卫星汉": (95.0, 95.0, None, None, 5, "A"),  # YJ-1 was never applied for
        "吴兰": (
            100.0,
            100.0,
            None,
            None,
            0,
            "A",
        ),  # she owes callbacks of the east, and made the one there is
        "周静": (90.0, 90.0, None, None, 10, "A"),  # reminded of neither contract
        "李伟": (77.75, 90.0, 75.0, 33.33, 10, "B"),  # two issues late of three; marks 5, 4 and 3
        "陈立": (90.0, 90.0, None, None, 10, "A"),  # HT-1 and HT-2
    }
    assert found["陈立"]["fines"] == 200
    assert list(found["陈立"])[: len(KEYS)] == list(KEYS)


def test_upgrades_and_migrations_count_in_the_year_only(made):
    assert {line["process"] for line in lines(made, "李伟")} == {"issue"}
    own = lines(made, "李伟", "--year", "2026")
    assert [(line["rule"], line["counted"]) for line in own] == [
        ("migrate.reindex", 5),
        ("upgrade.report", 5),
    ]
    row = by_person(made, "year", "2026")["李伟"]
    assert (row["score"], row["points"], row["breaches"], row["grade"]) == (67.75, 10, 2, "C")
    assert row["quarters"] == [{"period": "2026Q3", "score": 77.75, "published": False}]
    assert row["period"] == "2026"


def test_a_line_has_the_promised_keys_in_order(made):
    line = lines(made, "陈立")[0]
    assert tuple(line)[: len(LINE_KEYS)] == LINE_KEYS
    assert line["see"] == "svcq contract show HT-1"
    assert (line["due_on"], line["met_on"], line["days_late"]) == ("2026-08-03", "2026-08-10", 7)


def test_a_breach_stays_with_who_owed_it_when_the_record_changes_hands(made):
    made("contract", "assign", "HT-2", "--role", "salesperson", "--to", "王敏", "--from", "2026-08-05")
    assert len(lines(made, "陈立")) == 2
    assert lines(made, "王敏") == []


def test_a_breach_goes_to_who_had_the_record_on_the_day_of_the_breach(made):
    made("contract", "assign", "HT-2", "--role", "salesperson", "--to", "王敏", "--from", "2026-08-04")
    assert [line["number"] for line in lines(made, "陈立")] == ["HT-1"]
    assert [line["number"] for line in lines(made, "王敏")] == ["HT-2"]


def test_a_breach_belongs_to_the_team_and_region_of_its_day(made):
    change(
        made,
        "insert into staff_unit (staff_id, from_on, team, region) select id, '0001-01-01', '一部', '华东' from staff"
        " where name = '李伟'",
        "insert into staff_unit (staff_id, from_on, team, region) select id, '2026-08-10', '二部', '华北' from staff"
        " where name = '李伟'",
    )
    # WT-1 and WT-3 were breached on 4 August; the callbacks are of 12 August and 9 October
    teams = {
        row["team"]: row for row in made("score", "quarter", "2026Q3", "--by", "team", "-f", "json").json
    }
    assert (teams["一部"]["breaches"], teams["一部"]["satisfaction"]) == (2, None)
    assert (teams["二部"]["breaches"], teams["二部"]["satisfaction"]) == (0, 75.0)
    assert {(line["team"], line["region"]) for line in lines(made, "李伟")} == {("一部", "华东")}
    whole = by_person(made, "quarter", "2026Q3")["李伟"]
    assert (whole["team"], whole["region"], whole["score"]) == ("二部", "华北", 77.75)
    part = by_person(made, "quarter", "2026Q3", "--team", "一部")["李伟"]
    assert (part["team"], part["breaches"], part["satisfaction"]) == ("一部", 2, None)
    regions = made("score", "quarter", "2026Q3", "--by", "region", "-f", "json").json
    assert {row["region"] for row in regions} == {None, "华东", "华北"}


def test_a_waiver_takes_the_points_away_and_stays_visible(made):
    made("waive", "contract.return", "HT-2", "--reason", "医院搬迁", "--on", "2026-11-20")
    row = by_person(made, "quarter", "2026Q3")["陈立"]
    assert (row["points"], row["breaches"], row["waived"], row["fines"]) == (5, 2, 1, 100)
    line = next(line for line in lines(made, "陈立") if line["number"] == "HT-2")
    assert (line["points"], line["counted"], line["waived"]) == (5, 0, True)
    assert line["reason"] == "2026-11-20 茅洁: 医院搬迁"
    earlier = by_person(made, "quarter", "2026Q3", "--as-of", "2026-11-19")["陈立"]
    assert (earlier["points"], earlier["waived"]) == (10, 0)


def test_a_waived_closing_is_left_out_of_the_problems_closed_in_time(made):
    made("waive", "issue.close", "WT-3", "--reason", "医院停电")
    assert by_person(made, "quarter", "2026Q3")["李伟"]["resolution"] == 50.0
    told = made(
        "score", "show", "李伟", "--quarter", "2026Q3", "--indicator", "resolution", "-f", "json"
    ).json
    assert [(one["number"], one["in_time"]) for one in told] == [
        ("WT-1", False),
        ("WT-2", True),
        ("WT-3", None),
    ]


def test_what_nobody_owes_is_not_scored_and_said_so(made):
    said = made("score", "quarter", "2026Q3").err
    assert "obligations that fell due are nobody's" in said
    assert "contract.call" in said
    assert "`svcq staff duty RULE NAME`" in said
    made("staff", "duty", "contract.call", "周静")
    assert len(lines(made, "周静")) == 4


def test_history_is_not_scored(made):
    made("policy", "live", "2026-08-01")
    assert "卫星汉" not in by_person(made, "quarter", "2026Q3")
    made("policy", "live", "2026-10-01")
    assert by_person(made, "quarter", "2026Q3") == {}
    assert by_person(made, "year", "2026").get("李伟") is None


def test_what_has_not_fallen_due_by_the_day_is_no_evidence(made):
    assert lines(made, "陈立", "--quarter", "2026Q3", "--as-of", "2026-08-03") == []
    early = lines(made, "陈立", "--quarter", "2026Q3", "--as-of", "2026-08-04")
    assert [(line["met_on"], line["days_late"]) for line in early] == [(None, 1), (None, 1)]


def test_the_callbacks_and_problems_behind_the_other_figures(made):
    told = made(
        "score", "show", "李伟", "--quarter", "2026Q3", "--indicator", "satisfaction", "-f", "json"
    ).json
    assert [(one["customer"], one["service"], one["attitude"]) for one in told] == [
        (OTHER, 3, None),
        (HOSPITAL, 5, 4),
    ]
    assert told[0]["see"] == f"svcq callback show '2026Q3-李伟-{OTHER}'"


def test_every_command_that_a_line_names_finds_the_record(made):
    told = [line for person in ("李伟", "陈立", "卫星汉", "周静") for line in lines(made, person)]
    for line in (*told, *lines(made, "李伟", "--year", "2026")):
        if line["process"] != "upgrade":
            words = line["see"].removeprefix("svcq ").split()
            assert line["number"] in made(*words).out


# ---- how it is printed


def test_for_people_a_head_tells_how_the_score_is_made(made):
    text = made("score", "show", "李伟", "--quarter", "2026Q3", "-f", "table").out
    assert "(60 × 90.0 + 25 × 75.0 + 15 × 33.33) ÷ 100 = 77.75" in text
    assert "90.0 = 100 − 10 · 2 breaches" in text
    assert "75.0 = (12 ÷ 3 marks − 1) × 25" in text
    assert "33.33 = 1 closed in time ÷ 3 × 100" in text
    assert "5 a breach, at most 20 a rule" in text
    assert "svcq issue show WT-1" in text


def test_the_head_of_a_year_tells_its_quarters_and_its_own_deductions(made):
    text = made("score", "show", "李伟", "--year", "2026", "-f", "table").out
    assert "(77.75) ÷ 1 − 10 = 67.75" in text
    assert "2026Q3 77.75" in text
    assert "10 points off · 2 breaches" in text


def test_no_data_is_a_dash_for_people_and_null_for_machines(made):
    row = next(
        line for line in made("score", "quarter", "2026Q3", "-f", "tsv").out.splitlines() if "陈立" in line
    )
    assert row.split("\t")[7:9] == ["–", "–"]
    text = made("score", "show", "陈立", "--quarter", "2026Q3", "-f", "md").out
    assert "– nobody answered" in text


@pytest.mark.parametrize("form", ["table", "tsv", "csv", "json", "jsonl", "md"])
@pytest.mark.parametrize(
    "words", [("quarter", "2026Q3"), ("year", "2026"), ("fines",), ("fines", "--evidence")]
)
def test_every_listing_has_every_format(made, words, form):
    assert "陈立" in made("score", *words, "-f", form).out


@pytest.mark.parametrize(
    "words", [("quarter", "2026Q3"), ("show", "李伟", "--quarter", "2026Q3"), ("fines",)]
)
def test_they_write_workbooks(made, words, tmp_path):
    made("score", *words, "-o", tmp_path / "made.xlsx")
    assert (tmp_path / "made.xlsx").read_bytes().startswith(b"PK")


def test_columns_and_limit_give_the_records_alone(made):
    text = made(
        "score", "show", "陈立", "--quarter", "2026Q3", "-f", "table", "--columns", "number,due_on"
    ).out
    assert "How it is made" not in text
    assert "HT-1" in text


def test_fines_by_person_and_month_with_their_records(made):
    found = made("score", "fines", "-f", "json").json
    assert [(row["person"], row["month"], row["fines"], row["numbers"]) for row in found] == [
        ("陈立", "2026-08", 200, "HT-1、HT-2")
    ]
    told = made("score", "fines", "--evidence", "--month", "2026-08", "-f", "json").json
    assert [(row["number"], row["fines"], row["days_late"]) for row in told] == [
        ("HT-1", 100, 7),
        ("HT-2", 100, 112),
    ]
    assert made("score", "fines", "--month", "2026-07", "-f", "json").json == []
    assert made("score", "fines", "--person", "王敏", "-f", "json").json == []
    assert "1 person, fines 200 CNY" in made("score", "fines", "--quarter", "2026Q3", "-f", "table").out


def test_only_what_concerns_one_person_customer_team_or_region(made):
    assert list(by_person(made, "quarter", "2026Q3", "--person", "李伟")) == ["李伟"]
    assert list(by_person(made, "quarter", "2026Q3", "--region", "华东")) == ["陈立"]
    other = by_person(made, "quarter", "2026Q3", "--customer", OTHER)["李伟"]
    assert (other["satisfaction"], other["compliance"]) == (50.0, None)


# ---- typed wrong


def test_a_name_typed_wrong_is_answered_with_near_ones(made):
    said = made("score", "show", "李韦", "--quarter", "2026Q3", code=3).err
    assert "李韦 is not among the staff" in said
    said = made("score", "quarter", "2026Q3", "--team", "项木部", code=3).err
    assert "nobody is in a team 项木部; did you mean 项目部?" in said
    made("score", "quarter", "2026Q3", "--region", "火星", code=3)


@pytest.mark.parametrize("text", ["2026", "2026Q5", "26Q3", "2026-3", "20263", "Q3", "0000Q1", ""])
def test_a_quarter_typed_wrong_is_told_how_to_write_it(made, text):
    assert "is no quarter; write it as 2026Q3" in made("score", "quarter", text, code=2).err


@pytest.mark.parametrize("text", ["2026Q3", "2026q3", "2026-Q3", "2026 Q3", "2026年第三季度", "2026年3季度"])
def test_a_quarter_is_understood_as_people_write_it(made, text):
    assert {row["period"] for row in made("score", "quarter", text, "-f", "json").json} == {"2026Q3"}


@pytest.mark.parametrize(
    "words",
    [
        ("year", "26"),
        ("year", "2026Q3"),
        ("show", "李伟"),
        ("show", "李伟", "--quarter", "2026Q3", "--year", "2026"),
        ("show", "李伟", "--quarter", "2026Q3", "--indicator", "speed"),
        ("quarter", "2026Q3", "--by", "hospital"),
        ("fines", "--month", "2026-08", "--year", "2026"),
        ("fines", "--month", "August"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(made, words):
    assert made("score", *words, code=2).err.count("\n") == 1


def test_of_a_store_that_is_not_there_nothing_is_listed(empty):
    assert empty("score", "quarter", "2026Q3", "-f", "json").json == []
    assert empty("score", "year", "2026", "-f", "json").json == []
    assert empty("score", "fines", "-f", "json").json == []
    assert empty("score", "show", "李伟", "--quarter", "2026Q3", "-f", "json").json == []


def test_the_exit_code_tells_whether_anything_is_listed(made):
    made("score", "show", "陈立", "--quarter", "2026Q3", "-f", "table", "--exit-code", code=10)
    made("score", "show", "吴兰", "--quarter", "2026Q3", "-f", "table", "--exit-code")
    made("score", "quarter", "2025Q3", "--exit-code")


# ---- published quarters


@pytest.fixture
def frozen(made):
    """The known quarter, published, and changed since: a breach of 陈立 was let off, one of 李伟 closed in time."""
    made("score", "publish", "2026Q3")
    made("waive", "contract.return", "HT-2", "--reason", "医院搬迁")
    return made


def test_a_published_quarter_stays_as_it_was_and_tells_what_it_would_be_now(frozen):
    ran = frozen("score", "quarter", "2026Q3", "-f", "json")
    row = next(row for row in ran.json if row["person"] == "陈立")
    assert (row["score"], row["points"], row["waived"]) == (90.0, 10, 0)
    assert (row["published"], row["difference"], row["now"]) == (90.0, 5.0, 95.0)
    assert "frozen: --now shows the present figures" in ran.err
    assert [line["waived"] for line in lines(frozen, "陈立")] == [False, False]
    text = frozen("score", "show", "李伟", "--quarter", "2026Q3", "-f", "table").out
    assert "(60 × 90.0 + 25 × 75.0 + 15 × 33.33) ÷ 100 = 77.75" in text
    assert "75.0 = (12 ÷ 3 marks − 1) × 25" in text


def test_the_present_figures_of_a_published_quarter_are_shown_on_demand(frozen):
    row = by_person(frozen, "quarter", "2026Q3", "--now")["陈立"]
    assert (row["score"], row["published"], row["difference"], row["waived"]) == (95.0, 90.0, 5.0, 1)
    told = lines(frozen, "陈立", "--quarter", "2026Q3", "--now")
    assert [line["counted"] for line in told] == [5, 0]
    assert by_person(frozen, "quarter", "2026Q3", "--as-of", "2026-11-22")["陈立"]["published"] is None


def test_a_year_takes_its_published_quarters_as_published(frozen):
    row = by_person(frozen, "year", "2026")["陈立"]
    assert row["score"] == 90.0
    assert row["quarters"] == [{"period": "2026Q3", "score": 90.0, "published": True}]
    assert by_person(frozen, "year", "2026", "--now")["陈立"]["score"] == 95.0
    teams = {
        row["team"]: row["score"]
        for row in frozen("score", "year", "2026", "--by", "team", "-f", "json").json
    }
    assert teams["项目部"] == 95.0


def test_a_published_quarter_of_one_team_is_about_the_days_in_it(made):
    made("staff", "edit", "李伟", "--team", "甲组", "--reason", "入组")
    made("staff", "edit", "李伟", "--team", "乙组", "--from", "2026-08-03", "--reason", "调动")
    before = {team: by_person(made, "quarter", "2026Q3", "--team", team)["李伟"] for team in ("甲组", "乙组")}
    assert before["甲组"]["score"] != before["乙组"]["score"]
    made("score", "publish", "2026Q3")
    for team, row in before.items():
        published = {"published": row["score"], "difference": 0.0}
        assert by_person(made, "quarter", "2026Q3", "--team", team)["李伟"] == {**row, **published}
        assert by_person(made, "quarter", "2026Q3", "--team", team, "--now")["李伟"] == {**row, **published}


def test_what_a_breach_cost_is_told_by_the_policy_of_the_publication(made, tmp_path):
    made("score", "publish", "2026Q3")
    draft = tmp_path / "draft.toml"
    draft.write_text('[rules.contract.return]\nscore = "quarter"\npoints = 1\n', encoding="utf-8")
    made("policy", "apply", draft, "--from", "2026-01-01")
    words = ("score", "show", "陈立", "--quarter", "2026Q3", "-f", "table")
    assert "5 a breach, at most 20 a rule" in made(*words).out
    assert "1 a breach, at most 20 a rule" in made(*words, "--now").out


def test_a_callback_struck_out_after_the_publication_is_found_by_the_command_that_is_printed(made):
    made("score", "publish", "2026Q3")
    number = f"2026Q3-李伟-{OTHER}"
    made("callback", "void", number, "--reason", "记错")
    words = ("--quarter", "2026Q3", "--indicator", "satisfaction", "-f", "json")
    (row,) = [row for row in made("score", "show", "李伟", *words).json if row["number"] == number]
    assert made(*shlex.split(row["see"])[1:], "-f", "json").json["state"] == "void"
