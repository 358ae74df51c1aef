"""What the calendar's answers look like, and the words for why a day is worked or not."""

from datetime import date
from typing import TYPE_CHECKING

from svcq.locale import N_, _
from svcq.output.shape import Column, Listing

if TYPE_CHECKING:
    from svcq.rules.workdays import Reason

UNITS = {"workdays": N_("working days"), "days": N_("days"), "months": N_("months")}
WEEK = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
WORDS = {
    "holiday": N_("public holiday"),
    "makeup": N_("make-up working day"),
    "company_off": N_("the company's own day off"),
    "company_on": N_("the company's own working day"),
}

DUE = Listing(
    "due",
    N_("Due date"),
    (
        Column("start", N_("Start"), "date"),
        Column("amount", N_("How many"), "number"),
        Column("unit", N_("Unit"), "code", codes=UNITS),
        Column("rolled", N_("Moved off a day off"), "flag"),
        Column("due", N_("Due"), "date"),
        Column("provisional", N_("Provisional"), "flag"),
    ),
    alarm="",
)
DAYS = Listing(
    "days",
    N_("Day by day"),
    (Column("date", N_("Day"), "date"), Column("counted", N_("Counted"), "flag"), Column("why", N_("Why"))),
    alarm="",
)
COUNTED = Listing(
    "count",
    N_("Working days"),
    (
        Column("from", N_("From"), "date"),
        Column("to", N_("To"), "date"),
        Column("workdays", N_("Working days"), "number"),
    ),
    alarm="",
)
CHECKED = Listing(
    "days",
    N_("Days"),
    (
        Column("date", N_("Day"), "date"),
        Column("workday", N_("Worked"), "flag"),
        Column("why", N_("Why")),
        Column("provisional", N_("Provisional"), "flag"),
    ),
    alarm="",
)
OWN = Listing(
    "own",
    N_("The company's own days"),
    (
        Column("date", N_("Day"), "date"),
        Column("working", N_("Worked"), "flag"),
        Column("note", N_("Note")),
    ),
    alarm="",
)


def why(day: date, reason: "Reason") -> str:
    """The reason of a day in words: its weekday, and what makes it special."""
    weekday = _(WEEK[day.weekday()])
    special = reason.name or (_(WORDS[reason.code]) if reason.code in WORDS else "")
    return f"{weekday} · {special}" if special else weekday
