"""四: what is said of an upgrade against what is recorded of it: the same is nothing new, anything else is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from svcq.errors import N_, Phrase, Refused
from svcq.processes import holders, upgrade_owed
from svcq.processes.upgrade import APPLICANT, MANAGER, UPGRADER, Left, record
from svcq.processes.work import Work, not_in_future
from svcq.rules import upgrade as rules
from svcq.rules import upgrade_order as order
from svcq.rules.obligation import Obligation
from svcq.store.tables.staff import Staff
from svcq.store.tables.upgrade import Upgrade

CALLED: Mapping[str, str] = {
    "applied_on": order.STEPS["apply"],
    "arranged_on": order.STEPS["arrange"],
    "plan_on": N_("the handing in of the plan"),
    "registered_on": N_("the registration of the plan"),
    "discussed_on": N_("the talk with the customer"),
    "tested_on": order.STEPS["test"],
    "no_test_reason": N_("why there is no test"),
    "approved_on": order.STEPS["approve"],
    "done_on": order.STEPS["done"],
    "version": N_("the version"),
    "surprises": N_("the surprises"),
    "special_modifications": N_("the special modifications"),
    "brought_back_on": N_("the bringing back of database and front end"),
    "left_on": N_("the day agreed for leaving"),
    "report_on": order.STEPS["report"],
    "mailed_on": N_("the mailed copy of the report"),
    "informed_on": N_("the mail about the call"),
    "second_informed_on": N_("the mail about the second call"),
}
"""What is recorded once, and how it is called."""
STARTS: Mapping[str, tuple[str, ...]] = {
    "arrange": ("upgrade.plan",),
    "done": ("upgrade.report",),
    "report": ("upgrade.paper", "upgrade.callback"),
    "callback": ("upgrade.second_callback", "upgrade.inform"),
}
"""The rules that begin to count with a step."""


@dataclass(frozen=True, slots=True)
class Came:
    """What came of an act."""

    number: str
    """The upgrade's."""
    changed: bool = True
    """False: exactly that is recorded already."""
    skipped: tuple[str, ...] = ()
    """The steps that were missing before a forced one: recorded as a breach of the order."""
    owed: tuple[Obligation, ...] = ()
    """What is to be done because of it."""
    closed: tuple[str, ...] = ()
    """The issues that it closed."""
    closed_before: tuple[str, ...] = ()
    """Those that were closed already."""
    kept_version: str | None = None
    """The customer's version, where a later upgrade brought another one than this."""
    left: Left | None = None
    """What it leaves behind at the customer that had it before."""


def news(work: Work, upgrade: Upgrade, said: Mapping[str, object]) -> dict[str, object]:
    """What of the columns in `said` is not recorded yet; None says nothing.

    Refused where something else is recorded (`edit` mends), and for an act in the future.
    """
    found: dict[str, object] = {}
    for key, value in said.items():
        known = getattr(upgrade, key)
        if value is None or value == known:
            continue
        if known is not None:
            raise recorded(upgrade, CALLED[key], known)
        if isinstance(value, date) and key in rules.ACTS:
            not_in_future(work, value)
        found[key] = value
    return found


def recorded(upgrade: Upgrade, what: str, known: object) -> Refused:
    """The refusal of what is recorded otherwise already."""
    return Refused(
        "upgrade {number}: {what} is recorded already, {known}; `svcq upgrade edit {number} --reason …` mends it",
        number=upgrade.number,
        what=Phrase(what),
        known=known,
    )


def moved(upgrade: Upgrade, planned: date | None) -> dict[str, object]:
    """The planned day as a new column; refused if another one is recorded: that is postponed."""
    if planned is None or planned == upgrade.planned_on:
        return {}
    if upgrade.planned_on is not None:
        raise Refused(
            "upgrade {number} is planned for {known}: `svcq upgrade postpone {number} --to {planned} --reason …`",
            clause="四.1",
            number=upgrade.number,
            known=upgrade.planned_on,
            planned=planned,
        )
    return {"planned_on": planned}


def newcomers(work: Work, upgrade: Upgrade, people: Mapping[str, Staff], on: date) -> dict[str, Staff]:
    """Who of these, by role, does not hold the role on that day; refused where somebody else was named for that step."""
    found = {}
    acted = {APPLICANT: upgrade.applied_on, MANAGER: upgrade.arranged_on, UPGRADER: upgrade.arranged_on}
    for role, who in people.items():
        held = holders.held(work, record(upgrade), role, on)
        if held == [who.name]:
            continue
        if held and acted[role] is not None:
            raise Refused(
                "upgrade {number}: its {role} is {known}; `svcq upgrade assign {number} --role {code} --to {name}` "
                "gives it to somebody else",
                number=upgrade.number,
                role=Phrase(role.replace("_", " ")),
                code=role,
                known="、".join(held),
                name=who.name,
            )
        found[role] = who
    return found


def arisen(work: Work, upgrade: Upgrade, step: str, on: date) -> tuple[Obligation, ...]:
    """What is to be done because of a step of that day."""
    work.session.flush()
    found = (one.obligation for one in upgrade_owed.owed(work, [upgrade.number]))
    starts = STARTS.get(step, ())
    return tuple(one for one in found if one.rule in starts and one.met_on is None and one.starts_on == on)
