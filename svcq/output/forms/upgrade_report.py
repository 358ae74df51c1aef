"""四.3: the report of an upgrade, which the customer confirms and which is filed; the callback stands below (四.4).

Facts are the keys of `upgrade show`, and: `region`, `version_before`; `solved_issues`, a list of mappings with `number` and
`title` of the issues that are solved.
"""

from collections.abc import Iterator

from svcq.locale import _
from svcq.output.form import Field, Fields, Form, Grid, Head, Line, Section, Signatures, Title
from svcq.output.forms.words import WIDE, Company, Facts, day, each, no_day, said, text, ticked


def report(facts: Facts, company: Company) -> Form:
    """四.3: the upgrade report (attachment 7), confirmed by the customer and filed; the callback stands below (四.4)."""
    title = _("System upgrade report")
    return Form(
        title,
        (
            Title(title),
            Line(company.name, _("Number: {number}").format(number=said(facts, "number"))),
            Section(_("I. The upgrade")),
            Fields(tuple(_upgraded(facts))),
            Section(_("II. What was done when")),
            _course(facts),
            Section(_("III. Problems solved")),
            _solved(facts),
            Section(_("IV. What was met on the way")),
            Fields(
                (
                    (Field(_("Problems met"), text(facts, "surprises"), lines=2),),
                    (Field(_("Special modifications"), text(facts, "special_modifications"), lines=2),),
                    (Field(_("Still open, and what was agreed"), lines=2),),
                )
            ),
            Section(_("V. Confirmed by the customer")),
            Fields((tuple(_confirmed()),)),
            Signatures((_("Hospital (signature, stamp):"), _("Upgrader:"), _("Account manager:")), no_day()),
            Section(_("VI. Callback (filled in by the quality-control centre)")),
            _calls(facts),
        ),
        number=text(facts, "number"),
    )


def _upgraded(facts: Facts) -> Iterator[tuple[Field, ...]]:
    yield (Field(_("Hospital"), text(facts, "customer")),)
    yield Field(_("Region"), text(facts, "region")), Field(_("Upgrader"), text(facts, "upgrader"))
    yield (
        Field(_("Version before"), text(facts, "version_before")),
        Field(_("Version after"), text(facts, "version")),
    )


def _course(facts: Facts) -> Grid:
    """Each step with its day, who did it, and what belongs to it."""
    steps = (
        (_("Applied for"), "applied_on", text(facts, "applied_by")),
        (_("Upgrader named"), "arranged_on", text(facts, "arranged_by")),
        (_("Plan handed in"), "plan_on", _dated(_("registered on {day}"), facts, "registered_on")),
        (_("Discussed with the customer"), "discussed_on", ""),
        (_("Test run"), "tested_on", text(facts, "no_test_reason")),
        (_("Approved by the customer"), "approved_on", ""),
        (_("Upgraded"), "done_on", _dated(_("planned for {day}"), facts, "planned_on")),
        (_("Database and front end brought back"), "brought_back_on", ""),
        (_("Upgrader leaves"), "left_on", ""),
    )
    return Grid(
        (Head(_("Step"), 8), Head(_("Date"), 6, "center"), Head(_("Remark"), 10)),
        tuple((name, day(facts, key), remark) for name, key, remark in steps),
    )


def _dated(words: str, facts: Facts, key: str) -> str:
    return words.format(day=day(facts, key)) if facts.get(key) else ""


def _solved(facts: Facts) -> Grid:
    return Grid(
        (
            Head(_("No."), 2, "center"),
            Head(_("Issue"), 5),
            Head(_("Title"), 12),
            Head(_("Customer agrees"), 5, "center"),
        ),
        tuple(
            (str(place), text(one, "number"), text(one, "title"), ticked(False, _("yes")))
            for place, one in enumerate(each(facts, "solved_issues"), 1)
        ),
        least=2,
    )


def _confirmed() -> Iterator[Field]:
    """What the customer ticks and writes by hand."""
    yield Field(_("The system runs"), WIDE.join((ticked(False, _("stably")), ticked(False, _("not stably")))))
    yield Field(_("Remarks"), lines=2)


def _calls(facts: Facts) -> Grid:
    """四.4: the two calls, each with what was asked and when the account manager was told."""
    return Grid(
        (
            Head(_("Call"), 2, "center"),
            Head(_("Date"), 5, "center"),
            Head(_("Stable"), 3, "center"),
            Head(_("Solved"), 3, "center"),
            Head(_("Rest arranged"), 3, "center"),
            Head(_("Customer's word"), 3, "center"),
            Head(_("Told on"), 5, "center"),
        ),
        tuple(_call(facts, name, start) for name, start in ((_("first"), ""), (_("second"), "second_"))),
    )


def _call(facts: Facts, name: str, start: str) -> tuple[str, ...]:
    answers = {"yes": _("yes"), "no": _("no"), "unclear": _("unclear")}
    flags = (_yes_no(facts.get(start + key)) for key in ("stable", "solved", "arranged"))
    answer = answers.get(text(facts, start + "answer"), "")
    return name, day(facts, start + "called_on"), *flags, answer, day(facts, start + "informed_on")


def _yes_no(flag: object) -> str:
    return "" if flag is None else _("yes") if flag else _("no")
