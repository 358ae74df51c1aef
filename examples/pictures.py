"""Draws the terminal pictures of the README from what svcq prints: `python examples/pictures.py`."""

import io
import os
import pty
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

HERE = Path(__file__).parent
BOOKS = ("客户名单.xlsx", "员工名册.xls", "维护合同跟踪表.xlsx", "致电记录.csv")
PICTURES = (
    ("overdue.svg", "en", 100, ("contract", "overdue", "--limit", "12")),
    ("overdue-zh.svg", "zh", 100, ("contract", "overdue", "--limit", "12")),
    ("show.svg", "en", 110, ("contract", "show", "HT-2026-0125")),
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


def draw(target: Path, title: str, text: str, width: int) -> None:
    """One picture, without a font fetched from elsewhere."""
    console = Console(record=True, width=width, file=io.StringIO(), force_terminal=True, legacy_windows=False)
    console.print(Text.from_ansi(text.rstrip("\n")), soft_wrap=True)
    svg = console.export_svg(title=title, unique_id="svcq")
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.S)
    svg = svg.replace("Fira Code", "Sarasa Mono SC, Noto Sans Mono CJK SC, Menlo, Consolas")
    target.write_text(svg, "utf-8")


def main() -> None:
    """Draw them all."""
    (HERE / "pictures").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "svcq.db"
        svcq(("import", *(str(HERE / "workbooks" / book) for book in BOOKS)), store, "en", 100)
        for name, language, width, arguments in PICTURES:
            text = svcq(arguments, store, language, width)
            draw(HERE / "pictures" / name, "svcq " + " ".join(arguments), text, width)


if __name__ == "__main__":
    main()
