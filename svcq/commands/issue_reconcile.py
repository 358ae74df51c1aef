"""三.4: the hospital's own problem list beside ours on the command line, and what people decide about doubtful pairs."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from svcq.commands.issue_decisions import ask, keep_decisions, said
from svcq.commands.issue_reconcile_book import MATCHES, RECONCILED, send
from svcq.commands.kit import Command, example
from svcq.commands.params import listing_params, writing_params
from svcq.commands.shared import as_of, can_be_shown, filters, listed, look
from svcq.desk import Desk
from svcq.errors import Phrase, RowsRefused, Usage
from svcq.locale import _, say
from svcq.output.shape import Row

if TYPE_CHECKING:
    from svcq.processes.issue_reconcile import Problem

reconciling = typer.Typer()
"""Commands that the issue group takes over."""
Text = str | None
Pairs = list[str] | None


class Compares(Command):
    """A command that prints a listing and keeps what people decide about it."""

    @staticmethod
    def shared() -> list[Any]:
        """The options of both; there is one customer and no person."""
        return [*(one for one in listing_params() if one.name not in ("person", "region")), *writing_params()]


@reconciling.command(
    cls=Compares,
    help=_("Hold a hospital's own problem list against our issues: matched, doubtful, only on one side."),
    epilog=example(
        "issue reconcile 问题清单.xlsx --customer 江州市中心医院",
        "issue reconcile 问题清单.xlsx --customer 江州市中心医院 --same 17=WT-0031 --different 18=WT-0040",
        "issue reconcile 问题清单.xlsx --customer 江州市中心医院 -f xlsx -o 核对结果.xlsx",
    ),
)
def reconcile(
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help=_("The hospital's list (.xlsx, .xls, .ods, .csv)."))
    ],
    sheet: Annotated[Text, typer.Option("--sheet", metavar="NAME", help=_("Only this sheet."))] = None,
    map_: Annotated[
        Pairs, typer.Option("--map", metavar="HEADER=FIELD", help=_("What a header means; repeatable."))
    ] = None,
    mapping: Annotated[
        Text,
        typer.Option("--mapping", metavar="FILE.toml", help=_("Headers, words and date order, in a file.")),
    ] = None,
    date_order: Annotated[
        Text, typer.Option("--date-order", metavar="ymd|mdy|dmy", help=_("How 03/04/2026 is meant."))
    ] = None,
    encoding: Annotated[
        Text, typer.Option("--encoding", metavar="NAME", help=_("Of a text file, e.g. gb18030."))
    ] = None,
    same: Annotated[
        Pairs,
        typer.Option(
            "--same", metavar="ROW=NUMBER", help=_("This row of the list is that issue; repeatable.")
        ),
    ] = None,
    different: Annotated[
        Pairs,
        typer.Option(
            "--different", metavar="ROW=NUMBER", help=_("This row of the list is not that issue; repeatable.")
        ),
    ] = None,
    decide: Annotated[
        bool, typer.Option("--decide", help=_("Ask about each doubtful pair, on a terminal."))
    ] = False,
) -> None:
    from svcq.commands.read_options import read_options
    from svcq.output.target import keep
    from svcq.output.terminal import is_terminal

    desk: Desk = ctx.obj
    form = can_be_shown(desk, RECONCILED)
    if decide and not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
        raise Usage("--decide asks on a terminal: use --same and --different elsewhere")
    keep(file)
    options = read_options(
        "problem", [sheet] if sheet else None, None, map_, mapping, date_order, encoding, False
    )
    customer, problems = _problems(desk, file, options)
    if decided := said(problems, same or (), different or ()):
        keep_decisions(desk, customer, problems, decided)
    if decide:
        ask(desk, customer, problems, lambda: _compared(desk, customer, problems))
    rows, asked = _compared(desk, customer, problems), look(desk)
    if form == "xlsx" and not asked.columns and asked.limit is None:
        send(asked, customer, as_of(desk), rows)
        if rows and desk.asked.values.get("exit_code"):
            raise typer.Exit(10)
        return
    with desk.read() as reader:
        listed(desk, reader, RECONCILED, rows, empty=_("both lists are empty"), summary=_total)


def _problems(desk: Desk, file: str, options: Any) -> tuple[str, "list[Problem]"]:  # noqa: ANN401
    """The customer that is meant, and its entries of the file; RowsRefused if a row cannot be read."""
    from svcq.commands.import_files import tell_refusals
    from svcq.processes.issue_reconcile import Problem
    from svcq.rules.matching import name_key
    from svcq.sheets.reader import read_file

    read = read_file(file, options)
    if any([tell_refusals(one) for one in read.sheets]):
        raise RowsRefused("{path}: mend the rows that are named above", path=file)
    rows = [row for one in read.sheets for row in one.rows]
    named = dict.fromkeys(str(row.values["customer"]) for row in rows if row.values.get("customer"))
    wanted = desk.asked.values.get("customer")
    if wanted is None:
        if len(named) != 1:
            raise Usage("--customer: say which hospital this list is from")
        desk.asked.values["customer"] = wanted = next(iter(named))
    with desk.read() as reader:
        if reader.missing:
            raise Usage(
                "there is no store at {path} yet: import customers and issues first", path=reader.path
            )
        customer = str(filters(desk, reader)["customer"])
    mine = {name_key(customer), name_key(str(wanted))}
    kept = [
        row for row in rows if not row.values.get("customer") or name_key(str(row.values["customer"])) in mine
    ]
    if rows and not kept:
        names = ", ".join(named)
        raise Usage(
            "{path} is about {names}, not about {customer}", path=file, names=names, customer=customer
        )
    if len(kept) < len(rows):
        from svcq.commands.shared import warn

        warn(Phrase("rows about other hospitals are left out: {count}", count=len(rows) - len(kept)))
    return customer, [
        Problem(
            row.number,
            str(row.values["title"]),
            row.values.get("reported_on"),  # type: ignore[arg-type]
            str(row.values["status"]) if row.values.get("status") else None,
        )
        for row in kept
    ]


def _compared(desk: Desk, customer: str, problems: "Sequence[Problem]") -> list[Row]:
    from svcq.processes.explain import terms
    from svcq.processes.issue_reconcile import compare
    from svcq.store.read_issue import issues

    t = as_of(desk)
    with desk.read() as reader:
        ours = [one for one in issues(reader, t, filters={"customer": customer}) if one["state"] != "void"]
        return list(compare(reader, customer, ours, problems, terms(reader).book.on(t)))


def _total(rows: list[Row]) -> str:
    """How many of each kind, those that need a person first."""
    counts = {match: sum(row["match"] == match for row in rows) for match in MATCHES}
    return " · ".join(f"{say(Phrase(MATCHES[match]))} {count}" for match, count in counts.items() if count)
