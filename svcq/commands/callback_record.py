"""六: the record of a callback on the command line: mending it and striking it out."""

from typing import Annotated

import typer

from svcq.commands.callback_marks import mark
from svcq.commands.complete import callbacks as complete
from svcq.commands.complete import issues
from svcq.commands.kit import Mends, Writes, date_option, example, text_option
from svcq.commands.revisions import mending
from svcq.commands.shared import done, given, on_day
from svcq.desk import Desk
from svcq.errors import Usage
from svcq.locale import _

Text = str | None
records = typer.Typer()
"""Commands that the group of callbacks takes over."""
Number = Annotated[str, typer.Argument(metavar="NUMBER", help=_("The callback."), autocompletion=complete)]
Reason = Annotated[str, text_option("--reason", _("Why."))]


@records.command(
    cls=Mends,
    help=_("Mend what is written about a callback; the reason is kept. `none` empties a date, mark or text."),
    epilog=example(
        "callback edit 2026Q4-李伟-江州市中心医院 --service 4 --reason '登记有误'",
        "callback edit 2026Q4-李伟-江州市中心医院 --no-try 2026-11-20 --reason '拨错号码'",
    ),
)
def edit(
    ctx: typer.Context,
    number: Number,
    reason: Reason,
    on: Annotated[Text, date_option("--on", _("The day of the call."))] = None,
    service: Annotated[
        Text,
        typer.Option("--service", metavar="1..5", help=_("How satisfied with the service lately, 1 to 5.")),
    ] = None,
    attitude: Annotated[
        Text,
        typer.Option(
            "--attitude", metavar="1..5", help=_("How satisfied with the engineer's attitude, 1 to 5.")
        ),
    ] = None,
    advice: Annotated[Text, text_option("--advice", _("What the hospital advises."))] = None,
    unsolved: Annotated[Text, text_option("--unsolved", _("What is still unsolved."))] = None,
    issue: Annotated[
        Text,
        typer.Option("--issue", metavar="NUMBER", help=_("The issue that it became."), autocompletion=issues),
    ] = None,
    drawn: Annotated[Text, date_option("--drawn", _("When the customer was drawn."))] = None,
    no_try: Annotated[
        Text, date_option("--no-try", _("Take back the last try of that day, which was none."))
    ] = None,
) -> None:
    from svcq.processes import callback

    desk: Desk = ctx.obj
    texts = given({"advice": advice, "unsolved": unsolved, "issue": issue})
    values: dict[str, object] = {
        key: None if text.strip() in ("", "none") else text.strip() for key, text in texts.items()
    }
    for key, text in given({"service": service, "attitude": attitude}).items():
        values[key] = None if text == "none" else mark(text, f"--{key}")
    for (key, option), text in {("asked_on", "--on"): on, ("drawn_on", "--drawn"): drawn}.items():
        if text is not None:
            values[key] = None if text == "none" else on_day(desk, text, option)
    if not values and no_try is None:
        raise Usage("say what to change, e.g. --service 4")
    back = on_day(desk, no_try, "--no-try") if no_try is not None else None
    desk.asked.values["note"] = reason
    with mending(desk, "callback", number) as work:
        found = callback.living(work, number)
        name = found.number
        if back is not None:
            callback.take_back(work, name, back)
        changed = (callback.edit(work, found, values) if values else False) or back is not None
    done(desk, changed, _("callback {number} mended"), number=name)


@records.command(
    cls=Writes,
    help=_("Strike out a mistaken callback: its obligations end, it stays visible with the reason."),
    epilog=example("callback void 2026Q4-李伟-江州市中心医院 --reason '医院已撤并'"),
)
def void(ctx: typer.Context, number: Number, reason: Reason) -> None:
    from svcq.processes import callback

    desk: Desk = ctx.obj
    with desk.work() as work:
        name = callback.find(work, number).number
        changed = callback.void(work, name, reason)
    done(desk, changed, _("callback {number} is void"), number=name)
