"""The small XML parts of a workbook, read so that no entity is ever expanded."""

from pathlib import Path
from posixpath import join, normpath
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from svcq.sheets.files.scan import damaged


def parse(file: Path, data: bytes) -> Element:
    """The root of a part; Usage if it is damaged or declares entities."""
    try:
        root: Element = fromstring(data)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise damaged(file) from None
    return root


def named(one: Element, name: str) -> bool:
    """Whether an element has that name, whatever its namespace."""
    return isinstance(one.tag, str) and one.tag.rpartition("}")[2] == name


def targets(file: Path, data: bytes) -> dict[str, str]:
    """The relations of the workbook: id -> member of the archive."""
    found: dict[str, str] = {}
    for one in parse(file, data):
        target = one.get("Target", "")
        inside = target.lstrip("/") if target.startswith(("/", "xl/")) else join("xl", target)
        found[one.get("Id", "")] = normpath(inside)
    return found
