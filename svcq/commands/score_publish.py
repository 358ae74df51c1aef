"""七: a quarter's scores published and frozen on the command line, and what is different since."""

from collections.abc import Container, Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from svcq.commands.kit import Command, Writes, example, text_option
from svcq.commands.params import listing_params
from svcq.commands.score_lists import MACHINE, tell_unscored
from svcq.commands.score_periods import quarter as quarter_of
from svcq.commands.score_words import NOTHING
from svcq.commands.shared import as_of, can_be_shown, done, filters, listed
from svcq.desk import Desk
from svcq.errors import Refused, SvcqError, Usage
from svcq.locale import _, ngettext, say
from svcq.output.shape import Row

if TYPE_CHECKING:
    from svcq.processes.scoring_changes import Change

publishing = typer.Typer()
"""Commands that the score group takes over."""


@publishing.command(
    cls=Writes,
    help=_("Publish a quarter: its figures and every record behind them are frozen as they stand today."),
    epilog=example("score publish 2026Q3", "score publish 2026Q3 --again --reason '补录了九月的回访'"),
)
def publish(
    ctx: typer.Context,
    quarter: Annotated[str, typer.Argument(metavar="QUARTER", help=_("The quarter, e.g. 2026Q3."))],
    again: Annotated[
        bool, typer.Option("--again", help=_("In place of what was published before; needs --reason."))
    ] = False,
    reason: Annotated[str | None, text_option("--reason", _("Why it is published once more."))] = None,
) -> None:
    from svcq.processes.score import publish as freeze

    desk: Desk = ctx.obj
    span = quarter_of(quarter)
    if again and not (reason or "").strip():
        raise Usage("--again: say why with --reason")
    if reason is not None and not again:
        raise Usage("--reason goes with --again")
    if reason is not None:
        desk.asked.values["note"] = reason
    with desk.work() as work:
        found = freeze(work, span, again=again)
    count = ngettext("{count} person", "{count} people", found.people).format(count=found.people)
    done(
        desk,
        found.changed,
        _("{period} is published: the scores of {people} are frozen"),
        _("nothing has changed since {period} was published on {on} by {by}")
        if again
        else _("{period} was published on {on} by {by} already; --again --reason TEXT replaces it"),
        period=span.name,
        people=count,
        on=found.published_on,
        by=found.published_by,
    )
    tell_unscored(found.unscored)


class Compares(Command):
    """A command that lists what belongs to people, of every customer."""

    @staticmethod
    def shared() -> list[Any]:
        """The options of a listing but those that choose among customers."""
        return [param for param in listing_params() if param.name not in ("customer", "region")]


@publishing.command(
    cls=Compares,
    help=_("What is different now from what was published: figures, and each record behind them."),
    epilog=example("score differences 2026Q3", "score differences 2026Q3 --person 陈立 -f csv"),
)
def differences(
    ctx: typer.Context,
    quarter: Annotated[str, typer.Argument(metavar="QUARTER", help=_("The quarter, e.g. 2026Q3."))],
) -> None:
    from svcq.commands.score_change_columns import CHANGES
    from svcq.processes.scoring_changes import differences as compared
    from svcq.store.read_score_published import published

    desk: Desk = ctx.obj
    span, t = quarter_of(quarter), as_of(desk)
    with desk.read() as reader:
        person = filters(desk, reader).get("person")
        release = published(reader, span.name)
        if release is None or release.published_on > t:
            raise Refused(
                "{period} is not published: `svcq score publish {period}` does that",
                clause="七",
                period=span.name,
            )
        rows = [_row(one) for one in compared(reader, span, t, None if person is None else str(person))]
        if can_be_shown(desk, CHANGES) not in MACHINE:
            rows = [
                row if row["change"] != "figure" else next(dashed([row], ("before", "now"))) for row in rows
            ]
        empty = _("nothing is different from what was published on {on}").format(on=release.published_on)
        listed(desk, reader, CHANGES, rows, empty=empty, summary=_total)


def dashed(rows: Iterable[Row], keys: Container[str]) -> Iterator[Row]:
    """The rows with a dash where there is no figure under one of these keys, as people see them."""
    for row in rows:
        yield {key: NOTHING if value is None and key in keys else value for key, value in row.items()}


def _row(one: "Change") -> Row:
    """A row of the listing: money in CNY, the reason in the user's language."""
    from svcq.store.read import yuan

    what, before, now = one.what, one.before, one.now
    if what == "fines_fen":
        what, before, now = "fines", yuan(before), yuan(now)
    reason = say(one.reason) if isinstance(one.reason, SvcqError) else one.reason
    keys = ("person", "change", "rule", "clause", "process", "number", "customer", "due_on")
    return {
        **{key: getattr(one, key) for key in keys},
        "what": what,
        "before": before,
        "now": now,
        "reason": reason,
    }


def _total(rows: list[Row]) -> str:
    people = {row["person"] for row in rows}
    moved = {row["person"] for row in rows if row["what"] == "score"}
    count = ngettext("{count} person", "{count} people", len(people)).format(count=len(people))
    return _("{people} with differences, {moved} of them with another score").format(
        people=count, moved=len(moved)
    )
