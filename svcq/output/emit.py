"""One listing out: in the format, with the columns, to the place that the user asked for."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TextIO

from svcq.output import terminal
from svcq.output.choose import Limited, columns_of, file_of, format_of
from svcq.output.machine import Writer
from svcq.output.shape import Column, Listing, Look, Row
from svcq.output.target import Guarded, standard, standard_binary, text_file
from svcq.output.values import visible

WriteRows = Callable[[Writer, Sequence[Column], Iterable[Row]], None]


def emit(
    listing: Listing,
    rows: Iterable[Row],
    look: Look,
    *,
    summary: str = "",
    empty: str = "",
    stdout: TextIO | None = None,
    stderr: TextIO | None = None,
    width: int | None = None,
) -> int:
    """Write `rows` as `look` says and give their number.

    `summary`: a translated line under a table; `empty`: a translated sentence on stderr instead of an empty
    table (both for the format table only); `width`: cells of a line instead of the terminal's. Other formats
    are written row by row. Usage: a format, column, limit or file that cannot be. A file is all or nothing.
    """
    out = stdout if file_of(look) else terminal.standard_output(stdout)
    form = format_of(look, out)
    columns = columns_of(listing, look.columns, form)
    limited = Limited(rows, look.limit)
    if form == "table":
        kept = list(limited)
        if kept or file_of(look):
            _emit_table(listing, columns, kept, look, out, summary, width)
        if empty and not kept:
            terminal.talk(empty, stderr)
    elif form == "xlsx":
        write_workbook([(listing, columns, limited)], look, out)
    else:
        write_text(look, out, form, lambda to: row_writer(form)(to, columns, limited))
    if remark := limited.remark():
        terminal.talk(remark, stderr)
    return limited.given


def row_writer(form: str) -> WriteRows:
    """What writes the rows of the text format `form`."""
    if form == "md":
        from svcq.output.markdown import write_markdown

        return write_markdown
    from svcq.output import machine

    return {
        "json": machine.write_json,
        "jsonl": machine.write_jsonl,
        "csv": machine.write_csv,
        "tsv": machine.write_tsv,
    }[form]


def write_text(look: Look, out: TextIO | None, form: str, write: Callable[[Writer], None]) -> None:
    """Let `write` write a text of the format `form` where `look` says: UTF-8 in a file, JSON always in UTF-8.

    A csv file begins with a byte order mark, without which Excel takes Chinese for something else; a pipe
    has none.
    """
    if path := file_of(look):
        with text_file(path, mark=form == "csv") as file:
            write(file)
        return
    to = terminal.standard_output(out)
    with standard(to, "utf-8" if form in ("json", "jsonl") else None):
        write(Guarded(to) if terminal.is_terminal(to) else to)


def write_workbook(
    sheets: Sequence[tuple[Listing, Sequence[Column], Iterable[Row]]], look: Look, out: TextIO | None
) -> None:
    """A workbook with a sheet per listing, to a file or a pipe; Usage for a terminal."""
    from svcq.output import book

    if path := file_of(look):
        from svcq.output.target import binary_file

        with binary_file(path) as file:
            book.write_workbook(file, sheets)
        return
    with standard_binary(terminal.standard_output(out)) as pipe:
        book.write_workbook(pipe, sheets)


def write_lines(
    look: Look, out: TextIO | None, width: int | None, lines: Callable[[int | None, bool], Iterable[str]]
) -> None:
    """Write what `lines` gives for the cells of a line (None: a pipe or a file) and colour or not."""
    if path := file_of(look):
        with text_file(path) as file:
            _in_batches(file, lines(None, False))
        return
    to = terminal.standard_output(out)
    room = width or (terminal.room(to) if terminal.is_terminal(to) else None)
    with standard(to, errors="replace"):
        _in_batches(to, lines(room, terminal.colour(to)))


def _in_batches(to: Writer, lines: Iterable[str]) -> None:
    """A terminal is flushed at every write, and a write per line would be slow."""
    rest = iter(lines)
    while batch := list(islice(rest, 500)):
        to.write("\n".join(batch) + "\n")


def _emit_table(
    listing: Listing,
    columns: Sequence[Column],
    rows: Sequence[Row],
    look: Look,
    out: TextIO | None,
    summary: str,
    width: int | None,
) -> None:
    from svcq.output.cells import fold
    from svcq.output.table import dropped_lines, table_lines

    if look.columns:  # what was asked for by name is not left out
        columns = [replace(column, drop=0) for column in columns]

    def lines(room: int | None, colour: bool) -> Iterator[str]:
        dropped: list[str] = []
        yield from table_lines(listing, columns, rows, room, colour=colour, dropped=dropped)
        if summary:
            yield from fold(visible(summary), room) if room else [visible(summary)]
        yield from dropped_lines(dropped, room)

    write_lines(look, out, width, lines)
