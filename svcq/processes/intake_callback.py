"""六: satisfaction callbacks out of a file: whom a quarter's sample drew, and what was answered."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from svcq.errors import N_, Counted, Refused
from svcq.processes import numbering
from svcq.processes.callback_known import ISSUE, SHELF, Store
from svcq.processes.intake import At, Doubles, Fault, Intake, Line, Manner, Outcome
from svcq.processes.intake_names import Names
from svcq.processes.names import unknown
from svcq.processes.record_bulk import Change, write
from svcq.processes.record_known import Known
from svcq.processes.work import Work, not_in_future
from svcq.rules import callback as rules
from svcq.rules import callback_answers as answers
from svcq.rules.periods import quarter_named

ACTS = ("drawn_on", "asked_on")

COLUMNS = ("drawn_on", "seed", "asked_on", *rules.ANSWERS)


def take(work: Work, lines: Sequence[Line], manner: Manner) -> Outcome:
    """Callbacks, found by number, else by quarter, engineer and customer, of which their number is made."""
    outcome, taker = Outcome(), Taker(work, lines, manner)
    changes: list[Change] = []
    for line in sorted(lines, key=lambda one: not one.values.get("number")):
        try:
            change = taker.change(line)
        except At as at:
            taker.doubles.forget(line)
            outcome.faults.append(Fault(line.row, at.field, at.why))
        else:
            if change is None:
                outcome.unchanged += 1
            else:
                changes.append(change)
                days = [change.values.get(key) for key in ACTS]
                outcome.ahead += any(isinstance(on, date) and on > work.today for on in days)
        manner.step(1)
    write(work, SHELF, changes, taker.day)
    outcome.added += sum(one.known is None for one in changes)
    outcome.updated += sum(one.known is not None for one in changes)
    outcome.remarks += unanswered(changes)
    return outcome


class Taker:
    """Turns rows into changes, one after the other."""

    def __init__(self, work: Work, lines: Sequence[Line], manner: Manner) -> None:
        self.work, self.force, self.day = work, manner.force, manner.from_on or work.today
        self.names, self.doubles = Names(work, manner), Doubles()
        self.store = Store(work, lines, self.names, self.day)

    def change(self, line: Line) -> Change | None:
        """What the row asks for; None if the store says so already. At, with the field, if it is refused."""
        said = line.values
        about = self._about(said)
        known = self.store.find(said, about)
        number = known.number if known else self._number(said, about)
        try:
            if not self.doubles.first(number, line):
                return None
        except Refused as why:
            raise At("number" if said.get("number") else "customer", why) from None
        change = Change(number, known, {key: said[key] for key in COLUMNS if key in said})
        if said.get("quarter"):
            change.values["quarter"] = said["quarter"]
        for word, (key, name) in about.items():
            change.values[f"{word}_id"], change.called[word] = key, name
        if "issue" in said:
            change.values["issue_id"], change.called["issue"] = self._issue(change, said["issue"])
        change.keep_what_differs()
        self._settle(change)
        if known is not None:
            if not change.values:
                return None
            if known.values["void_on"]:
                raise At("number" if said.get("number") else "customer", _is_void(known))
            return change
        self.store.put(Known(0, number, change.values, change.called))
        return change

    def _about(self, said: Mapping[str, Any]) -> dict[str, tuple[int, str]]:
        """Engineer and customer that a row names: id and name."""
        about = {}
        if said.get("engineer"):
            about["engineer"] = self.names.person(str(said["engineer"]), "engineer")
        if said.get("customer"):
            about["customer"] = self.names.customer(str(said["customer"]))
        quarter = said.get("quarter")
        if quarter is not None and quarter_named(str(quarter)) is None:
            why = Refused("{value} is not a quarter: write it like 2026Q4", value=quarter)
            raise At("quarter", why)
        return about

    def _number(self, said: Mapping[str, Any], about: Mapping[str, tuple[int, str]]) -> str:
        """The number of a new callback: that of its quarter, engineer and customer unless another one is said."""
        if not said.get("quarter"):
            raise At("quarter", Refused("a callback needs its quarter", clause=answers.CLAUSE))
        for word, why in (
            ("engineer", N_("a callback needs its engineer")),
            ("customer", N_("a callback needs its customer")),
        ):
            if word not in about:
                raise At(word, Refused(why, clause=answers.CLAUSE))
        made = answers.number(str(said["quarter"]), about["engineer"][1], about["customer"][1])
        number = answers.tidy(str(said.get("number") or made))
        if (taken := self.store.numbered.exact(number)) is not None:
            other = Refused("callback {number} is another one", clause=answers.CLAUSE, number=taken.number)
            raise At("customer", _is_void(taken) if taken.values.get("void_on") else other)
        if (twin := self.store.same(said["quarter"], about)) is not None:
            very = Refused("callback {number} is that very one", clause=answers.CLAUSE, number=twin.number)
            raise At("number", very)
        return number

    def _issue(self, change: Change, number: object) -> tuple[int | None, str | None]:
        """The issue that the unsolved problem became."""
        if not number:
            return None, None
        found = self.store.issues.get(str(number))
        if found is None:
            close = numbering.neighbours(self.work, ISSUE.c.number, str(number))
            raise At("issue", unknown(N_("issue {name} is not known{near}"), str(number), close))
        if change.known is None or change.known.values["issue_id"] != found.id:
            if found.void_on:
                raise At("issue", Refused("issue {number} is void", number=number))
            if found.customer_id != change.merged.get("customer_id"):
                why = Refused(
                    "issue {issue} is of another customer than callback {number}",
                    clause=answers.CLAUSE,
                    issue=number,
                    number=change.number,
                )
                raise At("issue", why)
        return found.id, str(number)

    def _settle(self, change: Change) -> None:
        """Refuse what contradicts or is still to come, and set the first date."""
        known = change.known
        for word in ("quarter", "engineer", "customer"):
            key = word if word == "quarter" else f"{word}_id"
            if known is not None and key in change.values:
                before = known.values["quarter"] if word == "quarter" else known.called[word]
                why = Refused(
                    "callback {number} is about {known}; another one is a row of its own",
                    clause=answers.CLAUSE,
                    number=known.number,
                    known=before,
                )
                raise At(word, why)
        for key in ACTS:
            if isinstance(on := change.values.get(key), date):
                try:
                    not_in_future(self.work, on, force=self.force)
                except Refused as why:
                    raise At(key, why) from None
        merged = change.merged
        quarter = quarter_named(str(merged["quarter"]))
        told = [key for key in (*rules.ANSWERS, *ACTS) if change.values.get(key) is not None]
        if told and quarter and (wrong := answers.contradiction(quarter, merged)) is not None:
            raise At("asked_on" if "asked_on" in told else told[0], wrong)
        first_on = merged.get("drawn_on") or merged.get("asked_on")
        if first_on is None and known is not None and known.values["first_on"] is not None:
            kept = Refused(
                "callback {number} keeps the day on which it was drawn or asked; `svcq callback void` strikes it out",
                clause=answers.CLAUSE,
                number=known.number,
            )
            raise At(next(key for key in ACTS if key in change.values), kept)
        if known is None or known.values["first_on"] != first_on:
            change.values["first_on"] = first_on


def _is_void(known: Known) -> Refused:
    return Refused("callback {number} is void", number=known.number)


def unanswered(changes: Sequence[Change]) -> list[Counted]:
    """A remark on how many of these were asked and have no answer; none if there are none."""
    asked = [one for one in changes if one.merged.get("asked_on") and not rules.is_answered(one.merged)]
    if not asked:
        return []
    return [
        Counted(
            "{count} callback has a day of asking and no answer",
            "{count} callbacks have a day of asking and no answer",
            count=len(asked),
        )
    ]


INTAKE = Intake("callback", take, rank=8, named=("number",))
