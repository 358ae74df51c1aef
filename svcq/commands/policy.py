"""The numbers of the process: show, check, apply, and the day the company starts."""

from pathlib import Path
from typing import Annotated

import typer

from svcq.commands.kit import Command, Writes, date_option, example, group
from svcq.commands.shared import done, on_day
from svcq.desk import Desk
from svcq.errors import Usage
from svcq.locale import _, ngettext

app = group(_("The numbers of the process: show, check, apply, go live."))

File = Annotated[str, typer.Argument(metavar="FILE", help=_("The policy file."))]


@app.command(
    cls=Command,
    help=_("The policy in force, as a file that can be edited and applied."),
    epilog=example("policy show > my.toml", "policy show --on 2027-01-01"),
)
def show(
    ctx: typer.Context,
    on: Annotated[str | None, date_option("--on", _("In force on that day; default: today."))] = None,
) -> None:
    from svcq.policy.show import dump
    from svcq.processes.explain import terms

    desk: Desk = ctx.obj
    day = on_day(desk, on) if on else desk.today
    with desk.read() as reader:
        book = terms(reader).book
        live = reader.setting("live_from")
    since, policy = [(start, one) for start, one in book.versions if start <= day][-1]
    started = _("always") if since == book.versions[0][0] else str(since)
    typer.echo(
        "# "
        + _("{name}, in force since {since}; live from {live}").format(
            name=" ".join(policy.name.split()),
            since=started,
            live=live or _("the beginning: everything counts"),
        )
    )
    typer.echo(dump(policy), nl=False)


@app.command(
    cls=Command,
    help=_("Is a policy file right, and what would it change?"),
    epilog=example("policy check my.toml"),
)
def check(ctx: typer.Context, file: File) -> None:
    from svcq.output.terminal import talk
    from svcq.policy.load import parse, read
    from svcq.policy.show import differences
    from svcq.processes.explain import terms

    desk: Desk = ctx.obj
    policy = parse(read(Path(file)), name=file)
    with desk.read() as reader:
        current = terms(reader).book.on(desk.today)
    changes = differences(current, policy)
    for key, before, after in changes:
        typer.echo(f"{key}: {before} → {after}")
    if not changes:
        talk(_("{file} is right and changes nothing").format(file=file))
    else:
        count = ngettext("{count} difference", "{count} differences", len(changes)).format(count=len(changes))
        talk(_("{file} is right: {differences} to the policy in force").format(file=file, differences=count))


@app.command(
    cls=Writes,
    help=_("Put a policy in force from a day on; what started before keeps its own."),
    epilog=example("policy apply my.toml --from 2027-01-01"),
)
def apply(
    ctx: typer.Context, file: File, from_: Annotated[str, date_option("--from", _("From which day on."))]
) -> None:
    from svcq.output.terminal import progress
    from svcq.policy.load import read
    from svcq.processes import terms

    desk: Desk = ctx.obj
    day, text = on_day(desk, from_, "--from"), read(Path(file))
    with desk.work() as work, progress(None, _("computing obligations")) as step:
        found = terms.apply(work, text, Path(file).name, day, step)
    done(
        desk,
        found is not None,
        _("{file} is in force from {on} on; obligations changed: {count}"),
        _("exactly that is in force from {on} on already"),
        file=file,
        on=day,
        count=found[1] if found else 0,
    )


@app.command(
    cls=Writes,
    help=_("The day the company starts: what was due before is shown, never reminded, fined or scored."),
    epilog=example("policy live 2027-01-01", "policy live --everything"),
)
def live(
    ctx: typer.Context,
    day: Annotated[
        str | None, typer.Argument(metavar="DATE", help=_("Default: say which day it is."))
    ] = None,
    everything: Annotated[bool, typer.Option("--everything", help=_("Let everything count again."))] = False,
) -> None:
    from svcq.output.terminal import progress
    from svcq.processes import terms

    desk: Desk = ctx.obj
    if day and everything:
        raise Usage("give a day or --everything, not both")
    if not day and not everything:
        with desk.read() as reader:
            typer.echo(reader.setting("live_from") or _("the beginning: everything counts"))
        return
    start = on_day(desk, day, "DATE") if day else None
    with desk.work() as work, progress(None, _("computing obligations")) as step:
        changed = terms.live(work, start, step)
    done(desk, changed, _("obligations count from {day} on"), day=start or _("the beginning"))
