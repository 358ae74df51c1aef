"""三.3: leave on the command line: entered, taken back, listed."""

from typing import Annotated, Any

import typer

from svcq.commands.complete import people
from svcq.commands.kit import Command, date_option, example, text_option
from svcq.commands.params import listing_params, writing_params
from svcq.commands.shared import as_of, done, listed, maybe_day, on_day
from svcq.commands.staff_columns import LEAVES
from svcq.desk import Desk
from svcq.errors import Usage
from svcq.locale import _

leaves = typer.Typer()
"""Commands that the staff group takes over."""
Text = str | None


class Leaves(Command):
    """A command that enters leave, or lists it."""

    @staticmethod
    def shared() -> list[Any]:
        """The options of both; leave is of no customer, and of no region."""
        left_out = ("customer", "region")
        return [*(one for one in listing_params() if one.name not in left_out), *writing_params()]


@leaves.command(
    cls=Leaves,
    help=_("When somebody is away; work recorded on such a day is marked at the spot check."),
    epilog=example(
        "staff leave 李伟 --from 2026-11-02 --until 2026-11-04 --kind 年假",
        "staff leave 李伟 --from 2026-11-02 --until 2026-11-04 --undo",
        "staff leave",
    ),
)
def leave(
    ctx: typer.Context,
    name: Annotated[
        Text, typer.Argument(metavar="NAME", help=_("Default: list all leave."), autocompletion=people)
    ] = None,
    from_: Annotated[Text, date_option("--from", _("The first day; without it leave is listed."))] = None,
    until: Annotated[Text, date_option("--until", _("The last day; default: the first."))] = None,
    kind: Annotated[Text, text_option("--kind", _("What kind of leave, e.g. 年假."))] = None,
    undo: Annotated[bool, typer.Option("--undo", help=_("Take back a leave of exactly these days."))] = False,
) -> None:
    desk: Desk = ctx.obj
    if from_ is None and (until is not None or kind is not None or undo):
        raise Usage("the option {option} is missing", option="--from")
    if from_ is None:
        _list(desk, name)
        return
    if name is None:
        raise Usage("the argument {name} is missing", name="NAME")
    first = on_day(desk, from_, "--from")
    last = maybe_day(desk, until, "--until") or first
    from svcq.processes import staff_leave

    told = {"name": name, "from_on": first, "until": last}
    if undo:
        with desk.work() as work:
            changed = staff_leave.remove(work, name, first, last)
        done(
            desk,
            changed,
            _("{name}: leave from {from_on} until {until} taken back"),
            _("{name} has no leave from {from_on} until {until}: nothing to change"),
            **told,
        )
        return
    with desk.work() as work:
        changed = staff_leave.add(work, name, first, last, kind)
    done(
        desk,
        changed,
        _("{name}: leave from {from_on} until {until} entered"),
        _("that is recorded already: nothing to change"),
        **told,
    )


def _list(desk: Desk, name: str | None) -> None:
    """Print all leave, or that of one person; planned leave too, unless a day is asked for."""
    from svcq.commands.shared import filters
    from svcq.store.read_staff import leaves as found

    if name is not None:
        desk.asked.values["person"] = name
    t = as_of(desk) if desk.asked.values.get("as_of") is not None else None
    with desk.read() as reader:
        person = filters(desk, reader).get("person")
        rows = list(found(reader, str(person) if person is not None else None, t))
        listed(desk, reader, LEAVES, rows, empty=_("no leave is recorded"))
