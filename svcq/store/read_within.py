"""The reading side over a writer's own transaction: it reads exactly what the writer holds the lock on."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, cast

from svcq.store.read import Reader

if TYPE_CHECKING:
    from sqlmodel import Session


class Within(Reader):
    """A reader of the store as an open session sees it, with what that session has written so far.

    Whoever decides by what is read and then writes needs no second connection, which might see an earlier store.
    """

    def __init__(self, session: "Session") -> None:
        self._session = session
        self.driver = session.info["driver"]

    @property
    def missing(self) -> bool:
        """False: who writes has a store."""
        return False

    def rows(self, sql: str, values: Mapping[str, object] | None = None) -> Iterator[dict[str, object]]:
        """The rows of a query with bound `:names`; dates come as dates, other values as stored."""
        self._session.flush()
        connection = self._session.connection().connection.driver_connection
        return cast(Iterator[dict[str, object]], self.driver.rows(connection, sql, values or {}))

    def close(self) -> None:
        """Nothing: the session is its owner's."""
