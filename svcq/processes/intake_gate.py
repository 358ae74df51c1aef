"""三.1: who may be named in the rows of a file: nobody who had left, and for new work nobody new before the exam."""

from datetime import date

from sqlalchemy import select

from svcq.errors import Refused
from svcq.processes.intake import At
from svcq.processes.work import Work
from svcq.rules import staff as rules
from svcq.store.tables.staff import Staff

PERSON = Staff.__table__.c  # type: ignore[attr-defined]


class Gate:
    """What the staff of the store may do, looked up once for the whole file; who was entered on the way may do all."""

    def __init__(self, work: Work) -> None:
        self.work = work
        rows = select(
            *(
                PERSON.id,
                PERSON.name,
                PERSON.joined_on,
                PERSON.trained_on,
                PERSON.certified_on,
                PERSON.left_on,
            )
        )
        self._left: dict[int, tuple[str, date]] = {}
        self._facts: dict[int, rules.Engineer] = {}
        for key, name, *dates, left_on in work.session.execute(rows):
            if left_on is not None:
                self._left[key] = (name, left_on)
            if dates[0] is not None:
                self._facts[key] = rules.Engineer(name, *dates)
        self._barred: dict[int, Refused | None] = {}

    def present(self, person_id: int, day: date, field: str) -> None:
        """Refuse at the field a person who had left by that day."""
        left = self._left.get(person_id)
        if left is not None and left[1] < day:
            raise At(field, Refused("{name} left on {on}", name=left[0], on=left[1]))

    def admit(self, person_id: int, field: str) -> None:
        """三.1: refuse at the field to assign anything to a new engineer without a passed exam."""
        if person_id not in self._barred:
            work, facts = self.work, self._facts.get(person_id)
            why = rules.barred(facts, work.today, work.live_from, work.terms) if facts else None
            self._barred[person_id] = why
        if (refused := self._barred[person_id]) is not None:
            raise At(field, refused)
