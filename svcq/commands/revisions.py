"""The revision of a record on the command line: told by `show`, said with `edit`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from svcq.desk import Desk
from svcq.errors import Usage
from svcq.locale import N_
from svcq.output.shape import Column, Listing, Row

if TYPE_CHECKING:
    from svcq.processes.work import Work
    from svcq.store.read import Reader

REVISION = Column("revision", N_("Revision"), "number", aside=True)
"""For machines: people have the history."""


def revised(reader: "Reader", kind: str, listing: Listing, row: Row) -> tuple[Listing, Row]:
    """A record to show with its revision: the listing with the column, the row with the number of its newest change."""
    from svcq.store.read_revision import revision
    from svcq.store.revised import named_by

    newest = revision(reader, kind, row[named_by(kind)])
    return replace(listing, columns=(*listing.columns, REVISION)), {**row, REVISION.key: newest}


@contextmanager
def mending(desk: Desk, kind: str, name: str) -> Iterator["Work"]:
    """A unit of work on a record of a kind; Refused if it was changed after the revision that --revision says."""
    from svcq.processes.revisions import expect

    text = desk.asked.values.get("revision")
    if text is not None and not (str(text).isascii() and str(text).isdecimal() and len(str(text)) < 19):
        raise Usage("--revision: {text} is no whole number", text=repr(text))
    with desk.work() as work:
        if text is not None:
            expect(work, kind, name, int(str(text)))
        yield work
