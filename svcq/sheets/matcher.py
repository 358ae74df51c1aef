"""The words of headers: which field of a kind a header means, and in which unit."""

import re
from functools import lru_cache

from svcq.sheets import text
from svcq.sheets.kind import Field, Kind
from svcq.sheets.options import ReadOptions

_NOTE = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_SCALES = {
    "": 1,
    "元": 1,
    "人民币": 1,
    "人民币元": 1,
    "rmb": 1,
    "cny": 1,
    "yuan": 1,
    "万元": 10_000,
    "万": 10_000,
}
"""What a money column's unit is worth in CNY; another unit is another column."""

normalise = lru_cache(maxsize=20_000)(text.normalise)


class Matcher:
    """The headers of one kind, prepared for look-up."""

    def __init__(self, kind: Kind, options: ReadOptions) -> None:
        self.kind = kind
        self.said = {normalise(header): key for header, key in options.headers.items()}
        self.known: dict[str, Field] = {}
        for one in reversed(kind.fields):
            for name in one.synonyms:
                self.known[normalise(name)] = one
        for one in kind.fields:
            self.known[normalise(one.key)] = one
        for one in kind.fields:
            self.known[normalise(one.header)] = one

    def match(self, top: str, bottom: str) -> tuple[str | None, int, bool]:
        """Field key (`-`: left out), CNY per unit, whether the user said so; None if no header is known."""
        both = (top + bottom, bottom + top, bottom, top) if top and bottom else (top or bottom,)
        for header in both:
            if (key := self.said.get(normalise(header))) is not None:
                return key, self._scale(header, self.kind.field(key)) or 1 if key != "-" else 1, True
        for header in both:
            if (one := self._field(header)) is not None:
                return one[0].key, one[1], False
        return None, 1, False

    def _field(self, header: str) -> tuple[Field, int] | None:
        found = self.known.get(normalise(header))
        if found is not None:
            return found, 1
        bare = normalise(_NOTE.sub("", header))
        found = self.known.get(bare)
        if found is None and bare.endswith("万元"):
            found = self.known.get(bare.removesuffix("万元"))
        if found is None:
            return None
        scale = self._scale(header, found)
        return (found, scale) if scale else None

    def _scale(self, header: str, one: Field) -> int:
        """CNY per unit that the header's note says; 0 for a unit that is not CNY."""
        if one.type != "money":
            return 1
        notes = [normalise(note).removeprefix("单位") for note in _NOTE.findall(header)]
        notes = [note for note in notes if note not in ("含税", "不含税", "大写", "小写")]
        if not notes:
            return 10_000 if normalise(header).endswith("万元") else 1
        return _SCALES.get(notes[-1], 0)
