"""一: hand-overs on the command line: what happens to one."""

from typing import TYPE_CHECKING, Annotated

import typer

from svcq.commands.complete import people
from svcq.commands.handover_form import forms
from svcq.commands.handover_lists import listings
from svcq.commands.handover_record import Number, Reason, Text, records
from svcq.commands.kit import Writes, date_option, example, group, text_option
from svcq.commands.shared import dated, done, given, maybe_day, on_day, warn
from svcq.desk import Desk
from svcq.errors import Phrase, Usage
from svcq.locale import _

if TYPE_CHECKING:
    pass

app = group(_("Hand-overs from implementation to service: applied, decided, registered, noticed."))
app.add_typer(records)
app.add_typer(listings)
app.add_typer(forms)

On = Annotated[str, typer.Option("--on", metavar="DATE", help=_("The day it happened."))]


@app.command(
    cls=Writes,
    help=_("Application, worklog or acceptance documents were handed in; all three are needed."),
    epilog=example(
        "handover apply YJ-2026-012 --application 2026-09-03 --worklog 2026-09-03",
        "handover apply YJ-2026-012 --documents today",
    ),
)
def apply(
    ctx: typer.Context,
    number: Number,
    application: Annotated[Text, date_option("--application", _("When the application came."))] = None,
    worklog: Annotated[Text, date_option("--worklog", _("When the worklog came."))] = None,
    documents: Annotated[Text, date_option("--documents", _("When the acceptance documents came."))] = None,
) -> None:
    from svcq.processes import handover_gate

    desk: Desk = ctx.obj
    days = given(
        {
            "application_on": maybe_day(desk, application, "--application"),
            "worklog_on": maybe_day(desk, worklog, "--worklog"),
            "documents_on": maybe_day(desk, documents, "--documents"),
        }
    )
    if not days:
        raise Usage("say what was handed in: --application, --worklog, --documents, each with its day")
    with desk.work() as work:
        changed = handover_gate.apply(work, number, days)
    already = _("that is recorded already: nothing to change")
    done(desk, changed, _("hand-over {number}: what was handed in is recorded"), already, number=number)


@app.command(
    cls=Writes,
    help=_("Decided whether the project can be handed over, confirmed with a regional or division manager."),
    epilog=example(
        "handover decide YJ-2026-012 --eligible --on 2026-09-10 --with 朱明远",
        "handover decide YJ-2026-012 --not-eligible --on 2026-09-10 --with 朱明远 --expected 2026-10-10 "
        "--reason '接口未联调'",
    ),
)
def decide(
    ctx: typer.Context,
    number: Number,
    on: On,
    with_: Annotated[
        str,
        typer.Option(
            "--with",
            metavar="NAME",
            help=_("The regional or division manager who confirmed it."),
            autocompletion=people,
        ),
    ],
    eligible: Annotated[bool, typer.Option("--eligible", help=_("It can be handed over."))] = False,
    not_eligible: Annotated[
        bool, typer.Option("--not-eligible", help=_("It cannot yet: needs --expected and --reason."))
    ] = False,
    expected: Annotated[Text, date_option("--expected", _("When it is expected to be eligible."))] = None,
    reason: Annotated[Text, text_option("--reason", _("Why, or what was agreed."))] = None,
    free_from: Annotated[
        Text, date_option("--free-from", _("First day of free maintenance; default: the acceptance."))
    ] = None,
    free_until: Annotated[
        Text, date_option("--free-until", _("Its last day; default: by the policy's months."))
    ] = None,
) -> None:
    from svcq.processes import handover_gate, handover_trail

    desk: Desk = ctx.obj
    if eligible == not_eligible:
        raise Usage("say either --eligible or --not-eligible")
    if eligible and expected is not None:
        raise Usage("--expected belongs to --not-eligible")
    if not_eligible and (free_from is not None or free_until is not None):
        raise Usage("--free-from and --free-until belong to --eligible")
    decision = handover_trail.Decision(
        on_day(desk, on),
        with_,
        eligible,
        maybe_day(desk, expected, "--expected"),
        reason,
        maybe_day(desk, free_from, "--free-from"),
        maybe_day(desk, free_until, "--free-until"),
    )
    with desk.work() as work:
        changed = handover_trail.decide(work, number, decision)
        standing = handover_gate.standing(work, number)
    already = _("that is recorded already: nothing to change")
    if not_eligible:
        sentence = _("hand-over {number}: not eligible, expected on {expected}")
        done(desk, changed, sentence, already, number=number, expected=decision.expected_on)
        return
    sentence = _("hand-over {number}: eligible; free maintenance {start} to {end}, contract {contract}")
    start, end = standing.free_from or "–", standing.free_until or "–"
    done(desk, changed, sentence, already, number=number, start=start, end=end, contract=standing.contract)
    if changed and standing.missing:
        _tell_missing(standing.missing)


def _tell_missing(keys: tuple[str, ...]) -> None:
    """What the registration of an eligible project still lacks."""
    from svcq.rules.handover import COMPLETE

    names = tuple(Phrase(COMPLETE[key]) for key in keys)
    warn(Phrase("the registration still lacks: {missing}", missing=names))


@app.command(
    "follow-up",
    cls=Writes,
    help=_("Asked how far a project is that is not eligible; --note says what was heard."),
    epilog=example("handover follow-up YJ-2026-012 --on today --expected +30d --note '接口下周联调'"),
)
def follow_up(
    ctx: typer.Context,
    number: Number,
    on: On,
    by: Annotated[
        Text, typer.Option("--by", metavar="NAME", help=_("Who asked; default: you."), autocompletion=people)
    ] = None,
    expected: Annotated[Text, date_option("--expected", _("When it is expected now; needs --note."))] = None,
) -> None:
    from svcq.processes import handover_trail

    desk: Desk = ctx.obj
    day, expected_on = on_day(desk, on), maybe_day(desk, expected, "--expected")
    note = desk.asked.values.get("note")
    if not note and expected_on is None:
        raise Usage("say what was heard: --note, with a new day --expected if there is one")
    with desk.work() as work:
        changed = handover_trail.follow_up(
            work, number, day, by or desk.actor, expected_on, str(note) if note else None
        )
    already = _("that is recorded already: nothing to change")
    done(desk, changed, _("hand-over {number}: follow-up of {on} recorded"), already, number=number, on=day)


@app.command(
    cls=Writes,
    help=_("The project is registered with complete information; what is missing is named."),
    epilog=example("handover register YJ-2026-012 --on today"),
)
def register(ctx: typer.Context, number: Number, on: On) -> None:
    from svcq.processes import handover_gate

    dated(ctx.obj, number, on, handover_gate.register, _("hand-over {number} registered on {on}"))


@app.command(
    cls=Writes,
    help=_("The service notice went to the hospital."),
    epilog=example("handover notice YJ-2026-012 --on 2026-09-14"),
)
def notice(ctx: typer.Context, number: Number, on: On) -> None:
    from svcq.processes import handover_gate

    dated(ctx.obj, number, on, handover_gate.notice, _("hand-over {number}: notice sent on {on}"))


@app.command(
    cls=Writes,
    help=_("The hospital confirmed that it has the service notice."),
    epilog=example("handover receipt YJ-2026-012 --on 2026-09-20"),
)
def receipt(ctx: typer.Context, number: Number, on: On) -> None:
    from svcq.processes import handover_gate

    dated(ctx.obj, number, on, handover_gate.receipt, _("hand-over {number}: receipt confirmed on {on}"))


@app.command(
    cls=Writes,
    help=_("Strike out a mistaken record: its obligations end, it stays visible with the reason."),
    epilog=example("handover void YJ-2026-012 --reason '重复登记'"),
)
def void(ctx: typer.Context, number: Number, reason: Reason) -> None:
    from svcq.processes import handover

    desk: Desk = ctx.obj
    with desk.work() as work:
        changed, left = handover.void(work, number, reason)
    done(desk, changed, _("hand-over {number} is void"), number=number)
    if left and left.void:
        warn(Phrase("its row in the tracking table, {contract}, is void with it", contract=left.number))
    elif left:
        warn(
            Phrase(
                "contract {contract} in the tracking table has its own history and stays",
                contract=left.number,
            )
        )
