"""三 Worklogs into the store: what a row adds and changes, what it tells of closings, and what is refused at its cell."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from svcq.processes import customer, issue, issue_acts, staff
from svcq.processes.intake import Line, Manner, Outcome, intakes
from svcq.processes.work import Work
from svcq.store import exports
from svcq.store.read import Reader
from svcq.store.read_log import changes
from svcq.store.tables.issue import Issue, IssueEvent
from svcq.store.tables.staff import Assignment
from tests.places import at
from tests.stores import TODAY, audited, business, dump, faults, peopled, writing

D = date.fromisoformat
Values = Mapping[str, object]
ROW: Values = {
    "number": "W-1",
    "customer": "江州市中心医院",
    "system": "HIS",
    "title": "报表打不开",
    "engineer": "李伟",
    "reported_on": D("2026-10-09"),
    "priority": True,
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return peopled(tmp_path / "svcq.db")


def take(work: Work, *rows: Values, kind: str = "issue", **manner: object) -> Outcome:
    """The rows of one sheet, from row 2 on."""
    lines = [Line(number, row) for number, row in enumerate(rows, 2)]
    return intakes()[kind].take(work, lines, Manner(**manner))  # type: ignore[arg-type]


def taken(path: Path, *rows: Values, kind: str = "issue", **manner: object) -> tuple[int, int, int, int]:
    """The rows in a unit of work of their own: added, updated, unchanged, refused."""
    with writing(path) as work:
        outcome = take(work, *rows, kind=kind, **manner)
    return outcome.added, outcome.updated, outcome.unchanged, len(outcome.faults)


def whys(path: Path, *rows: Values, kind: str = "issue", **manner: object) -> list[tuple[int, str, str]]:
    """Row, field and sentence of each refusal; nothing is kept."""
    with writing(path, dry_run=True) as work:
        found = take(work, *rows, kind=kind, **manner).faults
    return [(fault.row, fault.field, str(fault.why)) for fault in found]


def events(path: Path) -> list[tuple[str, str, str | None, str | None]]:
    """Closings, reopenings and urges as they are kept: what, month and day, by, reason."""
    with writing(path, dry_run=True) as work:
        rows = work.session.exec(select(IssueEvent).order_by(IssueEvent.done_on, IssueEvent.id)).all()
        return [(row.what, f"{row.done_on:%m-%d}", row.by_name, row.reason) for row in rows]


def closed_on(path: Path, number: str = "W-1", t: date = TODAY) -> str | None:
    """When an issue was closed as of a day, as the ledger has it."""
    sql = (
        "select met_on from v_obligation where number = :number and rule = 'issue.close' and starts_on <= :t"
        " and shown_on <= :t and (shown_until is null or shown_until >= :t) order by starts_on desc"
    )
    reader = Reader(at(path))
    found = reader.one(sql, {"number": number, "t": t})
    reader.close()
    return str(found["met_on"]) if found and found["met_on"] and found["met_on"] <= t else None


def test_the_second_time_a_file_changes_nothing(path: Path) -> None:
    natural = {key: value for key, value in ROW.items() if key != "number"} | {"title": "打印慢"}
    closed = {
        **ROW,
        "number": "W-3",
        "closed_on": D("2026-11-02"),
        "closed_by": "李伟",
        "close_reason": "已确认",
        "urged_on": D("2026-10-30"),
    }
    assert taken(path, ROW, natural, closed) == (3, 0, 0, 0)
    assert faults(path) == []
    before = dump(path)
    assert taken(path, ROW, natural, closed) == (0, 0, 3, 0)
    assert dump(path) == before
    assert closed_on(path, "W-3") == "2026-11-02"


def test_a_new_issue_without_a_number_gets_the_next_one_and_keeps_it(path: Path) -> None:
    row = {"customer": "H001", "title": "慢", "reported_on": D("2026-10-09")}
    assert taken(path, row, {**row, "title": "卡"}, row) == (2, 0, 1, 0)
    assert taken(path, {**row, "customer": "江州市中心医院", "module": "门诊"}) == (0, 1, 0, 0)
    numbers = sorted(str(line[1]) for line in business(path)["issue"])
    assert numbers == ["SVCQ-I2026-00001", "SVCQ-I2026-00002"]


def test_a_row_without_a_number_is_the_one_with_a_number_that_says_the_same(path: Path) -> None:
    row = {key: ROW[key] for key in ("customer", "title", "reported_on")}
    numbered = {"number": "W-1", **row}
    assert whys(path, numbered, row) == [(3, "customer", "row 2 is about the same record and says otherwise")]
    assert taken(path, numbered) == (1, 0, 0, 0)
    assert taken(path, row) == (0, 0, 1, 0)


def test_two_issues_with_the_same_words_need_their_numbers(path: Path) -> None:
    assert taken(path, ROW, {**ROW, "number": "W-2"}) == (2, 0, 0, 0)
    row = {key: ROW[key] for key in ("customer", "title", "reported_on")}
    assert whys(path, row) == [(2, "number", "several issues fit, e.g. W-1, W-2: say which number")]


def test_what_a_row_changes_is_in_the_audit_from_what_to_what(path: Path) -> None:
    with writing(path) as work:
        staff.add(work, "孙丽", ["engineer"], {})
    taken(path, {**ROW, "closed_on": D("2026-11-02"), "closed_by": "李伟"})
    row = {
        "number": "W-1",
        "customer": "云河县人民医院",
        "engineer": "孙丽",
        "module": "门诊",
        "closed_on": D("2026-11-03"),
    }
    assert taken(path, row) == (0, 1, 0, 0)
    reader = Reader(at(path))
    told = {line["field"]: (line["before"], line["after"]) for line in changes(reader, limit=1)}
    reader.close()
    assert told == {
        "customer": ("江州市中心医院", "云河县人民医院"),
        "engineer": ("李伟", "孙丽"),
        "from": (None, "2026-11-23"),
        "module": (None, "门诊"),
        "closed_on": ("2026-11-02", "2026-11-03"),
    }
    assert faults(path) == []


def test_the_first_engineer_has_it_since_ever_and_another_from_the_day_that_is_said(path: Path) -> None:
    with writing(path) as work:
        staff.add(work, "孙丽", ["engineer"], {})
    taken(path, ROW)
    taken(path, {"number": "W-1", "engineer": "孙丽"}, from_on=D("2026-11-01"))
    with writing(path, dry_run=True) as work:
        held = work.session.exec(select(Assignment).where(Assignment.kind == "issue")).all()
        assert sorted((row.from_on, row.person_id) for row in held) == [(date.min, 4), (D("2026-11-01"), 7)]
    assert taken(path, {"number": "W-1", "engineer": "孙丽"}) == (0, 0, 1, 0)


def test_a_row_that_names_the_customers_own_engineer_does_not_pin_him_to_a_known_issue(path: Path) -> None:
    taken(path, {key: value for key, value in ROW.items() if key != "engineer"})
    before = dump(path)
    assert taken(path, ROW) == (0, 0, 1, 0)
    assert dump(path) == before


def test_a_flag_or_request_that_is_set_later_counts_from_today_and_takes_its_day_along(path: Path) -> None:
    taken(path, {key: value for key, value in ROW.items() if key != "priority"})
    assert taken(path, {"number": "W-1", "priority": True, "request": "V-7"}) == (0, 1, 0, 0)
    with writing(path, dry_run=True) as work:
        row = work.session.exec(select(Issue)).one()
        assert (row.priority, row.priority_on, row.request_on) == (True, TODAY, TODAY)
    assert taken(path, {"number": "W-1", "priority": False, "request": None}) == (0, 1, 0, 0)
    with writing(path, dry_run=True) as work:
        row = work.session.exec(select(Issue)).one()
        assert (row.priority, row.priority_on, row.request_on) == (False, None, None)
    assert taken(path, {"number": "W-1", "priority_on": D("2026-11-01")}) == (0, 1, 0, 0)
    assert faults(path) == []


REFUSED: list[tuple[list[Values], list[tuple[int, str, str]]]] = [
    (
        [{**ROW, "customer": "江州中心医院"}],
        [(2, "customer", "customer 江州中心医院 is not known; did you mean")],
    ),
    ([{**ROW, "engineer": "李为"}], [(2, "engineer", "李为 is not among the staff")]),
    (
        [{"number": "W-1", "customer": "H001"}],
        [(2, "reported_on", "a new issue needs the day of its report")],
    ),
    (
        [{"customer": "H001", "reported_on": TODAY}],
        [(2, "title", "an issue without a number needs its words")],
    ),
    (
        [ROW, {"number": "W-2", "reported_on": TODAY}],
        [(3, "customer", "a new issue needs its customer")],
    ),
    ([{**ROW, "closed_on": D("2026-10-08")}], [(2, "closed_on", "it was closed before it was reported")]),
    ([{**ROW, "reopened_on": D("2026-10-08")}], [(2, "reopened_on", "it was reopened before it was")]),
    ([{**ROW, "request_on": D("2026-10-08")}], [(2, "request_on", "the request is older")]),
    (
        [{**ROW, "test_result_on": D("2026-10-12"), "passed_on": D("2026-10-10")}],
        [(2, "passed_on", "the result was passed on before it was there")],
    ),
    ([{**ROW, "closed_by": "李伟"}], [(2, "closed_by", "a closing needs its day")]),
    ([{**ROW, "close_reason": "好了"}], [(2, "close_reason", "a closing needs its day")]),
    ([ROW, {**ROW, "title": "别的"}], [(3, "number", "row 2 is about the same record and says otherwise")]),
    *(
        ([{**ROW, field: TODAY + timedelta(days=1)}], [(2, field, "2026-11-24 is in the future")])
        for field in ("reported_on", "closed_on", "urged_on", "request_on", "test_result_on", "priority_on")
    ),
]


@pytest.mark.parametrize(("rows", "expected"), REFUSED)
def test_a_row_is_refused_at_its_field(
    path: Path, rows: list[Values], expected: list[tuple[int, str, str]]
) -> None:
    found = whys(path, *rows)
    assert [one[:2] for one in found] == [one[:2] for one in expected]
    for (*_, said), (*_, sentence) in zip(found, expected, strict=True):
        assert said.startswith(sentence)


def test_what_lies_ahead_is_taken_when_it_is_forced_and_told(path: Path) -> None:
    with writing(path) as work:
        outcome = take(work, {**ROW, "closed_on": TODAY + timedelta(days=3)}, force=True)
    assert (outcome.added, outcome.ahead, outcome.faults) == (1, 1, [])
    assert faults(path) == []


def test_a_known_day_that_lies_ahead_is_no_reason_to_refuse_the_row_again(path: Path) -> None:
    row = {**ROW, "closed_on": TODAY + timedelta(days=3)}
    taken(path, row, force=True)
    assert taken(path, row) == (0, 0, 1, 0)


def test_a_sheet_in_which_no_row_names_the_customer_is_refused_once(path: Path) -> None:
    with writing(path, dry_run=True) as work:
        found = take(work, *({"number": f"W-{n}", "reported_on": TODAY} for n in range(5))).faults
    assert [(one.row, one.field, one.others) for one in found] == [(2, "customer", (3, 4, 5, 6))]
    assert "[constants]" in str(found[0].why)


def test_the_day_of_report_cannot_move_behind_what_was_done(path: Path) -> None:
    taken(path, ROW)
    with writing(path) as work:
        issue_acts.step(work, "W-1", D("2026-10-12"), "李伟", "重启", None)
    assert whys(path, {"number": "W-1", "reported_on": D("2026-10-13")}) == [
        (2, "reported_on", "2026-10-12 is before the problem was reported, 2026-10-13 [三]")
    ]
    assert taken(path, {"number": "W-1", "reported_on": D("2026-10-12")}) == (0, 1, 0, 0)


def test_a_void_issue_cannot_be_changed_and_an_unchanged_row_about_it_is_no_mistake(path: Path) -> None:
    taken(path, ROW)
    with writing(path) as work:
        issue.void(work, "W-1", "重复登记")
    assert taken(path, ROW) == (0, 0, 1, 0)
    assert whys(path, {**ROW, "module": "门诊"}) == [(2, "number", "issue W-1 is void")]


def test_nobody_new_gets_an_issue_before_the_exam_and_who_has_it_keeps_it(path: Path) -> None:
    with writing(path) as work:
        work.set("live_from", "2026-06-01")
        staff.add(work, "新人", ["engineer"], {"joined_on": D("2026-11-02")})
        customer.add(work, "南湖医院", {}, {})
    found = whys(path, {**ROW, "engineer": "新人"})
    assert [one[:2] for one in found] == [(2, "engineer")]
    assert "has not passed the exam" in found[0][2]
    assert whys(path, {**ROW, "engineer": "新人"}, force=True) == found
    with writing(path) as work:
        staff.edit(work, "新人", {"trained_on": TODAY, "certified_on": TODAY}, None)
    assert taken(path, {**ROW, "engineer": "新人"}) == (1, 0, 0, 0)


def test_who_had_left_before_the_report_gets_no_issue(path: Path) -> None:
    with writing(path) as work:
        staff.add(work, "老陈", ["engineer"], {"left_on": D("2026-10-08")})
        staff.add(work, "老林", ["engineer"], {"left_on": D("2026-10-09")})
    assert whys(path, {**ROW, "engineer": "老陈"}) == [(2, "engineer", "老陈 left on 2026-10-08")]
    assert taken(path, {**ROW, "engineer": "老林"}) == (1, 0, 0, 0)
    assert whys(
        path, {**ROW, "number": "W-2", "engineer": "李伟"}, {"number": "W-1", "engineer": "老陈"}
    ) == [(3, "engineer", "老陈 left on 2026-10-08")]


def test_missing_customers_and_engineers_are_made_when_asked(path: Path) -> None:
    assert taken(path, {**ROW, "customer": "新医院", "engineer": "新人"}, create_missing=True) == (1, 0, 0, 0)
    assert faults(path) == []
    (made,) = [row for row in dump(path)["staff_role"] if row[0] == 7]
    assert made[1] == "engineer"


# --- closings, reopenings, urges


def story(path: Path, acts: str) -> None:
    """An issue of 2 March with steps, closings, reopenings and urges: `03-10 solved, 03-20 watch, 03-25 close`."""
    with writing(path) as work:
        issue.add(work, "W-1", "H001", {"title": "慢", "reported_on": D("2026-03-02")}, "李伟")
        for act in filter(None, acts.split(", ")):
            day, what = act.split()
            on = D(f"2026-{day}")
            if what == "close":
                issue_acts.close(work, "W-1", on, "李伟", "好了")
            elif what == "reopen":
                issue_acts.reopen(work, "W-1", on, "李伟", "又来了")
            elif what == "urge":
                issue_acts.urge(work, "W-1", on, "周静")
            else:
                issue_acts.step(work, "W-1", on, "李伟", f"{act}", what)


@pytest.mark.parametrize(
    ("acts", "said", "kept"),
    [
        # the same day is no news, another mends the newest
        ("03-10 close", "closed 03-10", "close 03-10"),
        ("03-10 close", "closed 03-12", "close 03-12"),
        ("03-10 close", "closed 03-08", "close 03-08"),
        # a reopening between makes it another closing
        ("03-10 close, 03-15 reopen", "closed 03-20", "close 03-10, reopen 03-15, close 03-20"),
        ("03-10 close, 03-15 watch", "closed 03-20", "close 03-10, close 03-20"),
        ("03-10 close, 03-15 reopen", "closed 03-12", "close 03-12, reopen 03-15"),
        ("03-10 close, 03-10 reopen", "closed 03-20", "close 03-10, reopen 03-10, close 03-20"),
        ("03-10 close, 03-15 reopen, 03-20 close", "closed 03-10", "close 03-10, reopen 03-15, close 03-20"),
        ("03-10 close, 03-15 reopen, 03-20 close", "closed 03-25", "close 03-10, reopen 03-15, close 03-25"),
        # what the steps explain is not kept, neither said to be by itself nor without a name
        ("03-10 solved", "closed 03-11 auto", ""),
        ("03-10 solved", "closed 03-11", ""),
        ("03-10 solved, 03-20 watch", "closed 03-11 auto", ""),
        ("03-10 solved, 03-20 watch", "reopened 03-20", ""),
        # somebody who is named did close it
        ("03-10 solved", "closed 03-11 李伟", "close 03-11"),
        # a closing by itself that nothing explains is kept, and never in the place of one by hand
        ("", "closed 03-11 auto", "close 03-11"),
        ("03-10 close", "closed 03-20 auto", "close 03-10, close 03-20"),
        # reopenings
        ("03-10 close", "reopened 03-15", "close 03-10, reopen 03-15"),
        ("03-10 close, 03-15 reopen", "reopened 03-15", "close 03-10, reopen 03-15"),
        ("03-10 close, 03-15 reopen", "reopened 03-17", "close 03-10, reopen 03-17"),
        (
            "03-10 close, 03-15 reopen, 03-20 close",
            "reopened 03-25",
            "close 03-10, reopen 03-15, close 03-20, reopen 03-25",
        ),
        (
            "03-10 close, 03-15 reopen",
            "closed 03-20 reopened 03-25",
            "close 03-10, reopen 03-15, close 03-20, reopen 03-25",
        ),
        ("", "closed 03-20 reopened 03-25", "close 03-20, reopen 03-25"),
        ("", "reopened 03-25", "reopen 03-25"),
        # urges: a later one is one more, an earlier one mends
        ("03-10 urge", "urged 03-10", "urge 03-10"),
        ("03-10 urge", "urged 03-12", "urge 03-10, urge 03-12"),
        ("03-10 urge", "urged 03-08", "urge 03-08"),
    ],
)
def test_a_row_tells_of_the_newest_closing_reopening_and_urge(
    path: Path, acts: str, said: str, kept: str
) -> None:
    story(path, acts)
    row: dict[str, object] = {"number": "W-1"}
    words = said.split()
    for key, day in zip(words, words[1:], strict=False):
        if key in ("closed", "reopened", "urged"):
            row[f"{key}_on"] = D(f"2026-{day}")
    if words[-1] in ("auto", "李伟"):
        row["closed_by"] = words[-1]
    before = dump(path)
    added, updated, unchanged, refused = taken(path, row)
    assert ", ".join(f"{what} {day}" for what, day, *_ in events(path)) == kept
    assert (added, refused) == (0, 0)
    assert (dump(path) == before) == (unchanged == 1)
    assert faults(path) == []
    assert taken(path, row) == (0, 0, 1, 0)
    assert updated + unchanged == 1


def test_who_closed_it_and_why_can_be_told_later(path: Path) -> None:
    story(path, "")
    taken(path, {"number": "W-1", "closed_on": D("2026-03-10")})
    assert taken(path, {"number": "W-1", "closed_by": "李伟", "close_reason": "好了"}) == (0, 1, 0, 0)
    assert events(path) == [("close", "03-10", "李伟", "好了")]
    assert taken(path, {"number": "W-1", "closed_on": D("2026-03-10"), "closed_by": "auto"}) == (0, 0, 1, 0)
    assert taken(path, {"number": "W-1", "closed_on": D("2026-03-10")}) == (0, 0, 1, 0)


def test_clearing_takes_closings_out_and_only_once(path: Path) -> None:
    story(path, "03-08 urge, 03-10 close, 03-15 reopen, 03-20 close")
    row = {"number": "W-1", "closed_on": None, "reopened_on": None, "urged_on": None, "system": None}
    assert taken(path, row) == (0, 1, 0, 0)
    assert events(path) == []
    assert closed_on(path) is None
    assert taken(path, row) == (0, 0, 1, 0)
    assert faults(path) == []


def test_a_closing_by_itself_that_came_before_its_steps_goes_when_they_come(path: Path) -> None:
    row = {**ROW, "closed_on": D("2026-10-13"), "closed_by": "auto"}
    assert taken(path, row) == (1, 0, 0, 0)
    assert (closed_on(path), events(path)) == ("2026-10-13", [("close", "10-13", "auto", None)])
    step = {"issue": "W-1", "on": D("2026-10-12"), "by": "李伟", "what": "重启", "result": "solved"}
    assert taken(path, step, kind="step") == (1, 0, 0, 0)
    assert (closed_on(path), events(path)) == ("2026-10-13", [])
    assert taken(path, row) == (0, 0, 1, 0)
    assert faults(path) == []


def test_a_closing_by_itself_that_the_steps_do_not_explain_stays(path: Path) -> None:
    taken(path, {**ROW, "closed_on": D("2026-10-13"), "closed_by": "auto"})
    taken(path, {"issue": "W-1", "on": D("2026-10-12"), "what": "看", "result": "watch"}, kind="step")
    assert [one[:3] for one in events(path)] == [("close", "10-13", "auto")]


ACTS = st.lists(
    st.tuples(st.integers(0, 40), st.sampled_from(("solved", "watch", "to_dev", "close", "reopen", "urge"))),
    max_size=8,
)


def lived(path: Path, acts: list[tuple[int, str]]) -> Path:
    """A store with an issue of 2 March to which that happened so many days later, whether it makes sense or not."""
    peopled(path)
    with writing(path) as work:
        issue.add(work, "W-1", "H001", {"title": "慢", "reported_on": D("2026-03-02")}, "李伟")
        row = work.session.exec(select(Issue)).one()
        for day, what in sorted(acts, key=lambda act: act[0]):
            on = D("2026-03-02") + timedelta(days=day)
            if what in ("close", "reopen", "urge"):
                work.insert(IssueEvent(issue_id=row.id, what=what, done_on=on, by_name="李伟"), "W-1")
            else:
                issue_acts.step(work, "W-1", on, "李伟", f"{day} {what}", what)
        work.touch("issue", "W-1")
    return path


DAYS = st.none() | st.integers(0, 42).map(lambda days: D("2026-03-02") + timedelta(days=days))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    acts=ACTS,
    days=st.fixed_dictionaries(dict.fromkeys(("closed_on", "reopened_on", "urged_on"), DAYS)),
    by=st.sampled_from((None, "auto", "李伟")),
    clear=st.booleans(),
)
def test_whatever_happened_to_an_issue_and_whatever_a_row_tells_the_second_time_it_is_no_news(
    tmp_path: Path, acts: list[tuple[int, str]], days: dict[str, object], by: str | None, clear: bool
) -> None:
    path = lived(tmp_path / "b.db", acts)
    row: dict[str, object] = {key: day for key, day in days.items() if clear or day is not None}
    if by and row.get("closed_on"):
        row["closed_by"] = by
    with writing(path) as work:
        assert take(work, {"number": "W-1", **row}).faults == []
    before = dump(path)
    assert taken(path, {"number": "W-1", **row}) == (0, 0, 1, 0)
    assert dump(path) == before
    assert faults(path) == []


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_happened_to_an_issue_its_export_changes_nothing_and_says_it_all(
    tmp_path: Path, acts: list[tuple[int, str]]
) -> None:
    path = lived(tmp_path / "a.db", acts)
    reader = Reader(at(path))
    issues, steps = (list(exports.records(reader, kind, TODAY)) for kind in ("issue", "step"))
    reader.close()
    before = dump(path)
    rows = {
        "issue": [{key: row[key] for key in ISSUE_FIELDS if row.get(key) is not None} for row in issues],
        "step": [{key: row[key] for key in STEP_FIELDS if row.get(key) is not None} for row in steps],
    }
    for kind, lines in rows.items():
        assert taken(path, *lines, kind=kind)[2:] == (len(lines), 0)
    assert dump(path) == before


ISSUE_FIELDS = (
    *("number", "customer", "system", "module", "title", "description", "engineer", "reported_by"),
    *("reported_on", "priority", "priority_on", "request", "request_on", "tested_by_test_dept_on"),
    *("test_result_on", "passed_on", "urged_on", "closed_on", "closed_by", "close_reason", "reopened_on"),
)
STEP_FIELDS = ("issue", "on", "by", "what", "result")


def test_every_row_of_a_bulk_is_in_the_audit(path: Path) -> None:
    rows = audited(path)
    many = [{**ROW, "number": f"B-{n}", "closed_on": D("2026-11-02")} for n in range(3000)]
    assert taken(path, *many) == (3000, 0, 0, 0)
    assert audited(path) == rows + 3000
    later = [{"number": f"B-{n}", "closed_on": D("2026-11-03"), "system": "LIS"} for n in range(3000)]
    assert taken(path, *later) == (0, 3000, 0, 0)
    assert audited(path) == rows + 6000
    assert {row[2:] for row in dump(path)["issue_event"]} == {("close", "2026-11-03", None, None)}
    assert faults(path) == []
