"""How processes tell the ledger what their records oblige to, and a walk along all of them that holds few at once."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select, tuple_

from svcq.processes.work import Work
from svcq.rules.obligation import Obligation
from svcq.store.batches import SIZE, batches
from svcq.store.tables.ledger import ObligationRow

ROW = ObligationRow.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Owed:
    """An obligation and the record it concerns."""

    obligation: Obligation
    record_id: int | None = None
    customer_id: int | None = None
    first_on: date | None = None
    """The record's first date; before it nothing of the record is shown."""


@dataclass(frozen=True, slots=True)
class Source:
    """How a process turns its records into obligations; a module of `processes` that has one names it LEDGER."""

    process: str
    number: ColumnElement[str]
    """The column of its records that has their numbers; no two are the same."""
    owed: Callable[[Work, Sequence[str]], Iterable[Owed]]
    """What the records of these numbers oblige to."""
    periodic_rules: tuple[str, ...] = ()
    periodic: Callable[[Work, date], Iterable[Owed]] = lambda work, until: ()
    """What the calendar alone obliges to, up to a day."""
    rests_on: Mapping[str, Callable[[Work, Sequence[str]], Iterable[str]]] = field(default_factory=dict)
    """Another kind of record -> the own records that have to be computed anew when those of it change, by numbers."""
    dawning: Callable[[Work, date, date], Iterable[str]] = lambda work, before, until: ()
    """The own records of which something begins by time alone after one day and by another."""
    besides: Callable[[Work], Iterable[str]] = lambda work: ()
    """Numbers that something is owed under though no record has them."""


@cache
def sources() -> dict[str, Source]:
    """Every process that owes something, found among the modules of `processes`."""
    import svcq.processes as processes

    found = {}
    for module in iter_modules(processes.__path__, "svcq.processes."):
        source = getattr(import_module(module.name), "LEDGER", None)
        if isinstance(source, Source):
            found[source.process] = source
    return found


def extent(work: Work) -> int:
    """How many records a walk along all of them meets, not counting what is owed besides."""
    return sum(work.session.scalar(select(func.count(one.number))) or 0 for one in sources().values())


def parts(work: Work, source: Source) -> Iterator[tuple[str, ...]]:
    """The numbers of every record of a process and those besides, some at a time.

    Each part is asked for by the last number of the one before: nothing stays open while the ledger is written.
    """
    asked = select(source.number).order_by(source.number).limit(SIZE)
    part = tuple(work.session.scalars(asked))
    while part:
        yield part
        part = tuple(work.session.scalars(asked.where(source.number > part[-1])))
    yield from batches(source.besides(work))


def strays(work: Work) -> Iterator[tuple[Source, tuple[str, ...]]]:
    """The numbers that the ledger has though nothing has them any more, by process, some at a time."""
    periodic = [rule for source in sources().values() for rule in source.periodic_rules]
    lost = or_(
        *(
            and_(ROW.c.process == source.process, ~exists().where(source.number == ROW.c.number))
            for source in sources().values()
        )
    )
    place = tuple_(ROW.c.number, ROW.c.process)
    asked = select(ROW.c.number, ROW.c.process).distinct().where(ROW.c.rule.not_in(periodic), lost)
    asked = asked.order_by(ROW.c.number, ROW.c.process).limit(SIZE)
    known = {name: frozenset(source.besides(work)) for name, source in sources().items()}
    page = work.session.execute(asked).all()
    while page:
        for name, source in sources().items():
            found = tuple(number for number, of in page if of == name and number not in known[name])
            if found:
                yield source, found
        number, process = page[-1]
        page = work.session.execute(asked.where(place > tuple_(literal(number), literal(process)))).all()
