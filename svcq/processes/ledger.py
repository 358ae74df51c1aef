"""The ledger of obligations: stores what the rules say of the records touched, and nothing else."""

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from dateutil.relativedelta import relativedelta
from sqlalchemy import Select, delete, select

from svcq.processes.ledger_source import Owed, Source, parts, sources, strays
from svcq.processes.work import Work
from svcq.store.batches import batches
from svcq.store.bulk import insert_rows
from svcq.store.database import BEHIND
from svcq.store.tables.ledger import ObligationRow, Waiver

ROW = ObligationRow.__table__  # type: ignore[attr-defined]
WAIVER = Waiver.__table__  # type: ignore[attr-defined]
NAMES = tuple(column.name for column in ROW.columns)

Key = tuple[str, str, date, date]
"""Rule, number, start, and from when it is shown."""
Stored = tuple[object, ...]
"""A row of the ledger, its values in the order of NAMES."""
Step = Callable[[int], None]


def affected(work: Work, touched: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    """The records to compute anew, by process: those that were touched, and those that rest on them."""
    found = {process: set(numbers) for process, numbers in touched.items() if process in sources()}
    for source in sources().values():
        for kind, resting in source.rests_on.items():
            for part in batches(sorted(touched.get(kind, ()))):
                found.setdefault(source.process, set()).update(resting(work, part))
    return found


def look_ahead(work: Work) -> dict[str, set[str]]:
    """Move the horizon to where it has to be; what is to be computed anew because it moved, by process.

    The periodic rules of every process are laid down up to it at once.
    """
    before, until = horizon(work), extend_horizon(work)
    found: dict[str, set[str]] = {}
    if before != until:
        for process, source in sources().items():
            _settle(work, *_of_calendar(work, source, until))
            if numbers := set(source.dawning(work, before, until)):
                found[process] = numbers
    return found


def refresh(work: Work, process: str, numbers: Sequence[str]) -> int:
    """Bring the obligations of these records, and the periodic ones, to what the rules say; the rows changed.

    The horizon stays where it is: where it moves, other processes have something to lay down too (`look_ahead`).
    """
    source = sources()[process]
    changed = sum(_settle(work, *_of_records(work, source, part)) for part in batches(numbers))
    return changed + _settle(work, *_of_calendar(work, source, horizon(work)))


def refresh_all(work: Work, step: Step = lambda done: None) -> int:
    """Compute every obligation anew, with few of them in memory at once. The rows changed.

    `step` is told how many records each batch held; all of them are `extent` and what is owed besides.
    """
    until = extend_horizon(work)
    changed = sum(_settle(work, *pair) for pair in _walk(work, until, step))
    work.set("calendar", fingerprint(work))
    work.set(BEHIND, None)
    return changed


def catch_up(work: Work, step: Step = lambda done: None) -> None:
    """Compute every obligation anew if that was not done since the store came to a newer svcq, and its rules."""
    if work.setting(BEHIND) is not None:
        refresh_all(work, step)


COUNTED = tuple(NAMES.index(name) for name in ("due_on", "breach_on", "provisional"))
"""What the calendar decides of an obligation."""


def differences(
    work: Work, *, calendar: bool = True, step: Step = lambda done: None
) -> Iterator[tuple[Key, str]]:
    """Where the stored ledger is not what the rules say: (key, `missing` | `extra` | `changed`).

    `calendar` False: leave aside what another calendar would change, due dates and what starts with them. `step`: as
    for `refresh_all`.
    """
    for stored, fresh in _walk(work, horizon(work), step):
        for key in sorted(stored.keys() | fresh.keys()):
            if not calendar:
                if key in stored and key in fresh and _uncounted(stored[key]) != _uncounted(fresh[key]):
                    yield key, "changed"
            elif key not in stored:
                yield key, "missing"
            elif key not in fresh:
                yield key, "extra"
            elif stored[key] != fresh[key]:
                yield key, "changed"


def _uncounted(row: Stored) -> Stored:
    return tuple(value for place, value in enumerate(row) if place not in COUNTED)


def fingerprint(work: Work) -> str:
    """The calendars that the policy versions name, as one fingerprint."""
    countries = sorted({policy.country for _, policy in work.book.versions})
    return " ".join(work.terms.country(code).fingerprint() for code in countries)


def horizon(work: Work) -> date:
    """The day up to which periodic obligations are stored."""
    text = work.setting("horizon_on")
    return date.fromisoformat(text) if text else date.min


def extend_horizon(work: Work) -> date:
    """Move the horizon of periodic rules to the policy's months from today; it never moves back."""
    months = int(work.book.on(work.today).settings["ledger.horizon_months"])
    ahead = work.today + relativedelta(months=months)
    wanted = max(horizon(work), ahead.replace(day=monthrange(ahead.year, ahead.month)[1]))
    work.set("horizon_on", wanted.isoformat())
    if work.setting("calendar") is None:
        work.set("calendar", fingerprint(work))
    return wanted


Pair = tuple[dict[Key, Stored], dict[Key, Stored]]


def _walk(work: Work, until: date, step: Step) -> Iterator[Pair]:
    """What is stored and what the rules say, of everything there is: some records at a time."""
    for source in sources().values():
        for part in parts(work, source):
            yield _of_records(work, source, part)
            step(len(part))
        yield _of_calendar(work, source, until)
    for source, numbers in strays(work):
        yield _of_records(work, source, numbers)


def _of_records(work: Work, source: Source, numbers: Sequence[str]) -> Pair:
    """What is stored of these records, and what the rules say of them."""
    found = select(ROW).where(
        ROW.c.number.in_(numbers), ROW.c.process == source.process, ROW.c.rule.not_in(source.periodic_rules)
    )
    waived = select(WAIVER).where(WAIVER.c.number.in_(numbers))
    return _stored(work, found), _fresh(work, source.owed(work, numbers), waived)


def _of_calendar(work: Work, source: Source, until: date) -> Pair:
    """The same of the periodic rules of a process."""
    if not source.periodic_rules:
        return {}, {}
    found = select(ROW).where(ROW.c.rule.in_(source.periodic_rules))
    waived = select(WAIVER).where(WAIVER.c.rule.in_(source.periodic_rules))
    return _stored(work, found), _fresh(work, source.periodic(work, until), waived)


def _stored(work: Work, query: Select[*tuple[object, ...]]) -> dict[Key, Stored]:
    rows = work.session.execute(query)
    return {(row.rule, row.number, row.starts_on, row.shown_on): tuple(row) for row in rows}


def _fresh(work: Work, owed: Iterable[Owed], query: Select[*tuple[object, ...]]) -> dict[Key, Stored]:
    waived = {(w.rule, w.number, w.starts_on): w.waived_on for w in work.session.execute(query)}
    fresh: dict[Key, Stored] = {}
    for one in owed:
        o = one.obligation
        shown_on = max(o.starts_on, one.first_on or o.starts_on, o.known_from or o.starts_on)
        if o.known_until is not None and o.known_until < shown_on:
            continue
        fresh[o.rule, o.number, o.starts_on, shown_on] = (
            *(o.number, o.rule, o.starts_on, shown_on, o.process, o.clause, o.role),
            *(one.record_id, one.customer_id, o.due_on, o.breach_on, o.known_until, o.met_on),
            *(waived.get((o.rule, o.number, o.starts_on)), o.fine, o.provisional, o.note),
        )
    return fresh


def _settle(work: Work, stored: dict[Key, Stored], fresh: dict[Key, Stored]) -> int:
    """Write the difference; the number of rows written or taken away."""
    gone = [key for key, row in stored.items() if fresh.get(key) != row]
    new = [row for key, row in fresh.items() if stored.get(key) != row]
    for rule, number, starts_on, shown_on in gone:
        same = (ROW.c.number == number) & (ROW.c.rule == rule) & (ROW.c.starts_on == starts_on)
        work.session.execute(delete(ROW).where(same & (ROW.c.shown_on == shown_on)))
    insert_rows(work.session, ROW, NAMES, new)
    return len(new) + len(gone)
