"""三: issues and the work on them on the command line: what they look like on any day."""

from dataclasses import replace
from typing import Annotated

import typer

from svcq.commands.columns import HISTORY
from svcq.commands.complete import issues as complete
from svcq.commands.contract_columns import EXPLAINED
from svcq.commands.dates import span
from svcq.commands.issue_columns import EVENTS, ISSUES, RECORDS, REQUESTS, STALE, STATES, STEPS
from svcq.commands.kit import Lists, Shows, date_option, example
from svcq.commands.process_lists import enough, explained, history
from svcq.commands.revisions import revised
from svcq.commands.shared import as_of, filters, listed, look, maybe_day, provisional
from svcq.desk import Desk
from svcq.errors import NotFound, Usage
from svcq.locale import _, ngettext
from svcq.output.shape import Listing, Row

listings = typer.Typer()
"""Commands that the issue group takes over."""


@listings.command(
    "list",
    cls=Lists,
    help=_("Every entry of the worklog, closed and void ones too."),
    epilog=example(
        "issue list --state open --person 李伟", "issue list --as-of 2026-10-31 -f xlsx -o 问题.xlsx"
    ),
)
def list_(
    ctx: typer.Context,
    state: Annotated[
        str | None, typer.Option("--state", metavar="|".join(STATES), help=_("Only issues in this state."))
    ] = None,
) -> None:
    if state is not None and state not in STATES:
        raise Usage("--state: {text} is none of {states}", text=repr(state), states=", ".join(STATES))
    print_issues(ctx.obj, "list", _("no issues"), state=state)


@listings.command(
    cls=Lists,
    help=_("Issues that are open and past the day by which they were to be closed."),
    epilog=example("issue stale", "issue stale --within 7d --person 李伟"),
)
def stale(
    ctx: typer.Context,
    within: Annotated[
        str | None,
        typer.Option(
            "--within", metavar="DAYS", help=_("Also those that are to be closed within so many days.")
        ),
    ] = None,
) -> None:
    ahead = None if within is None else span(within, "--within")
    print_issues(ctx.obj, "stale", _("no issue is stale"), ahead=ahead)


def print_issues(desk: Desk, which: str, empty: str, ahead: int | None = None, **more: object) -> None:
    """Print all issues (`list`), the `stale` ones or those to `urge`; `empty`: what to say when there are none."""
    from svcq.store.read_issue import issues

    t = as_of(desk)
    with desk.read() as reader:
        chosen = filters(desk, reader, **more)
        rows: list[Row] = list(
            issues(reader, t, which=which, filters=chosen, ahead=ahead, limit=enough(desk))
        )
        listed(desk, reader, ISSUES if which == "list" else STALE, rows, empty=empty, summary=_total)
    provisional((row for row in rows if row["closed_on"] is None), "close_due_on")


def _total(rows: list[Row]) -> str:
    count = ngettext("{count} issue", "{count} issues", len(rows)).format(count=len(rows))
    late = sum(1 for row in rows if row["state"] == "stale")
    return _("{count}, {late} stale").format(count=count, late=late)


@listings.command(
    cls=Shows,
    help=_("The whole story of an issue: steps, closings, requests, what is owed and why by when, history."),
    epilog=example("issue show SVCQ-I2026-00031"),
)
def show(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help=_("The issue."), autocompletion=complete)],
) -> None:
    from svcq.output.record import Section, emit_record
    from svcq.rules.matching import tidy_number
    from svcq.store.read_issue import events, issues, requests, steps
    from svcq.store.read_ledger import obligations

    desk: Desk = ctx.obj
    t = as_of(desk)
    name = tidy_number(number)
    with desk.read() as reader:
        row = next(iter(issues(reader, t, filters={"number": name})), None)
        if row is None:
            raise NotFound("issue {number} is not known", number=name)
        found = obligations(reader, t, states=None, filters={"number": name, "process": "issue"})
        owed = [one for one in found if one["customer"] is not None]  # a month may have the same name
        sections = [
            Section("steps", STEPS, steps(reader, name, t)),
            Section("events", EVENTS, events(reader, name, t)),
            Section("requests", REQUESTS, requests(reader, name, t)),
            Section("obligations", EXPLAINED, explained(reader, owed)),
            Section("history", HISTORY, history(reader, name, TABLES)),
        ]
        emit_record(*revised(reader, "issue", _filled(row), row), sections, look(desk))
    provisional(owed, "due_on")


TABLES = ("issue", "issue_step", "issue_event", "issue_request", "waiver")
"""Whose changes are the history of an issue; a contract may have the same number."""


def _filled(row: Row) -> Listing:
    """The listing of one issue: what is left out of tables is there if there is something in it."""
    columns = tuple(replace(c, aside=c.aside and row[c.key] is None) for c in ISSUES.columns)
    return replace(ISSUES, columns=columns)


@listings.command(
    cls=Lists,
    help=_("Work records: who did what for whom on which day, as the steps of the issues say."),
    epilog=example("issue records --person 李伟 --from 2026-10-01 --until 2026-10-31"),
)
def records(
    ctx: typer.Context,
    from_: Annotated[str | None, date_option("--from", _("The first day."))] = None,
    until: Annotated[
        str | None, date_option("--until", _("The last day; default: that of the listing."))
    ] = None,
) -> None:
    from svcq.store.read_issue import records as found

    desk: Desk = ctx.obj
    t = as_of(desk)
    first, last = maybe_day(desk, from_, "--from"), maybe_day(desk, until, "--until")
    with desk.read() as reader:
        chosen = filters(desk, reader, **{"from": first})
        rows = found(reader, min(t, last or t), filters=chosen, limit=enough(desk))
        listed(desk, reader, RECORDS, rows, empty=_("no work records"), summary=_records)


def _records(rows: list[Row]) -> str:
    return ngettext("{count} work record", "{count} work records", len(rows)).format(count=len(rows))
