"""A calendar file as RFC 5545 has it: all-day events that Outlook and phones read, text as text.

Written here and not by a library: one kind of event needs escaping and folding, which are a few lines; the tests
read what is written with the library icalendar.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from svcq.output.choose import file_of
from svcq.output.shape import Look
from svcq.output.target import Guarded, binary_file, standard, standard_binary
from svcq.output.terminal import is_terminal, standard_output
from svcq.output.values import visible

OCTETS = 75
"""The most that a line may hold without its end (3.1)."""
PRODUCT = "-//svcq//svcq due//EN"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that takes a whole day."""

    uid: str
    """The same for the same thing in every file: a program then mends its entry and makes no second one."""
    day: date
    summary: str
    description: tuple[str, ...] = ()
    """Line by line."""
    categories: tuple[str, ...] = ()
    cancelled: bool = False


def write_events(look: Look, name: str, events: Iterable[Event], stamp: str) -> int:
    """Write a calendar called `name` where `look` says and give the number of its events.

    `stamp`: the moment of writing in UTC, as 20261123T083000Z. UTF-8 with CRLF; Usage as for any file.
    """
    kept = list(events)
    lines = calendar_lines(name, kept, stamp)
    if path := file_of(look):
        with binary_file(path) as file:
            file.write(_bytes(lines))
        return len(kept)
    out = standard_output(None)
    if is_terminal(out):
        with standard(out):
            Guarded(out).write("\n".join(lines) + "\n")
    else:
        with standard_binary(out) as pipe:
            pipe.write(_bytes(lines))
    return len(kept)


def _bytes(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8", "backslashreplace")


def calendar_lines(name: str, events: Iterable[Event], stamp: str) -> Iterator[str]:
    """The folded lines of the calendar, without their ends."""
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH")
    yield from folded(f"X-WR-CALNAME:{escaped(name)}")
    for event in events:
        yield "BEGIN:VEVENT"
        yield from folded(f"UID:{escaped(event.uid)}")
        yield f"DTSTAMP:{stamp}"
        yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
        yield from folded(f"SUMMARY:{escaped(event.summary)}")
        if event.description:
            yield from folded("DESCRIPTION:" + r"\n".join(map(escaped, event.description)))
        if event.categories:
            yield from folded("CATEGORIES:" + ",".join(map(escaped, event.categories)))
        yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
        yield "TRANSP:TRANSPARENT"  # a day with something due is not a day without time
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def escaped(text: str) -> str:
    """`text` on one line as a value of type TEXT (3.3.11)."""
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return visible(text)


def folded(line: str) -> Iterator[str]:
    """`line` in pieces of at most 75 octets, those that follow after a blank; no character is split (3.1)."""
    piece, room = "", OCTETS
    for character in line:
        size = len(character.encode("utf-8", "backslashreplace"))
        if size > room:
            yield piece
            piece, room = " ", OCTETS - 1
        piece += character
        room -= size
    yield piece
