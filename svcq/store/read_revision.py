"""Revisions of records for exports and `show`: looked up by number, so many at once."""

from collections.abc import Iterable, Iterator, Mapping

from svcq.store.batches import batches
from svcq.store.read import Reader
from svcq.store.revised import REVISED, REVISION, named_by, tables

AT_ONCE = 500


def revision(reader: Reader, kind: str, number: object) -> int:
    """The number of the newest change of a record; 0 if the audit knows of none."""
    sql = f"select max(id) as newest from v_audit where number = :number and table_name in ({tables(kind)})"
    found = reader.one(sql, {"number": number})
    return int(str(found["newest"] or 0)) if found else 0


def with_revisions(
    reader: Reader, kind: str, rows: Iterable[dict[str, object]]
) -> Iterator[dict[str, object]]:
    """The rows of a kind's sheet, each with the revision of its record; those of a kind without one as they are."""
    if kind not in REVISED:
        yield from rows
        return
    key = named_by(kind)
    for part in batches(rows, AT_ONCE):
        newest = _newest(reader, kind, [row[key] for row in part])
        yield from ({**row, REVISION: newest.get(row[key], 0)} for row in part)


def _newest(reader: Reader, kind: str, numbers: list[object]) -> Mapping[object, object]:
    values = {f"n{place}": number for place, number in enumerate(numbers)}
    sql = (
        f"select number, max(id) as newest from v_audit where number in ({', '.join(f':{name}' for name in values)})"
        f" and table_name in ({tables(kind)}) group by number"
    )
    return {row["number"]: row["newest"] for row in reader.rows(sql, values)}
