"""A report in the user's language: the figures of a period as parts, tables and charts."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from svcq.commands import report_columns as looks
from svcq.commands.report_records import records
from svcq.commands.report_words import BY_NAME, CARDS, FIGURES, PARTS
from svcq.errors import Counted
from svcq.locale import _, say
from svcq.output.report.shape import Card, Chart, Part, Report, Table, Tone
from svcq.output.shape import Row
from svcq.output.values import human
from svcq.processes.report_figures import Duties, Figures, Late, Number

TOP = 8
"""Bars of a chart."""
STACK = ("contract", "handover", "issue", "upgrade", "migrate", "callback", "staff")
"""Processes from below in a column of the trend."""


def report(found: Figures, *, quarterly: bool) -> Report:
    """The whole report."""
    now, before = found.now, found.before
    period = now.window.span.name
    title = _("Service quality, quarter {period}") if quarterly else _("Service quality, month {period}")
    told = [
        _("as it stood on {day}").format(day=now.window.stands_on),
        _("what fell due, scores and fines as decided on {day}").format(day=now.window.decided_on),
    ]
    if before is not None:
        told.append(_("compared with {period}").format(period=before.window.span.name))
    rows = list(figures(found))
    parts = [_duties(found, rows), *records(found, rows)]
    return Report(
        title.format(period=period),
        " · ".join(told),
        list(_notes(found)),
        [_card(found, name, words) for name, words in CARDS.items()],
        Table(looks.FIGURES, rows, ""),
        parts,
    )


def figures(found: Figures) -> Iterator[Row]:
    """Every figure with that of the period before: name, part, figure, now, before, change."""
    for one in FIGURES:
        now = found.now.value(one.name)
        then = found.before.value(one.name) if found.before is not None else None
        yield {
            "name": one.name,
            "part": one.part,
            "figure": _(one.title),
            "now": now,
            "before": then,
            "change": change(now, then),
        }


def change(now: Number | None, then: Number | None) -> Number | None:
    """By how much a figure has changed; None if there is nothing to compare."""
    if now is None or then is None:
        return None
    moved = round(now - then, 2)
    return int(moved) if float(moved).is_integer() and isinstance(now, int) else moved


def _notes(found: Figures) -> Iterator[str]:
    if not found.now.window.complete:
        yield _("The period is not over yet: these are the figures so far.")
    history = found.now.total.history
    if history:
        words = Counted(
            "{count} obligation not met was due before {live}, when the company started, and is not counted.",
            "{count} obligations not met were due before {live}, when the company started, and are not counted.",
            count=history,
            live=found.live,
        )
        yield say(words)


def _card(found: Figures, name: str, title: str) -> Card:
    one = BY_NAME[name]
    now = found.now.value(name)
    then = found.before.value(name) if found.before is not None else None
    shown = human(replace(looks.VALUE, type="money" if one.money else "number"))
    moved = change(now, then)
    if moved is None:
        return Card(_(title), shown(now) or "–", "", "")
    words = _("as before")
    if moved:
        words = _("{sign}{change}, before {value}").format(
            sign="▲ +" if moved > 0 else "▼ −", change=shown(abs(moved)), value=shown(then)
        )
    tone: Tone = ""
    if moved and one.better:
        tone = "good" if (moved < 0) == (one.better == "less") else "bad"
    return Card(_(title), shown(now), words, tone)


def _duties(found: Figures, rows: Iterable[Row]) -> Part:
    """What is owed in all: the trend, by rule, by region, who is behind, what is overdue."""
    day = found.now.window.stands_on
    processes = [one for one in STACK if any(point.overdue.get(one) for point in found.trend)]
    empty, command = _("nothing is overdue"), f"svcq due --overdue --as-of {day}"
    trend = Table(
        looks.trend(processes),
        [
            {
                "month": point.month,
                "overdue": point.total,
                **{one: point.overdue.get(one, 0) for one in processes},
            }
            for point in found.trend
        ],
        empty,
        folded=True,
    )
    rules = Table(looks.RULES, list(_rules(found)), _("nothing was owed"))
    regions = Table(looks.REGIONS, list(_regions(found)), _("nothing was owed"))
    people = Table(looks.PEOPLE, [_person(one) for one in found.late], empty)
    late = [{**row, "title": _title(found, str(row["rule"]))} for row in found.overdue]
    overdue = ("overdue", "before") if found.before is not None else ("overdue",)
    charts = [
        Chart(_("Overdue at each month's end"), "stacked", trend, "month", tuple(processes), most=12),
        Chart(_("Overdue by region"), "bars", regions, "region", overdue, most=TOP),
        Chart(_("Overdue by rule"), "bars", rules, "title", overdue, most=TOP),
        Chart(_("Who is behind"), "bars", people, "person", ("overdue",), most=TOP),
    ]
    return Part(
        "duties",
        _(PARTS["duties"]),
        of_part(rows, "duties"),
        [one for one in charts if processes],
        [trend, rules, regions, people, Table(looks.LATE, late, empty, command)],
    )


def of_part(rows: Iterable[Row], part: str) -> Table:
    """The figures of one part."""
    return Table(looks.OF_PART, [row for row in rows if row["part"] == part], "")


def _title(found: Figures, rule: str) -> str:
    """What a rule asks for."""
    return _(found.rules[rule][0]) if rule in found.rules else rule


def _rules(found: Figures) -> Iterator[Row]:
    """Deadlines by rule, those with the most overdue first."""
    now = found.now.by(lambda rule, region: rule)
    then = found.before.by(lambda rule, region: rule) if found.before is not None else {}
    for rule in _by_overdue(now, then):
        title, clause, owner = found.rules.get(str(rule), (str(rule), "", ""))
        row = _counted(found, now, then, rule)
        yield {"rule": rule, "title": _(title), "clause": clause, "owner": owner, **row}


def _regions(found: Figures) -> Iterator[Row]:
    """Deadlines by the customers' region; what concerns no customer comes last."""
    now = found.now.by(lambda rule, region: region)
    then = found.before.by(lambda rule, region: region) if found.before is not None else {}
    for region in sorted(_by_overdue(now, then), key=lambda one: one is None):
        yield {"region": region or _("without a region"), **_counted(found, now, then, region)}


def _by_overdue(now: dict[str | None, Duties], then: dict[str | None, Duties]) -> list[str | None]:
    """The keys of what was owed in either period, the most overdue first."""
    owed = [key for key in {**now, **then} if _any(now.get(key)) or _any(then.get(key))]
    return sorted(owed, key=lambda key: (-now.get(key, Duties()).overdue, key or ""))


def _any(one: Duties | None) -> bool:
    return one is not None and bool(one.open or one.overdue or one.fell_due)


def _counted(
    found: Figures, now: dict[str | None, Duties], then: dict[str | None, Duties], key: str | None
) -> Row:
    mine = now.get(key, Duties())
    old = then.get(key, Duties()) if found.before is not None else None
    before = old.overdue if old else None
    keys = ("overdue", "open", "fell_due", "met", "late", "missed", "waived", "in_time")
    return {
        **{name: getattr(mine, name) for name in keys},
        "before": before,
        "change": change(mine.overdue, before),
        "in_time_before": old.in_time if old else None,
    }


def _person(one: Late) -> Row:
    return {
        "person": one.person or _("nobody"),
        "overdue": one.overdue,
        "longest": one.longest,
        "number": one.number,
        "fine": one.fine,
    }
