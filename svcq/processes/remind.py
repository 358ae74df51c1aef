"""The outbox of reminders: what is wanted on a day becomes items of one mail per person, and calls for QC to make."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from secrets import token_hex

from sqlalchemy import text
from sqlmodel import col, select

from svcq.notify.address import address
from svcq.processes.remind_due import ASK, Item, due
from svcq.processes.work import Work
from svcq.rules import reminding
from svcq.store.tables.contract import Contract
from svcq.store.tables.remind import Mail, Reminder
from svcq.store.tables.staff import Staff, StaffRole

NO_ADDRESS, BAD_ADDRESS, LEFT = "no_address", "bad_address", "left"
PROBLEMS = (NO_ADDRESS, BAD_ADDRESS, LEFT)
"""Why a mail is not even tried."""
WAITING = text("state in ('to_send', 'failed', 'to_call')")
OPEN = ("to_send", "failed")
UNSENT = text("state in ('to_send', 'sending', 'failed')")
"""Mails that have not gone out; in the words of their index."""


@dataclass(slots=True)
class Queued:
    """What came of queueing."""

    rest: bool = False
    """A day off: nothing goes out."""
    calls: list[Item] = field(default_factory=list)
    """What came on the call list."""
    unowned: set[str] = field(default_factory=set)
    """Rules of which something is to be told, but for which nobody answers."""


def queue(work: Work, domain: str) -> Queued:
    """Bring the outbox to what is wanted today; what went out today stays as it is.

    `domain`: of the sender, for the ids of the messages. Nothing happens on a day off, unless the policy says so.
    """
    t = work.today
    policy = work.book.on(t)
    if reminding.rests(policy, workday=work.terms.calendar(t).is_workday(t)):
        return Queued(rest=True)
    outbox = _Outbox(work, domain, int(policy.settings["remind.manager_after"]))
    for item in sorted(
        due(work, t, outbox.reachable, outbox.gone), key=lambda one: (one.due_on, one.rule, one.number)
    ):
        outbox.put(item)
    outbox.close()
    work.session.flush()
    return outbox.queued


def digest(work: Work, to: str, domain: str) -> int | None:
    """The message of today to the group, to be sent; None if it is gone already. `to`: which services, for the list."""
    mine = select(Mail).where(Mail.channel == "chat", Mail.day == work.today)
    mail = work.session.exec(mine).first()
    if mail is None:
        made = f"<{work.today:%Y%m%d}.chat.{token_hex(8)}@{domain}>"
        mail = Mail(channel="chat", day=work.today, to_address=to, message_id=made)
        work.session.add(mail)
        work.session.flush()
    return mail.id if mail.state != "sent" else None


class _Outbox:
    """The outbox of a day while it is filled."""

    def __init__(self, work: Work, domain: str, manager_after: int) -> None:
        self.work, self.day, self.domain, self.manager_after = work, work.today, domain, manager_after
        self.queued = Queued()
        self.people = {one.name: one for one in work.session.exec(select(Staff)) if not one.void_on}
        self.gone = {name for name, one in self.people.items() if self._problem(one) == LEFT}
        self.reachable = {name for name, one in self.people.items() if not self._problem(one)}
        self.managers = dict(reversed(list(self._managers())))
        rows = work.session.exec(select(Reminder).where(WAITING).order_by(col(Reminder.id)))
        self.waiting = {(row.rule, row.number, row.starts_on, row.due_on, row.channel): row for row in rows}
        mails = select(Mail).where(Mail.channel == "email")
        self.mails = {one.person_id: one for one in work.session.exec(mails.where(Mail.day == self.day))}
        self.busy = {one.id for one in self.mails.values() if one.state == "sending"}
        """Mails that another run is sending right now."""
        late = mails.where(Mail.day < self.day, UNSENT)
        self.former = {one.id: one for one in work.session.exec(late.order_by(col(Mail.day)))}
        self.of_former = {one.person_id: one for one in self.former.values()}
        self.copies: dict[int, str] = {}
        self.filled: set[int] = set()

    def _problem(self, person: Staff) -> str | None:
        """Why no mail can reach a person; None if it can."""
        if person.left_on is not None and person.left_on < self.day:
            return LEFT
        if not (person.email or "").strip():
            return NO_ADDRESS
        return None if address(person.email) else BAD_ADDRESS

    def _managers(self) -> Iterator[tuple[str, Staff]]:
        """Region -> its managers whom a mail can reach, the first entered first."""
        role = select(StaffRole.staff_id).where(StaffRole.role == "regional_manager")
        ids = set(self.work.session.exec(role))
        for one in sorted(self.people.values(), key=lambda person: person.id or 0):
            if one.id in ids and one.region and one.name in self.reachable:
                yield one.region, one

    def put(self, item: Item) -> None:
        """An item that is wanted, in the mail of who is told."""
        row = self.waiting.pop((*item.key, "phone" if item.by_phone else "email"), None)
        if row is not None and row.mail_id in self.busy:
            return
        if item.by_phone:
            row = row or self._new(item)
            again = reminding.to_remind(item.slot, self._told(row))
        else:
            again = True
        name = item.caller if item.by_phone else item.person
        mail = self._mail(name) if again else None
        if mail is None and row is None and name in self.people:
            return  # today's mail is gone: it is told tomorrow
        if name not in self.people:
            self.queued.unowned.add(item.rule)
        row = row or self._new(item)
        row.person_id, row.caller_id = self._id(item.person), self._id(item.caller)
        if again:
            row.mail_id = mail.id if mail else None
        if mail is not None:
            row.day = self.day
            self.filled.add(mail.id or 0)
            if name and reminding.copied(item.due_on, self.day, self.manager_after):
                self._copy(mail, self.people[name])
        if not item.by_phone:
            row.state = "failed" if mail is not None and mail.state == "failed" else "to_send"
        self.work.session.add(row)

    def _new(self, item: Item) -> Reminder:
        """A reminder that was not there yet."""
        if item.by_phone:
            self.queued.calls.append(item)
        return Reminder(
            rule=item.rule,
            number=item.number,
            starts_on=item.starts_on,
            due_on=item.due_on,
            channel="phone" if item.by_phone else "email",
            day=self.day,
            state="to_call" if item.by_phone else "to_send",
        )

    def _id(self, name: str | None) -> int | None:
        return self.people[name].id if name in self.people else None

    def _told(self, row: Reminder) -> date | None:
        """When the caller was told last of a call to make."""
        mail = self.work.session.get(Mail, row.mail_id) if row.mail_id else None
        return mail.day if mail is not None and mail.state == "sent" else None

    def _mail(self, name: str | None) -> Mail | None:
        """Today's mail of a person; None without one, or if it is gone already."""
        if name is None or name not in self.people:
            return None
        person = self.people[name]
        mail = self.mails.get(person.id)
        if mail is None:
            before = self.of_former.get(person.id)
            made = f"<{self.day:%Y%m%d}.{person.id}.{token_hex(8)}@{self.domain}>"
            mail = Mail(channel="email", person_id=person.id, day=self.day, message_id=made)
            mail.error = before.error if before else None
            self.work.session.add(mail)
            self.work.session.flush()
            self.mails[person.id] = mail
        if mail.state not in (*OPEN, "dropped"):
            return None
        problem = self._problem(person)
        if problem:
            mail.state, mail.error = "failed", problem
        elif mail.error in PROBLEMS or mail.state == "dropped":
            mail.state, mail.error = "to_send", None
        mail.to_address = address(person.email)
        return mail

    def _copy(self, mail: Mail, person: Staff) -> None:
        manager = self.managers.get(person.region or "")
        if manager is not None and manager is not person:
            self.copies[mail.id or 0] = str(address(manager.email))

    def close(self) -> None:
        """Take out what is not wanted any more, and the mails that nothing is left of."""
        for row in self.waiting.values():
            if row.mail_id in self.busy:
                continue
            called_on = self._called_on(row)
            row.state = "called" if called_on else "dropped"
            row.done_on = called_on
        for mail in self.mails.values():
            if mail.state in OPEN:
                mail.cc = self.copies.get(mail.id or 0)
                if mail.id not in self.filled:
                    mail.state = "dropped"
        for former in self.former.values():
            former.state = "dropped"

    def _called_on(self, row: Reminder) -> date | None:
        if row.rule != ASK or row.channel != "phone":
            return None
        found = self.work.session.exec(select(Contract).where(Contract.number == row.number)).first()
        return found.reminded_phone_on if found else None
