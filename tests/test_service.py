"""四 to 七 The pure rules on random facts, held against the second calculators on every day; here their names stand."""

import random
from collections import Counter
from datetime import date
from fractions import Fraction

import pytest

from tests import independent_callback, independent_migrate, independent_upgrade
from tests.independent import DAY
from tests.independent_callback import ANSWERS, best, last_day, number_of, quarter_name
from tests.independent_owed import World
from tests.independent_policy import FINES, PERIODS, WRITTEN, Numbers, Version
from tests.independent_score import Evidence, breaches, figures, grade, rounded
from tests.independent_upgrade import ACTS, STEPS
from tests.make_service_acts import policy
from tests.test_chapters import WINDOW, shown, stands

SEEDS = range(30)
"""Seeds of stores in which much happens on one day."""


def terms(versions=()):
    from svcq.policy.load import book
    from svcq.rules.obligation import Terms
    from svcq.rules.workdays import Calendar

    calendar = Calendar("CN")
    stored = [(since, policy(version), str(since)) for since, version in versions]
    return Terms(book(stored), lambda code: calendar)


def versions(chance):
    """Up to two versions of the policy in the window, each with other periods."""
    found = []
    for since in sorted(chance.sample(WINDOW, chance.choice((0, 1, 2)))):
        version: Version = {
            ("period", rule): (chance.randint(1, 9), chance.choice(("days", "workdays", "months")))
            for rule in PERIODS
            if chance.random() < 0.5
        }
        settings = {("setting", "callback.tries"): chance.randint(1, 4), ("setting", "migrate.years"): 2}
        found.append((since, {**version, **settings, ("setting", "migrate.level"): chance.choice((2, 3))}))
    return found


def days_to_look():
    """Every day of the window and what comes after it."""
    return [WINDOW[0] + n * DAY for n in range(len(WINDOW) + 60)]


# --- 四 upgrades


def tiny_upgrade(chance, number):
    """An upgrade whose acts fall into few days, in any order, and its forced steps."""
    days = WINDOW[: chance.choice((3, 12, 60))]
    share = chance.choice((0.4, 0.8, 1))
    row = {act: chance.choice(days) if chance.random() < share else None for act in ACTS}
    row |= {"number": number, "customer": "甲", "answer": chance.choice((None, "yes", "no", "unclear"))}
    row["planned_on"] = chance.choice((None, chance.choice(days) + chance.randint(0, 9) * DAY))
    if row["second_called_on"]:
        row["called_on"] = min(row["called_on"] or row["second_called_on"], row["second_called_on"])
    row["second_informed_on"] = row["second_called_on"] and row["second_informed_on"]
    skips = []
    for _ in range(chance.choice((0, 0, 1, 3))):
        step = chance.choice(STEPS[1:])
        before = [one for one in STEPS[: STEPS.index(step)] if chance.random() < 0.6] or [STEPS[0]]
        skips.append(
            {"upgrade": number, "on": chance.choice(days), "step": step, "skipped": "、".join(before)}
        )
    return row, sorted(skips, key=lambda skip: skip["on"])


def rule_of_upgrades(row, skips, said):
    from svcq.rules.upgrade import Upgrade, obligations
    from svcq.rules.upgrade_order import Skip

    forced = tuple(Skip(skip["on"], skip["step"], tuple(skip["skipped"].split("、"))) for skip in skips)
    known = {key: row[key] for key in Upgrade.__slots__ if key in row}
    return obligations(Upgrade(**known, skips=forced), terms(said))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_rule_says_of_any_upgrade_on_any_day_what_the_second_calculator_says(seed):
    chance = random.Random(seed)
    for number in range(8):
        said = versions(chance)
        row, skips = tiny_upgrade(chance, f"SJ-{number}")
        found = rule_of_upgrades(row, skips, said)
        begin = min((row[act] for act in ACTS if row[act]), default=date.max)  # the store shows none earlier
        for today in days_to_look():
            owed = independent_upgrade.calculate([row], skips, today, Numbers(said))[1]
            assert (shown(found, today) if begin <= today else []) == stands(owed), (today, row, skips, said)


def test_the_tiny_upgrades_oblige_to_everything_in_every_state():
    found = Counter()
    for seed in SEEDS:
        chance = random.Random(seed)
        for number in range(8):
            said = versions(chance)
            row, skips = tiny_upgrade(chance, f"SJ-{number}")
            for today in days_to_look()[::10]:
                owed = independent_upgrade.calculate([row], skips, today, Numbers(said))[1]
                found.update((one["rule"], one["state"]) for one in owed)
    rules = {rule for rule, _ in found}
    assert rules == {f"upgrade.{one}" for one in
                     ("order", "plan", "report", "paper", "callback", "second_callback", "inform")}  # fmt: skip
    states = {(rule, state) for rule in rules for state in ("open", "overdue", "met", "late")}
    assert states - set(found) == {("upgrade.order", state) for state in ("open", "overdue", "met")}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_the_steps_is_that_of_the_second_calculator(seed):
    from svcq.rules.upgrade_order import Order, Skip, steps

    chance = random.Random(seed)
    for number in range(20):
        row, skips = tiny_upgrade(chance, f"SJ-{number}")
        forced = tuple(Skip(skip["on"], skip["step"], tuple(skip["skipped"].split("、"))) for skip in skips)
        order = Order(steps(row), forced)
        for step in STEPS:
            for today in WINDOW[::7]:
                wanted = independent_upgrade.missing(row, skips, step, today)
                assert list(order.missing(step, today)) == wanted, (step, today, row, skips)


# --- 五 migrations


def some_day(chance):
    return date(2019, 1, 1) + chance.randrange(3000) * DAY


def edge_day(chance):
    """A day near the turn of a year, or a 29 February."""
    near = date(chance.randint(2019, 2025), 1, 1) + chance.randint(-1, 1) * DAY
    return chance.choice((near, near, date(2024, 2, 29), some_day(chance)))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_rules_of_migrations_say_on_any_day_what_the_second_calculator_says(seed):
    from svcq.rules import migrate
    from svcq.rules.periods import first_year, year_of

    chance = random.Random(seed)
    said = versions(chance)
    rules = terms(said)
    customers = [
        {
            "name": f"医院-{n}",
            "level": chance.choice((1, 2, 2, 2, 3, None)),
            "running_since": edge_day(chance),
        }
        for n in range(8)
    ]
    customers.append({"name": "新院", "level": 2, "running_since": None})
    live = chance.choice((None, edge_day(chance)))
    rows, checks = [], []
    for n in range(chance.randint(0, 12)):
        turn = date(chance.choice((2025, 2026)), 1, 1) + chance.randint(-1, 1) * DAY
        done = chance.choice((turn, chance.choice(WINDOW)))
        row = {"number": f"QY-{n}", "customer": chance.choice(customers)["name"], "done_on": done}
        for act in ("reindexed_on", "registered_on"):
            row[act] = chance.choice((None, done, done + chance.randint(-2, 12) * DAY))
        rows.append(row)
    for _ in range(chance.randint(0, 4)):
        on = date(chance.randint(2019, 2026), 12, 1) + chance.randint(-3, 50) * DAY
        checks.append({"year": str(chance.choice((on.year, (on - 40 * DAY).year))), "on": on})
    until = date(2027, 1, 10)
    found = []
    for row in rows:
        facts = (row[key] for key in ("number", "done_on", "reindexed_on", "registered_on"))
        found += migrate.obligations(migrate.Migration(*facts), rules)
    for customer in customers:
        done = {}
        for day in sorted(row["done_on"] for row in rows if row["customer"] == customer["name"]):
            done.setdefault(year_of(day).name, day)
        hospital = migrate.Hospital(customer["name"], customer["level"], customer["running_since"])
        spans = migrate.due_years(hospital, first_year(None, live), until, rules)
        found += migrate.yearly(hospital, spans, done, rules)
    held = {}
    for check in sorted(checks, key=lambda check: check["on"]):
        held.setdefault(check["year"], check["on"])
    records = [row["done_on"] for row in rows] + [date(int(year), 1, 1) for year in held]
    begin = first_year(min(records, default=None), live)
    found += migrate.checks(begin, until, held, rules) if begin else []
    acts = {day for row in (*rows, *checks) for day in row.values() if isinstance(day, date)}
    turns = {date(year, month, day) for year in range(2019, 2028) for month, day in ((1, 1), (12, 1))
             for day in (day, day + 1)}  # fmt: skip
    for today in sorted({*acts, *(day + DAY for day in acts), *turns, *WINDOW}):
        if today <= until and (date(2024, 12, 1) <= today or seed < 3):
            owed = independent_migrate.calculate(rows, checks, customers, today, Numbers(said), live)[1]
            assert shown(found, today) == stands(owed), (today, rows, checks, customers, live, said)


# --- 六 callbacks


@pytest.mark.parametrize("seed", SEEDS)
def test_the_rules_of_callbacks_say_on_any_day_what_the_second_calculator_says(seed):
    from svcq.rules import callback
    from svcq.rules.periods import first_quarter, quarter_named

    chance = random.Random(seed)
    said = versions(chance)
    rules = terms(said)
    live = chance.choice((None, chance.choice(WINDOW)))
    rows, tries = [], []
    for n in range(chance.randint(0, 9)):
        drawn, asked = (chance.choice((None, chance.choice(WINDOW))) for _ in range(2))
        row = dict.fromkeys(ANSWERS) | {"quarter": chance.choice(("2025Q4", "2026Q1", "2026Q1", "2026Q2"))}
        row |= {"engineer": "李伟", "customer": f"医院{n}", "drawn_on": drawn, "asked_on": asked}
        if not drawn and not asked:
            continue
        row |= {chance.choice(ANSWERS): chance.choice((None, 3))} if asked else {}
        rows.append(row)
        tries += [
            {"callback": number_of(row), "on": chance.choice(WINDOW)} for _ in range(chance.randint(0, 5))
        ]
    until = date(2026, 7, 10)
    found, drawn = [], {}
    for row in rows:
        tried = sorted(one["on"] for one in tries if one["callback"] == number_of(row))
        answered = callback.is_answered(row)
        quarter = quarter_named(row["quarter"])
        facts = callback.Callback(
            number_of(row), quarter, row["drawn_on"], row["asked_on"], answered, tuple(tried)
        )
        found += callback.obligations(facts, rules)
        first = row["drawn_on"] or row["asked_on"]
        drawn[row["quarter"]] = min(first, drawn.get(row["quarter"], first))
    begin = first_quarter(min((quarter_named(name).first for name in drawn), default=None), live)
    found += callback.samples(begin, until, drawn, rules) if begin else []
    for today in [WINDOW[0] - 30 * DAY + n * DAY for n in range(200)]:
        owed = independent_callback.calculate(rows, tries, today, Numbers(said), live)[1]
        assert shown(found, today) == stands(owed), (today, rows, tries, live, said)


def test_quarters_have_the_names_and_days_of_the_second_calculator():
    from svcq.rules.periods import quarter_before, quarter_named, quarter_of

    for n in range(0, 1500, 7):
        day = date(2024, 1, 1) + n * DAY
        quarter = quarter_of(day)
        assert (quarter.name, quarter.last) == (quarter_name(day), last_day(quarter_name(day)))
        assert quarter_named(quarter.name) == quarter
        assert quarter_before(quarter).last + DAY == quarter.first


def tiny_pool(chance):
    """Engineers with room for a few, and hospitals that several share, with draws of the past."""
    names = [f"工程师{n}" for n in range(chance.randint(1, 4))]
    room = {name: chance.randint(0, 3) for name in names}
    hospitals = {}
    for n in range(chance.randint(1, 8)):
        serving = chance.sample(names, chance.randint(0, len(names)))
        this_year = chance.choice((0, 0, 1, 1, 2))
        repeats = chance.random() < 0.4
        hospitals[f"医院{n}"] = (serving, this_year, this_year + chance.randint(0, 3), repeats)
    return room, hospitals


@pytest.mark.parametrize("seed", SEEDS)
def test_a_sample_of_any_pool_is_the_best_of_all_choices(seed):
    from svcq.rules.callback_sample import Customer, Engineer, Limits, sample

    chance = random.Random(seed)
    for _ in range(20):
        room, hospitals = tiny_pool(chance)
        staff = [Engineer(name, 3 - places) for name, places in room.items()]
        served = [
            Customer(name, tuple(serving), this_year, ever, repeats)
            for name, (serving, this_year, ever, repeats) in hospitals.items()
        ]
        drawn = sample(staff, served, Limits(3, 2), seed).drawn
        chosen = [hospitals[one.customer] for one in drawn]
        assert all(one.engineer in hospitals[one.customer][0] for one in drawn)
        assert len({one.customer for one in drawn}) == len(drawn)
        assert all(sum(one.engineer == name for one in drawn) <= places for name, places in room.items())
        assert all(this_year < 2 for _, this_year, *_ in chosen)
        free = {name: one for name, one in hospitals.items() if one[1] < 2}
        pool = {who: {name for name, one in free.items() if who in one[0]} for who in room}
        wanted = best(
            pool,
            room,
            {name for name, one in free.items() if one[3]},
            {name: one[1] for name, one in free.items()},
            {name: one[2] for name, one in free.items()},
        )
        assert (len(chosen), *(sum(one[key] for one in chosen) for key in (3, 1, 2))) == wanted


# --- 七 scores


def marking_of(numbers, day):
    from svcq.rules.scoring import Marking

    return Marking.of(terms(numbers.versions).book.on(day))


def scored_versions(chance):
    """A policy with other points, caps, weights and grades."""
    version = {("setting", f"score.weight_{one}"): chance.choice((0, 10, 60, 100))
               for one in ("compliance", "satisfaction", "resolution")}  # fmt: skip
    version |= {("setting", "score.points"): chance.choice((0, 3, 5, 100))}
    version |= {("points", "issue.close"): chance.choice((0, 7, 30))}
    version |= {("points_most", "issue.close"): chance.choice((0, 20, 25))}
    version |= {("score", "migrate.register"): chance.choice(("quarter", "year", "none"))}
    return [(date(2026, 1, 1), version)] if chance.random() < 0.8 else []


def tiny_evidence(chance):
    """What a person did in a quarter: a few obligations of three rules, and a few marks."""
    most = chance.choice((0, 3, 12))
    owed = []
    for n in range(chance.randint(0, most)):
        due = WINDOW[chance.randrange(40)]
        one = {"rule": chance.choice(("issue.close", "migrate.register", "issue.request")), "number": f"{n}"}
        one |= {"starts_on": due - 9 * DAY, "due_on": due, "breached": chance.random() < 0.6, "fine": 0}
        owed.append(one | {"waived_on": chance.choice((None, None, due)), "met_on": None})
    marks = [{"service": chance.choice((None, 1, 4, 5)), "attitude": chance.choice((2, 3, 5))}
             for _ in range(chance.randint(0, 4))]  # fmt: skip
    return Evidence(owed, marks)


@pytest.mark.parametrize("seed", SEEDS)
def test_figures_and_lines_of_any_evidence_are_those_of_the_second_calculator(seed):
    from svcq.rules import evidence, scoring

    chance, last = random.Random(seed), date(2026, 3, 31)
    for _ in range(20):
        numbers = Numbers(scored_versions(chance))
        mine, world = tiny_evidence(chance), World({}, numbers=numbers)
        wanted = figures(world, mine, last)
        marking = marking_of(numbers, last)
        counts = {}
        for one in mine.owed:
            late, waived = one["breached"], bool(one["breached"] and one["waived_on"])
            counts[one["rule"]] = counts.get(one["rule"], scoring.Count()) + scoring.Count(1, late, waived)
        marks = [row[key] for row in mine.asked for key in ("service", "attitude") if row[key]]
        found = scoring.figures(scoring.Tally(counts, sum(marks), len(marks)), marking)
        for key in ("score", "compliance", "satisfaction", "resolution", "points", "breaches", "waived"):
            assert getattr(found, key) == wanted[key], (key, mine, numbers)
        printed = rounded(wanted["score"])
        assert found.grade == grade(world, printed, last)
        if found.score is not None:
            assert float(scoring.rounded(found.score)) == printed
        facts = [
            evidence.Breach("李伟", None, None, one["rule"], "", "", one["number"], None, one["starts_on"],
                            one["due_on"], None, 1, bool(one["waived_on"]), None)
            for one in mine.owed if one["breached"]
        ]  # fmt: skip
        lines = [(one.rule, one.number, one.points, one.counted) for one in evidence.lines(facts, marking)]
        assert lines == [
            (one["rule"], one["number"], one["points"], one["counted"])
            for one in breaches(world, mine.owed, last)
        ]


def test_the_written_numbers_are_those_of_the_policy():
    """Every period, fine and number that the second calculators know."""
    from svcq.policy.load import house
    from svcq.policy.values import said_period

    found, day = house(), date(2026, 1, 1)
    for rule, (amount, unit) in PERIODS.items():
        assert said_period(found.rules[rule].period) == f"{amount} {unit}".removesuffix("s" * (amount == 1))
        assert found.rules[rule].period.roll
    for name, rule in found.rules.items():
        assert (rule.fine, rule.score) == (100 * FINES.get(name, 0), WRITTEN.scored(name, day))
        assert (rule.points, rule.points_most) == (None, None)
    for key, value in found.settings.items():
        if key.startswith(("score.", "callback.", "migrate.")) and not key.endswith("number"):
            assert WRITTEN.setting(day, key) == value
    assert Fraction(WRITTEN.setting(day, "score.points_most")) == 20
