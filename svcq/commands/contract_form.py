"""二: the contract tracking table as an office table to print."""

from typing import Annotated

import typer

from svcq.commands.company import company
from svcq.commands.complete import people
from svcq.commands.contract_lists import count_text
from svcq.commands.kit import Command, date_option, example
from svcq.commands.shared import filters
from svcq.desk import Desk
from svcq.errors import Usage
from svcq.locale import _

forms = typer.Typer()
"""Commands that the group of contracts takes over."""
BACK = ("returned", "void")


@forms.command(
    cls=Command,
    help=_("Write the contract tracking table as a workbook to print, with a subtotal for each region."),
    epilog=example(
        "contract form -o 维护合同跟踪表.xlsx", "contract form --region 华东 --open -o 华东合同跟踪.xlsx"
    ),
)
def form(
    ctx: typer.Context,
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help=_("Where to write it."))],
    region: Annotated[
        str | None,
        typer.Option(
            "--region", metavar="NAME", help=_("Only customers of this region; subtotals by salesperson.")
        ),
    ] = None,
    salesperson: Annotated[
        str | None,
        typer.Option(
            "--salesperson", metavar="NAME", help=_("Only this salesperson's."), autocompletion=people
        ),
    ] = None,
    still_open: Annotated[bool, typer.Option("--open", help=_("Only what has not come back."))] = False,
    on: Annotated[str | None, date_option("--as-of", _("As it stood on that day."))] = None,
) -> None:
    from svcq.commands.shared import as_of
    from svcq.output.form_book import write_forms
    from svcq.output.forms.tracking import tracking
    from svcq.output.terminal import talk
    from svcq.store.read_contract import contracts

    desk: Desk = ctx.obj
    if not output.lower().endswith(".xlsx"):
        raise Usage("-o: a form is a workbook, name it FILE.xlsx")
    desk.asked.values |= {"person": salesperson, "region": region, "as_of": on}
    t = as_of(desk)
    by = "region" if region is None else "salesperson"
    with desk.read() as reader:
        chosen = filters(desk, reader)
        rows = [
            row
            for row in contracts(reader, t, filters=chosen)
            if row["state"] not in (BACK if still_open else ("void",))
            and chosen.get("person")
            in (None, row["salesperson"])  # not those of whom one is account manager only
        ]
        sender = company(desk, reader)
    rows.sort(key=lambda row: (not row[by], str(row[by]), str(row["number"])))
    facts = {"on": t, "region": region, "salesperson": chosen.get("person"), "by": by, "contracts": rows}
    write_forms(output, [tracking(facts, sender)])
    talk(
        _("contract tracking table of {contracts} written to {file}").format(
            contracts=count_text(len(rows)), file=output
        )
    )
