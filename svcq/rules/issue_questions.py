"""三: the questions that the norms ask of a request: each gives the keys that do not answer it, and why."""

from collections.abc import Iterator, Sequence
from datetime import date

from svcq.errors import Phrase, SvcqError
from svcq.rules.issue_request import Attachment, Request, substance

Fault = tuple[str, SvcqError]
"""A key of the request and why it fails."""


def missing(key: str) -> Fault:
    """The fault of a key that says nothing."""
    return key, Phrase("is missing")


def texts(request: Request, *keys: str) -> Iterator[Fault]:
    """Each key says something: a word at least."""
    for key in keys:
        if not substance(getattr(request, key)):
            yield missing(key)


def flag(request: Request, key: str) -> Iterator[Fault]:
    """The key says true or false."""
    if getattr(request, key) is None:
        yield key, Phrase("say true or false")


def choice(request: Request, key: str, known: Sequence[str]) -> Iterator[Fault]:
    """The key says one of the known words."""
    if getattr(request, key) not in known:
        yield key, Phrase("say one of {known}", known=tuple(known))


def day_past(request: Request, key: str, today: date) -> Iterator[Fault]:
    """The key says a day, and not one after `today`."""
    day = getattr(request, key)
    if day is None:
        yield missing(key)
    elif day > today:
        yield key, Phrase("{on} is in the future: today is {today}", on=day, today=today)


def files(request: Request, *keys: str, needed: bool) -> Iterator[Fault]:
    """Each key names a file, if it is needed; and what is named is there, needed or not."""
    for key in keys:
        named: tuple[Attachment, ...] = getattr(request, key)
        if needed and not named:
            yield key, Phrase("not attached")
        for file in named:
            if file.state == "missing":
                yield key, Phrase("not attached: {file} is not there", file=file.name)
            elif file.state == "folder":
                yield key, Phrase("not attached: {file} is a folder", file=file.name)
            elif file.state == "empty":
                yield key, Phrase("not attached: {file} is empty", file=file.name)
