"""三.3: what a spot check found on the command line: of records that were drawn, and of those that are missing."""

from typing import Annotated

import typer

from svcq.commands import dates
from svcq.commands.check_columns import FINDINGS, FOUND, RECORDS, SPOT_FINDINGS
from svcq.commands.complete import findings as complete
from svcq.commands.kit import WritesOrLists, date_option, example, text_option
from svcq.commands.shared import as_of, done, filters, listed, maybe_day, on_day
from svcq.desk import Desk
from svcq.errors import Usage
from svcq.locale import _, ngettext
from svcq.output.shape import Row

judgements = typer.Typer()
"""Commands that the issue group takes over."""
Text = str | None
Reason = Annotated[Text, text_option("--reason", _("Why something recorded is changed; kept in the log."))]


@judgements.command(
    cls=WritesOrLists,
    help=_("What a record of the spot check turned out to be; without a number: what was found of whom."),
    epilog=example(
        "issue finding 2026-11-007 confirmed",
        "issue finding 2026-11-008 wrong --note 当天在外地",
        "issue finding --person 李伟 --missing-on 2026-10-21 --customer 江州市中心医院 --note 现场服务未登记",
        "issue finding --month 2026-11 --counts",
    ),
)
def finding(
    ctx: typer.Context,
    number: Annotated[
        Text,
        typer.Argument(
            metavar="NUMBER", help=_("Of the record; default: list the findings."), autocompletion=complete
        ),
    ] = None,
    found: Annotated[
        Text, typer.Argument(metavar="|".join(FINDINGS), help=_("What it turned out to be."))
    ] = None,
    on: Annotated[Text, date_option("--on", _("The day it was found; default: today."))] = None,
    missing_on: Annotated[
        Text, date_option("--missing-on", _("A record of this day is missing; needs --person and --note."))
    ] = None,
    record: Annotated[
        Text, typer.Option("--record", metavar="|".join(RECORDS), help=_("What is missing; default: work."))
    ] = None,
    reason: Reason = None,
    month: Annotated[
        Text, typer.Option("--month", metavar="MONTH", help=_("Only the spot check of this month."))
    ] = None,
    counts: Annotated[
        bool, typer.Option("--counts", help=_("Per person, with what is not looked into yet."))
    ] = False,
) -> None:
    desk: Desk = ctx.obj
    if number is not None:
        if missing_on is not None:
            raise Usage("--missing-on is about a record that has no number")
        _judge(desk, number, found, on, reason)
    elif missing_on is not None:
        _miss(desk, missing_on, record or "work", on)
    elif on is not None or record is not None or reason is not None:
        raise Usage("say which record: a number, or --missing-on")
    else:
        _list_found(desk, dates.month(month, "--month")[0] if month else None, counts)


def _judge(desk: Desk, number: str, found: Text, on: Text, reason: Text) -> None:
    from svcq.processes import issue_finding

    if found is None:
        raise Usage("say what {number} turned out to be: {known}", number=number, known=", ".join(FINDINGS))
    day, note = maybe_day(desk, on, "--on"), desk.asked.values.get("note")
    if reason is not None:
        desk.asked.values["note"] = reason
    said = str(note) if note else None
    with desk.work() as work:
        changed = issue_finding.judge(work, number, found, day, said, mend=reason is not None)
    done(
        desk,
        changed,
        _("{number}: {finding}"),
        _("that is recorded already: nothing to change"),
        number=number,
        finding=_(FINDINGS[found]),
    )


def _miss(desk: Desk, missing_on: str, record: str, on: Text) -> None:
    from svcq.processes import issue_finding

    asked = desk.asked.values
    if asked.get("person") is None:
        raise Usage("the option {option} is missing", option="--person")
    if not str(asked.get("note") or "").strip():
        raise Usage("--note: say what is missing")
    customer = asked.get("customer")
    missing, day = on_day(desk, missing_on, "--missing-on"), maybe_day(desk, on, "--on")
    with desk.work() as work:
        row = issue_finding.miss(
            work,
            str(asked["person"]),
            missing,
            str(asked["note"]).strip(),
            customer=str(customer) if customer is not None else None,
            record=record,
            on=day,
        )
        number = row.number if row else ""
    done(
        desk,
        row is not None,
        _("{number}: a record of {person} of {on} is missing"),
        _("that is recorded already: nothing to change"),
        number=number,
        person=asked["person"],
        on=missing,
    )


def _list_found(desk: Desk, month: str | None, per_person: bool) -> None:
    """Print what was found, or per person how often what."""
    from svcq.store.read_check import counts, findings

    t = as_of(desk)
    with desk.read() as reader:
        chosen = filters(desk, reader, month=month)
        found = list(findings(reader, t, which="found", filters=chosen))
        if not per_person:
            listed(desk, reader, SPOT_FINDINGS, found, empty=_("nothing was found yet"), summary=_per_person)
            return
        drawn = findings(reader, t, filters=chosen)
        rows = counts([*(one for one in drawn if one["finding"] is None), *found])
        listed(desk, reader, FOUND, rows, empty=_("nothing was drawn"))


def _per_person(rows: list[Row]) -> str:
    """How often what was found of whom, on one line."""
    from svcq.store.read_check import counts

    people = []
    for line in counts(rows):
        words = [f"{_(word)} {line[key]}" for key, word in FINDINGS.items() if line[key]]
        people.append(f"{line['person']} {', '.join(words)}")
    count = ngettext("{count} record", "{count} records", len(rows)).format(count=len(rows))
    return " · ".join([count, *people])
