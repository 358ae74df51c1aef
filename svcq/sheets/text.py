"""Text of cells, headers and names: what is the same to a person is the same here."""

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""Control characters, zero-width and direction marks, halves of a pair: nothing anybody typed."""

_ESCAPED_CONTROL = re.compile(r"_x00(?:0[0-8BCDEFbcdef]|1[0-9A-Fa-f])_")
_BLANKS = re.compile(r"\s+")
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PADDED = re.compile(rf"[{_HAN}](?: [{_HAN}]){{1,3}}")
_DROPPED = frozenset("PZCS")


def tidy(text: str) -> str:
    """`text` as people meant it: one kind of line break, nothing invisible, no outer blanks."""
    if text.isascii() and text.isprintable() and "_x0" not in text:
        return text.strip()
    if "_x0" in text:
        text = _ESCAPED_CONTROL.sub("", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _INVISIBLE.sub("", text).strip()


def plain(text: str) -> str:
    """`text` on one line with full-width letters, digits and signs made half-width and blanks made single."""
    return _BLANKS.sub(" ", unicodedata.normalize("NFKC", tidy(text))).strip()


def normalise(text: str) -> str:
    """The key of a header or of a code: width, case, blanks, line breaks and punctuation do not matter."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in wide if unicodedata.category(sign)[0] not in _DROPPED)


def person(text: str) -> str:
    """A name on one line; blanks that only pad a short Chinese name (王　磊) go away."""
    name = _BLANKS.sub(" ", tidy(text))
    return name.replace(" ", "") if _PADDED.fullmatch(name) else name


def people(text: str) -> list[str]:
    """The names in a cell that holds several: split at 、 , ; / and line breaks; doubles once."""
    found = (person(part) for part in re.split(r"[、,，;；/／\n]+", tidy(text)))
    return list(dict.fromkeys(name for name in found if name))
