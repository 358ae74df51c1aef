"""A policy as a file again: what is written is read back as it was, and what differs is listed."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svcq.policy.load import HOUSE, declaration, house, parse
from svcq.policy.model import ROLES, Period, Policy
from svcq.policy.show import differences, dump
from svcq.policy.values import LANGUAGES, MOST_DAYS, MOST_POINTS, SCORES, TEN_YEARS

SIGNS = st.characters(codec="utf-8", exclude_categories=("C", "Z"))
WORDS = st.lists(st.text(SIGNS, min_size=1, max_size=12), min_size=1, max_size=3).map(" ".join)
PERIODS = st.sampled_from(list(TEN_YEARS.items())).flatmap(
    lambda unit: st.builds(Period, st.integers(0, unit[1]), st.just(unit[0]), st.booleans())
)
POINTS = st.none() | st.integers(0, MOST_POINTS)
PLAIN = st.text(alphabet="HT-/合同 \"\\'", max_size=10)
PATTERNS = st.builds(
    lambda before, year, n, after: (before + year + n + after).strip(),
    PLAIN,
    st.sampled_from(["", "{year}", "{year}-"]),
    st.sampled_from(["{n}", "{n:01d}", "{n:09d}"]),
    PLAIN,
)

REMINDED = st.none() | st.integers(0, MOST_DAYS)
NUMBERS = (".roll", ".fine", ".points", ".points_most", ".remind_before", ".remind_every")
"""Keys of a rule that a file has without quotes."""
KINDS = declaration(HOUSE.read_text("utf-8"), name="house").kinds


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Any valid policy: each rule and setting as the house has it, or changed in any of its parts."""
    base = house()
    rules, texts, notes = dict(base.rules), dict(base.settings), dict(base.notes)
    for id_, rule in base.rules.items():
        if draw(st.booleans()):
            continue
        period = draw(PERIODS) if rule.period else None
        lead = replace(draw(PERIODS), roll=False) if rule.lead else None
        fine = draw(st.one_of(st.just(rule.fine), st.integers(0, 100_000_000)))
        rules[id_] = replace(
            rule,
            clause=draw(WORDS),
            owner=draw(st.sampled_from(ROLES)),
            period=period,
            lead=lead,
            fine=fine,
            score=draw(st.sampled_from(SCORES)),
            points=draw(POINTS),
            points_most=draw(POINTS),
            remind_before=draw(REMINDED),
            remind_every=draw(REMINDED),
            origin=rule.origin if (period, lead) == (rule.period, rule.lead) else "company",
            fine_origin=rule.fine_origin if fine == rule.fine else "company",
        )
    for id_ in base.settings:
        kind = KINDS[id_]
        pool = {"pattern": PATTERNS, "number": st.integers(kind.least, kind.most), "text": WORDS}
        pool["language"] = st.sampled_from(LANGUAGES)
        texts[id_] = draw(pool[kind.kind])
        if texts[id_] != base.settings[id_]:
            notes[id_] = (notes[id_][0], "company")
    country = draw(st.sampled_from(["CN", "none", "HK", "JP"]))
    return Policy(draw(WORDS), country, rules, texts, notes)


@given(policies())
@settings(max_examples=40, deadline=None)
def test_what_is_dumped_is_read_back_equal(policy):
    assert parse(dump(policy), name=policy.name) == policy


@given(policies(), policies())
@settings(max_examples=25, deadline=None)
def test_a_dump_is_whole_so_that_its_base_does_not_matter(policy, base):
    assert parse(dump(policy), name=policy.name, base=base) == policy


@given(policies())
@settings(max_examples=50, deadline=None)
def test_the_differences_to_the_house_make_the_policy_again(policy):
    lines = []
    for key, _, after in differences(house(), policy):
        number = key.startswith("settings.") and KINDS[key.removeprefix("settings.")].kind == "number"
        if number or key.endswith(NUMBERS):
            lines.append(f"{key} = {after}")
        else:
            escaped = after.replace("\\", "\\\\").replace('"', '\\"')
            lines.append(f'{key} = "{escaped}"')
    assert parse("\n".join(lines), name=policy.name) == policy


def test_the_house_is_dumped_as_its_own_file_with_every_comment():
    assert dump(house()) == HOUSE.read_text("utf-8")


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("rules.contract.return.fine = 100.5", "fine = 100.50"),
        ("rules.contract.return.fine = 7.00", "fine = 7"),
        ("rules.contract.return.fine = 0.05", "fine = 0.05"),
        ('rules.contract.return.period = "2个月"', 'period = "2 months"'),
        ('rules.contract.return.period = "1 week"', 'period = "7 days"'),
        ('rules.contract.convert.lead = "1 month"', 'lead = "1 month"'),
        ("rules.contract.call.roll = false", "roll = false"),
        ("rules.contract.call.points = 0", "points = 0"),
        ("rules.contract.call.points_most = 10", "points_most = 10"),
        ("settings.ledger.horizon_months = 6", "value = 6"),
        ('settings.contract.number = "a\\"\\\\{n}"', 'value = "a\\"\\\\{n}"'),
        ('country = "none"', 'country = "none"'),
    ],
)
def test_a_changed_value_stands_in_the_dump_as_people_write_it(said, line):
    assert line in dump(parse(said, name="mine")).split("\n")


def test_points_of_a_rule_stand_below_its_score_and_are_not_there_without():
    text = dump(parse("[rules.contract.return]\npoints = 10\npoints_most = 0", name="mine"))
    after = text.partition("[rules.contract.return]")[2].partition("[rules")[0]
    assert 'score = "quarter"\npoints = 10\npoints_most = 0\n' in after
    assert text.count("\npoints = ") == 1
    assert differences(house(), parse(text, name="mine")) == [
        ("rules.contract.return.points", "", "10"),
        ("rules.contract.return.points_most", "", "0"),
    ]


def test_a_dump_names_the_company_as_the_origin_of_what_it_changed():
    text = dump(parse('rules.contract.return.period = "2 months"', name="mine"))
    after = text.partition("[rules.contract.return]")[2]
    assert after.partition("origin = ")[2].split("\n")[0] == '"company"'


def test_policies_that_say_the_same_do_not_differ():
    assert differences(house(), parse(dump(house()), name="other")) == []


def test_each_difference_is_a_key_of_the_file_with_the_value_before_and_after():
    text = """
        country = "none"
        [rules.contract.return]
        period = "2 months"
        roll = false
        fine = 150.50
        owner = "account_manager"
        [settings.contract]
        status_refused = "拒绝"
    """
    assert differences(house(), parse(text, name="mine")) == [
        ("country", "CN", "none"),
        ("rules.contract.return.owner", "salesperson", "account_manager"),
        ("rules.contract.return.period", "1 month", "2 months"),
        ("rules.contract.return.roll", "true", "false"),
        ("rules.contract.return.fine", "100", "150.50"),
        ("settings.contract.status_refused", "不转化", "拒绝"),
    ]


def test_a_rule_that_only_one_policy_has_differs_from_nothing():
    fewer = replace(house(), rules={k: v for k, v in house().rules.items() if k != "contract.convert"})
    found = {key: (before, after) for key, before, after in differences(fewer, house())}
    assert found["rules.contract.convert.lead"] == ("", "90 days")
