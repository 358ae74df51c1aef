"""四 五 六 A store with people who upgrade, migrate and are asked about, and rows of files about them."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from svcq.processes import staff
from svcq.processes.intake import Line, Manner, Outcome, intakes
from svcq.processes.work import Work
from svcq.store import exports
from svcq.store.read import Reader
from tests.places import at
from tests.stores import TODAY, peopled, writing

D = date.fromisoformat
Values = Mapping[str, object]


def served(path: Path) -> Path:
    """The people and hospitals of every test, a regional manager, a division manager and an upgrader."""
    with writing(peopled(path)) as work:
        staff.add(work, "朱明远", ["regional_manager"], {"region": "华东"})
        staff.add(work, "何万里", ["division_manager"], {})
        staff.add(work, "卫星汉", ["upgrader"], {})
    return path


def take(work: Work, kind: str, *rows: Values, **manner: object) -> Outcome:
    """The rows of one sheet, from row 2 on."""
    lines = [Line(number, row) for number, row in enumerate(rows, 2)]
    return intakes()[kind].take(work, lines, Manner(**manner))  # type: ignore[arg-type]


def taken(path: Path, kind: str, *rows: Values, **manner: object) -> tuple[int, int, int, int]:
    """The rows in a unit of work of their own: added, updated, unchanged, refused."""
    with writing(path) as work:
        outcome = take(work, kind, *rows, **manner)
    return outcome.added, outcome.updated, outcome.unchanged, len(outcome.faults)


def whys(path: Path, kind: str, *rows: Values, **manner: object) -> list[tuple[int, str, str]]:
    """Row, field and sentence of each refusal; nothing is kept."""
    with writing(path, dry_run=True) as work:
        found = take(work, kind, *rows, **manner).faults
    return [(fault.row, fault.field, str(fault.why)) for fault in found]


def remarks(path: Path, kind: str, *rows: Values, **manner: object) -> tuple[list[str], int]:
    """What the user is told of the rows besides, and how many have acts after today; nothing is kept."""
    with writing(path, dry_run=True) as work:
        outcome = take(work, kind, *rows, **manner)
    return [str(one) for one in outcome.remarks], outcome.ahead


def told(path: Path, kind: str, today: date = TODAY) -> list[Values]:
    """The records of a kind as an export has them, without blanks and what is no field of the sheet."""
    reader = Reader(at(path))
    rows = list(exports.records(reader, kind, today))
    reader.close()
    kept = ("id", "customer_id", "engineer_id", "region", "first_on", "void_on", "void_reason")
    return [
        {key: value for key, value in row.items() if value is not None and key not in kept} for row in rows
    ]


def owed(path: Path, number: str) -> list[dict[str, object]]:
    """What the ledger has of a record."""
    reader = Reader(at(path))
    rows = list(
        reader.rows("select * from v_obligation where number = :number order by rule", {"number": number})
    )
    reader.close()
    return rows
