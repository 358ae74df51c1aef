"""The audit: one row per changed record, append-only, each row's hash covering the row before it."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlmodel import Session

from svcq.store.tables.house import Audit, Setting

START = "svcq"
"""What the first row's hash covers in place of a row before it."""
HEAD_KEY = "audit_head"


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
    """Add the entries to the chain, and move its head."""
    if not entries:
        return
    table = Audit.__table__  # type: ignore[attr-defined]
    last = session.execute(select(table.c.id, table.c.hash).order_by(table.c.id.desc()).limit(1)).first()
    number, before = (last.id, last.hash) if last else (0, START)
    rows = []
    for entry in entries:
        number += 1
        before = link(before, number, at, actor, command, entry, note)
        rows.append(
            {
                "id": number,
                "at": at,
                "actor": actor,
                "command": command,
                "table_name": entry.table,
                "number": entry.number,
                "action": entry.action,
                "changes": entry.changes,
                "note": note,
                "hash": before,
            }
        )
    session.execute(insert(table), rows)
    head = session.get(Setting, HEAD_KEY) or Setting(key=HEAD_KEY, value="")
    head.value = f"{number} {before}"
    session.add(head)
    session.flush()


def link(before: str, number: int, at: str, actor: str, command: str, entry: Entry, note: str | None) -> str:
    """The hash of a row: SHA-256 in hex over the hash before it and everything the row says."""
    said = [before, number, at, actor, command, entry.table, entry.number, entry.action, entry.changes, note]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


ROWS = "select id, at, actor, command, table_name, number, action, changes, note, hash from audit order by id"
"""What `faults` reads."""


def faults(rows: Iterable[tuple[object, ...]], head: str | None) -> Iterator[tuple[int, str]]:
    """Where the chain is broken: (row, `changed` | `missing` | `inserted` | `cut`), in order.

    `rows`: as ROWS gives them; `head`: the stored end of the chain. Goes on after a fault with the hash that
    stands there, so that each place is named once.
    """
    before, expected = START, 1
    for row in rows:
        number, at, actor, command, table, record, action, changes, note, found = row
        number = int(str(number))
        if number != expected:
            yield (expected, "missing") if number > expected else (number, "inserted")
        else:
            entry = Entry(str(table), str(record), str(action), str(changes))
            said = None if note is None else str(note)
            if found != link(before, number, str(at), str(actor), str(command), entry, said):
                yield number, "changed"
        before, expected = str(found), number + 1
    if (head or f"0 {START}") != f"{expected - 1} {before}":
        yield expected, "cut"
