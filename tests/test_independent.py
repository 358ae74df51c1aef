"""二 The second calculator, held against cases worked out on paper."""

from datetime import date
from pathlib import Path

import pytest

from tests.independent import (
    HEADERS,
    a_month_after,
    calculate,
    key_of,
    read_calls,
    read_contracts,
    roll,
    works,
)

BOOKS = Path(__file__).parent.parent / "examples" / "workbooks"
TODAY = date(2026, 11, 23)


def d(text: str) -> date:
    return date.fromisoformat(text)


def row(**cells: object) -> dict[str, object]:
    days = {
        key: d(str(v)) if "-" in str(v) and key not in ("number", "follows") else v
        for key, v in cells.items()
    }
    return {**dict.fromkeys(HEADERS.values()), "number": "HT-1", **days}


def owed(today: date, *rows: dict[str, object], calls: dict | None = None) -> list[tuple[str, str, str, str]]:
    return [
        (one["key"], one["rule"].removeprefix("contract."), str(one["due_on"]), one["state"])
        for one in calculate(rows, calls or {}, today)[1]
    ]


@pytest.mark.parametrize(
    ("sealed", "due"),
    [
        ("2026-01-30", "2026-02-28"),  # the 28th is a Saturday that is worked
        ("2026-01-16", "2026-02-24"),  # the Spring Festival
        ("2026-09-01", "2026-10-08"),  # National Day
        ("2026-10-22", "2026-11-23"),  # a Sunday
        ("2026-10-20", "2026-11-20"),
        ("2025-12-31", "2026-02-02"),  # a month with 31 days, then a Saturday
        ("2025-01-31", "2025-02-28"),  # a month without a 31st
        ("2024-12-26", "2025-01-26"),  # a Sunday that is worked
    ],
)
def test_the_month_of_a_contract_ends_on_a_working_day(sealed, due):
    assert roll(a_month_after(d(sealed))) == d(due)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-02-14", True),
        ("2026-02-23", False),
        ("2026-11-21", False),
        ("2026-11-23", True),
        ("2025-10-11", True),
        ("2025-10-08", False),
    ],
)
def test_working_days_are_those_of_the_notices(day, expected):
    assert works(d(day)) is expected


def test_a_contract_back_on_the_last_day_is_not_late():
    one = row(sealed_on="2026-01-16", sent_out_on="2026-01-16", returned_on="2026-02-24")
    listed, found = calculate([one], {}, TODAY)
    assert [(listed[0]["state"], listed[0]["fine"], listed[0]["days_overdue"])] == [("returned", 0, 0)]
    assert [(o["rule"], o["state"]) for o in found] == [
        ("contract.remind", "late"),
        ("contract.return", "met"),
    ]


def test_a_day_later_it_costs_a_fine_and_a_call_was_due():
    one = row(sealed_on="2026-01-16", returned_on="2026-02-25")
    listed, _ = calculate([one], {}, TODAY)
    assert (listed[0]["fine"], listed[0]["days_overdue"]) == (100, 1)
    assert owed(TODAY, one)[2] == ("HT-1", "call", "2026-02-26", "met")


def test_an_earlier_day_sees_neither_the_return_nor_the_fine():
    one = row(sealed_on="2026-01-16", returned_on="2026-02-25")
    listed, _ = calculate([one], {}, d("2026-02-24"))
    assert (listed[0]["state"], listed[0]["returned_on"], listed[0]["fine"]) == ("out", None, 0)
    assert [rule for _, rule, _, _ in owed(d("2026-02-24"), one)] == ["remind", "return"]
    assert calculate([one], {}, d("2026-01-15")) == ([], [])


def test_a_reminder_needs_both_the_mail_and_the_telephone():
    only_mail = row(sent_out_on="2026-11-02", reminded_email_on="2026-11-10")
    both = row(sent_out_on="2026-11-02", reminded_email_on="2026-11-10", reminded_phone_on="2026-11-12")
    assert owed(TODAY, only_mail) == [("HT-1", "remind", "2026-11-17", "overdue")]
    assert owed(TODAY, both) == [("HT-1", "remind", "2026-11-17", "met")]


def test_each_call_starts_a_chase_until_the_promised_day_or_a_week():
    one = row(sealed_on="2026-09-28", sent_out_on="2026-09-28", called_on="2026-11-09")
    calls = {"HT-1": [(d("2026-10-30"), d("2026-11-08")), (d("2026-11-09"), None)]}
    assert owed(TODAY, one, calls=calls)[1:] == [
        ("HT-1", "return", "2026-10-28", "overdue"),
        ("HT-1", "call", "2026-10-30", "met"),
        ("HT-1", "chase", "2026-11-16", "overdue"),
        ("HT-1", "chase", "2026-11-08", "late"),
    ]


def test_free_maintenance_is_converted_by_the_contract_that_follows_it():
    free = row(number="MF-1", free_from="2025-06-02", free_until="2026-06-01")
    paid = row(number="HT-2", follows="MF-1", sealed_on="2026-05-20", returned_on="2026-06-01")
    assert owed(TODAY, free, paid)[0] == ("MF-1", "convert", "2026-06-01", "met")
    assert owed(d("2026-05-19"), free, paid) == [("MF-1", "convert", "2026-06-01", "open")]
    assert owed(TODAY, free) == [("MF-1", "convert", "2026-06-01", "overdue")]
    assert owed(d("2026-03-02"), free) == []
    assert calculate([free], {}, TODAY)[0][0]["state"] == "free"


def test_a_refusal_ends_the_wait_for_a_conversion():
    free = row(free_from="2025-06-02", free_until="2026-06-01", refused_on="2026-06-02")
    assert owed(TODAY, free) == [("HT-1", "convert", "2026-06-01", "late")]


def test_the_sample_table_is_read_whole():
    rows = read_contracts(BOOKS / "维护合同跟踪表.xlsx")
    assert len(rows) == len({key_of(one) for one in rows}) == 300
    assert {type(one["amount"]) for one in rows} == {int, type(None)}
    numbers = {one["number"] for one in rows}
    assert numbers >= set(read_calls(BOOKS / "致电记录.csv"))
    assert numbers >= {one["follows"] for one in rows}
