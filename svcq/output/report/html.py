"""A report as one page for a browser: everything is in the file, nothing is asked of any server, no script runs."""

from collections.abc import Iterator
from pathlib import Path

from svcq.locale import _, language
from svcq.output.machine import Writer
from svcq.output.report.shape import Card, Chart, Part, Report, Table, head, shown
from svcq.output.report.svg import legend, svg, text
from svcq.output.report.text import MOST, more

STYLE = Path(__file__).with_name("style.css")
LANGUAGES = {"zh": "zh-CN", "en": "en"}
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""What a browser may load for the page, whatever stands in it: nothing but its own style."""
RIGHT = ("number", "money", "date")
"""Types of columns that the style knows."""


def write_html(out: Writer, report: Report) -> None:
    """Write the page."""
    out.write("\n".join(_page(report)) + "\n")


def _page(report: Report) -> Iterator[str]:
    yield "<!doctype html>"
    yield f'<html lang="{LANGUAGES[language()]}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield '<link rel="icon" href="data:,">'
    yield f"<title>{text(report.title)}</title>"
    yield f"<style>\n{STYLE.read_text('utf-8')}</style>"
    yield "</head>"
    yield "<body>"
    yield "<header>"
    yield f"<h1>{text(report.title)}</h1>"
    yield f"<p>{text(report.subtitle)}</p>"
    yield from (f'<p class="soft">{text(note)}</p>' for note in report.notes)
    yield f'<nav aria-label="{text(_("Contents"))}"><ul>'
    yield from (f'<li><a href="#{part.key}">{text(part.title)}</a></li>' for part in report.parts)
    yield "</ul></nav>"
    yield "</header>"
    yield "<main>"
    yield '<ul class="cards">'
    yield from (f"<li>{_card(card)}</li>" for card in report.cards)
    yield "</ul>"
    for part in report.parts:
        yield from _part(part)
    yield "</main>"
    yield "</body>"
    yield "</html>"


def _card(card: Card) -> str:
    tone = f' class="{card.tone}"' if card.tone else ""
    change = f"<span{tone}>{text(card.change)}</span>" if card.change else ""
    return f"<span>{text(card.title)}</span><b>{text(card.value)}</b>{change}"


def _part(part: Part) -> Iterator[str]:
    yield f'<section id="{part.key}" aria-labelledby="{part.key}-h">'
    yield f'<h2 id="{part.key}-h">{text(part.title)}</h2>'
    yield from (f'<p class="soft">{text(note)}</p>' for note in part.notes)
    charts = [chart for chart in part.charts if chart.rows]
    if charts:
        yield f'<div class="charts{" one" if len(charts) == 1 else ""}">'
        for place, chart in enumerate(charts):
            yield from _figure(chart, f"{part.key}-{place}")
        yield "</div>"
    if part.figures is not None:
        yield from _table(part.figures, "figures")
    for table in part.tables:
        if table.folded:
            yield f"<details><summary>{text(table.title)}</summary>"
        yield from _named(table)
        if table.folded:
            yield "</details>"
    yield "</section>"


def _figure(chart: Chart, key: str) -> Iterator[str]:
    yield f"<figure><figcaption>{text(chart.title)}</figcaption>"
    yield svg(chart, key)
    names = legend(chart)
    if names:
        items = (f'<li><i class="s{place}"></i>{text(name)}</li>' for place, name in enumerate(names))
        yield f'<ul class="legend">{"".join(items)}</ul>'
    yield "</figure>"


def _named(table: Table) -> Iterator[str]:
    """A table with what is to be said about it."""
    told = [text(words) for words in (table.note, more(table)) if words]
    if table.command:
        told.append(f"<code>{text(table.command)}</code>")
    if table.rows:
        yield from _table(table, "list")
    else:
        yield f"<h3>{text(table.title)}</h3>"
        yield f"<p>{text(table.empty)}</p>"
    if told:
        yield f'<p class="soft told">{" · ".join(told)}</p>'


def _table(table: Table, kind: str) -> Iterator[str]:
    """A table; on a phone a list has a card for each row, with the heads beside the values."""
    columns = [
        (column.key, head(column), shown(column), _kind(column.type, column.key)) for column in table.columns
    ]
    yield f'<table class="{kind}" role="table">'
    yield f"<caption>{text(table.title)}</caption>"
    heads = "".join(
        f'<th scope="col" role="columnheader"{look}>{text(title)}</th>'
        for _key, title, _show, look in columns
    )
    yield f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
    yield '<tbody role="rowgroup">'
    for row in table.rows[:MOST]:
        cells = "".join(
            f'<td role="cell" data-label="{text(title)}"{look}>{text(show(row.get(key)))}</td>'
            for key, title, show, look in columns
        )
        yield f'<tr role="row">{cells}</tr>'
    yield "</tbody></table>"


def _kind(type: str, key: str) -> str:
    """The class of a column's cells: numbers stand at the right, a record's number needs room."""
    name = type if type in RIGHT else "record" if key == "number" else ""
    return f' class="{name}"' if name else ""
