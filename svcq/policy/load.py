"""The policy from its files: the house's own, a company's laid over it, and the book of all versions."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from svcq.errors import Phrase, Usage, reason
from svcq.policy.mistakes import Mistakes, Notebook, at_line, plain, too_deep
from svcq.policy.model import Book, Policy
from svcq.policy.read import House, declare, lay

HOUSE = Path(__file__).with_name("house.toml")
LARGEST = 1_000_000
"""Bytes of a policy file."""
LONGEST_LINE = 500
"""Characters of a line; it also bounds what the parser can be made to do."""

_WHERE = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)")


def house() -> Policy:
    """The policy that comes with svcq."""
    return declared().policy


@cache
def declared() -> House:
    """The house's policy with what each setting may hold."""
    return declaration(HOUSE.read_text("utf-8"), name="house")


def declaration(text: str, *, name: str) -> House:
    """A text that says what there is, as house.toml does. Mistakes for one that is not whole or not right."""
    book = Notebook(text, name)
    found = declare(_tree(text, name), book, name)
    book.close()
    return found


def parse(text: str, *, name: str, base: Policy | None = None) -> Policy:
    """The policy of a text that may hold only what differs from `base` (the house's own).

    `name` is the policy's, and the file's in messages. Mistakes (a Usage) with every mistake and its line.
    """
    text = text.removeprefix("\ufeff")
    tree = _tree(text, name)
    book = Notebook(text, name)
    found = lay(tree, book, name, base or house(), declared())
    book.close()
    return found


def read(path: Path) -> str:
    """The text of a policy file; Usage if it cannot be read, is too large or is not UTF-8."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise Usage("{path}: {why}", path=path, why=reason(error)) from None
    if len(raw) > LARGEST:
        raise _too_large(str(path))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Mistakes([at_line(str(path), line, Phrase("not UTF-8 text: save the file as UTF-8"))]) from None


def book(versions: Iterable[tuple[date, str, str]]) -> Book:
    """The book of stored versions (in force from, text, name), each laid over the house's, which is first.

    Of two with the same day the later one counts. Mistakes if a text is not a policy.
    """
    laid = {date.min: house()}
    for since, text, name in versions:
        laid[since] = parse(text, name=name)
    return Book(tuple(sorted(laid.items(), key=lambda version: version[0])))


def _too_large(name: str) -> Usage:
    return Usage("{file}: larger than {most} bytes: not a policy", file=name, most=LARGEST)


def _tree(text: str, name: str) -> dict[str, Any]:
    """The tables of a TOML text; Mistakes with the line for one that is none."""
    import tomllib

    if len(text) > LARGEST or len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        raise _too_large(name)
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        if "\0" in line:
            raise Mistakes([at_line(name, number, Phrase("a NUL character: not a text file"))])
        if len(line) > LONGEST_LINE:
            why = Phrase("longer than {most} characters", most=LONGEST_LINE)
            raise Mistakes([at_line(name, number, why)])
    try:
        return tomllib.loads(text + "\n", parse_float=_exact)
    except RecursionError:
        raise too_deep(name) from None
    except ValueError as error:
        found = _WHERE.fullmatch(str(error))
        if not found:
            raise Usage("{file}: not TOML: {why}", file=name, why=plain(str(error), 200)) from None
        if not found[2]:
            why = Phrase("not TOML: the text ends too early ({why})", why=plain(found[1], 200))
            raise Mistakes([at_line(name, len(text.rstrip("\n").split("\n")), why)]) from None
        why = Phrase("not TOML at column {column}: {why}", column=found[3], why=plain(found[1], 200))
        raise Mistakes([at_line(name, int(found[2]), why)]) from None


def _exact(text: str) -> Decimal:
    """A number with a point, exactly; not a number where it is beyond all bounds."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("nan")
