"""A look through an .xlsx before it is read: how far its cells reach, its error values and dead formulas."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from svcq.errors import Usage
from svcq.sheets import limits
from svcq.sheets.dates import EPOCH_1904
from svcq.sheets.files.archive import CHUNK, Archive, opened, too_much
from svcq.sheets.files.scan import Extent, Scan
from svcq.sheets.files.words import Words, count_words, text_length
from svcq.sheets.files.xml import Tag, tags, targets
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
_START = re.compile(rb"<(?:[^\s<>/:]+:)?c(?=[\s/>])")
_PLACED = re.compile(
    rb"<(?:[^\s<>/:]+:)?c(?:\s+(?!r=)[\w:]+=(?:\"[^\"<]*\"|'[^'<]*'))*\s+r=[\"']\$?[A-Za-z]+\$?[0-9]"
)
"""A cell that certainly says where it stands."""
_TEXT = re.compile(rb"<(?:\w+:)?t[\s>]|\bt=[\"']str[\"']")
"""Text that stands in a cell itself."""
_YES = ("1", "true", "on")
MOST_ERRORS = 10_000
LONGEST_FORMULA = 9_000


def scan(file: Path) -> Scan:
    """Usage if the workbook is damaged or too large; its error cells and first day otherwise."""
    found = Scan()
    with opened(file) as archive:
        members = {name.replace("\\", "/").casefold(): name for name in archive.names()}
        book = tags(file, _part(archive, members, "xl/workbook.xml"), ("workbookPr", "sheet"))
        if any(name == "workbookPr" and said.get("date1904") in _YES for name, said in book):
            found.epoch = EPOCH_1904
        known = _parts(book, archive, members)
        data = archive.whole(members.get("xl/sharedstrings.xml", ""), limits.WORDS_BYTES)
        if count_words(data) > limits.CELLS:
            raise too_much(file, limits.WORDS_BYTES)
        words = Words(data)
        most = 0
        for name, member in known:
            most += _sheet(archive, name, member, words, found)
        if most > limits.TEXT_IN_CELLS:
            for name, member in known:
                _count_text(archive, name, member, words, found)
        archive.check_the_rest()
    return found


def _part(archive: Archive, members: dict[str, str], name: str) -> bytes:
    return archive.whole(members.get(name.casefold(), name), 2**23)


def _parts(book: list[Tag], archive: Archive, members: dict[str, str]) -> list[tuple[str, str]]:
    """Name and archive member of each sheet that is there; Usage for too many or too large ones."""
    relations = targets(archive.file, _part(archive, members, "xl/_rels/workbook.xml.rels"))
    sheets = [said for name, said in book if name == "sheet"]
    if len(sheets) > limits.SHEETS:
        raise Usage("{path} has more than {most} sheets", path=str(archive.file), most=limits.SHEETS)
    known: list[tuple[str, str]] = []
    for said in sheets:
        relation = next((value for key, value in said.items() if key.endswith("}id")), "")
        if member := members.get(relations.get(relation, "").casefold()):
            known.append((said.get("name", ""), member))
    if len(known) < len(sheets):
        # the fast reader may know a way to a part that is not known here
        known += [("?", member) for key, member in members.items() if key.endswith(".xml")]
    total = 0
    for name, member in known:
        total += archive.size(member)
        if archive.size(member) > limits.SHEET_BYTES or total > limits.SHEETS_BYTES:
            raise Scan.too_large(archive.file, name)
    return known


def _sheet(archive: Archive, name: str, part: str, words: Words, found: Scan) -> int:
    """Note the sheet's error cells; Usage if it is too large; the bytes of text that it has at most.

    The first look takes every piece without a far cell for 26 columns and 99,999 rows; only when that is too
    much are cells really counted, and those with a style alone left out.
    """
    file = archive.file
    errors: dict[tuple[int, int], str] = {}
    extent = Extent()
    open_row = inside = 0
    for piece in _pieces(archive, name, part):
        cells = piece.count(b'<c r="')
        usual = piece.count(b"<c") == cells and b":c" not in piece
        if not usual:  # columns, colours and conditions begin with a c too
            cells = len(_START.findall(piece))
        extent.cells += cells
        if (_USUAL_FAR if usual else _FAR).search(piece):
            _measure(piece, extent)
        if not usual and len(_PLACED.findall(piece)) < cells:
            open_row = _measure_unplaced(piece, extent, open_row)
        if _TEXT.search(piece):
            inside += len(piece)
        _note_errors(file, name, piece, errors)
    if extent.unplaced:
        extent.check(file, name)
    if extent.cells > limits.CELLS or max(extent.rows, 99_999) * max(extent.columns, 26) > limits.AREA:
        extent = _content(archive, name, part, extent)
    extent.check(file, name)
    found.errors[name] = errors
    return inside + extent.cells * words.longest


def _count_text(archive: Archive, name: str, part: str, words: Words, found: Scan) -> None:
    """Count the text in a sheet's cells, what stands in them and what they refer to."""
    times: Counter[bytes] = Counter()
    for piece in _pieces(archive, name, part):
        times.update(_SHARED.findall(piece))
        if _TEXT.search(piece):
            found.add_text(archive.file, name, text_length(piece))
    for at, often in times.items():
        found.add_text(archive.file, name, words.length(int(at[:9])) * often)


def _pieces(archive: Archive, name: str, part: str) -> Iterator[bytes]:
    """The sheet in pieces that end between cells; where there are none for megabytes, between tags.

    Rows that have a height alone, links and conditions take that much; Usage for one tag or text as large.
    """
    rest = b""
    for piece in archive.chunks(part):
        data = rest + piece
        cut = data.rfind(b"<c ")
        if cut <= 0:
            cut = data.rfind(b":c ")
        if cut <= 0 and len(data) > 2 * CHUNK:
            cut = data.rfind(b"<")
        if len(data) > 3 * CHUNK:
            raise Scan.too_large(archive.file, name)
        if cut > 0:
            yield data[:cut]
            rest = data[cut:]
        else:
            rest = data
    yield rest


def _content(archive: Archive, name: str, part: str, first: Extent) -> Extent:
    """How far the cells with something in them reach; what the first look said where cells have no places."""
    if first.unplaced:
        return first
    extent = Extent(first.cells)
    for piece in _pieces(archive, name, part):
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
