"""五: what happens to migrations: each act once, each refusal a sentence that leaves nothing behind, what follows."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from svcq.errors import NotFound, Refused, SvcqError, Usage
from svcq.processes import customer, migrate, staff, terms
from svcq.processes.work import Work
from svcq.rules.periods import year_of
from svcq.store.read import Reader
from svcq.store.read_ledger import obligations
from tests.places import at
from tests.stores import TODAY, audited, business, dump, faults, peopled, writing

D = date.fromisoformat
TOMORROW = TODAY + timedelta(days=1)
THIS, LAST_YEAR = year_of(TODAY), year_of(D("2025-06-01"))
Act = Callable[[Work], object]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """H002 owes a migration every year; QY-1 was done there this year, QY-2 at H001; 王芳 is new."""
    path = peopled(tmp_path / "svcq.db")
    with writing(path) as work:
        customer.edit(work, "H002", {"running_since": D("2022-06-01")})
        staff.add(work, "王芳", ["engineer"], {"joined_on": D("2026-11-02")})
        staff.add(work, "何平", ["engineer"], {})
        staff.add(work, "钱进", ["engineer"], {"left_on": D("2026-06-30")})
        migrate.add(work, "QY-1", "H002", {"done_on": D("2026-05-06"), "system": "HIS"}, "李伟")
        migrate.add(work, "QY-2", "H001", {"done_on": D("2026-05-06")})
    return path


def mend(number: str, **values: object) -> Act:
    """An edit."""
    return lambda work: migrate.edit(work, migrate.living(work, number), values)


def new(number: str | None, owner: str = "H002", engineer: str | None = None, **values: object) -> Act:
    """A new migration."""
    return lambda work: migrate.add(work, number, owner, {"done_on": D("2026-11-20"), **values}, engineer)


def checked(on: date, *, mended: bool = False, by: str | None = None) -> Act:
    """A December check of this year."""
    return lambda work: migrate.check(work, THIS, on, by, mend=mended)


ACTS: dict[str, Act] = {
    "add": new("QY-9", reindexed_on=D("2026-11-20"), registered_on=TODAY),
    "add without a number": new(None, system="LIS"),
    "add with an engineer": new("QY-9", engineer="何平"),
    "reindex": lambda work: migrate.reindex(work, "QY-1", D("2026-05-06")),
    "register": lambda work: migrate.register(work, "QY-1", D("2026-05-08")),
    "edit the day": mend("QY-1", done_on=D("2025-12-30")),
    "edit the hospital": mend("QY-1", customer="H001"),
    "edit both": mend("QY-2", customer="H002", done_on=D("2025-12-30")),
    "edit the system": mend("QY-1", system="LIS"),
    "void": lambda work: migrate.void(work, "QY-1", "重复"),
    "assign": lambda work: migrate.assign(work, "QY-1", "engineer", ["何平"], None),
    "assign to nobody": lambda work: migrate.assign(work, "QY-1", "engineer", [], TODAY),
    "check": checked(D("2026-11-20")),
    "check by somebody": checked(D("2026-11-20"), by="周静"),
}
REFUSED: dict[str, tuple[Act, type[SvcqError], str]] = {
    "a number twice": (new("QY-1"), Refused, "QY-1 exists already"),
    "the same twice": (
        lambda work: migrate.add(work, None, "H002", {"done_on": D("2026-05-06"), "system": "HIS"}),
        Refused,
        "QY-1 is that very one",
    ),
    "tomorrow": (new("QY-9", done_on=TOMORROW), Refused, "is in the future"),
    "indexes tomorrow": (new("QY-9", reindexed_on=TOMORROW), Refused, "is in the future"),
    "reindex tomorrow": (lambda work: migrate.reindex(work, "QY-1", TOMORROW), Refused, "is in the future"),
    "mended to tomorrow": (mend("QY-1", done_on=TOMORROW), Refused, "is in the future"),
    "nobody's hospital": (new("QY-9", owner="H009"), NotFound, "customer H009 is not known"),
    "nobody": (new("QY-9", engineer="无名"), NotFound, "无名 is not among the staff"),
    "who is new": (new("QY-9", engineer="王芳"), Refused, "三.1"),
    "who left": (new("QY-9", engineer="钱进"), Refused, "钱进 left on 2026-06-30"),
    "assigned to who is new": (
        lambda work: migrate.assign(work, "QY-1", "engineer", ["王芳"], None),
        Refused,
        "三.1",
    ),
    "another role": (
        lambda work: migrate.assign(work, "QY-1", "salesperson", ["陈立"], None),
        Usage,
        "'salesperson' is no role here; one of engineer",
    ),
    "unknown": (lambda work: migrate.register(work, "QY-11", TODAY), NotFound, "did you mean QY-1?"),
    "check tomorrow": (checked(TOMORROW), Refused, "is in the future"),
    "check before the year": (checked(D("2025-12-31")), Refused, "2025-12-31 is before the year 2026 [五.3]"),
}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_keeps_the_ledger_true_and_says_so_in_the_audit(store: Path, name: str) -> None:
    before = audited(store)
    with writing(store) as work:
        ACTS[name](work)
    assert audited(store) > before
    assert faults(store) == []


@pytest.mark.parametrize("name", ACTS)
def test_a_dry_run_leaves_nothing_behind(store: Path, name: str) -> None:
    before = dump(store)
    with writing(store, dry_run=True) as work:
        ACTS[name](work)
    assert dump(store) == before


@pytest.mark.parametrize("name", [name for name in ACTS if not name.startswith("add")])
def test_an_act_done_again_changes_nothing(store: Path, name: str) -> None:
    with writing(store) as work:
        ACTS[name](work)
    before = business(store), audited(store)
    with writing(store) as work:
        again = ACTS[name](work)
    assert again is False or (isinstance(again, migrate.Checked) and not again.changed)
    assert (business(store), audited(store)) == before


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_is_a_sentence_and_leaves_nothing_behind(store: Path, name: str) -> None:
    act, kind, said = REFUSED[name]
    if "new" in name:
        with writing(store) as work:
            terms.live(work, D("2026-01-01"), lambda done: None)
    before = dump(store)
    with pytest.raises(kind) as refused, writing(store) as work:
        act(work)
    assert said in str(refused.value)
    assert dump(store) == before


def owed(store: Path, rule: str, t: date = TODAY) -> list[tuple[object, ...]]:
    """Number, state, met_on and person of the obligations of a rule on a day."""
    reader = Reader(at(store))
    rows = list(obligations(reader, t, states=None, filters={"rule": rule}))
    reader.close()
    return sorted((row["number"], row["state"], row["met_on"], row["person"]) for row in rows)


YEARLY = "migrate.yearly"
NAME = "云河县人民医院"


def test_the_year_of_a_hospital_is_met_by_its_first_migration(store: Path) -> None:
    assert owed(store, YEARLY) == [(f"{NAME}-2026", "met", D("2026-05-06"), None)]
    with writing(store) as work:
        migrate.add(work, "QY-3", "H002", {"done_on": D("2026-02-01")})
    assert owed(store, YEARLY) == [(f"{NAME}-2026", "met", D("2026-02-01"), None)]


def test_a_void_migration_meets_nothing(store: Path) -> None:
    with writing(store) as work:
        migrate.void(work, "QY-1", "重复")
    assert owed(store, YEARLY) == [(f"{NAME}-2026", "open", None, None)]
    assert [row for row in owed(store, "migrate.reindex") if row[0] == "QY-1"] == []


@pytest.mark.parametrize("change", [{"customer": "H001"}, {"done_on": D("2025-05-06")}])
def test_a_migration_that_moves_away_leaves_its_year_open_and_coming_back_meets_it(
    store: Path, change: dict[str, object]
) -> None:
    with writing(store) as work:
        mend("QY-1", **change)(work)
    assert owed(store, YEARLY) == [(f"{NAME}-2026", "open", None, None)]
    with writing(store) as work:
        mend("QY-1", customer="H002", done_on=D("2026-05-06"))(work)
    assert owed(store, YEARLY) == [(f"{NAME}-2026", "met", D("2026-05-06"), None)]


def test_the_engineer_of_the_migration_owes_what_follows_and_else_that_of_the_customer(store: Path) -> None:
    with writing(store) as work:
        migrate.assign(work, "QY-2", "engineer", ["何平"], D("2026-05-07"))
    people = {row[0]: row[3] for row in owed(store, "migrate.register")}
    assert people == {"QY-1": "李伟", "QY-2": "何平"}  # overdue since the 11th: whoever had it then
    assert {row[0]: row[3] for row in owed(store, "migrate.reindex")} == {"QY-1": "李伟", "QY-2": "何平"}
    early = {row[0]: row[3] for row in owed(store, "migrate.register", D("2026-05-06"))}
    assert early == {"QY-1": "李伟", "QY-2": "李伟"}


def test_who_is_new_gets_one_if_it_is_forced(store: Path) -> None:
    with writing(store) as work:
        terms.live(work, D("2026-01-01"), lambda done: None)
        migrate.add(work, "QY-9", "H002", {"done_on": TODAY}, "王芳", force=True)
        migrate.assign(work, "QY-1", "engineer", ["王芳"], None, force=True)
    assert faults(store) == []


def test_the_next_number_is_that_of_the_policy(store: Path) -> None:
    with writing(store) as work:
        assert new(None)(work).number == "SVCQ-M2026-0001"  # type: ignore[attr-defined]
        assert new(None, system="LIS")(work).number == "SVCQ-M2026-0002"  # type: ignore[attr-defined]


def test_of_several_checks_the_first_counts_and_the_december_check_is_met(store: Path) -> None:
    december = D("2026-12-20")
    with writing(store, today=december) as work:
        made = migrate.check(work, THIS, december, None, "三家未迁移")
        assert (made.changed, made.counts_on, made.starts_on) == (True, december, D("2026-12-01"))
        made = migrate.check(work, THIS, D("2026-12-05"), "周静")
        assert (made.changed, made.counts_on) == (True, D("2026-12-05"))
    checks = [row for row in owed(store, "migrate.check", december) if row[0] == "2026"]
    assert checks == [("2026", "met", D("2026-12-05"), None)]
    assert [row[2:] for row in dump(store)["migrate_check"]] == [
        ("2026-12-20", "质控", "三家未迁移"),
        ("2026-12-05", "周静", None),
    ]
    assert faults(store, today=december) == []


def test_a_check_after_the_year_is_late(store: Path) -> None:
    t = D("2027-01-09")
    with writing(store, today=t) as work:
        migrate.check(work, THIS, t, None)
    assert owed(store, "migrate.check", t)[-1] == ("2026", "late", t, None)


def test_a_check_is_mended_where_it_stands_and_taken_back_altogether(store: Path) -> None:
    with writing(store) as work:
        migrate.check(work, THIS, D("2026-11-20"), "周静")
        migrate.check(work, THIS, D("2026-11-02"), None, mend=True)
    assert [row[1:4] for row in dump(store)["migrate_check"]] == [("2026", "2026-11-02", "周静")]
    with writing(store) as work:
        assert migrate.uncheck(work, THIS)
        assert not migrate.uncheck(work, THIS)
        assert not migrate.uncheck(work, LAST_YEAR)
    assert dump(store)["migrate_check"] == []
    assert faults(store) == []


def test_a_check_that_is_mended_to_the_day_of_another_is_one_with_it(store: Path) -> None:
    with writing(store) as work:
        for day in ("2026-11-20", "2026-11-02", "2026-11-10"):
            migrate.check(work, THIS, D(day), "周静")
        migrate.check(work, THIS, D("2026-11-20"), None, mend=True)
    assert sorted(row[2] for row in dump(store)["migrate_check"]) == ["2026-11-10", "2026-11-20"]
    with writing(store) as work:
        assert migrate.uncheck(work, THIS)
        assert migrate.counting(work, THIS) == D("2026-11-20")
    assert faults(store) == []


def test_mending_a_check_that_is_not_there_records_it(store: Path) -> None:
    with writing(store) as work:
        assert migrate.check(work, THIS, TODAY, None, mend=True).changed
    assert len(dump(store)["migrate_check"]) == 1
