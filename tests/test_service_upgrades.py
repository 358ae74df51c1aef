"""四 Upgrades walked through by commands, steps skipped and forced, held against the second calculator."""

import random
from datetime import date

import pytest

from tests import independent_upgrade
from tests.cli import Svcq
from tests.independent import DAY
from tests.independent_owed import World, obligations
from tests.make_service import FIELDS
from tests.test_chapters import picked
from tests.test_service_commands import OWED, UPGRADE

NAMES = {
    "apply": "the application",
    "arrange": "the arrangement",
    "plan": "the plan",
    "test": "the test",
    "approve": "the customer's approval",
    "done": "the upgrade itself",
    "report": "the report",
}
CLAUSES = {
    "apply": "四.1",
    "arrange": "四.1",
    "plan": "四.1",
    "test": "四.2",
    "approve": "四.2",
    "done": "四.2",
}
CLAUSES |= {"report": "四.3"}
CUSTOMER = {"name": "江州市中心医院", "region": "华东", "account_manager": "赵强", "level": None}
DAYS = ("2026-11-23", "2026-10-20", "2026-09-12")


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    """A hospital, who manages it, a regional manager and two engineers."""
    svcq = Svcq(tmp_path_factory.mktemp("upgrades") / "svcq.db")
    for name, role in (("赵强", "account_manager"), ("朱明远", "regional_manager"), ("李伟", "engineer")):
        svcq("staff", "add", name, "--role", role)
    svcq("staff", "add", "王芳", "--role", "engineer")
    svcq("customer", "add", CUSTOMER["name"], "--region", "华东", "--account-manager", "赵强")
    return svcq


class Walk:
    """One upgrade: what is typed, and what the sheet would say of it."""

    def __init__(self, svcq, number, day):
        self.svcq, self.number, self.skips, self.holders = svcq, number, [], {}
        self.row = {**dict.fromkeys(FIELDS["upgrade"]), "number": number, "customer": CUSTOMER["name"]}
        self.row["applied_on"] = day
        svcq("upgrade", "apply", number, "--customer", CUSTOMER["name"], "--on", day)
        self.holders["upgrade", number, "account_manager"] = [(date.min, ["赵强"])]

    def step(self, step, day, *words, **told):
        """A step on a day: refused with everything that is missing, and then forced; or just done."""
        call = ("upgrade", step, self.number, "--on", day, *words)
        missing = independent_upgrade.missing(self.row, self.skips, step, day)
        if missing:
            before = self.svcq.dump()
            err = self.svcq(*call, code=4).err
            assert self.svcq.dump() == before
            assert all(NAMES[one] in err for one in missing), err
            assert not any(name in err for one, name in NAMES.items() if one not in (*missing, step)), err
            assert f"[{CLAUSES[missing[0]]}]" in err
            self.svcq(*call, "--force", code=2)
            self.svcq(*call, "--force", "--reason", "医院等级评审")
            self.skips.append(
                {"upgrade": self.number, "on": day, "step": step, "skipped": "、".join(missing)}
            )
        else:
            self.svcq(*call)
        self.row |= told

    def inform(self, day):
        """Tell the account manager of the calls."""
        self.svcq("upgrade", "inform", self.number, "--on", day)
        for called, informed in (("called_on", "informed_on"), ("second_called_on", "second_informed_on")):
            if self.row[called] and self.row[called] <= day and not self.row[informed]:
                self.row[informed] = day


def walk(chance, svcq, number):
    """An upgrade with its steps more or less in order."""
    day = date(2026, 9, 1) + chance.randrange(20) * DAY
    one = Walk(svcq, number, day)
    often = chance.choice((0, 0.2, 0.5))
    for step in independent_upgrade.STEPS[1:]:
        if chance.random() < often:
            continue
        day += chance.choice((-2, 0, 1, 3, 9) if often else (2, 5)) * DAY
        if step == "arrange":
            planned, name = day + chance.randint(0, 20) * DAY, chance.choice(("李伟", "王芳"))
            words = ("--by", "朱明远", "--upgrader", name, "--planned", planned)
            one.step(step, day, *words, arranged_on=day, planned_on=planned)
            one.holders["upgrade", number, "upgrader"] = [(day, [name])]
        elif step == "plan":
            late = day + chance.choice((0, 0, 2)) * DAY
            one.step(step, day, "--discussed", late, plan_on=day, registered_on=day, discussed_on=late)
        elif step == "test":
            why = chance.choice((None, "无测试库"))
            words = ("--no-environment", why) if why else ()
            one.step(step, day, *words, tested_on=day, no_test_reason=why)
        elif step == "approve":
            one.step(step, day, approved_on=day)
        elif step == "done":
            one.step(step, day, "--version", "V6", done_on=day, version="V6")
        elif step == "report":
            for key, words in chance.choice(
                ([("report_on", ())], [("mailed_on", ("--mailed",)), ("report_on", ())])
            ):
                one.step(step, day, *words, **{key: day})
                day += DAY
        else:
            answer = chance.choice(("yes", "no", "unclear"))
            one.step(step, day, "--answer", answer, called_on=day, answer=answer)
            if answer != "yes" and chance.random() < 0.7:
                if chance.random() < 0.5:
                    one.inform(day + DAY)
                day += 2 * DAY
                one.step(step, day, "--answer", "no", second_called_on=day, second_answer="no")
            one.inform(day + chance.randint(0, 3) * DAY)
    return one


def test_upgrades_that_commands_walk_through_are_those_of_the_second_calculator(people):
    chance = random.Random(4)
    walks = [walk(chance, people, f"SJ-{n}") for n in range(9)]
    rows, skips = [one.row for one in walks], [skip for one in walks for skip in one.skips]
    assert len(skips) > 5
    assert sum(not one.skips for one in walks) > 1
    holders = {key: held for one in walks for key, held in one.holders.items()}
    world = World({"customer": [CUSTOMER], "upgrade": rows, "skip": skips}, holders=holders)
    for day in DAYS:
        today = date.fromisoformat(day)
        listed = independent_upgrade.calculate(rows, skips, today)[0]
        found = people("upgrade", "list", "-f", "json", "--as-of", day).json
        assert picked(found, UPGRADE) == picked(listed, UPGRADE)
        wanted = [one for one in obligations(world, today) if one["rule"].startswith("upgrade.")]
        owed = people("due", "--all", "-f", "json", "--as-of", day).json
        assert picked([one for one in owed if one["process"] == "upgrade"], OWED) == picked(wanted, OWED)
    owners = {one["person"] for one in wanted if one["rule"] == "upgrade.order"}
    assert owners
    assert (people("db", "check").out, people("db", "check").err) == ("", "")


def test_the_breach_of_a_forced_step_names_what_was_skipped_and_who_owed_it(people):
    one = Walk(people, "SJ-77", date(2026, 9, 1))
    day = date(2026, 9, 3)
    one.step("plan", day, plan_on=day, registered_on=day, discussed_on=day)
    one.step("arrange", date(2026, 9, 5), "--by", "朱明远", "--upgrader", "王芳", "--planned", "2026-09-20")
    one.step("done", date(2026, 9, 9), done_on=date(2026, 9, 9))
    found = people("upgrade", "show", "SJ-77", "-f", "json").json["obligations"]
    keys = ("starts_on", "due_on", "met_on", "state", "days_overdue", "person")
    assert [tuple(row[key] for key in keys) for row in found if row["rule"] == "upgrade.order"] == [
        ("2026-09-03", "2026-09-02", "2026-09-03", "late", 1, "赵强"),
        ("2026-09-09", "2026-09-08", "2026-09-09", "late", 1, "王芳"),
    ]
    notes = [row["note"] for row in found if row["rule"] == "upgrade.order"]
    assert all(notes)
