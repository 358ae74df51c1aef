"""七: what counts of breaches, answers and closings come to: points, the three indicators, score and grade."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from fractions import Fraction

from svcq.policy.model import Policy

CLOSING = "issue.close"
"""The rule whose obligations are the resolution indicator, wherever its breaches count."""
INDICATORS = ("compliance", "satisfaction", "resolution")
HIGHEST = 100
MARKS = (1, 5)
"""What a question of a callback can be answered with, from the worst to the best."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a breach of a rule costs in points, the most that all of a person's cost, and in which period."""

    points: int
    most: int
    counts: str
    """quarter, year or none."""


@dataclass(frozen=True, slots=True)
class Marking:
    """How a policy scores: the cost of every rule, the weights and the grades."""

    policy: str
    """Its name."""
    costs: Mapping[str, Cost]
    """Of every rule of the policy."""
    weights: Mapping[str, int]
    """Of each of INDICATORS."""
    grades: tuple[tuple[int, str], ...]
    """From which score on which grade holds, the best first; below the last: D."""

    @classmethod
    def of(cls, policy: Policy) -> "Marking":
        """The marking of a policy."""
        said = {key: int(value) for key, value in policy.settings.items() if key.startswith("score.")}
        costs = {
            name: Cost(
                said["score.points"] if rule.points is None else rule.points,
                said["score.points_most"] if rule.points_most is None else rule.points_most,
                rule.score,
            )
            for name, rule in policy.rules.items()
        }
        weights = {one: said[f"score.weight_{one}"] for one in INDICATORS}
        grades = tuple((said[f"score.grade_{letter.lower()}"], letter) for letter in "ABC")
        return cls(policy.name, costs, weights, grades)

    def rules(self, counts: str) -> tuple[str, ...]:
        """The rules whose breaches count in a `quarter` or in a `year`."""
        return tuple(name for name, cost in self.costs.items() if cost.counts == counts)

    def grade(self, score: Fraction | None) -> str | None:
        """The grade of a score as it is printed; None without one."""
        if score is None:
            return None
        shown = rounded(score)
        return next((letter for least, letter in self.grades if shown >= least), "D")


@dataclass(frozen=True, slots=True)
class Count:
    """How many obligations of one rule fell due, how many of those were breached, how many breaches were waived."""

    fell_due: int = 0
    breached: int = 0
    """Those that were waived too."""
    waived: int = 0
    fines_fen: int = 0

    def __add__(self, other: "Count") -> "Count":
        """Both together."""
        return Count(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Count)))


@dataclass(frozen=True, slots=True)
class Tally:
    """What there is about a person in a period."""

    counts: Mapping[str, Count] = field(default_factory=dict)
    """Rule -> its obligations, of every rule, whether it counts in the period or not."""
    marks: int = 0
    """Sum of the marks that customers gave, both questions."""
    answers: int = 0
    """Number of those marks."""

    def __add__(self, other: "Tally") -> "Tally":
        """Both together."""
        rules = dict.fromkeys([*self.counts, *other.counts])
        none = Count()
        counts = {rule: self.counts.get(rule, none) + other.counts.get(rule, none) for rule in rules}
        return Tally(counts, self.marks + other.marks, self.answers + other.answers)


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a person, team or region; None where there is nothing to go by."""

    score: Fraction | None = None
    compliance: Fraction | None = None
    satisfaction: Fraction | None = None
    resolution: Fraction | None = None
    points: int = 0
    """What was deducted, after caps and waivers."""
    breaches: int = 0
    """Waived ones too."""
    waived: int = 0
    fines_fen: int = 0
    grade: str | None = None
    people: int = 1


def rounded(value: Fraction) -> Fraction:
    """A figure to two decimals, halves up."""
    above, below = value.numerator, value.denominator
    return Fraction((200 * above + below) // (2 * below), 100)


def cost(rule: str, count: Count, marking: Marking) -> int:
    """The points that a person's breaches of a rule cost in a period."""
    known = marking.costs[rule]
    return min(known.most, known.points * (count.breached - count.waived))


def figures(tally: Tally, marking: Marking) -> Figures:
    """The figures of a person and a quarter."""
    own = _counted(tally, marking, "quarter")
    points = _points(own, marking)
    low, high = MARKS
    closings = tally.counts.get(CLOSING, Count())
    judged = closings.fell_due - closings.waived
    compliance = satisfaction = resolution = None
    if any(count.fell_due for count in own.values()):
        compliance = Fraction(max(0, HIGHEST - points))
    if tally.answers:
        satisfaction = (Fraction(tally.marks, tally.answers) - low) * HIGHEST / (high - low)
    if judged:
        resolution = Fraction((closings.fell_due - closings.breached) * HIGHEST, judged)
    score = weighed((compliance, satisfaction, resolution), marking)
    return Figures(
        score,
        compliance,
        satisfaction,
        resolution,
        points,
        breaches=sum(count.breached for count in own.values()),
        waived=sum(count.waived for count in own.values()),
        fines_fen=sum(count.fines_fen for count in tally.counts.values()),
        grade=marking.grade(score),
    )


def weighed(indicators: Sequence[Fraction | None], marking: Marking) -> Fraction | None:
    """The mean of those of the three that have data, by their weights; None if there is none or none that weighs."""
    there = [
        (marking.weights[key], value)
        for key, value in zip(INDICATORS, indicators, strict=True)
        if value is not None
    ]
    whole = sum(weight for weight, _ in there)
    if not whole:
        return None
    return sum((weight * value for weight, value in there), Fraction()) / whole


def mean(people: Sequence[Figures], marking: Marking) -> Figures:
    """The figures of a team or region: score and indicators are the mean of its people's, the rest are sums."""
    score = _mean(one.score for one in people)
    return Figures(
        score,
        _mean(one.compliance for one in people),
        _mean(one.satisfaction for one in people),
        _mean(one.resolution for one in people),
        points=sum(one.points for one in people),
        breaches=sum(one.breaches for one in people),
        waived=sum(one.waived for one in people),
        fines_fen=sum(one.fines_fen for one in people),
        grade=marking.grade(score),
        people=len(people),
    )


def year(quarters: Sequence[Figures], own: Tally, marking: Marking) -> Figures:
    """The figures of a person and a year: the mean of the quarters that have a score, less the year's own points.

    `own`: what fell due in the whole year; points and breaches are those of the rules that count in a year alone.
    """
    counted = _counted(own, marking, "year")
    points = _points(counted, marking)
    raw = _mean(one.score for one in quarters)
    score = None if raw is None else max(Fraction(), raw - points)
    return Figures(
        score,
        _mean(one.compliance for one in quarters),
        _mean(one.satisfaction for one in quarters),
        _mean(one.resolution for one in quarters),
        points,
        breaches=sum(count.breached for count in counted.values()),
        waived=sum(count.waived for count in counted.values()),
        fines_fen=sum(count.fines_fen for count in own.counts.values()),
        grade=marking.grade(score),
    )


def _counted(tally: Tally, marking: Marking, counts: str) -> dict[str, Count]:
    return {rule: count for rule, count in tally.counts.items() if marking.costs[rule].counts == counts}


def _points(counted: Mapping[str, Count], marking: Marking) -> int:
    return sum(cost(rule, count, marking) for rule, count in counted.items())


def _mean(values: Iterable[Fraction | None]) -> Fraction | None:
    there = [value for value in values if value is not None]
    return sum(there, Fraction()) / len(there) if there else None
