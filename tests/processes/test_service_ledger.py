"""四 to 六: what upgrades, migrations, hospitals and callbacks owe stands in the ledger after any writes."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import SQLModel, select

from svcq.errors import SvcqError
from svcq.processes import customer, holders, ledger, migrate_owed, staff, terms, waiver
from svcq.processes.work import Work
from svcq.rules import callback as callbacks
from svcq.rules import upgrade as upgrades
from svcq.store.read import Reader
from svcq.store.read_ledger import obligations
from svcq.store.tables.callback import Callback, CallbackTry
from svcq.store.tables.customer import Customer
from svcq.store.tables.ledger import ObligationRow, Waiver
from svcq.store.tables.migrate import Migration, MigrationCheck
from svcq.store.tables.staff import Staff
from svcq.store.tables.upgrade import Upgrade, UpgradeSkip
from tests.places import at
from tests.stores import TODAY, dump, faults, peopled, writing

D = date.fromisoformat
EAST, NORTH = "江州市中心医院", "云河县人民医院"


def quiet(done: int) -> None:
    """Nobody is told how far it is."""


def row_of(work: Work, table: type[Any], number: str) -> Any:  # noqa: ANN401
    """The record of a number, None if there is none."""
    return work.session.exec(select(table).where(table.number == number)).first()


def hospital(work: Work, name: str) -> Customer:
    """A hospital by its first name, also after it was given another one."""
    return work.session.get_one(Customer, {EAST: 1, NORTH: 2}[name])


def write(work: Work, row: SQLModel, number: str, values: dict[str, object]) -> None:
    """A new record, or other values of a known one."""
    if getattr(row, "id", None) is None:
        for key, value in values.items():
            setattr(row, key, value)
        work.insert(row, number)
    else:
        work.change(row, number, values)


def upgrade(work: Work, number: str, values: dict[str, object]) -> None:
    """An upgrade with these dates."""
    row = row_of(work, Upgrade, number) or Upgrade(number=number, customer_id=2)
    dates = {key: values.get(key, getattr(row, key)) for key in upgrades.ACTS}
    if upgrades.contradiction(dates) is None:
        write(work, row, number, {**values, "first_on": upgrades.first_date(dates, work.today)})
        work.touch("upgrade", number)


def skip(work: Work, number: str, on: date, skipped: str) -> None:
    """A step of an upgrade is forced."""
    row = row_of(work, Upgrade, number)
    if row is not None:
        fresh = UpgradeSkip(upgrade_id=row.id, done_on=on, step="done", skipped=skipped, reason="急")
        work.insert(fresh, number)
        work.touch("upgrade", number)


def assign(work: Work, number: str, names: list[str], from_on: date) -> None:
    """Somebody, or nobody, is the upgrader from a day on."""
    row = row_of(work, Upgrade, number)
    if row is not None:
        people = [work.session.exec(select(Staff).where(Staff.name == name)).one() for name in names]
        record = holders.Record("upgrade", row.id, number)
        holders.assign(work, record, "upgrader", people, from_on=from_on)


def migrate(work: Work, number: str, name: str, values: dict[str, object]) -> None:
    """A migration of a hospital, or other values of one, of another hospital even."""
    row = row_of(work, Migration, number)
    before = None if row is None else (work.session.get_one(Customer, row.customer_id).name, row.done_on)
    if row is None:
        values = {"done_on": D("2026-03-02"), **values}
        row = Migration(number=number, customer_id=1, done_on=D("2026-03-02"))
    at = hospital(work, name)
    write(work, row, number, {**values, "customer_id": at.id})
    work.touch("migrate", number)
    if before:
        migrate_owed.touch_year(work, *before)
    migrate_owed.touch_year(work, at.name, row.done_on)


def check(work: Work, year: str, on: date) -> None:
    """A December check is recorded."""
    work.insert(MigrationCheck(year=year, checked_on=on), year)
    work.touch("migrate")


def call(work: Work, quarter: str, name: str, values: dict[str, object]) -> None:
    """A callback of a hospital in a quarter."""
    number = callbacks.number_of(quarter, "李伟", name)
    row = row_of(work, Callback, number) or Callback(
        number=number, quarter=quarter, engineer_id=4, customer_id=hospital(work, name).id or 0
    )
    drawn = values.get("drawn_on", row.drawn_on)
    write(work, row, number, {**values, "first_on": drawn or values.get("asked_on", row.asked_on)})
    work.touch("callback", number)


def attempt(work: Work, quarter: str, name: str, on: date) -> None:
    """Nobody was reached."""
    number = callbacks.number_of(quarter, "李伟", name)
    row = row_of(work, Callback, number)
    if row is not None:
        work.insert(CallbackTry(callback_id=row.id, tried_on=on), number)
        work.touch("callback", number)


def void(work: Work, table: type[Any], number: str) -> None:
    """A record was a mistake."""
    row = row_of(work, table, number)
    if row is not None and row.void_on is None:
        work.change(row, number, {"void_on": work.today, "void_reason": "重复"})
        work.touch(table.__tablename__, number)
        if table is Migration:
            name = work.session.get_one(Customer, row.customer_id).name
            migrate_owed.touch_year(work, name, row.done_on)


def edit(work: Work, name: str, values: dict[str, object]) -> None:
    """Other data of a hospital."""
    customer.edit(work, hospital(work, name).name, values)


def unperson(work: Work, name: str) -> None:
    """A hospital was a mistake; refused while it has records."""
    customer.void(work, hospital(work, name).name, "重复")


def waive(work: Work, place: int) -> None:
    """One of the obligations is let off, or the waiver is taken back."""
    rows = work.session.exec(select(ObligationRow)).all()
    if rows:
        row = rows[place % len(rows)]
        if not waiver.waive(work, row.rule, row.number, "特批", TODAY, row.starts_on):
            waiver.withdraw(work, row.rule, row.number, row.starts_on)


def policy(work: Work, text: str, on: date) -> None:
    """Other numbers of the process from a day on."""
    terms.apply(work, text, "neu", on, quiet)


def live(work: Work, on: date | None) -> None:
    """The company starts on another day, or counts everything."""
    terms.live(work, on, quiet)


days = st.dates(D("2023-06-01"), D("2027-06-30"))
past = st.dates(D("2023-06-01"), TODAY)
names = st.sampled_from((EAST, NORTH))
numbers = st.sampled_from(("SJ-1", "SJ-2"))
moves = st.sampled_from(("QY-1", f"{NORTH}-2026", "2026"))
"""Numbers of migrations; one looks like a hospital's year, one like that of a check."""
quarters = st.sampled_from(("2026Q3", "2026Q4", "2025Q4"))
DATES = tuple(dict.fromkeys(("planned_on", *upgrades.ACTS)))
UPGRADE = st.dictionaries(st.sampled_from(DATES), st.none() | days, min_size=1, max_size=8)
ANSWERS = st.sampled_from(({}, {"answer": "yes"}, {"answer": "no"}))
MIGRATION = st.fixed_dictionaries(
    {}, optional={"done_on": past, "reindexed_on": st.none() | past, "registered_on": st.none() | past}
)
CALLBACK = st.fixed_dictionaries(
    {}, optional={"drawn_on": st.none() | past, "asked_on": st.none() | past, "service": st.integers(1, 5)}
)
HOSPITAL = st.fixed_dictionaries(
    {},
    optional={
        "level": st.none() | st.integers(1, 3),
        "running_since": st.none() | st.dates(D("2018-01-01"), D("2025-01-02")),
        "name": st.sampled_from((EAST, NORTH, "新院", "新院-2026")),
    },
)
POLICIES = st.sampled_from(
    (
        *("settings.migrate.level = 3", "settings.migrate.years = 1", "settings.callback.tries = 1"),
        *('rules.upgrade.report.period = "2 days"', "settings.ledger.horizon_months = 3"),
        *('rules.upgrade.order.owner = "qc"', "settings.ledger.horizon_months = 26"),
    )
)
ACTS = st.one_of(
    st.tuples(st.just(upgrade), numbers, st.builds(lambda a, b: {**a, **b}, UPGRADE, ANSWERS)),
    st.tuples(st.just(skip), numbers, past, st.sampled_from(("test", "plan、test"))),
    st.tuples(st.just(assign), numbers, st.sampled_from((["李伟"], ["赵强"], [])), past),
    st.tuples(st.just(migrate), moves, names, MIGRATION),
    st.tuples(st.just(check), st.sampled_from(("2024", "2026")), past),
    st.tuples(st.just(call), quarters, names, CALLBACK),
    st.tuples(st.just(attempt), quarters, names, past),
    st.tuples(st.just(void), st.just(Upgrade), numbers),
    st.tuples(st.just(void), st.just(Migration), moves),
    st.tuples(st.just(void), st.just(Callback), st.just(callbacks.number_of("2026Q4", "李伟", NORTH))),
    st.tuples(st.just(edit), names, HOSPITAL),
    st.tuples(st.just(unperson), names),
    st.tuples(st.just(staff.edit), st.just("李伟"), st.just({"team": "一部"}), st.none()),
    st.tuples(st.just(waive), st.integers(0, 50)),
    st.tuples(st.just(policy), POLICIES, days),
    st.tuples(st.just(live), st.none() | days),
)


@settings(max_examples=15, deadline=None)
@given(
    acts=st.lists(st.lists(ACTS, min_size=1, max_size=4), min_size=1, max_size=5),
    today=st.sampled_from((TODAY, D("2026-12-31"), D("2027-01-01"), D("2027-12-01"))),
    since=st.dates(D("2019-01-01"), D("2025-01-02")),
)
def test_after_any_sequence_of_writes_the_ledger_is_what_the_rules_say(
    acts: list[list[tuple[Callable[..., object], *tuple[object, ...]]]],
    today: date,
    since: date,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = peopled(tmp_path_factory.mktemp("ledger") / "svcq.db")
    with writing(path) as work:
        customer.edit(work, NORTH, {"running_since": since})
    for turn, together in enumerate(acts):
        on = today if turn % 2 else TODAY  # back and forth over the end of a year
        with suppress(SvcqError), writing(path, today=on) as work:
            for act, *arguments in together:
                act(work, *arguments)
        with writing(path, dry_run=True, today=on) as work:
            assert list(ledger.differences(work)) == [], together
            assert ledger.refresh_all(work) >= 0
        assert faults(path) == []


# --- hospitals and their years


def owed(path: Path, rule: str, t: date = TODAY, **filters: object) -> list[dict[str, object]]:
    """The obligations of a rule on a day."""
    reader = Reader(at(path))
    try:
        return list(obligations(reader, t, states=None, filters={"rule": rule, **filters}))
    finally:
        reader.close()


def years(path: Path, t: date = TODAY) -> list[object]:
    """The numbers of the yearly migrations on a day."""
    return [row["number"] for row in owed(path, "migrate.yearly", t)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with a level-2 hospital that has been running for three years since 2025."""
    found = peopled(tmp_path / "svcq.db")
    with writing(found) as work:
        customer.edit(work, NORTH, {"running_since": D("2022-01-01")})
        customer.assign(work, NORTH, "engineer", ["李伟"], D("2022-01-01"))
    return found


def test_a_hospital_owes_a_migration_each_year_and_its_engineer_does_it(path: Path) -> None:
    assert years(path) == [f"{NORTH}-2025", f"{NORTH}-2026"]
    (first, second) = owed(path, "migrate.yearly")
    assert (first["person"], first["customer"], first["process"]) == ("李伟", NORTH, "migrate")
    assert [first["state"], second["state"]] == ["overdue", "open"]
    with writing(path) as work:
        migrate(work, "QY-1", NORTH, {"done_on": D("2026-05-04")})
    assert [row["met_on"] for row in owed(path, "migrate.yearly")] == [None, D("2026-05-04")]
    with writing(path) as work:
        migrate(work, "QY-1", NORTH, {"done_on": D("2025-05-04")})
    assert [row["met_on"] for row in owed(path, "migrate.yearly")] == [D("2025-05-04"), None]
    with writing(path) as work:
        migrate(work, "QY-1", EAST, {})
    assert [row["met_on"] for row in owed(path, "migrate.yearly")] == [None, None]
    assert faults(path) == []


def test_of_two_migrations_in_a_year_the_first_counts_until_it_is_void(path: Path) -> None:
    with writing(path) as work:
        migrate(work, "QY-1", NORTH, {"done_on": D("2026-05-04")})
        migrate(work, "QY-2", NORTH, {"done_on": D("2026-09-01")})
    assert owed(path, "migrate.yearly")[1]["met_on"] == D("2026-05-04")
    with writing(path) as work:
        void(work, Migration, "QY-1")
    assert owed(path, "migrate.yearly")[1]["met_on"] == D("2026-09-01")
    assert faults(path) == []


def test_another_level_or_start_of_a_hospital_is_another_list_of_years(path: Path) -> None:
    for values, expected in (
        ({"level": 3}, []),
        ({"level": 2}, [f"{NORTH}-2025", f"{NORTH}-2026"]),
        ({"running_since": D("2022-01-02")}, [f"{NORTH}-2026"]),
        ({"running_since": None}, []),
        ({"running_since": D("2020-06-01")}, [f"{NORTH}-{year}" for year in (2024, 2025, 2026)]),
    ):
        with writing(path) as work:
            customer.edit(work, NORTH, values)
        assert years(path) == expected
        assert faults(path) == []
    with writing(path) as work:
        customer.void(work, NORTH, "重复")
    assert years(path) == []
    assert faults(path) == []


def test_a_renamed_hospital_takes_its_years_and_what_was_let_off_with_it(path: Path) -> None:
    with writing(path) as work:
        waiver.waive(work, "migrate.yearly", f"{NORTH}-2025", "停机", None)
        work.insert(
            Waiver(
                rule="migrate.yearly",
                number=f"{NORTH}-2026-2025",  # another hospital's, whose name ends like a year
                starts_on=D("2025-01-01"),
                waived_on=TODAY,
                waived_by="质控",
                reason="x",
            ),
            "x",
        )
    with writing(path) as work:
        customer.edit(work, NORTH, {"name": "云河市人民医院"})
    found = owed(path, "migrate.yearly")
    assert [(row["number"], row["state"]) for row in found] == [
        ("云河市人民医院-2025", "waived"),
        ("云河市人民医院-2026", "open"),
    ]
    kept = sorted(str(row[1]) for row in dump(path)["waiver"])
    assert kept == ["云河县人民医院-2026-2025", "云河市人民医院-2025"]
    assert faults(path) == []


def test_with_a_start_of_the_company_the_first_full_year_is_the_first(path: Path) -> None:
    for live_from, expected in (
        (D("2026-01-01"), [f"{NORTH}-2026"]),
        (D("2026-01-02"), []),
        (D("2025-07-01"), [f"{NORTH}-2026"]),
        (None, [f"{NORTH}-2025", f"{NORTH}-2026"]),
    ):
        with writing(path) as work:
            live(work, live_from)
        assert years(path) == expected
        assert faults(path) == []


def test_a_policy_version_holds_from_the_first_of_january_after_it(path: Path) -> None:
    with writing(path) as work:
        policy(work, "settings.migrate.level = 3", D("2026-06-01"))
    assert years(path, D("2027-06-01")) == [f"{NORTH}-2025", f"{NORTH}-2026"]
    with writing(path) as work:
        policy(work, "settings.migrate.years = 5", D("2026-01-01"))
    assert years(path, D("2027-06-01")) == [f"{NORTH}-2025"]
    assert faults(path) == []


def test_a_number_that_looks_like_a_hospitals_year_is_that_of_a_migration_all_the_same(path: Path) -> None:
    with writing(path) as work:
        migrate(work, f"{NORTH}-2026", EAST, {"done_on": D("2026-05-04")})
        migrate(work, f"{NORTH}-2025", NORTH, {"done_on": D("2026-06-01")})
    assert [row["met_on"] for row in owed(path, "migrate.yearly")] == [None, D("2026-06-01")]
    assert len(owed(path, "migrate.reindex")) == 2
    with writing(path) as work:
        void(work, Migration, f"{NORTH}-2025")
    assert [row["met_on"] for row in owed(path, "migrate.yearly")] == [None, None]
    assert [row["number"] for row in owed(path, "migrate.reindex")] == [f"{NORTH}-2026"]
    assert faults(path) == []


# --- the horizon


def test_a_year_within_the_horizon_is_laid_down_though_nobody_touches_its_hospital(path: Path) -> None:
    with writing(path) as work:
        assert ledger.horizon(work) == D("2027-11-30")
    assert f"{NORTH}-2028" not in years(path, D("2028-01-01"))
    with writing(path, today=D("2027-01-04")) as work:  # the horizon is the end of January 2028 then
        upgrade(work, "SJ-1", {"applied_on": D("2027-01-04")})
    assert years(path, D("2028-01-01"))[-1] == f"{NORTH}-2028"
    assert years(path) == [f"{NORTH}-2025", f"{NORTH}-2026"]
    assert faults(path, today=D("2027-01-04")) == []


def test_the_periodic_rules_of_every_process_move_on_together(path: Path) -> None:
    with writing(path) as work:
        migrate(work, "QY-1", NORTH, {"done_on": D("2026-05-04")})
        call(work, "2026Q4", NORTH, {"drawn_on": D("2026-10-12")})
    later = D("2028-12-31")
    assert [row["number"] for row in owed(path, "migrate.check", later)] == ["2026"]
    assert [row["number"] for row in owed(path, "callback.sample", later)][-1] == "2027Q4"
    with writing(path, today=D("2027-01-04")) as work:
        upgrade(work, "SJ-1", {"applied_on": D("2027-01-04")})
    assert [row["number"] for row in owed(path, "migrate.check", later)] == ["2026", "2027"]
    assert [row["number"] for row in owed(path, "callback.sample", later)][-1] == "2028Q1"
    assert faults(path, today=D("2027-01-04")) == []


def test_to_compute_some_records_anew_does_not_move_the_horizon(path: Path) -> None:
    with writing(path, today=D("2027-01-04")) as work:
        assert ledger.refresh(work, "upgrade", []) == 0
        assert ledger.horizon(work) == D("2027-11-30")
    assert faults(path) == []


# --- checks and samples


def test_the_checks_begin_with_the_first_migration_or_check_or_the_first_full_year(path: Path) -> None:
    def found() -> list[object]:
        return [(row["number"], row["met_on"]) for row in owed(path, "migrate.check", D("2026-12-31"))]

    assert found() == []
    with writing(path) as work:
        migrate(work, "QY-1", NORTH, {"done_on": D("2025-05-04")})
    assert found() == [("2025", None), ("2026", None)]
    with writing(path) as work:
        check(work, "2024", D("2024-12-20"))
        check(work, "2025", D("2025-12-30"))
        check(work, "2025", D("2025-12-20"))
    assert found() == [("2024", D("2024-12-20")), ("2025", D("2025-12-20")), ("2026", None)]
    with writing(path) as work:
        live(work, D("2025-02-01"))
    assert found() == [("2026", None)]
    with writing(path) as work:
        live(work, None)
        void(work, Migration, "QY-1")
    assert [number for number, _ in found()] == ["2024", "2025", "2026"]  # type: ignore[misc]
    assert faults(path) == []


def test_the_sample_of_a_quarter_is_met_by_its_first_drawing_that_stands(path: Path) -> None:
    def found() -> list[object]:
        return [(row["number"], row["met_on"]) for row in owed(path, "callback.sample")]

    assert found() == []
    with writing(path) as work:
        call(work, "2026Q3", NORTH, {"asked_on": D("2026-08-03"), "service": 4})
        call(work, "2026Q4", NORTH, {"drawn_on": D("2026-10-13")})
        call(work, "2026Q4", EAST, {"drawn_on": D("2026-10-12")})
    assert found() == [("2026Q3", D("2026-08-03")), ("2026Q4", D("2026-10-12"))]
    with writing(path) as work:
        void(work, Callback, callbacks.number_of("2026Q4", "李伟", EAST))
    assert found() == [("2026Q3", D("2026-08-03")), ("2026Q4", D("2026-10-13"))]
    with writing(path) as work:
        live(work, D("2026-08-01"))
    assert found() == [("2026Q4", D("2026-10-13"))]
    assert faults(path) == []


def test_a_callback_is_met_by_its_answer_or_by_the_third_try(path: Path) -> None:
    with writing(path) as work:
        for name in (NORTH, EAST):
            call(work, "2026Q4", name, {"drawn_on": D("2026-10-12")})
        call(work, "2026Q4", EAST, {"asked_on": D("2026-10-20"), "service": 4})
        for day in ("2026-10-15", "2026-10-13", "2026-10-14"):
            attempt(work, "2026Q4", NORTH, D(day))
    met = {row["customer"]: row["met_on"] for row in owed(path, "callback.make")}
    assert met == {EAST: D("2026-10-20"), NORTH: D("2026-10-15")}
    assert owed(path, "callback.make", D("2026-10-14"), customer=NORTH)[0]["state"] == "open"
    assert faults(path) == []


# --- forced steps of upgrades


def test_a_forced_step_stays_with_the_upgrader_of_that_day_or_who_applied(path: Path) -> None:
    with writing(path) as work:
        upgrade(work, "SJ-1", {"applied_on": D("2026-10-08")})
        row = row_of(work, Upgrade, "SJ-1")
        record = holders.Record("upgrade", row.id, "SJ-1")
        someone = work.session.exec(select(Staff).where(Staff.name == "赵强")).one()
        holders.assign(work, record, "account_manager", [someone])
        assign(work, "SJ-1", ["李伟"], D("2026-10-12"))
        skip(work, "SJ-1", D("2026-10-09"), "arrange、plan")
        skip(work, "SJ-1", D("2026-10-13"), "test")
        skip(work, "SJ-1", D("2026-10-13"), "approve")
    found = [(row["person"], row["state"], row["note"]) for row in owed(path, "upgrade.order")]
    assert found == [("赵强", "late", "arrange、plan"), ("李伟", "late", "test、approve")]
    with writing(path) as work:
        assign(work, "SJ-1", ["李伟"], D("2026-10-09"))
    assert [row["person"] for row in owed(path, "upgrade.order")] == ["李伟", "李伟"]
    with writing(path) as work:
        void(work, Upgrade, "SJ-1")
    assert owed(path, "upgrade.order") == []
    assert faults(path) == []


def test_nothing_of_an_upgrade_is_shown_before_its_first_act(path: Path) -> None:
    with writing(path) as work:
        upgrade(work, "SJ-1", {"arranged_on": D("2026-10-12"), "planned_on": D("2026-11-02")})
    assert owed(path, "upgrade.plan", D("2026-10-11")) == []
    (one,) = owed(path, "upgrade.plan", D("2026-10-12"))
    assert (one["state"], one["due_on"]) == ("open", D("2026-11-01"))
