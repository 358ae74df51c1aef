"""The ledger: after any sequence of writes it is what the rules say of the records, and nothing else moves it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import select

from svcq.errors import SvcqError
from svcq.processes import contract, contract_calls, feedback, ledger, terms, waiver
from svcq.processes.work import Work
from svcq.store.read import Reader
from svcq.store.read_ledger import obligations
from svcq.store.tables.ledger import ObligationRow
from tests.places import at
from tests.stores import TODAY, business, dump, faults, made, peopled, writing

D = date.fromisoformat
NUMBERS = ("HT-1", "HT-2", "HT-3")
COLUMNS = (
    "sent_out_on",
    "sealed_on",
    "reminded_email_on",
    "reminded_phone_on",
    "returned_on",
    "starts_on",
    "ends_on",
    "free_from",
    "free_until",
    "refused_on",
)
RULES = ("remind", "return", "call", "chase", "convert")

days = st.dates(D("2025-06-01"), D("2027-06-30"))
past = st.dates(D("2025-06-01"), TODAY)
number = st.sampled_from(NUMBERS)


def add(work: Work, name: str, values: dict[str, object]) -> None:
    """A new contract."""
    contract.add(work, name, "H001", values, {"salesperson": "陈立"})


def edit(work: Work, name: str, values: dict[str, object]) -> None:
    """Other dates, or the contract before."""
    contract.edit(work, contract.living(work, name), values)


def waive(work: Work, name: str, rule: str) -> None:
    """The last obligation of a rule is let off."""
    rows = work.session.exec(
        select(ObligationRow).where(ObligationRow.number == name, ObligationRow.rule == f"contract.{rule}")
    ).all()
    start = max((row.starts_on for row in rows), default=None)
    waiver.waive(work, f"contract.{rule}", name, "合并", TODAY, start)


def withdraw(work: Work, name: str, rule: str) -> None:
    """A waiver is taken back."""
    waiver.withdraw(work, f"contract.{rule}", name)


ACTS = st.one_of(
    st.tuples(st.just(add), number, st.dictionaries(st.sampled_from(COLUMNS), days, max_size=4)),
    st.tuples(st.just(edit), number, st.dictionaries(st.sampled_from(COLUMNS), st.none() | days, max_size=4)),
    st.tuples(st.just(edit), number, st.fixed_dictionaries({"follows": st.none() | number})),
    st.tuples(st.just(edit), number, st.just({"customer": "H002"})),
    st.tuples(st.just(contract.set_date), number, st.sampled_from(COLUMNS[:5]), past),
    st.tuples(st.just(contract_calls.call), number, past, st.just("周静"), st.none() | days, st.none()),
    st.tuples(st.just(contract.convert), number, st.sampled_from((*NUMBERS, "HT-4")), past),
    st.tuples(st.just(contract.refuse), number, past, st.just("不续")),
    st.tuples(st.just(contract.void), number, st.just("重复")),
    st.tuples(st.just(contract.assign), number, st.just("salesperson"), st.just(["王敏"]), st.none() | days),
    st.tuples(st.just(waive), number, st.sampled_from(RULES)),
    st.tuples(st.just(withdraw), number, st.sampled_from(RULES)),
    st.tuples(
        st.just(feedback.send), st.sampled_from(("2026-08", "2026-10")), past, st.just("a.xlsx"), st.just({})
    ),
)


@settings(max_examples=15, deadline=None)
@given(acts=st.lists(st.lists(ACTS, min_size=1, max_size=3), min_size=1, max_size=5))
def test_after_any_sequence_of_writes_the_ledger_is_what_the_rules_say(
    acts: list[list[tuple[Callable[..., object], *tuple[object, ...]]]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = peopled(tmp_path_factory.mktemp("ledger") / "svcq.db")
    for together in acts:
        with suppress(SvcqError), writing(path) as work:
            for act, *arguments in together:
                act(work, *arguments)
        with writing(path, dry_run=True) as work:
            assert list(ledger.differences(work)) == [], together
            assert ledger.refresh_all(work) == 0, together
    assert faults(path) == []


def test_computing_everything_again_changes_nothing(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    before = dump(path)
    with writing(path) as work:
        assert ledger.refresh_all(work) == 0
        assert ledger.refresh(work, "contract", list(NUMBERS)) == 0
    assert dump(path) == before


def spoiled(path: Path, statement: str) -> list[str]:
    """What the differences are after somebody changed the file."""
    with writing(path) as work:
        work.session.connection().exec_driver_sql(statement)
    with writing(path, dry_run=True) as work:
        found = [(key[0], key[1], fault) for key, fault in ledger.differences(work)]
    return [" ".join(one) for one in found]


def test_a_row_of_the_ledger_that_was_changed_taken_out_or_put_in_is_named(tmp_path: Path) -> None:
    cases = {
        "update obligation set fine_fen = 1 where rule = 'contract.return' and number = 'HT-1'": (
            "contract.return HT-1 changed"
        ),
        "delete from obligation where rule = 'contract.chase'": "contract.chase HT-1 missing",
        "update obligation set number = 'HT-X' where rule = 'contract.chase'": "contract.chase HT-X extra",
        "delete from obligation where number = '2026-10'": "contract.feedback 2026-10 missing",
        "update obligation set number = '1999-01' where number = '2026-10'": "contract.feedback 1999-01 extra",
    }
    for n, (statement, sentence) in enumerate(cases.items()):
        path = made(tmp_path / f"{n}.db")
        assert sentence in spoiled(path, statement)
        with writing(path) as work:
            assert ledger.refresh_all(work) > 0
        assert faults(path) == []


def owed(path: Path, t: date = TODAY, **filters: object) -> list[dict[str, object]]:
    """Every obligation on a day."""
    reader = Reader(at(path))
    try:
        return list(obligations(reader, t, states=None, filters=filters))
    finally:
        reader.close()


def one(path: Path, rule: str, name: str = "HT-1", t: date = TODAY) -> dict[str, object]:
    """The one obligation of a rule on a contract."""
    (found,) = owed(path, t, rule=f"contract.{rule}", number=name)
    return found


NEW = '[rules.contract.return]\nperiod = "10 days"\nfine = 250\n'


def test_a_new_policy_leaves_alone_what_started_before_it(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    before = dump(path)["obligation"]
    with writing(path) as work:
        applied = terms.apply(work, NEW, "new.toml", D("2026-10-01"), lambda done: None)
    assert applied is not None
    assert applied[1] > 0
    assert one(path, "return", "HT-1")["due_on"] == D("2026-10-08")
    assert one(path, "return", "HT-2")["due_on"] == D("2026-11-12")
    assert one(path, "return", "HT-2")["fine"] == 250
    assert one(path, "return", "HT-1")["fine"] == 100
    started_before = [row for row in before if str(row[2]) < "2026-10-01"]
    after = dump(path)["obligation"]
    assert [row for row in started_before if row not in after] == []
    assert faults(path) == []


def test_a_policy_that_changes_nothing_writes_nothing(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    with writing(path) as work:
        assert terms.apply(work, NEW, "new.toml", D("2026-10-01"), lambda done: None)
    before = dump(path)
    with writing(path) as work:
        assert terms.apply(work, NEW, "again.toml", D("2026-10-01"), lambda done: None) is None
    assert dump(path) == before


def test_what_was_due_before_the_company_started_is_history_without_a_fine(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    assert (one(path, "return")["fine"], one(path, "return")["before_live"]) == (100, False)
    with writing(path) as work:
        assert terms.live(work, D("2026-10-09"), lambda done: None)
    found = one(path, "return")
    assert (found["fine"], found["before_live"], found["state"]) == (0, True, "overdue")
    assert one(path, "return", "HT-2")["before_live"] is False
    with writing(path) as work:
        assert not terms.live(work, D("2026-10-09"), lambda done: None)
        assert terms.live(work, D("2026-10-08"), lambda done: None)
    assert one(path, "return")["fine"] == 100, "due on the very day the company starts: it counts"
    with writing(path) as work:
        assert terms.live(work, None, lambda done: None)
    assert faults(path) == []


def test_monthly_feedback_begins_with_the_first_full_month_after_the_start(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")

    def months() -> list[object]:
        return [row["number"] for row in owed(path, D("2027-02-28"), rule="contract.feedback")]

    assert months()[0] == "2026-09"
    with writing(path) as work:
        terms.live(work, D("2026-10-02"), lambda done: None)
    assert months() == ["2026-11", "2026-12", "2027-01", "2027-02"]
    with writing(path) as work:
        terms.live(work, D("2026-10-01"), lambda done: None)
    assert months()[0] == "2026-10"


def test_a_day_that_the_company_takes_off_moves_due_dates_and_back_again(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    assert one(path, "return")["due_on"] == D("2026-10-08")
    with writing(path) as work:
        assert terms.company_days(work, [D("2026-10-08")], False, "盘点", lambda done: None) == 1
    assert one(path, "return")["due_on"] == D("2026-10-09")
    assert owed(path, number="HT-1", rule="contract.call")[0]["starts_on"] == D("2026-10-10")
    with writing(path) as work:
        assert terms.company_days(work, [D("2026-10-08")], False, None, lambda done: None) == 0
        with pytest.raises(SvcqError, match="declared the other way round"):
            terms.company_days(work, [D("2026-10-08")], True, None, lambda done: None)
    with writing(path) as work:
        assert terms.company_days(work, [D("2026-10-08")], None, None, lambda done: None) == 1
    assert one(path, "return")["due_on"] == D("2026-10-08")
    assert faults(path) == []


def test_a_holiday_that_the_company_works_pulls_due_dates_forward(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    with writing(path) as work:
        terms.company_days(work, [D("2026-10-01")], True, "值班", lambda done: None)
    assert one(path, "return")["due_on"] == D("2026-10-01")


def test_the_horizon_moves_on_with_the_day_never_back_and_changes_no_answer(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    before = owed(path)
    with writing(path) as work:
        assert ledger.horizon(work) == D("2027-11-30")
    with writing(path, today=D("2027-01-15")) as work:
        assert ledger.extend_horizon(work) == D("2028-01-31")
        ledger.refresh_all(work)
    assert owed(path) == before
    with writing(path, today=D("2026-01-15")) as work:
        assert ledger.extend_horizon(work) == D("2028-01-31")
    assert faults(path) == []


def test_what_time_alone_brings_is_there_on_its_day_though_nothing_ran(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    assert owed(path, D("2026-12-02"), number="HT-2", rule="contract.call") == []
    assert one(path, "call", "HT-2", D("2026-12-03"))["state"] == "open"
    assert one(path, "call", "HT-2", D("2026-12-05"))["state"] == "overdue"
    with writing(path) as work:
        contract.set_date(work, "HT-2", "returned_on", D("2026-11-20"))
    assert owed(path, D("2026-12-04"), number="HT-2", rule="contract.call") == []


STATES = [
    # sealed on 1 September, due on 8 October; returned, waived; day, state, days, fine
    (None, None, "2026-10-08", "open", 0, 0),
    (None, None, "2026-10-09", "overdue", 1, 100),
    (None, None, "2026-11-23", "overdue", 46, 100),
    ("2026-10-08", None, "2026-11-23", "met", 0, 0),
    ("2026-10-08", None, "2026-10-07", "open", 0, 0),
    ("2026-10-20", None, "2026-11-23", "late", 12, 100),
    ("2026-10-20", None, "2026-10-20", "late", 12, 100),
    ("2026-10-20", None, "2026-10-19", "overdue", 11, 100),
    (None, "2026-10-30", "2026-11-23", "waived", 46, 0),
    (None, "2026-10-30", "2026-10-29", "overdue", 21, 100),
    ("2026-10-20", "2026-10-30", "2026-11-23", "waived", 12, 0),
]


@pytest.mark.parametrize(("returned", "waived", "day", "state", "overdue", "fine"), STATES)
def test_the_state_of_an_obligation_on_a_day(
    tmp_path: Path, returned: str | None, waived: str | None, day: str, state: str, overdue: int, fine: int
) -> None:
    path = made(tmp_path / "svcq.db")
    with writing(path) as work:
        if returned:
            contract.set_date(work, "HT-1", "returned_on", D(returned))
        if waived:
            waiver.waive(work, "contract.return", "HT-1", "医院合并", D(waived))
    found = one(path, "return", "HT-1", D(day))
    assert (found["state"], found["days_overdue"], found["fine"]) == (state, overdue, fine)


def test_a_void_contract_owes_nothing_and_gives_up_its_turn_as_follower(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    with writing(path) as work:
        contract.convert(work, "HT-1", "HT-5", D("2026-11-20"))
    assert one(path, "convert")["met_on"] == D("2026-11-20")
    with writing(path) as work:
        contract.void(work, "HT-5", "重复")
    assert one(path, "convert")["met_on"] is None
    assert owed(path, number="HT-5") == []
    assert faults(path) == []


def test_a_write_about_one_contract_leaves_the_rows_of_others_alone(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    others = [row for row in dump(path)["obligation"] if row[0] != "HT-2"]
    with writing(path) as work:
        contract.set_date(work, "HT-2", "returned_on", TODAY)
    assert [row for row in dump(path)["obligation"] if row[0] != "HT-2"] == others


def test_what_is_stored_is_due_a_day_before_it_is_breached(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    with writing(path) as work:
        rows = work.session.exec(select(ObligationRow)).all()
        assert rows
        assert all(row.breach_on == row.due_on + timedelta(days=1) for row in rows)
        assert {row.process for row in rows} == {"contract"}
    assert business(path)
