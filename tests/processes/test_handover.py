"""What happens to hand-overs: each gate once, each refusal a sentence that leaves nothing behind, what follows in step."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from svcq.errors import NotFound, Refused, SvcqError, Usage
from svcq.processes import (
    contract,
    contract_calls,
    customer,
    handover,
    handover_gate,
    handover_trail,
    holders,
    staff,
    terms,
)
from svcq.processes.handover_trail import Decision
from svcq.processes.work import Work
from svcq.store.tables.contract import Contract
from svcq.store.tables.handover import Handover
from svcq.store.tables.ledger import ObligationRow
from tests.handed import CONTRACT, NO, PAPERS, YES, handed
from tests.stores import TODAY, audited, business, dump, faults, writing

D = date.fromisoformat
TOMORROW = TODAY + timedelta(days=1)
Act = Callable[[Work], object]


def mend(number: str, **values: object) -> Act:
    """An edit."""
    return lambda work: handover.edit(work, handover.living(work, number), values)


def new(number: str | None, owner: str = "H001", **values: object) -> Act:
    """A new hand-over."""
    people: dict[str, str | None] = {"project_manager": "卫星汉"}
    return lambda work: handover.add(work, number, owner, values, people)


def decide(number: str, decision: Decision, **other: object) -> Act:
    """A decision, other than it stands in some points."""
    return lambda work: handover_trail.decide(work, number, replace(decision, **other))  # type: ignore[arg-type]


def ask(number: str, on: str, expected: str | None = None, note: str | None = "好转") -> Act:
    """A follow-up."""
    day = D(expected) if expected else None
    return lambda work: handover_trail.follow_up(work, number, D(on), "周静", day, note)


def gate(name: str, number: str, on: str) -> Act:
    """`register`, `notice` or `receipt`."""
    return lambda work: getattr(handover_gate, name)(work, number, D(on))


def both(*acts: Act) -> Act:
    """One act after the other."""
    return lambda work: [act(work) for act in acts]


ACTS: dict[str, Act] = {
    "add": new("YJ-9", project="LIS", accepted_on=TODAY),
    "add without a number": new(None, project="LIS"),
    "apply": lambda work: handover_gate.apply(work, "YJ-1", PAPERS),
    "apply in part": lambda work: handover_gate.apply(work, "YJ-1", {"worklog_on": TODAY}),
    "decide: eligible": decide("YJ-2", YES),
    "decide: eligible, for two years": decide("YJ-2", YES, free_until=D("2028-08-31")),
    "decide: not eligible": decide("YJ-2", NO),
    "decide again: not eligible": decide("YJ-3", NO, on=D("2026-10-10"), expected_on=TODAY),
    "decide again: eligible": decide("YJ-3", YES, on=D("2026-10-10")),
    "follow up": ask("YJ-3", "2026-11-06", "2026-12-01"),
    "follow up without a new day": ask("YJ-3", "2026-11-06"),
    "register": gate("register", "YJ-4", "2026-09-17"),
    "notice": gate("notice", "YJ-4", "2026-09-17"),
    "receipt": both(gate("notice", "YJ-4", "2026-09-17"), gate("receipt", "YJ-4", "2026-09-17")),
    "edit": mend("YJ-4", modules="门诊", accepted_on=D("2026-09-02")),
    "edit the customer": mend("YJ-4", customer="H002"),
    "edit the project": mend("YJ-4", project="HIS", project_number="XM-40"),
    "edit its row in the tracking table": both(
        lambda work: (
            contract.add(work, "MF-1", "H001", {}, {})
            if not work.session.exec(select(Contract).where(Contract.number == "MF-1")).first()
            else None
        ),
        mend("YJ-4", contract="MF-1"),
    ),
    "take it out of the tracking table": mend("YJ-4", contract=None),
    "empty a field": mend("YJ-4", modules=None),
    "void": lambda work: handover.void(work, "YJ-4", "重复"),
    "assign": lambda work: handover.assign(work, "YJ-1", "project_manager", ["蒋逢春"], None),
    "unassign": lambda work: handover.assign(work, "YJ-1", "project_manager", [], None),
    "customer assign": lambda work: customer.assign(work, "H001", "account_manager", [], None),
    "the row of the tracking table mended": lambda work: contract.edit(
        work, contract.living(work, CONTRACT), {"customer_status": None}
    ),
    "the row of the tracking table void": lambda work: contract.void(work, CONTRACT, "重复"),
    "day off": lambda work: terms.company_days(work, [D("2026-09-16")], False, None, lambda n: None),
}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_that_changes_something_is_in_the_audit_and_leaves_a_whole_store(
    tmp_path: Path, name: str
) -> None:
    path = handed(tmp_path / "svcq.db")
    before, rows = business(path), audited(path)
    with writing(path) as work:
        ACTS[name](work)
    assert business(path) != before
    assert audited(path) > rows
    assert faults(path) == []


@pytest.mark.parametrize("name", sorted(ACTS.keys() - {"add", "add without a number"}))
def test_the_same_act_again_changes_nothing_at_all(tmp_path: Path, name: str) -> None:
    path = handed(tmp_path / "svcq.db")
    with writing(path) as work:
        ACTS[name](work)
    before = dump(path)
    with writing(path) as work:
        ACTS[name](work)
    assert dump(path) == before


@pytest.mark.parametrize("name", ACTS)
def test_a_dry_run_of_an_act_keeps_nothing(tmp_path: Path, name: str) -> None:
    path = handed(tmp_path / "svcq.db")
    before = dump(path)
    with writing(path, dry_run=True) as work:
        ACTS[name](work)
    assert dump(path) == before


REFUSALS: dict[str, tuple[Act, type[SvcqError], str]] = {
    "a number that exists": (new("YJ-1"), Refused, "exists already"),
    "a customer nobody knows": (new("YJ-9", "江州中心医院"), NotFound, "did you mean 江州市中心医院"),
    "a hand-over nobody knows": (gate("notice", "YJ-11", "2026-09-17"), NotFound, "did you mean YJ-1"),
    "accepted in the future": (new("YJ-9", accepted_on=TOMORROW), Refused, "in the future"),
    "free maintenance the wrong way round": (
        new("YJ-9", free_from=TODAY, free_until=D("2026-01-01")),
        Refused,
        "free maintenance ends before it starts: 2026-01-01 is before 2026-11-23 [一.1.A]",
    ),
    "handed in on another day": (
        lambda work: handover_gate.apply(work, "YJ-2", {"worklog_on": D("2026-09-03")}),
        Refused,
        "the worklog is recorded on 2026-09-04 already; `svcq handover edit YJ-2 --reason …` mends it",
    ),
    "handed in tomorrow": (
        lambda work: handover_gate.apply(work, "YJ-1", {"worklog_on": TOMORROW}),
        Refused,
        "in the future",
    ),
    "decided before anything is in": (
        decide("YJ-1", YES),
        Refused,
        "nothing can be decided on 2026-09-15: the application is not in, the worklog is not in, "
        "the acceptance documents are not in [一.1]",
    ),
    "decided before all is in": (decide("YJ-2", YES, on=D("2026-09-03")), Refused, "the worklog is not in"),
    "decided in the future": (decide("YJ-2", YES, on=TOMORROW), Refused, "in the future"),
    "decided with an engineer": (
        decide("YJ-2", YES, by="李伟"),
        Refused,
        "李伟 is neither regional nor division manager: it is confirmed with one of 何万里, 朱明远 [一.1]",
    ),
    "decided with nobody known": (decide("YJ-2", YES, by="朱远明"), NotFound, "did you mean 朱明远"),
    "decided with somebody who had left": (
        both(
            lambda work: staff.edit(work, "何万里", {"left_on": D("2026-09-14")}, None),
            decide("YJ-2", YES),
        ),
        Refused,
        "何万里 left on 2026-09-14",
    ),
    "decided with somebody void": (
        both(lambda work: staff.void(work, "何万里", "重复"), decide("YJ-2", YES)),
        Refused,
        "is void since",
    ),
    "decided with somebody while there is no manager": (
        both(
            lambda work: staff.edit(work, "何万里", {}, ["qc"]),
            lambda work: staff.edit(work, "朱明远", {}, ["qc"]),
            decide("YJ-2", YES),
        ),
        Refused,
        "svcq staff edit NAME --role regional_manager",
    ),
    "not eligible without a reason": (
        decide("YJ-2", NO, reason=None),
        Refused,
        "say --expected and --reason [一.1.B]",
    ),
    "not eligible without a day": (
        decide("YJ-2", NO, expected_on=None),
        Refused,
        "say --expected and --reason",
    ),
    "expected before it was decided": (
        decide("YJ-2", NO, expected_on=D("2026-09-09")),
        Refused,
        "it cannot be expected on 2026-09-09: that is before 2026-09-10 [一.1.B]",
    ),
    "eligible twice": (
        decide("YJ-4", YES, on=TODAY),
        Refused,
        "the project is eligible since 2026-09-15 [一.1]",
    ),
    "not eligible after all": (
        decide("YJ-4", NO, on=TODAY, expected_on=TODAY),
        Refused,
        "is eligible since 2026-09-15",
    ),
    "eligible with another manager": (decide("YJ-4", YES, by="朱明远"), Refused, "is eligible since"),
    "eligible for another time": (
        decide("YJ-4", YES, free_until=D("2028-01-01")),
        Refused,
        "is eligible since",
    ),
    "eligible before it was not": (
        decide("YJ-3", YES, on=D("2026-09-09")),
        Refused,
        "it was not eligible yet on 2026-09-10",
    ),
    "followed up before it was decided": (
        ask("YJ-2", "2026-11-06"),
        Refused,
        "it was not decided by 2026-11-06",
    ),
    "followed up once it is eligible": (ask("YJ-4", "2026-11-06"), Refused, "is eligible since"),
    "followed up in the future": (ask("YJ-3", str(TOMORROW)), Refused, "in the future"),
    "a new day without a note": (
        ask("YJ-3", "2026-11-06", "2026-12-01", None),
        Refused,
        "say --note [一.1.B]",
    ),
    "a new day that is past": (ask("YJ-3", "2026-11-06", "2026-11-05"), Refused, "that is before 2026-11-06"),
    "registered before it is eligible": (
        gate("register", "YJ-3", "2026-11-06"),
        Refused,
        "hand-over YJ-3 cannot be registered yet, it lacks: start of free maintenance, end of free maintenance, "
        "date of the decision, customer status in the tracking table [一.2]",
    ),
    "registered incompletely": (
        both(mend("YJ-4", modules=None, project_number=None), gate("register", "YJ-4", "2026-09-17")),
        Refused,
        "it lacks: project number, modules [一.2]",
    ),
    "registered on another day": (
        both(gate("register", "YJ-4", "2026-09-17"), gate("register", "YJ-4", "2026-09-18")),
        Refused,
        "the registration is recorded on 2026-09-17 already",
    ),
    "registered tomorrow": (gate("register", "YJ-4", str(TOMORROW)), Refused, "in the future"),
    "a notice before it is eligible": (
        gate("notice", "YJ-3", "2026-11-06"),
        Refused,
        "hand-over YJ-3 is not eligible: the notice goes out once it is [一.3]",
    ),
    "a receipt before the notice": (
        gate("receipt", "YJ-4", "2026-11-06"),
        Refused,
        "`svcq handover notice YJ-4 --on DATE` first [一.3]",
    ),
    "a receipt of the day before": (
        both(gate("notice", "YJ-4", "2026-09-17"), gate("receipt", "YJ-4", "2026-09-16")),
        Refused,
        "the notice was confirmed before it was sent: 2026-09-16 is before 2026-09-17 [一.3]",
    ),
    "papers mended to a day after the decision": (
        mend("YJ-4", worklog_on=D("2026-09-16")),
        Refused,
        "nothing can be decided on 2026-09-15: the worklog is not in [一.1]",
    ),
    "papers taken away after the decision": (
        mend("YJ-3", application_on=None),
        Refused,
        "the application is not in",
    ),
    "a row of the tracking table that is of another hand-over": (
        both(decide("YJ-2", YES), mend("YJ-2", contract=CONTRACT)),
        Refused,
        f"contract {CONTRACT} belongs to another hand-over [一.1.A]",
    ),
    "a row of the tracking table that is of another hospital": (
        both(lambda work: contract.add(work, "MF-1", "H002", {}, {}), mend("YJ-4", contract="MF-1")),
        Refused,
        "contract MF-1 is of another customer [一.1.A]",
    ),
    "a row of the tracking table before it is eligible": (
        mend("YJ-3", contract=CONTRACT),
        Refused,
        "hand-over YJ-3 is not eligible: it has no row in the tracking table [一.1.A]",
    ),
    "a role that hand-overs have not": (
        lambda work: handover.assign(work, "YJ-1", "engineer", ["李伟"], None),
        Usage,
        "is no role here",
    ),
    "a void hand-over decided": (
        both(lambda work: handover.void(work, "YJ-2", "重复"), decide("YJ-2", YES)),
        Refused,
        "hand-over YJ-2 is void since 2026-11-23",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_is_a_sentence_and_leaves_nothing_behind(tmp_path: Path, name: str) -> None:
    act, kind, sentence = REFUSALS[name]
    path = handed(tmp_path / "svcq.db")
    before = dump(path)
    with pytest.raises(kind) as refused, writing(path) as work:
        act(work)
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)
    assert dump(path) == before


def test_numbers_made_by_us_follow_the_policy(tmp_path: Path) -> None:
    with writing(handed(tmp_path / "svcq.db")) as work:
        made = [new(None)(work) for _ in range(2)]
        assert [one.number for one in made if isinstance(one, Handover)] == [
            "SVCQ-H2026-0001",
            "SVCQ-H2026-0002",
        ]


# --- the tracking table


def row_of(work: Work, number: str) -> Contract:
    """The row of the tracking table of a hand-over."""
    return work.session.get_one(Contract, handover.find(work, number).contract_id)


def test_an_eligible_project_enters_the_tracking_table_as_free_maintenance_to_convert(tmp_path: Path) -> None:
    with writing(handed(tmp_path / "svcq.db")) as work:
        row = row_of(work, "YJ-4")
        assert (row.number, row.project, row.project_number) == (CONTRACT, "HIS4", "XM-4")
        assert (row.free_from, row.free_until) == (D("2026-09-01"), D("2027-09-01"))
        assert (row.customer_status, row.entered_on, row.first_on) == (
            "转化",
            D("2026-09-15"),
            D("2026-09-15"),
        )
        assert (row.sealed_on, row.customer_id) == (None, handover.find(work, "YJ-4").customer_id)


def test_its_own_account_manager_goes_into_the_tracking_table_with_it(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    with writing(path) as work:
        handover.assign(work, "YJ-2", "account_manager", ["周静"], D("2026-09-01"))
        handover.assign(work, "YJ-2", "account_manager", ["吴兰"], D("2026-11-01"))
        decide("YJ-2", YES)(work)
        record = contract.record(row_of(work, "YJ-2"))
        assert holders.held(work, record, "account_manager", TODAY) == ["周静"]
        assert holders.held(work, contract.record(row_of(work, "YJ-4")), "account_manager", TODAY) == []


def test_a_row_that_is_there_for_the_project_already_is_the_one(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    values = {"project_number": "XM-2", "free_until": D("2027-09-01")}
    with writing(path) as work:
        for number, owner in (("MF-0", "H002"), ("MF-1", "H001"), ("MF-2", "H001")):
            contract.add(work, number, owner, values, {})
        contract.void(work, "MF-1", "重复")
        decide("YJ-2", YES)(work)
        row = row_of(work, "YJ-2")
        assert (row.number, row.customer_status, row.project, row.entered_on) == (
            "MF-2",
            "转化",
            "HIS2",
            None,
        )
        assert handover.void(work, "YJ-2", "重复")[1] == handover.handover_tracking.Left("MF-2", False)
    assert faults(path) == []


def test_a_row_of_another_hand_over_or_another_end_is_not(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    with writing(path) as work:
        contract.add(work, "MF-1", "H001", {"project_number": "XM-2", "free_until": D("2027-09-02")}, {})
        contract.add(work, "MF-2", "H001", {"project_number": None, "free_until": D("2027-09-01")}, {})
        mend("YJ-2", project_number="XM-4")(work)
        decide("YJ-2", YES)(work)
        assert row_of(work, "YJ-2").number == "SVCQ-2026-0002"
    assert faults(path) == []


def test_mending_the_acceptance_moves_free_maintenance_in_both_tables(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    with writing(path) as work:
        mend("YJ-4", accepted_on=D("2026-09-02"), customer="H002")(work)
        for row in (handover.find(work, "YJ-4"), row_of(work, "YJ-4")):
            assert (row.free_from, row.free_until) == (D("2026-09-02"), D("2027-09-02"))
            assert row.customer_id == 2
    with writing(path) as work:
        contract.edit(work, row_of(work, "YJ-4"), {"free_until": D("2027-12-31")})
        mend("YJ-4", accepted_on=D("2026-09-03"))(work)
        assert row_of(work, "YJ-4").free_from == D("2026-09-03")
        assert row_of(work, "YJ-4").free_until == D("2027-12-31")  # it was mended there on its own
    assert faults(path) == []


def test_free_maintenance_that_was_said_does_not_move(tmp_path: Path) -> None:
    with writing(handed(tmp_path / "svcq.db")) as work:
        decide("YJ-2", YES, free_from=D("2026-09-10"), free_until=D("2028-08-31"))(work)
        mend("YJ-2", accepted_on=D("2026-09-02"))(work)
        found = handover.find(work, "YJ-2")
        assert (found.free_from, found.free_until) == (D("2026-09-10"), D("2028-08-31"))


def test_without_an_acceptance_free_maintenance_follows_when_that_is_known(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    with writing(path) as work:
        mend("YJ-2", accepted_on=None)(work)
        decide("YJ-2", YES)(work)
        assert handover_gate.standing(work, "YJ-2").missing == ("free_from", "free_until")
        mend("YJ-2", accepted_on=D("2026-09-02"))(work)
        assert handover_gate.standing(work, "YJ-2").missing == ()
        assert row_of(work, "YJ-2").free_until == D("2027-09-02")
    assert faults(path) == []


UNTOUCHED: list[tuple[Act, bool]] = [
    (lambda work: None, True),
    (mend("YJ-4", accepted_on=D("2026-09-02")), True),
    (lambda work: contract.set_date(work, CONTRACT, "sealed_on", TODAY), False),
    (lambda work: contract.edit(work, contract.living(work, CONTRACT), {"amount_fen": 100}), False),
    (lambda work: contract.edit(work, contract.living(work, CONTRACT), {"project": "另一个"}), False),
    (lambda work: contract.edit(work, contract.living(work, CONTRACT), {"customer_status": "不转化"}), False),
    (lambda work: contract_calls.call(work, CONTRACT, TODAY, None, None, None), False),
    (lambda work: contract.add(work, "HT-9", "H001", {"follows": CONTRACT}, {}), False),
]


@pytest.mark.parametrize(("before", "voided"), UNTOUCHED)
def test_a_void_hand_over_takes_its_row_with_it_unless_that_has_a_life_of_its_own(
    tmp_path: Path, before: Act, voided: bool
) -> None:
    path = handed(tmp_path / "svcq.db")
    with writing(path) as work:
        before(work)
        changed, left = handover.void(work, "YJ-4", "重复")
        assert changed
        assert left is not None
        assert (left.number, left.void) == (CONTRACT, voided)
        assert bool(row_of(work, "YJ-4").void_on) == voided
    assert faults(path) == []


# --- the ledger follows


def owed(work: Work, number: str, rule: str) -> list[tuple[date | None, str]]:
    """When the obligations of a rule were met, and their notes."""
    rows = select(ObligationRow).where(
        ObligationRow.number == number, ObligationRow.rule == f"handover.{rule}"
    )
    return [(row.met_on, row.note) for row in work.session.exec(rows)]


def registered(path: Path) -> list[tuple[date | None, str]]:
    """How the registration of YJ-4 stands."""
    with writing(path, dry_run=True) as work:
        return owed(work, "YJ-4", "register")


LOSSES: list[tuple[Act, Act, str]] = [
    (
        lambda work: contract.edit(work, contract.living(work, CONTRACT), {"customer_status": None}),
        lambda work: contract.edit(work, contract.living(work, CONTRACT), {"customer_status": "转化"}),
        "customer_status",
    ),
    (mend("YJ-4", modules=None), mend("YJ-4", modules="门诊"), "modules"),
    (mend("YJ-4", customer="H002"), mend("YJ-4", customer="H001"), "account_manager"),
    (
        mend("YJ-4", customer="H002"),
        lambda work: customer.assign(work, "H002", "account_manager", ["赵强"], None),
        "account_manager",
    ),
    (
        mend("YJ-4", customer="H002"),
        lambda work: handover.assign(work, "YJ-4", "account_manager", ["赵强"], None),
        "account_manager",
    ),
]


@pytest.mark.parametrize(("loses", "regains", "what"), LOSSES)
def test_a_registration_is_open_as_long_as_something_is_missing_wherever_that_is_written(
    tmp_path: Path, loses: Act, regains: Act, what: str
) -> None:
    path = handed(tmp_path / "svcq.db")
    with writing(path) as work:
        gate("register", "YJ-4", "2026-09-17")(work)
    assert registered(path) == [(D("2026-09-17"), "")]
    with writing(path) as work:
        loses(work)
    assert registered(path) == [(None, what)]
    assert faults(path) == []
    with writing(path) as work:
        regains(work)
    assert registered(path) == [(D("2026-09-17"), "")]
    assert faults(path) == []


def test_a_void_row_of_the_tracking_table_opens_the_registration_until_there_is_another(
    tmp_path: Path,
) -> None:
    path = handed(tmp_path / "svcq.db")
    with writing(path) as work:
        gate("register", "YJ-4", "2026-09-17")(work)
        contract.void(work, CONTRACT, "重复")
    assert registered(path) == [(None, "customer_status")]
    assert faults(path) == []
    with writing(path) as work:
        contract.add(work, "MF-1", "H001", {"customer_status": "转化"}, {})
        mend("YJ-4", contract="MF-1")(work)
    assert registered(path) == [(D("2026-09-17"), "")]
    assert faults(path) == []


def test_an_account_manager_of_a_later_day_is_one_and_the_ledger_holds_on_every_day(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    with writing(path) as work:
        mend("YJ-4", customer="H002")(work)
        gate("notice", "YJ-4", "2026-09-17")(work)
        customer.assign(work, "H002", "account_manager", ["赵强"], D("2027-01-01"))
        gate("register", "YJ-4", "2026-09-17")(work)
    assert faults(path) == []
    assert faults(path, today=D("2027-06-01")) == []


def test_a_void_hand_over_owes_nothing(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    with writing(path) as work:
        handover.void(work, "YJ-3", "重复")
    with writing(path) as work:
        assert owed(work, "YJ-3", "follow_up") == owed(work, "YJ-3", "apply") == []
        assert handover.void(work, "YJ-3", "又") == (False, None)
