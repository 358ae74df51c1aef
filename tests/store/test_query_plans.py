"""Every view and every listing has its plan looked at: none goes through a table that grows with the years of work."""

import inspect
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

import pytest

from svcq.policy.load import house
from svcq.processes.remind_due import DUTY
from svcq.store import database, read_report, read_score
from svcq.store.read import PERSON, QUERIES, Reader, query
from svcq.store.read_callback import summary
from svcq.store.read_contract import calls, contracts, feedback_log
from svcq.store.read_desk import is_blank, view
from svcq.store.read_handover import answering
from svcq.store.read_issue import requests
from svcq.store.read_ledger import obligations, waivers
from svcq.store.read_log import changes
from svcq.store.read_people import customers, duties, staff
from svcq.store.read_plan import plans
from svcq.store.read_remind import letters, newly_overdue, reminders, told_today, undelivered, went_out
from svcq.store.read_revision import revision, with_revisions
from svcq.store.read_score_published import frozen, frozen_days, frozen_lines, published
from svcq.store.read_upgrade import hospital
from svcq.store.read_worklog import worklog
from tests.plans import FEW, Asked, called, large, walks
from tests.store.test_plans import ASKED as DAILY
from tests.stores import TODAY, made

pytestmark = pytest.mark.files
NUMBERS = "('HT-1', 'HT-2')"
OWING = (
    query("remind_owed")
    .format(person=PERSON, duty=DUTY, holder="null", salesperson="null")
    .replace(":numbers", NUMBERS)
)
WHO, WHERE = "李伟", "江州市中心医院"
MONTH = (date(2026, 10, 1), date(2026, 10, 31))
THIRD = (date(2026, 7, 1), date(2026, 9, 30))
RULES = list(house().rules)

KEYS = {
    "v_customer": ("id = 1", "name_key = ''", "code = ''", "region = ''"),
    "v_staff": ("id = 1", "name_key = ''"),
    "v_staff_role": ("staff_id = 1",),
    "v_assignment": ("kind = '' and record_id = 1", "person_id = 1"),
    "v_duty": ("rule = ''",),
    "v_company_day": ("day_on = ''",),
    "v_policy_version": ("effective_on = ''",),
    "v_leave": ("id = 1", "person_id = 1"),
    "v_exam": ("id = 1", "person_id = 1"),
    "v_staff_unit": ("staff_id = 1",),
    "v_contract": ("id = 1", "number = ''", "customer_id = 1", "first_on > ''"),
    "v_contract_call": ("id = 1", "number = ''", "contract_id = 1"),
    "v_contract_feedback": ("number = ''", "month = ''"),
    "v_handover": ("id = 1", "number = ''", "customer_id = 1", "project_number = ''", "first_on > ''"),
    "v_handover_trail": ("id = 1", "handover_id = 1"),
    "v_issue": ("id = 1", "number = ''", "customer_id = 1", "reported_on > ''", "request = ''"),
    "v_issue_step": ("id = 1", "issue_id = 1", "person_id = 1", "done_on > ''"),
    "v_issue_event": ("id = 1", "issue_id = 1"),
    "v_plan": ("id = 1", "number = ''"),
    "v_issue_request": ("id = 1", "issue_id = 1"),
    "v_spot_check": ("id = 1", "month = ''", "customer_id = 1"),
    "v_spot_sample": ("id = 1", "month = ''"),
    "v_spot_finding": ("id = 1", "number = ''", "sample_id = 1", "person_id = 1", "step_id = 1"),
    "v_problem_match": ("id = 1", "customer_id = 1", "issue_id = 1"),
    "v_upgrade": ("id = 1", "number = ''", "customer_id = 1", "done_on > ''", "first_on > ''"),
    "v_upgrade_skip": ("id = 1", "upgrade_id = 1"),
    "v_migrate": ("id = 1", "number = ''", "customer_id = 1", "done_on > ''"),
    "v_migrate_check": ("id = 1", "year = ''"),
    "v_callback": ("id = 1", "number = ''", "customer_id = 1", "engineer_id = 1", "quarter = ''"),
    "v_callback_try": ("id = 1", "callback_id = 1"),
    "v_score_publication": ("period = ''",),
    "v_score_figure": ("period = ''",),
    "v_score_evidence": ("id = 1", "period = ''"),
    "v_obligation": (
        *("number = ''", "customer_id = 1", "rule = '' and due_on > ''", "met_on > ''"),
        *("met_on is null", "met_on > '' and met_on > due_on"),
    ),
    "v_waiver": ("rule = ''",),
    "v_mail": ("id = 1", "day_on = ''"),
    "v_reminder": ("id = 1", "number = ''", "person_id = 1", "day_on = ''", "mail_id = 1"),
    "v_audit": ("id = 1", "number = ''"),
}
"""By what the rows of each view are found."""

ASKED: dict[str, Callable[[Reader], object]] = {
    "desk": lambda reader: view(reader, TODAY),
    "desk: is there anything --limit": is_blank,
    "due --all --limit": lambda reader: list(obligations(reader, TODAY, states=None, limit=9)),
    "due --limit": lambda reader: list(obligations(reader, TODAY, limit=9)),
    "due --person --limit": lambda reader: list(obligations(reader, TODAY, filters={"person": WHO}, limit=9)),
    "due --customer": lambda reader: list(obligations(reader, TODAY, filters={"customer": WHERE})),
    "due --overdue --limit": lambda reader: list(obligations(reader, TODAY, states=("overdue",), limit=9)),
    "due --waivers": lambda reader: waivers(reader, "HT-1"),
    "contract list --limit": lambda reader: list(contracts(reader, TODAY, limit=9)),
    "contract show: calls": lambda reader: calls(reader, "HT-1", TODAY),
    "contract show: feedback": lambda reader: feedback_log(reader, "HT-1", TODAY),
    "handover form: who answers": lambda reader: answering(reader, "handover.notice", "华东", TODAY),
    "issue show: requests": lambda reader: requests(reader, "WT-1", TODAY),
    "issue plan": lambda reader: list(plans(reader, TODAY)),
    "issue form": lambda reader: worklog(reader, WHERE, TODAY),
    "upgrade form: the hospital": lambda reader: hospital(reader, WHERE),
    "callback summary --by region": lambda reader: summary(reader, TODAY, "region", "2026Q3", "2026Q3"),
    "customer list": lambda reader: list(customers(reader, TODAY)),
    "customer list --person": lambda reader: list(customers(reader, TODAY, {"person": WHO})),
    "staff list": lambda reader: list(staff(reader, TODAY)),
    "staff list --customer": lambda reader: list(staff(reader, TODAY, {"customer": WHERE})),
    "staff duty": duties,
    "log --limit": lambda reader: list(changes(reader, limit=9)),
    "log NUMBER": lambda reader: list(changes(reader, {"number": "HT-1"})),
    "revision": lambda reader: revision(reader, "contract", "HT-1"),
    "export: revisions": lambda reader: list(with_revisions(reader, "contract", [{"number": "HT-1"}])),
    "log --since": lambda reader: list(changes(reader, {"since": "2026-11-22"})),
    "log --since --limit": lambda reader: list(changes(reader, {"since": "2026-11-22"}, limit=9)),
    "remind list --limit": lambda reader: list(reminders(reader, TODAY, limit=9)),
    "remind list --number": lambda reader: list(reminders(reader, TODAY, {"number": "HT-1"})),
    "remind send: what is due": lambda reader: list(
        reader.rows(query("remind_due"), {"t": TODAY, "until": TODAY, "live": date.min})
    ),
    "remind send: who owes it": lambda reader: list(reader.rows(OWING, {"t": TODAY})),
    "remind send: letters": lambda reader: letters(reader, TODAY),
    "remind send: what did not go out": lambda reader: undelivered(reader, TODAY),
    "remind send: what went out": lambda reader: went_out(reader, TODAY, {1}),
    "daily: what became overdue": lambda reader: newly_overdue(reader, TODAY - timedelta(days=1), TODAY),
    "daily: what is told": lambda reader: told_today(reader, TODAY),
    "report: what is owed": lambda reader: list(read_report.standing(reader, TODAY)),
    "report: what fell due": lambda reader: list(read_report.fell_due(reader, *MONTH, TODAY, RULES)),
    "report: the trend": lambda reader: read_report.overdue_on(reader, MONTH),
    "report: hand-overs": lambda reader: read_report.handovers(reader, *MONTH),
    "report: contracts": lambda reader: read_report.contracts(reader, *MONTH),
    "report: upgrades": lambda reader: read_report.upgrades(reader, *MONTH),
    "report: issues": lambda reader: read_report.issues(reader, *MONTH),
    "report: stale issues": lambda reader: read_report.stale(reader, TODAY),
    "report: migrations": lambda reader: read_report.migrated(reader, *MONTH),
    "report: callbacks": lambda reader: read_report.asked(reader, *MONTH),
    "score: people": read_score.people,
    "score: units": read_score.units,
    "score fines": lambda reader: list(
        read_score.rows(reader, *THIRD, TODAY, RULES, read_score.FINED, filters={"person": WHO})
    ),
    "score: published": lambda reader: published(reader, "2026Q3"),
    "score: published figures": lambda reader: frozen(reader, "2026Q3", "person"),
    "score: published days": lambda reader: frozen_days(reader, "2026Q3", "team"),
    "score: published lines": lambda reader: list(frozen_lines(reader, "2026Q3", WHO)),
}
"""What `test_plans` does not ask of a store with rows."""
TOLERATED = {
    "report: hand-overs": {("handover", None)},
    "report: contracts": {("contract", None)},
    "report: upgrades": {("upgrade", None)},
    "report: callbacks": {("callback", None)},
}
"""Listing -> what it goes through all the same: a report says of every hand-over, contract and upgrade how it stands."""
WHOLE = re.compile(r"export_\w+")
"""Functions that give all there is."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few rows: a plan does not depend on them."""
    return made(tmp_path_factory.mktemp("plans") / "svcq.db")


@pytest.fixture
def reader(store: Path) -> Iterator[Asked]:
    """Keeps what it is asked."""
    opened = Asked(store)
    yield opened
    opened.close()


def test_it_is_known_of_every_table_whether_it_grows(store: Path) -> None:
    with closing(sqlite3.connect(store)) as connection:
        tables = {
            name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")
        }
    assert tables >= set(FEW)


def test_every_view_has_the_keys_by_which_its_rows_are_found() -> None:
    assert set(KEYS) == {name for name, _ in database.views()}


@pytest.mark.parametrize("name", KEYS)
def test_the_rows_of_a_view_are_found_by_its_keys(store: Path, name: str) -> None:
    with closing(sqlite3.connect(store)) as connection:
        for key in KEYS[name]:
            assert large(walks(connection, f"select * from {name} where {key}", {})) == set(), key


@pytest.mark.parametrize("name", [*DAILY, *ASKED])
def test_no_listing_goes_through_a_table_that_grows(reader: Asked, name: str) -> None:
    ask: Callable[[Asked], object] = {**DAILY, **ASKED}[name]  # type: ignore[dict-item]
    ask(reader)
    found = large(reader.walks)
    if "--limit" in name:
        found = {(table, index) for table, index in found if index is None and table != "audit"}
    assert reader.statements
    assert found <= TOLERATED.get(name, set())


def test_every_query_is_asked_by_a_listing_whose_plan_is_tested(reader: Asked) -> None:
    for ask in (*DAILY.values(), *ASKED.values()):
        ask(reader)  # type: ignore[arg-type]
    said = " ".join(" ".join(statement.split()) for statement in reader.statements).replace(
        NUMBERS, ":numbers"
    )
    for file in sorted(
        set(QUERIES.glob("*.sql")) - {QUERIES / "issue_export.sql"}
    ):  # that gives all there is
        lines = (line for line in file.read_text("utf-8").splitlines() if not line.startswith("--"))
        pieces = re.split(r"\{\w+\}", " ".join(" ".join(lines).split()))
        longest = max((piece.strip() for piece in pieces), key=len)
        assert longest in said, file.name


def test_every_function_that_reads_is_called_by_a_listing_whose_plan_is_tested(store: Path) -> None:
    folder = Path(database.__file__).parent

    def ask_all() -> None:
        with closing(Reader(store)) as reader:
            for ask in (*DAILY.values(), *ASKED.values()):
                ask(reader)  # type: ignore[arg-type]

    asked = called(ask_all, folder)
    for file in sorted(folder.glob("read_*.py")):
        module = import_module(f"svcq.store.{file.stem}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            reads = next(iter(inspect.signature(function).parameters), "") == "reader"
            if function.__module__ == module.__name__ and reads and not WHOLE.fullmatch(name):
                assert name.startswith("_") or (file.name, name) in asked, f"{file.name}: {name}"


def test_the_measure_sees_a_table_that_is_gone_through(reader: Asked) -> None:
    list(reader.rows("select project from v_contract where project > ''"))
    list(reader.rows("select number from v_issue order by number"))
    assert large(reader.walks) == {("contract", None), ("issue", "sqlite_autoindex_issue_1")}
