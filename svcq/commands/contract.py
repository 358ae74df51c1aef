"""二: service contracts on the command line: what happens to one."""

from typing import Annotated

import typer

from svcq.commands.columns import ROLES
from svcq.commands.complete import people
from svcq.commands.contract_form import forms
from svcq.commands.contract_lists import listings
from svcq.commands.contract_record import Number, Reason, Text, records
from svcq.commands.kit import Writes, date_option, example, group
from svcq.commands.shared import done, maybe_day, on_day
from svcq.desk import Desk
from svcq.errors import Usage
from svcq.locale import _

app = group(_("Service contracts: out, sealed, reminded, called, back."))
app.add_typer(records)
app.add_typer(listings)
app.add_typer(forms)

On = Annotated[str, typer.Option("--on", metavar="DATE", help=_("The day it happened."))]


def _dated(desk: Desk, number: str, column: str, on: str, sentence: str) -> None:
    from svcq.processes import contract

    day = on_day(desk, on)
    with desk.work() as work:
        changed = contract.set_date(work, number, column, day)
    done(desk, changed, sentence, _("that is recorded already: nothing to change"), number=number, on=day)


@app.command(
    cls=Writes,
    help=_("Our company sealed it: the month in which it must come back begins."),
    epilog=example("contract seal HT-2026-031 --on 2026-11-02"),
)
def seal(ctx: typer.Context, number: Number, on: On) -> None:
    _dated(ctx.obj, number, "sealed_on", on, _("contract {number} sealed on {on}"))


@app.command(
    "return",
    cls=Writes,
    help=_("The hospital's signed copy is back."),
    epilog=example("contract return HT-2026-031 --on 2026-11-20"),
)
def return_(ctx: typer.Context, number: Number, on: On) -> None:
    _dated(ctx.obj, number, "returned_on", on, _("contract {number} came back on {on}"))


@app.command(
    cls=Writes,
    help=_("The salesperson was reminded, by e-mail or by phone; both are needed."),
    epilog=example("contract remind HT-2026-031 --by email --on today"),
)
def remind(
    ctx: typer.Context,
    number: Number,
    by: Annotated[str, typer.Option("--by", metavar="email|phone", help=_("How."))],
    on: On,
) -> None:
    if by not in ("email", "phone"):
        raise Usage("--by: {text} is neither email nor phone", text=repr(by))
    _dated(ctx.obj, number, f"reminded_{by}_on", on, _("contract {number}: reminder of {on} recorded"))


@app.command(
    cls=Writes,
    help=_("Log a call to the hospital about a contract that has not come back."),
    epilog=example("contract call HT-2026-031 --on today --note '已寄出' --promised +5d"),
)
def call(
    ctx: typer.Context,
    number: Number,
    on: On,
    by: Annotated[Text, typer.Option("--by", metavar="NAME", help=_("Who called; default: you."))] = None,
    promised: Annotated[Text, date_option("--promised", _("The day the hospital promised."))] = None,
    undo: Annotated[bool, typer.Option("--undo", help=_("Strike out the calls logged of that day."))] = False,
) -> None:
    from svcq.processes import contract_calls

    desk: Desk = ctx.obj
    day, promised_on = on_day(desk, on), maybe_day(desk, promised, "--promised")
    note = desk.asked.values.get("note")
    if undo:
        with desk.work() as work:
            changed = contract_calls.uncall(work, number, day)
        done(desk, changed, _("contract {number}: calls of {on} struck out"), number=number, on=day)
        return
    with desk.work() as work:
        changed = contract_calls.call(
            work, number, day, by or desk.actor, promised_on, str(note) if note else None
        )
    done(desk, changed, _("contract {number}: call of {on} logged"), number=number, on=day)


@app.command(
    cls=Writes,
    help=_("The contract after this one is sealed; it is entered if it is not there yet."),
    epilog=example("contract convert HT-2025-007 --new HT-2026-031 --sealed 2026-11-02"),
)
def convert(
    ctx: typer.Context,
    number: Number,
    new: Annotated[str, typer.Option("--new", metavar="NUMBER", help=_("The new contract."))],
    sealed: Annotated[str, date_option("--sealed", _("When our company sealed it."))],
) -> None:
    from svcq.processes import contract

    desk: Desk = ctx.obj
    day = on_day(desk, sealed, "--sealed")
    with desk.work() as work:
        changed = contract.convert(work, number, new, day)
    done(
        desk,
        changed,
        _("contract {number} is followed by {new}, sealed on {on}"),
        number=number,
        new=new,
        on=day,
    )


@app.command(
    cls=Writes,
    help=_("The customer does not want a new contract."),
    epilog=example("contract refuse HT-2025-007 --on 2026-11-20 --reason '医院自行维护'"),
)
def refuse(ctx: typer.Context, number: Number, on: On, reason: Reason) -> None:
    from svcq.processes import contract

    desk: Desk = ctx.obj
    day = on_day(desk, on)
    with desk.work() as work:
        changed = contract.refuse(work, number, day, reason)
    done(desk, changed, _("contract {number}: refusal of {on} recorded"), number=number, on=day)


@app.command(
    cls=Writes,
    help=_("Strike out a mistaken record: its obligations end, it stays visible with the reason."),
    epilog=example("contract void HT-2026-031 --reason '重复登记'"),
)
def void(ctx: typer.Context, number: Number, reason: Reason) -> None:
    from svcq.processes import contract

    desk: Desk = ctx.obj
    with desk.work() as work:
        changed = contract.void(work, number, reason)
    done(desk, changed, _("contract {number} is void"), number=number)


@app.command(
    cls=Writes,
    help=_("Give a role on a contract to somebody else from a day on."),
    epilog=example("contract assign HT-2026-031 --role salesperson --to 王敏 --from 2026-12-01"),
)
def assign(
    ctx: typer.Context,
    number: Number,
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help=_("salesperson or account_manager."))],
    to: Annotated[
        list[str],
        typer.Option("--to", metavar="NAME", help=_("Who; `none` for nobody."), autocompletion=people),
    ],
    from_: Annotated[Text, date_option("--from", _("Default: today."))] = None,
) -> None:
    from svcq.processes import contract

    desk: Desk = ctx.obj
    names = [] if list(to) == ["none"] else list(to)
    day = maybe_day(desk, from_, "--from")
    with desk.work() as work:
        changed = contract.assign(work, number, role, names, day)
    done(
        desk,
        changed,
        _("contract {number}: {role} is {names}"),
        number=number,
        role=_(ROLES[role]),
        names="、".join(names) or "–",
    )
