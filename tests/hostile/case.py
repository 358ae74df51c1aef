"""One hostile file: how it is made, and how its import has to end."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

FILE, ROWS, TAKEN = (2,), (5,), (0,)
"""Exit codes: the file is refused, its rows are, it is taken."""
ANY = (0, 2, 5)
"""Whatever the reader makes of it: a sentence or the data, never anything else."""


@dataclass(frozen=True, slots=True)
class Case:
    """A file by what it holds, and the end its import has to come to."""

    make: bytes | str | Callable[[Path], object]
    """Its bytes, its text, or what writes it to a path."""
    ends: tuple[int, ...] = FILE
    says: str = ""
    """A regular expression that the words to the user match."""
    options: tuple[str, ...] = ()
    is_heavy: bool = False
    """Takes seconds: only measured by `tests/bench/hostile.py`."""

    def write(self, path: Path) -> None:
        """Put the file at `path`."""
        if callable(self.make):
            self.make(path)
        else:
            path.write_bytes(self.make.encode() if isinstance(self.make, str) else self.make)


def repeated(*parts: tuple[bytes, int]) -> Callable[[Path], object]:
    """What writes bytes again and again without holding them all."""

    def write(path: Path) -> None:
        with path.open("wb") as file:
            for part, times in parts:
                many = max(1, 2**20 // max(1, len(part)))
                for _ in range(times // many):
                    file.write(part * many)
                file.write(part * (times % many))

    return write


def pieces(parts: Iterable[bytes]) -> Callable[[Path], object]:
    """What writes bytes one after the other; `parts` is asked again each time if it is a list."""

    def write(path: Path) -> None:
        with path.open("wb") as file:
            for part in parts:
                file.write(part)

    return write
