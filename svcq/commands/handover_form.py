"""一: the printable forms of a hand-over: the application, the service notice and its receipt."""

from typing import Annotated

import typer

from svcq.commands.company import company
from svcq.commands.complete import handovers as complete
from svcq.commands.handover_lists import found
from svcq.commands.kit import Command, example
from svcq.commands.shared import warn
from svcq.desk import Desk
from svcq.errors import Phrase, Usage
from svcq.locale import N_, _

forms = typer.Typer()
"""Commands that the group of hand-overs takes over."""
KINDS = ("application", "notice", "receipt")


@forms.command(
    cls=Command,
    help=_("Write a form as a workbook to print: the application, the service notice, or its receipt."),
    epilog=example("handover form YJ-2026-012 --kind notice -o 告知书.xlsx"),
)
def form(
    ctx: typer.Context,
    number: Annotated[
        str, typer.Argument(metavar="NUMBER", help=_("The hand-over."), autocompletion=complete)
    ],
    kind: Annotated[str, typer.Option("--kind", metavar="|".join(KINDS), help=_("Which form."))],
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help=_("Where to write it."))],
) -> None:
    from svcq.output.form_book import write_forms
    from svcq.output.forms import handover as made
    from svcq.output.terminal import talk
    from svcq.rules.matching import tidy_number
    from svcq.store.read_handover import served

    desk: Desk = ctx.obj
    if kind not in KINDS:
        raise Usage("--kind: {text} is none of {kinds}", text=repr(kind), kinds=", ".join(KINDS))
    if not output.lower().endswith(".xlsx"):
        raise Usage("-o: a form is a workbook, name it FILE.xlsx")
    with desk.read() as reader:
        row = found(reader, tidy_number(number), desk.today)
        facts = {**row, **served(reader, row, desk.today)}
        sender = company(desk, reader, row["region"], "handover.receipt")
    if kind != "application" and row["state"] not in ("eligible", "complete"):
        named = str(row["number"])
        warn(Phrase("hand-over {number} is not eligible: the notice goes out once it is", number=named))
    drawn = {"application": made.application, "notice": made.notice, "receipt": made.receipt}[kind]
    write_forms(output, [drawn(facts, sender)])
    talk(
        _("{form} of {number} written to {file}").format(
            form=_(TITLES[kind]), number=row["number"], file=output
        )
    )


TITLES = {"application": N_("application"), "notice": N_("service notice"), "receipt": N_("receipt slip")}
