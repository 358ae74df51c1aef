"""A policy file of the company's own: what it may say, and what each mistake in it is answered."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svcq.errors import Usage
from svcq.locale import say
from svcq.policy.load import book, house, parse
from svcq.policy.mistakes import Mistakes
from svcq.policy.model import Period
from svcq.policy.show import dump


def mistakes(text: str) -> list[str]:
    """What is said about a text, a line each."""
    with pytest.raises(Mistakes) as refused:
        parse(text, name="my.toml")
    assert refused.value.exit_code == 2
    assert say(refused.value) == str(refused.value)
    return str(refused.value).split("\n")


def changed(rule: str, text: str) -> object:
    """A house rule as a file changes it: its table is `[rules.contract.{rule}]`."""
    return parse(f"[rules.contract.{rule}]\n{text}", name="my.toml").rules[f"contract.{rule}"]


def test_an_empty_file_changes_nothing_but_the_name():
    found = parse("# nothing yet\n", name="mine")
    assert found.name == "mine"
    assert (found.country, found.rules, found.settings, found.notes) == (
        house().country,
        house().rules,
        house().settings,
        house().notes,
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("15 days", Period(15, "days")),
        ("1 day", Period(1, "days")),
        ("1 month", Period(1, "months")),
        ("2 Months", Period(2, "months")),
        ("5 workdays", Period(5, "workdays")),
        ("5  working  days", Period(5, "workdays")),
        ("1 week", Period(7, "days")),
        ("2周", Period(14, "days")),
        ("15天", Period(15, "days")),
        ("15 日", Period(15, "days")),
        ("３ 个月", Period(3, "months")),
        ("5个工作日", Period(5, "workdays")),
        ("0 days", Period(0, "days")),
        ("3660 days", Period(3660, "days")),
    ],
)
def test_a_period_is_said_in_english_or_chinese(words, expected):
    assert changed("return", f'period = "{words}"').period == expected


def test_a_period_rolls_as_its_rule_did_unless_the_file_says_otherwise():
    still = parse("rules.contract.return.roll = false", name="a")
    assert still.rules["contract.return"].period == Period(1, "months", roll=False)
    later = parse('rules.contract.return.period = "2 months"', name="b", base=still)
    assert later.rules["contract.return"].period == Period(2, "months", roll=False)


@pytest.mark.parametrize(
    ("said", "fen"),
    [
        ("100", 10_000),
        ("100.5", 10_050),
        ("100.50", 10_050),
        ("0.07", 7),
        ("1_000", 100_000),
        ("1e2", 10_000),
    ],
)
def test_a_fine_is_said_in_yuan_and_kept_in_fen(said, fen):
    assert changed("return", f"fine = {said}").fine == fen


def test_a_rule_costs_the_points_of_every_rule_unless_it_says_how_many():
    rule = house().rules["contract.return"]
    assert (rule.points, rule.points_most) == (None, None)
    rule = changed("return", "points = 10\npoints_most = 0")
    assert (rule.points, rule.points_most) == (10, 0)
    assert (rule.origin, rule.fine_origin) == ("source", "source")
    first = parse("rules.contract.return.points = 10", name="a")
    second = parse("rules.contract.return.points_most = 30", name="b", base=first).rules["contract.return"]
    assert (second.points, second.points_most) == (10, 30)
    third = parse('rules.contract.return.score = "year"', name="c", base=first).rules["contract.return"]
    assert (third.points, third.points_most) == (None, None), "as every rule again"


def test_when_a_rule_is_reminded_of_is_its_own_until_a_whole_file_says_nothing_of_it() -> None:
    rule = changed("return", "remind_before = 10\nremind_every = 0")
    assert (rule.remind_before, rule.remind_every) == (10, 0)
    first = parse("rules.contract.return.remind_before = 10", name="a")
    second = parse('rules.contract.return.score = "year"', name="b", base=first).rules["contract.return"]
    assert (second.remind_before, second.remind_every) == (10, None)
    third = parse(dump(house()), name="c", base=first).rules["contract.return"]
    assert (third.remind_before, third.remind_every) == (None, None), "as every rule again"


def test_a_number_that_the_company_changed_no_longer_stems_from_the_process():
    rule = changed("return", 'period = "2 months"\norigin = "source"')
    assert (rule.origin, rule.fine_origin) == ("company", "source")
    rule = changed("return", "fine = 200")
    assert (rule.origin, rule.fine_origin) == ("source", "company")
    found = parse('settings.contract.status_converted = "已转化"', name="a")
    assert found.notes["contract.status_converted"] == ("一.2", "company")


def test_a_number_that_is_changed_back_stems_from_the_process_again():
    other = parse('rules.contract.return.period = "2 months"', name="a")
    again = parse('rules.contract.return.period = "1 month"', name="b", base=other)
    assert again.rules == house().rules


def test_what_a_file_leaves_out_stays_as_in_its_base():
    first = parse("rules.contract.return.fine = 200\nsettings.ledger.horizon_months = 6", name="a")
    second = parse('rules.contract.call.owner = "salesperson"', name="b", base=first)
    assert second.rules["contract.return"].fine == 20_000
    assert second.settings["ledger.horizon_months"] == 6
    assert second.rules["contract.call"].owner == "salesperson"


@pytest.mark.parametrize(
    "text",
    [
        '[settings.contract]\nnumber = "X{n}"',
        '[settings.contract.number]\nvalue = "X{n}"',
        '[settings]\ncontract.number = "X{n}"',
        '[settings]\n"contract.number" = "X{n}"',
        'settings = {contract = {number = "X{n}"}}',
        '\ufeffsettings."contract.number".value = "X{n}"\r\n',
    ],
)
def test_a_setting_may_be_written_in_every_way_that_toml_has(text):
    assert parse(text, name="a").settings["contract.number"] == "X{n}"


@pytest.mark.parametrize(
    "header", ["rules.contract.return", 'rules."contract.return"', "'rules'.contract.return"]
)
def test_a_rule_may_be_written_in_every_way_that_toml_has(header):
    assert parse(f"[{header}]\nfine = 7", name="a").rules["contract.return"].fine == 700


@pytest.mark.parametrize(
    ("code", "expected"), [("none", "none"), ("CN", "CN"), ("cn", "CN"), ("HK", "HK"), ("JPN", "JP")]
)
def test_the_country_is_the_code_of_a_known_one_or_none(code, expected):
    assert parse(f'country = "{code}"', name="a").country == expected


@pytest.mark.parametrize(
    "pattern", ["{n}", "HT-{year}-{n:04d}", "{n:09d}/{year}", "合同{n}号", "{year}{n:01d}"]
)
def test_a_number_pattern_has_the_running_number_once_and_may_have_the_year(pattern):
    found = parse(f'settings.contract.number = "{pattern}"', name="a").settings["contract.number"]
    numbers = {str(found).format(year=2026, n=n) for n in range(1, 12)}
    assert len(numbers) == 11


R = "[rules.contract.return]\n"
RULE = "rules.contract.return"
NO_PERIOD = 'a period such as "15 days" is wanted, not'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        # unknown keys
        ('\nname = "x"', "my.toml:2: name: not known; known are: country, rules, settings"),
        ("[rule]", "my.toml:1: rule: not known; is rules meant?"),
        ("[rules.contract.retrun]", "my.toml:1: rules.contract.retrun: not known; is contract.return meant?"),
        (R + "\nfines = 3", f"my.toml:3: {RULE}.fines: not known; is fine meant?"),
        ("[settings]\ncontract.numbr = 1", "my.toml:2: settings.contract.numbr: not known; is contract.number meant?"),
        ("settings.contract.number.low = 1", "my.toml:1: settings.contract.number.low: not known; "
         "known are: value, clause, origin, kind, least, most, longest"),
        ('rules.contract.return."a\\u001b[2J\\n" = 1', f"my.toml:1: {RULE}.a\\u001b[2J\\u000a: not known; "
         "known are: title, clause, owner, period, roll, lead, fine, score, points, points_most, "
         "remind_before, remind_every, …"),
        # wrong types
        ("rules = 3", "my.toml:1: a table is wanted, not 3"),
        ("[rules]\ncontract = []", "my.toml:2: a table is wanted, not a list"),
        ('[rules.contract]\nreturn = "1 month"', 'my.toml:2: a table is wanted, not "1 month"'),
        ("[[rules.contract.return]]", "my.toml:1: a table is wanted, not a list"),
        ("country = 86", "my.toml:1: country: a text in quotes is wanted, not 86"),
        (R + "period = 15", f"my.toml:2: {RULE}.period: {NO_PERIOD} 15"),
        (R + "period = [\n15]", f"my.toml:2: {RULE}.period: {NO_PERIOD} a list"),
        (R + 'roll = "true"', f'my.toml:2: {RULE}.roll: true or false is wanted, not "true"'),
        (R + "roll = 1", f"my.toml:2: {RULE}.roll: true or false is wanted, not 1"),
        (R + 'fine = "100"', f'my.toml:2: {RULE}.fine: an amount in CNY without quotes is wanted, not "100"'),
        (R + "fine = true", f"my.toml:2: {RULE}.fine: an amount in CNY without quotes is wanted, not true"),
        (R + "fine = 2026-01-01", f"my.toml:2: {RULE}.fine: an amount in CNY without quotes is wanted, not 2026-01-01"),
        (R + "points = 2.5", f"my.toml:2: {RULE}.points: a whole number is wanted, not 2.5"),
        (R + "points_most = true", f"my.toml:2: {RULE}.points_most: a whole number is wanted, not true"),
        (R + "owner = 3", f"my.toml:2: {RULE}.owner: one of qc, regional_manager, division_manager, "
         "project_manager, account_manager, salesperson, engineer, technical_lead, upgrader is wanted, not 3"),
        ("settings.ledger.horizon_months = 6.0", "my.toml:1: settings.ledger.horizon_months: "
         "a whole number is wanted, not 6.0"),
        ("settings.ledger.horizon_months = true", "my.toml:1: settings.ledger.horizon_months: "
         "a whole number is wanted, not true"),
        ("settings.contract.number = 5", "my.toml:1: settings.contract.number: a text in quotes is wanted, not 5"),
        ("settings.contract.number = {value = 5}", "my.toml:1: settings.contract.number.value: "
         "a text in quotes is wanted, not 5"),
        # out of range
        (R + 'period = "-3 days"', f'my.toml:2: {RULE}.period: a period from 0 to 3660 days is wanted, not "-3 days"'),
        (R + 'period = "121 months"', f"my.toml:2: {RULE}.period: a period from 0 to 120 months is wanted, "
         'not "121 months"'),
        (R + "points = -1", f"my.toml:2: {RULE}.points: a number from 0 to 1000 is wanted, not -1"),
        (R + "points_most = 1001", f"my.toml:2: {RULE}.points_most: a number from 0 to 1000 is wanted, not 1001"),
        (R + "fine = -1", f"my.toml:2: {RULE}.fine: an amount from 0 to 1000000 CNY is wanted, not -1"),
        (R + "fine = 1000000.01", f"my.toml:2: {RULE}.fine: an amount from 0 to 1000000 CNY is wanted, not 1000000.01"),
        (R + "fine = inf", f"my.toml:2: {RULE}.fine: an amount from 0 to 1000000 CNY is wanted, not Infinity"),
        (R + "fine = nan", f"my.toml:2: {RULE}.fine: an amount from 0 to 1000000 CNY is wanted, not NaN"),
        (R + "fine = 1e99", f"my.toml:2: {RULE}.fine: an amount from 0 to 1000000 CNY is wanted, not 1E+99"),
        (R + "fine = 1e99999999999999999999", f"my.toml:2: {RULE}.fine: an amount from 0 to 1000000 CNY "
         "is wanted, not NaN"),
        (R + "fine = 0.001", f"my.toml:2: {RULE}.fine: an amount in CNY has two decimals at most, not 0.001"),
        (R + "fine = 1e-999999", f"my.toml:2: {RULE}.fine: an amount in CNY has two decimals at most, not 1E-999999"),
        (R + "fine = 100.0000000000000000000000000000000001", f"my.toml:2: {RULE}.fine: an amount in CNY "
         "has two decimals at most, not 100.0000000000000000000000000000000001"),
        ("settings.ledger.horizon_months = 0", "my.toml:1: settings.ledger.horizon_months: "
         "a number from 1 to 120 is wanted, not 0"),
        ("settings.ledger.horizon_months = 121", "my.toml:1: settings.ledger.horizon_months: "
         "a number from 1 to 120 is wanted, not 121"),
        # bad units and words
        (R + 'period = "1 fortnight"', f"my.toml:2: {RULE}.period: workdays, days, weeks or months are wanted, "
         'not "1 fortnight"'),
        (R + 'period = "15"', f'my.toml:2: {RULE}.period: workdays, days, weeks or months are wanted, not "15"'),
        (R + 'period = "1.5 months"', f"my.toml:2: {RULE}.period: workdays, days, weeks or months are wanted, "
         'not "1.5 months"'),
        (R + 'period = "a month"', f'my.toml:2: {RULE}.period: {NO_PERIOD} "a month"'),
        (R + 'period = ""', f'my.toml:2: {RULE}.period: {NO_PERIOD} ""'),
        (R + 'score = "month"', f'my.toml:2: {RULE}.score: one of quarter, year, none is wanted, not "month"'),
        (R + 'origin = "law"', f'my.toml:2: {RULE}.origin: one of source, house, company is wanted, not "law"'),
        (R + 'owner = "boss"', f"my.toml:2: {RULE}.owner: one of qc, regional_manager, division_manager, "
         'project_manager, account_manager, salesperson, engineer, technical_lead, upgrader is wanted, not "boss"'),
        ('country = "ZZZ9"', "my.toml:1: country: ZZZ9: not the code of a country; `none` counts Monday to Friday"),
        ('country = ""', 'my.toml:1: country: a text of one line, without blanks around it, is wanted, not ""'),
        (R + 'clause = "二\\n1"', f"my.toml:2: {RULE}.clause: a text of one line, without blanks around it, "
         'is wanted, not "二\\u000a1"'),
        (f'{R}clause = "{"x" * 201}"', f"my.toml:2: {RULE}.clause: at most 200 characters, not 201"),
        (f'settings.contract.status_refused = "{"x" * 41}"', "my.toml:1: settings.contract.status_refused: "
         "at most 40 characters, not 41"),
        # what is fixed
        (R + 'title = "Back"', f"my.toml:2: {RULE}.title: cannot be changed"),
        (R + 'lead = "1 day"', f"my.toml:2: {RULE}.lead: this rule does not start ahead of a date"),
        ('rules.contract.convert.period = "1 day"', "my.toml:1: rules.contract.convert.period: "
         "this rule is due on a date of its own and has no period"),
        ("rules.contract.convert.roll = true", "my.toml:1: rules.contract.convert.roll: "
         "this rule is due on a date of its own and has no period"),
        ("settings.ledger.horizon_months.most = 999", "my.toml:1: settings.ledger.horizon_months.most: "
         "cannot be changed"),
        ('settings.contract.number.clause = "九"', "my.toml:1: settings.contract.number.clause: cannot be changed"),
        # twice
        ('[rules.contract.return]\n[rules."contract.return"]', "my.toml:2: rules.contract.return: stands here twice"),
        # not a text file
        ("a = 1\n\0", "my.toml:2: a NUL character: not a text file"),
        ("a = 1\n\n" + "#" * 501, "my.toml:3: longer than 500 characters"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(text, message):
    assert mistakes(text) == [message]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("a = 1\na = 2", "my.toml:2: not TOML at column 6: "),
        ("\n\nfine 3", "my.toml:3: not TOML at column 6: "),
        ('a = "1', "my.toml:1: not TOML at column 7: "),
        ("a = 2026-02-30\r\n", "my.toml:1: not TOML at column 5: "),
        ("[a]\n[a]", "my.toml:2: not TOML at column 3: "),
        ('a = 1\nb = """\n\n', "my.toml:2: not TOML: the text ends too early ("),
        ("a = [\n1,\n", "my.toml:2: not TOML: the text ends too early ("),
    ],
)
def test_where_a_text_stops_being_toml_is_told_with_line_and_column(text, start):
    (line,) = mistakes(text)
    assert line.startswith(start)


@pytest.mark.parametrize(
    "pattern",
    ["HT", "{year}", "{n}{n}", "{year}{n}{year}", "{n:4d}", "{n:010d}", "{n", "n}", "{m}{n}", "{{n}}{n}",
     "{n!r}", "{n.real}", "{year:04d}{n}", "{0}{n}"],
)  # fmt: skip
def test_a_malformed_number_pattern_is_refused(pattern):
    (line,) = mistakes(f'\nsettings.contract.number = "{pattern}"')
    assert line == (
        f'my.toml:2: settings.contract.number: a pattern with {{n:04d}} is wanted, not "{pattern}"'
    )


def test_all_mistakes_are_told_at_once_in_the_order_of_the_text():
    text = (
        '[settings.contract]\nnumber = 1\n[rules.contract.return]\nfine = -1\nroll = 3\n[rule]\ncountry = "x"'
    )
    assert [line.split(": ")[:2] for line in mistakes(text)] == [
        ["my.toml:2", "settings.contract.number"],
        ["my.toml:4", "rules.contract.return.fine"],
        ["my.toml:5", "rules.contract.return.roll"],
        ["my.toml:6", "rule"],
    ]


def test_the_mistakes_can_be_had_one_by_one():
    with pytest.raises(Mistakes) as refused:
        parse("a = 1\nb = 2", name="my.toml")
    assert [say(one).partition(": not known")[0] for one in refused.value.told] == [
        "my.toml:1: a",
        "my.toml:2: b",
    ]


def test_of_more_than_fifty_mistakes_the_rest_is_a_number():
    lines = mistakes("\n".join(f"k{n} = 1" for n in range(53)))
    assert len(lines) == 51
    assert lines[-1] == "… and 3 more"


KEYS = st.sampled_from(
    ["country", "rules", "settings", "contract", "return", "number", "period", "fine", "value", "x"]
)
ANY = st.recursive(
    st.one_of(
        st.integers(), st.booleans(), st.text(alphabet="1 daysCN{n}\x00", max_size=8), st.just("15 days")
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)


def inline(value: object) -> str:
    """A value as TOML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {inline(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(inline, value)) + "]"
    if isinstance(value, str):
        return '"' + value.replace("\x00", "\\u0000") + '"'
    return str(value).lower()


@given(st.dictionaries(KEYS, ANY, max_size=4))
@settings(max_examples=120, deadline=None)
def test_whatever_a_file_says_it_is_a_policy_or_a_usage_error(tree):
    text = "".join(f"{key} = {inline(value)}\n" for key, value in tree.items())
    try:
        parse(text, name="any")
    except Usage as refused:
        assert say(refused)  # noqa: PT017


@given(st.text(alphabet="[]{}=.\"'#,\n a1-\\\x00é", max_size=40))
@settings(max_examples=120, deadline=None)
def test_whatever_a_text_is_it_is_a_policy_or_a_usage_error(text):
    try:
        parse(text, name="any")
    except Usage as refused:
        assert say(refused)  # noqa: PT017


def test_a_book_has_the_house_first_and_then_its_versions_by_day():
    versions = [
        (date(2028, 1, 1), "rules.contract.return.fine = 300", "v2"),
        (date(2027, 1, 1), "rules.contract.return.fine = 200", "v1"),
    ]
    found = book(versions)
    assert [policy.name for _, policy in found.versions] == ["house", "v1", "v2"]
    for day, fine in [
        (date(1990, 1, 1), 100),
        (date(2026, 12, 31), 100),
        (date(2027, 1, 1), 200),
        (date(2027, 12, 31), 200),
        (date(2028, 1, 1), 300),
    ]:
        assert found.on(day).rules["contract.return"].fine == fine * 100


def test_each_version_is_laid_over_the_house_and_not_over_the_version_before():
    found = book(
        [
            (date(2027, 1, 1), "rules.contract.return.fine = 200", "v1"),
            (date(2028, 1, 1), "settings.ledger.horizon_months = 6", "v2"),
        ]
    )
    assert found.on(date(2028, 1, 1)).rules["contract.return"].fine == 10_000


def test_an_empty_book_is_the_house():
    assert book([]).on(date(2026, 11, 23)) == house()


def test_of_two_versions_from_one_day_the_later_one_counts():
    day = date(2027, 1, 1)
    assert book([(day, "", "a"), (day, "", "b")]).on(day).name == "b"
