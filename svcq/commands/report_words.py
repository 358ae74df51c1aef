"""What the figures of a report are called, in the order in which they stand there, and whether less of each is better."""

from collections.abc import Mapping
from dataclasses import dataclass

from svcq.commands.callback_columns import STATES as CALLBACKS
from svcq.commands.columns import OBLIGATION_STATES
from svcq.commands.contract_columns import STATES as CONTRACTS
from svcq.commands.handover_columns import STATES as HANDOVERS
from svcq.commands.issue_columns import STATES as ISSUES
from svcq.commands.upgrade_columns import STATES as UPGRADES
from svcq.locale import N_

PARTS = {
    "duties": N_("All deadlines"),
    "contract": N_("Contracts"),
    "handover": N_("Hand-overs"),
    "issue": N_("Issues"),
    "upgrade": N_("Upgrades"),
    "migrate": N_("Migrations"),
    "callback": N_("Callbacks"),
    "score": N_("Scores"),
    "fines": N_("Fines"),
}
"""The parts of a report."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: `part.key` names it, `title` is a catalogue entry."""

    name: str
    title: str
    better: str = ""
    """less or more; empty: neither."""
    money: bool = False

    @property
    def part(self) -> str:
        """The part to which it belongs."""
        return self.name.partition(".")[0]


def _states(part: str, words: Mapping[str, str], less: tuple[str, ...] = ()) -> tuple[Figure, ...]:
    """How many records are in each state but void."""
    return tuple(
        Figure(f"{part}.{state}", word, "less" if state in less else "")
        for state, word in words.items()
        if state != "void"
    )


FIGURES = (
    Figure("duties.open", N_("open, not due yet")),
    Figure("duties.overdue", N_("overdue"), "less"),
    Figure("duties.fell_due", N_("fell due in the period")),
    Figure("duties.met", N_("of these met in time")),
    Figure("duties.late", N_("of these met late"), "less"),
    Figure("duties.missed", N_("of these not met"), "less"),
    Figure("duties.waived", N_("of these let off")),
    Figure("duties.in_time", N_("in time, of 100 met or missed"), "more"),
    *_states("contract", CONTRACTS, less=("overdue",)),
    Figure("contract.sent_out", N_("sent out in the period")),
    Figure("contract.sealed", N_("sealed in the period")),
    Figure("contract.came_back", N_("came back in the period")),
    *_states("handover", HANDOVERS, less=("not_eligible",)),
    Figure("handover.accepted", N_("accepted in the period")),
    Figure("handover.decided_eligible", N_("decided eligible in the period")),
    Figure("handover.decided_not", N_("decided not eligible in the period")),
    Figure("handover.registered", N_("registered in the period")),
    *_states("issue", {state: word for state, word in ISSUES.items() if state != "closed"}, less=("stale",)),
    Figure("issue.reported", N_("reported in the period")),
    Figure("issue.closed", N_("closed in the period")),
    Figure("issue.records", N_("work records of the period")),
    *_states("upgrade", UPGRADES),
    Figure("upgrade.asked_for", N_("applied for in the period")),
    Figure("upgrade.carried_out", N_("done in the period")),
    Figure("upgrade.called", N_("customers called in the period")),
    Figure("migrate.owing", N_("hospitals that owe one this year")),
    *(
        Figure(f"migrate.{state}", OBLIGATION_STATES[state], "less" if state == "overdue" else "")
        for state in ("met", "open", "overdue", "waived")
    ),
    Figure("migrate.done", N_("migrations in the period")),
    Figure("callback.asked", N_("to be asked in the quarter")),
    *_states("callback", {key: CALLBACKS[key] for key in ("answered", "unreachable")}),
    Figure("callback.open", N_("not asked yet")),
    Figure("callback.overdue", N_("of these overdue"), "less"),
    Figure("callback.satisfaction", N_("satisfaction, of 100"), "more"),
    Figure("callback.calls", N_("asked in the period")),
    Figure("score.people", N_("people with a score")),
    Figure("score.mean", N_("mean score"), "more"),
    *(Figure(f"score.grade_{letter}", letter) for letter in "ABCD"),
    Figure("fines.people", N_("people who were fined"), "less"),
    Figure("fines.breaches", N_("deadlines that were fined"), "less"),
    Figure("fines.amount", N_("fines, in CNY"), "less", money=True),
)
CARDS = {
    "duties.overdue": N_("Overdue deadlines"),
    "duties.in_time": N_("Deadlines kept, %"),
    "contract.overdue": N_("Contracts not back"),
    "issue.stale": N_("Issues not closed in time"),
    "handover.not_eligible": N_("Projects not eligible"),
    "callback.satisfaction": N_("Satisfaction of the quarter"),
    "score.mean": N_("Mean score of the quarter"),
    "fines.amount": N_("Fines, CNY"),
}
"""The figures of the summary."""
BY_NAME = {figure.name: figure for figure in FIGURES}
