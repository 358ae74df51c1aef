"""Try it: the sample workbooks imported into a throw-away store, then the main tables."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from svcq.commands.kit import Command, example, single
from svcq.desk import Asked, Desk
from svcq.errors import Usage
from svcq.locale import _
from svcq.output.shape import Listing, Look, Row

app = single()

DAY = date(2026, 11, 23)
"""The day on which the sample world stands."""
LIVE = date(2026, 1, 1)
"""The day on which its company started."""


@app.command(
    cls=Command,
    help=_(
        "Try it: the sample workbooks in a throw-away store: overdue contracts, projects that are not eligible, "
        "stale issues, upgrades, migrations, a callback sample, scores, what is due this week, and the fines."
    ),
    epilog=example("demo", "demo --keep demo.db"),
)
def demo(
    ctx: typer.Context,
    keep: Annotated[
        str | None, typer.Option("--keep", metavar="FILE", help=_("Keep the store in this file."))
    ] = None,
) -> None:
    from svcq.commands import import_files
    from svcq.processes import terms

    files = sorted(str(file) for file in workbooks().iterdir() if file.suffix in (".xlsx", ".xls", ".csv"))
    said_today = ctx.find_root().params.get("today") or os.environ.get("SVCQ_TODAY")
    with _store(keep) as path:
        desk = replace(ctx.obj, place=path, asked=Asked(), today=ctx.obj.today if said_today else DAY)
        _say(_("The sample world stands on {day}.").format(day=desk.today))
        _say("\n$ svcq import " + " ".join(Path(file).name for file in files))
        rows = import_files.take_all(desk, files)
        _show(import_files.SHEETS, rows)
        _duties(desk)
        _say(f"\n$ svcq policy live {LIVE}")
        with desk.work() as work:
            terms.live(work, LIVE, lambda done: None)
        for words, show in _shown(ctx, desk.today):
            _say(f"\n$ svcq {words}")
            most = words.partition("--limit ")[2] or None
            show(replace(desk, asked=Asked({"format": "table", "limit": most})))
        if keep:
            _say("\n" + _("The store is kept: svcq --db {file} contract list").format(file=keep))


Show = Callable[[Desk], None]


def _shown(ctx: typer.Context, today: date) -> Iterator[tuple[str, Show]]:
    """What is shown of the store: the words of each command, and what prints it at a desk."""
    from svcq.commands import (
        callback_sample,
        contract_lists,
        due,
        handover_lists,
        issue_lists,
        migrate_year,
        score_fines,
        score_lists,
        upgrade_lists,
    )

    def at(command: Callable[..., None], *words: object) -> Show:
        return lambda desk: command(typer.Context(ctx.command, obj=desk), *words)

    yield (
        "contract overdue --limit 8",
        lambda desk: contract_lists.print_contracts(desk, "overdue", _("no contract is overdue")),
    )
    yield "handover information", at(handover_lists.information)
    yield "issue stale", lambda desk: issue_lists.print_issues(desk, "stale", _("no issue is stale"))
    yield "upgrade overdue", at(upgrade_lists.overdue)
    yield f"migrate check {today.year} --limit 8", at(migrate_year.check, str(today.year))
    yield "callback sample 2026Q4 --limit 6", at(callback_sample.sample, "2026Q4")
    yield "score quarter 2026Q3 --limit 8", at(score_lists.quarter, "2026Q3")
    yield "score fines --limit 8", at(score_fines.fines)
    week = today + timedelta(days=7)
    yield (
        "due --within 7d --open --limit 12",
        lambda desk: due.print_due(desk, until=week, states=("open",)),
    )


def workbooks() -> Path:
    """Where the sample workbooks are: in the installed package, or in the checkout beside it."""
    here = Path(__file__).parent.parent
    installed = here / "examples"
    return installed if installed.is_dir() else here.parent / "examples" / "workbooks"


@contextmanager
def _store(keep: str | None) -> Iterator[Path]:
    if keep is None:
        with TemporaryDirectory(prefix="svcq-demo-") as folder:
            yield Path(folder) / "demo.db"
        return
    path = Path(keep)
    if path.exists():
        raise Usage("{path} exists already: name another file", path=path)
    yield path


def _duties(desk: Desk) -> None:
    """Let the sample company's QC people answer for the rules of QC, in turn."""
    from svcq.processes import staff
    from svcq.store.read_people import staff as people

    with desk.read() as reader:
        names = [str(row["name"]) for row in people(reader, desk.today, {"role": "qc"})]
    with desk.work() as work:
        owed = [rule.id for rule in work.book.on(desk.today).rules.values() if rule.owner == "qc"]
        for place, rule in enumerate(owed):
            staff.duty(work, rule, names[place % len(names)])


def _say(text: str) -> None:
    typer.echo(text)


def _show(listing: Listing, rows: list[Row], summary: str = "") -> None:
    from svcq.output.emit import emit

    emit(listing, rows, Look(format="table"), summary=summary)
