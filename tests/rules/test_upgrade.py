"""四: what the dates and answers of an upgrade oblige to: start, due date, meeting; and what cannot be."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq.policy.load import book
from svcq.rules.obligation import Obligation, Terms
from svcq.rules.upgrade import ACTS, Upgrade, contradiction, first_date, obligations
from svcq.rules.upgrade_order import Skip
from svcq.rules.workdays import Calendar

D = date.fromisoformat
CALENDAR = Calendar("CN")
TERMS = Terms(book([]), lambda code: CALENDAR)


def d(text: str) -> date:
    """A day, of 2026 unless it says otherwise."""
    return D(text if len(text) == 10 else f"2026-{text}")


def owed(rule: str, terms: Terms = TERMS, **said: str) -> list[Obligation]:
    """The obligations of one rule of an upgrade; `called="03-02"` is called_on, `answer` is as it is."""
    values = {k: v if k == "answer" else d(v) for k, v in said.items()}
    known = {k if k == "answer" else f"{k}_on": v for k, v in values.items()}
    upgrade = Upgrade("SJ-1", **known)  # type: ignore[arg-type]
    return [one for one in obligations(upgrade, terms) if one.rule == f"upgrade.{rule}"]


def told(found: list[Obligation]) -> str:
    """`start due met` of each, - for not met; of another year than 2026 in full."""
    days = [(one.starts_on, one.due_on, one.met_on) for one in found]
    return ", ".join(" ".join(str(day or "-").removeprefix("2026-") for day in row) for row in days)


HANDED = {"plan": "03-04", "registered": "03-05", "discussed": "03-03"}


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({}, ""),
        ({"arranged": "03-02"}, ""),  # no day is planned yet
        ({"planned": "03-20"}, ""),  # nobody is named yet
        ({"arranged": "03-02", "planned": "03-20"}, "03-02 03-19 -"),
        ({"arranged": "03-02", "planned": "03-16"}, "03-02 03-15 -"),  # a Sunday stays
        ({"arranged": "09-01", "planned": "10-08"}, "09-01 10-07 -"),  # the last day of the holidays too
        ({"arranged": "03-02", "planned": "03-02"}, "03-02 03-01 -"),  # too late before it began
        ({"arranged": "12-20", "planned": "2027-01-01"}, "12-20 12-31 -"),
        ({"arranged": "03-02", "planned": "03-20", "plan": "03-04", "registered": "03-05"}, "03-02 03-19 -"),
        ({"arranged": "03-02", "planned": "03-20", "plan": "03-04", "discussed": "03-05"}, "03-02 03-19 -"),
        ({"arranged": "03-02", "planned": "03-20", **HANDED}, "03-02 03-19 03-05"),
        ({"arranged": "03-02", "planned": "03-20", **HANDED, "discussed": "03-25"}, "03-02 03-19 03-25"),
        ({"arranged": "03-10", "planned": "03-20", **HANDED}, "03-10 03-19 03-05"),  # it was there before
    ],
)
def test_the_plan_is_in_registered_and_discussed_before_the_planned_day(
    dates: dict[str, str], expected: str
) -> None:
    assert told(owed("plan", **dates)) == expected


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({}, ""),
        ({"report": "03-09"}, ""),
        ({"done": "03-02"}, "03-02 03-09 -"),
        ({"done": "03-07"}, "03-07 03-16 -"),  # a Saturday
        ({"done": "02-07"}, "02-07 02-14 -"),  # a Saturday that is worked
        ({"done": "02-09"}, "02-09 02-24 -"),  # Spring Festival
        ({"done": "09-24"}, "09-24 10-08 -"),  # National Day
        ({"done": "12-30"}, "12-30 2027-01-06 -"),
        ({"done": "03-02", "report": "03-09"}, "03-02 03-09 03-09"),
        ({"done": "03-02", "mailed": "03-04"}, "03-02 03-09 03-04"),
        ({"done": "03-02", "mailed": "03-04", "report": "03-12"}, "03-02 03-09 03-04"),
        ({"done": "03-02", "mailed": "03-12", "report": "03-10"}, "03-02 03-09 03-10"),
        ({"done": "03-02", "report": "03-01"}, "03-02 03-09 03-01"),
    ],
)
def test_the_report_is_filed_or_mailed_within_a_week(dates: dict[str, str], expected: str) -> None:
    assert told(owed("report", **dates)) == expected


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"report": "03-09"}, ""),
        ({"mailed": "03-02"}, "03-02 04-01 -"),
        ({"mailed": "09-01"}, "09-01 10-08 -"),
        ({"mailed": "04-02"}, "04-02 05-06 -"),  # Labour Day
        ({"mailed": "03-02", "report": "03-20"}, "03-02 04-01 03-20"),
        ({"mailed": "03-02", "report": "04-02"}, "03-02 04-01 04-02"),
        ({"mailed": "03-02", "report": "03-02"}, ""),  # the paper was there
        ({"mailed": "03-02", "report": "03-01"}, ""),
    ],
)
def test_the_paper_follows_an_electronic_copy_within_thirty_days(
    dates: dict[str, str], expected: str
) -> None:
    assert told(owed("paper", **dates)) == expected


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"done": "03-02"}, ""),
        ({"report": "03-02"}, "03-02 03-04 -"),
        ({"mailed": "03-02"}, "03-02 03-04 -"),
        ({"report": "03-06"}, "03-06 03-10 -"),
        ({"report": "09-30"}, "09-30 10-09 -"),
        ({"report": "10-08"}, "10-08 10-10 -"),  # Saturday the 10th is worked
        ({"report": "02-13"}, "02-13 02-24 -"),
        ({"mailed": "03-02", "report": "03-20"}, "03-02 03-04 -"),  # the earlier one
        ({"mailed": "03-20", "report": "03-02"}, "03-02 03-04 -"),
        ({"report": "03-02", "called": "03-05"}, "03-02 03-04 03-05"),
        ({"report": "03-02", "called": "02-27"}, "03-02 03-04 02-27"),
        ({"report": "03-02", "called": "03-03", "second_called": "03-09"}, "03-02 03-04 03-03"),
        ({"report": "03-02", "second_called": "03-09"}, "03-02 03-04 03-09"),  # the first is not known
    ],
)
def test_the_customer_is_called_in_two_working_days_after_the_report(
    dates: dict[str, str], expected: str
) -> None:
    assert told(owed("callback", **dates)) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, ""),
        ({"called": "03-03", "answer": "yes"}, ""),
        ({"called": "03-03", "answer": "no"}, "03-03 03-06 -"),
        ({"called": "03-03", "answer": "unclear"}, "03-03 03-06 -"),
        ({"called": "03-03"}, "03-03 03-06 -"),  # no answer is no definite yes
        ({"called": "03-04", "answer": "no"}, "03-04 03-09 -"),  # a Saturday
        ({"called": "10-07", "answer": "no"}, "10-07 10-10 -"),  # a Saturday that is worked
        ({"called": "09-29", "answer": "no"}, "09-29 10-08 -"),
        ({"called": "03-03", "answer": "no", "second_called": "03-05"}, "03-03 03-06 03-05"),
        ({"called": "03-03", "answer": "no", "second_called": "03-03"}, "03-03 03-06 03-03"),
        ({"called": "03-03", "answer": "no", "second_called": "03-20"}, "03-03 03-06 03-20"),
        ({"called": "03-03", "answer": "yes", "second_called": "03-20"}, ""),
    ],
)
def test_without_a_definite_yes_the_customer_is_called_again_in_three_days(
    said: dict[str, str], expected: str
) -> None:
    assert told(owed("second_callback", **said)) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"called": "03-03", "answer": "yes"}, "03-03 03-04 -"),
        ({"called": "03-06", "answer": "no"}, "03-06 03-09 -"),
        ({"called": "09-30", "answer": "yes"}, "09-30 10-08 -"),
        ({"called": "10-09", "answer": "yes"}, "10-09 10-10 -"),
        ({"called": "03-03", "answer": "yes", "informed": "03-03"}, "03-03 03-04 03-03"),
        ({"called": "03-03", "second_called": "03-05"}, "03-03 03-04 -, 03-05 03-06 -"),
        (
            {"called": "03-03", "informed": "03-04", "second_called": "03-05", "second_informed": "03-09"},
            "03-03 03-04 03-04, 03-05 03-06 03-09",
        ),
        # of two calls on one day the last one starts it, and its own mail meets it
        ({"called": "03-03", "informed": "03-03", "second_called": "03-03"}, "03-03 03-04 -"),
        ({"called": "03-03", "second_called": "03-03", "second_informed": "03-04"}, "03-03 03-04 03-04"),
        ({"second_called": "03-05", "second_informed": "03-06"}, "03-05 03-06 03-06"),
    ],
)
def test_the_result_of_each_call_is_mailed_in_a_working_day(said: dict[str, str], expected: str) -> None:
    assert told(owed("inform", **said)) == expected


# --- forced steps


def forced(*skips: Skip, upgraders: str = "", terms: Terms = TERMS) -> list[Obligation]:
    """upgrade.order with these forced steps; upgraders: `03-02 yes, 03-10 no`."""
    named = [one.split() for one in filter(None, upgraders.split(", "))]
    who = tuple((d(day), word == "yes") for day, word in named)
    return obligations(Upgrade("SJ-1", upgraders=who, skips=skips), terms)


TEST_SKIPPED = Skip(d("03-05"), "done", ("test", "approve"))


def test_a_forced_step_is_late_at_once_and_names_what_was_skipped() -> None:
    (one,) = forced(TEST_SKIPPED, upgraders="03-02 yes")
    assert told([one]) == "03-05 03-04 03-05"
    assert (one.rule, one.number, one.clause, one.role) == ("upgrade.order", "SJ-1", "四.1-2", "upgrader")
    assert one.note == "test、approve"
    assert one.met_on is not None
    assert one.met_on > one.due_on


def test_steps_forced_on_one_day_are_one_breach_with_each_name_once() -> None:
    more = Skip(d("03-05"), "report", ("approve", "done"))
    later = Skip(d("03-09"), "callback", ("report",))
    found = forced(TEST_SKIPPED, more, later)
    assert told(found) == "03-05 03-04 03-05, 03-09 03-08 03-09"
    assert [one.note for one in found] == ["test、approve、done", "report"]


@pytest.mark.parametrize(
    ("upgraders", "role"),
    [
        ("", "account_manager"),
        ("03-06 yes", "account_manager"),  # named the day after
        ("03-05 yes", "upgrader"),
        ("03-01 yes", "upgrader"),
        ("03-01 yes, 03-05 no", "account_manager"),  # nobody any more
        ("03-01 yes, 03-06 no", "upgrader"),
        ("03-01 no, 03-03 yes", "upgrader"),
    ],
)
def test_the_upgrader_of_that_day_owes_the_order_and_before_there_is_one_who_applied(
    upgraders: str, role: str
) -> None:
    assert [one.role for one in forced(TEST_SKIPPED, upgraders=upgraders)] == [role]


def test_a_policy_that_makes_another_owe_the_order_is_followed() -> None:
    text = 'rules.upgrade.order.owner = "regional_manager"'
    terms = Terms(book([(d("01-01"), text, "mine")]), lambda code: CALENDAR)
    assert [one.role for one in forced(TEST_SKIPPED, terms=terms)] == ["regional_manager"]


# --- all of them


DAYS = st.none() | st.dates(D("2025-01-01"), D("2027-12-31"))
COLUMNS = (
    *("arranged_on", "planned_on", "plan_on", "registered_on", "discussed_on", "done_on", "report_on"),
    *("mailed_on", "called_on", "informed_on", "second_called_on", "second_informed_on"),
)
UPGRADES = st.builds(
    Upgrade,
    st.just("SJ-1"),
    **{key: DAYS for key in COLUMNS},  # type: ignore[arg-type]
    answer=st.sampled_from((None, "yes", "no", "unclear")),
    skips=st.lists(
        st.builds(Skip, st.dates(D("2025-01-01"), D("2027-12-31")), st.just("done"), st.just(("test",)))
    ).map(tuple),
)


@given(UPGRADES)
def test_no_two_obligations_of_an_upgrade_have_one_identity(upgrade: Upgrade) -> None:
    found = obligations(upgrade, TERMS)
    assert len({(one.rule, one.number, one.starts_on) for one in found}) == len(found)
    assert all(one.breach_on > one.due_on for one in found)
    assert {one.met_on for one in found} <= {
        None,
        *(getattr(upgrade, key) for key in COLUMNS),
        *(one.on for one in upgrade.skips),
    }


def test_a_second_call_before_the_first_is_a_contradiction() -> None:
    fault = contradiction({"called_on": d("03-05"), "second_called_on": d("03-04")})
    assert fault is not None
    assert fault[0] == "second_called_on"
    assert str(fault[1]) == "the second call of 2026-03-04 is before the first of 2026-03-05 [四.4]"
    assert contradiction({"called_on": d("03-05"), "second_called_on": d("03-05")}) is None
    assert contradiction({"called_on": None, "second_called_on": d("03-05")}) is None
    assert contradiction({}) is None


def test_the_first_date_is_the_first_act_and_nothing_that_is_only_planned() -> None:
    assert first_date({"planned_on": d("03-01"), "left_on": d("03-01")}, d("12-31")) is None
    assert first_date({"applied_on": d("03-05"), "arranged_on": d("03-04")}, d("12-31")) == d("03-04")
    assert first_date({"applied_on": d("03-05")}, d("03-04")) is None
    for key in ACTS:
        assert first_date({key: d("03-05")}, d("03-05")) == d("03-05")
