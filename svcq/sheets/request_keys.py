"""三: the keys of a request file, and how the value of each is read."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from svcq.errors import RowsRefused, Usage
from svcq.rules.issue_request import CONTRACTS, EDITIONS, INTERFACES, KINDS
from svcq.rules.matching import tidy_number
from svcq.sheets import dates
from svcq.sheets.cells import is_nothing
from svcq.sheets.text import person, plain, tidy
from svcq.sheets.toml_file import shown

LONGEST = 1_000
"""Characters of a text of one line."""
MOST = 1_000
"""Entries of a list."""
_FLAGS = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}
_WORDS = {
    "edition": {"单独版": "single", "公共版": "common"},
    "kind": {"问题": "fault", "故障": "fault", "需求": "need", "新需求": "need"},
    "interface": {
        "无": "none",
        "不涉及": "none",
        "一般": "general",
        "一般接口": "general",
        "医保": "insurance",
        "医保接口": "insurance",
    },
    "contract": {"有": "yes", "无": "no", "没有": "no", "不明确": "unclear", "说不清": "unclear"},
}
"""What people may write for the words of a key besides these themselves."""

Reader = Callable[[object], Any]
"""A value as the parser gives it -> ours; Usage, without the place, if it is none."""


def _text(value: object) -> str:
    """A text; "" if it says nothing."""
    if not isinstance(value, str):
        raise Usage("a text in quotes is wanted, not {value}", value=shown(value))
    text = tidy(value)
    return "" if is_nothing(text) else text


def _line(value: object) -> str:
    """A text of one line."""
    text = _text(value)
    if "\n" in text:
        raise Usage("a text of one line is wanted, not {value}", value=shown(text))
    if len(text) > LONGEST:
        raise Usage("at most {longest} characters, not {count}", longest=LONGEST, count=len(text))
    return text


def _number(value: object) -> str:
    """The number of a record."""
    return tidy_number(_line(value))


def _name(value: object) -> str:
    """A person."""
    return person(_line(value))


def _flag(value: object) -> bool | None:
    """True or false, in quotes or not."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        word = plain(value).casefold()
        if word in _FLAGS:
            return _FLAGS[word]
        if is_nothing(value):
            return None
    raise Usage("true or false is wanted, not {value}", value=shown(value))


def _one_of(key: str, known: tuple[str, ...]) -> Reader:
    """The reader of a key that takes one of the words."""
    words = {**dict(zip(known, known, strict=True)), **_WORDS[key]}

    def read(value: object) -> str:
        if isinstance(value, bool) and "yes" in known:
            return "yes" if value else "no"
        if isinstance(value, str):
            if (word := plain(value).casefold()) in words:
                return words[word]
            if is_nothing(value):
                return ""
        raise Usage("one of {known} is wanted, not {value}", known=known, value=shown(value))

    return read


def _day(value: object) -> date | None:
    """A date, in quotes or not."""
    try:
        if isinstance(value, date):
            return dates.from_date(value)
        if isinstance(value, str):
            text = plain(value)
            if is_nothing(text):
                return None
            if not text.isdecimal() or len(text) == len("20261123"):  # any other number is no day here
                return dates.from_text(text)
    except RowsRefused:
        pass
    raise Usage("a date such as {example} is wanted, not {value}", example="2026-11-23", value=shown(value))


def _texts(value: object) -> tuple[str, ...]:
    """Texts; those that say nothing stay."""
    if isinstance(value, str):
        value = [value] if _text(value) else []
    if not isinstance(value, list):
        raise Usage("a list of texts is wanted, not {value}", value=shown(value))
    if len(value) > MOST:
        raise Usage("at most {most} entries, not {count}", most=MOST, count=len(value))
    return tuple(map(_text, value))


def _names(value: object) -> tuple[str, ...]:
    """Names of one line each, without those that say nothing."""
    return tuple(name for name in map(_line, _texts(value)) if name)


READERS: Mapping[str, Reader] = {
    "plan": _number,
    "title": _line,
    "system": _line,
    "module": _line,
    "library": _line,
    "entry_point": _line,
    "edition": _one_of("edition", EDITIONS),
    "description": _text,
    "new_module": _flag,
    "screens": _text,
    "format": _text,
    "functions": _text,
    "steps": _text,
    "confirmed_with": _line,
    "confirmed_on": _day,
    "kind": _one_of("kind", KINDS),
    "error_log": _names,
    "screenshot": _names,
    "caused_by_upgrade": _flag,
    "current_version": _line,
    "front_end": _names,
    "back_end": _names,
    "hospital_set_date": _flag,
    "wanted_on": _day,
    "interface": _one_of("interface", INTERFACES),
    "changes_contract": _flag,
    "contract": _one_of("contract", CONTRACTS),
    "contract_reference": _line,
    "ruled_by": _name,
    "ruling": _text,
    "new_interface": _flag,
    "interface_document": _names,
    "several": _flag,
    "items": _texts,
    "modules": _names,
    "agreed": _flag,
    "agreement": _text,
    "agreed_on": _day,
    "agreed_with": _line,
}
"""Every key of a request file."""
ATTACHMENTS = frozenset(("error_log", "screenshot", "front_end", "back_end", "interface_document"))
