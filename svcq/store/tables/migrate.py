"""五: data migrations of hospitals, and the December checks."""

from datetime import date

from sqlmodel import Field, SQLModel

from svcq.store.tables import customer as customer  # a foreign key needs the table that it points to
from svcq.store.tables.base import filled, void_pair


class Migration(SQLModel, table=True):
    """One migration. Its engineer is a dated assignment."""

    __tablename__ = "migrate"
    __table_args__ = (filled("number"), void_pair())

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    system: str | None = None
    done_on: date = Field(index=True)
    reindexed_on: date | None = None
    registered_on: date | None = None
    void_on: date | None = None
    void_reason: str | None = None


class MigrationCheck(SQLModel, table=True):
    """A December check that was held; the first of a year counts."""

    __tablename__ = "migrate_check"
    __table_args__ = (filled("year"),)

    id: int | None = Field(default=None, primary_key=True)
    year: str = Field(index=True)
    checked_on: date
    by_name: str | None = None
    note: str | None = None
