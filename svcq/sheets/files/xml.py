"""The small XML parts of a workbook: only the tags that are asked for are kept, and no entity is ever expanded."""

from collections.abc import Collection
from pathlib import Path
from posixpath import join, normpath
from xml.parsers import expat

from svcq.sheets.files.archive import damaged

Tag = tuple[str, dict[str, str]]
"""Name without its namespace, and the attributes with theirs as `space}name`."""
DEEPEST, MOST = 100, 50_000
"""Tags in tags, and tags that are kept: no workbook comes near."""


class _TooMuchError(Exception):
    """A part that no program has written for people."""


def tags(file: Path, data: bytes, wanted: Collection[str]) -> list[Tag]:
    """The tags of a part that have one of the names; Usage if it is damaged, declares a document type or goes too deep."""
    found: list[Tag] = []
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        bare = name.rpartition("}")[2]
        if bare in wanted:
            found.append((bare, attributes))
        if depth > DEEPEST or len(found) > MOST:
            raise _TooMuchError

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse(*_said: object) -> None:
        raise _TooMuchError

    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, _TooMuchError, ValueError, LookupError):
        raise damaged(file) from None
    return found


def targets(file: Path, data: bytes) -> dict[str, str]:
    """The relations of the workbook: id -> member of the archive."""
    found: dict[str, str] = {}
    for _name, said in tags(file, data, ("Relationship",)):
        target = said.get("Target", "")
        inside = target.lstrip("/") if target.startswith(("/", "xl/")) else join("xl", target)
        found[said.get("Id", "")] = normpath(inside)
    return found
