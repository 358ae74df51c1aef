"""七: scores in words: a figure, how it is made, and the command that shows a record."""

import shlex
from collections.abc import Mapping, Sequence
from fractions import Fraction

from svcq.locale import _, ngettext
from svcq.output.shape import Row
from svcq.rules.scoring import HIGHEST, INDICATORS, MARKS, Figures, Marking, rounded

NOTHING = "–"
"""No data: neither 0 nor 100."""
SHOWN = ("contract", "handover", "issue", "upgrade", "migrate", "callback")
"""Processes whose records have a `show`."""
NO_RECORD = ("migrate.yearly",)
"""Rules about a customer that are not about a record: their number is made of the customer and the year."""


def number(value: Fraction | None) -> float | None:
    """A figure as machines get it: two decimals at most."""
    return None if value is None else float(rounded(value))


def figure(value: Fraction | float | None) -> str:
    """A figure as people see it: one decimal at least, two at most."""
    if value is None:
        return NOTHING
    whole, _point, part = f"{float(rounded(Fraction(str(value)))):.2f}".partition(".")
    return f"{whole}.{part.rstrip('0') or '0'}"


def see(row: Mapping[str, object]) -> str:
    """The command that tells more about the record of a row (process, number, rule, customer)."""
    number = shlex.quote(str(row["number"]))
    if row["process"] in SHOWN and row["customer"] is not None and row["rule"] not in NO_RECORD:
        return f"svcq {row['process']} show {number}"
    return f"svcq due --all --rule {row['rule']} --number {number}"


def score(found: Figures) -> str:
    """A score with its grade."""
    return figure(found.score) + (f" ({found.grade})" if found.grade else "")


def made(found: Figures, mark: Marking) -> str:
    """How the score of a quarter is made of the indicators that have data, so that it can be worked out by hand."""
    there = [(mark.weights[key], getattr(found, key)) for key in INDICATORS]
    there = [(weight, value) for weight, value in there if value is not None]
    whole = sum(weight for weight, _value in there)
    if not whole:
        return _("no indicator has data")
    sums = " + ".join(f"{weight} × {figure(value)}" for weight, value in there)
    return f"({sums}) ÷ {whole} = {figure(found.score)}"


def made_of_year(found: Figures, quarters: Sequence[Figures]) -> str:
    """How the score of a year is made of its quarters and its own deductions."""
    scores = [figure(one.score) for one in quarters if one.score is not None]
    if not scores:
        return _("no quarter has a score")
    return f"({' + '.join(scores)}) ÷ {len(scores)} − {found.points} = {figure(found.score)}"


def own(found: Figures) -> str:
    """What the rules that count in a year alone cost."""
    return _("{points} points off · {breaches}").format(points=found.points, breaches=breaches(found))


def compliance(found: Figures) -> str:
    """How the deadlines' figure is made."""
    if found.compliance is None:
        return _("{none} nothing fell due").format(none=NOTHING)
    told = _("{figure} = {highest} − {points}").format(
        figure=figure(found.compliance), highest=HIGHEST, points=found.points
    )
    return f"{told} · {breaches(found)}"


def breaches(found: Figures) -> str:
    """How many breaches there are, and how many of them were let off."""
    told = ngettext("{count} breach", "{count} breaches", found.breaches).format(count=found.breaches)
    return (
        _("{breaches}, {waived} let off").format(breaches=told, waived=found.waived) if found.waived else told
    )


def satisfaction(found: Figures, answers: Sequence[Row]) -> str:
    """How the customers' figure is made of the marks of `answers`."""
    marks = [int(str(row[key])) for row in answers for key in ("service", "attitude") if row[key] is not None]
    if found.satisfaction is None or not marks:
        return _("{none} nobody answered").format(none=figure(found.satisfaction))
    low, high = MARKS
    counted = ngettext("{count} mark", "{count} marks", len(marks)).format(count=len(marks))
    return _("{figure} = ({sum} ÷ {marks} − {low}) × {step}").format(
        figure=figure(found.satisfaction),
        sum=sum(marks),
        marks=counted,
        low=low,
        step=HIGHEST // (high - low),
    )


def resolution(found: Figures, closings: Sequence[Row]) -> str:
    """How the figure of closed problems is made of `closings`."""
    judged = [row for row in closings if row["in_time"] is not None]
    if found.resolution is None or not judged:
        return _("{none} no problem was to be closed").format(none=figure(found.resolution))
    return _("{figure} = {good} closed in time ÷ {all} × {highest}").format(
        figure=figure(found.resolution),
        good=sum(1 for row in judged if row["in_time"]),
        all=len(judged),
        highest=HIGHEST,
    )


def costs(mark: Marking, rows: Sequence[Row]) -> str:
    """What a breach costs of the rules that `rows` have."""
    known = sorted({(str(row["rule"])) for row in rows if row["rule"] in mark.costs})
    kinds: dict[tuple[int, int], list[str]] = {}
    for rule in known:
        cost = mark.costs[rule]
        kinds.setdefault((cost.points, cost.most), []).append(rule)
    words = _("{points} a breach, at most {most} a rule")
    told = [
        (words.format(points=points, most=most), ", ".join(rules)) for (points, most), rules in kinds.items()
    ]
    return "; ".join(text if len(told) == 1 else f"{text}: {rules}" for text, rules in told)
