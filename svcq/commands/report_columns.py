"""What the tables of a report look like; columns that stand aside are in the workbook alone."""

from collections.abc import Iterable
from dataclasses import replace

from svcq.commands.callback_columns import SUMMARIES
from svcq.commands.columns import OBLIGATIONS, PROCESSES, ROLES
from svcq.commands.contract_columns import CONTRACTS
from svcq.commands.handover_columns import INFORMATION
from svcq.commands.issue_columns import STALE
from svcq.commands.migrate_columns import DUE
from svcq.commands.report_words import PARTS
from svcq.commands.score_columns import FINES, SCORES
from svcq.commands.upgrade_columns import UPGRADES
from svcq.locale import N_
from svcq.output.shape import Column, Listing


def _of(listing: Listing, title: str, shown: str, also: str = "", name: str = "") -> Listing:
    """Columns of a listing, by their keys: those that a page shows, then those that only the workbook has besides."""
    known = {column.key: column for column in listing.columns}
    columns = [replace(known[key], aside=False, drop=0) for key in shown.split()]
    columns += [replace(known[key], aside=True, drop=0) for key in also.split()]
    return replace(listing, name=name or listing.name, title=title, columns=tuple(columns), alarm="")


FIGURES = Listing(
    "figures",
    N_("Figures"),
    (
        Column("part", N_("Part"), "code", codes=PARTS),
        Column("figure", N_("Figure")),
        Column("now", N_("This period"), "number"),
        Column("before", N_("Period before"), "number"),
        Column("change", N_("Change"), "number"),
    ),
    alarm="",
)
VALUE = Column("now", N_("This period"), "number")
"""A figure on its own."""
OF_PART = replace(FIGURES, columns=tuple(replace(c, aside=c.key == "part") for c in FIGURES.columns))
"""The figures of one part."""
_DUTIES = (
    Column("overdue", N_("Overdue"), "number"),
    Column("before", N_("Period before"), "number"),
    Column("change", N_("Change"), "number"),
    Column("open", N_("Open"), "number", aside=True),
    Column("fell_due", N_("Fell due"), "number"),
    Column("met", N_("In time"), "number", aside=True),
    Column("late", N_("Late"), "number", aside=True),
    Column("missed", N_("Not met"), "number", aside=True),
    Column("waived", N_("Let off"), "number", aside=True),
    Column("in_time", N_("In time, %"), "number"),
    Column("in_time_before", N_("In time before, %"), "number", aside=True),
)
RULES = Listing(
    "rules",
    N_("By rule"),
    (
        Column("title", N_("What is owed")),
        Column("clause", N_("Clause")),
        *_DUTIES,
        Column("owner", N_("Who owes it"), "code", codes=ROLES, aside=True),
        Column("rule", N_("Rule"), aside=True),
    ),
    alarm="",
)
REGIONS = Listing("regions", N_("By region"), (Column("region", N_("Region")), *_DUTIES), alarm="")
PEOPLE = Listing(
    "people",
    N_("Who is behind"),
    (
        Column("person", N_("Person")),
        Column("overdue", N_("Overdue"), "number"),
        Column("longest", N_("Days over, at most"), "number"),
        Column("number", N_("Record")),
        Column("fine", N_("Fines"), "money"),
    ),
    alarm="",
)
LATE = _of(
    replace(OBLIGATIONS, columns=(Column("title", N_("What is owed")), *OBLIGATIONS.columns)),
    N_("What is overdue"),
    "number title clause customer person due_on days_overdue",
    "fine region rule",
)
BACK = _of(
    CONTRACTS,
    N_("Contracts not back in time"),
    "number customer salesperson sealed_on return_due_on called_on days_overdue fine",
    "promised_on project amount region",
)
WAITING = _of(
    INFORMATION,
    N_("Projects that are not eligible"),
    "number project customer project_manager expected_on days_overdue reason",
    "heard_on heard region",
)
STUCK = _of(
    STALE,
    N_("Issues not closed in time"),
    "number customer title engineer reported_on close_due_on days_overdue",
    "system last_step_on last_result region",
)
UPGRADED = _of(
    UPGRADES,
    N_("Upgrades under way or done"),
    "number customer upgrader planned_on done_on version state",
    "applied_by applied_on report_on called_on answer region",
)
OWING = _of(
    DUE,
    N_("Hospitals that owe a migration"),
    "customer engineer running_since before_on migrated_on state",
    "due_on region",
)
_ANSWERS = "asked answered unreachable satisfaction before change"
_MARKS = "open overdue service attitude"
ASKED = _of(
    SUMMARIES["engineer"], N_("Satisfaction by engineer"), f"engineer {_ANSWERS}", _MARKS, name="engineers"
)
ASKED_IN = _of(
    SUMMARIES["region"], N_("Satisfaction by region"), f"region {_ANSWERS}", _MARKS, name="satisfaction"
)
_SCORES = replace(
    SCORES,
    columns=(
        *SCORES.columns,
        Column("before", N_("Quarter before"), "number"),
        Column("change", N_("Change"), "number"),
    ),
)
_INDICATORS = "compliance satisfaction resolution waived fines"
SCORED = _of(
    _SCORES,
    N_("Scores by person"),
    "person role region score grade before change points breaches",
    f"team {_INDICATORS}",
)
SCORED_IN = _of(
    _SCORES,
    N_("Scores by region"),
    "region people score grade before change points breaches",
    _INDICATORS,
    name="score_regions",
)
FINED = _of(FINES, N_("Fines by person"), "person month breaches fines numbers", "role team region")


def trend(processes: Iterable[str]) -> Listing:
    """Overdue at the ends of months, with a column for each process that has any."""
    each = (replace(VALUE, key=process, title=PROCESSES[process]) for process in processes)
    columns = (Column("month", N_("Month")), Column("overdue", N_("Overdue"), "number"), *each)
    return Listing("trend", N_("Overdue at each month's end"), columns, alarm="")
