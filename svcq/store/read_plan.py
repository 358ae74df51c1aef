"""三: development plans as listings show them."""

from collections.abc import Iterator
from datetime import date

from svcq.store.read import Reader


def plans(reader: Reader, t: date) -> Iterator[dict[str, object]]:
    """Every plan by number: number, active, completion_on, release_on, state; on day `t` active, inactive or past."""
    sql = (
        "select p.number, p.active, p.completion_on, p.release_on, case when not p.active then 'inactive'"
        " when p.completion_on < :t or p.release_on < :t then 'past' else 'active' end as state"
        " from v_plan p order by p.number"
    )
    for row in reader.rows(sql, {"t": t}):
        yield {**row, "active": bool(row["active"])}
