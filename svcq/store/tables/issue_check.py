"""三.3-4: spot checks of work records, their samples and findings, and what was decided about problem lists."""

from datetime import date

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from svcq.store.tables import customer as customer  # a foreign key needs the table that it points to
from svcq.store.tables import issue as issue
from svcq.store.tables import staff as staff
from svcq.store.tables.base import filled, ordered


class SpotCheck(SQLModel, table=True):
    """What was checked at a hospital for a month; it is done when all four have their day."""

    __tablename__ = "spot_check"
    __table_args__ = (UniqueConstraint("month", "customer_id"),)

    id: int | None = Field(default=None, primary_key=True)
    month: str
    customer_id: int = Field(foreign_key="customer.id", index=True)
    records_on: date | None = None
    leave_on: date | None = None
    list_asked_on: date | None = None
    reconciled_on: date | None = None


class SpotSample(SQLModel, table=True):
    """A sample of work and leave records, drawn from a window of days."""

    __tablename__ = "spot_sample"
    __table_args__ = (ordered("window_from", "window_until"),)

    id: int | None = Field(default=None, primary_key=True)
    month: str = Field(index=True)
    drawn_on: date
    seed: int
    window_from: date | None = None
    """None: from the first record on."""
    window_until: date
    person_id: int | None = Field(default=None, foreign_key="staff.id")
    """Of whom alone; None: of every engineer."""


class SpotFinding(SQLModel, table=True):
    """A record that was drawn, and what it turned out to be; or one that is missing, which nobody could draw."""

    __tablename__ = "spot_finding"
    __table_args__ = (
        filled("number"),
        CheckConstraint(
            "finding is null or finding in ('confirmed', 'wrong', 'missing')", name="finding_known"
        ),
        CheckConstraint("record in ('work', 'leave')", name="record_known"),
        CheckConstraint("(finding is null) = (found_on is null)", name="finding_has_day"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    sample_id: int | None = Field(default=None, foreign_key="spot_sample.id", index=True)
    person_id: int = Field(foreign_key="staff.id", index=True)
    record: str
    record_on: date
    step_id: int | None = Field(default=None, foreign_key="issue_step.id", index=True)
    leave_id: int | None = Field(default=None, foreign_key="leave.id", index=True)
    customer_id: int | None = Field(default=None, foreign_key="customer.id", index=True)
    finding: str | None = None
    found_on: date | None = None
    found_by: str | None = None
    note: str | None = None


class ProblemMatch(SQLModel, table=True):
    """三.4: what a person decided about an entry of a hospital's own problem list and an issue of ours."""

    __tablename__ = "problem_match"
    __table_args__ = (UniqueConstraint("customer_id", "problem_key", "issue_id"),)

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    problem_key: str
    """The hospital's words as they are compared."""
    problem: str
    issue_id: int = Field(foreign_key="issue.id", index=True)
    same: bool
    decided_on: date
    decided_by: str
