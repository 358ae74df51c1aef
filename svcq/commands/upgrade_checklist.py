"""四.2: what an upgrader takes along: the hospital's open problems, and what earlier upgrades left to know."""

import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from svcq.commands.complete import customers, upgrades
from svcq.commands.kit import Shows, example
from svcq.commands.shared import as_of, filters, look
from svcq.commands.upgrade_columns import LEFT, OPEN, PREPARED, SURPRISES
from svcq.commands.upgrade_lists import found
from svcq.desk import Desk
from svcq.errors import NotFound, Usage
from svcq.locale import _, ngettext
from svcq.output.shape import Row

if TYPE_CHECKING:
    from svcq.output.record import Section
    from svcq.store.read import Reader

checklists = typer.Typer()
"""Commands that the group of upgrades takes over."""
Text = str | None


@checklists.command(
    cls=Shows,
    help=_(
        "What to take along to an upgrade: every open problem of the hospital, special modifications and "
        "surprises of its earlier upgrades; as a workbook, to be ticked off."
    ),
    epilog=example(
        "upgrade checklist SJ-2026-007",
        "upgrade checklist SJ-2026-007 -o 升级清单.xlsx",
        "upgrade checklist --customer 江州市中心医院",
    ),
)
def checklist(
    ctx: typer.Context,
    number: Annotated[
        Text,
        typer.Argument(metavar="NUMBER", help=_("The upgrade; or say --customer."), autocompletion=upgrades),
    ] = None,
    customer: Annotated[
        Text,
        typer.Option(
            "--customer",
            metavar="NAME",
            help=_("A hospital for which there is no upgrade yet."),
            autocompletion=customers,
        ),
    ] = None,
) -> None:
    from svcq.output.choose import format_of
    from svcq.output.record import Section, emit_record
    from svcq.output.terminal import talk
    from svcq.store.read_upgrade import left_by_earlier, open_issues

    desk: Desk = ctx.obj
    if (number is None) == (customer is None):
        raise Usage("say which upgrade, or --customer for one that is not applied for yet")
    t, asked = as_of(desk), look(desk)
    form = format_of(asked, sys.stdout)
    with desk.read() as reader:
        upgrade = None if number is None else _upgrade(reader, number, t)
        row = _prepared(desk, reader, upgrade, customer, t)
        left = left_by_earlier(reader, row["customer"], t, upgrade)
        sections = [
            Section("issues", OPEN, open_issues(reader, row["customer"], t)),
            Section("modifications", LEFT, left["modifications"]),
            Section("surprises", SURPRISES, left["surprises"]),
        ]
    if form == "xlsx" and not asked.columns:
        _write(desk, row, sections)
        return
    emit_record(PREPARED, row, sections, asked)
    if form == "table":
        talk(_summary(sections))


def _upgrade(reader: "Reader", number: str, t: date) -> dict[str, object]:
    from svcq.rules.matching import tidy_number

    return dict(found(reader, tidy_number(number), t))


def _prepared(
    desk: Desk, reader: "Reader", upgrade: dict[str, object] | None, customer: Text, t: date
) -> dict[str, object]:
    """The hospital, and the upgrade that is being prepared if there is one; NotFound for one that is not known."""
    from svcq.store.read_upgrade import hospital

    if upgrade is None:
        if reader.missing:
            raise NotFound("customer {name} is not known{near}", name=customer, near="")
        desk.asked.values["customer"] = customer
        name = filters(desk, reader)["customer"]
    else:
        name = upgrade["customer"]
    same = {key: upgrade[key] if upgrade else None for key in ("number", "upgrader", "planned_on")}
    return {"customer": name, **hospital(reader, name), **same, "day": t}


def _summary(sections: "Sequence[Section]") -> str:
    """How much there is of each part."""
    issues, modifications, surprises = (len(section.rows) for section in sections)
    return " · ".join(
        (
            ngettext("{count} open problem", "{count} open problems", issues).format(count=issues),
            ngettext("{count} special modification", "{count} special modifications", modifications).format(
                count=modifications
            ),
            ngettext("{count} surprise", "{count} surprises", surprises).format(count=surprises),
        )
    )


def _write(desk: Desk, row: Row, sections: "Sequence[Section]") -> None:
    """The workbook that is taken along, to the file or pipe that was asked for."""
    from svcq.commands.upgrade_checklist_book import pages
    from svcq.output.choose import file_of
    from svcq.output.page_book import write_pages
    from svcq.output.target import standard_binary
    from svcq.output.terminal import standard_output, talk

    made = pages(row, sections)
    if path := file_of(look(desk)):
        write_pages(path, made)
        talk(_("{file} written").format(file=path))
    else:
        with standard_binary(standard_output(None)) as pipe:
            write_pages(pipe, made)
