"""What SQLite complains of, as sentences for people."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from svcq.errors import N_, StoreTrouble
from svcq.store.waiting import wait

DAMAGED = N_("{path} is damaged: restore a backup with `svcq db restore FILE`")
FULL = N_("the disk is full: nothing was written to {path}")
ROOM = 128 * 1024
"""Bytes without which SQLite cannot even read: it lays an index of the log beside the store."""
UNREADABLE = ("isoformat string", "fromisoformat: argument", "couldn't parse date", "codec can't decode")
"""How Python says that what stands in a column of days is none, or a name no text."""
SENTENCES = (
    (
        "locked",
        N_("{path} is being written by somebody else and did not become free in {wait:g} seconds: try again"),
    ),
    (
        "busy",
        N_("{path} is being written by somebody else and did not become free in {wait:g} seconds: try again"),
    ),
    ("readonly", N_("{path} cannot be written: check its permissions")),
    ("not a database", N_("{path} is not an svcq store")),
    ("malformed", DAMAGED),
    ("could not decode", DAMAGED),
    ("disk i/o", N_("{path}: the disk reported an error; nothing was written")),
    ("is full", FULL),
    ("unable to open", N_("{path} cannot be opened: check that it is a file and yours to read")),
)


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Turn what SQLite complains of into a sentence that names the file and the remedy."""
    try:
        yield
    except Exception as error:  # re-raised unless it is, or wraps, an error of SQLite
        cause = getattr(error, "orig", error)
        text = str(cause).lower()
        if isinstance(cause, ValueError | TypeError) and any(part in text for part in UNREADABLE):
            raise StoreTrouble(DAMAGED, path=path) from error
        if not isinstance(cause, sqlite3.DatabaseError):
            raise
        for part, sentence in SENTENCES:
            if part in text:
                said = FULL if part == "disk i/o" and _no_room(path) else sentence
                raise StoreTrouble(said, path=path, wait=wait()) from error
        raise


def _no_room(path: Path) -> bool:
    """Whether the disk is as good as full: SQLite does not tell that from a broken one where it only maps a file."""
    try:
        return shutil.disk_usage(path.absolute().parent).free < ROOM
    except OSError:
        return False
