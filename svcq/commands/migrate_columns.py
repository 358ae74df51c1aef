"""五: what listings of migrations, of the hospitals that owe one and of the December check look like."""

from dataclasses import replace

from svcq.commands.columns import OBLIGATION_STATES, OBLIGATIONS
from svcq.locale import N_
from svcq.output.shape import Column, Listing

STATES = {"open": N_("unfinished"), "complete": N_("finished"), "void": N_("void")}
MISSING = {
    "migration": N_("the migration"),
    "reindex": N_("rebuilt indexes"),
    "register": N_("the migration's registration"),
}
"""What the December check looks for."""
MIGRATIONS = Listing(
    "migrations",
    N_("Migrations"),
    (
        Column("number", N_("Number")),
        Column("customer", N_("Customer")),
        Column("system", N_("System"), drop=3),
        Column("engineer", N_("Engineer"), drop=1),
        Column("done_on", N_("Migrated"), "date"),
        Column("reindexed_on", N_("Indexes rebuilt"), "date", drop=4),
        Column("registered_on", N_("Registered"), "date", drop=5),
        Column("state", N_("State"), "code", codes=STATES),
        Column("region", N_("Region"), aside=True),
        Column("void_on", N_("Void"), "date", aside=True),
        Column("void_reason", N_("Why void"), aside=True),
    ),
    alarm="",
)
OTHERS = replace(MIGRATIONS, name="others", title=N_("Other migrations of the hospital"))
DUE = Listing(
    "due",
    N_("Hospitals that owe a migration"),
    (
        Column("customer", N_("Customer")),
        Column("level", N_("Level"), "number", drop=6),
        Column("running_since", N_("Running since"), "date", drop=4),
        Column("year", N_("Year"), "number", drop=7),
        Column("migrated_on", N_("Migrated"), "date"),
        Column("engineer", N_("Engineer"), drop=1),
        Column("state", N_("State"), "code", codes=OBLIGATION_STATES),
        Column("reached_on", N_("Long enough since"), "date", drop=5),
        Column("before_on", N_("Last time"), "date", drop=3),
        Column("due_on", N_("Due"), "date", drop=2),
        Column("before_live", N_("History"), "flag", aside=True),
        Column("region", N_("Region"), aside=True),
    ),
)
LACKING = replace(
    DUE,
    name="check",
    title=N_("December check"),
    columns=(
        *(
            replace(one, aside=one.aside or one.key in ("reached_on", "before_on", "due_on"))
            for one in DUE.columns
        ),
        Column("missing", N_("Missing"), "code", codes=MISSING),
        Column("migrations", N_("Migrations"), drop=8),
        Column("checked_on", N_("Checked"), "date", aside=True),
        Column("checked_by", N_("Checked by"), aside=True),
    ),
)
"""五.3: the same hospitals and everybody who was migrated in the year, with what is missing."""
EXPLAINED = replace(
    OBLIGATIONS,
    columns=(
        *(
            replace(one, aside=one.aside or one.key in ("number", "customer", "clause", "fine"))
            for one in OBLIGATIONS.columns
        ),
        Column("explanation", N_("Why that day"), drop=3),
    ),
)
"""The obligations of one migration and of its hospital's year."""
