"""The calendar of a country and a company."""

import subprocess
import sys
import warnings
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq.errors import Usage
from svcq.rules.workdays import Calendar, Reason

CN = Calendar("CN")
SILENT = 2040
"""A Chinese year that will not be announced for long."""
days_2026 = st.sets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=20)


@pytest.mark.parametrize(
    ("day", "english", "chinese"),
    [
        (date(2026, 3, 3), Reason("workday"), Reason("workday")),
        (date(2026, 3, 7), Reason("weekend"), Reason("weekend")),
        (date(2026, 2, 14), Reason("makeup"), Reason("makeup")),
        (date(2026, 1, 4), Reason("makeup"), Reason("makeup")),
        (date(2026, 5, 1), Reason("holiday", "Labor Day"), Reason("holiday", "劳动节")),
        (date(2026, 10, 3), Reason("holiday", "National Day"), Reason("holiday", "国庆节")),
        (date(2026, 10, 4), Reason("weekend"), Reason("weekend")),
    ],
)
def test_every_day_says_why(day, english, chinese):
    assert CN.why(day) == english
    assert CN.why(day, "zh") == chinese


def test_a_swapped_day_off_names_its_working_day_as_an_iso_date_in_both_languages():
    assert "2026-02-14" in CN.why(date(2026, 2, 20)).name
    assert "2026-02-14" in CN.why(date(2026, 2, 20), "zh").name


def test_a_make_up_saturday_counts_as_a_working_day():
    assert CN.is_workday(date(2026, 10, 10))
    assert CN.add(date(2026, 10, 9), 1) == date(2026, 10, 10)


def test_a_country_without_chinese_names_answers_in_english():
    assert Calendar("US").why(date(2026, 7, 3), "zh") == Calendar("US").why(date(2026, 7, 3))
    assert Calendar("US").why(date(2026, 7, 3)).code == "holiday"


# The company's own days


def test_the_company_speaks_before_the_country():
    own = Calendar("CN", off=frozenset({date(2026, 3, 3)}), on=frozenset({date(2026, 10, 1)}))
    assert own.why(date(2026, 3, 3)) == Reason("company_off")
    assert own.why(date(2026, 10, 1)) == Reason("company_on")
    assert own.add(date(2026, 3, 2), 1) == date(2026, 3, 4)
    assert own.add(date(2026, 9, 30), 1) == date(2026, 10, 1)


@given(days_2026, days_2026)
def test_company_days_change_their_own_days_and_no_other(off, on):
    own = Calendar("CN", frozenset(off - on), frozenset(on))
    for n in range(365):
        day = date(2026, 1, 1) + timedelta(days=n)
        expected = day in on or (CN.is_workday(day) and day not in off)
        assert own.is_workday(day) == expected
        assert own.why(day).code in (
            ("workday", "makeup", "company_on") if expected else ("weekend", "holiday", "company_off")
        )


def test_a_day_given_both_off_and_on_is_refused_naming_it():
    both = frozenset({date(2026, 3, 3), date(2026, 3, 4)})
    with pytest.raises(Usage, match="2026-03-03: given both"):
        Calendar("CN", off=both, on=both)


# Countries


def test_none_is_monday_to_friday():
    plain = Calendar("none")
    week = [plain.is_workday(date(2026, 10, 5) + timedelta(days=n)) for n in range(7)]
    assert week == [True, True, True, True, True, False, False]
    assert plain.why(date(2026, 10, 1)) == Reason("workday")
    assert plain.why(date(2026, 10, 3)) == Reason("weekend")
    assert plain.published(SILENT)


@pytest.mark.parametrize(
    ("given", "country"), [("cn", "CN"), ("CHN", "CN"), ("us", "US"), ("UK", "GB"), ("None", "none")]
)
def test_a_country_is_known_by_its_codes_in_any_case(given, country):
    assert Calendar(given).country == country


@pytest.mark.parametrize(
    ("given", "near"), [("China", "CN"), ("germany", "DE"), ("CNX", "CN"), ("United States", "US")]
)
def test_an_unknown_country_is_refused_with_near_codes(given, near):
    with pytest.raises(Usage, match="not the code of a country") as refused:
        Calendar(given)
    assert near in str(refused.value.values["near"]).split(", ")
    assert refused.value.exit_code == 2


def test_a_country_like_no_other_is_refused_too():
    with pytest.raises(Usage, match="^%%%%%: not the code of a country; `none`"):
        Calendar("%%%%%")


@pytest.mark.parametrize(
    ("country", "day", "worked"),
    [
        ("EG", date(2026, 3, 6), False),  # Friday and Saturday off
        ("EG", date(2026, 3, 8), True),
        ("IL", date(2026, 2, 6), False),
        ("IL", date(2026, 2, 8), True),
        ("BN", date(2026, 2, 6), False),  # Friday and Sunday off
        ("BN", date(2026, 2, 7), True),
        (
            "AE",
            date(2021, 11, 5),
            False,
        ),  # the weekend moved from Friday and Saturday to Saturday and Sunday in 2022
        ("AE", date(2021, 11, 7), True),
        ("AE", date(2022, 11, 4), True),
        ("AE", date(2022, 11, 6), False),
        (
            "SA",
            date(2013, 6, 20),
            False,
        ),  # and in June 2013 from Thursday and Friday, in the middle of a year
        ("SA", date(2013, 6, 22), True),
        ("SA", date(2013, 7, 4), True),
        ("SA", date(2013, 7, 6), False),
    ],
)
def test_the_weekend_is_the_country_s_at_that_time(country, day, worked):
    assert Calendar(country).is_workday(day) == worked


# Published or not


@pytest.mark.parametrize(
    ("country", "year", "published"),
    [
        ("CN", 1949, False),  # before the data
        ("CN", 1950, True),
        ("CN", 1999, True),  # no make-up days yet
        ("CN", 2000, False),  # make-up days that the data lacks
        ("CN", 2001, True),
        ("CN", 2026, True),
        ("CN", SILENT, False),
        ("CN", 2101, False),  # after the data
        ("HU", 2026, True),
        ("HU", SILENT, False),
        ("DE", 2026, True),
        ("DE", SILENT, True),  # nothing is announced year by year
        ("DE", 2101, False),
        ("SG", 2025, True),
        ("SG", SILENT, False),  # a moon not yet sighted
        ("SA", SILENT, False),  # the same, unmarked unless asked for
        ("CM", SILENT, False),  # the same, in a country without translations
        ("SO", 2005, False),  # never confirmed in the data
    ],
)
def test_a_year_is_published_or_not(country, year, published):
    assert Calendar(country).published(year) == published


def test_the_published_chinese_years_have_no_gap_and_the_rest_is_silent():
    published = [year for year in range(2001, 2046) if CN.published(year)]
    assert published == list(range(2001, published[-1] + 1))
    assert 2026 <= published[-1] < SILENT


def test_unpublished_years_are_named_in_order():
    assert CN.unpublished(date(2026, 1, 1), date(2026, 12, 31)) == ()
    assert CN.unpublished(date(SILENT, 12, 31), date(SILENT + 1, 1, 1)) == (SILENT, SILENT + 1)


def test_a_silent_year_is_counted_by_weekends_and_known_holidays():
    assert CN.why(date(SILENT, 10, 1)).code == "holiday"
    assert not any(CN.why(date(SILENT, 1, 1) + timedelta(days=n)).code == "makeup" for n in range(366))


@pytest.mark.parametrize(
    ("country", "years"),
    [
        ("IN", {1950: False, 2040: False, 2099: False}),  # the data warns outside 2001 to 2035
        ("LK", {2002: False, 2024: True, 2045: False}),  # covers the years from 2003 until the latest list
        ("BT", {1990: False, 2024: True}),
    ],
)
def test_a_country_with_a_short_record_is_silent_about_it_but_not_published(country, years):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        calendar = Calendar(country)
        assert {year: calendar.published(year) for year in years} == years
        assert all(calendar.why(calendar.add(date(year, 1, 1), 1), "zh").code == "workday" for year in years)


def test_far_years_are_counted_by_the_weekend_alone():
    assert CN.is_workday(date(5000, 10, 1)) == (date(5000, 10, 1).weekday() < 5)
    assert Calendar("EG").is_workday(date(5000, 1, 3)) == (date(5000, 1, 3).weekday() not in (4, 5))


# Fingerprint


def test_the_fingerprint_is_the_same_for_the_same_answers():
    assert Calendar("CN").fingerprint() == CN.fingerprint()
    assert len(CN.fingerprint()) == 16
    said_already = Calendar(
        "CN",
        off=frozenset({date(2026, 10, 1), date(2050, 10, 9)}),
        on=frozenset({date(2026, 10, 9), date(1998, 10, 12)}),
    )
    assert said_already.fingerprint() == CN.fingerprint()


def test_the_fingerprint_changes_with_every_answer():
    different = [
        CN,
        Calendar("none"),
        Calendar("US"),
        Calendar("HK"),
        Calendar("CN", off=frozenset({date(2026, 10, 9)})),
        Calendar("CN", off=frozenset({date(2026, 10, 12)})),
        Calendar("CN", on=frozenset({date(2026, 10, 1)})),
        Calendar("CN", off=frozenset({date(1999, 10, 11)})),
        Calendar("CN", off=frozenset({date(2050, 10, 11)})),
        Calendar("CN", on=frozenset({date(2050, 10, 9)})),
    ]
    assert len({calendar.fingerprint() for calendar in different}) == len(different)


@pytest.mark.parametrize("year", [2000, 2026, 2045])
def test_the_fingerprint_changes_when_a_year_becomes_published(year):
    class Waiting(Calendar):
        def published(self, asked):
            return asked != year and super().published(asked)

    assert Waiting("none").fingerprint() != Calendar("none").fingerprint()


def test_the_fingerprint_does_not_depend_on_what_was_asked_before():
    asked = Calendar("RU")
    for year in (2044, 2001, 2020):
        asked.is_workday(date(year, 5, 1))
    assert asked.fingerprint() == Calendar("RU").fingerprint()


def test_the_holiday_data_is_not_loaded_before_the_first_question():
    code = "import sys; from svcq.rules.workdays import Calendar; Calendar(); sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
