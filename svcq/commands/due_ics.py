"""`due -f ics`: obligations as a calendar file, each an all-day event on the day it is due."""

from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING

import typer

from svcq import clock
from svcq.commands.columns import OBLIGATION_STATES, OBLIGATIONS, PROCESSES
from svcq.commands.remind_answers import answer
from svcq.commands.shared import as_of, filters, limit, look, provisional
from svcq.desk import Desk
from svcq.errors import Usage
from svcq.locale import _
from svcq.output.shape import Row

if TYPE_CHECKING:
    from svcq.output.ics import Event
    from svcq.rules.obligation import Terms

TOLD = (
    *("clause", "rule", "number", "customer", "person", "starts_on", "due_on", "met_on", "state"),
    *("days_overdue", "fine", "provisional", "note"),
)
"""What an event says of its obligation, as far as there is anything to say."""


def print_events(desk: Desk, states: tuple[str, ...] | None, **more: object) -> None:
    """Write the obligations as a calendar file; `states` and `more`: as for the listing. Usage with --columns."""
    from svcq.output.ics import write_events
    from svcq.processes.explain import terms
    from svcq.store.read_ledger import obligations

    t, asked = as_of(desk), look(desk)
    if asked.columns:
        raise Usage("--columns: a calendar file has no columns")
    with desk.read() as reader:
        chosen = filters(desk, reader, **more)
        rows = list(obligations(reader, t, states=states, filters=chosen, limit=limit(desk)))
        known = terms(reader)
    events = _events(rows, known)
    stamp = clock.now().partition(".")[0].replace("-", "").replace(":", "") + "Z"
    count = write_events(asked, _("Obligations"), events, stamp)
    provisional(rows, "due_on")
    if count and desk.asked.values.get("exit_code"):
        raise typer.Exit(10)


def _events(rows: "list[dict[str, object]]", known: "Terms") -> Iterator["Event"]:
    """An event for each obligation."""
    from svcq.output.ics import Event

    for row in rows:
        title = _(known.rule(str(row["rule"]), row["starts_on"]).title)  # type: ignore[arg-type]
        about = " · ".join(str(row[key]) for key in ("number", "customer") if row[key])
        words = _("{title}: {about}").format(title=title, about=about)
        late = row["state"] == "overdue"
        process, state = str(row["process"]), str(row["state"])
        yield Event(
            uid(row),
            row["due_on"],  # type: ignore[arg-type]
            _("OVERDUE {what}").format(what=words) if late else words,
            (title, *_told(row), "", answer(str(row["rule"]), str(row["number"]))),
            (_(PROCESSES[process]), _(OBLIGATION_STATES[state])),
            cancelled=state == "waived",
        )


def uid(row: Row) -> str:
    """The identity of an obligation (rule, number, starts_on) as one word that is safe everywhere."""
    whose = f"{row['rule']}\n{row['number']}\n{row['starts_on']}"
    return f"{row['rule']}-{sha256(whose.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}@svcq"


def _told(row: Row) -> Iterator[str]:
    from svcq.output.values import human

    for column in OBLIGATIONS.columns:
        if column.key in TOLD and row[column.key]:
            yield _("{title}: {about}").format(title=_(column.title), about=human(column)(row[column.key]))
