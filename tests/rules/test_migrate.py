"""五: what a migration obliges to, which hospitals owe one in which years, and the December check."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq.policy.load import book
from svcq.rules.migrate import Hospital, Migration, checks, due_years, is_due, number_of, obligations, yearly
from svcq.rules.obligation import Obligation, Terms
from svcq.rules.periods import year_named, year_of
from svcq.rules.workdays import Calendar

D = date.fromisoformat
CALENDAR = Calendar("CN")
TERMS = Terms(book([]), lambda code: CALENDAR)
UNTIL = D("2027-11-30")


def d(text: str) -> date:
    """A day, of 2026 unless it says otherwise."""
    return D(text if len(text) == 10 else f"2026-{text}")


def told(found: list[Obligation]) -> str:
    """`start due met` of each, - for not met; of another year than 2026 in full."""
    days = [(one.starts_on, one.due_on, one.met_on) for one in found]
    return ", ".join(" ".join(str(day or "-").removeprefix("2026-") for day in row) for row in days)


@pytest.mark.parametrize(
    ("done", "acts", "expected"),
    [
        ("03-02", {}, "03-02 03-02 -, 03-02 03-05 -"),
        ("03-05", {}, "03-05 03-05 -, 03-05 03-10 -"),
        ("03-07", {}, "03-07 03-07 -, 03-07 03-11 -"),  # a Saturday: the indexes are due all the same
        ("09-29", {}, "09-29 09-29 -, 09-29 10-09 -"),
        ("10-08", {}, "10-08 10-08 -, 10-08 10-12 -"),  # Saturday the 10th is worked
        ("12-31", {}, "12-31 12-31 -, 12-31 2027-01-06 -"),
        ("03-02", {"reindexed_on": "03-02"}, "03-02 03-02 03-02, 03-02 03-05 -"),
        (
            "03-02",
            {"reindexed_on": "03-03", "registered_on": "03-06"},
            "03-02 03-02 03-03, 03-02 03-05 03-06",
        ),
        ("03-02", {"registered_on": "02-27"}, "03-02 03-02 -, 03-02 03-05 02-27"),
    ],
)
def test_indexes_are_rebuilt_on_the_day_and_it_is_registered_in_three_working_days(
    done: str, acts: dict[str, str], expected: str
) -> None:
    migration = Migration("QY-1", d(done), **{key: d(day) for key, day in acts.items()})
    found = obligations(migration, TERMS)
    assert [one.rule for one in found] == ["migrate.reindex", "migrate.register"]
    assert told(found) == expected


@pytest.mark.parametrize(
    ("level", "since", "first", "expected"),
    [
        (2, "2020-05-01", None, "2024 2025 2026 2027"),
        (2, "2023-01-01", None, "2026 2027"),  # three years on the very day
        (2, "2023-01-02", None, "2027"),
        (2, "2022-12-31", None, "2026 2027"),
        (2, "2020-02-29", None, "2024 2025 2026 2027"),
        (2, "2024-01-01", None, "2027"),
        (2, "2024-01-02", None, ""),
        (2, "2026-05-01", None, ""),
        (2, "2030-05-01", None, ""),
        (1, "2020-05-01", None, ""),
        (3, "2020-05-01", None, ""),
        (None, "2020-05-01", None, ""),
        (2, None, None, ""),
        (2, "2020-05-01", "2026-01-01", "2026 2027"),
        (2, "2020-05-01", "2027-01-01", "2027"),
        (2, "2020-05-01", "2028-01-01", ""),
        (2, "2023-06-01", "2026-01-01", "2027"),
    ],
)
def test_a_level_2_hospital_owes_one_every_year_from_three_years_of_running(
    level: int | None, since: str | None, first: str | None, expected: str
) -> None:
    hospital = Hospital("云河县人民医院", level, D(since) if since else None)
    found = list(due_years(hospital, D(first) if first else None, UNTIL, TERMS))
    assert " ".join(year.name for year in found) == expected
    assert all(is_due(hospital, year, TERMS) for year in found)


def test_a_year_is_laid_down_when_its_first_day_is_within_the_horizon() -> None:
    hospital = Hospital("云河县人民医院", 2, D("2020-05-01"))

    def last(until: str) -> str:
        return list(due_years(hospital, None, D(until), TERMS))[-1].name

    assert (last("2026-12-31"), last("2027-01-01"), last("2027-12-31")) == ("2026", "2027", "2027")


LATER = (
    (D("2026-01-01"), "settings.migrate.years = 5", "v1"),
    (D("2027-06-01"), "settings.migrate.level = 3", "v2"),
)


def test_the_policy_of_the_first_of_january_says_which_hospitals() -> None:
    terms = Terms(book(LATER), lambda code: CALENDAR)
    until = D("2028-12-31")

    def due(level: int, since: str) -> str:
        hospital = Hospital("云河县人民医院", level, D(since))
        return " ".join(year.name for year in due_years(hospital, None, until, terms))

    assert due(2, "2021-06-01") == "2025 2027"  # 2026: not yet five years; 2028: another level
    assert due(3, "2021-06-01") == "2028"


def test_the_yearly_obligation_is_called_after_hospital_and_year_and_ends_with_it() -> None:
    hospital = Hospital("云河县人民医院", 2, D("2020-05-01"))
    spans = [year_of(D("2026-01-01")), year_of(D("2027-01-01"))]
    found = yearly(hospital, spans, {"2026": d("03-02")}, TERMS)
    assert [one.number for one in found] == ["云河县人民医院-2026", "云河县人民医院-2027"]
    assert told(found) == "01-01 12-31 03-02, 2027-01-01 2027-12-31 -"
    assert {(one.rule, one.role, one.clause) for one in found} == {("migrate.yearly", "engineer", "五.3")}


@given(
    st.dates(D("1990-01-01"), D("2030-12-31")),
    st.none() | st.sampled_from([D(f"{year}-01-01") for year in range(2000, 2030)]),
    st.dates(D("2020-01-01"), D("2030-12-31")),
)
def test_the_years_are_those_that_are_due_one_by_one(since: date, first: date | None, until: date) -> None:
    hospital = Hospital("云河县人民医院", 2, since)
    every = (year_named(str(number)) for number in range(1990, 2031))
    expected = [
        year
        for year in every
        if year
        and (first or year.first) <= year.first <= until
        and (since.year + 3, since.month, since.day) <= (year.first.year, 1, 1)
    ]
    assert list(due_years(hospital, first, until, TERMS)) == expected
    assert all(number_of(hospital.name, year).endswith(f"-{year.first.year}") for year in expected)


@pytest.mark.parametrize(
    ("first", "until", "done", "expected"),
    [
        ("2025-06-01", "2026-11-30", {}, "2025-12-01 2025-12-31 -"),
        ("2025-06-01", "2026-12-01", {}, "2025-12-01 2025-12-31 -, 12-01 12-31 -"),
        ("2026-12-15", "2026-12-31", {"2026": "12-20"}, "12-01 12-31 12-20"),
        ("2026-01-01", "2026-12-31", {"2026": "11-20"}, "12-01 12-31 11-20"),
        ("2026-01-01", "2026-12-31", {"2026": "2027-01-04"}, "12-01 12-31 2027-01-04"),
        ("2027-01-01", "2026-12-31", {}, ""),
    ],
)
def test_the_check_of_a_year_is_held_in_december(
    first: str, until: str, done: dict[str, str], expected: str
) -> None:
    found = checks(D(first), D(until), {year: d(day) for year, day in done.items()}, TERMS)
    assert told(found) == expected
    assert [one.number for one in found] == [str(one.starts_on.year) for one in found]
    assert {one.role for one in found} <= {"qc"}
