"""The words of an .xlsx, stored once and referred to by place: how many, how long."""

import re
from array import array

_TAG = re.compile(rb"<[^>]*>")
_END = re.compile(rb"</(?:\w+:)?si>")


def text_length(data: bytes) -> int:
    """Bytes of the text between the tags; of all there is where tags may be text themselves."""
    return len(data) if b"<![CDATA[" in data else len(_TAG.sub(b"", data))


def count_words(data: bytes) -> int:
    """How many words the part has at most: what looks like the beginning of one."""
    return data.count(b"<si") + data.count(b":si")


class Words:
    """The shared words of a workbook by their places."""

    def __init__(self, data: bytes) -> None:
        """`data`: the part as it stands in the archive."""
        self._data = data
        self._ends = array("Q", (found.end() for found in _END.finditer(data)))
        last = 0
        self.longest = 0
        """Bytes of the longest, its tags counted."""
        for end in self._ends:
            self.longest = max(self.longest, end - last)
            last = end

    def length(self, at: int) -> int:
        """Bytes of the text of the word at 0-based place `at`; 0 if there is none."""
        if not 0 <= at < len(self._ends):
            return 0
        start = self._ends[at - 1] if at else 0
        return text_length(self._data[start : self._ends[at]])
