"""The digest of a run: what went out, what did not and why, whom to call, what is overdue since; else nothing."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from svcq.commands.columns import OBLIGATIONS
from svcq.commands.remind_columns import ERRORS
from svcq.desk import Desk
from svcq.locale import _, ngettext
from svcq.output.shape import Column, Listing, Look, Row

if TYPE_CHECKING:
    from svcq.commands.remind_run import Ran

_KNOWN = {column.key: column for column in OBLIGATIONS.columns}
LATE = Listing(
    "late",
    OBLIGATIONS.title,
    tuple(_KNOWN[key] for key in ("rule", "number", "customer", "person", "due_on", "days_overdue", "fine")),
    alarm="",
)
WHY = Column("error", OBLIGATIONS.title, "code", codes=ERRORS)


def print_digest(
    desk: Desk,
    ran: "Ran",
    late: Sequence[Row],
    open_: Sequence[Row] = (),
    *,
    rehearsed: bool = False,
) -> None:
    """Print it on the standard output; nothing at all if there is nothing to say."""
    from svcq.output.emit import write_lines

    def lines(room: int | None, colour: bool) -> Iterator[str]:
        parts = [*_letters(desk, ran, rehearsed), _open(open_), _calls(ran), _late(late, room, colour)]
        parts = [part for part in parts if part]
        if parts and ran.queued.unowned:
            words = _("Nobody answers for {rules}: `svcq staff duty` or `assign` says who.")
            parts.append([words.format(rules=", ".join(sorted(ran.queued.unowned)))])
        for place, part in enumerate(parts):
            if place:
                yield ""
            yield from part

    write_lines(Look(), None, None, lines)


def _letters(desk: Desk, ran: "Ran", rehearsed: bool) -> Iterator[list[str]]:
    """What went out, in a line each; in a rehearsal every mail whole, as it would."""
    from svcq.output.values import visible, visible_lines

    if rehearsed:
        for parcel in ran.parcels:
            yield [*head(parcel.message), "", *visible_lines(parcel.message.text).split("\n")[:-1]]  # type: ignore[attr-defined]
        return
    from svcq.store.read_remind import went_out

    if not ran.sent:
        return
    with desk.read() as reader:
        rows = went_out(reader, desk.today, ran.sent)
    told = {parcel.mail_id: len(parcel.items) for parcel in ran.parcels}
    part = [ngettext("{count} mail went out:", "{count} mails went out:", len(rows)).format(count=len(rows))]
    for row in rows:
        count = told[int(str(row["id"]))]
        words = ngettext("  {person} <{to}>: {count} item", "  {person} <{to}>: {count} items", count)
        line = words.format(person=row["person"], to=row["to_address"], count=count)
        if row["cc"]:
            line = _("{line}, copy to {cc}").format(line=line, cc=row["cc"])
        if row["error"]:
            line = _("{line}; refused: {error}").format(line=line, error=row["error"])
        part.append(visible(line))
    yield part


def head(message: object) -> list[str]:
    """To, copy and subject of a mail."""
    from svcq.output.values import visible

    to, name, cc = (str(getattr(message, key) or "") for key in ("to", "name", "cc"))
    lines = [_("To: {name} <{to}>").format(name=name, to=to)]
    if cc:
        lines.append(_("Copy to: {cc}").format(cc=cc))
    lines.append(_("Subject: {subject}").format(subject=getattr(message, "subject", "")))
    return [visible(line) for line in lines]


def _open(rows: Sequence[Row]) -> list[str]:
    from svcq.output.values import human, visible

    if not rows:
        return []
    part = [_("Not delivered:")]
    for row in rows:
        why = human(WHY)(row["error"])
        who = row["person"] or _("the chat group")
        words = _("  {person} <{to}>: {why}") if row["to_address"] else _("  {person}: {why}")
        part.append(visible(words.format(person=who, to=row["to_address"], why=why)))
    return part


def _calls(ran: "Ran") -> list[str]:
    from svcq.output.values import visible

    if not ran.queued.calls:
        return []
    part = [_("To call (`svcq remind list --channel phone --state to_call`):")]
    for item in ran.queued.calls:
        words = _("  {number}: {person}; calls: {caller}")
        who, caller = item.person or _("nobody"), item.caller or _("nobody")
        part.append(visible(words.format(number=item.number, person=who, caller=caller)))
    return part


def _late(rows: Sequence[Row], room: int | None, colour: bool) -> list[str]:
    from svcq.output.table import table_lines

    if not rows:
        return []
    words = ngettext(
        "{count} is overdue since the last digest:", "{count} are overdue since the last digest:", len(rows)
    )
    return [words.format(count=len(rows)), *table_lines(LATE, LATE.columns, rows, room, colour=colour)]
