"""一: hand-overs from implementation to service, and what was decided and followed up about them."""

from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from svcq.store.tables.base import filled, ordered, void_pair


class Handover(SQLModel, table=True):
    """The hand-over of one phase of a project. Its people are dated assignments."""

    __tablename__ = "handover"
    __table_args__ = (filled("number"), ordered("free_from", "free_until"), void_pair())

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    project_number: str | None = Field(default=None, index=True)
    project: str | None = None
    phase: str | None = None
    modules: str | None = None
    accepted_on: date | None = None
    application_on: date | None = None
    worklog_on: date | None = None
    documents_on: date | None = None
    free_from: date | None = None
    free_until: date | None = None
    registered_on: date | None = None
    notice_on: date | None = None
    receipt_on: date | None = None
    contract_id: int | None = Field(default=None, foreign_key="contract.id", index=True)
    """The row of the contract tracking table that its free maintenance became."""
    first_on: date | None = Field(default=None, index=True)
    """The first of its dates: before it the record is absent from listings of that day."""
    void_on: date | None = None
    void_reason: str | None = None


class HandoverTrail(SQLModel, table=True):
    """One decision or follow-up; rows are added, none is overwritten."""

    __tablename__ = "handover_trail"
    __table_args__ = (
        CheckConstraint(
            "decision is null or decision in ('eligible', 'not_eligible')", name="decision_known"
        ),
        ordered("done_on", "expected_on"),
        Index("ix_handover_trail_handover_id_done_on", "handover_id", "done_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    handover_id: int = Field(foreign_key="handover.id")
    done_on: date
    by_name: str | None = None
    """Who decided (a regional or division manager), or who at QC asked how far they are."""
    decision: str | None = None
    """eligible or not_eligible; None: a follow-up."""
    expected_on: date | None = None
    note: str | None = None
    """The reasons of a decision, or what was heard."""
