"""The ledger of obligations, and the waivers that take the sting out of a breach."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from svcq.store.tables.base import FEN, filled, ordered

OPEN = text("met_on is null")
MET = text("met_on is not null")
LATE = text("met_on > due_on")
URGENCY = ("due_on", "rule", "number", "starts_on")
"""The order of listings: what is open is found in it, and no more of it than is printed."""


class ObligationRow(SQLModel, table=True):
    """One obligation, computed from its record by the rules; never edited by hand.

    Its identity is (rule, number, starts_on). Several rows of one identity follow each other in time: on any day
    one of them stands, from shown_on to shown_until.
    """

    __tablename__ = "obligation"
    __table_args__ = (
        CheckConstraint("breach_on > due_on", name="breach_after_due"),
        CheckConstraint("fine_fen >= 0", name="fine_not_negative"),
        ordered("shown_on", "shown_until"),
        Index("ix_obligation_open", "rule", "due_on", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_obligation_due", *URGENCY, sqlite_where=OPEN, postgresql_where=OPEN),
        Index(
            "ix_obligation_met", "met_on", "rule", "due_on", "number", sqlite_where=MET, postgresql_where=MET
        ),
        Index(
            "ix_obligation_late",
            "met_on",
            "rule",
            "due_on",
            "number",
            sqlite_where=LATE,
            postgresql_where=LATE,
        ),
        Index("ix_obligation_rule_due", "rule", "due_on"),
    )

    number: str = Field(primary_key=True)
    """First in the key: everything about one record stands together."""
    rule: str = Field(primary_key=True)
    starts_on: date = Field(primary_key=True)
    shown_on: date = Field(primary_key=True)
    """From when listings show it: it has started, its record was there, and what it says was known."""
    process: str
    clause: str
    role: str
    record_id: int | None = None
    customer_id: int | None = Field(default=None, foreign_key="customer.id", index=True)
    due_on: date
    breach_on: date
    """The day after due_on."""
    shown_until: date | None = None
    """The last day on which it stood so: an act of the next day took back what had met it, and another row follows."""
    met_on: date | None = None
    waived_on: date | None = None
    fine_fen: int = Field(default=0, sa_type=FEN)
    provisional: bool = False
    note: str = ""


class Waiver(SQLModel, table=True):
    """An obligation that somebody let off, with the reason; withdrawn waivers are deleted and stay in the audit."""

    __tablename__ = "waiver"
    __table_args__ = (filled("reason"),)

    rule: str = Field(primary_key=True)
    number: str = Field(primary_key=True)
    starts_on: date = Field(primary_key=True)
    waived_on: date
    waived_by: str
    reason: str
