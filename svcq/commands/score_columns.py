"""七: what listings of scores, of the records behind them and of fines look like."""

from dataclasses import replace

from svcq.commands.columns import PROCESSES, ROLES
from svcq.locale import N_
from svcq.output.shape import Column, Listing

FIGURES = ("score", "compliance", "satisfaction", "resolution", "grade")
"""What is shown as `–` where there is nothing to go by."""

SCORES = Listing(
    "scores",
    N_("Scores"),
    (
        Column("person", N_("Person")),
        Column("role", N_("Role"), "code", drop=9, codes=ROLES),
        Column("team", N_("Team"), drop=4),
        Column("region", N_("Region"), drop=7),
        Column("period", N_("Period"), drop=8),
        Column("score", N_("Score"), "number"),
        Column("compliance", N_("Deadlines"), "number"),
        Column("satisfaction", N_("Satisfaction"), "number"),
        Column("resolution", N_("Resolution"), "number"),
        Column("points", N_("Points off"), "number"),
        Column("breaches", N_("Breaches"), "number", drop=3),
        Column("waived", N_("Let off"), "number", drop=6),
        Column("fines", N_("Fines"), "money", drop=5),
        Column("grade", N_("Grade")),
        Column("published", N_("As published"), "number", drop=2),
        Column("difference", N_("Difference"), "number", drop=1),
        Column("now", N_("Now"), "number", aside=True),
        Column("people", N_("People"), "number", aside=True),
        Column("quarters", N_("Quarters"), aside=True),
    ),
    alarm="",
)


def scores(by: str, *, published: bool) -> Listing:
    """The listing of people, teams or regions; what is only of the others stands aside."""
    shown = {"person": ("person", "role", "team", "region"), "team": ("team", "people")}
    here = shown.get(by, ("region", "people"))
    columns = []
    for column in SCORES.columns:
        if column.key in ("person", "role", "team", "region", "people"):
            column = replace(
                column, aside=column.key not in here, drop=0 if column.key == by else column.drop
            )
        elif column.key in ("published", "difference"):
            column = replace(column, aside=not published)
        columns.append(column)
    return replace(SCORES, columns=tuple(columns))


LINES = Listing(
    "lines",
    N_("Breaches, one by one"),
    (
        Column("rule", N_("Rule")),
        Column("clause", N_("Clause")),
        Column("process", N_("Process"), "code", codes=PROCESSES, aside=True),
        Column("number", N_("Number")),
        Column("customer", N_("Customer")),
        Column("due_on", N_("Due"), "date"),
        Column("met_on", N_("Met"), "date"),
        Column("days_late", N_("Days late"), "number"),
        Column("points", N_("Points"), "number"),
        Column("counted", N_("Counted"), "number"),
        Column("waived", N_("Let off"), "flag"),
        Column("reason", N_("Reason")),
        Column("starts_on", N_("From"), "date", aside=True),
        Column("person", N_("Person"), aside=True),
        Column("team", N_("Team"), aside=True),
        Column("region", N_("Region"), aside=True),
        Column("see", N_("See more")),
    ),
    alarm="",
)
ANSWERS = Listing(
    "answers",
    N_("Callbacks"),
    (
        Column("number", N_("Number")),
        Column("quarter", N_("Quarter"), aside=True),
        Column("engineer", N_("Engineer"), aside=True),
        Column("customer", N_("Customer")),
        Column("asked_on", N_("Asked"), "date"),
        Column("service", N_("Service"), "number"),
        Column("attitude", N_("Attitude"), "number"),
        Column("advice", N_("Advice"), drop=2),
        Column("unsolved", N_("Unsolved"), drop=1),
        Column("team", N_("Team"), aside=True),
        Column("region", N_("Region"), aside=True),
        Column("see", N_("See more")),
    ),
    alarm="",
)
CLOSINGS = Listing(
    "closings",
    N_("Problems that were to be closed"),
    (
        Column("rule", N_("Rule"), aside=True),
        Column("clause", N_("Clause"), drop=1),
        Column("process", N_("Process"), "code", codes=PROCESSES, aside=True),
        Column("number", N_("Number")),
        Column("customer", N_("Customer")),
        Column("starts_on", N_("From"), "date", drop=3),
        Column("due_on", N_("Due"), "date"),
        Column("met_on", N_("Closed"), "date"),
        Column("days_late", N_("Days late"), "number", drop=2),
        Column("in_time", N_("In time"), "flag"),
        Column("waived", N_("Let off"), "flag"),
        Column("reason", N_("Reason"), drop=4),
        Column("team", N_("Team"), aside=True),
        Column("region", N_("Region"), aside=True),
        Column("see", N_("See more")),
    ),
    alarm="",
)
RECORDS = {"compliance": LINES, "satisfaction": ANSWERS, "resolution": CLOSINGS}
"""What stands behind each indicator."""
HEADER = Listing(
    "score",
    N_("Score"),
    (
        Column("person", N_("Person")),
        Column("period", N_("Period")),
        Column("day", N_("Day"), "date"),
        Column("score", N_("Score")),
        Column("made", N_("How it is made")),
        Column("compliance", N_("Deadlines")),
        Column("satisfaction", N_("Satisfaction")),
        Column("resolution", N_("Resolution")),
        Column("quarters", N_("Quarters")),
        Column("own", N_("Of the year itself")),
        Column("costs", N_("Points off")),
    ),
    alarm="",
)
FINES = Listing(
    "fines",
    N_("Fines"),
    (
        Column("person", N_("Person")),
        Column("role", N_("Role"), "code", drop=3, codes=ROLES),
        Column("team", N_("Team"), drop=2),
        Column("region", N_("Region"), drop=4),
        Column("month", N_("Month")),
        Column("breaches", N_("Breaches"), "number"),
        Column("fines", N_("Fines"), "money"),
        Column("numbers", N_("Number"), drop=1),
    ),
    alarm="",
)
FINED = Listing(
    "fined",
    N_("Fines"),
    (
        Column("person", N_("Person")),
        Column("month", N_("Month"), drop=3),
        Column("rule", N_("Rule"), drop=4),
        Column("clause", N_("Clause"), drop=2),
        Column("process", N_("Process"), "code", codes=PROCESSES, aside=True),
        Column("number", N_("Number")),
        Column("customer", N_("Customer"), drop=1),
        Column("due_on", N_("Due"), "date"),
        Column("met_on", N_("Met"), "date"),
        Column("days_late", N_("Days late"), "number", drop=5),
        Column("fines", N_("Fine"), "money"),
        Column("team", N_("Team"), aside=True),
        Column("region", N_("Region"), aside=True),
        Column("see", N_("See more"), drop=6),
    ),
    alarm="",
)
