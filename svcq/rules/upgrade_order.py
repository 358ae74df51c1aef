"""四.1-2: the order of the steps of an upgrade: which of them are there on a day, and which are missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from svcq.errors import N_, Phrase, Refused
from svcq.rules.obligation import earliest, latest_if_all

STEPS: Mapping[str, str] = {
    "apply": N_("the application"),
    "arrange": N_("the arrangement"),
    "plan": N_("the plan"),
    "test": N_("the test"),
    "approve": N_("the customer's approval"),
    "done": N_("the upgrade itself"),
    "report": N_("the report"),
    "callback": N_("the callback"),
}
"""The steps in their order, and how each is called."""
CLAUSES: Mapping[str, str] = {
    "apply": "四.1",
    "arrange": "四.1",
    "plan": "四.1",
    "test": "四.2",
    "approve": "四.2",
    "done": "四.2",
    "report": "四.3",
    "callback": "四.4",
}
"""Where each step is written."""
STATES: Mapping[str, str] = {
    "apply": "applied",
    "arrange": "arranged",
    "plan": "planned",
    "test": "tested",
    "approve": "approved",
    "done": "done",
    "report": "reported",
    "callback": "settled",
}
"""What an upgrade is once a step is there."""


@dataclass(frozen=True, slots=True)
class Skip:
    """A step that was forced on a day, and the steps that were missing before it."""

    on: date
    step: str
    skipped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """When each step of an upgrade was there, None if it never was; and what was skipped."""

    steps: Mapping[str, date | None]
    skips: tuple[Skip, ...] = field(default=())

    def missing(self, step: str, on: date) -> tuple[str, ...]:
        """The steps before `step` that are not there on that day, in order; what was skipped once is not asked again."""
        excused = {name for skip in self.skips if skip.on <= on for name in skip.skipped}
        before = list(STEPS)[: list(STEPS).index(step)]
        return tuple(name for name in before if name not in excused and not self._there(name, on))

    def _there(self, step: str, on: date) -> bool:
        day = self.steps[step]
        return day is not None and day <= on


def steps(dates: Mapping[str, date | None], no_test_reason: str | None = None) -> dict[str, date | None]:
    """The day of each step by the columns of an upgrade.

    The plan is there when it was handed in, registered and discussed; the report when it was filed or mailed. A reason
    why there was no test stands for it from the beginning, where no day is known.
    """
    tested = dates.get("tested_on")
    if tested is None and no_test_reason:
        tested = date.min
    return {
        "apply": dates.get("applied_on"),
        "arrange": dates.get("arranged_on"),
        "plan": latest_if_all(dates.get("plan_on"), dates.get("registered_on"), dates.get("discussed_on")),
        "test": tested,
        "approve": dates.get("approved_on"),
        "done": dates.get("done_on"),
        "report": earliest(dates.get("report_on"), dates.get("mailed_on")),
        "callback": dates.get("called_on"),
    }


def refusal(number: str, step: str, missing: Sequence[str]) -> Refused | None:
    """Why a step cannot be done: the steps that are missing, and the clause of the first; None if none is."""
    if not missing:
        return None
    names = tuple(Phrase(STEPS[name]) for name in missing)
    return Refused(
        "upgrade {number}: {step} cannot come yet, for these are missing: {missing}; "
        "--force --reason … does it all the same and records a breach",
        clause=CLAUSES[missing[0]],
        number=number,
        step=Phrase(STEPS[step]),
        missing=names,
    )
