"""一: what the dates and decisions of a hand-over oblige to: start, due date, meeting; and what cannot be."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq.policy.load import book
from svcq.rules.handover import (
    ACTS,
    COMPLETE,
    HANDED_IN,
    Entry,
    Free,
    Handover,
    contradiction,
    eligible_on,
    fault,
    first_date,
    misplaced,
    missing,
    obligations,
    undecidable,
)
from svcq.rules.obligation import Obligation, Terms
from svcq.rules.workdays import Calendar

D = date.fromisoformat
CALENDAR = Calendar("CN")
TERMS = Terms(book([]), lambda code: CALENDAR)
IN = {key: "2026-09-03" for key in HANDED_IN}
"""All that has to be handed in, on one day."""


def d(text: str) -> date:
    """A day, of 2026 unless it says otherwise."""
    return D(text if len(text) == 10 else f"2026-{text}")


def entries(acts: str) -> tuple[Entry, ...]:
    """`09-10 no 10-10, 10-08 heard 11-01, 11-02 yes`: day, decision or follow-up (`silent`: without a note), expected."""
    made = []
    for act in filter(None, acts.split(", ")):
        day, what, *expected = act.split()
        decision = {"yes": "eligible", "no": "not_eligible"}.get(what)
        made.append(Entry(d(day), decision, d(expected[0]) if expected else None, what != "silent"))
    return tuple(made)


def owed(rule: str, acts: str = "", lacks: tuple[str, ...] = (), **dates: str) -> list[Obligation]:
    """The obligations of one rule of a hand-over with these dates and this trail."""
    known = {f"{key}_on": d(value) for key, value in dates.items()}
    handover = Handover("YJ-1", missing=lacks, trail=entries(acts), **known)
    return [one for one in obligations(handover, TERMS) if one.rule == f"handover.{rule}"]


def told(found: list[Obligation]) -> str:
    """`start due met` of each, - for not met; of another year than 2026 in full."""
    days = [(one.starts_on, one.due_on, one.met_on) for one in found]
    return ", ".join(" ".join(str(day or "-").removeprefix("2026-") for day in row) for row in days)


# --- the four gates with a date of their own


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({}, ""),
        ({"accepted": "03-02"}, "03-02 03-09 -"),
        ({"accepted": "03-06"}, "03-06 03-13 -"),  # a Friday
        (
            {"accepted": "09-25"},
            "09-25 10-09 -",
        ),  # the National Day week is between
        (
            {"accepted": "02-13"},
            "02-13 02-27 -",
        ),  # Saturday the 14th is worked, Spring Festival until the 23rd
        ({"accepted": "12-28"}, "12-28 2027-01-05 -"),
        ({"accepted": "03-02", "application": "03-03", "worklog": "03-04"}, "03-02 03-09 -"),
        (
            {"accepted": "03-02", "application": "03-03", "worklog": "03-05", "documents": "03-04"},
            "03-02 03-09 03-05",
        ),
        (
            {"accepted": "03-02", "application": "03-09", "worklog": "03-09", "documents": "03-09"},
            "03-02 03-09 03-09",
        ),
        (
            {"accepted": "03-02", "application": "03-02", "worklog": "03-02", "documents": "03-02"},
            "03-02 03-09 03-02",
        ),
        (
            {"accepted": "03-02", "application": "02-26", "worklog": "02-27", "documents": "02-26"},
            "03-02 03-09 02-27",
        ),
        (
            {"accepted": "03-02", "application": "03-20", "worklog": "03-10", "documents": "03-04"},
            "03-02 03-09 03-20",
        ),
    ],
)
def test_all_papers_are_in_five_working_days_after_the_acceptance(
    dates: dict[str, str], expected: str
) -> None:
    assert told(owed("apply", **dates)) == expected


@pytest.mark.parametrize(
    ("dates", "acts", "expected"),
    [
        ({"application": "03-03", "worklog": "03-04"}, "", ""),
        ({"application": "03-02", "worklog": "03-04", "documents": "03-03"}, "", "03-04 03-18 -"),
        (
            {"application": "03-04", "worklog": "03-04", "documents": "03-04"},
            "03-04 yes",
            "03-04 03-18 03-04",
        ),
        (
            {"application": "03-04", "worklog": "03-04", "documents": "03-04"},
            "03-18 no 04-01",
            "03-04 03-18 03-18",
        ),
        (
            {"application": "03-04", "worklog": "03-04", "documents": "03-04"},
            "03-19 yes",
            "03-04 03-18 03-19",
        ),
        (
            {"application": "03-04", "worklog": "03-04", "documents": "03-04"},
            "03-10 no 04-01, 03-30 yes",
            "03-04 03-18 03-10",  # met by the first decision, whatever it was
        ),
    ],
)
def test_it_is_decided_ten_working_days_after_the_last_paper_came(
    dates: dict[str, str], acts: str, expected: str
) -> None:
    assert told(owed("decide", acts, **dates)) == expected


IN_MARCH = {"application": "03-04", "worklog": "03-04", "documents": "03-04"}


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ("", ""),
        ("03-10 yes", ""),
        ("03-10 no 04-01", "03-10 04-01 -"),
        ("03-10 no 04-04", "03-10 04-04 -"),  # a public holiday: a fixed date stays
        ("03-10 no 04-01, 03-31 yes", "03-10 04-01 03-31"),
        ("03-10 no 04-01, 04-02 yes", "03-10 04-01 04-02"),
        ("03-10 no 04-01, 03-31 no 05-06", "03-10 04-01 03-31, 03-31 05-06 -"),
        # asked after
        ("03-10 no 04-01, 03-31 heard", "03-10 04-01 -"),
        ("03-10 no 04-01, 03-31 silent 05-06", "03-10 04-01 -, 03-31 05-06 -"),
        ("03-10 no 04-01, 03-31 heard 05-06", "03-10 04-01 03-31, 03-31 05-06 -"),
        (
            "03-10 no 04-01, 03-31 silent 05-06, 04-20 heard 06-01",
            "03-10 04-01 04-20, 03-31 05-06 04-20, 04-20 06-01 -",
        ),
        ("03-10 no 04-01, 04-20 heard 05-06, 05-06 yes", "03-10 04-01 04-20, 04-20 05-06 05-06"),
        # several on one day: the last one starts it, each of them meets what was owed before
        ("03-10 no 04-01, 03-31 heard 05-06, 03-31 heard 05-20", "03-10 04-01 03-31, 03-31 05-20 -"),
        ("03-10 no 04-01, 03-31 heard 05-06, 03-31 heard", "03-10 04-01 03-31, 03-31 05-06 -"),
        ("03-10 no 04-01, 03-31 silent 05-06, 03-31 heard 05-20", "03-10 04-01 03-31, 03-31 05-20 -"),
        ("03-10 no 04-01, 03-10 heard 04-15", "03-10 04-15 -"),
        ("03-10 no 04-01, 03-10 yes", "03-10 04-01 03-10"),
        ("03-10 no 04-01, 03-10 no 04-15", "03-10 04-15 -"),
        # once it is eligible nothing starts any more
        ("03-10 no 04-01, 03-31 yes, 03-31 heard 05-06", "03-10 04-01 03-31"),
        ("03-31 heard 05-06, 03-31 yes", "03-31 05-06 03-31"),
    ],
)
def test_a_project_that_is_not_eligible_is_heard_of_again_by_the_expected_day(
    acts: str, expected: str
) -> None:
    assert told(owed("follow_up", acts, **IN_MARCH)) == expected


@pytest.mark.parametrize(
    ("rule", "acts", "dates", "expected"),
    [
        ("register", "03-10 no 04-01", {"registered": "03-11"}, ""),
        ("register", "03-10 yes", {}, "03-10 03-13 -"),
        ("register", "03-10 yes", {"registered": "03-10"}, "03-10 03-13 03-10"),
        ("register", "03-10 yes", {"registered": "03-16"}, "03-10 03-13 03-16"),
        ("register", "03-10 no 04-01, 03-31 yes", {"registered": "03-11"}, "03-31 04-03 03-11"),
        ("register", "09-30 yes", {}, "09-30 10-10 -"),  # a Saturday that is worked
        ("notice", "03-10 yes", {}, "03-10 03-17 -"),
        ("notice", "03-10 yes", {"notice": "03-17"}, "03-10 03-17 03-17"),
        ("notice", "03-10 no 04-01", {}, ""),
        ("receipt", "03-10 yes", {}, ""),
        ("receipt", "03-10 yes", {"notice": "03-10"}, "03-10 03-24 -"),
        ("receipt", "03-10 yes", {"notice": "03-10", "receipt": "03-10"}, "03-10 03-24 03-10"),
        ("receipt", "03-10 yes", {"notice": "03-10", "receipt": "03-25"}, "03-10 03-24 03-25"),
    ],
)
def test_an_eligible_project_is_registered_and_the_hospital_told(
    rule: str, acts: str, dates: dict[str, str], expected: str
) -> None:
    assert told(owed(rule, acts, **IN_MARCH, **dates)) == expected


def test_an_incomplete_registration_stays_open_and_its_note_names_what_is_missing() -> None:
    lacks = ("project_number", "modules")
    (one,) = owed("register", "03-10 yes", lacks, **IN_MARCH, registered="03-11")
    assert (one.met_on, one.note) == (None, "project_number、modules")
    (one,) = owed("register", "03-10 yes", lacks, **IN_MARCH)
    assert (one.met_on, one.note) == (None, "")


def test_who_owes_what_by_which_clause() -> None:
    found = obligations(
        Handover(
            "YJ-1",
            *(d("03-02"), d("03-04"), d("03-04"), d("03-04"), None, d("04-02"), None),
            trail=entries("03-10 no 04-01, 04-01 yes"),
        ),
        TERMS,
    )
    assert {one.rule.removeprefix("handover."): (one.role, one.clause, one.fine) for one in found} == {
        "apply": ("project_manager", "一.1", 0),
        "decide": ("qc", "一.1", 0),
        "follow_up": ("qc", "一.1.B", 0),
        "register": ("qc", "一.2", 0),
        "notice": ("qc", "一.3", 0),
        "receipt": ("qc", "一.3", 0),
    }
    assert {one.number for one in found} == {"YJ-1"}


# --- free maintenance


@pytest.mark.parametrize(
    ("accepted", "start", "end", "months", "expected"),
    [
        ("03-02", None, None, 12, ("2026-03-02", "2027-03-02")),
        ("2024-02-29", None, None, 12, ("2024-02-29", "2025-02-28")),
        ("03-31", None, None, 6, ("2026-03-31", "2026-09-30")),
        ("10-01", None, None, 12, ("2026-10-01", "2027-10-01")),  # a day off stays
        ("03-02", "04-01", None, 12, ("2026-04-01", "2027-04-01")),
        ("03-02", None, "12-31", 12, ("2026-03-02", "2026-12-31")),
        (None, None, "12-31", 12, (None, "2026-12-31")),
        (None, None, None, 12, (None, None)),
    ],
)
def test_free_maintenance_runs_from_the_acceptance_unless_the_project_says_otherwise(
    accepted: str | None,
    start: str | None,
    end: str | None,
    months: int,
    expected: tuple[str | None, str | None],
) -> None:
    free = Free(*(day and d(day) for day in (accepted, start, end))).filled(months)  # type: ignore[arg-type]
    assert tuple(day and str(day) for day in (free.free_from, free.free_until)) == expected


@pytest.mark.parametrize(
    ("before", "said", "after"),
    [
        (("03-02", "03-02", "2027-03-02"), {"accepted_on": "03-09"}, ("2026-03-09", "2027-03-09")),
        (("03-02", "04-01", "2027-04-01"), {"accepted_on": "03-09"}, ("2026-04-01", "2027-04-01")),
        (("03-02", "03-02", "2027-12-31"), {"accepted_on": "03-09"}, ("2026-03-09", "2027-12-31")),
        (("03-02", "03-02", "2027-03-02"), {"free_from": "04-01"}, ("2026-04-01", "2027-04-01")),
        (("03-02", "03-02", "2027-03-02"), {"free_until": "12-31"}, ("2026-03-02", "2026-12-31")),
        (
            ("03-02", "03-02", "2027-03-02"),
            {"accepted_on": "03-09", "free_from": "03-02"},
            ("2026-03-02", "2027-03-02"),
        ),
        ((None, None, None), {"accepted_on": "03-09"}, ("2026-03-09", "2027-03-09")),
        (("03-02", "03-02", "2027-03-02"), {}, ("2026-03-02", "2027-03-02")),
        (("03-02", "03-02", "2027-03-02"), {"accepted_on": None}, (None, None)),
    ],
)
def test_what_was_worked_out_moves_along_and_what_was_said_stays(
    before: tuple[str | None, ...], said: dict[str, str | None], after: tuple[str | None, ...]
) -> None:
    free = Free(*(day and d(day) for day in before))  # type: ignore[arg-type]
    found = free.mended({key: day and d(day) for key, day in said.items()}, 12)
    assert tuple(day and str(day) for day in (found.free_from, found.free_until)) == after


# --- what cannot be


@pytest.mark.parametrize(
    ("dates", "on", "lacks"),
    [
        (IN, "09-03", ""),
        (
            IN,
            "09-02",
            "the application is not in, the worklog is not in, the acceptance documents are not in",
        ),
        (IN | {"worklog_on": "2026-09-04"}, "09-03", "the worklog is not in"),
        (
            {"application_on": "2026-09-03"},
            "09-30",
            "the worklog is not in, the acceptance documents are not in",
        ),
    ],
)
def test_nothing_is_decided_before_all_papers_are_in(dates: dict[str, str], on: str, lacks: str) -> None:
    why = undecidable({key: D(day) for key, day in dates.items()}, d(on))
    assert (str(why) if why else "") == (
        f"nothing can be decided on {d(on)}: {lacks} [一.1]" if lacks else ""
    )


@pytest.mark.parametrize(
    ("trail", "entry", "why"),
    [
        ("", "03-10 yes", ""),
        ("", "03-10 no 04-01", ""),
        ("", "03-10 heard", "it was not decided by 2026-03-10 that it is not eligible [一.1.B]"),
        (
            "03-10 no 04-01",
            "03-09 heard",
            "it was not decided by 2026-03-09 that it is not eligible [一.1.B]",
        ),
        ("03-10 no 04-01", "03-10 heard", ""),
        ("03-10 no 04-01", "03-09 no 03-20", ""),  # told late
        ("03-10 no 04-01", "03-10 yes", ""),
        (
            "03-10 no 04-01",
            "03-09 yes",
            "it was not eligible yet on 2026-03-10: that is recorded already [一.1]",
        ),
        ("03-10 no 04-01, 03-31 heard 05-06", "03-20 yes", "it was not eligible yet on 2026-03-31"),
        ("03-10 no 04-01, 03-31 yes", "03-20 heard 03-31", ""),  # told late
        ("03-10 no 04-01, 03-31 yes", "03-20 no 03-31", ""),
        ("03-10 no 04-01, 03-31 yes", "03-31 heard", ""),  # of the very day, in whatever order
        ("03-10 no 04-01, 03-31 yes", "03-31 no 05-06", "the project is eligible since 2026-03-31 [一.1]"),
        ("03-10 no 04-01, 03-31 yes", "04-01 heard", "the project is eligible since 2026-03-31 [一.1]"),
        ("03-10 yes", "03-10 yes", "the project is eligible since 2026-03-10 [一.1]"),
        ("03-10 yes", "03-20 yes", "the project is eligible since 2026-03-10 [一.1]"),
    ],
)
def test_an_entry_stands_where_its_day_puts_it_or_is_refused(trail: str, entry: str, why: str) -> None:
    (new,) = entries(entry)
    known = entries(trail)
    before, after = [one for one in known if one.on <= new.on], [one for one in known if one.on > new.on]
    found = misplaced(new, before, after)
    assert str(found or "").startswith(why)
    assert bool(found) == bool(why)


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ("03-10 no 04-01", None),
        ("03-10 no 03-10", None),
        ("03-10 no 03-09", "expected_on"),
        ("03-10 no", "expected_on"),
        ("03-10 yes", None),
        ("03-10 heard", None),
        ("03-10 heard 03-09", "expected_on"),
    ],
)
def test_an_expected_day_is_needed_and_lies_ahead(entry: str, field: str | None) -> None:
    found = fault(entries(entry)[0])
    assert (found[0] if found else None) == field
    assert found is None or "[一.1.B]" in str(found[1])


@pytest.mark.parametrize(
    ("dates", "key", "clause"),
    [
        ({"free_from": "2026-03-02", "free_until": "2026-03-01"}, "free_until", "一.1.A"),
        ({"free_from": "2026-03-02", "free_until": "2026-03-02"}, None, ""),
        ({"notice_on": "2026-03-02", "receipt_on": "2026-03-01"}, "receipt_on", "一.3"),
        ({"notice_on": "2026-03-02", "receipt_on": "2026-03-02"}, None, ""),
        ({"receipt_on": "2026-03-02"}, None, ""),
        ({"accepted_on": "2026-03-02", "application_on": "2026-03-01"}, None, ""),
    ],
)
def test_dates_that_contradict_each_other_are_named(
    dates: dict[str, str], key: str | None, clause: str
) -> None:
    found = contradiction({name: D(day) for name, day in dates.items()})
    assert (found[0] if found else None) == key
    assert found is None or found[1].clause == clause


def test_what_a_complete_registration_has_is_named_in_the_order_of_the_process() -> None:
    assert missing({}) == tuple(COMPLETE)
    assert missing(dict.fromkeys(COMPLETE, "x") | {"modules": "", "customer_status": None}) == (
        "modules",
        "customer_status",
    )
    assert missing(dict.fromkeys(COMPLETE, "x")) == ()


def test_the_first_date_is_the_first_act_and_never_one_to_come() -> None:
    today = d("11-23")
    assert first_date({}, today) is None
    assert first_date({"free_from": d("01-01")}, today) is None
    for act in ACTS:
        assert first_date({act: d("11-23")}, today) == today
        assert first_date({act: d("11-24")}, today) is None
    assert first_date({"accepted_on": d("11-24"), "application_on": d("11-20")}, today) == d("11-20")


DAYS = st.dates(D("2026-01-05"), D("2026-03-05"))


@given(st.data())
def test_whatever_the_trail_each_day_starts_one_follow_up_at_most_and_none_once_it_is_eligible(
    data: st.DataObject,
) -> None:
    rows = data.draw(
        st.lists(st.tuples(DAYS, st.sampled_from(("heard", "silent", "no", "yes")), DAYS), max_size=8)
    )
    trail = tuple(
        Entry(
            on,
            {"yes": "eligible", "no": "not_eligible"}.get(what),
            max(on, by) if what != "yes" else None,
            what != "silent",
        )
        for on, what, by in sorted(rows, key=lambda row: row[0])
    )
    found = [
        one for one in obligations(Handover("X", trail=trail), TERMS) if one.rule == "handover.follow_up"
    ]
    starts = [one.starts_on for one in found]
    assert len(set(starts)) == len(starts)
    eligible = eligible_on(trail)
    for one in found:
        assert one.due_on >= one.starts_on
        assert one.met_on is None or one.met_on >= one.starts_on
        assert eligible is None or (one.starts_on <= eligible and one.met_on is not None)
