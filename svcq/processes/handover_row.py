"""一.1: the decision in the row of a hand-over: new, told before, or more of one that was told before."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from svcq.errors import Refused
from svcq.processes.handover_known import Change, Told
from svcq.processes.handover_trail import may_decide
from svcq.processes.intake import At
from svcq.processes.intake_names import Names
from svcq.rules import handover as rules
from svcq.rules.matching import name_key

TOLD = {"decided_by": "by", "expected_on": "expected_on", "reason": "note"}
"""Fields of the sheet that say more of a decision -> what they are in the trail."""


class Decisions:
    """Takes decisions out of rows; only those who are regional or division managers confirm them."""

    def __init__(self, names: Names, managers: Mapping[str, date | None]) -> None:
        """`managers`: who may confirm a decision, and when they left."""
        self.names, self.managers = names, managers

    def take(self, change: Change, said: Mapping[str, Any]) -> None:
        """Put the decision that the row tells of into a change, if the trail has not got it. At, if it is refused."""
        word, on = said.get("decision"), said.get("decided_on")
        if word is None:
            for key in ("decided_on", *TOLD):
                if said.get(key) is not None:
                    raise At(key, Refused("it belongs to a decision, and none is said", clause="一.1"))
            return
        if not isinstance(on, date):
            raise At("decided_on", Refused("a decision needs its day", clause="一.1"))
        told = Told(on, None, str(word))
        for key, column in TOLD.items():
            setattr(told, column, said.get(key))
        if self._is_told(change, told):
            return
        if told.by is None:
            why = Refused(
                "a decision needs the regional or division manager with whom it was confirmed", clause="一.1"
            )
            raise At("decided_by", why)
        told.by = self._manager(told.by, on)
        if (wrong := rules.fault(told.entry)) is not None:
            raise At(*wrong)
        trail = change.known.trail if change.known else []
        before = [one.entry for one in trail if one.on <= on]
        if out := rules.misplaced(told.entry, before, [one.entry for one in trail if one.on > on]):
            raise At("decision", out)
        change.told.append(told)
        if word == "eligible":
            change.enters_on = on

    def _manager(self, name: str, on: date) -> str:
        """The regional or division manager of that name; nobody is made one on the way."""
        found = self.names.known_person(name, "decided_by")[1]
        try:
            may_decide(found, self.managers, on)
        except Refused as why:
            raise At("decided_by", why) from None
        return found

    def _is_told(self, change: Change, told: Told) -> bool:
        """Whether the trail has the decision; what was blank there is filled, anything else is refused."""
        trail = change.known.trail if change.known else []
        same = [one for one in trail if (one.on, one.decision) == (told.on, told.decision)]
        for one in same:
            blank = {
                column: value
                for column in TOLD.values()
                if (value := getattr(told, column)) is not None and not _alike(getattr(one, column), value)
            }
            if all(getattr(one, column) is None for column in blank):
                if blank and one.id is not None:
                    if "by" in blank:
                        blank["by"] = self._manager(str(blank["by"]), one.on)
                    change.filled[one.id] = (one, blank)
                return True
        if same:
            field, column = next(
                (field, column)
                for field, column in TOLD.items()
                if getattr(told, column) is not None
                and not _alike(getattr(same[-1], column), getattr(told, column))
            )
            why = Refused(
                "the decision of {on} is recorded with {known}: one of another day is a row of its own",
                clause="一.1",
                on=told.on,
                known=getattr(same[-1], column) or "–",
            )
            raise At(field, why)
        return False


def _alike(one: object, other: object) -> bool:
    """Whether two values are the same, names and words as they are compared."""
    if isinstance(one, str) and isinstance(other, str):
        return name_key(one) == name_key(other)
    return one == other
