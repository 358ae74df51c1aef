"""How alike two problems are in what they mean, whatever words, order and script they were written in."""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from heapq import heappush, heapreplace
from math import log1p, sqrt

from svcq.rules._problem_words import opposites
from svcq.rules._reading import UNKNOWN, Reading, read
from svcq.rules._wordings import synonyms
from svcq.rules.matching import verbatim

# The parts of a likeness: what each text says of the other, what the one that says less finds in the other (a
# title in a whole sentence), and the letters, with synonyms written alike. They add up to 1.
_BOTH_WAYS, _ONE_IN_OTHER, _SPELLING = 0.3, 0.35, 0.35
_AGAINST = 0.93  # what is left of a likeness for each thing in which the texts contradict each other
_REWORDED = 0.45  # so much of two texts is the same letters though each was written by itself
_CHANGED = 8.0  # how many contradictions a changed word is between texts that are otherwise the same letters
_LONE = 0.3  # what is left of the weight of letters that the other list has nowhere: wording, not matter
_CALM = 20  # texts added to the count, so that in two short lists a shared word is not taken for a common one
_PARTNERS = 30  # the most that one text may be paired with


class Comparison:
    """Two lists of problems, each text read once."""

    def __init__(self, ours: Sequence[str], theirs: Sequence[str]) -> None:
        """The problems of one hospital as each side words them."""
        self._ours = [read(text) for text in ours]
        self._theirs = [read(text) for text in theirs]
        self._same: dict[str, str] = {}
        self._meanings = self._weighed()
        self._letters = _Layer([one.letters for one in self._ours], [one.letters for one in self._theirs])

    def likenesses(self, least: float) -> dict[tuple[int, int], float]:
        """How alike two problems are: (place in ours, place in theirs) to 0-100, one decimal.

        Only pairs of `least` or more that share a meaning or an unknown letter, and of these the 30 best of each
        text. What is rare in both lists weighs most. 100 is said of equal texts, and of those that differ in
        fillers, punctuation, order and synonyms only.
        """
        meanings, letters = self._meanings, self._letters
        best = _Best(len(self._ours), len(self._theirs))
        for i, one in enumerate(self._ours):
            spelt = letters.shared(i)
            for j, said in meanings.shared(i).items():
                of_ours, of_theirs = said / meanings.ours[i], said / meanings.theirs[j]
                likeness = _BOTH_WAYS * sqrt(of_ours * of_theirs) + _ONE_IN_OTHER * max(of_ours, of_theirs)
                if j in spelt:
                    likeness += _SPELLING * spelt[j] / sqrt(letters.ours[i] * letters.theirs[j])
                if 100 * likeness + 0.05 >= least:
                    against = _contradictions(one, self._theirs[j])
                    likeness = round(100 * likeness * _AGAINST**against, 1)
                    if likeness >= least:
                        best.add(i, j, likeness)
        return best.kept()

    def learn(self, pairs: Iterable[tuple[int, int]]) -> bool:
        """Take for the same what these pairs word differently over and over; False if that changes nothing."""
        same = synonyms([(self._ours[i].said(), self._theirs[j].said()) for i, j in pairs], opposites())
        if same == self._same:
            return False
        self._same = same
        self._meanings = self._weighed()
        return True

    def _weighed(self) -> "_Layer":
        """The layer of meanings, with what was learned: words that are the same weigh what the weightiest does."""
        weights: dict[str, float] = defaultdict(float)
        for text in (*self._ours, *self._theirs):
            for word, weight in text.meanings.items():
                name = self._same.get(word, word)
                weights[name] = max(weights[name], weight)
        ours, theirs = (
            [
                {name: weights[name] for name in (self._same.get(word, word) for word in text.meanings)}
                for text in side
            ]
            for side in (self._ours, self._theirs)
        )
        return _Layer(ours, theirs)


def agree(one: str, other: str) -> bool:
    """Whether nothing in two problems speaks against their being one, however alike they are.

    They do not name different ones of what excludes each other (门诊 and 住院, or 门诊转住院 and 住院转门诊); they
    name the same numbers and the same faults; and only one of them says more than the other: if each says
    something that the other leaves out, they may be two.
    """
    a, b = read(one), read(other)
    if a.numbers != b.numbers or a.faults != b.faults or not (a.faults or a.fails == b.fails):
        return False
    if any(names != b.sides.get(group, names) for group, names in a.sides.items()):
        return False
    return not (_says_more(a, b) and _says_more(b, a))


_RUN = re.compile("[a-z]+|.", re.DOTALL)  # a Latin word, or one letter


def _says_more(one: Reading, other: Reading) -> bool:
    """Whether a text says what the other does not: a meaning, an unknown Latin word or an unknown letter."""
    strange = (run for unknown in one.unknown for run in _RUN.findall(unknown) if run not in other.folded)
    return not one.named <= other.named or any(strange)


def _contradictions(one: Reading, other: Reading) -> float:
    """In how much two texts contradict each other: opposites, numbers, faults, and a word changed on purpose.

    A half is for naming one more of what excludes each other. Where everybody wrote in his own words a word more
    means little; but between texts that are otherwise the same to the letter it is what makes them two.
    """
    found = 2.0 if one.numbers and other.numbers and one.numbers != other.numbers else 0.0
    if one.faults != other.faults:
        found += 0.5 if one.faults & other.faults else 1.0
    for group, names in one.sides.items():
        here, there = set(names), set(other.sides.get(group, names))
        if here != there:
            found += 0.5 if here & there else 1.0
    if one.numbers != other.numbers or _says_more(one, other) or _says_more(other, one):
        found += _CHANGED * max(0.0, verbatim(one.folded, other.folded) - _REWORDED)
    return found


class _Best:
    """For every text of either list its best partners, so that two long lists stay a sparse question."""

    def __init__(self, ours: int, theirs: int) -> None:
        """How many texts each list has."""
        self._counts = ours, theirs
        self._of_ours: list[list[tuple[float, int, int]]] = [[] for _ in range(ours)]
        self._of_theirs: list[list[tuple[float, int, int]]] = [[] for _ in range(theirs)]

    def add(self, ours: int, theirs: int, likeness: float) -> None:
        """One pair. Of equals each text keeps others than its neighbours do, so that all find a partner."""
        ahead = theirs - ours
        for best, distance, other in (
            (self._of_ours[ours], ahead % self._counts[1], theirs),
            (self._of_theirs[theirs], -ahead % self._counts[0], ours),
        ):
            if len(best) < _PARTNERS:
                heappush(best, (likeness, -distance, other))
            elif best[0] < (likeness, -distance, other):
                heapreplace(best, (likeness, -distance, other))

    def kept(self) -> dict[tuple[int, int], float]:
        """The pairs that are among the best of one of their texts."""
        found = {(i, j): likeness for i, best in enumerate(self._of_ours) for likeness, _, j in best}
        found |= {(i, j): likeness for j, best in enumerate(self._of_theirs) for likeness, _, i in best}
        return found


class _Layer:
    """One way to look at two lists: what the texts of a pair share, and how much each says."""

    def __init__(self, ours: Sequence[Mapping[str, float]], theirs: Sequence[Mapping[str, float]]) -> None:
        """`ours`, `theirs`: for each text its features with their weights before rarity."""
        texts = len(ours) + len(theirs) + _CALM
        times = Counter(feature for text in (*ours, *theirs) for feature in text)
        rarity = {feature: log1p(texts / often) for feature, often in times.items()}
        self._ours, weighed = (
            [{feature: weight * rarity[feature] for feature, weight in text.items()} for text in side]
            for side in (ours, theirs)
        )
        self._having: dict[str, list[int]] = defaultdict(list)
        for place, text in enumerate(weighed):
            for feature in text:
                self._having[feature].append(place)
        said_by_us = {feature for text in ours for feature in text}
        self.ours = [_whole(text, self._having) for text in self._ours]
        self.theirs = [_whole(text, said_by_us) for text in weighed]

    def shared(self, place: int) -> dict[int, float]:
        """What a text of ours shares with each of theirs that shares anything."""
        found: dict[int, float] = defaultdict(float)
        for feature, weight in self._ours[place].items():
            for other in self._having.get(feature, ()):
                found[other] += weight
        return found


def _whole(text: Mapping[str, float], elsewhere: Container[str]) -> float:
    """All that a text says; letters that the other list has nowhere count little."""
    return sum(
        weight * (_LONE if feature.startswith(UNKNOWN) and feature not in elsewhere else 1)
        for feature, weight in text.items()
    )
