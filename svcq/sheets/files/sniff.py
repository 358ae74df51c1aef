"""What a file is, by what it holds: its ending may say anything."""

import stat
from pathlib import Path
from typing import Literal

from svcq.errors import Phrase, Usage, reason
from svcq.locale import N_
from svcq.sheets import limits
from svcq.sheets.files import archive, compound

What = Literal["xlsx", "xlsb", "ods", "xls", "text"]

_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", N_("a PDF document")),
    (b"\x89PNG", N_("a picture")),
    (b"\xff\xd8\xff", N_("a picture")),
    (b"GIF8", N_("a picture")),
    (b"BM", N_("a picture")),
    (b"{\\rtf", N_("a text document (RTF)")),
    (b"\x1f\x8b", N_("a packed archive")),
    (b"7z\xbc\xaf\x27\x1c", N_("a packed archive")),
    (b"Rar!", N_("a packed archive")),
    (b"BZh", N_("a packed archive")),
    (b"\xfd7zXZ", N_("a packed archive")),
    (b"SQLite format 3", N_("a database")),
    (b"\x7fELF", N_("a program")),
    (b"MZ", N_("a program")),
)


def what_is(file: Path, encoding: str | None = None) -> What:
    """The kind of a readable file; Usage with one sentence for everything that is no table.

    `encoding`: what the user says that its text is in; it may then have zeros.
    """
    size, head = _head(file)
    if size == 0:
        raise Usage("{path} is empty", path=str(file))
    if head.startswith(b"PK\x03\x04"):
        what = _inside_zip(file)
    elif head.startswith(b"PK\x05\x06"):
        raise Usage("{path} is an empty archive, not a table", path=str(file))
    elif head.startswith(compound.MAGIC):
        what = _inside_compound(file)
    else:
        what = _loose(file, head, encoding is not None)
    most = limits.TEXT_BYTES if what == "text" else limits.FILE_BYTES
    if size > most:
        raise Usage(
            "{path} has {size} MB, more than {most} MB: split it",
            path=str(file),
            size=size >> 20,
            most=most >> 20,
        )
    return what


def _head(file: Path) -> tuple[int, bytes]:
    try:
        about = file.stat()
        if stat.S_ISDIR(about.st_mode):
            raise Usage("{path} is a folder, not a file", path=str(file))
        if not stat.S_ISREG(about.st_mode):
            raise Usage("{path} is not an ordinary file", path=str(file))
        with file.open("rb") as opened:
            return about.st_size, opened.read(4096)
    except FileNotFoundError:
        raise Usage("{path}: no such file", path=str(file)) from None
    except (OSError, ValueError) as error:
        raise Usage("{path} cannot be read: {why}", path=str(file), why=reason(error)) from None


def _inside_zip(file: Path) -> What:
    with archive.opened(file) as opened:
        names = {name.replace("\\", "/").lstrip("/").casefold() for name in opened.names()}
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "content.xml" in names and "mimetype" in names:
        return "ods"
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise Usage("{path} is a document, not a table", path=str(file))
    if "[content_types].xml" in names:
        return "xlsx"
    raise Usage("{path} is an archive, not a workbook: unpack it first", path=str(file))


def _inside_compound(file: Path) -> What:
    names = compound.names(file)
    if names & {"encryptedpackage", "encryptioninfo"}:
        raise Usage("{path} is protected by a password: save it without one", path=str(file))
    if names & {"workbook", "book"}:
        return "xls"
    if "worddocument" in names or "powerpoint document" in names:
        raise Usage("{path} is a document, not a table", path=str(file))
    raise Usage("{path} is not a workbook", path=str(file))


def _loose(file: Path, head: bytes, is_text: bool) -> What:
    for magic, what in _OTHERS:
        if head.startswith(magic) and (len(magic) > 2 or b"\x00" in head):
            raise Usage("{path} is {what}, not a table", path=str(file), what=Phrase(what))
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(
        (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<body", b"<style", b"<div")
    ):
        raise Usage("{path} is a web page: open it in Excel and save it as .xlsx", path=str(file))
    if start.startswith((b"<?xml", b"<workbook")):
        raise Usage("{path} is an XML file: open it in Excel and save it as .xlsx", path=str(file))
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "text"
    if head.startswith((b"\x09\x08", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00", b"\x09\x00\x04\x00")):
        raise Usage("{path} is a very old workbook: open it in Excel and save it as .xlsx", path=str(file))
    if b"\x00" in head and not is_text:
        raise Usage(
            "{path} is neither a workbook nor a text file; if it is text, say --encoding", path=str(file)
        )
    return "text"
