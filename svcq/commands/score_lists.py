"""七: the scores of a quarter and of a year on the command line, by person, team or region."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated

import typer

from svcq.commands.kit import example
from svcq.commands.score_periods import Scores, Team, chosen
from svcq.commands.score_periods import quarter as quarter_of
from svcq.commands.score_periods import year as year_of
from svcq.commands.shared import as_of, can_be_shown, listed, warn
from svcq.desk import Desk
from svcq.errors import Counted, Phrase, Usage
from svcq.locale import _, ngettext
from svcq.output.shape import Listing, Row

if TYPE_CHECKING:
    from svcq.processes.scoring import Standing
    from svcq.store.read import Reader
    from svcq.store.read_score_published import Frozen, Publication

listings = typer.Typer()
"""Commands that the score group takes over."""
UNITS = ("person", "team", "region")
MACHINE = ("json", "jsonl", "csv")
"""Formats in which what has no data is blank; elsewhere it is a dash."""
By = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="person|team|region",
        help=_("Whose scores; default: person. Those of a team or region are the mean of its people's."),
        show_default=False,
    ),
]
Now = Annotated[
    bool, typer.Option("--now", help=_("The present figures, also of what is published and frozen."))
]


def _unit(by: str) -> str:
    if by not in UNITS:
        raise Usage("--by: {text} is none of {units}", text=repr(by), units=", ".join(UNITS))
    return by


@listings.command(
    cls=Scores,
    help=_("The scores of a quarter: deadlines kept, satisfaction, problems closed in time."),
    epilog=example(
        "score quarter 2026Q3", "score quarter 2026Q3 --by team", "score quarter 2026Q3 --region 华东"
    ),
)
def quarter(
    ctx: typer.Context,
    quarter: Annotated[str, typer.Argument(metavar="QUARTER", help=_("The quarter, e.g. 2026Q3."))],
    by: By = "person",
    team: Team = None,
    now: Now = False,
) -> None:
    from svcq.commands.score_columns import scores
    from svcq.processes.scoring import Company, marking, named, quarterly, tallies
    from svcq.processes.scoring_year import frozen_by_name
    from svcq.store.read_score_published import published

    desk: Desk = ctx.obj
    span, unit, t = quarter_of(quarter), _unit(by), as_of(desk)
    with desk.read() as reader:
        filters = chosen(desk, reader, team)
        company, mark = Company(reader), marking(reader, span.last)
        known = tallies(reader, span, t, mark.costs, filters=filters, company=company)
        present = named(quarterly(known, unit, mark), company, span, t, filters)
        release = published(reader, span.name)
        if release and release.published_on > t:
            release = None
        old = frozen_by_name(reader, span.name, t, unit, filters)
        if old is not None and not now:
            rows = _frozen_rows(old, present, unit, span.name)
        else:
            before = old or {}
            rows = [_row(one, span.name, before.get(one.name), one.figures.score) for one in present]
        listing = scores(unit, published=bool(old))
        _print(desk, reader, listing, rows, span.name)
    if release:
        tell_release(release, frozen=old is not None and not now)
    if not filters:
        tell_unscored({rule: n for rule, n in known.unscored.items() if rule in mark.rules("quarter")})


@listings.command(
    cls=Scores,
    help=_("The scores of a year: the mean of its quarters less what upgrades and migrations cost."),
    epilog=example("score year 2026", "score year 2026 --by region -f xlsx -o 年度评分.xlsx"),
)
def year(
    ctx: typer.Context,
    year: Annotated[str, typer.Argument(metavar="YEAR", help=_("The year, e.g. 2026."))],
    by: By = "person",
    team: Team = None,
    now: Now = False,
) -> None:
    from svcq.commands.score_columns import scores
    from svcq.commands.score_words import number
    from svcq.processes.scoring_year import year as found_of

    desk: Desk = ctx.obj
    span, unit, t = year_of(year), _unit(by), as_of(desk)
    with desk.read() as reader:
        filters = chosen(desk, reader, team)
        found = found_of(reader, span, t, by=unit, filters=filters, now=now)
        rows = []
        for one in found.standings:
            parts = found.parts.get(one.name, []) if unit == "person" else []
            quarters = [
                {"period": part.period, "score": number(part.figures.score), "published": part.published}
                for part in parts
            ]
            rows.append(_row(one, span.name, None, one.figures.score) | {"quarters": quarters})
        listing = scores(unit, published=False)
        _print(desk, reader, listing, rows, span.name)
    if not filters:
        tell_unscored(found.unscored)


def _print(desk: Desk, reader: "Reader", listing: Listing, rows: Sequence[Row], period: str) -> None:
    empty = _("no scores: in {period} nothing fell due and nobody was asked").format(period=period)
    shown = _filled(desk, listing, rows)
    listed(desk, reader, listing, shown, empty=empty, summary=lambda told: _total(told, period))


def tell_unscored(rules: Mapping[str, int]) -> None:
    """Say once what nobody is scored for, and how that is mended."""
    if not rules:
        return
    warn(
        Counted(
            "{count} obligation that fell due is nobody's and not scored ({rules}): `svcq staff duty RULE NAME`"
            " says who at QC answers for it, `… assign` whose the record is",
            "{count} obligations that fell due are nobody's and not scored ({rules}): `svcq staff duty RULE NAME`"
            " says who at QC answers for them, `… assign` whose the records are",
            count=sum(rules.values()),
            rules=", ".join(sorted(rules)),
        )
    )


def tell_release(release: "Publication", *, frozen: bool) -> None:
    """Say who published a quarter, and whether what is shown is what was published then."""
    period, on, by = release.period, release.published_on, release.published_by
    if frozen:
        warn(
            Phrase(
                "{period} was published on {on} by {by} and is frozen: --now shows the present figures,"
                " `svcq score differences {period}` what has changed",
                period=period,
                on=on,
                by=by,
            )
        )
    else:
        warn(
            Phrase(
                "{period} was published on {on} by {by}; these are the present figures",
                period=period,
                on=on,
                by=by,
            )
        )


def _frozen_rows(
    old: "Mapping[str, Frozen]", present: "Sequence[Standing]", unit: str, period: str
) -> list[dict[str, object]]:
    """The rows of what was published, each with what it would be now."""
    from svcq.processes.scoring import Standing
    from svcq.processes.scoring_year import of

    today = {one.name: one.figures.score for one in present}
    return [
        _row(Standing(unit, name, of(one), one.role, one.team, one.region), period, one, today.get(name))
        for name, one in old.items()
    ]


def _row(one: "Standing", period: str, old: "Frozen | None", now: Fraction | None) -> dict[str, object]:
    """A row of the listing: the figures of `one`, what was published and what the score is `now`."""
    from svcq.commands.score_words import number
    from svcq.rules.scoring import rounded
    from svcq.store.read import yuan

    found = one.figures
    before = None if old is None or old.score is None else Fraction(str(old.score))
    moved = None if before is None or now is None else rounded(now) - before
    return {
        "person": one.name if one.kind == "person" else None,
        "role": one.role,
        "team": one.name or None if one.kind == "team" else one.team,
        "region": one.name or None if one.kind == "region" else one.region,
        "period": period,
        "score": number(found.score),
        "compliance": number(found.compliance),
        "satisfaction": number(found.satisfaction),
        "resolution": number(found.resolution),
        "points": found.points,
        "breaches": found.breaches,
        "waived": found.waived,
        "fines": yuan(found.fines_fen),
        "grade": found.grade,
        "published": number(before),
        "difference": number(moved),
        "now": number(now),
        "people": found.people,
    }


def _filled(desk: Desk, listing: Listing, rows: Sequence[Row]) -> list[Row]:
    """The rows as they are shown: what has no data is blank for machines, and a dash for people."""
    from svcq.commands.score_columns import FIGURES
    from svcq.commands.score_words import NOTHING

    if can_be_shown(desk, listing) in MACHINE:
        return list(rows)
    return [
        {key: NOTHING if value is None and key in FIGURES else value for key, value in row.items()}
        for row in rows
    ]


def _total(rows: list[Row], period: str) -> str:
    count = ngettext("{count} row", "{count} rows", len(rows)).format(count=len(rows))
    points = sum(int(str(row["points"])) for row in rows)
    fines = sum(float(str(row["fines"])) for row in rows)
    money = f"{fines:,.2f}".removesuffix(".00")
    return _("{period}: {count} · {points} points off · fines {amount} CNY").format(
        period=period, count=count, points=points, amount=money
    )
