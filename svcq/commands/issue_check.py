"""三.3-4: spot checks on the command line: which hospitals were checked when; samples and findings are beside it."""

from datetime import date
from typing import Annotated, Any

import typer

from svcq.commands import dates
from svcq.commands.check_columns import CHECKS
from svcq.commands.columns import OBLIGATION_STATES
from svcq.commands.issue_finding import Reason, Text, judgements
from svcq.commands.issue_sample import samples
from svcq.commands.kit import WritesOrLists, date_option, example
from svcq.commands.shared import as_of, done, filters, given, listed, maybe_day, on_day
from svcq.desk import Desk
from svcq.errors import Usage
from svcq.locale import _

checks = typer.Typer()
"""Commands that the issue group takes over."""
checks.add_typer(samples)
checks.add_typer(judgements)
COLUMNS = {
    "records": "records_on",
    "leave": "leave_on",
    "asked": "list_asked_on",
    "reconciled": "reconciled_on",
}
"""Option -> column."""


class Checks(WritesOrLists):
    """A command that records a check, or lists those of a month; no person is concerned."""

    @staticmethod
    def shared() -> list[Any]:
        """The options of both."""
        return [param for param in WritesOrLists.shared() if param.name != "person"]


@checks.command(
    cls=Checks,
    help=_("When a hospital was checked for a month; without a date: that month's checks."),
    epilog=example(
        "issue check 2026-10 --customer 江州市中心医院 --records 2026-10-26 --leave 2026-10-26 --asked 2026-10-27",
        "issue check 2026-10 --customer 江州市中心医院 --on 2026-10-30",
        "issue check 2026-10",
    ),
)
def check(
    ctx: typer.Context,
    month: Annotated[str, typer.Argument(metavar="MONTH", help=_("Which month."))],
    records: Annotated[Text, date_option("--records", _("When work records were checked."))] = None,
    leave: Annotated[Text, date_option("--leave", _("When leave records were checked."))] = None,
    asked: Annotated[
        Text, date_option("--asked", _("When the hospital was asked for its problem list."))
    ] = None,
    reconciled: Annotated[
        Text, date_option("--reconciled", _("When that list was reconciled with ours."))
    ] = None,
    on: Annotated[Text, date_option("--on", _("The day of all four, as far as they have none."))] = None,
    reason: Reason = None,
) -> None:
    desk: Desk = ctx.obj
    name = dates.month(month, "MONTH")[0]
    said = given({"records": records, "leave": leave, "asked": asked, "reconciled": reconciled})
    acts = {COLUMNS[option]: on_day(desk, text, f"--{option}") for option, text in said.items()}
    if acts or on is not None:
        _record(desk, name, acts, maybe_day(desk, on, "--on"), reason)
    elif reason is not None:
        raise Usage("say what to change, e.g. --records {month}-20", month=name)
    else:
        _list_checks(desk, name)


def _record(desk: Desk, month: str, acts: dict[str, date], rest: date | None, reason: Text) -> None:
    from svcq.processes import issue_check
    from svcq.rules.issue_check import ACTS

    customer = desk.asked.values.get("customer")
    if customer is None:
        raise Usage("the option {option} is missing", option="--customer")
    if reason is not None:
        desk.asked.values["note"] = reason
    with desk.work() as work:
        made = issue_check.record(work, month, str(customer), acts, rest, mend=reason is not None)
    lacking = _(", ").join(_(ACTS[key]) for key in made.lacking)
    told = (
        _("spot check of {month} at {customer} recorded; still missing: {lacking}")
        if lacking
        else _("spot check of {month} at {customer} recorded: it is complete")
    )
    done(
        desk,
        made.changed,
        told,
        _("that is recorded already: nothing to change"),
        month=month,
        customer=made.customer,
        lacking=lacking,
    )


def _list_checks(desk: Desk, month: str) -> None:
    """Print a month's checks, and say whether its issue.spot_check is met."""
    from svcq.output.terminal import talk
    from svcq.store.read_check import checks as found
    from svcq.store.read_ledger import obligations

    t = as_of(desk)
    with desk.read() as reader:
        about = {"rule": "issue.spot_check", "number": month}
        for one in obligations(reader, t, states=None, filters=about):
            told = (
                _("issue.spot_check of {month}: {state}, due {due}")
                if one["met_on"] is None
                else _("issue.spot_check of {month}: {state} on {met}, due {due}")
            )
            state = _(OBLIGATION_STATES[str(one["state"])])
            talk(told.format(month=month, state=state, met=one["met_on"], due=one["due_on"]))
        rows = list(found(reader, t, filters(desk, reader, month=month)))
        listed(
            desk,
            reader,
            CHECKS,
            rows,
            empty=_("nothing was checked for {month} yet").format(month=month),
        )
