"""三: development requests and plans on the command line."""

from typing import TYPE_CHECKING, Annotated

import typer

from svcq.commands.check_columns import PLANS
from svcq.commands.complete import issues, plans
from svcq.commands.kit import PrintsOfDay, Writes, date_option, example, group
from svcq.commands.shared import as_of, done, given, listed, maybe_day, on_day
from svcq.desk import Desk
from svcq.errors import NotFound, Usage
from svcq.locale import _

if TYPE_CHECKING:
    from svcq.output.machine import Writer
    from svcq.output.shape import Row

requests = typer.Typer()
"""Commands that the issue group takes over."""
plan = group(_("Development plans, to one of which every request belongs."))
requests.add_typer(plan, name="plan")
Text = str | None
Plan = Annotated[str, typer.Argument(metavar="NUMBER", help=_("The plan."), autocompletion=plans)]
Completion = Annotated[Text, date_option("--completion", _("When it is to be complete."))]
Release = Annotated[Text, date_option("--release", _("When it is to be released."))]


@plan.command(
    cls=Writes,
    help=_("Enter a plan."),
    epilog=example("issue plan add PLAN-2026-08 --completion 2026-12-20 --release 2026-12-31"),
)
def add(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help=_("The plan."))],
    completion: Completion = None,
    release: Release = None,
    inactive: Annotated[bool, typer.Option("--inactive", help=_("It is not active."))] = False,
) -> None:
    from svcq.processes import issue_plan

    desk: Desk = ctx.obj
    values = _values(desk, completion, release) | {"active": not inactive}
    with desk.work() as work:
        name = issue_plan.add(work, number, values).number
    done(desk, True, _("plan {number} entered"), number=name)


def _values(desk: Desk, completion: Text, release: Text) -> dict[str, object]:
    """The dates that were said; `none` empties one."""
    days = given({"completion": completion, "release": release})
    return {
        f"{name}_on": None if text == "none" else on_day(desk, text, f"--{name}")
        for name, text in days.items()
    }


@plan.command(
    cls=Writes,
    help=_("Mend a plan; the reason is kept. `none` empties a date."),
    epilog=example(
        "issue plan edit PLAN-2026-08 --release 2027-01-31 --reason 发布推迟",
        "issue plan edit PLAN-2026-08 --inactive --reason 已关闭",
    ),
)
def edit(
    ctx: typer.Context,
    number: Plan,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("Why."))],
    completion: Completion = None,
    release: Release = None,
    active: Annotated[bool, typer.Option("--active", help=_("It is active again."))] = False,
    inactive: Annotated[bool, typer.Option("--inactive", help=_("It is not active."))] = False,
) -> None:
    from svcq.processes import issue_plan

    desk: Desk = ctx.obj
    if active and inactive:
        raise Usage("--active and --inactive contradict each other: give one of them")
    values = _values(desk, completion, release)
    if active or inactive:
        values["active"] = active
    if not values:
        raise Usage("say what to change, e.g. --release 2027-01-31")
    desk.asked.values["note"] = reason
    with desk.work() as work:
        row = issue_plan.find(work, number)
        changed, name = issue_plan.edit(work, row, values), row.number
    done(desk, changed, _("plan {number} mended"), number=name)


@plan.command(
    "list",
    cls=PrintsOfDay,
    help=_("Every plan: active, inactive, or past its completion or release."),
    epilog=example("issue plan list", "issue plan list --as-of 2026-12-31"),
)
def list_(ctx: typer.Context) -> None:
    from svcq.store.read_plan import plans as found

    desk: Desk = ctx.obj
    with desk.read() as reader:
        rows: list[Row] = list(found(reader, as_of(desk)))
        listed(desk, reader, PLANS, rows, empty=_("no plans"))


@requests.command(
    cls=Writes,
    help=_(
        "Check a request to development against the norms, and with --number keep its number in the tracker."
        " Every norm that it does not meet is named."
    ),
    epilog=example(
        "issue request WT-0031 --template -o 需求.toml",
        "issue request WT-0031 --file 需求.toml",
        "issue request WT-0031 --file 需求.toml --number VSTS-10482 --on 2026-11-20",
    ),
)
def request(
    ctx: typer.Context,
    number: Annotated[
        Text, typer.Argument(metavar="NUMBER", help=_("The issue."), autocompletion=issues)
    ] = None,
    file: Annotated[Text, typer.Option("--file", metavar="FILE.toml", help=_("What is requested."))] = None,
    tracker: Annotated[
        Text, typer.Option("--number", metavar="NUMBER", help=_("The request's number in the tracker."))
    ] = None,
    on: Annotated[Text, date_option("--on", _("The day it was entered there; default: today."))] = None,
    template: Annotated[
        bool,
        typer.Option("--template", help=_("A commented file to fill in, with what is known of the issue.")),
    ] = False,
    output: Annotated[
        Text, typer.Option("--output", "-o", metavar="FILE", help=_("Write the template to a file."))
    ] = None,
) -> None:
    desk: Desk = ctx.obj
    if template:
        if file is not None or tracker is not None or on is not None:
            raise Usage("--template takes neither --file nor --number nor --on")
        _template(desk, number, output)
        return
    if output is not None:
        raise Usage("-o is for --template")
    if number is None:
        raise Usage("the argument {name} is missing", name="NUMBER")
    if file is None:
        raise Usage("the option {option} is missing", option="--file")
    from svcq.output.terminal import talk
    from svcq.processes import issue_request
    from svcq.sheets.request import load

    day = maybe_day(desk, on, "--on")
    said = load(file)
    if tracker is None:
        with desk.work() as work:
            name = issue_request.check(work, number, said, day).number
        talk(_("issue {number}: the request meets every norm; --number keeps its number").format(number=name))
        return
    with desk.work() as work:
        changed = issue_request.record(work, number, said, tracker, day)
    done(
        desk,
        changed,
        _("issue {number}: request {request} recorded"),
        _("that is recorded already: nothing to change"),
        number=number,
        request=tracker,
    )


def _template(desk: Desk, number: str | None, output: str | None) -> None:
    """Write the template, filled in with what is known of an issue, to a file or the standard output."""
    from svcq.output.emit import write_text
    from svcq.output.shape import Look
    from svcq.rules.matching import tidy_number
    from svcq.sheets.request import template

    known: dict[str, str] = {}
    if number is not None:
        sql = "select customer, title, system, module, description from v_issue where number = :number"
        with desk.read() as reader:
            row = reader.one(sql, {"number": tidy_number(number)})
        if row is None:
            raise NotFound("issue {number} is not known", number=tidy_number(number))
        known = {key: str(value) for key, value in row.items() if value is not None}
    text = template(**known)

    def write(to: "Writer") -> None:
        to.write(text)

    to_file = output not in (None, "-")
    if not (to_file and desk.dry_run):
        write_text(Look(output=output), None, "json", write)  # like JSON it is UTF-8 whatever the locale
    if to_file:
        done(desk, True, _("{file} written"), file=output)
