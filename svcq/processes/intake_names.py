"""The customers and people that the rows of a file name, looked up once for the whole file."""

from collections.abc import Mapping

from sqlalchemy import select

from svcq.errors import N_, NotFound
from svcq.processes import customer as customers
from svcq.processes import staff
from svcq.processes.intake import At, Manner
from svcq.processes.names import unknown
from svcq.processes.work import Work
from svcq.rules.matching import name_key, near
from svcq.store.tables.customer import Customer
from svcq.store.tables.staff import Staff

HOSPITAL = Customer.__table__.c  # type: ignore[attr-defined]
PERSON = Staff.__table__.c  # type: ignore[attr-defined]


class Names:
    """The customers and people of the store by what rows call them; unknown ones once with near names."""

    def __init__(self, work: Work, manner: Manner) -> None:
        self.work = work
        self.create = manner.create_missing
        self._customers: dict[str, tuple[int, str]] = {}
        self._codes: dict[str, tuple[int, str]] = {}
        columns = (HOSPITAL.id, HOSPITAL.name, HOSPITAL.name_key, HOSPITAL.code)
        for row in work.session.execute(select(*columns).where(HOSPITAL.void_on.is_(None))):
            self._customers[row.name_key] = (row.id, row.name)
            if row.code:
                self._codes[row.code] = (row.id, row.name)
        people = select(PERSON.id, PERSON.name, PERSON.name_key).where(PERSON.void_on.is_(None))
        self._people = {row.name_key: (row.id, row.name) for row in work.session.execute(people)}
        self._keys: dict[str, str] = {}
        self._refused: dict[tuple[str, str], NotFound] = {}

    def customer(self, name: str, field: str = "customer") -> tuple[int, str]:
        """Id and name of a customer; refused at the field with near names, unless missing ones are to be made."""
        found = self._customers.get(self._key(name)) or self._codes.get(name)
        if found is None and self.create:
            made = customers.add(self.work, name, {}, {})
            assert made.id is not None
            found = self._customers[self._key(name)] = (made.id, made.name)
        if found is None:
            sentence = N_("customer {name} is not known{near}")
            raise At(field, self._unknown(sentence, name, self._customers))
        return found

    def known_customer(self, name: str) -> int | None:
        """The id of a customer, None for one that is not known."""
        found = self._customers.get(self._key(name)) or self._codes.get(name)
        return found[0] if found else None

    def known_person(self, name: str, field: str) -> tuple[int, str]:
        """Id and name of a person who is on the staff already; refused at the field otherwise, with near names."""
        found = self._people.get(self._key(name))
        if found is None:
            raise At(field, self._unknown(N_("{name} is not among the staff{near}"), name, self._people))
        return found

    def person(self, name: str, role: str, field: str = "") -> tuple[int, str]:
        """Id and name of a person; one that is made gets the role in which the row names them.

        `field`: where the row names them; blank: it is called like the role.
        """
        found = self._people.get(self._key(name))
        if found is None and self.create:
            made = staff.add(self.work, name, [role], {})
            assert made.id is not None
            found = self._people[self._key(name)] = (made.id, made.name)
        if found is None:
            sentence = N_("{name} is not among the staff{near}")
            raise At(field or role, self._unknown(sentence, name, self._people))
        return found

    def _key(self, name: str) -> str:
        key = self._keys.get(name)
        if key is None:
            key = self._keys[name] = name_key(name)
        return key

    def _unknown(self, sentence: str, name: str, known: Mapping[str, tuple[int, str]]) -> NotFound:
        if (sentence, name) not in self._refused:
            close = near(name, [shown for _, shown in known.values()])
            self._refused[sentence, name] = unknown(sentence, name, close)
        return self._refused[sentence, name]
