"""Where output goes: the standard output, or a file that is whole or untouched."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from svcq.errors import SvcqError, Usage, reason
from svcq.locale import N_
from svcq.output.terminal import is_terminal
from svcq.output.values import visible_lines

_kept: list[str] = []
_SEPARATORS = tuple(filter(None, (os.sep, os.altsep)))


def keep(*paths: str | Path) -> None:
    """From now on nothing is written over these files either: what the command reads."""
    _kept.extend(str(path) for path in paths)


def keep_only(*paths: str | Path) -> None:
    """From now on nothing is written over these files, and only these: the store."""
    _kept.clear()
    keep(*paths)


def _refuse_kept(path: str) -> None:
    """Usage for a file that is kept, by whatever name; also for one that is not there but will be (the store's log)."""
    for kept in _kept:
        same = os.path.realpath(path) == os.path.realpath(kept)
        with suppress(OSError):
            same = same or os.path.samefile(path, kept)
        if same:
            raise Usage(N_("{path} is the store or a file that is being read: name another file"), path=path)


def checked(path: str) -> Path:
    """The file that a name means. Usage: no name, a folder or a missing one, the store or what is being read."""
    if not path or "\0" in path:
        raise Usage(N_("-o: name a file"))
    where = Path(os.path.realpath(path))
    if os.path.isdir(where) or path.endswith(_SEPARATORS):
        raise Usage(N_("{path}: is a folder, not a file"), path=path)
    if not os.path.isdir(where.parent):
        raise Usage(N_("{path}: the folder does not exist"), path=path)
    _refuse_kept(path)
    return where


@contextmanager
def binary_file(path: str) -> Iterator[BinaryIO]:
    """Write the file `path` in a block; it appears, or replaces the one there, only when the block ends well.

    Usage: a missing folder, a folder, no permission, a full disk. A device or named pipe is written directly.
    """
    where = checked(path)
    try:
        if where.exists() and not where.is_file():
            with where.open("wb") as device:
                yield device
        else:
            with _replacement(where) as file:
                yield file
    except PermissionError as error:
        raise Usage(N_("{path}: no permission to write there"), path=path) from error
    except OSError as error:
        raise Usage(N_("{path}: cannot be written: {reason}"), path=path, reason=reason(error)) from error


@contextmanager
def _replacement(where: Path) -> Iterator[BinaryIO]:
    import tempfile

    handle, name = tempfile.mkstemp(dir=where.parent, prefix=f".{where.name[:40]}.", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        part.chmod(_mode(where))
        part.replace(where)
    finally:
        part.unlink(missing_ok=True)


def _mode(where: Path) -> int:
    """The permissions of the file that is replaced, else those of any new file."""
    if where.exists():
        return where.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


@contextmanager
def text_file(path: str, mark: bool = False) -> Iterator[TextIO]:
    """As `binary_file`, for UTF-8 text with \\n; `mark`: with the byte order mark that Excel needs."""
    with binary_file(path) as file:
        encoding = "utf-8-sig" if mark else "utf-8"
        text = TextIOWrapper(file, encoding=encoding, errors="backslashreplace", newline="\n")
        yield text
        text.flush()
        text.detach()


@contextmanager
def standard(
    stream: TextIO, encoding: str | None = None, errors: str = "backslashreplace"
) -> Iterator[TextIO]:
    """Write to the standard output in a block, with \\n; `encoding`: instead of the locale's.

    A reader that has seen enough (`| head`) ends the output quietly; SvcqError for a full disk.
    """
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding=encoding or stream.encoding, errors=errors, newline="\n")
    with _tolerant(stream):
        yield stream
        stream.flush()


@contextmanager
def standard_binary(stream: TextIO) -> Iterator[BinaryIO]:
    """Write bytes to the standard output in a block; Usage if it takes only text or is a terminal."""
    buffer = cast(BinaryIO | None, getattr(stream, "buffer", None))
    if buffer is None or is_terminal(stream):
        raise Usage(N_("a workbook is not for a terminal: -o FILE.xlsx writes it to a file"))
    with _tolerant(stream):
        yield buffer
        buffer.flush()


@contextmanager
def _tolerant(stream: TextIO) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        _forget(stream)
    except OSError as error:
        _forget(stream)
        raise SvcqError(N_("the output cannot be written: {reason}"), reason=reason(error)) from error


def _forget(stream: TextIO) -> None:
    """Let what is still buffered go nowhere, so that the interpreter does not complain at its end."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


class Guarded:
    """A terminal that gets text from users: what it would obey is made visible on the way."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        """Write `text` with its line breaks and tabs, other control characters as pictures."""
        return self.stream.write(visible_lines(text))
