"""七: the scores of the quarter that a report's period lies in, as published if they were, and of the one before."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from svcq.policy.model import Book
from svcq.processes.report_figures import Number, Score, Scores, Window
from svcq.processes.scoring import Company, Standing, named, quarterly, tallies
from svcq.processes.scoring_year import of
from svcq.rules.periods import Span, quarter_before, quarter_of
from svcq.rules.scoring import Marking, rounded
from svcq.store.read import Reader
from svcq.store.read_score_published import Publication, frozen, published

GRADES = ("A", "B", "C", "D")
KINDS = ("person", "region")


def scores(reader: Reader, book: Book, window: Window, today: date) -> Scores:
    """The scores of the quarter of a period, by name.

    A quarter that the period ends is shown as it was published by `today`; what lies in the midst of it, and what
    nobody published, as it stands on the day that decides the period.
    """
    quarter = quarter_of(window.span.last)
    company = Company(reader)
    release = _release(reader, quarter, today) if window.span.last == quarter.last else None
    earlier = quarter_before(quarter)
    told = _release(reader, earlier, today)
    now = _standings(reader, book, company, quarter, window.decided_on, release)
    day = min(window.decided_on, Window.of(earlier, today).decided_on)
    then = _standings(reader, book, company, earlier, day, told)
    people, regions = (_compared(now[kind], then[kind]) for kind in KINDS)
    if release is None:
        return Scores(quarter.name, people, regions)
    return Scores(quarter.name, people, regions, release.published_on, release.published_by)


def mean(found: Scores) -> dict[str, Number | None]:
    """How many people have a score, its mean, and how many have which grade."""
    known = [one.figures.score for one in found.people if one.figures.score is not None]
    grades = [one.figures.grade for one in found.people]
    return {
        "people": len(known),
        "mean": float(rounded(sum(known, Fraction()) / len(known))) if known else None,
        **{f"grade_{letter}": grades.count(letter) for letter in GRADES},
    }


def _release(reader: Reader, quarter: Span, today: date) -> Publication | None:
    found = published(reader, quarter.name)
    return found if found is not None and found.published_on <= today else None


def _standings(
    reader: Reader, book: Book, company: Company, quarter: Span, t: date, release: Publication | None
) -> dict[str, list[Standing]]:
    """The figures of people and of regions: as published, else as on day `t`."""
    if release is not None:
        return {
            kind: [
                Standing(kind, name, of(one), one.role, one.team, one.region)
                for name, one in frozen(reader, quarter.name, kind).items()
            ]
            for kind in KINDS
        }
    mark = Marking.of(book.on(quarter.last))
    found = tallies(reader, quarter, t, mark.costs, company=company)
    return {kind: named(quarterly(found, kind, mark), company, quarter, t) for kind in KINDS}


def _compared(now: list[Standing], before: list[Standing]) -> list[Score]:
    known: Mapping[str, Fraction | None] = {one.name: one.figures.score for one in before}
    return [Score(one.name, one.role, one.team, one.region, one.figures, known.get(one.name)) for one in now]
