"""二: what the dates of a contract oblige to: start, due date and meeting of every rule, and what contradicts."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq.errors import Refused
from svcq.policy.load import book, house
from svcq.rules.contract import (
    ACTS,
    Call,
    Contract,
    contradiction,
    feedbacks,
    first_date,
    obligations,
)
from svcq.rules.obligation import Obligation, Terms
from svcq.rules.workdays import Calendar

D = date.fromisoformat
CALENDAR = Calendar("CN")
TERMS = Terms(book([]), lambda code: CALENDAR)
DAY = timedelta(days=1)


def owed(rule: str, **dates: object) -> list[Obligation]:
    """The obligations of one rule of a contract with these dates; `calls`: days, or pairs with a promise."""
    calls = dates.pop("calls", ())
    assert isinstance(calls, tuple)
    made = tuple(Call(D(c)) if isinstance(c, str) else Call(D(c[0]), D(c[1])) for c in calls)
    known = {f"{key}_on" if key != "free_until" else key: D(str(value)) for key, value in dates.items()}
    contract = Contract("HT-1", calls=made, **known)
    return [one for one in obligations(contract, TERMS) if one.rule == f"contract.{rule}"]


def only(rule: str, **dates: object) -> tuple[str, str, str | None]:
    """Start, due date and meeting of the one obligation of a rule."""
    (one,) = owed(rule, **dates)
    return str(one.starts_on), str(one.due_on), str(one.met_on) if one.met_on else None


RETURN = [
    # sealed, returned; due, met
    ("2026-03-10", None, "2026-04-10", None),  # the same day of the next month, a Friday
    ("2026-01-31", None, "2026-02-28", None),  # the month has no 31st; Saturday, but a make-up working day
    ("2024-01-31", None, "2024-02-29", None),  # leap year
    ("2026-09-01", None, "2026-10-08", None),  # 1 October: the holiday goes on to the 7th
    ("2026-10-09", None, "2026-11-09", None),
    ("2026-10-14", None, "2026-11-16", None),  # a Saturday: the Monday after it
    ("2026-01-15", None, "2026-02-24", None),  # Sunday 15 February: Spring Festival until the 23rd
    ("2026-03-10", "2026-04-10", "2026-04-10", "2026-04-10"),
    ("2026-03-10", "2026-03-10", "2026-04-10", "2026-03-10"),  # back on the day it was sealed
    ("2026-12-02", None, "2027-01-04", None),  # Saturday 2 January 2027, in a year not published yet
]


@pytest.mark.parametrize(("sealed", "returned", "due", "met"), RETURN)
def test_a_contract_is_to_be_back_a_month_after_it_was_sealed(
    sealed: str, returned: str | None, due: str, met: str | None
) -> None:
    dates = {"sealed": sealed} | ({"returned": returned} if returned else {})
    assert only("return", **dates) == (sealed, due, met)


def test_a_due_date_in_a_year_without_a_notice_is_provisional_and_others_are_not() -> None:
    assert [one.provisional for one in owed("return", sealed="2026-12-02")] == [True]
    assert [one.provisional for one in owed("return", sealed="2026-03-10")] == [False]


def test_a_contract_that_was_not_sealed_need_not_come_back() -> None:
    assert owed("return", sent_out="2026-03-10") == []
    assert owed("call", sent_out="2026-03-10") == []


def test_the_fine_stands_on_the_return_alone_and_once() -> None:
    found = obligations(
        Contract(
            "HT-1", sent_out_on=D("2026-03-01"), sealed_on=D("2026-03-10"), calls=(Call(D("2026-05-01")),)
        ),
        TERMS,
    )
    assert [(one.rule, one.fine) for one in found if one.fine] == [("contract.return", 10000)]


REMIND = [
    ({"sent_out": "2026-03-02"}, "2026-03-02", "2026-03-17", None),
    ({"sent_out": "2026-03-02", "sealed": "2026-03-05"}, "2026-03-02", "2026-03-17", None),
    ({"sealed": "2026-03-05"}, "2026-03-05", "2026-03-20", None),  # never said to be out: from the seal
    ({"sealed": "2026-03-05", "reminded_email": "2026-03-10"}, "2026-03-05", "2026-03-20", None),
    ({"sealed": "2026-03-05", "reminded_phone": "2026-03-10"}, "2026-03-05", "2026-03-20", None),
    (
        {"sealed": "2026-03-05", "reminded_email": "2026-03-10", "reminded_phone": "2026-03-12"},
        "2026-03-05",
        "2026-03-20",
        "2026-03-12",
    ),
    (
        {"sealed": "2026-03-05", "reminded_email": "2026-03-14", "reminded_phone": "2026-03-12"},
        "2026-03-05",
        "2026-03-20",
        "2026-03-14",
    ),
    ({"sealed": "2026-03-05", "returned": "2026-03-09"}, "2026-03-05", "2026-03-20", "2026-03-09"),
    (
        {
            "sealed": "2026-03-05",
            "reminded_email": "2026-03-10",
            "reminded_phone": "2026-03-12",
            "returned": "2026-03-11",
        },
        "2026-03-05",
        "2026-03-20",
        "2026-03-11",
    ),
    ({"sent_out": "2026-09-17"}, "2026-09-17", "2026-10-08", None),  # 2 October: rolls over the holiday
]


@pytest.mark.parametrize(("dates", "start", "due", "met"), REMIND)
def test_the_salesperson_is_reminded_by_mail_and_by_phone_within_15_days(
    dates: dict[str, str], start: str, due: str, met: str | None
) -> None:
    assert only("remind", **dates) == (start, due, met)


CALL = [
    # what happened; start, due, met. Sealed 10 March: due 10 April, breached on Saturday the 11th
    ({}, "2026-04-11", "2026-04-13", None),
    ({"calls": ("2026-04-13",)}, "2026-04-11", "2026-04-13", "2026-04-13"),
    ({"calls": ("2026-03-20",)}, "2026-04-11", "2026-04-13", "2026-03-20"),  # before the breach
    ({"calls": ("2026-04-20", "2026-04-30")}, "2026-04-11", "2026-04-13", "2026-04-20"),
    ({"returned": "2026-04-11"}, "2026-04-11", "2026-04-13", "2026-04-11"),
    ({"calls": ("2026-04-20",), "returned": "2026-04-15"}, "2026-04-11", "2026-04-13", "2026-04-15"),
]


@pytest.mark.parametrize(("more", "start", "due", "met"), CALL)
def test_the_hospital_is_called_on_the_next_working_day_after_the_breach(
    more: dict[str, object], start: str, due: str, met: str | None
) -> None:
    assert only("call", sealed="2026-03-10", **more) == (start, due, met)


@pytest.mark.parametrize("returned", ["2026-04-10", "2026-03-12"])
def test_no_call_is_owed_for_a_contract_back_on_the_last_day_or_before(returned: str) -> None:
    assert owed("call", sealed="2026-03-10", returned=returned) == []


CHASE = [
    # calls; returned; each obligation's start, due, met
    (("2026-04-13",), None, [("2026-04-13", "2026-04-20", None)]),
    (
        (("2026-04-13", "2026-04-18"),),
        None,
        [("2026-04-13", "2026-04-18", None)],
    ),  # a promise: a Saturday stays
    (
        (("2026-04-13", "2026-04-13"),),
        None,
        [("2026-04-13", "2026-04-13", None)],
    ),  # promised for the same day
    (("2026-04-24",), None, [("2026-04-24", "2026-05-06", None)]),  # 1 May: rolls to the 6th
    (
        ("2026-04-13", "2026-04-17"),
        None,
        [("2026-04-13", "2026-04-20", "2026-04-17"), ("2026-04-17", "2026-04-24", None)],
    ),
    (
        ("2026-04-13", "2026-04-17"),
        "2026-04-21",
        [("2026-04-13", "2026-04-20", "2026-04-17"), ("2026-04-17", "2026-04-24", "2026-04-21")],
    ),
    # two calls of a day: the last one starts it, with its promise or without one
    ((("2026-04-13", "2026-04-30"), "2026-04-13"), None, [("2026-04-13", "2026-04-20", None)]),
    (("2026-04-13", ("2026-04-13", "2026-04-30")), None, [("2026-04-13", "2026-04-30", None)]),
    # a call after it came back: nothing is open
    (("2026-04-23",), "2026-04-21", [("2026-04-23", "2026-04-30", "2026-04-21")]),
]


@pytest.mark.parametrize(("calls", "returned", "expected"), CHASE)
def test_after_each_call_another_one_by_the_promised_day_or_after_7_days(
    calls: tuple[object, ...], returned: str | None, expected: list[tuple[str, str, str | None]]
) -> None:
    dates = {"sealed": "2026-03-10", "calls": calls} | ({"returned": returned} if returned else {})
    found = [
        (str(o.starts_on), str(o.due_on), str(o.met_on) if o.met_on else None) for o in owed("chase", **dates)
    ]
    assert found == expected


def test_a_call_without_a_seal_is_chased_too() -> None:
    assert len(owed("chase", sent_out="2026-03-10", calls=("2026-04-01",))) == 1


CONVERT = [
    ({"ends": "2026-12-31"}, [("2026-10-02", "2026-12-31", None)]),  # neither end nor start rolls
    ({"ends": "2026-12-31", "followed": "2026-11-05"}, [("2026-10-02", "2026-12-31", "2026-11-05")]),
    ({"ends": "2026-12-31", "refused": "2026-11-09"}, [("2026-10-02", "2026-12-31", "2026-11-09")]),
    (
        {"ends": "2026-12-31", "followed": "2026-11-05", "refused": "2026-11-01"},
        [("2026-10-02", "2026-12-31", "2026-11-01")],
    ),
    ({"ends": "2026-12-31", "followed": "2026-08-05"}, [("2026-10-02", "2026-12-31", "2026-08-05")]),
    (
        {"ends": "2026-12-31", "sealed": "2026-01-05"},
        [("2026-10-02", "2026-12-31", None)],
    ),  # its own seal: no
    ({"free_until": "2026-12-31"}, [("2026-10-02", "2026-12-31", None)]),
    ({"free_until": "2026-12-31", "sealed": "2026-11-02"}, [("2026-10-02", "2026-12-31", "2026-11-02")]),
    (
        {"free_until": "2026-06-30", "ends": "2027-06-30", "sealed": "2026-06-15"},
        [("2026-04-01", "2026-06-30", "2026-06-15"), ("2027-04-01", "2027-06-30", None)],
    ),
    ({"free_until": "2026-12-31", "ends": "2026-12-31"}, [("2026-10-02", "2026-12-31", None)]),
]


@pytest.mark.parametrize(("dates", "expected"), CONVERT)
def test_a_new_contract_or_a_refusal_by_the_day_free_maintenance_or_the_contract_ends(
    dates: dict[str, str], expected: list[tuple[str, str, str | None]]
) -> None:
    found = [
        (str(o.starts_on), str(o.due_on), str(o.met_on) if o.met_on else None)
        for o in owed("convert", **dates)
    ]
    assert found == expected
    assert not any(one.provisional for one in owed("convert", **dates))


def changed_lead(days: int, since: str) -> Terms:
    """The house's policy, and one with another lead from a day on."""
    text = f'[rules.contract.convert]\nlead = "{days} days"\n'
    return Terms(book([(D(since), text, "new")]), lambda code: CALENDAR)


LEADS = [
    # the contract ends; start under 90 days, then 30 days from 1 July on
    ("2026-09-20", "2026-06-22"),  # 90 days before: still June, the old lead counts
    ("2026-10-01", "2026-09-01"),  # 90 days before is 3 July, where 30 days count
    ("2026-07-15", "2026-04-16"),
]


@pytest.mark.parametrize(("ends", "start"), LEADS)
def test_the_lead_in_force_on_the_day_on_which_it_starts_counts(ends: str, start: str) -> None:
    assert str(changed_lead(30, "2026-07-01").lead_before("contract.convert", D(ends))) == start


def test_a_lead_made_longer_never_starts_twice_and_always_starts() -> None:
    terms = changed_lead(180, "2026-07-01")
    for n in range(500):
        end = D("2026-06-01") + n * DAY
        found = obligations(Contract("HT-1", ends_on=end), terms)
        assert [one.rule for one in found] == ["contract.convert"]
        assert found[0].starts_on <= end


def test_feedback_is_owed_for_each_month_from_its_end() -> None:
    found = feedbacks(
        D("2026-08-20"), D("2026-10-31"), {"2026-09": D("2026-10-12"), "2026-10": D("2026-10-20")}, TERMS
    )
    assert [(o.number, str(o.starts_on), str(o.due_on), str(o.met_on)) for o in found] == [
        ("2026-08", "2026-08-31", "2026-09-07", "None"),
        ("2026-09", "2026-09-30", "2026-10-13", "2026-10-12"),  # the holiday; Saturday the 10th is worked
        ("2026-10", "2026-10-31", "2026-11-06", "2026-10-20"),  # sent before the month was over
    ]


def test_feedback_goes_over_the_end_of_a_year_and_over_none_at_all() -> None:
    assert [o.number for o in feedbacks(D("2026-12-31"), D("2027-02-01"), {}, TERMS)] == [
        "2026-12",
        "2027-01",
        "2027-02",
    ]
    assert feedbacks(D("2026-12-01"), D("2026-11-30"), {}, TERMS) == []


CONTRADICTIONS = [
    ({"sealed_on": "2026-03-10", "returned_on": "2026-03-09"}, "returned_on"),
    ({"sent_out_on": "2026-03-10", "returned_on": "2026-03-09"}, "returned_on"),
    ({"starts_on": "2026-03-10", "ends_on": "2026-03-09"}, "ends_on"),
    ({"free_from": "2026-03-10", "free_until": "2026-03-09"}, "free_until"),
    ({"called_on": "2026-03-10", "promised_on": "2026-03-09"}, "promised_on"),
    ({"sealed_on": "2026-03-10", "returned_on": "2026-03-10"}, None),
    ({"sent_out_on": "2026-03-10", "sealed_on": "2026-03-09"}, None),  # some seal before it leaves
    ({"returned_on": "2026-03-09"}, None),
    ({}, None),
]


@pytest.mark.parametrize(("dates", "at"), CONTRADICTIONS)
def test_dates_the_wrong_way_round_are_named_with_the_later_one(
    dates: dict[str, str], at: str | None
) -> None:
    found = contradiction({key: D(value) for key, value in dates.items()})
    assert (found[0] if found else None) == at
    if found:
        assert isinstance(found[1], Refused)
        assert str(found[1]).count("2026-03-") == 2
        assert "二.1" in str(found[1])


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        ({}, None),
        ({"ends_on": "2026-01-01"}, None),
        ({"ends_on": "2026-01-01", "sealed_on": "2026-05-01"}, "2026-05-01"),  # acts before mere terms
        ({"sealed_on": "2026-05-01", "called_on": "2026-04-01"}, "2026-04-01"),
        ({"free_from": "2025-05-01", "sealed_on": "2026-04-01"}, "2025-05-01"),
        ({"free_until": "2025-05-01", "starts_on": "2025-06-01"}, None),
        ({"free_from": "2026-12-01"}, None),
    ],
)
def test_the_first_date_of_a_record_is_its_first_act(dates: dict[str, str], first: str | None) -> None:
    found = first_date({key: D(value) for key, value in dates.items()}, D("2026-11-23"))
    assert (str(found) if found else None) == first


days = st.dates(D("2024-01-01"), D("2028-12-31"))
calls = st.lists(st.builds(Call, days, st.none() | days), max_size=5).map(
    lambda found: tuple(sorted(found, key=lambda call: call.on))
)
contracts = st.builds(
    Contract,
    number=st.just("HT-1"),
    calls=calls,
    **{
        key: st.none() | days
        for key in (
            "sent_out_on",
            "sealed_on",
            "reminded_email_on",
            "reminded_phone_on",
            "returned_on",
            "ends_on",
            "free_until",
            "refused_on",
            "followed_on",
        )
    },
)


@given(contracts)
def test_no_two_obligations_of_a_contract_have_one_identity(contract: Contract) -> None:
    found = obligations(contract, TERMS)
    keys = [(one.rule, one.starts_on) for one in found]
    assert len(keys) == len(set(keys))
    assert all(one.number == "HT-1" and one.process == "contract" for one in found)


@given(contracts)
def test_a_contract_that_is_back_leaves_nothing_open_but_its_conversion(contract: Contract) -> None:
    open_rules = {one.rule for one in obligations(contract, TERMS) if one.met_on is None}
    if contract.returned_on:
        assert open_rules <= {"contract.convert"}


@given(contracts)
def test_a_breach_of_the_return_and_only_that_owes_a_call(contract: Contract) -> None:
    found = {one.rule: one for one in obligations(contract, TERMS)}
    back = found.get("contract.return")
    breached = back is not None and (back.met_on is None or back.met_on > back.due_on)
    assert ("contract.call" in found) == breached
    if back and breached:
        assert found["contract.call"].starts_on == back.breach_on == back.due_on + DAY


@given(contracts)
def test_each_chase_is_met_by_the_next_day_with_a_call_and_only_the_last_can_be_open(
    contract: Contract,
) -> None:
    chases = [one for one in obligations(contract, TERMS) if one.rule == "contract.chase"]
    assert [one.starts_on for one in chases] == sorted({call.on for call in contract.calls})
    for one, following in pairwise(chases):
        assert one.met_on is not None
        assert one.met_on <= following.starts_on


@given(contracts, st.sampled_from(ACTS))
def test_what_is_owed_depends_on_values_alone(contract: Contract, act: str) -> None:
    assert obligations(contract, TERMS) == obligations(contract, TERMS)
    assert act.endswith("_on")


def test_every_rule_of_the_chapter_is_one_of_the_policy() -> None:
    full = Contract(
        "HT-1", sealed_on=D("2026-01-05"), ends_on=D("2027-01-04"), calls=(Call(D("2026-03-01")),)
    )
    rules = {one.rule for one in obligations(full, TERMS)}
    rules |= {one.rule for one in feedbacks(D("2026-01-01"), D("2026-01-31"), {}, TERMS)}
    assert rules == {name for name in house().rules if name.startswith("contract.")}
