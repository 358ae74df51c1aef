"""三: what listings of issues, their steps and the work records look like."""

from dataclasses import replace

from svcq.commands.check_columns import RESULTS
from svcq.locale import N_
from svcq.output.shape import Column, Listing

STATES = {"open": N_("still open"), "stale": N_("stale"), "closed": N_("closed"), "void": N_("void")}
AUTO = {"auto": N_("by itself")}
ACTS = {"close": N_("closed"), "reopen": N_("reopened"), "urge": N_("engineer reminded")}
ISSUES = Listing(
    "issues",
    N_("Issues"),
    (
        Column("number", N_("Issue")),
        Column("customer", N_("Customer"), drop=2),
        Column("system", N_("System"), drop=11),
        Column("module", N_("Module"), drop=13),
        Column("title", N_("Title")),
        Column("engineer", N_("Engineer"), drop=1),
        Column("reported_on", N_("Reported"), "date", drop=5),
        Column("priority", N_("Priority"), "flag", drop=8),
        Column("request", N_("Request"), drop=10),
        Column("steps", N_("Steps"), "number", drop=12),
        Column("last_step_on", N_("Last step"), "date", drop=6),
        Column("last_result", N_("Result"), "code", drop=4, codes=RESULTS),
        Column("close_due_on", N_("To be closed"), "date"),
        Column("closed_on", N_("Closed"), "date", drop=3),
        Column("closed_by", N_("Closed by"), "code", drop=9, codes=AUTO),
        Column("state", N_("State"), "code", codes=STATES),
        Column("days_overdue", N_("Days over"), "number", drop=7),
        Column("region", N_("Region"), aside=True),
        Column("description", N_("Description"), aside=True),
        Column("reported_by", N_("Reported by"), aside=True),
        Column("priority_on", N_("Priority since"), "date", aside=True),
        Column("request_on", N_("Requested"), "date", aside=True),
        Column("tested_by_test_dept_on", N_("To the test department"), "date", aside=True),
        Column("test_result_on", N_("Test result"), "date", aside=True),
        Column("passed_on", N_("Result passed on"), "date", aside=True),
        Column("urged_on", N_("Engineer reminded"), "date", aside=True),
    ),
)
URGENT = {
    "number": 0,
    "customer": 2,
    "title": 0,
    "engineer": 1,
    "reported_on": 6,
    "last_step_on": 5,
    "last_result": 4,
    "close_due_on": 0,
    "state": 3,
    "days_overdue": 0,
}
"""What matters of an issue that is to be closed soon, or was to be; the highest goes first from a narrow table."""
STALE = replace(
    ISSUES,
    name="stale",
    title=N_("Issues to be closed"),
    columns=tuple(replace(c, drop=URGENT.get(c.key, 0), aside=c.key not in URGENT) for c in ISSUES.columns),
)
STEPS = Listing(
    "steps",
    N_("Steps"),
    (
        Column("on", N_("On"), "date"),
        Column("by", N_("Who")),
        Column("what", N_("What")),
        Column("result", N_("Result"), "code", codes=RESULTS),
    ),
    alarm="",
)
EVENTS = Listing(
    "events",
    N_("Closed, reopened, reminded"),
    (
        Column("what", N_("Act"), "code", codes=ACTS),
        Column("on", N_("On"), "date"),
        Column("by", N_("Who")),
        Column("reason", N_("Reason")),
    ),
    alarm="",
)
REQUESTS = Listing(
    "requests",
    N_("Development requests"),
    (
        Column("number", N_("Request")),
        Column("plan", N_("Plan")),
        Column("checked_on", N_("Norms checked"), "date"),
    ),
    alarm="",
)
RECORDS = Listing(
    "records",
    N_("Work records"),
    (
        Column("person", N_("Who")),
        Column("on", N_("On"), "date"),
        Column("customer", N_("Customer"), drop=2),
        Column("issue", N_("Issue"), drop=1),
        Column("what", N_("What")),
        Column("result", N_("Result"), "code", drop=3, codes=RESULTS),
        Column("region", N_("Region"), aside=True),
    ),
    alarm="",
)
