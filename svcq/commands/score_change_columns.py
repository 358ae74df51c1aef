"""七: what listings of differences and of other rules look like: before and after, person by person."""

from svcq.commands.columns import PROCESSES, ROLES
from svcq.locale import N_
from svcq.output.shape import Column, Listing

FIGURES = {
    "score": N_("Score"),
    "compliance": N_("Deadlines"),
    "satisfaction": N_("Satisfaction"),
    "resolution": N_("Resolution"),
    "points": N_("Points off"),
    "breaches": N_("Breaches"),
    "waived": N_("Let off"),
    "fines": N_("Fines"),
    "grade": N_("Grade"),
    "team": N_("Team"),
    "region": N_("Region"),
}
HOW = {
    "figure": N_("figure"),
    "added": N_("came in"),
    "gone": N_("went"),
    "moved": N_("moved"),
    "waived": N_("let off"),
    "owed": N_("owed again"),
    "met": N_("met on another day"),
    "due": N_("due on another day"),
    "counted": N_("other points"),
    "marks": N_("other marks"),
}
CHANGES = Listing(
    "changes",
    N_("Differences"),
    (
        Column("person", N_("Person")),
        Column("what", N_("Indicator"), "code", codes=FIGURES),
        Column("change", N_("Change"), "code", codes=HOW),
        Column("rule", N_("Rule"), drop=3),
        Column("clause", N_("Clause"), aside=True),
        Column("process", N_("Process"), "code", codes=PROCESSES, aside=True),
        Column("number", N_("Number"), drop=1),
        Column("customer", N_("Customer"), drop=4),
        Column("due_on", N_("Due"), "date", drop=5),
        Column("before", N_("Before")),
        Column("now", N_("Now")),
        Column("reason", N_("Reason"), drop=2),
    ),
    alarm="",
)
SIMULATED = Listing(
    "simulated",
    N_("Simulation"),
    (
        Column("person", N_("Person")),
        Column("role", N_("Role"), "code", drop=9, codes=ROLES),
        Column("team", N_("Team"), drop=7),
        Column("region", N_("Region"), drop=8),
        Column("period", N_("Period"), aside=True),
        Column("before", N_("Score before"), "number"),
        Column("after", N_("Score after"), "number"),
        Column("change", N_("Change"), "number"),
        Column("grade_before", N_("Grade before"), drop=2),
        Column("grade_after", N_("Grade after"), drop=1),
        Column("compliance_before", N_("Deadlines before"), "number", aside=True),
        Column("compliance_after", N_("Deadlines after"), "number", aside=True),
        Column("satisfaction_before", N_("Satisfaction before"), "number", aside=True),
        Column("satisfaction_after", N_("Satisfaction after"), "number", aside=True),
        Column("resolution_before", N_("Resolution before"), "number", aside=True),
        Column("resolution_after", N_("Resolution after"), "number", aside=True),
        Column("points_before", N_("Points before"), "number", drop=5),
        Column("points_after", N_("Points after"), "number", drop=5),
        Column("breaches_before", N_("Breaches before"), "number", aside=True),
        Column("breaches_after", N_("Breaches after"), "number", aside=True),
        Column("fines_before", N_("Fines before"), "money", drop=6),
        Column("fines_after", N_("Fines after"), "money", drop=6),
        Column("because", N_("Because of"), drop=4),
        Column("rules", N_("Rules"), aside=True),
    ),
    alarm="",
)
