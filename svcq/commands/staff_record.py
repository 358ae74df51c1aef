"""A person's record on the command line: entering and mending it, and handing over what somebody holds."""

from datetime import date
from typing import Annotated

import typer

from svcq.commands.columns import ROLES
from svcq.commands.complete import people
from svcq.commands.exam_gate import Force, ForceReason
from svcq.commands.kit import Mends, Writes, date_option, example, text_option
from svcq.commands.revisions import mending
from svcq.commands.shared import done, forced, given, maybe_day, on_day
from svcq.desk import Desk
from svcq.errors import Usage
from svcq.locale import _, ngettext

records = typer.Typer()
"""Commands that the staff group takes over."""
Name = Annotated[str, typer.Argument(metavar="NAME", help=_("The person."), autocompletion=people)]
Reason = Annotated[str, text_option("--reason", _("Why."))]
Text = str | None
Roles = Annotated[
    list[str] | None,
    typer.Option(
        "--role", metavar="ROLE", help=_("A role; repeatable: {roles}.").format(roles=", ".join(ROLES))
    ),
]
Team = Annotated[Text, text_option("--team", _("Team."))]
Region = Annotated[Text, text_option("--region", _("Region."))]
Email = Annotated[Text, text_option("--email", _("Address for mail."))]
Phone = Annotated[Text, text_option("--phone", _("Telephone."))]
Language = Annotated[
    Text,
    typer.Option(
        "--language", metavar="zh|en", help=_("Of the mails to this person; default: the company's.")
    ),
]
Joined = Annotated[Text, date_option("--joined", _("First day at the company."))]
Left = Annotated[Text, date_option("--left", _("Last day at the company."))]
Trained = Annotated[Text, date_option("--trained", _("When the training was held."))]
Certified = Annotated[Text, date_option("--certified", _("When the exam was passed."))]


def _values(desk: Desk, texts: dict[str, Text], days: dict[str, Text]) -> dict[str, object]:
    """The columns that were said: texts by column, days by the name of their option; `none` empties."""
    values: dict[str, object] = {k: None if v == "none" else v for k, v in given(texts).items()}
    if values.get("language") not in (None, "zh", "en"):
        raise Usage("--language: {text} is no language svcq speaks; zh or en", text=repr(values["language"]))
    for name, text in given(days).items():
        values[f"{name}_on"] = None if text == "none" else maybe_day(desk, text, f"--{name}")
    return values


@records.command(
    cls=Writes,
    help=_("Enter a person."),
    epilog=example("staff add 陈立 --role salesperson --region 华东 --email chenli@example.com"),
)
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("The person."))],
    role: Roles = None,
    team: Team = None,
    region: Region = None,
    email: Email = None,
    phone: Phone = None,
    language: Language = None,
    joined: Joined = None,
    left: Left = None,
    trained: Trained = None,
    certified: Certified = None,
) -> None:
    from svcq.processes import staff

    desk: Desk = ctx.obj
    days = {"joined": joined, "left": left, "trained": trained, "certified": certified}
    texts = {"team": team, "region": region, "email": email, "phone": phone, "language": language}
    values = _values(desk, texts, days)
    with desk.work() as work:
        staff.add(work, name, list(role or ()), values)
    done(desk, True, _("{name} entered"), name=name)


@records.command(
    cls=Mends,
    help=_("Mend what is written about a person; the reason is kept. `none` empties a field."),
    epilog=example(
        "staff edit 陈立 --left 2026-12-31 --reason 离职",
        "staff edit 陈立 --team 华北销售部 --region 华北 --from 2026-11-01 --reason 调动",
    ),
)
def edit(
    ctx: typer.Context,
    name: Name,
    reason: Reason,
    new_name: Annotated[Text, text_option("--name", _("A new name."))] = None,
    role: Roles = None,
    team: Team = None,
    region: Region = None,
    email: Email = None,
    phone: Phone = None,
    language: Language = None,
    joined: Joined = None,
    left: Left = None,
    trained: Trained = None,
    certified: Certified = None,
    from_: Annotated[
        Text, date_option("--from", _("Since when in that team or region; default: today."))
    ] = None,
    always: Annotated[
        bool,
        typer.Option("--always", help=_("In that team or region from the beginning, up to the next move.")),
    ] = False,
) -> None:
    from svcq.processes import staff

    desk: Desk = ctx.obj
    days = {"joined": joined, "left": left, "trained": trained, "certified": certified}
    texts = {"team": team, "region": region, "email": email, "phone": phone, "language": language}
    values = _values(desk, texts, days)
    since = _since(desk, from_, always, moved=team is not None or region is not None)
    values |= given({"name": new_name})
    if not values and role is None:
        raise Usage("say what to change, e.g. --left 2026-12-31")
    if new_name is not None and new_name.strip() in ("", "none"):
        raise Usage("--name: a record keeps a name")
    desk.asked.values["note"] = reason
    with mending(desk, "staff", name) as work:
        changed = staff.edit(work, name, values, list(role) if role else None, from_on=since)
    done(desk, changed, _("{name} mended"), name=name)


def _since(desk: Desk, from_: Text, always: bool, *, moved: bool) -> date | None:
    """From when on a person is in another team or region; None: from today."""
    from svcq.processes.holders import SINCE_EVER

    if from_ is None and not always:
        return None
    if not moved:
        raise Usage("--from and --always say since when --team or --region holds: name one of these")
    if from_ is not None and always:
        raise Usage("--from and --always contradict each other: give one of them")
    return SINCE_EVER if always else on_day(desk, str(from_), "--from")


@records.command(
    cls=Writes,
    help=_("Strike out a mistaken record; it stays visible with the reason."),
    epilog=example("staff void 陈力 --reason 姓名登记错误"),
)
def void(ctx: typer.Context, name: Name, reason: Reason) -> None:
    from svcq.processes import staff

    desk: Desk = ctx.obj
    with desk.work() as work:
        changed = staff.void(work, name, reason)
    done(desk, changed, _("{name} is void"), name=name)


@records.command(
    cls=Writes,
    help=_("Give everything that a person holds in a role to somebody else from a day on."),
    epilog=example("staff assign 陈立 --role salesperson --to 王敏 --from 2027-01-01"),
)
def assign(
    ctx: typer.Context,
    name: Name,
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help=_("Which role."))],
    to: Annotated[str, typer.Option("--to", metavar="NAME", help=_("Who."), autocompletion=people)],
    from_: Annotated[Text, date_option("--from", _("Default: today."))] = None,
    force: Force = False,
    reason: ForceReason = None,
) -> None:
    from svcq.processes.assignments import hand_over

    desk: Desk = ctx.obj
    day, force = maybe_day(desk, from_, "--from"), forced(desk, force, reason)
    with desk.work() as work:
        changed = hand_over(work, role, name, to, day, force=force)
    text = ngettext(
        "{count} record goes from {name} to {to}", "{count} records go from {name} to {to}", changed
    )
    done(desk, bool(changed), text, count=changed, name=name, to=to)
