"""一: the record of a hand-over on the command line: entering, mending and assigning it."""

from typing import Annotated

import typer

from svcq.commands.columns import ROLES
from svcq.commands.complete import contracts, customers, people
from svcq.commands.complete import handovers as complete
from svcq.commands.kit import Mends, Writes, date_option, example, text_option
from svcq.commands.revisions import mending
from svcq.commands.shared import done, given, maybe_day, on_day
from svcq.desk import Desk
from svcq.errors import Usage
from svcq.locale import _

Text = str | None
records = typer.Typer()
"""Commands that the group of hand-overs takes over."""
Number = Annotated[str, typer.Argument(metavar="NUMBER", help=_("The hand-over."), autocompletion=complete)]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("Why."))]
Customer = Annotated[
    Text, typer.Option("--customer", metavar="NAME", help=_("The hospital."), autocompletion=customers)
]
Project = Annotated[Text, text_option("--project", _("The project's name."))]
ProjectNumber = Annotated[Text, text_option("--project-number", _("The project's number."))]
Phase = Annotated[Text, text_option("--phase", _("Which phase of it, e.g. 一期."))]
Modules = Annotated[Text, text_option("--modules", _("The modules that are handed over."))]
Accepted = Annotated[Text, date_option("--accepted", _("When the phase passed acceptance."))]
Application = Annotated[Text, date_option("--application", _("When the application came."))]
Worklog = Annotated[Text, date_option("--worklog", _("When the worklog came."))]
Documents = Annotated[Text, date_option("--documents", _("When the acceptance documents came."))]
FreeFrom = Annotated[Text, date_option("--free-from", _("First day of free maintenance."))]
FreeUntil = Annotated[Text, date_option("--free-until", _("Last day of free maintenance."))]


@records.command(
    cls=Writes,
    help=_("Enter the hand-over of a phase of a project."),
    epilog=example(
        "handover add YJ-2026-012 --customer 江州市中心医院 --project HIS --project-number XM-7 --phase 一期 "
        "--accepted 2026-09-01 --project-manager 卫星汉"
    ),
)
def add(
    ctx: typer.Context,
    customer: Annotated[
        str, typer.Option("--customer", metavar="NAME", help=_("The hospital."), autocompletion=customers)
    ],
    number: Annotated[
        str | None, typer.Argument(metavar="NUMBER", help=_("Default: the next number."))
    ] = None,
    project: Project = None,
    project_number: ProjectNumber = None,
    phase: Phase = None,
    modules: Modules = None,
    project_manager: Annotated[
        Text,
        typer.Option(
            "--project-manager", metavar="NAME", help=_("Who implemented it."), autocompletion=people
        ),
    ] = None,
    account_manager: Annotated[
        Text,
        typer.Option(
            "--account-manager", metavar="NAME", help=_("Default: the customer's."), autocompletion=people
        ),
    ] = None,
    accepted: Accepted = None,
    application: Application = None,
    worklog: Worklog = None,
    documents: Documents = None,
    free_from: FreeFrom = None,
    free_until: FreeUntil = None,
) -> None:
    from svcq.processes import handover

    desk: Desk = ctx.obj
    values = given(
        {
            "project": project,
            "project_number": project_number,
            "phase": phase,
            "modules": modules,
            "accepted_on": maybe_day(desk, accepted, "--accepted"),
            "application_on": maybe_day(desk, application, "--application"),
            "worklog_on": maybe_day(desk, worklog, "--worklog"),
            "documents_on": maybe_day(desk, documents, "--documents"),
            "free_from": maybe_day(desk, free_from, "--free-from"),
            "free_until": maybe_day(desk, free_until, "--free-until"),
        }
    )
    with desk.work() as work:
        held = {"project_manager": project_manager, "account_manager": account_manager}
        name = handover.add(work, number, customer, values, held).number
    done(desk, True, _("hand-over {number} entered"), number=name)


@records.command(
    cls=Mends,
    help=_("Mend what is written about a hand-over; the reason is kept. `none` empties a date or text."),
    epilog=example("handover edit YJ-2026-012 --accepted 2026-09-02 --reason '验收日期登记有误'"),
)
def edit(
    ctx: typer.Context,
    number: Number,
    reason: Reason,
    customer: Customer = None,
    project: Project = None,
    project_number: ProjectNumber = None,
    phase: Phase = None,
    modules: Modules = None,
    accepted: Accepted = None,
    application: Application = None,
    worklog: Worklog = None,
    documents: Documents = None,
    free_from: FreeFrom = None,
    free_until: FreeUntil = None,
    registered: Annotated[Text, date_option("--registered", _("When it was registered."))] = None,
    notice: Annotated[Text, date_option("--notice", _("When the notice was sent."))] = None,
    receipt: Annotated[Text, date_option("--receipt", _("When the hospital confirmed it."))] = None,
    contract: Annotated[
        Text,
        typer.Option(
            "--contract", metavar="NUMBER", help=_("Its row in the tracking table."), autocompletion=contracts
        ),
    ] = None,
) -> None:
    from svcq.processes import handover

    desk: Desk = ctx.obj
    texts = {
        "customer": customer,
        "project": project,
        "project_number": project_number,
        "phase": phase,
        "modules": modules,
        "contract": contract,
    }
    days = {
        "accepted_on": accepted,
        "application_on": application,
        "worklog_on": worklog,
        "documents_on": documents,
        "free_from": free_from,
        "free_until": free_until,
        "registered_on": registered,
        "notice_on": notice,
        "receipt_on": receipt,
    }
    values: dict[str, object] = {key: None if text == "none" else text for key, text in given(texts).items()}
    for key, text in given(days).items():
        option = "--" + key.removesuffix("_on").replace("_", "-")
        values[key] = None if text == "none" else on_day(desk, text, option)
    if not values:
        raise Usage("say what to change, e.g. --accepted 2026-09-02")
    if customer == "none":
        raise Usage("--customer: a hand-over keeps its customer")
    desk.asked.values["note"] = reason
    with mending(desk, "handover", number) as work:
        changed = handover.edit(work, handover.living(work, number), values)
    done(desk, changed, _("hand-over {number} mended"), number=number)


@records.command(
    cls=Writes,
    help=_("Give a role on a hand-over to somebody else from a day on."),
    epilog=example("handover assign YJ-2026-012 --role project_manager --to 蒋逢春 --from 2026-12-01"),
)
def assign(
    ctx: typer.Context,
    number: Number,
    role: Annotated[
        str, typer.Option("--role", metavar="ROLE", help=_("project_manager or account_manager."))
    ],
    to: Annotated[
        list[str],
        typer.Option("--to", metavar="NAME", help=_("Who; `none` for nobody."), autocompletion=people),
    ],
    from_: Annotated[Text, date_option("--from", _("Default: today."))] = None,
) -> None:
    from svcq.processes import handover

    desk: Desk = ctx.obj
    names = [] if list(to) == ["none"] else list(to)
    day = maybe_day(desk, from_, "--from")
    with desk.work() as work:
        changed = handover.assign(work, number, role, names, day)
    done(
        desk,
        changed,
        _("hand-over {number}: {role} is {names}"),
        number=number,
        role=_(ROLES[role]),
        names="、".join(names) or "–",
    )
