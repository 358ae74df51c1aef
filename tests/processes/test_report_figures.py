"""The figures of a report: what is added up, what is compared, who is behind."""

from datetime import date

import pytest

from svcq.processes.report_figures import Duties, Snapshot, Window, month_ends, people, rate
from svcq.rules.periods import Span

OCTOBER = Span("2026-10", date(2026, 10, 1), date(2026, 10, 31))


@pytest.mark.parametrize(
    ("today", "stands_on", "decided_on", "complete"),
    [
        (date(2026, 11, 23), date(2026, 10, 31), date(2026, 11, 1), True),
        (date(2026, 11, 1), date(2026, 10, 31), date(2026, 11, 1), True),
        (date(2026, 10, 31), date(2026, 10, 31), date(2026, 10, 31), False),
        (date(2026, 10, 5), date(2026, 10, 5), date(2026, 10, 5), False),
    ],
)
def test_a_period_is_looked_at_from_its_end_and_decided_on_the_day_after(
    today, stands_on, decided_on, complete
):
    window = Window.of(OCTOBER, today)
    assert (window.stands_on, window.decided_on, window.complete) == (stands_on, decided_on, complete)


@pytest.mark.parametrize(
    ("part", "whole", "found"),
    [
        (0, 0, None),
        (0, 3, 0.0),
        (3, 3, 100.0),
        (1, 3, 33.3),
        (2, 3, 66.7),
        (1, 8, 12.5),
        (1, 16, 6.3),
        (1, 2000, 0.1),
    ],
)
def test_a_rate_has_one_decimal_halves_up_and_is_nothing_of_nothing(part, whole, found):
    assert rate(part, whole) == found


def test_what_is_waived_or_still_open_is_no_part_of_the_rate():
    assert Duties(fell_due=10, met=3, late=1, missed=0, waived=4).in_time == 75.0
    assert Duties(fell_due=4, waived=4).in_time is None


def test_duties_are_added_up_by_rule_by_region_and_in_all():
    duties = {
        ("contract.return", "华东"): Duties(open=1, overdue=2),
        ("contract.return", None): Duties(overdue=4),
        ("issue.close", "华东"): Duties(open=8, fell_due=3, met=3),
    }
    found = Snapshot(Window.of(OCTOBER, OCTOBER.last), duties, {"contract.out": 5})
    assert found.by(lambda rule, region: rule)["contract.return"] == Duties(open=1, overdue=6)
    assert found.by(lambda rule, region: region) == {
        "华东": Duties(open=9, overdue=2, fell_due=3, met=3),
        None: Duties(overdue=4),
    }
    assert (found.value("duties.overdue"), found.value("duties.in_time")) == (6, 100.0)
    assert (found.value("contract.out"), found.value("contract.free")) == (5, 0)


def test_who_is_behind_most_comes_first_then_who_is_longest():
    rows = [
        {"person": person, "number": number, "days_overdue": days, "fine": fine}
        for person, number, days, fine in (
            ("陈立", "HT-1", 3, 100),
            ("李伟", "WT-1", 9, 0),
            ("陈立", "HT-2", 7, 100),
            (None, "2026-10", 9, 0),
            ("王敏", "HT-3", 9, 0.5),
        )
    ]
    found = people(rows)
    assert [(one.person, one.overdue, one.longest, one.number) for one in found] == [
        ("陈立", 2, 7, "HT-2"),
        ("李伟", 1, 9, "WT-1"),
        ("王敏", 1, 9, "HT-3"),
        (None, 1, 9, "2026-10"),
    ]
    assert [one.fine for one in found] == [200, 0, 0.5, 0]


def test_a_trend_has_the_ends_of_eleven_months_and_the_day_itself():
    days = month_ends(date(2026, 3, 15))
    assert len(days) == 12
    assert days[-3:] == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 15)]
    assert days[0] == date(2025, 4, 30)
