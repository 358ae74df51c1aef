"""七: scores as pages of a workbook: everybody on one, teams, regions, fines, and for each person the records behind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from svcq.commands.columns import ROLES
from svcq.commands.score_grids import answers, breaches, closings
from svcq.commands.score_words import NOTHING, figure
from svcq.locale import N_, _, ngettext
from svcq.output.page import Block, Formula, Grid, Head, Link, Note, Page, Title
from svcq.output.shape import Row
from svcq.rules.scoring import HIGHEST, INDICATORS, MARKS, Marking

TITLES = {
    "compliance": N_("Deadlines"),
    "satisfaction": N_("Satisfaction"),
    "resolution": N_("Resolution"),
}
WIDTHS = (9, 25, 20, 24, 13, 13, 9, 9, 9, 9, 30)
"""Cells of the columns of a person's page: the widest of its tables has one of each."""
SUMMARY = "summary"
"""The key of the first page; no person's, theirs have a mark before the name."""


@dataclass(frozen=True, slots=True)
class Person:
    """What the workbook tells of a person."""

    row: Row
    """As `score quarter` or `score year` lists it."""
    records: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    """Of each indicator, as `score show` lists them; of a year: those that count in the year alone."""
    quarters: Sequence[Row] = ()
    """Of a year: the figures of its quarters, period and score before all; scores are not rounded."""
    earlier: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    """Of a year: the breaches of each of its quarters."""

    @property
    def key(self) -> str:
        """The key of its page."""
        return f"person {self.row['person']}"


@dataclass(frozen=True, slots=True)
class Told:
    """What stands on every page: which period, as of when, and by which policy it was scored."""

    period: str
    state: str
    """A sentence: as of which day, or when it was published."""
    marking: Marking
    titles: Mapping[str, str]
    """Rule -> what it asks, translated."""
    points: object
    """What a breach costs of a rule that says nothing itself, and the most that all of a rule do."""
    most: object
    quarterly: bool = True
    """A quarter; else a year."""


def person_page(one: Person, told: Told) -> Page:
    """A person's page: how the score is made, and every record behind it."""
    row = one.row
    name = str(row["person"])
    title = _("{person}: service quality {period}").format(person=name, period=told.period)
    units = [_(ROLES[str(row["role"])]) if row["role"] in ROLES else "", row["team"], row["region"]]
    blocks: list[Block] = [Title(title, Link(_("to the summary"), SUMMARY))]
    blocks.append(Note("  ·  ".join([*(str(unit) for unit in units if unit), told.state])))
    blocks.append(_quarter_made(one, told) if told.quarterly else _year_made(one))
    title = _("What was breached") if told.quarterly else _("What was breached of the year's own")
    blocks += breaches(title, "lines", one.records.get("compliance", ()), told.titles)
    for period, lines in one.earlier.items():
        blocks += breaches(
            _("What was breached in {period}").format(period=period), f"lines{period}", lines, told.titles
        )
    if told.quarterly:
        blocks += answers(one.records.get("satisfaction", ()))
        blocks += closings(one.records.get("resolution", ()))
    return Page(one.key, name, WIDTHS, tuple(blocks))


def score(value: object) -> object:
    """A figure, or the sign that there is none."""
    return NOTHING if value is None else value


def _quarter_made(one: Person, told: Told) -> Grid:
    """How a quarter's score is made: the figures as they are, and worked out of the records below."""
    row = one.row
    formulas = _formulas(one)
    rows = [
        [
            _(TITLES[key]),
            score(row[key]),
            told.marking.weights[key],
            NOTHING if row[key] is None else formulas[key][0],
            _("no data: its weight is shared among the others") if row[key] is None else formulas[key][1],
        ]
        for key in INDICATORS
    ]
    there = [key for key in INDICATORS if row[key] is not None and told.marking.weights[key]]
    whole = sum(told.marking.weights[key] for key in there)
    total = Formula(
        "ROUND(SUMPRODUCT({made.weight},{made.worked})/SUMPRODUCT({made.weight},ISNUMBER({made.worked})*1),2)"
    )
    sums = " + ".join(f"{told.marking.weights[key]} × {figure(row[key])}" for key in there)  # type: ignore[arg-type]
    how = f"({sums}) ÷ {whole}" if there else _("no indicator has data")
    grade = _("grade {grade}").format(grade=row["grade"]) if row["grade"] else ""
    heads = (
        Head("indicator", _("Indicator"), span=2),
        Head("score", _("Score"), "score"),
        Head("weight", _("Weight"), "number"),
        Head("worked", _("Worked out"), "score", span=2),
        Head("how", _("From what"), span=5),
    )
    totals = [
        _("Score"),
        score(row["score"]),
        whole or None,
        total if there else NOTHING,
        _joined(how, grade),
    ]
    return Grid("made", heads, rows, totals)


def _year_made(one: Person) -> Grid:
    """How a year's score is made: the mean of its quarters less the year's own points."""
    row = one.row
    rows = [
        [quarter["period"], score(quarter["score"]), None, _quarter_told(quarter)] for quarter in one.quarters
    ]
    there = [quarter for quarter in one.quarters if quarter["score"] is not None]
    own = "-SUM({lines.counted})" if one.records.get("compliance") else ""
    total = Formula("ROUND(MAX(0,AVERAGE({made.score})" + own + "),2)")
    points = ngettext("{count} point", "{count} points", int(str(row["points"]))).format(count=row["points"])
    how = _("mean of the quarters less {points} of the year's own").format(points=points)
    grade = _("grade {grade}").format(grade=row["grade"]) if row["grade"] else ""
    heads = (
        Head("period", _("Quarter"), span=2),
        Head("score", _("Score"), "score"),
        Head("worked", _("Worked out"), "score", span=2),
        Head("how", _("From what"), span=6),
    )
    totals = [_("Score"), score(row["score"]), total if there else NOTHING, _joined(how, grade)]
    return Grid("made", heads, rows, totals)


def _quarter_told(quarter: Row) -> str:
    told = [f"{_(TITLES[key])} {figure(quarter[key])}" for key in INDICATORS if key in quarter]  # type: ignore[arg-type]
    if quarter.get("published"):
        told.append(_("as published"))
    return _joined(*told)


def _joined(*parts: str) -> str:
    return "  ·  ".join(part for part in parts if part)


def _formulas(one: Person) -> dict[str, tuple[object, str]]:
    """Each indicator worked out of the records on the page, and the same in words."""
    low, high = MARKS
    step = HIGHEST // (high - low)
    row = one.row
    due = one.records.get("resolution", ())
    judged = [line for line in due if line["in_time"] is not None]
    good = sum(1 for line in judged if line["in_time"])
    yes, no = _("yes"), _("no")
    in_time = f'COUNTIF({{closings.in_time}},"{yes}")'
    return {
        "compliance": (
            Formula(f"MAX(0,{HIGHEST}-SUM({{lines.counted}}))", HIGHEST),
            _("{highest} − {points} points").format(highest=HIGHEST, points=row["points"]),
        ),
        "satisfaction": (
            Formula(f"(AVERAGE({{answers.service}},{{answers.attitude}})-{low})*{step}", NOTHING),
            _("(mean of all marks − {low}) × {step}").format(low=low, step=step),
        ),
        "resolution": (
            Formula(f'{in_time}/({in_time}+COUNTIF({{closings.in_time}},"{no}"))*{HIGHEST}', NOTHING),
            _("{good} of {all} closed in time").format(good=good, all=len(judged)),
        ),
    }
