"""Rows of a file into the store: what a row adds, fills and changes; what is refused, at its field and with its row."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from svcq.processes import contract, customer
from svcq.processes.intake import Line, Manner, Outcome, intakes
from svcq.processes.work import Work
from svcq.store.read import Reader
from svcq.store.read_log import changes
from svcq.store.tables.contract import Contract, ContractCall
from tests.places import at
from tests.stores import TODAY, audited, business, dump, faults, made, writing

D = date.fromisoformat
Values = Mapping[str, object]


def take(work: Work, *rows: Values, kind: str = "contract", create: bool = False) -> Outcome:
    """The rows of one sheet, from row 2 on."""
    lines = [Line(number, row) for number, row in enumerate(rows, 2)]
    return intakes()[kind].take(work, lines, Manner(create_missing=create))


def counts(outcome: Outcome) -> tuple[int, int, int, int]:
    """Added, updated, unchanged, refused."""
    return outcome.added, outcome.updated, outcome.unchanged, len(outcome.faults)


def whys(outcome: Outcome) -> list[tuple[int, str, str]]:
    """Row, field and sentence of each refusal."""
    return [(fault.row, fault.field, str(fault.why)) for fault in outcome.faults]


NEW: Values = {
    "number": "HT-3",
    "customer": "江州市中心医院",
    "salesperson": "陈立",
    "amount": 1000000,
    "sealed_on": D("2026-10-09"),
    "called_on": D("2026-11-11"),
    "promised_on": D("2026-11-20"),
    "follows": "HT-1",
}


def test_the_second_time_a_file_changes_nothing(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    natural = {key: value for key, value in NEW.items() if key != "number"} | {"project": "HIS"}
    with writing(path) as work:
        assert counts(take(work, NEW, natural)) == (2, 0, 0, 0)
    assert faults(path) == []
    before = dump(path)
    with writing(path) as work:
        assert counts(take(work, NEW, natural)) == (0, 0, 2, 0)
    assert dump(path) == before


def test_what_a_row_changes_is_in_the_audit_from_what_to_what(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    row = {
        "number": "HT-1",
        "customer": "云河县人民医院",
        "salesperson": "王敏",
        "sealed_on": D("2026-09-02"),
        "follows": "HT-2",
    }
    with writing(path) as work:
        assert counts(take(work, row)) == (0, 1, 0, 0)
    reader = Reader(at(path))
    told = {line["field"]: (line["before"], line["after"]) for line in changes(reader, limit=1)}
    reader.close()
    assert told == {
        "customer": ("江州市中心医院", "云河县人民医院"),
        "salesperson": ("陈立", "王敏"),
        "from": (None, "2026-11-23"),
        "sealed_on": ("2026-09-01", "2026-09-02"),
        "follows": (None, "HT-2"),
    }
    assert faults(path) == []


def test_clearing_empties_a_promise_and_a_plain_blank_does_not(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    row = {"number": "HT-1", "called_on": D("2026-10-20")}
    with writing(path) as work:
        assert counts(take(work, row)) == (0, 0, 1, 0)
    with writing(path) as work:
        assert counts(take(work, {**row, "promised_on": None})) == (0, 1, 0, 0)
    with writing(path) as work:
        assert [call.promised_on for call in work.session.exec(select(ContractCall))] == [None]
        assert counts(take(work, {**row, "promised_on": None})) == (0, 0, 1, 0)
    assert faults(path) == []


def test_a_row_that_names_the_customers_own_manager_does_not_pin_him_to_the_contract(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    with writing(path) as work:
        customer.assign(work, "江州市中心医院", "account_manager", ["王敏"], None)
    before = dump(path)
    with writing(path) as work:
        assert counts(take(work, {"number": "HT-1", "account_manager": "王敏"})) == (0, 0, 1, 0)
    assert dump(path) == before


def test_an_unchanged_row_about_a_void_contract_is_no_mistake(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    with writing(path) as work:
        contract.void(work, "HT-1", "重复登记")
    with writing(path) as work:
        assert counts(take(work, {"number": "HT-1", "sealed_on": D("2026-09-01")})) == (0, 0, 1, 0)
        assert whys(take(work, {"number": "HT-1", "sealed_on": D("2026-09-02")})) == [
            (2, "number", "contract HT-1 is void")
        ]


REFUSED: list[tuple[list[Values], list[tuple[int, str, str]]]] = [
    (
        [{"number": "HT-3", "customer": "江州中心医院"}],
        [(2, "customer", "customer 江州中心医院 is not known; did you mean 江州市中心医院")],
    ),
    ([{"number": "HT-3"}], [(2, "customer", "a new contract needs its customer")]),
    ([dict(NEW, salesperson="陈丽")], [(2, "salesperson", "陈丽 is not among the staff")]),
    ([dict(NEW, returned_on=D("2026-10-08"))], [(2, "returned_on", "it came back before it was sealed")]),
    ([dict(NEW, follows="HT-7")], [(2, "follows", "contract HT-7 is not known")]),
    ([dict(NEW, follows="HT-3")], [(2, "follows", "contract HT-3 cannot follow itself")]),
    ([NEW, dict(NEW, amount=5)], [(3, "number", "row 2 is about the same record and says otherwise")]),
    (
        [{"number": "HT-2", "customer": "H002", "promised_on": TODAY}],
        [(2, "promised_on", "a promise needs the day of the call")],
    ),
    (
        [
            {"number": "HT-4", "customer": "H001", "follows": "HT-5"},
            {"number": "HT-5", "customer": "H001", "follows": "HT-4"},
        ],
        [
            (2, "follows", "contract HT-4 cannot follow itself"),
            (3, "follows", "contract HT-5 cannot follow itself"),
        ],
    ),
]


@pytest.mark.parametrize(("rows", "expected"), REFUSED)
def test_a_row_is_refused_at_its_field(
    tmp_path: Path, rows: list[Values], expected: list[tuple[int, str, str]]
) -> None:
    with writing(made(tmp_path / "svcq.db"), dry_run=True) as work:
        found = whys(take(work, *rows))
    assert [(row, field) for row, field, _ in found] == [(row, field) for row, field, _ in expected]
    for (*_, said), (*_, sentence) in zip(found, expected, strict=True):
        assert said.startswith(sentence)


def test_a_ring_with_a_contract_of_the_store_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    with writing(path) as work:
        contract.edit(work, contract.living(work, "HT-2"), {"follows": "HT-1"})
    with writing(path, dry_run=True) as work:
        assert whys(take(work, {"number": "HT-1", "follows": "HT-2"})) == [
            (2, "follows", "contract HT-1 cannot follow itself")
        ]


def test_a_void_contract_can_neither_be_changed_nor_followed(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    with writing(path) as work:
        contract.void(work, "HT-2", "重复")
    with writing(path, dry_run=True) as work:
        assert whys(take(work, {"number": "HT-2", "amount": 5})) == [(2, "number", "contract HT-2 is void")]
        found = whys(take(work, {"number": "HT-1", "follows": "HT-2"}))
        assert [one[:2] for one in found] == [(2, "follows")]


def test_with_some_rows_refused_those_that_rest_on_them_are_refused_too(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    rows = (
        {"number": "HT-4", "customer": "H001", "follows": "HT-7"},
        {"number": "HT-5", "customer": "H001", "follows": "HT-4"},
        {"number": "HT-6", "customer": "H001", "follows": "HT-1"},
    )
    with writing(path) as work:
        outcome = take(work, *rows)
    assert [one[:2] for one in whys(outcome)] == [(2, "follows"), (3, "follows")]
    assert counts(outcome) == (1, 0, 0, 2)
    assert faults(path) == []


def test_missing_customers_and_people_are_made_when_asked(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    with writing(path) as work:
        assert counts(take(work, dict(NEW, customer="新医院", salesperson="新人"), create=True)) == (
            1,
            0,
            0,
            0,
        )
    assert faults(path) == []
    assert {row[2] for row in dump(path)["customer"]} >= {"新医院"}


def test_a_call_in_a_row_is_logged_once_and_its_promise_can_be_filled_later(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    row = {"number": "HT-2", "called_on": D("2026-11-10")}
    with writing(path) as work:
        assert counts(take(work, row)) == (0, 1, 0, 0)
    with writing(path) as work:
        assert counts(take(work, row)) == (0, 0, 1, 0)
        assert counts(take(work, {"number": "HT-2", "promised_on": D("2026-11-30")})) == (0, 1, 0, 0)
    with writing(path) as work:
        found = work.session.exec(select(ContractCall).where(ContractCall.contract_id == 2)).all()
        assert [(one.called_on, one.promised_on) for one in found] == [(D("2026-11-10"), D("2026-11-30"))]
    assert faults(path) == []


def test_calls_come_in_by_their_own_sheet_and_only_once(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    rows = (
        {"contract": "HT-2", "on": D("2026-11-10"), "by": "周静", "promised_on": None, "note": None},
        {
            "contract": "HT-2",
            "on": D("2026-11-10"),
            "by": "吴兰",
            "promised_on": D("2026-12-01"),
            "note": "好",
        },
        {"contract": "HT-7", "on": D("2026-11-10")},
        {"contract": "HT-2"},
    )
    with writing(path) as work:
        outcome = take(work, *rows, kind="call")
        assert counts(outcome) == (2, 0, 0, 2)
        assert [one[:2] for one in whys(outcome)] == [(4, "contract"), (5, "on")]
    with writing(path) as work:
        assert counts(take(work, *rows[:2], kind="call")) == (0, 0, 2, 0)
    assert faults(path) == []


def test_every_row_of_a_bulk_that_changed_something_is_in_the_audit(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    before, rows = business(path), audited(path)
    many = [dict(NEW, number=f"B-{n}", follows=None) for n in range(1000)]
    with writing(path) as work:
        assert counts(take(work, *many)) == (1000, 0, 0, 0)
    assert audited(path) == rows + 1000
    assert len(business(path)["contract"]) == len(before["contract"]) + 1000
    assert faults(path) == []
    with writing(path) as work:
        assert (
            work.session.exec(select(Contract).where(Contract.number == "B-999")).one().amount_fen == 1000000
        )


def test_people_and_hospitals_come_in_and_come_in_again_unchanged(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    staff_rows = ({"name": "孙丽", "role": ("engineer", "qc"), "joined_on": D("2026-01-05")},)
    rows = (
        {
            "code": "H003",
            "name": "南湖医院",
            "level": 3,
            "engineer": ("孙丽", "李伟"),
            "account_manager": "赵强",
        },
        {"code": "H001", "name": "江州市中心医院", "engineer": ("孙丽",)},
    )
    with writing(path) as work:
        assert counts(take(work, *staff_rows, kind="staff")) == (1, 0, 0, 0)
        assert counts(take(work, *rows, kind="customer")) == (1, 1, 0, 0)
    before = dump(path)
    with writing(path) as work:
        assert counts(take(work, *staff_rows, kind="staff")) == (0, 0, 1, 0)
        assert counts(take(work, *rows, kind="customer")) == (0, 0, 2, 0)
    assert dump(path) == before
    assert faults(path) == []
