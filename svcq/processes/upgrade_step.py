"""四: the steps of an upgrade in their order; one that is forced before its time is recorded as a breach."""

from collections.abc import Mapping
from datetime import date

from svcq.errors import Phrase, Refused, Usage
from svcq.processes import holders, upgrade_owed
from svcq.processes.issue import present
from svcq.processes.staff_owed import admit
from svcq.processes.upgrade import MANAGER, UPGRADER, living, manages, record, write
from svcq.processes.upgrade_said import CALLED, Came, arisen, moved, newcomers, news, recorded
from svcq.processes.work import Work, not_in_future
from svcq.rules import upgrade_order as order
from svcq.store.tables.upgrade import Upgrade, UpgradeSkip

NAMED = {"by": MANAGER, "upgrader": UPGRADER}
"""Option of `arrange` -> the role it names."""


def life(work: Work, upgrade: Upgrade) -> order.Order:
    """When each step of the upgrade was there, and what was skipped."""
    assert upgrade.id is not None
    work.session.flush()
    steps = order.steps(upgrade.model_dump(), upgrade.no_test_reason)
    return order.Order(steps, tuple(upgrade_owed.skipped(work, [upgrade.id]).get(upgrade.id, ())))


def in_order(work: Work, upgrade: Upgrade, step: str, on: date, forced: str | None) -> tuple[str, ...]:
    """Refuse a step of a day before which others are missing; forced, with the reason, it is a breach on that day.

    The steps that were skipped.
    """
    now = life(work, upgrade)
    missing = now.missing(step, on)
    if missing and forced is None:
        raise refusal(upgrade.number, step, on, missing, now.steps)
    return skip(work, upgrade, step, on, missing, forced)


def refusal(
    number: str, step: str, on: date, missing: tuple[str, ...], steps: Mapping[str, date | None]
) -> Refused:
    """Why a step cannot come on a day: every step that is missing by then, with its own day if it came later."""
    later = {name: day for name in missing if (day := steps[name]) is not None}
    plain = order.refusal(number, step, missing)
    assert plain is not None
    if not later:
        return plain
    names = tuple(
        Phrase("{step} of {on}", step=Phrase(order.STEPS[name]), on=later[name])
        if name in later
        else Phrase(order.STEPS[name])
        for name in missing
    )
    return Refused(
        "upgrade {number}: {step} of {on} cannot come before {missing}; `svcq upgrade edit {number} --reason …` "
        "mends a day, --force --reason … does it all the same and records a breach",
        clause=plain.clause,
        number=number,
        step=Phrase(order.STEPS[step]),
        on=on,
        missing=names,
    )


def skip(
    work: Work, upgrade: Upgrade, step: str, on: date, missing: tuple[str, ...], reason: str | None
) -> tuple[str, ...]:
    """Record the steps that were missing before a forced one; nothing if none was."""
    if missing:
        assert upgrade.id is not None
        row = UpgradeSkip(
            upgrade_id=upgrade.id,
            done_on=on,
            step=step,
            skipped="、".join(missing),
            reason=reason,
            by_name=work.actor,
        )
        work.insert(row, upgrade.number)
        work.touch("upgrade", upgrade.number)
    return missing


def arrange(
    work: Work,
    number: str,
    on: date,
    by: str | None = None,
    upgrader: str | None = None,
    planned: date | None = None,
    forced: str | None = None,
) -> Came:
    """四.1: a regional or division manager names the upgrader and the planned day; what the record has need not be said.

    They have their roles from that day on. Usage for what neither says; refused for anybody else as manager, for
    somebody new as upgrader unless forced (三.1), where other people or another planned day are recorded, and before
    the application unless forced.
    """
    upgrade = living(work, number)
    not_in_future(work, on)
    new = {**news(work, upgrade, {"arranged_on": on}), **moved(upgrade, planned)}
    people = {MANAGER: manages(work, by, on)} if by else {}
    if upgrader:
        people[UPGRADER] = present(work, upgrader, on)
    fresh = newcomers(work, upgrade, people, on)
    _all_said(work, upgrade, on, {"by": by, "upgrader": upgrader, "planned": planned or upgrade.planned_on})
    if UPGRADER in fresh:
        admit(work, fresh[UPGRADER], force=forced is not None)
    if not new and not fresh:
        return Came(upgrade.number, changed=False)
    skipped = in_order(work, upgrade, "arrange", on, forced) if "arranged_on" in new else ()
    write(work, upgrade, new)
    for role, who in fresh.items():
        holders.assign(work, record(upgrade), role, [who], from_on=on)
    return Came(upgrade.number, True, skipped, arisen(work, upgrade, "arrange", on))


def _all_said(work: Work, upgrade: Upgrade, on: date, said: Mapping[str, object]) -> None:
    """Usage naming every option that an arrangement needs where the record has nothing for it."""
    lacking = [
        f"--{option}"
        for option, value in said.items()
        if not value and not (option in NAMED and holders.held(work, record(upgrade), NAMED[option], on))
    ]
    if lacking:
        raise Usage(
            "say {options}: upgrade {number} has none yet",
            clause="四.1",
            options=", ".join(lacking),
            number=upgrade.number,
        )


def plan(
    work: Work,
    number: str,
    on: date,
    registered: date | None = None,
    discussed: date | None = None,
    forced: str | None = None,
) -> Came:
    """四.1: the plan was handed to QC, registered and discussed with the customer: on the same day unless said."""
    upgrade = living(work, number)
    said = {
        "plan_on": on,
        "registered_on": registered or upgrade.registered_on or on,
        "discussed_on": discussed or upgrade.discussed_on or on,
    }
    return _step(work, upgrade, "plan", said, on, forced)


def try_out(work: Work, number: str, on: date, no_test: str | None = None, forced: str | None = None) -> Came:
    """四.2: the upgrade was tested, or it was found that it cannot be, and why.

    Refused if it was tested and now cannot be, or the other way round.
    """
    upgrade = living(work, number)
    if not no_test and upgrade.no_test_reason:
        raise recorded(upgrade, CALLED["no_test_reason"], upgrade.no_test_reason)
    said = {"tested_on": on, "no_test_reason": (no_test or "").strip() or None}
    new = news(work, upgrade, said)
    if "no_test_reason" in new and upgrade.tested_on is not None:
        raise Refused(
            "upgrade {number} was tested on {on}; `svcq upgrade edit {number} --reason …` mends it",
            clause="四.2",
            number=upgrade.number,
            on=upgrade.tested_on,
        )
    return _step(work, upgrade, "test", said, on, forced)


def approve(work: Work, number: str, on: date, forced: str | None = None) -> Came:
    """四.2: the customer agreed to the upgrade."""
    return _step(work, living(work, number), "approve", {"approved_on": on}, on, forced)


def report(work: Work, number: str, on: date, *, mailed: bool = False, forced: str | None = None) -> Came:
    """四.3: the report that the customer confirmed was filed, or its electronic copy was mailed."""
    said = {"mailed_on" if mailed else "report_on": on}
    return _step(work, living(work, number), "report", said, on, forced)


def _step(
    work: Work, upgrade: Upgrade, step: str, said: Mapping[str, object], on: date, forced: str | None
) -> Came:
    """Record what was said of a step; nothing if all of it is recorded already."""
    new = news(work, upgrade, said)
    if not new:
        return Came(upgrade.number, changed=False)
    skipped = in_order(work, upgrade, step, on, forced)
    write(work, upgrade, new)
    return Came(upgrade.number, True, skipped, arisen(work, upgrade, step, on))
