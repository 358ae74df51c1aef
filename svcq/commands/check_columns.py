"""三: what listings of spot checks and of development plans look like."""

from svcq.locale import N_
from svcq.output.shape import Column, Listing

RECORDS = {"work": N_("work"), "leave": N_("leave")}
FINDINGS = {"confirmed": N_("confirmed"), "wrong": N_("wrong"), "missing": N_("missing")}
RESULTS = {
    "solved": N_("solved"),
    "watch": N_("solved, to be watched"),
    "to_dev": N_("taken to development"),
    "to_check": N_("taken to check"),
}
SPOT_FINDINGS = Listing(
    "findings",
    N_("Records of the spot check"),
    (
        Column("number", N_("Number")),
        Column("month", N_("Month"), aside=True),
        Column("person", N_("Name")),
        Column("record", N_("Record"), "code", drop=2, codes=RECORDS),
        Column("on", N_("On"), "date"),
        Column("customer", N_("Customer"), drop=5),
        Column("issue", N_("Issue"), drop=3),
        Column("what", N_("What"), drop=6),
        Column("result", N_("Result"), "code", drop=7, codes=RESULTS),
        Column("on_leave", N_("Away"), "flag"),
        Column("finding", N_("Finding"), "code", codes=FINDINGS),
        Column("found_on", N_("Found"), "date", drop=8),
        Column("note", N_("Note"), drop=9),
        Column("until", N_("Last day"), "date", aside=True),
        Column("found_by", N_("Found by"), aside=True),
        Column("region", N_("Region"), aside=True),
    ),
    alarm="",
)
FOUND = Listing(
    "found",
    N_("What the spot check found"),
    (
        Column("person", N_("Name")),
        Column("records", N_("Records"), "number"),
        Column("confirmed", N_("Confirmed"), "number"),
        Column("wrong", N_("Wrong"), "number"),
        Column("missing", N_("Missing"), "number"),
        Column("open", N_("Not looked into"), "number"),
        Column("on_leave", N_("Worked while away"), "number"),
    ),
    alarm="",
)
CHECKS = Listing(
    "checks",
    N_("Spot checks"),
    (
        Column("month", N_("Month")),
        Column("customer", N_("Customer")),
        Column("records_on", N_("Records checked"), "date"),
        Column("leave_on", N_("Leave checked"), "date"),
        Column("list_asked_on", N_("List asked for"), "date"),
        Column("reconciled_on", N_("Reconciled"), "date"),
        Column("complete_on", N_("Complete"), "date", drop=1),
        Column("region", N_("Region"), aside=True),
    ),
    alarm="",
)
PLAN_STATES = {"active": N_("in force"), "inactive": N_("not in force"), "past": N_("past its date")}
PLANS = Listing(
    "plans",
    N_("Plans"),
    (
        Column("number", N_("Plan")),
        Column("active", N_("Active"), "flag", aside=True),
        Column("completion_on", N_("Completion"), "date"),
        Column("release_on", N_("Release"), "date"),
        Column("state", N_("State"), "code", codes=PLAN_STATES),
    ),
)
