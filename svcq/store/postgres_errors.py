"""What a server of PostgreSQL or the way to it complains of, as sentences for people."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from svcq.errors import N_, StoreTrouble
from svcq.store.address import Server
from svcq.store.waiting import wait


def library() -> Any:  # noqa: ANN401 - a module
    """psycopg; StoreTrouble if it is not installed."""
    try:
        import psycopg
    except ImportError as error:
        raise StoreTrouble(
            "a store on PostgreSQL needs psycopg: pip install 'svcq[postgres]' ({why})", why=error
        ) from error
    return psycopg


SENTENCES = {
    "55P03": N_(
        "{path} is being written by somebody else and did not become free in {wait:g} seconds: try again"
    ),
    "40001": N_("{path}: somebody else wrote at the same moment; nothing was written: try again"),
    "40P01": N_("{path}: somebody else wrote at the same moment; nothing was written: try again"),
    "42501": N_("{path}: your database role may not do this; nothing was written: ask who keeps the server"),
    "25006": N_("{path} can only be read here: name the server that takes writes"),
    "3F000": N_("{path}: there is no schema of that name: make it, or mend search_path"),
    "53100": N_("the disk is full: nothing was written to {path}"),
    "53300": N_("{path}: the server has no connection left: try again"),
    "57014": N_("{path}: the server broke the query off; nothing was written"),
    "25P03": N_("{path}: the server broke the query off; nothing was written"),
    "25P04": N_("{path}: the server broke the query off; nothing was written"),
}
LOST = N_("{path}: the connection was lost ({why}); `svcq log` tells whether the last change was kept")
HINTS = re.compile(r"\n\s*(Is the server running|This probably means)[^\n]*(\n\s*before or while [^\n]*)?")
"""What libpq asks or guesses below the reason."""
AWAY = N_("{path} cannot be reached: {why}")
BROKEN = N_("{path}: {why}; nothing was kept")
"""Of what the server itself came to grief over: memory, a damaged page, an index."""


@contextmanager
def sentences(server: Server) -> Iterator[None]:
    """Turn what the server or the connection complains of into a sentence that names the remedy."""
    try:
        yield
    except Exception as error:  # re-raised unless it is, or wraps, an error of the server
        said = _sentence(server, getattr(error, "orig", error))
        if said is None:
            raise
        raise said from error


def unreached(server: Server, error: Any) -> StoreTrouble:  # noqa: ANN401 - psycopg's
    """What to say of an attempt to connect that failed, or of a URL that libpq cannot read."""
    if error.sqlstate in SENTENCES:
        return StoreTrouble(SENTENCES[error.sqlstate], path=server, wait=wait())
    return StoreTrouble(AWAY, path=server, why=_why(error))


def _sentence(server: Server, cause: object) -> StoreTrouble | None:
    """What to say of an error of an open connection; None of one that is of our own making."""
    psycopg = library()
    if not isinstance(cause, psycopg.Error):
        return None
    state = cause.sqlstate
    if state in SENTENCES:
        return StoreTrouble(SENTENCES[state], path=server, wait=wait())
    if not isinstance(cause, psycopg.OperationalError) and (state or "")[:2] != "XX":
        return None
    lost = (state or "08")[:2] == "08" or state in ("57P01", "57P02")
    return StoreTrouble(LOST if lost else BROKEN, path=server, why=_why(cause))


def _why(error: Exception) -> str:
    """The reason among the lines of an error, without the words that lead to it."""
    lines = [line.strip() for line in HINTS.sub("", str(error)).splitlines() if line.strip()]
    return (
        lines[-1].rpartition("FATAL:")[2].rpartition(" failed: ")[2].strip()
        if lines
        else type(error).__name__
    )
