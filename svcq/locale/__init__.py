"""The words of svcq in the user's language: English is the source, `zh_CN` a gettext catalogue."""

import gettext
from pathlib import Path
from typing import Literal

from svcq.errors import SvcqError

Language = Literal["zh", "en"]
HERE = Path(__file__).parent

_current: gettext.NullTranslations = gettext.NullTranslations()
_language: Language = "en"


def use(language: Language) -> None:
    """Speak `language` (`zh` or `en`) from now on, for svcq's own words and those of the command-line library."""
    global _current, _language
    _language = language
    _current = gettext.NullTranslations()
    if language == "zh":
        with (HERE / "zh_CN" / "LC_MESSAGES" / "svcq.mo").open("rb") as catalogue:
            _current = gettext.GNUTranslations(catalogue)


def language() -> Language:
    """`zh` or `en`."""
    return _language


def _(message: str) -> str:
    """`message` in the user's language."""
    return _current.gettext(message) if message else ""


def N_(message: str) -> str:  # noqa: N802 - gettext's own name
    """Mark `message` for the catalogue; it is translated when it is shown."""
    return message


def ngettext(one: str, many: str, count: int) -> str:
    """The form of the message that fits `count`."""
    return _current.ngettext(one, many, count)


def say(error: SvcqError) -> str:
    """The sentence of an error or phrase in the user's language, with its clause."""
    values = {key: say(v) if isinstance(v, SvcqError) else v for key, v in error.values.items()}
    text = _(error.message)
    if values:
        text = text.format(**values)
    return f"{text} [{error.clause}]" if error.clause else text
