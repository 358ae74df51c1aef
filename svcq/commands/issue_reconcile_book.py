"""三.4: what a reconciliation looks like: the listing, and the workbook that can be sent to the hospital."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from svcq.locale import N_, _
from svcq.output.choose import columns_of, file_of
from svcq.output.shape import Column, Listing, Look, Row

if TYPE_CHECKING:
    from svcq.output.workbook import Table

MATCHES = {
    "doubtful": N_("doubtful"),
    "status_differs": N_("status differs"),
    "only_theirs": N_("only theirs"),
    "only_ours": N_("only ours"),
    "matched": N_("matched"),
}
OUR_STATES = {"open": N_("still open"), "stale": N_("stale"), "closed": N_("closed")}
RECONCILED = Listing(
    "reconciled",
    N_("Reconciliation"),
    (
        Column("match", N_("Match"), "code", codes=MATCHES),
        Column("row", N_("Row"), "number"),
        Column("theirs", N_("The hospital's problem")),
        Column("ours", N_("Our number")),
        Column("our_title", N_("Our problem"), drop=1),
        Column("similarity", N_("Similarity"), "number", drop=3),
        Column("our_state", N_("Our state"), "code", codes=OUR_STATES, drop=2),
        Column("their_status", N_("Their status"), drop=4),
        Column("their_reported_on", N_("They reported"), "date", aside=True),
        Column("our_reported_on", N_("We registered"), "date", aside=True),
        Column("engineer", N_("Engineer"), aside=True),
        Column("closed_on", N_("Closed"), "date", aside=True),
    ),
    alarm="",
)
THEIRS = ("theirs", "their_reported_on", "their_status")
OURS = ("ours", "our_title", "our_reported_on", "our_state", "engineer", "closed_on")
SENT = {"only_theirs": THEIRS, "only_ours": OURS}
"""What the hospital gets to see of a kind, in this order; of the others both sides."""


def send(look: Look, customer: str, t: date, rows: Sequence[Row]) -> None:
    """Write the workbook for the hospital where `look` says; Usage if that cannot be."""
    from svcq.output.target import standard_binary
    from svcq.output.terminal import standard_output, talk
    from svcq.output.workbook import write_book

    if path := file_of(look):
        write_book(path, sheets(customer, t, rows))
        talk(_("{file} written").format(file=path))
    else:
        with standard_binary(standard_output(None)) as pipe:
            write_book(pipe, sheets(customer, t, rows))


def sheets(customer: str, t: date, rows: Sequence[Row]) -> "list[Table]":
    """The workbook for the hospital: how many of each kind, then a sheet for each kind that there is."""
    from svcq.output.workbook import Table

    title = _("Reconciliation of problems: {customer}, {day}").format(customer=customer, day=t)
    found = {match: [row for row in rows if row["match"] == match] for match in MATCHES}
    made = [
        Table(
            title=_("Summary"),
            headers=[_("Match"), _("Count")],
            types=["text", "number"],
            rows=[[_(MATCHES[match]), len(those)] for match, those in found.items()],
            above=[[title]],
        )
    ]
    for match, those in found.items():
        if not those:
            continue
        columns = columns_of(RECONCILED, SENT.get(match, THEIRS + OURS), "xlsx")
        made.append(
            Table(
                title=_(MATCHES[match]),
                headers=[_(column.title) for column in columns],
                types=[column.type for column in columns],
                rows=[[_told(row, column) for column in columns] for row in those],
                above=[[title]],
            )
        )
    return made


def _told(row: Row, column: Column) -> object:
    """A cell as the hospital sees it: whether a problem is open, not whether it is past our own date."""
    if column.key == "our_state":
        state = row["our_state"]
        return _(OUR_STATES["closed" if state == "closed" else "open"]) if state else None
    return row[column.key]
