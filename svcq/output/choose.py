"""What the user asked for, checked: the format, the columns, the limit."""

from collections.abc import Iterable, Iterator, Sequence, Sized
from itertools import islice
from pathlib import PurePath
from typing import TextIO

from svcq.errors import Usage
from svcq.locale import N_, _
from svcq.output.shape import FORMATS, Column, Listing, Look, Row
from svcq.output.terminal import is_terminal

ENDINGS = {f".{name}": name for name in ("xlsx", "csv", "tsv", "json", "jsonl", "md")}
COMPLETE = frozenset(("json", "jsonl", "csv"))
"""Formats that have every column without being asked."""


def file_of(look: Look) -> str | None:
    """The file asked for, None for the standard output (also written `-`); Usage for a name without a letter."""
    if look.output == "":
        raise Usage(N_("-o: name a file"))
    return None if look.output in (None, "-") else look.output


def format_of(look: Look, stdout: TextIO | None) -> str:
    """The format asked for, else that of the file's ending, else a table on a terminal and tsv on a pipe.

    Usage for a format or an ending that is not known.
    """
    if look.format is not None:
        if look.format not in FORMATS:
            known = ", ".join(FORMATS)
            raise Usage(N_("no format {format}; there are {known}"), format=look.format, known=known)
        return look.format
    path = file_of(look)
    if path is None:
        return "table" if is_terminal(stdout) else "tsv"
    found = ENDINGS.get(PurePath(path).suffix.lower())
    if found is None:
        endings = " ".join(ENDINGS)
        raise Usage(
            N_("{path}: the ending tells no format; use one of {endings}, or -f"), path=path, endings=endings
        )
    return found


def columns_of(listing: Listing, names: Sequence[str], form: str) -> tuple[Column, ...]:
    """The columns named, in that order, each once; without names those that `form` shows. Usage: not one."""
    if not names:
        return tuple(column for column in listing.columns if form in COMPLETE or not column.aside)
    return tuple(listing.columns[listing.keys().index(name)] for name in checked(names, listing.keys()))


def checked(names: Sequence[str], known: Sequence[str]) -> list[str]:
    """`names`, also several between commas, each once; Usage, with near ones, for one that is not `known`."""
    wanted = [name for name in dict.fromkeys(name.strip() for name in ",".join(names).split(",")) if name]
    for name in wanted:
        if name in known:
            continue
        from difflib import get_close_matches

        values = {"name": name, "known": ", ".join(known)}
        if near := get_close_matches(name.lower(), known):
            words = N_("no column {name}, perhaps {near}; there are {known}")
            raise Usage(words, near=", ".join(near), **values)
        raise Usage(N_("no column {name}; there are {known}"), **values)
    if not wanted:
        raise Usage(N_("--columns names no column; there are {known}"), known=", ".join(known))
    return wanted


class Limited:
    """The first rows of `rows`, counted as they are given."""

    def __init__(self, rows: Iterable[Row], limit: int | None) -> None:
        """`limit`: the most rows given, None for all of them; Usage when negative."""
        if limit is not None and limit < 0:
            raise Usage(N_("--limit {limit}: a number of rows, 0 or more"), limit=limit)
        self.given = 0
        self._all = len(rows) if isinstance(rows, Sized) else None
        self._rest = iter(rows)
        self._limit = limit

    def __iter__(self) -> Iterator[Row]:
        for row in islice(self._rest, self._limit):
            self.given += 1
            yield row

    def remark(self) -> str:
        """What was cut off, translated, "" if nothing was; the total where it is known without reading on."""
        if self._limit is None or self.given < self._limit:
            return ""
        if self._all is not None:
            words = _("{shown} of {all} rows") if self._all > self.given else ""
            return words.format(shown=self.given, all=self._all)
        more = next(self._rest, None) is not None
        return _("the first {shown} rows; there are more").format(shown=self.given) if more else ""
