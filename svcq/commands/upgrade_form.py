"""四: the printable forms of an upgrade: the plan and the report."""

from typing import Annotated

import typer

from svcq.commands.company import company
from svcq.commands.complete import upgrades as complete
from svcq.commands.kit import Command, example
from svcq.commands.shared import warn
from svcq.commands.upgrade_lists import unknown
from svcq.desk import Desk
from svcq.errors import Phrase, Usage
from svcq.locale import N_, _

forms = typer.Typer()
"""Commands that the group of upgrades takes over."""
KINDS = {"plan": N_("upgrade plan"), "report": N_("upgrade report")}


@forms.command(
    cls=Command,
    help=_("Write a form as a workbook to print: the upgrade plan or the upgrade report."),
    epilog=example("upgrade form SJ-2026-007 --kind plan -o 系统升级方案.xlsx"),
)
def form(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help=_("The upgrade."), autocompletion=complete)],
    kind: Annotated[str, typer.Option("--kind", metavar="|".join(KINDS), help=_("Which form."))],
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help=_("Where to write it."))],
) -> None:
    from svcq.output.form_book import write_forms
    from svcq.output.forms.upgrade import plan, schedule
    from svcq.output.forms.upgrade_report import report
    from svcq.output.terminal import talk
    from svcq.rules.matching import tidy_number
    from svcq.store.read_upgrade_form import written

    desk: Desk = ctx.obj
    if kind not in KINDS:
        raise Usage("--kind: {text} is none of {kinds}", text=repr(kind), kinds=", ".join(KINDS))
    if not output.lower().endswith(".xlsx"):
        raise Usage("-o: a form is a workbook, name it FILE.xlsx")
    name = tidy_number(number)
    with desk.read() as reader:
        facts = written(reader, name, desk.today)
        if facts is None:
            raise unknown(reader, name)
        sender = company(desk, reader)
    if facts["void_on"]:
        warn(Phrase("upgrade {number} is void since {on}", number=name, on=facts["void_on"]))
    elif kind == "report" and facts["done_on"] is None:
        warn(Phrase("upgrade {number} is not done yet: the report leaves room for the rest", number=name))
    drawn = {"plan": (plan, schedule), "report": (report,)}[kind]
    write_forms(output, [make(facts, sender) for make in drawn])
    talk(_("{form} of {number} written to {file}").format(form=_(KINDS[kind]), number=name, file=output))
