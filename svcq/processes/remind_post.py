"""Sending what the outbox holds: claimed by one run, sent, recorded; what happens between is repeated, never lost."""

import os
import socket
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import or_, update
from sqlmodel import col, select

from svcq.errors import SvcqError, Undelivered
from svcq.processes import contract, issue_acts
from svcq.processes.remind import OPEN
from svcq.processes.remind_due import ASK, BACK, CLOSE
from svcq.processes.work import Work
from svcq.store.tables.remind import Mail, Reminder

STALE = timedelta(minutes=15)
"""After so long a run that claimed a mail is taken for dead, wherever it ran."""
INTERRUPTED = "interrupted"
SVCQ = "svcq"
"""Who urged the engineer and reminded the salesperson."""

M = Mail.__table__  # type: ignore[attr-defined]
Unit = Callable[[], AbstractContextManager[Work]]


@dataclass(frozen=True, slots=True)
class Parcel:
    """A mail as it is to go out."""

    mail_id: int
    items: tuple[int, ...]
    """The reminders that it tells of."""
    subject: str
    message: object
    """What `deliver` understands."""


@dataclass(slots=True)
class Posted:
    """What came of sending; ids of mails."""

    sent: list[int] = field(default_factory=list)
    failed: dict[int, str] = field(default_factory=dict)
    """With the reason."""


def post(
    unit: Unit, parcels: Iterable[Parcel], deliver: Callable[[object], str | None], now: Callable[[], str]
) -> Posted:
    """Send each parcel that no other run has claimed; each claim and each outcome is a unit of work of its own.

    `deliver` raises Undelivered with the reason, or gives a remark to keep (a copy that was refused).
    """
    posted = Posted()
    for parcel in parcels:
        with unit() as work:
            mine = claim(work, parcel.mail_id, now())
        if not mine:
            continue
        try:
            remark = deliver(parcel.message)
        except Undelivered as why:
            posted.failed[parcel.mail_id] = str(why)
            with unit() as work:
                fail(work, parcel.mail_id, str(why))
        except BaseException:
            with unit() as work:
                fail(work, parcel.mail_id, INTERRUPTED)
            raise
        else:
            with unit() as work:
                sent(work, parcel, now(), remark)
            posted.sent.append(parcel.mail_id)
    return posted


def claim(work: Work, mail_id: int, now: str) -> bool:
    """Take a mail for this process alone; False if another one has it, or it is sent.

    A claim is void when its process is gone, or is older than STALE.
    """
    holder = work.session.scalar(select(M.c.claimed_by).where(M.c.id == mail_id))
    stale = (datetime.fromisoformat(now) - STALE).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    lost = M.c.claimed_at < stale
    if holder is not None and not alive(holder):
        lost = or_(lost, M.c.claimed_by == holder)
    free = or_(M.c.state.in_(OPEN), (M.c.state == "sending") & lost)
    taken = work.session.execute(
        update(M)
        .where(M.c.id == mail_id, free)
        .values(state="sending", attempts=M.c.attempts + 1, claimed_at=now, claimed_by=this_process())
    )
    return bool(taken.rowcount)  # type: ignore[attr-defined]


def this_process() -> str:
    """Host and number of this process."""
    return f"{socket.gethostname()}:{os.getpid()}"


def alive(holder: str) -> bool:
    """Whether the process that claimed a mail may still be at work; one of another host may."""
    host, _colon, number = holder.rpartition(":")
    if os.name == "nt" or host != socket.gethostname() or not number.isdecimal():
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is there, and somebody else's
        return True
    return True


def fail(work: Work, mail_id: int, reason: str) -> None:
    """A mail could not be delivered; the next run tries again."""
    mail = work.session.get_one(Mail, mail_id)
    mail.state, mail.error = "failed", reason
    for row in work.session.exec(select(Reminder).where(Reminder.mail_id == mail_id)):
        if row.state == "to_send":
            row.state = "failed"


def sent(work: Work, parcel: Parcel, now: str, remark: str | None) -> None:
    """A mail went out: its reminders are told, and what follows from that is recorded."""
    mail = work.session.get_one(Mail, parcel.mail_id)
    mail.state, mail.sent_at, mail.error, mail.subject = "sent", now, remark, parcel.subject
    for row in work.session.exec(select(Reminder).where(col(Reminder.id).in_(parcel.items))):
        if row.state in OPEN:
            row.state = "sent"
            follow(work, row.rule, row.number, mail.day)


def follow(work: Work, rule: str, number: str, on: date) -> bool:
    """What a reminder by mail means for its record: 二.2.B the salesperson was reminded, 三.7 the engineer urged."""
    try:
        if rule == CLOSE:
            return issue_acts.urge(work, number, on, SVCQ).changed
        if rule in (ASK, BACK) and contract.living(work, number).reminded_email_on is None:
            return contract.set_date(work, number, "reminded_email_on", on)
    except SvcqError:  # closed, void or of other dates since it was queued: the mail went out all the same
        return False
    return False
