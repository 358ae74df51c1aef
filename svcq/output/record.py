"""One record out: `label: value` lines and small tables for people, one object for machines."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TextIO

from svcq.locale import N_, _
from svcq.output import terminal
from svcq.output.choose import checked, file_of, format_of
from svcq.output.emit import row_writer, write_lines, write_text, write_workbook
from svcq.output.machine import Writer, as_object, write_json_object
from svcq.output.shape import Column, Listing, Look, Row
from svcq.output.values import human, machine, written

DROPPED = N_("not shown at this width: {columns}; -f json shows them")


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that belong to a record: `key` is their name in JSON (`history`), the title that for people."""

    key: str
    listing: Listing
    rows: Sequence[Row]


def emit_record(
    listing: Listing,
    row: Row,
    sections: Sequence[Section],
    look: Look,
    *,
    stdout: TextIO | None = None,
    stderr: TextIO | None = None,
    width: int | None = None,
) -> None:
    """Write `row`, a record of `listing`, with its sections as `look` says.

    json and jsonl: one object, each section an array under its key; xlsx: a sheet each; md: a table each;
    csv and tsv: the lines `field, value` of the record alone, which stderr then says. `--columns` names keys
    of the record and of its sections; `--limit` does not apply. Usage as for `emit`.
    """
    out = stdout if file_of(look) else terminal.standard_output(stdout)
    form = format_of(look, out)
    columns = listing.columns
    if look.columns:
        known = {column.key: column for column in columns}
        names = checked(look.columns, [*known, *(s.key for s in sections if s.key not in known)])
        sections = [section for section in sections if section.key in names]
        columns = tuple(known[name] for name in names if name in known)
    nested = {section.key for section in sections}
    columns = tuple(column for column in columns if column.key not in nested)
    if form in ("json", "jsonl"):
        value = as_object(columns, row)
        value |= {s.key: [as_object(s.listing.columns, one) for one in s.rows] for s in sections}
        write_text(look, out, form, lambda to: write_json_object(to, value, flat=form == "jsonl"))
        return
    if form == "table":
        write_lines(
            look, out, width, lambda room, colour: _lines(listing, columns, row, sections, room, colour)
        )
        return
    if form == "xlsx":
        fields = replace(listing, columns=PEOPLE, alarm="")
        sheets = [(fields, PEOPLE, _pairs(columns, row, people=True))]
        write_workbook([*sheets, *((s.listing, _listed(s.listing), s.rows) for s in sections)], look, out)
        return
    write_text(look, out, form, lambda to: _write_pairs(to, form, columns, row, sections))
    if form != "md" and (left := [section.key for section in sections if section.rows]):
        terminal.talk(
            _("not in this format: {sections}; -f json has them").format(sections=", ".join(left)), stderr
        )


PEOPLE = (Column("field", N_("Field")), Column("value", N_("Value")))
"""The columns of a record written as lines."""


def _listed(listing: Listing) -> tuple[Column, ...]:
    return tuple(column for column in listing.columns if not column.aside)


def _pairs(columns: Iterable[Column], row: Row, *, people: bool) -> Iterator[Row]:
    for column in columns:
        value = row.get(column.key)
        if people:
            yield {"field": _(column.title), "value": human(column)(value)}
        else:
            yield {"field": column.key, "value": written(machine(column)(value))}


def _write_pairs(
    to: Writer, form: str, columns: Sequence[Column], row: Row, sections: Sequence[Section]
) -> None:
    people = form == "md"
    write = row_writer(form)
    write(to, PEOPLE, _pairs(columns, row, people=people))
    for section in sections if people else ():
        if section.rows:
            to.write(f"\n## {_(section.listing.title)}\n\n")
            write(to, _listed(section.listing), section.rows)


def _lines(
    listing: Listing,
    columns: Sequence[Column],
    row: Row,
    sections: Sequence[Section],
    room: int | None,
    colour: bool,
) -> Iterator[str]:
    from svcq.output.stack import stacked
    from svcq.output.table import PAINTS, dropped_lines, table_lines

    paint = PAINTS.get(str(row.get(listing.alarm)), "") if colour else ""
    yield from stacked(
        [
            (
                _(column.title),
                human(column)(row.get(column.key)),
                paint if column.key == listing.alarm else "",
            )
            for column in columns
            if not column.aside
        ],
        room,
    )
    for section in sections:
        if not section.rows:
            continue
        yield ""
        yield terminal.painted(_(section.listing.title), terminal.HEADER if colour else "")
        dropped: list[str] = []
        shown = _listed(section.listing)
        yield from table_lines(section.listing, shown, section.rows, room, colour=colour, dropped=dropped)
        yield from dropped_lines(dropped, room, DROPPED)
