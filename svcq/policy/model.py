"""The policy as types: one frozen tree per version, and the book of versions with their effective dates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Unit = Literal["workdays", "days", "months"]
Origin = Literal["source", "house", "company"]
"""Where a number comes from: the written process, a default of ours, or the company that changed it."""

ROLES = (
    "qc",
    "regional_manager",
    "division_manager",
    "project_manager",
    "account_manager",
    "salesperson",
    "engineer",
    "technical_lead",
    "upgrader",
)
"""Every role that a person can have or that can owe an obligation."""


@dataclass(frozen=True, slots=True)
class Period:
    """A counted period: `amount` of `unit`; `roll`: ending on a day off it ends on the next working day."""

    amount: int
    unit: Unit
    roll: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the process: whose deadline, how long, what a breach costs."""

    id: str
    title: str
    """English catalogue entry."""
    clause: str
    owner: str
    """Role that owes it: qc, salesperson, account_manager, engineer, ..."""
    origin: Origin
    """Whether the period stands in the source document or is a default of ours."""
    period: Period | None
    """None: the due date is fixed by the record or the calendar."""
    lead: Period | None = None
    """For rules that start some time before a fixed due date."""
    fine: int = 0
    """Fine of a breach in fen (1/100 CNY)."""
    fine_origin: Origin = "house"
    score: str = "quarter"
    """quarter, year or none: where a breach counts."""
    points: int | None = None
    """What a breach costs in points; None: what every breach costs."""
    points_most: int | None = None
    """What the breaches of this rule cost a person at most in a period; None: the most of every rule."""
    remind_before: int | None = None
    """Days before the due date on which the first reminder goes out; None: as for every rule."""
    remind_every: int | None = None
    """Days after which it is repeated while overdue; 0: never; None: as for every rule."""


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of the policy, complete and valid."""

    name: str
    country: str
    """ISO code of the country whose working days count, or `none`."""
    rules: Mapping[str, Rule]
    settings: Mapping[str, str | int]
    """The numbers and words that are not periods, by dotted name, e.g. `contract.status_converted`."""
    notes: Mapping[str, tuple[str, Origin]]
    """Clause and origin of each setting."""


@dataclass(frozen=True, slots=True)
class Book:
    """Every version with the day from which it is in force, oldest first; the first is in force since ever."""

    versions: tuple[tuple[date, Policy], ...]

    def on(self, day: date) -> Policy:
        """The policy in force on `day`."""
        found = self.versions[0][1]
        for start, policy in self.versions:
            if start > day:
                break
            found = policy
        return found
