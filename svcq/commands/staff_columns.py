"""What listings of staff look like."""

from svcq.commands.columns import ROLES
from svcq.locale import N_
from svcq.output.shape import Column, Listing

STATES = {"active": N_("active"), "left": N_("left"), "void": N_("void")}
LANGUAGES = {"zh": N_("Chinese"), "en": N_("English")}
STAFF = Listing(
    "staff",
    N_("Staff"),
    (
        Column("name", N_("Name")),
        Column("role", N_("Role"), "code", codes=ROLES),
        Column("team", N_("Team"), drop=2),
        Column("region", N_("Region"), drop=1),
        Column("email", N_("E-mail"), drop=4),
        Column("phone", N_("Phone"), drop=5),
        Column("joined_on", N_("Joined"), "date", drop=6),
        Column("left_on", N_("Left"), "date", drop=7),
        Column("trained_on", N_("Trained"), "date", drop=9),
        Column("certified_on", N_("Certified"), "date", drop=8),
        Column("state", N_("State"), "code", codes=STATES, drop=3),
        Column("language", N_("Language"), "code", codes=LANGUAGES, aside=True),
    ),
)
DUTIES = Listing(
    "duties",
    N_("Who at QC answers for which rule"),
    (
        Column("rule", N_("Rule")),
        Column("region", N_("Region")),
        Column("person", N_("Name")),
        Column("from", N_("From"), "date"),
    ),
    alarm="",
)
LEAVES = Listing(
    "leave",
    N_("Leave"),
    (
        Column("person", N_("Name")),
        Column("from", N_("From"), "date"),
        Column("until", N_("Last day"), "date"),
        Column("days", N_("How many days"), "number", drop=1),
        Column("kind", N_("Kind"), drop=2),
    ),
    alarm="",
)
UNITS = Listing(
    "units",
    N_("Teams and regions"),
    (
        Column("from", N_("From"), "date"),
        Column("team", N_("Team")),
        Column("region", N_("Region")),
    ),
    alarm="",
)
EXAM_RESULTS = {"passed": N_("passed"), "failed": N_("not passed")}
EXAMS = Listing(
    "exams",
    N_("Exams"),
    (
        Column("on", N_("On"), "date"),
        Column("result", N_("Outcome"), "code", codes=EXAM_RESULTS),
        Column("note", N_("Note")),
    ),
    alarm="",
)
EXAM_STATES = {"open": N_("open"), "overdue": N_("overdue"), "exempt": N_("exempt: no joining day")}
EXAMINEES = Listing(
    "examinees",
    N_("Who has still to pass the exam"),
    (
        Column("person", N_("Name")),
        Column("team", N_("Team"), drop=6),
        Column("region", N_("Region"), drop=5),
        Column("joined_on", N_("Joined"), "date", drop=3),
        Column("trained_on", N_("Trained"), "date", drop=1),
        Column("exam_on", N_("Last exam"), "date", drop=4),
        Column("failed", N_("Failed"), "number", drop=7),
        Column("due_on", N_("Due"), "date"),
        Column("days_overdue", N_("Days over"), "number", drop=2),
        Column("state", N_("State"), "code", codes=EXAM_STATES),
        Column("barred", N_("Barred"), "flag"),
        Column("before_live", N_("History"), "flag", aside=True),
        Column("provisional", N_("Provisional"), "flag", aside=True),
        Column("left_on", N_("Left"), "date", aside=True),
    ),
)
