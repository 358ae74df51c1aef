"""三: the worklog of a customer: each problem with the steps taken on it, to be signed (attachment 2).

Facts are the keys of `customer show`, and: `from`, `until`, the days asked for; `on`, the day it was written;
`issues`, a list of mappings with the keys of `issue show`, whose `steps` are mappings with `on`, `by`, `what`, `result`.
"""

from collections.abc import Iterator

from svcq.locale import _
from svcq.output.form import Field, Fields, Form, Gap, Grid, Head, Line, Paragraph, Signatures, Title
from svcq.output.forms.words import Company, Facts, day, each, known_day, no_day, text


def worklog(facts: Facts, company: Company) -> Form:
    """三: the register of problems at a customer, one row each, with room for those not entered yet."""
    title = _("Worklog")
    return Form(
        title,
        (
            Title(title),
            Line(company.name, _("Written on: {day}").format(day=day(facts, "on"))),
            Fields(tuple(_customer(facts))),
            Gap(6),
            _entries(facts),
            Gap(6),
            Paragraph(
                _(
                    "Each entry is one problem; what was done about it stands beside it, the oldest first. An entry "
                    "is closed once its last result is that it is solved, or by hand."
                ),
                indent=False,
            ),
            Gap(6),
            Signatures(
                (_("Engineer:"), _("Project manager:"), _("Hospital (stamp):"), _("QC:")),
                no_day(),
                whole=True,
            ),
        ),
        number=text(facts, "name"),
        landscape=True,
        columns=48,
        scale=0.85,
    )


def _customer(facts: Facts) -> Iterator[tuple[Field, ...]]:
    issues = each(facts, "issues")
    still = sum(text(one, "state") in ("open", "stale") for one in issues)
    yield (
        Field(_("Hospital"), text(facts, "name"), share=2),
        Field(_("Region"), text(facts, "region")),
        Field(_("Level"), text(facts, "level")),
    )
    yield (
        Field(_("Engineers"), text(facts, "engineer"), share=2),
        Field(_("Account manager"), text(facts, "account_manager")),
        Field(_("Version"), text(facts, "version")),
    )
    yield (
        Field(_("Reported"), _period(facts), share=2),
        Field(_("Problems"), str(len(issues)) if issues else ""),
        Field(_("Still open"), str(still) if issues else ""),
    )


def _period(facts: Facts) -> str:
    """From when until when the problems were reported; "" for a worklog as a whole."""
    start, end = known_day(facts, "from"), known_day(facts, "until")
    if start and end:
        return _("{start} until {end}").format(start=start, end=end)
    if start:
        return _("from {start}").format(start=start)
    return _("until {end}").format(end=end) if end else ""


def _entries(facts: Facts) -> Grid:
    return Grid(
        (
            Head(_("No."), 2, "center"),
            Head(_("Issue"), 6),
            Head(_("Reported"), 5, "center"),
            Head(_("System"), 5),
            Head(_("Problem and description"), 10),
            Head(_("What was done, and the result"), 14),
            Head(_("State"), 6, "center"),
        ),
        tuple(_entry(place, one) for place, one in enumerate(each(facts, "issues"), 1)),
        least=8,
        repeated=True,
    )


def _entry(place: int, issue: Facts) -> tuple[str, ...]:
    request = text(issue, "request")
    problem = (
        text(issue, "title"),
        text(issue, "description"),
        _("Request: {number}").format(number=request) if request else "",
    )
    return (
        str(place),
        text(issue, "number"),
        _lines(text(issue, "reported_on"), text(issue, "reported_by")),
        _lines(text(issue, "system"), text(issue, "module")),
        _lines(*problem),
        _lines(*(_step(step) for step in each(issue, "steps"))),
        _lines(_state(issue), text(issue, "closed_on")),
    )


def _lines(*texts: str) -> str:
    return "\n".join(filter(None, texts))


def _step(step: Facts) -> str:
    """One piece of work: day, who, what, and the result if there is one."""
    results = {
        "solved": _("solved"),
        "watch": _("solved, to be watched"),
        "to_dev": _("taken to development"),
        "to_check": _("taken to check"),
    }
    head = " ".join(filter(None, (text(step, "on"), text(step, "by"))))
    told = _("{head}: {what}").format(head=head, what=text(step, "what"))
    result = results.get(text(step, "result"), "")
    return _("{what} ({result})").format(what=told, result=result) if result else told


def _state(issue: Facts) -> str:
    states = {"open": _("still open"), "stale": _("stale"), "closed": _("closed"), "void": _("void")}
    return states.get(text(issue, "state"), "")
