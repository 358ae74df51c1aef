"""四: upgrades and forced steps as their sheets have them; void upgrades are left out."""

from collections.abc import Iterator
from datetime import date

from svcq.store.read import Reader
from svcq.store.read_people import holders

PEOPLE = {"applied_by": "account_manager", "arranged_by": "regional_manager", "upgrader": "upgrader"}
"""Field of the sheet -> the role on the upgrade."""


def export_upgrades(reader: Reader, today: date) -> Iterator[dict[str, object]]:
    """Upgrades by number, with every date they have and their people of today."""
    people = holders(reader, "upgrade", today)
    for row in reader.rows("select * from v_upgrade where void_on is null order by number"):
        key = int(str(row["id"]))
        own = {field: next(iter(people.get((key, role), ())), None) for field, role in PEOPLE.items()}
        yield {**row, **own}


def export_skips(reader: Reader, today: date) -> Iterator[dict[str, object]]:
    """Forced steps by upgrade and day; those of one day in the order of their entry."""
    rows = reader.rows(
        "select u.number, k.done_on, k.step, k.skipped, k.reason, k.by_name from v_upgrade_skip k"
        " join v_upgrade u on u.id = k.upgrade_id where u.void_on is null order by u.number, k.done_on, k.id"
    )
    for row in rows:
        yield {
            "upgrade": row["number"],
            "on": row["done_on"],
            "step": row["step"],
            "skipped": tuple(str(row["skipped"]).split("、")),
            "reason": row["reason"],
            "by": row["by_name"],
        }


EXPORTS = {"upgrade": export_upgrades, "skip": export_skips}
