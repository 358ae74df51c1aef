"""二: service contracts, the calls about them, and the tables sent to the commerce centre."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from svcq.store.tables.base import FEN, filled, ordered, void_pair


class Contract(SQLModel, table=True):
    """A row of the contract tracking table. Its people are dated assignments; money is in fen."""

    __tablename__ = "contract"
    __table_args__ = (
        filled("number"),
        CheckConstraint("amount_fen is null or amount_fen >= 0", name="amount_not_negative"),
        ordered("sealed_on", "returned_on"),
        ordered("sent_out_on", "returned_on"),
        ordered("starts_on", "ends_on"),
        ordered("free_from", "free_until"),
        CheckConstraint("follows_id is null or follows_id <> id", name="follows_another"),
        void_pair(),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    project: str | None = None
    amount_fen: int | None = Field(default=None, sa_type=FEN)
    sent_out_on: date | None = None
    sealed_on: date | None = None
    reminded_email_on: date | None = None
    reminded_phone_on: date | None = None
    returned_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    customer_status: str | None = None
    refused_on: date | None = None
    refused_reason: str | None = None
    project_number: str | None = None
    free_from: date | None = None
    free_until: date | None = None
    follows_id: int | None = Field(default=None, foreign_key="contract.id", index=True)
    first_on: date | None = Field(default=None, index=True)
    """The first of its dates: before it the record is absent from listings of that day."""
    void_on: date | None = None
    void_reason: str | None = None
    entered_on: date | None = None
    """一.1.A: when it came into the table out of a hand-over; nobody knew of it before."""


class ContractCall(SQLModel, table=True):
    """二.2.C: a call to the hospital about a contract that did not come back."""

    __tablename__ = "contract_call"
    __table_args__ = (ordered("called_on", "promised_on"),)

    id: int | None = Field(default=None, primary_key=True)
    contract_id: int = Field(foreign_key="contract.id", index=True)
    called_on: date
    by_name: str | None = None
    promised_on: date | None = None
    note: str | None = None


class ContractFeedback(SQLModel, table=True):
    """二.2.D: the contract table of a month as it went to the commerce centre."""

    __tablename__ = "contract_feedback"

    id: int | None = Field(default=None, primary_key=True)
    month: str = Field(index=True)
    sent_on: date
    sent_by: str
    file: str | None = None


class ContractFeedbackRow(SQLModel, table=True):
    """One contract in a table that was sent."""

    __tablename__ = "contract_feedback_row"

    feedback_id: int = Field(foreign_key="contract_feedback.id", primary_key=True)
    contract_id: int = Field(foreign_key="contract.id", primary_key=True, index=True)
    state: str
    """Its state as the table said."""
