"""七: the records behind a score and behind the fines, one by one."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from svcq.processes.scoring import Company, marking, policies
from svcq.rules.evidence import Answer, Breach, Closing, Line
from svcq.rules.evidence import lines as with_points
from svcq.rules.periods import Span
from svcq.rules.scoring import CLOSING, Marking
from svcq.store import read_score
from svcq.store.read import Reader, days_overdue

Row = Mapping[str, object]


def lines(
    reader: Reader,
    span: Span,
    t: date,
    *,
    person: str | None = None,
    counts: str = "quarter",
    by_marking: Marking | None = None,
) -> list[Line]:
    """The breaches of a person (None: everybody) that count in the quarter (`counts` "year": in the year alone)."""
    mark = by_marking or marking(reader, span.last)
    return with_points(breaches(reader, span, t, mark.rules(counts), person=person), mark)


def breaches(
    reader: Reader, span: Span, t: date, rules: Sequence[str], *, person: str | None = None
) -> Iterator[Breach]:
    """What was not met by its due date in the period and by whom, waived ones too, the first due first.

    What nobody owed is left out.
    """
    company = Company(reader)
    found = read_score.rows(reader, span.first, span.last, t, rules, read_score.BREACHED, {"person": person})
    for row in found:
        if row["person"] is not None:
            yield _breach(row, company, t)


def fines(
    reader: Reader, first: date, last: date, t: date, filters: Mapping[str, object] | None = None
) -> Iterator[Breach]:
    """What was fined of all that fell due from `first` to `last`, the first due first; no person: nobody is known.

    `filters`: person, team, region (of the person on the day), customer.
    """
    company = Company(reader)
    versions = policies(reader).versions
    rules = sorted({name for _, policy in versions for name, rule in policy.rules.items() if rule.fine})
    chosen = dict(filters or {})
    unit = {key: chosen.pop(key) for key in ("team", "region") if chosen.get(key) is not None}
    for row in read_score.rows(reader, first, last, t, rules, read_score.FINED, chosen) if rules else ():
        one = _breach(row, company, t)
        if all(getattr(one, key) == value for key, value in unit.items()):
            yield one


def answers(reader: Reader, span: Span, t: date, *, person: str | None = None) -> Iterator[Answer]:
    """The callbacks behind the satisfaction of a quarter, by person and number."""
    company = Company(reader)
    for row in read_score.answers(reader, span.name, span.last, t, {"person": person}):
        name = str(row["person"])
        said = {
            key: row[key]
            for key in ("number", "customer", "asked_on", "service", "attitude", "advice", "unsolved")
        }
        yield Answer(name, *company.unit(name, row["asked_on"]), **said)  # type: ignore[arg-type]


def closings(reader: Reader, span: Span, t: date, *, person: str | None = None) -> Iterator[Closing]:
    """The problems behind the resolution of a quarter, by due_on and number."""
    company = Company(reader)
    for row in read_score.rows(reader, span.first, span.last, t, (CLOSING,), filters={"person": person}):
        if row["person"] is None:
            continue
        one = _breach(row, company, t)
        yield Closing(
            one.person,
            one.team,
            one.region,
            one.number,
            one.customer,
            one.starts_on,
            one.due_on,
            one.met_on,
            one.days_late,
            bool(row["breached"]) and one.waived,
            one.reason,
            one.clause,
        )


def _breach(row: Row, company: Company, t: date) -> Breach:
    person = str(row["person"] or "")
    waived = row["waived_on"] is not None
    said = (
        f"{row['waived_on']} {row['waived_by']}: {row['reason']}"
        if waived
        else str(row["note"] or "") or None
    )
    told = {
        key: row[key]
        for key in ("rule", "clause", "process", "number", "customer", "starts_on", "due_on", "met_on")
    }
    return Breach(
        person,
        *company.unit(person, row["owed_on"]),
        **told,  # type: ignore[arg-type]
        days_late=days_overdue(row["due_on"], row["met_on"], t),
        waived=waived,
        reason=said,
        fine_fen=int(str(row["fine_fen"])),
    )
