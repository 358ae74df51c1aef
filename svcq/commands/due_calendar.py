"""`due --calendar`: a month of obligations as a calendar, with the most urgent of the month below it."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING

import typer

from svcq.commands import dates
from svcq.commands.shared import as_of, doubt, filters, limit, look
from svcq.desk import Desk
from svcq.errors import Usage
from svcq.locale import _
from svcq.output.shape import Row

if TYPE_CHECKING:
    from svcq.output.month import Day
    from svcq.rules.workdays import Calendar
    from svcq.store.read import Reader

SHOWN = 10
"""Obligations below the calendar, unless --limit says otherwise."""


def print_month(desk: Desk, text: str, states: tuple[str, ...] | None, **more: object) -> None:
    """Print the month `text` (blank: that of the day asked about); `states` and `more`: as for the listing.

    Usage for a format other than a table, which a calendar is not.
    """
    from svcq.commands.desk_columns import URGENT
    from svcq.output.choose import ENDINGS, columns_of
    from svcq.output.emit import write_lines
    from svcq.processes.explain import terms
    from svcq.store.read_ledger import obligations

    t, asked = as_of(desk), look(desk)
    ending = PurePath(asked.output or "").suffix.lower()
    if asked.format not in (None, "table") or ending in (*ENDINGS, ".ics"):
        raise Usage("--calendar is a page to look at: leave out -f, or leave out --calendar")
    first, last = _month(text, t)
    until = more.get("until")
    span = {"since": first, "until": min(until, last) if isinstance(until, date) else last}
    columns = columns_of(URGENT, asked.columns, "table")
    most = limit(desk)
    with desk.read() as reader:
        chosen = filters(desk, reader, **{**more, **span})
        rows = list(obligations(reader, t, states=states, filters=chosen))
        earlier = _earlier(reader, t, first, states, chosen)
        calendar = terms(reader).calendar(t)
    days = _days(first, last, calendar, rows)
    pressing = [row for row in rows if row["state"] in ("open", "overdue")]
    urgent = pressing[: SHOWN if most is None else most]

    def lines(room: int | None, colour: bool) -> Iterator[str]:
        from svcq.output.month import month_lines
        from svcq.output.table import table_lines

        yield f"{first:%Y-%m}"
        yield ""
        yield from month_lines(days, t, room, colour)
        if urgent:
            yield from table_lines(URGENT, columns, urgent, room, colour=colour)
        yield from _remarks(len(urgent), len(pressing), earlier, room)

    write_lines(asked, None, None, lines)
    doubt(calendar.unpublished(first, last))
    if rows and desk.asked.values.get("exit_code"):
        raise typer.Exit(10)


def _month(text: str, t: date) -> tuple[date, date]:
    """The first and the last day of the month."""
    if text.strip():
        _name, first, last = dates.month(text, "--calendar")
        return first, last
    return t.replace(day=1), t.replace(day=monthrange(t.year, t.month)[1])


def _earlier(
    reader: "Reader",
    t: date,
    first: date,
    states: tuple[str, ...] | None,
    chosen: Mapping[str, object],
) -> bool:
    """Whether something is overdue that was due before the month in which `t` is."""
    from svcq.store.read_ledger import obligations

    if not first <= t or (states is not None and "overdue" not in states):
        return False
    before = {**chosen, "since": None, "until": first - timedelta(days=1)}
    return any(True for _row in obligations(reader, t, states=("overdue",), filters=before, limit=1))


def _days(first: date, last: date, calendar: "Calendar", rows: Sequence[Row]) -> "list[Day]":
    """Each day of the month with what falls due on it."""
    from svcq.output.month import Day

    counts = Counter((row["due_on"], row["state"]) for row in rows)
    found = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        code = calendar.why(day).code
        off = code in ("weekend", "holiday", "company_off")
        found.append(
            Day(
                day,
                off=off,
                unlike=code in ("makeup", "company_on"),
                due=counts[day, "open"],
                overdue=counts[day, "overdue"],
                done=sum(counts[day, state] for state in ("met", "late", "waived")),
            )
        )
    return found


def _remarks(shown: int, count: int, earlier: bool, room: int | None) -> Iterator[str]:
    """What is not on the page."""
    from svcq.output.cells import fold

    said = []
    if not count:
        said.append(_("Nothing is due in this month."))
    elif shown < count:
        said.append(_("{shown} of {all} rows").format(shown=shown, all=count))
    if earlier:
        said.append(_("`svcq due --overdue` lists what is overdue from earlier months too."))
    for text in said:
        yield from fold(text, room) if room else [text]
