"""四 to 七: upgrades, migrations, callbacks, published scores; teams and regions of people are dated."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "migrate_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.String(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("by_name", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint("trim(year) <> ''", name=op.f("ck_migrate_check_year_filled")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_migrate_check")),
    )
    op.create_index(op.f("ix_migrate_check_year"), "migrate_check", ["year"], unique=False)
    op.create_table(
        "score_publication",
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("published_by", sa.String(), nullable=False),
        sa.Column("policy", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint("trim(period) <> ''", name=op.f("ck_score_publication_period_filled")),
        sa.PrimaryKeyConstraint("period", name=op.f("pk_score_publication")),
    )
    op.create_table(
        "migrate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("system", sa.String(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("reindexed_on", sa.Date(), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("void_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.CheckConstraint("trim(number) <> ''", name=op.f("ck_migrate_number_filled")),
        sa.CheckConstraint(
            "(void_on is null) = (void_reason is null)", name=op.f("ck_migrate_void_has_reason")
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_migrate_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_migrate")),
        sa.UniqueConstraint("number", name=op.f("uq_migrate_number")),
    )
    op.create_index(op.f("ix_migrate_customer_id"), "migrate", ["customer_id"], unique=False)
    op.create_index(op.f("ix_migrate_done_on"), "migrate", ["done_on"], unique=False)
    op.create_table(
        "score_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("rule", sa.String(), nullable=True),
        sa.Column("clause", sa.String(), nullable=True),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer", sa.String(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("days_late", sa.Integer(), nullable=True),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("counted", sa.Integer(), nullable=True),
        sa.Column("waived", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("service", sa.Integer(), nullable=True),
        sa.Column("attitude", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "indicator in ('compliance', 'satisfaction', 'resolution')",
            name=op.f("ck_score_evidence_indicator_known"),
        ),
        sa.ForeignKeyConstraint(
            ["period"], ["score_publication.period"], name=op.f("fk_score_evidence_period")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_evidence")),
    )
    op.create_index(
        "ix_score_evidence_period_person_indicator",
        "score_evidence",
        ["period", "person", "indicator"],
        unique=False,
    )
    op.create_table(
        "score_figure",
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("team", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("compliance", sa.Float(), nullable=True),
        sa.Column("satisfaction", sa.Float(), nullable=True),
        sa.Column("resolution", sa.Float(), nullable=True),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("breaches", sa.Integer(), nullable=False),
        sa.Column("waived", sa.Integer(), nullable=False),
        sa.Column("fines_fen", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(), nullable=True),
        sa.CheckConstraint("kind in ('person', 'team', 'region')", name=op.f("ck_score_figure_kind_known")),
        sa.ForeignKeyConstraint(
            ["period"], ["score_publication.period"], name=op.f("fk_score_figure_period")
        ),
        sa.PrimaryKeyConstraint("period", "kind", "name", "person", name=op.f("pk_score_figure")),
    )
    op.create_table(
        "staff_unit",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("team", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_unit_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", "from_on", name=op.f("pk_staff_unit")),
    )
    op.create_table(
        "upgrade",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=True),
        sa.Column("arranged_on", sa.Date(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("plan_on", sa.Date(), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("discussed_on", sa.Date(), nullable=True),
        sa.Column("tested_on", sa.Date(), nullable=True),
        sa.Column("no_test_reason", sa.String(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("version", sa.String(), nullable=True),
        sa.Column("issues_solved", sa.String(), nullable=True),
        sa.Column("surprises", sa.String(), nullable=True),
        sa.Column("special_modifications", sa.String(), nullable=True),
        sa.Column("brought_back_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("report_on", sa.Date(), nullable=True),
        sa.Column("mailed_on", sa.Date(), nullable=True),
        sa.Column("called_on", sa.Date(), nullable=True),
        sa.Column("stable", sa.Boolean(), nullable=True),
        sa.Column("solved", sa.Boolean(), nullable=True),
        sa.Column("arranged", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("informed_on", sa.Date(), nullable=True),
        sa.Column("second_called_on", sa.Date(), nullable=True),
        sa.Column("second_stable", sa.Boolean(), nullable=True),
        sa.Column("second_solved", sa.Boolean(), nullable=True),
        sa.Column("second_arranged", sa.Boolean(), nullable=True),
        sa.Column("second_answer", sa.String(), nullable=True),
        sa.Column("second_informed_on", sa.Date(), nullable=True),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("void_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "answer is null or answer in ('yes', 'no', 'unclear')", name=op.f("ck_upgrade_answer_known")
        ),
        sa.CheckConstraint(
            "second_answer is null or second_answer in ('yes', 'no', 'unclear')",
            name=op.f("ck_upgrade_second_answer_known"),
        ),
        sa.CheckConstraint("trim(number) <> ''", name=op.f("ck_upgrade_number_filled")),
        sa.CheckConstraint(
            "(void_on is null) = (void_reason is null)", name=op.f("ck_upgrade_void_has_reason")
        ),
        sa.CheckConstraint(
            "called_on is null or second_called_on is null or called_on <= second_called_on",
            name=op.f("ck_upgrade_second_called_on_not_before_called_on"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_upgrade_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upgrade")),
        sa.UniqueConstraint("number", name=op.f("uq_upgrade_number")),
    )
    op.create_index(op.f("ix_upgrade_customer_id"), "upgrade", ["customer_id"], unique=False)
    op.create_index(op.f("ix_upgrade_done_on"), "upgrade", ["done_on"], unique=False)
    op.create_index(op.f("ix_upgrade_first_on"), "upgrade", ["first_on"], unique=False)
    op.create_table(
        "callback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("quarter", sa.String(), nullable=False),
        sa.Column("engineer_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=True),
        sa.Column("seed", sa.Integer(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("service", sa.Integer(), nullable=True),
        sa.Column("attitude", sa.Integer(), nullable=True),
        sa.Column("advice", sa.String(), nullable=True),
        sa.Column("unsolved", sa.String(), nullable=True),
        sa.Column("issue_id", sa.Integer(), nullable=True),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("void_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.CheckConstraint("trim(number) <> ''", name=op.f("ck_callback_number_filled")),
        sa.CheckConstraint("trim(quarter) <> ''", name=op.f("ck_callback_quarter_filled")),
        sa.CheckConstraint(
            "(void_on is null) = (void_reason is null)", name=op.f("ck_callback_void_has_reason")
        ),
        sa.CheckConstraint(
            "attitude is null or attitude between 1 and 5", name=op.f("ck_callback_attitude_1_to_5")
        ),
        sa.CheckConstraint(
            "service is null or service between 1 and 5", name=op.f("ck_callback_service_1_to_5")
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_callback_customer_id")),
        sa.ForeignKeyConstraint(["engineer_id"], ["staff.id"], name=op.f("fk_callback_engineer_id")),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_callback_issue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callback")),
        sa.UniqueConstraint("number", name=op.f("uq_callback_number")),
    )
    op.create_index(op.f("ix_callback_customer_id"), "callback", ["customer_id"], unique=False)
    op.create_index(op.f("ix_callback_engineer_id"), "callback", ["engineer_id"], unique=False)
    op.create_index(op.f("ix_callback_issue_id"), "callback", ["issue_id"], unique=False)
    op.create_index("ix_callback_quarter_engineer_id", "callback", ["quarter", "engineer_id"], unique=False)
    op.create_table(
        "upgrade_skip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upgrade_id", sa.Integer(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("skipped", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=True),
        sa.CheckConstraint("trim(skipped) <> ''", name=op.f("ck_upgrade_skip_skipped_filled")),
        sa.CheckConstraint("trim(step) <> ''", name=op.f("ck_upgrade_skip_step_filled")),
        sa.ForeignKeyConstraint(["upgrade_id"], ["upgrade.id"], name=op.f("fk_upgrade_skip_upgrade_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upgrade_skip")),
    )
    op.create_index(op.f("ix_upgrade_skip_upgrade_id"), "upgrade_skip", ["upgrade_id"], unique=False)
    op.create_table(
        "callback_try",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("callback_id", sa.Integer(), nullable=False),
        sa.Column("tried_on", sa.Date(), nullable=False),
        sa.Column("by_name", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["callback_id"], ["callback.id"], name=op.f("fk_callback_try_callback_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callback_try")),
    )
    op.create_index(
        "ix_callback_try_callback_id_tried_on", "callback_try", ["callback_id", "tried_on"], unique=False
    )
    op.execute(
        "insert into staff_unit (staff_id, from_on, team, region)"
        " select id, '0001-01-01', team, region from staff where team is not null or region is not null"
    )
