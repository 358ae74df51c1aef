"""Why an obligation falls due on its day: the period, and the days off that moved its end."""

from collections.abc import Iterable, Mapping
from datetime import date

from svcq.errors import N_, Counted, Phrase
from svcq.policy.load import book
from svcq.policy.model import Period
from svcq.rules import deadlines
from svcq.rules.obligation import Terms
from svcq.rules.workdays import Calendar, Language
from svcq.store.read import Reader

RESTS = {
    "weekend": N_("weekend"),
    "holiday": N_("public holiday"),
    "company_off": N_("the company's own day off"),
}
"""Why a day is off, where the calendar has no name for it."""


def terms(reader: Reader) -> Terms:
    """The policies and calendars of a store, for explaining."""
    versions = book(
        (row["effective_on"], str(row["body"]), str(row["name"]))  # type: ignore[misc]
        for row in reader.rows("select * from v_policy_version order by effective_on")
    )
    days = [(row["day_on"], row["working"]) for row in reader.rows("select * from v_company_day")]
    off = frozenset(day for day, working in days if isinstance(day, date) and not working)
    on = frozenset(day for day, working in days if isinstance(day, date) and working)
    made: dict[str, Calendar] = {}

    def calendar(country: str) -> Calendar:
        if country not in made:
            made[country] = Calendar(country, off, on)
        return made[country]

    return Terms(versions, calendar)


def reasons(reader: Reader, rows: Iterable[Mapping[str, object]], language: Language) -> list[Phrase]:
    """For each obligation row (rule, starts_on, due_on) why it is due on that day."""
    known = terms(reader)
    return [_reason(known, row, language) for row in rows]


def _reason(known: Terms, row: Mapping[str, object], language: Language) -> Phrase:
    start, due_on = row["starts_on"], row["due_on"]
    assert isinstance(start, date)
    rule = known.rule(str(row["rule"]), start)
    period = rule.period
    calendar = known.country(known.book.on(start).country)
    if period is None or deadlines.due(start, period, calendar).due != due_on:
        return Phrase("a fixed date")
    counted = _counted(period, start)
    if period.unit == "workdays":
        days = deadlines.explain(start, period, calendar, language)
        off = ", ".join(f"{day.date:%m-%d} {day.why.name}".strip() for day in days if day.why.name)
        return Phrase("{counted}; {off}", counted=counted, off=off) if off else counted
    raw = deadlines.due(start, Period(period.amount, period.unit, roll=False), calendar).due
    if raw == due_on:
        return counted
    why = calendar.why(raw, language)
    name: object = why.name or Phrase(RESTS[why.code])
    return Phrase(
        "{counted} is {raw} ({why}), a day off: the next working day", counted=counted, raw=raw, why=name
    )


def _counted(period: Period, start: date) -> Phrase:
    n = period.amount
    if period.unit == "workdays":
        return Counted(
            "{count} working day after {start}", "{count} working days after {start}", count=n, start=start
        )
    if period.unit == "days":
        return Counted("{count} day after {start}", "{count} days after {start}", count=n, start=start)
    return Counted("{count} month after {start}", "{count} months after {start}", count=n, start=start)


def lead_end(reader: Reader, rule: str, day: date) -> date:
    """The last end of which a rule with a lead has begun on `day`, by the policy in force then."""
    known = terms(reader)
    lead = known.rule(rule, day).lead
    if lead is None:
        return date.max
    return deadlines.due(
        day, Period(lead.amount, lead.unit, roll=False), known.country(known.book.on(day).country)
    ).due
