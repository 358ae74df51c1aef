"""七: in which team and region a person is from a day on: moved, mended, out of a file and into one again."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import select

from svcq.errors import Refused
from svcq.processes import staff
from svcq.processes.holders import SINCE_EVER
from svcq.processes.intake import Line, Manner, Outcome, intakes
from svcq.processes.work import Work
from svcq.store import exports
from svcq.store.read import Reader
from svcq.store.read_people import staff as listed
from svcq.store.read_staff import units
from svcq.store.tables.staff import Staff
from tests.places import at
from tests.stores import TODAY, audited, blank, business, faults, peopled, writing

D = date.fromisoformat
Said = dict[str, object]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """陈立 in the east since ever, 李伟 nowhere known."""
    return peopled(tmp_path / "svcq.db")


def move(path: Path, values: Said, from_on: str | None = None, name: str = "陈立") -> bool:
    """A person is in another team or region from a day on."""
    with writing(path) as work:
        return staff.edit(work, name, values, None, from_on=D(from_on) if from_on else None)


def always(path: Path, values: Said, name: str = "陈立") -> bool:
    """What was wrong since ever is mended."""
    with writing(path) as work:
        return staff.edit(work, name, values, None, from_on=SINCE_EVER)


def told(path: Path, name: str = "陈立", t: date = TODAY) -> list[tuple[str, object, object]]:
    """From when a person is where: `-` since ever."""
    reader = Reader(at(path))
    try:
        rows = units(reader, name, t)
    finally:
        reader.close()
    return [
        (str(row["from_on"]) if row["from_on"] != SINCE_EVER else "-", row["team"], row["region"])
        for row in rows
    ]


def where(path: Path, t: date = TODAY, name: str = "陈立") -> tuple[object, object]:
    """Team and region in the listing of a day."""
    reader = Reader(at(path))
    try:
        row = next(listed(reader, t, {"person": name}))
    finally:
        reader.close()
    return row["team"], row["region"]


def test_a_new_person_is_there_since_ever_and_nowhere_if_nothing_is_said(path: Path) -> None:
    assert told(path) == [("-", None, "华东")]
    assert told(path, "李伟") == []
    with writing(path) as work:
        staff.add(work, "新人", [], {"team": "一部"})
    assert told(path, "新人") == [("-", "一部", None)]


def test_who_moves_is_there_from_that_day_on_and_was_not_before(path: Path) -> None:
    assert move(path, {"region": "华北"}, "2026-10-01")
    assert told(path) == [("-", None, "华东"), ("2026-10-01", None, "华北")]
    assert where(path) == (None, "华北")
    assert where(path, D("2026-09-30")) == (None, "华东")
    assert not move(path, {"region": "华北"}, "2026-10-05")
    assert move(path, {"region": "西北"})
    assert told(path)[-1] == (str(TODAY), None, "西北")
    assert faults(path) == []


def test_people_are_found_by_where_they_were_on_the_day(path: Path) -> None:
    move(path, {"region": "华北"}, "2026-10-01")

    def people(region: str, t: date) -> list[object]:
        reader = Reader(at(path))
        try:
            return [row["name"] for row in listed(reader, t, {"region": region})]
        finally:
            reader.close()

    assert people("华北", TODAY) == ["王敏", "陈立"]
    assert people("华北", D("2026-09-30")) == ["王敏"]


def test_what_was_not_known_is_filled_in_since_ever(path: Path) -> None:
    assert move(path, {"team": "一部"}, "2026-10-01")
    assert told(path) == [("-", "一部", "华东")]
    assert move(path, {"team": "二部", "region": "华南"}, "2026-10-01", "李伟")
    assert told(path, "李伟") == [("-", "二部", "华南")]


def test_a_move_before_a_known_one_holds_until_that(path: Path) -> None:
    move(path, {"region": "华北"}, "2026-10-01")
    assert move(path, {"region": "西北"}, "2026-08-01")
    assert [row[::2] for row in told(path)] == [("-", "华东"), ("2026-08-01", "西北"), ("2026-10-01", "华北")]
    assert where(path) == (None, "华北")


def test_what_was_wrong_from_the_beginning_is_mended_up_to_the_next_move(path: Path) -> None:
    assert always(path, {"region": "华南"})
    assert told(path) == [("-", None, "华南")]
    assert where(path) == (None, "华南")
    move(path, {"region": "华北"}, "2026-10-01")
    assert always(path, {"region": "西北"})
    assert told(path) == [("-", None, "西北"), ("2026-10-01", None, "华北")]
    assert always(path, {"region": "华北"}), "a move that should have been a mending"
    assert told(path) == [("-", None, "华北")]


def test_a_move_that_is_taken_back_leaves_nothing_behind(path: Path) -> None:
    move(path, {"region": "华北"}, "2026-10-01")
    assert move(path, {"region": "华东"}, "2026-10-01")
    assert told(path) == [("-", None, "华东")]
    assert where(path) == (None, "华东")


def test_who_is_in_no_team_any_more_was_in_one_before(path: Path) -> None:
    move(path, {"region": None}, "2026-10-01")
    assert told(path) == [("-", None, "华东"), ("2026-10-01", None, None)]
    move(path, {"region": "华北"}, "2026-11-02")
    assert told(path) == [("-", None, "华东"), ("2026-10-01", None, None), ("2026-11-02", None, "华北")]


def test_a_move_that_lies_ahead_is_refused(path: Path) -> None:
    with pytest.raises(Refused, match="2026-11-24 is in the future"):
        move(path, {"region": "华北"}, "2026-11-24")
    assert told(path) == [("-", None, "华东")]


def test_the_audit_says_from_where_to_where_and_since_when(path: Path) -> None:
    before = audited(path)
    move(path, {"region": "华北", "email": "a@example.com"}, "2026-10-01")
    assert audited(path) == before + 1
    with writing(path) as work:
        last = work.session.connection().exec_driver_sql("select changes from audit order by id desc").first()
    assert last is not None
    text = str(last[0])
    assert '"region":["华东","华北"]' in text
    assert '"from":[null,"2026-10-01"]' in text
    move(path, {"region": "华北"})
    assert audited(path) == before + 1


# --- out of a file


def take(work: Work, *rows: Said, **manner: object) -> Outcome:
    """The rows of one sheet, from row 2 on."""
    lines = [Line(number, row) for number, row in enumerate(rows, 2)]
    return intakes()["unit"].take(work, lines, Manner(**manner))  # type: ignore[arg-type]


def taken(path: Path, *rows: Said, **manner: object) -> tuple[int, int, int, int]:
    """The rows in a unit of work of their own: added, updated, unchanged, refused."""
    with writing(path) as work:
        outcome = take(work, *rows, **manner)
    return outcome.added, outcome.updated, outcome.unchanged, len(outcome.faults)


EVER = {"person": "陈立", "team": "一部", "region": "华南"}
OCTOBER = {"person": "陈立", "from": D("2026-10-01"), "team": "二部"}


def test_rows_come_in_by_their_days_and_say_both_team_and_region(path: Path) -> None:
    assert taken(path, OCTOBER, EVER) == (1, 1, 0, 0)
    assert told(path) == [("-", "一部", "华南"), ("2026-10-01", "二部", None)]
    assert where(path) == ("二部", None)
    assert taken(path, EVER, OCTOBER, OCTOBER) == (0, 0, 3, 0)
    assert taken(path, {**OCTOBER, "region": "华北"}) == (0, 1, 0, 0)
    assert where(path) == ("二部", "华北")
    assert faults(path) == []


def test_a_sheet_that_names_no_region_at_all_leaves_it_alone(path: Path) -> None:
    assert taken(path, OCTOBER) == (1, 0, 0, 0)
    assert told(path) == [("-", None, "华东"), ("2026-10-01", "二部", "华东")]


def test_who_was_nowhere_is_nowhere_before_the_first_row(path: Path) -> None:
    assert taken(path, {**OCTOBER, "person": "李伟"}) == (1, 0, 0, 0)
    assert told(path, "李伟") == [("-", None, None), ("2026-10-01", "二部", None)]


@pytest.mark.parametrize(
    ("row", "field", "why"),
    [
        ({"team": "一部"}, "person", "a team needs the person who is in it"),
        ({**OCTOBER, "person": "陈丽"}, "person", "陈丽 is not among the staff"),
        ({**OCTOBER, "from": D("2026-11-24")}, "from", "2026-11-24 is in the future"),
    ],
)
def test_a_row_is_refused_at_its_field(path: Path, row: Said, field: str, why: str) -> None:
    with writing(path, dry_run=True) as work:
        (fault,) = take(work, row).faults
    assert fault.field == field
    assert str(fault.why).startswith(why)


def test_a_row_that_lies_ahead_is_taken_when_it_is_forced(path: Path) -> None:
    assert taken(path, {**OCTOBER, "from": D("2026-11-24")}, force=True) == (1, 0, 0, 0)
    assert where(path) == (None, "华东")
    assert where(path, D("2026-11-24")) == ("二部", "华东")


def test_two_rows_of_one_day_that_disagree_are_refused(path: Path) -> None:
    with writing(path, dry_run=True) as work:
        (fault,) = take(work, OCTOBER, {**OCTOBER, "team": "三部"}).faults
    assert str(fault.why) == "row 2 is about the same record and says otherwise"


# --- and into one again


WORDS = st.sampled_from((None, "一部", "二部"))
MOVES = st.lists(
    st.tuples(
        st.sampled_from(("陈立", "李伟")),
        st.fixed_dictionaries({}, optional={"team": WORDS, "region": WORDS}),
        st.just(SINCE_EVER) | st.dates(D("2026-01-01"), TODAY),
    ),
    max_size=6,
)


@settings(max_examples=15, deadline=None)
@given(MOVES)
def test_a_store_that_is_built_again_from_its_files_has_everybody_where_they_were(
    tmp_path_factory: pytest.TempPathFactory, moves: list[tuple[str, Said, date]]
) -> None:
    folder = tmp_path_factory.mktemp("units")
    path, again = peopled(folder / "a.db"), blank(folder / "b.db")
    with writing(path) as work:
        for name, values, day in moves:
            staff.edit(work, name, values, None, from_on=day)
    reader = Reader(at(path))
    files = {kind: list(exports.records(reader, kind, TODAY)) for kind in ("staff", "unit")}
    reader.close()
    for target in (again, path):
        for kind, rows in files.items():
            lines = [
                Line(number, {key: value for key, value in row.items() if value is not None})
                for number, row in enumerate(rows, 2)
            ]
            with writing(target) as work:
                outcome = intakes()[kind].take(work, lines, Manner())
                assert outcome.faults == []
            assert target is again or (outcome.added, outcome.updated) == (0, 0)
    for name in ("陈立", "李伟", "王敏"):
        for day in {TODAY, D("2026-01-01"), *(day for _, _, day in moves)}:
            assert where(again, day, name) == where(path, day, name)
    with writing(again) as work:
        present = {one.name: (one.team, one.region) for one in work.session.exec(select(Staff))}
    assert present == {name: where(path, TODAY, name) for name in present}


def test_who_is_void_is_not_exported(path: Path) -> None:
    with writing(path) as work:
        staff.void(work, "陈立", "重复")
    reader = Reader(at(path))
    people = [row["person"] for row in exports.records(reader, "unit", TODAY)]
    reader.close()
    assert people == ["王敏", "赵强"]
    assert len(business(path)["staff_unit"]) == 3
