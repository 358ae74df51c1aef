"""五.3: which hospitals owe a migration in a year, and what the December check finds missing, read from the store."""

from collections.abc import Iterator, Mapping
from datetime import date

from svcq.processes.explain import terms
from svcq.rules import migrate as rules
from svcq.rules.periods import Span, first_year
from svcq.store.read import Reader
from svcq.store.read_migrate import checks, hospitals, unfinished

Row = dict[str, object]


def owing(
    reader: Reader, t: date, year: Span, filters: Mapping[str, object], *, migrated: bool = False
) -> Iterator[Row]:
    """The hospitals that owe a migration in a year as they stood on day `t`, by name; whenever the company starts.

    `migrated`: also everybody else who was migrated in it, with state, reached_on and due_on None. state: open, met,
    overdue, waived; reached_on: since when it has been running long enough; before_live: the year is history.
    """
    known = terms(reader)
    level = int(known.book.on(year.first).settings["migrate.level"])
    begin = first_year(None, reader.live_from)
    for row in hospitals(reader, t, (year.first, year.last), level, migrated=migrated, filters=filters):
        since, of_level = row["running_since"], row["level"]
        reached_on = None
        if isinstance(since, date) and isinstance(of_level, int):
            hospital = rules.Hospital(str(row["customer"]), of_level, since)
            if rules.is_due(hospital, year, known):
                reached_on = rules.reached_on(since, year, known)
        if reached_on or (migrated and row["migrated_on"]):
            yield {
                **row,
                "year": year.first.year,
                "state": _state(row, year, t) if reached_on else None,
                "reached_on": reached_on,
                "due_on": year.last if reached_on else None,
                "before_live": begin is not None and year.first < begin,
            }


def _state(row: Row, year: Span, t: date) -> str:
    """What has become of a hospital's migration of a year by day `t`."""
    waived_on = row["waived_on"]
    if isinstance(waived_on, date) and waived_on <= t:
        return "waived"
    if row["migrated_on"]:
        return "met"
    return "overdue" if year.last < t else "open"


def checked(reader: Reader, t: date, year: Span, filters: Mapping[str, object]) -> Iterator[Row]:
    """五.3: the same hospitals and everybody who was migrated in the year, with what is missing at each.

    missing: migration, reindex, register, with 、 between them; migrations: the numbers of those of the year;
    checked_on and checked_by: of the check that counts.
    """
    held = next(iter(checks(reader, t, year.name)), None)
    of: dict[object, list[Row]] = {}
    for one in unfinished(reader, t, (year.first, year.last)):
        of.setdefault(one["customer_id"], []).append(one)
    for row in owing(reader, t, year, filters, migrated=True):
        mine = of.get(row["id"], [])
        lacks = {
            "migration": row["state"] in ("open", "overdue"),
            "reindex": any(one["reindexed_on"] is None for one in mine),
            "register": any(one["registered_on"] is None for one in mine),
        }
        yield {
            **row,
            "missing": "、".join(key for key, lacking in lacks.items() if lacking) or None,
            "migrations": "、".join(str(one["number"]) for one in mine) or None,
            "checked_on": held["checked_on"] if held else None,
            "checked_by": held["by_name"] if held else None,
        }
