"""Files that mean no good, all made by code, none by chance: `python -m tests.make_hostile FOLDER` writes them."""

import os
import sys
from pathlib import Path

from tests.hostile import archives, olds, others, texts
from tests.hostile.case import ANY, FILE, Case
from tests.sheets.hostile.files import CSV, xlsx

PLACES = {
    "a folder.xlsx": Case(Path.mkdir, FILE, "is a folder"),
    "a pipe.csv": Case(os.mkfifo, FILE, "not an ordinary file"),
    "a link to nothing.csv": Case(lambda path: path.symlink_to("nothing.csv"), FILE, "no such file"),
    "a link to itself.csv": Case(lambda path: path.symlink_to(path), FILE, "cannot be read"),
    "a link to zeros.csv": Case(lambda path: path.symlink_to("/dev/zero"), FILE, "not an ordinary file"),
    "a link to passwords.csv": Case(lambda path: path.symlink_to("/etc/passwd"), FILE, "no header row"),
    "a link to the store.csv": Case(lambda path: path.symlink_to("svcq.db"), FILE, "a database"),
    "nothing.xlsx": Case(b"", FILE, "is empty"),
    "holes, 90 MB.xlsx": Case(lambda path: _hole(path, xlsx(), 90), FILE),
    "holes, 200 MB.xlsx": Case(lambda path: _hole(path, xlsx(), 200), FILE, "more than 100 MB: split it"),
    "holes, 200 GB.csv": Case(lambda path: _hole(path, CSV.encode(), 200_000), FILE, "neither a workbook"),
    "a picture.xlsx": Case(b"\x89PNG\r\n\x1a\n" + bytes(100), FILE, "a picture"),
    "a program.csv": Case(b"\x7fELF" + bytes(100), FILE, "a program"),
    "chance.xlsx": Case(bytes((n * n * 31 + n // 7) % 251 for n in range(5000)), ANY),
}
CASES: dict[str, Case] = {**PLACES, **texts.CASES, **archives.CASES, **others.CASES, **olds.CASES}


def _hole(path: Path, start: bytes, megabytes: int) -> None:
    path.write_bytes(start)
    os.truncate(path, megabytes * 2**20)


def main() -> None:
    """Write every file into the folder that is named."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, case in CASES.items():
        case.write(folder / name)


if __name__ == "__main__":
    main()
