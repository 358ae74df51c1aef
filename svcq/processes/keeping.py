"""Keeping the store: is it whole, a copy of it, and a copy put back."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from svcq.errors import N_, Phrase, StoreTrouble, SvcqError, Usage, reason
from svcq.processes import ledger
from svcq.processes.work import Work
from svcq.store import audit, database, sqlite

AUDIT_FAULTS = {
    "changed": N_("audit row {row} was changed after it was written"),
    "missing": N_("audit row {row} is missing"),
    "inserted": N_("audit row {row} was put in from outside"),
    "cut": N_("the audit ends before row {row}: rows were cut off its end"),
}
LEDGER_FAULTS = {
    "missing": N_("the ledger: {rule} of {number} from {starts_on} is missing"),
    "extra": N_("the ledger: {rule} of {number} from {starts_on} should not be there"),
    "changed": N_("the ledger: {rule} of {number} from {starts_on} is not what the rules say"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be; `damage` False: to be refreshed, not broken."""

    what: SvcqError
    damage: bool = True


def check(path: Path) -> Iterator[Finding]:
    """What is wrong in the file itself and in the audit, without writing to it."""
    with closing(database.reader(path)) as connection, sqlite.sentences(path):
        for line in sqlite.faults(connection):
            yield Finding(Phrase("the file: {fault}", fault=line))
        if not sqlite.protected(connection, "audit"):
            yield Finding(Phrase("the triggers that protect the audit are gone"))
        head = connection.execute("select value from setting where key = ?", (audit.HEAD_KEY,)).fetchone()
        for row, fault in audit.faults(connection.execute(audit.ROWS), head[0] if head else None):
            yield Finding(Phrase(AUDIT_FAULTS[fault], row=row))


def check_ledger(work: Work) -> Iterator[Finding]:
    """Where the stored obligations are not what the rules say of the records; nothing is changed."""
    stored, now = work.setting("calendar"), ledger.fingerprint(work)
    stale = stored is not None and stored != now
    if stale:
        yield Finding(
            Phrase(
                "the holiday data changed since the ledger was computed: `svcq db refresh` brings it up to date"
            ),
            damage=False,
        )
    for (rule, number, starts_on, _shown), fault in ledger.differences(work, calendar=not stale):
        yield Finding(
            Phrase(
                LEDGER_FAULTS[fault],
                rule=rule,
                number=number,
                starts_on=starts_on,
            )
        )


def backup(path: Path, target: Path, *, force: bool = False) -> None:
    """Copy the store to `target`, also while others write; nothing half-written stays behind."""
    if not database.exists(path):
        raise StoreTrouble("there is no store at {path} yet", path=path)
    if target.is_dir():
        raise Usage("{path} is a folder: name a file", path=target)
    if target.exists() and not force:
        raise Usage("{path} exists already: name another file, or --force", path=target)
    if target.exists() and target.samefile(path):
        raise Usage("{path} is the store itself", path=target)
    partial = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with sqlite.sentences(partial):
            sqlite.backup(path, partial)
        partial.replace(target)
    except OSError as error:
        raise StoreTrouble("{path}: cannot be written: {why}", path=target, why=reason(error)) from error
    finally:
        for leftover in (
            partial,
            *(partial.with_name(partial.name + end) for end in ("-wal", "-shm", "-journal")),
        ):
            leftover.unlink(missing_ok=True)


def usable(source: Path) -> None:
    """Refuse a file that cannot be restored: missing, no store, damaged, from a newer svcq."""
    if not source.is_file():
        raise Usage("{path}: no such file", path=source)
    if not database.exists(source):
        raise Usage("{path} is empty", path=source)
    with sqlite.sentences(source), closing(sqlite.connect(source, readonly=True)) as connection:
        if database.checked_revision(connection, source) is None:
            raise StoreTrouble("{path} is not an svcq store", path=source)
        for line in sqlite.faults(connection):
            raise StoreTrouble("{path} is damaged: {fault}", path=source, fault=line)


def restore(path: Path, source: Path, stamp: str) -> Path | None:
    """Put the store of `source` in place of the one at `path`; gives the file in which the old one is kept.

    StoreTrouble, and the store as it was, if the old one cannot be kept or the new one not be written.
    """
    usable(source)
    kept = None
    moved = False
    if database.exists(path):
        if path.samefile(source):
            raise Usage("{path} is the store itself", path=source)
        kept = path.with_name(f"{path.stem}-before-restore-{stamp}{path.suffix}")
        try:
            backup(path, kept)
        except StoreTrouble:
            if not _damaged(path):
                raise
            _move(path, kept)  # it cannot be copied page by page: kept as it is
            moved = True
    try:
        with sqlite.sentences(path):
            sqlite.backup(source, path)
    except (StoreTrouble, sqlite3.Error):
        if moved and kept is not None:
            path.unlink(missing_ok=True)
            _move(kept, path)
        raise
    return kept


def _damaged(path: Path) -> bool:
    """Whether the file is no whole store any more."""
    try:
        with closing(sqlite.connect(path, readonly=True)) as connection:
            return next(sqlite.faults(connection), None) is not None
    except (StoreTrouble, sqlite3.DatabaseError):
        return True


def _move(path: Path, target: Path) -> None:
    """Move a store with what belongs to it."""
    for end in ("", "-wal", "-shm"):
        part = path.with_name(path.name + end)
        if part.exists():
            part.replace(target.with_name(target.name + end))
