"""Addresses of mail: one address and nothing else, so that a text from a record never becomes a header."""

import re

LONGEST = 254
"""Characters of an address (RFC 5321)."""
_PART = r"[^\s@<>()\[\],;:\"\\\x00-\x1f\x7f-\x9f\u2028\u2029]+"
_ADDRESS = re.compile(rf"{_PART}@{_PART}")


def address(text: str | None) -> str | None:
    """The one address that a text is; None if it is none, or several."""
    found = (text or "").strip()
    good = _ADDRESS.fullmatch(found) and len(found) <= LONGEST and found.isprintable()
    return found if good and not found.rpartition("@")[2].startswith((".", "-")) else None


def domain(address: str) -> str:
    """What stands behind the @."""
    return address.rpartition("@")[2]
