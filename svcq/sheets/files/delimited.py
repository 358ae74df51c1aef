"""Text files with fields between commas, semicolons, tabs or bars, in the encodings that Chinese Excel writes."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from svcq.errors import Usage
from svcq.sheets import limits
from svcq.sheets.formula import as_meant
from svcq.sheets.grid import Grid

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BIG = (codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_PIECE = 2**20
_DELIMITERS = ",;\t|"
_SAID = re.compile(r"\"?sep=([^\"\r\n])\"?(?:\r?\n|\r)", re.IGNORECASE)
"""The line in which Excel is told the delimiter."""
_QUOTED = re.compile(r'"(?:[^"]|"")*+"')


class _TooLargeError(Exception):
    """The file is more than a table may be."""


_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')


def read(file: Path, encoding: str | None = None) -> Grid:
    """The file as one grid named like the file; Usage if it cannot be decoded or a quote is never closed."""
    data = file.read_bytes()
    name = _encoding(file, data, encoding)
    start = codecs.getincrementaldecoder(name)("ignore").decode(data[:80_000])[:20_000]
    said = _SAID.match(start[:200].lstrip("\r\n"))
    delimiter = said[1] if said else _delimiter(start)
    rows: list[list[object]] = []
    numbers: dict[int, int] = {}
    csv.field_size_limit(limits.CELL_LENGTH * 4)
    text = io.TextIOWrapper(io.BytesIO(data), name, newline=None)  # every kind of line end is one
    skipped = _skip(text) if said else 0
    line, cells = skipped + 1, 0
    try:
        reader = csv.reader(_lines(text, delimiter), delimiter=delimiter, strict=True)
        for row in reader:
            if line != len(rows) + 1:
                numbers[len(rows)] = line
            line = reader.line_num + skipped + 1
            cells += len(row)
            if len(rows) >= limits.ROWS or cells > limits.AREA:
                raise _TooLargeError
            rows.append([_cell(cell) for cell in row])
    except _TooLargeError:
        raise Usage(
            "{path} has more than {rows} rows, {columns} columns or {cells} cells: split it",
            path=str(file),
            rows=limits.ROWS,
            columns=limits.COLUMNS,
            cells=limits.AREA,
        ) from None
    except csv.Error:
        raise Usage(
            "{path}, line {line}: the quotation marks do not match, or a field has no end",
            path=str(file),
            line=line,
        ) from None
    guessed = name if encoding is None and name == "gb18030" else ""
    return Grid(file.name, rows, is_text=True, guessed=guessed, numbers=numbers)


def _skip(text: Iterable[str]) -> int:
    """Leave out the lines up to the one that names the delimiter; how many these are."""
    for number, line in enumerate(text, start=1):
        if line.strip("\n"):
            return number
    return 0


def _lines(text: Iterable[str], delimiter: str) -> Iterator[str]:
    """Lines with their ends; only real line ends count, not every separator that Unicode knows."""
    for line in text:
        if len(line) > limits.COLUMNS and line.count(delimiter) > limits.COLUMNS:
            raise _TooLargeError
        yield line if line.endswith("\n") else line + "\n"


def _cell(cell: str) -> str:
    if cell.startswith('="') and (found := _KEPT_AS_TEXT.fullmatch(cell)):
        return found[1]
    if cell[:1] == "'":
        return as_meant(cell)
    return "" if cell.isspace() else cell


def _encoding(file: Path, data: bytes, said: str | None) -> str:
    """The name of the encoding in which all of `data` is text; Usage if there is none, or not the one that was said."""
    if said is not None:
        try:
            codec = codecs.lookup(said)
        except (LookupError, ValueError):
            raise _unknown(said) from None
        name = {"utf-8": "utf-8-sig", "gb2312": "gb18030", "gbk": "gb18030"}.get(codec.name, codec.name)
        if name in ("utf-16", "utf-32") and not data.startswith((codecs.BOM_UTF16_LE, *_BIG)):
            name += "-le"  # what nearly every program means by it
        return _checked(file, data, name)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _checked(file, data, name)
    if b"\0" in data:
        raise _no_text(file)
    if _trouble(data, "utf-8") is None:
        return "utf-8"
    return _checked(file, data, "gb18030")


def _checked(file: Path, data: bytes, name: str) -> str:
    """`name` if all of `data` is text in it, else Usage."""
    try:
        trouble = _trouble(data, name)
    except (LookupError, TypeError, AttributeError, UnicodeError):
        raise _unknown(name) from None
    if trouble is not None:
        raise Usage(
            "{path}, line {line}: not text in {encoding}, say --encoding",
            path=str(file),
            line=data[:trouble].count(b"\n") + 1,
            encoding=name,
        )
    if (b"\0" in data) and _has_zeros(data, name):
        raise _no_text(file)
    return name


def _trouble(data: bytes, name: str) -> int | None:
    """Where `data` stops being text in an encoding; None if it does not. Decoded piece by piece, and not kept."""
    io.TextIOWrapper(io.BytesIO(), name).close()  # LookupError for what turns bytes into bytes
    decoder = codecs.getincrementaldecoder(name)()
    for at in range(0, len(data) + 1, _PIECE):
        piece = data[at : at + _PIECE]
        try:
            decoder.decode(piece, final=at + _PIECE > len(data))
        except UnicodeDecodeError as error:
            return at + len(piece) - len(error.object) + error.start
    return None


def _has_zeros(data: bytes, name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)()
    return any("\0" in decoder.decode(data[at : at + _PIECE]) for at in range(0, len(data), _PIECE))


def _unknown(name: str) -> Usage:
    return Usage("{encoding} is not an encoding; utf-8, gb18030, gbk, big5 and utf-16 are", encoding=name)


def _no_text(file: Path) -> Usage:
    return Usage(
        "{path} is neither a workbook nor a text file; if it is text, say --encoding", path=str(file)
    )


def _delimiter(text: str) -> str:
    """The sign that cuts the first lines into the most equal pieces, outside quotation marks."""
    bare = _QUOTED.sub("", text[:20_000])
    lines = [line for line in bare.splitlines()[:30] if line.strip()]
    best, most = ",", 0.0
    for sign in _DELIMITERS:
        counts = Counter(count for line in lines if (count := line.count(sign)))
        if counts:
            times, often = max((often * count, often) for count, often in counts.items())
            score = times + often / 1000
            if score > most:
                best, most = sign, score
    return best
