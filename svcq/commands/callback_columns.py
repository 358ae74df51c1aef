"""六: what listings of callbacks look like."""

from dataclasses import replace

from svcq.commands.columns import OBLIGATIONS
from svcq.locale import N_
from svcq.output.shape import Column, Listing

STATES = {
    "open": N_("to be made"),
    "overdue": N_("overdue"),
    "answered": N_("answered"),
    "unreachable": N_("unreachable"),
    "void": N_("void"),
}
CALLBACKS = Listing(
    "callbacks",
    N_("Satisfaction callbacks"),
    (
        Column("number", N_("Number"), drop=5),
        Column("quarter", N_("Quarter"), drop=8),
        Column("engineer", N_("Engineer")),
        Column("customer", N_("Customer")),
        Column("drawn_on", N_("Drawn"), "date", drop=7),
        Column("asked_on", N_("Asked"), "date", drop=3),
        Column("service", N_("Service"), "number", drop=1),
        Column("attitude", N_("Attitude"), "number", drop=2),
        Column("advice", N_("Advice"), drop=6),
        Column("unsolved", N_("Unsolved"), drop=4),
        Column("state", N_("State"), "code", codes=STATES),
        Column("region", N_("Region"), aside=True),
        Column("contact", N_("Contact"), aside=True),
        Column("phone", N_("Phone"), aside=True),
        Column("due_on", N_("Due"), "date", aside=True),
        Column("tries", N_("Tries"), "number", aside=True),
        Column("tried_on", N_("Tried"), "date", aside=True),
        Column("issue", N_("Issue"), aside=True),
        Column("seed", N_("Seed"), "number", aside=True),
        Column("void_reason", N_("Why void"), aside=True),
    ),
)
WHOLE = replace(CALLBACKS, columns=tuple(replace(one, aside=False) for one in CALLBACKS.columns))
"""One callback, with all there is."""
TRIES = Listing(
    "tries",
    N_("Tries that found nobody"),
    (Column("on", N_("On"), "date"), Column("by", N_("Who")), Column("note", N_("Note"))),
    alarm="",
)
OTHERS = replace(
    CALLBACKS,
    name="others",
    title=N_("Other callbacks of the customer"),
    columns=tuple(
        replace(one, aside=one.aside or one.key in ("quarter", "customer", "drawn_on"))
        for one in CALLBACKS.columns
    ),
)
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
"""The obligations of one callback."""
_FIGURES = (
    Column("asked", N_("To ask"), "number"),
    Column("answered", N_("Answered"), "number"),
    Column("unreachable", N_("Unreachable"), "number", drop=5),
    Column("open", N_("Not yet"), "number", drop=4),
    Column("overdue", N_("Overdue"), "number", drop=6),
    Column("service", N_("Service"), "number", drop=2),
    Column("attitude", N_("Attitude"), "number", drop=3),
    Column("satisfaction", N_("Satisfaction"), "number"),
    Column("before", N_("Quarter before"), "number", drop=7),
    Column("change", N_("Change"), "number", drop=1),
)
_QUARTER = Column("quarter", N_("Quarter"))


def _summary(*about: Column) -> Listing:
    return Listing("summary", N_("Satisfaction"), (*about, *_FIGURES), alarm="")


SUMMARIES = {
    "engineer": _summary(Column("engineer", N_("Engineer")), _QUARTER),
    "region": _summary(Column("region", N_("Region")), _QUARTER),
    "quarter": _summary(_QUARTER),
}
"""What callbacks came to, by engineer, by the customers' region, by quarter."""
