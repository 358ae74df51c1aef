"""Records of a kind as its sheet has them, so that importing an export changes nothing."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from svcq.store.read import Reader
from svcq.store.read_revision import with_revisions

Source = Callable[[Reader, date], Iterator[dict[str, object]]]


@cache
def sources() -> dict[str, Source]:
    """Kind -> what gives its records; the reading modules of the store name theirs EXPORTS."""
    import svcq.store as store

    found: dict[str, Source] = {}
    for module in iter_modules(store.__path__, "svcq.store."):
        if module.name.rpartition(".")[2].startswith("read"):
            found |= getattr(import_module(module.name), "EXPORTS", {})
    return found


def records(reader: Reader, kind: str, today: date) -> Iterator[dict[str, object]]:
    """The records of a kind, void ones left out, with their revision; people are those of today, money is in fen."""
    yield from with_revisions(reader, kind, sources()[kind](reader, today))
