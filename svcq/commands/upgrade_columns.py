"""四: what listings of upgrades look like, and what an upgrader takes along."""

from dataclasses import replace

from svcq.commands.columns import OBLIGATIONS
from svcq.commands.issue_columns import ISSUES
from svcq.locale import N_
from svcq.output.shape import Column, Listing
from svcq.rules.upgrade_order import STEPS

STATES = {
    "applied": N_("applied for"),
    "arranged": N_("arranged"),
    "planned": N_("planned"),
    "tested": N_("tested"),
    "approved": N_("approved"),
    "done": N_("upgraded"),
    "reported": N_("reported"),
    "settled": N_("settled"),
    "void": N_("void"),
}
ANSWERS = {"yes": N_("yes"), "no": N_("no"), "unclear": N_("unclear")}
UPGRADES = Listing(
    "upgrades",
    N_("Upgrades"),
    (
        Column("number", N_("Number")),
        Column("customer", N_("Customer")),
        Column("applied_by", N_("Applied by"), drop=8),
        Column("applied_on", N_("Applied"), "date", drop=7),
        Column("arranged_by", N_("Arranged by"), drop=13),
        Column("arranged_on", N_("Arranged"), "date", drop=12),
        Column("upgrader", N_("Upgrader"), drop=2),
        Column("planned_on", N_("Planned"), "date", drop=1),
        Column("plan_on", N_("Plan in"), "date", drop=9),
        Column("registered_on", N_("Registered"), "date", drop=17),
        Column("discussed_on", N_("Discussed"), "date", drop=16),
        Column("tested_on", N_("Tested"), "date", drop=11),
        Column("no_test_reason", N_("Why no test"), aside=True),
        Column("approved_on", N_("Approved"), "date", drop=10),
        Column("done_on", N_("Done"), "date", drop=3),
        Column("version", N_("Version"), drop=4),
        Column("issues_solved", N_("Issues solved"), drop=20),
        Column("surprises", N_("Surprises"), aside=True),
        Column("special_modifications", N_("Special modifications"), aside=True),
        Column("brought_back_on", N_("Brought back"), "date", aside=True),
        Column("left_on", N_("Leaves"), "date", aside=True),
        Column("report_on", N_("Report filed"), "date", drop=5),
        Column("mailed_on", N_("Report mailed"), "date", drop=14),
        Column("called_on", N_("Hospital called"), "date", drop=6),
        Column("stable", N_("Stable"), "flag", aside=True),
        Column("solved", N_("Solved"), "flag", aside=True),
        Column("arranged", N_("Arrangement made"), "flag", aside=True),
        Column("answer", N_("Answer"), "code", drop=15, codes=ANSWERS),
        Column("informed_on", N_("Informed"), "date", drop=18),
        Column("second_called_on", N_("Second call"), "date", drop=19),
        Column("second_answer", N_("Second answer"), "code", aside=True, codes=ANSWERS),
        Column("second_informed_on", N_("Informed again"), "date", aside=True),
        Column("state", N_("State"), "code", codes=STATES),
        Column("second_stable", N_("Stable, second call"), "flag", aside=True),
        Column("second_solved", N_("Solved, second call"), "flag", aside=True),
        Column("second_arranged", N_("Arrangement made, second call"), "flag", aside=True),
        Column("region", N_("Region"), aside=True),
        Column("void_on", N_("Void"), "date", aside=True),
        Column("void_reason", N_("Why void"), aside=True),
    ),
    alarm="",
)
WHOLE = replace(UPGRADES, columns=tuple(replace(one, aside=False) for one in UPGRADES.columns))
"""One upgrade, with all there is."""
OTHERS = replace(
    UPGRADES,
    name="others",
    title=N_("Other upgrades of the hospital"),
    columns=tuple(
        replace(one, aside=one.key not in ("number", "upgrader", "planned_on", "done_on", "version", "state"))
        for one in UPGRADES.columns
    ),
)
SKIPS = Listing(
    "skips",
    N_("Skipped steps"),
    (
        Column("on", N_("On"), "date"),
        Column("step", N_("Step"), "code", codes=STEPS),
        Column("skipped", N_("Skipped"), "code", codes=STEPS),
        Column("reason", N_("Reason")),
        Column("by", N_("Who")),
    ),
    alarm="",
)


def _noted(column: Column) -> Column:
    """The column of notes, which here names the steps that were skipped."""
    return replace(column, type="code", codes=STEPS, drop=2, aside=False) if column.key == "note" else column


OWED = replace(OBLIGATIONS, columns=tuple(_noted(one) for one in OBLIGATIONS.columns))
"""Obligations of upgrades."""
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
"""The obligations of one upgrade."""
PREPARED = Listing(
    "checklist",
    N_("Checklist"),
    (
        Column("number", N_("Number")),
        Column("customer", N_("Customer")),
        Column("region", N_("Region")),
        Column("contact", N_("Contact")),
        Column("phone", N_("Phone")),
        Column("version", N_("Present version")),
        Column("upgrader", N_("Upgrader")),
        Column("planned_on", N_("Planned"), "date"),
        Column("day", N_("As of"), "date"),
    ),
    alarm="",
)
"""四.2: what an upgrader takes along: the hospital and the upgrade that is being prepared, if there is one."""
TAKEN = {
    "number": 0,
    "title": 0,
    "system": 4,
    "module": 5,
    "reported_on": 3,
    "engineer": 6,
    "close_due_on": 1,
    "state": 0,
}
"""What is taken along of an issue, and what goes first from a narrow table."""
OPEN = Listing(
    "issues",
    N_("Open problems"),
    (
        *(replace(one, drop=TAKEN[one.key], aside=False) for one in ISSUES.columns if one.key in TAKEN),
        Column("last_step_on", N_("Last step"), "date", drop=7),
        Column("last_step", N_("What was done last"), drop=2),
        *(replace(one, aside=True) for one in ISSUES.columns if one.key in ("last_result", "description")),
    ),
)
LEFT = Listing(
    "modifications",
    N_("Special modifications of earlier upgrades"),
    (
        Column("number", N_("Number")),
        Column("done_on", N_("Done"), "date"),
        Column("version", N_("Version"), drop=1),
        Column(
            "kind",
            N_("Kind"),
            "code",
            aside=True,
            codes={"modification": N_("special modification"), "surprise": N_("surprise")},
        ),
        Column("text", N_("Content")),
    ),
    alarm="",
)
SURPRISES = replace(LEFT, name="surprises", title=N_("Surprises of earlier upgrades"))
