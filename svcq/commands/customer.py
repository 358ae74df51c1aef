"""The hospitals on the command line."""

from itertools import islice
from typing import Annotated

import typer

from svcq.commands.columns import HISTORY, ROLES
from svcq.commands.complete import customers, people
from svcq.commands.exam_gate import Force, ForceReason
from svcq.commands.kit import Lists, Mends, Shows, Writes, date_option, example, group, text_option
from svcq.commands.process_lists import enough
from svcq.commands.revisions import mending, revised
from svcq.commands.shared import as_of, done, filters, forced, given, listed, look, maybe_day
from svcq.desk import Desk
from svcq.errors import Usage
from svcq.locale import N_, _, ngettext
from svcq.output.shape import Column, Listing, Row

app = group(_("The hospitals."))

STATES = {"active": N_("active"), "void": N_("void")}
CUSTOMERS = Listing(
    "customers",
    N_("Customers"),
    (
        Column("code", N_("Code"), drop=3),
        Column("name", N_("Customer")),
        Column("level", N_("Level"), "number", drop=4),
        Column("region", N_("Region"), drop=1),
        Column("contact", N_("Contact"), drop=7),
        Column("phone", N_("Phone"), drop=6),
        Column("email", N_("E-mail"), drop=10),
        Column("engineer", N_("Engineers"), drop=2),
        Column("account_manager", N_("Account manager"), drop=5),
        Column("running_since", N_("Running since"), "date", drop=8),
        Column("version", N_("Version"), drop=9),
        Column("state", N_("State"), "code", codes=STATES, aside=True),
    ),
)
Name = Annotated[str, typer.Argument(metavar="NAME", help=_("The hospital."), autocompletion=customers)]
Reason = Annotated[str, text_option("--reason", _("Why."))]
Text = str | None
Code = Annotated[Text, text_option("--code", _("Its number at the company."))]
Level = Annotated[Text, typer.Option("--level", metavar="1|2|3", help=_("Level of the hospital."))]
Region = Annotated[Text, text_option("--region", _("Region."))]
Contact = Annotated[Text, text_option("--contact", _("Whom to call."))]
Phone = Annotated[Text, text_option("--phone", _("Telephone."))]
Email = Annotated[Text, text_option("--email", _("Address for mail."))]
Since = Annotated[Text, date_option("--running-since", _("When the system went into use."))]
Version = Annotated[Text, text_option("--version", _("Version of the program."))]


def _values(desk: Desk, texts: dict[str, Text], level: Text, since: Text) -> dict[str, object]:
    values: dict[str, object] = {k: None if v == "none" else v for k, v in given(texts).items()}
    if level is not None:
        if level not in ("1", "2", "3", "none"):
            raise Usage("--level: {text} is none of 1, 2, 3", text=repr(level))
        values["level"] = None if level == "none" else int(level)
    if since is not None:
        values["running_since"] = None if since == "none" else maybe_day(desk, since, "--running-since")
    return values


@app.command(
    cls=Writes,
    help=_("Enter a hospital."),
    epilog=example("customer add 江州市中心医院 --level 3 --region 华东 --engineer 李伟 --engineer 王芳"),
)
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("The hospital."))],
    code: Code = None,
    level: Level = None,
    region: Region = None,
    contact: Contact = None,
    phone: Phone = None,
    email: Email = None,
    engineer: Annotated[
        list[str] | None,
        typer.Option(
            "--engineer", metavar="NAME", help=_("Who serves it; repeatable."), autocompletion=people
        ),
    ] = None,
    account_manager: Annotated[
        Text,
        typer.Option("--account-manager", metavar="NAME", help=_("Account manager."), autocompletion=people),
    ] = None,
    running_since: Since = None,
    version: Version = None,
    force: Force = False,
    reason: ForceReason = None,
) -> None:
    from svcq.processes import customer

    desk: Desk = ctx.obj
    force = forced(desk, force, reason)
    texts = {"code": code, "region": region, "contact": contact, "phone": phone, "email": email}
    values = _values(desk, texts | {"version": version}, level, running_since)
    held = {"engineer": list(engineer or ()), "account_manager": [account_manager] if account_manager else []}
    with desk.work() as work:
        customer.add(work, name, values, held, force=force)
    done(desk, True, _("customer {name} entered"), name=name)


@app.command(
    cls=Mends,
    help=_("Mend what is written about a hospital; the reason is kept. `none` empties a field."),
    epilog=example("customer edit 江州市中心医院 --level 3 --reason 升级为三级"),
)
def edit(
    ctx: typer.Context,
    name: Name,
    reason: Reason,
    new_name: Annotated[Text, text_option("--name", _("A new name."))] = None,
    code: Code = None,
    level: Level = None,
    region: Region = None,
    contact: Contact = None,
    phone: Phone = None,
    email: Email = None,
    running_since: Since = None,
    version: Version = None,
) -> None:
    from svcq.processes import customer

    desk: Desk = ctx.obj
    texts = {"code": code, "region": region, "contact": contact, "phone": phone, "email": email}
    values = _values(desk, texts | {"version": version}, level, running_since) | given({"name": new_name})
    if not values:
        raise Usage("say what to change, e.g. --level 3")
    if new_name is not None and new_name.strip() in ("", "none"):
        raise Usage("--name: a record keeps a name")
    desk.asked.values["note"] = reason
    with mending(desk, "customer", name) as work:
        changed = customer.edit(work, name, values)
    done(desk, changed, _("customer {name} mended"), name=name)


@app.command(
    cls=Writes,
    help=_("Strike out a mistaken record; it stays visible with the reason."),
    epilog=example("customer void 江州市中心医院 --reason 重复登记"),
)
def void(ctx: typer.Context, name: Name, reason: Reason) -> None:
    from svcq.processes import customer

    desk: Desk = ctx.obj
    with desk.work() as work:
        changed = customer.void(work, name, reason)
    done(desk, changed, _("customer {name} is void"), name=name)


@app.command(
    cls=Writes,
    help=_("Give a role at a hospital to somebody else from a day on."),
    epilog=example("customer assign 江州市中心医院 --role engineer --to 李伟 --to 王芳 --from 2027-01-01"),
)
def assign(
    ctx: typer.Context,
    name: Name,
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help=_("engineer or account_manager."))],
    to: Annotated[
        list[str],
        typer.Option(
            "--to", metavar="NAME", help=_("Who; repeatable; `none` for nobody."), autocompletion=people
        ),
    ],
    from_: Annotated[Text, date_option("--from", _("Default: today."))] = None,
    force: Force = False,
    reason: ForceReason = None,
) -> None:
    from svcq.processes import customer

    desk: Desk = ctx.obj
    names = [] if list(to) == ["none"] else list(to)
    day, force = maybe_day(desk, from_, "--from"), forced(desk, force, reason)
    with desk.work() as work:
        changed = customer.assign(work, name, role, names, day, force=force)
    done(
        desk,
        changed,
        _("customer {name}: {role} is {names}"),
        name=name,
        role=_(ROLES[role]),
        names="、".join(names) or "–",
    )


@app.command("list", cls=Lists, help=_("Every hospital."), epilog=example("customer list --region 华东"))
def list_(ctx: typer.Context) -> None:
    from svcq.store.read_people import customers as found

    desk: Desk = ctx.obj
    with desk.read() as reader:
        rows = list(islice(found(reader, as_of(desk), filters(desk, reader)), enough(desk)))
        listed(desk, reader, CUSTOMERS, rows, empty=_("no customers"), summary=_total)


def _total(rows: list[Row]) -> str:
    return ngettext("{count} customer", "{count} customers", len(rows)).format(count=len(rows))


@app.command(
    cls=Shows,
    help=_("All about a hospital: data, contracts, what is owed, history."),
    epilog=example("customer show 江州市中心医院"),
)
def show(ctx: typer.Context, name: Name) -> None:
    from svcq.commands.columns import OBLIGATIONS
    from svcq.commands.contract_columns import CONTRACTS
    from svcq.output.record import Section, emit_record
    from svcq.store.read_contract import contracts
    from svcq.store.read_ledger import obligations
    from svcq.store.read_log import changes
    from svcq.store.read_people import customers as found

    desk: Desk = ctx.obj
    t = as_of(desk)
    desk.asked.values["customer"] = name
    with desk.read() as reader:
        chosen = filters(desk, reader)
        row = next(iter(found(reader, t, chosen)), None)
        if row is None:
            from svcq.errors import NotFound

            raise NotFound("customer {name} is not known{near}", name=name, near="")
        sections = [
            Section("contracts", CONTRACTS, list(contracts(reader, t, filters=chosen))),
            Section("obligations", OBLIGATIONS, list(obligations(reader, t, filters=chosen))),
            Section("history", HISTORY, list(changes(reader, {"number": row["name"]}))),
        ]
        emit_record(*revised(reader, "customer", CUSTOMERS, row), sections, look(desk))
