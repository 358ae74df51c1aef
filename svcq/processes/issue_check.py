"""三.3-4: the spot check of a hospital for a month: records and leave checked, its list asked for and reconciled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import select

from svcq.errors import Phrase, Refused
from svcq.processes.names import living_customer
from svcq.processes.work import Work, not_in_future
from svcq.rules import issue_check as rules
from svcq.store.tables.issue_check import SpotCheck


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of recording a check."""

    customer: str
    changed: bool
    lacking: tuple[str, ...]
    """The acts that are still to be done, in the order of the rules' ACTS."""


def record(
    work: Work,
    month: str,
    customer: str,
    acts: Mapping[str, date],
    rest: date | None = None,
    *,
    mend: bool = False,
) -> Checked:
    """Record on which days a hospital was checked for a month such as `2026-10`; its issue.spot_check follows.

    `acts`: records_on, leave_on, list_asked_on, reconciled_on, as far as they were done; `rest`: the day of all
    that have none. Refused in the future, before the month, and for another day than the recorded one, unless that
    is to be mended.
    """
    place = living_customer(work, customer)
    known = work.session.exec(
        select(SpotCheck).where(SpotCheck.month == month, SpotCheck.customer_id == place.id)
    ).first()
    before = {key: getattr(known, key, None) for key in rules.ACTS}
    values: dict[str, date] = dict(acts)
    if rest is not None:
        values |= {key: rest for key in rules.ACTS if key not in values and before[key] is None}
    for key, on in values.items():
        not_in_future(work, on)
        if before[key] not in (None, on) and not mend:
            raise Refused(
                "{month}, {customer}: {what} of {known} is recorded already; --reason changes it",
                clause=rules.CLAUSE,
                month=month,
                customer=place.name,
                what=Phrase(rules.ACTS[key]),
                known=before[key],
            )
    whole = {**before, **values}
    fault = rules.contradiction(whole, date.fromisoformat(f"{month}-01"))
    if fault:
        raise fault[1]
    number = f"{month} {place.name}"
    if known is None and values:
        assert place.id is not None
        row = SpotCheck(month=month, customer_id=place.id)
        for key, on in values.items():
            setattr(row, key, on)
        work.insert(row, number, {"customer": place.name})
        changed = True
    else:
        changed = known is not None and work.change(known, number, values)
    if changed:
        work.touch("issue")
    return Checked(place.name, changed, tuple(rules.lacking(whole)))
