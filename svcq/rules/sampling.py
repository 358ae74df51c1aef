"""Samples by chance that can be drawn again: the same seed and keys give the same choice, on any machine, in any year."""

from collections.abc import Iterable
from hashlib import sha256
from heapq import nsmallest


def choose(keys: Iterable[str], size: int, seed: int) -> list[str]:
    """At most `size` of the keys, every set of so many as likely as any other; all of them if there are no more.

    In the order in which they were drawn: a smaller sample of the same seed is the beginning of a larger one. The
    order of `keys` does not matter, and a key that comes twice is one. Nothing depends on Python's own chance,
    whose choices differ between its versions.
    """
    return [key for _, key in nsmallest(size, ((lot(seed, key), key) for key in set(keys)))]


def lot(seed: int, key: str) -> bytes:
    """The lot of a key: the keys with the lowest lots are drawn."""
    return sha256(f"{seed}\n{key}".encode()).digest()


def seed_of(period: str) -> int:
    """The seed of a period when none is said: the digits of its name, 202611 of `2026-11`, 20264 of `2026Q4`."""
    return int("".join(sign for sign in period if sign.isdecimal()) or "0")
