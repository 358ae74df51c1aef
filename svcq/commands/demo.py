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
from svcq.locale import N_, _
from svcq.output.shape import Column, Listing, Look, Row
from svcq.settings import Place

app = single()

DAY = date(2026, 11, 23)
"""The day on which the sample world stands."""
FINES = Listing(
    "fines",
    N_("Fines"),
    (
        Column("person", N_("Salesperson")),
        Column("contracts", N_("Contracts"), "number"),
        Column("out", N_("Still out"), "number"),
        Column("fine", N_("Fine"), "money"),
    ),
    alarm="",
)


@app.command(
    cls=Command,
    help=_(
        "Try it: the sample workbooks in a throw-away store: overdue contracts, projects that are not eligible, "
        "stale issues, what is due this week, and the fines."
    ),
    epilog=example("demo", "demo --keep demo.db"),
)
def demo(
    ctx: typer.Context,
    keep: Annotated[
        str | None, typer.Option("--keep", metavar="FILE", help=_("Keep the store in this file."))
    ] = None,
) -> None:
    from svcq.commands import contract_lists, due, handover_lists, import_files, issue_lists

    files = sorted(str(file) for file in workbooks().iterdir() if file.suffix in (".xlsx", ".xls", ".csv"))
    said_today = ctx.find_root().params.get("today") or os.environ.get("SVCQ_TODAY")
    with _store(keep) as path:
        desk = replace(ctx.obj, place=Place(path), asked=Asked(), today=ctx.obj.today if said_today else DAY)
        _say(_("The sample world stands on {day}.").format(day=desk.today))
        _say("\n$ svcq import " + " ".join(Path(file).name for file in files))
        rows = import_files.take_all(desk, files)
        _show(import_files.SHEETS, rows)
        _duties(desk)
        week = desk.today + timedelta(days=7)
        shown: tuple[tuple[str, Callable[[Desk], None]], ...] = (
            (
                "contract overdue --limit 8",
                lambda mine: contract_lists.print_contracts(mine, "overdue", _("no contract is overdue")),
            ),
            (
                "handover information",
                lambda mine: handover_lists.information(typer.Context(ctx.command, obj=mine)),
            ),
            ("issue stale", lambda mine: issue_lists.print_issues(mine, "stale", _("no issue is stale"))),
            (
                "due --within 7d --open --limit 16",
                lambda mine: due.print_due(mine, until=week, states=("open",)),
            ),
        )
        for words, show in shown:
            _say(f"\n$ svcq {words}")
            most = words.partition("--limit ")[2] or None
            show(replace(desk, asked=Asked({"format": "table", "limit": most})))
        _say("\n" + _("Fines, per salesperson"))
        fines = _fines(desk)
        total = sum(int(str(row["fine"])) for row in fines)
        _show(FINES, fines, _("fines {amount} CNY").format(amount=f"{total:,}"))
        if keep:
            _say("\n" + _("The store is kept: svcq --db {file} contract list").format(file=keep))


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


def _fines(desk: Desk) -> list[Row]:
    """What contract.return cost whom: person, contracts, still out, fine."""
    from svcq.store.read_ledger import obligations

    found: dict[str, dict[str, int]] = {}
    with desk.read() as reader:
        for row in obligations(reader, desk.today, states=None, filters={"rule": "contract.return"}):
            if row["fine"]:
                mine = found.setdefault(str(row["person"]), {"contracts": 0, "out": 0, "fine": 0})
                mine["contracts"] += 1
                mine["out"] += row["state"] == "overdue"
                mine["fine"] += int(str(row["fine"]))
    return [{"person": who, **sums} for who, sums in sorted(found.items(), key=lambda one: -one[1]["fine"])]
