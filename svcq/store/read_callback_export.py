"""六: satisfaction callbacks and the tries that found nobody, as their sheets have them; void ones are left out."""

from collections.abc import Iterator
from datetime import date

from svcq.store.read import Reader


def export_callbacks(reader: Reader, today: date) -> Iterator[dict[str, object]]:
    """Callbacks by number, each with the issue that its unsolved problem became, unless that is void."""
    yield from reader.rows(
        "select b.number, b.quarter, b.engineer, b.customer, b.drawn_on, b.seed, b.asked_on, b.service, b.attitude,"
        " b.advice, b.unsolved, i.number as issue from v_callback b"
        " left join v_issue i on i.id = b.issue_id and i.void_on is null"
        " where b.void_on is null order by b.number"
    )


def export_tries(reader: Reader, today: date) -> Iterator[dict[str, object]]:
    """Tries by callback and day, in the order of their entry."""
    rows = reader.rows(
        "select b.number, t.tried_on, t.by_name, t.note from v_callback_try t"
        " join v_callback b on b.id = t.callback_id where b.void_on is null order by b.number, t.tried_on, t.id"
    )
    for row in rows:
        yield {"callback": row["number"], "on": row["tried_on"], "by": row["by_name"], "note": row["note"]}


EXPORTS = {"callback": export_callbacks, "try": export_tries}
