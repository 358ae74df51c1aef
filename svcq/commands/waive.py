"""七: an obligation let off, with a reason."""

from typing import Annotated

import typer

from svcq.commands.complete import numbers
from svcq.commands.kit import Writes, date_option, example, single, text_option
from svcq.commands.shared import done, maybe_day
from svcq.desk import Desk
from svcq.errors import Usage
from svcq.locale import _

app = single()


@app.command(
    cls=Writes,
    help=_("Let off an obligation: it costs nothing then, and stays visible with who, when and why."),
    epilog=example("waive contract.return HT-2026-031 --reason '医院合并，公章更换'"),
)
def waive(
    ctx: typer.Context,
    rule: Annotated[str, typer.Argument(metavar="RULE", help=_("The rule, e.g. contract.return."))],
    number: Annotated[str, typer.Argument(metavar="NUMBER", help=_("The record."), autocompletion=numbers)],
    reason: Annotated[str | None, text_option("--reason", _("Why; needed unless it is withdrawn."))] = None,
    on: Annotated[str | None, date_option("--on", _("From which day; default: today."))] = None,
    starts: Annotated[
        str | None, date_option("--starts", _("Which one, where the rule holds more than once."))
    ] = None,
    withdraw: Annotated[bool, typer.Option("--withdraw", help=_("Take the waiver back."))] = False,
) -> None:
    from svcq.processes import waiver

    desk: Desk = ctx.obj
    day, start = maybe_day(desk, on, "--on"), maybe_day(desk, starts, "--starts")
    name = number.strip()
    if withdraw:
        if reason is not None:
            desk.asked.values["note"] = reason
        with desk.work() as work:
            changed = waiver.withdraw(work, rule, name, start)
        done(
            desk,
            changed,
            _("{rule} of {number} is owed again"),
            _("it was not waived"),
            rule=rule,
            number=name,
        )
        return
    if not (reason or "").strip():
        raise Usage("--reason: say why {rule} of {number} is let off", rule=rule, number=name)
    with desk.work() as work:
        found = waiver.waive(work, rule, name, str(reason), day, start)
    done(
        desk,
        found is not None,
        _("{rule} of {number} is waived from {on} on"),
        _("it is waived already"),
        rule=rule,
        number=name,
        on=day or desk.today,
    )
