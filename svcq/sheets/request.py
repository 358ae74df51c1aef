"""三: the file of a request to development: read whole or refused with every mistake, and its commented template."""

import re
import stat
from functools import partial
from pathlib import Path
from typing import Any

from svcq.errors import Phrase, SvcqError, Usage
from svcq.rules.issue_request import Attachment, Request, about
from svcq.sheets import toml_file
from svcq.sheets.request_keys import ATTACHMENTS, LONGEST, READERS
from svcq.sheets.text import tidy
from svcq.sheets.toml_file import Why, cut

FORM = Path(__file__).with_name("request.toml")


def load(path: str | Path) -> Request:
    """The request of a TOML file; whatever says nothing (`""`, `-`, 无) is not said.

    Attachments are looked for beside the file. Usage names every unknown key and wrong value with its line.
    """
    file = toml_file.read(path)
    found: dict[str, Any] = {}
    met: list[tuple[str, Why]] = []
    for key, value in file.tree.items():
        reader = READERS.get(key)
        if reader is None:
            met.append((key, partial(_unknown, key)))
            continue
        try:
            found[key] = reader(value)
        except Usage as why:
            met.append((key, Phrase("{key}: {why}", key=key, why=why)))
    file.refuse(met)
    folder = Path(path).parent
    for key in ATTACHMENTS & found.keys():
        found[key] = tuple(_look(folder, name) for name in found[key])
    return Request(**found)


def template(
    *,
    customer: str = "",
    title: str = "",
    plan: str = "",
    system: str = "",
    module: str = "",
    description: str = "",
) -> str:
    """A request file with every key explained in both languages, and filled in with what is known of the issue.

    `title` is what it is about: the customer's name is put before it where it is not there yet.
    """
    lines = {"plan": _line(plan), "title": _line(title), "system": _line(system), "module": _line(module)}
    if (name := _line(customer)) and about(lines["title"], name) is None:
        lines["title"] = f"{name} {lines['title']}"
    said = {key: _quoted(text[:LONGEST]) for key, text in lines.items()}
    said["description"] = _quoted(tidy(description))

    def filled(found: re.Match[str]) -> str:
        return f"{found[1]} = {said.get(found[1], found[2])}"

    return re.sub(r'^(\w+) = ("")', filled, FORM.read_text("utf-8"), flags=re.MULTILINE)


def _unknown(key: str) -> SvcqError:
    """What is said about a key that is none."""
    from difflib import get_close_matches

    if near := get_close_matches(key[:100].casefold(), READERS, n=1):
        return Phrase("{key}: not known; is {near} meant?", key=cut(key), near=near[0])
    return Phrase("{key}: not known; `svcq issue request --template` shows every key", key=cut(key))


def _look(folder: Path, name: str) -> Attachment:
    """What stands where a request names a file."""
    try:
        found = (folder / name).stat()
    except (OSError, ValueError):
        return Attachment(name, "missing")
    if stat.S_ISDIR(found.st_mode):
        return Attachment(name, "folder")
    if not stat.S_ISREG(found.st_mode):
        return Attachment(name, "missing")
    return Attachment(name, "there" if found.st_size else "empty")


def _line(text: str) -> str:
    """A text on one line."""
    return " ".join(tidy(text).split("\n"))


def _quoted(text: str) -> str:
    """A text as TOML has it: in quotes, over several lines if it has them."""
    safe = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"""\n{safe}"""' if "\n" in safe else f'"{safe}"'
