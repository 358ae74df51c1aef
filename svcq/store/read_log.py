"""The audit as people read it: one line per field that was set or changed."""

import json
from collections.abc import Iterator, Mapping

from svcq.store.read import Reader, yuan

CLAUSES = {
    "number": "a.number = :number",
    "table": "a.table_name = :table",
    "actor": "a.actor = :actor",
    "since": "a.at >= :since",
    "until": "a.at < :until",
    "command": "a.command = :command",
}


def changes(
    reader: Reader, filters: Mapping[str, object] | None = None, limit: int | None = None
) -> Iterator[dict[str, object]]:
    """Every field that was set or changed, the newest change first: id, at, actor, command, table, number,
    field, before, after, note. `limit`: at most so many records changed."""
    chosen = {key: value for key, value in (filters or {}).items() if value is not None}
    clauses = (
        CLAUSES if limit is None else {**CLAUSES, "since": "not (a.at < :since)"}
    )  # met going back from the newest
    where = " and ".join(clauses[key] for key in chosen)
    # + 0: the few since a day are put in order, instead of going back through all there ever were
    newest = "a.id + 0" if "since" in chosen and limit is None else "a.id"
    sql = "select * from v_audit a" + (f" where {where}" if where else "") + f" order by {newest} desc"
    for row in reader.rows(sql + ("" if limit is None else f" limit {limit:d}"), chosen):
        yield from expanded(row)


def expanded(row: Mapping[str, object]) -> Iterator[dict[str, object]]:
    """One audit row as one line per field."""
    same = {key: row[key] for key in ("id", "at", "actor", "command", "number", "note")}
    said: dict[str, object] = json.loads(str(row["changes"]))
    for field, value in said.items():
        if row["action"] == "update" and isinstance(value, list):
            before, after = value
        else:
            before, after = (value, None) if row["action"] == "delete" else (None, value)
        if field.endswith("_fen"):
            field, before, after = field.removesuffix("_fen"), yuan(before), yuan(after)
        yield {
            **same,
            "table": row["table_name"],
            "action": row["action"],
            "field": field,
            "before": before,
            "after": after,
        }
