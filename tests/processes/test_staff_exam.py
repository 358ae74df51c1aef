"""三.1 and 三.3: training, exams and leave; nothing is assigned to somebody new before the exam."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from svcq.errors import Refused, SvcqError
from svcq.processes import assignments, customer, holders, staff, staff_exam, staff_leave, terms, waiver
from svcq.processes.intake import Line, Manner
from svcq.processes.intake_people import take_customers, take_staff
from svcq.processes.names import person
from svcq.processes.work import Work
from svcq.store.read import Reader
from svcq.store.read_ledger import obligations
from svcq.store.read_staff import examinees, exams, leaves
from svcq.store.tables.house import Audit
from svcq.store.tables.issue_check import SpotFinding
from svcq.store.tables.staff import Exam, Leave
from tests.places import at
from tests.stores import TODAY, dump, faults, peopled, writing

D = date.fromisoformat
LIVE = D("2026-10-01")
JOINED = D("2026-10-12")  # the exam is due on 11 November
HOSPITAL = "江州市中心医院"


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    """A company that is live since October, with an engineer who joined after that, and one before."""
    path = peopled(tmp_path / "svcq.db")
    with writing(path) as work:
        staff.add(work, "新人", ["engineer"], {"joined_on": JOINED})
        staff.add(work, "老手", ["engineer"], {"joined_on": D("2026-09-30")})
        terms.live(work, LIVE, lambda n: None)
    return path


def owed(path: Path, name: str = "新人", t: date = TODAY) -> list[tuple[object, object, object]]:
    """The exams that a person is owed: due, met, state."""
    reader = Reader(at(path))
    filters = {"rule": "staff.exam", "number": name}
    found = [
        (r["due_on"], r["met_on"], r["state"]) for r in obligations(reader, t, states=None, filters=filters)
    ]
    reader.close()
    return found


def trained(work: Work) -> None:
    """The new engineer was trained."""
    staff_exam.train(work, "新人", D("2026-10-20"))


DUE = D("2026-11-11")


def test_training_and_the_first_exam_that_is_passed_meet_the_obligation(path: Path) -> None:
    assert owed(path) == [(DUE, None, "overdue")]
    with writing(path) as work:
        assert staff_exam.train(work, "新人", D("2026-10-20"))
        assert staff_exam.examine(work, "新人", D("2026-11-02"), False, "55分")
    assert owed(path) == [(DUE, None, "overdue")]
    with writing(path) as work:
        assert staff_exam.examine(work, "新人", D("2026-11-09"), True)
        assert staff_exam.examine(work, "新人", D("2026-11-16"), True, "复试")
        assert person(work, "新人").certified_on == D("2026-11-09")
    assert owed(path) == [(DUE, D("2026-11-09"), "met")]
    assert owed(path, t=D("2026-11-08")) == [(DUE, None, "open")]
    reader = Reader(at(path))
    assert [(row["on"], row["result"], row["note"]) for row in exams(reader, "新人", TODAY)] == [
        (D("2026-11-02"), "failed", "55分"),
        (D("2026-11-09"), "passed", None),
        (D("2026-11-16"), "passed", "复试"),
    ]
    assert len(exams(reader, "新人", D("2026-11-02"))) == 1
    reader.close()
    assert faults(path) == []


def test_an_exam_passed_earlier_that_is_told_of_later_is_the_first(path: Path) -> None:
    with writing(path) as work:
        trained(work)
        staff_exam.examine(work, "新人", D("2026-11-16"), True)
        assert staff_exam.examine(work, "新人", D("2026-11-09"), True)
    assert owed(path) == [(DUE, D("2026-11-09"), "met")]


def test_training_held_or_an_exam_taken_again_changes_nothing(path: Path) -> None:
    with writing(path) as work:
        trained(work)
        staff_exam.examine(work, "新人", D("2026-11-09"), False)
        staff_exam.examine(work, "新人", D("2026-11-09"), True)  # failed in the morning
    before = dump(path)
    with writing(path) as work:
        assert not staff_exam.train(work, "新人", D("2026-10-20"))
        assert not staff_exam.examine(work, "新人", D("2026-11-09"), True)
        assert not staff_exam.examine(work, "新人", D("2026-11-09"), False)
    assert dump(path) == before


def test_an_exam_recorded_by_mistake_is_struck_out_and_the_next_one_counts(path: Path) -> None:
    with writing(path) as work:
        trained(work)
        for day in ("2026-11-09", "2026-11-16"):
            staff_exam.examine(work, "新人", D(day), True)
        assert staff_exam.strike(work, "新人", D("2026-11-09"), True)
        assert not staff_exam.strike(work, "新人", D("2026-11-09"), True)
        assert not staff_exam.strike(work, "新人", D("2026-11-16"), False)
    assert owed(path) == [(DUE, D("2026-11-16"), "late")]
    with writing(path) as work:
        assert staff_exam.strike(work, "新人", D("2026-11-16"), True)
        assert work.session.exec(select(Exam)).all() == []
    assert owed(path) == [(DUE, None, "overdue")]
    assert faults(path) == []


def away(first: str, last: str, kind: str | None = None, name: str = "李伟") -> Callable[[Work], object]:
    """Leave is entered."""
    return lambda work: staff_leave.add(work, name, D(first), D(last), kind)


REFUSALS: dict[str, tuple[Callable[[Work], object], str]] = {
    "an exam without training": (
        lambda work: staff_exam.examine(work, "老手", TODAY, True),
        r"not trained by 2026-11-23: .*`svcq staff train 老手 --on DATE` \[三\.1\]",
    ),
    "a failed exam without training": (
        lambda work: staff_exam.examine(work, "老手", TODAY, False),
        "not trained",
    ),
    "an exam before the training": (
        lambda work: staff_exam.examine(work, "新人", D("2026-10-19"), True),
        r"not trained by 2026-10-19.*三\.1",
    ),
    "an exam in the future": (
        lambda work: staff_exam.examine(work, "新人", D("2026-11-24"), True),
        "in the future",
    ),
    "training in the future": (lambda work: staff_exam.train(work, "老手", D("2026-11-24")), "in the future"),
    "training on another day": (
        lambda work: staff_exam.train(work, "新人", D("2026-10-21")),
        "2026-10-20 is recorded already; `svcq staff edit 新人 --trained",
    ),
    "training after the exam": (
        lambda work: staff.edit(work, "新人", {"certified_on": D("2026-10-19")}, None),
        r"exam of 2026-10-19 is before the training of 2026-10-20.*三\.1",
    ),
    "certified in the future": (
        lambda work: staff.edit(work, "新人", {"certified_on": D("2026-11-24")}, None),
        "in the future",
    ),
    "leave that ends before it begins": (away("2026-11-02", "2026-11-01"), r"ends on 2026-11-01.*三\.3"),
    "leave on a day that is free already": (
        away("2026-11-04", "2026-11-08"),
        "away from 2026-11-02 until 2026-11-04 already: `svcq staff leave 李伟 --from 2026-11-02",
    ),
    "leave of somebody who is void": (away("2026-12-01", "2026-12-01", name="吴兰"), "is void"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_what_cannot_be_is_refused_with_the_clause_or_the_remedy(path: Path, name: str) -> None:
    with writing(path) as work:
        trained(work)
        staff_leave.add(work, "李伟", D("2026-11-02"), D("2026-11-04"))
        staff.void(work, "吴兰", "重复")
    before = dump(path)
    act, said = REFUSALS[name]
    with pytest.raises(Refused, match=said), writing(path) as work:
        act(work)
    assert dump(path) == before


# --- leave


def test_leave_is_entered_once_mended_in_its_kind_and_taken_back(path: Path) -> None:
    days = (D("2026-11-02"), D("2026-11-04"))
    with writing(path) as work:
        assert staff_leave.add(work, "李伟", *days)
        assert not staff_leave.add(work, "李伟", *days)
        assert staff_leave.add(work, "李伟", *days, "年假")
        assert not staff_leave.add(work, "李伟", *days)  # what is not said is kept
        assert staff_leave.add(work, "李伟", D("2026-11-05"), D("2026-11-05"))
        assert staff_leave.add(work, "老手", *days)
        assert not staff_leave.remove(work, "李伟", D("2026-11-02"), D("2026-11-03"))
    reader = Reader(at(path))
    assert [
        tuple(row[key] for key in ("person", "from", "until", "days", "kind")) for row in leaves(reader)
    ] == [
        ("李伟", D("2026-11-02"), D("2026-11-04"), 3, "年假"),
        ("李伟", D("2026-11-05"), D("2026-11-05"), 1, None),
        ("老手", D("2026-11-02"), D("2026-11-04"), 3, None),
    ]
    assert len(list(leaves(reader, "李伟", D("2026-11-04")))) == 1
    reader.close()
    with writing(path) as work:
        assert staff_leave.remove(work, "李伟", *days)
        assert not staff_leave.remove(work, "李伟", *days)
    assert [row.action for row in audit(path, "leave")] == ["insert", "update", "insert", "insert", "delete"]


def audit(path: Path, table: str) -> list[Audit]:
    """The audit rows of a table."""
    with writing(path, dry_run=True) as work:
        rows = work.session.exec(select(Audit).where(Audit.table_name == table).order_by(Audit.id)).all()  # type: ignore[arg-type]
        work.session.expunge_all()
        return list(rows)


def test_leave_that_was_drawn_for_a_spot_check_stays(path: Path) -> None:
    with writing(path) as work:
        staff_leave.add(work, "李伟", D("2026-10-02"), D("2026-10-04"))
        row = work.session.exec(select(Leave)).one()
        drawn = {"number": "2026-11-001", "person_id": row.person_id, "record": "leave", "leave_id": row.id}
        work.session.add(SpotFinding(record_on=row.from_on, **drawn))
    with pytest.raises(Refused, match=r"drawn .* as 2026-11-001: `svcq issue finding"), writing(path) as work:
        staff_leave.remove(work, "李伟", D("2026-10-02"), D("2026-10-04"))


# --- the gate

GATED: dict[str, Callable[[Work, bool], object]] = {
    "customer add": lambda work, force: customer.add(
        work, "新医院", {}, {"engineer": ["李伟", "新人"]}, force=force
    ),
    "customer assign": lambda work, force: customer.assign(
        work, HOSPITAL, "engineer", ["李伟", "新人"], None, force=force
    ),
    "staff assign": lambda work, force: assignments.hand_over(
        work, "engineer", "李伟", "新人", None, force=force
    ),
}


@pytest.mark.parametrize("name", GATED)
def test_nothing_is_assigned_to_a_new_engineer_before_the_exam(path: Path, name: str) -> None:
    before = dump(path)
    with (
        pytest.raises(Refused, match=r"has not passed the exam, due 2026-11-11.*三\.1"),
        writing(path) as work,
    ):
        GATED[name](work, False)
    assert dump(path) == before
    with writing(path) as work:
        assert GATED[name](work, True)
    assert dump(path) != before


@pytest.mark.parametrize("name", GATED)
def test_after_the_exam_it_is_assigned(path: Path, name: str) -> None:
    with writing(path) as work:
        trained(work)
        staff_exam.examine(work, "新人", TODAY, True)
        assert GATED[name](work, False)


def test_who_serves_a_hospital_already_is_not_asked_again(path: Path) -> None:
    with writing(path) as work:
        customer.assign(work, HOSPITAL, "engineer", ["新人"], None, force=True)
        assert customer.assign(work, HOSPITAL, "engineer", ["新人", "老手"], None)
        assert customer.assign(work, HOSPITAL, "engineer", ["老手", "新人"], None)


def test_other_roles_are_open_to_who_has_no_exam(path: Path) -> None:
    with writing(path) as work:
        assert customer.assign(work, HOSPITAL, "account_manager", ["新人"], None)


def hospitals(path: Path, *rows: dict[str, object]) -> list[str]:
    """What an import of hospitals is refused for, with the field."""
    with writing(path) as work:
        lines = [Line(number, row) for number, row in enumerate(rows, start=2)]
        return [f"{fault.field}: {fault.why}" for fault in take_customers(work, lines, Manner()).faults]


def test_an_import_puts_nobody_new_on_a_hospital_but_leaves_who_is_there(path: Path) -> None:
    known = {"name": HOSPITAL, "engineer": ("李伟", "新人")}
    found = hospitals(
        path, known, {"name": "新医院", "engineer": ("新人",)}, {"name": "另一家", "engineer": ("老手",)}
    )
    assert len(found) == 2
    assert all(line.startswith("engineer: 新人 joined on") and "[三.1]" in line for line in found)
    with writing(path) as work:
        customer.assign(work, HOSPITAL, "engineer", ["李伟", "新人"], None, force=True)
    assert hospitals(path, known) == []
    with writing(path) as work:
        record = customer.record(customer.find(work, HOSPITAL))
        assert holders.held(work, record, "engineer", TODAY) == ["李伟", "新人"]


def test_an_import_of_staff_takes_exams_that_are_to_come_only_if_forced(path: Path) -> None:
    line = Line(2, {"name": "新人", "trained_on": D("2026-10-20"), "certified_on": D("2026-12-01")})
    with writing(path) as work:
        (fault,) = take_staff(work, [line], Manner()).faults
        assert "in the future" in str(fault.why)
        assert take_staff(work, [line], Manner(force=True)).updated == 1


# --- the ledger follows the person


def test_a_rename_takes_the_obligation_and_its_waiver_along(path: Path) -> None:
    with writing(path) as work:
        waiver.waive(work, "staff.exam", "新人", "产假", TODAY)
    with writing(path) as work:
        staff.edit(work, "新人", {"name": "新名"}, None)
    assert owed(path) == []
    assert owed(path, "新名") == [(DUE, None, "waived")]
    assert faults(path) == []
    with writing(path) as work:
        assert waiver.withdraw(work, "staff.exam", "新名")
    assert owed(path, "新名") == [(DUE, None, "overdue")]


CHANGES: dict[str, tuple[Callable[[Work], object], int]] = {
    "no engineer any more": (lambda work: staff.edit(work, "新人", {}, ["salesperson"]), 0),
    "an engineer now": (lambda work: staff.edit(work, "陈立", {"joined_on": JOINED}, ["engineer"]), 2),
    "void": (lambda work: staff.void(work, "新人", "重复"), 0),
    "joined on an unknown day": (lambda work: staff.edit(work, "新人", {"joined_on": None}, None), 0),
    "another new one": (lambda work: staff.add(work, "又一个", ["engineer"], {"joined_on": TODAY}), 2),
}


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_is_mended_about_a_person_the_ledger_follows(path: Path, name: str) -> None:
    act, count = CHANGES[name]
    with writing(path) as work:
        act(work)
    reader = Reader(at(path))
    rows = list(obligations(reader, TODAY, filters={"rule": "staff.exam"}))
    reader.close()
    assert len([row for row in rows if row["starts_on"] >= LIVE]) == count  # type: ignore[operator]
    assert faults(path) == []


def listed(path: Path, t: date = TODAY, **filters: object) -> list[tuple[object, ...]]:
    """Who has still to pass: name, due, state, barred."""
    reader = Reader(at(path))
    rows = [(r["person"], r["due_on"], r["state"], r["barred"]) for r in examinees(reader, t, filters)]
    reader.close()
    return rows


def test_who_has_still_to_pass_comes_by_urgency_and_the_exempt_at_the_end(path: Path) -> None:
    old = ("老手", D("2026-10-30"), "overdue", False)
    exempt = ("李伟", None, "exempt", False)
    assert listed(path) == [old, ("新人", DUE, "overdue", True), exempt]
    assert listed(path, DUE) == [old, ("新人", DUE, "open", True), exempt]
    assert listed(path, D("2026-10-11")) == [("老手", D("2026-10-30"), "open", False), exempt]
    assert listed(path, person="新人") == [("新人", DUE, "overdue", True)]
    assert listed(path, region="华东") == []
    with writing(path) as work:
        trained(work)
        staff_exam.examine(work, "新人", TODAY, True)
        staff.edit(work, "李伟", {"left_on": D("2026-11-20")}, None)
    assert listed(path) == [old]
    assert listed(path, D("2026-11-20")) == [old, ("新人", DUE, "overdue", True), exempt]


def test_a_refusal_of_an_unknown_name_is_not_found(path: Path) -> None:
    for act in (
        lambda work: staff_exam.train(work, "新仁", TODAY),
        lambda work: staff_exam.examine(work, "新仁", TODAY, True),
        lambda work: staff_leave.add(work, "新仁", TODAY, TODAY),
        lambda work: staff_leave.remove(work, "新仁", TODAY, TODAY),
    ):
        with pytest.raises(SvcqError, match="not among the staff") as caught, writing(path) as work:
            act(work)
        assert caught.value.exit_code == 3
