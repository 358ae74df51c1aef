"""The house's own policy: what the written process fixes stands there as it is written, and every line is whole."""

import subprocess
import sys
import tomllib

import pytest

from svcq.policy.load import HOUSE, declaration, house, parse
from svcq.policy.mistakes import Mistakes
from svcq.policy.model import ROLES, Period
from svcq.policy.places import places

RULES = {
    # rule: clause, owner, period, lead, fine in fen, origin of the period, origin of the fine
    "handover.apply": ("一.1", "project_manager", Period(5, "workdays"), None, 0, "source", "house"),
    "handover.decide": ("一.1", "qc", Period(10, "workdays"), None, 0, "source", "house"),
    "handover.follow_up": ("一.1.B", "qc", None, None, 0, "source", "house"),
    "handover.register": ("一.2", "qc", Period(3, "workdays"), None, 0, "house", "house"),
    "handover.notice": ("一.3", "qc", Period(5, "workdays"), None, 0, "house", "house"),
    "handover.receipt": ("一.3", "qc", Period(10, "workdays"), None, 0, "house", "house"),
    "issue.close": ("三", "engineer", Period(2, "months"), None, 0, "source", "house"),
    "issue.urge": ("三.7", "qc", None, Period(14, "days", roll=False), 0, "house", "house"),
    "issue.follow_up": ("三", "engineer", Period(14, "days"), None, 0, "house", "house"),
    "issue.request": ("三", "engineer", Period(3, "workdays"), None, 0, "house", "house"),
    "issue.feedback": ("三.6", "qc", Period(2, "workdays"), None, 0, "house", "house"),
    "issue.spot_check": ("三.3-4", "qc", None, None, 0, "house", "house"),
    "staff.exam": ("三.1", "qc", Period(30, "days"), None, 0, "house", "house"),
    "contract.remind": ("二.2.B", "qc", Period(15, "days"), None, 0, "source", "house"),
    "contract.return": ("二.1", "salesperson", Period(1, "months"), None, 10_000, "source", "source"),
    "contract.call": ("二.2.C", "qc", Period(1, "workdays"), None, 0, "house", "house"),
    "contract.chase": ("二.2.C", "qc", Period(7, "days"), None, 0, "house", "house"),
    "contract.feedback": ("二.2.D", "qc", Period(5, "workdays"), None, 0, "house", "house"),
    "contract.convert": (
        "一.2",
        "account_manager",
        None,
        Period(90, "days", roll=False),
        0,
        "house",
        "house",
    ),
    "upgrade.order": ("四.1-2", "upgrader", None, None, 0, "source", "house"),
    "upgrade.plan": ("四.1", "upgrader", None, None, 0, "source", "house"),
    "upgrade.report": ("四.3", "upgrader", Period(7, "days"), None, 0, "source", "house"),
    "upgrade.paper": ("四.3", "upgrader", Period(30, "days"), None, 0, "house", "house"),
    "upgrade.callback": ("四.4", "qc", Period(2, "workdays"), None, 0, "house", "house"),
    "upgrade.second_callback": ("四.4", "qc", Period(3, "days"), None, 0, "source", "house"),
    "upgrade.inform": ("四.4", "qc", Period(1, "workdays"), None, 0, "house", "house"),
    "migrate.reindex": ("五.1", "engineer", None, None, 0, "house", "house"),
    "migrate.register": ("五.2", "engineer", Period(3, "workdays"), None, 0, "house", "house"),
    "migrate.yearly": ("五.3", "engineer", None, None, 0, "source", "house"),
    "migrate.check": ("五.3", "qc", None, None, 0, "source", "house"),
    "callback.make": ("六", "qc", None, None, 0, "source", "house"),
    "callback.sample": ("六", "qc", Period(15, "workdays"), None, 0, "house", "house"),
}
YEARLY = ("upgrade", "migrate")
"""四.5, 五.4: what counts in the score of the year, not of a quarter."""

SECTION = """
[rules.visit.report]
title = "Report the visit"
clause = "八.1"
owner = "project_manager"
period = "5 workdays"
roll = true
fine = 0
score = "quarter"
origin = "source"

[settings.visit.months]
value = 12
clause = "八.2"
origin = "house"
kind = "number"
least = 0
most = 120
"""


@pytest.mark.parametrize("name", RULES)
def test_a_rule_is_as_the_process_has_it(name):
    rule = house().rules[name]
    shape = (rule.clause, rule.owner, rule.period, rule.lead, rule.fine, rule.origin, rule.fine_origin)
    assert shape == RULES[name]
    assert rule.score == ("year" if name.partition(".")[0] in YEARLY else "quarter")
    assert (rule.points, rule.points_most) == (None, None)
    assert (rule.remind_before, rule.remind_every) == (None, None)


def test_these_are_all_the_rules_there_are():
    assert set(house().rules) == set(RULES)


def test_the_working_days_are_those_of_china():
    assert house().country == "CN"


def test_every_rule_has_a_title_a_clause_an_origin_and_an_owner_of_a_known_role():
    for id_, rule in house().rules.items():
        assert rule.id == id_
        assert rule.title
        assert rule.title.isascii()
        assert rule.clause
        assert rule.origin in ("source", "house")
        assert rule.owner in ROLES
        assert rule.period is None or rule.lead is None


def test_the_settings_are_those_that_the_processes_ask_for():
    assert house().settings == {
        "callback.per_engineer": 5,
        "callback.tries": 3,
        "callback.yearly_most": 2,
        "company.language": "zh",
        "company.name": house().settings["company.name"],
        "company.phone": house().settings["company.phone"],
        "contract.number": "SVCQ-{year}-{n:04d}",
        "contract.status_converted": "转化",
        "contract.status_refused": "不转化",
        "handover.free_months": 12,
        "handover.number": "SVCQ-H{year}-{n:04d}",
        "issue.description_least": 20,
        "issue.match_certain": 85,
        "issue.match_least": 30,
        "issue.match_margin": 8,
        "issue.number": "SVCQ-I{year}-{n:05d}",
        "issue.reopen_days": 14,
        "issue.sample_age": 20,
        "issue.sample_size": 5,
        "issue.unknown_customer": "未注明客户",
        "ledger.horizon_months": 12,
        "migrate.level": 2,
        "migrate.number": "SVCQ-M{year}-{n:04d}",
        "migrate.years": 3,
        "remind.before": 3,
        "remind.every": 7,
        "remind.manager_after": 14,
        "remind.workdays_only": 1,
        "score.grade_a": 90,
        "score.grade_b": 75,
        "score.grade_c": 60,
        "score.points": 5,
        "score.points_most": 20,
        "score.weight_compliance": 60,
        "score.weight_resolution": 15,
        "score.weight_satisfaction": 25,
        "upgrade.number": "SVCQ-U{year}-{n:04d}",
    }
    assert {origin for _, origin in house().notes.values()} == {"source", "house"}
    assert house().notes.keys() == house().settings.keys()


def test_the_number_pattern_makes_numbers():
    assert str(house().settings["contract.number"]).format(year=2026, n=31) == "SVCQ-2026-0031"


def test_every_rule_writes_each_of_its_keys_out_so_that_a_dump_can_change_it():
    for process, rules in tomllib.loads(HOUSE.read_text("utf-8"))["rules"].items():
        for name, rule in rules.items():
            assert {"title", "clause", "owner", "fine", "score", "origin"} <= rule.keys(), (process, name)
            assert ("period" in rule) == ("roll" in rule)
            assert not ("period" in rule and "lead" in rule)


def test_every_entry_is_explained_in_english_and_chinese():
    lines = HOUSE.read_text("utf-8").split("\n")
    headers = [line for line in lines if line.startswith("[")]
    for number, line in enumerate(lines):
        if line in headers:
            above = []
            while lines[number - 1].startswith("#"):
                number -= 1
                above.append(lines[number])
            assert any(not one.isascii() for one in above), line
            assert any(one.isascii() for one in above), line


def test_the_house_file_is_a_policy_file_that_changes_nothing():
    assert parse(HOUSE.read_text("utf-8"), name="house") == house()


def test_a_new_process_is_one_more_section_and_nothing_else():
    found = declaration(HOUSE.read_text("utf-8") + SECTION, name="house").policy
    assert found.rules["visit.report"].period == Period(5, "workdays")
    assert found.settings["visit.months"] == 12
    assert found.notes["visit.months"] == ("八.2", "house")
    assert {id_: rule for id_, rule in found.rules.items() if id_ != "visit.report"} == house().rules


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('title = "Report the visit"', "rules.visit.report: title is missing"),
        ('clause = "八.1"', "rules.visit.report: clause is missing"),
        ('origin = "source"', "rules.visit.report: origin is missing"),
        ("fine = 0", "rules.visit.report: fine is missing"),
        ('kind = "number"', "settings.visit.months: kind is missing"),
        ("value = 12", "settings.visit.months: value is missing"),
    ],
)
def test_the_house_file_cannot_leave_a_line_out(line, message):
    text = HOUSE.read_text("utf-8") + SECTION.replace(line + "\n", "", 1)
    table = ("rules", "visit", "report") if "rules." in message else ("settings", "visit", "months")
    with pytest.raises(Mistakes) as refused:
        declaration(text, name="house.toml")
    assert str(refused.value.told[0]) == f"house.toml:{places(text)[table].line}: {message}"


def test_importing_the_policy_loads_no_parser_and_no_calendar():
    code = "import sys, svcq.policy.load, svcq.policy.show; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not {"tomllib", "holidays", "difflib", "svcq.rules", "svcq.rules.workdays"} & set(loaded.split())
