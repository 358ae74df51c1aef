"""三: an entry of the worklog on the command line: entering and mending it, and whose it is."""

from typing import Annotated

import typer

from svcq.commands.complete import customers, people
from svcq.commands.complete import issues as complete
from svcq.commands.exam_gate import Force, ForceReason
from svcq.commands.kit import Mends, Writes, date_option, example, text_option
from svcq.commands.revisions import mending
from svcq.commands.shared import done, forced, given, maybe_day, on_day
from svcq.desk import Desk
from svcq.errors import Usage
from svcq.locale import _

Text = str | None
records = typer.Typer()
"""Commands that the issue group takes over."""
Number = Annotated[str, typer.Argument(metavar="NUMBER", help=_("The issue."), autocompletion=complete)]
Reason = Annotated[str, text_option("--reason", _("Why."))]
System = Annotated[Text, text_option("--system", _("The system, e.g. HIS."))]
Module = Annotated[Text, text_option("--module", _("The module of it."))]
Description = Annotated[Text, text_option("--description", _("The problem at length."))]
ReportedBy = Annotated[Text, typer.Option("--reported-by", metavar="NAME", help=_("Who at the hospital."))]
PrioritySince = Annotated[Text, date_option("--priority-on", _("From when it has priority."))]


@records.command(
    cls=Writes,
    help=_("Enter a problem in the worklog: one entry for one problem of one hospital."),
    epilog=example(
        "issue add --customer 江州市中心医院 --title '门诊收费打印错位' --system HIS --module 门诊收费",
        "issue add WT-2026-031 --customer 江州市中心医院 --title '医保对账不平' --reported 2026-11-02 --engineer 李伟",
    ),
)
def add(
    ctx: typer.Context,
    customer: Annotated[
        str, typer.Option("--customer", metavar="NAME", help=_("The hospital."), autocompletion=customers)
    ],
    title: Annotated[str, text_option("--title", _("The problem in a few words."))],
    number: Annotated[
        str | None, typer.Argument(metavar="NUMBER", help=_("Default: the next number."))
    ] = None,
    system: System = None,
    module: Module = None,
    description: Description = None,
    engineer: Annotated[
        Text,
        typer.Option("--engineer", metavar="NAME", help=_("Default: the customer's."), autocompletion=people),
    ] = None,
    reported_by: ReportedBy = None,
    reported: Annotated[Text, date_option("--reported", _("When it was reported; default: today."))] = None,
    priority: Annotated[bool, typer.Option("--priority", help=_("It has priority."))] = False,
    priority_on: PrioritySince = None,
    force: Annotated[
        bool,
        typer.Option(
            "--force",
            help=_("Also a day after today, or, with --reason, who is new and has not passed the exam."),
        ),
    ] = False,
    reason: ForceReason = None,
) -> None:
    from svcq.processes import issue

    desk: Desk = ctx.obj
    values = given(
        {
            "title": _kept(title),
            "system": system,
            "module": module,
            "description": description,
            "reported_by": reported_by,
            "reported_on": maybe_day(desk, reported, "--reported"),
            "priority": True if priority or priority_on else None,
            "priority_on": maybe_day(desk, priority_on, "--priority-on"),
        }
    )
    if engineer is not None:
        forced(desk, force, reason)
    with desk.work() as work:
        name = issue.add(work, number, customer, values, engineer, force=force).number
    done(desk, True, _("issue {number} entered"), number=name)


def _kept(title: str) -> str:
    text = title.strip()
    if text in ("", "none"):
        raise Usage("--title: an issue keeps a title")
    return text


@records.command(
    cls=Mends,
    help=_("Mend what is written about an issue; the reason is kept. `none` empties a date or text."),
    epilog=example("issue edit WT-2026-031 --reported 2026-11-01 --reason '提出日期登记有误'"),
)
def edit(
    ctx: typer.Context,
    number: Number,
    reason: Reason,
    customer: Annotated[
        Text, typer.Option("--customer", metavar="NAME", help=_("The hospital."), autocompletion=customers)
    ] = None,
    title: Annotated[Text, text_option("--title", _("The problem in a few words."))] = None,
    system: System = None,
    module: Module = None,
    description: Description = None,
    reported_by: ReportedBy = None,
    reported: Annotated[Text, date_option("--reported", _("When it was reported."))] = None,
    priority: Annotated[
        Text, typer.Option("--priority", metavar="yes|no", help=_("Whether it has priority."))
    ] = None,
    priority_on: PrioritySince = None,
    request: Annotated[Text, text_option("--request", _("Number in the development tracker."))] = None,
    request_on: Annotated[
        Text, date_option("--request-on", _("When that number was noted; default: today."))
    ] = None,
    to_test: Annotated[Text, date_option("--to-test", _("When it went to the test department."))] = None,
    test_result: Annotated[Text, date_option("--test-result", _("When the test result came."))] = None,
    passed: Annotated[Text, date_option("--passed", _("When the engineer was told of it."))] = None,
    force: Annotated[bool, typer.Option("--force", help=_("Also a day after today."))] = False,
) -> None:
    from svcq.processes import issue

    desk: Desk = ctx.obj
    texts = given(
        {
            "customer": customer,
            "title": title if title is None else _kept(title),
            "system": system,
            "module": module,
            "description": description,
            "reported_by": reported_by,
            "request": request,
        }
    )
    days = {
        ("reported_on", "--reported"): reported,
        ("priority_on", "--priority-on"): priority_on,
        ("request_on", "--request-on"): request_on,
        ("tested_by_test_dept_on", "--to-test"): to_test,
        ("test_result_on", "--test-result"): test_result,
        ("passed_on", "--passed"): passed,
    }
    values: dict[str, object] = {key: None if text == "none" else text for key, text in texts.items()}
    for (key, option), text in days.items():
        if text is not None:
            empty = text == "none" and key != "reported_on"
            values[key] = None if empty else on_day(desk, text, option)
    if priority is not None:
        values["priority"] = _yes(priority)
    if not values:
        raise Usage("say what to change, e.g. --title '…'")
    desk.asked.values["note"] = reason
    with mending(desk, "issue", number) as work:
        changed = issue.edit(work, issue.living(work, number), values, force=force)
    done(desk, changed, _("issue {number} mended"), number=number)


def _yes(text: str) -> bool:
    known = {"yes": True, "no": False, "none": False}
    if text not in known:
        raise Usage("--priority: {text} is neither yes nor no", text=repr(text))
    return known[text]


@records.command(
    cls=Writes,
    help=_("Strike out a mistaken entry: its obligations end, it stays visible with the reason."),
    epilog=example("issue void WT-2026-031 --reason '重复登记'"),
)
def void(ctx: typer.Context, number: Number, reason: Reason) -> None:
    from svcq.processes import issue

    desk: Desk = ctx.obj
    with desk.work() as work:
        changed = issue.void(work, number, reason)
    done(desk, changed, _("issue {number} is void"), number=number)


@records.command(
    cls=Writes,
    help=_("Give an issue to another engineer from a day on."),
    epilog=example("issue assign WT-2026-031 --role engineer --to 王芳 --from 2026-12-01"),
)
def assign(
    ctx: typer.Context,
    number: Number,
    to: Annotated[
        str, typer.Option("--to", metavar="NAME", help=_("Who; `none` for nobody."), autocompletion=people)
    ],
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help=_("engineer."))] = "engineer",
    from_: Annotated[Text, date_option("--from", _("Default: today."))] = None,
    force: Force = False,
    reason: ForceReason = None,
) -> None:
    from svcq.processes import issue

    desk: Desk = ctx.obj
    names = [] if to == "none" else [to]
    day, force = maybe_day(desk, from_, "--from"), forced(desk, force, reason)
    with desk.work() as work:
        changed = issue.assign(work, number, role, names, day, force=force)
    who = "、".join(names) or "–"
    done(desk, changed, _("issue {number}: its engineer is {name}"), number=number, name=who)
