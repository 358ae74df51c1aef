"""Indexes for stores of many years, so that a listing is found and not searched for; no rule changes."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

LATE = sa.text("met_on > due_on")
UNSENT = sa.text("state in ('to_send', 'sending', 'failed')")
VOID = sa.text("void_on is not null")


def upgrade() -> None:
    op.create_index(
        "ix_obligation_late",
        "obligation",
        ["met_on", "rule", "due_on", "number"],
        unique=False,
        sqlite_where=LATE,
        postgresql_where=LATE,
    )
    op.create_index(
        "ix_issue_void", "issue", ["number"], unique=False, sqlite_where=VOID, postgresql_where=VOID
    )
    op.create_index("ix_issue_customer_id_number", "issue", ["customer_id", "number"], unique=False)
    op.drop_index("ix_issue_customer_id", "issue")
    op.create_index(
        "ix_assignment_person_id_kind_role",
        "assignment",
        ["person_id", "kind", "role", "record_id"],
        unique=False,
    )
    op.drop_index("ix_assignment_person_id", "assignment")
    op.create_index(
        "ix_mail_waiting", "mail", ["day"], unique=False, sqlite_where=UNSENT, postgresql_where=UNSENT
    )
    op.create_index(op.f("ix_audit_at"), "audit", ["at"], unique=False)
