"""七: the pages of a workbook of scores that are about everybody: the summary, teams, regions, fines."""

from collections.abc import Sequence

from svcq.commands.columns import ROLES
from svcq.commands.score_pages import SUMMARY, TITLES, Person, Told, score
from svcq.locale import N_, _
from svcq.output.page import Block, CellType, Formula, Gap, Grid, Head, Link, Note, Page, Section, Title
from svcq.output.shape import Row
from svcq.rules.scoring import HIGHEST, INDICATORS, MARKS

FIGURES: tuple[tuple[str, str, CellType], ...] = (
    ("score", N_("Score"), "score"),
    ("grade", N_("Grade"), "code"),
    ("compliance", N_("Deadlines"), "score"),
    ("satisfaction", N_("Satisfaction"), "score"),
    ("resolution", N_("Resolution"), "score"),
    ("points", N_("Points off"), "number"),
    ("breaches", N_("Breaches"), "number"),
    ("waived", N_("Let off"), "number"),
    ("fines", N_("Fines"), "money"),
)
"""Key, title and look of the figures that everybody has."""
NUMBERS = (10, 8, 10, 10, 10, 9, 9, 9, 12)
"""The cells of their columns."""
NO_DATA = ("score", "grade", "compliance", "satisfaction", "resolution")
NAMED = 30
"""Cells of a column of names."""


def summary_page(people: Sequence[Person], told: Told) -> Page:
    """Everybody with links to their pages, and how a score is made."""
    heads = (
        Head("person", _("Person")),
        Head("role", _("Role")),
        Head("team", _("Team")),
        Head("region", _("Region")),
        *(Head(key, _(title), kind) for key, title, kind in FIGURES),
    )
    rows = [
        [
            Link(str(one.row["person"]), one.key),
            _(ROLES[str(one.row["role"])]) if one.row["role"] in ROLES else None,
            one.row["team"],
            one.row["region"],
            *_figures(one.row),
        ]
        for one in people
    ]
    blocks: list[Block] = [Title(_("Service quality {period}").format(period=told.period)), Note(told.state)]
    blocks.append(Grid("people", heads, rows, _totals(4), filtered=True, repeated=True))
    blocks += [Gap(), Section(_("How a score is made")), *_weights(told)]
    return Page(SUMMARY, _("Summary"), (14, 14, 14, 12, *NUMBERS), tuple(blocks))


def units_page(title: str, head: str, key: str, rows: Sequence[Row], told: Told) -> Page:
    """Teams or regions: the mean of their people."""
    heads = (
        Head("name", head),
        Head("people", _("People"), "number"),
        *(Head(one, _(text), kind) for one, text, kind in FIGURES),
    )
    values = [[row[key] or _("without one"), row["people"], *_figures(row)] for row in rows]
    blocks: list[Block] = [
        Title(f"{title} {told.period}", Link(_("to the summary"), SUMMARY)),
        Note(_("the mean of their people, of the days in it  ·  {state}").format(state=told.state)),
        Grid(key, heads, values, filtered=True, repeated=True),
    ]
    return Page(title, title, (NAMED, 9, *NUMBERS), tuple(blocks))


def fines_page(rows: Sequence[Row], state: str, period: str) -> Page:
    """Fines per person and month, for payroll."""
    title = _("Fines")
    heads = (
        Head("person", _("Person")),
        Head("role", _("Role")),
        Head("team", _("Team")),
        Head("region", _("Region")),
        Head("month", _("Month"), "code"),
        Head("breaches", _("Breaches"), "number"),
        Head("fines", _("Fines"), "money"),
        Head("numbers", _("Number")),
    )
    values = [
        [
            row["person"] or _("nobody"),
            _(ROLES[str(row["role"])]) if row["role"] in ROLES else None,
            *(row[head.key] for head in heads[2:]),
        ]
        for row in rows
    ]
    totals = [_("Total"), *[None] * 4, Formula("SUM({fines.breaches})"), Formula("SUM({fines.fines})"), None]
    blocks: list[Block] = [
        Title(f"{title} {period}", Link(_("to the summary"), SUMMARY)),
        Note(_("per person and month in which the deadline ended, in CNY  ·  {state}").format(state=state)),
    ]
    if values:
        blocks.append(Grid("fines", heads, values, totals, filtered=True, repeated=True))
    else:
        blocks.append(Note(_("no fines")))
    return Page(title, title, (14, 14, 14, 12, 10, 9, 12, 60), tuple(blocks))


def _figures(row: Row) -> list[object]:
    return [score(row[key]) if key in NO_DATA else row[key] for key, _title, _kind in FIGURES]


def _totals(names: int) -> list[object]:
    """The line under everybody: means of the scores, sums of the rest."""
    found: list[object] = [_("Mean, or sum"), *[None] * (names - 1)]
    for key, _title, kind in FIGURES:
        cells = f"{{people.{key}}}"
        mean = f'IF(COUNT({cells})=0,"–",AVERAGE({cells}))'
        found.append(None if kind == "code" else Formula(mean if kind == "score" else f"SUM({cells})"))
    return found


def _weights(told: Told) -> list[Block]:
    mark = told.marking
    low, high = MARKS
    if not told.quarterly:
        words = _(
            "The mean of the year's quarters, the published ones as published, less the points of what counts"
            " in the year alone (upgrades and migrations); not below 0."
        )
        return [Note(words), Note(_grades(told))]
    how = {
        "compliance": _(
            "{highest} less the points of every deadline missed: {points} each, at most {most} a rule,"
            " unless the policy says otherwise; not below 0; what was let off costs nothing"
        ).format(highest=HIGHEST, points=told.points, most=told.most),
        "satisfaction": _(
            "mean of what customers answered in the quarter to both questions, {low} to {high}, as 0 to {highest}"
        ).format(low=low, high=high, highest=HIGHEST),
        "resolution": _(
            "problems that were to be closed in the quarter and were closed in time, of 100; those let off left out"
        ),
    }
    heads = (
        Head("indicator", _("Indicator")),
        Head("weight", _("Weight"), "number"),
        Head("how", _("How"), span=11),
    )
    rows = [[_(TITLES[key]), mark.weights[key], how[key]] for key in INDICATORS]
    blank = _("An indicator without data (–) is left out, and its weight is shared among the others.")
    return [Grid("weights", heads, rows), Note(blank), Note(_grades(told))]


def _grades(told: Told) -> str:
    parts = [
        _("{grade} from {least}").format(grade=letter, least=least) for least, letter in told.marking.grades
    ]
    return _("Grades: {grades}, below that D. Policy: {policy}.").format(
        grades=_(", ").join(parts), policy=told.marking.policy
    )
