"""The examples run as they stand: the monthly script, the lines of the crontab, the demonstration."""

import csv
import os
import re
import shlex
import subprocess
import sys

import pytest
from openpyxl import load_workbook

from tests.cli import EXAMPLES, SAMPLES, TODAY, Svcq, copy, environment
from tests.mailbox import mailbox

pytestmark = pytest.mark.files  # scripts that name the store by its file

MONTHLY = EXAMPLES / "monthly.sh"


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample workbooks in a store."""
    svcq = Svcq(tmp_path_factory.mktemp("sample") / "svcq.db")
    svcq("import", *SAMPLES)
    return svcq


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """A PATH on which `svcq` is the one under test."""
    folder = tmp_path_factory.mktemp("bin")
    (folder / "svcq").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m svcq "$@"\n')
    (folder / "svcq").chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


@pytest.fixture
def shell(sample, path, tmp_path):
    """Runs a shell command over a copy of the sample store: its result."""
    store = copy(sample.store, tmp_path / "svcq.db")
    told = environment(**sample.told, PATH=path, PYTHONPATH=str(EXAMPLES.parent)) | {"SVCQ_DB": str(store)}

    def run(*words, **more):
        return subprocess.run(
            list(map(str, words)), capture_output=True, text=True, env=told | more, cwd=tmp_path, check=False
        )

    return run


def test_the_monthly_script_writes_its_eight_files(shell, sample, tmp_path):
    ran = shell("sh", MONTHLY, "-d", tmp_path / "out")
    assert ran.returncode == 0, ran.stderr
    folder = tmp_path / "out" / "2026-10"
    names = sorted(file.name for file in folder.iterdir())
    books = {
        "overdue.xlsx": "contract overdue",
        "stale.xlsx": "issue stale",
        "handover.xlsx": "handover information",
    }
    assert names == sorted(("due.csv", "feedback.xlsx", "fines.csv", "report.html", "report.xlsx", *books))
    assert "Service quality, month 2026-10" in (folder / "report.html").read_text("utf-8")
    assert load_workbook(folder / "report.xlsx")["Summary"]._charts
    for name, command in books.items():
        found = sample(*command.split(), "-f", "json").json
        assert load_workbook(folder / name).worksheets[0].max_row >= len(found) + 1 > 5
    with (folder / "fines.csv").open(encoding="utf-8-sig", newline="") as file:
        fines = list(csv.DictReader(file))
    rows = sample("contract", "list", "-f", "json").json
    due = [row for row in rows if row["fine"] and row["return_due_on"].startswith("2026-10")]
    assert [row["number"] for row in fines] == [row["number"] for row in due]
    assert len(due) > 0
    due = Svcq(tmp_path / "svcq.db")(
        "due", "--all", "--rule", "contract.feedback", "--number", "2026-10", "-f", "json"
    )
    assert due.json[0]["met_on"] == TODAY


def test_the_monthly_script_takes_a_month_and_may_run_twice(shell, tmp_path):
    first, second = (shell("sh", MONTHLY, "2026-09") for _ in range(2))
    assert (first.returncode, second.returncode) == (0, 0), second.stderr
    assert (tmp_path / "2026-09" / "feedback.xlsx").exists()


@pytest.mark.parametrize("words", [("2026-13",), ("October",), ("2026-10", "2026-11"), ("-x",)])
def test_the_monthly_script_refuses_what_is_no_month(shell, tmp_path, words):
    ran = shell("sh", MONTHLY, *words)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert [file.name for file in tmp_path.iterdir()] == ["svcq.db"]


def lines():
    """The commands of the crontab that call svcq, as cron hands them to the shell."""
    found = []
    for line in (EXAMPLES / "crontab").read_text("utf-8").splitlines():
        if line and not line.startswith("#") and not re.match(r"[A-Z_]+=", line):
            fields = line.split(None, 5)
            assert len(fields) == 6
            assert all(re.fullmatch(r"[\d*,/-]+", field) for field in fields[:5])
            found.append(fields[5].replace("\\%", "%"))
    return found


@pytest.mark.parametrize("command", lines(), ids=lambda command: command[:40])
def test_each_line_of_the_crontab_runs(shell, tmp_path, command):
    for folder in ("backup", "monthly"):
        (tmp_path / folder).mkdir()
    local = command.replace("/srv/svcq", str(tmp_path)).replace("/usr/local/share/svcq", str(EXAMPLES))
    with mailbox() as box:
        sender = {"SVCQ_SMTP_URL": f"smtp://127.0.0.1:{box.port}", "SVCQ_MAIL_FROM": "svcq@fuwu.example"}
        ran = shell("sh", "-c", local, **sender)
    assert ran.returncode == 0, ran.stderr
    assert "svcq:" not in ran.stderr
    assert bool(box.mails) == (command == "svcq daily")
    if "exit-code" in command:
        assert ran.stdout.count("\n") > 2
    if "backup" in command and "svcq db" in command:
        (kept,) = (tmp_path / "backup").iterdir()
        assert shell(sys.executable, "-m", "svcq", "db", "check", SVCQ_DB=str(kept)).stdout == ""


def test_the_crontab_names_every_command_that_a_morning_needs():
    text = " ".join(lines())
    for words in (
        *("contract overdue", "due --within", "contract expiring", "issue stale", "issue urge"),
        *("handover information", "db backup", "monthly.sh", "daily"),
    ):
        assert words in text


def test_the_demonstration_shows_tables_and_leaves_nothing_behind(shell, sample, tmp_path):
    ran = shell(sys.executable, "-m", "svcq", "demo", SVCQ_DB=str(tmp_path / "mine.db"), TMPDIR=str(tmp_path))
    assert ran.returncode == 0, ran.stderr
    for command in ("contract overdue", "handover information", "issue stale", "upgrade overdue"):
        assert f"$ svcq {command}" in ran.stdout
        for row in sample(*command.split(), "-f", "json").json[:5]:
            assert row["number"] in ran.stdout
    assert "nobody at QC answers" not in ran.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["svcq.db"]


def _unfined(svcq, group):
    """The records of a process without what they cost, which depends on when the company started."""
    return [{**row, "fine": None} for row in svcq(group, "list", "-f", "json").json]


def test_the_demonstration_may_be_kept_and_looked_at(shell, sample, tmp_path):
    ran = shell(sys.executable, "-m", "svcq", "demo", "--keep", "demo.db")
    assert ran.returncode == 0, ran.stderr
    kept = Svcq(tmp_path / "demo.db")
    for group in ("contract", "handover", "issue", "upgrade", "migrate"):
        assert _unfined(kept, group) == _unfined(sample, group)
    assert kept("callback", "list", "--quarter", "2026Q4", "-f", "json").json
    assert kept("score", "fines", "-f", "json").json
    assert kept("db", "check").out == ""
