"""六: marks and seeds of callbacks as people type them on a command line."""

from svcq.errors import Usage

SEED = 999_999_999
"""A seed has nine digits at most."""


def whole(text: str | None, option: str, least: int, most: int) -> int | None:
    """The number an option gives, None if it was not given; Usage if it is none or out of bounds."""
    if text is None:
        return None
    if not text.isascii() or not text.isdecimal() or len(text) > 9 or not least <= int(text) <= most:
        raise Usage(
            "{option}: {text} is no number from {least} to {most}",
            option=option,
            text=repr(text),
            least=least,
            most=most,
        )
    return int(text)


def mark(text: str | None, option: str) -> int | None:
    """A mark for the service or the attitude."""
    from svcq.rules.callback_answers import LEAST, MOST

    return whole(text, option, LEAST, MOST)
