"""四.4: the calls to the customer after an upgrade, and the mails about what was heard."""

from dataclasses import asdict, dataclass
from datetime import date

from svcq.errors import Refused, Usage
from svcq.processes.upgrade import living, write
from svcq.processes.upgrade_said import CALLED, Came, arisen, recorded
from svcq.processes.upgrade_step import in_order
from svcq.processes.work import Work, not_in_future
from svcq.rules import upgrade as rules
from svcq.store.tables.upgrade import Upgrade

SECOND = "second_"
"""Before the columns of the second call."""


@dataclass(frozen=True, slots=True)
class Answers:
    """四.4: what the customer says: a definite yes or not, and to each question; None: not asked."""

    answer: str
    stable: bool | None = None
    solved: bool | None = None
    arranged: bool | None = None


def callback(
    work: Work, number: str, on: date, said: Answers, *, second: bool = False, forced: str | None = None
) -> Came:
    """四.4: the customer was called. After a call without a definite yes another one is the second, and the last.

    Nothing if the very same call is recorded already. `second`: it is the second one also on the day of the first, or
    after a yes. Usage for an answer that there is not; refused where other words are recorded of a call, for a third
    call, in the future, and before the report unless forced.
    """
    if said.answer not in rules.ANSWERS:
        raise Usage(
            "--answer: {text} is none of {answers}",
            clause="四.4",
            text=repr(said.answer),
            answers=", ".join(rules.ANSWERS),
        )
    upgrade = living(work, number)
    not_in_future(work, on)
    for call in (SECOND,) if second else ("", SECOND):
        blanks = _blanks(upgrade, call, on, said)
        if blanks is not None:
            return Came(upgrade.number, write(work, upgrade, blanks))
    call = _call(upgrade, on, second=second)
    skipped = in_order(work, upgrade, "callback", on, forced)
    write(work, upgrade, {f"{call}called_on": on, **_heard(call, said)})
    return Came(upgrade.number, True, skipped, arisen(work, upgrade, "callback", on))


def _heard(call: str, said: Answers) -> dict[str, object]:
    """What is said of a call, by column."""
    return {f"{call}{key}": value for key, value in asdict(said).items() if value is not None}


def _blanks(upgrade: Upgrade, call: str, on: date, said: Answers) -> dict[str, object] | None:
    """What of that was not recorded yet of a call of that day; None if it is of another day or says something else."""
    heard = _heard(call, said)
    if getattr(upgrade, f"{call}called_on") != on:
        return None
    if any(getattr(upgrade, key) not in (None, value) for key, value in heard.items()):
        return None
    return {key: value for key, value in heard.items() if getattr(upgrade, key) is None}


def _call(upgrade: Upgrade, on: date, *, second: bool) -> str:
    """Which call it is, by the beginning of its columns; refused if there is no room for it."""
    first, again = upgrade.called_on, upgrade.second_called_on
    if first is None:
        if second:
            raise Refused(
                "upgrade {number}: there was no first call yet: leave out --second", clause="四.4",
                number=upgrade.number,
            )  # fmt: skip
        return ""
    if again is not None:
        raise Refused(
            "upgrade {number}: both calls are recorded, {first} and {second}; "
            "`svcq upgrade edit {number} --reason …` mends them",
            clause="四.4",
            number=upgrade.number,
            first=first,
            second=again,
        )
    if second or (upgrade.answer != "yes" and on != first):
        return SECOND
    if on != first:
        raise Refused(
            "upgrade {number}: the customer said yes on {first}; --second records another call all the same, "
            "`svcq upgrade edit {number} --reason …` mends the first",
            clause="四.4",
            number=upgrade.number,
            first=first,
        )
    raise Refused(
        "upgrade {number}: the call of {first} is recorded with other words; --second records another call, "
        "`svcq upgrade edit {number} --reason …` mends the first",
        clause="四.4",
        number=upgrade.number,
        first=first,
    )


def inform(work: Work, number: str, on: date) -> Came:
    """四.4: the account manager was told what was heard, with a copy to the technical lead: of every call up to that day.

    Nothing if that is recorded already. Refused if nobody had been called by then, in the future, and on another day
    than the recorded one.
    """
    upgrade = living(work, number)
    not_in_future(work, on)
    calls = {"informed_on": upgrade.called_on, "second_informed_on": upgrade.second_called_on}
    made = [key for key, called in calls.items() if called is not None and called <= on]
    if not made:
        raise Refused(
            "upgrade {number}: the customer had not been called by {on}",
            clause="四.4",
            number=upgrade.number,
            on=on,
        )
    new: dict[str, object] = {key: on for key in made if getattr(upgrade, key) is None}
    if not new and all(getattr(upgrade, key) != on for key in made):
        raise recorded(upgrade, CALLED[made[-1]], getattr(upgrade, made[-1]))
    return Came(upgrade.number, write(work, upgrade, new))
