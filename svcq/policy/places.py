"""Where each key of a TOML text stands: the standard parser keeps no positions, and a mistake needs its line."""

import re
from bisect import bisect_right
from dataclasses import dataclass

Path = tuple[str | int, ...]
"""The way to a value: keys, and 0-based numbers in arrays and arrays of tables."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ONE_LINE = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'")
_MANY_LINES = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}' + r"|'''(?:[^']|'{1,2}(?!'))*'{3,5}", re.DOTALL
)
_PLAIN = re.compile(r"[^,\]}#\r\n]*[^,\]}#\r\n \t]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands. `line` from 1: of the key, of the header, or of an array's element.

    `start`, `end`: of the value in the text as it was given; for a table the header or key that names it first.
    """

    line: int
    start: int
    end: int


def places(text: str, deepest: int = 1_000) -> dict[Path, Place]:
    """The place of every key, table and array element of a text that the standard parser has accepted.

    A table that several headers or dotted keys name stands where it is named first. Paths of more than
    `deepest` parts are left out.
    """
    return _Reader(text, deepest).read()


class _Reader:
    """One pass over a valid text; `at` is where it stands."""

    def __init__(self, text: str, deepest: int) -> None:
        self.text = text
        self.deepest = deepest
        self.at = 0
        self.found: dict[Path, Place] = {}
        self.repeated: dict[Path, int] = {}
        """Array of tables -> how many of its tables were met."""
        self.line_starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def read(self) -> dict[Path, Place]:
        """See `places`."""
        table: Path = ()
        self.skip(_BLANK)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)
            self.skip(_BLANK)
        return self.found

    def skip(self, pattern: re.Pattern[str]) -> str:
        """Step over what the pattern matches here, and return it."""
        match = pattern.match(self.text, self.at)
        if match is None:
            return ""
        self.at = match.end()
        return match[0]

    def note(self, path: Path, start: int, end: int, line_of: int) -> None:
        """Keep a place, unless the path has one or is too long."""
        if len(path) <= self.deepest and path not in self.found:
            self.found[path] = Place(bisect_right(self.line_starts, line_of), start, end)

    def header(self) -> Path:
        """A `[table]` or `[[table of an array]]`: the path of the table that the lines after it fill."""
        start = self.at
        again = self.text.startswith("[[", start)
        self.at += 1 + again
        keys = self.keys()
        self.at += 1 + again
        path: Path = ()
        for key in keys[:-1]:
            path = self.newest((*path, key))
            self.note(path, start, self.at, start)
        path = (*path, keys[-1])
        self.note(path, start, self.at, start)
        if again:
            self.repeated[path] = self.repeated.get(path, 0) + 1
        path = self.newest(path)
        self.note(path, start, self.at, start)
        return path

    def newest(self, path: Path) -> Path:
        """The path, or that of the last table so far if it is an array of tables."""
        count = self.repeated.get(path)
        return path if count is None else (*path, count - 1)

    def keys(self) -> list[str]:
        """The parts of a dotted key; stands behind it and the blanks after it."""
        parts = []
        while True:
            self.skip(_SPACE)
            quoted = self.skip(_ONE_LINE)
            parts.append(_unquoted(quoted) if quoted else self.skip(_BARE))
            self.skip(_SPACE)
            if not self.text.startswith(".", self.at):
                return parts
            self.at += 1

    def pair(self, table: Path) -> None:
        """A `key = value` in a table."""
        line_of = self.at
        keys = self.keys()
        named = self.at
        self.at += 1
        self.skip(_SPACE)
        path = table
        for key in keys[:-1]:
            path = (*path, key)
            self.note(path, line_of, named, line_of)
        self.value((*path, keys[-1]), line_of)

    def value(self, path: Path, line_of: int) -> None:
        """Any value; what an array or an inline table holds is kept too."""
        start = self.at
        opening = self.text[start]
        if opening == "[":
            self.array(path)
        elif opening == "{":
            self.inline(path)
        elif not self.skip(_MANY_LINES) and not self.skip(_ONE_LINE):
            self.skip(_PLAIN)
        self.note(path, start, self.at, line_of)

    def array(self, path: Path) -> None:
        """`[a, b]`, over several lines with comments or not."""
        self.at += 1
        number = 0
        self.skip(_BLANK)
        while self.text[self.at] != "]":
            self.value((*path, number), self.at)
            number += 1
            self.comma()
        self.at += 1

    def inline(self, path: Path) -> None:
        """`{a = 1, b.c = 2}`; over several lines too, as later TOML allows."""
        self.at += 1
        self.skip(_BLANK)
        while self.text[self.at] != "}":
            self.pair(path)
            self.comma()
        self.at += 1

    def comma(self) -> None:
        """Step to the next element or to the closing bracket."""
        self.skip(_BLANK)
        if self.text[self.at] == ",":
            self.at += 1
            self.skip(_BLANK)


def _unquoted(raw: str) -> str:
    """What a quoted key says."""
    import tomllib

    return str(tomllib.loads(f"key = {raw}")["key"])
