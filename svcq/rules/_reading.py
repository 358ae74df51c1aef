"""A problem's text as it is compared: what it means and how it is spelt, each with its weight, and what it names."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from svcq.rules._problem_words import Kind, fold, kin, opposites, words

UNKNOWN = "?"
"""Begins a feature that is letters without a known meaning; a known meaning is a feature by its name."""

_GROUP = "~"  # begins a feature that is a group of meanings
_WEIGHTS: Mapping[Kind, float] = {
    "thing": 1.0,
    "number": 1.0,
    "act": 0.8,
    "fault": 0.8,
    "failure": 0.5,
    "faint": 0.15,
}
_LETTER = 0.5  # a letter, and two of them in a row
_KIN = 0.2  # a group of meanings that go together


@dataclass(frozen=True, slots=True)
class Reading:
    """One text. `meanings` and `letters`: features with their weights, before rarity; never empty."""

    folded: str
    meanings: Mapping[str, float]
    letters: Mapping[str, float]
    named: frozenset[str]  # things, acts, faults and failures
    faults: frozenset[str]
    fails: bool  # it says that something is not there or not right
    numbers: frozenset[str]
    unknown: tuple[str, ...]  # runs of letters without a known meaning
    sides: Mapping[int, tuple[str, ...]]  # what it names of a group of opposites, in this order

    def said(self) -> set[str]:
        """The meanings and unknown letters of the text itself, without the groups they are of."""
        return {feature for feature in self.meanings if not feature.startswith(_GROUP)}


def read(text: str) -> Reading:
    """A text as it is compared. One without any word is itself, so that it is like its equal only."""
    found = words(text)
    of_kind: dict[Kind, list[str]] = defaultdict(list)
    for word in found:
        of_kind[word.kind].append(word.name)
    named = frozenset().union(*(of_kind[kind] for kind in ("thing", "act", "fault", "failure")))
    meanings = {word.name: _WEIGHTS[word.kind] for word in found if word.kind != "letters"}
    for run in of_kind["letters"]:
        meanings |= _grams(run)
    meanings |= {f"{_GROUP}{at}": _KIN for at, group in enumerate(kin()) if not named.isdisjoint(group)}
    letters = _grams("".join(word.name for word in found if word.kind != "faint"))
    folded = fold(text)
    itself = {UNKNOWN + folded: _LETTER}
    order = list(dict.fromkeys(word.name for word in found))
    sides = {at: tuple(filter(group.__contains__, order)) for at, group in enumerate(opposites())}
    return Reading(
        folded=folded,
        meanings=meanings or itself,
        letters=letters or itself,
        named=named,
        faults=frozenset(of_kind["fault"]),
        fails=bool(of_kind["failure"]),
        numbers=frozenset(of_kind["number"]),
        unknown=tuple(of_kind["letters"]),
        sides={at: names for at, names in sides.items() if names},
    )


def _grams(run: str) -> dict[str, float]:
    """Every letter and every two in a row, as features of letters."""
    return {UNKNOWN + letters: _LETTER for letters in (*run, *map("".join, pairwise(run)))}
