"""What all deadlines rest on: policy versions, the day the company starts, and its own days off and on."""

from collections.abc import Callable, Sequence
from datetime import date

from svcq.errors import Refused
from svcq.policy.load import parse
from svcq.policy.model import Policy
from svcq.policy.show import differences, dump
from svcq.processes import ledger
from svcq.processes.work import Work
from svcq.store.tables.house import CompanyDay, PolicyVersion

Step = Callable[[int], None]


def apply(work: Work, text: str, name: str, effective_on: date, step: Step) -> tuple[Policy, int] | None:
    """Put a policy in force from a day on and compute every obligation anew: the policy and the rows changed.

    The text may be partial: it is laid over the policy that is in force on that day, and kept whole, so that
    neither an earlier version nor a later svcq changes what it says. None if exactly that is in force already.
    """
    policy = parse(text, name=name, base=work.book.on(effective_on))
    body = dump(policy)
    row = work.session.get(PolicyVersion, effective_on)
    if row is not None and row.body == body:
        return None
    told = {key: (before, after) for key, before, after in differences(work.book.on(effective_on), policy)}
    work.session.add(row or PolicyVersion(effective_on=effective_on, name=name, body=body))
    if row is not None:
        row.name, row.body = name, body
    work.log("policy_version", effective_on.isoformat(), "update", {"name": (None, name), **told})
    return policy, _anew(work, step)


def _anew(work: Work, step: Step) -> int:
    work.session.flush()
    work.forget_terms()
    return ledger.refresh_all(work, step)


def live(work: Work, on: date | None, step: Step) -> bool:
    """Say from which day on obligations count (None: all of them); False if that is so already."""
    before = work.live_from
    if before == on:
        return False
    work.set("live_from", on.isoformat() if on else None)
    work.log("setting", "live_from", "update", {"live_from": (before, on)})
    ledger.refresh_all(work, step)
    return True


def company_days(work: Work, days: Sequence[date], working: bool | None, note: str | None, step: Step) -> int:
    """Declare days off (`working` False), on (True), or ordinary again (None); how many were changed.

    Refused for a day that is declared the other way round.
    """
    changed = 0
    for day in days:
        row = work.session.get(CompanyDay, day)
        if working is None:
            if row:
                work.remove(row, day.isoformat())
                changed += 1
        elif row is None:
            work.insert(CompanyDay(day=day, working=working, note=note), day.isoformat())
            changed += 1
        elif row.working != working:
            raise Refused(
                "{day} is declared the other way round: `svcq calendar forget {day}` first", day=day
            )
    if changed:
        _anew(work, step)
    return changed
