"""三.1: the training and exam sheet of a person as a workbook to print and sign."""

from typing import Annotated

import typer

from svcq.commands.columns import ROLES
from svcq.commands.company import company
from svcq.commands.kit import Command, example
from svcq.commands.shared import filters
from svcq.commands.staff_record import Name
from svcq.desk import Desk
from svcq.errors import NotFound, Usage
from svcq.locale import _

forms = typer.Typer()
"""Commands that the group of staff takes over."""


@forms.command(
    cls=Command,
    help=_("Write the training and exam sheet of a person as a workbook to print."),
    epilog=example("staff form 李伟 -o 培训考核表.xlsx"),
)
def form(
    ctx: typer.Context,
    name: Name,
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help=_("Where to write it."))],
) -> None:
    from svcq.output.form_book import write_forms
    from svcq.output.forms.training import sheet
    from svcq.output.terminal import talk
    from svcq.store.read_ledger import obligations
    from svcq.store.read_people import staff
    from svcq.store.read_staff import exams

    desk: Desk = ctx.obj
    if not output.lower().endswith(".xlsx"):
        raise Usage("-o: a form is a workbook, name it FILE.xlsx")
    t = desk.today
    desk.asked.values["person"] = name
    with desk.read() as reader:
        row = next(iter(staff(reader, t, filters(desk, reader))), None)
        if row is None:
            raise NotFound("{name} is not among the staff{near}", name=name, near="")
        person = str(row["name"])
        owed = obligations(reader, t, states=None, filters={"rule": "staff.exam", "number": person})
        due = next((one["due_on"] for one in owed), None)
        facts = {
            **row,
            "roles": [_(ROLES[role]) for role in str(row["role"] or "").split("、") if role],
            "on": t,
            "exam_due_on": due,
            "exams": exams(reader, person, t),
        }
        sender = company(desk, reader)
    write_forms(output, [sheet(facts, sender)])
    talk(_("training and exam sheet of {name} written to {file}").format(name=person, file=output))
