"""四: the record of an upgrade on the command line: giving it to others, moving it, striking it out."""

from typing import Annotated

import typer

from svcq.commands.columns import ROLES
from svcq.commands.complete import people
from svcq.commands.exam_gate import Force
from svcq.commands.exam_gate import ForceReason as ExamReason
from svcq.commands.kit import Writes, date_option, example
from svcq.commands.shared import done, forced, maybe_day, on_day
from svcq.commands.upgrade_told import Number, Reason, Text, tell_left
from svcq.desk import Desk
from svcq.locale import _

records = typer.Typer()
"""Commands that the group of upgrades takes over."""


@records.command(
    cls=Writes,
    help=_("Give a role on an upgrade to somebody else from a day on."),
    epilog=example("upgrade assign SJ-2026-007 --role upgrader --to 蒋逢春 --from 2026-12-01"),
)
def assign(
    ctx: typer.Context,
    number: Number,
    role: Annotated[
        str,
        typer.Option("--role", metavar="ROLE", help=_("account_manager, regional_manager or upgrader.")),
    ],
    to: Annotated[
        list[str],
        typer.Option("--to", metavar="NAME", help=_("Who; `none` for nobody."), autocompletion=people),
    ],
    from_: Annotated[Text, date_option("--from", _("Default: today."))] = None,
    force: Force = False,
    reason: ExamReason = None,
) -> None:
    from svcq.processes import upgrade

    desk: Desk = ctx.obj
    names = [] if list(to) == ["none"] else list(to)
    day, force = maybe_day(desk, from_, "--from"), forced(desk, force, reason)
    with desk.work() as work:
        changed = upgrade.assign(work, number, role, names, day, force=force)
    done(
        desk,
        changed,
        _("upgrade {number}: {role} is {names}"),
        number=number,
        role=_(ROLES[role]),
        names="、".join(names) or "–",
    )


@records.command(
    cls=Writes,
    help=_("The upgrade is planned for another day; the reason is kept."),
    epilog=example("upgrade postpone SJ-2026-007 --to 2026-12-12 --reason '医院等级评审'"),
)
def postpone(
    ctx: typer.Context,
    number: Number,
    to: Annotated[str, date_option("--to", _("The new day."))],
    reason: Reason,
) -> None:
    from svcq.processes import upgrade

    desk: Desk = ctx.obj
    day = on_day(desk, to, "--to")
    desk.asked.values["note"] = reason
    with desk.work() as work:
        changed = upgrade.postpone(work, number, day)
    already = _("that is recorded already: nothing to change")
    done(desk, changed, _("upgrade {number} is planned for {on}"), already, number=number, on=day)


@records.command(
    cls=Writes,
    help=_("Strike out a mistaken record: its obligations end, it stays visible with the reason."),
    epilog=example("upgrade void SJ-2026-007 --reason '重复登记'"),
)
def void(ctx: typer.Context, number: Number, reason: Reason) -> None:
    from svcq.processes import upgrade

    desk: Desk = ctx.obj
    with desk.work() as work:
        changed, left = upgrade.void(work, number, reason)
    done(desk, changed, _("upgrade {number} is void"), number=number)
    if left:
        tell_left(left)
