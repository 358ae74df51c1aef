"""The audit: one row per changed record, append-only, each row's hash covering the row before it."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import Session

from svcq.store.bulk import insert_rows
from svcq.store.tables.house import Audit, Setting

COLUMNS = ("id", "at", "actor", "command", "table_name", "number", "action", "changes", "note", "hash")
START = "svcq"
"""What the first row's hash covers in place of a row before it."""
HEAD_KEY = "audit_head"
AS_TEXT = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Entry:
    """One changed record; `changes` is JSON."""

    table: str
    number: str
    action: str
    changes: str


def append(
    session: Session, entries: Sequence[Entry], *, at: str, actor: str, command: str, note: str | None
) -> None:
    """Add the entries to the chain, and move its head.

    The chain goes on from its head, not from the last row: what was cut off or added meanwhile stays to be seen.
    """
    if not entries:
        return
    table = Audit.__table__  # type: ignore[attr-defined]
    head = session.get(Setting, HEAD_KEY) or Setting(key=HEAD_KEY, value="")
    end, before = _end(head.value)
    number = max(end, session.scalar(select(func.max(table.c.id))) or 0)
    rows = []
    for entry in entries:
        number += 1
        before = link(before, number, at, actor, command, entry, note)
        what = (entry.table, entry.number, entry.action, entry.changes)
        rows.append((number, at, actor, command, *what, note, before))
    insert_rows(session, table, COLUMNS, rows)
    head.value = f"{number} {before}"
    session.add(head)
    session.flush()


def link(before: str, number: int, at: str, actor: str, command: str, entry: Entry, note: str | None) -> str:
    """The hash of a row: SHA-256 in hex over the hash before it and everything the row says."""
    said = [before, number, at, actor, command, entry.table, entry.number, entry.action, entry.changes, note]
    return hashlib.sha256(AS_TEXT(said).encode()).hexdigest()


ROWS = "select id, at, actor, command, table_name, number, action, changes, note, hash from audit order by id"
"""What `faults` reads."""


BACK = timedelta(minutes=10)
"""How far the clocks of two machines may differ without a word."""


def faults(rows: Iterable[tuple[object, ...]], head: str | None) -> Iterator[tuple[int, str]]:
    """Where the chain is broken: (row, `changed` | `missing` | `inserted` | `cut`), in order.

    Also `earlier`: a row whose time is before that of the row before it, because a clock was put back.

    `rows`: as ROWS gives them; `head`: the stored end of the chain. Goes on after a fault with the hash that
    stands there, so that each place is named once.
    """
    end, end_hash = _end(head)
    before, expected, fault, last_at = START, 1, "", ""
    for row in rows:
        number, at, actor, command, table, record, action, changes, note, found = row
        number = int(str(number))
        if number > end:
            yield number, "inserted"
            break
        fault = ""
        if number != expected:
            yield (expected, "missing") if number > expected else (number, "inserted")
        else:
            entry = Entry(str(table), str(record), str(action), str(changes))
            said = None if note is None else str(note)
            if found != link(before, number, str(at), str(actor), str(command), entry, said):
                fault = "changed"
                yield number, fault
            elif str(at) < last_at and _put_back(last_at, str(at)):
                yield number, "earlier"
        last_at = "" if fault else str(at)
        before, expected = str(found), number + 1
    if expected <= end:
        yield expected, "cut"
    elif before != end_hash and not fault:
        yield end, "changed"


def _put_back(before: str, at: str) -> bool:
    return datetime.fromisoformat(before) - datetime.fromisoformat(at) > BACK


def _end(head: str | None) -> tuple[int, str]:
    """The number and hash of the last row, as the head of the chain tells them; 0 if it tells nothing."""
    number, _, found = (head or "").partition(" ")
    return (int(number), found) if number.isdecimal() else (0, START)
