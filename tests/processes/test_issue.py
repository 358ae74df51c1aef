"""三: what happens to issues: each act once, each refusal a sentence that leaves nothing behind."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from svcq.errors import NotFound, Refused, SvcqError, Usage
from svcq.processes import customer, holders, issue, issue_acts, issue_undo, staff, terms
from svcq.processes.issue_acts import Done
from svcq.processes.work import Work
from svcq.rules.issue import Closing
from svcq.store.tables.issue import Issue, IssueEvent, IssueStep
from svcq.store.tables.issue_check import SpotFinding
from tests.processes.worklog import D, worklog
from tests.stores import TODAY, audited, business, dump, faults, writing

TOMORROW = TODAY + timedelta(days=1)
Act = Callable[[Work], object]


def step(
    number: str,
    on: str,
    result: str | None = None,
    by: str = "李伟",
    what: str = "做",
    *,
    force: bool = False,
) -> Act:
    """A step."""
    return lambda work: issue_acts.step(work, number, D(on), by, what, result, force=force)


def close(number: str, on: str, reason: str | None = "好了", by: str = "质控") -> Act:
    """A closing by hand."""
    return lambda work: issue_acts.close(work, number, D(on), by, reason)


def reopen(number: str, on: str) -> Act:
    """A reopening by command."""
    return lambda work: issue_acts.reopen(work, number, D(on), "质控", "又出现")


def urge(number: str, on: str) -> Act:
    """A reminder."""
    return lambda work: issue_acts.urge(work, number, D(on), "质控")


def result(number: str, on: str, to_test: str | None = None, passed: str | None = None) -> Act:
    """A test result."""
    days = [D(day) if day else None for day in (to_test, passed)]
    return lambda work: issue_acts.receive_result(work, number, D(on), *days)


def mend(number: str, **values: object) -> Act:
    """An edit."""
    return lambda work: issue.edit(work, issue.living(work, number), values)


def new(number: str | None, owner: str = "H001", engineer: str | None = None, **values: object) -> Act:
    """A new issue."""
    return lambda work: issue.add(work, number, owner, {"title": "新问题", **values}, engineer)


def undo(number: str, act: str, on: str, by: str | None = None, what: str | None = None) -> Act:
    """Something struck out."""
    return lambda work: issue_undo.undo(work, number, act, D(on), by, what)


ACTS: dict[str, Act] = {
    "add": new("WT-9", engineer="李伟", system="HIS", priority=True),
    "add without a number": new(None, reported_on=D("2026-11-01")),
    "step": step("WT-1", "2026-11-20"),
    "step before the newest": step("WT-1", "2026-09-01", "to_check"),
    "step that solves it": step("WT-1", "2026-11-23", "solved"),
    "step that reopens it": step("WT-2", "2026-11-23", "to_dev"),
    "step after a closing that changes nothing": step("WT-2", "2026-11-23", "solved"),
    "close": close("WT-1", "2026-11-23"),
    "close on the day of the newest step": close("WT-1", "2026-11-10"),
    "reopen what closed by itself": reopen("WT-2", "2026-11-23"),
    "reopen what was closed by hand": reopen("WT-3", "2026-11-22"),
    "urge": urge("WT-1", "2026-11-20"),
    "urge on the day it closed": urge("WT-2", "2026-11-21"),
    "test result": result("WT-1", "2026-11-20", "2026-11-12"),
    "test result passed on": result("WT-1", "2026-11-20", None, "2026-11-23"),
    "edit": mend("WT-1", title="打印错位（门诊）", module="门诊收费", reported_on=D("2026-08-31")),
    "edit the customer": mend("WT-1", customer="H002"),
    "edit the priority": mend("WT-1", priority=True),
    "edit the request": mend("WT-1", request="VSTS-7"),
    "void": lambda work: issue.void(work, "WT-1", "重复"),
    "assign": lambda work: issue.assign(work, "WT-1", "engineer", ["李伟"], None),
    "unassign": lambda work: issue.assign(work, "WT-2", "engineer", [], None),
    "undo a step": undo("WT-2", "step", "2026-11-20"),
    "undo a closing": undo("WT-3", "close", "2026-11-22"),
    "void the hospital": lambda work: (issue.void(work, "WT-3", "重复"), customer.void(work, "H002", "重复")),
}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_in_the_audit_and_leaves_a_whole_store(tmp_path: Path, name: str) -> None:
    path = worklog(tmp_path / "svcq.db")
    before, rows = business(path), audited(path)
    with writing(path) as work:
        ACTS[name](work)
    assert business(path) != before
    assert audited(path) > rows
    assert faults(path) == []


ONCE = {"add", "add without a number", *(name for name in ACTS if name.startswith("close"))}
"""Acts that are refused when they are done again, or that make another record."""


@pytest.mark.parametrize("name", sorted(ACTS.keys() - ONCE))
def test_the_same_act_again_changes_nothing_at_all(tmp_path: Path, name: str) -> None:
    path = worklog(tmp_path / "svcq.db")
    with writing(path) as work:
        ACTS[name](work)
    before = dump(path)
    with writing(path) as work:
        came = ACTS[name](work)
    assert dump(path) == before
    assert (came.changed if isinstance(came, Done) else came) in (False, (False, False))


@pytest.mark.parametrize("name", ACTS)
def test_a_dry_run_of_an_act_keeps_nothing(tmp_path: Path, name: str) -> None:
    path = worklog(tmp_path / "svcq.db")
    before = dump(path)
    with writing(path, dry_run=True) as work:
        ACTS[name](work)
    assert dump(path) == before


def voided(work: Work) -> None:
    """WT-1 is void."""
    issue.void(work, "WT-1", "重复")


def drawn(work: Work) -> None:
    """The step of WT-2 was drawn for a spot check."""
    key = work.session.exec(select(IssueStep.id).where(IssueStep.result == "solved")).one()
    person = work.session.exec(select(IssueStep.person_id).where(IssueStep.id == key)).one()
    assert person is not None
    row = SpotFinding(number="C-1", person_id=person, record="work", record_on=D("2026-11-20"), step_id=key)
    work.session.add(row)
    work.session.flush()


def after(first: Act, second: Act) -> Act:
    """One act after another."""

    def both(work: Work) -> object:
        first(work)
        return second(work)

    return both


def gone(work: Work) -> None:
    """李伟 left at the end of October."""
    staff.edit(work, "李伟", {"left_on": D("2026-10-31")}, None)


REFUSALS: dict[str, tuple[Act, type[SvcqError], str]] = {
    "a number that exists": (new("WT-1"), Refused, "exists already"),
    "the very same problem": (
        new(None, title="打印错位", reported_on=D("2026-09-01")),
        Refused,
        "WT-1 is that very problem",
    ),
    "a customer nobody knows": (new("WT-9", "江州中心医院"), NotFound, "did you mean 江州市中心医院"),
    "an engineer nobody knows": (new("WT-9", engineer="李维"), NotFound, "not among the staff"),
    "an engineer who left": (after(gone, new("WT-9", engineer="李伟")), Refused, "李伟 left on 2026-10-31"),
    "reported in the future": (new("WT-9", reported_on=TOMORROW), Refused, r"in the future.*--force.*\[三\]"),
    "a request older than the problem": (
        new("WT-9", request="V", request_on=D("2026-11-01")),
        Refused,
        "older than the problem",
    ),
    "an issue nobody knows": (step("WT-11", "2026-11-20"), NotFound, "did you mean WT-1"),
    "a step of a void issue": (after(voided, step("WT-1", "2026-11-20")), Refused, "is void since"),
    "a step before the report": (
        step("WT-1", "2026-08-31"),
        Refused,
        r"2026-08-31 is before the problem was reported, 2026-09-01 \[三\]",
    ),
    "a step in the future": (step("WT-1", str(TOMORROW)), Refused, r"in the future.*\[三\]"),
    "a result that there is not": (
        step("WT-1", "2026-11-20", "fixed"),
        Refused,
        r"'fixed' is none of solved, watch, to_dev, to_check \[三\]",
    ),
    "a step of nobody": (step("WT-1", "2026-11-20", by="李维"), NotFound, "李维 is not among the staff"),
    "a step of somebody who left": (
        after(gone, step("WT-1", "2026-11-01")),
        Refused,
        "李伟 left on 2026-10-31",
    ),
    "a step without words": (step("WT-1", "2026-11-20", what=" "), Usage, "--what"),
    "a closing without a reason though it is watched": (
        close("WT-1", "2026-11-23", None),
        Usage,
        r"--reason: the newest step of issue WT-1 left something open.*\[三\]",
    ),
    "closing what closed by itself": (
        close("WT-2", "2026-11-23"),
        Refused,
        r"WT-2 closed by itself on 2026-11-21 \[三\]",
    ),
    "closing what somebody else closed that day": (
        close("WT-3", "2026-11-22"),
        Refused,
        r"WT-3 was closed on 2026-11-22 by 周静 \[三\]",
    ),
    "closing it a day later": (
        close("WT-3", "2026-11-23", by="周静"),
        Refused,
        "was closed on 2026-11-22 by 周静",
    ),
    "closing it again for another reason": (
        after(close("WT-1", "2026-11-23"), close("WT-1", "2026-11-23", "不再需要")),
        Refused,
        r"WT-1 was closed on 2026-11-23 by 质控 \[三\]",
    ),
    "closing before the report": (close("WT-1", "2026-08-31"), Refused, "closed before it was reported"),
    "closing before the newest step": (close("WT-1", "2026-11-09"), Refused, "worked on.*2026-11-10"),
    "closing on the day of a reopening that a step of the day before forestalled": (
        after(
            after(reopen("WT-2", "2026-11-23"), step("WT-2", "2026-11-22", "watch")),
            close("WT-2", "2026-11-23"),
        ),
        Refused,
        "worked on, closed or reopened on 2026-11-23",
    ),
    "closing before it was closed": (close("WT-3", "2026-11-20"), Refused, "2026-11-22"),
    "closing in the future": (close("WT-1", str(TOMORROW)), Refused, "in the future"),
    "reopening what is open": (reopen("WT-1", "2026-11-23"), Refused, r"not closed on 2026-11-23 \[三\]"),
    "reopening before it was closed": (reopen("WT-2", "2026-11-20"), Refused, "not closed on 2026-11-20"),
    "reopening in the future": (reopen("WT-2", str(TOMORROW)), Refused, "in the future"),
    "urging what is closed": (urge("WT-2", "2026-11-22"), Refused, "closed by itself on 2026-11-21"),
    "urging before the report": (urge("WT-1", "2026-08-31"), Refused, "before the problem was reported"),
    "urging in the future": (urge("WT-1", str(TOMORROW)), Refused, "in the future"),
    "a result passed on before it was there": (
        result("WT-1", "2026-11-20", None, "2026-11-19"),
        Refused,
        "passed on before it was there",
    ),
    "a result older than the problem": (result("WT-1", "2026-08-31"), Refused, "older than the problem"),
    "a result of another day": (
        after(result("WT-1", "2026-11-20"), result("WT-1", "2026-11-21")),
        Refused,
        "2026-11-20 is recorded already.*issue edit WT-1",
    ),
    "a result in the future": (result("WT-1", str(TOMORROW)), Refused, "in the future"),
    "reported after the first step": (
        mend("WT-1", reported_on=D("2026-11-11")),
        Refused,
        "2026-11-10 is before the problem was reported",
    ),
    "reported after the closing": (
        mend("WT-3", reported_on=D("2026-11-23")),
        Refused,
        "2026-11-22 is before the problem was reported",
    ),
    "edited into the future": (mend("WT-1", priority_on=TOMORROW), Refused, "in the future"),
    "a role that issues have not": (
        lambda work: issue.assign(work, "WT-1", "salesperson", ["陈立"], None),
        Usage,
        "is no role here",
    ),
    "a step drawn for a spot check": (
        after(drawn, undo("WT-2", "step", "2026-11-20")),
        Refused,
        r"drawn for a spot check, C-1.*\[三\.3\]",
    ),
    "one of several steps": (
        after(step("WT-1", "2026-11-10", None), undo("WT-1", "step", "2026-11-10")),
        Usage,
        "several of 2026-11-10",
    ),
    "a hospital with issues": (
        lambda work: customer.void(work, "H002", "x"),
        Refused,
        "svcq issue void WT-3 --reason",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_what_the_process_forbids_is_a_sentence_and_changes_nothing(tmp_path: Path, name: str) -> None:
    path = worklog(tmp_path / "svcq.db")
    before = dump(path)
    act, kind, said = REFUSALS[name]
    with pytest.raises(kind, match=said), writing(path) as work:
        act(work)
    assert dump(path) == before


def test_the_future_can_be_forced(tmp_path: Path) -> None:
    path = worklog(tmp_path / "svcq.db")
    with writing(path) as work:
        ahead = {"title": "预约", "reported_on": TOMORROW}
        issue.add(work, "WT-9", "H001", ahead, force=True)
        issue_acts.step(work, "WT-9", TOMORROW, "李伟", "做", "solved", force=True)
        issue_acts.close(work, "WT-1", TOMORROW, "质控", "好了", force=True)
        issue_acts.urge(work, "WT-9", TOMORROW, "质控", force=True)
        issue_acts.receive_result(work, "WT-9", TOMORROW, None, None, force=True)
    assert faults(path) == []


def test_a_new_engineer_without_an_exam_gets_no_issue_unless_it_is_forced(tmp_path: Path) -> None:
    path = worklog(tmp_path / "svcq.db")
    with writing(path) as work:
        terms.live(work, D("2026-10-01"), lambda n: None)
        staff.add(work, "新人", ["engineer"], {"joined_on": D("2026-11-02")})
    for act in (
        new("WT-9", engineer="新人"),
        lambda work: issue.assign(work, "WT-1", "engineer", ["新人"], None),
    ):
        with (
            pytest.raises(Refused, match=r"has not passed the exam, due 2026-12-02.*\[三\.1\]"),
            writing(path) as work,
        ):
            act(work)
    with writing(path) as work:
        issue.add(work, "WT-9", "H001", {"title": "x"}, "新人", force=True)
        issue.assign(work, "WT-1", "engineer", ["新人"], None, force=True)
    with writing(path) as work:
        for number in ("WT-1", "WT-9"):
            record = issue.record(issue.living(work, number))
            assert holders.held(work, record, "engineer", TODAY) == ["新人"]


# ---- what follows from an act ----


def outcome(tmp_path: Path, *made: Act) -> Done:
    """What came of the last of the acts."""
    with writing(worklog(tmp_path / "svcq.db")) as work:
        came = [act(work) for act in made][-1]
        assert isinstance(came, Done)
        return came


def test_a_solved_step_says_when_the_issue_closes(tmp_path: Path) -> None:
    came = outcome(tmp_path, step("WT-1", "2026-11-23", "solved"))
    assert (came.closes_on, came.reopened, came.due("issue.follow_up")) == (D("2026-11-24"), None, None)


def test_a_step_that_leaves_something_open_says_by_when_it_is_followed_up(tmp_path: Path) -> None:
    came = outcome(tmp_path, step("WT-1", "2026-11-20", "to_dev"))
    assert (came.closes_on, came.due("issue.follow_up"), came.due("issue.request")) == (
        None,
        D("2026-12-04"),
        D("2026-11-25"),
    )


def test_an_older_step_that_was_followed_up_since_owes_nothing(tmp_path: Path) -> None:
    came = outcome(tmp_path, step("WT-1", "2026-11-02", "watch"))
    assert (came.closes_on, came.due("issue.follow_up")) == (None, None)


@pytest.mark.parametrize(
    ("on", "counts", "due"), [("2026-11-23", False, "2026-12-08"), ("2026-12-06", True, "2027-02-11")]
)
def test_a_step_that_reopens_says_whether_the_closing_counts_and_by_when_to_close(
    tmp_path: Path, on: str, counts: bool, due: str
) -> None:
    came = outcome(tmp_path, step("WT-2", on, "watch", force=True))
    assert came.reopened == Closing(D("2026-11-21"), by_hand=False, reopened_on=D(on))
    assert (came.counts, came.due("issue.close")) == (counts, D(due))


def test_a_reopening_says_whether_the_closing_counts(tmp_path: Path) -> None:
    came = outcome(tmp_path, reopen("WT-3", "2026-11-23"))
    assert (came.reopened, came.counts) == (Closing(D("2026-11-22"), True, D("2026-11-23")), False)


def test_a_test_result_is_passed_on_if_it_was_tested_or_has_priority(tmp_path: Path) -> None:
    assert outcome(tmp_path, result("WT-1", "2026-11-20")).due("issue.feedback") is None
    assert outcome(tmp_path, result("WT-1", "2026-11-20", "2026-11-12")).due("issue.feedback") == D(
        "2026-11-24"
    )
    flagged = outcome(
        tmp_path, mend("WT-1", priority=True, priority_on=D("2026-11-01")), result("WT-1", "2026-11-20")
    )
    assert flagged.due("issue.feedback") == D("2026-11-24")


def test_reopened_and_closed_on_one_day_more_than_once(tmp_path: Path) -> None:
    path = worklog(tmp_path / "svcq.db")
    with writing(path) as work:
        for act in (reopen("WT-3", "2026-11-23"), close("WT-3", "2026-11-23")) * 2:
            came = act(work)
            assert isinstance(came, Done)
            assert came.changed
        with pytest.raises(Refused, match="was closed on 2026-11-23 by 质控"):
            issue_acts.close(work, "WT-3", TODAY, "周静", None)
    assert faults(path) == []


# ---- what belongs together ----


def of(work: Work, number: str) -> Issue:
    """The issue."""
    return issue.find(work, number)


def test_a_flag_or_request_without_a_day_has_it_from_today_and_loses_it_with_it(tmp_path: Path) -> None:
    with writing(worklog(tmp_path / "svcq.db")) as work:
        mend("WT-1", priority=True, request="VSTS-7")(work)
        assert (of(work, "WT-1").priority_on, of(work, "WT-1").request_on) == (TODAY, TODAY)
        mend("WT-1", request="VSTS-8", priority_on=D("2026-11-01"))(work)
        assert (of(work, "WT-1").request_on, of(work, "WT-1").priority_on) == (TODAY, D("2026-11-01"))
        mend("WT-1", priority=False, request=None)(work)
        row = of(work, "WT-1")
        assert (row.priority, row.priority_on, row.request, row.request_on) == (False, None, None, None)
        mend("WT-1", priority_on=D("2026-11-02"))(work)
        assert of(work, "WT-1").priority


def test_two_like_steps_of_one_day_are_struck_out_one_by_one(tmp_path: Path) -> None:
    path = worklog(tmp_path / "svcq.db")
    with writing(path) as work:
        step("WT-1", "2026-11-10", by="周静", what="电话")(work)
        assert issue_undo.undo(work, "WT-1", "step", D("2026-11-10"), by="周静")
        assert not issue_undo.undo(work, "WT-1", "step", D("2026-11-10"), by="周静")
        assert issue_undo.undo(work, "WT-1", "step", D("2026-11-10"), what="调整模板")
        assert list(work.session.exec(select(IssueStep).where(IssueStep.done_on == D("2026-11-10")))) == []
    assert faults(path) == []


def test_a_reason_and_a_name_are_kept_with_a_closing(tmp_path: Path) -> None:
    with writing(worklog(tmp_path / "svcq.db")) as work:
        close("WT-1", "2026-11-23", " 两周未再出现 ", "周静")(work)
        row = work.session.exec(select(IssueEvent).order_by(col(IssueEvent.id).desc())).first()
        assert row is not None
        assert (row.what, row.by_name, row.reason) == ("close", "周静", "两周未再出现")
