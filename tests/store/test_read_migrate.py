"""五: what listings say of migrations and of the hospitals that owe one is what the ledger says, on any day."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from svcq.processes import customer, migrate, migrate_year, staff, terms, waiver
from svcq.rules.periods import Span, year_of
from svcq.store.read import Reader
from svcq.store.read_ledger import obligations
from svcq.store.read_migrate import checks, migrations
from svcq.store.tables.migrate import Migration
from tests.places import at
from tests.store.test_plans import Plans, scanned
from tests.stores import again, blank, faults, writing

Ask = Callable[[Plans], list[dict[str, object]]]
LAST = date(2026, 11, 23)
YEARS = [year_of(date(n, 6, 1)) for n in range(2022, 2028)]
DAYS = [date(2023, 12, 31), date(2024, 1, 1), date(2025, 5, 5), date(2026, 1, 1), LAST, date(2027, 2, 2)]
HOSPITALS = 40
ENGINEERS = ("李伟", "王芳", "何平")


@dataclass
class World:
    """A store with hospitals of all levels, their migrations, and what each migration is."""

    path: Path
    rows: dict[str, dict[str, object]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Migrations on any days, done and registered late, early or never; engineers that change; a waiver."""
    made = World(blank(tmp_path_factory.mktemp("migrate") / "svcq.db"))
    chance = random.Random(20261123)
    with writing(made.path, today=LAST) as work:
        for name in ENGINEERS:
            staff.add(work, name, ["engineer"], {})
        for n in range(HOSPITALS):
            since = date(2019, 1, 1) + timedelta(days=chance.randrange(2200))
            values = {
                "level": chance.choice((1, 2, 2, 2, 3, None)),
                "region": chance.choice(("华东", "华北")),
                "running_since": since if n % 9 else None,
            }
            name = f"医院{n:02d}"
            customer.add(work, name, values, {"engineer": [ENGINEERS[n % 2]]})
            if n % 4 == 0:
                customer.assign(work, name, "engineer", ["何平"], date(2025, 3, 1))
            for place in range(chance.randrange(4)):
                on = date(2022, 1, 1) + timedelta(days=chance.randrange(1780))
                later = {
                    key: on + timedelta(days=chance.randrange(9)) for key in ("reindexed_on", "registered_on")
                }
                acts = {key: day for key, day in later.items() if chance.random() < 0.7}
                number = f"QY-{n:02d}-{place}"
                own = "王芳" if chance.random() < 0.3 else None
                migrate.add(work, number, name, {"done_on": on, "system": "HIS", **acts}, own)
                if chance.random() < 0.15:
                    migrate.void(work, number, "重复")
    with writing(made.path, today=LAST) as work:
        owed = next(iter(_first_owed(made.path)))
        waiver.waive(work, "migrate.yearly", owed, "医院停业", date(2026, 2, 1))
        for row in work.session.exec(select(Migration)).all():
            made.rows[row.number] = row.model_dump()
    return made


def _first_owed(path: Path) -> Iterator[str]:
    reader = Reader(at(path))
    rows = obligations(reader, LAST, states=("overdue",), filters={"rule": "migrate.yearly"})
    yield from [str(row["number"]) for row in rows]
    reader.close()


@pytest.fixture
def reader(world: World) -> Iterator[Reader]:
    """The store, open for listings."""
    opened = Reader(at(world.path))
    yield opened
    opened.close()


def test_the_ledger_of_all_of_them_is_what_the_rules_say(world: World) -> None:
    assert faults(world.path, today=LAST) == []


@pytest.mark.parametrize("t", DAYS, ids=str)
def test_a_migration_is_shown_as_it_stood_on_the_day(world: World, reader: Reader, t: date) -> None:
    rows = {str(row["number"]): row for row in migrations(reader, t)}
    assert list(rows) == sorted(number for number, one in world.rows.items() if one["done_on"] <= t)  # type: ignore[operator]
    for number, row in rows.items():
        known = world.rows[number]
        for key in ("reindexed_on", "registered_on"):
            day = known[key]
            assert row[key] == (day if isinstance(day, date) and day <= t else None)
        whole = row["reindexed_on"] and row["registered_on"]
        assert row["state"] == ("void" if known["void_on"] else "complete" if whole else "open")


@pytest.mark.parametrize("t", DAYS[::2], ids=str)
@pytest.mark.parametrize("limit", [None, 3, 1000])
def test_filters_and_limits_choose_among_all_the_rows(reader: Reader, t: date, limit: int | None) -> None:
    everything = list(migrations(reader, t))
    for chosen in (
        {"person": "王芳"},
        {"person": "何平"},
        {"customer": "医院04"},
        {"region": "华东"},
        {"number": "QY-04-0"},
        {"state": "open"},
        {"state": "complete", "region": "华北"},
        {"state": "void"},
    ):
        wanted = [
            row
            for row in everything
            if all(row["engineer" if key == "person" else key] == value for key, value in chosen.items())
        ]
        assert list(migrations(reader, t, filters=chosen, limit=limit)) == wanted[:limit], chosen


@pytest.mark.parametrize("t", DAYS, ids=str)
@pytest.mark.parametrize("year", YEARS, ids=lambda year: year.name)
def test_the_hospitals_of_a_year_are_those_of_the_ledger_with_their_states_and_people(
    reader: Reader, t: date, year: Span
) -> None:
    rows = {str(row["customer"]): row for row in migrate_year.owing(reader, t, year, {})}
    owed = {
        str(row["customer"]): row
        for row in obligations(reader, t, states=None, filters={"rule": "migrate.yearly"})
        if row["starts_on"] == year.first
    }
    if year.first <= t:
        assert set(rows) == set(owed)
    for name, one in owed.items():
        row = rows[name]
        assert (row["state"], row["engineer"], row["migrated_on"]) == (
            one["state"],
            one["person"],
            one["met_on"],
        )
    for row in rows.values():
        assert row["level"] == 2
        assert row["year"] == year.first.year
        since = row["running_since"]
        assert isinstance(since, date)
        assert row["reached_on"] == since.replace(year=since.year + 3)


def test_there_is_something_of_every_kind(reader: Reader) -> None:
    states = {row["state"] for t in DAYS for year in YEARS for row in migrate_year.owing(reader, t, year, {})}
    assert states == {"open", "overdue", "met", "waived"}
    missing = {row["missing"] for year in YEARS for row in migrate_year.checked(reader, LAST, year, {})}
    assert {None, "migration", "reindex", "register", "reindex、register"} <= missing


@pytest.mark.parametrize("t", DAYS[2:], ids=str)
@pytest.mark.parametrize("year", YEARS[2:], ids=lambda year: year.name)
def test_the_check_finds_what_the_records_lack_at_everybody_concerned(
    world: World, reader: Reader, t: date, year: Span
) -> None:
    done: dict[object, list[dict[str, object]]] = {}
    for row in migrations(reader, t):
        if row["state"] != "void" and year.first <= row["done_on"] <= year.last:  # type: ignore[operator]
            done.setdefault(row["customer"], []).append(row)
    owing = {row["customer"]: row for row in migrate_year.owing(reader, t, year, {})}
    rows = {row["customer"]: row for row in migrate_year.checked(reader, t, year, {})}
    assert set(rows) == set(done) | set(owing)
    for name, row in rows.items():
        mine = done.get(name, [])
        codes = str(row["missing"] or "").split("、")
        assert ("migration" in codes) == (name in owing and not mine and owing[name]["state"] != "waived")
        assert ("reindex" in codes) == any(one["reindexed_on"] is None for one in mine)
        assert ("register" in codes) == any(one["registered_on"] is None for one in mine)
        assert row["state"] == (owing[name]["state"] if name in owing else None)
        numbers = sorted(str(one["number"]) for one in mine)
        assert sorted(str(row["migrations"] or "").split("、")) == (numbers or [""])


def test_person_region_and_customer_choose_hospitals_too(reader: Reader) -> None:
    year = YEARS[4]
    everything = list(migrate_year.checked(reader, LAST, year, {}))
    for chosen in ({"person": "何平"}, {"region": "华东"}, {"customer": everything[3]["customer"]}):
        wanted = [
            row
            for row in everything
            if all(row["engineer" if key == "person" else key] == value for key, value in chosen.items())
        ]
        assert wanted
        assert list(migrate_year.checked(reader, LAST, year, chosen)) == wanted


def test_the_first_check_by_a_day_stands_first(world: World, tmp_path: Path) -> None:
    path = again(world.path, tmp_path / "svcq.db")
    with writing(path, today=LAST) as work:
        for on, by in ((LAST, "周静"), (date(2026, 10, 1), "吴兰")):
            migrate.check(work, YEARS[4], on, by, "三家未迁移")
    reader = Reader(at(path))
    assert [row["by_name"] for row in checks(reader, LAST, "2026")] == ["吴兰", "周静"]
    assert [row["by_name"] for row in checks(reader, date(2026, 11, 1), "2026")] == ["吴兰"]
    (row, *_) = migrate_year.checked(reader, LAST, YEARS[4], {})
    assert (row["checked_on"], row["checked_by"]) == (date(2026, 10, 1), "吴兰")
    reader.close()


def test_the_list_says_what_is_due_by_the_rules_also_before_the_company_starts(
    world: World, tmp_path: Path
) -> None:
    path = again(world.path, tmp_path / "svcq.db")
    with writing(path, today=LAST) as work:
        terms.live(work, date(2026, 3, 1), lambda done: None)
    before, after = Reader(at(world.path)), Reader(at(path))
    for year in YEARS:
        one, other = (list(migrate_year.owing(which, LAST, year, {})) for which in (before, after))
        assert [(row["customer"], row["migrated_on"]) for row in one] == [
            (row["customer"], row["migrated_on"]) for row in other
        ]
        assert {row["before_live"] for row in other} <= {year.first < date(2027, 1, 1)}
        assert {row["before_live"] for row in one} <= {False}
    before.close()
    after.close()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """2,000 hospitals with a migration a year for ten years."""
    path = blank(tmp_path_factory.mktemp("many") / "svcq.db")
    with writing(path, today=LAST) as work:
        connection = work.session.connection()
        connection.exec_driver_sql(
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000)"
            " insert into customer (id, name, name_key, level, running_since)"
            " select i, '医院' || i, '医院' || i, 1 + i % 3, '2010-01-01' from n"
        )
        connection.exec_driver_sql(
            "with recursive y(i) as (select 2017 union all select i + 1 from y where i < 2026)"
            " insert into migrate (number, customer_id, done_on)"
            " select 'QY-' || y.i || '-' || c.id, c.id, y.i || '-05-06' from y, customer c where c.id % 5 <> y.i % 5"
        )
    return path


@pytest.mark.files  # the plans of SQLite
@pytest.mark.parametrize(
    "ask",
    [
        lambda reader: list(migrations(reader, LAST, limit=9)),
        lambda reader: list(migrations(reader, LAST, filters={"number": "QY-2026-7"})),
        lambda reader: list(migrate_year.owing(reader, LAST, YEARS[4], {})),
        lambda reader: list(migrate_year.checked(reader, LAST, YEARS[4], {})),
    ],
    ids=["list --limit", "show", "due", "check"],
)
def test_no_migration_of_another_year_is_looked_at(large: Path, ask: Ask) -> None:
    whole, rows = scanned(large, ask)
    assert rows
    assert whole <= {"c", "d"}  # the hospitals, and the company's own days


@pytest.mark.files  # the plans of SQLite
def test_migrations_of_a_hospital_are_found_by_its_key(large: Path) -> None:
    reader = Plans(large)
    assert list(migrate_year.owing(reader, LAST, YEARS[4], {}))
    reader.close()
    assert any("ix_migrate_customer_id" in step or "ix_migrate_done_on" in step for step in reader.steps)
