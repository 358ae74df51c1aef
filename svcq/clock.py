"""The only place that reads the wall clock."""

from datetime import UTC, date, datetime


def today() -> date:
    """The local calendar day."""
    return date.today()


def now() -> str:
    """The moment in UTC as ISO 8601 with milliseconds, as audit rows keep it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
