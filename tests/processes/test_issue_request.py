"""三: plans, and requests that get their number once every norm is met; one that fails leaves nothing behind."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from svcq.errors import NotFound, Refused, SvcqError
from svcq.processes import issue, issue_plan, issue_request, staff
from svcq.processes.issue_request import NormsFailed
from svcq.processes.work import Work
from svcq.rules.issue_request import Attachment, Request
from svcq.store.read import Reader
from svcq.store.read_issue import requests
from svcq.store.read_ledger import obligations
from svcq.store.read_plan import plans
from svcq.store.tables.issue import IssueStep
from svcq.store.tables.issue_plan import IssueRequest
from tests.places import at
from tests.rules.requests import BASE, FAULTS
from tests.stores import TODAY, audited, dump, faults, peopled, writing

D = date.fromisoformat
HOSPITAL = "江州市中心医院"
GOOD = replace(BASE, title=f"{HOSPITAL} 门诊退费后发票状态不变")
REPORTED = D("2026-11-02")


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    """Two problems of which the first went to development on 18 November, and the plan that both belong to."""
    path = peopled(tmp_path / "svcq.db")
    with writing(path) as work:
        for number in ("WT-1", "WT-2"):
            row = issue.add(work, number, HOSPITAL, {"title": number, "reported_on": REPORTED}, None)
        assert row.id is not None
        first = issue.find(work, "WT-1")
        assert first.id is not None
        work.session.add(IssueStep(issue_id=first.id, done_on=D("2026-11-18"), result="to_dev"))
        issue_plan.add(work, "WH-2026-07", {"completion_on": D("2026-12-20"), "release_on": D("2026-12-31")})
    return path


def owed(path: Path) -> list[tuple[object, object, object]]:
    """issue.request of WT-1: due, met, state."""
    reader = Reader(at(path))
    filters = {"rule": "issue.request", "number": "WT-1"}
    found = [
        (r["due_on"], r["met_on"], r["state"])
        for r in obligations(reader, TODAY, states=None, filters=filters)
    ]
    reader.close()
    return found


def test_a_request_that_meets_every_norm_gets_its_number_and_meets_the_obligation(path: Path) -> None:
    assert owed(path) == [(D("2026-11-23"), None, "open")]
    with writing(path) as work:
        assert issue_request.record(work, "WT-1", GOOD, " VSTS－1 ", D("2026-11-20"))
        found = issue.find(work, "WT-1")
        assert (found.request, found.request_on) == ("VSTS-1", D("2026-11-20"))
    assert owed(path) == [(D("2026-11-23"), D("2026-11-20"), "met")]
    reader = Reader(at(path))
    (kept,) = requests(reader, "WT-1", TODAY)
    assert (kept["number"], kept["plan"], kept["checked_on"]) == ("VSTS-1", "WH-2026-07", D("2026-11-20"))
    assert requests(reader, "WT-1", D("2026-11-19")) == []
    (row,) = reader.rows("select body from v_issue_request")
    reader.close()
    body = json.loads(str(row["body"]))
    assert (body["title"], body["new_module"]) == (GOOD.title, False)
    assert "steps" not in body
    assert faults(path) == []


def test_attachments_are_kept_by_their_names(path: Path) -> None:
    said = replace(GOOD, kind="fault", **FAULTS["common"])
    with writing(path) as work:
        issue_request.record(work, "WT-1", said, "VSTS-1")
        body = work.session.exec(select(IssueRequest)).one().body
    assert json.loads(body)["screenshot"] == ["1.png", "2.png"]


def test_the_same_request_again_is_recorded_already_also_on_a_later_day(path: Path) -> None:
    with writing(path) as work:
        issue_request.record(work, "WT-1", GOOD, "VSTS-1", D("2026-11-20"))
    before = dump(path)
    with writing(path) as work:
        assert not issue_request.record(work, "WT-1", GOOD, "VSTS-1", D("2026-11-20"))
        assert not issue_request.record(work, "WT-1", GOOD, "VSTS-1")
    assert dump(path) == before


def test_a_request_that_was_amended_is_kept_beside_the_first(path: Path) -> None:
    with writing(path) as work:
        issue_request.record(work, "WT-1", GOOD, "VSTS-1", D("2026-11-20"))
        assert issue_request.record(work, "WT-1", replace(GOOD, library="mz2.dll"), "VSTS-1")
        assert issue.find(work, "WT-1").request_on == D("2026-11-20")
        assert len(work.session.exec(select(IssueRequest)).all()) == 2


def test_a_number_that_was_only_noted_before_gets_its_request(path: Path) -> None:
    with writing(path) as work:
        row = issue.find(work, "WT-1")
        issue.edit(work, row, {"request": "VSTS-1", "request_on": D("2026-11-19")})
        assert issue_request.record(work, "WT-1", GOOD, "VSTS-1")
        assert row.request_on == D("2026-11-19")
        assert work.session.exec(select(IssueRequest)).one().checked_on == D("2026-11-19")


def test_a_check_alone_writes_nothing(path: Path) -> None:
    before, rows = dump(path), audited(path)
    with writing(path) as work:
        assert issue_request.check(work, "WT-1", GOOD).number == "WT-1"
    assert dump(path) == before
    assert audited(path) == rows


def test_every_norm_that_fails_is_a_line_of_its_own(path: Path) -> None:
    bad = replace(GOOD, plan="WH-1", description="太短", kind="", several=True, items=("一",))
    with pytest.raises(NormsFailed) as caught, writing(path) as work:
        issue_request.check(work, "WT-1", bad)
    assert caught.value.exit_code == 4
    assert [str(line) for line in caught.value.lines] == [
        "norm 1, plan: WH-1 is not known: `svcq issue plan add` enters it [三]",
        "norm 3, description: too short to act on: 2 of at least 20 letters, digits or Chinese characters [三]",
        "norm 5, kind: say one of fault, need [三]",
        "norm 10, items: say every need by itself: two at least [三]",
    ]
    assert str(caught.value).count("norm") == 4


def planned(**values: Any) -> Callable[[Work], object]:
    """The plan is mended, then the request is checked."""
    return lambda work: (
        issue_plan.edit(work, issue_plan.find(work, "WH-2026-07"), values),
        issue_request.check(work, "WT-1", GOOD),
    )


def ruled(name: str) -> Callable[[Work], object]:
    """A request about a contract that is unclear, ruled by somebody."""
    said: dict[str, Any] = {"interface": "general", "changes_contract": True, "contract": "unclear"}
    said |= {"ruled_by": name, "ruling": "在维护合同范围内", "new_interface": False}
    return lambda work: issue_request.check(work, "WT-1", replace(GOOD, **said))


def asked(
    request: Request = GOOD, number: str = "WT-1", tracker: str = "VSTS-1", on: str | None = None
) -> Any:
    """The request is to be recorded."""
    return lambda work: issue_request.record(work, number, request, tracker, D(on) if on else None)


def after(first: Callable[[Work], object], then: Callable[[Work], object]) -> Callable[[Work], object]:
    """One after the other."""
    return lambda work: (first(work), then(work))


REFUSALS: dict[str, tuple[Callable[[Work], object], type[SvcqError], str]] = {
    "without a plan": (asked(replace(GOOD, plan="")), Refused, r"^norm 1, plan: is missing \[三\]$"),
    "a plan that is not active": (planned(active=False), Refused, "norm 1, plan: WH-2026-07 is not active"),
    "a plan past its completion": (
        planned(completion_on=D("2026-11-22")),
        Refused,
        "to be complete on 2026-11-22",
    ),
    "a plan past its release": (planned(release_on=D("2026-11-22")), Refused, "to be released on 2026-11-22"),
    "another hospital's name": (
        asked(replace(GOOD, title="云河县人民医院 退费")),
        Refused,
        "does not begin with the hospital's name: 江州市中心医院",
    ),
    "an attachment that is not there": (
        asked(replace(GOOD, error_log=(Attachment("x.log", "missing"),))),
        Refused,
        "norm 5, error_log: not attached: x.log is not there",
    ),
    "ruled by who is no manager": (ruled("赵强"), Refused, "norm 8, ruled_by: 赵强 is neither"),
    "a number that another issue has": (
        after(asked(), asked(number="WT-2")),
        Refused,
        r"VSTS-1 belongs to issue WT-1.*三",
    ),
    "another number than the issue has": (
        after(asked(), asked(tracker="VSTS-2")),
        Refused,
        r"has the request VSTS-1: `svcq issue edit WT-1 --request",
    ),
    "another day than is recorded": (
        after(asked(), asked(on="2026-11-20")),
        Refused,
        "2026-11-23 is recorded already; `svcq issue edit WT-1",
    ),
    "in the future": (asked(on="2026-11-24"), Refused, "in the future"),
    "before the problem was reported": (asked(on="2026-11-01"), Refused, "request is older than the problem"),
    "an issue that is void": (
        after(lambda work: issue.void(work, "WT-1", "重复"), asked()),
        Refused,
        "WT-1 is void",
    ),
    "an issue nobody knows": (asked(number="WT-11"), NotFound, "did you mean WT-"),
    "a plan that exists": (
        lambda work: issue_plan.add(work, "wh-2026-07 ".upper(), {}),
        Refused,
        "exists already",
    ),
    "a plan without a number": (lambda work: issue_plan.add(work, " ", {}), Refused, "needs its number"),
    "a plan nobody knows": (
        lambda work: issue_plan.find(work, "WH-2026-08"),
        NotFound,
        "did you mean WH-2026-07",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_what_may_not_be_is_refused_and_nothing_written(path: Path, name: str) -> None:
    before = dump(path)
    act, kind, said = REFUSALS[name]
    with pytest.raises(kind, match=said), writing(path) as work:
        act(work)
    assert dump(path) == before


@pytest.mark.parametrize("role", ["regional_manager", "division_manager"])
def test_a_manager_rules_also_one_who_has_left_since(path: Path, role: str) -> None:
    with writing(path) as work:
        staff.add(work, "周岚", [role], {"left_on": D("2026-11-01")})
        ruled("周岚")(work)
        staff.void(work, "周岚", "重复")
        with pytest.raises(NormsFailed):
            ruled("周岚")(work)


def test_a_number_is_free_again_when_its_issue_is_void_or_mended(path: Path) -> None:
    with writing(path) as work:
        issue_request.record(work, "WT-1", GOOD, "VSTS-1")
        issue.void(work, "WT-1", "重复")
        assert issue_request.record(work, "WT-2", GOOD, "VSTS-1")
        issue.edit(work, issue.find(work, "WT-2"), {"request": None})
        assert issue_request.record(work, "WT-2", GOOD, "VSTS-2")
    assert faults(path) == []


def test_the_plan_is_measured_by_the_day_of_the_request(path: Path) -> None:
    with writing(path) as work:
        issue_plan.edit(work, issue_plan.find(work, "WH-2026-07"), {"completion_on": D("2026-11-20")})
        assert issue_request.record(work, "WT-1", GOOD, "VSTS-1", D("2026-11-20"))


STATES = [
    # active, completion, release; the state on 23 November
    (True, None, None, "active"),
    (True, "2026-11-23", "2026-11-23", "active"),
    (True, "2026-11-22", None, "past"),
    (True, None, "2026-11-22", "past"),
    (False, "2026-11-22", None, "inactive"),
]


@pytest.mark.parametrize(("active", "completion", "release", "state"), STATES)
def test_a_plan_is_active_until_its_dates_are_past(
    path: Path, active: bool, completion: str | None, release: str | None, state: str
) -> None:
    days = {"completion_on": completion and D(completion), "release_on": release and D(release)}
    with writing(path) as work:
        issue_plan.add(work, "A-1", {"active": active, **days})
    reader = Reader(at(path))
    assert [row["state"] for row in plans(reader, TODAY) if row["number"] == "A-1"] == [state]
    reader.close()
    with writing(path) as work:
        row = issue_plan.find(work, "A-1")
        assert issue_plan.edit(work, row, {"active": not active})
        assert not issue_plan.edit(work, row, {"active": not active})
