"""The desk a command works at: which day it is, which store, who acts; nothing is opened before it is needed."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from svcq.store.address import Address

if TYPE_CHECKING:
    from svcq.processes.work import Work
    from svcq.store.read import Reader


committing = False
"""Whether a unit of work has come to its commit: from then on an interruption may be too late."""


def _mark() -> None:
    global committing
    committing = True


@dataclass(slots=True)
class Asked:
    """The shared options of the command at hand, by name."""

    values: dict[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class Desk:
    """What main hands to every command."""

    today: date
    place: Address
    actor: str
    command: str = ""
    asked: Asked = field(default_factory=Asked)

    @property
    def dry_run(self) -> bool:
        """Whether a writing command was asked to change nothing."""
        return bool(self.asked.values.get("dry_run"))

    @contextmanager
    def work(self) -> Iterator["Work"]:
        """A unit of work; kept as a whole if the block ends well, and not at all with --dry-run."""
        from tempfile import TemporaryDirectory

        from svcq.processes.unit import unit
        from svcq.store import database

        note = self.asked.values.get("note")
        nowhere = TemporaryDirectory() if self.dry_run and not database.exists(self.place) else nullcontext()
        with (
            nowhere as folder,
            unit(  # a dry run does not even make a store that is not there
                Path(folder) / "dry.db" if folder else self.place,
                today=self.today,
                actor=self.actor,
                command=self.command,
                note=str(note) if note else None,
                dry_run=self.dry_run,
                before_commit=_mark,
            ) as work,
        ):
            yield work

    @contextmanager
    def read(self) -> Iterator["Reader"]:
        """The read model of the store; everything is empty if there is no store yet."""
        from svcq.store.read import Reader

        reader = Reader(self.place)
        if reader.behind:
            from svcq.processes.unit import unit

            reader.close()
            with unit(self.place, today=self.today, actor=self.actor, command=self.command):
                pass  # whatever is done in a unit of work, the ledger is brought up first
            reader = Reader(self.place)
        try:
            yield reader
        finally:
            reader.close()
