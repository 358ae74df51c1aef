"""The store: where it is, whether it is whole, a copy of it, a copy put back, and moving to a server or from it."""

import re
import sys
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from svcq import clock
from svcq.commands.kit import Command, example, group
from svcq.desk import Desk
from svcq.errors import StoreTrouble, Usage
from svcq.locale import _, ngettext, say
from svcq.output.target import checked
from svcq.output.terminal import progress, talk
from svcq.settings import address
from svcq.store.address import without_password

app = group(_("The store: where it is, check, backup, restore, copy."))

TOLD = ("customer", "contract", "issue", "issue_step", "obligation", "audit")
"""The tables whose rows are told one by one after a copy."""


@app.command(cls=Command, help=_("Where the store is."), epilog=example("db path"))
def path(ctx: typer.Context) -> None:
    typer.echo(str(ctx.obj.place))


@app.command(
    cls=Command,
    help=_(
        "Is the store whole? The file, the audit, and every obligation computed anew; silent when all is well."
    ),
    epilog=example("db check && echo fine", "db check --head"),
)
def check(
    ctx: typer.Context,
    head: Annotated[
        bool,
        typer.Option("--head", help=_("Print the end of the audit, its row and hash, to be kept elsewhere.")),
    ] = False,
    noted: Annotated[
        str | None,
        typer.Option(
            "--noted", metavar="TEXT", help=_("What --head printed once: the audit must still hold it.")
        ),
    ] = None,
) -> None:
    from svcq.processes import keeping
    from svcq.processes.keeping import check, check_ledger
    from svcq.processes.ledger_source import extent
    from svcq.processes.unit import looking
    from svcq.store import database

    desk: Desk = ctx.obj
    if not database.exists(desk.place):
        talk(_("there is no store at {path} yet").format(path=desk.place))
        return
    damage = 0
    for finding in chain(
        check(desk.place), keeping.check_noted(desk.place, noted) if noted is not None else ()
    ):
        damage += finding.damage
        typer.echo(say(finding.what))
    if not damage:
        with desk.read():
            pass  # of an older store the ledger is brought up first
        with looking(desk.place, today=desk.today) as work:
            title = _("computing obligations")
            with progress(extent(work), title) as step:
                found = list(check_ledger(work, step))
        for finding in found:
            damage += finding.damage
            typer.echo(say(finding.what))
    if damage:
        count = ngettext("{count} fault", "{count} faults", damage).format(count=damage)
        raise StoreTrouble(
            "{path}: {faults}; `svcq db restore FILE` puts a backup back", path=desk.place, faults=count
        )
    if head:
        typer.echo(keeping.head(desk.place))


@app.command(
    cls=Command,
    help=_("Compute every obligation anew, e.g. after the holidays of a year became known."),
    epilog=example("db refresh"),
)
def refresh(ctx: typer.Context) -> None:
    from svcq.processes.ledger import refresh_all
    from svcq.processes.ledger_source import extent

    desk: Desk = ctx.obj
    with desk.work() as work, progress(extent(work), _("computing obligations")) as step:
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

    with progress(None, _("copying")) as step:
        copy(ctx.obj.place, checked(str(_file(file))), force=force, step=step)
    talk(_("copied to {file}").format(file=file))


@app.command(
    cls=Command,
    help=_(
        "Put a backup in place of the store; the store as it was is kept beside it, or beside the backup."
    ),
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
    usable(_file(file))
    if not yes:
        if not sys.stdin.isatty():
            raise Usage("restoring replaces {path}: say --yes", path=desk.place)
        typer.confirm(_("replace {path} by {file}?").format(path=desk.place, file=file), abort=True, err=True)
    with progress(None, _("copying")) as step:
        kept = put_back(desk.place, Path(file), re.sub(r"\D", "", clock.now())[:14], step)
    talk(_("{file} is the store now").format(file=file))
    if kept:
        talk(_("the store as it was: {file}").format(file=kept))


def _file(text: str) -> Path:
    """A file that was named. Usage for a URL: what goes there is a copy that svcq works with, not a backup."""
    if "://" in text:
        raise Usage("{url} is no file; `svcq db copy --to URL` moves a store", url=without_password(text))
    return Path(text)


@app.command(
    cls=Command,
    help=_(
        "Copy the store to another place, a file or a server, and compare; the place must not hold one yet."
    ),
    epilog=example("db copy --to postgresql+psycopg://svcq@db.example/svcq", "db copy --to svcq.db"),
)
def copy(
    ctx: typer.Context,
    to: Annotated[str, typer.Option("--to", metavar="FILE|URL", help=_("The new place."))],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Say what would happen and change nothing."))
    ] = False,
) -> None:
    from svcq.processes.keeping import count, transfer
    from svcq.store import database

    desk: Desk = ctx.obj
    target = address(to)
    rows = count(desk.place) if database.exists(desk.place) else 0
    with progress(2 * rows, _("copying")) as step:
        counts = transfer(desk.place, target, step, dry_run=dry_run)
    said = (
        _("would be copied to {place}: {rows} rows ({counts}), compared and the same")
        if dry_run
        else _("copied to {place}: {rows} rows ({counts}), compared and the same")
    )
    shown = ", ".join(f"{table} {counts[table]}" for table in TOLD)
    talk(said.format(place=target, rows=sum(counts.values()), counts=shown))


@app.command(
    cls=Command,
    help=_("The SQL by which the owner of a shared store says who may read and who may write."),
    epilog=example("db roles > roles.sql"),
)
def roles(ctx: typer.Context) -> None:
    from svcq.store.postgres_roles import roles

    typer.echo(roles(), nl=False)
