"""一: the gates of a hand-over besides the decision: handed in, registered, the notice sent and confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from svcq.errors import Phrase, Refused
from svcq.processes import handover_owed
from svcq.processes.handover import H, entry, living, set_dates, trail
from svcq.processes.work import Work
from svcq.rules import handover as rules
from svcq.store.tables.contract import Contract


def apply(work: Work, number: str, days: Mapping[str, date]) -> bool:
    """一.1: application, worklog or acceptance documents were handed in; False if all of it is recorded already."""
    return set_dates(work, number, days)


@dataclass(frozen=True, slots=True)
class Standing:
    """What an eligible project has come to."""

    free_from: date | None
    free_until: date | None
    contract: str | None
    """Its row in the tracking table."""
    missing: tuple[str, ...]
    """What a complete registration still lacks, by field."""


def standing(work: Work, number: str) -> Standing:
    """What there is of an eligible project."""
    handover = living(work, number)
    ((*_rest, facts),) = handover_owed.facts(work, H.c.id == handover.id)
    row = work.session.get(Contract, handover.contract_id) if handover.contract_id else None
    return Standing(handover.free_from, handover.free_until, row.number if row else None, facts.missing)


def register(work: Work, number: str, on: date) -> bool:
    """一.2: the project is registered completely; refused with the name of everything that is missing."""
    handover = living(work, number)
    if handover.registered_on is None:
        missing = standing(work, number).missing
        if missing:
            raise Refused(
                "hand-over {number} cannot be registered yet, it lacks: {missing}",
                clause="一.2",
                number=handover.number,
                missing=tuple(Phrase(rules.COMPLETE[key]) for key in missing),
            )
    return set_dates(work, number, {"registered_on": on})


def notice(work: Work, number: str, on: date) -> bool:
    """一.3: the service notice went to the hospital; refused before the project is eligible."""
    handover = living(work, number)
    if rules.eligible_on([entry(row) for row in trail(work, handover)]) is None:
        raise Refused(
            "hand-over {number} is not eligible: the notice goes out once it is", clause="一.3",
            number=handover.number,
        )  # fmt: skip
    return set_dates(work, number, {"notice_on": on})


def receipt(work: Work, number: str, on: date) -> bool:
    """一.3: the hospital confirmed that it has the notice; refused before that was sent."""
    handover = living(work, number)
    if handover.notice_on is None:
        raise Refused(
            "the notice of hand-over {number} was not sent: `svcq handover notice {number} --on DATE` first",
            clause="一.3",
            number=handover.number,
        )
    return set_dates(work, number, {"receipt_on": on})
