"""Working days on the command line: due dates, counting, and the company's own days off and on."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from svcq.commands.calendar_words import CHECKED, COUNTED, DAYS, DUE, OWN, why
from svcq.commands.kit import Answers, Prints, WritesOrPrints, example, group
from svcq.commands.shared import done, doubt, listed, look, on_day
from svcq.desk import Desk
from svcq.errors import Usage
from svcq.locale import _, language
from svcq.output.shape import Row

if TYPE_CHECKING:
    from svcq.rules.workdays import Calendar

app = group(_("Working days: due dates, counting, the company's own days."))

Country = Annotated[
    str | None,
    typer.Option("--country", metavar="CODE|none", help=_("Default: the policy's; none: Monday to Friday.")),
]
Off = Annotated[
    list[str] | None, typer.Option("--off", metavar="DATE", help=_("A day off besides; repeatable."))
]
On = Annotated[
    list[str] | None, typer.Option("--on", metavar="DATE", help=_("A working day besides; repeatable."))
]
Day = Annotated[str, typer.Argument(metavar="DATE", help=_("The day."))]


def _calendar(
    desk: Desk, country: str | None, off: Iterable[str] | None, on: Iterable[str] | None
) -> "Calendar":
    """The country's working days, the company's own (not for another country), and the days given."""
    from svcq.processes.explain import terms
    from svcq.rules.workdays import Calendar

    with desk.read() as reader:
        known = terms(reader)
    base = known.calendar(desk.today)
    more_off = {on_day(desk, text, "--off") for text in off or ()}
    more_on = {on_day(desk, text, "--on") for text in on or ()}
    if country is not None:
        return Calendar(country, frozenset(more_off), frozenset(more_on))
    both = more_off & more_on
    if both:
        raise Usage("{day}: given both as a day off and as a working day", day=min(both))
    return Calendar(base.country, (base.off - more_on) | more_off, (base.on - more_off) | more_on)


def _number(text: str | None, option: str) -> int | None:
    if text is None:
        return None
    try:
        return int(text)
    except ValueError:
        raise Usage("{option}: {text} is no whole number", option=option, text=repr(text)) from None


@app.command(
    cls=Answers,
    help=_("The day a period ends, and with --explain day by day why."),
    epilog=example("calendar due 2026-09-28 --workdays 5 --explain", "calendar due 2026-01-31 --months 1"),
)
def due(
    ctx: typer.Context,
    start: Annotated[str, typer.Argument(metavar="START", help=_("The day it starts; not counted."))],
    workdays: Annotated[str | None, typer.Option("--workdays", metavar="N", help=_("Working days."))] = None,
    days: Annotated[str | None, typer.Option("--days", metavar="N", help=_("Calendar days."))] = None,
    months: Annotated[str | None, typer.Option("--months", metavar="N", help=_("Months."))] = None,
    roll: Annotated[
        bool, typer.Option("--roll/--no-roll", help=_("Ending on a day off, go on to the next working day."))
    ] = True,
    explain: Annotated[bool, typer.Option("--explain", help=_("Day by day."))] = False,
    country: Country = None,
    off: Off = None,
    on: On = None,
) -> None:
    from svcq.output.record import Section, emit_record
    from svcq.policy.model import Period
    from svcq.rules import deadlines

    desk: Desk = ctx.obj
    first = on_day(desk, start, "START")
    amounts = {
        "workdays": _number(workdays, "--workdays"),
        "days": _number(days, "--days"),
        "months": _number(months, "--months"),
    }
    said = [(unit, amount) for unit, amount in amounts.items() if amount is not None]
    if len(said) != 1:
        raise Usage("give one of --workdays, --days and --months")
    unit, amount = said[0]
    period = Period(amount, unit, roll)  # type: ignore[arg-type]
    calendar = _calendar(desk, country, off, on)
    found = deadlines.due(first, period, calendar)
    row: dict[str, object] = {
        "start": found.start,
        "amount": found.amount,
        "unit": found.unit,
        "rolled": found.rolled,
        "due": found.due,
        "provisional": found.provisional,
    }
    sections = []
    if explain:
        way = deadlines.explain(first, period, calendar, language())
        sections = [
            Section(
                "days", DAYS, [{"date": d.date, "counted": d.counted, "why": why(d.date, d.why)} for d in way]
            )
        ]
    emit_record(DUE, row, sections, look(desk))
    doubt(found.years)


@app.command(
    cls=Answers,
    help=_("The working days after A up to and including B."),
    epilog=example("calendar count 2026-09-28 2026-10-12"),
)
def count(
    ctx: typer.Context,
    a: Annotated[str, typer.Argument(metavar="A", help=_("After this day."))],
    b: Annotated[str, typer.Argument(metavar="B", help=_("Up to and including this day."))],
    country: Country = None,
    off: Off = None,
    on: On = None,
) -> None:
    from svcq.output.record import emit_record

    desk: Desk = ctx.obj
    first, last = on_day(desk, a, "A"), on_day(desk, b, "B")
    calendar = _calendar(desk, country, off, on)
    emit_record(COUNTED, {"from": first, "to": last, "workdays": calendar.count(first, last)}, [], look(desk))
    doubt(calendar.unpublished(min(first, last), max(first, last)))


@app.command(
    cls=Answers, help=_("Is it a working day, and why?"), epilog=example("calendar check 2026-10-10")
)
def check(ctx: typer.Context, day: Day, country: Country = None, off: Off = None, on: On = None) -> None:
    from svcq.output.record import emit_record

    desk: Desk = ctx.obj
    on_that = on_day(desk, day, "DATE")
    calendar = _calendar(desk, country, off, on)
    emit_record(CHECKED, _checked(calendar, on_that), [], look(desk))


def _checked(calendar: "Calendar", day: date) -> Row:
    return {
        "date": day,
        "workday": calendar.is_workday(day),
        "why": why(day, calendar.why(day, language())),
        "provisional": not calendar.published(day.year),
    }


@app.command(
    "list",
    cls=Prints,
    help=_("Every day from A to B, and whether it is worked."),
    epilog=example("calendar list 2026-09-25 2026-10-12"),
)
def list_(
    ctx: typer.Context,
    a: Annotated[str, typer.Argument(metavar="A", help=_("The first day."))],
    b: Annotated[str, typer.Argument(metavar="B", help=_("The last day."))],
    country: Country = None,
    off: Off = None,
    on: On = None,
) -> None:
    desk: Desk = ctx.obj
    first, last = on_day(desk, a, "A"), on_day(desk, b, "B")
    calendar = _calendar(desk, country, off, on)
    days = (date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1))
    with desk.read() as reader:
        rows = (_checked(calendar, day) for day in days)
        listed(desk, reader, CHECKED, rows, empty=_("B is before A: no days"))


def _declare(desk: Desk, days: list[str], working: bool | None, sentence: str) -> None:
    from svcq.output.terminal import progress
    from svcq.processes import terms

    chosen = [on_day(desk, text, "DATE") for text in days]
    note = desk.asked.values.get("note")
    with desk.work() as work, progress(None, _("computing obligations")) as step:
        changed = terms.company_days(work, chosen, working, str(note) if note else None, step)
    done(desk, bool(changed), sentence, days=", ".join(map(str, chosen)))


Days = Annotated[
    list[str] | None, typer.Argument(metavar="DATE…", help=_("The days; default: list those declared."))
]


@app.command(
    cls=WritesOrPrints,
    help=_("Days on which the company does not work."),
    epilog=example("calendar off 2026-12-31 --note 年会"),
)
def off(ctx: typer.Context, days: Days = None) -> None:
    if not days:
        _own(ctx.obj, working=False)
    else:
        _declare(ctx.obj, days, False, _("days off: {days}"))


@app.command(
    cls=WritesOrPrints,
    help=_("Days on which the company works though others do not."),
    epilog=example("calendar on 2027-01-02"),
)
def on(ctx: typer.Context, days: Days = None) -> None:
    if not days:
        _own(ctx.obj, working=True)
    else:
        _declare(ctx.obj, days, True, _("working days: {days}"))


@app.command(
    cls=WritesOrPrints,
    help=_("Take back what was declared of a day."),
    epilog=example("calendar forget 2026-12-31"),
)
def forget(
    ctx: typer.Context, days: Annotated[list[str], typer.Argument(metavar="DATE…", help=_("The days."))]
) -> None:
    _declare(ctx.obj, days, None, _("ordinary days again: {days}"))


def _own(desk: Desk, *, working: bool) -> None:
    sql = "select day_on, working, note from v_company_day where working = :working order by day_on"
    with desk.read() as reader:
        rows = [{**row, "date": row["day_on"]} for row in reader.rows(sql, {"working": working})]
        listed(desk, reader, OWN, rows, empty=_("the company has declared none"))
