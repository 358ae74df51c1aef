"""六: satisfaction callbacks on the command line: what was answered, and who was not reached."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from svcq.commands.callback_lists import listings
from svcq.commands.callback_marks import mark
from svcq.commands.callback_record import Number, Text, records
from svcq.commands.callback_sample import samples
from svcq.commands.callback_summary import summaries
from svcq.commands.complete import people
from svcq.commands.kit import Writes, date_option, example, group, text_option
from svcq.commands.shared import done, on_day, warn, words
from svcq.desk import Desk
from svcq.errors import Phrase, Usage
from svcq.locale import _

if TYPE_CHECKING:
    from svcq.processes.callback import Answer

app = group(_("Satisfaction callbacks: the quarter's sample, answers, summary."))
app.add_typer(samples)
app.add_typer(records)
app.add_typer(listings)
app.add_typer(summaries)
NOBODY = "--unreachable"


class Answers(Writes):
    """A command that needs both marks, unless nobody was reached."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """Ask for the marks that are missing, as for everything that is needed."""
        for param in self.params:
            if param.name in ("service", "attitude"):
                param.required = NOBODY not in args
        return super().parse_args(ctx, args)


@app.command(
    cls=Answers,
    help=_("What the hospital's IT department answered; or that nobody was reached."),
    epilog=example(
        "callback record 2026Q4-李伟-江州市中心医院 --on today --service 5 --attitude 4",
        "callback record 2026Q4-李伟-江州市中心医院 --on today --service 3 --attitude 4 --unsolved '报表打印慢' --issue",
        "callback record 2026Q4-李伟-江州市中心医院 --on today --unreachable",
    ),
)
def record(
    ctx: typer.Context,
    number: Number,
    on: Annotated[str, date_option("--on", _("The day of the call."))],
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
        bool, typer.Option("--issue", help=_("Enter what is unsolved in the worklog at once."))
    ] = False,
    title: Annotated[
        Text, text_option("--title", _("Title of that issue; default: the beginning of the text."))
    ] = None,
    system: Annotated[Text, text_option("--system", _("System of that issue, e.g. HIS."))] = None,
    unreachable: Annotated[bool, typer.Option(NOBODY, help=_("Nobody was reached: one more try."))] = False,
    by: Annotated[
        Text,
        typer.Option("--by", metavar="NAME", help=_("Who tried; default: you."), autocompletion=people),
    ] = None,
) -> None:
    from svcq.processes import callback

    desk: Desk = ctx.obj
    said = {"--service": service, "--attitude": attitude, "--advice": advice, "--unsolved": unsolved}
    if unreachable:
        told = [option for option in said if said[option] is not None] + ["--issue"] * issue
        if told:
            raise Usage("{option} cannot stand with {other}", option=told[0], other=NOBODY)
        _not_reached(desk, number, on, by)
        return
    if by is not None:
        raise Usage("{option} belongs to {other}", option="--by", other=NOBODY)
    if not issue and (title is not None or system is not None):
        raise Usage(
            "{option} belongs to {other}",
            option="--title" if title is not None else "--system",
            other="--issue",
        )
    answer = callback.Answer(
        on_day(desk, on),
        mark(service, "--service"),
        mark(attitude, "--attitude"),
        words(advice),
        words(unsolved),
    )
    _answered(desk, number, answer, issue, words(title), words(system))


def _answered(desk: Desk, number: str, answer: "Answer", issue: bool, title: Text, system: Text) -> None:
    from svcq.output.terminal import talk
    from svcq.processes import callback, callback_issue

    raised = None
    with desk.work() as work:
        changed = callback.answer(work, number, answer)
        name = callback.find(work, number).number
        if issue:
            raised = callback_issue.raise_issue(work, name, title=title, system=system)
    if changed or raised is None:
        told = _("callback {number}: answers of {on} recorded")
        already = _("that is recorded already: nothing to change")
        done(desk, changed, told, already, number=name, on=answer.on)
    if raised is None:
        return
    if not raised.is_new:
        talk(_("issue {number} is that very problem").format(number=raised.number))
        return
    done(desk, True, _("issue {number} entered"), number=raised.number)
    if raised.engineer is None:
        warn(Phrase("the customer's engineer has it: that of the callback cannot be assigned an issue"))


def _not_reached(desk: Desk, number: str, on: str, by: Text) -> None:
    from svcq.processes import callback

    day = on_day(desk, on)
    note = desk.asked.values.get("note")
    with desk.work() as work:
        tried = callback.unreachable(work, number, day, by or desk.actor, str(note) if note else None)
        name = callback.find(work, number).number
    told = (
        _("callback {number}: try {count} of {enough} recorded")
        if tried.count < tried.enough
        else _("callback {number}: try {count} recorded; the customer counts as unreachable")
    )
    done(desk, True, told, number=name, count=tried.count, enough=tried.enough)
