"""六: satisfaction callbacks: whom a quarter's sample drew, what was answered, and how often nobody was there."""

from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from svcq.store.tables import customer as customer  # a foreign key needs the table that it points to
from svcq.store.tables import issue as issue
from svcq.store.tables import staff as staff
from svcq.store.tables.base import filled, void_pair


class Callback(SQLModel, table=True):
    """One customer of one engineer in one quarter; its number is QUARTER-ENGINEER-CUSTOMER."""

    __tablename__ = "callback"
    __table_args__ = (
        filled("number"),
        filled("quarter"),
        CheckConstraint("service is null or service between 1 and 5", name="service_1_to_5"),
        CheckConstraint("attitude is null or attitude between 1 and 5", name="attitude_1_to_5"),
        void_pair(),
        Index("ix_callback_quarter_engineer_id", "quarter", "engineer_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    quarter: str
    engineer_id: int = Field(foreign_key="staff.id", index=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    drawn_on: date | None = None
    seed: int | None = None
    """With which seed it was drawn; None: not by svcq."""
    asked_on: date | None = None
    service: int | None = None
    attitude: int | None = None
    advice: str | None = None
    unsolved: str | None = None
    issue_id: int | None = Field(default=None, foreign_key="issue.id", index=True)
    """The issue that the unsolved problem became."""
    first_on: date | None = None
    """When it was drawn, else asked."""
    void_on: date | None = None
    void_reason: str | None = None


class CallbackTry(SQLModel, table=True):
    """A try to reach the customer that found nobody."""

    __tablename__ = "callback_try"
    __table_args__ = (Index("ix_callback_try_callback_id_tried_on", "callback_id", "tried_on"),)

    id: int | None = Field(default=None, primary_key=True)
    callback_id: int = Field(foreign_key="callback.id")
    tried_on: date
    by_name: str | None = None
    note: str | None = None
