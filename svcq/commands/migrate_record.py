"""五: the record of a migration on the command line: entering, mending and assigning it."""

from typing import Annotated

import typer

from svcq.commands.complete import customers, people
from svcq.commands.complete import migrations as complete
from svcq.commands.exam_gate import Force, ForceReason
from svcq.commands.kit import Mends, Writes, date_option, example, text_option
from svcq.commands.revisions import mending
from svcq.commands.shared import done, forced, given, maybe_day, on_day, words
from svcq.desk import Desk
from svcq.errors import Usage
from svcq.locale import _

Text = str | None
records = typer.Typer()
"""Commands that the group of migrations takes over."""
Number = Annotated[str, typer.Argument(metavar="NUMBER", help=_("The migration."), autocompletion=complete)]
Reason = Annotated[str, text_option("--reason", _("Why."))]
System = Annotated[Text, text_option("--system", _("The system, e.g. HIS."))]
Reindexed = Annotated[Text, date_option("--reindexed", _("When the indexes were rebuilt."))]
Registered = Annotated[Text, date_option("--registered", _("When it was registered."))]


@records.command(
    cls=Writes,
    help=_("Enter a data migration of a hospital."),
    epilog=example(
        "migrate add --customer 江州市中心医院 --on 2026-11-20 --system HIS",
        "migrate add QY-2026-003 --customer 江州市中心医院 --on 2026-11-20 --reindexed 2026-11-20 --engineer 李伟",
    ),
)
def add(
    ctx: typer.Context,
    customer: Annotated[
        str, typer.Option("--customer", metavar="NAME", help=_("The hospital."), autocompletion=customers)
    ],
    on: Annotated[str, date_option("--on", _("The day of the migration."))],
    number: Annotated[
        str | None, typer.Argument(metavar="NUMBER", help=_("Default: the next number."))
    ] = None,
    system: System = None,
    engineer: Annotated[
        Text,
        typer.Option("--engineer", metavar="NAME", help=_("Default: the customer's."), autocompletion=people),
    ] = None,
    reindexed: Reindexed = None,
    registered: Registered = None,
    force: Force = False,
    reason: ForceReason = None,
) -> None:
    from svcq.processes import migrate

    desk: Desk = ctx.obj
    values = {
        "system": words(system),
        "done_on": on_day(desk, on),
        "reindexed_on": maybe_day(desk, reindexed, "--reindexed"),
        "registered_on": maybe_day(desk, registered, "--registered"),
    }
    force = forced(desk, force, reason)
    with desk.work() as work:
        name = migrate.add(work, number, customer, values, engineer, force=force).number
    done(desk, True, _("migration {number} entered"), number=name)


@records.command(
    cls=Mends,
    help=_("Mend what is written about a migration; the reason is kept. `none` empties a date or text."),
    epilog=example("migrate edit QY-2026-003 --on 2026-11-19 --reason '迁移日期登记有误'"),
)
def edit(
    ctx: typer.Context,
    number: Number,
    reason: Reason,
    customer: Annotated[
        Text, typer.Option("--customer", metavar="NAME", help=_("The hospital."), autocompletion=customers)
    ] = None,
    on: Annotated[Text, date_option("--on", _("The day of the migration."))] = None,
    system: System = None,
    reindexed: Reindexed = None,
    registered: Registered = None,
) -> None:
    from svcq.processes import migrate

    desk: Desk = ctx.obj
    if customer == "none" or on == "none":
        raise Usage("a migration keeps its customer and its day")
    values: dict[str, object] = given({"customer": customer, "done_on": maybe_day(desk, on, "--on")})
    if system is not None:
        values["system"] = None if system == "none" else words(system)
    for option, text in given({"--reindexed": reindexed, "--registered": registered}).items():
        key = option.removeprefix("--") + "_on"
        values[key] = None if text == "none" else on_day(desk, text, option)
    if not values:
        raise Usage("say what to change, e.g. --reindexed 2026-09-02")
    desk.asked.values["note"] = reason
    with mending(desk, "migration", number) as work:
        changed = migrate.edit(work, migrate.living(work, number), values)
    done(desk, changed, _("migration {number} mended"), number=number)


@records.command(
    cls=Writes,
    help=_("Give a migration to another engineer from a day on."),
    epilog=example("migrate assign QY-2026-003 --role engineer --to 王芳 --from 2026-12-01"),
)
def assign(
    ctx: typer.Context,
    number: Number,
    to: Annotated[
        str, typer.Option("--to", metavar="NAME", help=_("Who; `none` for nobody."), autocompletion=people)
    ],
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help=_("engineer."))] = "engineer",
    from_: Annotated[Text, date_option("--from", _("Default: today."))] = None,
    force: Force = False,
    reason: ForceReason = None,
) -> None:
    from svcq.processes import migrate

    desk: Desk = ctx.obj
    names = [] if to == "none" else [to]
    day, force = maybe_day(desk, from_, "--from"), forced(desk, force, reason)
    with desk.work() as work:
        changed = migrate.assign(work, number, role, names, day, force=force)
    who = "、".join(names) or "–"
    done(desk, changed, _("migration {number}: its engineer is {name}"), number=number, name=who)
