"""What cron runs each morning: deadlines laid down ahead, reminders sent, and a digest if there is anything to say."""

from datetime import date
from typing import TYPE_CHECKING

import typer

from svcq.commands.kit import Writes, example, single
from svcq.desk import Desk
from svcq.locale import _

if TYPE_CHECKING:
    from svcq.processes.remind import Queued
    from svcq.processes.work import Work

app = single()


@app.command(
    cls=Writes,
    help=_(
        "The morning's work: lay down the deadlines of the year ahead, send reminders, and print a digest if there is"
        " anything to say. Safe to run twice, twice at once, and to miss days. Exit 6: something was not delivered."
    ),
    epilog=example("daily", "daily --dry-run"),
)
def daily(ctx: typer.Context) -> None:
    from svcq.commands.remind_digest import print_digest
    from svcq.commands.remind_run import Ways, complain, rehearsal, run, undelivered, with_reasons
    from svcq.processes import daily as process
    from svcq.store.read_remind import newly_overdue

    desk: Desk = ctx.obj
    since: list[date] = []

    def prepare(work: "Work", domain: str) -> "Queued":
        since.append(process.told_until(work))
        return process.prepare(work, domain)

    if desk.dry_run:
        with rehearsal(desk) as copy:
            ran = run(copy, Ways(), prepare, rehearse=True)
            with copy.read() as reader:
                late = newly_overdue(reader, since[0], desk.today)
            print_digest(copy, ran, late, with_reasons(undelivered(copy)), rehearsed=True)
        return
    ways = Ways()
    ran = run(desk, ways, prepare)
    with desk.read() as reader:
        late = newly_overdue(reader, since[0], desk.today)
    open_ = undelivered(desk)
    print_digest(desk, ran, late, with_reasons(open_))
    with desk.work() as work:
        process.tell(work)
    complain(open_, ways)
