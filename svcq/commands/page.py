"""The pages of --help: usage, text and lists, in cells, so that Chinese is folded and aligned like English."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from shutil import get_terminal_size

from svcq.locale import _
from svcq.output.cells import fold, pad, width

RAW = "\b"
"""A paragraph whose first line is this keeps its lines."""
LEFT = 30
"""Cells of the left column of a list, at most; what is wider stands on a line of its own."""
GAP, STEP = 2, 2


class Page:
    """A help page under construction; takes the place of the library's formatter, which counts characters."""

    def __init__(self, width: int | None = None, max_width: int | None = None) -> None:
        """`width`: cells of a line; None: the terminal's, at most `max_width`."""
        self.width = width or max(min(get_terminal_size().columns, max_width or 80) - 2, 50)
        self.current_indent = 0
        self._parts: list[str] = []

    def getvalue(self) -> str:
        """The page so far."""
        return "".join(self._parts)

    def write(self, text: str) -> None:
        """Add a text as it is."""
        self._parts.append(text)

    def write_paragraph(self) -> None:
        """A blank line, unless the page is empty."""
        if self._parts:
            self.write("\n")

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """`Usage: prog args`, the arguments folded under one another."""
        head = f"{prefix or _('Usage: ')}{prog} "
        room = self.width - width(head)
        lines = fold(args, room) if room >= 20 else ["", *fold(args, self.width - STEP)]
        rest = " " * (width(head) if room >= 20 else STEP)
        self.write("\n".join([(head + lines[0]).rstrip(), *(rest + line for line in lines[1:])]) + "\n")

    def write_text(self, text: str) -> None:
        """Paragraphs, folded."""
        paragraphs = []
        for paragraph in text.split("\n\n"):
            first, _break, rest = paragraph.partition("\n")
            whole = " ".join(paragraph.split())
            lines = rest.split("\n") if first == RAW else fold(whole, self.width - self.current_indent)
            paragraphs.append("".join(f"{' ' * self.current_indent}{line}".rstrip() + "\n" for line in lines))
        self.write("\n".join(paragraphs))

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = LEFT, col_spacing: int = GAP) -> None:
        """A list of names and what they mean."""
        left = min(max((width(name) for name, _meaning in rows), default=0), col_max) + col_spacing
        start = " " * (self.current_indent + left)
        for name, meaning in rows:
            lines = fold(meaning, max(self.width - len(start), 10)) if meaning else [""]
            head = " " * self.current_indent + name
            if width(name) > left - col_spacing:
                lines = ["", *lines]
            self.write((pad(head, len(start)) + lines[0] if lines[0] else head).rstrip() + "\n")
            self.write("".join(f"{start}{line}\n" for line in lines[1:] if line))

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """A heading, and what belongs to it indented."""
        self.write_paragraph()
        self.write(" " * self.current_indent + _("{heading}:").format(heading=name) + "\n")
        with self.indentation():
            yield

    @contextmanager
    def indentation(self) -> Iterator[None]:
        """What is written in the block stands further in."""
        self.current_indent += STEP
        try:
            yield
        finally:
            self.current_indent -= STEP
