"""Keeping the store: is it whole, a copy of it, and a copy put back."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from svcq.errors import N_, Phrase, StoreTrouble, SvcqError, Usage, reason
from svcq.processes import ledger
from svcq.processes.work import Work
from svcq.store import audit, database, sqlite
from svcq.store.address import Address, Server
from svcq.store.read import Reader
from svcq.store.transfer import Step, quiet, replace, to_file
from svcq.store.transfer import count as count
from svcq.store.transfer import transfer as transfer

AUDIT_FAULTS = {
    "changed": N_("audit row {row} was changed after it was written"),
    "missing": N_("audit row {row} is missing"),
    "inserted": N_("audit row {row} was put in from outside"),
    "cut": N_("the audit ends before row {row}: rows were cut off its end"),
    "earlier": N_("audit row {row} is dated before the row before it: the clock was put back"),
}
ANYBODY = "select 1 from v_customer union all select 1 from v_staff limit 1"
"""What every other record rests on, and the audit tells of."""
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


def check(place: Address) -> Iterator[Finding]:
    """What is wrong in the store itself and in the audit, without writing to it."""
    with closing(Reader(place)) as reader, reader.driver.sentences(place):
        for line in reader.driver.faults(reader.connection):
            yield Finding(Phrase("the file: {fault}", fault=line))
        if not reader.driver.protected(reader.connection, "audit"):
            yield Finding(Phrase("the triggers that protect the audit are gone"))
        if reader.one(ANYBODY) and not reader.one("select 1 from v_audit limit 1"):
            yield Finding(Phrase(AUDIT_FAULTS["cut"], row=1))
            return
        rows = (tuple(row.values()) for row in reader.rows(audit.ROWS))
        for row, fault in audit.faults(rows, reader.setting(audit.HEAD_KEY)):
            yield Finding(Phrase(AUDIT_FAULTS[fault], row=row), damage=fault != "earlier")


def head(place: Address) -> str:
    """The end of the audit, its number and its hash, to be written down elsewhere; blank while there is none."""
    with closing(Reader(place)) as reader:
        return reader.setting(audit.HEAD_KEY) or ""


def check_noted(place: Address, noted: str) -> Iterator[Finding]:
    """Whether the audit still holds what `head` said once: who computes every hash anew is found by it.

    Usage if it is no such end.
    """
    row, _, said = noted.strip().partition(" ")
    if not row.isdecimal() or not said.strip():
        raise Usage("{noted} is no head of the audit: give the line that --head printed", noted=repr(noted))
    with closing(Reader(place)) as reader:
        found = reader.one("select hash from audit where id = :row", {"row": int(row)})
    if found is None or found["hash"] != said.strip():
        yield Finding(Phrase("audit row {row} is not the one that was noted", row=row))


def check_ledger(work: Work, step: Step = quiet) -> Iterator[Finding]:
    """Where the stored obligations are not what the rules say of the records; nothing is changed.

    `step` is told how many records each batch held.
    """
    stored, now = work.setting("calendar"), ledger.fingerprint(work)
    stale = stored is not None and stored != now
    if stale:
        yield Finding(
            Phrase(
                "the holiday data changed since the ledger was computed: `svcq db refresh` brings it up to date"
            ),
            damage=False,
        )
    for (rule, number, starts_on, _shown), fault in ledger.differences(work, calendar=not stale, step=step):
        yield Finding(
            Phrase(
                LEDGER_FAULTS[fault],
                rule=rule,
                number=number,
                starts_on=starts_on,
            )
        )


def backup(place: Address, target: Path, *, force: bool = False, step: Step = quiet) -> None:
    """Copy the store to the file `target`, also while others write; nothing half-written stays behind.

    StoreTrouble of a damaged one: its copy would stand in the row of backups as if it were one.
    """
    if not database.exists(place):
        raise StoreTrouble("there is no store at {path} yet", path=place)
    if target.is_dir():
        raise Usage("{path} is a folder: name a file", path=target)
    if target.exists() and not force:
        raise Usage("{path} exists already: name another file, or --force", path=target)
    if isinstance(place, Path) and target.exists() and target.samefile(place):
        raise Usage("{path} is the store itself", path=target)
    partial = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with sqlite.sentences(partial):
            to_file(place, partial, step)
            if not sqlite.readable(partial):
                raise StoreTrouble("{path} is damaged: no copy is made of it", path=place)
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


def restore(place: Address, source: Path, stamp: str, step: Step = quiet) -> Path | None:
    """Put the store of `source` in place of the one at `place`; gives the file in which the old one is kept.

    That is beside the store, or, as a server has no such place, beside `source`. StoreTrouble, and the store as it
    was, if the old one cannot be kept or the new one not be written.
    """
    usable(source)
    if isinstance(place, Server):
        return _restore_server(place, source, stamp, step)
    return _restore_file(place, source, stamp)


def _restore_server(server: Server, source: Path, stamp: str, step: Step) -> Path | None:
    kept = _kept(source.with_name("svcq.db"), stamp)
    with TemporaryDirectory(prefix="svcq-") as folder:
        copy = Path(folder) / "svcq.db"  # it may be of an older schema, and a backup is not written to
        with sqlite.sentences(source):
            to_file(source, copy)
        return kept if replace(copy, server, kept, step) else None


def _restore_file(path: Path, source: Path, stamp: str) -> Path | None:
    """As `restore`; nobody writes between what is kept and what replaces it."""
    kept = None
    if database.exists(path):
        if path.samefile(source):
            raise Usage("{path} is the store itself", path=source)
        kept = _kept(path, stamp)

    def keep() -> None:
        if kept is not None:
            backup(path, kept)

    try:
        with sqlite.sentences(path):
            sqlite.put_back(source, path, keep)
    except (StoreTrouble, sqlite3.Error):
        if kept is None:
            raise
        kept.unlink(missing_ok=True)
        if not _damaged(path):
            raise
        _instead(path, source, kept)
    return kept


def _kept(path: Path, stamp: str) -> Path:
    """A name beside the store under which nothing is kept yet."""
    names = (f"{path.stem}-before-restore-{stamp}{more}{path.suffix}" for more in ("", *range(-2, -100, -1)))
    return next(place for name in names if not (place := path.with_name(name)).exists())


def _instead(path: Path, source: Path, kept: Path) -> None:
    """Put a copy of `source` in place of a store that cannot be copied page by page, and is kept as it is."""
    new = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with sqlite.sentences(path):
            sqlite.backup(source, new)
        _move(path, kept)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


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
