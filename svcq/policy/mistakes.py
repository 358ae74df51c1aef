"""What is wrong with a policy text: every mistake with its line, told in one go."""

from collections.abc import Callable, Iterable

from svcq.errors import Phrase, SvcqError, Usage
from svcq.policy.places import Path, places

SHOWN = 50
"""Mistakes told at once; of more only the number is."""
LONGEST = 60
"""Characters of a value or key that a message repeats."""
DEEPEST = 8
"""Parts of a key, at most, whose line is looked up; a policy's own has four."""


class Mistakes(Usage):
    """A policy text that is refused: one line for each mistake, in the order of the text."""

    def __init__(self, told: Iterable[SvcqError], more: int = 0) -> None:
        """`told`: at least one; `more`: how many there are besides."""
        self.told = tuple(told)
        self._lines = (*self.told, *((Phrase("… and {more} more", more=more),) if more else ()))
        values = {f"line{number}": line for number, line in enumerate(self._lines)}
        super().__init__("\n".join(f"{{{key}}}" for key in values), clause="", **values)

    @property
    def lines(self) -> tuple[SvcqError, ...]:
        """Every mistake on its own line."""
        return self._lines


def too_deep(file: str) -> Usage:
    """The error of a text that nests without end."""
    return Usage("{file}: brackets in brackets, too deep to be a policy", file=file)


def at_line(file: str, line: int, why: SvcqError) -> Phrase:
    """`file:line: why`."""
    return Phrase("{file}:{line}: {why}", file=file, line=line, why=why)


def shown(value: object) -> str | Phrase:
    """A value or key from a text as a message may repeat it."""
    if isinstance(value, dict):
        return Phrase("a table")
    if isinstance(value, list):
        return Phrase("a list")
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{plain(value)}"' if isinstance(value, str) else plain(str(value))


def plain(text: str, longest: int = LONGEST) -> str:
    """A text from outside: cut, on one line, nothing in it that acts on a terminal."""
    if len(text) > longest:
        text = text[: longest - 1] + "…"
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


Why = SvcqError | Callable[[], SvcqError]


class Notebook:
    """The mistakes met while a text is read; the lines are looked up only if there are any."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self._met: list[tuple[Path, Why]] = []

    def add(self, path: Path, why: Why) -> None:
        """Note a mistake at `path`; a `why` that takes a while to find is given as a function."""
        self._met.append((path, why))

    def close(self) -> None:
        """Raise Mistakes, sorted by line, if there are any."""
        if not self._met:
            return
        try:
            known = places(self.text, DEEPEST)
        except RecursionError:
            raise too_deep(self.file) from None

        def line(path: Path) -> int:
            while path and path not in known:
                path = path[:-1]
            return known[path].line if path else 1

        lines = sorted(((line(path), why) for path, why in self._met), key=lambda one: one[0])
        raise Mistakes(
            (
                at_line(self.file, number, why if isinstance(why, SvcqError) else why())
                for number, why in lines[:SHOWN]
            ),
            more=max(0, len(lines) - SHOWN),
        )
