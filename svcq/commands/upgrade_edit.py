"""四: mending what is written of an upgrade on the command line."""

from collections.abc import Mapping
from typing import Annotated

import typer

from svcq.commands.complete import customers, issues
from svcq.commands.kit import Mends, date_option, example, text_option
from svcq.commands.revisions import mending
from svcq.commands.shared import given, on_day
from svcq.commands.upgrade_told import Number, Reason, Text, tell
from svcq.desk import Desk
from svcq.errors import Usage
from svcq.locale import _

edits = typer.Typer()
"""Commands that the group of upgrades takes over."""
FLAGS: Mapping[str, bool | None] = {"yes": True, "no": False, "none": None}


@edits.command(
    cls=Mends,
    help=_(
        "Mend what is written about an upgrade; the reason is kept. `none` empties a date, text or answer. "
        "--force: also where a step would come to stand before others, which is a breach."
    ),
    epilog=example(
        "upgrade edit SJ-2026-007 --approved 2026-11-29 --reason '日期登记有误'",
        "upgrade edit SJ-2026-007 --surprises '打印服务需重启' --reason '补记'",
    ),
)
def edit(
    ctx: typer.Context,
    number: Number,
    reason: Reason,
    customer: Annotated[
        Text, typer.Option("--customer", metavar="NAME", help=_("The hospital."), autocompletion=customers)
    ] = None,
    applied: Annotated[Text, date_option("--applied", _("When it was applied for."))] = None,
    arranged: Annotated[Text, date_option("--arranged-on", _("When it was arranged."))] = None,
    planned: Annotated[Text, date_option("--planned", _("The planned day."))] = None,
    plan: Annotated[Text, date_option("--plan", _("When the plan was handed to QC."))] = None,
    registered: Annotated[Text, date_option("--registered", _("When it was registered."))] = None,
    discussed: Annotated[
        Text, date_option("--discussed", _("When it was discussed with the customer."))
    ] = None,
    tested: Annotated[Text, date_option("--tested", _("When it was tested."))] = None,
    no_environment: Annotated[Text, text_option("--no-environment", _("Why it cannot be tested."))] = None,
    approved: Annotated[Text, date_option("--approved", _("When the customer agreed."))] = None,
    done_: Annotated[Text, date_option("--done", _("When it was done."))] = None,
    version: Annotated[Text, text_option("--version", _("The version that the customer has now."))] = None,
    issues_solved: Annotated[
        list[str] | None,
        typer.Option(
            "--issues-solved",
            metavar="ISSUE",
            help=_("An issue that it solved, of all of them; may be said several times. It is not closed."),
            autocompletion=issues,
        ),
    ] = None,
    surprises: Annotated[Text, text_option("--surprises", _("What went otherwise than expected."))] = None,
    special: Annotated[Text, text_option("--special", _("What was changed for this customer alone."))] = None,
    brought_back: Annotated[
        Text,
        date_option("--brought-back", _("When the customer's database and front end were brought back.")),
    ] = None,
    leaving: Annotated[
        Text, date_option("--leaving", _("The day agreed for the upgrader to leave; may lie ahead."))
    ] = None,
    report: Annotated[Text, date_option("--report", _("When the report was filed."))] = None,
    mailed: Annotated[Text, date_option("--mailed", _("When its electronic copy was mailed."))] = None,
    called: Annotated[Text, date_option("--called", _("When the customer was called."))] = None,
    answer: Annotated[
        Text,
        typer.Option("--answer", metavar="yes|no|unclear|none", help=_("Whether it was a definite yes.")),
    ] = None,
    stable: Annotated[
        Text, typer.Option("--stable", metavar="yes|no|none", help=_("Whether it is stable."))
    ] = None,
    solved: Annotated[
        Text,
        typer.Option(
            "--solved",
            metavar="yes|no|none",
            help=_("Whether the problems after the upgrade are solved."),
        ),
    ] = None,
    arrangement: Annotated[
        Text,
        typer.Option(
            "--arranged",
            metavar="yes|no|none",
            help=_("Whether there is a definite arrangement for the others."),
        ),
    ] = None,
    informed: Annotated[Text, date_option("--informed", _("When the account manager was told."))] = None,
    second_called: Annotated[Text, date_option("--second-called", _("The day of the second call."))] = None,
    second_answer: Annotated[
        Text,
        typer.Option(
            "--second-answer",
            metavar="yes|no|unclear|none",
            help=_("Whether it was a definite yes at the second call."),
        ),
    ] = None,
    second_stable: Annotated[
        Text,
        typer.Option("--second-stable", metavar="yes|no|none", help=_("The same at the second call.")),
    ] = None,
    second_solved: Annotated[
        Text,
        typer.Option("--second-solved", metavar="yes|no|none", help=_("The same at the second call.")),
    ] = None,
    second_arrangement: Annotated[
        Text,
        typer.Option("--second-arranged", metavar="yes|no|none", help=_("The same at the second call.")),
    ] = None,
    second_informed: Annotated[
        Text, date_option("--second-informed", _("When the account manager was told of the second call."))
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help=_("Also where that breaks the order of the steps: a breach."))
    ] = False,
) -> None:
    from svcq.processes import upgrade, upgrade_edit

    desk: Desk = ctx.obj
    texts = {"no_test_reason": no_environment, "version": version, "surprises": surprises}
    texts |= {"customer": customer, "special_modifications": special}
    days = {"applied_on": applied, "arranged_on": arranged, "planned_on": planned, "plan_on": plan}
    days |= {"registered_on": registered, "discussed_on": discussed, "tested_on": tested}
    days |= {"approved_on": approved, "done_on": done_, "brought_back_on": brought_back, "left_on": leaving}
    days |= {"report_on": report, "mailed_on": mailed, "called_on": called, "informed_on": informed}
    days |= {"second_called_on": second_called, "second_informed_on": second_informed}
    flags = {"stable": stable, "solved": solved, "arranged": arrangement}
    flags |= {"second_stable": second_stable, "second_solved": second_solved}
    flags |= {"second_arranged": second_arrangement}
    values: dict[str, object] = {
        key: None if text == "none" else text.strip() or None for key, text in given(texts).items()
    }
    values |= {
        key: None if text == "none" else on_day(desk, text, OPTIONS.get(key, _option(key)))
        for key, text in given(days).items()
    }
    values |= {key: _yes(_option(key), text) for key, text in given(flags).items()}
    values |= {
        key: _answer(_option(key), text)
        for key, text in given({"answer": answer, "second_answer": second_answer}).items()
    }
    if issues_solved:
        values["issues_solved"] = [] if list(issues_solved) == ["none"] else list(issues_solved)
    if not values:
        raise Usage("say what to change, e.g. --approved 2026-09-02")
    if values.get("customer", "") is None:
        raise Usage("--customer: an upgrade keeps its customer")
    desk.asked.values["note"] = reason
    with mending(desk, "upgrade", number) as work:
        row = upgrade.living(work, number)
        came = upgrade_edit.edit(work, row, values, reason if force else None)
    tell(desk, came, _("upgrade {number} mended"))


OPTIONS = {"arranged_on": "--arranged-on", "left_on": "--leaving"}
"""Column -> the option that says it, where that is called otherwise."""


def _option(key: str) -> str:
    return "--" + key.removesuffix("_on").replace("_", "-")


def _yes(option: str, text: str) -> bool | None:
    if text not in FLAGS:
        raise Usage(
            "{option}: {text} is none of {answers}", option=option, text=repr(text), answers=", ".join(FLAGS)
        )
    return FLAGS[text]


def _answer(option: str, text: str) -> str | None:
    from svcq.rules.upgrade import ANSWERS

    if text != "none" and text not in ANSWERS:
        answers = ", ".join((*ANSWERS, "none"))
        raise Usage("{option}: {text} is none of {answers}", option=option, text=repr(text), answers=answers)
    return None if text == "none" else text
