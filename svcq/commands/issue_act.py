"""三: what happens to an issue on the command line: steps, closing, reopening, reminders, test results."""

import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from svcq.commands.complete import issues, people
from svcq.commands.issue_lists import print_issues
from svcq.commands.issue_record import Number, Reason, Text
from svcq.commands.kit import Writes, WritesOrLists, date_option, example, text_option
from svcq.commands.shared import done, given, maybe_day, on_day
from svcq.desk import Desk
from svcq.errors import Usage
from svcq.locale import _

if TYPE_CHECKING:
    from svcq.processes.issue_acts import Done

acts = typer.Typer()
"""Commands that the issue group takes over."""
On = Annotated[str, typer.Option("--on", metavar="DATE", help=_("The day it happened."))]
By = Annotated[Text, typer.Option("--by", metavar="NAME", help=_("Who did it; default: you."))]
Force = Annotated[bool, typer.Option("--force", help=_("Also a day after today."))]


def _say(desk: Desk, came: "Done", what: str) -> None:
    """Tell what was recorded and what follows from it, or that it was recorded already."""
    parts = [what]
    if came.reopened is not None:
        counts, did_not = _("the closing of {day} counts"), _("the closing of {day} did not count")
        parts.append((counts if came.counts else did_not).format(day=came.reopened.on))
        if (due_on := came.due("issue.close")) is not None:
            parts.append(_("to be closed by {day}").format(day=due_on))
    if (day := came.closes_on) is not None:
        ahead = day > desk.today
        parts.append(
            (_("it closes by itself on {day}") if ahead else _("it closed by itself on {day}")).format(
                day=day
            )
        )
    if (due_on := came.due("issue.follow_up")) is not None:
        parts.append(_("to be followed up by {day}").format(day=due_on))
    if (due_on := came.due("issue.request")) is not None:
        parts.append(_("the number of the request to be noted by {day}").format(day=due_on))
    if (due_on := came.due("issue.feedback")) is not None:
        parts.append(_("the test result to be passed to the engineer by {day}").format(day=due_on))
    already = _("that is recorded already: nothing to change")
    done(desk, came.changed, "{text}", already, text=_("; ").join(parts))


@acts.command(
    cls=Writes,
    help=_(
        "Record a piece of work on an issue; it is a work record too. `solved` closes it on the next day."
    ),
    epilog=example(
        "issue step WT-2026-031 --on today --by 李伟 --what '调整打印模板' --result solved",
        "issue step WT-2026-031 --on 2026-11-20 --by 李伟 --what '日志带回公司分析' --result to_check",
    ),
)
def step(
    ctx: typer.Context,
    number: Number,
    on: On,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help=_("Who did it."), autocompletion=people)],
    what: Annotated[str, text_option("--what", _("What was done."))],
    result: Annotated[
        Text,
        typer.Option(
            "--result",
            metavar="solved|watch|to_dev|to_check",
            help=_("What it came to: solved, to be watched, taken to development, taken to check."),
        ),
    ] = None,
    force: Force = False,
) -> None:
    from svcq.processes import issue_acts

    desk: Desk = ctx.obj
    day = on_day(desk, on)
    with desk.work() as work:
        came = issue_acts.step(work, number, day, by, what, result, force=force)
    plain, again = (
        _("issue {number}: step of {on} recorded"),
        _("issue {number}: open again by the step of {on}"),
    )
    _say(desk, came, (again if came.reopened else plain).format(number=came.number, on=day))


@acts.command(
    cls=Writes,
    help=_("Close an issue by hand; a reason is needed where the newest step left something open."),
    epilog=example("issue close WT-2026-031 --on today --reason '观察两周未再出现'"),
)
def close(
    ctx: typer.Context,
    number: Number,
    on: On,
    reason: Annotated[Text, text_option("--reason", _("Why it is closed."))] = None,
    by: By = None,
    force: Force = False,
) -> None:
    from svcq.processes import issue_acts

    desk: Desk = ctx.obj
    day = on_day(desk, on)
    if reason is None and sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty():
        reason = _asked(desk, number, day)
    with desk.work() as work:
        came = issue_acts.close(work, number, day, by or desk.actor, reason, force=force)
    _say(desk, came, _("issue {number} closed on {on}").format(number=came.number, on=day))


def _asked(desk: Desk, number: str, day: date) -> str | None:
    """The reason of a closing, asked for where it is needed and there is somebody to answer."""
    from svcq.rules.issue import OPEN_RESULTS
    from svcq.rules.matching import tidy_number
    from svcq.store.read_issue import issues as found

    with desk.read() as reader:
        row = next(iter(found(reader, day, filters={"number": tidy_number(number)})), None)
    if row is None or row["state"] not in ("open", "stale") or row["last_result"] not in OPEN_RESULTS:
        return None
    return str(typer.prompt(_("Why it is closed:"), prompt_suffix=" ", err=True))


@acts.command(
    cls=Writes,
    help=_("Open a closed issue again; its history stays. Soon after the closing that did not count."),
    epilog=example("issue reopen WT-2026-031 --on today --reason '问题再次出现'"),
)
def reopen(
    ctx: typer.Context, number: Number, on: On, reason: Reason, by: By = None, force: Force = False
) -> None:
    from svcq.processes import issue_acts

    desk: Desk = ctx.obj
    day = on_day(desk, on)
    with desk.work() as work:
        came = issue_acts.reopen(work, number, day, by or desk.actor, reason, force=force)
    _say(desk, came, _("issue {number} reopened on {on}").format(number=came.number, on=day))


@acts.command(
    cls=WritesOrLists,
    help=_("List the issues of which the engineer is to be reminded, or record that it was done."),
    epilog=example("issue urge --person 李伟", "issue urge WT-2026-031 --on today"),
)
def urge(
    ctx: typer.Context,
    number: Annotated[
        Text,
        typer.Argument(
            metavar="NUMBER", help=_("The issue; default: list those to be urged."), autocompletion=issues
        ),
    ] = None,
    on: Annotated[Text, date_option("--on", _("The day it happened."))] = None,
    by: By = None,
    force: Force = False,
) -> None:
    desk: Desk = ctx.obj
    day = maybe_day(desk, on, "--on")
    if number is None:
        if day is not None:
            raise Usage("--on: say which issue, or leave it away to list those to be urged")
        print_issues(desk, "urge", _("nobody is to be reminded"))
        return
    if day is None:
        raise Usage("--on: say on which day the engineer of issue {number} was reminded", number=number)
    from svcq.processes import issue_acts

    with desk.work() as work:
        came = issue_acts.urge(work, number, day, by or desk.actor, force=force)
    said = _("issue {number}: reminder of {on} recorded").format(number=came.number, on=day)
    _say(desk, came, said)


@acts.command(
    "test-result",
    cls=Writes,
    help=_("The result of the test department is there; say when the engineer was told of it."),
    epilog=example(
        "issue test-result WT-2026-031 --on 2026-11-20 --to-test 2026-11-12",
        "issue test-result WT-2026-031 --on 2026-11-20 --passed 2026-11-23",
    ),
)
def result_of_test(
    ctx: typer.Context,
    number: Number,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help=_("When the test result came."))],
    to_test: Annotated[Text, date_option("--to-test", _("When it went to the test department."))] = None,
    passed: Annotated[Text, date_option("--passed", _("When the engineer was told of it."))] = None,
    force: Force = False,
) -> None:
    from svcq.processes import issue_acts

    desk: Desk = ctx.obj
    day = on_day(desk, on)
    days = maybe_day(desk, to_test, "--to-test"), maybe_day(desk, passed, "--passed")
    with desk.work() as work:
        came = issue_acts.receive_result(work, number, day, *days, force=force)
    said = _("issue {number}: test result of {on} recorded").format(number=came.number, on=day)
    _say(desk, came, said)


@acts.command(
    cls=Writes,
    help=_("Strike out what was recorded of a day by mistake: a step, closing, reopening or reminder."),
    epilog=example("issue undo WT-2026-031 --step 2026-11-20 --reason '登记到了别的问题'"),
)
def undo(
    ctx: typer.Context,
    number: Number,
    reason: Reason,
    step: Annotated[Text, date_option("--step", _("The day of the step."))] = None,
    close: Annotated[Text, date_option("--close", _("The day of the closing by hand."))] = None,
    reopen: Annotated[Text, date_option("--reopen", _("The day of the reopening."))] = None,
    urge: Annotated[Text, date_option("--urge", _("The day of the reminder."))] = None,
    by: Annotated[Text, typer.Option("--by", metavar="NAME", help=_("Whose it is."))] = None,
    what: Annotated[Text, text_option("--what", _("The words of the step."))] = None,
) -> None:
    from svcq.processes import issue_undo

    desk: Desk = ctx.obj
    said = given({"step": step, "close": close, "reopen": reopen, "urge": urge})
    if len(said) != 1:
        raise Usage("say what to strike out: one of --step, --close, --reopen, --urge with its day")
    ((act, text),) = said.items()
    day = on_day(desk, text, f"--{act}")
    desk.asked.values["note"] = reason
    with desk.work() as work:
        changed = issue_undo.undo(work, number, act, day, by, what)
    done(desk, changed, _("issue {number}: struck out what was recorded of {on}"), number=number, on=day)
