"""Text files with fields between commas, semicolons, tabs or bars, in the encodings that Chinese Excel writes."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from svcq.errors import Usage
from svcq.sheets import limits
from svcq.sheets.grid import Grid

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = ",;\t|"
_QUOTED = re.compile(r'"(?:[^"]|"")*+"')


class _TooLargeError(Exception):
    """The file is more than a table may be."""


_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')


def read(file: Path, encoding: str | None = None) -> Grid:
    """The file as one grid named like the file; Usage if it cannot be decoded or a quote is never closed."""
    text = _decoded(file, encoding)
    first = text[:200].lstrip("\r\n").casefold()
    if found := re.match(r"\"?sep=(.)\"?\r?\n", first):
        delimiter, text = found[1], text[text.index("\n") + 1 :]
        skipped = 1
    else:
        delimiter, skipped = _delimiter(text), 0
    rows: list[list[object]] = []
    numbers: dict[int, int] = {}
    csv.field_size_limit(limits.CELL_LENGTH * 4)
    reader = csv.reader(_lines(text, delimiter), delimiter=delimiter, strict=True)
    start, cells = skipped + 1, 0
    try:
        for row in reader:
            if start != len(rows) + 1:
                numbers[len(rows)] = start
            start = reader.line_num + skipped + 1
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
            line=start,
        ) from None
    return Grid(file.name, rows, is_text=True, numbers=numbers)


def _lines(text: str, delimiter: str) -> Iterator[str]:
    """Lines with their ends; only real line ends count, not every separator that Unicode knows."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        line = text[start:] + "\n" if end < 0 else text[start : end + 1]
        if len(line) > limits.COLUMNS and line.count(delimiter) > limits.COLUMNS:
            raise _TooLargeError
        yield line
        start = end + 1 if end >= 0 else len(text)


def _cell(cell: str) -> str:
    if cell.startswith('="') and (found := _KEPT_AS_TEXT.fullmatch(cell)):
        return found[1]
    return "" if cell.isspace() else cell


def _decoded(file: Path, encoding: str | None) -> str:
    data = file.read_bytes()
    if encoding is not None:
        return _by_name(file, data, encoding)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decode(file, data, name)
    if b"\0" in data:
        raise Usage(
            "{path} is neither a workbook nor a text file; if it is text, say --encoding", path=str(file)
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode(file, data, "gb18030")


def _by_name(file: Path, data: bytes, encoding: str) -> str:
    try:
        codec = codecs.lookup(encoding)
    except (LookupError, ValueError):
        raise Usage(
            "{encoding} is not an encoding; utf-8, gb18030, gbk, big5 and utf-16 are", encoding=encoding
        ) from None
    name = {"utf-8": "utf-8-sig", "gb2312": "gb18030", "gbk": "gb18030"}.get(codec.name, codec.name)
    return _decode(file, data, name)


def _decode(file: Path, data: bytes, name: str) -> str:
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Usage(
            "{path}, line {line}: not text in {encoding}, say --encoding",
            path=str(file),
            line=line,
            encoding=name,
        ) from None
    except (LookupError, TypeError, AttributeError, UnicodeError):
        raise Usage(
            "{encoding} is not an encoding; utf-8, gb18030, gbk, big5 and utf-16 are", encoding=name
        ) from None
    if not isinstance(text, str):
        raise Usage("{encoding} is not an encoding; utf-8, gb18030, gbk, big5 and utf-16 are", encoding=name)
    if "\0" in text:
        raise Usage(
            "{path} is neither a workbook nor a text file; if it is text, say --encoding", path=str(file)
        )
    return text


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
