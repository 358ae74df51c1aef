"""The schema: the steps make what the tables say, every CHECK has a name and bites, every view runs."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, create_engine

from svcq.store import database, sqlite, version
from svcq.store.tables.base import metadata
from svcq.store.tables.staff import StaffUnit
from tests.places import ask, views
from tests.stores import blank, dump, made, writing

CHECKS = {
    str(constraint.name): table.name
    for table in metadata().tables.values()
    for constraint in table.constraints
    if isinstance(constraint, CheckConstraint)
}


@pytest.fixture(name="empty")
def _empty(tmp_path: Path) -> Path:
    """A store with the whole schema and no rows."""
    return blank(tmp_path / "svcq.db")


ADDED = r"\n|, (?=[a-z_]+ (?:DATE|VARCHAR)$)|, (?=[a-z_]+ (?:DATE|VARCHAR),)"
"""Between two clauses: a line's end, or the comma before a column that a later step added."""


def statements(path: Path) -> dict[str, set[str]]:
    """What a database says of each of its tables and indexes: the clauses, whatever their order and case."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "select name, sql from sqlite_master where sql is not null and type in ('table', 'index')"
        ).fetchall()
    return {
        name: {clause.strip(" ,\t").casefold() for clause in re.split(ADDED, re.sub(r"[ \t]+", " ", sql))}
        - {""}
        for name, sql in rows
        if name != "alembic_version"
    }


@pytest.mark.files  # SQLite's words; test_postgres.py asks the server
def test_the_steps_make_what_the_tables_say(empty: Path) -> None:
    engine = sqlite.engine(empty)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"render_as_batch": True})
        assert compare_metadata(context, metadata()) == []
    engine.dispose()


@pytest.mark.files  # SQLite's words; test_postgres.py asks the server
def test_the_steps_and_the_tables_agree_on_every_clause(empty: Path, tmp_path: Path) -> None:
    other = tmp_path / "tables.db"
    engine = create_engine(f"sqlite:///{other}")
    metadata().create_all(engine)
    engine.dispose()
    assert statements(empty) == statements(other)


@pytest.mark.files  # SQLite's words; test_postgres.py asks the server
def test_the_newest_step_is_the_last_that_svcq_knows(empty: Path) -> None:
    steps = sorted(
        file.name[1:5] for file in (Path(database.__file__).parent / "schema" / "versions").glob("s*.py")
    )
    assert tuple(steps) == version.KNOWN
    with closing(sqlite.connect(empty)) as connection:
        assert sqlite.revision(connection) == version.HEAD


def test_every_check_has_a_name() -> None:
    for name, table in CHECKS.items():
        assert name.startswith(f"ck_{table}_"), f"{table}: a check without a name"


CUSTOMER = "insert into customer (name, name_key{more}) values ({name}, 'k'{values})"
CONTRACT = "insert into contract (number, customer_id{more}) values ('N', 1{values})"
DUE = (
    "insert into obligation (number, rule, starts_on, process, clause, role, due_on, breach_on, shown_on, fine_fen,"
    " provisional, note) values ('N', 'r.s', '2026-01-01', 'r', '一', 'qc', '2026-02-01', {breach}, '2026-01-01',"
    " {fine}, 0, '')"
)
ISSUE = (
    "insert into issue (number, customer_id, reported_on, priority{more})"
    " values ({number}, 1, '2026-02-02', false{values})"
)
HANDOVER = "insert into handover (number, customer_id{more}) values ({number}, 1{values})"
TRAIL = "insert into handover_trail (handover_id, done_on{more}) values (1, '2026-02-02'{values})"
FINDING = (
    "insert into spot_finding (number, person_id, record, record_on{more})"
    " values ({number}, 1, {record}, '2026-02-02'{values})"
)
UPGRADE = "insert into upgrade (number, customer_id{more}) values ({number}, 1{values})"
MIGRATION = (
    "insert into migrate (number, customer_id, done_on{more}) values ({number}, 1, '2026-02-02'{values})"
)
CALLBACK = (
    "insert into callback (number, quarter, engineer_id, customer_id{more})"
    " values ({number}, {quarter}, 1, 1{values})"
)
SKIP = "insert into upgrade_skip (upgrade_id, done_on, step, skipped) values (1, '2026-02-02', {step}, {skipped})"
MAIL = "insert into mail (channel, day, message_id, state, attempts) values ({channel}, '2026-11-23', '<a@b>', {state}, 0)"
REMINDER = (
    "insert into reminder (rule, number, starts_on, due_on, channel, day, state)"
    " values ('r.s', 'N', '2026-01-01', '2026-02-01', {channel}, '2026-02-01', {state})"
)
BREAKS = {
    "ck_mail_channel_known": MAIL.format(channel="'pigeon'", state="'sent'"),
    "ck_mail_state_known": MAIL.format(channel="'email'", state="'lost'"),
    "ck_reminder_channel_known": REMINDER.format(channel="'chat'", state="'sent'"),
    "ck_reminder_state_known": REMINDER.format(channel="'phone'", state="'ringing'"),
    "ck_callback_attitude_1_to_5": CALLBACK.format(
        number="'N'", quarter="'2026Q1'", more=", attitude", values=", 6"
    ),
    "ck_callback_number_filled": CALLBACK.format(number="' '", quarter="'2026Q1'", more="", values=""),
    "ck_callback_quarter_filled": CALLBACK.format(number="'N'", quarter="''", more="", values=""),
    "ck_callback_service_1_to_5": CALLBACK.format(
        number="'N'", quarter="'2026Q1'", more=", service", values=", 0"
    ),
    "ck_callback_void_has_reason": CALLBACK.format(
        number="'N'", quarter="'2026Q1'", more=", void_on", values=", '2026-02-02'"
    ),
    "ck_migrate_check_year_filled": "insert into migrate_check (year, checked_on) values (' ', '2026-12-02')",
    "ck_migrate_number_filled": MIGRATION.format(number="' '", more="", values=""),
    "ck_migrate_void_has_reason": MIGRATION.format(number="'N'", more=", void_reason", values=", 'why'"),
    "ck_score_evidence_indicator_known": (
        "insert into score_evidence (period, person, indicator, process, number, waived)"
        " values ('2026Q1', '李伟', 'charm', 'issue', 'N', false)"
    ),
    "ck_score_figure_kind_known": (
        "insert into score_figure (period, kind, name, person, people, points, breaches, waived, fines_fen)"
        " values ('2026Q1', 'planet', 'N', '', 1, 0, 0, 0, 0)"
    ),
    "ck_score_publication_period_filled": (
        "insert into score_publication (period, published_on, published_by, policy, body)"
        " values (' ', '2026-04-02', 'me', 'house', '')"
    ),
    "ck_upgrade_answer_known": UPGRADE.format(number="'N'", more=", answer", values=", 'perhaps'"),
    "ck_upgrade_number_filled": UPGRADE.format(number="' '", more="", values=""),
    "ck_upgrade_second_answer_known": UPGRADE.format(
        number="'N'", more=", second_answer", values=", 'perhaps'"
    ),
    "ck_upgrade_second_called_on_not_before_called_on": UPGRADE.format(
        number="'N'", more=", called_on, second_called_on", values=", '2026-02-02', '2026-02-01'"
    ),
    "ck_upgrade_skip_skipped_filled": SKIP.format(step="'done'", skipped="' '"),
    "ck_upgrade_skip_step_filled": SKIP.format(step="''", skipped="'test'"),
    "ck_upgrade_void_has_reason": UPGRADE.format(number="'N'", more=", void_on", values=", '2026-02-02'"),
    "ck_handover_free_until_not_before_free_from": HANDOVER.format(
        number="'N'", more=", free_from, free_until", values=", '2026-02-02', '2026-02-01'"
    ),
    "ck_handover_number_filled": HANDOVER.format(number="' '", more="", values=""),
    "ck_handover_void_has_reason": HANDOVER.format(number="'N'", more=", void_on", values=", '2026-02-02'"),
    "ck_handover_trail_decision_known": TRAIL.format(more=", decision", values=", 'perhaps'"),
    "ck_handover_trail_expected_on_not_before_done_on": TRAIL.format(
        more=", expected_on", values=", '2026-02-01'"
    ),
    "ck_issue_event_what_known": "insert into issue_event (issue_id, what, done_on) values (1, 'forget', '2026-02-02')",
    "ck_issue_number_filled": ISSUE.format(number="' '", more="", values=""),
    "ck_issue_passed_on_not_before_test_result_on": ISSUE.format(
        number="'N'", more=", test_result_on, passed_on", values=", '2026-02-02', '2026-02-01'"
    ),
    "ck_issue_step_result_known": (
        "insert into issue_step (issue_id, done_on, result) values (1, '2026-02-02', 'fixed')"
    ),
    "ck_issue_void_has_reason": ISSUE.format(number="'N'", more=", void_on", values=", '2026-02-02'"),
    "ck_leave_until_on_not_before_from_on": (
        "insert into leave (person_id, from_on, until_on) values (1, '2026-02-02', '2026-02-01')"
    ),
    "ck_obligation_shown_until_not_before_shown_on": (
        "insert into obligation (number, rule, starts_on, process, clause, role, due_on, breach_on, shown_on, shown_until,"
        " fine_fen, provisional, note) values ('N', 'r.s', '2026-01-01', 'r', '一', 'qc', '2026-02-01', '2026-02-02',"
        " '2026-01-02', '2026-01-01', 0, false, '')"
    ),
    "ck_plan_number_filled": "insert into plan (number, active) values (' ', true)",
    "ck_spot_finding_finding_has_day": FINDING.format(
        number="'N'", record="'work'", more=", finding", values=", 'wrong'"
    ),
    "ck_spot_finding_finding_known": FINDING.format(
        number="'N'", record="'work'", more=", finding, found_on", values=", 'odd', '2026-02-02'"
    ),
    "ck_spot_finding_number_filled": FINDING.format(number="' '", record="'work'", more="", values=""),
    "ck_spot_finding_record_known": FINDING.format(number="'N'", record="'play'", more="", values=""),
    "ck_spot_sample_window_until_not_before_window_from": (
        "insert into spot_sample (month, drawn_on, seed, window_from, window_until)"
        " values ('2026-02', '2026-02-20', 1, '2026-02-02', '2026-02-01')"
    ),
    "ck_audit_action_known": "insert into audit values (1, 'at', 'me', 'c', 't', 'n', 'forget', '{}', null, 'h')",
    "ck_contract_amount_not_negative": CONTRACT.format(more=", amount_fen", values=", -1"),
    "ck_contract_call_promised_on_not_before_called_on": (
        "insert into contract_call (contract_id, called_on, promised_on) values (1, '2026-02-02', '2026-02-01')"
    ),
    "ck_contract_ends_on_not_before_starts_on": CONTRACT.format(
        more=", starts_on, ends_on", values=", '2026-02-02', '2026-02-01'"
    ),
    "ck_contract_follows_another": CONTRACT.format(more=", id, follows_id", values=", 7, 7"),
    "ck_contract_free_until_not_before_free_from": CONTRACT.format(
        more=", free_from, free_until", values=", '2026-02-02', '2026-02-01'"
    ),
    "ck_contract_number_filled": "insert into contract (number, customer_id) values ('  ', 1)",
    "ck_contract_returned_on_not_before_sealed_on": CONTRACT.format(
        more=", sealed_on, returned_on", values=", '2026-02-02', '2026-02-01'"
    ),
    "ck_contract_returned_on_not_before_sent_out_on": CONTRACT.format(
        more=", sent_out_on, returned_on", values=", '2026-02-02', '2026-02-01'"
    ),
    "ck_contract_void_has_reason": CONTRACT.format(more=", void_on", values=", '2026-02-02'"),
    "ck_customer_level_1_to_3": CUSTOMER.format(more=", level", name="'N'", values=", 4"),
    "ck_customer_name_filled": CUSTOMER.format(more="", name="' '", values=""),
    "ck_customer_void_has_reason": CUSTOMER.format(more=", void_reason", name="'N'", values=", 'why'"),
    "ck_obligation_breach_after_due": DUE.format(breach="'2026-02-01'", fine=0),
    "ck_obligation_fine_not_negative": DUE.format(breach="'2026-02-02'", fine=-1),
    "ck_staff_left_on_not_before_joined_on": (
        "insert into staff (name, name_key, joined_on, left_on) values ('N', 'k', '2026-02-02', '2026-02-01')"
    ),
    "ck_staff_name_filled": "insert into staff (name, name_key) values ('', 'k')",
    "ck_staff_role_role_known": "insert into staff_role (staff_id, role, place) values (1, 'king', 0)",
    "ck_staff_void_has_reason": "insert into staff (name, name_key, void_on) values ('N', 'k', '2026-02-02')",
    "ck_waiver_reason_filled": "insert into waiver values ('r.s', 'N', '2026-01-01', '2026-01-01', 'me', ' ')",
}


def test_each_check_has_a_row_here_that_breaks_it() -> None:
    assert sorted(BREAKS) == sorted(CHECKS)


@pytest.mark.files  # SQLite's words; test_postgres.py asks the server
@pytest.mark.parametrize("name", sorted(BREAKS))
def test_a_row_that_breaks_a_check_is_refused_by_its_name(empty: Path, name: str) -> None:
    with (
        closing(sqlite3.connect(empty)) as connection,
        pytest.raises(sqlite3.IntegrityError, match=rf"CHECK constraint failed: {name}$"),
    ):
        connection.execute(BREAKS[name])


@pytest.mark.files  # SQLite's words; test_postgres.py asks the server
def test_a_foreign_key_that_points_nowhere_is_refused(empty: Path) -> None:
    engine = sqlite.engine(empty)
    with engine.connect() as connection, pytest.raises(Exception, match="FOREIGN KEY constraint failed"):
        connection.exec_driver_sql(CONTRACT.format(more="", values=""))
    engine.dispose()


def view_names() -> Iterator[str]:
    """The names of the public read model."""
    return (name for name, _ in database.views())


def test_the_views_of_a_store_are_those_of_the_files(empty: Path) -> None:
    assert set(views(empty)) == set(view_names())


@pytest.mark.parametrize("name", sorted(view_names()))
def test_a_view_runs_on_a_store_with_rows_and_says_its_columns(tmp_path: Path, name: str) -> None:
    path = made(tmp_path / "svcq.db")
    columns = views(path)[name]
    assert {len(row) for row in ask(path, f"select * from {name}")} <= {len(columns)}
    assert len(columns) == len(set(columns))
    assert all(column.isidentifier() for column in columns)


def test_a_view_is_explained_in_its_file() -> None:
    for name, body in database.views():
        assert body.startswith("-- "), f"{name} is not explained"


def test_every_table_that_people_write_has_a_view(empty: Path) -> None:
    read = " ".join(body.casefold() for _, body in database.views())
    hidden = {"setting"}
    for table in metadata().tables:
        assert table in hidden or re.search(rf"\b{table}\b", read), f"{table} cannot be read through a view"


def test_upgrading_a_store_that_is_new_enough_changes_nothing(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    before, shown = dump(path), views(path)
    database.upgrade(path)
    assert (dump(path), views(path)) == (before, shown)


FIRST_ROWS = (
    "insert into customer (id, name, name_key) values (1, '江州市中心医院', 'k')",
    "insert into contract (id, number, customer_id, sealed_on, first_on) values (1, 'HT-1', 1, '2026-09-01', '2026-09-01')",
    "insert into contract_call (contract_id, called_on) values (1, '2026-10-02')",
    DUE.format(breach="'2026-02-02'", fine=10000),
)


@pytest.mark.files  # a file that an older svcq left
def test_a_store_of_the_first_schema_keeps_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "svcq.db"
    sqlite.create(path)
    sqlite.first_settings(path)
    engine = sqlite.engine(path)
    with engine.begin() as connection:
        database.apply_steps(connection, until="0001", with_views=False)
        for statement in FIRST_ROWS:
            connection.exec_driver_sql(statement)
    engine.dispose()
    with closing(database.reader(path)) as opened:
        assert opened.execute("select number, entered_on from v_contract").fetchall() == [("HT-1", None)]
        assert opened.execute("select count(*) from v_contract_call").fetchone() == (1,)
        found = opened.execute("select rule, due_on, shown_until, fine_fen from v_obligation").fetchall()
        assert found == [("r.s", "2026-02-01", None, 10000)]
        assert sqlite.revision(opened) == version.HEAD


SECOND_ROWS = (
    "insert into staff (id, name, name_key, team, region) values (1, '陈立', 'a', '一部', '华东')",
    "insert into staff (id, name, name_key, region) values (2, '王敏', 'b', '华北')",
    "insert into staff (id, name, name_key) values (3, '李伟', 'c')",
)


@pytest.mark.files  # a file that an older svcq left
def test_people_of_the_second_schema_are_in_their_team_and_region_since_ever(tmp_path: Path) -> None:
    path = tmp_path / "svcq.db"
    sqlite.create(path)
    sqlite.first_settings(path)
    engine = sqlite.engine(path)
    with engine.begin() as connection:
        database.apply_steps(connection, until="0002", with_views=False)
        for statement in SECOND_ROWS:
            connection.exec_driver_sql(statement)
    engine.dispose()
    with closing(database.reader(path)) as opened:
        found = opened.execute("select person, from_on, team, region from v_staff_unit").fetchall()
        assert sqlite.revision(opened) == version.HEAD
    assert sorted(found) == [("王敏", "0001-01-01", None, "华北"), ("陈立", "0001-01-01", "一部", "华东")]
    with writing(path) as work:
        one = work.session.get_one(StaffUnit, (1, date.min))
        assert (one.team, one.region) == ("一部", "华东")
