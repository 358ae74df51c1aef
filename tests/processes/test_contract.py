"""What happens to contracts: each act once, each refusal a sentence that leaves nothing behind."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from svcq.errors import NotFound, Refused, SvcqError, Usage
from svcq.processes import contract, contract_calls, customer, feedback, holders, staff, terms, waiver
from svcq.processes.work import Work
from svcq.store.tables.contract import Contract, ContractCall, ContractFeedbackRow
from svcq.store.tables.customer import Customer
from tests.stores import TODAY, audited, business, dump, faults, made, writing

D = date.fromisoformat
TOMORROW = TODAY + timedelta(days=1)
Act = Callable[[Work], object]


def of(work: Work, number: str) -> Contract:
    """The living contract."""
    return contract.living(work, number)


def done(number: str, column: str, on: str) -> Act:
    """An act of a day."""
    return lambda work: contract.set_date(work, number, column, D(on))


def mend(number: str, **values: object) -> Act:
    """An edit."""
    return lambda work: contract.edit(work, of(work, number), values)


def new(
    number: str | None, owner: str = "H001", people: dict[str, str | None] | None = None, **values: object
) -> Act:
    """A new contract."""
    return lambda work: contract.add(work, number, owner, values, people or {})


ACTS: dict[str, Act] = {
    "add": new("HT-9", sealed_on=TODAY, follows="HT-1", people={"salesperson": "陈立"}),
    "add without a number": new(None, project="HIS"),
    "return": done("HT-1", "returned_on", "2026-11-20"),
    "remind by e-mail": done("HT-1", "reminded_email_on", "2026-11-20"),
    "remind by phone": done("HT-1", "reminded_phone_on", "2026-11-20"),
    "send out": done("HT-2", "sent_out_on", "2026-11-01"),
    "call": lambda work: contract_calls.call(work, "HT-2", TODAY, "周静", D("2026-12-01"), "好"),
    "fill a call": lambda work: contract_calls.call(
        work, "HT-1", D("2026-10-20"), "周静", D("2026-11-05"), "已寄出"
    ),
    "strike out a call": lambda work: contract_calls.uncall(work, "HT-1", D("2026-10-20")),
    "edit": mend("HT-1", amount_fen=100, sealed_on=D("2026-09-02")),
    "edit the customer": mend("HT-1", customer="H002"),
    "edit whom it follows": mend("HT-2", follows="HT-1"),
    "convert to a new one": lambda work: contract.convert(work, "HT-1", "HT-8", D("2026-11-20")),
    "convert to a known one": lambda work: contract.convert(work, "HT-1", "HT-2", D("2026-11-02")),
    "refuse": lambda work: contract.refuse(work, "HT-1", TODAY, "自行维护"),
    "void": lambda work: contract.void(work, "HT-1", "重复"),
    "assign": lambda work: contract.assign(work, "HT-1", "salesperson", ["王敏"], None),
    "unassign": lambda work: contract.assign(work, "HT-1", "salesperson", [], None),
    "feedback": lambda work: feedback.send(work, "2026-10", TODAY, "a.xlsx", {"HT-1": "overdue"}),
    "waive": lambda work: waiver.waive(work, "contract.return", "HT-1", "合并", TODAY),
    "customer add": lambda work: customer.add(work, "新医院", {"level": 1}, {"engineer": ["李伟"]}),
    "customer edit": lambda work: customer.edit(work, "H001", {"name": "江州市总医院", "level": 2}),
    "customer void": lambda work: (
        contract.void(work, "HT-2", "重复"),
        customer.void(work, "H002", "重复"),
    ),
    "customer assign": lambda work: customer.assign(work, "H001", "engineer", ["李伟", "周静"], None),
    "staff add": lambda work: staff.add(work, "新人", ["engineer", "qc"], {"joined_on": TODAY}),
    "staff edit": lambda work: staff.edit(work, "陈立", {"team": "一组"}, None),
    "staff roles": lambda work: staff.edit(work, "陈立", {}, ["salesperson", "engineer"]),
    "staff void": lambda work: staff.void(work, "陈立", "重复"),
    "duty": lambda work: staff.duty(work, "contract.call", "周静"),
    "day off": lambda work: terms.company_days(work, [TODAY], False, None, lambda n: None),
    "policy": lambda work: terms.apply(work, 'country = "none"\n', "p", TODAY, lambda n: None),
}
UNCHANGED = {"fill a call"}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_that_changes_something_is_in_the_audit_and_leaves_a_whole_store(
    tmp_path: Path, name: str
) -> None:
    path = made(tmp_path / "svcq.db")
    before, rows = business(path), audited(path)
    with writing(path) as work:
        ACTS[name](work)
    changed = business(path) != before
    assert changed == (name not in UNCHANGED)
    assert (audited(path) > rows) == changed
    assert faults(path) == []


AGAIN_NEW = {"add", "add without a number", "feedback", "customer add", "customer edit", "staff add"}


@pytest.mark.parametrize("name", sorted(ACTS.keys() - AGAIN_NEW))
def test_the_same_act_again_changes_nothing_at_all(tmp_path: Path, name: str) -> None:
    path = made(tmp_path / "svcq.db")
    with writing(path) as work:
        ACTS[name](work)
    before = dump(path)
    with writing(path) as work:
        ACTS[name](work)
    assert dump(path) == before


@pytest.mark.parametrize("name", ACTS)
def test_a_dry_run_of_an_act_keeps_nothing(tmp_path: Path, name: str) -> None:
    path = made(tmp_path / "svcq.db")
    before = dump(path)
    with writing(path, dry_run=True) as work:
        ACTS[name](work)
    assert dump(path) == before


def voided(work: Work) -> None:
    """HT-2 is void."""
    contract.void(work, "HT-2", "重复")


REFUSALS: dict[str, tuple[Act, type[SvcqError], str]] = {
    "a number that exists": (new("HT-1"), Refused, "exists already"),
    "a customer nobody knows": (new("HT-9", "江州中心医院"), NotFound, "did you mean 江州市中心医院"),
    "a person nobody knows": (
        new("HT-9", people={"salesperson": "陈力"}),
        NotFound,
        "陈力 is not among the staff",
    ),
    "a contract before that nobody knows": (new("HT-9", follows="HT-7"), NotFound, "HT-7"),
    "returned before sealed": (
        new("HT-9", sealed_on=D("2026-03-02"), returned_on=D("2026-03-01")),
        Refused,
        "came back before it was sealed",
    ),
    "back before it was sealed": (done("HT-1", "returned_on", "2026-08-31"), Refused, "before it was sealed"),
    "back in the future": (done("HT-1", "returned_on", str(TOMORROW)), Refused, "in the future"),
    "sealed on another day": (
        done("HT-1", "sealed_on", "2026-09-03"),
        Refused,
        "2026-09-01 is recorded already",
    ),
    "a contract nobody knows": (done("HT-11", "returned_on", "2026-11-20"), NotFound, "did you mean HT-1"),
    "a call in the future": (
        lambda work: contract_calls.call(work, "HT-1", TOMORROW, None, None, None),
        Refused,
        "in the future",
    ),
    "a promise before the call": (
        lambda work: contract_calls.call(work, "HT-1", TODAY, None, D("2026-11-20"), None),
        Refused,
        "promised day is before the call",
    ),
    "edited the wrong way round": (mend("HT-1", starts_on=D("2027-01-01")), Refused, "ends before it starts"),
    "following itself": (mend("HT-1", follows="HT-1"), Refused, "cannot follow itself"),
    "converted to itself": (
        lambda work: contract.convert(work, "HT-1", "HT-1", D("2026-09-01")),
        Refused,
        "cannot follow itself",
    ),
    "converted on another day": (
        lambda work: contract.convert(work, "HT-1", "HT-2", D("2026-11-03")),
        Refused,
        "was sealed on 2026-11-02",
    ),
    "converted in the future": (
        lambda work: contract.convert(work, "HT-1", "HT-9", TOMORROW),
        Refused,
        "in the future",
    ),
    "refused in the future": (
        lambda work: contract.refuse(work, "HT-1", TOMORROW, "x"),
        Refused,
        "in the future",
    ),
    "a role that contracts have not": (
        lambda work: contract.assign(work, "HT-1", "engineer", ["李伟"], None),
        Usage,
        "is no role here",
    ),
    "two salespeople": (
        lambda work: contract.assign(work, "HT-1", "salesperson", ["陈立", "王敏"], None),
        Usage,
        "only one person",
    ),
    "feedback in the future": (
        lambda work: feedback.send(work, "2026-11", TOMORROW, "a", {}),
        Refused,
        "in the future",
    ),
    "a rule that there is not": (
        lambda work: waiver.waive(work, "contract.retrun", "HT-1", "x", TODAY),
        Usage,
        "contract.return",
    ),
    "an obligation that there is not": (
        lambda work: waiver.waive(work, "contract.call", "HT-9", "x", TODAY),
        NotFound,
        "has no obligation contract.call",
    ),
    "a waiver in the future": (
        lambda work: waiver.waive(work, "contract.return", "HT-1", "x", TOMORROW),
        Refused,
        "in the future",
    ),
    "a customer that exists under another spelling": (
        lambda work: customer.add(work, "江州市 中心医院", {}, {}),
        Refused,
        "exists already",
    ),
    "a code of another customer": (
        lambda work: customer.add(work, "新医院", {"code": "H001"}, {}),
        Refused,
        "belongs to customer 江州市中心医院",
    ),
    "a customer without a name": (lambda work: customer.add(work, " ", {}, {}), Refused, "needs a name"),
    "a customer of unknown people": (
        lambda work: customer.add(work, "新医院", {}, {"engineer": ["没有"]}),
        NotFound,
        "not among the staff",
    ),
    "a customer with contracts": (lambda work: customer.void(work, "H001", "x"), Refused, "HT-1"),
    "a person that exists": (
        lambda work: staff.add(work, "陈 立", [], {}),
        Refused,
        "among the staff already",
    ),
    "a role of no process": (lambda work: staff.add(work, "新人", ["king"], {}), Usage, "is no role"),
    "left before joining": (
        lambda work: staff.add(work, "新人", [], {"joined_on": TODAY, "left_on": D("2026-01-01")}),
        Refused,
        "before joining",
    ),
    "left before joining, by an edit": (
        lambda work: (
            staff.edit(work, "陈立", {"joined_on": TODAY}, None),
            staff.edit(work, "陈立", {"left_on": D("2026-01-01")}, None),
        ),
        Refused,
        "before joining",
    ),
    "given to somebody who left": (
        lambda work: (
            staff.edit(work, "王敏", {"left_on": D("2026-10-31")}, None),
            contract.assign(work, "HT-1", "salesperson", ["王敏"], D("2026-11-01")),
        ),
        Refused,
        "left on 2026-10-31",
    ),
    "given to a void person": (
        lambda work: (
            staff.void(work, "王敏", "重复"),
            contract.assign(work, "HT-1", "salesperson", ["王敏"], None),
        ),
        Refused,
        "is void since",
    ),
    "a void contract returned": (
        lambda work: (voided(work), contract.set_date(work, "HT-2", "returned_on", TODAY)),
        Refused,
        "is void since",
    ),
    "a void contract called about": (
        lambda work: (voided(work), contract_calls.call(work, "HT-2", TODAY, None, None, None)),
        Refused,
        "is void since",
    ),
    "a void contract followed": (
        lambda work: (voided(work), contract.edit(work, of(work, "HT-1"), {"follows": "HT-2"})),
        Refused,
        "is void since",
    ),
    "a contract of a void customer": (
        lambda work: (voided(work), customer.void(work, "H002", "x"), new("HT-9", "H002")(work)),
        Refused,
        "is void since",
    ),
    "contracts that follow each other in a ring": (
        lambda work: (mend("HT-2", follows="HT-1")(work), mend("HT-1", follows="HT-2")(work)),
        Refused,
        "cannot follow itself",
    ),
    "a refusal on another day": (
        lambda work: (
            contract.refuse(work, "HT-1", D("2026-11-20"), "x"),
            contract.refuse(work, "HT-1", D("2026-11-21"), "x"),
        ),
        Refused,
        "was refused on 2026-11-20",
    ),
    "sealed in the future": (new("HT-9", sealed_on=TOMORROW), Refused, "in the future"),
    "mended into the future": (mend("HT-1", returned_on=TOMORROW), Refused, "in the future"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_is_a_sentence_and_leaves_nothing_behind(tmp_path: Path, name: str) -> None:
    act, kind, sentence = REFUSALS[name]
    path = made(tmp_path / "svcq.db")
    before = dump(path)
    with pytest.raises(kind) as refused, writing(path) as work:
        act(work)
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)
    assert dump(path) == before


def test_dates_that_are_still_to_come_are_no_acts(tmp_path: Path) -> None:
    with writing(made(tmp_path / "svcq.db")) as work:
        new("HT-9", starts_on=TOMORROW, ends_on=D("2030-01-01"), free_until=TOMORROW)(work)


def test_numbers_made_by_us_follow_the_policy_and_skip_what_is_taken(tmp_path: Path) -> None:
    with writing(made(tmp_path / "svcq.db")) as work:
        first = new(None)(work)
        assert isinstance(first, Contract)
        assert first.number == "SVCQ-2026-0001"
        new("SVCQ-2026-0002")(work)
        new("svcq_2026_0003")(work)
        found = new("  ")(work)
        assert isinstance(found, Contract)
        assert found.number == "SVCQ-2026-0003"


def test_a_call_of_which_more_becomes_known_stays_one_call(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    with writing(path) as work:
        assert contract_calls.call(work, "HT-2", TODAY, None, None, None)
        assert contract_calls.call(work, "HT-2", TODAY, "周静", D("2026-12-01"), "好")
        assert not contract_calls.call(work, "HT-2", TODAY, "周静", D("2026-12-01"), "好")
        assert contract_calls.call(work, "HT-2", TODAY, "吴兰", None, None)
    with writing(path) as work:
        rows = work.session.exec(select(ContractCall).where(ContractCall.contract_id == 2)).all()
        assert [(row.by_name, row.promised_on) for row in rows] == [("周静", D("2026-12-01")), ("吴兰", None)]


def test_a_converted_contract_hands_its_people_and_project_on(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    with writing(path) as work:
        mend("HT-1", project="HIS", project_number="P-1")(work)
        contract.assign(work, "HT-1", "salesperson", ["王敏"], D("2026-11-01"))
        contract.convert(work, "HT-1", "HT-8", D("2026-11-20"))
    with writing(path) as work:
        after = of(work, "HT-8")
        assert (after.project, after.project_number, after.follows_id) == ("HIS", "P-1", of(work, "HT-1").id)
        assert holders.held(work, contract.record(after), "salesperson", work.today) == ["王敏"]
        assert of(work, "HT-1").customer_status == "转化"


def test_a_refusal_sets_the_status_of_the_policy(tmp_path: Path) -> None:
    with writing(made(tmp_path / "svcq.db")) as work:
        contract.refuse(work, "HT-1", TODAY, "自行维护")
        assert (of(work, "HT-1").customer_status, of(work, "HT-1").refused_reason) == ("不转化", "自行维护")


def test_the_first_date_of_a_record_follows_its_acts(tmp_path: Path) -> None:
    with writing(made(tmp_path / "svcq.db")) as work:
        assert of(work, "HT-2").first_on == D("2026-11-02")
        contract_calls.call(work, "HT-2", D("2026-10-30"), None, None, None)
        assert of(work, "HT-2").first_on == D("2026-10-30")
        mend("HT-2", sent_out_on=D("2026-10-01"))(work)
        assert of(work, "HT-2").first_on == D("2026-10-01")
        mend("HT-2", sent_out_on=None)(work)
        assert of(work, "HT-2").first_on == D("2026-10-30")


def test_a_waiver_of_several_asks_which_and_can_be_taken_back(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    with writing(path) as work:
        contract_calls.call(work, "HT-1", D("2026-11-06"), None, None, None)
    with writing(path) as work:
        with pytest.raises(Usage, match=r"more than once.*--starts.*2026-10-20, 2026-11-06"):
            waiver.waive(work, "contract.chase", "HT-1", "x", TODAY)
        with pytest.raises(NotFound, match=r"starts on 2026-11-01, only on 2026-10-20, 2026-11-06"):
            waiver.waive(work, "contract.chase", "HT-1", "x", TODAY, D("2026-11-01"))
        assert waiver.waive(work, "contract.chase", "HT-1", "x", TODAY, D("2026-11-06"))
    with writing(path) as work:
        assert not waiver.waive(work, "contract.chase", "HT-1", "x", TODAY, D("2026-11-06"))
        assert waiver.withdraw(work, "contract.chase", "HT-1", D("2026-11-06"))
    with writing(path) as work:
        assert not waiver.withdraw(work, "contract.chase", "HT-1", D("2026-11-06"))
    assert faults(path) == []


def test_the_table_for_the_commerce_centre_is_kept_row_by_row(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    with writing(path) as work:
        feedback.send(work, "2026-10", TODAY, "a.xlsx", {"HT-1": "overdue", "HT-2": "out"})
    with writing(path) as work:
        rows = work.session.exec(select(ContractFeedbackRow).order_by(col(ContractFeedbackRow.contract_id)))
        assert [row.state for row in rows] == ["overdue", "out"]


def test_a_renamed_customer_is_found_by_its_new_name(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    with writing(path) as work:
        ACTS["customer edit"](work)
    with writing(path) as work:
        assert work.session.exec(select(Customer.name).where(Customer.code == "H001")).one() == "江州市总医院"
        with pytest.raises(NotFound):
            customer.edit(work, "江州市中心医院", {"level": 1})


def test_customers_without_a_code_share_none(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    with writing(path) as work:
        customer.add(work, "东山医院", {"code": ""}, {})
        customer.add(work, "西山医院", {"code": "  "}, {})
        assert customer.edit(work, "H002", {"code": " "})
        with pytest.raises(Refused, match="belongs to customer"):
            customer.add(work, "南山医院", {"code": " H001 "}, {})
    with writing(path) as work:
        codes = work.session.exec(select(Customer.code)).all()
    assert sorted(code or "" for code in codes) == ["", "", "", "H001"]
