"""七 The scores worked out a second time, from the written process alone: over the obligations of every chapter.

It shares no line with svcq; tests compare both.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from tests.independent_callback import first_day, last_day
from tests.independent_common import Answer, Row, day_of
from tests.independent_owed import World, obligations, unit

PLACES = {"person": 0, "team": 1, "region": 2}
"""By whom -> where that stands behind evidence."""
FIELDS = ("score", "compliance", "satisfaction", "resolution")
SUMS = ("points", "breaches", "waived", "fines")


@dataclass
class Evidence:
    """What stands behind the figures of one person in one period, or of a part of the period in one team."""

    owed: list[Answer] = field(default_factory=list)
    asked: list[Row] = field(default_factory=list)


Found = dict[tuple[str, str, str], Evidence]
"""(person, team, region) -> evidence of that person's days there."""


def evidence(world: World, every: Iterable[Answer], today: date, first: date, last: date) -> Found:
    """What fell due or was asked in a period, as it stands on `today`; `every`: the obligations of that day."""
    found: Found = {}
    for one in every:
        due, person = one["due_on"], one["person"]
        assert isinstance(due, date)
        if person and not one["before_live"] and first <= due <= last and due < today:
            key = (str(person), str(one["team"] or ""), str(one["region"] or ""))
            found.setdefault(key, Evidence()).owed.append(one)
    if world.live and last < world.live:
        return found
    for row in world.sheet("callback"):
        asked = day_of(row, "asked_on", today)
        marked = row["service"] is not None or row["attitude"] is not None
        if asked and marked and not row.get("void_on") and first_day(row["quarter"]) == first:
            team, region = unit(world, str(row["engineer"]), asked)
            key = (str(row["engineer"]), team or "", region or "")
            found.setdefault(key, Evidence()).asked.append(row)
    return found


def counted(world: World, owed: Iterable[Answer], last: date, counts: str) -> list[Answer]:
    """The obligations whose rules count in a quarter, or in a year."""
    return [one for one in owed if world.numbers.scored(str(one["rule"]), last) == counts]


def breaches(world: World, owed: Iterable[Answer], last: date) -> list[Answer]:
    """The breaches among obligations, with `points` of each and what is `counted` after waivers and the cap."""
    used: dict[object, int] = {}
    found = []
    order = ("due_on", "rule", "number", "starts_on")
    for one in sorted(owed, key=lambda one: tuple(str(one[key]) for key in order)):
        if not one["breached"]:
            continue
        each, most = world.numbers.points(str(one["rule"]), last)
        cost = 0 if one["waived_on"] else min(each, most - used.get(one["rule"], 0))
        used[one["rule"]] = used.get(one["rule"], 0) + cost
        found.append(one | {"points": each, "counted": cost})
    return found


def figures(world: World, mine: Evidence, last: date) -> dict[str, object]:
    """The three indicators and the score of a person in a period, exact; None where there is no data."""
    own = counted(world, mine.owed, last, "quarter")
    lines = breaches(world, own, last)
    points = sum(int(str(one["counted"])) for one in lines)
    marks = [Fraction(str(row[key])) for row in mine.asked for key in ("service", "attitude") if row[key]]
    closes = [one for one in mine.owed if one["rule"] == "issue.close"]
    late = sum(bool(one["breached"] and not one["waived_on"]) for one in closes)
    good = sum(not one["breached"] for one in closes)
    found: dict[str, Fraction | None] = {
        "compliance": Fraction(max(0, 100 - points)) if own else None,
        "satisfaction": (sum(marks, Fraction()) / len(marks) - 1) * 25 if marks else None,
        "resolution": Fraction(100 * good, good + late) if good + late else None,
    }
    weights = {name: world.numbers.setting(last, f"score.weight_{name}") for name in found}
    known = {name: value for name, value in found.items() if value is not None}
    whole = sum(weights[name] for name in known)
    score = sum(weights[name] * value for name, value in known.items()) / whole if whole else None
    return {
        **found,
        "score": score,
        "points": points,
        "breaches": len(lines),
        "waived": sum(bool(one["waived_on"]) for one in lines),
        "fines": sum(int(str(one["fine"])) for one in mine.owed),
    }


def grade(world: World, score: object, last: date) -> str | None:
    """A, B, C or D; of a rounded score."""
    if score is None:
        return None
    marks = {name: world.numbers.setting(last, f"score.grade_{name.lower()}") for name in "ABC"}
    return next((name for name, least in marks.items() if Fraction(str(score)) >= least), "D")


def rounded(value: Fraction | None) -> float | None:
    """To two decimals, a half up."""
    if value is None:
        return None
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return float(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))


def mean(values: Iterable[object]) -> Fraction | None:
    """Of those that are there."""
    known = [value for value in values if isinstance(value, Fraction)]
    return sum(known, Fraction()) / len(known) if known else None


def quarter(world: World, name: str, today: date, by: str = "person") -> dict[str, dict[str, object]]:
    """Person, team or region -> its figures of a quarter as they stand on `today`, exact."""
    first, last = first_day(name), last_day(name)
    seen = _joined(evidence(world, obligations(world, today), today, first, last), by)
    return _grouped({key: figures(world, mine, last) for key, mine in seen.items()})


def year(
    world: World,
    name: int,
    today: date,
    by: str = "person",
    published: Mapping[tuple[str, str], Mapping[str, object]] | None = None,
) -> dict[str, dict[str, object]]:
    """Person, team or region -> its figures of a year: the mean of its quarters less the year's own deductions.

    `published`: (quarter, person) -> its frozen figures, by person; they count as they are.
    """
    kept = published or {}
    every = obligations(world, today)
    parts: dict[tuple[str, str], list[dict[str, object]]] = {}
    for number in range(1, 5):
        first, last = first_day(f"{name}Q{number}"), last_day(f"{name}Q{number}")
        for key, mine in _joined(evidence(world, every, today, first, last), by).items():
            frozen = kept.get((f"{name}Q{number}", key[1]))
            parts.setdefault(key, []).append(dict(frozen or figures(world, mine, last)))
    first, last = date(name, 1, 1), date(name, 12, 31)
    whole = _joined(evidence(world, every, today, first, last), by)
    nothing = Evidence()
    return _grouped(
        {
            key: _of_year(world, parts.get(key, []), whole.get(key, nothing), last)
            for key in {**parts, **whole}
        }
    )


def _of_year(
    world: World, quarters: Sequence[Mapping[str, object]], mine: Evidence, last: date
) -> dict[str, object]:
    means: dict[str, object] = {which: mean(one[which] for one in quarters) for which in FIELDS}
    lines = breaches(world, counted(world, mine.owed, last, "year"), last)
    points = sum(int(str(one["counted"])) for one in lines)
    score = means["score"]
    return {
        **means,
        "score": max(Fraction(), score - points) if isinstance(score, Fraction) else None,
        "points": points,
        "breaches": len(lines),
        "waived": sum(bool(one["waived_on"]) for one in lines),
        "fines": sum(int(str(one["fine"])) for one in mine.owed),
    }


def _grouped(people: Mapping[tuple[str, str], Mapping[str, object]]) -> dict[str, dict[str, object]]:
    """Group -> its figures, from those of everybody in it of whom there is something to say."""
    groups: dict[str, list[Mapping[str, object]]] = {}
    for (group, _), one in people.items():
        if any(one[key] is not None for key in FIELDS) or one["breaches"] or one["fines"]:
            groups.setdefault(group, []).append(one)
    return {group: _together(members) for group, members in groups.items()}


def _together(members: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """The figures of a team: means, and sums of what is counted."""
    means: dict[str, object] = {key: mean(one[key] for one in members) for key in FIELDS}
    sums = {key: sum(int(str(one[key])) for one in members) for key in SUMS}
    return means | sums | {"people": len(members)}


def _joined(found: Found, by: str) -> dict[tuple[str, str], Evidence]:
    """(group, person) -> what stands behind it: all that the person did, or what it did in that team or region."""
    people: dict[tuple[str, str], Evidence] = {}
    for key, mine in found.items():
        both = people.setdefault((key[PLACES[by]], key[0]), Evidence())
        both.owed += mine.owed
        both.asked += mine.asked
    return people


def fines(world: World, today: date) -> dict[tuple[str, str], int]:
    """(person, month of the due day) -> CNY."""
    found: dict[tuple[str, str], int] = {}
    for one in obligations(world, today):
        if one["fine"]:
            key = (str(one["person"] or ""), str(one["due_on"])[:7])
            found[key] = found.get(key, 0) + int(str(one["fine"]))
    return found
