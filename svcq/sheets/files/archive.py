"""The archive that a workbook is, believed in nothing: neither how many members it has nor how large they are unpacked."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from svcq.errors import Usage
from svcq.sheets import limits

CHUNK = 2**20
HARMLESS = 16 * 2**10
"""Bytes of a packed member that cannot unpack to more than 16 MB, whatever it says of itself."""
_MEMBER, _END, _END_LENGTH, _LONGEST_NOTE = b"PK\1\2", b"PK\5\6", 22, 2**16
_STORED, _DEFLATED = 0, 8
_STYLES = ("styles.xml", "styles.bin")


class Archive:
    """Members by name, each unpacked in pieces and found out if it is not what the directory says."""

    def __init__(self, file: Path, archive: zipfile.ZipFile) -> None:
        """An archive whose directory has been looked at."""
        self.file = file
        self._archive = archive
        self._seen: set[str] = set()

    def names(self) -> list[str]:
        """All members."""
        return self._archive.namelist()

    def size(self, name: str) -> int:
        """The bytes of a member unpacked; 0 if there is none."""
        with suppress(KeyError):
            return self._archive.getinfo(name).file_size
        return 0

    def chunks(self, name: str) -> Iterator[bytes]:
        """A member in pieces of a megabyte at most; Usage if it is missing, damaged or longer than it says."""
        try:
            one = self._archive.getinfo(name)
            with self._archive.open(name):  # looks at what stands before the member
                pass
            check = size = 0
            for piece in self._unpacked(one):
                size += len(piece)
                check = zlib.crc32(piece, check)
                if size > one.file_size:
                    raise zipfile.BadZipFile
                yield piece
            if size != one.file_size or check != one.CRC:
                raise zipfile.BadZipFile
        except _BAD:
            raise damaged(self.file) from None
        self._seen.add(name)

    def whole(self, name: str, most: int) -> bytes:
        """A member as a whole if it has at most `most` bytes, else Usage; b"" if there is none."""
        if name not in self._archive.NameToInfo:
            return b""
        if self.size(name) > most:
            raise too_much(self.file, most)
        return b"".join(self.chunks(name))

    def check_the_rest(self) -> None:
        """Usage if a member that nobody asked for unpacks to more than it says: the fast reader may ask for it."""
        for one in self._archive.infolist():
            if one.compress_size > HARMLESS and one.filename not in self._seen and not one.is_dir():
                for _piece in self.chunks(one.filename):
                    pass

    def _unpacked(self, one: zipfile.ZipInfo) -> Iterator[bytes]:
        """All that the packed bytes of a member hold, which may be more than it says."""
        source = self._archive.fp
        assert source is not None
        at = one.header_offset
        source.seek(at)
        name, extra = struct.unpack_from("<HH", source.read(30), 26)
        at, left = at + 30 + name + extra, one.compress_size
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        while left > 0:
            source.seek(at)
            packed = source.read(min(left, CHUNK))
            if not packed:
                raise EOFError
            at, left = at + len(packed), left - len(packed)
            if one.compress_type == _STORED:
                yield packed
                continue
            while packed:
                if piece := unpacker.decompress(packed, CHUNK):
                    yield piece
                packed = unpacker.unconsumed_tail
            if unpacker.eof:
                return
        while one.compress_type == _DEFLATED and not unpacker.eof:
            if not (piece := unpacker.decompress(b"", CHUNK)):
                raise EOFError
            yield piece


_BAD = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, KeyError),
    *(NotImplementedError, RuntimeError, ValueError),
)
"""How an archive shows that it is damaged."""


@contextmanager
def opened(file: Path) -> Iterator[Archive]:
    """The archive after a look at its directory: members, declared sizes, doubles, passwords, ways of packing."""
    if file.stat().st_size > limits.FILE_BYTES:
        size, most = file.stat().st_size >> 20, limits.FILE_BYTES >> 20
        raise Usage(
            "{path} has {size} MB, more than {most} MB: split it", path=str(file), size=size, most=most
        )
    _count(file)
    try:
        source = zipfile.ZipFile(file)
    except _BAD:
        raise damaged(file) from None
    with source:
        _check(file, source.infolist())
        yield Archive(file, source)


def _count(file: Path) -> None:
    """Usage for more members than a workbook has, and for an end that is not at the end, before all are listed."""
    count, rest = 0, b""
    with file.open("rb") as opened:
        while piece := opened.read(CHUNK):
            piece = rest + piece
            count += piece.count(_MEMBER)
            rest = piece[-3:]
            if count > limits.MEMBERS:
                raise too_much(file, limits.UNPACKED_BYTES)
        opened.seek(max(0, opened.tell() - _END_LENGTH - _LONGEST_NOTE))
        tail = opened.read()
    end = tail[max(0, tail.rfind(_END)) :]
    note = len(end) - _END_LENGTH
    if note < 0 or int.from_bytes(end[_END_LENGTH - 2 : _END_LENGTH], "little") != note:
        raise damaged(file)  # two readers may find two ends


def _check(file: Path, members: list[zipfile.ZipInfo]) -> None:
    bomb = (
        len(members) > limits.MEMBERS
        or sum(one.file_size for one in members) > limits.UNPACKED_BYTES
        or any(one.file_size > limits.MEMBER_BYTES for one in members)
    )
    if bomb:
        raise too_much(file, limits.UNPACKED_BYTES)
    if any(one.flag_bits & 1 for one in members):
        raise Usage("{path} is protected by a password: save it without one", path=str(file))
    names = [one.filename.casefold() for one in members]
    if len(set(names)) != len(names) or any(one.compress_type not in (_STORED, _DEFLATED) for one in members):
        raise damaged(file)
    if any(one.file_size > limits.STYLES_BYTES and one.filename.lower().endswith(_STYLES) for one in members):
        raise too_much(file, limits.STYLES_BYTES)


def too_much(file: Path, most: int) -> Usage:
    """The sentence for a workbook of more than `most` bytes in one of its parts."""
    return Usage("{path} unpacks to more than {most} MB: it is not read", path=str(file), most=most >> 20)


def damaged(file: Path) -> Usage:
    """The sentence for a workbook that cannot be read."""
    return Usage("{path} is damaged: open it in Excel and save it again", path=str(file))
