"""七: quarters whose scores were published: the figures and the evidence as they stood then."""

from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from svcq.store.tables.base import FEN, filled


class ScorePublication(SQLModel, table=True):
    """A quarter that is frozen."""

    __tablename__ = "score_publication"
    __table_args__ = (filled("period"),)

    period: str = Field(primary_key=True)
    published_on: date
    published_by: str
    policy: str
    """Name of the policy by which it was scored."""
    body: str
    """The whole of that policy as a file, whatever a later one says about the same days."""
    note: str | None = None


class ScoreFigure(SQLModel, table=True):
    """The frozen figures of a person, a team or a region, or of the days of a person in a team or region."""

    __tablename__ = "score_figure"
    __table_args__ = (CheckConstraint("kind in ('person', 'team', 'region')", name="kind_known"),)

    period: str = Field(foreign_key="score_publication.period", primary_key=True)
    kind: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    """Of the person, the team or the region; empty: without one."""
    person: str = Field(default="", primary_key=True)
    """Whose days in the team or region these are; empty: all of its people together."""
    role: str | None = None
    team: str | None = None
    region: str | None = None
    people: int = 1
    score: float | None = None
    compliance: float | None = None
    satisfaction: float | None = None
    resolution: float | None = None
    points: int = 0
    breaches: int = 0
    waived: int = 0
    fines_fen: int = Field(default=0, sa_type=FEN)
    grade: str | None = None


class ScoreEvidence(SQLModel, table=True):
    """A record behind a frozen figure."""

    __tablename__ = "score_evidence"
    __table_args__ = (
        CheckConstraint("indicator in ('compliance', 'satisfaction', 'resolution')", name="indicator_known"),
        Index("ix_score_evidence_period_person_indicator", "period", "person", "indicator"),
    )

    id: int | None = Field(default=None, primary_key=True)
    period: str = Field(foreign_key="score_publication.period")
    person: str
    indicator: str
    team: str | None = None
    region: str | None = None
    rule: str | None = None
    clause: str | None = None
    process: str
    number: str
    customer: str | None = None
    starts_on: date | None = None
    due_on: date | None = None
    met_on: date | None = None
    days_late: int | None = None
    points: int | None = None
    counted: int | None = None
    waived: bool = False
    reason: str | None = None
    asked_on: date | None = None
    service: int | None = None
    attitude: int | None = None
