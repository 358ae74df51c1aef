"""三: plans, spot checks and leave as their sheets have them; what belongs to a void customer or person is left out."""

from collections.abc import Iterator
from datetime import date

from svcq.store.read import Reader


def export_plans(reader: Reader, today: date) -> Iterator[dict[str, object]]:
    """Every plan by number."""
    yield from reader.rows("select number, active, completion_on, release_on from v_plan order by number")


def export_checks(reader: Reader, today: date) -> Iterator[dict[str, object]]:
    """Every spot check by month and customer, with what was done after `today` too."""
    yield from reader.rows(
        "select k.month, k.customer, k.records_on, k.leave_on, k.list_asked_on, k.reconciled_on"
        " from v_spot_check k join v_customer c on c.id = k.customer_id where c.void_on is null"
        " order by k.month, k.customer"
    )


def export_leave(reader: Reader, today: date) -> Iterator[dict[str, object]]:
    """All leave by person and day."""
    rows = reader.rows(
        "select l.person, l.from_on, l.until_on, l.kind from v_leave l join v_staff s on s.id = l.person_id"
        " where s.void_on is null order by l.person, l.from_on"
    )
    for row in rows:
        yield {
            "person": row["person"],
            "from": row["from_on"],
            "until": row["until_on"],
            "kind": row["kind"],
        }


EXPORTS = {"plan": export_plans, "spot_check": export_checks, "leave": export_leave}
