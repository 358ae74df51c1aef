"""三.3-4: samples are drawn once, old enough and never twice; findings and checks are kept, and mended with a reason."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import select

from svcq.errors import NotFound, Refused, SvcqError, Usage
from svcq.processes import issue, issue_check, issue_finding, issue_sample, staff, staff_leave
from svcq.processes.issue_sample import Drawn, Sample
from svcq.processes.names import person
from svcq.processes.work import Work
from svcq.rules.issue_check import ACTS
from svcq.store.read import Reader
from svcq.store.read_check import checks, counts, findings, samples
from svcq.store.read_ledger import obligations
from svcq.store.tables.issue import IssueStep
from svcq.store.tables.issue_check import SpotFinding, SpotSample
from tests.places import at
from tests.stores import TODAY, dump, faults, peopled, writing

D = date.fromisoformat
HOSPITAL = "江州市中心医院"
MONTH = "2026-11"
DAY = timedelta(days=1)
UNTIL = D("2026-11-03")
"""The last day whose records are 20 days old."""
ENGINEERS = ("李伟", "郑凯")


def worked(work: Work, number: str, *days: date, name: str | None = "李伟", **said: Any) -> None:
    """Steps on an issue."""
    row = issue.find(work, number)
    assert row.id is not None
    who = person(work, name).id if name else None
    for day in days:
        work.session.add(IssueStep(issue_id=row.id, done_on=day, person_id=who, what=f"{day}", **said))
    work.session.flush()
    work.touch("issue", row.number)


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    """Forty days of work by one engineer, three by another; leave of the first on the first four of October."""
    return made(tmp_path / "svcq.db")


def made(path: Path) -> Path:
    """The store of these tests."""
    peopled(path)
    with writing(path) as work:
        staff.add(work, "郑凯", ["engineer"], {})
        for number in ("WT-1", "WT-2"):
            issue.add(work, number, HOSPITAL, {"title": number, "reported_on": D("2026-09-01")}, None)
        worked(work, "WT-1", *(D("2026-10-01") + n * DAY for n in range(40)), result="watch")
        worked(work, "WT-1", *(D("2026-10-05") + n * DAY for n in range(3)), name="郑凯")
        worked(work, "WT-1", D("2026-10-05"), name=None)
        worked(work, "WT-2", D("2026-10-05"), D("2026-10-06"))
        issue.void(work, "WT-2", "重复")
        staff_leave.add(work, "李伟", D("2026-10-01"), D("2026-10-04"), "年假")
    return path


def draw(path: Path, month: str = MONTH, today: date = TODAY, **said: Any) -> Sample:
    """Draw a sample that is not there yet."""
    with writing(path, today=today) as work:
        sample = issue_sample.draw(work, month, **said)
        assert sample is not None
        return sample


def drawn(path: Path, t: date = TODAY, **filters: object) -> list[dict[str, object]]:
    """What the store gives of the samples."""
    reader = Reader(at(path))
    rows = list(findings(reader, t, filters=filters))
    reader.close()
    return rows


def told(rows: list[Drawn] | tuple[Drawn, ...]) -> list[tuple[object, ...]]:
    """The records drawn, without their numbers."""
    return [(row.person, row.record, row.on, row.issue) for row in rows]


# --- the sample


def test_of_each_engineer_so_many_records_are_drawn_and_what_is_short_is_told(path: Path) -> None:
    sample = draw(path)
    assert (sample.seed, sample.size, sample.window.first, sample.window.last) == (202611, 5, None, UNTIL)
    assert Counter((row.person, row.record) for row in sample.rows) == {
        ("李伟", "work"): 5,
        ("李伟", "leave"): 1,
        ("郑凯", "work"): 3,
    }
    assert [(one.person, one.record, one.drawn) for one in sample.short] == [
        ("李伟", "leave", 1),
        ("郑凯", "work", 3),
        ("郑凯", "leave", 0),
    ]
    assert sample.nobodys == 1
    assert [row.number for row in sample.rows] == [f"2026-11-{n:03d}" for n in range(1, 10)]
    assert {row.issue for row in sample.rows if row.record == "work"} == {"WT-1"}
    assert all(row.on <= UNTIL for row in sample.rows)
    assert faults(path) == []


def test_the_store_gives_what_was_drawn(path: Path) -> None:
    sample = draw(path)
    shared = ("number", "person", "record", "on", "until", "customer", "issue", "what", "result", "on_leave")
    assert [[row[key] for key in shared] for row in drawn(path)] == [
        [getattr(row, key) for key in shared] for row in sample.rows
    ]
    assert {(row["month"], row["finding"], row["found_on"]) for row in drawn(path)} == {(MONTH, None, None)}
    assert drawn(path, TODAY - DAY) == []
    reader = Reader(at(path))
    (one,) = samples(reader, TODAY, MONTH)
    reader.close()
    assert (one["seed"], one["window_from"], one["window_until"], one["drawn_on"]) == (
        202611,
        None,
        UNTIL,
        TODAY,
    )


def test_work_on_a_day_of_leave_is_marked(path: Path) -> None:
    sample = draw(path, size=40)
    marked = [row for row in sample.rows if row.on_leave]
    assert told(marked) == [("李伟", "work", D("2026-10-01") + n * DAY, "WT-1") for n in range(4)]
    assert {row["on"] for row in drawn(path) if row["on_leave"]} == {row.on for row in marked}


def test_the_same_seed_draws_the_same_and_another_another(path: Path) -> None:
    def tried(**said: Any) -> Sample:
        with writing(path, dry_run=True) as work:
            sample = issue_sample.draw(work, MONTH, **said)
        assert sample is not None
        return sample

    assert tried() == tried()
    assert tried(seed=7) == tried(seed=7)
    assert told(tried(seed=7).rows) != told(tried(seed=8).rows)
    assert told(tried(seed=202611).rows) == told(tried().rows)
    first = tried(seed=7)
    assert draw(path, seed=7) == first


def test_a_month_is_drawn_once_unless_it_is_said_again(path: Path) -> None:
    draw(path)
    before = dump(path)
    with writing(path) as work:
        assert issue_sample.draw(work, MONTH, seed=9) is None
    assert dump(path) == before
    later = draw(path, today=TODAY + 2 * DAY, again=True)
    assert (later.window.first, later.window.last) == (UNTIL + DAY, UNTIL + 2 * DAY)
    assert [row.number for row in later.rows] == ["2026-11-010", "2026-11-011"]


def test_what_earlier_samples_covered_is_not_drawn_again(path: Path) -> None:
    draw(path)
    empty = draw(path, "2026-12")
    assert empty.window.is_empty
    assert empty.rows == ()
    reader = Reader(at(path))
    assert samples(reader, TODAY, "2026-12") == []  # nothing was drawn, nothing is kept
    reader.close()
    later = draw(path, "2026-12", D("2026-12-10"), size=100)
    assert {row.on for row in later.rows} == {UNTIL + n * DAY for n in range(1, 7)}


def test_one_person_can_be_checked_alone_and_goes_on_from_there(path: Path) -> None:
    alone = draw(path, person="郑凯")
    assert {row.person for row in alone.rows} == {"郑凯"}
    with writing(path) as work:
        assert issue_sample.draw(work, MONTH, person="郑凯") is None
        worked(work, "WT-1", UNTIL + DAY, name="郑凯")
    everybody = draw(path, today=TODAY + DAY)
    assert Counter(row.person for row in everybody.rows if row.record == "work") == {"李伟": 5, "郑凯": 1}
    assert not {row.id for row in alone.rows} & {row.id for row in everybody.rows if row.record == "work"}
    with writing(path, today=TODAY + DAY) as work:
        assert issue_sample.draw(work, MONTH, person="李伟") is None  # the sample of everybody has his


def test_engineers_who_were_not_there_are_not_missed(path: Path) -> None:
    with writing(path) as work:
        staff.add(work, "以前的", ["engineer"], {"left_on": D("2026-08-31")})
        staff.add(work, "以后的", ["engineer"], {"joined_on": UNTIL + DAY})
        staff.add(work, "路过的", ["salesperson"], {})
        worked(work, "WT-1", D("2026-10-10"), name="路过的")
        staff_leave.add(work, "陈立", D("2026-10-10"), D("2026-10-10"))
    sample = draw(path)
    assert {one.person for one in sample.short} == {"李伟", "郑凯", "以前的", "路过的"}
    assert "路过的" in {row.person for row in sample.rows}
    assert "陈立" not in {row.person for row in sample.rows}  # on leave, but no engineer
    later = draw(path, "2026-12", D("2026-12-10"))
    assert "以前的" not in {one.person for one in later.short}
    assert "以后的" in {one.person for one in later.short}


def test_a_sample_is_taken_back_as_long_as_nothing_was_found(path: Path) -> None:
    before = drawn(path)
    first = draw(path)
    with writing(path) as work:
        assert issue_sample.take_back(work, MONTH)
        assert not issue_sample.take_back(work, MONTH)
        assert work.session.exec(select(SpotSample)).all() == []
        assert work.session.exec(select(SpotFinding)).all() == []
    assert drawn(path) == before
    assert draw(path) == first


steps = st.lists(st.tuples(st.integers(0, 60), st.sampled_from((*ENGINEERS, None))), max_size=40)


@settings(max_examples=25, deadline=None)
@given(
    done=steps,
    away=st.lists(st.integers(0, 60), max_size=6, unique=True),
    size=st.integers(1, 8),
    seed=st.integers(0, 999_999_999),
    gaps=st.lists(st.integers(0, 25), min_size=2, max_size=4),
)
def test_no_record_is_drawn_twice_too_young_or_too_often(
    done: list[tuple[int, str | None]], away: list[int], size: int, seed: int, gaps: list[int]
) -> None:
    start, today = D("2026-09-10"), D("2026-10-15")
    with TemporaryDirectory() as folder:
        path = peopled(Path(folder) / "svcq.db")
        with writing(path) as work:
            staff.add(work, "郑凯", ["engineer"], {})
            issue.add(work, "WT-1", HOSPITAL, {"reported_on": start}, None)
            for n, name in done:
                worked(work, "WT-1", start + n * DAY, name=name)
            for n in away:
                staff_leave.add(work, "李伟", start + n * DAY, start + n * DAY)
        seen: set[tuple[str, int]] = set()
        covered = date.min
        for gap in gaps:
            today += gap * DAY
            sample = draw(path, today=today, seed=seed, size=size, again=True)
            for row in sample.rows:
                assert (row.record, row.id) not in seen
                assert (today - row.on).days >= 20
                assert row.on > covered
            seen |= {(row.record, row.id) for row in sample.rows}
            pool = Counter(name for n, name in done if covered < start + n * DAY <= today - 20 * DAY)
            found = Counter(row.person for row in sample.rows if row.record == "work")
            assert {name: found[name] for name in ENGINEERS} == {
                name: min(size, pool[name]) for name in ENGINEERS
            }
            if sample.rows:
                covered = max(covered, today - 20 * DAY)
        assert faults(path) == []


# --- findings


def found(path: Path, t: date = TODAY, **filters: object) -> list[tuple[object, ...]]:
    """What was found: person, number, finding, day, note."""
    reader = Reader(at(path))
    keys = ("person", "number", "finding", "found_on", "note")
    rows = [tuple(row[key] for key in keys) for row in findings(reader, t, which="found", filters=filters)]
    reader.close()
    return rows


def test_a_finding_is_recorded_once_and_changed_only_with_a_reason(path: Path) -> None:
    draw(path)
    with writing(path) as work:
        assert issue_finding.judge(work, "2026-11-002", "confirmed")
        assert not issue_finding.judge(work, "2026－11－002", "confirmed")
        assert issue_finding.judge(work, "2026-11-002", "confirmed", note="电话核实")
        with pytest.raises(Refused, match=r"2026-11-23 is recorded already; --reason"):
            issue_finding.judge(work, "2026-11-002", "wrong")
    later = TODAY + DAY
    with writing(path, today=later) as work:
        assert not issue_finding.judge(work, "2026-11-002", "confirmed")  # said again the next day
        assert issue_finding.judge(work, "2026-11-002", "wrong", mend=True)
    assert found(path, later) == [("李伟", "2026-11-002", "wrong", later, "电话核实")]
    assert found(path) == []


def test_a_missing_record_gets_the_next_number_of_the_month_in_which_it_was_found(path: Path) -> None:
    draw(path)
    with writing(path) as work:
        row = issue_finding.miss(work, "郑凯", D("2026-10-21"), "现场服务未登记", customer="H001")
        assert row
        assert row.number == "2026-11-010"
        assert issue_finding.miss(work, "郑凯", D("2026-10-21"), "现场服务未登记", customer=HOSPITAL) is None
        other = issue_finding.miss(work, "郑凯", D("2026-10-21"), "现场服务未登记", on=D("2026-10-30"))
        assert other
        assert other.number == "2026-10-001"
        leave = issue_finding.miss(work, "郑凯", D("2026-10-22"), "请假未登记", record="leave")
        assert leave
    assert [row[:4] for row in found(path, month=MONTH)] == [
        ("郑凯", "2026-11-010", "missing", TODAY),
        ("郑凯", "2026-11-011", "missing", TODAY),
    ]
    assert [row[1] for row in found(path, customer=HOSPITAL)] == ["2026-11-010"]
    assert [row[1] for row in found(path, region="华东")] == ["2026-11-010"]
    assert found(path, person="李伟") == []
    assert faults(path) == []


def test_what_was_found_is_counted_per_person(path: Path) -> None:
    draw(path)
    with writing(path) as work:
        for n, finding in enumerate(("confirmed", "confirmed", "wrong"), start=1):
            issue_finding.judge(work, f"2026-11-{n:03d}", finding)
        issue_finding.miss(work, "郑凯", D("2026-10-21"), "未登记")
    reader = Reader(at(path))
    rows = [*findings(reader, TODAY, which="found"), *findings(reader, TODAY)]
    reader.close()
    unique = list({str(row["number"]): row for row in rows}.values())
    keys = ("person", "records", "confirmed", "wrong", "missing", "open")
    assert [tuple(line[key] for key in keys) for line in counts(unique)] == [
        ("李伟", 6, 2, 1, 0, 3),
        ("郑凯", 4, 0, 0, 1, 3),
    ]


# --- checks


def owed(path: Path, month: str = MONTH, t: date = TODAY) -> list[tuple[object, object]]:
    """issue.spot_check of a month: met, state."""
    reader = Reader(at(path))
    filters = {"rule": "issue.spot_check", "number": month}
    rows = [(row["met_on"], row["state"]) for row in obligations(reader, t, states=None, filters=filters)]
    reader.close()
    return rows


def test_a_check_with_all_four_dates_meets_the_month(path: Path) -> None:
    assert owed(path) == [(None, "open")]
    first = {"records_on": D("2026-11-05"), "leave_on": D("2026-11-06")}
    with writing(path) as work:
        made = issue_check.record(work, MONTH, "H001", first)
    assert (made.customer, made.changed, made.lacking) == (HOSPITAL, True, ("list_asked_on", "reconciled_on"))
    assert owed(path) == [(None, "open")]
    with writing(path) as work:
        made = issue_check.record(work, MONTH, HOSPITAL, {"list_asked_on": D("2026-11-09")}, D("2026-11-12"))
    assert (made.changed, made.lacking) == (True, ())
    assert owed(path) == [(D("2026-11-12"), "met")]
    assert owed(path, t=D("2026-11-11")) == [(None, "open")]
    reader = Reader(at(path))
    (row,) = checks(reader, TODAY, {"month": MONTH})
    assert [row[key] for key in (*ACTS, "complete_on")] == [
        *(D("2026-11-05"), D("2026-11-06"), D("2026-11-09"), D("2026-11-12"), D("2026-11-12"))
    ]
    (row,) = checks(reader, D("2026-11-09"))
    assert (row["list_asked_on"], row["reconciled_on"], row["complete_on"]) == (D("2026-11-09"), None, None)
    assert list(checks(reader, D("2026-11-04"))) == []
    assert list(checks(reader, TODAY, {"customer": "云河县人民医院"})) == []
    reader.close()
    assert faults(path) == []


def test_the_same_check_again_changes_nothing_and_another_day_needs_a_reason(path: Path) -> None:
    day, other = D("2026-11-05"), D("2026-11-06")
    with writing(path) as work:
        issue_check.record(work, MONTH, HOSPITAL, {}, day)
    before = dump(path)
    with writing(path) as work:
        assert not issue_check.record(work, MONTH, HOSPITAL, {}, day).changed
        assert not issue_check.record(work, MONTH, HOSPITAL, {"leave_on": day}, other).changed
        with pytest.raises(Refused, match=r"leave records of 2026-11-05 is recorded already; --reason"):
            issue_check.record(work, MONTH, HOSPITAL, {"leave_on": other})
    assert dump(path) == before
    with writing(path) as work:
        assert issue_check.record(work, MONTH, HOSPITAL, {"leave_on": other}, mend=True).changed
    assert owed(path) == [(other, "met")]


def test_a_check_after_the_month_is_late(path: Path) -> None:
    with writing(path) as work:
        issue_check.record(work, "2026-10", HOSPITAL, {}, D("2026-11-02"))
    assert owed(path, "2026-10") == [(D("2026-11-02"), "late")]


# --- refusals


def judged(number: str, finding: str, on: date | None = None) -> Callable[[Work], object]:
    """A finding is recorded."""
    return lambda work: issue_finding.judge(work, number, finding, on)


def missed(
    name: str = "李伟", of: date = UNTIL, found_on: date | None = None, **said: Any
) -> Callable[[Work], object]:
    """A record of a day is missing."""
    return lambda work: issue_finding.miss(work, name, of, "未登记", on=found_on, **said)


def checked(month: str = MONTH, who: str = HOSPITAL, **acts: date) -> Callable[[Work], object]:
    """A check is recorded."""
    return lambda work: issue_check.record(work, month, who, acts)


REFUSALS: dict[str, tuple[Callable[[Work], object], type[SvcqError], str]] = {
    "a record nobody drew": (
        judged("2026-11-099", "wrong"),
        NotFound,
        "no record of a spot check; did you mean",
    ),
    "no finding": (judged("2026-11-001", "good"), Usage, "one of confirmed, wrong, missing"),
    "found in the future": (judged("2026-11-001", "wrong", TODAY + DAY), Refused, "in the future"),
    "found before it was drawn": (
        judged("2026-11-001", "wrong", TODAY - DAY),
        Refused,
        "before it was drawn",
    ),
    "missing of nobody": (missed("李维"), NotFound, "not among the staff"),
    "missing in the future": (missed(of=TODAY + DAY), Refused, "in the future"),
    "missing of a kind that there is not": (missed(record="x"), Usage, "--record"),
    "found before it could be missing": (
        missed(found_on=UNTIL - DAY),
        Refused,
        "before the record that is missing",
    ),
    "missing at no hospital": (missed(customer="江州市中院"), NotFound, "customer"),
    "checked in the future": (checked(records_on=TODAY + DAY), Refused, "in the future"),
    "checked before the month": (checked(records_on=D("2026-10-31")), Refused, r"before the month.*三\.3-4"),
    "no hospital": (
        checked(who="江州市中院", records_on=TODAY),
        NotFound,
        "customer 江州市中院 is not known",
    ),
    "a sample of nobody": (lambda work: issue_sample.draw(work, "2026-12", person="李维"), NotFound, "李维"),
    "a sample with findings": (
        lambda work: (
            issue_finding.judge(work, "2026-11-003", "wrong"),
            issue_sample.take_back(work, MONTH),
        ),
        Refused,
        "something was found about 2026-11-003",
    ),
    "a sample before another": (
        lambda work: (
            issue_sample.draw(work, "2026-12", person="郑凯"),
            work.session.add(SpotSample(month="2026-12", drawn_on=TODAY, seed=1, window_until=UNTIL)),
            issue_sample.take_back(work, MONTH),
        ),
        Refused,
        "2026-12 was drawn later",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_what_may_not_be_is_refused_and_nothing_written(path: Path, name: str) -> None:
    draw(path)
    before = dump(path)
    act, kind, said = REFUSALS[name]
    with pytest.raises(kind, match=said), writing(path) as work:
        act(work)
    assert dump(path) == before
