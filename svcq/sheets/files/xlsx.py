"""A look through an .xlsx before it is read: how far its cells reach, its error values and dead formulas."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from xml.etree.ElementTree import Element

from svcq.errors import Usage
from svcq.sheets import limits
from svcq.sheets.dates import EPOCH_1904
from svcq.sheets.files.scan import CHUNK, Extent, Scan, chunks, open_zip, whole
from svcq.sheets.files.xml import named, parse, targets
from svcq.sheets.grid import column_of

_FAR = re.compile(rb"\sr=[\"'](?:[A-Z]{2,}|[A-Z]+[0-9]{6})")
"""A cell right of Z or below row 99,999; without one a piece of a sheet cannot reach far."""
_USUAL_FAR = re.compile(rb'<c r="(?:[A-Z]{2}|[A-Z][0-9]{6})')
"""The same where every cell begins like this, three times as fast."""
_CELL = re.compile(rb"\sr=[\"']\$?([A-Za-z]+)\$?([0-9]+)[\"']")
_ERROR = re.compile(
    rb"<(?:\w+:)?c\s(?=[^<>]*\bt=[\"']e[\"'])[^<>]*?\br=[\"']([A-Z]+)([0-9]+)[\"'][^<>]*>",
)
_SHOWN = re.compile(rb"<(?:\w+:)?v>([^<]*)<")
_DEAD = re.compile(
    rb"<(?:\w+:)?c\s(?![^<>]*\bt=[\"']str[\"'][^<>]*>\s*<(?:\w+:)?f[^<>]*>(?:[^<]*</(?:\w+:)?f>)?\s*<(?:\w+:)?v)[^<>]*?\br=[\"']([A-Z]+)([0-9]+)[\"'][^<>]*>\s*"
    rb"<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_EMPTY = re.compile(
    rb"<(?:\w+:)?c(?:\s+[rs]=(?:\"[\w$]*\"|'[\w$]*')|\s+t=[\"']n[\"'])*\s*(?:/>|>\s*</(?:\w+:)?c>)"
)
"""A cell that certainly has a style and nothing else: it does not make a sheet larger."""
_SHARED = re.compile(rb"\bt=[\"']s[\"'][^<>]*>\s*<(?:\w+:)?v>\s*([0-9]+)")
_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s/>])")
_ROW_NUMBER = re.compile(rb"<(?:\w+:)?row\s[^<>]*?\br=[\"']([0-9]+)")
_START = re.compile(rb"<(?:\w+:)?c(?=[\s/>])")
MOST_ERRORS = 10_000
LONGEST_FORMULA = 9_000


def scan(file: Path) -> Scan:
    """Usage if the workbook is damaged or too large; its error cells and first day otherwise."""
    found = Scan()
    with open_zip(file) as archive:
        members = {name.replace("\\", "/").casefold(): name for name in archive.namelist()}
        book = parse(file, _part(file, archive, members, "xl/workbook.xml"))
        if any(
            named(one, "workbookPr") and one.get("date1904") in ("1", "true", "on") for one in book.iter()
        ):
            found.epoch = EPOCH_1904
        lengths = _words(file, archive, members)
        parts = _parts(book, targets(file, _part(file, archive, members, "xl/_rels/workbook.xml.rels")))
        known = [(name, members.get(part.casefold())) for name, part in parts]
        if any(member is None for _name, member in known):
            # the fast reader may know a way to a part that is not known here
            known += [("?", member) for key, member in members.items() if key.endswith(".xml")]
        for name, member in known:
            if member is not None:
                if archive.getinfo(member).file_size > limits.SHEET_BYTES:
                    raise Scan.too_large(file, name)
                _sheet(file, archive, name, member, lengths, found)
    return found


def _part(file: Path, archive: zipfile.ZipFile, members: dict[str, str], name: str) -> bytes:
    return whole(file, archive, members.get(name.casefold(), name), 2**23)


def _sheet(
    file: Path, archive: zipfile.ZipFile, name: str, part: str, lengths: list[int], found: Scan
) -> None:
    """Note the sheet's error cells; Usage if it is too large.

    The first look takes every piece without a far cell for 26 columns and 99,999 rows and every word for the
    longest; only when that is too much are cells and words really counted, and those with a style alone left out.
    """
    errors: dict[tuple[int, int], str] = {}
    extent = Extent()
    open_row = 0
    for piece in _pieces(file, archive, name, part):
        cells = piece.count(b"<c") + (piece.count(b":c") if b":c" in piece else 0)
        extent.cells += cells
        usual = piece.count(b'<c r="') == cells
        if (_USUAL_FAR if usual else _FAR).search(piece):
            _measure(piece, extent)
        if not usual:
            open_row = _measure_unplaced(piece, extent, open_row)
        _note_errors(file, name, piece, errors)
    if extent.unplaced:
        extent.check(file, name)
    if extent.cells > limits.CELLS or max(extent.rows, 99_999) * max(extent.columns, 26) > limits.AREA:
        extent = _content(file, archive, name, part, extent)
    extent.check(file, name)
    if extent.cells * max(lengths, default=0) > limits.TEXT_IN_CELLS:
        times = Counter(at for piece in _pieces(file, archive, name, part) for at in _SHARED.findall(piece))
        known = ((int(at), often) for at, often in times.items() if int(at[:9]) < len(lengths))
        if sum(lengths[at] * often for at, often in known) > limits.TEXT_IN_CELLS:
            raise Scan.too_large(file, name)
    found.errors[name] = errors


def _pieces(file: Path, archive: zipfile.ZipFile, name: str, part: str) -> Iterator[bytes]:
    """The sheet in pieces that end between cells; Usage for a megabyte without any sign of a cell."""
    rest = b""
    for piece in chunks(file, archive, part):
        data = rest + piece
        cut = data.rfind(b"<c ")
        if cut <= 0:
            cut = data.rfind(b":c ")
        if len(data) > 3 * CHUNK:
            raise Scan.too_large(file, name)
        if cut > 0:
            yield data[:cut]
            rest = data[cut:]
        else:
            rest = data
    yield rest


def _content(file: Path, archive: zipfile.ZipFile, name: str, part: str, first: Extent) -> Extent:
    """How far the cells with something in them reach; what the first look said where cells have no places."""
    if first.unplaced:
        return first
    extent = Extent(first.cells)
    for piece in _pieces(file, archive, name, part):
        rest, empty = _EMPTY.subn(b"", piece)
        extent.cells -= empty
        _measure(rest, extent)
    return extent


def _measure(piece: bytes, extent: Extent) -> None:
    for letters, digits in _CELL.findall(piece):
        extent.columns = max(extent.columns, column_of(letters[:6].decode().upper()))
        extent.rows = max(extent.rows, int(digits[:9]))


def _measure_unplaced(piece: bytes, extent: Extent, open_row: int) -> int:
    """Cells without a place follow each other; returns how many the row has that goes on in the next piece."""
    first, *rows = _ROW.split(piece)
    for part in (first, *rows):
        open_row = len(_START.findall(part)) + (open_row if part is first else 0)
        extent.columns = max(extent.columns, open_row)
    extent.unplaced += len(rows)
    said = [int(digits[:9]) for digits in _ROW_NUMBER.findall(piece)]
    extent.rows = max(extent.rows, extent.unplaced, *said, 0)
    return open_row


def _note_errors(file: Path, name: str, piece: bytes, errors: dict[tuple[int, int], str]) -> None:
    count = len(errors)
    if b't="e"' in piece or b"t='e'" in piece:
        for found in islice(_ERROR.finditer(piece), MOST_ERRORS + 1):
            shown = _SHOWN.search(piece, found.end(), found.end() + LONGEST_FORMULA)
            _note(errors, found[1], found[2], shown[1].decode("ascii", "replace") if shown else "#N/A")
            count += 1
    if b"<f" in piece or b":f" in piece:
        for found in islice(_DEAD.finditer(piece), MOST_ERRORS + 1):
            _note(errors, found[1], found[2], "=")
            count += 1
    if count > MOST_ERRORS:
        raise Usage(
            "{path}, sheet {sheet}: more than {most} cells hold error values",
            path=str(file),
            sheet=name,
            most=MOST_ERRORS,
        )


def _note(errors: dict[tuple[int, int], str], letters: bytes, digits: bytes, code: str) -> None:
    if len(digits) < 8 and len(letters) < 4:
        errors[int(digits) - 1, column_of(letters.decode()) - 1] = code


def _words(file: Path, archive: zipfile.ZipFile, members: dict[str, str]) -> list[int]:
    """Lengths in bytes of the words that cells refer to by place."""
    name = members.get("xl/sharedstrings.xml", "")
    data = whole(file, archive, name, limits.WORDS_BYTES)
    return list(map(len, re.split(rb"</(?:\w+:)?si>", data))) if data else []


def _parts(book: Element, members: dict[str, str]) -> list[tuple[str, str]]:
    """Name and archive member of each sheet."""
    found = []
    for sheet in book.iter():
        if named(sheet, "sheet"):
            relation = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
            found.append((sheet.get("name", ""), members.get(relation, "")))
    return found
