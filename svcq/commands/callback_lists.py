"""六: callbacks on the command line: what they look like on any day."""

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from svcq.commands.callback_columns import CALLBACKS, EXPLAINED, OTHERS, STATES, TRIES, WHOLE
from svcq.commands.columns import HISTORY, OBLIGATIONS
from svcq.commands.complete import callbacks as complete
from svcq.commands.kit import Lists, Shows, example
from svcq.commands.process_lists import did_you_mean, enough, history, list_overdue, owed_by
from svcq.commands.revisions import revised
from svcq.commands.score_periods import quarter as quarter_of
from svcq.commands.shared import as_of, filters, listed, look, provisional
from svcq.desk import Desk
from svcq.errors import NotFound, Usage
from svcq.locale import _, ngettext
from svcq.output.shape import Row

if TYPE_CHECKING:
    from svcq.store.read import Reader

listings = typer.Typer()
"""Commands that the group of callbacks takes over."""


def count(rows: list[Row]) -> str:
    """How many callbacks there are, and how many are in each state."""
    states = Counter(str(row["state"]) for row in rows)
    told = [f"{_(STATES[state])} {states[state]}" for state in STATES if states[state]]
    total = ngettext("{count} callback", "{count} callbacks", len(rows)).format(count=len(rows))
    return f"{total} · " + _(", ").join(told)


@listings.command(
    "list",
    cls=Lists,
    help=_("Every callback, void ones too; --person is the engineer."),
    epilog=example(
        "callback list --quarter 2026Q4 --state open --columns customer,contact,phone,tries",
        "callback list --person 李伟",
    ),
)
def list_(
    ctx: typer.Context,
    quarter: Annotated[
        str | None, typer.Option("--quarter", metavar="QUARTER", help=_("Only callbacks of this quarter."))
    ] = None,
    state: Annotated[
        str | None,
        typer.Option("--state", metavar="|".join(STATES), help=_("Only callbacks in this state.")),
    ] = None,
) -> None:
    from svcq.store.read_callback import callbacks

    if state is not None and state not in STATES:
        raise Usage("--state: {text} is none of {states}", text=repr(state), states=", ".join(STATES))
    span = None if quarter is None else quarter_of(quarter, "--quarter")
    desk: Desk = ctx.obj
    with desk.read() as reader:
        chosen = filters(desk, reader, state=state, quarter=span.name if span else None)
        rows = callbacks(reader, as_of(desk), filters=chosen, limit=enough(desk))
        listed(desk, reader, CALLBACKS, rows, empty=_("no callbacks"), summary=count)


@listings.command(
    cls=Lists,
    help=_("Callbacks and samples that were due and have not been made: who owes them, since when."),
    epilog=example("callback overdue", "callback overdue --region 华东 -f xlsx -o overdue.xlsx"),
)
def overdue(ctx: typer.Context) -> None:
    list_overdue(ctx.obj, "callback", OBLIGATIONS, _("no callback is overdue"))


@listings.command(
    cls=Shows,
    help=_("The whole story of a callback: answers, tries, obligations and why they fall due, history."),
    epilog=example("callback show 2026Q4-李伟-江州市中心医院"),
)
def show(
    ctx: typer.Context,
    number: Annotated[
        str, typer.Argument(metavar="NUMBER", help=_("The callback."), autocompletion=complete)
    ],
) -> None:
    from svcq.commands.issue_columns import ISSUES
    from svcq.output.record import Section, emit_record
    from svcq.store.read_callback import callbacks, tries
    from svcq.store.read_issue import issues

    desk: Desk = ctx.obj
    t = as_of(desk)
    with desk.read() as reader:
        row = _found(reader, number, t)
        name = str(row["number"])
        owed = owed_by(reader, "callback", name, t)
        same = callbacks(reader, t, filters={"customer": row["customer"]})
        became = issues(reader, t, filters={"number": row["issue"]}) if row["issue"] else ()
        sections = [
            Section("obligations", EXPLAINED, owed),
            Section("tries", TRIES, tries(reader, name, t)),
            Section("issues", ISSUES, list(became)),
            Section("others", OTHERS, [one for one in same if one["number"] != name]),
            Section("history", HISTORY, history(reader, name, ("callback", "callback_try", "waiver"))),
        ]
        emit_record(*revised(reader, "callback", WHOLE, row), sections, look(desk))
    provisional(owed, "due_on")


def _found(reader: "Reader", number: str, t: date) -> Row:
    """The callback of that number, blanks, stops and quotes in it aside, on day `t`; NotFound if there is none."""
    from svcq.rules.callback_answers import alike, quarter_in, tidy
    from svcq.rules.matching import near
    from svcq.store.read_callback import callbacks

    name = tidy(number)
    row = next(callbacks(reader, t, filters={"number": name}), None)
    if row is not None:
        return row
    sql = "select number from v_callback where quarter = :quarter order by number"
    numbers = [str(one["number"]) for one in reader.rows(sql, {"quarter": quarter_in(name)})]
    meant = alike(name, numbers)
    row = next(callbacks(reader, t, filters={"number": meant}), None) if meant else None
    if row is None:
        close = near(name, (one for one in numbers if one != name), likeness=80)
        raise NotFound("callback {name} is not known{near}", name=name, near=did_you_mean(close))
    return row
