"""Reading a hospital software problem as meanings: the words of problem_words.toml, numbers, and the letters left."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

Kind = Literal["thing", "act", "fault", "failure", "faint", "number", "letters"]


@dataclass(frozen=True, slots=True)
class Word:
    """A meaning by its name, a number by its digits, or a run of letters that no table knows."""

    kind: Kind
    name: str


def fold(text: str) -> str:
    """Half-width, one case, no blanks at the ends."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def words(text: str) -> list[Word]:
    """The meanings of a text in their order, without fillers and punctuation; none if there was nothing else."""
    meanings = _tables().meanings
    found: list[Word] = []
    unknown = ""
    for piece in [*_cut(plain(text), meanings), ""]:
        if piece.isalnum() and not piece.isdecimal() and piece not in meanings:
            unknown += piece
            continue
        if unknown:
            found.append(Word("letters", unknown))
            unknown = ""
        word = Word("number", _number(piece)) if piece[:1].isdecimal() else meanings.get(piece)
        if word is not None:
            found.append(word)
    return found


def opposites() -> tuple[frozenset[str], ...]:
    """The groups of meanings that exclude each other."""
    return _tables().opposites


def kin() -> tuple[frozenset[str], ...]:
    """The groups of meanings that go together."""
    return _tables().kin


_ONES = {
    sign: at for signs in ("零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖") for at, sign in enumerate(signs)
}
_ONES["两"] = 2
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100}
_SIGNS = "".join((*_ONES, *_TENS))
# 内三病区 is 内科三病区.
_WARD = re.compile(rf"([内外妇儿骨])(?=[{_SIGNS}\d]+(?:病区|病房|科|区|楼))")
# Only where a number is meant: 三号窗口, 第三, 内科三病区; not 统一, 一下, 十分, 一日清单, 第三方.
_NUMERAL = re.compile(
    rf"(?<=[第科])[{_SIGNS}]+(?!方)"
    rf"|[{_SIGNS}]+(?=[号楼层区窗级型期月年元天周岁]|病区|病房|诊室|院区|季度|小时|分[钟钱])"
)
# 退了费 is 退费, 发完药 is 发药; but 不了, 没了, 了解, 用完, 完整 stay.
_DONE = re.compile("(?<![不没])了(?!解)|(?<![不用])完(?![整成全善毕])")
# 导不出 is 导出 that fails, 登不进 is 登进; but 对不上, 连不上 stay.
_CANNOT = re.compile("(?<=[\u4e00-\u9fff])不([出入进下回开到]|(?<![对连接]不)上)")


def plain(text: str) -> str:
    """A text as it is cut: folded, in Arabic numerals, and with a split verb made whole."""
    numbered = _NUMERAL.sub(_arabic, _WARD.sub(r"\1科", fold(text)))
    return _CANNOT.sub(r"\1不 ", _DONE.sub("", numbered))


def _arabic(numeral: re.Match[str]) -> str:
    """三 is 3, 十二 is 12, 二十 is 20, 一〇二 is 102."""
    total = ones = 0
    for sign in numeral.group():
        if sign in _TENS:
            total, ones = total + (ones or 1) * _TENS[sign], 0
        else:
            ones = ones * 10 + _ONES[sign]
    return str(total + ones)


def _number(piece: str) -> str:
    """03 is 3; 0.50 stays."""
    return str(int(piece)) if piece.isdecimal() else piece


_WHOLE = re.compile(r"\d+(?:\.\d+)?|[a-z]+")  # never cut in two


def _cut(plain: str, meanings: Mapping[str, object]) -> list[str]:
    """The pieces of a text, cut so that as few letters as can be stay unknown, in as few pieces as can be."""
    wholes = {match.start(): match.end() for match in _WHOLE.finditer(plain)}
    inside = {at for start, end in wholes.items() for at in range(start + 1, end)}
    # For each place the best way up to it: (letters unknown, pieces, where the last piece begins).
    ways: list[tuple[int, int, int]] = [(0, 0, 0)]
    ways += [(len(plain) + 1, 0, 0)] * len(plain)
    for start in range(len(plain)):
        if start in inside:
            continue
        unknown, pieces, _ = ways[start]
        end = wholes.get(start, start + 1)
        is_letters = not plain[start].isdecimal() and plain[start].isalnum()
        ways[end] = min(ways[end], (unknown + is_letters * (end - start), pieces + 1, start))
        for end in range(start + 1, min(start + _longest(), len(plain)) + 1):
            if end not in inside and plain[start:end] in meanings:
                ways[end] = min(ways[end], (unknown, pieces + 1, start))
    cut: list[str] = []
    end = len(plain)
    while end:
        start = ways[end][2]
        cut.append(plain[start:end])
        end = start
    return cut[::-1]


@dataclass(frozen=True, slots=True)
class _Tables:
    meanings: Mapping[str, Word | None]  # None: a filler
    opposites: tuple[frozenset[str], ...]
    kin: tuple[frozenset[str], ...]


@cache
def _longest() -> int:
    """The length of the longest word that is known."""
    return max(map(len, _tables().meanings))


@cache
def _tables() -> _Tables:
    raw = tomllib.loads((resources.files("svcq.rules") / "problem_words.toml").read_text("utf-8"))
    meanings: dict[str, Word | None] = dict.fromkeys(raw["fillers"].split())
    kinds: tuple[tuple[str, Kind], ...] = (
        ("faint", "faint"),
        ("failures", "failure"),
        ("faults", "fault"),
        ("acts", "act"),
        ("things", "thing"),
    )
    for table, kind in kinds:
        for line in filter(None, raw[table].splitlines()):
            name, *_ = ways = line.split()
            meanings |= dict.fromkeys(ways, Word(kind, name))
    opposites, kin = (
        tuple(frozenset(line.split()) for line in filter(None, raw[table].splitlines()))
        for table in ("opposites", "kin")
    )
    return _Tables(meanings, opposites, kin)
