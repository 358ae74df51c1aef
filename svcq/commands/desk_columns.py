"""What today's desk looks like: the tables on it and, for each process, the command that shows more."""

from svcq.commands.columns import OBLIGATIONS, PROCESSES
from svcq.locale import N_
from svcq.output.shape import Column, Listing

MORE = {
    "handover": "svcq handover overdue",
    "contract": "svcq contract overdue",
    "issue": "svcq issue stale --within 7d",
    "upgrade": "svcq upgrade overdue",
    "migrate": "svcq migrate due",
    "callback": "svcq callback list",
    "staff": "svcq staff exam",
}
"""Typed as it is, in any language."""
TALLY = Listing(
    "tally",
    N_("Obligations"),
    (
        Column("process", N_("Process"), "code", codes=PROCESSES),
        Column("open", N_("Open"), "number"),
        Column("soon", N_("Within 7 days"), "number"),
        Column("overdue", N_("Overdue"), "number"),
        Column("more", N_("More"), drop=1),
    ),
    alarm="",
)
_KNOWN = {column.key: column for column in OBLIGATIONS.columns}
_WHOSE = tuple(_KNOWN[key] for key in ("rule", "number", "customer", "person", "due_on"))
URGENT = Listing("urgent", N_("Most urgent"), (*_WHOSE, _KNOWN["state"], _KNOWN["days_overdue"]))
CHANGES = {"overdue": N_("became overdue"), "met": N_("was met"), "new": N_("is new")}
NEWS = Listing(
    "news",
    N_("Since yesterday"),
    (Column("what", N_("Change"), "code", codes=CHANGES), *_WHOSE),
    alarm="what",
)
