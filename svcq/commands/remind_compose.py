"""The mails of today composed: each in its reader's language, with how the days were counted and what answers them."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from svcq.commands.remind_answers import answer
from svcq.errors import Phrase
from svcq.locale import Language, _, ngettext, say
from svcq.output.letter import Item, Letter, page, speaking, subject, text

if TYPE_CHECKING:
    from svcq.policy.model import Policy
    from svcq.processes.remind_post import Parcel
    from svcq.store.read import Reader

Rows = Sequence[dict[str, object]]
MOST = 20
"""Lines of a digest for the group."""


def parcels(reader: "Reader", t: date) -> "list[Parcel]":
    """Every mail of day `t` that is to go out, ready for the post; its message is a `mail.Letter`."""
    from svcq.processes.explain import reasons, terms
    from svcq.store.read_remind import letters

    policy = terms(reader).book.on(t)
    found = letters(reader, t)
    rows = {language: [] for language in ("zh", "en")}  # type: dict[Language, list[dict[str, object]]]
    for items in found:
        rows[_language(items[0]["language"], policy)] += items
    made = []
    for language, asked in rows.items():
        counted = dict(zip(map(id, asked), reasons(reader, asked, language), strict=True))
        with speaking(language):
            for items in found:
                if _language(items[0]["language"], policy) == language:
                    made.append(_parcel(items, t, policy, language, [counted[id(row)] for row in items]))
    return sorted(made, key=lambda parcel: parcel.mail_id)


def _language(said: object, policy: "Policy") -> Language:
    """The person's language, else the company's."""
    return "en" if (said or policy.settings["company.language"]) == "en" else "zh"


def _parcel(
    items: Rows, t: date, policy: "Policy", language: Language, counted: Sequence[Phrase]
) -> "Parcel":
    from svcq.notify.mail import Letter as Mail
    from svcq.processes.remind_post import Parcel

    first = items[0]
    told = [_item(row, t, policy, why) for row, why in zip(items, counted, strict=True)]
    letter = Letter(str(first["person"]), t, told)
    message = Mail(
        to=str(first["to_address"]),
        name=letter.name,
        subject=subject(letter),
        text=text(letter),
        html=page(letter, language),
        message_id=str(first["message_id"]),
        cc=str(first["cc"]) if first["cc"] else None,
    )
    ids = tuple(int(str(row["reminder_id"])) for row in items)
    return Parcel(int(str(first["mail_id"])), ids, message.subject, message)


def _item(row: dict[str, object], t: date, policy: "Policy", counted: Phrase) -> Item:
    """A row of a letter in the reader's words. 二.2.B: the salesperson is asked for the contract itself."""
    rule, number, due_on = str(row["rule"]), str(row["number"]), row["due_on"]
    assert isinstance(due_on, date)
    by_phone = row["channel"] == "phone"
    asked = "contract.return" if rule == "contract.remind" and not by_phone else rule
    title = _(policy.rules[asked].title)
    call = None
    if by_phone:
        call = " ".join(str(row[key]) for key in ("reminded", "phone") if row[key]) or _("the salesperson")
    return Item(
        title=title,
        number=number,
        clause=str(row["clause"]),
        due_on=due_on,
        counted=say(counted),
        command=answer(asked, number),
        customer=str(row["customer"]) if row["customer"] else None,
        days_over=max(0, (t - due_on).days),
        fine=row["fine"] if isinstance(row["fine"], int | float) else 0,
        call=call,
        provisional=bool(row["provisional"]),
    )


def group_text(reader: "Reader", t: date) -> tuple[str, str] | None:
    """The digest for the group, in the company's language: title and text; None if nobody is reminded of anything."""
    from svcq.processes.explain import terms
    from svcq.store.read_remind import told_today

    rows = told_today(reader, t)
    if not rows:
        return None
    policy = terms(reader).book.on(t)
    with speaking(_language(None, policy)):
        late = sum(1 for row in rows if row["days_overdue"])
        count = ngettext("{count} reminder", "{count} reminders", len(rows)).format(count=len(rows))
        title = _("{count}, {late} overdue ({day})").format(count=count, late=late, day=t)
        lines = []
        for row in rows[:MOST]:
            what = _(policy.rules[str(row["rule"])].title)
            who = row["person"] or _("nobody")
            lines.append(
                _("{due}  {what}: {number} ({who})").format(
                    due=row["due_on"], what=what, number=row["number"], who=who
                )
            )
        if len(rows) > MOST:
            more = len(rows) - MOST
            lines.append(ngettext("and {count} more", "and {count} more", more).format(count=more))
        return title, "\n".join(" ".join(line.split()) for line in lines)
