"""What the command line says about how a file is to be read."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from svcq.errors import Usage
from svcq.output.target import keep

if TYPE_CHECKING:
    from svcq.sheets.options import ReadOptions

Text = str | None


def read_options(
    kind: Text,
    sheet: Sequence[str] | None,
    header_row: Text,
    map_: Sequence[str] | None,
    mapping: Text,
    date_order: Text,
    encoding: Text,
    clear: bool,
) -> "ReadOptions":
    """What the command line says about the files, over what the mapping file says."""
    from dataclasses import replace

    from svcq.sheets.mapping import load
    from svcq.sheets.options import ReadOptions

    if mapping:
        keep(mapping)
    options = load(mapping) if mapping else ReadOptions()
    headers = dict(options.headers)
    for pair in map_ or ():
        header, equals, field = pair.rpartition("=")
        if not equals or not header or not field:
            raise Usage("--map: {text} is not HEADER=FIELD", text=repr(pair))
        headers[header] = tuple(field.split(",")) if "," in field else field
    if date_order is not None and date_order not in ("ymd", "mdy", "dmy"):
        raise Usage("--date-order: {text} is none of ymd, mdy, dmy", text=repr(date_order))
    if header_row is not None and (not header_row.isdecimal() or len(header_row) > 7 or int(header_row) < 1):
        raise Usage("--header-row: {text} is no row number", text=repr(header_row))
    return replace(
        options,
        kind=kind or options.kind,
        sheets=tuple(sheet) if sheet else options.sheets,
        header_row=int(header_row) if header_row else options.header_row,
        headers=headers,
        date_order=date_order or options.date_order,  # type: ignore[arg-type]
        encoding=encoding or options.encoding,
        clear=clear or options.clear,
    )
