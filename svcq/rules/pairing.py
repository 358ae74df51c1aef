"""三.4 Reconciliation: which problem of the hospital's list is which of ours, and which of these pairs are certain."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from svcq.rules._assignment import assign
from svcq.rules._likeness import Comparison, agree

_ROUNDS = 3  # of pairing and learning from the pairs; after two or three nothing new is found
_LIKELY = 10  # above `least`: pairs good enough to learn from
_NOTHING: Mapping[tuple[int, int], bool] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Text:
    """A problem as one side words it, and the day it was reported on, if that is known."""

    text: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Places in the two lists; None: the other side has no such problem.

    `similarity`: 0 to 100, one decimal; 0 of a problem that is alone. `certain`: nobody need look at it.
    """

    ours: int | None
    theirs: int | None
    similarity: float
    certain: bool


def pair(
    ours: Sequence[Text],
    theirs: Sequence[Text],
    *,
    known: Mapping[tuple[int, int], bool] = _NOTHING,
    least: float,
    certain: float,
    margin: float,
) -> list[Pair]:
    """Every place of both lists exactly once: the pairs in our order, then theirs alone, then ours alone.

    Of all ways to pair the lists the best on the whole is taken, not the nearest text for each in turn.

    `known`: what people decided about (place in ours, place in theirs): True, the same (100 and certain, whatever
    the words); False, never paired. Of two True for one problem the first in order holds.
    `least`, `certain`, `margin` are of the similarity, 0 to 100. A pair needs `least`. It is certain from
    `certain` on, if it is better by `margin` than any other pair of either problem, and nothing in the words
    speaks against it. Days near each other help to choose, but are not part of the similarity.
    """
    same = _decided(known)
    taken = set(same.values())
    compared = Comparison([one.text for one in ours], [one.text for one in theirs])
    for _ in range(_ROUNDS):
        similar = {
            (i, j): likeness
            for (i, j), likeness in compared.likenesses(least).items()
            if i not in same and j not in taken and (i, j) not in known
        }
        value = {(i, j): likeness - _apart(ours[i], theirs[j]) for (i, j), likeness in similar.items()}
        chosen = assign({place: _worth(of) for place, of in value.items()})
        likely = [place for place in chosen.items() if similar[place] >= least + _LIKELY]
        if not compared.learn([*same.items(), *likely]):
            break
    sure = {
        place
        for place in _clear(chosen, value, margin)
        if similar[place] >= certain and agree(ours[place[0]].text, theirs[place[1]].text)
    }
    pairs = [Pair(i, j, 100.0, True) for i, j in same.items()]
    pairs += [Pair(i, j, similar[i, j], (i, j) in sure) for i, j in chosen.items()]
    pairs.sort(key=lambda one: one.ours or 0)
    taken |= set(chosen.values())
    pairs += [Pair(None, j, 0.0, False) for j in range(len(theirs)) if j not in taken]
    return pairs + [Pair(i, None, 0.0, False) for i in range(len(ours)) if i not in same and i not in chosen]


def _decided(known: Mapping[tuple[int, int], bool]) -> dict[int, int]:
    """Ours to theirs as people decided. One decision about texts that stand twice in a list is of one of them."""
    same: dict[int, int] = {}
    for i, j in sorted(place for place, is_same in known.items() if is_same):
        if i not in same and j not in same.values():
            same[i] = j
    return same


_FAR = 60  # days apart that are far
_HINT = 3.0  # what being far takes off: enough to choose between equals


def _apart(one: Text, other: Text) -> float:
    """What the days on which two problems were reported take off their value as a pair."""
    if one.on is None or other.on is None:
        return 0.0
    return _HINT * min(abs((one.on - other.on).days), _FAR) / _FAR


def _worth(value: float) -> int:
    """What a pair adds to the whole. Cubed: one good pair is not given up for two middling ones."""
    return max(1, round(10 * value)) ** 3


def _clear(
    chosen: Mapping[int, int], value: Mapping[tuple[int, int], float], margin: float
) -> list[tuple[int, int]]:
    """The chosen pairs that are better by `margin` than every other pair of their two problems."""
    best_of_ours: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
    best_of_theirs: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for (i, j), of in value.items():
        for best in (best_of_ours[i], best_of_theirs[j]):
            best[:] = sorted((*best, of))[1:]
    clear = []
    for i, j in chosen.items():
        own = value[i, j]
        rivals = (second if first == own else first for second, first in (best_of_ours[i], best_of_theirs[j]))
        if own - max(rivals) >= margin:
            clear.append((i, j))
    return clear
