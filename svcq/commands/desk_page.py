"""`svcq` alone: today's desk on one page, and in a store without a record how to begin."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from svcq.commands.calendar_words import WEEK
from svcq.desk import Desk
from svcq.locale import _, ngettext
from svcq.output.shape import Listing, Look, Row

if TYPE_CHECKING:
    from svcq.store.read_desk import View


def print_desk(desk: Desk) -> None:
    """Print the desk of today: counts, the most urgent, what changed since yesterday."""
    from svcq.output.emit import write_lines
    from svcq.store.read_desk import is_blank, view

    with desk.read() as reader:
        blank = reader.missing or is_blank(reader)
        found = None if blank else view(reader, desk.today)
        live = reader.live_from

    def lines(room: int | None, colour: bool) -> Iterator[str]:
        page = _Page(room, colour)
        if found is None:
            yield from page.beginning(desk)
        else:
            yield from page.desk(desk.today, found, live)

    write_lines(Look(), None, None, lines)


STEP = len("svcq customer add NAME")
"""Cells of the longest of the commands to begin with."""


class _Page:
    """The lines of the page for a width (None: as wide as they are) and with colour or without."""

    def __init__(self, room: int | None, colour: bool) -> None:
        self.room, self.colour = room, colour

    def desk(self, today: date, found: "View", live: date) -> Iterator[str]:
        """The desk, part by part."""
        from svcq.commands.columns import PROCESSES
        from svcq.commands.desk_columns import MORE, NEWS, TALLY, URGENT

        yield self._head(_("{day}, {weekday}").format(day=today, weekday=_(WEEK[today.weekday()])))
        yield ""
        if not found.tally:
            yield from self._text(_("Nothing is due."))
        else:
            places = list(PROCESSES)
            inside = sorted(found.tally, key=lambda row: places.index(str(row["process"])))
            rows: list[Row] = [{**row, "more": MORE[str(row["process"])]} for row in inside]
            yield from self._table(TALLY, rows)
            yield ""
            yield self._head(_("Most urgent"))
            yield from self._table(URGENT, found.urgent)
        yield ""
        yield self._head(_("Since yesterday"))
        yield from self._text(_changed(found))
        if found.news:
            yield from self._table(NEWS, found.news)
        yield ""
        yield from self._further(found, live)

    def _further(self, found: "View", live: date) -> Iterator[str]:
        """Which command shows more."""
        if any(row["overdue"] for row in found.tally):
            yield from self._text(_("`svcq due --overdue` lists everything that is overdue."))
        if found.history:
            words = ngettext(
                "{count} obligation from before {live}, when the company started, is listed by `svcq due` only.",
                "{count} obligations from before {live}, when the company started, are listed by `svcq due` only.",
                found.history,
            )
            yield from self._text(words.format(count=found.history, live=live))
        yield from self._text(
            _("`svcq due --calendar` shows the month, `svcq log --since yesterday` who wrote what.")
        )
        yield from self._text(_("`svcq --help` lists every command."))

    def beginning(self, desk: Desk) -> Iterator[str]:
        """How to begin."""
        yield self._head(_("svcq has nothing to show yet."))
        yield from self._text(_("The store is {path}; another is named by --db.").format(path=desk.place))
        yield ""
        steps = (
            ("svcq demo", _("try it with sample workbooks, in a throw-away store")),
            ("svcq import FILE…", _("read customers, staff and contracts from the workbooks you have")),
            ("svcq customer add NAME", _("or enter them one by one")),
            ("svcq policy live DATE", _("say from which day on the process holds")),
            ("svcq --help", _("every command")),
        )
        for command, what in steps:
            yield from self._step(command, what)

    def _step(self, command: str, what: str) -> Iterator[str]:
        """A command and, beside or on a narrow terminal below it, what it is for."""
        from svcq.output.cells import fold, pad

        beside = STEP + 2
        if self.room is not None and self.room < 2 * beside:
            yield from fold(command, self.room)
            yield from ("  " + line for line in fold(what, self.room - 2))
            return
        first, *rest = fold(what, self.room - beside) if self.room else [what]
        yield pad(command, beside) + first
        yield from (" " * beside + line for line in rest)

    def _head(self, text: str) -> str:
        from svcq.output.terminal import HEADER, painted

        return painted(text, HEADER if self.colour else "")

    def _text(self, text: str) -> list[str]:
        from svcq.output.cells import fold
        from svcq.output.values import visible

        return fold(visible(text), self.room) if self.room else [visible(text)]

    def _table(self, listing: Listing, rows: "list[Row] | list[dict[str, object]]") -> Iterator[str]:
        from svcq.output.table import table_lines

        return table_lines(listing, listing.columns, rows, self.room, colour=self.colour)


def _changed(found: "View") -> str:
    """What changed, in figures."""
    counts = found.changes
    if not any(counts.values()):
        return _("Nothing changed.")
    return _("{overdue} became overdue, {met} met, {new} new").format(**counts)
