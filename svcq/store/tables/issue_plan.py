"""三: development plans, and the requests that were checked against the norms before they got their number."""

from datetime import date

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from svcq.store.tables import issue as issue  # a foreign key needs the table that it points to
from svcq.store.tables.base import filled


class Plan(SQLModel, table=True):
    """A plan of implementation, maintenance or going live that a request has to belong to."""

    __tablename__ = "plan"
    __table_args__ = (filled("number"),)

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    active: bool = True
    completion_on: date | None = None
    release_on: date | None = None


class IssueRequest(SQLModel, table=True):
    """A development request that passed all norms, as its file said."""

    __tablename__ = "issue_request"

    id: int | None = Field(default=None, primary_key=True)
    issue_id: int = Field(foreign_key="issue.id", index=True)
    number: str
    plan_id: int = Field(foreign_key="plan.id", index=True)
    checked_on: date
    body: str = Field(sa_type=Text)
    """JSON: what the file said."""
