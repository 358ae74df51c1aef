"""Text that a spreadsheet would take for a formula, in a text file: written so that it is none, read as it was meant."""

import re

_FORMULA = re.compile("'*(?:[=@＝＠]|[-+＋－](?![0-9.,\\s()/-]*$))")
"""What begins like a formula; a number or a telephone number with its sign is none."""


def disarmed(text: str) -> str:
    """`text` with an apostrophe in front if a spreadsheet would compute it."""
    return f"'{text}" if _FORMULA.match(text) else text


def as_meant(text: str) -> str:
    """`text` without the apostrophe that keeps it from being computed."""
    return text[1:] if text[:1] == "'" and _FORMULA.match(text) else text
