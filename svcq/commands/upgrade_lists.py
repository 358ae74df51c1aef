"""四: upgrades on the command line: what they look like on any day."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from svcq.commands.columns import HISTORY
from svcq.commands.kit import Lists, Shows, example
from svcq.commands.process_lists import enough, history, list_overdue, near_numbers, owed_by
from svcq.commands.revisions import revised
from svcq.commands.shared import as_of, filters, listed, look, provisional
from svcq.commands.upgrade_columns import EXPLAINED, OTHERS, OWED, SKIPS, STATES, UPGRADES, WHOLE
from svcq.commands.upgrade_told import Number
from svcq.desk import Desk
from svcq.errors import NotFound, Usage
from svcq.locale import _, ngettext
from svcq.output.shape import Row

if TYPE_CHECKING:
    from svcq.store.read import Reader

listings = typer.Typer()
"""Commands that the group of upgrades takes over."""


def _count(rows: list[Row]) -> str:
    return ngettext("{count} upgrade", "{count} upgrades", len(rows)).format(count=len(rows))


@listings.command(
    "list",
    cls=Lists,
    help=_("Every upgrade, settled and void ones too."),
    epilog=example("upgrade list --state approved", "upgrade list --person 卫星汉 --as-of 2026-11-20"),
)
def list_(
    ctx: typer.Context,
    state: Annotated[
        str | None,
        typer.Option("--state", metavar="|".join(STATES), help=_("Only upgrades in this state.")),
    ] = None,
) -> None:
    from svcq.store.read_upgrade import upgrades

    if state is not None and state not in STATES:
        raise Usage("--state: {text} is none of {states}", text=repr(state), states=", ".join(STATES))
    desk: Desk = ctx.obj
    with desk.read() as reader:
        chosen = filters(desk, reader, state=state)
        rows = upgrades(reader, as_of(desk), filters=chosen, limit=enough(desk))
        listed(desk, reader, UPGRADES, rows, empty=_("no upgrades"), summary=_count)


@listings.command(
    cls=Lists,
    help=_("What of upgrades was due and has not been done: who owes it, since when."),
    epilog=example("upgrade overdue", "upgrade overdue --region 华东 -f xlsx -o overdue.xlsx"),
)
def overdue(ctx: typer.Context) -> None:
    list_overdue(ctx.obj, "upgrade", OWED, _("nothing of an upgrade is overdue"))


@listings.command(
    cls=Shows,
    help=_(
        "The whole story of an upgrade: dates, skipped steps, obligations and why they fall due, history."
    ),
    epilog=example("upgrade show SJ-2026-007"),
)
def show(ctx: typer.Context, number: Number) -> None:
    from svcq.output.record import Section, emit_record
    from svcq.rules.matching import tidy_number
    from svcq.store.read_upgrade import skips, upgrades

    desk: Desk = ctx.obj
    t = as_of(desk)
    name = tidy_number(number)
    with desk.read() as reader:
        row = found(reader, name, t)
        owed = owed_by(reader, "upgrade", name, t)
        same = upgrades(reader, t, filters={"customer": row["customer"]})
        sections = [
            Section("obligations", EXPLAINED, owed),
            Section("skips", SKIPS, skips(reader, name, t)),
            Section("others", OTHERS, [one for one in same if one["number"] != name]),
            Section("history", HISTORY, history(reader, name, ("upgrade", "upgrade_skip", "waiver"))),
        ]
        emit_record(*revised(reader, "upgrade", WHOLE, row), sections, look(desk))
    provisional(owed, "due_on")


def found(reader: "Reader", name: str, t: date) -> Row:
    """The upgrade of that number as it stood on day `t`; NotFound, with near numbers, if there is none."""
    from svcq.store.read_upgrade import upgrades

    row = next(upgrades(reader, t, filters={"number": name}), None)
    if row is None:
        raise unknown(reader, name)
    return row


def unknown(reader: "Reader", name: str) -> NotFound:
    """The refusal of a number that is not known, with those near it."""
    return NotFound(
        "upgrade {name} is not known{near}", name=name, near=near_numbers(reader, "v_upgrade", name)
    )
