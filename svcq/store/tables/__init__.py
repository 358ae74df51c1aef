"""The tables, one file per process; a new file is found by itself."""

from importlib import import_module
from pkgutil import iter_modules

from svcq.store.tables import base as base  # the names of constraints are set before any table is declared


def load() -> None:
    """Import every table file, so that the metadata is complete."""
    for found in iter_modules(__path__):
        import_module(f"{__name__}.{found.name}")
