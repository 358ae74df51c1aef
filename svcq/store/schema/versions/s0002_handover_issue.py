"""三 and 一: hand-overs, issues with their steps, plans and spot checks; answers of the ledger that were taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

LEDGER = (
    *(
        "number",
        "rule",
        "starts_on",
        "process",
        "clause",
        "role",
        "record_id",
        "customer_id",
        "due_on",
        "breach_on",
    ),
    *("shown_on", "met_on", "waived_on", "fine_fen", "provisional", "note"),
)


def upgrade() -> None:
    op.execute("alter table contract add column\n\tentered_on DATE")
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("completion_on", sa.Date(), nullable=True),
        sa.Column("release_on", sa.Date(), nullable=True),
        sa.CheckConstraint("trim(number) <> ''", name=op.f("ck_plan_number_filled")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("number", name=op.f("uq_plan_number")),
    )
    op.create_table(
        "spot_sample",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("window_from", sa.Date(), nullable=True),
        sa.Column("window_until", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "window_from is null or window_until is null or window_from <= window_until",
            name=op.f("ck_spot_sample_window_until_not_before_window_from"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["staff.id"], name=op.f("fk_spot_sample_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_sample")),
    )
    op.create_index(op.f("ix_spot_sample_month"), "spot_sample", ["month"], unique=False)

    op.create_table(
        "exam",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["staff.id"], name=op.f("fk_exam_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam")),
    )
    op.create_index(op.f("ix_exam_person_id"), "exam", ["person_id"], unique=False)

    op.create_table(
        "issue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("system", sa.String(), nullable=True),
        sa.Column("module", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("reported_by", sa.String(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("priority", sa.Boolean(), nullable=False),
        sa.Column("priority_on", sa.Date(), nullable=True),
        sa.Column("request", sa.String(), nullable=True),
        sa.Column("request_on", sa.Date(), nullable=True),
        sa.Column("tested_by_test_dept_on", sa.Date(), nullable=True),
        sa.Column("test_result_on", sa.Date(), nullable=True),
        sa.Column("passed_on", sa.Date(), nullable=True),
        sa.Column("void_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.CheckConstraint("trim(number) <> ''", name=op.f("ck_issue_number_filled")),
        sa.CheckConstraint(
            "(void_on is null) = (void_reason is null)", name=op.f("ck_issue_void_has_reason")
        ),
        sa.CheckConstraint(
            "test_result_on is null or passed_on is null or test_result_on <= passed_on",
            name=op.f("ck_issue_passed_on_not_before_test_result_on"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_issue_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue")),
        sa.UniqueConstraint("number", name=op.f("uq_issue_number")),
    )
    op.create_index(op.f("ix_issue_customer_id"), "issue", ["customer_id"], unique=False)
    op.create_index(op.f("ix_issue_reported_on"), "issue", ["reported_on"], unique=False)
    op.create_index(op.f("ix_issue_request"), "issue", ["request"], unique=False)

    op.create_table(
        "leave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.CheckConstraint(
            "from_on is null or until_on is null or from_on <= until_on",
            name=op.f("ck_leave_until_on_not_before_from_on"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["staff.id"], name=op.f("fk_leave_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave")),
        sa.UniqueConstraint(
            "person_id", "from_on", "until_on", name=op.f("uq_leave_person_id_from_on_until_on")
        ),
    )
    op.create_table(
        "spot_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("records_on", sa.Date(), nullable=True),
        sa.Column("leave_on", sa.Date(), nullable=True),
        sa.Column("list_asked_on", sa.Date(), nullable=True),
        sa.Column("reconciled_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_spot_check_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_check")),
        sa.UniqueConstraint("month", "customer_id", name=op.f("uq_spot_check_month_customer_id")),
    )
    op.create_index(op.f("ix_spot_check_customer_id"), "spot_check", ["customer_id"], unique=False)

    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("project_number", sa.String(), nullable=True),
        sa.Column("project", sa.String(), nullable=True),
        sa.Column("phase", sa.String(), nullable=True),
        sa.Column("modules", sa.String(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("application_on", sa.Date(), nullable=True),
        sa.Column("worklog_on", sa.Date(), nullable=True),
        sa.Column("documents_on", sa.Date(), nullable=True),
        sa.Column("free_from", sa.Date(), nullable=True),
        sa.Column("free_until", sa.Date(), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("notice_on", sa.Date(), nullable=True),
        sa.Column("receipt_on", sa.Date(), nullable=True),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("void_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.CheckConstraint("trim(number) <> ''", name=op.f("ck_handover_number_filled")),
        sa.CheckConstraint(
            "(void_on is null) = (void_reason is null)", name=op.f("ck_handover_void_has_reason")
        ),
        sa.CheckConstraint(
            "free_from is null or free_until is null or free_from <= free_until",
            name=op.f("ck_handover_free_until_not_before_free_from"),
        ),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_handover_contract_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_handover_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        sa.UniqueConstraint("number", name=op.f("uq_handover_number")),
    )
    op.create_index(op.f("ix_handover_contract_id"), "handover", ["contract_id"], unique=False)
    op.create_index(op.f("ix_handover_customer_id"), "handover", ["customer_id"], unique=False)
    op.create_index(op.f("ix_handover_first_on"), "handover", ["first_on"], unique=False)
    op.create_index(op.f("ix_handover_project_number"), "handover", ["project_number"], unique=False)

    op.create_table(
        "issue_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("by_name", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint("what in ('close', 'reopen', 'urge')", name=op.f("ck_issue_event_what_known")),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_issue_event_issue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue_event")),
    )
    op.create_index(
        "ix_issue_event_issue_id_what_done_on", "issue_event", ["issue_id", "what", "done_on"], unique=False
    )

    op.create_table(
        "issue_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_issue_request_issue_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_issue_request_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue_request")),
    )
    op.create_index(op.f("ix_issue_request_issue_id"), "issue_request", ["issue_id"], unique=False)
    op.create_index(op.f("ix_issue_request_plan_id"), "issue_request", ["plan_id"], unique=False)

    op.create_table(
        "issue_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.CheckConstraint(
            "result is null or result in ('solved', 'watch', 'to_dev', 'to_check')",
            name=op.f("ck_issue_step_result_known"),
        ),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_issue_step_issue_id")),
        sa.ForeignKeyConstraint(["person_id"], ["staff.id"], name=op.f("fk_issue_step_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue_step")),
    )
    op.create_index(op.f("ix_issue_step_done_on"), "issue_step", ["done_on"], unique=False)
    op.create_index("ix_issue_step_issue_id_done_on", "issue_step", ["issue_id", "done_on"], unique=False)
    op.create_index("ix_issue_step_person_id_done_on", "issue_step", ["person_id", "done_on"], unique=False)

    op.create_table(
        "problem_match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("problem_key", sa.String(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("same", sa.Boolean(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_problem_match_customer_id")),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_problem_match_issue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_match")),
        sa.UniqueConstraint(
            "customer_id",
            "problem_key",
            "issue_id",
            name=op.f("uq_problem_match_customer_id_problem_key_issue_id"),
        ),
    )
    op.create_index(op.f("ix_problem_match_issue_id"), "problem_match", ["issue_id"], unique=False)

    op.create_table(
        "handover_trail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("by_name", sa.String(), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "decision is null or decision in ('eligible', 'not_eligible')",
            name=op.f("ck_handover_trail_decision_known"),
        ),
        sa.CheckConstraint(
            "done_on is null or expected_on is null or done_on <= expected_on",
            name=op.f("ck_handover_trail_expected_on_not_before_done_on"),
        ),
        sa.ForeignKeyConstraint(["handover_id"], ["handover.id"], name=op.f("fk_handover_trail_handover_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_trail")),
    )
    op.create_index(
        "ix_handover_trail_handover_id_done_on", "handover_trail", ["handover_id", "done_on"], unique=False
    )

    op.create_table(
        "spot_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("sample_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("record_on", sa.Date(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=True),
        sa.Column("leave_id", sa.Integer(), nullable=True),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("finding", sa.String(), nullable=True),
        sa.Column("found_on", sa.Date(), nullable=True),
        sa.Column("found_by", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "finding is null or finding in ('confirmed', 'wrong', 'missing')",
            name=op.f("ck_spot_finding_finding_known"),
        ),
        sa.CheckConstraint("record in ('work', 'leave')", name=op.f("ck_spot_finding_record_known")),
        sa.CheckConstraint("trim(number) <> ''", name=op.f("ck_spot_finding_number_filled")),
        sa.CheckConstraint(
            "(finding is null) = (found_on is null)", name=op.f("ck_spot_finding_finding_has_day")
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_spot_finding_customer_id")),
        sa.ForeignKeyConstraint(["leave_id"], ["leave.id"], name=op.f("fk_spot_finding_leave_id")),
        sa.ForeignKeyConstraint(["person_id"], ["staff.id"], name=op.f("fk_spot_finding_person_id")),
        sa.ForeignKeyConstraint(["sample_id"], ["spot_sample.id"], name=op.f("fk_spot_finding_sample_id")),
        sa.ForeignKeyConstraint(["step_id"], ["issue_step.id"], name=op.f("fk_spot_finding_step_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_finding")),
        sa.UniqueConstraint("number", name=op.f("uq_spot_finding_number")),
    )
    op.create_index(op.f("ix_spot_finding_customer_id"), "spot_finding", ["customer_id"], unique=False)
    op.create_index(op.f("ix_spot_finding_leave_id"), "spot_finding", ["leave_id"], unique=False)
    op.create_index(op.f("ix_spot_finding_person_id"), "spot_finding", ["person_id"], unique=False)
    op.create_index(op.f("ix_spot_finding_sample_id"), "spot_finding", ["sample_id"], unique=False)
    op.create_index(op.f("ix_spot_finding_step_id"), "spot_finding", ["step_id"], unique=False)

    _ledger()


def _ledger() -> None:
    """The ledger with another key: made anew, since no database changes a primary key in place alike."""
    listed = ", ".join(LEDGER)
    op.execute(f"create table obligation_before as select {listed} from obligation")
    op.drop_table("obligation")
    op.create_table(
        "obligation",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("shown_on", sa.Date(), nullable=False),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("breach_on", sa.Date(), nullable=False),
        sa.Column("shown_until", sa.Date(), nullable=True),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("waived_on", sa.Date(), nullable=True),
        sa.Column("fine_fen", sa.Integer(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint("breach_on > due_on", name=op.f("ck_obligation_breach_after_due")),
        sa.CheckConstraint("fine_fen >= 0", name=op.f("ck_obligation_fine_not_negative")),
        sa.CheckConstraint(
            "shown_on is null or shown_until is null or shown_on <= shown_until",
            name=op.f("ck_obligation_shown_until_not_before_shown_on"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_obligation_customer_id")),
        sa.PrimaryKeyConstraint("number", "rule", "starts_on", "shown_on", name=op.f("pk_obligation")),
    )
    op.execute(f"insert into obligation ({listed}) select {listed} from obligation_before")
    op.drop_table("obligation_before")
    unmet, met = sa.text("met_on is null"), sa.text("met_on is not null")
    op.create_index(op.f("ix_obligation_customer_id"), "obligation", ["customer_id"], unique=False)
    op.create_index(
        "ix_obligation_due",
        "obligation",
        ["due_on", "rule", "number", "starts_on"],
        unique=False,
        sqlite_where=unmet,
        postgresql_where=unmet,
    )
    op.create_index(
        "ix_obligation_met",
        "obligation",
        ["met_on", "rule", "due_on", "number"],
        unique=False,
        sqlite_where=met,
        postgresql_where=met,
    )
    op.create_index(
        "ix_obligation_open",
        "obligation",
        ["rule", "due_on"],
        unique=False,
        sqlite_where=unmet,
        postgresql_where=unmet,
    )
    op.create_index("ix_obligation_rule_due", "obligation", ["rule", "due_on"], unique=False)
