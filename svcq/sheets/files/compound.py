"""The compound file around an old workbook: its streams by name, read with every length checked."""

import struct
from pathlib import Path

from svcq.errors import Usage
from svcq.sheets import limits
from svcq.sheets.files.archive import damaged

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA
"""Sector numbers from here on are marks, not places."""
MOST_ENTRIES = 10_000


def names(file: Path) -> set[str]:
    """Names of all streams and folders, in small letters; Usage if the file is damaged."""
    return {name.casefold() for name, _start, _size in _opened(file).entries}


def stream(file: Path, *wanted: str) -> bytes:
    """The bytes of the first stream with one of the names (small letters); Usage if damaged or missing."""
    return _opened(file).stream(wanted)


def _opened(file: Path) -> "_Compound":
    if file.stat().st_size > limits.FILE_BYTES:
        most = limits.FILE_BYTES >> 20
        size = file.stat().st_size >> 20
        raise Usage(
            "{path} has {size} MB, more than {most} MB: split it", path=str(file), size=size, most=most
        )
    try:
        return _Compound(file.read_bytes())
    except (struct.error, IndexError, ValueError):
        raise damaged(file) from None


class _Compound:
    """Sectors, their chains and the directory."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise ValueError("sector size")
        self.size = 1 << shift
        self.sectors = -(-len(data) // self.size)
        directory, self.cutoff, mini_fat = (struct.unpack_from("<I", data, at)[0] for at in (48, 56, 60))
        if self.cutoff != 4096:
            raise ValueError("size of a small stream")
        self.fat = self._table()
        self.entries: list[tuple[str, int, int]] = []
        self.streams: list[tuple[int, int, int]] = []
        listing = self._chain(directory)
        self.root: bytes | None = None
        for at in range(0, len(listing) - 127, 128):
            length, kind = struct.unpack_from("<HB", listing, at + 64)
            if kind not in (1, 2, 5) or not 2 <= length <= 64:
                continue
            name = listing[at : at + length - 2].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<II", listing, at + 116)
            if kind == 5 and self.root is None:
                self.root = self._chain(start)
            self.entries.append((name, start, size))
            if kind != 1:
                self.streams.append((kind, start, size))
            if len(self.entries) > MOST_ENTRIES:
                raise ValueError("more streams than any workbook has")
        table = self._chain(mini_fat)
        self.mini = struct.unpack(f"<{len(table) // 4}I", table)
        self._check_chains()

    def stream(self, wanted: tuple[str, ...]) -> bytes:
        for name, start, size in self.entries:
            if name.casefold() in wanted:
                found = self._mini_chain(start) if size < self.cutoff else self._chain(start)
                return found[:size]
        raise ValueError("no such stream")

    def _check_chains(self) -> None:
        """ValueError for a stream that runs in a circle or into another: the fast reader follows every one."""
        large, small = bytearray(len(self.fat)), bytearray(len(self.mini))
        for kind, start, size in self.streams:
            is_small = kind == 2 and size < self.cutoff
            following, seen = (self.mini, small) if is_small else (self.fat, large)
            place = start if size else _LAST
            while place < _LAST:
                if seen[place]:
                    raise ValueError("two streams in one place")
                seen[place] = 1
                place = following[place]

    def _table(self) -> tuple[int, ...]:
        places = [place for place in struct.unpack_from("<109I", self.data, 76) if place < _LAST]
        further, seen = struct.unpack_from("<I", self.data, 68)[0], 0
        while further < _LAST:
            *more, following = struct.unpack(f"<{self.size // 4}I", self._sector(further))
            places += [place for place in more if place < _LAST]
            further, seen = following, seen + 1
            if max(len(places) - 109, seen) > self.sectors // 64 + 1:
                raise ValueError("more tables than sectors")
        whole = b"".join(map(self._sector, places))
        return struct.unpack(f"<{len(whole) // 4}I", whole)

    def _sector(self, place: int) -> bytes:
        found = self.data[(place + 1) * self.size : (place + 2) * self.size]
        if not found:
            raise ValueError("a sector outside the file")
        return found.ljust(self.size, b"\0")

    def _chain(self, place: int) -> bytes:
        parts: list[bytes] = []
        while place < _LAST:
            parts.append(self._sector(place))
            place = self.fat[place]
            if len(parts) > self.sectors:
                raise ValueError("a chain without an end")
        return b"".join(parts)

    def _mini_chain(self, place: int) -> bytes:
        parts: list[bytes] = []
        while place < _LAST:
            parts.append((self.root or b"")[place * 64 : place * 64 + 64])
            place = self.mini[place]
            if len(parts) > self.cutoff // 64:
                raise ValueError("a chain without an end")
        return b"".join(parts)
