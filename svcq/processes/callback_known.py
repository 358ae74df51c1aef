"""六: the callbacks that the rows of a file may mean, those of the store and those of rows before."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from svcq.processes.callback_owed import B
from svcq.processes.intake import Line
from svcq.processes.intake_names import Names
from svcq.processes.record_known import Known, Shelf, by_number, load
from svcq.processes.work import Work
from svcq.rules import callback_answers as answers
from svcq.rules.matching import name_key
from svcq.rules.periods import quarter_named
from svcq.store.batches import batches
from svcq.store.tables.issue import Issue

SHELF = Shelf("callback", B)
ISSUE = Issue.__table__  # type: ignore[attr-defined]


class Numbers:
    """Callbacks by number."""

    def __init__(self, callbacks: Iterable[Known]) -> None:
        self._exact: dict[str, Known] = {}
        self._alike: dict[str, dict[str, Known]] = {}
        for one in callbacks:
            self.put(one)

    def put(self, one: Known) -> None:
        """Let a callback be found."""
        number = answers.tidy(one.number)
        self._exact[number] = one
        self._alike.setdefault(name_key(number), {})[number] = one

    def exact(self, number: str) -> Known | None:
        """The callback of a number that is tidy."""
        return self._exact.get(number)

    def get(self, number: str) -> Known | None:
        """The callback of a number, blanks, stops and quotes in it aside where that is clear."""
        found = self._exact.get(answers.tidy(number))
        if found is None:
            alike = list(self._alike.get(name_key(answers.tidy(number)), {}).values())
            found = alike[0] if len(alike) == 1 else None
        return found


class Store:
    """Callbacks by number, and by quarter, engineer and customer."""

    def __init__(self, work: Work, lines: Sequence[Line], names: Names, day: date) -> None:
        self.numbered = Numbers(())
        self._of: dict[tuple[object, object, object], Known] = {}
        numbers = {str(line.values["number"]) for line in lines if line.values.get("number")}
        for one in callbacks(work, numbers, {str(line.values.get("quarter")) for line in lines}, day):
            self.put(one)
        said = {str(line.values["issue"]) for line in lines if line.values.get("issue")}
        self.issues: dict[str, Any] = {}
        """Number -> id, customer_id, void_on."""
        for part in batches(sorted(said)):
            rows = select(*(ISSUE.c[key] for key in ("number", "id", "customer_id", "void_on")))
            found = work.session.execute(rows.where(ISSUE.c.number.in_(part)))
            self.issues |= {row.number: row for row in found}

    def put(self, one: Known) -> None:
        """Let rows to come find a callback."""
        self.numbered.put(one)
        if not one.values.get("void_on"):
            key = (one.values["quarter"], one.values["engineer_id"], one.values["customer_id"])
            self._of.setdefault(key, one)

    def same(self, quarter: object, about: Mapping[str, tuple[int, str]]) -> Known | None:
        """The callback of a quarter, engineer and customer."""
        engineer, customer = (about[word][0] if word in about else None for word in ("engineer", "customer"))
        return self._of.get((quarter, engineer, customer))

    def find(self, said: Any, about: Mapping[str, tuple[int, str]]) -> Known | None:  # noqa: ANN401 - a row's values
        """The callback a row means: by number, else by quarter, engineer and customer."""
        if said.get("number"):
            return self.numbered.get(str(said["number"]))
        return self.same(said.get("quarter"), about)


def callbacks(work: Work, numbers: set[str], quarters: set[str], day: date) -> list[Known]:
    """The callbacks of these numbers and of these quarters.

    Of a number the whole quarter is looked up: it is made of names, which people spell in more than one way.
    """
    kept = {answers.tidy(one) for one in numbers}
    wanted = {name for name in quarters | {answers.quarter_in(one) for one in kept} if quarter_named(name)}
    found = by_number(work, SHELF, kept, day)
    for part in batches(sorted(wanted)):
        found |= {one.number: one for one in load(work, SHELF, B.c.quarter.in_(part), day)}
    return list(found.values())
