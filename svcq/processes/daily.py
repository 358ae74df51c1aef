"""The morning: periodic rules are laid down as far ahead as they have to be, then the outbox is filled."""

from datetime import date, timedelta

from svcq.processes import ledger, remind
from svcq.processes.work import Work

TOLD = "daily_on"
"""The fact of the store that says up to which day the digest told what became overdue."""


def prepare(work: Work, domain: str) -> remind.Queued:
    """Move the horizon to where it has to be, and queue today's reminders; doing it again changes nothing."""
    for process, numbers in sorted(ledger.affected(work, ledger.look_ahead(work)).items()):
        ledger.refresh(work, process, sorted(numbers))
    return remind.queue(work, domain)


def told_until(work: Work) -> date:
    """The last day of which the digest told what became overdue: before the first one, yesterday."""
    known = work.setting(TOLD)
    return date.fromisoformat(known) if known else work.today - timedelta(days=1)


def tell(work: Work) -> None:
    """The digest of today is printed."""
    if told_until(work) < work.today:
        work.set(TOLD, work.today.isoformat())
