"""The mail that reminds somebody: text for every mail program, and a page without pictures or scripts."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from html import escape

from svcq import locale
from svcq.locale import Language, _, ngettext
from svcq.output.values import visible


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do, in words of the reader's language."""

    title: str
    number: str
    clause: str
    due_on: date
    counted: str
    """How the due day was counted."""
    command: str
    """What is typed when it is done."""
    customer: str | None = None
    days_over: int = 0
    fine: int | float = 0
    call: str | None = None
    """Whom to call."""
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """The items of one person on one day, the most urgent first."""

    name: str
    day: date
    items: Sequence[Item]


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak a language for a while: the reader's, not the sender's."""
    before = locale.language()
    locale.use(language)
    try:
        yield
    finally:
        locale.use(before)


def subject(letter: Letter) -> str:
    """How many things there are to do: nothing that anybody typed."""
    late = sum(1 for item in letter.items if item.days_over)
    count = ngettext("{count} thing to do", "{count} things to do", len(letter.items)).format(
        count=len(letter.items)
    )
    if late:
        return _("{count}, {late} overdue ({day})").format(count=count, late=late, day=letter.day)
    return _("{count} ({day})").format(count=count, day=letter.day)


def _facts(item: Item) -> Iterator[tuple[str, str]]:
    """What the mail says of an item: label and text, in order."""
    if item.customer:
        yield _("Customer"), item.customer
    due = _("{day} ({counted})").format(day=item.due_on, counted=item.counted)
    if item.provisional:
        due = _("{due}; provisional: the official days off of that year are not published yet").format(
            due=due
        )
    yield _("Due"), due
    if item.days_over:
        yield _("Days over"), str(item.days_over)
    if item.fine:
        yield _("Fine"), _("{amount} CNY").format(amount=f"{item.fine:,.2f}".removesuffix(".00"))
    if item.call:
        yield _("Call"), item.call
    yield _("Clause"), item.clause
    yield _("When done"), item.command


def _opening(letter: Letter) -> str:
    return _("{name}, this waits for you:").format(name=letter.name)


def _closing() -> str:
    return _("svcq sends this because these deadlines are written down as yours; ask QC if one is not.")


def text(letter: Letter) -> str:
    """The mail as plain text."""
    lines = [_opening(letter), ""]
    for place, item in enumerate(letter.items, start=1):
        lines.append(f"{place}. {item.title}: {item.number}")
        lines += (_("   {label}: {text}").format(label=label, text=said) for label, said in _facts(item))
        lines.append("")
    lines.append(_closing())
    return "".join(f"{visible(line)}\n" for line in lines)


BODY = "margin:0;padding:16px;background:#f4f5f7;font:15px/1.6 system-ui,'Microsoft YaHei','PingFang SC',sans-serif"
SHEET = "max-width:680px;margin:0 auto;color:#1f2328"
CARD = "background:#fff;border:1px solid #d8dce2;border-left:4px solid {colour};border-radius:6px;"
CARD += "padding:12px 16px;margin:12px 0"
LATE, SOON = "#b42318", "#2f6f9f"
HEAD = "margin:0 0 6px;font-size:16px;font-weight:600"
LABEL = "color:#5b6470;padding:1px 12px 1px 0;vertical-align:top;white-space:nowrap;font-weight:400;text-align:left"
VALUE = "padding:1px 0;vertical-align:top;overflow-wrap:anywhere"
SMALL = "color:#5b6470;font-size:13px"


def page(letter: Letter, language: Language) -> str:
    """The mail as HTML; whatever people typed is text in it."""
    cards = "\n".join(_card(item) for item in letter.items)
    return (
        f'<!doctype html>\n<html lang="{"zh-CN" if language == "zh" else "en"}">\n<head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_text(subject(letter))}</title></head>\n"
        f'<body style="{BODY}">\n<div style="{SHEET}">\n<p>{_text(_opening(letter))}</p>\n{cards}\n'
        f'<p style="{SMALL}">{_text(_closing())}</p>\n</div>\n</body>\n</html>\n'
    )


def _card(item: Item) -> str:
    rows = "\n".join(
        f'<tr><th scope="row" style="{LABEL}">{_text(label)}</th><td style="{VALUE}">{_text(said)}</td></tr>'
        for label, said in _facts(item)
    )
    colour = LATE if item.days_over else SOON
    return (
        f'<div style="{CARD.format(colour=colour)}">\n<h2 style="{HEAD}">{_text(item.title)}: {_text(item.number)}</h2>\n'
        f'<table role="presentation" style="border-collapse:collapse">\n{rows}\n</table>\n</div>'
    )


def _text(words: str) -> str:
    return escape(visible(words))
