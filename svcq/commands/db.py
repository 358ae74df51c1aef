"""The store: where it is, whether it is whole, a copy of it, and a copy put back."""

import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from svcq import clock
from svcq.commands.kit import Command, example, group
from svcq.desk import Desk
from svcq.errors import StoreTrouble, Usage
from svcq.locale import _, ngettext, say
from svcq.output.terminal import progress, talk

app = group(_("The store: where it is, check, backup, restore."))


@app.command(cls=Command, help=_("Where the store is."), epilog=example("db path"))
def path(ctx: typer.Context) -> None:
    typer.echo(str(ctx.obj.place.path))


@app.command(
    cls=Command,
    help=_(
        "Is the store whole? The file, the audit, and every obligation computed anew; silent when all is well."
    ),
    epilog=example("db check && echo fine"),
)
def check(ctx: typer.Context) -> None:
    from svcq.processes.keeping import check, check_ledger
    from svcq.store import database

    desk: Desk = ctx.obj
    if not database.exists(desk.place.path):
        talk(_("there is no store at {path} yet").format(path=desk.place.path))
        return
    damage = 0
    for finding in check(desk.place.path):
        damage += finding.damage
        typer.echo(say(finding.what))
    if not damage:
        desk.asked.values["dry_run"] = True
        with desk.work() as work:
            for finding in check_ledger(work):
                damage += finding.damage
                typer.echo(say(finding.what))
    if damage:
        count = ngettext("{count} fault", "{count} faults", damage).format(count=damage)
        raise StoreTrouble(
            "{path}: {faults}; `svcq db restore FILE` puts a backup back", path=desk.place, faults=count
        )


@app.command(
    cls=Command,
    help=_("Compute every obligation anew, e.g. after the holidays of a year became known."),
    epilog=example("db refresh"),
)
def refresh(ctx: typer.Context) -> None:
    from svcq.processes.ledger import refresh_all

    desk: Desk = ctx.obj
    with desk.work() as work, progress(None, _("computing obligations")) as step:
        changed = refresh_all(work, step)
    talk(_("obligations changed: {count}").format(count=changed))


@app.command(
    cls=Command,
    help=_("Copy the store to a file, also while others write."),
    epilog=example("db backup svcq-$(date +%F).db"),
)
def backup(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=_("Where to; must not exist."))],
    force: Annotated[bool, typer.Option("--force", help=_("Overwrite the file."))] = False,
) -> None:
    from svcq.processes.keeping import backup as copy

    copy(ctx.obj.place.path, Path(file), force=force)
    talk(_("copied to {file}").format(file=file))


@app.command(
    cls=Command,
    help=_("Put a backup in place of the store; the store as it was is kept beside it."),
    epilog=example("db restore svcq-2026-11-22.db"),
)
def restore(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=_("The backup."))],
    yes: Annotated[bool, typer.Option("--yes", "-y", help=_("Do not ask."))] = False,
) -> None:
    from svcq.processes.keeping import restore as put_back
    from svcq.processes.keeping import usable

    desk: Desk = ctx.obj
    usable(Path(file))
    if not yes:
        if not sys.stdin.isatty():
            raise Usage("restoring replaces {path}: say --yes", path=desk.place)
        typer.confirm(_("replace {path} by {file}?").format(path=desk.place, file=file), abort=True, err=True)
    kept = put_back(desk.place.path, Path(file), re.sub(r"\D", "", clock.now())[:14])
    talk(_("{file} is the store now").format(file=file))
    if kept:
        talk(_("the store as it was: {file}").format(file=kept))
