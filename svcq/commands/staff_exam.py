"""三.1: training and exams of new people on the command line, and who has still to pass."""

from typing import Annotated, Any

import typer

from svcq.commands.complete import people
from svcq.commands.kit import Command, Writes, date_option, example
from svcq.commands.params import listing_params, writing_params
from svcq.commands.shared import as_of, done, filters, listed, on_day, provisional
from svcq.commands.staff_columns import EXAMINEES
from svcq.commands.staff_record import Name
from svcq.desk import Desk
from svcq.errors import Usage
from svcq.locale import _, ngettext
from svcq.output.shape import Row

exams = typer.Typer()
"""Commands that the staff group takes over."""
Text = str | None


class Examines(Command):
    """A command that records an exam, or lists who has still to pass."""

    @staticmethod
    def shared() -> list[Any]:
        """The options of both; no customer is concerned."""
        return [*(one for one in listing_params() if one.name != "customer"), *writing_params()]


@exams.command(
    cls=Writes,
    help=_("The training of a new person was held; the exam comes after it."),
    epilog=example("staff train 李伟 --on 2026-11-20"),
)
def train(
    ctx: typer.Context,
    name: Name,
    on: Annotated[str, date_option("--on", _("The day it was held."))],
) -> None:
    from svcq.processes import staff_exam

    desk: Desk = ctx.obj
    day = on_day(desk, on)
    with desk.work() as work:
        changed = staff_exam.train(work, name, day)
    done(
        desk,
        changed,
        _("{name}: training of {on} recorded"),
        _("that is recorded already: nothing to change"),
        name=name,
        on=day,
    )


@exams.command(
    cls=Examines,
    help=_("An exam was taken; without a name: who has still to pass, and by when."),
    epilog=example(
        "staff exam 李伟 --on 2026-11-23 --passed --note 92分",
        "staff exam 李伟 --on 2026-11-20 --failed",
        "staff exam --exit-code",
    ),
)
def exam(
    ctx: typer.Context,
    name: Annotated[
        Text,
        typer.Argument(
            metavar="NAME", help=_("Who took it; default: list who has still to pass."), autocompletion=people
        ),
    ] = None,
    on: Annotated[Text, date_option("--on", _("The day it was taken."))] = None,
    passed: Annotated[bool, typer.Option("--passed", help=_("It was passed."))] = False,
    failed: Annotated[bool, typer.Option("--failed", help=_("It was not passed."))] = False,
    undo: Annotated[bool, typer.Option("--undo", help=_("Strike out such an exam of that day."))] = False,
) -> None:
    desk: Desk = ctx.obj
    if name is None:
        if on is not None or passed or failed or undo:
            raise Usage("the argument {name} is missing", name="NAME")
        _list(desk)
        return
    if passed == failed:
        raise Usage("say how the exam of {name} ended: --passed or --failed", name=name)
    if on is None:
        raise Usage("the option {option} is missing", option="--on")
    from svcq.processes import staff_exam

    day = on_day(desk, on)
    if undo:
        with desk.work() as work:
            changed = staff_exam.strike(work, name, day, passed)
        done(
            desk,
            changed,
            _("{name}: exam of {on} struck out"),
            _("{name} has no such exam of {on}: nothing to change"),
            name=name,
            on=day,
        )
        return
    note = desk.asked.values.get("note")
    with desk.work() as work:
        changed = staff_exam.examine(work, name, day, passed, str(note) if note else None)
    done(
        desk,
        changed,
        _("{name} passed the exam of {on}") if passed else _("{name} did not pass the exam of {on}"),
        _("that is recorded already: nothing to change"),
        name=name,
        on=day,
    )


def _list(desk: Desk) -> None:
    """Print who has still to pass, and by when."""
    from svcq.store.read_staff import examinees

    with desk.read() as reader:
        rows: list[Row] = list(examinees(reader, as_of(desk), filters(desk, reader)))
        listed(desk, reader, EXAMINEES, rows, empty=_("nobody has an exam to pass"), summary=_total)
    provisional(rows, "due_on")


def _total(rows: list[Row]) -> str:
    owed = [row for row in rows if row["state"] != "exempt"]
    late = sum(1 for row in owed if row["state"] == "overdue")
    text = ngettext("{count} person to pass", "{count} people to pass", len(owed)).format(count=len(owed))
    return _("{people}, {late} overdue · exempt: {exempt}").format(
        people=text, late=late, exempt=len(rows) - len(owed)
    )
