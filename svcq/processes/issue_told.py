"""三: what a row of the worklog tells of closings, reopenings and urges, against what is kept of them.

A row tells of the newest of each kind. A day that is kept already changes nothing. Another day mends the newest one
that is kept, unless an act of the opposite kind lies between: then it is one more. A closing that happened by itself
is kept only as long as no step explains it; one that is explained, like a reopening by a step, is not kept at all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from svcq.errors import Refused
from svcq.processes.intake import At
from svcq.processes.issue_known import ACTS, Act, Known
from svcq.rules import issue as rules
from svcq.rules.issue import AUTO

CLOSING = {"by": "closed_by", "reason": "close_reason"}
"""What is kept of a closing besides its day -> field of the sheet."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A closing, reopening or urge that is to be written."""

    field: str
    """The field of its day: closed_on, reopened_on, urged_on."""
    after: Act | None
    """As it is to be; the id is that of the act in whose place it stands, 0 for one more. None: they are taken out."""
    before: tuple[Act, ...] = ()
    """The act in whose place it stands, or those that are taken out."""

    @property
    def what(self) -> str:
        """close, reopen, urge."""
        return ACTS[self.field]

    @property
    def told(self) -> dict[str, tuple[object, object]]:
        """Field of the sheet -> before and after, for the audit."""
        before = self.before[-1] if self.before else None
        on = (before and before.on, self.after and self.after.on)
        found: dict[str, tuple[object, object]] = {self.field: on}
        for key, field in CLOSING.items() if self.what == "close" else ():
            found[field] = (getattr(before, key, None), getattr(self.after, key, None))
        return {field: values for field, values in found.items() if values[0] != values[1]}


def deeds(said: Mapping[str, Any], known: Known | None) -> list[Deed]:
    """What of these acts is to be written; At, with the field, for words about a closing that has no day."""
    found: list[Deed] = []
    kept = known.acts if known else {}
    for field, what in ACTS.items():
        on, acts = said.get(field), kept.get(what, [])
        if on is None:
            if field in said and acts:
                found.append(Deed(field, None, tuple(acts)))
            elif what == "close":
                found += _words(said, acts)
        elif what == "close":
            found += _closing(on, said, known, acts)
        elif what == "reopen":
            found += _reopening(on, said, known, acts)
        elif not any(act.on == on for act in acts):
            mended = acts[-1] if acts and on < acts[-1].on else None
            found.append(_deed(field, on, mended))
    return found


def _deed(field: str, on: date, mended: Act | None, by: str | None = None, reason: str | None = None) -> Deed:
    if mended is None:
        return Deed(field, Act(0, on, by, reason))
    return Deed(field, Act(mended.id, on, by or mended.by, reason or mended.reason), (mended,))


def _words(said: Mapping[str, Any], acts: list[Act]) -> Iterable[Deed]:
    """Who closed it and why, of the newest closing by hand: the row does not say when."""
    words = {key: said[field] for key, field in CLOSING.items() if said.get(field) not in (None, AUTO)}
    if not words:
        return
    if not acts:
        field = next(field for key, field in CLOSING.items() if key in words)
        raise At(field, Refused("a closing needs its day", clause="三"))
    yield from _mended(acts[-1], words)


def _mended(act: Act, words: Mapping[str, str | None]) -> Iterable[Deed]:
    """The same closing with other words, if they differ."""
    after = Act(act.id, act.on, words.get("by", act.by), words.get("reason", act.reason))
    if after != act:
        yield Deed("closed_on", after, (act,))


def _closing(on: date, said: Mapping[str, Any], known: Known | None, acts: list[Act]) -> Iterable[Deed]:
    words = {key: said[field] for key, field in CLOSING.items() if field in said and said[field] != AUTO}
    by_itself = said.get("closed_by") == AUTO
    if same := [act for act in acts if act.on == on]:
        yield from _mended(same[-1], words)
        return
    by = AUTO if by_itself else words.get("by")
    if by in (None, AUTO) and any(one.on == on for one in _closings(known)):
        return
    mended = acts[-1] if acts else None
    if mended:
        first, last = sorted((mended.on, on))
        for one in _closings(known, said):
            if one.on >= first and one.reopened_on and one.reopened_on <= last:
                mended = None
    if by_itself and mended and mended.by != AUTO:
        mended = None  # somebody did close it on that other day
    yield _deed("closed_on", on, mended, by, words.get("reason"))


def _reopening(on: date, said: Mapping[str, Any], known: Known | None, acts: list[Act]) -> Iterable[Deed]:
    if any(act.on == on for act in acts) or any(one.reopened_on == on for one in _closings(known)):
        return
    mended = acts[-1] if acts else None
    if mended:
        first, last = sorted((mended.on, on))
        for one in _closings(known, said):
            if first <= one.on <= last and (one.reopened_on is None or one.reopened_on > first):
                mended = None
    yield _deed("reopened_on", on, mended)


def _closings(known: Known | None, said: Mapping[str, Any] | None = None) -> list[rules.Closing]:
    """When the issue was closed, by itself too; with what the row says of it where that is given."""
    if known is None or known.life is None:
        return []
    life, more = known.life, said or {}
    closed, reopened = more.get("closed_on"), more.get("reopened_on")
    if closed and closed not in life.closings:
        life = replace(life, closings=(*life.closings, closed))
    if reopened and reopened not in life.reopenings:
        life = replace(life, reopenings=(*life.reopenings, reopened))
    return rules.closings(life)
