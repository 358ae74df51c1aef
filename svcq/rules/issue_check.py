"""三.3-4: spot checks: from which days records are drawn, which dates of a check cannot be, and what it still lacks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from svcq.errors import N_, Refused

DAY = timedelta(days=1)
CLAUSE = "三.3-4"
ACTS = {
    "records_on": N_("work records"),
    "leave_on": N_("leave records"),
    "list_asked_on": N_("the hospital's list"),
    "reconciled_on": N_("the reconciliation"),
}
"""The four acts that make a check complete, and what each is about."""
RECORDS = ("work", "leave")
FINDINGS = ("confirmed", "wrong", "missing")


@dataclass(frozen=True, slots=True)
class Window:
    """The days whose records can be drawn; `first` None: from the first record on."""

    first: date | None
    last: date

    @property
    def is_empty(self) -> bool:
        """Whether there is no day in it."""
        return self.first is not None and self.first > self.last

    def holds(self, day: date) -> bool:
        """Whether a record of that day can be drawn."""
        return day <= self.last and (self.first is None or day >= self.first)


def window(today: date, age: int, covered: date | None) -> Window:
    """三.3: records at least `age` days old, after the last day that an earlier sample covered (None: there is none)."""
    return Window(covered + DAY if covered else None, today - age * DAY)


def contradiction(dates: Mapping[str, date | None], month_begins: date) -> tuple[str, Refused] | None:
    """The first date of a check that cannot be: its key and why; None if all can.

    An act before the month would be one of another month's check.
    """
    for key in ACTS:
        on = dates.get(key)
        if on and on < month_begins:
            return key, Refused(
                "{on} is before the month that is checked: it begins on {first}",
                clause=CLAUSE,
                on=on,
                first=month_begins,
            )
    return None


def lacking(dates: Mapping[str, date | None]) -> list[str]:
    """The acts that have no date yet, in the order of ACTS."""
    return [key for key in ACTS if dates.get(key) is None]
