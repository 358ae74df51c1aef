"""七: another policy tried out on the command line: everybody's score by it, and which rules make the difference."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from svcq.commands.kit import example
from svcq.commands.score_lists import MACHINE
from svcq.commands.score_periods import quarter as quarter_of
from svcq.commands.score_publish import Compares, dashed
from svcq.commands.shared import as_of, can_be_shown, filters, listed
from svcq.desk import Desk
from svcq.locale import _, ngettext
from svcq.output.shape import Row

if TYPE_CHECKING:
    from svcq.policy.model import Policy
    from svcq.processes.scoring_trial import Trial

simulating = typer.Typer()
"""The command that the score group takes over."""
TOLD = 12
"""Differences between the policies that are told before the listing."""
FIGURES = ("compliance", "satisfaction", "resolution")
DASHED = (
    "before",
    "after",
    *(f"{key}_{when}" for key in (*FIGURES, "grade") for when in ("before", "after")),
)
"""What is shown as a dash where there is nothing to go by."""
COST = ("rule", "before", "after", "breaches_before", "breaches_after")


@simulating.command(
    cls=Compares,
    help=_("What a draft policy would have come to, person by person; nothing is changed."),
    epilog=example(
        "score simulate 2026Q3 --policy draft.toml",
        "score simulate 2026Q3 --policy draft.toml --person 陈立 -f json",
    ),
)
def simulate(
    ctx: typer.Context,
    quarter: Annotated[str, typer.Argument(metavar="QUARTER", help=_("The quarter, e.g. 2026Q3."))],
    policy: Annotated[
        str,
        typer.Option("--policy", metavar="FILE", help=_("The draft; it may hold only what it changes.")),
    ],
) -> None:
    from svcq.commands.score_change_columns import SIMULATED
    from svcq.output.target import keep
    from svcq.policy.load import parse, read
    from svcq.policy.show import differences
    from svcq.processes.scoring import policies
    from svcq.processes.scoring_trial import compare
    from svcq.store.read import Reader

    desk: Desk = ctx.obj
    span, t = quarter_of(quarter), as_of(desk)
    form = can_be_shown(desk, SIMULATED)
    keep(policy)
    text = read(Path(policy))
    with ExitStack() as stack:
        reader = stack.enter_context(desk.read())
        current = policies(reader).on(span.last)
        draft = parse(text, name=policy, base=current)
        person = filters(desk, reader).get("person")
        told = differences(current, draft)
        _tell(told, policy)
        copy = stack.enter_context(_copy(desk, current, draft, reader.missing))
        after = reader
        if copy is not None:
            after = Reader(copy)
            stack.callback(after.close)
        found = compare(reader, after, span, t, draft, None if person is None else str(person))
        changed = [key for key, _before, _after in told if key.startswith("settings.score.")]
        rows = [_row(one, span.name, changed) for one in found]
        empty = _("no scores: in {period} nothing fell due and nobody was asked").format(period=span.name)
        shown = dashed(rows, DASHED) if form not in MACHINE else rows
        listed(desk, reader, SIMULATED, shown, empty=empty, summary=lambda _shown: _total(rows))


@contextmanager
def _copy(desk: Desk, current: "Policy", draft: "Policy", missing: bool) -> Iterator[Path | None]:
    """A copy of the store computed anew by the draft; None if the draft changes only what breaches cost."""
    from svcq.output.terminal import progress
    from svcq.processes.scoring_trial import as_if, counts_anew

    if missing or not counts_anew(current, draft):
        yield None
        return
    with ExitStack() as stack:
        with progress(None, _("computing obligations")) as step:
            copy = stack.enter_context(as_if(desk.place, draft, desk.today, step))
        yield copy


def _tell(told: Sequence[tuple[str, str, str]], policy: str) -> None:
    """Say what the draft changes, as `policy check` does."""
    from svcq.output.terminal import talk

    for key, before, after in told[:TOLD]:
        talk(f"{key}: {before} → {after}")
    if not told:
        talk(_("{file} is right and changes nothing").format(file=policy))
    elif len(told) > TOLD:
        talk(_("… and {more} more").format(more=len(told) - TOLD))


def _row(one: "Trial", period: str, changed: Collection[str]) -> Row:
    from svcq.commands.score_words import number
    from svcq.store.read import yuan

    before, after, who = one.before, one.after, one.standing
    row: dict[str, object] = {"person": who.name, "role": who.role, "team": who.team, "region": who.region}
    row |= {"period": period, "before": number(before.score), "after": number(after.score)}
    row["change"] = _moved(before.score, after.score)
    for when, found in (("before", before), ("after", after)):
        row |= {f"{key}_{when}": number(getattr(found, key)) for key in FIGURES}
        row |= {f"{key}_{when}": getattr(found, key) for key in ("grade", "points", "breaches")}
        row[f"fines_{when}"] = yuan(found.fines_fen)
    row["because"] = "、".join(_because(one, changed)) or None
    row["rules"] = [{key: getattr(cost, key) for key in COST} for cost in one.costs]
    return row


def _moved(before: Fraction | None, after: Fraction | None) -> float | None:
    from svcq.rules.scoring import rounded

    return None if before is None or after is None else float(rounded(after) - rounded(before))


def _because(one: "Trial", changed: Collection[str]) -> Iterator[str]:
    """What makes the difference to a person: rules with their points or breaches, then weights and grades."""
    for cost in one.costs:
        if cost.before != cost.after:
            yield f"{cost.rule} {cost.before} → {cost.after}"
        else:
            words = _("{rule}: breaches {before} → {after}")
            yield words.format(rule=cost.rule, before=cost.breaches_before, after=cost.breaches_after)
    if one.before.score != one.after.score and any("weight" in key for key in changed):
        yield _("weights")
    if one.before.grade != one.after.grade and any("grade" in key for key in changed):
        yield _("grades")


def _total(rows: Sequence[Row]) -> str:
    """How many fare better or worse; who has a score by one policy alone is neither."""
    moved = [float(str(row["change"])) for row in rows if row["change"] is not None]
    better, worse = sum(1 for one in moved if one > 0), sum(1 for one in moved if one < 0)
    count = ngettext("{count} person", "{count} people", len(rows)).format(count=len(rows))
    told = _("{people}: {better} better, {worse} worse, {same} as before").format(
        people=count, better=better, worse=worse, same=len(moved) - better - worse
    )
    if alone := sum(1 for row in rows if (row["before"] is None) != (row["after"] is None)):
        told += _(", {alone} with a score by one of them only").format(alone=alone)
    return told
