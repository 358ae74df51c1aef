"""一: what listings of hand-overs look like."""

from dataclasses import replace

from svcq.commands.columns import OBLIGATIONS
from svcq.locale import N_
from svcq.output.shape import Column, Listing
from svcq.rules.handover import COMPLETE

STATES = {
    "applying": N_("being applied for"),
    "deciding": N_("to be decided"),
    "not_eligible": N_("not eligible"),
    "eligible": N_("eligible"),
    "complete": N_("complete"),
    "void": N_("void"),
}
DECISIONS = {"eligible": N_("eligible"), "not_eligible": N_("not eligible")}
HANDOVERS = Listing(
    "handovers",
    N_("Hand-overs"),
    (
        Column("number", N_("Number")),
        Column("project_number", N_("Project no."), drop=8),
        Column("project", N_("Project"), drop=3),
        Column("customer", N_("Customer")),
        Column("phase", N_("Phase"), drop=2),
        Column("modules", N_("Modules"), drop=22),
        Column("project_manager", N_("Project manager"), drop=5),
        Column("account_manager", N_("Account manager"), drop=12),
        Column("accepted_on", N_("Accepted"), "date", drop=4),
        Column("application_on", N_("Application in"), "date", drop=16),
        Column("worklog_on", N_("Worklog in"), "date", drop=17),
        Column("documents_on", N_("Documents in"), "date", drop=18),
        Column("decision", N_("Decision"), "code", drop=21, codes=DECISIONS),
        Column("decided_on", N_("Decided"), "date", drop=6),
        Column("decided_by", N_("Decided by"), drop=14),
        Column("expected_on", N_("Expected"), "date", drop=1),
        Column("reason", N_("Reason"), drop=20),
        Column("free_from", N_("Free from"), "date", drop=15),
        Column("free_until", N_("Free until"), "date", drop=7),
        Column("registered_on", N_("Registered"), "date", drop=11),
        Column("notice_on", N_("Notice sent"), "date", drop=10),
        Column("receipt_on", N_("Receipt confirmed"), "date", drop=9),
        Column("state", N_("State"), "code", codes=STATES),
        Column("region", N_("Region"), aside=True),
        Column("contract", N_("Contract"), aside=True),
        Column("customer_status", N_("Customer status"), aside=True),
        Column("missing", N_("Registration lacks"), "code", codes=COMPLETE, aside=True),
    ),
    alarm="",
)
WHOLE = replace(HANDOVERS, columns=tuple(replace(one, aside=False) for one in HANDOVERS.columns))
"""One hand-over, with all there is."""
READ = {
    "number": 0,
    "project": 2,
    "customer": 0,
    "phase": 5,
    "project_manager": 4,
    "decided_on": 7,
    "decided_by": 6,
    "expected_on": 0,
}
"""What the table of those not yet eligible shows of a hand-over, and what goes first from a narrow one."""
INFORMATION = Listing(
    "information",
    N_("Hand-over information"),
    (
        *(replace(one, drop=READ[one.key]) for one in HANDOVERS.columns if one.key in READ),
        Column("days_overdue", N_("Days over"), "number"),
        Column("reason", N_("Reason"), drop=3),
        Column("heard_on", N_("Heard on"), "date", drop=8),
        Column("heard_by", N_("Heard by"), drop=9),
        Column("heard", N_("What was heard"), drop=1),
        *(
            replace(one, aside=True)
            for one in HANDOVERS.columns
            if one.key not in READ and one.key != "reason"
        ),
    ),
    alarm="",
)
"""一.1.B: the projects that are not eligible yet, with the newest that was heard of each."""
TRAIL = Listing(
    "trail",
    N_("Decisions and follow-ups"),
    (
        Column("on", N_("On"), "date"),
        Column("by", N_("Who")),
        Column("decision", N_("Decision"), "code", codes=DECISIONS),
        Column("expected_on", N_("Expected"), "date"),
        Column("note", N_("Note")),
    ),
    alarm="",
)
PHASES = Listing(
    "phases",
    N_("Other phases of the project"),
    tuple(
        replace(
            one, aside=one.key not in ("number", "phase", "modules", "accepted_on", "decided_on", "state")
        )
        for one in HANDOVERS.columns
    ),
    alarm="",
)


def _noted(column: Column) -> Column:
    """The column of notes, which here names what a registration lacks."""
    return replace(column, type="code", codes=COMPLETE, drop=2) if column.key == "note" else column


OWED = replace(
    OBLIGATIONS,
    columns=tuple(_noted(replace(one, aside=one.aside and one.key != "note")) for one in OBLIGATIONS.columns),
)
"""Obligations of hand-overs."""
EXPLAINED = replace(
    OWED,
    columns=(
        *(
            replace(one, aside=one.aside or one.key in ("number", "customer", "clause", "fine"))
            for one in OWED.columns
        ),
        Column("explanation", N_("Why that day"), drop=3),
    ),
)
"""The obligations of one hand-over."""
