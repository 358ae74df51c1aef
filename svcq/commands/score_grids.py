"""七: the records behind a person's score as tables of a page."""

from collections.abc import Mapping, Sequence

from svcq.commands.score_words import NOTHING
from svcq.locale import _
from svcq.output.page import Block, Formula, Gap, Grid, Head, Note, Section
from svcq.output.shape import Row


def breaches(title: str, name: str, lines: Sequence[Row], titles: Mapping[str, str]) -> list[Block]:
    """What a person missed, with its points; `name`: of the grid, `titles`: rule -> what it asks."""
    blocks: list[Block] = [Gap(), Section(f"{title} ({len(lines)})")]
    if not lines:
        return [*blocks, Note(_("none"))]
    heads = (
        Head("clause", _("Clause"), "code"),
        Head("rule", _("What was owed")),
        Head("number", _("Number")),
        Head("customer", _("Customer")),
        Head("due_on", _("Due"), "date"),
        Head("met_on", _("Met"), "date"),
        Head("days_late", _("Days late"), "number"),
        Head("points", _("Points"), "number"),
        Head("counted", _("Counted"), "number"),
        Head("waived", _("Let off"), "code"),
        Head("reason", _("Reason")),
    )
    rows = [
        [
            *(line["clause"], titles.get(str(line["rule"]), line["rule"]), line["number"]),
            *(line["customer"], line["due_on"], line["met_on"] or _("not yet"), line["days_late"]),
            *(line["points"], line["counted"], _("yes") if line["waived"] else None, line["reason"]),
        ]
        for line in lines
    ]
    totals = [_("Total"), *[None] * 7, Formula(f"SUM({{{name}.counted}})"), None, None]
    filtered = name == "lines"
    return [*blocks, Grid(name, heads, rows, totals, lambda row: row[9] is None, filtered=filtered)]


def answers(lines: Sequence[Row]) -> list[Block]:
    """The callbacks behind a person's satisfaction."""
    blocks: list[Block] = [Gap(), Section(f"{_('Callbacks')} ({len(lines)})")]
    if not lines:
        return [*blocks, Note(_("none"))]
    heads = (
        Head("number", _("Number"), span=2),
        Head("customer", _("Customer"), span=2),
        Head("asked_on", _("Asked"), "date"),
        Head("service", _("Service"), "number"),
        Head("attitude", _("Attitude"), "number", span=2),
    )
    keys = [head.key for head in heads]
    return [*blocks, Grid("answers", heads, [[line[key] for key in keys] for line in lines])]


def closings(lines: Sequence[Row]) -> list[Block]:
    """The problems behind a person's resolution."""
    blocks: list[Block] = [Gap(), Section(f"{_('Problems that were to be closed')} ({len(lines)})")]
    if not lines:
        return [*blocks, Note(_("none"))]
    heads = (
        Head("number", _("Number"), span=2),
        Head("customer", _("Customer"), span=2),
        Head("due_on", _("Due"), "date"),
        Head("met_on", _("Closed"), "date"),
        Head("days_late", _("Days late"), "number"),
        Head("in_time", _("In time"), "code"),
        Head("waived", _("Let off"), "code", span=2),
        Head("reason", _("Reason")),
    )
    words = {True: _("yes"), False: _("no"), None: NOTHING}
    rows = [
        [
            *(line["number"], line["customer"], line["due_on"], line["met_on"] or _("not yet")),
            *(line["days_late"], words[None if line["in_time"] is None else bool(line["in_time"])]),
            *(_("yes") if line["waived"] else None, line["reason"]),
        ]
        for line in lines
    ]
    late = _("no")
    return [*blocks, Grid("closings", heads, rows, marked=lambda row: row[5] == late)]
