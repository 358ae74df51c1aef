"""The people of the company on the command line, and who at QC answers for which rule."""

from typing import Annotated

import typer

from svcq.commands.columns import HISTORY, ROLES
from svcq.commands.complete import people
from svcq.commands.kit import Lists, Shows, Writes, WritesOrPrints, date_option, example, group, text_option
from svcq.commands.shared import as_of, done, filters, given, listed, look, maybe_day, since
from svcq.desk import Desk
from svcq.errors import NotFound, Usage
from svcq.locale import N_, _, ngettext
from svcq.output.shape import Column, Listing, Row

app = group(_("The people of the company, and who at QC answers for which rule."))

STATES = {"active": N_("active"), "left": N_("left"), "void": N_("void")}
STAFF = Listing(
    "staff",
    N_("Staff"),
    (
        Column("name", N_("Name")),
        Column("role", N_("Role"), "code", codes=ROLES),
        Column("team", N_("Team"), drop=2),
        Column("region", N_("Region"), drop=1),
        Column("email", N_("E-mail"), drop=4),
        Column("phone", N_("Phone"), drop=5),
        Column("joined_on", N_("Joined"), "date", drop=6),
        Column("left_on", N_("Left"), "date", drop=7),
        Column("trained_on", N_("Trained"), "date", aside=True),
        Column("certified_on", N_("Certified"), "date", drop=8),
        Column("state", N_("State"), "code", codes=STATES, drop=3),
    ),
)
DUTIES = Listing(
    "duties",
    N_("Who at QC answers for which rule"),
    (
        Column("rule", N_("Rule")),
        Column("region", N_("Region")),
        Column("person", N_("Name")),
        Column("from", N_("From"), "date"),
    ),
    alarm="",
)
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
Joined = Annotated[Text, date_option("--joined", _("First day at the company."))]
Left = Annotated[Text, date_option("--left", _("Last day at the company."))]


def _values(desk: Desk, texts: dict[str, Text], joined: Text, left: Text) -> dict[str, object]:
    values: dict[str, object] = {k: None if v == "none" else v for k, v in given(texts).items()}
    for key, text, option in (("joined_on", joined, "--joined"), ("left_on", left, "--left")):
        if text is not None:
            values[key] = None if text == "none" else maybe_day(desk, text, option)
    return values


@app.command(
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
    joined: Joined = None,
    left: Left = None,
) -> None:
    from svcq.processes import staff

    desk: Desk = ctx.obj
    values = _values(desk, {"team": team, "region": region, "email": email, "phone": phone}, joined, left)
    with desk.work() as work:
        staff.add(work, name, list(role or ()), values)
    done(desk, True, _("{name} entered"), name=name)


@app.command(
    cls=Writes,
    help=_("Mend what is written about a person; the reason is kept. `none` empties a field."),
    epilog=example("staff edit 陈立 --left 2026-12-31 --reason 离职"),
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
    joined: Joined = None,
    left: Left = None,
) -> None:
    from svcq.processes import staff

    desk: Desk = ctx.obj
    values = _values(desk, {"team": team, "region": region, "email": email, "phone": phone}, joined, left)
    values |= given({"name": new_name})
    if not values and role is None:
        raise Usage("say what to change, e.g. --left 2026-12-31")
    if new_name is not None and new_name.strip() in ("", "none"):
        raise Usage("--name: a record keeps a name")
    desk.asked.values["note"] = reason
    with desk.work() as work:
        changed = staff.edit(work, name, values, list(role) if role else None)
    done(desk, changed, _("{name} mended"), name=name)


@app.command(
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


@app.command(
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
) -> None:
    from svcq.processes.assignments import hand_over

    desk: Desk = ctx.obj
    day = maybe_day(desk, from_, "--from")
    with desk.work() as work:
        changed = hand_over(work, role, name, to, day)
    text = ngettext(
        "{count} record goes from {name} to {to}", "{count} records go from {name} to {to}", changed
    )
    done(desk, bool(changed), text, count=changed, name=name, to=to)


@app.command(
    cls=WritesOrPrints,
    help=_("Who at QC answers for a rule, everywhere or in a region, from a day on."),
    epilog=example(
        "staff duty contract.call 茅洁", "staff duty contract.call 姚芳 --region 华南 --from 2027-01-01"
    ),
)
def duty(
    ctx: typer.Context,
    rule: Annotated[str | None, typer.Argument(metavar="RULE", help=_("Default: list the duties."))] = None,
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help=_("The person."), autocompletion=people)
    ] = None,
    region: Region = None,
    from_: Annotated[Text, date_option("--from", _("Default: since ever."))] = None,
) -> None:
    from svcq.store.read_people import duties

    desk: Desk = ctx.obj
    if rule is None:
        with desk.read() as reader:
            rows = [
                {**row, "from": since(row["from_on"]), "region": row["region"] or None}
                for row in duties(reader)
            ]
            listed(desk, reader, DUTIES, rows, empty=_("nobody at QC answers for any rule yet"))
        return
    if name is None:
        raise Usage("say who answers for {rule}: svcq staff duty {rule} NAME", rule=rule)
    from svcq.processes import staff
    from svcq.processes.holders import SINCE_EVER

    day = maybe_day(desk, from_, "--from") or SINCE_EVER
    with desk.work() as work:
        changed = staff.duty(work, rule, name, region or "", day)
    done(desk, changed, _("{name} answers for {rule}"), name=name, rule=rule)


@app.command("list", cls=Lists, help=_("Everybody."), epilog=example("staff list --role engineer"))
def list_(
    ctx: typer.Context,
    role: Annotated[str | None, typer.Option("--role", metavar="ROLE", help=_("Only this role."))] = None,
    team: Annotated[str | None, typer.Option("--team", metavar="NAME", help=_("Only this team."))] = None,
) -> None:
    from svcq.store.read_people import staff as found

    desk: Desk = ctx.obj
    if role is not None and role not in ROLES:
        raise Usage("{role} is no role; one of {roles}", role=repr(role), roles=", ".join(ROLES))
    with desk.read() as reader:
        rows = list(found(reader, as_of(desk), filters(desk, reader, role=role, team=team)))
        listed(desk, reader, STAFF, rows, empty=_("no staff"), summary=_total)


def _total(rows: list[Row]) -> str:
    return ngettext("{count} person", "{count} people", len(rows)).format(count=len(rows))


@app.command(
    cls=Shows,
    help=_("All about a person: data, what they owe, history."),
    epilog=example("staff show 陈立"),
)
def show(ctx: typer.Context, name: Name) -> None:
    from svcq.commands.columns import OBLIGATIONS
    from svcq.output.record import Section, emit_record
    from svcq.store.read_ledger import obligations
    from svcq.store.read_log import changes
    from svcq.store.read_people import staff as found

    desk: Desk = ctx.obj
    t = as_of(desk)
    desk.asked.values["person"] = name
    with desk.read() as reader:
        chosen = filters(desk, reader)
        row = next(iter(found(reader, t, chosen)), None)
        if row is None:
            raise NotFound("{name} is not among the staff{near}", name=name, near="")
        sections = [
            Section("obligations", OBLIGATIONS, list(obligations(reader, t, filters=chosen))),
            Section("history", HISTORY, list(changes(reader, {"number": row["name"]}))),
        ]
        emit_record(STAFF, row, sections, look(desk))
