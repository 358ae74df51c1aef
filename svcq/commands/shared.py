"""The small steps that commands share: options as dates, the look of a listing, the sentence after a write."""

import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from svcq.commands import dates
from svcq.desk import Desk
from svcq.errors import NotFound, Phrase, SvcqError, Usage
from svcq.locale import _, say
from svcq.output.shape import Look, Row

if TYPE_CHECKING:
    from svcq.output.shape import Listing
    from svcq.processes.work import Work
    from svcq.store.read import Reader


def on_day(desk: Desk, text: str, option: str = "--on") -> date:
    """The day an option names."""
    return dates.day(text, desk.today, option)


def maybe_day(desk: Desk, text: str | None, option: str) -> date | None:
    """The day an option names, None if it was not given."""
    return None if text is None else dates.day(text, desk.today, option)


def words(text: str | None) -> str | None:
    """A text with something in it, else None."""
    return (text or "").strip() or None


def as_of(desk: Desk) -> date:
    """The day that a listing is about."""
    said = desk.asked.values.get("as_of")
    return desk.today if said is None else dates.day(str(said), desk.today, "--as-of")


def since(day: object) -> object:
    """From when something holds; None since ever."""
    return None if day == date.min else day


def look(desk: Desk) -> Look:
    """How the user asked to see a listing."""
    asked = desk.asked.values
    columns = tuple(key.strip() for key in str(asked.get("columns") or "").split(",") if key.strip())
    return Look(asked.get("format"), asked.get("output"), columns, limit(desk))  # type: ignore[arg-type]


def can_be_shown(desk: Desk, listing: "Listing") -> str:
    """The format that a listing will have; Usage if that, its columns or limit cannot be, before anything is done."""
    from svcq.output.choose import Limited, columns_of, format_of

    asked = look(desk)
    form = format_of(asked, sys.stdout)
    columns_of(listing, asked.columns, form)
    Limited((), asked.limit)
    return form


def limit(desk: Desk) -> int | None:
    """The rows that --limit allows."""
    said = desk.asked.values.get("limit")
    if said is None:
        return None
    if not str(said).isdecimal() or len(str(said)) > 9:
        raise Usage("--limit: {text} is no number of rows", text=repr(said))
    return int(str(said))


def filters(desk: Desk, reader: "Reader", **more: object) -> dict[str, object]:
    """The filters given on the command line; NotFound for a customer, person or region that does not exist."""
    chosen: dict[str, object] = {}
    for option, view in (("customer", "v_customer"), ("person", "v_staff")):
        if (name := desk.asked.values.get(option)) is not None:
            chosen[option] = _named(reader, view, str(name)) if not reader.missing else name
    if (region := desk.asked.values.get("region")) is not None:
        chosen["region"] = region
    return {**chosen, **{key: value for key, value in more.items() if value is not None}}


def _named(reader: "Reader", view: str, name: str) -> object:
    """The name as the store has it; a customer may be named by its code."""
    from svcq.rules.matching import name_key, near

    code = " or code = :name" if view == "v_customer" else ""
    found = reader.one(
        f"select name from {view} where name_key = :key{code}", {"key": name_key(name), "name": name}
    )
    if found:
        return found["name"]
    close = near(name, [str(row["name"]) for row in reader.rows(f"select name from {view}")])
    hint = Phrase("; did you mean {names}?", names=", ".join(close)) if close else ""
    if view == "v_customer":
        raise NotFound("customer {name} is not known{near}", name=name, near=hint)
    raise NotFound("{name} is not among the staff{near}", name=name, near=hint)


def listed(
    desk: Desk,
    reader: "Reader",
    listing: "Listing",
    rows: Iterable[Row],
    *,
    empty: str,
    summary: Callable[[list[Row]], str] | None = None,
) -> None:
    """Print a listing, its summary line under a table, and end with 10 if --exit-code was given and there is any.

    `empty`: the translated sentence for no rows; of a store that is not there yet it says where it would be.
    """
    from svcq.output.emit import emit

    if reader.missing:
        empty = _("there is no store at {path} yet: `svcq import FILE` or any `add` makes it").format(
            path=reader.path
        )
    kept: Iterable[Row] = iter(rows)
    total = ""
    if summary is not None and limit(desk) is None:  # a sum over the rows shown alone would mislead
        kept = list(kept)
        total = summary(kept) if kept else ""
    count = emit(listing, kept, look(desk), summary=total, empty=empty)
    if count and desk.asked.values.get("exit_code"):
        raise typer.Exit(10)


def done(desk: Desk, changed: bool, sentence: str, already: str = "", **values: object) -> None:
    """Say on stderr what was written, or that it was so already; both templates are translated."""
    from svcq.output.terminal import talk

    text = (sentence if changed else already or _("nothing to change")).format(**values)
    talk(_("{what} (dry run: nothing was written)").format(what=text) if desk.dry_run and changed else text)


def dated(desk: Desk, number: str, on: str, act: "Callable[[Work, str, date], bool]", sentence: str) -> None:
    """Record that something was done to a record on a day, and say so; `sentence` is translated, with number and on."""
    day = on_day(desk, on)
    with desk.work() as work:
        changed = act(work, number, day)
    done(desk, changed, sentence, _("that is recorded already: nothing to change"), number=number, on=day)


def forced(desk: Desk, force: bool, reason: str | None) -> bool:
    """Whether to do what the process forbids; the reason is kept with the change. Usage without a reason."""
    if force and not (reason or "").strip():
        raise Usage("--force: say why with --reason")
    if reason is not None:
        desk.asked.values["note"] = reason
    return force


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """The options that were given."""
    return {key: value for key, value in values.items() if value is not None}


def warn(phrase: Phrase) -> None:
    """A warning on stderr."""
    from svcq.output.terminal import talk

    talk(_("note: {what}").format(what=say(phrase)))


def provisional(rows: Iterable[Row], key: str) -> None:
    """Say once which years' due dates are provisional, if any of the rows is."""
    days = (row[key] for row in rows if row.get("provisional"))
    doubt(day.year for day in days if isinstance(day, date))


def doubt(years: Iterable[int]) -> None:
    """Say once which years' official days off are not published yet, if there are any."""
    named = sorted(set(years))
    if named:
        warn(
            Phrase(
                "due dates in {years} are provisional: the official days off of that year are not published yet",
                years=", ".join(map(str, named)),
            )
        )


def fen(text: str, option: str = "--amount") -> int:
    """An amount typed in CNY, in fen; Usage naming the option if it is none."""
    from svcq.sheets.amounts import money

    try:
        return money(text)
    except SvcqError as error:
        raise Usage("{option}: {why}", option=option, why=error) from error
