"""Rows as a table of GitHub's markdown, for people: titles and codes in their language."""

import re
from collections.abc import Iterable, Sequence

from svcq.locale import _
from svcq.output.machine import Writer
from svcq.output.shape import Column, Row
from svcq.output.values import human

RIGHT = frozenset(("number", "money"))
"""Types of columns whose values stand at the right."""
_MEANS = re.compile(r"[\\`*_\[\]<>&|~]")


def escaped(text: str) -> str:
    """`text`, on one line, with everything that markdown would take for a mark behind a backslash."""
    return _MEANS.sub(r"\\\g<0>", text)


def write_markdown(out: Writer, columns: Sequence[Column], rows: Iterable[Row]) -> None:
    """The table; without rows its header alone."""
    out.write(_line([escaped(_(column.title)) for column in columns]))
    out.write(_line(["---:" if column.type in RIGHT else "---" for column in columns]))
    fields = [(column.key, human(column)) for column in columns]
    for row in rows:
        out.write(_line([escaped(shown(row.get(key))) for key, shown in fields]))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
