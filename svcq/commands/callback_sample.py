"""六: the quarter's sample on the command line: drawn by chance, filled up, shown."""

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from svcq.commands.callback_columns import CALLBACKS
from svcq.commands.callback_lists import count
from svcq.commands.callback_marks import SEED, whole
from svcq.commands.kit import WritesOrPrints, date_option, example
from svcq.commands.score_periods import quarter as quarter_of
from svcq.commands.shared import can_be_shown, done, listed, look, maybe_day, warn
from svcq.desk import Desk
from svcq.errors import Counted, Phrase, Refused
from svcq.locale import _, ngettext
from svcq.output.shape import Row

if TYPE_CHECKING:
    from svcq.processes.callback_sample import Outcome
    from svcq.rules.callback_sample import Limits, Share
    from svcq.rules.periods import Span

samples = typer.Typer()
"""Commands that the group of callbacks takes over."""
Text = str | None


@samples.command(
    cls=WritesOrPrints,
    help=_(
        "Draw a quarter's customers, so many of each engineer, by chance and none too often; once drawn they are"
        " shown. Who gets fewer, and why, is said."
    ),
    epilog=example(
        "callback sample 2026Q4 --dry-run",
        "callback sample 2026Q4 --seed 7",
        "callback sample 2026Q4 --fill",
    ),
)
def sample(
    ctx: typer.Context,
    quarter: Annotated[str, typer.Argument(metavar="QUARTER", help=_("Which quarter."))],
    seed: Annotated[
        Text, typer.Option("--seed", metavar="N", help=_("Which chance; default: the quarter's own."))
    ] = None,
    on: Annotated[Text, date_option("--on", _("When it is drawn; default: today."))] = None,
    fill: Annotated[
        bool, typer.Option("--fill", help=_("Draw more for those who have too few in a drawn quarter."))
    ] = False,
) -> None:
    desk: Desk = ctx.obj
    span, day = quarter_of(quarter), maybe_day(desk, on, "--on")
    chance = whole(seed, "--seed", 0, SEED)
    can_be_shown(desk, CALLBACKS)
    known = _known(desk, span)
    if fill or not any(row["drawn_on"] for row in known):
        _draw(desk, span, chance, day, fill, known)
    else:
        _show(desk, span, chance, known)


def _known(desk: Desk, span: "Span") -> list[Row]:
    """The callbacks that the quarter has, without those that are void."""
    from svcq.store.read_callback import callbacks

    with desk.read() as reader:
        rows = callbacks(reader, desk.today, filters={"quarter": span.name})
        return [row for row in rows if row["state"] != "void"]


def _show(desk: Desk, span: "Span", seed: int | None, rows: list[Row]) -> None:
    """Print what was drawn. Refused for another seed."""
    from svcq.output.terminal import talk

    drawn = [row for row in rows if row["drawn_on"]]
    seeds = [row["seed"] for row in drawn]
    if seed is not None and seed not in seeds:
        raise Refused(
            "{quarter} was drawn with the seed {seed} already: --fill draws for those who have too few",
            clause="六",
            quarter=span.name,
            seed=next((one for one in seeds if one is not None), "–"),
        )
    first = min((str(row["drawn_on"]), str(row["seed"] or "–")) for row in drawn) if drawn else ("–", "–")
    told = _("sample of {quarter}, drawn on {on}: seed {seed}")
    talk(told.format(quarter=span.name, on=first[0], seed=first[1]))
    with desk.read() as reader:
        listed(desk, reader, CALLBACKS, rows, empty=_("nothing was drawn"), summary=count)


def _draw(desk: Desk, span: "Span", seed: int | None, on: date | None, fill: bool, known: list[Row]) -> None:
    """Draw, say who has too few, and print the quarter; nothing is drawn if a file cannot be written."""
    from svcq.output.choose import file_of
    from svcq.output.emit import emit
    from svcq.processes import callback_sample

    asked = look(desk)
    to_file = file_of(asked) is not None or asked.format == "xlsx"
    rows = known

    def show() -> None:
        emit(CALLBACKS, rows, asked, summary="" if asked.limit is not None or not rows else count(rows))

    with desk.work() as work:
        drawn = callback_sample.draw(work, span, seed=seed, on=on, fill=fill)
        if drawn is not None:
            rows = sorted([*known, *_new(drawn, span, desk.today)], key=lambda row: str(row["number"]))
            if to_file:
                show()
    if drawn is None:  # somebody else drew it a moment ago
        _show(desk, span, seed, _known(desk, span))
        return
    _tell(desk, span, drawn, on or desk.today)
    if not to_file:
        show()
    if rows and desk.asked.values.get("exit_code"):
        raise typer.Exit(10)


def _new(drawn: "Outcome", span: "Span", today: date) -> list[Row]:
    """What was drawn, as the listing has it."""
    blank = dict.fromkeys(CALLBACKS.keys())
    state = "overdue" if span.last < today else "open"
    return [{**blank, **asdict(one), "due_on": span.last, "tries": 0, "state": state} for one in drawn.rows]


def _tell(desk: Desk, span: "Span", drawn: "Outcome", day: date) -> None:
    """Say what was drawn, when that is out of time, and who has too few."""
    told = ngettext(
        "sample of {quarter}: {count} customer drawn, seed {seed}",
        "sample of {quarter}: {count} customers drawn, seed {seed}",
        len(drawn.rows),
    )
    nothing = _("sample of {quarter}: nothing to draw")
    done(desk, bool(drawn.rows), told, nothing, quarter=span.name, count=len(drawn.rows), seed=drawn.seed)
    if drawn.rows and span.first > day:
        warn(Phrase("{quarter} begins only on {on}", quarter=span.name, on=span.first))
    if drawn.rows and span.last < desk.today:
        warn(Phrase("{quarter} ended on {on}: its callbacks are overdue", quarter=span.name, on=span.last))
    for share in drawn.shares:
        if share.is_short:
            warn(
                Phrase(
                    "{name} has {count} of {wanted}: {why}",
                    name=share.engineer,
                    count=share.drawn,
                    wanted=share.wanted,
                    why=_why(share, drawn.limits),
                )
            )


def _why(share: "Share", limits: "Limits") -> tuple[Phrase, ...]:
    """What keeps an engineer from having enough."""
    told = []
    if share.customers < share.wanted:
        told.append(
            Counted("{count} customer only", "{count} customers only", count=share.customers)
            if share.customers
            else Phrase("no customers")
        )
    if share.shared:
        told.append(
            Counted(
                "{count} is asked for a colleague this quarter",
                "{count} are asked for colleagues this quarter",
                count=share.shared,
            )
        )
    if share.yearly:
        told.append(
            Counted(
                "{count} was drawn {most} times this year already",
                "{count} were drawn {most} times this year already",
                count=share.yearly,
                most=limits.yearly_most,
            )
        )
    if share.struck:
        told.append(
            Counted(
                "{count} was struck out this quarter",
                "{count} were struck out this quarter",
                count=share.struck,
            )
        )
    return tuple(told)
