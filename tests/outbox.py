"""Reminders in tests: people with addresses, mornings of a store, and what is in the outbox then."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import date
from functools import partial
from pathlib import Path

from svcq.errors import Undelivered
from svcq.processes import daily, staff
from svcq.processes.remind import PROBLEMS, Queued
from svcq.processes.remind_post import Parcel, Posted, post
from svcq.processes.work import Work
from tests.places import ask as rows
from tests.stores import made, writing

NOW = "2026-11-23T00:30:00.000Z"
ADDRESSES = {
    "陈立": "chen@x.example",
    "王敏": "wang@x.example",
    "李伟": "li@x.example",
    "周静": "zhou@x.example",
}


def addressed(path: Path, addresses: Mapping[str, str | None] = ADDRESSES) -> Path:
    """A store with the people, two contracts and a call; the people have addresses, 周静 answers for QC's calls."""
    made(path)
    with writing(path) as work:
        for name, email in addresses.items():
            staff.edit(work, name, {"email": email}, None)
        for rule in ("contract.remind", "contract.call", "contract.chase", "contract.feedback", "issue.urge"):
            staff.duty(work, rule, "周静")
    return path


def morning(path: Path, day: date) -> Queued:
    """What cron queues on a day."""
    with writing(path, today=day) as work:
        return daily.prepare(work, "fuwu.example")


def waiting(path: Path, day: date) -> dict[str, list[str]]:
    """Who is to be told of what by mail on a day: name -> `rule number`, the most urgent first."""
    found = rows(
        path,
        "select m.person, r.rule || ' ' || r.number || case r.channel when 'phone' then ' by phone' else '' end"
        " from v_reminder r join v_mail m on m.id = r.mail_id where m.day_on = ? and m.state in ('to_send', 'failed')"
        " order by m.person, r.due_on, r.rule, r.number",
        day.isoformat(),
    )
    told: dict[str, list[str]] = {}
    for name, what in found:
        told.setdefault(str(name), []).append(str(what))
    return told


def calls(path: Path) -> list[tuple[object, ...]]:
    """The calls to make: number, who is called, who calls."""
    return rows(
        path,
        "select number, person, caller from v_reminder where channel = 'phone' and state = 'to_call' order by number",
    )


def parcels(path: Path, day: date) -> list[Parcel]:
    """The mails that wait on a day; their message is the name of who gets it."""
    found = []
    for mail_id, name in rows(
        path,
        "select id, person from v_mail where day_on = ? and state in ('to_send', 'failed', 'sending')"
        " and to_address is not null and coalesce(error, '') not in (?, ?, ?) order by id",
        day.isoformat(),
        *PROBLEMS,
    ):
        items = rows(path, "select id from v_reminder where mail_id = ? and state <> 'dropped'", mail_id)
        found.append(
            Parcel(int(str(mail_id)), tuple(int(str(one)) for (one,) in items), "subject", str(name))
        )
    return found


def carry(
    path: Path,
    day: date,
    deliver: Callable[[object], str | None] = lambda message: None,
    now: str = NOW,
) -> Posted:
    """Send what waits on a day; without a carrier of its own everything arrives."""
    unit: Callable[[], AbstractContextManager[Work]] = partial(writing, path, today=day)
    return post(unit, parcels(path, day), deliver, lambda: now)


def down(message: object) -> str | None:
    """A server that is not there."""
    raise Undelivered("{host}: {why}", host="mail:25", why="Connection refused")
