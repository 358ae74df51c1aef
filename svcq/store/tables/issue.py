"""三: the worklog: a problem of a customer is an issue, the work on it are its steps."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from svcq.store.tables.base import filled, ordered, void_pair

VOID = text("void_on is not null")


class Issue(SQLModel, table=True):
    """One problem of one customer. Its engineer is a dated assignment; whether it is closed, the ledger says."""

    __tablename__ = "issue"
    __table_args__ = (
        filled("number"),
        ordered("test_result_on", "passed_on"),
        void_pair(),
        Index("ix_issue_customer_id_number", "customer_id", "number"),
        Index("ix_issue_void", "number", sqlite_where=VOID, postgresql_where=VOID),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    customer_id: int = Field(foreign_key="customer.id")
    system: str | None = None
    module: str | None = None
    title: str | None = None
    description: str | None = None
    reported_by: str | None = None
    """Who at the hospital."""
    reported_on: date = Field(index=True)
    priority: bool = False
    priority_on: date | None = None
    request: str | None = Field(default=None, index=True)
    """Number in the development tracker."""
    request_on: date | None = None
    tested_by_test_dept_on: date | None = None
    """When it was handed to the test department."""
    test_result_on: date | None = None
    passed_on: date | None = None
    """When the test result was passed to the engineer."""
    void_on: date | None = None
    void_reason: str | None = None


class IssueStep(SQLModel, table=True):
    """A piece of work on an issue; those of one day stand in the order of their entry. They are the work records."""

    __tablename__ = "issue_step"
    __table_args__ = (
        CheckConstraint(
            "result is null or result in ('solved', 'watch', 'to_dev', 'to_check')", name="result_known"
        ),
        Index("ix_issue_step_issue_id_done_on", "issue_id", "done_on"),
        Index("ix_issue_step_person_id_done_on", "person_id", "done_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    issue_id: int = Field(foreign_key="issue.id")
    done_on: date = Field(index=True)
    person_id: int | None = Field(default=None, foreign_key="staff.id")
    what: str | None = None
    result: str | None = None


class IssueEvent(SQLModel, table=True):
    """What people did about an issue besides working on it: closed it by hand, reopened it, urged the engineer."""

    __tablename__ = "issue_event"
    __table_args__ = (
        CheckConstraint("what in ('close', 'reopen', 'urge')", name="what_known"),
        Index("ix_issue_event_issue_id_what_done_on", "issue_id", "what", "done_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    issue_id: int = Field(foreign_key="issue.id")
    what: str
    done_on: date
    by_name: str | None = None
    reason: str | None = None
