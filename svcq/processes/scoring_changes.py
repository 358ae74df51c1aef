"""七: what is different now from what was published: figures, and the records behind them one by one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date

from svcq.errors import Phrase
from svcq.processes import scoring, scoring_records
from svcq.processes.score import CALLBACK, UNITS
from svcq.processes.scoring import everyone, tallies
from svcq.rules.periods import Span
from svcq.rules.scoring import CLOSING, Figures, Marking, rounded
from svcq.store.read import Reader
from svcq.store.read_score_published import frozen, frozen_days, frozen_lines

EXACT = ("score", "compliance", "satisfaction", "resolution")
FIGURES = (*EXACT, "points", "breaches", "waived", "fines_fen", "grade")
TOLD = (*FIGURES, *UNITS)
"""What is compared of a person, in the order in which it is told."""

Row = Mapping[str, object]
Key = tuple[str, str, str, object]
"""Indicator, rule, number, start."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is different now."""

    person: str
    what: str
    """One of TOLD, or the indicator that a record stands behind."""
    change: str
    """`figure`; `moved` (of a team or region; a record to or from somebody else); of a record `added`, `gone`, `waived`,
    `owed` (no longer waived), `met` or `due` (another day), `counted` (other points), `marks` (other answers)."""
    before: object = None
    now: object = None
    rule: str | None = None
    clause: str | None = None
    process: str | None = None
    number: str | None = None
    customer: str | None = None
    due_on: date | None = None
    reason: str | Phrase | None = None


def differences(reader: Reader, quarter: Span, t: date, person: str | None = None) -> list[Change]:
    """What is different on day `t` from what was published of a quarter, person by person, figures first.

    Nothing for a quarter that is not published. `person`: only that one.
    """
    before = {
        name: one for name, one in frozen(reader, quarter.name, "person").items() if person in (None, name)
    }
    mark = scoring.marking(reader, quarter.last)
    known = tallies(reader, quarter, t, mark.costs, filters={"person": person})
    now = everyone(known, "person", mark).get("", {})
    found = []
    for name in sorted(before.keys() | now.keys()):
        old, new = before.get(name), now.get(name, Figures())
        for key in FIGURES:
            was = getattr(old, key) if old else None if key in EXACT or key == "grade" else 0
            is_ = getattr(new, key)
            if key in EXACT and is_ is not None:
                is_ = float(rounded(is_))
            if was != is_:
                found.append(Change(name, key, "figure", was, is_))
    for unit in UNITS:
        present = ((name, one) for name, people in everyone(known, unit, mark).items() for one in people)
        was_in, is_in = _units(frozen_days(reader, quarter.name, unit)), _units(present)
        for name in before.keys() & now.keys():
            if was_in[name] != is_in[name]:
                found.append(Change(name, unit, "moved", was_in[name], is_in[name]))
    found += _records(reader, quarter, t, person, mark)
    order = {key: place for place, key in enumerate(TOLD)}
    return sorted(
        found,
        key=lambda one: (
            one.person,
            one.number is not None,
            order[one.what],
            one.due_on or date.min,
            one.rule or "",
            one.number or "",
        ),
    )


def _units(found: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Person -> the teams or regions in which there is something to go by."""
    units: dict[str, list[str]] = {}
    for unit, person in sorted(found):
        units.setdefault(person, []).append(unit or "–")
    return {person: "、".join(names) for person, names in units.items()}


def _records(reader: Reader, quarter: Span, t: date, person: str | None, mark: Marking) -> Iterator[Change]:
    """What is different of the records; whose they are is looked for among everybody's."""
    before = {_key(row): row for row in frozen_lines(reader, quarter.name)}
    now = {_key(row): row for row in _present(reader, quarter, t)}
    for key in before.keys() | now.keys():
        old, new = before.get(key), now.get(key)
        for one in _changes(reader, old, new, t, mark):
            if person in (None, one.person):
                yield one


def _changes(reader: Reader, old: Row | None, new: Row | None, t: date, mark: Marking) -> Iterator[Change]:
    if old is None:
        assert new is not None
        yield _of(new, "added", None, _worth(new), _text(new["reason"]))
    elif new is None:
        yield _of(old, "gone", _worth(old), None, _why_gone(reader, old, t, mark))
    elif old["person"] != new["person"]:
        yield _of(old, "moved", _worth(old), None, Phrase("to {person}", person=new["person"]))
        yield _of(new, "moved", None, _worth(new), Phrase("from {person}", person=old["person"]))
    else:
        yield from _altered(old, new)


def _altered(old: Row, new: Row) -> Iterator[Change]:
    """What is different of a record that is still there and still the same person's."""
    reason = _text(new["reason"])
    if old["waived"] != new["waived"]:
        yield _of(new, "waived" if new["waived"] else "owed", _worth(old), _worth(new), reason)
    elif old["counted"] != new["counted"]:
        yield _of(new, "counted", old["counted"], new["counted"], reason)
    for what, column in (("met", "met_on"), ("due", "due_on")):
        if old[column] != new[column]:
            yield _of(new, what, old[column], new[column])
    if _marks(old) != _marks(new):
        yield _of(new, "marks", _marks(old), _marks(new))


def _present(reader: Reader, quarter: Span, t: date) -> Iterator[dict[str, object]]:
    """The present records with the keys of frozen ones."""
    for line in scoring_records.lines(reader, quarter, t):
        yield _row(line, "compliance")
    for answer in scoring_records.answers(reader, quarter, t):
        yield _row(answer, "satisfaction") | {"rule": CALLBACK, "process": "callback"}
    for closing in scoring_records.closings(reader, quarter, t):
        yield _row(closing, "resolution") | {"rule": CLOSING, "process": "issue"}


BLANK: Mapping[str, object] = dict.fromkeys(
    (
        *("rule", "clause", "process", "customer", "starts_on", "due_on", "met_on", "points", "counted"),
        *("reason", "asked_on", "service", "attitude"),
    )
) | {"waived": False}


def _row(one: object, indicator: str) -> dict[str, object]:
    said = {each.name: getattr(one, each.name) for each in fields(one)}  # type: ignore[arg-type]
    return {**BLANK, **said, "indicator": indicator}


def _key(row: Row) -> Key:
    return str(row["indicator"]), str(row["rule"]), str(row["number"]), row["starts_on"]


def _of(row: Row, change: str, before: object, now: object, reason: str | Phrase | None = None) -> Change:
    due_on = row["due_on"]
    told = {key: _text(row[key]) for key in ("rule", "clause", "process", "number", "customer")}
    return Change(
        str(row["person"]),
        str(row["indicator"]),
        change,
        before,
        now,
        **told,
        due_on=due_on if isinstance(due_on, date) else None,
        reason=reason,
    )


def _worth(row: Row) -> object:
    """What a record says: points that were counted, marks, or the day on which a problem was closed."""
    if row["indicator"] == "compliance":
        return row["counted"]
    return _marks(row) if row["indicator"] == "satisfaction" else row["met_on"]


def _marks(row: Row) -> str | None:
    """Both answers of a callback, `4 / 5`."""
    marks = (row["service"], row["attitude"])
    if marks == (None, None):
        return None
    return " / ".join("–" if mark is None else str(mark) for mark in marks)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _why_gone(reader: Reader, row: Row, t: date, mark: Marking) -> Phrase | None:
    """What the ledger says today of an obligation that is no evidence any more."""
    if row["indicator"] == "satisfaction":
        return None
    sql = (
        "select due_on, met_on from v_obligation where rule = :rule and number = :number and starts_on = :start"
        " and shown_on <= :t and (shown_until is null or shown_until >= :t)"
    )
    values = {"rule": row["rule"], "number": row["number"], "start": row["starts_on"], "t": t}
    found = reader.one(sql, values)
    if found is None:
        return Phrase("it is not owed any more")
    if found["due_on"] != row["due_on"]:
        return Phrase("it is due on {due} now", due=found["due_on"])
    if found["met_on"] is not None and found["met_on"] <= found["due_on"]:  # type: ignore[operator]
        return Phrase("it was met in time, on {met}", met=found["met_on"])
    if found["due_on"] < reader.live_from:  # type: ignore[operator]
        return Phrase("it was due before the company started, on {day}", day=reader.live_from)
    if row["indicator"] == "compliance" and row["rule"] not in mark.rules("quarter"):
        return Phrase("its rule does not count in a quarter any more")
    return Phrase("nobody owes it")
