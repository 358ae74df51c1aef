"""二.2.B: reminders as listings show them, and what a mail of today tells."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby

from svcq.store.read import Reader, days_overdue, fine, query, yuan
from svcq.store.read_ledger import obligations

CLAUSES = {
    "person": "and :person in (r.person, r.caller)",
    "customer": "and o.customer = :customer",
    "region": "and o.region = :region",
    "channel": "and r.channel = :channel",
    "state": "and r.state = :state",
    "rule": "and r.rule = :rule",
    "number": "and r.number = :number",
}
OF_RECORDS = ("person", "customer", "region", "rule", "number")
PROBLEMS = "('no_address', 'bad_address', 'left')"
"""Why a mail is not even tried."""


def reminders(
    reader: Reader, t: date, filters: Mapping[str, object] | None = None, limit: int | None = None
) -> Iterator[dict[str, object]]:
    """Every reminder up to day `t`, the newest day first and of a day the longest overdue; then the chat's digests.

    `filters`: person (who is told, or has to call), customer, region, channel, state, rule, number.
    """
    chosen = {key: value for key, value in (filters or {}).items() if value is not None}
    where = " ".join(CLAUSES[key] for key in chosen)
    count = 0
    if chosen.get("channel") != "chat":
        sql = query("remind").format(where=where, limit=_most(limit))
        for row in reader.rows(sql, {"t": t, **chosen}):
            count += 1
            yield _finished(row, t)
    if chosen.get("channel", "chat") == "chat" and not chosen.keys() & set(OF_RECORDS):
        yield from _digests(reader, t, chosen.get("state"), None if limit is None else limit - count)


def _most(limit: int | None) -> str:
    return "" if limit is None else f"limit {max(limit, 0)}"


def _finished(row: dict[str, object], t: date) -> dict[str, object]:
    row["to"] = row["to_whom"]
    row["on"], row["by"] = row["done_on"], row["by_name"]
    row["day"] = row["day_on"]
    row["days_overdue"] = days_overdue(row["due_on"], None, t)
    return row


def _digests(reader: Reader, t: date, state: object, limit: int | None) -> Iterator[dict[str, object]]:
    """The messages to the group: of no record and nobody in particular."""
    sql = (
        "select m.channel, m.to_address, m.state, m.sent_at, m.error, m.day_on, m.attempts, m.subject, m.message_id"
        " from v_mail m where m.channel = 'chat' and m.day_on <= :t and (:state is null or m.state = :state)"
        f" order by m.day_on desc {_most(limit)}"
    )
    for row in reader.rows(sql, {"t": t, "state": state}):
        yield {**row, "to": row["to_address"], "day": row["day_on"], "days_overdue": None}


def letters(reader: Reader, t: date) -> list[list[dict[str, object]]]:
    """The mails of day `t` that are to go out, each as the rows of what it tells, the most urgent first."""
    sql = query("remind_letter").format(fine=fine("o"), problems=PROBLEMS)
    rows = reader.rows(sql, {"t": t, "live": reader.live_from})
    found = []
    for _mail, items in groupby(rows, key=lambda row: row["mail_id"]):
        found.append([{**row, "fine": yuan(row["fine_fen"]) or 0} for row in items])
    return found


def undelivered(reader: Reader, t: date) -> list[dict[str, object]]:
    """The mails and digests of day `t` that did not go out: who, to which address, why, how many items."""
    sql = (
        "select m.id, m.channel, m.person, m.to_address, m.state, m.error,"
        " (select count(*) from v_reminder r"
        "   where r.mail_id = m.id and r.state in ('to_send', 'failed', 'to_call')) as items"
        " from v_mail m where m.day_on = :t and m.state in ('to_send', 'failed') order by m.person, m.id"
    )
    return list(reader.rows(sql, {"t": t}))


def went_out(reader: Reader, t: date, mails: set[int]) -> list[dict[str, object]]:
    """The mails of day `t` among those of these ids."""
    sql = (
        "select m.id, m.person, m.to_address, m.cc, m.error"
        " from v_mail m where m.day_on = :t and m.channel = 'email' and m.state = 'sent' order by m.person"
    )
    return [row for row in reader.rows(sql, {"t": t}) if row["id"] in mails]


def newly_overdue(reader: Reader, since: date, t: date) -> list[dict[str, object]]:
    """What became overdue after day `since`, up to day `t`; not what was due before the company started."""
    found = obligations(reader, t, states=("overdue",), filters={"since": max(since, reader.live_from)})
    return list(found)


def told_today(reader: Reader, t: date) -> list[dict[str, object]]:
    """What somebody is reminded of on day `t`, the most urgent first: for the group."""
    sql = (
        "select r.rule, r.number, r.person, r.due_on, r.channel, r.state from v_reminder r"
        " where r.day_on = :t and r.state <> 'dropped' order by r.due_on, r.rule, r.number"
    )
    return [
        {**row, "days_overdue": days_overdue(row["due_on"], None, t)} for row in reader.rows(sql, {"t": t})
    ]
