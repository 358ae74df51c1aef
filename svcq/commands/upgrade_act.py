"""四.1-2: the steps of an upgrade on the command line, from the application to the upgrade itself."""

from typing import Annotated

import typer

from svcq.commands.complete import customers, issues, people
from svcq.commands.complete import upgrades as complete
from svcq.commands.kit import Writes, date_option, example, text_option
from svcq.commands.shared import maybe_day, on_day
from svcq.commands.upgrade_told import Force, ForceReason, Number, On, Text, tell, why
from svcq.desk import Desk
from svcq.locale import _

acts = typer.Typer()
"""Commands that the group of upgrades takes over."""


@acts.command(
    cls=Writes,
    help=_("Apply for the upgrade of a hospital, as agreed with it."),
    epilog=example(
        "upgrade apply --customer 江州市中心医院 --on today --planned 2026-12-05",
        "upgrade apply SJ-2026-007 --customer 江州市中心医院 --on 2026-11-16 --by 赵强",
    ),
)
def apply(
    ctx: typer.Context,
    customer: Annotated[
        str, typer.Option("--customer", metavar="NAME", help=_("The hospital."), autocompletion=customers)
    ],
    on: Annotated[str, date_option("--on", _("When it was applied for."))],
    number: Annotated[
        str | None,
        typer.Argument(metavar="NUMBER", help=_("Default: the next number."), autocompletion=complete),
    ] = None,
    by: Annotated[
        Text,
        typer.Option(
            "--by",
            metavar="NAME",
            help=_("Who applied; default: the customer's account manager, else you."),
            autocompletion=people,
        ),
    ] = None,
    planned: Annotated[Text, date_option("--planned", _("The planned day."))] = None,
) -> None:
    from svcq.processes import upgrade_apply

    desk: Desk = ctx.obj
    day, planned_on = on_day(desk, on), maybe_day(desk, planned, "--planned")
    with desk.work() as work:
        came = upgrade_apply.apply(work, number, customer, day, by, planned_on)
    already = _("upgrade {number} has that application already: nothing to change")
    tell(desk, came, _("upgrade {number} applied for on {on}"), already, on=day)


@acts.command(
    cls=Writes,
    help=_("A regional or division manager names the upgrader and the planned day."),
    epilog=example(
        "upgrade arrange SJ-2026-007 --on 2026-11-20 --by 朱明远 --upgrader 卫星汉 --planned 2026-12-05"
    ),
)
def arrange(
    ctx: typer.Context,
    number: Number,
    on: On,
    by: Annotated[
        Text,
        typer.Option(
            "--by",
            metavar="NAME",
            help=_("The regional or division manager; default: as recorded."),
            autocompletion=people,
        ),
    ] = None,
    upgrader: Annotated[
        Text,
        typer.Option(
            "--upgrader", metavar="NAME", help=_("Who does it; default: as recorded."), autocompletion=people
        ),
    ] = None,
    planned: Annotated[Text, date_option("--planned", _("The planned day; default: as recorded."))] = None,
    force: Annotated[
        bool,
        typer.Option(
            "--force",
            help=_(
                "Do it without the application, a breach; also for an upgrader who is new and has not passed "
                "the exam. Needs --reason."
            ),
        ),
    ] = False,
    reason: ForceReason = None,
) -> None:
    from svcq.processes import upgrade_step

    desk: Desk = ctx.obj
    day, planned_on, forced = (
        on_day(desk, on),
        maybe_day(desk, planned, "--planned"),
        why(desk, force, reason),
    )
    with desk.work() as work:
        came = upgrade_step.arrange(work, number, day, by, upgrader, planned_on, forced)
    tell(desk, came, _("upgrade {number} arranged on {on}"), on=day)


@acts.command(
    cls=Writes,
    help=_("The plan was handed to QC, registered and discussed with the customer."),
    epilog=example("upgrade plan SJ-2026-007 --on 2026-11-24 --discussed 2026-11-26"),
)
def plan(
    ctx: typer.Context,
    number: Number,
    on: Annotated[str, date_option("--on", _("When the plan was handed to QC."))],
    registered: Annotated[
        Text, date_option("--registered", _("When it was registered; default: the same day."))
    ] = None,
    discussed: Annotated[
        Text, date_option("--discussed", _("When it was discussed; default: the same day."))
    ] = None,
    force: Force = False,
    reason: ForceReason = None,
) -> None:
    from svcq.processes import upgrade_step

    desk: Desk = ctx.obj
    day = on_day(desk, on)
    days = maybe_day(desk, registered, "--registered"), maybe_day(desk, discussed, "--discussed")
    forced = why(desk, force, reason)
    with desk.work() as work:
        came = upgrade_step.plan(work, number, day, *days, forced)
    tell(desk, came, _("upgrade {number}: plan of {on} recorded"), on=day)


@acts.command(
    "test",
    cls=Writes,
    help=_("The upgrade was tested, or there is no environment to test it in: say why."),
    epilog=example(
        "upgrade test SJ-2026-007 --on 2026-11-27",
        "upgrade test SJ-2026-007 --on 2026-11-27 --no-environment '医院无测试库'",
    ),
)
def try_out(
    ctx: typer.Context,
    number: Number,
    on: On,
    no_environment: Annotated[Text, text_option("--no-environment", _("Why it cannot be tested."))] = None,
    force: Force = False,
    reason: ForceReason = None,
) -> None:
    from svcq.processes import upgrade_step

    desk: Desk = ctx.obj
    day, forced = on_day(desk, on), why(desk, force, reason)
    with desk.work() as work:
        came = upgrade_step.try_out(work, number, day, no_environment, forced)
    plain = _("upgrade {number} tested on {on}")
    tell(desk, came, _("upgrade {number}: no test, found on {on}") if no_environment else plain, on=day)


@acts.command(
    cls=Writes,
    help=_("The customer agreed to the upgrade after the test, or without one."),
    epilog=example("upgrade approve SJ-2026-007 --on 2026-11-30"),
)
def approve(
    ctx: typer.Context, number: Number, on: On, force: Force = False, reason: ForceReason = None
) -> None:
    from svcq.processes import upgrade_step

    desk: Desk = ctx.obj
    day, forced = on_day(desk, on), why(desk, force, reason)
    with desk.work() as work:
        came = upgrade_step.approve(work, number, day, forced)
    tell(desk, came, _("upgrade {number} approved on {on}"), on=day)


@acts.command(
    cls=Writes,
    help=_(
        "The upgrade was done. The customer's version follows, and the issues are closed that the customer "
        "says are solved."
    ),
    epilog=example(
        "upgrade done SJ-2026-007 --on 2026-12-05 --version 6.2.1 --closes WT-2026-031 --closes WT-2026-040",
        "upgrade done SJ-2026-007 --on 2026-12-05 --surprises '打印服务需重启' --leaving 2026-12-12",
    ),
)
def done(
    ctx: typer.Context,
    number: Number,
    on: On,
    version: Annotated[Text, text_option("--version", _("The version that the customer has now."))] = None,
    closes: Annotated[
        list[str] | None,
        typer.Option(
            "--closes",
            metavar="ISSUE",
            help=_("An issue of the customer that is solved; may be said several times."),
            autocompletion=issues,
        ),
    ] = None,
    surprises: Annotated[Text, text_option("--surprises", _("What went otherwise than expected."))] = None,
    special: Annotated[Text, text_option("--special", _("What was changed for this customer alone."))] = None,
    brought_back: Annotated[
        Text,
        date_option("--brought-back", _("When the customer's database and front end were brought back.")),
    ] = None,
    leaving: Annotated[
        Text, date_option("--leaving", _("The day agreed for the upgrader to leave; may lie ahead."))
    ] = None,
    force: Force = False,
    reason: ForceReason = None,
) -> None:
    from svcq.processes import upgrade_done
    from svcq.rules.matching import tidy_number

    desk: Desk = ctx.obj
    day, forced = on_day(desk, on), why(desk, force, reason)
    outcome = upgrade_done.Outcome(
        version,
        surprises,
        special,
        maybe_day(desk, brought_back, "--brought-back"),
        maybe_day(desk, leaving, "--leaving"),
    )
    words = _("solved by upgrade {number}").format(number=tidy_number(number))
    closing = upgrade_done.Closing(closes or (), words)
    with desk.work() as work:
        came = upgrade_done.done(work, number, day, outcome, closing, forced)
    tell(desk, came, _("upgrade {number} done on {on}"), on=day)
