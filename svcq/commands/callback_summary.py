"""六: what the answers of callbacks came to, by engineer, region or quarter, and how that changed."""

from typing import Annotated, Any

import typer

from svcq.commands.callback_columns import SUMMARIES
from svcq.commands.kit import Lists, example
from svcq.commands.score_periods import quarter as quarter_named
from svcq.commands.shared import as_of, filters, listed
from svcq.desk import Desk
from svcq.errors import Usage
from svcq.locale import _, ngettext
from svcq.output.shape import Row
from svcq.rules.periods import Span, quarter_before, quarter_of

summaries = typer.Typer()
"""Commands that the group of callbacks takes over."""
Quarter = str | None


def _quarter(option: str, help: str) -> Any:  # noqa: ANN401 - as typer's own Option
    return typer.Option(option, metavar="QUARTER", help=help)


@summaries.command(
    cls=Lists,
    help=_(
        "How satisfied the customers were, from 0 to 100, and how that changed; --person is the engineer, regions"
        " are the customers'."
    ),
    epilog=example(
        "callback summary --quarter 2026Q3",
        "callback summary --by region --from 2026Q1 --until 2026Q4",
        "callback summary --by quarter --person 李伟",
    ),
)
def summary(
    ctx: typer.Context,
    by: Annotated[
        str, typer.Option("--by", metavar="|".join(SUMMARIES), help=_("A row for each of these."))
    ] = "engineer",
    quarter: Annotated[
        Quarter,
        _quarter("--quarter", _("Only this quarter; default: the present one, --by quarter: all.")),
    ] = None,
    from_: Annotated[Quarter, _quarter("--from", _("From this quarter on."))] = None,
    until: Annotated[Quarter, _quarter("--until", _("Up to this quarter."))] = None,
) -> None:
    from svcq.store.read_callback import summary as found

    if by not in SUMMARIES:
        raise Usage("--by: {text} is none of {known}", text=repr(by), known=", ".join(SUMMARIES))
    desk: Desk = ctx.obj
    t = as_of(desk)
    first, last = _span(quarter, from_, until)
    if first is None and last is None and by != "quarter":
        first = last = quarter_of(t)
    with desk.read() as reader:
        rows = found(
            reader,
            t,
            by,
            first.name if first else None,
            last.name if last else None,
            before=quarter_before(first).name if first else None,
            filters=filters(desk, reader),
        )
        listed(desk, reader, SUMMARIES[by], rows, empty=_("no callbacks"), summary=_total)


def _span(quarter: Quarter, from_: Quarter, until: Quarter) -> tuple[Span | None, Span | None]:
    """The first and last quarter that are asked for; None: not said."""
    if quarter is not None:
        if from_ is not None or until is not None:
            raise Usage("say either --quarter, or --from and --until")
        one = quarter_named(quarter, "--quarter")
        return one, one
    first = quarter_named(from_, "--from") if from_ is not None else None
    last = quarter_named(until, "--until") if until is not None else None
    if first and last and last.first < first.first:
        raise Usage("--until {until} is before --from {start}", until=last.name, start=first.name)
    return first, last


def _total(rows: list[Row]) -> str:
    """How many were to be asked, and how many answered."""
    asked, answered = (sum(int(str(row[key])) for row in rows) for key in ("asked", "answered"))
    total = ngettext("{count} callback", "{count} callbacks", asked).format(count=asked)
    return f"{total} · " + _("{count} answered").format(count=answered)
