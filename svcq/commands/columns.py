"""Columns that listings of several processes share."""

from svcq.commands.fields import FIELDS, TABLES
from svcq.locale import N_
from svcq.output.shape import Column, Listing

OBLIGATION_STATES = {
    "open": N_("open"),
    "overdue": N_("overdue"),
    "met": N_("met"),
    "late": N_("late"),
    "waived": N_("waived"),
}
PROCESSES = {
    "handover": N_("hand-over"),
    "contract": N_("contract"),
    "issue": N_("issue"),
    "upgrade": N_("upgrade"),
    "migrate": N_("migration"),
    "callback": N_("callback"),
    "staff": N_("staff"),
}
ROLES = {
    "qc": N_("QC"),
    "regional_manager": N_("regional manager"),
    "division_manager": N_("division manager"),
    "project_manager": N_("project manager"),
    "account_manager": N_("account manager"),
    "salesperson": N_("salesperson"),
    "engineer": N_("engineer"),
    "technical_lead": N_("technical lead"),
    "upgrader": N_("upgrader"),
}

OBLIGATIONS = Listing(
    "obligations",
    N_("Obligations"),
    (
        Column("rule", N_("Rule")),
        Column("clause", N_("Clause"), drop=5),
        Column("process", N_("Process"), "code", codes=PROCESSES, aside=True),
        Column("number", N_("Number")),
        Column("customer", N_("Customer"), drop=3),
        Column("person", N_("Who owes it"), drop=1),
        Column("starts_on", N_("From"), "date", drop=6),
        Column("due_on", N_("Due"), "date"),
        Column("met_on", N_("Met"), "date", drop=7),
        Column("state", N_("State"), "code", codes=OBLIGATION_STATES),
        Column("days_overdue", N_("Days over"), "number"),
        Column("fine", N_("Fine"), "money", drop=4),
        Column("provisional", N_("Provisional"), "flag", aside=True),
        Column("before_live", N_("History"), "flag", aside=True),
        Column("note", N_("Note"), aside=True),
        Column("region", N_("Region"), aside=True),
    ),
)
HISTORY = Listing(
    "history",
    N_("History"),
    (
        Column("id", N_("No."), "number", drop=6),
        Column("at", N_("At")),
        Column("actor", N_("Who")),
        Column("command", N_("Command"), drop=4),
        Column("table", N_("Record"), "code", drop=5, codes=TABLES),
        Column("number", N_("Number"), drop=7),
        Column("field", N_("Field"), "code", codes=FIELDS),
        Column("before", N_("Before")),
        Column("after", N_("After")),
        Column("note", N_("Note"), aside=True),
    ),
    alarm="",
)
