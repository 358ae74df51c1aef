"""三: what a request to development says, and how its title and its modules are read."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

from svcq.rules.matching import name_key

KINDS = ("fault", "need")
EDITIONS = ("single", "common")
INTERFACES = ("none", "general", "insurance")
CONTRACTS = ("yes", "no", "unclear")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a request names, and what stands there."""

    name: str
    state: Literal["there", "missing", "folder", "empty"]


Files = tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """What a request says; "", () and None: not said. The groups are the norms."""

    plan: str = ""
    title: str = ""
    system: str = ""
    module: str = ""
    library: str = ""
    entry_point: str = ""
    edition: str = ""
    """One of EDITIONS; asked for by the norms 4 and 5 too."""
    description: str = ""
    new_module: bool | None = None
    screens: str = ""
    """What the user sees; `interface` is the one between programs."""
    format: str = ""
    functions: str = ""
    steps: str = ""
    confirmed_with: str = ""
    confirmed_on: date | None = None
    kind: str = ""
    """One of KINDS."""
    error_log: Files = ()
    screenshot: Files = ()
    caused_by_upgrade: bool | None = None
    current_version: str = ""
    front_end: Files = ()
    back_end: Files = ()
    hospital_set_date: bool | None = None
    wanted_on: date | None = None
    interface: str = ""
    """One of INTERFACES."""
    changes_contract: bool | None = None
    contract: str = ""
    """One of CONTRACTS: whether there is one that covers it."""
    contract_reference: str = ""
    ruled_by: str = ""
    ruling: str = ""
    new_interface: bool | None = None
    interface_document: Files = ()
    several: bool | None = None
    items: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    """Where the same function is to change, if that is more than `module`."""
    agreed: bool | None = None
    agreement: str = ""
    agreed_on: date | None = None
    agreed_with: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan of the tracker as it is recorded."""

    number: str
    active: bool
    completion_on: date | None = None
    release_on: date | None = None


_BLANKS = re.compile("[ \u00a0\u3000]+")
_BETWEEN = re.compile("[、,，;；](?![^(（]*[)）])")
"""What stands between the names of modules, unless in brackets."""


def substance(text: str) -> str:
    """The letters, digits and Chinese characters of a text, width and case folded; "" if it says nothing."""
    signs = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in signs if unicodedata.category(sign)[0] in "LN")


def folded(text: str) -> str:
    """A text without blanks, width and case folded."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def about(title: str, customer: str) -> str | None:
    """What a title says behind the customer's name and a half- or full-width blank; None if it does not begin so.

    Blanks inside the name, width and case do not matter.
    """
    name = folded(customer)
    for blank in _BLANKS.finditer(title):
        before = folded(title[: blank.start()])
        if before == name:
            return title[blank.end() :]
        if len(before) > len(name):
            break
    return None


def modules(request: Request) -> list[str]:
    """Every program module that a request names, once, in `module` (several with 、) and in `modules`."""
    found: dict[str, str] = {}
    for text in (request.module, *request.modules):
        for name in _BETWEEN.split(text):
            if substance(name):
                found.setdefault(name_key(name), name.strip())
    return list(found.values())
