"""A store that an older svcq wrote: whoever opens it first, its ledger knows the rules that came since."""

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from svcq.desk import Asked, Desk
from svcq.store import database, sqlite
from svcq.store.audit import Entry, append
from svcq.store.read_ledger import obligations
from tests.stores import TODAY, faults, writing

pytestmark = pytest.mark.files  # files of older schemas: on a server there were none

NEW = ["migrate.yearly 河西医院-2026", "migrate.yearly 河西医院-2027"]
"""What the rules of chapter 五 ask of a hospital of level 2 that has been running since the summer of 2022."""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A store of the schema that knew nothing of migrations, with that hospital."""
    path = tmp_path / "svcq.db"
    sqlite.create(path)
    engine = sqlite.engine(path)
    with engine.begin() as connection:
        database.apply_steps(connection, "0002", with_views=False)
        connection.exec_driver_sql(
            "insert into customer (name, name_key, level, running_since) values ('河西医院', '河西医院', 2, '2022-06-01')"
        )
        with Session(connection) as session:
            entry = Entry("customer", "河西医院", "insert", "{}")
            append(session, [entry], at="2024-01-01T08:00:00.000Z", actor="质控", command="import", note=None)
    engine.dispose()
    return path


def listed(path: Path, *, dry_run: bool = False) -> list[str]:
    """What a listing of every obligation shows."""
    desk = Desk(TODAY, path, "质控", "due", Asked({"dry_run": dry_run}))
    with desk.read() as reader:
        found = obligations(reader, TODAY.replace(year=2027), states=None)
        return sorted(f"{row['rule']} {row['number']}" for row in found)


def stored(path: Path) -> list[tuple[object, ...]]:
    """Rule and number of what the ledger has, without opening the store as svcq does."""
    with closing(sqlite.connect(path, readonly=True)) as connection:
        return connection.execute("select rule, number from obligation").fetchall()


def test_a_listing_shows_what_the_new_rules_ask_of_old_records(old: Path) -> None:
    assert listed(old) == NEW
    assert faults(old) == []


def test_a_listing_of_a_dry_run_does_too(old: Path) -> None:
    assert listed(old, dry_run=True) == NEW


def test_a_write_brings_the_ledger_up_though_it_touches_nothing(old: Path) -> None:
    with writing(old):
        pass
    assert len(stored(old)) == len(NEW)
    assert faults(old) == []


def test_the_check_does_not_take_what_is_still_to_be_computed_for_damage(old: Path) -> None:
    assert faults(old) == []
    with writing(old, dry_run=True):
        pass
    assert stored(old) == []  # a dry run keeps nothing
    assert listed(old) == NEW


def test_a_new_store_has_nothing_to_catch_up_with(tmp_path: Path) -> None:
    path = tmp_path / "svcq.db"
    with writing(path) as work:
        assert work.setting(database.BEHIND) is None
