"""七: what `score show` tells of a person: the figures, how they are made, and the records behind them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from svcq.commands import score_words as words
from svcq.output.shape import Row
from svcq.processes import scoring, scoring_records, scoring_year
from svcq.rules import periods
from svcq.rules.evidence import Answer, Closing, Line
from svcq.rules.periods import Span
from svcq.rules.scoring import Figures, Marking
from svcq.store.read import Reader
from svcq.store.read_score_published import Publication, frozen, frozen_lines, published

CLOSE = {"rule": "issue.close", "process": "issue"}
LINE = (
    *("rule", "clause", "process", "number", "customer", "starts_on", "due_on", "met_on", "days_late"),
    *("points", "counted", "waived", "reason", "person", "team", "region"),
)
ANSWER = ("number", "customer", "asked_on", "service", "attitude", "advice", "unsolved", "team", "region")
CLOSING = (
    *(
        "number",
        "customer",
        "starts_on",
        "due_on",
        "met_on",
        "days_late",
        "waived",
        "reason",
        "team",
        "region",
    ),
    *("in_time", "clause"),
)


@dataclass(frozen=True, slots=True)
class Told:
    """A person's figures of a period with the rows behind each indicator."""

    person: str
    period: str
    day: date
    figures: Figures
    marking: Marking
    lines: Sequence[Row]
    answers: Sequence[Row]
    closings: Sequence[Row]
    parts: Sequence[scoring_year.Part] | None = None
    """The quarters of a year."""
    releases: Sequence[Publication] = field(default_factory=tuple)
    """Of the quarters that are published."""

    def records(self, indicator: str) -> Sequence[Row]:
        """The rows behind an indicator."""
        return {"compliance": self.lines, "satisfaction": self.answers, "resolution": self.closings}[
            indicator
        ]

    def head(self) -> Mapping[str, object]:
        """How the score is made, in words, so that it can be worked out by hand."""
        found = self.figures
        told: dict[str, object] = {
            "person": self.person,
            "period": self.period,
            "day": self.day,
            "score": words.score(found),
            "costs": words.costs(self.marking, self.lines) or None,
        }
        if self.parts is None:
            return told | {
                "made": words.made(found, self.marking),
                "compliance": words.compliance(found),
                "satisfaction": words.satisfaction(found, self.answers),
                "resolution": words.resolution(found, self.closings),
            }
        return told | {
            "made": words.made_of_year(found, [part.figures for part in self.parts]),
            "compliance": words.figure(found.compliance),
            "satisfaction": words.figure(found.satisfaction),
            "resolution": words.figure(found.resolution),
            "quarters": " · ".join(f"{part.period} {words.figure(part.figures.score)}" for part in self.parts)
            or words.NOTHING,
            "own": words.own(found),
        }


def quarter(reader: Reader, person: str, span: Span, t: date, *, now: bool) -> Told:
    """A person's quarter as on day `t`: as it was published, else (and with `now`) as it is."""
    release = published(reader, span.name)
    if release and release.published_on > t:
        release = None
    releases = (release,) if release else ()
    if release and not now:
        mark = Marking.of(scoring.policy_of(release))
        old = frozen(reader, span.name, "person").get(person)
        figures = scoring_year.of(old) if old else Figures()
        rows = _frozen(reader, span.name, person)
        return Told(person, span.name, release.published_on, figures, mark, *rows, releases=releases)
    found = scoring.quarter(reader, span, t, filters={"person": person})
    figures = found[0].figures if found else Figures()
    rows = _present(reader, person, span, t)
    mark = scoring.marking(reader, span.last)
    return Told(person, span.name, t, figures, mark, *rows, releases=releases)


def year(reader: Reader, person: str, span: Span, t: date, *, now: bool) -> Told:
    """A person's year as on day `t`: its own breaches, and what stands behind its quarters."""
    found = scoring_year.year(reader, span, t, filters={"person": person}, now=now)
    figures = found.standings[0].figures if found.standings else Figures()
    own = scoring_records.lines(reader, span, t, person=person, counts="year")
    answers: list[Row] = []
    closings: list[Row] = []
    releases: list[Publication] = []
    for one in periods.quarters(span.first, min(t, span.last)):
        told = quarter(reader, person, one, t, now=now)
        answers += told.answers
        closings += told.closings
        releases += told.releases
    parts = found.parts.get(person, [])
    mark = scoring.marking(reader, span.last)
    lines = [_line(one) for one in own]
    return Told(person, span.name, t, figures, mark, lines, answers, closings, parts, tuple(releases))


def _present(reader: Reader, person: str, span: Span, t: date) -> tuple[list[Row], list[Row], list[Row]]:
    return (
        [_line(one) for one in scoring_records.lines(reader, span, t, person=person)],
        [_answer(one, span.name) for one in scoring_records.answers(reader, span, t, person=person)],
        [_closing(one) for one in scoring_records.closings(reader, span, t, person=person)],
    )


def _frozen(reader: Reader, period: str, person: str) -> tuple[list[Row], list[Row], list[Row]]:
    """What was published, as the same rows."""
    found: dict[str, list[Row]] = {"compliance": [], "satisfaction": [], "resolution": []}
    for row in frozen_lines(reader, period, person):
        more: dict[str, object] = {"engineer": row["person"], "quarter": period}
        if row["indicator"] == "resolution":
            good = row["met_on"] is not None and row["met_on"] <= row["due_on"]  # type: ignore[operator]
            more["in_time"] = None if row["waived"] else good
        found[str(row["indicator"])].append(_with_see(row | more))
    return found["compliance"], found["satisfaction"], found["resolution"]


def _line(one: Line) -> Row:
    return _with_see(_taken(one, LINE))


def _answer(one: Answer, period: str) -> Row:
    callback = {"process": "callback", "rule": "callback.make", "engineer": one.person, "quarter": period}
    return _with_see(_taken(one, ANSWER) | callback)


def _closing(one: Closing) -> Row:
    return _with_see(_taken(one, CLOSING) | CLOSE)


def _taken(one: object, keys: Iterable[str]) -> dict[str, object]:
    return {key: getattr(one, key) for key in keys}


def _with_see(row: Mapping[str, object]) -> Row:
    return {**row, "see": words.see(row)}
