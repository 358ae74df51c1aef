"""Reminders: the outbox, and what of whom was told when; bookkeeping as the ledger is, and not audited."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

WAITING = text("state in ('to_send', 'failed', 'to_call')")

UNSENT = text("state in ('to_send', 'sending', 'failed')")


class Mail(SQLModel, table=True):
    """What goes to one person on one day by e-mail, or to the group by chat; of each there is one a day."""

    __tablename__ = "mail"
    __table_args__ = (
        CheckConstraint("channel in ('email', 'chat')", name="channel_known"),
        CheckConstraint("state in ('to_send', 'sending', 'sent', 'failed', 'dropped')", name="state_known"),
        Index("ix_mail_day_person_id", "day", "channel", "person_id", unique=True),
        Index("ix_mail_waiting", "day", sqlite_where=UNSENT, postgresql_where=UNSENT),
    )

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    person_id: int | None = Field(default=None, foreign_key="staff.id")
    """None: the group."""
    day: date
    to_address: str | None = None
    cc: str | None = None
    message_id: str = Field(unique=True)
    """The same at every attempt: a mail program shows one that came twice once."""
    subject: str | None = None
    state: str = "to_send"
    attempts: int = 0
    error: str | None = None
    """Why it did not go out; kept until it does."""
    claimed_at: str | None = None
    claimed_by: str | None = None
    """Which process is sending it."""
    sent_at: str | None = None


class Reminder(SQLModel, table=True):
    """One obligation that somebody is reminded of: an item of a mail, or a call that somebody at QC has to make.

    Another due date is another reminder: it begins anew.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        CheckConstraint("channel in ('email', 'phone')", name="channel_known"),
        CheckConstraint(
            "state in ('to_send', 'sent', 'failed', 'to_call', 'called', 'dropped')", name="state_known"
        ),
        Index("ix_reminder_number", "number", "rule", "starts_on", "due_on"),
        Index("ix_reminder_waiting", "state", sqlite_where=WAITING, postgresql_where=WAITING),
    )

    id: int | None = Field(default=None, primary_key=True)
    rule: str
    number: str
    starts_on: date
    due_on: date
    channel: str
    person_id: int | None = Field(default=None, foreign_key="staff.id", index=True)
    """Who is reminded; None: nobody answers for it."""
    caller_id: int | None = Field(default=None, foreign_key="staff.id")
    """Who at QC has to call."""
    day: date = Field(index=True)
    state: str
    mail_id: int | None = Field(default=None, foreign_key="mail.id", index=True)
    """The mail that tells of it."""
    done_on: date | None = None
    """When the call was made, or the person told by other means."""
    by_name: str | None = None
