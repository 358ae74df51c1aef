"""二: service contracts on the command line: what they look like on any day."""

from datetime import timedelta
from typing import Annotated

import typer

from svcq.commands.columns import HISTORY
from svcq.commands.complete import contracts as complete
from svcq.commands.contract_columns import CALLS, CONTRACTS, ENDING, EXPLAINED, FEEDBACK, STATES
from svcq.commands.kit import Lists, Shows, Writes, example
from svcq.commands.process_lists import enough, explained, history
from svcq.commands.revisions import revised
from svcq.commands.shared import as_of, done, filters, listed, look, provisional
from svcq.desk import Desk
from svcq.errors import NotFound, Usage
from svcq.locale import _, ngettext
from svcq.output.shape import Row

listings = typer.Typer()
"""Commands that the contract group takes over."""


def _total(rows: list[Row]) -> str:
    fines = sum(float(str(row["fine"] or 0)) for row in rows)
    count = len(rows)
    text = count_text(count)
    return f"{text} · " + _("fines {amount} CNY").format(amount=f"{fines:,.2f}".removesuffix(".00"))


def count_text(count: int) -> str:
    """So many contracts, in words."""
    return ngettext("{count} contract", "{count} contracts", count).format(count=count)


@listings.command(
    "list",
    cls=Lists,
    help=_("Every contract, returned and void ones too."),
    epilog=example("contract list --region 华东 -f xlsx -o contracts.xlsx"),
)
def list_(
    ctx: typer.Context,
    state: Annotated[
        str | None, typer.Option("--state", metavar="|".join(STATES), help=_("Only contracts in this state."))
    ] = None,
) -> None:
    if state is not None and state not in STATES:
        raise Usage("--state: {text} is none of {states}", text=repr(state), states=", ".join(STATES))
    print_contracts(ctx.obj, "list", _("no contracts"), state=state)


@listings.command(
    cls=Lists,
    help=_("Contracts that are not back though they were due, with the fines."),
    epilog=example("contract overdue", "contract overdue --as-of 2026-10-31 -f csv -o october.csv"),
)
def overdue(ctx: typer.Context) -> None:
    print_contracts(ctx.obj, "overdue", _("no contract is overdue"))


def print_contracts(desk: Desk, which: str, empty: str, **more: object) -> None:
    """Print all contracts (`list`) or the `overdue` ones; `empty`: what to say when there are none."""
    from svcq.store.read_contract import contracts

    t = as_of(desk)
    with desk.read() as reader:
        chosen = filters(desk, reader, **more)
        rows: list[Row] = list(contracts(reader, t, which=which, filters=chosen, limit=enough(desk)))
        listed(desk, reader, CONTRACTS, rows, empty=empty, summary=_total)
    provisional(rows, "return_due_on")


@listings.command(
    cls=Lists,
    help=_("Contracts and free maintenance that end soon, and of which nobody has decided what comes after."),
    epilog=example("contract expiring --within 60d"),
)
def expiring(
    ctx: typer.Context,
    within: Annotated[
        str | None,
        typer.Option(
            "--within", metavar="DAYS", help=_("Ending within so many days; default: the policy's lead.")
        ),
    ] = None,
    expired: Annotated[bool, typer.Option("--expired", help=_("Also those that have ended."))] = False,
) -> None:
    from datetime import date

    from svcq.commands.dates import span
    from svcq.processes.explain import lead_end
    from svcq.store.read_contract import contracts

    desk: Desk = ctx.obj
    t = as_of(desk)
    with desk.read() as reader:
        ahead = timedelta(days=span(within, "--within")) if within is not None else None
        until = t + ahead if ahead is not None else lead_end(reader, "contract.convert", t)
        found = contracts(
            reader,
            t,
            which="expiring",
            filters=filters(desk, reader),
            span=(date.min if expired else t, until),
            limit=enough(desk),
        )
        listed(desk, reader, ENDING, found, empty=_("no contract ends soon"))


@listings.command(
    cls=Shows,
    help=_("The whole story of a contract: dates, calls, obligations and why they fall due, history."),
    epilog=example("contract show HT-2026-031"),
)
def show(
    ctx: typer.Context,
    number: Annotated[
        str, typer.Argument(metavar="NUMBER", help=_("The contract."), autocompletion=complete)
    ],
) -> None:
    from svcq.output.record import Section, emit_record
    from svcq.rules.matching import tidy_number
    from svcq.store.read_contract import calls, contracts, feedback_log
    from svcq.store.read_ledger import obligations

    desk: Desk = ctx.obj
    t = as_of(desk)
    name = tidy_number(number)
    with desk.read() as reader:
        row = next(iter(contracts(reader, t, filters={"number": name})), None)
        if row is None:
            raise NotFound("contract {number} is not known", number=name)
        found = obligations(reader, t, states=None, filters={"number": name, "process": "contract"})
        owed = [one for one in found if one["customer"] is not None]  # a month may have the same name
        sections = [
            Section("obligations", EXPLAINED, explained(reader, owed)),
            Section("calls", CALLS, calls(reader, name, t)),
            Section("feedback", FEEDBACK, feedback_log(reader, name, t)),
            Section("history", HISTORY, history(reader, name, ("contract", "contract_call", "waiver"))),
        ]
        emit_record(*revised(reader, "contract", CONTRACTS, row), sections, look(desk))
    provisional(owed, "due_on")


@listings.command(
    cls=Writes,
    help=_("Write the month's table for the commerce centre, and record that it was sent and what it said."),
    epilog=example("contract feedback --month 2026-10 -o 商务反馈-2026-10.xlsx"),
)
def feedback(
    ctx: typer.Context,
    month: Annotated[str, typer.Option("--month", metavar="MONTH", help=_("Which month."))],
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help=_("Where to write it."))],
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help=_("The day it was sent; default: today."))
    ] = None,
) -> None:
    from svcq.commands import dates
    from svcq.output.emit import emit
    from svcq.output.shape import Look
    from svcq.processes.feedback import send, wanted
    from svcq.store.read_contract import contracts

    desk: Desk = ctx.obj
    name, first, last = dates.month(month, "--month")
    day = dates.day(on, desk.today, "--on") if on else desk.today
    if first > desk.today:
        raise Usage("--month: {month} has not begun", month=name)
    with desk.read() as reader:
        rows: list[Row] = [
            row for row in contracts(reader, min(last, desk.today)) if wanted(row, first, last)
        ]
    with desk.work() as work:
        send(work, name, day, output, {str(row["number"]): str(row["state"]) for row in rows})
        if not desk.dry_run:
            emit(CONTRACTS, rows, Look(output=output))
    done(
        desk,
        True,
        _("{month}: {contracts} written to {file} and recorded as sent on {on}"),
        month=name,
        contracts=count_text(len(rows)),
        file=output,
        on=day,
    )
