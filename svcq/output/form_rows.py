"""The blocks of a form as rows of pieces: who stands in which columns, how it looks and how high the row is."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise, zip_longest
from typing import Literal

from svcq.output.form import (
    Across,
    Block,
    Cut,
    Field,
    Fields,
    Form,
    Gap,
    Grid,
    Line,
    Paragraph,
    Section,
    Signatures,
    Title,
)
from svcq.output.form_lines import INDENTED, LARGE, SLIP, SMALL, TEXT, Faces, height, lines, portions

A4 = (210.0, 297.0)
"""Millimetres."""
POINT = 72 / 25.4
"""Points of a millimetre."""
PIXEL = 0.75
"""Points of a pixel; rows and columns are whole ones."""
MOST = 15
"""Lines of a row; a longer text goes on in the next, since no row is split between pages or above 409 points."""
SIGNING = 2
"""Lines of room for a signature."""


@dataclass(frozen=True, slots=True)
class Ink:
    """How a piece looks."""

    size: float = TEXT
    heading: bool = False
    shaded: bool = False
    sides: str = ""
    """Which of its sides have a line: l r t b; `-`: a dashed one at the bottom."""
    across: Across = "left"
    down: Literal["top", "center"] = "center"
    indented: bool = False
    """Keep a little away from the side that the text stands on."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A text in the cells of a row from column `at` (0-based), `span` columns wide."""

    at: int
    span: int
    text: str
    ink: Ink = Ink()


@dataclass(frozen=True, slots=True)
class Row:
    """Pieces side by side and their height in points; `repeated`: printed on top of every further page."""

    pieces: tuple[Piece, ...]
    height: float
    repeated: bool = False


BOX = Ink(sides="lrtb", indented=True)
LABEL = Ink(sides="lrtb", heading=True, shaded=True, across="center")


def page(form: Form) -> tuple[float, float]:
    """The points of the page inside the margins: across and down."""
    across, down = reversed(A4) if form.landscape else A4
    return (across - 2 * form.margin) * POINT, (down - 2 * form.margin) * POINT


def column_width(form: Form, scale: float) -> float:
    """The points across a column of the form that is printed at `scale` and then as wide as the page."""
    return math.floor(page(form)[0] / form.columns / scale / PIXEL) * PIXEL


def rows(form: Form, faces: Faces, scale: float = 1) -> list[Row]:
    """All rows of the form, high enough for their text; printed at `scale` they are as wide as the page."""
    setter = _Setter(form.columns, column_width(form, scale), faces)
    return [row for block in form.blocks for row in setter.rows(block)]


def shares(columns: int, parts: Sequence[int]) -> list[tuple[int, int]]:
    """Where each part begins and how many of the columns it takes: at least one, all of them together."""
    ends = [round(columns * end / sum(parts)) for end in accumulate(parts, initial=0)]
    for place in range(1, len(ends)):
        ends[place] = min(max(ends[place], ends[place - 1] + 1), columns - (len(parts) - place))
    return [(start, end - start) for start, end in pairwise(ends)]


@dataclass(frozen=True, slots=True)
class _Setter:
    columns: int
    column: float
    """Points across one of them."""
    faces: Faces

    def rows(self, block: Block) -> Iterator[Row]:
        match block:
            case Title(text, small):
                size = SLIP if small else LARGE
                yield from self._rows(
                    [self._whole(text, Ink(size, heading=True, across="center"))], air=size / 2
                )
            case Line(left, right):
                half = self.columns // 2
                there = Piece(half, self.columns - half, right, Ink(across="right"))
                yield from self._rows([Piece(0, half, left), there])
            case Section(text):
                yield from self._rows(
                    [self._whole(text, replace(LABEL, across="left", indented=True))], air=4
                )
            case Fields(fields, label):
                for row in fields:
                    yield from self._fields(row, label)
            case Grid():
                yield from self._grid(block)
            case Paragraph(text, indent, heading, across):
                begun = self.faces.indent + text if indent and across == "left" else text
                ink = Ink(heading=heading, across=across, down="center" if heading else "top")
                yield from self._rows([self._whole(begun, ink)], air=4 if heading else 0)
            case Signatures(labels, day, whole):
                yield from self._signed_in_one(labels, day) if whole else self._signatures(labels, day)
            case Cut(text):
                yield Row((self._whole("", Ink(sides="-")),), SMALL / 2)
                yield from self._rows([self._whole(text, Ink(SMALL, across="center"))])
            case Gap(points):
                yield Row((), points)

    def _whole(self, text: str, ink: Ink) -> Piece:
        return Piece(0, self.columns, text, ink)

    def _rows(self, pieces: Sequence[Piece], least: int = 1, air: float = 0) -> Iterator[Row]:
        """The pieces as a row, or as several if a text is too long for one.

        `least`: lines there is room for in any case; `air`: points to add.
        """
        lots = list(zip_longest(*map(self._portions, pieces), fillvalue=""))
        for place, texts in enumerate(lots):
            inside = ("t" if place else "") + ("b" if place + 1 < len(lots) else "")
            shown = tuple(
                replace(piece, text=text, ink=_without(piece.ink, inside))
                for piece, text in zip(pieces, texts, strict=True)
            )
            needed = max(
                height(self._lines(piece), piece.ink.size, self.faces, piece.text) for piece in shown
            )
            yield Row(shown, max(height(least, TEXT, self.faces), needed) + air)

    def _portions(self, piece: Piece) -> list[str]:
        return portions(piece.text, *self._type(piece), self.faces, MOST)

    def _lines(self, piece: Piece) -> int:
        return lines(piece.text, *self._type(piece), self.faces)

    def _type(self, piece: Piece) -> tuple[float, float]:
        """The points across that the piece has, and the size of its type as its font fills it."""
        room = piece.span * self.column - (INDENTED if piece.ink.indented else 0)
        return room, piece.ink.size * (self.faces.stout if piece.ink.heading else 1)

    def _fields(self, fields: Sequence[Field], label: int) -> Iterator[Row]:
        pieces = []
        for field, (at, span) in zip(fields, shares(self.columns, [f.share for f in fields]), strict=True):
            pieces.append(Piece(at, label, field.label, LABEL))
            pieces.append(Piece(at + label, span - label, field.value, BOX))
        return self._rows(pieces, max(field.lines for field in fields), air=5)

    def _grid(self, grid: Grid) -> Iterator[Row]:
        places = shares(self.columns, [head.share for head in grid.heads])
        titles = [Piece(*place, head.title, LABEL) for place, head in zip(places, grid.heads, strict=True)]
        yield from (replace(row, repeated=grid.repeated) for row in self._rows(titles, air=3))
        inks = [replace(BOX, across=head.across, indented=head.across != "center") for head in grid.heads]
        sums = [replace(ink, heading=True, shaded=True) for ink in inks]
        blank = ("",) * len(grid.heads)
        for number, texts in enumerate((*grid.rows, *[blank] * (grid.least - len(grid.rows)))):
            cells = zip(places, texts, sums if number in grid.strong else inks, strict=True)
            pieces = [Piece(*place, text, ink) for place, text, ink in cells]
            yield from self._rows(pieces, grid.lines, air=3)

    def _signatures(self, labels: Sequence[str], day: str) -> Iterator[Row]:
        places = shares(self.columns, [1] * len(labels))
        for texts, ink, least in (
            (labels, Ink(sides="lrt", indented=True), 1),
            ([""] * len(labels), Ink(sides="lr"), SIGNING),
            ([day] * len(labels), Ink(sides="lrb", indented=True, across="right"), 1),
        ):
            yield from self._rows(
                [Piece(*place, text, ink) for place, text in zip(places, texts, strict=True)], least
            )

    def _signed_in_one(self, labels: Sequence[str], day: str) -> Iterator[Row]:
        """The boxes as a single row, which is on one page."""
        ink = Ink(sides="lrtb", indented=True, down="top")
        places = shares(self.columns, [1] * len(labels))
        pieces = [
            Piece(*place, "\n".join((label, *[""] * SIGNING, day)), ink)
            for place, label in zip(places, labels, strict=True)
        ]
        yield from self._rows(pieces, air=6)


def _without(ink: Ink, sides: str) -> Ink:
    """The ink without lines at these sides."""
    return replace(ink, sides="".join(side for side in ink.sides if side not in sides)) if sides else ink
