"""What is known of a workbook before its cells are read: its size, its error values, its first day."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from svcq.errors import Usage
from svcq.sheets import limits
from svcq.sheets.dates import EPOCH_1900

CHUNK = 2**20


@dataclass(slots=True)
class Scan:
    """The facts of a workbook that the fast reader does not tell."""

    epoch: date = EPOCH_1900
    errors: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)
    """Sheet -> 0-based (row, column) -> what stands there instead of a value (#N/A; `=`: never computed)."""

    @staticmethod
    def too_large(file: Path, sheet: str) -> Usage:
        """The sentence for a sheet beyond the limits."""
        return Usage(
            "{path}, sheet {sheet}: more than {rows} rows or {cells} cells, or too much text: split it",
            path=str(file),
            sheet=sheet,
            rows=limits.ROWS,
            cells=limits.CELLS,
        )


@dataclass(slots=True)
class Extent:
    """How far the cells of a sheet reach, and how many there are."""

    cells: int = 0
    rows: int = 0
    columns: int = 0
    unplaced: int = 0
    """Rows seen so far whose cells do not say where they stand."""

    def check(self, file: Path, sheet: str) -> None:
        """Usage if the sheet is too large to be laid out as a table."""
        if self.rows > limits.ROWS or self.cells > limits.CELLS or self.rows * self.columns > limits.AREA:
            raise Scan.too_large(file, sheet)


def open_zip(file: Path) -> zipfile.ZipFile:
    """The archive of a workbook after a look at its directory: member count, declared sizes, doubles, passwords."""
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise damaged(file) from None
    members = archive.infolist()
    bomb = (
        len(members) > limits.MEMBERS
        or sum(one.file_size for one in members) > limits.UNPACKED_BYTES
        or any(one.file_size > limits.MEMBER_BYTES for one in members)
    )
    if bomb:
        archive.close()
        most = limits.UNPACKED_BYTES >> 20
        raise Usage("{path} unpacks to more than {most} MB: it is not read", path=str(file), most=most)
    if any(one.flag_bits & 1 for one in members):
        archive.close()
        raise Usage("{path} is protected by a password: save it without one", path=str(file))
    names = [one.filename.casefold() for one in members]
    if len(set(names)) != len(names):
        archive.close()
        raise damaged(file)
    return archive


def chunks(file: Path, archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A member in pieces of a megabyte, never more than it declared; Usage if it is damaged."""
    try:
        with archive.open(name) as member:
            while piece := member.read(CHUNK):
                yield piece
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        struct.error,
        KeyError,
    ):
        raise damaged(file) from None


def whole(file: Path, archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """A member as a whole if it has at most `most` bytes, else Usage; b"" if there is none."""
    try:
        size = archive.getinfo(name).file_size
    except KeyError:
        return b""
    if size > most:
        raise Usage("{path} unpacks to more than {most} MB: it is not read", path=str(file), most=most >> 20)
    return b"".join(chunks(file, archive, name))


def damaged(file: Path) -> Usage:
    """The sentence for a workbook that cannot be read."""
    return Usage("{path} is damaged: the workbook cannot be read", path=str(file))
