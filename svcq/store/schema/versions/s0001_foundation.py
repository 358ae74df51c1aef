"""Customers, staff, contracts, the ledger of obligations, policy, calendar, settings and the audit."""

import sqlalchemy as sa
from alembic import op

from svcq.store import sqlite

revision = "0001"
down_revision = None


def upgrade() -> None:
    """The first schema."""
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("command", sa.String(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("hash", sa.String(), nullable=False),
        sa.CheckConstraint("action in ('insert', 'update', 'delete')", name=op.f("ck_audit_action_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_number"), "audit", ["number"], unique=False)
    op.create_table(
        "company_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_company_day")),
    )
    op.create_table(
        "contract_feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("sent_by", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_feedback")),
    )
    op.create_index(op.f("ix_contract_feedback_month"), "contract_feedback", ["month"], unique=False)
    op.create_table(
        "customer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("contact", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("running_since", sa.Date(), nullable=True),
        sa.Column("version", sa.String(), nullable=True),
        sa.Column("void_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.CheckConstraint("trim(name) <> ''", name=op.f("ck_customer_name_filled")),
        sa.CheckConstraint(
            "(void_on is null) = (void_reason is null)", name=op.f("ck_customer_void_has_reason")
        ),
        sa.CheckConstraint("level is null or level between 1 and 3", name=op.f("ck_customer_level_1_to_3")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer")),
        sa.UniqueConstraint("code", name=op.f("uq_customer_code")),
        sa.UniqueConstraint("name_key", name=op.f("uq_customer_name_key")),
    )
    op.create_index(op.f("ix_customer_region"), "customer", ["region"], unique=False)
    op.create_table(
        "policy_version",
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("effective_on", name=op.f("pk_policy_version")),
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("trained_on", sa.Date(), nullable=True),
        sa.Column("certified_on", sa.Date(), nullable=True),
        sa.Column("void_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.CheckConstraint("trim(name) <> ''", name=op.f("ck_staff_name_filled")),
        sa.CheckConstraint(
            "(void_on is null) = (void_reason is null)", name=op.f("ck_staff_void_has_reason")
        ),
        sa.CheckConstraint(
            "joined_on is null or left_on is null or joined_on <= left_on",
            name=op.f("ck_staff_left_on_not_before_joined_on"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("name_key", name=op.f("uq_staff_name_key")),
    )
    op.create_table(
        "waiver",
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("waived_on", sa.Date(), nullable=False),
        sa.Column("waived_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint("trim(reason) <> ''", name=op.f("ck_waiver_reason_filled")),
        sa.PrimaryKeyConstraint("rule", "number", "starts_on", name=op.f("pk_waiver")),
    )
    op.create_table(
        "assignment",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["staff.id"], name=op.f("fk_assignment_person_id")),
        sa.PrimaryKeyConstraint("kind", "record_id", "role", "from_on", "place", name=op.f("pk_assignment")),
    )
    op.create_index(op.f("ix_assignment_person_id"), "assignment", ["person_id"], unique=False)
    op.create_table(
        "contract",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("project", sa.String(), nullable=True),
        sa.Column("amount_fen", sa.Integer(), nullable=True),
        sa.Column("sent_out_on", sa.Date(), nullable=True),
        sa.Column("sealed_on", sa.Date(), nullable=True),
        sa.Column("reminded_email_on", sa.Date(), nullable=True),
        sa.Column("reminded_phone_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("customer_status", sa.String(), nullable=True),
        sa.Column("refused_on", sa.Date(), nullable=True),
        sa.Column("refused_reason", sa.String(), nullable=True),
        sa.Column("project_number", sa.String(), nullable=True),
        sa.Column("free_from", sa.Date(), nullable=True),
        sa.Column("free_until", sa.Date(), nullable=True),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("void_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.CheckConstraint("trim(number) <> ''", name=op.f("ck_contract_number_filled")),
        sa.CheckConstraint(
            "(void_on is null) = (void_reason is null)", name=op.f("ck_contract_void_has_reason")
        ),
        sa.CheckConstraint(
            "amount_fen is null or amount_fen >= 0", name=op.f("ck_contract_amount_not_negative")
        ),
        sa.CheckConstraint(
            "follows_id is null or follows_id <> id", name=op.f("ck_contract_follows_another")
        ),
        sa.CheckConstraint(
            "free_from is null or free_until is null or free_from <= free_until",
            name=op.f("ck_contract_free_until_not_before_free_from"),
        ),
        sa.CheckConstraint(
            "sealed_on is null or returned_on is null or sealed_on <= returned_on",
            name=op.f("ck_contract_returned_on_not_before_sealed_on"),
        ),
        sa.CheckConstraint(
            "sent_out_on is null or returned_on is null or sent_out_on <= returned_on",
            name=op.f("ck_contract_returned_on_not_before_sent_out_on"),
        ),
        sa.CheckConstraint(
            "starts_on is null or ends_on is null or starts_on <= ends_on",
            name=op.f("ck_contract_ends_on_not_before_starts_on"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_contract_customer_id")),
        sa.ForeignKeyConstraint(["follows_id"], ["contract.id"], name=op.f("fk_contract_follows_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint("number", name=op.f("uq_contract_number")),
    )
    op.create_index(op.f("ix_contract_customer_id"), "contract", ["customer_id"], unique=False)
    op.create_index(op.f("ix_contract_first_on"), "contract", ["first_on"], unique=False)
    op.create_index(op.f("ix_contract_follows_id"), "contract", ["follows_id"], unique=False)
    op.create_table(
        "duty",
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["staff.id"], name=op.f("fk_duty_person_id")),
        sa.PrimaryKeyConstraint("rule", "region", "from_on", name=op.f("pk_duty")),
    )
    op.create_index(op.f("ix_duty_person_id"), "duty", ["person_id"], unique=False)
    op.create_table(
        "obligation",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("breach_on", sa.Date(), nullable=False),
        sa.Column("shown_on", sa.Date(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("waived_on", sa.Date(), nullable=True),
        sa.Column("fine_fen", sa.Integer(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint("breach_on > due_on", name=op.f("ck_obligation_breach_after_due")),
        sa.CheckConstraint("fine_fen >= 0", name=op.f("ck_obligation_fine_not_negative")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_obligation_customer_id")),
        sa.PrimaryKeyConstraint("number", "rule", "starts_on", name=op.f("pk_obligation")),
    )
    op.create_index(op.f("ix_obligation_customer_id"), "obligation", ["customer_id"], unique=False)
    op.create_index(
        "ix_obligation_due",
        "obligation",
        ["due_on", "rule", "number", "starts_on"],
        unique=False,
        sqlite_where=sa.text("met_on is null"),
        postgresql_where=sa.text("met_on is null"),
    )
    op.create_index(
        "ix_obligation_met",
        "obligation",
        ["met_on", "rule", "due_on", "number"],
        unique=False,
        sqlite_where=sa.text("met_on is not null"),
        postgresql_where=sa.text("met_on is not null"),
    )
    op.create_index(
        "ix_obligation_open",
        "obligation",
        ["rule", "due_on"],
        unique=False,
        sqlite_where=sa.text("met_on is null"),
        postgresql_where=sa.text("met_on is null"),
    )
    op.create_index("ix_obligation_rule_due", "obligation", ["rule", "due_on"], unique=False)
    op.create_table(
        "staff_role",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "role in ('qc', 'regional_manager', 'division_manager', 'project_manager', 'account_manager', 'salesperson', 'engineer', 'technical_lead', 'upgrader')",
            name=op.f("ck_staff_role_role_known"),
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_role_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", "role", name=op.f("pk_staff_role")),
    )
    op.create_table(
        "contract_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("called_on", sa.Date(), nullable=False),
        sa.Column("by_name", sa.String(), nullable=True),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "called_on is null or promised_on is null or called_on <= promised_on",
            name=op.f("ck_contract_call_promised_on_not_before_called_on"),
        ),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_contract_call_contract_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_call")),
    )
    op.create_index(op.f("ix_contract_call_contract_id"), "contract_call", ["contract_id"], unique=False)
    op.create_table(
        "contract_feedback_row",
        sa.Column("feedback_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_contract_feedback_row_contract_id")
        ),
        sa.ForeignKeyConstraint(
            ["feedback_id"], ["contract_feedback.id"], name=op.f("fk_contract_feedback_row_feedback_id")
        ),
        sa.PrimaryKeyConstraint("feedback_id", "contract_id", name=op.f("pk_contract_feedback_row")),
    )
    op.create_index(
        op.f("ix_contract_feedback_row_contract_id"), "contract_feedback_row", ["contract_id"], unique=False
    )
    if op.get_bind().dialect.name == "sqlite":
        for statement in sqlite.protect("audit"):
            op.execute(statement)
