"""五.3: which hospitals owe a migration in a year, and what the December check finds missing."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from svcq.commands.columns import OBLIGATION_STATES
from svcq.commands.complete import people
from svcq.commands.kit import Lists, WritesOrLists, date_option, example, text_option
from svcq.commands.migrate_columns import DUE, LACKING
from svcq.commands.shared import as_of, done, filters, listed, on_day, warn
from svcq.desk import Desk
from svcq.errors import Counted, Phrase, Usage
from svcq.locale import _, ngettext
from svcq.output.shape import Row

if TYPE_CHECKING:
    from svcq.rules.periods import Span
    from svcq.store.read import Reader

Text = str | None
yearly = typer.Typer()
"""Commands that the group of migrations takes over."""
Year = Annotated[Text, typer.Argument(metavar="YEAR", help=_("Which year; default: this one."))]


def _year(text: Text, day: date) -> "Span":
    """The year that is named, else that of a day; Usage for what is none."""
    from svcq.rules.periods import year_named, year_of

    if text is None:
        return year_of(day)
    found = year_named(text.strip())
    if found is None:
        raise Usage("{text} is no year; write it as 2026", text=repr(text))
    return found


@yearly.command(
    cls=Lists,
    help=_("The hospitals that owe a migration in a year: since when, and whether it was done."),
    epilog=example("migrate due", "migrate due 2027 --region 华东 -f xlsx -o 迁移计划.xlsx"),
)
def due(ctx: typer.Context, year: Year = None) -> None:
    from svcq.processes.migrate_year import owing

    desk: Desk = ctx.obj
    t = as_of(desk)
    span = _year(year, t)
    with desk.read() as reader:
        rows = owing(reader, t, span, filters(desk, reader))
        empty = _("no hospital owes a migration in {year}").format(year=span.name)
        listed(desk, reader, DUE, rows, empty=empty, summary=_done)


def _done(rows: list[Row]) -> str:
    met = sum(row["migrated_on"] is not None for row in rows)
    return f"{_count(len(rows))} · " + _("{count} migrated").format(count=met)


def _count(count: int) -> str:
    return ngettext("{count} hospital", "{count} hospitals", count).format(count=count)


@yearly.command(
    cls=WritesOrLists,
    help=_("The December check: what is missing at which hospital; --record keeps that it was held."),
    epilog=example(
        "migrate check 2026",
        "migrate check 2026 -f xlsx -o 迁移抽查.xlsx",
        "migrate check 2026 --record --on 2026-12-15 --by 周静 --note '三家医院未迁移'",
    ),
)
def check(
    ctx: typer.Context,
    year: Year = None,
    record: Annotated[bool, typer.Option("--record", help=_("Record that the check was held."))] = False,
    on: Annotated[
        Text, date_option("--on", _("When it was held; default: today. `none` takes it back, with --reason."))
    ] = None,
    by: Annotated[
        Text,
        typer.Option("--by", metavar="NAME", help=_("Who held it; default: you."), autocompletion=people),
    ] = None,
    reason: Annotated[Text, text_option("--reason", _("Why what was recorded is changed."))] = None,
) -> None:
    desk: Desk = ctx.obj
    if record:
        _record(desk, year, on, by, reason)
    elif on is not None or by is not None or reason is not None:
        raise Usage("--on, --by and --reason belong to --record")
    else:
        _list(desk, _year(year, as_of(desk)))


def _record(desk: Desk, year: Text, on: Text, by: Text, reason: Text) -> None:
    from svcq.processes import migrate
    from svcq.processes.migrate_year import checked

    asked = desk.asked.values
    if any(asked.get(option) is not None for option in ("person", "customer", "region")):
        raise Usage("--record is about the whole year: leave out --person, --customer and --region")
    note = asked.get("note")
    if reason is not None:
        asked["note"] = reason
    if on == "none":
        _take_back(desk, _year(year, desk.today), reason)
        return
    day = on_day(desk, on) if on is not None else desk.today
    span = _year(year, day)
    with desk.work() as work:
        told = str(note) if note else None
        made = migrate.check(work, span, day, by, told, mend=reason is not None)
    sentence = _("the migrations of {year} were checked on {on}")
    already = _("that is recorded already: nothing to change")
    done(desk, made.changed, sentence, already, year=span.name, on=day)
    if made.changed and made.counts_on < day:
        _tell_first(span, made.counts_on)
    if made.changed and day < made.starts_on:
        warn(Phrase("the check of {year} is held from {start} on", year=span.name, start=made.starts_on))
    with desk.read() as reader:
        lacking = sum(bool(row["missing"]) for row in checked(reader, desk.today, span, {}))
    if lacking:
        at = Counted("{count} hospital", "{count} hospitals", count=lacking)
        warn(
            Phrase(
                "still missing something: {hospitals}; `svcq migrate check {year}` names them",
                hospitals=at,
                year=span.name,
            )
        )


def _tell_first(span: "Span", on: date) -> None:
    warn(Phrase("the first check of {year} counts: that of {on}", year=span.name, on=on))


def _take_back(desk: Desk, span: "Span", reason: Text) -> None:
    from svcq.processes import migrate

    if reason is None:
        raise Usage("--on none: say why with --reason")
    with desk.work() as work:
        changed = migrate.uncheck(work, span)
        other = migrate.counting(work, span)
    done(desk, changed, _("the check of {year} is taken back"), year=span.name)
    if other:
        _tell_first(span, other)


def _list(desk: Desk, span: "Span") -> None:
    """Print what is missing in a year, and say whether its check was recorded."""
    from svcq.processes.migrate_year import checked

    t = as_of(desk)
    with desk.read() as reader:
        if not reader.missing:
            _tell_held(reader, span, t)
        rows = checked(reader, t, span, filters(desk, reader))
        empty = _("no hospital owes a migration in {year}").format(year=span.name)
        listed(desk, reader, LACKING, rows, empty=empty, summary=_lacking)


def _lacking(rows: list[Row]) -> str:
    lacking = sum(bool(row["missing"]) for row in rows)
    return f"{_count(len(rows))} · " + _("{count} with something missing").format(count=lacking)


def _tell_held(reader: "Reader", span: "Span", t: date) -> None:
    """Say whether the year's check was recorded; if not, until when it is due."""
    from svcq.output.terminal import talk
    from svcq.store.read_ledger import obligations
    from svcq.store.read_migrate import checks

    held = checks(reader, t, span.name)
    if held:
        told = _("December check of {year}: recorded on {on} by {who}")
        talk(told.format(year=span.name, on=held[0]["checked_on"], who=held[0]["by_name"] or "–"))
        return
    owed = obligations(reader, t, states=None, filters={"rule": "migrate.check", "number": span.name})
    one = next(owed, None)
    if one is None:
        talk(_("December check of {year}: not recorded").format(year=span.name))
    else:
        told = _("December check of {year}: {state}, due {due}")
        state = _(OBLIGATION_STATES[str(one["state"])])
        talk(told.format(year=span.name, state=state, due=one["due_on"]))
