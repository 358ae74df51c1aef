"""Draws the terminal pictures of the README from what svcq prints: `python examples/pictures.py`."""

import os
import pty
import re
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

HERE = Path(__file__).parent
CONSOLE = Console()
SIZE, CELL, LINE, EDGE, TOP = 14, 7.8, 20, 16, 42
COLOURS = {1: "#ff7b72", 3: "#e3b341"}
PAPER, INK, FAINT = "#1e1e2e", "#d8dee9", "#8a93a6"
FONTS = "Sarasa Mono SC, Noto Sans Mono CJK SC, Menlo, Consolas, monospace"
BOOKS = ("客户名单.xlsx", "员工名册.xls", "维护合同跟踪表.xlsx", "致电记录.csv")
SHOWN = "number,customer,salesperson,sealed_on,return_due_on,state,days_overdue,fine,obligations,calls"
PICTURES = (
    ("overdue.svg", "en", 100, ("contract", "overdue", "--limit", "12")),
    ("overdue-zh.svg", "zh", 100, ("contract", "overdue", "--limit", "12")),
    ("show.svg", "en", 110, ("contract", "show", "HT-2026-0125", "--columns", SHOWN)),
)


def svcq(arguments: tuple[str, ...], store: Path, language: str, width: int) -> str:
    """What the command prints on a terminal of that width, with its colours."""
    environment = {
        **os.environ,
        "SVCQ_DB": str(store),
        "SVCQ_TODAY": "2026-11-23",
        "SVCQ_LANG": language,
        "SVCQ_USER": "qc",
        "COLUMNS": str(width),
        "CLICOLOR_FORCE": "1",
        "PYTHONIOENCODING": "utf-8",
    }
    here, there = pty.openpty()
    program = [sys.executable, "-m", "svcq", *arguments]
    process = subprocess.Popen(program, env=environment, stdin=there, stdout=there, stderr=subprocess.DEVNULL)
    os.close(there)
    output = bytearray()
    try:
        while data := os.read(here, 65536):
            output += data
    except OSError:  # the other end is closed: that is how a terminal says that there is no more
        pass
    process.wait()
    return output.decode().replace("\r\n", "\n")


def draw(target: Path, title: str, text: str) -> None:
    """One picture: every word stands at its own place, so that no font can move a column."""
    lines = Text.from_ansi(text.rstrip("\n")).split("\n")
    width = max(cell_len(line.plain) for line in lines) * CELL + 2 * EDGE
    height = len(lines) * LINE + TOP + EDGE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="100%" height="100%" rx="8" fill="{PAPER}"/>',
        f'<g font-family="{FONTS}" font-size="{SIZE}" fill="{INK}">',
        f'<text x="{EDGE}" y="26" fill="{FAINT}">$ {escape(title)}</text>',
    ]
    for row, line in enumerate(lines):
        for word in re.finditer(r"\S+(?: \S+)*", line.plain):
            style = line.get_style_at_offset(CONSOLE, word.start())
            colour = COLOURS.get(style.color.number or 0, INK) if style.color else INK
            weight = ' font-weight="bold"' if style.bold else ""
            at = cell_len(line.plain[: word.start()])
            places = [at + cell_len(word[0][:n]) for n in range(len(word[0]))]
            xs = " ".join(f"{EDGE + place * CELL:.1f}" for place in places)
            y = TOP + row * LINE + SIZE
            parts.append(f'<text x="{xs}" y="{y}" fill="{colour}"{weight}>{escape(word[0])}</text>')
    target.write_text("\n".join([*parts, "</g></svg>"]) + "\n", "utf-8")


def main() -> None:
    """Draw them all."""
    (HERE / "pictures").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "svcq.db"
        svcq(("import", *(str(HERE / "workbooks" / book) for book in BOOKS)), store, "en", 100)
        for name, language, width, arguments in PICTURES:
            text = svcq(arguments, store, language, width)
            draw(HERE / "pictures" / name, "svcq " + " ".join(arguments).replace(SHOWN, "…"), text)


if __name__ == "__main__":
    main()
