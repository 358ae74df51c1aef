"""四 to 七 A generated company through the command line, held against the second calculators on several days."""

import random
import shlex
from collections import Counter
from copy import deepcopy
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache

import pytest

from svcq.policy.load import house
from tests import independent_callback, independent_issue, independent_migrate, independent_upgrade
from tests.cli import Svcq, copy, records
from tests.independent import DAY
from tests.independent_callback import first_day, last_day, number_of
from tests.independent_owed import obligations
from tests.independent_policy import Numbers
from tests.independent_score import (
    FIELDS,
    SUMS,
    breaches,
    counted,
    evidence,
    fines,
    grade,
    quarter,
    rounded,
    year,
)
from tests.make_service import LIVE, QUARTERS, write
from tests.make_service_acts import REGIONS, TRACKED, policy
from tests.test_chapters import picked, plain

SEED = 1
DAYS = ("2026-11-23", "2026-08-20", "2026-02-25", "2025-12-31", "2025-03-31")
"""Today and earlier days, the ends of a year and of a quarter among them."""
COMPANIES = ("whole", "live")
"""Everything counts; and the same company with a day on which it went live."""
OWED = (
    *(
        "rule",
        "number",
        "starts_on",
        "due_on",
        "met_on",
        "state",
        "days_overdue",
        "fine",
        "person",
        "customer",
    ),
    "before_live",
)
UPGRADE = (
    *independent_upgrade.ACTS,
    *(
        "number",
        "customer",
        "state",
        "planned_on",
        "left_on",
        "no_test_reason",
        "version",
        "answer",
        "second_answer",
    ),
)
CALLBACK = (
    *("number", "quarter", "engineer", "customer", "drawn_on", "asked_on", "service", "attitude", "advice"),
    *("unsolved", "state"),
)
LINE = ("rule", "number", "customer", "due_on", "met_on", "days_late", "points", "counted", "waived")


class Company:
    """svcq over a store, and the world that is in it; what the calculators say is worked out once."""

    def __init__(self, svcq, made, world):
        self.svcq, self.made, self.world = svcq, made, world
        self.owed = cache(lambda day: obligations(world, date.fromisoformat(day)))
        self.numbers = {}
        for row in world.sheet("contract"):
            if str(row["number"]).startswith(TRACKED):
                told = svcq("handover", "show", row["number"].removeprefix(TRACKED), "-f", "json").json
                self.numbers[told["contract"]] = row["number"]

    def json(self, *words):
        """What a listing says."""
        return self.svcq(*words, "-f", "json").json


@pytest.fixture(scope="module")
def companies(tmp_path_factory):
    """The company as a whole, and gone live in the middle."""
    folder = tmp_path_factory.mktemp("service")
    made = write(folder / "made", SEED)
    svcq = Svcq(folder / "svcq.db")
    svcq("import", *made.paths.values())
    for words in made.commands:
        svcq(*words)
    other = Svcq(copy(svcq.store, folder / "live.db"))
    other("policy", "live", LIVE)
    return {
        "whole": Company(svcq, made, made.world),
        "live": Company(other, made, replace(made.world, live=LIVE)),
    }


@pytest.fixture
def company(companies):
    """The company as a whole."""
    return companies["whole"]


@pytest.fixture
def other(company, tmp_path):
    """A store of its own, to be changed."""
    svcq = Svcq(copy(company.svcq.store, tmp_path / "svcq.db"))
    return Company(svcq, company.made, company.world)


# --- what is owed


@pytest.mark.parametrize("which", COMPANIES)
@pytest.mark.parametrize("day", DAYS)
def test_every_obligation_and_who_owes_it_are_as_the_second_calculators_say(companies, which, day):
    company = companies[which]
    found = company.json("due", "--all", "--as-of", day)
    found = [one | {"number": company.numbers.get(one["number"], one["number"])} for one in found]
    assert picked(found, OWED) == picked(company.owed(day), OWED)


def test_every_rule_is_owed_and_every_state_is_there_often(company):
    every = [one for day in DAYS for one in company.owed(day)]
    assert {one["rule"] for one in every} == set(house().rules)
    states = Counter(
        one["state"] for one in every if one["rule"].startswith(("upgrade", "migrate", "callback"))
    )
    assert all(states[state] > 10 for state in ("open", "overdue", "met", "late", "waived")), states
    assert len({one["person"] for one in every}) > 15
    assert {one["fine"] for one in every} == {0, 20, 100}


# --- listings


@pytest.mark.parametrize("day", DAYS)
def test_every_upgrade_stands_as_the_second_calculator_says(company, day):
    rows = company.world.sheet("upgrade")
    wanted = independent_upgrade.calculate(rows, company.world.sheet("skip"), date.fromisoformat(day))[0]
    assert picked(company.json("upgrade", "list", "--as-of", day), UPGRADE) == picked(wanted, UPGRADE)


@pytest.mark.parametrize("day", DAYS[:3])
def test_overdue_upgrades_are_the_obligations_that_are_overdue(company, day):
    wanted = [
        one for one in company.owed(day) if one["rule"].startswith("upgrade.") and one["state"] == "overdue"
    ]
    assert picked(company.json("upgrade", "overdue", "--as-of", day), OWED) == picked(wanted, OWED)
    assert wanted


@pytest.mark.parametrize("day", DAYS)
def test_every_callback_stands_as_the_second_calculator_says(company, day):
    rows, tries = company.world.sheet("callback"), company.world.sheet("try")
    wanted = independent_callback.calculate(rows, tries, date.fromisoformat(day), company.world.numbers)[0]
    assert picked(company.json("callback", "list", "--as-of", day), CALLBACK) == picked(wanted, CALLBACK)


@pytest.mark.parametrize(
    ("when", "day"), [(2025, DAYS[0]), (2025, DAYS[3]), (2026, DAYS[0]), (2026, DAYS[2])]
)
def test_the_hospitals_that_are_due_in_a_year_are_those_of_the_second_calculator(company, when, day):
    owed = {
        one["customer"]: one
        for one in company.owed(day)
        if one["rule"] == "migrate.yearly" and one["number"].endswith(f"-{when}")
    }
    hospitals = company.world.sheet("customer")
    due = [row["name"] for row in hospitals if independent_migrate.due_in(row, when)]
    wanted = {(name, plain(owed[name]["met_on"]), owed[name]["person"]) for name in due if name in owed}
    found = company.json("migrate", "due", when, "--as-of", day)
    assert {(row["customer"], row["migrated_on"], row["engineer"]) for row in found} == wanted
    assert {row["customer"] for row in found} == set(due)


@pytest.mark.parametrize(("when", "day"), [(2025, DAYS[3]), (2026, DAYS[0])])
def test_what_a_december_check_finds_missing_is_what_the_second_calculator_says(company, when, day):
    today, wanted = date.fromisoformat(day), {}
    for row in company.world.sheet("customer"):
        if independent_migrate.due_in(row, when):
            wanted[row["name"]] = {"migration"}
    for row in company.world.sheet("migration"):
        if row["done_on"].year == when and row["done_on"] <= today and not row.get("void_on"):
            lacking = wanted.setdefault(row["customer"], set())
            lacking.discard("migration")
            acts = {"reindexed_on": "reindex", "registered_on": "register"}
            lacking |= {what for act, what in acts.items() if not row[act] or row[act] > today}
    found = company.json("migrate", "check", when, "--as-of", day)
    assert {row["customer"]: set((row["missing"] or "").split("、")) - {""} for row in found} == wanted


def test_a_hospital_has_the_version_of_its_newest_upgrade(company):
    rows = company.world.sheet("upgrade")
    kept = {
        row["customer"] for row in rows if row.get("void_on")
    }  # striking an upgrade out leaves the version
    done = [row for row in rows if row["done_on"] and row["customer"] not in kept]
    wanted = {row["customer"]: row["version"] for row in sorted(done, key=lambda row: row["done_on"])}
    found = {row["name"]: row["version"] for row in company.json("customer", "list")}
    assert {name: found[name] for name in wanted} == wanted


def test_the_checklist_has_every_open_problem_and_the_surprises_of_earlier_upgrades(company):
    world = company.world
    issues = independent_issue.calculate(
        world.sheet("issue"), world.sheet("step"), date.fromisoformat(DAYS[0])
    )[0]
    still_open = {row["number"] for row in issues if row["state"] in ("open", "stale")}
    living = [row for row in world.sheet("upgrade") if not row.get("void_on")]
    waiting = [row for row in living if not row["done_on"]]
    seen = Counter()
    for row in waiting[:4]:
        mine = [one["number"] for one in world.sheet("issue") if one["customer"] == row["customer"]]
        told = company.json("upgrade", "checklist", row["number"])
        assert {one["number"] for one in told["issues"]} == still_open & set(mine)
        before = {one["number"] for one in living if one["customer"] == row["customer"] and one["surprises"]}
        assert {one["number"] for one in told["surprises"]} == before
        seen.update(problems=len(told["issues"]), surprises=len(told["surprises"]))
    assert min(seen.values()) > 0


# --- scores


def standing(world, found, last):
    """Figures as they are printed."""
    return {
        who: (*(rounded(one[key]) for key in FIELDS), *(one[key] for key in SUMS),
              grade(world, rounded(one["score"]), last))
        for who, one in found.items()
    }  # fmt: skip


def printed(rows, by):
    return {row[by] or "": tuple(row[key] for key in (*FIELDS, *SUMS, "grade")) for row in rows}


@pytest.mark.parametrize("which", COMPANIES)
@pytest.mark.parametrize("by", ["person", "team", "region"])
def test_the_scores_of_quarters_and_years_are_those_of_the_second_calculator(
    companies, which, by, monkeypatch
):
    company = companies[which]
    world = company.world
    monkeypatch.setattr("tests.independent_score.obligations", lambda _, day: company.owed(str(day)))
    for name, day in (
        *(("2025Q1", DAYS[4]), ("2025Q4", DAYS[3]), ("2026Q1", DAYS[2]), ("2026Q1", DAYS[0])),
        *(("2026Q3", DAYS[1]), ("2026Q3", DAYS[0]), ("2026Q4", DAYS[0])),
    ):
        wanted = quarter(world, name, date.fromisoformat(day), by)
        found = company.json("score", "quarter", name, "--by", by, "--as-of", day)
        assert printed(found, by) == standing(world, wanted, last_day(name)), (name, day)
    for number, day in ((2025, DAYS[3]), (2025, DAYS[0]), (2026, DAYS[2]), (2026, DAYS[0])):
        wanted = year(world, number, date.fromisoformat(day), by)
        found = company.json("score", "year", number, "--by", by, "--as-of", day)
        assert printed(found, by) == standing(world, wanted, date(number, 12, 31)), (number, day)


def of_person(company, person, name, day):
    """The evidence of a person in a quarter or year, of all teams."""
    first, last = (
        (first_day(name), last_day(name)) if "Q" in name else (date(int(name), 1, 1), date(int(name), 12, 31))
    )
    seen = evidence(company.world, company.owed(day), date.fromisoformat(day), first, last)
    mine = [one for (who, *_), one in seen.items() if who == person]
    return [one for part in mine for one in part.owed], [row for part in mine for row in part.asked], last


@pytest.mark.parametrize("name", ["2025Q4", "2026Q3", "2026"])
def test_every_line_behind_a_score_is_that_of_the_second_calculator(company, name):
    day, option = DAYS[0], "--quarter" if "Q" in name else "--year"
    listed = company.json("score", *(option.removeprefix("--"), name), "--as-of", day)
    shown = [row for row in listed if row["breaches"]]
    assert len(shown) > 3
    for row in shown[:6]:
        person = row["person"]
        owed, asked, last = of_person(company, person, name, day)
        lines = breaches(company.world, counted(company.world, owed, last, option.removeprefix("--")), last)
        wanted = [one | {"waived": bool(one["waived_on"]), "days_late": one["days_overdue"]} for one in lines]
        found = company.json("score", "show", person, option, name, "--as-of", day)
        found = [one | {"number": company.numbers.get(one["number"], one["number"])} for one in found]
        assert picked(found, LINE) == picked(wanted, LINE)
        assert len(found) == row["breaches"]
        assert sum(one["counted"] for one in found) == row["points"]
        assert sum(one["waived"] for one in found) == row["waived"]
        assert all(one["reason"] for one in found if one["waived"])
        if "Q" in name:
            closes = [one["number"] for one in owed if one["rule"] == "issue.close"]
            words = ("score", "show", person, option, name, "--as-of", day, "--indicator")
            assert sorted(one["number"] for one in company.json(*words, "resolution")) == sorted(closes)
            answered = sorted(independent_callback.number_of(one) for one in asked)
            assert sorted(one["number"] for one in company.json(*words, "satisfaction")) == answered


def test_every_kind_of_line_names_a_command_that_shows_its_record(company):
    rules = {}
    for row in company.json("score", "quarter", "2026Q3") + company.json("score", "quarter", "2025Q4"):
        for one in company.json("score", "show", row["person"], "--quarter", row["period"]):
            rules[one["rule"]] = one
    assert len(rules) > 8
    for one in rules.values():
        name, *words = shlex.split(one["see"])
        assert name == "svcq"
        assert one["number"] in company.svcq(*words).out, one["see"]


@pytest.mark.parametrize("which", COMPANIES)
def test_fines_per_person_and_month_are_those_of_the_second_calculator(companies, which):
    company = companies[which]
    for day in DAYS[:3]:
        wanted = fines(company.world, date.fromisoformat(day))
        found = company.json("score", "fines", "--as-of", day)
        assert {(row["person"] or "", row["month"]): row["fines"] for row in found} == wanted
        lines = company.json("score", "fines", "--evidence", "--as-of", day)
        assert sum(row["fines"] for row in lines) == sum(wanted.values())


def test_a_draft_of_the_policy_is_scored_as_the_second_calculator_does(company, tmp_path):
    draft = {
        ("points", "issue.close"): 30,
        ("setting", "score.points_most"): 6,
        ("setting", "score.weight_resolution"): 0,
        ("setting", "score.grade_b"): 85,
        ("score", "migrate.register"): "none",
        ("score", "upgrade.report"): "quarter",
    }
    (tmp_path / "draft.toml").write_text(policy(draft), "utf-8")
    last = last_day("2026Q3")
    in_force = company.world.numbers.versions[-1]
    numbers = Numbers([*company.world.numbers.versions, (last, {**in_force[1], **draft})])
    drafted = replace(company.world, numbers=numbers)
    before, after = (
        standing(world, quarter(world, "2026Q3", date.fromisoformat(DAYS[0])), last)
        for world in (company.world, drafted)
    )
    found = company.json("score", "simulate", "2026Q3", "--policy", tmp_path / "draft.toml")
    for place, when in ((before, "before"), (after, "after")):
        keys = (when, *(f"{key}_{when}" for key in FIELDS[1:]), f"points_{when}", f"grade_{when}")
        told = {row["person"]: tuple(row[key] for key in keys) for row in found}
        wanted = {who: (*one[:5], one[-1]) for who, one in place.items()}
        nothing = (None, None, None, None, 0, None)
        assert told == {who: wanted.get(who, nothing) for who in {*before, *after}}
    assert before != after


@pytest.mark.parametrize("by", ["engineer", "region"])
def test_how_satisfied_hospitals_are_is_what_the_second_calculator_says(company, by):
    regions = {row["name"]: row["region"] for row in company.world.sheet("customer")}
    marks, asked = {}, Counter()
    for row in company.world.sheet("callback"):
        if row.get("void_on"):
            continue
        key = (row["quarter"], regions[row["customer"]] if by == "region" else row["engineer"])
        asked[key] += 1
        marks.setdefault(key, []).extend(mark for mark in (row["service"], row["attitude"]) if mark)
    wanted = {
        key: (asked[key], rounded((Fraction(sum(mine), len(mine)) - 1) * 25) if mine else None)
        for key, mine in marks.items()
    }
    words = ("callback", "summary", "--by", by, "--from", QUARTERS[0], "--until", QUARTERS[-1])
    found = company.json(*words)
    assert {(row["quarter"], row[by]): (row["asked"], row["satisfaction"]) for row in found} == wanted


def test_a_published_quarter_stays_and_a_waiver_after_it_is_a_difference(other):
    before = other.json("score", "quarter", "2026Q3")
    other.svcq("score", "publish", "2026Q3")
    late = next(
        one for one in other.owed(DAYS[0])
        if one["breached"] and not one["waived_on"] and one["rule"] == "issue.close"
        and date(2026, 7, 1) <= one["due_on"] <= date(2026, 9, 30)
    )  # fmt: skip
    other.svcq("waive", late["rule"], late["number"], "--starts", late["starts_on"], "--reason", "医院停电")
    after = other.json("score", "quarter", "2026Q3")
    figures = (*FIELDS, *SUMS, "grade")
    assert [[row[key] for key in figures] for row in after] == [
        [row[key] for key in figures] for row in before
    ]
    assert all(row["published"] == row["score"] for row in after)
    moved = {row["person"]: row["difference"] for row in after if row["difference"]}
    assert list(moved) == [late["person"]]
    waivers = {
        **other.world.waivers,
        (late["rule"], late["number"], late["starts_on"]): date.fromisoformat(DAYS[0]),
    }
    world = replace(other.world, waivers=waivers)
    now = quarter(world, "2026Q3", date.fromisoformat(DAYS[0]))
    frozen = {row["person"]: row["published"] for row in after}
    person = late["person"]
    assert moved[person] == pytest.approx(rounded(now[person]["score"]) - frozen[person])
    kept = {
        ("2026Q3", row["person"]): {
            key: row[key] if row[key] is None else Fraction(str(row[key])) for key in (*FIELDS, *SUMS)
        }
        for row in after
    }
    found = other.json("score", "year", "2026")
    wanted = year(world, 2026, date.fromisoformat(DAYS[0]), published=kept)
    assert printed(found, "person") == standing(world, wanted, date(2026, 12, 31))
    earlier = other.json("score", "quarter", "2026Q3", "--as-of", "2026-11-22")
    assert {row["published"] for row in earlier} == {None}
    present = other.json("score", "quarter", "2026Q3", "--now")
    assert printed(present, "person") == standing(world, now, last_day("2026Q3"))


# --- records that are mended


def edits(chance, rows):
    """What is edited, and the row that changes: words of the command, row, field, new value."""
    for _ in range(3):
        row = chance.choice(rows["customer"])
        level, region, since = (
            chance.choice("123"),
            chance.choice(REGIONS),
            date(2022, 12, chance.randint(30, 31)),
        )
        yield ("customer", row["name"], "--level", level), row, "level", level
        yield ("customer", row["name"], "--region", region), row, "region", region
        yield ("customer", row["name"], "--running-since", since), row, "running_since", since
    for _ in range(3):
        row = chance.choice([row for row in rows["migration"] if not row.get("void_on")])
        name, done = chance.choice(rows["customer"])["name"], row["done_on"] - chance.randint(1, 300) * DAY
        yield ("migrate", row["number"], "--customer", name), row, "customer", name
        yield ("migrate", row["number"], "--on", done), row, "done_on", done
        row = chance.choice([row for row in rows["upgrade"] if row["called_on"] and not row.get("void_on")])
        answer, name = chance.choice(("yes", "no")), chance.choice(rows["customer"])["name"]
        yield ("upgrade", row["number"], "--answer", answer), row, "answer", answer
        yield ("upgrade", row["number"], "--customer", name), row, "customer", name
        row = chance.choice([row for row in rows["callback"] if row["asked_on"] and not row.get("void_on")])
        drawn, mark = first_day(row["quarter"]) + chance.randint(0, 60) * DAY, chance.randint(1, 5)
        yield (
            ("callback", number_of(row), "--drawn", min(drawn, row["asked_on"])),
            row,
            "drawn_on",
            min(drawn, row["asked_on"]),
        )
        yield ("callback", number_of(row), "--service", mark), row, "service", mark


def test_what_is_owed_and_scored_follows_records_that_are_mended(other):
    rows = deepcopy(other.world.rows)
    for (group, number, *words), row, field, value in edits(random.Random(3), rows):
        other.svcq(group, "edit", number, *words, "--reason", "登记有误")
        row[field] = value
    mended = Company(other.svcq, other.made, replace(other.world, rows=rows))
    for day in (DAYS[0], DAYS[3]):
        found = mended.json("due", "--all", "--as-of", day)
        found = [one | {"number": mended.numbers.get(one["number"], one["number"])} for one in found]
        assert picked(found, OWED) == picked(mended.owed(day), OWED)
    wanted = year(mended.world, 2026, date.fromisoformat(DAYS[0]))
    found = mended.json("score", "year", "2026")
    assert printed(found, "person") == standing(mended.world, wanted, date(2026, 12, 31))
    assert (other.svcq("db", "check").out, other.svcq("db", "check").err) == ("", "")


# --- the store


def test_a_second_import_changes_nothing(company, tmp_path):
    svcq = Svcq(tmp_path / "svcq.db")
    kinds = ("staff", "customer", "upgrade", "skip", "migration", "callback", "try")
    files = [company.made.paths[kind] for kind in kinds]
    svcq("import", *files)
    before = svcq.dump()
    ran = svcq("import", *files, "-f", "json").json
    assert {row["unchanged"] == row["read"] for row in ran} == {True}
    assert svcq.dump() == before


def test_the_ledger_is_what_computing_it_anew_gives(companies):
    for company in companies.values():
        ran = company.svcq("db", "check")
        assert (ran.out, ran.err) == ("", "")


def test_an_export_makes_the_same_store_again(company, tmp_path):
    kinds = (*company.made.paths, "unit")
    files = {kind: tmp_path / f"{kind}.csv" for kind in kinds}
    for kind, path in files.items():
        company.svcq("export", kind, "-o", path)
    again = Svcq(tmp_path / "again.db")
    again("import", *files.values())
    for kind, path in files.items():
        assert again("export", kind).records == records(path.read_bytes()), kind


def test_quarters_of_the_files_are_all_there(company):
    assert {row["quarter"] for row in company.json("callback", "list")} == set(QUARTERS)
