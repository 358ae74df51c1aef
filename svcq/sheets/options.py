"""What the user says about a file that the file does not say itself, and what a file turned out to hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from svcq.errors import SvcqError
from svcq.sheets.dates import DateOrder
from svcq.sheets.kind import Sheet


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read a file; everything blank: decide by the file."""

    kind: str | None = None
    """Name of a kind, for every sheet that is read."""
    sheets: tuple[str, ...] = ()
    """Names (or 1-based places, as text) of the sheets to read; empty: every one that is recognised."""
    header_row: int | None = None
    """1-based row of the header, of its last line if it has two."""
    headers: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    """Header as in the file -> field key, or several; `-`: leave the column out."""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Field key -> word as in the file -> word to read instead (blank: nothing); `*`: every other word."""
    constants: Mapping[str, str] = field(default_factory=dict)
    """Field key -> what every row says of it, though no column does; a header that seems to mean it is left out."""
    date_order: DateOrder | None = None
    encoding: str | None = None
    """Of a text file; blank: UTF-8, UTF-16 with a mark, else GB18030."""
    clear: bool = False
    """Blank cells of known columns are values (None) that empty a field."""

    @property
    def mapped(self) -> set[str]:
        """The fields that the user's headers name."""
        keys = {one for said in self.headers.values() for one in ((said,) if isinstance(said, str) else said)}
        return keys - {"-"}


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file as read."""

    path: str
    sheets: list[Sheet]
    skipped: list[tuple[str, SvcqError]]
    """Sheets that were not read, and why (phrases)."""
