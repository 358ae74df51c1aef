"""四.3-4: what follows an upgrade on the command line: the report, the calls, and the mails about them."""

from typing import Annotated

import typer

from svcq.commands.kit import Writes, example
from svcq.commands.shared import on_day
from svcq.commands.upgrade_told import Force, ForceReason, Number, On, tell, why
from svcq.desk import Desk
from svcq.locale import _

calls = typer.Typer()
"""Commands that the group of upgrades takes over."""
Flag = bool | None


@calls.command(
    cls=Writes,
    help=_("The report that the customer confirmed was filed; --mailed: its electronic copy was mailed."),
    epilog=example(
        "upgrade report SJ-2026-007 --on 2026-12-10",
        "upgrade report SJ-2026-007 --on 2026-12-08 --mailed",
    ),
)
def report(
    ctx: typer.Context,
    number: Number,
    on: On,
    mailed: Annotated[
        bool, typer.Option("--mailed", help=_("The electronic copy; the paper follows later."))
    ] = False,
    force: Force = False,
    reason: ForceReason = None,
) -> None:
    from svcq.processes import upgrade_step

    desk: Desk = ctx.obj
    day, forced = on_day(desk, on), why(desk, force, reason)
    with desk.work() as work:
        came = upgrade_step.report(work, number, day, mailed=mailed, forced=forced)
    filed, sent = _("upgrade {number}: report filed on {on}"), _("upgrade {number}: report mailed on {on}")
    tell(desk, came, sent if mailed else filed, on=day)


@calls.command(
    cls=Writes,
    help=_(
        "The customer was called: is it stable, are the problems after the upgrade solved, is there a definite "
        "arrangement for the others? Without a definite yes the next call is the second."
    ),
    epilog=example(
        "upgrade callback SJ-2026-007 --on 2026-12-11 --answer yes --stable --solved",
        "upgrade callback SJ-2026-007 --on 2026-12-11 --answer no --stable --not-solved --arranged",
    ),
)
def callback(
    ctx: typer.Context,
    number: Number,
    on: On,
    answer: Annotated[
        str, typer.Option("--answer", metavar="yes|no|unclear", help=_("Whether it was a definite yes."))
    ],
    stable: Annotated[Flag, typer.Option("--stable/--not-stable", help=_("Whether it is stable."))] = None,
    solved: Annotated[
        Flag,
        typer.Option("--solved/--not-solved", help=_("Whether the problems after the upgrade are solved.")),
    ] = None,
    arranged: Annotated[
        Flag,
        typer.Option(
            "--arranged/--not-arranged", help=_("Whether there is a definite arrangement for the others.")
        ),
    ] = None,
    second: Annotated[
        bool, typer.Option("--second", help=_("It is the second call, also on the day of the first."))
    ] = False,
    force: Force = False,
    reason: ForceReason = None,
) -> None:
    from svcq.processes import upgrade_call

    desk: Desk = ctx.obj
    day, forced = on_day(desk, on), why(desk, force, reason)
    said = upgrade_call.Answers(answer.strip().lower(), stable, solved, arranged)
    with desk.work() as work:
        came = upgrade_call.callback(work, number, day, said, second=second, forced=forced)
    tell(desk, came, _("upgrade {number}: call of {on} recorded"), on=day)


@calls.command(
    cls=Writes,
    help=_("The account manager was told what was heard, with a copy to the region's technical lead."),
    epilog=example("upgrade inform SJ-2026-007 --on 2026-12-11"),
)
def inform(ctx: typer.Context, number: Number, on: On) -> None:
    from svcq.processes import upgrade_call

    desk: Desk = ctx.obj
    day = on_day(desk, on)
    with desk.work() as work:
        came = upgrade_call.inform(work, number, day)
    tell(desk, came, _("upgrade {number}: the account manager was told on {on}"), on=day)
