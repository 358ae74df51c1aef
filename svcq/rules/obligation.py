"""The obligation: who owes what by when, and whether it was met; every deadline of the process is one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from svcq.policy.model import Book, Period, Rule
from svcq.rules.deadlines import due
from svcq.rules.workdays import Calendar

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Obligation:
    """One deadline; its identity is (rule, number, starts_on). On any day at most one answer of an identity stands."""

    rule: str
    number: str
    starts_on: date
    due_on: date
    met_on: date | None
    role: str
    clause: str
    fine: int = 0
    """What a breach costs, in fen."""
    provisional: bool = False
    """The due date touches a year whose official arrangement of days off is not known yet."""
    note: str = ""
    known_from: date | None = None
    """The first day on which it stands as it does here; None: from its start."""
    known_until: date | None = None
    """The last such day: what met it was taken back on the next, and another answer follows. None: for good."""

    @property
    def breach_on(self) -> date:
        """The day on which it is breached if not met: the day after the due date."""
        return self.due_on + DAY

    @property
    def process(self) -> str:
        """`contract` of `contract.return`."""
        return self.rule.partition(".")[0]


class Terms:
    """Which rule and which calendar counts for an obligation that starts on a day."""

    def __init__(self, book: Book, calendar: Callable[[str], Calendar]) -> None:
        """`book`: policy versions; `calendar`: country code -> working days with the company's own."""
        self.book = book
        self.country = calendar
        self._due: dict[tuple[str, date], tuple[Rule, date, bool]] = {}
        self._starts: dict[tuple[str, date], date] = {}

    def rule(self, rule: str, starts_on: date) -> Rule:
        """The rule in the version that is in force when the obligation starts."""
        return self.book.on(starts_on).rules[rule]

    def calendar(self, day: date) -> Calendar:
        """The working days that count for a period starting on `day`."""
        return self.country(self.book.on(day).country)

    def owe(
        self,
        rule: str,
        number: str,
        starts_on: date,
        met_on: date | None,
        *,
        fixed: date | None = None,
        note: str = "",
    ) -> Obligation:
        """The obligation of `rule` from `starts_on`: due after the rule's period, or on the `fixed` date."""
        if fixed is not None:
            terms, due_on, provisional = self.rule(rule, starts_on), fixed, False
        else:
            terms, due_on, provisional = self._counted(rule, starts_on)
        return Obligation(
            rule, number, starts_on, due_on, met_on, terms.owner, terms.clause, terms.fine, provisional, note
        )

    def _counted(self, rule: str, starts_on: date) -> tuple[Rule, date, bool]:
        """The rule, its due date and whether that is provisional; many records start on the same day."""
        found = self._due.get((rule, starts_on))
        if found is None:
            policy = self.book.on(starts_on)
            terms = policy.rules[rule]
            found = (terms, starts_on, False)
            if terms.period is not None:
                counted = due(starts_on, terms.period, self.country(policy.country))
                found = (terms, counted.due, counted.provisional)
            self._due[rule, starts_on] = found
        return found

    def lead_before(self, rule: str, end: date) -> date:
        """The day on which a rule with a lead starts before `end`, by the version in force on that very day.

        Where several versions say so the oldest does: what has started by it keeps its start. Where none does,
        because a version with a longer lead came too late, the newest that is in force by its own start.
        """
        start = self._starts.get((rule, end))
        if start is None:
            start = self._starts[rule, end] = self._lead_before(rule, end)
        return start

    def _lead_before(self, rule: str, end: date) -> date:
        starts = []
        for since, policy in self.book.versions:
            lead = policy.rules[rule].lead
            period = Period(-lead.amount, lead.unit, roll=False) if lead else Period(0, "days")
            start = due(end, period, self.country(policy.country)).due
            if self.book.on(start) is policy:
                return start
            if start >= since:
                starts.append(start)
        return starts[-1]


def earliest(*days: date | None) -> date | None:
    """The first of the days that are known: 'A or B'."""
    known = [day for day in days if day is not None]
    return min(known) if known else None


def latest_if_all(*days: date | None) -> date | None:
    """The last of the days if all are known: 'A and B'."""
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None
