"""The reading side over a writer's own transaction: it reads exactly what the writer holds the lock on."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from svcq.store.read import DATES, Reader

if TYPE_CHECKING:
    from sqlmodel import Session


class Within(Reader):
    """A reader of the store as an open session sees it, with what that session has written so far.

    Whoever decides by what is read and then writes needs no second connection, which might see an earlier store.
    """

    def __init__(self, session: "Session") -> None:
        self._session = session

    @property
    def missing(self) -> bool:
        """False: who writes has a store."""
        return False

    def rows(self, sql: str, values: Mapping[str, object] | None = None) -> Iterator[dict[str, object]]:
        """The rows of a query with bound `:names`; dates come as dates, other values as stored."""
        self._session.flush()
        bound = {k: v.isoformat() if isinstance(v, date) else v for k, v in (values or {}).items()}
        found = self._session.connection().exec_driver_sql(sql, bound)
        names = [(str(name), str(name).endswith(DATES)) for name in found.keys()]  # noqa: SIM118 - no dict
        for row in found:
            yield {
                name: date.fromisoformat(value) if is_day and isinstance(value, str) else value
                for (name, is_day), value in zip(names, row, strict=True)
            }

    def close(self) -> None:
        """Nothing: the session is its owner's."""
