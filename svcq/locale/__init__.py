"""The words of svcq in the user's language: English is the source, `zh_CN` a gettext catalogue."""

import gettext
import os
from pathlib import Path
from typing import Literal

from svcq.errors import N_ as N_
from svcq.errors import Counted, SvcqError

Language = Literal["zh", "en"]
HERE = Path(__file__).parent

_current: gettext.NullTranslations = gettext.NullTranslations()
_language: Language = "en"
_before = os.environ.get("LANGUAGE")


def use(language: Language) -> None:
    """Speak `language` (`zh` or `en`) from now on, for svcq's own words and those of the command-line library."""
    global _current, _language
    _language = language
    if language == "en":
        _current = gettext.NullTranslations()
        gettext.textdomain("messages")
        if _before is None:
            os.environ.pop("LANGUAGE", None)
        else:
            os.environ["LANGUAGE"] = _before
        return
    # the library asks gettext's global domain, in the language that the environment names first
    os.environ["LANGUAGE"] = "zh_CN"
    gettext.bindtextdomain("svcq", str(HERE))
    gettext.textdomain("svcq")
    _current = gettext.translation("svcq", HERE, languages=["zh_CN"])


def language() -> Language:
    """`zh` or `en`."""
    return _language


def _(message: str) -> str:
    """`message` in the user's language."""
    return _current.gettext(message) if message else ""


def ngettext(one: str, many: str, count: int) -> str:
    """The form of the message that fits `count`."""
    return _current.ngettext(one, many, count)


def say(error: SvcqError) -> str:
    """The sentence of an error or phrase in the user's language, with its clause."""
    values = {key: _said(value) for key, value in error.values.items()}
    text = _(error.message)
    if isinstance(error, Counted):
        text = ngettext(error.one, error.many, error.count)
    if values:
        text = text.format(**values)
    return f"{text} [{error.clause}]" if error.clause else text


def _said(value: object) -> object:
    """A value of a sentence: phrases in the user's language, several of them as a list in words."""
    if isinstance(value, tuple):
        return _(", ").join(str(_said(one)) for one in value)
    return say(value) if isinstance(value, SvcqError) else value
