"""One run of the reminders: queue, send, record; also as a rehearsal on a copy of the store."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from svcq import clock
from svcq.desk import Asked, Desk
from svcq.errors import Counted, Undelivered

if TYPE_CHECKING:
    from svcq.notify.chat import Group
    from svcq.notify.mail import Letter
    from svcq.notify.server import Server
    from svcq.processes.remind import Queued
    from svcq.processes.remind_post import Parcel
    from svcq.processes.work import Work

Fill = Callable[["Work", str], "Queued"]
"""Brings the outbox up to date; told the sender's domain."""
NOWHERE = "svcq.invalid"
"""The domain of message ids as long as no sender is named."""


@dataclass(slots=True)
class Ran:
    """What came of a run."""

    queued: "Queued"
    parcels: "list[Parcel]"
    """What was to go out by mail."""
    sent: set[int] = field(default_factory=set)
    """Which of the mails did."""


class Ways:
    """Where messages can go; Usage at once if what the environment says of it cannot be used."""

    def __init__(self) -> None:
        from svcq.notify.chat import URLS, Group, scheme
        from svcq.notify.server import server

        self.server: Server | None = server(os.environ)
        urls = (os.environ.get(URLS) or "").strip()
        self.group: Group | None = Group(urls) if urls else None
        self.services = scheme(urls)

    @property
    def domain(self) -> str:
        """Of the sender."""
        from svcq.notify.address import domain

        return domain(self.server.sender) if self.server else NOWHERE


@contextmanager
def rehearsal(desk: Desk) -> Iterator[Desk]:
    """The same desk over a copy of the store that is thrown away; the store itself is only read."""
    from tempfile import TemporaryDirectory

    from svcq.processes.keeping import backup
    from svcq.store import database

    with TemporaryDirectory() as folder:
        path = Path(folder) / "rehearsal.db"
        if database.exists(desk.place):
            backup(desk.place, path)
        yield replace(desk, place=path, asked=Asked({}))


def run(desk: Desk, ways: Ways, fill: Fill, *, rehearse: bool = False) -> Ran:
    """Queue what is wanted today and send it; nothing leaves the house in a rehearsal, or without a server."""
    from svcq.commands.remind_compose import parcels

    with desk.work() as work:
        queued = fill(work, ways.domain)
    if queued.rest or not (rehearse or ways.server or ways.group):
        return Ran(queued, [])
    with desk.read() as reader:
        ready = parcels(reader, desk.today)
    ran = Ran(queued, ready)
    if not rehearse and ways.server is not None:
        ran.sent = _mail(desk, ways.server, ready)
    if not rehearse and ways.group is not None:
        _chat(desk, ways, ways.group)
    return ran


def _mail(desk: Desk, server: "Server", ready: "list[Parcel]") -> set[int]:
    """Send the mails; ids of those that went out."""
    from svcq.notify.mail import Post
    from svcq.processes.remind_post import post

    with Post(server) as line:

        def deliver(message: object) -> str | None:
            return line.send(cast("Letter", message), clock.now())

        return set(post(desk.work, ready, deliver, clock.now).sent)


def _chat(desk: Desk, ways: Ways, group: "Group") -> None:
    """Send the digest to the group, once a day."""
    from svcq.commands.remind_compose import group_text
    from svcq.processes.remind import digest
    from svcq.processes.remind_post import Parcel, post

    with desk.read() as reader:
        said = group_text(reader, desk.today)
    if said is None:
        return
    title, text = said
    with desk.work() as work:
        mail_id = digest(work, ways.services, ways.domain)
    if mail_id is None:
        return

    def deliver(message: object) -> None:
        group.send(title, text)

    post(desk.work, [Parcel(mail_id, (), title, text)], deliver, clock.now)


def undelivered(desk: Desk) -> list[dict[str, object]]:
    """What of today did not go out; of a day on which nothing was to, nothing."""
    from svcq.store.read_remind import undelivered as found

    with desk.read() as reader:
        return [row for row in found(reader, desk.today) if row["items"] or row["channel"] == "chat"]


def with_reasons(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Of what did not go out: what was tried, or cannot be. What waits for a server is only counted, by `complain`."""
    return [row for row in rows if row["state"] == "failed" or row["error"]]


def complain(rows: list[dict[str, object]], ways: Ways) -> None:
    """Undelivered if there is anything that did not go out."""
    if not rows:
        return
    waiting = [row for row in rows if row["state"] == "to_send"]
    if waiting and ways.server is None:
        raise Undelivered(
            "{what}: SVCQ_SMTP_URL names no mail server",
            what=Counted("{count} mail is waiting", "{count} mails are waiting", count=len(waiting)),
        )
    raise Undelivered(
        "{what}: `svcq remind list --state failed` tells why, the next run tries again",
        what=Counted("{count} message did not go out", "{count} messages did not go out", count=len(rows)),
    )
