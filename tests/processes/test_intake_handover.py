"""一 Hand-overs and their trail out of a file: the rules of the commands hold, blanks change nothing, twice is once."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from svcq.processes import contract, handover, handover_gate, handover_trail
from svcq.processes.handover_trail import Decision
from svcq.processes.intake import Line, Manner, Outcome, intakes
from svcq.processes.work import Work
from svcq.store.read import Reader
from svcq.store.read_handover import handovers, trail
from svcq.store.read_log import changes
from svcq.store.tables.contract import Contract
from svcq.store.tables.handover import Handover
from svcq.store.tables.ledger import ObligationRow
from tests.handed import CONTRACT, handed
from tests.places import at
from tests.stores import TODAY, dump, faults, writing

D = date.fromisoformat
Values = Mapping[str, object]
TOMORROW = TODAY + timedelta(days=1)


def take(
    work: Work, *rows: Values, kind: str = "handover", create: bool = False, force: bool = False
) -> Outcome:
    """The rows of one sheet, from row 2 on."""
    lines = [Line(number, row) for number, row in enumerate(rows, 2)]
    return intakes()[kind].take(work, lines, Manner(create_missing=create, force=force))


def counts(outcome: Outcome) -> tuple[int, int, int, int]:
    """Added, updated, unchanged, refused."""
    return outcome.added, outcome.updated, outcome.unchanged, len(outcome.faults)


def whys(outcome: Outcome) -> list[tuple[int, str, str]]:
    """Row, field and sentence of each refusal."""
    return [(fault.row, fault.field, str(fault.why)) for fault in outcome.faults]


def shown(path: Path, number: str, *keys: str) -> tuple[object, ...]:
    """A hand-over as a listing has it; days as texts."""
    reader = Reader(at(path))
    (row,) = handovers(reader, TODAY, filters={"number": number})
    reader.close()
    return tuple(str(value) if isinstance(value := row[key], date) else value for key in keys)


def trails(path: Path, number: str) -> list[tuple[object, ...]]:
    """Its decisions and follow-ups: day, who, decision, expected, note."""
    reader = Reader(at(path))
    rows = trail(reader, number, TODAY)
    reader.close()
    return [(str(row["on"]), row["by"], row["decision"], row["expected_on"], row["note"]) for row in rows]


PAPERS: Values = {key: D("2026-09-04") for key in ("application_on", "worklog_on", "documents_on")}
NEW: Values = {
    "number": "YJ-9",
    "project_number": "XM-9",
    "project": "LIS",
    "customer": "江州市中心医院",
    "phase": "一期",
    "modules": "检验",
    "project_manager": "卫星汉",
    "accepted_on": D("2026-09-01"),
    **PAPERS,
}
YES: Values = {"decision": "eligible", "decided_on": D("2026-09-15"), "decided_by": "朱明远"}
NO: Values = {
    "decision": "not_eligible",
    "decided_on": D("2026-09-10"),
    "decided_by": "何万里",
    "expected_on": D("2026-10-12"),
    "reason": "未联调",
}
DONE: Values = {key: D("2026-09-17") for key in ("registered_on", "notice_on", "receipt_on")}


def test_the_second_time_a_file_changes_nothing(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    rows = (
        NEW,
        {**NEW, **YES, **DONE, "number": "YJ-10", "phase": "二期"},
        {**NEW, **NO, "number": None, "phase": "三期"},
        {**NEW, "number": None, "project_number": None, "project": "PACS", "phase": None},
    )
    with writing(path) as work:
        assert counts(take(work, *rows)) == (4, 0, 0, 0)
    assert faults(path) == []
    before = dump(path)
    with writing(path) as work:
        assert counts(take(work, *rows)) == (0, 0, 4, 0)
    assert dump(path) == before


def test_an_eligible_row_is_as_eligible_as_by_command(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    with writing(path) as work:
        assert counts(take(work, {**NEW, **YES})) == (1, 0, 0, 0)
    assert shown(path, "YJ-9", "state", "free_from", "free_until", "contract", "customer_status") == (
        "eligible",
        "2026-09-01",
        "2027-09-01",
        "SVCQ-2026-0002",
        "转化",
    )
    with writing(path) as work:
        row = contract.find(work, "SVCQ-2026-0002")
        assert (row.project_number, row.entered_on, row.first_on) == (
            "XM-9",
            D("2026-09-15"),
            D("2026-09-15"),
        )
    assert faults(path) == []


def test_what_a_row_adds_changes_and_decides_is_in_the_audit_from_what_to_what(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    row = {
        **{"number": "YJ-2", "customer": "云河县人民医院", "modules": "检验", "account_manager": "周静"},
        **{"project_manager": "蒋逢春", **YES},
    }
    with writing(path) as work:
        assert counts(take(work, row)) == (0, 1, 0, 0)
    reader = Reader(at(path))
    lines = [line for line in changes(reader, {"number": "YJ-2"}) if line["command"] == "test"]
    last = max(str(line["at"]) for line in lines)
    told = {
        (str(line["table"]), str(line["field"])): (line["before"], line["after"])
        for line in lines
        if line["at"] == last
    }
    reader.close()
    assert told == {
        ("handover", "customer"): ("江州市中心医院", "云河县人民医院"),
        ("handover", "modules"): ("门诊、住院", "检验"),
        ("handover", "project_manager"): ("卫星汉", "蒋逢春"),
        ("handover", "account_manager"): (None, "周静"),
        ("handover", "from"): (None, "2026-11-23"),
        ("handover", "free_from"): (None, "2026-09-01"),
        ("handover", "free_until"): (None, "2027-09-01"),
        ("handover", "contract"): (None, "SVCQ-2026-0002"),
        ("handover_trail", "done_on"): (None, "2026-09-15"),
        ("handover_trail", "by_name"): (None, "朱明远"),
        ("handover_trail", "decision"): (None, "eligible"),
    }
    assert faults(path) == []


def test_a_blank_changes_nothing_and_clearing_empties(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    with writing(path) as work:
        assert counts(take(work, {"number": "YJ-4"})) == (0, 0, 1, 0)
        assert counts(take(work, {"number": "YJ-4", "modules": None, "project_manager": None})) == (
            0,
            1,
            0,
            0,
        )
    assert shown(path, "YJ-4", "modules", "project_manager", "decision") == (None, None, "eligible")
    assert faults(path) == []


def test_the_customers_own_manager_is_not_pinned_to_the_hand_over(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    before = dump(path)
    with writing(path) as work:
        assert counts(take(work, {"number": "YJ-4", "account_manager": "赵强"})) == (0, 0, 1, 0)
    assert dump(path) == before


def test_an_acceptance_that_was_wrong_moves_free_maintenance_in_both_tables(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    with writing(path) as work:
        assert counts(take(work, {"number": "YJ-4", "accepted_on": D("2026-09-02")})) == (0, 1, 0, 0)
        row = work.session.get_one(Contract, handover.find(work, "YJ-4").contract_id)
        assert (row.free_from, row.free_until) == (D("2026-09-02"), D("2027-09-02"))
    with writing(path) as work:
        told = {"number": "YJ-4", "accepted_on": D("2026-09-03"), "free_from": D("2026-09-02")}
        assert counts(take(work, told)) == (0, 1, 0, 0)
    assert shown(path, "YJ-4", "free_from", "free_until") == ("2026-09-02", "2027-09-02")
    assert faults(path) == []


# --- which record a row means


FOUND: list[tuple[Values, str]] = [
    ({"project_number": "XM-2", "phase": "一期"}, "YJ-2"),
    ({"customer": "H001", "project": "HIS2", "phase": "一期"}, "YJ-2"),
    ({"number": "YJ-2", "project_number": "XM-2"}, "YJ-2"),
]


@pytest.mark.parametrize(("row", "number"), FOUND)
def test_a_row_is_about_the_record_of_its_number_else_of_its_project_and_phase(
    tmp_path: Path, row: Values, number: str
) -> None:
    path = handed(tmp_path / "svcq.db")
    with writing(path) as work:
        assert counts(take(work, {**row, "modules": "检验"})) == (0, 1, 0, 0)
    assert shown(path, number, "modules") == ("检验",)


def test_a_project_whose_number_becomes_known_later_is_still_the_same(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    with writing(path) as work:
        handover.edit(work, handover.living(work, "YJ-2"), {"project_number": None})
    with writing(path) as work:
        row = {"project_number": "XM-2", "project": "HIS2", "customer": "H001", "phase": "一期"}
        assert counts(take(work, row)) == (0, 1, 0, 0)
    assert shown(path, "YJ-2", "project_number") == ("XM-2",)


def test_two_phases_of_a_project_are_two_hand_overs(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    with writing(path) as work:
        assert counts(take(work, {"project_number": "XM-2", "phase": "二期", "customer": "H001"})) == (
            1,
            0,
            0,
            0,
        )
        assert counts(take(work, {"project_number": "XM-2", "phase": "二期"})) == (0, 0, 1, 0)
    assert shown(path, "SVCQ-H2026-0001", "phase") == ("二期",)


# --- what is refused, and where


REFUSED: list[tuple[list[Values], list[tuple[int, str, str]]]] = [
    ([{"number": "YJ-9"}], [(2, "customer", "a new hand-over needs its customer")]),
    (
        [{**NEW, "customer": "江州中心医院"}],
        [(2, "customer", "customer 江州中心医院 is not known; did you mean")],
    ),
    (
        [{**NEW, "project_manager": "卫星"}],
        [(2, "project_manager", "卫星 is not among the staff; did you mean 卫星汉?")],
    ),
    (
        [{"customer": "H001"}],
        [(2, "project_number", "a hand-over without a number needs its project number")],
    ),
    (
        [{"project_number": "XM-2"}],
        [(2, "phase", "several hand-overs fit, e.g. YJ-2: say which number or phase")],
    ),
    ([NEW, {**NEW, "modules": "影像"}], [(3, "number", "row 2 is about the same record and says otherwise")]),
    # a decision
    (
        [{**NEW, **YES, "worklog_on": None}],
        [(2, "decision", "nothing can be decided on 2026-09-15: the worklog is not in")],
    ),
    (
        [{**NEW, **YES, "decided_on": D("2026-09-03")}],
        [(2, "decision", "nothing can be decided on 2026-09-03")],
    ),
    (
        [{"number": "YJ-1", **YES}],
        [(2, "decision", "nothing can be decided on 2026-09-15: the application is not in")],
    ),
    ([{**NEW, **YES, "decided_on": None}], [(2, "decided_on", "a decision needs its day [一.1]")]),
    (
        [{**NEW, **YES, "decided_by": None}],
        [(2, "decided_by", "a decision needs the regional or division manager")],
    ),
    (
        [{**NEW, **YES, "decided_by": "李伟"}],
        [(2, "decided_by", "李伟 is neither regional nor division manager")],
    ),
    (
        [{**NEW, **YES, "decided_by": "朱远明"}],
        [(2, "decided_by", "朱远明 is not among the staff; did you mean 朱明远?")],
    ),
    (
        [{**NEW, **NO, "expected_on": None}],
        [(2, "expected_on", "a project that is not eligible needs the day")],
    ),
    (
        [{**NEW, **NO, "expected_on": D("2026-09-09")}],
        [(2, "expected_on", "it cannot be expected on 2026-09-09")],
    ),
    (
        [{**NEW, "decided_on": D("2026-09-10")}],
        [(2, "decided_on", "it belongs to a decision, and none is said [一.1]")],
    ),
    ([{**NEW, "decided_by": "朱明远"}], [(2, "decided_by", "it belongs to a decision")]),
    ([{**NEW, "expected_on": D("2026-12-01")}], [(2, "expected_on", "it belongs to a decision")]),
    ([{**NEW, "reason": "x"}], [(2, "reason", "it belongs to a decision")]),
    (
        [{"number": "YJ-4", **NO, "decided_on": TODAY, "expected_on": TODAY}],
        [(2, "decision", "the project is eligible since")],
    ),
    ([{"number": "YJ-4", **YES}], [(2, "decided_by", "the decision of 2026-09-15 is recorded with 何万里")]),
    (
        [{"number": "YJ-3", **NO, "decided_by": "朱明远"}],
        [(2, "reason", "the decision of 2026-09-10 is recorded with 接口未联调")],
    ),
    (
        [{"number": "YJ-4", "worklog_on": D("2026-09-16")}],
        [(2, "worklog_on", "nothing can be decided on 2026-09-15")],
    ),
    # dates
    ([{**NEW, "accepted_on": TOMORROW}], [(2, "accepted_on", "2026-11-24 is in the future")]),
    ([{**NEW, **YES, "decided_on": TOMORROW}], [(2, "decided_on", "2026-11-24 is in the future")]),
    ([{"number": "YJ-4", "notice_on": TOMORROW}], [(2, "notice_on", "2026-11-24 is in the future")]),
    (
        [{**NEW, **YES, **DONE, "receipt_on": D("2026-09-16")}],
        [(2, "receipt_on", "the notice was confirmed before")],
    ),
    (
        [{**NEW, **YES, "free_until": D("2026-08-31")}],
        [(2, "free_until", "free maintenance ends before it starts")],
    ),
    # the tracking table
    ([{**NEW, "contract": "MF-1"}], [(2, "contract", "contract MF-1 is not known")]),
    (
        [{**NEW, **YES, "contract": CONTRACT}],
        [(2, "contract", f"contract {CONTRACT} belongs to another hand-over")],
    ),
    (
        [{"number": "YJ-4", "contract": "MF-1"}],
        [(2, "contract", f"it is in the tracking table as {CONTRACT}")],
    ),
    (
        [
            {**NEW, **YES, "contract": "MF-1"},
            {**NEW, **YES, "number": "YJ-10", "phase": "二期", "contract": "MF-1"},
        ],
        [(3, "contract", "contract MF-1 belongs to another hand-over")],
    ),
]


@pytest.mark.parametrize(("rows", "expected"), REFUSED)
def test_a_row_is_refused_at_its_field(
    tmp_path: Path, rows: list[Values], expected: list[tuple[int, str, str]]
) -> None:
    path = handed(tmp_path / "svcq.db")
    with writing(path, dry_run=True) as work:
        found = whys(take(work, *rows, create=False))
    assert [(row, field) for row, field, _ in found] == [(row, field) for row, field, _ in expected], found
    for (*_, said), (*_, sentence) in zip(found, expected, strict=True):
        assert said.startswith(sentence), said


def test_a_void_hand_over_stays_as_it_is(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    with writing(path) as work:
        handover.void(work, "YJ-2", "重复")
    with writing(path) as work:
        assert counts(take(work, {"number": "YJ-2", "phase": "一期"})) == (0, 0, 1, 0)
        assert whys(take(work, {"number": "YJ-2", "phase": "二期"})) == [
            (2, "number", "hand-over YJ-2 is void")
        ]
        row = {"handover": "YJ-2", "on": TODAY, "note": "x"}
        assert whys(take(work, row, kind="follow_up")) == [(2, "handover", "hand-over YJ-2 is void")]


def test_a_row_of_the_tracking_table_is_named_void_or_of_another_hospital(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    with writing(path) as work:
        contract.add(work, "MF-1", "H002", {}, {})
        contract.add(work, "MF-2", "H001", {}, {})
        contract.void(work, "MF-2", "重复")
    for number, why in (
        ("MF-1", "contract MF-1 is of another customer [一.1.A]"),
        ("MF-2", "contract MF-2 is void"),
    ):
        with writing(path, dry_run=True) as work:
            assert whys(take(work, {**NEW, **YES, "contract": number})) == [(2, "contract", why)]


def test_a_row_of_the_tracking_table_that_is_named_is_taken_or_made(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    with writing(path) as work:
        contract.add(work, "MF-1", "H001", {}, {})
        rows = (
            {**NEW, **YES, "contract": "MF-1"},
            {**NEW, **YES, "number": "YJ-10", "phase": "二期", "contract": "MF-2"},
        )
        assert counts(take(work, *rows)) == (2, 0, 0, 0)
        assert contract.find(work, "MF-1").free_until == D("2027-09-01")
        assert contract.find(work, "MF-2").entered_on == D("2026-09-15")
    with writing(path) as work:
        assert counts(take(work, *rows)) == (0, 0, 2, 0)
    assert faults(path) == []


def test_a_row_that_was_named_before_it_is_eligible_is_the_only_one(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    with writing(path) as work:
        contract.add(work, "MF-2", "H001", {}, {})
        contract.add(work, "MF-3", "H001", {}, {})
        assert counts(
            take(work, {"number": "YJ-2", "contract": "MF-2"}, {"number": "YJ-3", "contract": "MF-3"})
        ) == (*(0, 2, 0, 0),)
        handover_trail.decide(work, "YJ-2", Decision(D("2026-09-15"), "朱明远", True))
        eligible = {"handover": "YJ-3", "on": D("2026-11-10"), "by": "朱明远", "decision": "eligible"}
        assert counts(take(work, eligible, kind="follow_up")) == (1, 0, 0, 0)
    assert shown(path, "YJ-2", "contract") == ("MF-2",)
    assert shown(path, "YJ-3", "contract") == ("MF-3",)
    with writing(path) as work:
        assert (
            contract.find(work, "MF-2").free_until
            == contract.find(work, "MF-3").free_until
            == D("2027-09-01")
        )
    assert faults(path) == []


def test_a_named_row_with_a_period_of_its_own_keeps_it(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    with writing(path) as work:
        contract.add(work, "MF-1", "H001", {"free_until": D("2026-06-30")}, {})
        assert counts(take(work, {**NEW, **YES, "contract": "MF-1"})) == (1, 0, 0, 0)
        row = contract.find(work, "MF-1")
        assert (row.free_from, row.free_until, row.customer_status) == (None, D("2026-06-30"), "转化")
    assert faults(path) == []


# --- how it is taken in


def test_acts_to_come_are_taken_when_that_is_forced_and_counted(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    with writing(path) as work:
        outcome = take(
            work, {**NEW, "accepted_on": TOMORROW}, NEW | {"number": "YJ-10", "phase": "二期"}, force=True
        )
        assert (counts(outcome), outcome.ahead) == ((2, 0, 0, 0), 1)
        row = {"handover": "YJ-3", "on": TOMORROW, "note": "x"}
        assert whys(take(work, row, kind="follow_up"))[0][1:] == (
            "on",
            "2026-11-24 is in the future: today is 2026-11-23",
        )
        outcome = take(work, row, kind="follow_up", force=True)
        assert (counts(outcome), outcome.ahead) == ((1, 0, 0, 0), 1)
    assert faults(path) == []


def test_people_and_hospitals_are_made_when_asked_but_nobody_who_decides(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    row = {**NEW, **YES, "customer": "新医院", "project_manager": "新经理", "account_manager": "新客户经理"}
    with writing(path) as work:
        assert counts(take(work, row, create=True)) == (1, 0, 0, 0)
    rows = dump(path)
    names = {key: name for key, name, *_ in rows["staff"]}
    assert {(names[key], role) for key, role, _ in rows["staff_role"]} >= {
        ("新经理", "project_manager"),
        ("新客户经理", "account_manager"),
    }
    with writing(path, dry_run=True) as work:
        found = whys(
            take(work, {**row, "number": "YJ-10", "phase": "二期", "decided_by": "新大区经理"}, create=True)
        )
    assert [one[:2] for one in found] == [(2, "decided_by")]
    assert faults(path) == []


def test_an_incomplete_registration_is_taken_stays_open_and_is_counted(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    with writing(path) as work:
        outcome = take(work, {**NEW, **YES, **DONE, "modules": None}, {"number": "YJ-4", **DONE})
        assert [str(one) for one in outcome.remarks] == [
            "1 hand-over is registered incompletely: `svcq handover list --columns number,missing` names what"
        ]
    with writing(path) as work:
        rows = select(ObligationRow.number, ObligationRow.met_on, ObligationRow.note)
        rows = rows.where(ObligationRow.rule == "handover.register").order_by(ObligationRow.number)
        assert work.session.exec(rows).all() == [("YJ-4", D("2026-09-17"), ""), ("YJ-9", None, "modules")]
        assert take(work, {**NEW, **YES, **DONE, "modules": None}).remarks == []
    assert shown(path, "YJ-9", "state") == ("complete",)


def test_a_reason_that_was_left_out_is_filled_in(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    row = {**NEW, **NO, "reason": None}
    with writing(path) as work:
        assert counts(take(work, row)) == (1, 0, 0, 0)
    with writing(path) as work:
        assert counts(take(work, {**NEW, **NO})) == (0, 1, 0, 0)
    with writing(path) as work:
        assert counts(take(work, row)) == counts(take(work, {**NEW, **NO})) == (0, 0, 1, 0)
    assert trails(path, "YJ-9") == [("2026-09-10", "何万里", "not_eligible", D("2026-10-12"), "未联调")]
    assert faults(path) == []


def test_a_decision_of_another_day_is_another_row_of_the_trail(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    with writing(path) as work:
        assert counts(take(work, {**NEW, **NO})) == (1, 0, 0, 0)
        assert counts(take(work, {**NEW, **YES})) == (0, 1, 0, 0)
        assert counts(take(work, {**NEW, **NO})) == (0, 0, 1, 0)  # an older file
    assert [row[2] for row in trails(path, "YJ-9")] == ["not_eligible", "eligible"]
    assert shown(path, "YJ-9", "state") == ("eligible",)
    assert faults(path) == []


# --- the trail has a sheet of its own


def row(on: str, **said: object) -> dict[str, object]:
    """A row of the trail of YJ-3."""
    return {"handover": "YJ-3", "on": D(on), **said}


def test_the_trail_comes_in_whatever_the_order_of_its_rows_and_only_once(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    rows = (
        row("2026-11-20", by="朱明远", decision="eligible"),
        row("2026-11-12", by="周静", note="快了"),
        row("2026-11-05", by="周静", expected_on=D("2026-11-20")),
        row("2026-11-12", by="周静", note="快了"),
        row("2026-11-12", by="吴兰", note="快了"),
        row(
            "2026-09-10", by="朱明远", decision="not_eligible", expected_on=D("2026-10-12"), note="接口未联调"
        ),
    )
    with writing(path) as work:
        assert counts(take(work, *rows, kind="follow_up")) == (4, 0, 2, 0)
    assert [line[0] for line in trails(path, "YJ-3")] == [
        *("2026-09-10", "2026-10-09", "2026-11-05", "2026-11-12", "2026-11-12", "2026-11-20"),
    ]
    assert shown(path, "YJ-3", "state", "free_until", "contract") == (
        "eligible",
        "2027-09-01",
        "SVCQ-2026-0002",
    )
    before = dump(path)
    with writing(path) as work:
        assert counts(take(work, *rows, kind="follow_up")) == (0, 0, 6, 0)
    assert dump(path) == before
    assert faults(path) == []


TRAIL_REFUSED: list[tuple[Values, str, str]] = [
    ({"on": TODAY}, "handover", "a follow-up needs its hand-over"),
    ({"handover": "YJ-3"}, "on", "a follow-up needs its day"),
    ({"handover": "YJ-33", "on": TODAY}, "handover", "hand-over YJ-33 is not known; did you mean YJ-3?"),
    (
        {"handover": "YJ-2", "on": TODAY},
        "on",
        "it was not decided by 2026-11-23 that it is not eligible [一.1.B]",
    ),
    ({"handover": "YJ-4", "on": TODAY}, "on", "the project is eligible since 2026-09-15 [一.1]"),
    (row("2026-09-09"), "on", "it was not decided by 2026-09-09"),
    (row("2026-11-20", expected_on=D("2026-11-19")), "expected_on", "it cannot be expected on 2026-11-19"),
    (
        row("2026-11-20", decision="not_eligible"),
        "expected_on",
        "a project that is not eligible needs the day",
    ),
    (
        row("2026-09-03", decision="eligible"),
        "decision",
        "nothing can be decided on 2026-09-03: the worklog is not in",
    ),
    (row("2026-10-08", decision="eligible"), "decision", "it was not eligible yet on 2026-10-09"),
]


@pytest.mark.parametrize(("said", "field", "why"), TRAIL_REFUSED)
def test_a_row_of_the_trail_is_refused_at_its_field(
    tmp_path: Path, said: Values, field: str, why: str
) -> None:
    with writing(handed(tmp_path / "svcq.db"), dry_run=True) as work:
        ((number, at, sentence),) = whys(take(work, said, kind="follow_up"))
    assert (number, at) == (2, field)
    assert sentence.startswith(why)


def test_a_follow_up_after_the_eligible_decision_of_the_same_file_is_refused(tmp_path: Path) -> None:
    with writing(handed(tmp_path / "svcq.db"), dry_run=True) as work:
        rows = (row("2026-11-13", note="x"), row("2026-11-12", decision="eligible", by="朱明远"))
        assert whys(take(work, *rows, kind="follow_up")) == [
            (2, "on", "the project is eligible since 2026-11-12 [一.1]")
        ]


def test_a_decision_that_no_manager_confirmed_is_taken_and_counted(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    with writing(path) as work:
        rows = (
            row("2026-11-10", by="周静", decision="not_eligible", expected_on=D("2026-11-20")),
            row("2026-11-11", by="朱 明远", decision="not_eligible", expected_on=D("2026-11-20")),
            row("2026-11-12", decision="eligible"),
        )
        outcome = take(work, *rows, kind="follow_up")
        assert counts(outcome) == (3, 0, 0, 0)
        assert [str(one) for one in outcome.remarks] == [
            "2 decisions name no regional or division manager who confirmed them"
        ]
    assert [line[1] for line in trails(path, "YJ-3")[2:]] == ["周静", "朱明远", None]
    assert faults(path) == []


def test_a_new_day_without_words_is_taken_but_answers_nothing(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    with writing(path) as work:
        take(work, row("2026-11-05", by="周静", expected_on=D("2026-12-01")), kind="follow_up")
    with writing(path) as work:
        rows = select(ObligationRow.starts_on, ObligationRow.due_on, ObligationRow.met_on)
        rows = rows.where(ObligationRow.rule == "handover.follow_up").order_by(ObligationRow.starts_on)
        assert [tuple(map(str, one)) for one in work.session.exec(rows)] == [
            ("2026-09-10", "2026-10-12", "2026-10-09"),
            ("2026-10-09", "2026-11-09", "None"),
            ("2026-11-05", "2026-12-01", "None"),
        ]


# --- out and in again


def _both_on_a_day(work: Work) -> None:
    """Two decisions and a follow-up on one day, of which the last counts."""
    day = {"handover": "YJ-2", "on": D("2026-09-10")}
    rows = (
        {**day, "by": "朱明远", "decision": "not_eligible", "expected_on": D("2026-10-01"), "note": "一"},
        {**day, "by": "周静", "expected_on": D("2026-10-02"), "note": "二"},
        {**day, "by": "何万里", "decision": "not_eligible", "expected_on": D("2026-10-03"), "note": "三"},
    )
    assert counts(take(work, *rows, kind="follow_up")) == (3, 0, 0, 0)


def _eligible_after_all_on_a_day(work: Work) -> None:
    take(work, {"handover": "YJ-3", "on": TODAY, "by": "周静", "note": "早上"}, kind="follow_up")
    take(work, {"handover": "YJ-3", "on": TODAY, "by": "朱明远", "decision": "eligible"}, kind="follow_up")
    handover_gate.notice(work, "YJ-3", TODAY)


def _linked_by_hand(work: Work) -> None:
    contract.add(work, "MF-1", "H001", {"project_number": "XM-2", "free_until": D("2027-09-01")}, {})
    take(work, {"number": "YJ-2", **YES})
    contract.edit(work, contract.find(work, "MF-1"), {"free_until": D("2028-01-01")})


STORIES: dict[str, Callable[[Work], object]] = {
    "as it is": lambda work: None,
    "several on a day": _both_on_a_day,
    "eligible on a day with more": _eligible_after_all_on_a_day,
    "linked to a row that was there": _linked_by_hand,
    "registered by half": lambda work: take(work, {"number": "YJ-4", **DONE, "modules": None}),
    "one of them void": lambda work: handover.void(work, "YJ-3", "重复"),
}
KINDS = ("staff", "customer", "contract", "handover", "follow_up")


@pytest.mark.parametrize("story", STORIES)
def test_what_is_exported_makes_the_same_hand_overs_again(tmp_path: Path, story: str) -> None:
    from svcq.store.exports import records
    from tests.stores import blank

    path, other = handed(tmp_path / "svcq.db"), blank(tmp_path / "other.db")
    with writing(path) as work:
        STORIES[story](work)

    def out(store: Path, kind: str) -> list[dict[str, object]]:
        from svcq.sheets.kinds import KINDS as sheets

        reader = Reader(at(store))
        keys = [one.key for one in sheets[kind].fields if one.key != "revision"]
        rows = [{key: row[key] for key in keys if row.get(key)} for row in records(reader, kind, TODAY)]
        reader.close()
        return rows

    def listed(store: Path, day: date) -> list[dict[str, object]]:
        reader = Reader(at(store))
        rows = [{**row, "id": 0} for row in handovers(reader, day) if row["state"] != "void"]
        rows += [line for one in rows for line in trail(reader, str(one["number"]), day)]
        reader.close()
        return rows

    before = dump(path)
    with writing(path) as work:
        for kind in KINDS:
            assert counts(take(work, *out(path, kind), kind=kind))[0::3] == (0, 0), kind
    assert dump(path) == before
    with writing(other) as work:
        for kind in KINDS:
            outcome = take(work, *out(path, kind), kind=kind)
            assert outcome.faults == []
    assert faults(other) == []
    for kind in KINDS:
        assert out(other, kind) == out(path, kind), kind
    for day in ("2026-09-02", "2026-09-10", "2026-09-15", "2026-10-09", "2026-11-23"):
        assert listed(other, D(day)) == listed(path, D(day))


def test_many_hand_overs_come_in_at_once(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    rows = [
        {**NEW, **(YES if n % 2 else NO), "number": f"YJ-{n:04d}", "phase": f"{n}期"} for n in range(10, 510)
    ]
    with writing(path) as work:
        assert counts(take(work, *rows)) == (500, 0, 0, 0)
        assert len(work.session.exec(select(Handover.id)).all()) == 504
    assert faults(path) == []
