"""The words of an old .xls, stored once and referred to by place: how long each one is."""

import struct
from array import array

_CONTINUED = 0x003C
_WIDE, _LONG, _RICH = 1, 4, 8
"""Two bytes a character; something behind it for Asian writing; runs of formats behind it."""


def word_lengths(data: bytes, at: int) -> "array[int]":
    """Bytes of each word, two a character, of the table whose record begins at `at`, as far as it can be followed."""
    lengths = array("Q")
    parts = _Parts(data, at)
    try:
        while True:
            count, marks = struct.unpack("<HB", parts.take(3))
            runs = struct.unpack("<H", parts.take(2))[0] if marks & _RICH else 0
            behind = struct.unpack("<I", parts.take(4))[0] if marks & _LONG else 0
            parts.skip_text(count, wide=bool(marks & _WIDE))
            parts.skip(4 * runs + behind)
            lengths.append(2 * count)
    except (struct.error, IndexError):
        return lengths


class _Parts:
    """The bytes of a record and of those that continue it."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data = data
        self._next = at
        self._at = self._end = 0
        self._open()
        self._at += 8  # two counts, neither of which is believed

    def _open(self) -> None:
        kind, length = struct.unpack_from("<HH", self._data, self._next)
        if self._end and kind != _CONTINUED:
            raise IndexError
        self._at = self._next + 4
        self._end = min(self._at + length, len(self._data))
        self._next += 4 + length

    def take(self, count: int) -> bytes:
        if self._at >= self._end:
            self._open()
        found = self._data[self._at : min(self._at + count, self._end)]
        self._at += count
        return found

    def skip(self, count: int) -> None:
        while count > (left := self._end - self._at):
            count -= left
            self._open()
        self._at += count

    def skip_text(self, count: int, *, wide: bool) -> None:
        """Text that goes on in the next record says again there how wide it is."""
        size = 2 if wide else 1
        while count * size > (left := self._end - self._at):
            count -= left // size
            self._open()
            size = 2 if self._data[self._at] & _WIDE else 1
            self._at += 1
        self._at += count * size
