"""三.1: new engineers: the training and the exam they need before anything can be assigned to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from svcq.errors import Refused
from svcq.rules.obligation import Obligation, Terms, latest_if_all

DATES = ("joined_on", "left_on", "trained_on", "certified_on")
"""The dates of a person."""
ACTS = ("trained_on", "certified_on")
"""Those on which something was done."""


@dataclass(frozen=True, slots=True)
class Engineer:
    """What the rules need to know of an engineer."""

    name: str
    joined_on: date | None = None
    trained_on: date | None = None
    certified_on: date | None = None
    """When the exam was passed."""


def obligations(engineer: Engineer, terms: Terms) -> list[Obligation]:
    """staff.exam, for whoever joined on a known day."""
    if engineer.joined_on is None:
        return []
    met = latest_if_all(engineer.trained_on, engineer.certified_on)
    return [terms.owe("staff.exam", engineer.name, engineer.joined_on, met)]


def contradiction(dates: Mapping[str, date | None]) -> tuple[str, Refused] | None:
    """The date of a person that contradicts another one: its key and why; None if none does.

    三.1: the exam is held after the training, on the same day at the earliest.
    """
    joined, left = dates.get("joined_on"), dates.get("left_on")
    if joined and left and left < joined:
        why = Refused("left on {left}, before joining on {joined}", left=left, joined=joined)
        return "left_on", why
    trained, certified = dates.get("trained_on"), dates.get("certified_on")
    if trained and certified and certified < trained:
        return "certified_on", Refused(
            "the exam of {exam} is before the training of {training}",
            clause="三.1",
            exam=certified,
            training=trained,
        )
    return None


def barred(engineer: Engineer, on: date, live_from: date | None, terms: Terms) -> Refused | None:
    """Why nothing can be assigned to an engineer on that day: joined since going live, no exam passed yet; else None.

    Where the company has not gone live nobody is new, and whoever joined on an unknown day is exempt.
    """
    joined = engineer.joined_on
    if live_from is None or joined is None or joined < live_from:
        return None
    if engineer.certified_on is not None and engineer.certified_on <= on:
        return None
    return Refused(
        "{name} joined on {joined} and has not passed the exam, due {due}: `svcq staff exam {name} --passed --on DATE`",
        clause="三.1",
        name=engineer.name,
        joined=joined,
        due=terms.owe("staff.exam", engineer.name, joined, None).due_on,
    )
