"""People of the company, their roles, what they hold and which rules they answer for."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from svcq.policy.model import ROLES
from svcq.store.tables.base import filled, ordered, void_pair

KNOWN = ", ".join(f"'{role}'" for role in ROLES)


class Staff(SQLModel, table=True):
    """A person."""

    __tablename__ = "staff"
    __table_args__ = (filled("name"), ordered("joined_on", "left_on"), void_pair())

    id: int | None = Field(default=None, primary_key=True)
    name: str
    name_key: str = Field(unique=True)
    team: str | None = None
    region: str | None = None
    email: str | None = None
    phone: str | None = None
    joined_on: date | None = None
    left_on: date | None = None
    trained_on: date | None = None
    certified_on: date | None = None
    void_on: date | None = None
    void_reason: str | None = None
    language: str | None = None
    """zh or en: of the mails that the person gets; None: the company's."""


class StaffUnit(SQLModel, table=True):
    """七: in which team and region a person is from a day on; the newest of today stands on the person too."""

    __tablename__ = "staff_unit"

    staff_id: int = Field(foreign_key="staff.id", primary_key=True)
    from_on: date = Field(primary_key=True)
    team: str | None = None
    region: str | None = None


class StaffRole(SQLModel, table=True):
    """One of a person's roles; `place` keeps the order in which they were given."""

    __tablename__ = "staff_role"
    __table_args__ = (CheckConstraint(f"role in ({KNOWN})", name="role_known"),)

    staff_id: int = Field(foreign_key="staff.id", primary_key=True)
    role: str = Field(primary_key=True)
    place: int = 0


class Assignment(SQLModel, table=True):
    """Who holds a role on a record from a day on; the rows of the newest day up to a day are its holders then.

    A row without a person says that nobody holds it from that day on.
    """

    __tablename__ = "assignment"
    __table_args__ = (Index("ix_assignment_person_id_kind_role", "person_id", "kind", "role", "record_id"),)

    kind: str = Field(primary_key=True)
    record_id: int = Field(primary_key=True)
    role: str = Field(primary_key=True)
    from_on: date = Field(primary_key=True)
    place: int = Field(default=0, primary_key=True)
    person_id: int | None = Field(default=None, foreign_key="staff.id")


class Duty(SQLModel, table=True):
    """Who at QC answers for a rule, everywhere (`region` empty) or in one region, from a day on."""

    __tablename__ = "duty"

    rule: str = Field(primary_key=True)
    region: str = Field(default="", primary_key=True)
    from_on: date = Field(primary_key=True)
    person_id: int = Field(foreign_key="staff.id", index=True)


class Leave(SQLModel, table=True):
    """三.3: days on which a person was away."""

    __tablename__ = "leave"
    __table_args__ = (ordered("from_on", "until_on"), UniqueConstraint("person_id", "from_on", "until_on"))

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="staff.id")
    from_on: date
    until_on: date
    kind: str | None = None


class Exam(SQLModel, table=True):
    """三.1: an examination after the training; the first one that was passed is the person's certified_on."""

    __tablename__ = "exam"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="staff.id", index=True)
    taken_on: date
    passed: bool
    note: str | None = None
