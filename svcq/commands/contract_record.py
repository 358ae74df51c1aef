"""二: a contract's record on the command line: entering and mending it."""

from typing import Annotated

import typer

from svcq.commands.complete import contracts as complete
from svcq.commands.complete import customers, people
from svcq.commands.kit import Mends, Writes, date_option, example, text_option
from svcq.commands.revisions import mending
from svcq.commands.shared import done, given, maybe_day, on_day
from svcq.desk import Desk
from svcq.errors import Usage
from svcq.locale import _

Text = str | None
records = typer.Typer()
"""Commands that the contract group takes over."""
Number = Annotated[str, typer.Argument(metavar="NUMBER", help=_("The contract."), autocompletion=complete)]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("Why."))]
Customer = Annotated[
    Text, typer.Option("--customer", metavar="NAME", help=_("The hospital."), autocompletion=customers)
]
Project = Annotated[Text, text_option("--project", _("The project's name."))]
Salesperson = Annotated[
    Text, typer.Option("--salesperson", metavar="NAME", help=_("Who sold it."), autocompletion=people)
]
Manager = Annotated[
    Text,
    typer.Option(
        "--account-manager", metavar="NAME", help=_("Default: the customer's."), autocompletion=people
    ),
]
Amount = Annotated[Text, typer.Option("--amount", metavar="CNY", help=_("The amount in CNY."))]
SentOut = Annotated[Text, date_option("--sent-out", _("When it left us."))]
Sealed = Annotated[Text, date_option("--sealed", _("When our company sealed it."))]
Starts = Annotated[Text, date_option("--starts", _("First day of the service."))]
Ends = Annotated[Text, date_option("--ends", _("Last day of the service."))]
Status = Annotated[
    Text, typer.Option("--customer-status", "--status", metavar="TEXT", help=_("Customer status, e.g. 转化."))
]
ProjectNumber = Annotated[Text, text_option("--project-number", _("The project's number."))]
FreeFrom = Annotated[Text, date_option("--free-from", _("First day of free maintenance."))]
FreeUntil = Annotated[Text, date_option("--free-until", _("Last day of free maintenance."))]
Follows = Annotated[
    Text, typer.Option("--follows", metavar="NUMBER", help=_("The contract before."), autocompletion=complete)
]


def _values(
    desk: Desk,
    *,
    project: Text,
    amount: Text,
    sent_out: Text,
    sealed: Text,
    starts: Text,
    ends: Text,
    status: Text,
    project_number: Text,
    free_from: Text,
    free_until: Text,
    follows: Text,
) -> dict[str, object]:
    from svcq.commands.shared import fen

    return given(
        {
            "project": project,
            "amount_fen": fen(amount) if amount is not None else None,
            "sent_out_on": maybe_day(desk, sent_out, "--sent-out"),
            "sealed_on": maybe_day(desk, sealed, "--sealed"),
            "starts_on": maybe_day(desk, starts, "--starts"),
            "ends_on": maybe_day(desk, ends, "--ends"),
            "customer_status": status,
            "project_number": project_number,
            "free_from": maybe_day(desk, free_from, "--free-from"),
            "free_until": maybe_day(desk, free_until, "--free-until"),
            "follows": follows,
        }
    )


@records.command(
    cls=Writes,
    help=_("Enter a contract in the tracking table."),
    epilog=example(
        "contract add HT-2026-031 --customer 江州市中心医院 --sealed 2026-11-02 --salesperson 陈立"
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
    salesperson: Salesperson = None,
    account_manager: Manager = None,
    amount: Amount = None,
    sent_out: SentOut = None,
    sealed: Sealed = None,
    starts: Starts = None,
    ends: Ends = None,
    status: Status = None,
    project_number: ProjectNumber = None,
    free_from: FreeFrom = None,
    free_until: FreeUntil = None,
    follows: Follows = None,
) -> None:
    from svcq.processes import contract

    desk: Desk = ctx.obj
    values = _values(
        desk,
        project=project,
        amount=amount,
        sent_out=sent_out,
        sealed=sealed,
        starts=starts,
        ends=ends,
        status=status,
        project_number=project_number,
        free_from=free_from,
        free_until=free_until,
        follows=follows,
    )
    with desk.work() as work:
        people = {"salesperson": salesperson, "account_manager": account_manager}
        name = contract.add(work, number, customer, values, people).number
    done(desk, True, _("contract {number} entered"), number=name)


@records.command(
    cls=Mends,
    help=_("Mend what is written about a contract; the reason is kept. `none` empties a date or text."),
    epilog=example("contract edit HT-2026-031 --sealed 2026-11-03 --reason '敲章日期登记有误'"),
)
def edit(
    ctx: typer.Context,
    number: Number,
    reason: Reason,
    customer: Customer = None,
    project: Project = None,
    amount: Amount = None,
    sent_out: SentOut = None,
    sealed: Sealed = None,
    reminded_email: Annotated[
        Text, date_option("--reminded-email", _("When the salesperson was mailed."))
    ] = None,
    reminded_phone: Annotated[
        Text, date_option("--reminded-phone", _("When the salesperson was phoned."))
    ] = None,
    returned: Annotated[Text, date_option("--returned", _("When it came back."))] = None,
    starts: Starts = None,
    ends: Ends = None,
    status: Status = None,
    refused: Annotated[Text, date_option("--refused", _("When the customer refused."))] = None,
    project_number: ProjectNumber = None,
    free_from: FreeFrom = None,
    free_until: FreeUntil = None,
    follows: Follows = None,
) -> None:
    from svcq.commands.shared import fen
    from svcq.processes import contract

    desk: Desk = ctx.obj
    texts = {
        "customer": customer,
        "project": project,
        "customer_status": status,
        "project_number": project_number,
        "follows": follows,
    }
    days = {
        "sent_out_on": sent_out,
        "sealed_on": sealed,
        "reminded_email_on": reminded_email,
        "reminded_phone_on": reminded_phone,
        "returned_on": returned,
        "starts_on": starts,
        "ends_on": ends,
        "refused_on": refused,
        "free_from": free_from,
        "free_until": free_until,
    }
    values: dict[str, object] = {key: None if text == "none" else text for key, text in given(texts).items()}
    for key, text in given(days).items():
        option = "--" + key.removesuffix("_on").replace("_", "-")
        values[key] = None if text == "none" else on_day(desk, text, option)
    if amount is not None:
        values["amount_fen"] = None if amount == "none" else fen(amount)
    if not values:
        raise Usage("say what to change, e.g. --sealed 2026-11-03")
    desk.asked.values["note"] = reason
    with mending(desk, "contract", number) as work:
        changed = contract.edit(work, contract.living(work, number), values)
    done(desk, changed, _("contract {number} mended"), number=number)
