"""七: quarters and years as people type them on a command line, and whose scores a listing is about."""

import re
from copy import copy
from typing import TYPE_CHECKING, Annotated, Any

import typer

from svcq.commands.kit import Command
from svcq.commands.params import listing_params
from svcq.commands.shared import filters
from svcq.desk import Desk
from svcq.errors import NotFound, Phrase, Usage
from svcq.locale import _
from svcq.rules.periods import Span, quarter_named, year_named

if TYPE_CHECKING:
    from svcq.store.read import Reader

QUARTER = re.compile(r"([0-9]{4})(?:[ -]?[Qq]([1-4])|年?第?([1-4一二三四])季度?)")
NUMERALS = {"一": "1", "二": "2", "三": "3", "四": "4"}


def quarter(text: str, option: str = "QUARTER") -> Span:
    """The quarter meant by `text`, e.g. 2026Q3, 2026-q3, 2026年第三季度. Usage naming `option` if it is none."""
    said = QUARTER.fullmatch(text.strip())
    number = (said[2] or NUMERALS.get(said[3], said[3])) if said else ""
    found = quarter_named(f"{said[1]}Q{number}") if said else None
    if found is None:
        raise Usage("{option}: {text} is no quarter; write it as 2026Q3", option=_(option), text=repr(text))
    return found


def year(text: str, option: str = "YEAR") -> Span:
    """The year meant by `text`. Usage naming `option` if it is none."""
    found = year_named(text.strip().removesuffix("年"))
    if found is None:
        raise Usage("{option}: {text} is no year; write it as 2026", option=_(option), text=repr(text))
    return found


class Scores(Command):
    """A command that lists what belongs to people: teams and regions are theirs, not the customers'."""

    @staticmethod
    def shared() -> list[Any]:
        """The options of every listing, --region of people."""
        params = []
        for param in listing_params():
            if param.name == "region":
                param = copy(param)
                param.help = _("Only people of this region, on the days that they were in it.")
            params.append(param)
        return params


Team = Annotated[
    str | None,
    typer.Option(
        "--team", metavar="NAME", help=_("Only people of this team, on the days that they were in it.")
    ),
]


def chosen(desk: Desk, reader: "Reader", team: str | None) -> dict[str, object]:
    """The filters given: person, customer, team, region. NotFound, with near names, for one that does not exist."""
    found = filters(desk, reader, team=team)
    if reader.missing:
        return found
    for key in ("team", "region"):
        name = found.get(key)
        if name is None:
            continue
        sql = f"select distinct {key} from v_staff_unit where {key} is not null"
        known = [str(row[key]) for row in reader.rows(sql)]
        if name not in known:
            from svcq.rules.matching import near

            close = near(str(name), known)
            hint = Phrase("; did you mean {names}?", names=", ".join(close)) if close else ""
            if key == "team":
                raise NotFound("nobody is in a team {name}{near}", name=name, near=hint)
            raise NotFound("nobody is in a region {name}{near}", name=name, near=hint)
    return found
