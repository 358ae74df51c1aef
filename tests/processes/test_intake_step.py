"""三 Steps into the store: as many as there are rows, paired off when they come again, with their problems on the way."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from svcq.processes import issue, staff
from svcq.processes.intake import Fault, Line, Manner, Outcome, intakes
from svcq.processes.work import Work
from svcq.store.tables.customer import Customer
from svcq.store.tables.issue import Issue, IssueStep
from tests.stores import TODAY, audited, business, dump, faults, peopled, writing

D = date.fromisoformat
T = datetime.fromisoformat
Values = Mapping[str, object]
STEP: Values = {"issue": "W-1", "on": D("2026-10-12"), "by": "李伟", "what": "重启", "result": "watch"}
PROBLEM: Values = {"customer": "H001", "title": "慢", "reported_on": D("2026-10-09")}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with the people and one issue, W-1 of 9 October."""
    path = peopled(tmp_path / "svcq.db")
    with writing(path) as work:
        issue.add(work, "W-1", "H001", {"title": "慢", "reported_on": D("2026-10-09")}, None)
    return path


def take(work: Work, *rows: Values, **manner: object) -> Outcome:
    """The rows of one sheet, from row 2 on."""
    lines = [Line(number, row) for number, row in enumerate(rows, 2)]
    return intakes()["step"].take(work, lines, Manner(**manner))  # type: ignore[arg-type]


def taken(path: Path, *rows: Values, **manner: object) -> tuple[int, int, int, int]:
    """The rows in a unit of work of their own: added, updated, unchanged, refused."""
    with writing(path) as work:
        outcome = take(work, *rows, **manner)
    refused = sum(1 + len(fault.others) for fault in outcome.faults)
    return outcome.added, outcome.updated, outcome.unchanged, refused


def told(path: Path, *rows: Values, **manner: object) -> list[Fault]:
    """What is refused; nothing is kept."""
    with writing(path, dry_run=True) as work:
        return take(work, *rows, **manner).faults


def whys(path: Path, *rows: Values, **manner: object) -> list[tuple[int, str, str]]:
    """Row, field and sentence of each refusal."""
    return [(fault.row, fault.field, str(fault.why)) for fault in told(path, *rows, **manner)]


def steps(path: Path) -> list[tuple[str, str, str | None, str | None]]:
    """The steps of the store in their order: issue, month and day, words, result."""
    with writing(path, dry_run=True) as work:
        rows = work.session.exec(
            select(Issue.number, IssueStep)
            .join(Issue, Issue.id == IssueStep.issue_id)  # type: ignore[arg-type]
            .order_by(Issue.number, IssueStep.done_on, IssueStep.id)  # type: ignore[arg-type]
        )
        return [(number, f"{step.done_on:%m-%d}", step.what, step.result) for number, step in rows]


def entered(path: Path) -> dict[str, tuple[str, str | None, date]]:
    """The issues of the store: number -> customer, title, day of report."""
    with writing(path, dry_run=True) as work:
        rows = work.session.exec(select(Issue, Customer.name).join(Customer))
        return {row.number: (name, row.title, row.reported_on) for row, name in rows}


def test_the_second_time_a_file_changes_nothing(path: Path) -> None:
    rows = (STEP, {**STEP, "by": None}, {**STEP, "on": D("2026-10-13"), "result": None})
    assert taken(path, *rows) == (3, 0, 0, 0)
    before = dump(path)
    assert taken(path, *rows) == (0, 0, 3, 0)
    assert dump(path) == before
    assert faults(path) == []


def test_rows_that_are_alike_are_as_many_steps(path: Path) -> None:
    assert taken(path, STEP, STEP, STEP) == (3, 0, 0, 0)
    assert taken(path, STEP, STEP) == (0, 0, 2, 0)
    assert taken(path, STEP, STEP, STEP, STEP) == (1, 0, 3, 0)
    assert len(steps(path)) == 4
    assert faults(path) == []


def test_the_kth_of_steps_that_are_alike_gets_another_result(path: Path) -> None:
    taken(path, STEP, {**STEP, "result": None})
    rows = audited(path)
    assert taken(path, STEP, {**STEP, "result": "solved"}) == (0, 1, 1, 0)
    assert [result for *_, result in steps(path)] == ["watch", "solved"]
    assert audited(path) == rows + 1
    assert faults(path) == []


def test_a_blank_result_changes_nothing_unless_it_is_to_be_emptied(path: Path) -> None:
    taken(path, STEP)
    plain = {key: value for key, value in STEP.items() if key != "result"}
    assert taken(path, plain) == (0, 0, 1, 0)
    assert taken(path, {**STEP, "result": None}) == (0, 1, 0, 0)
    assert [result for *_, result in steps(path)] == [None]


def test_steps_of_a_day_stand_in_the_order_of_their_times_or_of_the_rows(path: Path) -> None:
    timed = [{**STEP, "on": T(f"2026-10-12 {hour}:00"), "what": str(hour)} for hour in (15, 10, 12)]
    taken(path, *timed, *({**STEP, "on": D("2026-10-13"), "what": word} for word in "ba"))
    mixed = [{**STEP, "on": T("2026-10-14 15:00"), "what": "1"}, {**STEP, "on": D("2026-10-14"), "what": "2"}]
    taken(path, *mixed)
    assert [what for _, _, what, _ in steps(path)] == ["10", "12", "15", "b", "a", "1", "2"]


def test_the_day_is_the_one_written_and_the_order_the_real_one(path: Path) -> None:
    summer, winter = timezone(timedelta(hours=2)), timezone(timedelta(hours=1))
    rows = [
        {**STEP, "on": datetime(2026, 10, 25, 2, 10, tzinfo=winter), "what": "after"},
        {**STEP, "on": datetime(2026, 10, 25, 2, 50, tzinfo=summer), "what": "before"},
        {**STEP, "on": datetime(2026, 10, 24, 23, 59, tzinfo=UTC), "what": "the day before"},
    ]
    taken(path, *rows)
    assert [(day, what) for _, day, what, _ in steps(path)] == [
        ("10-24", "the day before"),
        ("10-25", "before"),
        ("10-25", "after"),
    ]


REFUSED: list[tuple[Values, tuple[str, str]]] = [
    ({**STEP, "on": D("2026-10-08")}, ("on", "2026-10-08 is before the problem was reported, 2026-10-09")),
    ({**STEP, "on": TODAY + timedelta(days=1)}, ("on", "2026-11-24 is in the future")),
    ({key: value for key, value in STEP.items() if key != "on"}, ("on", "a step needs its day")),
    ({**STEP, "by": "李为"}, ("by", "李为 is not among the staff")),
    ({**STEP, "issue": None}, ("issue", "a step needs its issue")),
]


@pytest.mark.parametrize(("row", "expected"), REFUSED)
def test_a_step_is_refused_at_its_field(path: Path, row: Values, expected: tuple[str, str]) -> None:
    ((number, field, why),) = whys(path, row)
    assert (number, field) == (2, expected[0])
    assert why.startswith(expected[1])


def test_steps_that_lie_ahead_are_taken_when_it_is_forced_and_told(path: Path) -> None:
    row = {**STEP, "on": TODAY + timedelta(days=1)}
    with writing(path) as work:
        outcome = take(work, row, force=True)
    assert (outcome.added, outcome.ahead) == (1, 1)
    assert taken(path, row) == (0, 0, 1, 0)


def test_a_step_of_somebody_who_had_left_is_refused(path: Path) -> None:
    with writing(path) as work:
        staff.add(work, "老陈", ["engineer"], {"left_on": D("2026-10-11")})
    assert whys(path, {**STEP, "by": "老陈"}) == [(2, "by", "老陈 left on 2026-10-11")]


def test_a_void_issue_takes_no_step_and_one_that_is_known_is_no_mistake(path: Path) -> None:
    taken(path, STEP)
    with writing(path) as work:
        issue.void(work, "W-1", "重复登记")
    assert taken(path, STEP) == (0, 0, 1, 0)
    assert whys(path, STEP, {**STEP, "what": "升级"}) == [(3, "issue", "issue W-1 is void")]


def test_an_issue_that_is_not_known_is_refused_with_those_near_it_and_all_its_rows(path: Path) -> None:
    other = {**STEP, "issue": "W-11"}
    found = told(path, STEP, other, other)
    assert [(one.row, one.field, one.others) for one in found] == [(3, "issue", (4,))]
    assert str(found[0].why) == "issue W-11 is not known; did you mean W-1?"


def test_where_no_issue_is_known_and_no_customer_named_it_is_said_once(path: Path) -> None:
    rows = [{**STEP, "issue": f"X-{n}"} for n in (1, 2, 1)]
    found = told(path, *rows)
    assert [(one.row, one.field, one.others) for one in found] == [(2, "issue", (3, 4))]
    assert "--create-missing (then it is 未注明客户)" in str(found[0].why)
    assert taken(path, *rows, create_missing=True) == (3, 0, 0, 0)
    assert entered(path)["X-1"] == ("未注明客户", "重启", D("2026-10-12"))
    assert taken(path, *rows) == (0, 0, 3, 0)
    assert faults(path) == []


def test_an_issue_is_entered_from_its_first_step(path: Path) -> None:
    log = {"issue": "C-7", "customer": "H001", "by": None}
    rows = [
        {**log, "on": T("2026-10-20 09:00"), "what": "closed", "result": "solved", "system": "LIS"},
        {**log, "on": T("2026-10-13 12:00"), "what": "in progress", "system": "HIS"},
        {**log, "on": T("2026-10-13 08:00"), "what": "opened\nby phone"},
    ]
    with writing(path) as work:
        outcome = take(work, *rows)
    assert (outcome.added, [str(one) for one in outcome.remarks]) == (
        3,
        ["1 issue was entered on the way, from its first step"],
    )
    assert entered(path)["C-7"] == ("江州市中心医院", "opened", D("2026-10-13"))
    with writing(path, dry_run=True) as work:
        assert work.session.exec(select(Issue.system).where(Issue.number == "C-7")).one() == "HIS"
    assert taken(path, *rows) == (0, 0, 3, 0)
    assert faults(path) == []


def test_what_the_earliest_row_says_of_a_problem_counts_and_may_change_a_known_one(path: Path) -> None:
    rows = [{**STEP, "module": None}, {**STEP, "on": D("2026-10-11"), "module": "门诊", "engineer": "李伟"}]
    assert taken(path, *rows) == (2, 0, 0, 0)
    assert taken(path, {**STEP, "module": "住院"}) == (0, 1, 0, 0)
    assert taken(path, {**STEP, "module": "住院"}) == (0, 0, 1, 0)


def test_a_row_may_tell_of_a_problem_that_nobody_worked_on_yet(path: Path) -> None:
    assert taken(path, {**PROBLEM, "issue": "W-2"}, {**PROBLEM, "title": "卡"}) == (2, 0, 0, 0)
    assert taken(path, {**PROBLEM, "issue": "W-2"}, {**PROBLEM, "title": "卡"}) == (0, 0, 2, 0)
    assert [one[1] for one in entered(path).values()] == ["慢", "慢", "卡"]


def test_problems_without_numbers_are_told_apart_by_their_words(path: Path) -> None:
    about = {"customer": "H002", "title": "打印慢", "reported_on": D("2026-10-09")}
    step = {key: value for key, value in STEP.items() if key != "issue"}
    rows = (
        {**about, **step},
        {**step, "title": "打印慢", "what": "升级"},
        {**about, **step, "customer": "H001"},
        {**about, **step, "reported_on": D("2026-10-10")},
    )
    assert taken(path, *rows) == (4, 0, 0, 0)
    assert Counter(number for number, *_ in steps(path)) == {
        "SVCQ-I2026-00001": 2,
        "SVCQ-I2026-00002": 1,
        "SVCQ-I2026-00003": 1,
    }
    assert taken(path, *rows) == (0, 0, 4, 0)
    assert faults(path) == []


def test_a_row_without_a_number_belongs_to_the_numbered_problem_with_its_words(path: Path) -> None:
    step = {key: value for key, value in STEP.items() if key != "issue"}
    rows = ({**step, **PROBLEM, "what": "a"}, {**STEP, **PROBLEM, "issue": "W-5"}, {**step, "title": "慢"})
    assert taken(path, *rows) == (3, 0, 0, 0)
    assert [number for number, *_ in steps(path)] == ["W-5", "W-5", "W-5"]


def test_a_problem_that_is_refused_takes_its_rows_along_and_is_told_at_its_cell(path: Path) -> None:
    log = {**STEP, "issue": "C-7", "reported_on": D("2026-10-09")}
    rows = [log, {**log, "customer": "中心医院江州"}, {**log, "on": D("2026-10-30")}, STEP]
    found = told(path, *rows)
    assert [(one.row, one.field, one.others) for one in found] == [(3, "customer", (2, 4))]
    assert taken(path, *rows) == (1, 0, 0, 3)


def test_a_problem_whose_steps_are_all_refused_is_not_entered(path: Path) -> None:
    log = {**STEP, "issue": "C-7", "customer": "H001", "by": "李为"}
    assert taken(path, log, log) == (0, 0, 0, 2)
    assert list(entered(path)) == ["W-1"]


def test_a_problem_whose_only_step_lies_ahead_or_before_its_report_is_not_entered(path: Path) -> None:
    log = {**STEP, "customer": "H001"}
    rows = (
        {**log, "issue": "C-7", "on": TODAY + timedelta(days=1)},
        {**log, "issue": "C-8", "on": D("2026-10-11"), "reported_on": D("2026-10-12")},
    )
    assert [field for _, field, _ in whys(path, *rows)] == ["on", "on"]
    assert taken(path, *rows) == (0, 0, 0, 2)
    assert list(entered(path)) == ["W-1"]


def test_a_refused_first_event_still_counts_for_the_day_of_report(path: Path) -> None:
    log = {**STEP, "issue": "C-7", "customer": "H001"}
    rows = [{**log, "by": "李为"}, {**log, "on": D("2026-10-20")}]
    assert taken(path, *rows) == (1, 0, 0, 1)
    assert entered(path)["C-7"][2] == D("2026-10-12")
    assert taken(path, {**rows[0], "by": "李伟"}) == (1, 0, 0, 0)
    assert faults(path) == []


def test_people_who_are_not_known_become_engineers_when_asked(path: Path) -> None:
    assert taken(path, {**STEP, "by": "Frederic"}, create_missing=True) == (1, 0, 0, 0)
    assert [row[1] for row in dump(path)["staff_role"] if row[0] == 7] == ["engineer"]


def test_a_combined_worklog_closes_its_problems_too(path: Path) -> None:
    about = {**PROBLEM, "issue": "W-2", "closed_on": D("2026-10-13")}
    rows = ({**STEP, **about, "result": "solved"}, {**STEP, **about, "issue": "W-3", "result": "watch"})
    assert taken(path, *rows) == (2, 0, 0, 0)
    events = [row[2:4] for row in business(path)["issue_event"]]
    assert events == [("close", "2026-10-13"), ("close", "2026-10-13")]
    assert taken(path, *rows) == (0, 0, 2, 0)


WORDS = st.sampled_from(("看", "修", None))
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "issue": st.sampled_from(("W-1", "C-1", "C-2")),
            "on": st.integers(9, 12).map(lambda day: date(2026, 10, day))
            | st.integers(0, 90).map(lambda hour: datetime(2026, 10, 9) + timedelta(hours=hour)),
            "by": st.sampled_from(("李伟", "周静", None)),
            "what": WORDS,
            "result": st.sampled_from(("solved", "watch", None)),
            "customer": st.just("H001"),
        }
    ),
    max_size=14,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, again=st.randoms(use_true_random=False))
def test_every_row_is_a_step_and_none_becomes_two(tmp_path: Path, rows: list[Values], again) -> None:
    path = peopled(tmp_path / "many.db")
    with writing(path) as work:
        issue.add(work, "W-1", "H001", {"title": "慢", "reported_on": D("2026-10-09")}, None)
    said = [{key: value for key, value in row.items() if value is not None} for row in rows]
    assert taken(path, *said) == (len(rows), 0, 0, 0)
    assert len(steps(path)) == len(rows)
    before = dump(path)
    assert taken(path, *said) == (0, 0, len(rows), 0)
    some = again.sample(said, k=len(said) // 2)
    keys = Counter((r["issue"], str(r["on"])[:10], r.get("by"), r.get("what")) for r in said)
    if all(number == 1 for number in keys.values()):
        assert taken(path, *some) == (0, 0, len(some), 0)
        assert dump(path) == before
    assert len(steps(path)) == len(rows)
    assert faults(path) == []
