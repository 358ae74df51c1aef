"""Who owes an obligation: the holder on the day that counts, of the record, else of its customer; QC by its duties."""

from datetime import date
from pathlib import Path

import pytest

from svcq.errors import Refused, Usage
from svcq.processes import contract, customer, staff
from svcq.store.read import Reader
from svcq.store.read_contract import contracts
from svcq.store.read_ledger import obligations
from tests.places import at
from tests.stores import TODAY, made, writing

D = date.fromisoformat


def owner(path: Path, rule: str, t: str = "2026-11-23", number: str = "HT-1") -> object:
    """The person of the first obligation of a rule on a contract."""
    reader = Reader(at(path))
    try:
        filters = {"rule": f"contract.{rule}", "number": number}
        return next(obligations(reader, D(t), states=None, filters=filters))["person"]
    finally:
        reader.close()


def sellers(path: Path, t: str) -> dict[object, object]:
    """Contract -> salesperson on a day."""
    reader = Reader(at(path))
    try:
        return {row["number"]: row["salesperson"] for row in contracts(reader, D(t))}
    finally:
        reader.close()


ASSIGNED = [
    # HT-1: due 8 October, breached on the 9th. Handed to 王敏 on a day; returned; asked on; who owes
    ("2026-09-15", None, "2026-09-14", "陈立"),
    ("2026-09-15", None, "2026-09-15", "王敏"),
    ("2026-09-15", None, "2026-11-23", "王敏"),
    ("2026-10-09", None, "2026-11-23", "王敏"),  # on the very day of the breach
    ("2026-10-10", None, "2026-11-23", "陈立"),  # after it: the breach stays with who let it happen
    ("2026-10-10", "2026-10-20", "2026-11-23", "陈立"),
    ("2026-09-20", "2026-09-19", "2026-11-23", "陈立"),  # it was back before the change
    ("2026-09-19", "2026-09-19", "2026-11-23", "王敏"),
]


@pytest.mark.parametrize(("since", "returned", "asked", "expected"), ASSIGNED)
def test_the_person_is_who_held_the_role_when_it_was_met_or_breached(
    tmp_path: Path, since: str, returned: str | None, asked: str, expected: str
) -> None:
    path = made(tmp_path / "svcq.db")
    with writing(path) as work:
        assert contract.assign(work, "HT-1", "salesperson", ["王敏"], D(since))
        if returned:
            contract.set_date(work, "HT-1", "returned_on", D(returned))
    assert owner(path, "return", asked) == expected


def test_the_list_shows_who_holds_the_role_on_the_day_asked_about(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    with writing(path) as work:
        contract.assign(work, "HT-1", "salesperson", ["王敏"], D("2026-10-15"))
        contract.assign(work, "HT-1", "salesperson", [], D("2026-11-15"))
    assert sellers(path, "2026-10-14")["HT-1"] == "陈立"
    assert sellers(path, "2026-10-15")["HT-1"] == "王敏"
    assert sellers(path, "2026-11-15")["HT-1"] is None


def test_an_assignment_of_the_same_day_takes_the_place_of_the_other(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    with writing(path) as work:
        assert contract.assign(work, "HT-1", "salesperson", ["王敏"], D("2026-10-15"))
        assert contract.assign(work, "HT-1", "salesperson", ["陈立"], D("2026-10-15"))
        assert not contract.assign(work, "HT-1", "salesperson", ["陈立"], D("2026-10-15"))
        assert not contract.assign(work, "HT-1", "salesperson", ["陈立"], D("2026-12-15"))
    assert sellers(path, "2026-10-16")["HT-1"] == "陈立"


def test_an_assignment_before_another_holds_until_that_one(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    with writing(path) as work:
        contract.assign(work, "HT-2", "salesperson", ["陈立"], D("2026-11-10"))
        contract.assign(work, "HT-1", "salesperson", ["王敏"], D("2026-11-10"))
        contract.assign(work, "HT-1", "salesperson", ["赵强"], D("2026-10-10"))
    assert [sellers(path, day)["HT-1"] for day in ("2026-10-09", "2026-10-10", "2026-11-10")] == [
        "陈立",
        "赵强",
        "王敏",
    ]


def test_the_account_manager_is_the_contracts_own_else_the_customers(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    assert owner(path, "convert") == "赵强"
    with writing(path) as work:
        contract.assign(work, "HT-1", "account_manager", ["王敏"], D("2026-11-01"))
    assert owner(path, "convert") == "王敏"
    assert owner(path, "convert", "2026-10-31") == "赵强"
    with writing(path) as work:
        customer.assign(work, "H001", "account_manager", ["陈立"], D("2026-10-20"))
    assert owner(path, "convert", "2026-10-31") == "陈立"
    assert owner(path, "convert", "2026-10-19") == "赵强"


def test_a_contract_without_people_of_a_customer_without_people_has_no_owner(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    with writing(path) as work:
        contract.add(work, "HT-3", "H002", {"sealed_on": D("2026-09-01"), "ends_on": D("2026-12-01")}, {})
    assert owner(path, "return", number="HT-3") is None
    assert owner(path, "convert", number="HT-3") is None


DUTIES = [
    # duties as (name, region, from); who owes contract.call of HT-1 in 华东: from 9 October, due on Saturday the
    # 10th (a make-up working day), breached on the 11th
    ([], None),
    ([("周静", "", None)], "周静"),
    ([("周静", "", None), ("吴兰", "华东", None)], "吴兰"),
    ([("周静", "", None), ("吴兰", "华北", None)], "周静"),
    ([("吴兰", "华北", None)], None),
    ([("周静", "", None), ("吴兰", "", "2026-10-11")], "吴兰"),
    ([("周静", "", None), ("吴兰", "", "2026-10-12")], "周静"),  # after the call was overdue
    ([("周静", "", "2026-10-10"), ("吴兰", "华东", "2026-10-12")], "周静"),
    ([("周静", "", "2026-10-12")], None),
]


@pytest.mark.parametrize(("duties", "expected"), DUTIES)
def test_what_qc_owes_goes_to_the_duty_of_the_region_else_to_that_of_all(
    tmp_path: Path, duties: list[tuple[str, str, str | None]], expected: str | None
) -> None:
    path = made(tmp_path / "svcq.db")
    with writing(path) as work:
        # the only call is after 20 October: taken back, so that the obligation stays unmet
        work.session.connection().exec_driver_sql("delete from contract_call")
        work.touch("contract", "HT-1")
        for name, region, since in duties:
            more = {"from_on": D(since)} if since else {}
            assert staff.duty(work, "contract.call", name, region, **more)
    assert owner(path, "call") == expected


def test_a_duty_is_named_once_and_only_for_what_qc_owes(tmp_path: Path) -> None:
    with writing(made(tmp_path / "svcq.db")) as work:
        assert staff.duty(work, "contract.call", "周静")
        assert not staff.duty(work, "contract.call", "周静")
        assert not staff.duty(work, "contract.call", "周静", from_on=TODAY)
        assert staff.duty(work, "contract.call", "吴兰", from_on=TODAY)
        assert staff.duty(work, "contract.call", "周静", from_on=TODAY)
        with pytest.raises(Refused, match=r"owed by the salesperson.*二\.1"):
            staff.duty(work, "contract.return", "周静")
        with pytest.raises(Usage, match=r"contract\.call"):
            staff.duty(work, "contract.cal", "周静")


def test_filters_find_an_obligation_by_the_person_who_owes_it(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    reader = Reader(at(path))
    found = list(obligations(reader, TODAY, states=None, filters={"person": "陈立"}))
    assert {(row["rule"], row["number"]) for row in found} == {("contract.return", "HT-1")}
    found = list(obligations(reader, TODAY, states=None, filters={"region": "华北"}))
    assert {row["number"] for row in found} == {"HT-2"}
    reader.close()
