"""三: the worklog of a customer as a workbook to print and sign."""

from datetime import date
from typing import Annotated

import typer

from svcq.commands.company import company
from svcq.commands.complete import customers
from svcq.commands.kit import Command, date_option, example
from svcq.commands.shared import filters, maybe_day
from svcq.desk import Desk
from svcq.errors import NotFound, Usage
from svcq.locale import _, ngettext

forms = typer.Typer()
"""Commands that the group of issues takes over."""


@forms.command(
    cls=Command,
    help=_("Write the worklog of a customer as a workbook to print: problems, steps, results, signatures."),
    epilog=example("issue form --customer 江州市中心医院 --from 2026-01-01 -o 工作底稿.xlsx"),
)
def form(
    ctx: typer.Context,
    customer: Annotated[
        str, typer.Option("--customer", metavar="NAME", help=_("The hospital."), autocompletion=customers)
    ],
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help=_("Where to write it."))],
    from_: Annotated[str | None, date_option("--from", _("Problems reported on that day or later."))] = None,
    until: Annotated[
        str | None, date_option("--until", _("Problems reported up to and including that day."))
    ] = None,
) -> None:
    from svcq.output.form_book import write_forms
    from svcq.output.forms.worklog import worklog as drawn
    from svcq.output.terminal import talk
    from svcq.store.read_people import customers as found
    from svcq.store.read_worklog import worklog

    desk: Desk = ctx.obj
    if not output.lower().endswith(".xlsx"):
        raise Usage("-o: a form is a workbook, name it FILE.xlsx")
    first, last = maybe_day(desk, from_, "--from"), maybe_day(desk, until, "--until")
    _in_order(first, last)
    desk.asked.values["customer"] = customer
    with desk.read() as reader:
        row = next(iter(found(reader, desk.today, filters(desk, reader))), None)
        if row is None:
            raise NotFound("customer {name} is not known{near}", name=customer, near="")
        issues = worklog(reader, str(row["name"]), desk.today, first, last)
        sender = company(desk, reader)
    write_forms(
        output, [drawn({**row, "from": first, "until": last, "on": desk.today, "issues": issues}, sender)]
    )
    count = ngettext("{count} issue", "{count} issues", len(issues)).format(count=len(issues))
    talk(
        _("worklog of {name}, {issues}, written to {file}").format(
            name=row["name"], issues=count, file=output
        )
    )


def _in_order(first: date | None, last: date | None) -> None:
    if first is not None and last is not None and first > last:
        raise Usage("--until: {last} is before --from {first}", first=first, last=last)
