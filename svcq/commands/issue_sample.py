"""三.3: samples of work and leave records for the spot check on the command line."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from svcq.commands import dates
from svcq.commands.check_columns import SPOT_FINDINGS
from svcq.commands.complete import people
from svcq.commands.kit import WritesOrPrints, example
from svcq.commands.shared import can_be_shown, done, listed, look, warn
from svcq.desk import Desk
from svcq.errors import N_, Phrase, Refused, Usage
from svcq.locale import _, ngettext
from svcq.output.shape import Row

if TYPE_CHECKING:
    from svcq.processes.issue_sample import Sample

samples = typer.Typer()
"""Commands that the issue group takes over."""
Text = str | None
LARGEST = 999_999_999
"""A seed has nine digits at most."""
MOST = 1000
"""Records of a kind that can be drawn of one person."""
SHORT = {
    "work": N_("fewer than {size} work records: {people}"),
    "leave": N_("fewer than {size} leave records: {people}"),
}


@samples.command(
    cls=WritesOrPrints,
    help=_(
        "Draw work and leave records for a month's spot check, so many of each engineer, by chance; once drawn"
        " they are shown."
    ),
    epilog=example(
        "issue sample",
        "issue sample 2026-11 --seed 7 --dry-run",
        "issue sample 2026-11 --person 李伟 --again",
    ),
)
def sample(
    ctx: typer.Context,
    month: Annotated[
        Text, typer.Argument(metavar="MONTH", help=_("Whose spot check it is; default: this month."))
    ] = None,
    seed: Annotated[
        Text, typer.Option("--seed", metavar="N", help=_("Which chance; default: the month's own."))
    ] = None,
    size: Annotated[
        Text,
        typer.Option("--size", metavar="N", help=_("So many of each at most; default: the policy's number.")),
    ] = None,
    person: Annotated[
        Text,
        typer.Option("--person", metavar="NAME", help=_("Only of this person."), autocompletion=people),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help=_("Draw another one, from what came since the last."))
    ] = False,
    undo: Annotated[
        bool, typer.Option("--undo", help=_("Take the last one back, as long as nothing was found."))
    ] = False,
) -> None:
    desk: Desk = ctx.obj
    name, first, _last = dates.month(month or f"{desk.today:%Y-%m}", "MONTH")
    if first > desk.today:
        raise Usage("{month} has not begun", month=name)
    chance, most = _number(seed, "--seed", 0, LARGEST), _number(size, "--size", 1, MOST)
    can_be_shown(desk, SPOT_FINDINGS)
    if undo:
        _take_back(desk, name, person)
    elif again or not _shown(desk, name, chance, person):
        _draw(desk, name, chance, most, person, again)


def _number(text: Text, option: str, least: int, most: int) -> int | None:
    """The number an option gives, None if it was not given; Usage if it is none or out of bounds."""
    if text is None:
        return None
    if not text.isascii() or not text.isdecimal() or len(text) > 9 or not least <= int(text) <= most:
        raise Usage(
            "{option}: {text} is no number from {least} to {most}",
            option=option,
            text=repr(text),
            least=least,
            most=most,
        )
    return int(text)


def _take_back(desk: Desk, month: str, person: Text) -> None:
    from svcq.processes import issue_sample

    with desk.work() as work:
        changed = issue_sample.take_back(work, month, person)
    done(
        desk,
        changed,
        _("the sample of {month} is taken back"),
        _("{month} has no sample: nothing to change"),
        month=month,
    )


def _shown(desk: Desk, month: str, seed: int | None, person: Text) -> bool:
    """Print what was drawn for the month; False if that is still to be done. Refused for another seed."""
    from svcq.commands.shared import filters
    from svcq.output.terminal import talk
    from svcq.store.read_check import findings
    from svcq.store.read_check import samples as found

    desk.asked.values["person"] = person
    with desk.read() as reader:
        chosen = filters(desk, reader, month=month)
        known = found(reader, desk.today, month)
        theirs = [one for one in known if one["person"] in (None, chosen.get("person"))]
        if not theirs:
            return False
        if seed is not None and seed not in [one["seed"] for one in theirs]:
            raise Refused(
                "{month} was drawn with the seed {seed} already: --again draws another sample",
                clause="三.3",
                month=month,
                seed=theirs[-1]["seed"],
            )
        for one in known if person is None else theirs:
            sentence = (
                _("sample of {month}, drawn on {on}: seed {seed}, {days}")
                if one["person"] is None
                else _("sample of {month}, drawn on {on} of {person} alone: seed {seed}, {days}")
            )
            days = _days(one["window_from"], one["window_until"])
            told = {"month": month, "on": one["drawn_on"], "seed": one["seed"], "person": one["person"]}
            talk(sentence.format(days=days, **told))
        rows = list(findings(reader, desk.today, filters=chosen))
        listed(desk, reader, SPOT_FINDINGS, rows, empty=_("nothing was drawn"), summary=_total)
    return True


def _draw(desk: Desk, month: str, seed: int | None, size: int | None, person: Text, again: bool) -> None:
    """Draw a sample, say what could not be filled, and print it; nothing is drawn if a file cannot be written."""
    from svcq.output.choose import file_of
    from svcq.output.emit import emit
    from svcq.processes import issue_sample

    asked = look(desk)
    to_file = file_of(asked) is not None or asked.format == "xlsx"
    rows: list[Row] = []

    def show() -> None:
        emit(SPOT_FINDINGS, rows, asked, summary="" if asked.limit is not None else _total(rows))

    with desk.work() as work:
        drawn = issue_sample.draw(work, month, seed=seed, size=size, person=person, again=again)
        if drawn is not None:
            rows = [{"month": month, **asdict(row)} for row in drawn.rows]
            if to_file:
                show()
    if drawn is None:  # somebody else drew it a moment ago
        _shown(desk, month, seed, person)
        return
    window, told = drawn.window, _("sample of {month}: seed {seed}, {days}")
    if window.is_empty:
        told = _("nothing to draw: earlier samples cover everything up to {until}")
    elif not rows:
        told = _("nothing to draw: there are no {days}")
    days = _days(window.first, window.last)
    done(desk, bool(rows), told, told, month=month, seed=drawn.seed, days=days, until=window.last)
    if rows:
        _tell_short(drawn)
    if not to_file:
        show()
    if rows and desk.asked.values.get("exit_code"):
        raise typer.Exit(10)


def _days(first: object, last: object) -> str:
    """Records of which days, in words."""
    if first is None:
        return _("records up to {until}").format(until=last)
    return _("records from {from_on} to {until}").format(from_on=first, until=last)


def _tell_short(drawn: "Sample") -> None:
    """Say whose records were fewer than wanted, and which nobody answers for."""
    for record, sentence in SHORT.items():
        few = [f"{one.person} {one.drawn}" for one in drawn.short if one.record == record]
        if few:
            warn(Phrase(sentence, size=drawn.size, people=", ".join(few)))
    if drawn.nobodys:
        text = ngettext(
            "{count} work record names nobody and cannot be drawn",
            "{count} work records name nobody and cannot be drawn",
            drawn.nobodys,
        )
        from svcq.output.terminal import talk

        talk(_("note: {what}").format(what=text.format(count=drawn.nobodys)))


def _total(rows: Sequence[Row]) -> str:
    count = ngettext("{count} record", "{count} records", len(rows)).format(count=len(rows))
    return _("{count} of {people} people, {away} on a day of leave").format(
        count=count,
        people=len({row["person"] for row in rows}),
        away=sum(1 for row in rows if row["on_leave"]),
    )
