"""A TOML file that a person filled in: its keys with their lines, and every mistake told with its line."""

import re
import stat
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from svcq.errors import Phrase, SvcqError, Usage, reason
from svcq.sheets.text import plain

LARGEST = 400_000
"""Bytes of a file."""
LONGEST_LINE = 500
"""Characters of a line outside quotes; it bounds what the parser can be made to do."""
SHOWN = 50
"""Mistakes told at once; of more only the number is."""
LONGEST_SHOWN = 60
"""Characters of a value or key that a message repeats."""

_WHERE = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)")
_ASIDE = re.compile(
    r"#[^\n]*+"
    r'|"""(?:[^"\\]|\\(?:.|\Z)|"{1,2}(?!"))*+(?:"{3,5}|\Z)'
    r"|'''(?:[^']|'{1,2}(?!'))*+(?:'{3,5}|\Z)"
    r'|"(?:[^"\\\n]|\\.)*+"?'
    r"|'[^'\n]*+'?",
    re.DOTALL,
)
"""A comment or a quoted text, also one without an end; never steps back, so any text takes linear time."""
_NAMED = re.compile(
    r"^[ \t]*(?:\[\[?[ \t]*([A-Za-z0-9_-]+|~+)[ \t]*[.\]]|([A-Za-z0-9_-]+|~+)[ \t]*[.=])", re.MULTILINE
)
"""A key or a table's header at the start of a line, quoted ones masked by `~`."""


class Mistakes(Usage):
    """A file that is refused: one line for each mistake, in the order of the file."""

    def __init__(self, file: str, told: Sequence[tuple[int, SvcqError]], more: int = 0) -> None:
        """`told`: lines from 1 and what is wrong there, at least one; `more`: how many there are besides."""
        line, why = told[0]
        super().__init__("{file}:{line}: {why}", file=file, line=line, why=why)
        self._lines = [Phrase("{file}:{line}: {why}", file=file, line=at, why=what) for at, what in told]
        if more:
            self._lines.append(Phrase("… and {more} more", more=more))

    @property
    def lines(self) -> tuple[SvcqError, ...]:
        """Every mistake on its own line."""
        return tuple(self._lines)

    def __str__(self) -> str:
        """All of them in English."""
        return "\n".join(map(str, self._lines))


Why = SvcqError | Callable[[], SvcqError]
"""What is wrong; a function where finding the words takes a while."""


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A file that is TOML: its name as it was given, its text, its tables."""

    name: str
    text: str
    tree: dict[str, Any]

    def refuse(self, met: Sequence[tuple[str, Why]]) -> None:
        """Raise Mistakes if any were met: pairs of a top key and what is wrong about it, in the order of `tree`."""
        if met:
            lines = _lines_of(self.text)
            told = [
                (lines.get(key, 1), why if isinstance(why, SvcqError) else why()) for key, why in met[:SHOWN]
            ]
            raise Mistakes(self.name, told, more=max(0, len(met) - SHOWN))


def read(path: str | Path) -> TomlFile:
    """The file; Usage if it cannot be read, is too large or is not TOML in UTF-8 (with or without a mark)."""
    name = str(path)
    raw = _bytes(Path(path), name)
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Mistakes(name, [(line, Phrase("not UTF-8 text: save the file as UTF-8"))]) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Mistakes(name, [(line, Phrase("a NUL character: not a text file"))])
    for line, bare in enumerate(_masked(text).replace("~", "").split("\n"), start=1):
        if len(bare.rstrip()) > LONGEST_LINE:
            why = Phrase("longer than {most} characters outside quotes", most=LONGEST_LINE)
            raise Mistakes(name, [(line, why)])
    return TomlFile(name, text, _tree(text, name))


def shown(value: object) -> str | Phrase:
    """A value from a file as a message may repeat it."""
    if isinstance(value, dict):
        return Phrase("a table")
    if isinstance(value, list):
        return Phrase("a list")
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{cut(value)}"' if isinstance(value, str) else cut(str(value))


def cut(text: str) -> str:
    """A text from a file on one line, not too long for a message."""
    seen = plain(text[: LONGEST_SHOWN * 4])
    return seen if len(seen) <= LONGEST_SHOWN else seen[: LONGEST_SHOWN - 1] + "…"


def _bytes(path: Path, name: str) -> bytes:
    """What the file holds; nothing but an ordinary file is opened."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise Usage("{path} is a folder, not a file", path=name)
        if not stat.S_ISREG(mode):
            raise Usage("{path} is not an ordinary file", path=name)
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise Usage("{path}: no such file", path=name) from None
    except (OSError, ValueError) as error:
        raise Usage("{path} cannot be read: {why}", path=name, why=reason(error)) from None
    if len(raw) > LARGEST:
        raise Usage(
            "{path} has more than {most} bytes: it is another file than was meant", path=name, most=LARGEST
        )
    return raw


def _tree(text: str, name: str) -> dict[str, Any]:
    """The tables of a text; Mistakes with the line where it stops being TOML."""
    try:
        return tomllib.loads(text + "\n")
    except RecursionError:
        raise Usage(
            "{file}: not TOML: {why}", file=name, why=Phrase("brackets in brackets, too deep")
        ) from None
    except ValueError as error:
        found = _WHERE.fullmatch(str(error))
        if not found:
            raise Usage("{file}: not TOML: {why}", file=name, why=plain(str(error))[:200]) from None
        what = plain(found[1])[:200]
        if found[2]:
            why = Phrase("not TOML at column {column}: {why}", column=found[3], why=what)
            raise Mistakes(name, [(int(found[2]), why)]) from None
        why = Phrase("not TOML: the text ends too early ({why})", why=what)
        raise Mistakes(name, [(text.rstrip("\n").count("\n") + 1, why)]) from None


def _masked(text: str) -> str:
    """The text, place for place, with its comments blanked and what is in quotes, marks included, made `~`."""
    return _ASIDE.sub(lambda found: re.sub(r"[^\n]", " " if found[0][0] == "#" else "~", found[0]), text)


def _lines_of(text: str) -> dict[str, int]:
    """The line, from 1, of each top key of a valid text, where it is named first."""
    lines: dict[str, int] = {}
    line, last, tables = 1, 0, False
    for found in _NAMED.finditer(_masked(text)):
        if tables and not found[1]:
            continue  # a key of the table above it
        tables = bool(found[1])
        start, end = found.span(1 if tables else 2)
        key = text[start:end]
        if key[0] in "\"'":
            key = next(iter(tomllib.loads(f"{key} = 0")))
        line += text.count("\n", last, start)
        last = start
        lines.setdefault(key, line)
    return lines
