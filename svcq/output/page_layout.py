"""Where everything on a page of a workbook stands: rows of blocks, cells of columns, lines of notes."""

from collections.abc import Iterator

from openpyxl.utils import get_column_letter

from svcq.output.cells import fold
from svcq.output.page import Block, Grid, Note, Page


def placed(page: Page) -> Iterator[tuple[Block, int]]:
    """The blocks of a page, each with its first row of the sheet."""
    below = 1
    for block in page.blocks:
        yield block, below
        if isinstance(block, Grid):
            below += 1 + len(block.rows) + bool(block.totals)
        else:
            below += len(folded(block, page)) if isinstance(block, Note) else 1


def folded(note: Note, page: Page) -> list[str]:
    """The lines of a note."""
    return fold(note.text, sum(page.widths) - 2)


def columns(page: Page) -> dict[tuple[str, str], str | None]:
    """The cells of each column of each grid, by their keys; None of a grid without rows."""
    found: dict[tuple[str, str], str | None] = {}
    for block, first in placed(page):
        if isinstance(block, Grid):
            at = 1
            for head in block.heads:
                letter, rows = get_column_letter(at), len(block.rows)
                cells = f"${letter}${first + 1}:${letter}${first + rows}"
                found[block.name, head.key] = cells if rows else None
                at += head.span
    return found
