"""What two lists word differently over and over: the words that stand for each other between them."""

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from math import log

_TIMES = 3  # together in fewer pairs than this is chance
_LIFT = 3.0  # times as often together as they would be by chance
_SURE = 10.0  # what a log-likelihood must reach: about one in six hundred that come up by chance


def synonyms(pairs: Sequence[tuple[Set[str], Set[str]]], opposites: Iterable[Set[str]]) -> dict[str, str]:
    """Words to the word they are the same as, as far as two lists teach it.

    `pairs`: the words of texts that seem to be one problem, ours and theirs. If one side's 自助服务机 is missing on
    the other wherever that says 自助机 the two are one word. Opposites are not, however often they meet.
    """
    times: Counter[str] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    for one, other in pairs:
        times.update(one | other)
        together.update((min(a, b), max(a, b)) for a in one - other for b in other - one)
    apart = {(a, b) for group in opposites for a in group for b in group}
    found = []
    for (a, b), met in together.items():
        lift = met * len(pairs) / (times[a] * times[b])
        if met >= _TIMES and lift >= _LIFT and 2 * met * log(lift) >= _SURE and (a, b) not in apart:
            found.append((-2 * met * log(lift), a, b))
    return _joined((a, b) for _, a, b in sorted(found))


def _joined(best_first: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Every word to the one that names its group; a pair counts if it is the best of one of its words."""
    best: dict[str, str] = {}
    name: dict[str, str] = {}
    for a, b in best_first:
        if best.setdefault(a, b) == b or best.setdefault(b, a) == a:
            best.setdefault(b, a)
            one, other = _name(a, name), _name(b, name)
            if one != other:
                name[other] = one
    return {word: _name(word, name) for word in name}


def _name(word: str, name: dict[str, str]) -> str:
    """The word that names a word's group: itself if it is in none."""
    while word in name:
        word = name[word]
    return word
