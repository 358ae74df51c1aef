"""Files to grids: what a file really is, whether it is safe to read, and its cells."""

from pathlib import Path

from svcq.sheets.files import delimited, sniff, workbook
from svcq.sheets.grid import Grid


def grids_of(path: str, encoding: str | None = None) -> list[Grid]:
    """Every sheet of the file as cells; a text file is one sheet with the file's name; only it has an `encoding`.

    Usage: no file, not a table, protected, damaged, or larger than `svcq.sheets.limits` allows.
    """
    file = Path(path)
    what = sniff.what_is(file, encoding)
    if what == "text":
        return [delimited.read(file, encoding)]
    return workbook.read(file, what)
