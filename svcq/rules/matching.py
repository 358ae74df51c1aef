"""When two names mean the same, which known names are near one that is not known, and how much of two texts is one."""

import re
import unicodedata
from collections.abc import Iterable

_DROPPED = dict.fromkeys(map(ord, " \t\r\n\u3000\u00a0\u200b\ufeff·.,，。、'\"“”‘’"))


def name_key(name: str) -> str:
    """The name as it is compared: full-width folded, no blanks, no stops or quotes, one kind of bracket and case."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return folded.translate(_DROPPED)


_DASH = re.compile(r" *(?:-|[\u2010-\u2015\u2212]+) *")


def tidy_number(text: str) -> str:
    """A record's number as it is kept: half-width, single blanks, and one kind of dash whatever was typed."""
    return _DASH.sub("-", " ".join(unicodedata.normalize("NFKC", text).split()))


def near(name: str, known: Iterable[str], *, likeness: int = 60, most: int = 3) -> list[str]:
    """The known names most like `name`, best first; `likeness` from 0 to 100 is the least that counts."""
    from rapidfuzz import fuzz, process

    found = process.extract(
        name, list(known), scorer=fuzz.WRatio, processor=name_key, score_cutoff=likeness, limit=most
    )
    return [choice for choice, _, _ in found]


def verbatim(one: str, other: str) -> float:
    """How much of two texts is the same letters in the same order, 0 to 1, as both were typed."""
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other) / 100
