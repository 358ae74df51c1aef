"""四: upgrades: what an upgrade's dates and answers oblige whom to do, and which dates contradict each other."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from svcq.errors import Refused
from svcq.rules.obligation import Obligation, Terms, earliest, latest_if_all
from svcq.rules.upgrade_order import Skip

_DAY = timedelta(days=1)
ANSWERS = ("yes", "no", "unclear")
"""四.4: what a customer says about the upgrade."""
UPGRADER, APPLICANT = "upgrader", "account_manager"
"""Who owes it that the order is kept: the upgrader, and as long as none is named whoever applied."""
ACTS = (
    *("applied_on", "arranged_on", "plan_on", "registered_on", "discussed_on", "tested_on", "approved_on"),
    *("done_on", "brought_back_on", "report_on", "mailed_on", "called_on", "informed_on"),
    *("second_called_on", "second_informed_on"),
)
"""Dates on which something was done: never in the future, and unknown on an earlier day."""


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What the rules need to know of an upgrade."""

    number: str
    arranged_on: date | None = None
    planned_on: date | None = None
    plan_on: date | None = None
    registered_on: date | None = None
    discussed_on: date | None = None
    done_on: date | None = None
    report_on: date | None = None
    mailed_on: date | None = None
    called_on: date | None = None
    answer: str | None = None
    informed_on: date | None = None
    second_called_on: date | None = None
    second_informed_on: date | None = None
    upgraders: tuple[tuple[date, bool], ...] = ()
    """From when on it has an upgrader, or none any more; oldest first."""
    skips: tuple[Skip, ...] = field(default=())
    """Forced steps, those of one day in the order of their entry."""


def obligations(upgrade: Upgrade, terms: Terms) -> list[Obligation]:
    """Every obligation that the upgrade's dates and answers give rise to."""
    found = _skipped(upgrade, terms)
    number = upgrade.number
    if upgrade.arranged_on and upgrade.planned_on:
        met = latest_if_all(upgrade.plan_on, upgrade.registered_on, upgrade.discussed_on)
        fixed = upgrade.planned_on - _DAY
        found.append(terms.owe("upgrade.plan", number, upgrade.arranged_on, met, fixed=fixed))
    received = earliest(upgrade.report_on, upgrade.mailed_on)
    if upgrade.done_on:
        found.append(terms.owe("upgrade.report", number, upgrade.done_on, received))
    if upgrade.mailed_on and (upgrade.report_on is None or upgrade.report_on > upgrade.mailed_on):
        found.append(terms.owe("upgrade.paper", number, upgrade.mailed_on, upgrade.report_on))
    if received:
        called = earliest(upgrade.called_on, upgrade.second_called_on)
        found.append(terms.owe("upgrade.callback", number, received, called))
    return found + _calls(upgrade, terms)


def _calls(upgrade: Upgrade, terms: Terms) -> list[Obligation]:
    """What the calls to the customer give rise to; of two on one day the second stands."""
    found: list[Obligation] = []
    first, second = upgrade.called_on, upgrade.second_called_on
    if first and upgrade.answer != "yes":
        found.append(terms.owe("upgrade.second_callback", upgrade.number, first, second))
    if first and first != second:
        found.append(terms.owe("upgrade.inform", upgrade.number, first, upgrade.informed_on))
    if second:
        found.append(terms.owe("upgrade.inform", upgrade.number, second, upgrade.second_informed_on))
    return found


def _skipped(upgrade: Upgrade, terms: Terms) -> list[Obligation]:
    """upgrade.order: a breach on each day on which a step was forced; its note names what was skipped."""
    days: dict[date, dict[str, None]] = {}
    for skip in upgrade.skips:
        days.setdefault(skip.on, {}).update(dict.fromkeys(skip.skipped))
    found = []
    for on, names in days.items():
        owed = terms.owe("upgrade.order", upgrade.number, on, on, fixed=on - _DAY, note="、".join(names))
        mine = owed.role == UPGRADER and not _has_upgrader(upgrade, on)
        found.append(replace(owed, role=APPLICANT) if mine else owed)
    return found


def _has_upgrader(upgrade: Upgrade, on: date) -> bool:
    """Whether somebody is its upgrader on that day."""
    known = [named for since, named in upgrade.upgraders if since <= on]
    return bool(known) and known[-1]


def contradiction(dates: Mapping[str, date | None]) -> tuple[str, Refused] | None:
    """The date that contradicts another one: its key and the refusal; None if none does (四.4)."""
    first, second = dates.get("called_on"), dates.get("second_called_on")
    if first and second and second < first:
        why = Refused(
            "the second call of {later} is before the first of {earlier}",
            clause="四.4",
            later=second,
            earlier=first,
        )
        return "second_called_on", why
    return None


def first_date(dates: Mapping[str, date | None], today: date) -> date | None:
    """The record's first date: its first act; None if nothing has happened yet."""
    first = earliest(*(dates.get(key) for key in ACTS))
    return first if first is not None and first <= today else None
