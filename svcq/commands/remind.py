"""Reminders: what is to go out or went out, the call list, sending, and ticking off."""

from typing import Annotated

import typer

from svcq.commands.complete import numbers
from svcq.commands.kit import Lists, Writes, date_option, example, group
from svcq.commands.shared import as_of, done, filters, limit, listed, maybe_day, on_day
from svcq.desk import Desk
from svcq.errors import Usage
from svcq.locale import _, ngettext
from svcq.output.shape import Row

app = group(_("Reminders: the outbox, the call list, sending, ticking off."))
Text = str | None


@app.command(
    "list",
    cls=Lists,
    help=_(
        "Every reminder, the newest day first: by mail, the calls to make, and what went to the chat group."
    ),
    epilog=example(
        "remind list --state failed",
        "remind list --channel phone --state to_call -o calls.xlsx",
    ),
)
def list_(
    ctx: typer.Context,
    channel: Annotated[
        Text, typer.Option("--channel", metavar="email|phone|chat", help=_("Only this way."))
    ] = None,
    state: Annotated[
        Text,
        typer.Option(
            "--state", metavar="to_send|sent|failed|to_call|called|dropped", help=_("Only this state.")
        ),
    ] = None,
    number: Annotated[
        Text, typer.Option("--number", metavar="NUMBER", help=_("Only this record."), autocompletion=numbers)
    ] = None,
) -> None:
    from svcq.commands.remind_columns import CHANNELS, REMINDERS, STATES
    from svcq.store.read_remind import reminders

    desk: Desk = ctx.obj
    for option, said, known in (("--channel", channel, CHANNELS), ("--state", state, STATES)):
        if said is not None and said not in known:
            raise Usage(
                "{option}: {text} is none of {known}", option=option, text=repr(said), known=", ".join(known)
            )
    most = limit(desk)
    with desk.read() as reader:
        chosen = filters(desk, reader, channel=channel, state=state, number=number)
        rows = list(reminders(reader, as_of(desk), chosen, None if most is None else most + 1))
        listed(desk, reader, REMINDERS, rows, empty=_("no reminders"), summary=_total)


def _total(rows: list[Row]) -> str:
    calls = sum(1 for row in rows if row["state"] == "to_call")
    count = ngettext("{count} reminder", "{count} reminders", len(rows)).format(count=len(rows))
    return _("{count}, {calls} calls to make").format(count=count, calls=calls) if calls else count


@app.command(
    cls=Writes,
    help=_("Queue what is to be told today and send it; --dry-run prints exactly what would go where."),
    epilog=example("remind send --dry-run", "remind send"),
)
def send(ctx: typer.Context) -> None:
    from svcq.commands.remind_digest import print_digest
    from svcq.commands.remind_run import Ways, complain, rehearsal, run, undelivered, with_reasons
    from svcq.output.terminal import talk
    from svcq.processes.remind import queue

    desk: Desk = ctx.obj
    if desk.dry_run:
        with rehearsal(desk) as copy:
            ran = run(copy, Ways(), queue, rehearse=True)
            print_digest(copy, ran, (), with_reasons(undelivered(copy)), rehearsed=True)
    else:
        ways = Ways()
        ran = run(desk, ways, queue)
        open_ = undelivered(desk)
        print_digest(desk, ran, (), with_reasons(open_))
        complain(open_, ways)
    if ran.queued.rest:
        talk(_("{day} is a day off: nothing goes out").format(day=desk.today))
    elif not ran.parcels:
        talk(_("nothing to send"))


@app.command(
    cls=Writes,
    help=_("Tick off a call that was made, or somebody who was told by other means than svcq's mail."),
    epilog=example(
        "remind log contract.remind HT-2026-031 --on today",
        "remind log issue.close WT-2026-007 --on 2026-11-20",
    ),
)
def log(
    ctx: typer.Context,
    rule: Annotated[str, typer.Argument(metavar="RULE", help=_("The rule, e.g. contract.return."))],
    number: Annotated[str, typer.Argument(metavar="NUMBER", help=_("The record."), autocompletion=numbers)],
    on: Annotated[str, typer.Option("--on", metavar="DATE", help=_("The day it happened."))],
    channel: Annotated[
        Text,
        typer.Option(
            "--channel",
            metavar="email|phone",
            help=_("How; default: by phone where a call is asked for, else email."),
        ),
    ] = None,
    starts: Annotated[
        Text, date_option("--starts", _("Which one, where the rule holds more than once."))
    ] = None,
) -> None:
    from svcq.processes import remind_log

    desk: Desk = ctx.obj
    if channel is not None and channel not in remind_log.CHANNELS:
        raise Usage("--channel: {text} is neither email nor phone", text=repr(channel))
    day = on_day(desk, on)
    with desk.work() as work:
        found = remind_log.log(work, rule, number.strip(), day, channel, maybe_day(desk, starts, "--starts"))
    done(
        desk,
        found.changed,
        _("{rule} of {number}: told on {on}"),
        _("that is recorded already: nothing to change"),
        rule=rule,
        number=found.number,
        on=day,
    )
