"""四: upgrades of hospitals, from the application to the calls after it, and the steps that were skipped."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from svcq.store.tables import customer as customer  # a foreign key needs the table that it points to
from svcq.store.tables.base import filled, ordered, void_pair

ANSWERS = "('yes', 'no', 'unclear')"


class Upgrade(SQLModel, table=True):
    """One upgrade. Who applied for it, arranged it and does it are dated assignments."""

    __tablename__ = "upgrade"
    __table_args__ = (
        filled("number"),
        CheckConstraint(f"answer is null or answer in {ANSWERS}", name="answer_known"),
        CheckConstraint(f"second_answer is null or second_answer in {ANSWERS}", name="second_answer_known"),
        ordered("called_on", "second_called_on"),
        void_pair(),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    applied_on: date | None = None
    arranged_on: date | None = None
    planned_on: date | None = None
    plan_on: date | None = None
    """When the plan was handed to QC."""
    registered_on: date | None = None
    discussed_on: date | None = None
    """When it was discussed with the customer."""
    tested_on: date | None = None
    """When it was tested, or found that it cannot be (no_test_reason)."""
    no_test_reason: str | None = None
    approved_on: date | None = None
    done_on: date | None = Field(default=None, index=True)
    version: str | None = None
    issues_solved: str | None = None
    """Numbers of issues, with 、 between them."""
    surprises: str | None = None
    special_modifications: str | None = None
    brought_back_on: date | None = None
    """When the customer's database and front end were brought back to the company."""
    left_on: date | None = None
    """The day agreed for the upgrader to leave; may lie ahead."""
    report_on: date | None = None
    mailed_on: date | None = None
    called_on: date | None = None
    stable: bool | None = None
    solved: bool | None = None
    arranged: bool | None = None
    answer: str | None = None
    informed_on: date | None = None
    second_called_on: date | None = None
    second_stable: bool | None = None
    second_solved: bool | None = None
    second_arranged: bool | None = None
    second_answer: str | None = None
    second_informed_on: date | None = None
    first_on: date | None = Field(default=None, index=True)
    """The first of its acts: before it the record is absent from listings of that day."""
    void_on: date | None = None
    void_reason: str | None = None


class UpgradeSkip(SQLModel, table=True):
    """A step that was done though others before it were missing: forced, with the reason."""

    __tablename__ = "upgrade_skip"
    __table_args__ = (filled("step"), filled("skipped"))

    id: int | None = Field(default=None, primary_key=True)
    upgrade_id: int = Field(foreign_key="upgrade.id", index=True)
    done_on: date
    step: str
    """The step that was done."""
    skipped: str
    """The steps that were missing, with 、 between them, in their order."""
    reason: str | None = None
    by_name: str | None = None
