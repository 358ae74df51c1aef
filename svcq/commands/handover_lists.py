"""一: hand-overs on the command line: what they look like on any day."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from svcq.commands.columns import HISTORY
from svcq.commands.complete import handovers as complete
from svcq.commands.handover_columns import (
    EXPLAINED,
    HANDOVERS,
    INFORMATION,
    OWED,
    PHASES,
    STATES,
    TRAIL,
    WHOLE,
)
from svcq.commands.kit import Lists, Shows, example, text_option
from svcq.commands.process_lists import enough, history, list_overdue, near_numbers, owed_by
from svcq.commands.revisions import revised
from svcq.commands.shared import as_of, filters, listed, look, provisional
from svcq.desk import Desk
from svcq.errors import NotFound, Usage
from svcq.locale import _, ngettext
from svcq.output.shape import Row

if TYPE_CHECKING:
    from svcq.store.read import Reader

listings = typer.Typer()
"""Commands that the group of hand-overs takes over."""


def _count(rows: list[Row]) -> str:
    return ngettext("{count} hand-over", "{count} hand-overs", len(rows)).format(count=len(rows))


def _whole(rows: Iterable[dict[str, object]]) -> Iterator[Row]:
    """Hand-overs with what a complete registration lacks of those that are eligible."""
    from svcq.rules.handover import missing

    for row in rows:
        lacking = missing(row) if row["decision"] == "eligible" else ()
        yield {**row, "missing": "、".join(lacking) or None}


@listings.command(
    "list",
    cls=Lists,
    help=_("Every hand-over, complete and void ones too."),
    epilog=example("handover list --state deciding", "handover list --project-number XM-7"),
)
def list_(
    ctx: typer.Context,
    state: Annotated[
        str | None,
        typer.Option("--state", metavar="|".join(STATES), help=_("Only hand-overs in this state.")),
    ] = None,
    project_number: Annotated[
        str | None, text_option("--project-number", _("Only the phases of this project."))
    ] = None,
) -> None:
    from svcq.store.read_handover import handovers

    if state is not None and state not in STATES:
        raise Usage("--state: {text} is none of {states}", text=repr(state), states=", ".join(STATES))
    desk: Desk = ctx.obj
    with desk.read() as reader:
        chosen = filters(desk, reader, state=state, project_number=_tidy(project_number))
        rows = _whole(handovers(reader, as_of(desk), filters=chosen, limit=enough(desk)))
        listed(desk, reader, HANDOVERS, rows, empty=_("no hand-overs"), summary=_count)


def _tidy(number: str | None) -> str | None:
    from svcq.rules.matching import tidy_number

    return None if number is None else tidy_number(number)


@listings.command(
    cls=Lists,
    help=_("What of hand-overs was due and has not been done: who owes it, since when."),
    epilog=example("handover overdue", "handover overdue --region 华东 -f xlsx -o overdue.xlsx"),
)
def overdue(ctx: typer.Context) -> None:
    list_overdue(ctx.obj, "handover", OWED, _("nothing of a hand-over is overdue"))


@listings.command(
    cls=Lists,
    help=_("The projects that are not eligible yet: why, when they are expected, what was heard last."),
    epilog=example("handover information", "handover information -f xlsx -o 项目移交信息表.xlsx"),
)
def information(ctx: typer.Context) -> None:
    from svcq.store.read_handover import handovers

    desk: Desk = ctx.obj
    with desk.read() as reader:
        found = handovers(
            reader, as_of(desk), waiting=True, filters=filters(desk, reader), limit=enough(desk)
        )
        listed(desk, reader, INFORMATION, _whole(found), empty=_("every project is eligible"), summary=_late)


def _late(rows: list[Row]) -> str:
    late = sum(bool(row["days_overdue"]) for row in rows)
    return f"{_count(rows)} · " + _("{count} past the expected day").format(count=late)


@listings.command(
    cls=Shows,
    help=_("The whole story of a hand-over: dates, decisions, obligations and why they fall due, history."),
    epilog=example("handover show YJ-2026-012"),
)
def show(
    ctx: typer.Context,
    number: Annotated[
        str, typer.Argument(metavar="NUMBER", help=_("The hand-over."), autocompletion=complete)
    ],
) -> None:
    from svcq.commands.contract_columns import CONTRACTS
    from svcq.output.record import Section, emit_record
    from svcq.rules.matching import tidy_number
    from svcq.store.read_contract import contracts
    from svcq.store.read_handover import trail

    desk: Desk = ctx.obj
    t = as_of(desk)
    name = tidy_number(number)
    with desk.read() as reader:
        row = found(reader, name, t)
        owed = owed_by(reader, "handover", name, t)
        rows = contracts(reader, t, filters={"number": row["contract"]}) if row["contract"] else ()
        sections = [
            Section("obligations", EXPLAINED, owed),
            Section("trail", TRAIL, trail(reader, name, t)),
            Section("phases", PHASES, list(_phases(reader, row, t))),
            Section("contracts", CONTRACTS, list(rows)),
            Section("history", HISTORY, history(reader, name, ("handover", "handover_trail", "waiver"))),
        ]
        emit_record(*revised(reader, "handover", WHOLE, row), sections, look(desk))
    provisional(owed, "due_on")


def found(reader: "Reader", name: str, t: date) -> Row:
    """The hand-over of that number as it stood on day `t`; NotFound if there is none."""
    from svcq.store.read_handover import handovers

    row = next(_whole(handovers(reader, t, filters={"number": name})), None)
    if row is None:
        raise _unknown(reader, name)
    return row


def _unknown(reader: "Reader", name: str) -> NotFound:
    """The refusal of a number that is not known, with those near it."""
    return NotFound(
        "hand-over {name} is not known{near}", name=name, near=near_numbers(reader, "v_handover", name)
    )


def _phases(reader: "Reader", row: Row, t: date) -> Iterator[Row]:
    """The other hand-overs of the same project."""
    from svcq.store.read_handover import handovers

    if row["project_number"]:
        filters = {"project_number": row["project_number"]}
        yield from (one for one in handovers(reader, t, filters=filters) if one["number"] != row["number"])
