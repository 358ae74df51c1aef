"""四: what a command tells after something happened to an upgrade, and the options by which it is forced."""

from typing import TYPE_CHECKING, Annotated

import typer

from svcq.commands.complete import upgrades as complete
from svcq.commands.kit import text_option
from svcq.commands.shared import done, forced, warn
from svcq.desk import Desk
from svcq.errors import Phrase
from svcq.locale import N_, _

if TYPE_CHECKING:
    from svcq.processes.upgrade import Left
    from svcq.processes.upgrade_said import Came

Text = str | None
Number = Annotated[str, typer.Argument(metavar="NUMBER", help=_("The upgrade."), autocompletion=complete)]
On = Annotated[str, typer.Option("--on", metavar="DATE", help=_("The day it happened."))]
Reason = Annotated[str, text_option("--reason", _("Why."))]
Force = Annotated[
    bool,
    typer.Option("--force", help=_("Do it though steps before it are missing: a breach; needs --reason.")),
]
ForceReason = Annotated[Text, text_option("--reason", _("Why it is forced; kept with the breach."))]
DUE = {
    "upgrade.plan": N_("the plan is due by {day}"),
    "upgrade.report": N_("the report is due by {day}"),
    "upgrade.paper": N_("the paper of the report is due by {day}"),
    "upgrade.callback": N_("the customer is to be called by {day}"),
    "upgrade.second_callback": N_("the second call is due by {day}"),
    "upgrade.inform": N_("the account manager is to be told by {day}"),
}
"""What comes next, by the rule that asks for it."""


def why(desk: Desk, force: bool, reason: Text) -> Text:
    """The reason why a step is forced, which is kept; None if it is not. Usage without a reason."""
    return reason if forced(desk, force, reason) else None


def tell(desk: Desk, came: "Came", sentence: str, already: str = "", **values: object) -> None:
    """Say what was recorded and what is due because of it, or that it was recorded already; warn of a breach."""
    from svcq.rules.upgrade_order import STEPS

    parts = [sentence.format(number=came.number, **values)]
    parts += [_(DUE[one.rule]).format(day=one.due_on) for one in came.owed if one.rule in DUE]
    if came.closed:
        parts.append(_("closed: {issues}").format(issues=_(", ").join(came.closed)))
    again = already or _("that is recorded already: nothing to change")
    done(desk, came.changed, "{text}", again, text=_("; ").join(parts), number=came.number)
    if came.closed_before:
        warn(Phrase("closed already: {issues}", issues=came.closed_before))
    if came.kept_version is not None:
        warn(
            Phrase(
                "a later upgrade brought another version: the customer keeps {version}",
                version=came.kept_version,
            )
        )
    if came.skipped:
        steps = tuple(Phrase(STEPS[name]) for name in came.skipped)
        warn(Phrase("skipped: {steps}; that is a breach of upgrade.order", clause="四.1-2", steps=steps))
    if came.left is not None:
        tell_left(came.left)


def tell_left(left: "Left") -> None:
    """Say what an upgrade leaves behind that is to be looked after by hand."""
    if left.version is not None:
        warn(
            Phrase(
                "{customer} keeps the version {version}: `svcq customer edit {customer} --version … --reason …`",
                customer=left.customer,
                version=left.version,
            )
        )
    if left.issues:
        warn(
            Phrase(
                "the issues solved by it stay closed: {issues}; `svcq issue reopen` opens one",
                issues=left.issues,
            )
        )
