"""Checks between the cells of one row, as values that a kind declares."""

from typing import Any

from svcq.errors import Phrase, RowsRefused, SvcqError
from svcq.locale import N_
from svcq.sheets.kind import Check, Values

MEANINGS = {
    "sealed_on": N_("the company's seal"),
    "returned_on": N_("the return of the contract"),
    "starts_on": N_("the start"),
    "ends_on": N_("the end"),
    "free_from": N_("the start of the free maintenance"),
    "free_until": N_("the end of the free maintenance"),
    "called_on": N_("the call to the hospital"),
    "promised_on": N_("the promised day"),
    "on": N_("the day"),
    "joined_on": N_("the first day in the company"),
    "left_on": N_("the last day in the company"),
}
"""What a date field means in a sentence; a field that is not here is called by its key."""


def in_order(earlier: str, later: str, **meanings: str) -> Check:
    """The check that the day in `later` is not before the day in `earlier`, where a row has both.

    `meanings`: field key -> catalogue entry for keys that `MEANINGS` does not know.
    """
    said = {**MEANINGS, **meanings}

    def check(values: Values) -> tuple[str, SvcqError] | None:
        first: Any = values.get(earlier)
        second: Any = values.get(later)
        if first is None or second is None or second >= first:
            return None
        return later, RowsRefused(
            "{what} ({day}) lies before {other} ({other_day})",
            what=Phrase(said.get(later, later)),
            day=second,
            other=Phrase(said.get(earlier, earlier)),
            other_day=first,
        )

    return check
