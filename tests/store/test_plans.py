"""What people look at all day is found by keys, however many contracts there are: SQLite's own plans say so."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from svcq.policy.load import house
from svcq.processes import ledger
from svcq.store.read import Reader
from svcq.store.read_callback import callbacks, summary, tries
from svcq.store.read_check import checks, findings, samples
from svcq.store.read_contract import calls, contracts
from svcq.store.read_handover import handovers, served, trail
from svcq.store.read_issue import events, issues, records, requests, steps
from svcq.store.read_ledger import obligations
from svcq.store.read_migrate import checks as held_checks
from svcq.store.read_migrate import hospitals, migrations, unfinished
from svcq.store.read_revision import with_revisions
from svcq.store.read_score import BREACHED, answers, counts
from svcq.store.read_score import rows as score_rows
from svcq.store.read_staff import examinees, exams, leaves, units
from svcq.store.read_upgrade import left_by_earlier, open_issues, skips, upgrades
from svcq.store.read_upgrade_form import written
from tests.stores import TODAY, peopled, writing

pytestmark = pytest.mark.files
COUNT = 2000
STEPS = 100
"""SQLite says that it is still at it once for so many steps of its program."""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """2,000 contracts over four years, most of them back, as many issues, most of them closed, and the rest."""
    path = peopled(tmp_path_factory.mktemp("plans") / "svcq.db")
    with writing(path) as work:
        connection = work.session.connection()
        for n in range(COUNT):
            sealed = date(2022, 11, 1) + timedelta(days=n * 1460 // COUNT)
            back = None if n % 50 == 0 else sealed + timedelta(days=20)
            ends = sealed + timedelta(days=365)
            connection.exec_driver_sql(
                "insert into contract (number, customer_id, sealed_on, returned_on, ends_on, first_on)"
                " values (?, ?, ?, ?, ?, ?)",
                (f"HT-{n:05d}", 1 + n % 2, str(sealed), back and str(back), str(ends), str(sealed)),
            )
            connection.exec_driver_sql(
                "insert into issue (id, number, customer_id, title, reported_on, priority) values (?, ?, ?, ?, ?, 0)",
                (n + 1, f"WT-{n:05d}", 1 + n % 2, f"问题{n}", str(sealed)),
            )
            for place, result in enumerate(("watch", "watch" if n % 50 == 0 else "solved")):
                connection.exec_driver_sql(
                    "insert into issue_step (issue_id, done_on, person_id, what, result) values (?, ?, ?, ?, ?)",
                    (n + 1, str(sealed + timedelta(days=5 * place)), 1 + n % 6, "处理", result),
                )
        connection.exec_driver_sql(
            "insert into assignment (kind, record_id, role, from_on, place, person_id)"
            " select 'contract', id, 'salesperson', '0001-01-01', 0, 1 + id % 2 from contract"
        )
        connection.exec_driver_sql(
            "insert into issue_event (issue_id, what, done_on, by_name)"
            " select id, 'urge', reported_on, '质控' from issue where id % 9 = 0"
        )
        _checked(connection)
        _handed_over(connection)
        _served(connection)
        ledger.refresh_all(work)
    return path


def _checked(connection: Connection) -> None:
    """Every second step drawn for a spot check of its month, leave and exams of everybody, a check each month."""
    for statement in (
        "insert into spot_sample (id, month, drawn_on, seed, window_until)"
        " select id, substr(done_on, 1, 7), done_on, 1, done_on from issue_step where id % 2 = 0",
        "insert into spot_finding (number, sample_id, person_id, record, record_on, step_id, finding, found_on)"
        " select substr(done_on, 1, 7) || '-' || id, id, person_id, 'work', done_on, id, 'wrong', done_on"
        " from issue_step where id % 2 = 0",
        "insert into leave (person_id, from_on, until_on) select distinct person_id, done_on, done_on from issue_step",
        "insert into exam (person_id, taken_on, passed) select person_id, done_on, 0 from issue_step",
        "insert into spot_check (month, customer_id, records_on)"
        " select distinct substr(reported_on, 1, 7), customer_id, min(reported_on) from issue group by 1, 2",
        "update staff set joined_on = '2026-10-12'",
    ):
        connection.exec_driver_sql(statement)


def _handed_over(connection: Connection) -> None:
    """As many hand-overs as contracts, nearly all of them eligible after a decision that they were not yet."""
    for statement in (
        "insert into handover (id, number, customer_id, project_number, accepted_on, application_on, worklog_on,"
        " documents_on, first_on) select id, 'YJ' || substr(number, 3), customer_id, 'XM-' || (id / 2), sealed_on,"
        " sealed_on, sealed_on, sealed_on, sealed_on from contract",
        "insert into handover_trail (handover_id, done_on, decision, expected_on, note)"
        " select id, accepted_on, 'not_eligible', date(accepted_on, '+30 days'), '未联调' from handover",
        "insert into handover_trail (handover_id, done_on, note)"
        " select id, date(accepted_on, '+20 days'), '下周联调' from handover",
        "insert into handover_trail (handover_id, done_on, decision)"
        " select id, date(accepted_on, '+40 days'), 'eligible' from handover where id % 50 <> 1",
        "update handover set contract_id = id where id % 50 <> 1",
        "insert into assignment (kind, record_id, role, from_on, place, person_id)"
        " select 'handover', id, 'project_manager', '0001-01-01', 0, 1 + id % 2 from handover",
    ):
        connection.exec_driver_sql(statement)


def _served(connection: Connection) -> None:
    """An upgrade to each fourth contract, a migration to each second, six callbacks a quarter and hospital, their tries."""
    for statement in (
        "update customer set level = 2, running_since = '2015-01-01'",
        "insert into upgrade (id, number, customer_id, applied_on, arranged_on, planned_on, plan_on, registered_on,"
        " discussed_on, tested_on, approved_on, done_on, report_on, called_on, answer, informed_on, first_on)"
        " select id, 'SJ' || substr(number, 3), customer_id, accepted_on, accepted_on, date(accepted_on, '+30 days'),"
        " accepted_on, accepted_on, accepted_on, accepted_on, accepted_on, date(accepted_on, '+30 days'),"
        " date(accepted_on, '+32 days'), date(accepted_on, '+33 days'), 'yes', case when id % 50 <> 1 then"
        " date(accepted_on, '+34 days') end, accepted_on from handover where id % 4 = 1",
        "insert into upgrade_skip (upgrade_id, done_on, step, skipped) select id, done_on, 'done', 'test' from upgrade",
        "insert into assignment (kind, record_id, role, from_on, place, person_id)"
        " select 'upgrade', id, 'upgrader', '0001-01-01', 0, 1 + id % 2 from upgrade",
        "insert into migrate (id, number, customer_id, done_on, reindexed_on, registered_on)"
        " select id, 'QY' || substr(number, 3), customer_id, accepted_on, accepted_on,"
        " case when id % 50 <> 1 then accepted_on end from handover where id % 2 = 1",
        "insert into assignment (kind, record_id, role, from_on, place, person_id)"
        " select 'migrate', id, 'engineer', '0001-01-01', 0, 1 + id % 2 from migrate",
        "insert into migrate_check (year, checked_on) values ('2025', '2025-12-20')",
        "insert into callback (number, quarter, engineer_id, customer_id, drawn_on, asked_on, service, attitude, first_on)"
        " select q.name || '-' || s.name || '-' || c.name, q.name, s.id, c.id, q.day, case when q.day < '2026-10-01' then"
        " date(q.day, '+20 days') end, 4, 5, q.day from staff s, customer c, (select y.n || 'Q' || k.n as name,"
        " y.n || substr('-01-10-04-10-07-10-10-12', 6 * k.n - 5, 6) as day from (with recursive g (n) as"
        " (select 2000 union all select n + 1 from g where n < 2026) select n from g) y,"
        " (select 1 as n union select 2 union select 3 union select 4) k) q",
        "insert into callback_try (callback_id, tried_on) select id, drawn_on from callback",
    ):
        connection.exec_driver_sql(statement)


class Plans(Reader):
    """A reader that gives SQLite's plan of each query besides its rows."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.steps: list[str] = []

    def rows(self, sql: str, values: object = None) -> Iterator[dict[str, object]]:
        """Remember the plan, then ask."""
        bound = {k: v.isoformat() if isinstance(v, date) else v for k, v in (values or {}).items()}  # type: ignore[attr-defined]
        with closing(sqlite3.connect(self.path)) as connection:
            self.steps += [row[3] for row in connection.execute(f"explain query plan {sql}", bound)]
        return super().rows(sql, values)  # type: ignore[arg-type]


def scanned(path: Path, ask: Callable[[Plans], object]) -> tuple[set[str], int]:
    """Which tables a listing reads from end to end, and how many rows it gives."""
    reader = Plans(path)
    rows = ask(reader)
    reader.close()
    assert reader.steps
    whole = {found[1] for step in reader.steps if (found := re.match(r"SCAN (\w+)(?! USING)", step))}
    assert isinstance(rows, list)
    return whole - {"late", "ending", "waiting", "o", "w", "had", "picked", "CONSTANT", STAFF}, len(rows)


STAFF = "s"
"""The people, found by their names: they are few, however many records there are."""


HOSPITALS = {
    *("upgrade checklist", "upgrade checklist: earlier", "upgrade form", "migrate due", "migrate check"),
}
"""What may read the hospitals from end to end: it lists them, or finds one by its name."""
NUMBER = "HT-00100"
UPGRADE = "SJ-00100"
CALLBACK = "2026Q3-李伟-江州市中心医院"
QUARTER, THIRD = "2026Q3", (date(2026, 7, 1), date(2026, 9, 30))
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
QUARTERLY = [name for name, rule in house().rules.items() if rule.score == "quarter"]
ASKED: dict[str, Callable[[Plans], list[dict[str, object]]]] = {
    "handover list --limit": lambda reader: list(handovers(reader, TODAY, limit=9)),
    "handover list --limit --as-of": lambda reader: list(handovers(reader, date(2025, 6, 1), limit=9)),
    "handover list --state --limit": lambda reader: list(
        handovers(reader, TODAY, filters={"state": "not_eligible"}, limit=9)
    ),
    "handover list --project-number": lambda reader: list(
        handovers(reader, TODAY, filters={"project_number": "XM-100"})
    ),
    "handover list --person --limit": lambda reader: list(
        handovers(reader, TODAY, filters={"person": "陈立"}, limit=9)
    ),
    "handover information": lambda reader: list(handovers(reader, TODAY, waiting=True)),
    "handover information --as-of": lambda reader: list(handovers(reader, date(2025, 6, 1), waiting=True)),
    "handover information --region": lambda reader: list(
        handovers(reader, TODAY, waiting=True, filters={"region": "华东"})
    ),
    "handover information --limit": lambda reader: list(handovers(reader, TODAY, waiting=True, limit=9)),
    "handover overdue": lambda reader: list(
        obligations(reader, TODAY, states=("overdue",), filters={"process": "handover"})
    ),
    "handover show": lambda reader: list(handovers(reader, TODAY, filters={"number": "YJ-00100"})),
    "handover show: trail": lambda reader: trail(reader, "YJ-00100", TODAY),
    "handover form": lambda reader: [served(reader, {"customer_id": 1, "account_manager": "赵强"}, TODAY)],
    "contract overdue": lambda reader: list(contracts(reader, TODAY, which="overdue")),
    "contract overdue --as-of": lambda reader: list(contracts(reader, date(2025, 6, 1), which="overdue")),
    "contract overdue --region": lambda reader: list(
        contracts(reader, TODAY, which="overdue", filters={"region": "华东"})
    ),
    "contract overdue --person": lambda reader: list(
        contracts(reader, TODAY, which="overdue", filters={"person": "王敏"})
    ),
    "contract expiring": lambda reader: list(
        contracts(reader, TODAY, which="expiring", span=(TODAY, TODAY + timedelta(days=60)))
    ),
    "contract show": lambda reader: list(contracts(reader, TODAY, filters={"number": NUMBER})),
    "contract show: obligations": lambda reader: list(
        obligations(reader, TODAY, states=None, filters={"number": NUMBER})
    ),
    "issue list --limit": lambda reader: list(issues(reader, TODAY, limit=20)),
    "issue list --limit --as-of": lambda reader: list(issues(reader, date(2025, 6, 1), limit=20)),
    "issue list --state open": lambda reader: list(issues(reader, TODAY, filters={"state": "open"})),
    "issue list --state stale": lambda reader: list(
        issues(reader, TODAY, filters={"state": "stale"}, limit=9)
    ),
    "issue list --state closed --limit": lambda reader: list(
        issues(reader, TODAY, filters={"state": "closed"}, limit=9)
    ),
    "issue list --person": lambda reader: list(issues(reader, TODAY, filters={"person": "李伟"}, limit=9)),
    "issue stale": lambda reader: list(issues(reader, TODAY, which="stale")),
    "issue stale --within": lambda reader: list(issues(reader, TODAY, which="stale", ahead=30, limit=9)),
    "issue stale --as-of": lambda reader: list(issues(reader, date(2025, 6, 1), which="stale")),
    "issue stale --person": lambda reader: list(
        issues(reader, TODAY, which="stale", filters={"person": "李伟"})
    ),
    "issue urge": lambda reader: list(issues(reader, TODAY, which="urge")),
    "issue show": lambda reader: list(issues(reader, TODAY, filters={"number": "WT-00100"})),
    "issue show: steps": lambda reader: steps(reader, "WT-00100", TODAY),
    "issue show: events": lambda reader: events(reader, "WT-00098", TODAY),
    "issue records --limit": lambda reader: list(records(reader, TODAY, limit=9)),
    "issue records --person --from --until": lambda reader: list(
        records(reader, date(2025, 6, 30), filters={"person": "李伟", "from": date(2025, 6, 1)})
    ),
    "issue records --region --from --until": lambda reader: list(
        records(reader, date(2025, 6, 30), filters={"region": "华东", "from": date(2025, 6, 1)})
    ),
    "issue sample 2025-06": lambda reader: list(findings(reader, TODAY, filters={"month": "2025-06"})),
    "issue sample 2025-06: samples": lambda reader: samples(reader, TODAY, "2025-06"),
    "issue finding --month": lambda reader: list(
        findings(reader, TODAY, which="found", filters={"month": "2025-06"})
    ),
    "issue finding --person": lambda reader: list(
        findings(reader, TODAY, which="found", filters={"person": "李伟"})
    ),
    "issue check": lambda reader: list(checks(reader, TODAY, {"month": "2025-06"})),
    "staff leave": lambda reader: list(leaves(reader, "李伟")),
    "staff show: moves": lambda reader: units(reader, "陈立", TODAY),
    "staff show: exams": lambda reader: exams(reader, "李伟", TODAY),
    "staff exam": lambda reader: list(examinees(reader, TODAY)),
    "upgrade list --limit": lambda reader: list(upgrades(reader, TODAY, limit=9)),
    "upgrade list --limit --as-of": lambda reader: list(upgrades(reader, date(2025, 6, 1), limit=9)),
    "upgrade list --state --limit": lambda reader: list(
        upgrades(reader, TODAY, filters={"state": "settled"}, limit=9)
    ),
    "upgrade list --person": lambda reader: list(upgrades(reader, TODAY, filters={"person": "王敏"})),
    "upgrade overdue": lambda reader: list(
        obligations(reader, TODAY, states=("overdue",), filters={"process": "upgrade"})
    ),
    "upgrade show": lambda reader: list(upgrades(reader, TODAY, filters={"number": UPGRADE})),
    "upgrade show: skips": lambda reader: skips(reader, UPGRADE, TODAY),
    "upgrade checklist": lambda reader: open_issues(reader, "江州市中心医院", TODAY),
    "upgrade checklist: earlier": lambda reader: [left_by_earlier(reader, "江州市中心医院", TODAY)],
    "upgrade form": lambda reader: [written(reader, UPGRADE, TODAY)],
    "migrate list --limit": lambda reader: list(migrations(reader, TODAY, limit=9)),
    "migrate list --person": lambda reader: list(migrations(reader, TODAY, filters={"person": "王敏"})),
    "migrate show": lambda reader: list(migrations(reader, TODAY, filters={"number": "QY-00100"})),
    "migrate due": lambda reader: list(hospitals(reader, TODAY, YEAR, 2)),
    "migrate check": lambda reader: list(hospitals(reader, TODAY, YEAR, 2, migrated=True)),
    "migrate check: unfinished": lambda reader: list(unfinished(reader, TODAY, YEAR)),
    "migrate check: held": lambda reader: held_checks(reader, TODAY, "2025"),
    "callback list --limit": lambda reader: list(callbacks(reader, TODAY, limit=9)),
    "callback list --quarter": lambda reader: list(callbacks(reader, TODAY, filters={"quarter": QUARTER})),
    "callback list --person": lambda reader: list(callbacks(reader, TODAY, filters={"person": "李伟"})),
    "callback show": lambda reader: list(callbacks(reader, TODAY, filters={"number": CALLBACK})),
    "callback show: tries": lambda reader: tries(reader, CALLBACK, TODAY),
    "callback summary": lambda reader: summary(reader, TODAY, "engineer", QUARTER, QUARTER, before="2026Q2"),
    "score quarter": lambda reader: list(counts(reader, *THIRD, TODAY, QUARTERLY)),
    "score quarter: answers": lambda reader: list(answers(reader, QUARTER, THIRD[1], TODAY)),
    "score show": lambda reader: list(
        score_rows(reader, *THIRD, TODAY, QUARTERLY, BREACHED, filters={"person": "李伟"})
    ),
    "due": lambda reader: list(obligations(reader, TODAY)),
    "due --overdue": lambda reader: list(obligations(reader, TODAY, states=("overdue",))),
    "due --within": lambda reader: list(
        obligations(reader, TODAY, filters={"until": TODAY + timedelta(days=7)})
    ),
}


@pytest.mark.parametrize("name", ASKED)
def test_a_daily_listing_reads_no_table_from_end_to_end(large: Path, name: str) -> None:
    whole, rows = scanned(large, ASKED[name])
    assert rows
    assert whole == ({"c"} if name in HOSPITALS else set())


FIRST = [name for name in ASKED if "--limit" in name and "--state" not in name and "--person" not in name]


@pytest.mark.parametrize("name", FIRST)
def test_the_first_few_cost_what_they_are_however_many_there_are(large: Path, name: str) -> None:
    reader = Reader(large)
    said: list[None] = []
    reader.connection.set_progress_handler(lambda: said.append(None), STEPS)
    rows = ASKED[name](reader)  # type: ignore[arg-type]
    reader.close()
    assert rows
    assert len(said) * STEPS < 4 * COUNT  # less than four for each record that there is


def test_what_a_quarter_is_scored_by_is_found_among_what_fell_due_in_it(large: Path) -> None:
    reader = Plans(large)
    list(counts(reader, *THIRD, TODAY, QUARTERLY))
    reader.close()
    assert any("o USING INDEX ix_obligation_rule_due" in step for step in reader.steps)
    assert not any(step.startswith("SCAN o") for step in reader.steps)


def test_the_calls_of_a_contract_are_found_by_its_key(large: Path) -> None:
    assert scanned(large, lambda reader: calls(reader, NUMBER, TODAY))[0] == set()


def test_the_requests_of_an_issue_are_found_by_its_key(large: Path) -> None:
    assert scanned(large, lambda reader: requests(reader, "WT-00100", TODAY))[0] == set()


def test_what_is_stale_is_found_among_the_open_rows_alone(large: Path) -> None:
    reader = Plans(large)
    found = list(issues(reader, TODAY, which="stale"))
    reader.close()
    assert any("ix_obligation_open" in step for step in reader.steps)
    assert found
    assert all(row["state"] == "stale" for row in found)


def test_the_measure_would_see_a_table_read_from_end_to_end(large: Path) -> None:
    whole, rows = scanned(
        large, lambda reader: list(reader.rows("select project from contract where project > ''"))
    )
    assert (whole, rows) == ({"contract"}, 0)


def test_what_is_overdue_is_found_among_the_open_rows_alone(large: Path) -> None:
    reader = Plans(large)
    found = list(contracts(reader, TODAY, which="overdue"))
    reader.close()
    assert any("ix_obligation_open" in step for step in reader.steps)
    assert len(found) == COUNT // 50
    assert all(row["state"] == "overdue" for row in found)


def test_those_not_eligible_are_found_among_the_open_rows_alone(large: Path) -> None:
    reader = Plans(large)
    found = list(handovers(reader, TODAY, waiting=True))
    reader.close()
    assert any("ix_obligation_open" in step for step in reader.steps)
    assert COUNT // 50 <= len(found) < COUNT // 30  # those of the last days, too
    assert {row["state"] for row in found} == {"not_eligible"}


def test_revisions_are_looked_up_by_number(large: Path) -> None:
    reader = Plans(large)
    rows = list(with_revisions(reader, "contract", reader.rows("select number from contract limit 1000")))
    reader.close()
    assert sum("ix_audit_number" in step for step in reader.steps) == 2
    assert len(rows) == 1000
