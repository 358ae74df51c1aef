"""What concerns the whole store: settings, policy versions, the company's own days, and the audit."""

from datetime import date

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field, SQLModel


class Setting(SQLModel, table=True):
    """A single fact about the store: live_from, horizon_on, calendar fingerprint, head of the audit."""

    __tablename__ = "setting"

    key: str = Field(primary_key=True)
    value: str


class PolicyVersion(SQLModel, table=True):
    """A policy as it was applied, in force from a day on."""

    __tablename__ = "policy_version"

    effective_on: date = Field(primary_key=True)
    name: str
    body: str = Field(sa_type=Text)


class CompanyDay(SQLModel, table=True):
    """A day that the company itself declares off or on."""

    __tablename__ = "company_day"

    day: date = Field(primary_key=True)
    working: bool
    note: str | None = None


class Audit(SQLModel, table=True):
    """One changed record: append-only, each row's hash covers the row before it."""

    __tablename__ = "audit"
    __table_args__ = (CheckConstraint("action in ('insert', 'update', 'delete')", name="action_known"),)

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: str = Field(index=True)
    actor: str
    command: str
    table_name: str
    number: str = Field(index=True)
    action: str
    changes: str = Field(sa_type=Text)
    """JSON: field -> value for an insert or delete, field -> [before, after] for an update."""
    note: str | None = None
    hash: str
