"""二: what listings of contracts look like."""

from dataclasses import replace

from svcq.commands.columns import OBLIGATIONS
from svcq.locale import N_
from svcq.output.shape import Column, Listing

STATES = {
    "free": N_("free maintenance"),
    "out": N_("out"),
    "overdue": N_("overdue"),
    "returned": N_("returned"),
    "void": N_("void"),
}
CONTRACTS = Listing(
    "contracts",
    N_("Contracts"),
    (
        Column("number", N_("Contract")),
        Column("customer", N_("Customer")),
        Column("project", N_("Project"), drop=8),
        Column("salesperson", N_("Salesperson"), drop=1),
        Column("amount", N_("Amount"), "money", drop=6),
        Column("sent_out_on", N_("Sent out"), "date", drop=9),
        Column("sealed_on", N_("Sealed"), "date", drop=4),
        Column("return_due_on", N_("Due back"), "date"),
        Column("reminded_email_on", N_("Mailed"), "date", drop=12),
        Column("reminded_phone_on", N_("Phoned"), "date", drop=11),
        Column("called_on", N_("Hospital called"), "date", drop=7),
        Column("returned_on", N_("Returned"), "date", drop=5),
        Column("starts_on", N_("Starts"), "date", drop=14),
        Column("ends_on", N_("Ends"), "date", drop=13),
        Column("customer_status", N_("Customer status"), drop=15),
        Column("state", N_("State"), "code", codes=STATES),
        Column("days_overdue", N_("Days over"), "number"),
        Column("fine", N_("Fine"), "money"),
        Column("project_number", N_("Project no."), aside=True),
        Column("account_manager", N_("Account manager"), aside=True),
        Column("free_from", N_("Free from"), "date", aside=True),
        Column("free_until", N_("Free until"), "date", aside=True),
        Column("follows", N_("Follows"), aside=True),
        Column("region", N_("Region"), aside=True),
        Column("promised_on", N_("Promised"), "date", aside=True),
        Column("refused_on", N_("Refused"), "date", aside=True),
    ),
)
ENDING = Listing(
    "expiring",
    N_("Expiring contracts"),
    tuple(
        Column(c.key, c.title, c.type, drop=order.get(c.key, 0), codes=c.codes, aside=c.key not in order)
        for order in (
            {
                "number": 0,
                "customer": 0,
                "project": 6,
                "account_manager": 1,
                "amount": 5,
                "starts_on": 4,
                "ends_on": 0,
                "free_until": 2,
                "customer_status": 3,
                "state": 7,
            },
        )
        for c in CONTRACTS.columns
    ),
)
CALLS = Listing(
    "calls",
    N_("Calls to the hospital"),
    (
        Column("on", N_("On"), "date"),
        Column("by", N_("Who")),
        Column("promised_on", N_("Promised"), "date"),
        Column("note", N_("Note")),
    ),
    alarm="",
)
FEEDBACK = Listing(
    "feedback",
    N_("Sent to the commerce centre"),
    (
        Column("month", N_("Month")),
        Column("sent_on", N_("Sent"), "date"),
        Column("sent_by", N_("Who")),
        Column("state", N_("State"), "code", codes=STATES),
        Column("file", N_("File")),
    ),
    alarm="",
)
EXPLAINED = Listing(
    "obligations",
    N_("Obligations"),
    (
        *(
            replace(c, aside=c.aside or c.key in ("number", "customer", "clause"))
            for c in OBLIGATIONS.columns
        ),
        Column("explanation", N_("Why that day"), drop=3),
    ),
)
