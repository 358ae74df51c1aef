"""七: what another policy would have come to: a quarter scored by a draft, and nothing of the store changed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import delete

from svcq.policy.model import Policy
from svcq.policy.show import differences, dump
from svcq.processes import ledger, scoring
from svcq.processes.scoring import Company, Standing, named, quarterly, tallies
from svcq.processes.unit import unit
from svcq.rules.periods import Span
from svcq.rules.scoring import Count, Figures, Marking, Tally, cost
from svcq.store.address import Address
from svcq.store.read import Reader
from svcq.store.tables.house import PolicyVersion
from svcq.store.transfer import to_file

SCORING = ("points", "points_most", "score")
"""The keys of a rule that only say what a breach costs."""
SETTINGS = "settings.score."


@dataclass(frozen=True, slots=True)
class Cost:
    """What the breaches of a rule cost a person under both policies, in points after caps and waivers."""

    rule: str
    before: int
    after: int
    breaches_before: int
    breaches_after: int


@dataclass(frozen=True, slots=True)
class Trial:
    """A person under both policies."""

    standing: Standing
    """Who it is, under the draft."""
    before: Figures
    after: Figures
    costs: Sequence[Cost]
    """The rules that cost another number of points, or had another number of breaches."""


def counts_anew(current: Policy, draft: Policy) -> bool:
    """Whether the draft changes anything that the ledger holds: deadlines, owners, clauses, fines."""
    return any(
        not key.startswith(SETTINGS) and key.rpartition(".")[2] not in SCORING
        for key, _before, _after in differences(current, draft)
    )


@contextmanager
def as_if(place: Address, draft: Policy, today: date, step: Callable[[int], None]) -> Iterator[Path]:
    """A copy of the store in which the draft has been in force all along; it is thrown away with the block.

    `step` is told how many records each batch held.
    """
    with TemporaryDirectory(prefix="svcq-") as folder:
        copy = Path(folder) / "svcq.db"
        to_file(place, copy)
        with unit(copy, today=today, actor="svcq", command="score simulate") as work:
            work.session.execute(delete(PolicyVersion))
            work.session.add(PolicyVersion(effective_on=date.min, name=draft.name, body=dump(draft)))
            work.session.flush()
            work.forget_terms()
            ledger.refresh_all(work, step)
        yield copy


def compare(
    before: Reader, after: Reader, quarter: Span, t: date, draft: Policy, person: str | None = None
) -> list[Trial]:
    """Everybody's figures of a quarter under the policy in force and under the draft, by name.

    `before`: the store; `after`: the same, or the copy in which the draft has been in force all along.
    """
    old = _known(before, quarter, t, scoring.marking(before, quarter.last), person)
    new = _known(after, quarter, t, Marking.of(draft), person)
    found = []
    for name in sorted(old.standings.keys() | new.standings.keys()):
        was, will = old.standings.get(name), new.standings.get(name)
        standing = will or was
        assert standing is not None
        figures = (was.figures if was else Figures(), will.figures if will else Figures())
        found.append(Trial(standing, *figures, _costs(old, new, name)))
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """A quarter under one policy."""

    marking: Marking
    standings: Mapping[str, Standing]
    tallies: Mapping[str, Tally]


def _known(reader: Reader, quarter: Span, t: date, mark: Marking, person: str | None) -> _Known:
    company, filters = Company(reader), {"person": person}
    found = tallies(reader, quarter, t, mark.costs, filters=filters, company=company)
    standings = named(quarterly(found, "person", mark), company, quarter, t, filters)
    people = scoring.grouped(found.held, "person").get("", {})
    return _Known(mark, {one.name: one for one in standings}, people)


def _costs(old: _Known, new: _Known, name: str) -> list[Cost]:
    """The rules that make a difference to a person, those that cost most more first."""
    none = Tally()
    was, will = old.tallies.get(name, none).counts, new.tallies.get(name, none).counts
    found = []
    for rule in sorted(was.keys() | will.keys()):
        one = Cost(
            rule,
            _cost(old.marking, rule, was.get(rule, Count())),
            _cost(new.marking, rule, will.get(rule, Count())),
            was.get(rule, Count()).breached,
            will.get(rule, Count()).breached,
        )
        if (one.before, one.breaches_before) != (one.after, one.breaches_after):
            found.append(one)
    return sorted(found, key=lambda one: (-abs(one.after - one.before), one.rule))


def _cost(mark: Marking, rule: str, count: Count) -> int:
    known = mark.costs.get(rule)
    return cost(rule, count, mark) if known is not None and known.counts == "quarter" else 0
