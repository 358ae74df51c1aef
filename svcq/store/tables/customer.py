"""Hospitals."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from svcq.store.tables.base import filled, void_pair


class Customer(SQLModel, table=True):
    """A hospital. Its people (engineers, account manager) are dated assignments."""

    __tablename__ = "customer"
    __table_args__ = (
        filled("name"),
        CheckConstraint("level is null or level between 1 and 3", name="level_1_to_3"),
        void_pair(),
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str | None = Field(default=None, unique=True)
    name: str
    name_key: str = Field(unique=True)
    """The name as it is compared: normalised, without blanks."""
    level: int | None = None
    region: str | None = Field(default=None, index=True)
    contact: str | None = None
    phone: str | None = None
    email: str | None = None
    running_since: date | None = None
    version: str | None = None
    void_on: date | None = None
    void_reason: str | None = None
