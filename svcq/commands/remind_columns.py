"""What listings of reminders look like."""

from svcq.locale import N_
from svcq.output.shape import Column, Listing

CHANNELS = {"email": N_("mail"), "phone": N_("phone"), "chat": N_("chat")}
STATES = {
    "to_send": N_("to send"),
    "sent": N_("sent"),
    "failed": N_("failed"),
    "to_call": N_("to call"),
    "called": N_("called"),
    "dropped": N_("not needed any more"),
}
ERRORS = {
    "no_address": N_("no e-mail address is written down"),
    "bad_address": N_("the e-mail address is none, or more than one"),
    "left": N_("has left: assign what is owed to somebody else"),
    "nobody": N_("nobody answers for it"),
    "interrupted": N_("interrupted while it was sent"),
}
"""Why it did not go out, where svcq itself says so; other reasons are the mail server's own words."""
REMINDERS = Listing(
    "reminders",
    N_("Reminders"),
    (
        Column("rule", N_("Rule")),
        Column("number", N_("Number")),
        Column("person", N_("Person")),
        Column("channel", N_("How"), "code", codes=CHANNELS, drop=3),
        Column("to", N_("To"), drop=4),
        Column("due_on", N_("Due"), "date"),
        Column("state", N_("State"), "code", codes=STATES),
        Column("sent_at", N_("Sent at"), drop=8),
        Column("error", N_("Why not"), "code", codes=ERRORS, drop=2),
        Column("day", N_("Day"), "date", drop=5),
        Column("customer", N_("Customer"), drop=6),
        Column("caller", N_("Who calls"), drop=7),
        Column("on", N_("Ticked off"), "date", drop=9),
        Column("by", N_("Ticked off by"), drop=10),
        Column("days_overdue", N_("Days over"), "number", aside=True),
        Column("clause", N_("Clause"), aside=True),
        Column("starts_on", N_("From"), "date", aside=True),
        Column("cc", N_("Copy to"), aside=True),
        Column("attempts", N_("Attempts"), "number", aside=True),
        Column("region", N_("Region"), aside=True),
    ),
    alarm="",
)
