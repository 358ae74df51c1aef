"""四 to 七 The second calculators, held against cases worked out on paper.

Days without a year are of 2026. Its days off that matter here: Spring Festival 16 to 23 February (Saturdays the 14th
and the 28th are worked), 4 to 6 April, 1 to 5 May (Saturday the 9th is worked), 1 to 7 October (the 10th is worked); 1 and
2 January (Sunday the 4th is worked).
"""

from datetime import date
from fractions import Fraction

import pytest

from tests import independent_callback, independent_migrate, independent_score, independent_upgrade
from tests.independent_callback import best, most, number_of
from tests.independent_common import months_after
from tests.independent_owed import World, obligations
from tests.independent_policy import Numbers, first_full
from tests.test_chapters_independent import d, lines, told

UPGRADE = (
    *independent_upgrade.ACTS,
    *independent_upgrade.TOLD_ON,
    *("number", "customer", "planned_on", "left_on", "void_on"),
)


def row(acts: str, **cells: object) -> dict[str, object]:
    """`arranged 03-02, planned 03-20` as a row of an upgrade."""
    days = {f"{what}_on": d(day) for what, day in (act.split() for act in filter(None, acts.split(", ")))}
    return {**dict.fromkeys(UPGRADE), "number": "SJ-1", "customer": "甲", **days, **cells}


def upgrade(acts: str, today: str, skips: tuple[str, ...] = (), **cells: object) -> tuple[dict, list[dict]]:
    """How an upgrade stands, and its obligations. Skips: `03-05 done plan、test`."""
    forced = [
        {"upgrade": "SJ-1", "on": d(day), "step": step, "skipped": skipped}
        for day, step, skipped in (skip.split() for skip in skips)
    ]
    listed, owed = independent_upgrade.calculate([row(acts, **cells)], forced, d(today))
    return (listed[0] if listed else {}), owed


# --- 四 upgrades

WHOLE = "applied 03-02, arranged 03-03, planned 03-20, plan 03-10, registered 03-10, discussed 03-11, tested 03-12"
REPORTED = f"{WHOLE}, approved 03-13, done 03-20, report 03-24"


@pytest.mark.parametrize(
    ("acts", "today", "answer", "state"),
    [
        ("", "03-02", None, None),
        ("applied 03-02", "03-01", None, None),
        ("applied 03-02", "03-02", None, "applied"),
        (WHOLE, "03-02", None, "applied"),
        (WHOLE, "03-03", None, "arranged"),
        (WHOLE, "03-09", None, "arranged"),
        (WHOLE, "03-10", None, "planned"),  # though not discussed yet
        (WHOLE, "03-11", None, "planned"),
        (WHOLE, "03-12", None, "tested"),
        (REPORTED, "03-13", None, "approved"),
        (REPORTED, "03-20", None, "done"),
        (REPORTED, "03-24", None, "reported"),
        ("done 03-20, mailed 03-23, report 03-30", "03-23", None, "reported"),
        (f"{REPORTED}, called 03-25", "03-24", "yes", "reported"),
        (f"{REPORTED}, called 03-25", "03-25", "yes", "settled"),
        (f"{REPORTED}, called 03-25", "03-25", "no", "reported"),
        (f"{REPORTED}, called 03-25, second_called 03-27", "03-26", "unclear", "reported"),
        (f"{REPORTED}, called 03-25, second_called 03-27", "03-27", "unclear", "settled"),
    ],
)
def test_an_upgrade_is_as_far_as_its_furthest_step(acts, today, answer, state):
    assert upgrade(acts, today, answer=answer)[0].get("state") == state


def test_what_is_told_later_is_not_known_before():
    acts = f"{REPORTED}, called 03-25"
    cells = {
        "version": "V6",
        "surprises": "慢",
        "no_test_reason": "无",
        "answer": "yes",
        "left_on": d("04-30"),
    }
    known = ("no_test_reason", "version", "surprises", "answer", "left_on", "planned_on")
    seen = {day: told(upgrade(acts, day, **cells)[0], *known) for day in ("03-11", "03-19", "03-20", "03-25")}
    assert seen == {
        "03-11": "- - - - 04-30 03-20",
        "03-19": "无 - - - 04-30 03-20",
        "03-20": "无 V6 慢 - 04-30 03-20",
        "03-25": "无 V6 慢 yes 04-30 03-20",
    }


@pytest.mark.parametrize(
    ("rule", "acts", "today", "answer", "owed"),
    [
        # the plan: handed in, registered and discussed before the planned day, which never rolls
        ("plan", "arranged 03-03", "03-30", None, []),
        ("plan", "planned 03-20, applied 03-01", "03-30", None, []),
        ("plan", "arranged 03-03, planned 03-20", "03-02", None, []),
        ("plan", "arranged 03-03, planned 03-20", "03-19", None, ["03-03 03-19 - open"]),
        ("plan", "arranged 03-03, planned 03-20", "03-20", None, ["03-03 03-19 - overdue 1"]),
        ("plan", "arranged 03-03, planned 03-09", "03-10", None, ["03-03 03-08 - overdue 2"]),
        ("plan", WHOLE, "03-30", None, ["03-03 03-19 03-11 met"]),
        ("plan", WHOLE, "03-10", None, ["03-03 03-19 - open"]),
        ("plan", "arranged 03-03, planned 03-20, plan 03-21, registered 03-10, discussed 03-11", "03-30", None,
         ["03-03 03-19 03-21 late 2"]),
        ("plan", "arranged 03-12, planned 03-20, plan 03-10, registered 03-10, discussed 03-11", "03-12", None,
         ["03-12 03-19 03-11 met"]),
        ("plan", "arranged 03-20, planned 03-20", "03-20", None, ["03-20 03-19 - overdue 1"]),
        # the report: a week, a day off rolls; paper or electronic copy, whichever is first
        ("report", "done 03-02", "03-09", None, ["03-02 03-09 - open"]),
        ("report", "done 09-25", "10-08", None, ["09-25 10-08 - open"]),
        ("report", "done 02-10", "02-25", None, ["02-10 02-24 - overdue 1"]),
        ("report", "done 03-02, report 03-09", "03-30", None, ["03-02 03-09 03-09 met"]),
        ("report", "done 03-02, report 03-20, mailed 03-05", "03-30", None, ["03-02 03-09 03-05 met"]),
        ("report", "done 03-02, report 03-05, mailed 03-20", "03-30", None, ["03-02 03-09 03-05 met"]),
        ("report", "done 03-02, mailed 03-12", "03-30", None, ["03-02 03-09 03-12 late 3"]),
        # the paper after a mail; none if it was there by then
        ("paper", "done 03-02, report 03-05", "03-30", None, []),
        ("paper", "done 03-02, report 03-05, mailed 03-06", "03-30", None, []),
        ("paper", "done 03-02, report 03-05, mailed 03-05", "03-30", None, []),
        ("paper", "done 03-02, mailed 03-05", "04-08", None, ["03-05 04-07 - overdue 1"]),
        ("paper", "done 03-02, mailed 03-05, report 03-12", "03-11", None, ["03-05 04-07 - open"]),
        ("paper", "done 03-02, mailed 03-05, report 03-12", "03-12", None, ["03-05 04-07 03-12 met"]),
        # the call after the report was received
        ("callback", "report 03-05", "03-09", None, ["03-05 03-09 - open"]),
        ("callback", "report 03-30, mailed 03-05, called 03-10", "03-30", None, ["03-05 03-09 03-10 late 1"]),
        ("callback", "mailed 09-29", "10-09", None, ["09-29 10-08 - overdue 1"]),
        ("callback", "report 03-05, called 03-04", "03-05", "yes", ["03-05 03-09 03-04 met"]),
        ("callback", "called 03-04", "03-05", "yes", []),
        # another call without a definite yes
        ("second_callback", "called 03-05", "03-30", "yes", []),
        ("second_callback", "called 03-05", "03-06", "no", ["03-05 03-09 - open"]),
        ("second_callback", "called 03-05", "03-06", "unclear", ["03-05 03-09 - open"]),
        ("second_callback", "called 03-05", "03-06", None, ["03-05 03-09 - open"]),
        ("second_callback", "called 09-30", "10-09", "no", ["09-30 10-08 - overdue 1"]),
        ("second_callback", "called 03-05, second_called 03-05", "03-06", "no", ["03-05 03-09 03-05 met"]),
        ("second_callback", "called 03-05, second_called 03-11", "03-11", "no", ["03-05 03-09 03-11 late 2"]),
        # informing about each call
        ("inform", "called 03-06", "03-06", "yes", ["03-06 03-09 - open"]),
        ("inform", "called 02-13", "02-15", "yes", ["02-13 02-14 - overdue 1"]),
        ("inform", "called 03-06, informed 03-06", "03-09", "yes", ["03-06 03-09 03-06 met"]),
        ("inform", "called 03-06, informed 03-06, second_called 03-10", "03-12", "no",
         ["03-06 03-09 03-06 met", "03-10 03-11 - overdue 1"]),
        ("inform", "called 03-06, second_called 03-10, second_informed 03-10", "03-10", "no",
         ["03-06 03-09 - overdue 1", "03-10 03-11 03-10 met"]),
        # of two starts on one day the last one starts it
        ("inform", "called 03-06, informed 03-09, second_called 03-06", "03-09", "no", ["03-06 03-09 - open"]),
    ],
)  # fmt: skip
def test_what_an_upgrade_obliges_to(rule, acts, today, answer, owed):
    assert lines(upgrade(acts, today, answer=answer)[1], f"upgrade.{rule}") == owed


def test_a_forced_step_is_late_at_once():
    assert lines(upgrade("applied 03-02", "03-04", ("03-05 done plan",))[1], "upgrade.order") == []
    owed = upgrade("applied 03-02, done 03-05", "03-05", ("03-05 done plan、test",))[1]
    assert lines(owed, "upgrade.order") == ["03-05 03-04 03-05 late 1"]
    assert [one["note"] for one in owed if one["rule"] == "upgrade.order"] == ["plan、test"]


def test_two_forced_steps_of_a_day_are_one_breach_that_names_all():
    skips = ("03-05 test plan", "03-05 done approve", "03-09 callback report")
    owed = upgrade("applied 03-02", "03-10", skips)[1]
    assert lines(owed, "upgrade.order") == ["03-05 03-04 03-05 late 1", "03-09 03-08 03-09 late 1"]
    assert owed[0]["note"] == "plan approve"


def test_a_void_upgrade_owes_nothing_and_stays():
    listed, owed = upgrade(REPORTED, "03-30", ("03-05 done plan",), void_on=d("05-01"))
    assert (listed["state"], owed) == ("void", [])


def test_the_steps_that_are_missing():
    def missing(acts: str, step: str, on: str, *skips: str) -> str:
        forced = [{"on": d(day), "skipped": what} for day, what in (skip.split() for skip in skips if skip)]
        return " ".join(independent_upgrade.missing(row(acts), forced, step, d(on)))

    assert missing("", "apply", "03-02") == ""
    assert missing("applied 03-02", "arrange", "03-02") == ""
    assert missing("applied 03-02", "done", "03-05") == "arrange plan test approve"
    assert missing("applied 03-02, arranged 03-06", "plan", "03-05") == "arrange"
    assert missing(WHOLE, "done", "03-20") == "approve"
    assert missing(WHOLE, "test", "03-10") == "plan"  # not discussed yet
    assert missing(WHOLE, "callback", "03-20", "03-19 approve") == "done report"
    assert missing(WHOLE, "callback", "03-18", "03-19 approve") == "approve done report"


def test_a_period_is_that_of_the_version_in_force_when_it_starts():
    numbers = Numbers([(d("03-10"), {("period", "upgrade.report"): (3, "workdays")})])

    def due(done: str) -> object:
        return independent_upgrade.calculate([row(f"done {done}")], [], d("03-31"), numbers)[1][0]["due_on"]

    assert (due("03-09"), due("03-10")) == (d("03-16"), d("03-13"))


# --- 五 migrations

HOSPITALS = [
    {"name": "甲", "level": "2", "region": "华东", "running_since": d("2023-01-01")},
    {"name": "乙", "level": "2", "region": "华北", "running_since": d("2023-01-02")},
    {"name": "丙", "level": "3", "region": "华东", "running_since": d("2015-01-01")},
    {"name": "丁", "level": "2", "region": "华东", "running_since": None},
    {
        "name": "戊",
        "level": "2",
        "region": "华东",
        "running_since": d("2020-02-29"),
        "void_on": d("2026-01-01"),
    },
]


def migration(done: str, customer: str = "甲", **cells: object) -> dict[str, object]:
    return {"number": f"QY-{done}", "customer": customer, "done_on": d(done), **cells}


def migrations(rows: list[dict], today: str, checks: tuple = (), live: str | None = None) -> list[dict]:
    held = [{"year": year, "on": d(on)} for year, on in (check.split() for check in checks)]
    return independent_migrate.calculate(rows, held, HOSPITALS, d(today), live=live and d(live))[1]


def test_indexes_are_rebuilt_the_same_day_and_the_migration_registered_in_three():
    owed = migrations([migration("03-06", reindexed_on=d("03-07"), registered_on=d("03-11"))], "03-20")
    assert lines(owed, "migrate.reindex") == ["03-06 03-06 03-07 late 1"]
    assert lines(owed, "migrate.register") == ["03-06 03-11 03-11 met"]
    assert lines(migrations([migration("10-03")], "10-04"), "migrate.reindex") == ["10-03 10-03 - overdue 1"]
    assert lines(migrations([migration("09-30")], "10-10"), "migrate.register") == ["09-30 10-10 - open"]
    assert lines(migrations([migration("03-06")], "03-05"), "migrate.reindex") == []


@pytest.mark.parametrize(
    ("rows", "today", "owed"),
    [
        ([], "2025-12-31", []),
        ([], "2026-01-01", ["甲-2026: 01-01 12-31 - open"]),
        ([], "2027-01-01", ["甲-2026: 01-01 12-31 - overdue 1", "甲-2027: 2027-01-01 2027-12-31 - open",
                            "乙-2027: 2027-01-01 2027-12-31 - open"]),
        ([migration("2025-12-31")], "2026-03-01", ["甲-2026: 01-01 12-31 - open"]),
        ([migration("03-06"), migration("02-06")], "02-28", ["甲-2026: 01-01 12-31 02-06 met"]),
        ([migration("03-06", "乙")], "04-01", ["甲-2026: 01-01 12-31 - open"]),
        ([migration("03-06", void_on=d("05-05"))], "04-01", ["甲-2026: 01-01 12-31 - open"]),
    ],
)  # fmt: skip
def test_a_level_2_hospital_that_runs_for_three_years_is_migrated_every_year(rows, today, owed):
    found = [one for one in migrations(rows, today) if one["rule"] == "migrate.yearly"]
    assert [f"{one['number']}: {lines([one], 'migrate.yearly')[0]}" for one in found] == owed


def test_yearly_rules_begin_with_the_first_full_year_after_going_live():
    def years(live: str) -> list[object]:
        return [one["number"] for one in migrations([], "2027-12-05", live=live)]

    assert years("2026-01-01") == ["甲-2026", "甲-2027", "乙-2027", "2026", "2027"]
    assert years("2026-01-02") == ["甲-2027", "乙-2027", "2027"]


def test_the_december_check_is_owed_from_the_first_migration_on():
    assert lines(migrations([migration("03-06")], "11-30"), "migrate.check") == []
    assert lines(migrations([migration("03-06")], "12-01"), "migrate.check") == ["12-01 12-31 - open"]
    assert lines(migrations([], "12-01"), "migrate.check") == []
    done = ("2026 2027-01-02", "2026 2027-01-09")
    assert lines(migrations([migration("03-06")], "2027-01-31", done), "migrate.check") == [
        "12-01 12-31 2027-01-02 late 2"
    ]
    early = migrations([migration("03-06")], "12-01", ("2026 11-30",))
    assert lines(early, "migrate.check") == ["12-01 12-31 11-30 met"]


# --- 六 callbacks


def callback(
    quarter: str, engineer: str = "李伟", customer: str = "甲", **cells: object
) -> dict[str, object]:
    fields = ("drawn_on", "asked_on", "service", "attitude", "advice", "unsolved", "void_on")
    return {**dict.fromkeys(fields), "quarter": quarter, "engineer": engineer, "customer": customer, **cells}


DRAWN = callback("2026Q1", drawn_on=d("01-12"))


@pytest.mark.parametrize(
    ("cells", "tries", "today", "state", "owed"),
    [
        ({}, "", "01-11", None, []),
        ({}, "", "01-12", "open", ["01-12 03-31 - open"]),
        ({}, "", "04-01", "overdue", ["01-12 03-31 - overdue 1"]),
        ({"asked_on": d("02-03"), "service": 5}, "", "02-02", "open", ["01-12 03-31 - open"]),
        ({"asked_on": d("02-03"), "service": 5}, "", "02-03", "answered", ["01-12 03-31 02-03 met"]),
        ({"asked_on": d("04-03"), "advice": "快些"}, "", "04-30", "answered", ["01-12 03-31 04-03 late 3"]),
        ({"asked_on": d("02-03")}, "", "02-03", "open", ["01-12 03-31 - open"]),
        ({}, "02-03 02-03", "02-09", "open", ["01-12 03-31 - open"]),
        ({}, "02-03 02-03 02-09", "02-08", "open", ["01-12 03-31 - open"]),
        ({}, "02-09 02-03 02-03", "02-09", "unreachable", ["01-12 03-31 02-09 met"]),
        ({"asked_on": d("03-03"), "service": 5}, "02-03 02-03 02-09", "03-03", "answered",
         ["01-12 03-31 02-09 met"]),
        ({"void_on": d("04-01")}, "", "02-02", "void", []),
        ({"drawn_on": None, "asked_on": d("02-03"), "service": 5}, "", "02-03", "answered",
         ["02-03 03-31 02-03 met"]),
    ],
)  # fmt: skip
def test_a_callback_is_met_by_an_answer_or_the_third_try(cells, tries, today, state, owed):
    made = DRAWN | cells
    rows = [{"callback": number_of(made), "on": d(day)} for day in tries.split()]
    listed, found = independent_callback.calculate([made], rows, d(today))
    assert [one["state"] for one in listed] == ([state] if state else [])
    assert lines(found, "callback.make") == owed


def test_a_sample_is_owed_in_every_quarter_from_the_first_on():
    found = independent_callback.calculate([DRAWN], [], d("04-01"))[1]
    assert lines(found, "callback.sample") == ["01-01 01-22 01-12 met", "04-01 04-23 - open"]
    assert lines(independent_callback.calculate([], [], d("04-01"))[1], "callback.sample") == []
    late = independent_callback.calculate([DRAWN | {"drawn_on": d("01-26")}], [], d("01-27"))[1]
    assert lines(late, "callback.sample") == ["01-01 01-22 01-26 late 4"]
    gone = [DRAWN | {"void_on": d("01-30")}, callback("2026Q1", customer="乙", drawn_on=d("01-20"))]
    assert lines(independent_callback.calculate(gone, [], d("01-27"))[1], "callback.sample") == [
        "01-01 01-22 01-20 met"
    ]


def test_quarters_begin_with_the_first_full_one_after_going_live():
    assert [str(first_full(d(day), 3)) for day in ("01-01", "01-02", "11-30")] == [
        *("2026-01-01", "2026-04-01", "2027-01-01")
    ]
    found = independent_callback.calculate([DRAWN], [], d("07-01"), live=d("02-01"))[1]
    assert [one["number"] for one in found if one["rule"] == "callback.sample"] == ["2026Q2", "2026Q3"]


def test_the_most_callbacks_are_more_than_a_greedy_draw_reaches():
    pool = {"甲": {"a", "b", "c"}, "乙": {"a"}, "丙": {"a", "b"}}
    assert most(pool, dict.fromkeys(pool, 1)) == 3
    assert most(pool, dict.fromkeys(pool, 5)) == 3
    assert most({"甲": {"a", "b"}, "乙": {"a", "b"}}, {"甲": 1, "乙": 0}) == 1
    assert most({}, {}) == 0


def test_the_best_sample_has_the_most_then_the_fewest_repeats_then_the_fairest():
    pool = {"甲": {"a", "b", "c"}, "乙": {"c"}}
    places = {"甲": 1, "乙": 1}
    assert best(pool, places, {"a"}, {"b": 1}, {"a": 1, "b": 1}) == (2, 0, 1, 1)
    assert best(pool, places, {"a", "b"}, {"b": 1}, {"a": 1, "b": 1}) == (2, 1, 0, 1)
    assert best(pool, places, {"c"}, {}, {"a": 3, "b": 4}) == (2, 1, 0, 3)


# --- 七 scores

PEOPLE = {
    "李伟": [(date.min, "一组", "华东")],
    "王芳": [(date.min, "一组", "华东"), (d("03-01"), "二组", "华北")],
}


def world(*rows: dict, **more: object) -> World:
    """Migrations (each with its engineer) and callbacks of hospital 甲, and who is where."""
    done = [one for one in rows if "done_on" in one]
    holders = {("migrate", one["number"], "engineer"): [(date.min, [one["engineer"]])] for one in done}
    sheets = {"migration": done, "callback": [one for one in rows if "quarter" in one]}
    sheets |= {"customer": [{**HOSPITALS[2], "name": "甲", "account_manager": None}]}
    quarterly = {("score", f"migrate.{rule}"): "quarter" for rule in ("reindex", "register")}
    numbers = Numbers([(date.min, {**quarterly, **more.pop("said", {})})])
    return World(sheets, holders=holders, units=PEOPLE, numbers=numbers, **more)


def late(day: str, engineer: str = "李伟", **cells: object) -> dict[str, object]:
    """A migration whose indexes were never rebuilt, registered in time."""
    return migration(day, registered_on=d(day), engineer=engineer, **cells)


def line(found: dict, *keys: str) -> str:
    values = (found[key] for key in keys or ("score", "compliance", "satisfaction", "resolution", "points"))
    return " ".join("-" if value is None else f"{float(value):g}" for value in values)


def scored(made: World, today: str, name: str = "2026Q1", by: str = "person") -> dict[str, str]:
    return {who: line(found) for who, found in independent_score.quarter(made, name, d(today), by).items()}


def test_a_breach_counts_from_the_day_after_it_was_due():
    made = world(late("03-10"))
    assert scored(made, "03-10") == {}
    assert scored(made, "03-11") == {"李伟": "95 95 - - 5"}  # register was met, and due on the 13th
    assert scored(made, "04-30", "2026Q2") == {}


def test_a_breach_that_is_made_good_costs_the_same():
    assert scored(world(late("03-10", reindexed_on=d("03-12"))), "03-31") == {"李伟": "95 95 - - 5"}
    assert scored(world(late("03-10", reindexed_on=d("03-10"))), "03-31") == {"李伟": "100 100 - - 0"}


def test_a_rule_costs_at_most_its_cap():
    days = [f"03-{day}" for day in range(10, 16)]
    assert scored(world(*map(late, days)), "03-31") == {"李伟": "80 80 - - 20"}
    both = world(*(migration(day, engineer="李伟") for day in days))
    assert scored(both, "03-31") == {"李伟": "60 60 - - 40"}
    said = {("points", "migrate.reindex"): 8, ("points_most", "migrate.reindex"): 20}
    assert scored(world(*map(late, days), said=said), "03-31") == {"李伟": "80 80 - - 20"}


def test_a_waived_breach_costs_nothing_and_stays_visible():
    days = [f"03-{day}" for day in range(10, 16)]
    waivers = {("migrate.reindex", f"QY-{day}", d(day)): d("03-20") for day in days[:3]}
    made = world(*map(late, days), waivers=waivers)
    assert scored(made, "03-19") == {"李伟": "80 80 - - 20"}
    assert scored(made, "03-20") == {"李伟": "85 85 - - 15"}
    found = independent_score.quarter(made, "2026Q1", d("03-31"))["李伟"]
    assert line(found, "breaches", "waived", "points") == "6 3 15"


def test_satisfaction_is_the_mean_of_every_mark():
    marks = [(5, 4), (3, None), (None, None)]
    rows = [
        callback("2026Q1", customer=f"{n}", asked_on=d("04-20"), service=a, attitude=b, advice="x")
        for n, (a, b) in enumerate(marks)
    ]
    made = world(*rows)
    made.rows["customer"] += [{**HOSPITALS[2], "name": f"{n}", "account_manager": None} for n in range(3)]
    assert scored(made, "04-19") == {}
    assert scored(made, "04-20") == {"李伟": "75 - 75 - 0"}  # of the quarter drawn for, not asked in


def test_weights_of_indicators_without_data_are_shared():
    rows = [
        callback("2026Q1", drawn_on=d("01-02"), asked_on=d("02-02"), service=4, attitude=4),
        late("03-10"),
    ]
    assert scored(world(*rows), "04-30") == {
        "李伟": line({"s": Fraction(60 * 95 + 25 * 75, 85)}, "s") + " 95 75 - 5"
    }
    said = {("setting", "score.weight_compliance"): 0, ("setting", "score.weight_satisfaction"): 0}
    assert scored(world(*rows, said=said), "04-30") == {"李伟": "- 95 75 - 5"}


def test_resolution_is_what_was_closed_in_time_of_all_that_fell_due():
    def issue(n: int, closed: str | None) -> dict[str, object]:
        fields = (
            "test_result_on",
            "priority",
            "request_on",
            "tested_by_test_dept_on",
            "priority_on",
            "passed_on",
        )
        row = {**dict.fromkeys(fields), "number": f"WT-{n}", "customer": "甲", "reported_on": d("01-05")}
        closings = [(d(closed), "李伟")] if closed else []
        return row | {"closings": closings, "reopenings": [], "urges": [d("01-06")]}

    made = world()
    made.rows["issue"] = [issue(1, "02-01"), issue(2, "03-20"), issue(3, None), issue(4, None)]
    made.holders.update({("issue", f"WT-{n}", "engineer"): [(date.min, ["李伟"])] for n in range(1, 5)})
    assert scored(made, "03-05") == {}  # due on the 5th
    assert scored(made, "03-06")["李伟"].split()[3] == "25"
    made.waivers[("issue.close", "WT-3", d("01-05"))] = d("03-07")
    assert scored(made, "03-07")["李伟"].split()[1:] == ["90", "-", "33.3333", "10"]


def test_who_held_the_role_on_the_day_of_the_breach_answers_for_it():
    made = world(late("03-10"), late("03-12", reindexed_on=d("03-13")))
    made.holders["migrate", "QY-03-10", "engineer"] += [(d("03-11"), ["王芳"])]
    made.holders["migrate", "QY-03-12", "engineer"] += [(d("03-14"), ["王芳"])]
    assert scored(made, "03-31") == {"王芳": "95 95 - - 5", "李伟": "95 95 - - 5"}


def test_a_team_is_the_mean_of_its_people_and_a_breach_stays_where_it_was():
    made = world(late("02-10"), late("02-11", "王芳"), late("02-12", "王芳"), late("03-10", "王芳"))
    assert scored(made, "03-31") == {"李伟": "95 95 - - 5", "王芳": "85 85 - - 15"}
    assert scored(made, "03-31", by="team") == {"一组": "92.5 92.5 - - 15", "二组": "95 95 - - 5"}
    assert scored(made, "03-31", by="region") == {"华东": "92.5 92.5 - - 15", "华北": "95 95 - - 5"}


def test_a_year_is_the_mean_of_its_quarters_less_its_own_deductions():
    made = world(late("03-10"), late("08-11"), late("08-12"))
    found = independent_score.year(made, 2026, d("12-31"))
    assert line(found["李伟"]) == "92.5 92.5 - - 0"
    said = {("score", "migrate.register"): "year"}
    rows = [late("03-10"), migration("08-11", engineer="李伟", reindexed_on=d("08-11"))]
    found = independent_score.year(world(*rows, said=said), 2026, d("12-31"))
    assert line(found["李伟"]) == "92.5 97.5 - - 5"


def test_what_was_due_before_going_live_is_history():
    rows = (late("02-10"), late("03-10"))
    assert scored(world(*rows, live=d("02-11")), "03-31") == {"李伟": "95 95 - - 5"}
    assert scored(world(*rows, live=d("02-10")), "03-31") == {"李伟": "90 90 - - 10"}


def test_who_at_qc_answers_is_said_by_the_duty_table_of_the_region_first():
    rows = [callback("2026Q1", customer="甲", drawn_on=d("01-12"))]
    duties = [
        ("callback.make", "", d("01-01"), "周静"),
        ("callback.make", "华东", d("02-01"), "吴兰"),
        ("callback.make", "", d("03-01"), "郑洁"),
        ("callback.make", "华东", d("04-02"), "郑洁"),
    ]

    def who(*duties: tuple) -> object:
        found = obligations(world(*rows, duties=duties), d("04-30"))
        return next(one["person"] for one in found if one["rule"] == "callback.make")

    assert who() is None
    assert who(duties[0]) == "周静"
    assert who(*duties[:2]) == who(*duties[:3]) == who(*duties) == "吴兰"
    assert who(duties[0], duties[2]) == "郑洁"


def test_grades_and_rounding():
    made = world()
    last = d("03-31")
    marks = (90, 89.99, 75, 60, 59.99, None)
    assert [independent_score.grade(made, mark, last) for mark in marks] == ["A", "B", "B", "C", "D", None]
    assert independent_score.rounded(Fraction(199995, 2000)) == 100.0
    assert independent_score.rounded(Fraction(2, 3)) == 0.67
    assert months_after(d("2025-10-01"), 3) == d("2026-01-01")


def test_fines_are_of_the_month_of_the_due_day():
    said = {("fine", "migrate.reindex"): 50}
    made = world(
        late("02-28"), late("03-10"), late("03-12"), late("03-13", reindexed_on=d("03-13")), said=said
    )
    made.waivers["migrate.reindex", "QY-03-12", d("03-12")] = d("03-31")
    assert independent_score.fines(made, d("03-31")) == {("李伟", "2026-02"): 50, ("李伟", "2026-03"): 50}
