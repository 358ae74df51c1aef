"""One unit of work: check, write, ledger, audit, commit; an error keeps nothing."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from sqlmodel import Session, SQLModel, col, select

from svcq.errors import Refused
from svcq.policy.load import book
from svcq.policy.model import Book
from svcq.rules.obligation import Terms
from svcq.rules.workdays import Calendar
from svcq.store import audit
from svcq.store.tables.house import CompanyDay, PolicyVersion, Setting

DERIVED = ("id", "name_key", "first_on")
AS_TEXT = json.JSONEncoder(ensure_ascii=False, default=str, separators=(",", ":")).encode


@dataclass(slots=True)
class Pending:
    """What has to follow the writes of a unit of work."""

    entries: list[audit.Entry] = field(default_factory=list)
    touched: dict[str, set[str]] = field(default_factory=dict)

    def clear(self) -> None:
        """Everything has followed."""
        self.entries.clear()
        self.touched.clear()


class Work:
    """An open transaction with its day, its actor and the terms that count."""

    def __init__(self, session: Session, *, today: date, actor: str, command: str, note: str | None) -> None:
        self.session = session
        self.today = today
        self.actor = actor
        self.command = command
        self.note = note
        self.changes = 0
        self.abandoned = False
        """Set by whoever finds that nothing of it may be kept."""
        self.pending = Pending()

    @cached_property
    def book(self) -> Book:
        """Every policy version of the store, over the house's own."""
        rows = self.session.exec(select(PolicyVersion).order_by(col(PolicyVersion.effective_on)))
        return book((row.effective_on, row.body, row.name) for row in rows)

    @cached_property
    def terms(self) -> Terms:
        """Policy and calendar for obligations; the company's own days included."""
        days = self.session.exec(select(CompanyDay)).all()
        off = frozenset(row.day for row in days if not row.working)
        on = frozenset(row.day for row in days if row.working)
        made: dict[str, Calendar] = {}

        def calendar(country: str) -> Calendar:
            if country not in made:
                made[country] = Calendar(country, off, on)
            return made[country]

        return Terms(self.book, calendar)

    def forget_terms(self) -> None:
        """Read policy and calendar anew: one of them was just changed."""
        self.__dict__.pop("book", None)
        self.__dict__.pop("terms", None)

    def setting(self, key: str) -> str | None:
        """A fact about the store, None if it was never said."""
        row = self.session.get(Setting, key)
        return row.value if row else None

    def set(self, key: str, value: str | None) -> None:
        """Keep a fact about the store; None forgets it. Not audited: the command that means it does that."""
        row = self.session.get(Setting, key)
        if value is None:
            if row:
                self.session.delete(row)
        elif row is None:
            self.session.add(Setting(key=key, value=value))
        else:
            row.value = value
        self.session.flush()

    @property
    def live_from(self) -> date | None:
        """The day the company starts; what was due before is history."""
        text = self.setting("live_from")
        return date.fromisoformat(text) if text else None

    def insert(self, row: SQLModel, number: str, shown: Mapping[str, object] | None = None) -> None:
        """Write a new row and its audit; `shown`: names instead of ids, and what belongs to the record besides."""
        self.session.add(row)
        self.session.flush()
        values = {
            key: value
            for key, value in row.model_dump().items()
            if value is not None and key not in DERIVED and not key.endswith("_id")
        }
        self.log(str(row.__tablename__), number, "insert", {**values, **(shown or {})})

    def change(
        self,
        row: SQLModel,
        number: str,
        values: Mapping[str, object],
        shown: Mapping[str, tuple[object, object]] | None = None,
    ) -> bool:
        """Set the columns that differ, and audit them; `shown`: name -> (before, after) in place of ids.

        False if nothing differs.
        """
        changed: dict[str, object] = dict(shown or {})
        for key, value in values.items():
            before = getattr(row, key)
            if before != value:
                setattr(row, key, value)
                if key not in DERIVED and not key.endswith("_id"):
                    changed[key] = (before, value)
        if changed:
            self.session.add(row)
            self.session.flush()
            self.log(str(row.__tablename__), number, "update", changed)
        return bool(changed)

    def remove(self, row: SQLModel, number: str, shown: Mapping[str, object] | None = None) -> None:
        """Delete a row of a kind that may be deleted (a waiver, a company day), audited with its last values."""
        values = {key: value for key, value in row.model_dump().items() if not key.endswith("_id")}
        self.session.delete(row)
        self.session.flush()
        self.log(str(row.__tablename__), number, "delete", {**values, **(shown or {})})

    def log(self, table: str, number: str, action: str, changes: Mapping[str, object]) -> None:
        """Queue one audit row; its hash is computed when the work is finished."""
        self.changes += 1
        text = AS_TEXT(changes)
        self.pending.entries.append(audit.Entry(table, number, action, text))

    def touch(self, process: str, *numbers: str) -> None:
        """The obligations of these records are to be computed anew before the commit."""
        self.pending.touched.setdefault(process, set()).update(numbers)


def not_in_future(work: Work, on: date, *, force: bool = False) -> None:
    """Refuse an act that is dated after today, unless it is forced."""
    if on > work.today and not force:
        raise Refused("{on} is in the future: today is {today}", on=on, today=work.today)
