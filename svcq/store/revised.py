"""What the revision of a record is: the number of the newest audit row about it."""

from collections.abc import Mapping

REVISED: Mapping[str, tuple[str, ...]] = {
    "customer": ("customer",),
    "staff": ("staff",),
    "contract": ("contract", "contract_call"),
    "handover": ("handover", "handover_trail"),
    "issue": ("issue", "issue_event", "issue_request"),
    "upgrade": ("upgrade",),
    "migration": ("migrate",),
    "callback": ("callback",),
}
"""Kind of sheet -> the tables whose changes show in it; the audit knows the rows of all of them by the record's number.

Steps, tries and skipped steps have sheets of their own: they do not make a problem, a callback, an upgrade another one.
"""
REVISION = "revision"
"""The key of the revision in sheets and JSON."""


def named_by(kind: str) -> str:
    """The field of a kind's sheet that the audit takes for the number of the record."""
    return "name" if kind in ("customer", "staff") else "number"


def tables(kind: str) -> str:
    """The tables of a kind, as SQL lists them."""
    return ", ".join(f"'{table}'" for table in REVISED[kind])
