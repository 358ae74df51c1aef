"""Reminders: the outbox with its mails, what was told of whom, and the language of a person."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

WAITING = sa.text("state in ('to_send', 'failed', 'to_call')")


def upgrade() -> None:
    op.execute("alter table staff add column\n\tlanguage VARCHAR")
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("to_address", sa.String(), nullable=True),
        sa.Column("cc", sa.String(), nullable=True),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("claimed_at", sa.String(), nullable=True),
        sa.Column("claimed_by", sa.String(), nullable=True),
        sa.Column("sent_at", sa.String(), nullable=True),
        sa.CheckConstraint("channel in ('email', 'chat')", name=op.f("ck_mail_channel_known")),
        sa.CheckConstraint(
            "state in ('to_send', 'sending', 'sent', 'failed', 'dropped')", name=op.f("ck_mail_state_known")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["staff.id"], name=op.f("fk_mail_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("message_id", name=op.f("uq_mail_message_id")),
    )
    op.create_index("ix_mail_day_person_id", "mail", ["day", "channel", "person_id"], unique=True)
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("caller_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=True),
        sa.CheckConstraint("channel in ('email', 'phone')", name=op.f("ck_reminder_channel_known")),
        sa.CheckConstraint(
            "state in ('to_send', 'sent', 'failed', 'to_call', 'called', 'dropped')",
            name=op.f("ck_reminder_state_known"),
        ),
        sa.ForeignKeyConstraint(["caller_id"], ["staff.id"], name=op.f("fk_reminder_caller_id")),
        sa.ForeignKeyConstraint(["mail_id"], ["mail.id"], name=op.f("fk_reminder_mail_id")),
        sa.ForeignKeyConstraint(["person_id"], ["staff.id"], name=op.f("fk_reminder_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
    )
    op.create_index(op.f("ix_reminder_day"), "reminder", ["day"], unique=False)
    op.create_index(op.f("ix_reminder_mail_id"), "reminder", ["mail_id"], unique=False)
    op.create_index("ix_reminder_number", "reminder", ["number", "rule", "starts_on", "due_on"], unique=False)
    op.create_index(op.f("ix_reminder_person_id"), "reminder", ["person_id"], unique=False)
    op.create_index(
        "ix_reminder_waiting",
        "reminder",
        ["state"],
        unique=False,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
