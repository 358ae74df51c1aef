"""How many lines a text takes in a cell of a form: a spreadsheet does not fit a row to merged cells."""

from collections.abc import Iterator
from dataclasses import dataclass

from svcq.locale import Language
from svcq.output.cells import fold, width

TEXT, SMALL, LARGE, SLIP = 10.5, 9.0, 20.0, 15.0
"""Sizes of type in points: 10.5 is the ordinary one of an office (五号)."""
ABOVE = 4.5
"""Points of a cell that its text leaves free, above and below together."""
BESIDE, INDENTED = 6.0, 9.0
"""The same left and right; what an indent takes besides."""
SURE = 0.96
"""How much of the width is counted on: programs break lines a little differently."""


@dataclass(frozen=True, slots=True)
class Faces:
    """The fonts of a language, as they are called on the machines of an office."""

    text: str
    heading: str
    indent: str
    """What a paragraph begins with."""
    leading: float
    """Height of a line in sizes of its type: that of the tallest font that may stand in for the one named."""
    wide: float
    """What a Latin capital, an m or a w takes across, in sizes of the type."""
    thin: float
    """The same of an i, a comma and the like."""
    other: float
    """The same of other Latin characters and digits."""
    stout: float
    """How much more the font of headings takes."""


FACES: dict[Language, Faces] = {
    "zh": Faces("宋体", "黑体", "\u3000\u3000", 1.45, 0.58, 0.5, 0.5, 1.0),
    "en": Faces("Times New Roman", "Arial", "", 1.25, 0.72, 0.31, 0.49, 1.12),
}
FIRST_WIDE = "\u2e80"
"""Where the characters begin that a Latin font leaves to a Chinese one."""
WIDE, THIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZmw%@&#+<=>~"), frozenset(" fijlrt.,:;!'()[]|/-")


def lines(text: str, points: float, size: float, faces: Faces) -> int:
    """How many lines `text` takes at most in a cell `points` wide, in type of `size`; an empty text takes one."""
    return sum(len(folded) for _, folded in _folded(text, points, size, faces))


def portions(text: str, points: float, size: float, faces: Faces, most: int) -> list[str]:
    """`text` in as many texts as it needs for none to take more than `most` lines; only blanks are lost."""
    found: list[list[str]] = [[]]
    left = most
    for paragraph, folded in _folded(text, points, size, faces):
        start = end = 0
        for line in folded:
            begin = paragraph.index(line, end)
            if not left:
                if end > start:
                    found[-1].append(paragraph[start:end])
                found.append([])
                start, left = begin, most
            end, left = begin + len(line), left - 1
        found[-1].append(paragraph[start:])
    return ["\n".join(parts) for parts in found] if found[1:] else [text]


def _folded(text: str, points: float, size: float, faces: Faces) -> Iterator[tuple[str, list[str]]]:
    """The paragraphs of the text and the lines of each."""
    room = (points - BESIDE) * SURE / (size / 2)
    for part in text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ").split("\n"):
        yield part, fold(part, max(2, int(room * _slim(part, faces))))


def height(count: int, size: float, faces: Faces, text: str = "") -> float:
    """The points that so many lines need in a cell; Chinese in `text` needs its own, whatever the language."""
    chinese = any(character >= FIRST_WIDE for character in text)
    leading = max(faces.leading, FACES["zh"].leading) if chinese else faces.leading
    return count * size * leading + ABOVE


def _slim(text: str, faces: Faces) -> float:
    """The cells of the text, each half a size wide, as a part of what it really takes in these fonts."""
    cells = width(text)
    latin = [character for character in text if character.isascii()]
    wide = sum(character in WIDE for character in latin)
    thin = sum(character in THIN for character in latin)
    other = len(latin) - wide - thin
    taken = cells - len(latin) + 2 * (wide * faces.wide + thin * faces.thin + other * faces.other)
    return cells / taken if taken else 1.0
