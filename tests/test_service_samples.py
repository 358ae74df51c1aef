"""六 Samples over eight quarters through the command line: what binds them holds, and no choice would be better."""

import csv
import random
from collections import Counter
from datetime import date

import pytest

from tests.cli import Svcq
from tests.independent_callback import best, first_day, most
from tests.independent_common import working_days_after
from tests.make_chapters import FIELDS
from tests.make_service import QUARTERS

KEYS = ("quarter", "engineer", "customer")


class Draws:
    """A company that draws a sample in each quarter, and everything it has drawn."""

    def __init__(self, folder, pool, per_engineer):
        """`pool`: hospital -> its engineers."""
        self.folder, self.pool, self.per_engineer = folder, dict(pool), per_engineer
        self.drawn = []
        names = sorted({name for held in pool.values() for name in held})
        staff = [{"name": name, "role": "engineer"} for name in names]
        hospitals = [{"name": name, "engineer": "、".join(held)} for name, held in pool.items()]
        svcq = self.on("2025-01-02")
        for kind, rows in (("staff", staff), ("customer", hospitals)):
            with (folder / f"{kind}.csv").open("w", encoding="utf-8", newline="") as file:
                sheet = csv.DictWriter(file, FIELDS[kind], restval="")
                sheet.writeheader()
                sheet.writerows(rows)
            svcq("import", folder / f"{kind}.csv")
        (folder / "policy.toml").write_text(f"settings.callback.per_engineer.value = {per_engineer}", "utf-8")
        svcq("policy", "apply", folder / "policy.toml", "--from", "2025-01-01")

    def on(self, day):
        """svcq on a day."""
        return Svcq(self.folder / "svcq.db", str(day))

    def times(self, year=""):
        """How often each hospital was drawn, in a year or ever."""
        return Counter(row["customer"] for row in self.drawn if row["quarter"].startswith(year))

    def of(self, quarter):
        """The hospitals of a quarter."""
        return [row["customer"] for row in self.drawn if row["quarter"] == quarter]

    def free(self, quarter):
        """Engineer -> the hospitals that can be drawn in a quarter: not in it, and not twice in the year yet."""
        often, there = self.times(quarter[:4]), self.of(quarter)
        found = {name: set() for held in self.pool.values() for name in held}
        for customer, held in self.pool.items():
            if often[customer] < 2 and customer not in there:
                for name in held:
                    found[name].add(customer)
        return found

    def places(self, quarter):
        """Engineer -> how many may still be drawn."""
        there = Counter(row["engineer"] for row in self.drawn if row["quarter"] == quarter)
        names = {name for held in self.pool.values() for name in held}
        return {name: self.per_engineer - there[name] for name in names}

    def draw(self, quarter, *words):
        """Draw a quarter's sample: what is new in it."""
        listed = self.on(first_day(quarter))("callback", "sample", quarter, *words, "-f", "json").json
        before = {tuple(row[key] for key in KEYS) for row in self.drawn}
        return [row for row in listed if tuple(row[key] for key in KEYS) not in before]


def before(quarter):
    return QUARTERS[QUARTERS.index(quarter) - 1] if quarter != QUARTERS[0] else ""


def shared(chance, engineers, hospitals, most_each):
    """Hospitals, each of up to so many engineers."""
    names = [f"工程师{n}" for n in range(engineers)]
    return {f"医院{n}": chance.sample(names, chance.randint(1, most_each)) for n in range(hospitals)}


def holds(draws, quarter, new):
    """What is never broken."""
    of_quarter = [*draws.of(quarter), *(row["customer"] for row in new)]
    assert len(of_quarter) == len(set(of_quarter))
    often = draws.times(quarter[:4]) + Counter(row["customer"] for row in new)
    assert max(often.values(), default=0) <= 2
    each = Counter(row["engineer"] for row in new)
    assert all(each[name] <= places for name, places in draws.places(quarter).items())
    assert all(row["engineer"] in draws.pool[row["customer"]] for row in new)
    assert all(row["number"] == "-".join(row[key] for key in KEYS) for row in new)


@pytest.mark.parametrize(
    ("seed", "engineers", "hospitals", "per_engineer", "most_each"), [(1, 3, 9, 2, 2), (2, 4, 10, 2, 3)]
)
def test_eight_quarters_of_a_small_pool_are_each_the_best_of_all_choices(
    tmp_path, seed, engineers, hospitals, per_engineer, most_each
):
    chance = random.Random(seed)
    draws = Draws(tmp_path, shared(chance, engineers, hospitals, most_each), per_engineer)
    repeats = 0
    for quarter in QUARTERS:
        pool, places = draws.free(quarter), draws.places(quarter)
        last, this_year, ever = draws.of(before(quarter)), draws.times(quarter[:4]), draws.times()
        new = draws.draw(quarter, "--seed", seed)
        holds(draws, quarter, new)
        customers = [row["customer"] for row in new]
        found = (
            len(new),
            sum(one in last for one in customers),
            sum(this_year[one] for one in customers),
            sum(ever[one] for one in customers),
        )
        assert found == best(pool, places, last, this_year, ever), quarter
        repeats += found[1]
        draws.drawn += new
    assert 0 < repeats < len(draws.drawn) / 2
    assert max(draws.times().values()) - min(draws.times()[name] for name in draws.pool) <= 2


def test_eight_quarters_of_a_large_pool_are_as_large_as_can_be(tmp_path):
    chance = random.Random(7)
    draws = Draws(tmp_path, shared(chance, 9, 40, 3), 5)
    for quarter in QUARTERS:
        size = most(draws.free(quarter), draws.places(quarter))
        new = draws.draw(quarter)
        holds(draws, quarter, new)
        assert len(new) == size
        draws.drawn += new
        if quarter == "2025Q3":  # a hospital changes hands
            svcq = draws.on("2025-09-30")
            svcq(
                "customer", "assign", "医院0", "--role", "engineer", "--to", "工程师8", "--from", "2025-09-30"
            )
            draws.pool["医院0"] = ["工程师8"]
        if quarter == "2026Q1":  # some are drawn by mistake
            for row in new[:3]:
                draws.on("2026-03-01")("callback", "void", row["number"], "--reason", "误抽")
                draws.drawn.remove(row)
            size = most(draws.free(quarter), draws.places(quarter))
            again = [row for row in draws.draw(quarter, "--fill") if row["state"] != "void"]
            holds(draws, quarter, again)
            assert len(again) == size > 0
            draws.drawn += again
    assert len(draws.of("2025Q1")) == 40


def test_a_seed_draws_the_same_sample_again_and_another_seed_another(tmp_path):
    chance = random.Random(3)
    draws = Draws(tmp_path, shared(chance, 4, 30, 2), 5)
    first, again = (draws.draw("2025Q1", "--seed", 5, "--dry-run") for _ in range(2))
    other = draws.draw("2025Q1", "--seed", 6, "--dry-run")
    named = [[row["number"] for row in rows] for rows in (first, again, other)]
    assert named[0] == named[1] != named[2]
    assert draws.on("2025-01-02")("callback", "list", "-f", "json").json == []
    assert [row["number"] for row in draws.draw("2025Q1", "--seed", 5)] == named[0]
    drawn = draws.on("2025-01-02")("callback", "list", "-f", "json").json
    assert sorted(row["number"] for row in drawn) == sorted(named[0])
    assert [row["number"] for row in draws.draw("2025Q1", "--seed", 5)] == named[0]  # what is drawn stays
    assert "--fill" in draws.on("2025-01-02")("callback", "sample", "2025Q1", "--seed", 6, code=4).err


def test_drawing_a_sample_meets_its_obligation_and_starts_those_of_the_calls(tmp_path):
    draws = Draws(tmp_path, {"医院1": ["工程师1"], "医院2": ["工程师1"]}, 5)
    draws.draw("2025Q1")
    draws.on("2025-04-07")("callback", "sample", "2025Q2")
    svcq = draws.on("2025-07-30")
    found = svcq("due", "--all", "--rule", "callback.sample", "-f", "json").json
    first = date(2025, 1, 1)
    assert [tuple(one[key] for key in ("number", "due_on", "met_on", "state")) for one in found] == [
        ("2025Q1", str(working_days_after(first, 15)), "2025-01-01", "met"),
        ("2025Q2", "2025-04-23", "2025-04-07", "met"),
        ("2025Q3", "2025-07-22", None, "overdue"),
    ]
    calls = svcq("due", "--all", "--rule", "callback.make", "-f", "json").json
    assert [(one["starts_on"], one["due_on"]) for one in calls] == [
        *[("2025-01-01", "2025-03-31")] * 2,
        *[("2025-04-07", "2025-06-30")] * 2,
    ]


def test_an_imported_callback_without_its_drawing_stands_for_a_sample_that_was_drawn(tmp_path):
    draws = Draws(tmp_path, {"医院1": ["工程师1"]}, 5)
    table = tmp_path / "callback.csv"
    table.write_text(
        "quarter,engineer,customer,asked_on,service\n2025Q1,工程师1,医院1,2025-03-03,5\n", "utf-8"
    )
    svcq = draws.on("2025-03-31")
    svcq("import", table)
    found = svcq("due", "--all", "-f", "json").json
    assert {(one["rule"], one["met_on"], one["state"]) for one in found if one["process"] == "callback"} == {
        ("callback.sample", "2025-03-03", "late"),
        ("callback.make", "2025-03-03", "met"),
    }
