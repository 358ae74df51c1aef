"""五: data migrations as their sheet has them; void ones are left out."""

from collections.abc import Iterator
from datetime import date

from svcq.store.read import Reader
from svcq.store.read_people import holders


def export_migrations(reader: Reader, today: date) -> Iterator[dict[str, object]]:
    """Migrations by number, with their own engineer of today, not that of the customer."""
    people = holders(reader, "migrate", today)
    for row in reader.rows("select * from v_migrate where void_on is null order by number"):
        own = people.get((int(str(row["id"])), "engineer"), ())
        yield {**row, "engineer": next(iter(own), None)}


def export_checks(reader: Reader, today: date) -> Iterator[dict[str, object]]:
    """December checks by year and day."""
    for row in reader.rows("select * from v_migrate_check order by year, checked_on, id"):
        yield {
            "year": int(str(row["year"])),
            "on": row["checked_on"],
            "by": row["by_name"],
            "note": row["note"],
        }


EXPORTS = {"migration": export_migrations, "migration_check": export_checks}
