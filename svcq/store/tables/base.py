"""Names of constraints, so that every later schema step can find them; and small column helpers."""

from sqlalchemy import BigInteger, CheckConstraint, Integer, MetaData
from sqlmodel import SQLModel

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

FEN = BigInteger().with_variant(Integer, "sqlite")
"""Money: 21 million yuan are more fen than 32 bits hold, which is what PostgreSQL takes for an integer."""

SQLModel.metadata.naming_convention = NAMES


def metadata() -> MetaData:
    """The metadata of every table of the store."""
    import svcq.store.tables as tables

    tables.load()
    return SQLModel.metadata


def ordered(before: str, after: str) -> CheckConstraint:
    """A row cannot have `after` earlier than `before`."""
    return CheckConstraint(
        f"{before} is null or {after} is null or {before} <= {after}", name=f"{after}_not_before_{before}"
    )


def filled(column: str) -> CheckConstraint:
    """A text that must not be blank."""
    return CheckConstraint(f"trim({column}) <> ''", name=f"{column}_filled")


def void_pair() -> CheckConstraint:
    """A voided record has its day and its reason; any other has neither."""
    return CheckConstraint("(void_on is null) = (void_reason is null)", name="void_has_reason")
