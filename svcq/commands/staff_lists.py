"""The people of the company on the command line: what they look like on any day, and who answers for which rule."""

from typing import Annotated

import typer

from svcq.commands.columns import HISTORY, ROLES
from svcq.commands.complete import people
from svcq.commands.kit import Lists, Shows, WritesOrPrints, date_option, example
from svcq.commands.revisions import revised
from svcq.commands.shared import as_of, done, filters, listed, look, maybe_day, since
from svcq.commands.staff_columns import DUTIES, EXAMS, LEAVES, STAFF, UNITS
from svcq.commands.staff_record import Name, Region, Text
from svcq.desk import Desk
from svcq.errors import NotFound, Usage
from svcq.locale import _, ngettext
from svcq.output.shape import Row

listings = typer.Typer()
"""Commands that the staff group takes over."""


@listings.command(
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


@listings.command("list", cls=Lists, help=_("Everybody."), epilog=example("staff list --role engineer"))
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


@listings.command(
    cls=Shows,
    help=_("All about a person: data, what they owe, moves, exams, leave, history."),
    epilog=example("staff show 陈立"),
)
def show(ctx: typer.Context, name: Name) -> None:
    from svcq.commands.columns import OBLIGATIONS
    from svcq.output.record import Section, emit_record
    from svcq.store.read_ledger import obligations
    from svcq.store.read_log import changes
    from svcq.store.read_people import staff as found
    from svcq.store.read_staff import exams, leaves, units

    desk: Desk = ctx.obj
    t = as_of(desk)
    desk.asked.values["person"] = name
    with desk.read() as reader:
        chosen = filters(desk, reader)
        row = next(iter(found(reader, t, chosen)), None)
        if row is None:
            raise NotFound("{name} is not among the staff{near}", name=name, near="")
        about = {"process": "staff", "number": row["name"]}
        owed = [
            *obligations(reader, t, states=None, filters=about),
            *(
                one
                for one in obligations(reader, t, filters=chosen)
                if (one["process"], one["number"]) != tuple(about.values())
            ),
        ]
        where = [{**one, "from": since(one["from_on"])} for one in units(reader, str(row["name"]), t)]
        sections = [
            Section("obligations", OBLIGATIONS, owed),
            Section("units", UNITS, where if len(where) > 1 else []),
            Section("exams", EXAMS, exams(reader, str(row["name"]), t)),
            Section("leave", LEAVES, list(leaves(reader, str(row["name"]), t if t < desk.today else None))),
            Section("history", HISTORY, list(changes(reader, {"number": row["name"]}))),
        ]
        emit_record(*revised(reader, "staff", STAFF, row), sections, look(desk))
