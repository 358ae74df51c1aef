"""The parts of a report that are about the records of a process: figures, the rows of its listing, charts."""

from collections.abc import Iterator, Sequence

from svcq.commands import report_columns as looks
from svcq.commands.report_words import PARTS
from svcq.commands.score_fines import per_month
from svcq.commands.score_words import number
from svcq.locale import _
from svcq.output.report.shape import Chart, Part, Table
from svcq.output.shape import Row
from svcq.processes.report_figures import Figures, Score
from svcq.rules.periods import quarter_of, year_of
from svcq.rules.scoring import HIGHEST, rounded
from svcq.store.read import yuan

MOST = 12
"""Bars of a chart."""


def records(found: Figures, rows: Sequence[Row]) -> Iterator[Part]:
    """A part for each process, for the scores and for the fines."""
    day = found.now.window.stands_on
    year = year_of(day).name
    tables = {
        "contract": (looks.BACK, _("no contract is overdue"), "contract overdue"),
        "handover": (looks.WAITING, _("every project that was decided is eligible"), "handover information"),
        "issue": (looks.STUCK, _("no issue is stale"), "issue stale"),
        "upgrade": (looks.UPGRADED, _("no upgrades"), "upgrade list"),
        "migrate": (
            looks.OWING,
            _("no hospital owes a migration in {year}").format(year=year),
            f"migrate due {year}",
        ),
    }
    for key, (listing, empty, command) in tables.items():
        shown = _sorted(key, found.lists[key])
        table = Table(listing, shown, empty, f"svcq {command} --as-of {day}")
        yield Part(key, _(PARTS[key]), _figures(rows, key), tables=[table])
    yield _callbacks(found, rows)
    yield _scores(found, rows)
    yield _fines(found, rows)


def _figures(rows: Sequence[Row], part: str) -> Table:
    return Table(looks.OF_PART, [row for row in rows if row["part"] == part], "")


def _sorted(key: str, rows: Sequence[Row]) -> Sequence[Row]:
    """The rows with what is still to be done first."""
    if key == "migrate":
        return sorted(rows, key=lambda row: row["state"] not in ("overdue", "open"))
    if key == "handover":
        return sorted(rows, key=lambda row: -int(str(row["days_overdue"])))
    return rows


def _callbacks(found: Figures, rows: Sequence[Row]) -> Part:
    window = found.now.window
    quarter = quarter_of(window.span.last).name
    empty = _("in {quarter} nobody was to be asked by {day}").format(quarter=quarter, day=window.stands_on)
    command = f"svcq callback summary --quarter {quarter}"
    regions = Table(
        looks.ASKED_IN,
        found.lists["region"],
        empty,
        f"{command} --by region --as-of {window.stands_on}",
    )
    people = Table(looks.ASKED, found.lists["callback"], empty, f"{command} --as-of {window.stands_on}")
    asked = any(row["satisfaction"] is not None for row in regions.rows)
    title = _("Satisfaction by region, of 100")
    chart = Chart(title, "bars", regions, "region", ("satisfaction",), most=MOST, top=HIGHEST)
    return Part(
        "callback",
        _(PARTS["callback"]),
        _figures(rows, "callback"),
        [chart] if asked else [],
        [regions, people],
        [_("Callbacks of {quarter}").format(quarter=quarter)],
    )


def _scores(found: Figures, rows: Sequence[Row]) -> Part:
    scores = found.scores
    day = found.now.window.decided_on
    command = f"svcq score quarter {scores.quarter}"
    told = _("{quarter} as published on {on} by {by}").format(
        quarter=scores.quarter, on=scores.published_on, by=scores.published_by
    )
    if scores.published_on is None:
        told = _("{quarter} as it stood on {day}, not published").format(quarter=scores.quarter, day=day)
    as_of = "" if scores.published_on is not None else f" --as-of {day}"
    empty = _("no scores: in {period} nothing fell due and nobody was asked").format(period=scores.quarter)
    regions = Table(
        looks.SCORED_IN,
        [_scored(one, "region", scores.quarter) for one in scores.regions],
        empty,
        f"{command} --by region{as_of}",
    )
    people = Table(
        looks.SCORED,
        [_scored(one, "person", scores.quarter) for one in scores.people],
        empty,
        f"{command}{as_of}",
    )
    title = _("Mean score by region, of 100")
    chart = Chart(title, "bars", regions, "region", ("score",), most=MOST, top=HIGHEST)
    known = any(row["score"] is not None for row in regions.rows)
    return Part(
        "score",
        _(PARTS["score"]),
        _figures(rows, "score"),
        [chart] if known else [],
        [regions, people],
        [told],
    )


def _scored(one: Score, unit: str, period: str) -> Row:
    figures = one.figures
    score = None if figures.score is None else rounded(figures.score)
    before = None if one.before is None else rounded(one.before)
    return {
        "person": one.name if unit == "person" else None,
        "role": one.role,
        "team": one.team,
        "region": one.region if unit == "person" else one.name or _("without a region"),
        "people": figures.people,
        "period": period,
        "score": number(score),
        "compliance": number(figures.compliance),
        "satisfaction": number(figures.satisfaction),
        "resolution": number(figures.resolution),
        "points": figures.points,
        "breaches": figures.breaches,
        "waived": figures.waived,
        "fines": yuan(figures.fines_fen),
        "grade": figures.grade,
        "before": number(before),
        "change": None if score is None or before is None else number(score - before),
    }


def _fines(found: Figures, rows: Sequence[Row]) -> Part:
    window = found.now.window
    name = window.span.name
    option = "--quarter" if "Q" in name else "--month"
    fined = [
        {**row, "person": row["person"] or _("nobody")}
        for row in per_month(list(found.fined), dict(found.roles))
    ]
    command = f"svcq score fines {option} {name} --as-of {window.decided_on}"
    table = Table(looks.FINED, fined, _("no fines"), command)
    return Part("fines", _(PARTS["fines"]), _figures(rows, "fines"), tables=[table])
