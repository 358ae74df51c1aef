"""四: the upgrades that the rows of a file may mean, those of the store and those of rows before."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from svcq.errors import Refused
from svcq.processes.intake import At, Line
from svcq.processes.intake_names import Names
from svcq.processes.record_known import Known, Shelf, by_number, of_customers
from svcq.processes.upgrade_owed import U
from svcq.processes.work import Work

SHELF = Shelf("upgrade", U, ("account_manager", "regional_manager", "upgrader"))
NAMED = ("applied_on", "done_on", "planned_on")
"""What tells the upgrades of a customer apart where there is no number: the first of these that a row says."""


class Store:
    """Upgrades by number, and by customer and day."""

    def __init__(self, work: Work, lines: Sequence[Line], names: Names, day: date) -> None:
        """`day`: from which a changed person would hold the role."""
        numbers = (str(line.values["number"]) for line in lines if line.values.get("number"))
        self.by_number = by_number(work, SHELF, numbers, day)
        self._of: dict[tuple[object, str, object], dict[str, Known]] = {}
        unnumbered = [line.values for line in lines if not line.values.get("number")]
        called = {str(said["customer"]) for said in unnumbered if said.get("customer")}
        owners = {key for name in called if (key := names.known_customer(name)) is not None}
        for one in of_customers(work, SHELF, owners, day):
            self.put(self.by_number.setdefault(one.number, one))

    def put(self, one: Known) -> None:
        """Let rows to come find a record by its customer and days."""
        for key in NAMED:
            if one.values.get(key) is not None and not one.values.get("void_on"):
                self._of.setdefault((one.values["customer_id"], key, one.values[key]), {})[one.number] = one

    def find(self, said: Any, customer_id: int | None) -> Known | None:  # noqa: ANN401 - the values of a row
        """The upgrade a row means: by number, else by customer and day; refused if that is not clear."""
        if said.get("number"):
            return self.by_number.get(str(said["number"]))
        told = [key for key in NAMED if said.get(key) is not None]
        if customer_id is None or not told:
            why = Refused(
                "an upgrade without a number needs its customer and the day of its application, its plan or itself",
                clause="四.1",
            )
            raise At("customer" if customer_id is None else "applied_on", why)
        found: list[Known] = []
        for place, key in enumerate(told):
            fitting = self._of.get((customer_id, key, said[key]), {}).values()
            # a day that the row says and the record does not may not have been known before
            found = [one for one in fitting if all(one.values.get(day) is None for day in told[:place])]
            if found:
                break
        if len(found) > 1:
            these = ", ".join(one.number for one in found[:3])
            raise At(
                "number", Refused("several upgrades fit, e.g. {numbers}: say which number", numbers=these)
            )
        return found[0] if found else None
