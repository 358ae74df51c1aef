"""Every obligation of all chapters worked out a second time: who owed it, in which team, and what a breach costs.

It shares no line with svcq. What happened is a World; tests compare both.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tests import (
    independent_callback,
    independent_handover,
    independent_issue,
    independent_migrate,
    independent_upgrade,
)
from tests.independent import DAY
from tests.independent import calculate as contracts
from tests.independent_common import Answer, Row, day_of, first_of, months_after, owed
from tests.independent_policy import WRITTEN, Numbers, first_full

OWNERS = {
    "handover.apply": "project_manager",
    "contract.return": "salesperson",
    "contract.convert": "account_manager",
    **dict.fromkeys(("issue.close", "issue.follow_up", "issue.request"), "engineer"),
    **dict.fromkeys((f"upgrade.{rule}" for rule in ("order", "plan", "report", "paper")), "upgrader"),
    **dict.fromkeys(("migrate.reindex", "migrate.register", "migrate.yearly"), "engineer"),
}
"""Who owes a rule; the others are QC's."""
NO_RECORD = ("contract.feedback", "issue.spot_check", "migrate.check", "callback.sample", "staff.exam")

Holders = Sequence[tuple[date, Sequence[str]]]
"""Who holds a role from a day on, in any order; nobody: an empty sequence."""


@dataclass
class World:
    """Everything that happened: sheets with machine headers, and what commands did besides."""

    rows: Mapping[str, Sequence[Row]]
    feedback: Mapping[str, date] = field(default_factory=dict)
    """Month -> when its table was sent."""
    checks: Sequence[Row] = ()
    """December checks: year, on."""
    holders: Mapping[tuple[str, str, str], Holders] = field(default_factory=dict)
    """(process, number, role) -> who held it; customers: ("customer", name, role)."""
    duties: Sequence[tuple[str, str, date, str]] = ()
    """Rule, region (empty: everywhere), from, person."""
    units: Mapping[str, Sequence[tuple[date, str | None, str | None]]] = field(default_factory=dict)
    """Person -> from, team, region."""
    waivers: Mapping[tuple[str, str, date], date] = field(default_factory=dict)
    """Rule, number, start -> waived from."""
    numbers: Numbers = WRITTEN
    live: date | None = None

    def sheet(self, kind: str) -> Sequence[Row]:
        """The rows of a kind of sheet."""
        return self.rows.get(kind, ())


def obligations(world: World, today: date) -> list[Answer]:
    """Every obligation as it stands on `today`, with customer, person, team, region, fine, and whether it is history."""
    customers = {str(row["name"]): row for row in world.rows.get("customer", ())}
    found = []
    for one in _owed(world, today):
        rule, process = str(one["rule"]), str(one["rule"]).partition(".")[0]
        customer = None if rule in NO_RECORD else _customer(world, one)
        place = customers[customer]["region"] if customer else None
        due, met = one["due_on"], one["met_on"]
        assert isinstance(due, date)
        assert isinstance(one["starts_on"], date)
        day = min(today, due + DAY, met if isinstance(met, date) else today)
        if rule in OWNERS:
            person = _held(world, process, str(one["number"]), customer, OWNERS[rule], day)
            if rule == "upgrade.order" and person is None:
                person = _held(world, process, str(one["number"]), customer, "account_manager", day)
        else:
            person = on_duty(world, rule, place, day)
        waived = world.waivers.get((rule, str(one["number"]), one["starts_on"]))
        breached = due < today and (not isinstance(met, date) or met > due)
        history = world.live is not None and due < world.live
        waived = waived if waived and waived <= today else None
        team, region = unit(world, person, day)
        found.append(
            one
            | {"customer": customer, "person": person, "team": team, "region": region}
            | {"state": "waived" if waived else one["state"], "waived_on": waived}
            | {"breached": breached, "before_live": history}
            | {
                "fine": world.numbers.fine(rule, one["starts_on"])
                if breached and not waived and not history
                else 0
            }
        )
    return found


def _owed(world: World, today: date) -> list[Answer]:
    rows = world.sheet
    managers = {str(row["name"]): str(row["account_manager"] or "") for row in rows("customer")}
    found = independent_handover.calculate(rows("handover"), rows("follow_up"), today, managers)[1]
    found += independent_issue.calculate(rows("issue"), rows("step"), today)[1]
    found += independent_issue.exams(rows("staff"), today)
    spoken: dict[str, list[tuple[date, date | None]]] = {}
    for call in rows("call"):
        spoken.setdefault(str(call["contract"]), []).append((call["on"], call["promised_on"]))  # type: ignore[arg-type]
    mine = contracts([dict(row) for row in rows("contract") if not row.get("void_on")], spoken, today)[1]
    found += [one | {"number": one["key"]} for one in mine]
    found += _months(world, today)
    found += independent_upgrade.calculate(rows("upgrade"), rows("skip"), today, world.numbers)[1]
    found += independent_migrate.calculate(
        rows("migration"), world.checks, rows("customer"), today, world.numbers, world.live
    )[1]
    found += independent_callback.calculate(rows("callback"), rows("try"), today, world.numbers, world.live)[
        1
    ]
    return found


def _months(world: World, today: date) -> list[Answer]:
    """contract.feedback after each month, issue.spot_check in each; from the first record on, or the first full month."""
    found = []
    acts = ("sent_out_on", "sealed_on", "free_from")
    for month in _since(world, today, "contract", acts):
        end, name = months_after(month, 1) - DAY, f"{month:%Y-%m}"
        if end <= today:
            due = world.numbers.due("contract.feedback", end)
            found.append(owed("contract.feedback", name, end, due, [world.feedback.get(name)], today))
    checked = independent_issue.spot_checks(world.sheet("issue"), world.sheet("spot_check"), today)
    done = {str(one["number"]): one for one in checked}
    for month in _since(world, today, "issue", ("reported_on",)):
        end, name = months_after(month, 1) - DAY, f"{month:%Y-%m}"
        found.append(done.get(name) or owed("issue.spot_check", name, month, end, [], today))
    return found


def _since(world: World, today: date, kind: str, acts: Sequence[str]) -> Iterator[date]:
    """The first days of the months up to `today` in which a monthly rule holds."""
    living = [row for row in world.sheet(kind) if not row.get("void_on")]
    month = first_of(*(day_of(row, act, date.max) for row in living for act in acts))
    month = first_full(world.live, 1) if world.live else month and month.replace(day=1)
    while month and month <= today:
        yield month
        month = months_after(month, 1)


def _customer(world: World, one: Answer) -> str:
    rule, number = str(one["rule"]), str(one["number"])
    if rule == "migrate.yearly":
        return number.rpartition("-")[0]
    kind = {"migrate": "migration"}.get(rule.partition(".")[0], rule.partition(".")[0])
    name = independent_callback.number_of if kind == "callback" else lambda row: row["number"]
    return next(str(row["customer"]) for row in world.rows[kind] if name(row) == number)


def _held(world: World, process: str, number: str, customer: str | None, role: str, day: date) -> str | None:
    """The first named who holds the role on the record that day; else on its customer."""
    for key in ((process, number, role), ("customer", str(customer), role)):
        known = [one for one in world.holders.get(key, ()) if one[0] <= day]
        names = max(known, key=lambda one: one[0])[1] if known else ()
        if names:
            return names[0]
    return None


def on_duty(world: World, rule: str, region: object, day: date) -> str | None:
    """Whom the duty table names for a rule on a day: for the region before everywhere, the newest first."""
    for place in (region, ""):
        known = [
            (since, name)
            for which, where, since, name in world.duties
            if (which, where) == (rule, place) and since <= day
        ]
        if known:
            return max(known)[1]
    return None


def unit(world: World, person: str | None, day: date) -> tuple[str | None, str | None]:
    """Team and region of a person on a day."""
    known = [one for one in world.units.get(str(person), ()) if one[0] <= day]
    return max(known, key=lambda one: one[0])[1:] if known else (None, None)
