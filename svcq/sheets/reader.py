"""A file in: its sheets recognised, their rows as typed values, everything else named."""

from collections.abc import Collection, Mapping

from svcq.errors import Phrase, SvcqError, Usage
from svcq.sheets import files, header, table
from svcq.sheets.grid import Grid
from svcq.sheets.kind import Kind, Sheet
from svcq.sheets.kinds import KINDS
from svcq.sheets.options import FileRead, ReadOptions

__all__ = ["FileRead", "ReadOptions", "read_file"]


def read_file(
    path: str, options: ReadOptions | None = None, kinds: Mapping[str, Kind] | None = None
) -> FileRead:
    """Every recognised sheet of the file, read; the names of the others, with why.

    Usage if the file is no table, if nothing in it is recognised or if a sheet fits several kinds equally well.
    Rows and cells that cannot be read are no error here: they are in `Sheet.refused`.
    """
    wanted = options or ReadOptions()
    known = KINDS if kinds is None else kinds
    candidates = _kinds(wanted, known)
    grids = files.grids_of(path, wanted.encoding)
    if not grids:
        raise Usage("{path} has no sheets", path=path)
    chosen, skipped = _chosen(path, grids, wanted)
    sheets: list[Sheet] = []
    for grid in chosen:
        found = _header(path, grid, candidates, wanted)
        if isinstance(found, SvcqError):
            skipped.append((grid.name, found))
        else:
            sheets.append(table.read(path, grid, found, wanted))
    if not sheets:
        _nothing(path, skipped, known, next((grid.guessed for grid in grids), ""))
    _check_headers(path, wanted, sheets)
    places = {grid.name: place for place, grid in enumerate(grids)}
    return FileRead(path, sheets, sorted(skipped, key=lambda one: places[one[0]]))


def _kinds(options: ReadOptions, known: Mapping[str, Kind]) -> Collection[Kind]:
    kinds = list(known.values())
    if options.kind is not None:
        if options.kind not in known:
            raise Usage(
                "{kind} is not a kind of sheet; {kinds} are", kind=options.kind, kinds=", ".join(known)
            )
        kinds = [known[options.kind]]
    for key in sorted({*options.mapped, *options.values, *options.constants}):
        if not any(key in _keys(kind) for kind in kinds):
            fields = ", ".join(dict.fromkeys(one for kind in kinds for one in _keys(kind)))
            raise Usage("{field} is not a field; {fields} are", field=key, fields=fields)
    if both := options.mapped & options.constants.keys():
        raise Usage("{field} has both a header and a constant: leave one out", field=", ".join(sorted(both)))
    wanted = options.mapped | options.constants.keys()
    return [kind for kind in kinds if wanted.issubset(_keys(kind))]


def _keys(kind: Kind) -> list[str]:
    return [one.key for one in kind.fields]


def _chosen(
    path: str, grids: list[Grid], options: ReadOptions
) -> tuple[list[Grid], list[tuple[str, SvcqError]]]:
    if options.sheets:
        return [_sheet(path, grids, name) for name in options.sheets], []
    chosen: list[Grid] = []
    skipped: list[tuple[str, SvcqError]] = []
    for grid in grids:
        if not any(any(cell != "" for cell in row) for row in grid.rows):
            skipped.append((grid.name, Phrase("the sheet is empty")))
        elif grid.hidden:
            skipped.append((grid.name, Phrase("the sheet is hidden: name it with --sheet to read it")))
        else:
            chosen.append(grid)
    return chosen, skipped


def _sheet(path: str, grids: list[Grid], name: str) -> Grid:
    for grid in grids:
        if grid.name.strip().casefold() == name.strip().casefold():
            return grid
    if name.isdecimal() and len(name) < 6 and 1 <= int(name) <= len(grids):
        return grids[int(name) - 1]
    if len(grids) == 1 and grids[0].is_text:
        return grids[0]
    names = ", ".join(grid.name for grid in grids)
    raise Usage("{path} has no sheet {sheet}; it has {names}", path=path, sheet=name, names=names)


def _header(
    path: str, grid: Grid, kinds: Collection[Kind], options: ReadOptions
) -> header.Header | SvcqError:
    """The header of the sheet, or the phrase that says why there is none; Usage for a doubt between kinds."""
    strict = options.kind is None
    found = header.find(grid, kinds, options, strict=strict)
    if not found:
        if options.header_row is not None:
            return Phrase("row {row} is not a header that is known", row=options.header_row)
        return Phrase("no header row was recognised")
    if len(found) > 1 and found[0].score == found[1].score:
        doubt = ", ".join(one.kind.name for one in found if one.score == found[0].score)
        raise Usage(
            "{path}, sheet {sheet} may be of the kinds {kinds}: say --kind",
            path=path,
            sheet=grid.name,
            kinds=doubt,
        )
    if (row := found[0].strange_unit) is not None:
        raise Usage(
            "{path}, sheet {sheet}: the unit of money in row {row} is not understood; name it in the header",
            path=path,
            sheet=grid.name,
            row=grid.numbers.get(row, row + 1),
        )
    return found[0]


def _nothing(
    path: str, skipped: list[tuple[str, SvcqError]], known: Mapping[str, Kind], guessed: str
) -> None:
    if guessed:
        raise Usage(
            "{path}: no header row was recognised in what was read as {encoding}; say --encoding, --kind, "
            "--header-row or --map",
            path=path,
            encoding=guessed,
        )
    if len(skipped) == 1:
        raise Usage(
            "{path}, sheet {sheet}: {why}; say --kind ({kinds}), --header-row or --map",
            path=path,
            sheet=skipped[0][0],
            why=skipped[0][1],
            kinds=", ".join(known),
        )
    raise Usage(
        "{path}: none of the sheets {sheets} was recognised; say --kind ({kinds}), --header-row or --map",
        path=path,
        sheets=", ".join(name for name, _why in skipped) or "-",
        kinds=", ".join(known),
    )


def _check_headers(path: str, options: ReadOptions, sheets: list[Sheet]) -> None:
    """Usage for a mapped header that no sheet has."""
    from svcq.sheets.text import normalise

    for said in options.headers:
        wanted = normalise(said)
        for sheet in sheets:
            lines = [sheet.raw(row) for row in (sheet.header_row - 1, sheet.header_row) if row > 0]
            single = {normalise(cell) for line in lines for cell in line if isinstance(cell, str)}
            joined = len(lines) == 2 and any(
                wanted == normalise(f"{top}{low}") for top in lines[0] if top for low in lines[1] if low
            )
            if wanted in single or joined:
                break
        else:
            raise Usage("{path} has no header {header}", path=path, header=said)
