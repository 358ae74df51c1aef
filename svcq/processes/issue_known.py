"""三: issues of the store as the rows of a file are compared with them, looked up for the whole file at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, select

from svcq.errors import Refused
from svcq.processes.intake import At, Line
from svcq.processes.intake_names import Names
from svcq.processes.issue_owed import facts
from svcq.processes.work import Work
from svcq.rules import issue as rules
from svcq.store.batches import batches
from svcq.store.tables.issue import Issue, IssueEvent
from svcq.store.tables.staff import Assignment, Staff

ISSUE = Issue.__table__  # type: ignore[attr-defined]
EVENT = IssueEvent.__table__  # type: ignore[attr-defined]
HELD = Assignment.__table__  # type: ignore[attr-defined]
PERSON = Staff.__table__  # type: ignore[attr-defined]
ACTS = {"closed_on": "close", "reopened_on": "reopen", "urged_on": "urge"}
"""Field of the sheet -> what is kept of it."""


@dataclass(frozen=True, slots=True)
class Act:
    """A closing by hand, a reopening or an urge that is kept."""

    id: int
    on: date
    by: str | None = None
    reason: str | None = None


@dataclass(slots=True)
class Known:
    """An issue of the store."""

    id: int
    number: str
    values: dict[str, object]
    """Column -> value."""
    held: dict[str, str | None] = field(default_factory=dict)
    """Role -> who holds it on the day from which a change would count."""
    engineer: str | None = None
    """The customer's first engineer, who counts where the issue has none of its own."""
    acts: dict[str, list[Act]] = field(default_factory=dict)
    """close, reopen, urge -> those there are, oldest first."""
    life: rules.Issue | None = None
    """Everything that is kept of it, as far as a row says something that depends on it."""


class Store:
    """The issues that the rows of a file may mean."""

    def __init__(self, work: Work, lines: Sequence[Line], names: Names, day: date) -> None:
        """`day`: from which a changed person would hold the role."""
        self.work = work
        numbers = {str(line.values["number"]) for line in lines if line.values.get("number")}
        self.by_number: dict[str, Known] = {}
        for part in batches(sorted(numbers)):
            self.by_number |= {one.number: one for one in self._rows(ISSUE.c.number.in_(part))}
        self._by_words: dict[tuple[object, object], list[Known]] = {}
        self._load_wordy((line for line in lines if not line.values.get("number")), names)
        everyone = {one.id: one for one in self.by_number.values()}
        everyone |= {one.id: one for found in self._by_words.values() for one in found}
        for ids in batches(sorted(everyone)):
            self._load_acts(ids, everyone)
            self._load_people(ids, everyone, day)
        self._load_lives(lines, everyone)
        engineers = self._engineers(day) if everyone else {}
        for one in everyone.values():
            one.engineer = engineers.get(one.values["customer_id"])

    def find(self, line: Line, customer_id: int | None) -> Known | None:
        """The issue a row means: by number, else by customer, words and day of report; refused if several fit."""
        number = line.values.get("number")
        if number:
            return self.by_number.get(str(number))
        found = self._by_words.get((customer_id, line.values.get("title")), [])
        if on := line.values.get("reported_on"):
            found = [one for one in found if one.values["reported_on"] == on]
        if len(found) > 1:
            these = ", ".join(one.number for one in found[:3])
            raise At("number", Refused("several issues fit, e.g. {numbers}: say which number", numbers=these))
        return found[0] if found else None

    def _rows(self, which: ColumnElement[bool]) -> Iterable[Known]:
        for row in self.work.session.execute(select(ISSUE).where(which).order_by(ISSUE.c.id)):
            yield Known(row.id, row.number, dict(row._mapping))

    def _load_wordy(self, lines: Iterable[Line], names: Names) -> None:
        """Issues by their words, of the customers that rows without a number name."""
        said = {str(line.values["customer"]) for line in lines if line.values.get("customer")}
        ids = {found for name in said if (found := names.known_customer(name)) is not None}
        for part in batches(sorted(ids)):
            for row in self._rows(ISSUE.c.customer_id.in_(part) & ISSUE.c.void_on.is_(None)):
                known = self.by_number.get(row.number, row)
                key = (known.values["customer_id"], known.values["title"])
                self._by_words.setdefault(key, []).append(known)

    def _load_acts(self, ids: Sequence[int], everyone: dict[int, Known]) -> None:
        rows = select(EVENT).where(EVENT.c.issue_id.in_(ids)).order_by(EVENT.c.done_on, EVENT.c.id)
        for row in self.work.session.execute(rows):
            act = Act(row.id, row.done_on, row.by_name, row.reason)
            everyone[row.issue_id].acts.setdefault(row.what, []).append(act)

    def _load_people(self, ids: Sequence[int], everyone: dict[int, Known], day: date) -> None:
        rows = (
            select(HELD.c.record_id, HELD.c.role, PERSON.c.name)
            .select_from(HELD.outerjoin(PERSON, PERSON.c.id == HELD.c.person_id))
            .where(HELD.c.kind == "issue", HELD.c.record_id.in_(ids), HELD.c.from_on <= day)
            .order_by(HELD.c.from_on, HELD.c.place.desc())
        )
        for record_id, role, name in self.work.session.execute(rows):
            everyone[record_id].held[role] = name

    def _load_lives(self, lines: Sequence[Line], everyone: dict[int, Known]) -> None:
        """Everything about those of which a row says something that depends on it; the others are not looked up."""
        named = ((line, self.by_number.get(str(line.values.get("number")))) for line in lines)
        wanted = {known.id for line, known in named if known and _depends(line, known)}
        wanted |= {one.id for found in self._by_words.values() for one in found}
        for part in batches(sorted(wanted)):
            for key, _customer, issue in facts(self.work, ISSUE.c.id.in_(part)):
                everyone[key].life = issue

    def _engineers(self, day: date) -> dict[object, str | None]:
        """Who is the first engineer of which customer on that day."""
        rows = (
            select(HELD.c.record_id, PERSON.c.name)
            .select_from(HELD.outerjoin(PERSON, PERSON.c.id == HELD.c.person_id))
            .where(HELD.c.kind == "customer", HELD.c.role == "engineer", HELD.c.from_on <= day)
            .order_by(HELD.c.from_on, HELD.c.place.desc())
        )
        return {key: name for key, name in self.work.session.execute(rows)}


def _depends(line: Line, known: Known) -> bool:
    """Whether a row moves the report, or tells of a closing or reopening that is not kept."""
    said = line.values
    if said.get("reported_on") not in (None, known.values["reported_on"]):
        return True
    return any(
        said.get(field) is not None and said[field] not in [act.on for act in known.acts.get(what, ())]
        for field, what in ACTS.items()
        if what != "urge"
    )
