"""四.2: the workbook that an upgrader takes along: a sheet for each part, each line with a box to tick and room to write."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from svcq.locale import N_, _
from svcq.output.page import CellType, Grid, Head, Note, Page, Title
from svcq.output.shape import Column, Row
from svcq.output.values import human

if TYPE_CHECKING:
    from svcq.output.record import Section

BOX = "☐"
ISSUE = {
    "number": 18,
    "title": 34,
    "system": 9,
    "module": 12,
    "reported_on": 12,
    "engineer": 10,
    "close_due_on": 12,
    "state": 9,
    "last_step": 30,
}
LEFT = {"number": 18, "done_on": 12, "version": 14, "text": 72}
COLUMNS = {"issues": ISSUE, "modifications": LEFT, "surprises": LEFT}
"""What is printed of a part, and how wide."""
NAMES = {
    "issues": N_("Open problems"),
    "modifications": N_("Special modifications"),
    "surprises": N_("Surprises"),
}
ASKED = {
    "issues": N_("Solved"),
    "modifications": N_("Still there"),
    "surprises": N_("Prepared for"),
}
"""What is ticked off in a part."""
TICK, ROOM = 10, 26
"""Cells of the box to tick, and of the room to write."""


def pages(row: Row, sections: "Sequence[Section]") -> list[Page]:
    """A sheet for each part of the checklist of a hospital."""
    return [_page(row, section) for section in sections]


def _page(row: Row, section: "Section") -> Page:
    widths = COLUMNS[section.key]
    shown = {one.key: one for one in section.listing.columns}
    heads = (
        Head("tick", _(ASKED[section.key]), "code"),
        *(Head(key, _(shown[key].title), _type(shown[key])) for key in widths),
        Head("room", _("Note")),
    )
    rows = [[BOX, *(_cell(shown[key], one.get(key)) for key in widths), None] for one in section.rows]
    name = _(NAMES[section.key])
    told = _("nothing known") if not rows else ""
    return Page(
        section.key,
        name,
        (TICK, *widths.values(), ROOM),
        (
            Title(_("{part}: {customer}").format(part=name, customer=row["customer"])),
            Note(_about(row)),
            *([Note(told)] if told else []),
            Grid(section.key, heads, rows, filtered=True, repeated=True),
        ),
    )


def _about(row: Row) -> str:
    """The upgrade and the hospital in a line; what is not known is left out."""
    said = (
        (_("Upgrade"), row["number"]),
        (_("Planned"), row["planned_on"]),
        (_("Upgrader"), row["upgrader"]),
        (_("Present version"), row.get("version")),
        (_("Contact"), " ".join(str(row[key]) for key in ("contact", "phone") if row.get(key))),
        (_("As of"), row["day"]),
    )
    return "    ".join(_("{heading}: {text}").format(heading=head, text=text) for head, text in said if text)


def _type(column: Column) -> CellType:
    return "date" if column.type == "date" else "code" if column.type == "code" else "text"


def _cell(column: Column, value: object) -> object:
    return value if column.type == "date" else human(column)(value)
