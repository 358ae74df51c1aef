"""五: data migrations on the command line: what they look like on any day."""

from typing import TYPE_CHECKING, Annotated

import typer

from svcq.commands.columns import HISTORY, OBLIGATIONS
from svcq.commands.complete import migrations as complete
from svcq.commands.kit import Lists, Shows, example
from svcq.commands.migrate_columns import EXPLAINED, MIGRATIONS, OTHERS, STATES
from svcq.commands.process_lists import enough, history, list_overdue, near_numbers, owed_by
from svcq.commands.revisions import revised
from svcq.commands.shared import as_of, filters, listed, look, provisional
from svcq.desk import Desk
from svcq.errors import NotFound, Usage
from svcq.locale import _, ngettext
from svcq.output.shape import Row

if TYPE_CHECKING:
    from svcq.store.read import Reader

listings = typer.Typer()
"""Commands that the group of migrations takes over."""


def _count(rows: list[Row]) -> str:
    return ngettext("{count} migration", "{count} migrations", len(rows)).format(count=len(rows))


@listings.command(
    "list",
    cls=Lists,
    help=_("Every migration, void ones too."),
    epilog=example("migrate list --state open", "migrate list --customer 江州市中心医院"),
)
def list_(
    ctx: typer.Context,
    state: Annotated[
        str | None,
        typer.Option("--state", metavar="|".join(STATES), help=_("Only migrations in this state.")),
    ] = None,
) -> None:
    from svcq.store.read_migrate import migrations

    if state is not None and state not in STATES:
        raise Usage("--state: {text} is none of {states}", text=repr(state), states=", ".join(STATES))
    desk: Desk = ctx.obj
    with desk.read() as reader:
        chosen = filters(desk, reader, state=state)
        rows = migrations(reader, as_of(desk), filters=chosen, limit=enough(desk))
        listed(desk, reader, MIGRATIONS, rows, empty=_("no migrations"), summary=_count)


@listings.command(
    cls=Lists,
    help=_("What of migrations was due and has not been done: who owes it, since when."),
    epilog=example("migrate overdue", "migrate overdue --region 华东 -f xlsx -o overdue.xlsx"),
)
def overdue(ctx: typer.Context) -> None:
    list_overdue(ctx.obj, "migrate", OBLIGATIONS, _("nothing of a migration is overdue"))


@listings.command(
    cls=Shows,
    help=_("The whole story of a migration: dates, obligations and why they fall due, history."),
    epilog=example("migrate show QY-2026-003"),
)
def show(
    ctx: typer.Context,
    number: Annotated[
        str, typer.Argument(metavar="NUMBER", help=_("The migration."), autocompletion=complete)
    ],
) -> None:
    from svcq.output.record import Section, emit_record
    from svcq.rules.matching import tidy_number
    from svcq.store.read_migrate import migrations

    desk: Desk = ctx.obj
    t = as_of(desk)
    name = tidy_number(number)
    with desk.read() as reader:
        row = next(migrations(reader, t, filters={"number": name}), None)
        if row is None:
            raise _unknown(reader, name)
        owed = owed_by(reader, "migrate", name, t, but=("migrate.yearly", "migrate.check"))
        same = migrations(reader, t, filters={"customer": row["customer"]})
        sections = [
            Section("obligations", EXPLAINED, owed),
            Section("others", OTHERS, [one for one in same if one["number"] != name]),
            Section("history", HISTORY, history(reader, name, ("migrate", "waiver"))),
        ]
        emit_record(*revised(reader, "migration", MIGRATIONS, row), sections, look(desk))
    provisional(owed, "due_on")


def _unknown(reader: "Reader", name: str) -> NotFound:
    """The refusal of a number that is not known, with those near it."""
    return NotFound(
        "migration {name} is not known{near}", name=name, near=near_numbers(reader, "v_migrate", name)
    )
