"""Long lists in parts: a bound on memory and on the number of SQL parameters."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
SIZE = 2000


def batches(items: Iterable[T], size: int = SIZE) -> Iterator[tuple[T, ...]]:
    """Tuples of at most `size` items, in order."""
    rest = iter(items)
    while part := tuple(islice(rest, size)):
        yield part
