"""六 Callbacks and tries out of a file: the rules of the commands hold, blanks change nothing, twice is once."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from svcq.processes import customer, issue
from svcq.store.tables.callback import Callback
from tests.served import D, owed, remarks, served, taken, told, whys
from tests.stores import TODAY, business, dump, faults, writing

TOMORROW = TODAY + timedelta(days=1)
NUMBER = "2026Q4-李伟-江州市中心医院"
DRAWN = {"quarter": "2026Q4", "engineer": "李伟", "customer": "H001", "drawn_on": D("2026-10-12"), "seed": 7}
SAID = {"asked_on": D("2026-10-20"), "service": 4, "attitude": 5, "advice": "多来", "unsolved": "打印慢"}
TRY = {"callback": NUMBER, "on": D("2026-10-15")}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = served(tmp_path / "svcq.db")
    with writing(path) as work:
        issue.add(work, "WT-1", "H001", {"title": "打印慢", "reported_on": D("2026-10-20")})
        issue.add(work, "WT-2", "H002", {"title": "打印慢", "reported_on": D("2026-10-20")})
    return path


def test_the_second_time_a_file_changes_nothing(path: Path) -> None:
    rows = (
        DRAWN,
        {**DRAWN, **SAID, "customer": "H002"},
        {**DRAWN, "quarter": "2026Q3", "number": "HF-1", "drawn_on": None},
    )
    assert taken(path, "callback", *rows) == (3, 0, 0, 0)
    assert [row["number"] for row in told(path, "callback")] == ["2026Q4-李伟-云河县人民医院", NUMBER, "HF-1"]
    assert faults(path) == []
    before = dump(path)
    assert taken(path, "callback", *rows) == (0, 0, 3, 0)
    assert taken(path, "callback", *told(path, "callback")) == (0, 0, 3, 0)
    assert dump(path) == before


def test_an_answer_to_what_was_drawn_meets_it(path: Path) -> None:
    taken(path, "callback", DRAWN)
    assert taken(path, "callback", {**SAID, "number": NUMBER, "issue": "WT-1"}) == (0, 1, 0, 0)
    (row,) = owed(path, NUMBER)
    assert (row["rule"], row["starts_on"], row["due_on"], row["met_on"]) == (
        *("callback.make", D("2026-10-12"), D("2026-12-31"), D("2026-10-20")),
    )
    assert told(path, "callback")[0]["issue"] == "WT-1"
    assert faults(path) == []


def test_a_number_is_known_however_its_names_are_spelled(path: Path) -> None:
    with writing(path) as work:
        customer.edit(work, "江州市中心医院", {"name": "江州市中心医院（东区）"})
    taken(path, "callback", DRAWN)
    for number in ("2026Q4-李伟-江州市中心医院(东区)", "2026q4－李伟－江州市中心医院（东区）"):
        assert taken(path, "callback", {"number": number, "advice": None}) == (0, 0, 1, 0)
        assert taken(path, "try", {**TRY, "callback": number, "note": number}) == (1, 0, 0, 0)


def test_what_is_missing_or_wrong_is_refused_at_its_cell(path: Path) -> None:
    taken(path, "callback", DRAWN)
    other = {**DRAWN, "customer": "H002"}
    assert whys(
        path, "callback", *({**DRAWN, word: None} for word in ("quarter", "engineer", "customer"))
    ) == [
        (2, "quarter", "a callback needs its quarter [六]"),
        (3, "engineer", "a callback needs its engineer [六]"),
        (4, "customer", "a callback needs its customer [六]"),
    ]
    why = "callback 2026Q4-李伟-江州市中心医院 is about {}; another one is a row of its own [六]"
    assert whys(path, "callback", {"number": NUMBER, "quarter": "2026Q3"}) == [
        (2, "quarter", why.format("2026Q4"))
    ]
    assert whys(path, "callback", {"number": NUMBER, "customer": "H002"}) == [
        (2, "customer", why.format("江州市中心医院"))
    ]
    assert whys(path, "callback", {**DRAWN, "number": "HF-9"}) == [
        (2, "number", f"callback {NUMBER} is that very one [六]")
    ]
    assert whys(path, "callback", {**other, "quarter": "2026Q7"}) == [
        (2, "quarter", "2026Q7 is not a quarter: write it like 2026Q4")
    ]
    assert whys(path, "callback", {**other, "service": 3}) == [
        (2, "service", "answers need the day on which they were given [六]")
    ]
    assert whys(path, "callback", {**other, **SAID, "asked_on": TOMORROW}) == [
        (2, "asked_on", "2026-11-24 is in the future: today is 2026-11-23")
    ]
    assert whys(path, "callback", {**other, **SAID, "asked_on": D("2026-09-30")}) == [
        (2, "asked_on", "2026-09-30 is before 2026Q4 and before the customer was drawn [六]")
    ]
    assert whys(path, "callback", {**other, "issue": "WT-1"}) == [
        (2, "issue", "issue WT-1 is of another customer than callback 2026Q4-李伟-云河县人民医院 [六]")
    ]
    assert whys(path, "callback", {**other, "issue": "WT-10"}) == [
        (2, "issue", "issue WT-10 is not known; did you mean WT-1?")
    ]
    assert whys(path, "callback", DRAWN, {**DRAWN, "seed": 8}) == [
        (3, "customer", "row 2 is about the same record and says otherwise")
    ]


def test_who_was_asked_and_said_nothing_is_counted(path: Path) -> None:
    asked = {**DRAWN, "asked_on": D("2026-10-20")}
    assert remarks(path, "callback", asked) == (["1 callback has a day of asking and no answer"], 0)
    assert remarks(path, "callback", {**asked, "service": 3}) == ([], 0)
    assert remarks(path, "callback", {**asked, "asked_on": TOMORROW, "service": 3}, force=True) == ([], 1)


def test_a_blank_cell_changes_nothing_unless_it_is_to_empty_the_field(path: Path) -> None:
    taken(path, "callback", {**DRAWN, **SAID, "issue": "WT-1"})
    before = dump(path)
    assert taken(path, "callback", {"quarter": "2026Q4", "engineer": "李伟", "customer": "H001"}) == (
        0,
        0,
        1,
        0,
    )
    assert dump(path) == before
    blank = dict.fromkeys(("quarter", "engineer", "customer", "issue", "advice", "seed"))
    assert taken(path, "callback", {"number": NUMBER, **blank}) == (0, 1, 0, 0)
    (row,) = told(path, "callback")
    assert not {"issue", "advice", "seed"} & row.keys()
    assert whys(path, "callback", {"number": NUMBER, "drawn_on": None, **dict.fromkeys(SAID)}) == [
        (
            2,
            "drawn_on",
            f"callback {NUMBER} keeps the day on which it was drawn or asked; `svcq callback void` strikes it out [六]",
        )
    ]
    assert faults(path) == []


def test_who_is_missing_is_entered_on_request(path: Path) -> None:
    row = {**DRAWN, "engineer": "田甲", "customer": "新医院"}
    assert taken(path, "callback", row, create_missing=True) == (1, 0, 0, 0)
    assert told(path, "callback")[0]["number"] == "2026Q4-田甲-新医院"


def test_a_void_callback_is_not_changed_and_gets_no_tries(path: Path) -> None:
    taken(path, "callback", DRAWN)
    with writing(path) as work:
        work.change(
            work.session.exec(select(Callback)).one(), NUMBER, {"void_on": TODAY, "void_reason": "重复"}
        )
        work.touch("callback", NUMBER)
    void = f"callback {NUMBER} is void"
    assert taken(path, "callback", {**DRAWN, "number": NUMBER}) == (0, 0, 1, 0)
    assert whys(path, "callback", {"number": NUMBER, "seed": 8}) == [(2, "number", void)]
    assert whys(path, "callback", DRAWN) == [(2, "customer", void)]
    assert whys(path, "try", TRY) == [(2, "callback", void)]
    assert told(path, "callback") == []


def test_alike_tries_are_as_many_as_there_are_rows_and_three_are_enough(path: Path) -> None:
    taken(path, "callback", DRAWN)
    assert taken(path, "try", TRY, TRY) == (2, 0, 0, 0)
    assert owed(path, NUMBER)[0]["met_on"] is None
    assert taken(path, "try", TRY, TRY, {**TRY, "on": D("2026-10-16"), "by": "周静", "note": "忙音"}) == (
        1,
        0,
        2,
        0,
    )
    assert owed(path, NUMBER)[0]["met_on"] == D("2026-10-16")
    before = dump(path)
    assert taken(path, "try", *told(path, "try")) == (0, 0, 3, 0)
    assert dump(path) == before
    assert faults(path) == []


def test_a_try_that_cannot_be_is_refused_at_its_cell(path: Path) -> None:
    taken(path, "callback", DRAWN)
    ((row, field, why), *rest) = whys(
        path,
        "try",
        {**TRY, "callback": "2026Q4-李伟-江州市中心院"},
        {**TRY, "callback": None},
        {**TRY, "on": None},
        {**TRY, "on": TOMORROW},
    )
    assert (row, field, f"did you mean {NUMBER}" in why) == (2, "callback", True)
    assert rest == [
        (3, "callback", "a try needs its callback [六]"),
        (4, "on", "a try needs its day [六]"),
        (5, "on", "2026-11-24 is in the future: today is 2026-11-23"),
    ]
    assert remarks(path, "try", {**TRY, "on": TOMORROW}, force=True) == ([], 1)


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "quarter": st.sampled_from(["2026Q3", "2026Q4"]),
            "engineer": st.sampled_from(["李伟", "卫星汉"]),
            "customer": st.sampled_from(["H001", "H002"]),
        },
        optional={
            "number": st.sampled_from(["HF-1", NUMBER]),
            "drawn_on": st.dates(D("2026-06-01"), TODAY),
            "asked_on": st.none() | st.dates(D("2026-06-01"), TODAY),
            "service": st.none() | st.integers(1, 5),
        },
    ),
    min_size=1,
    max_size=7,
)


def test_a_row_that_is_refused_does_not_stand_in_the_way_of_another(path: Path) -> None:
    odd = {"quarter": "2026Q4", "engineer": "卫星汉", "customer": "H001", "number": NUMBER, "service": 1}
    fine = {"quarter": "2026Q4", "engineer": "李伟", "customer": "H001"}
    assert taken(path, "callback", fine, odd) == (1, 0, 0, 1)
    assert taken(path, "callback", fine, odd) == (0, 0, 1, 1)


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_whatever_is_taken_in_twice_is_in_once_and_the_ledger_is_whole(tmp_path: Path, rows) -> None:
    path = served(tmp_path / "svcq.db")
    taken(path, "callback", *rows)
    before = business(path)
    assert taken(path, "callback", *rows)[:2] == (0, 0)
    assert business(path) == before
    assert faults(path) == []


def test_a_number_that_differs_in_more_than_blanks_and_stops_is_another_one(path: Path) -> None:
    taken(path, "callback", {**DRAWN, "number": "2026Q4-01"})
    assert taken(path, "callback", {"number": "2026q4-0 1.", "advice": None}) == (0, 0, 1, 0)
    assert taken(path, "callback", {**DRAWN, "customer": "H002", "number": "2026Q4-1"}) == (1, 0, 0, 0)
