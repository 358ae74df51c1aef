"""一: the hand-over application, the service notice to the hospital and the slip by which it confirms receipt.

Facts are the keys of `handover show`, and: `region`; `open_issues`, how many problems the worklog has open;
`engineers`, a list of mappings with `name` and `phone`; `account_manager_phone`.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from svcq.locale import _
from svcq.output.form import (
    Block,
    Cut,
    Field,
    Fields,
    Form,
    Gap,
    Grid,
    Head,
    Line,
    Paragraph,
    Section,
    Signatures,
    Title,
)
from svcq.output.forms.words import BLANK, Company, Facts, day, no_day, said, text, ticked


def application(facts: Facts, company: Company) -> Form:
    """一.1: the application for a hand-over, with what was handed in and what was decided (attachment 1)."""
    title = _("Project hand-over application")
    return Form(
        title,
        (
            Title(title),
            Line(company.name, _("Number: {number}").format(number=said(facts, "number"))),
            Section(_("I. The project")),
            Fields(tuple(_project(facts))),
            Section(_("II. What is handed in")),
            _handed_in(facts),
            Section(_("III. Decision (filled in by the quality-control centre)")),
            Fields(tuple(_decision(facts))),
            Signatures(
                (
                    _("Project manager (signature):"),
                    _("Quality-control centre (signature):"),
                    _("Regional or division manager (signature):"),
                ),
                no_day(),
            ),
        ),
        number=text(facts, "number"),
    )


def _project(facts: Facts) -> Iterator[tuple[Field, ...]]:
    yield (Field(_("Project"), text(facts, "project")),)
    yield Field(_("Project no."), text(facts, "project_number")), Field(_("Phase"), text(facts, "phase"))
    yield (Field(_("Hospital"), text(facts, "customer")),)
    yield Field(_("Region"), text(facts, "region")), Field(_("Accepted on"), day(facts, "accepted_on"))
    yield (
        Field(_("Project manager"), text(facts, "project_manager")),
        Field(_("Account manager"), text(facts, "account_manager")),
    )
    yield (Field(_("Modules handed over"), text(facts, "modules"), lines=2),)


def _handed_in(facts: Facts) -> Grid:
    issues = facts.get("open_issues")
    problems = "____" if issues is None else str(issues)
    papers = (
        (_("Hand-over application"), "application_on", ""),
        (_("Worklog"), "worklog_on", _("Problems still open: {count}").format(count=problems)),
        (_("Acceptance documents"), "documents_on", ""),
    )
    return Grid(
        (
            Head(_("Document"), 7),
            Head(_("Handed in"), 4, "center"),
            Head(_("Date"), 6, "center"),
            Head(_("Remark"), 7),
        ),
        tuple(
            (paper, ticked(bool(facts.get(key)), _("yes")), day(facts, key), remark)
            for paper, key, remark in papers
        ),
    )


def _decision(facts: Facts) -> Iterator[tuple[Field, ...]]:
    decision = facts.get("decision")
    answers = (
        ticked(decision == "eligible", _("can be handed over")),
        ticked(decision == "not_eligible", _("cannot be handed over yet")),
    )
    yield (Field(_("Conclusion"), "        ".join(answers)),)
    yield (
        Field(_("Confirmed by"), text(facts, "decided_by")),
        Field(_("Confirmed on"), day(facts, "decided_on")),
    )
    yield (Field(_("Free maintenance"), _period(facts)),)
    yield (Field(_("Expected hand-over"), day(facts, "expected_on")),)
    yield (Field(_("Reason"), text(facts, "reason"), lines=3),)


def _period(facts: Facts) -> str:
    start, end = day(facts, "free_from"), day(facts, "free_until")
    return _("{start} until {end}").format(start=start, end=end)


def notice(facts: Facts, company: Company) -> Form:
    """一.3: the letter that tells the hospital who serves it from now on, with the receipt below (attachment 4)."""
    title = _("Customer service notice")
    return Form(
        title,
        (
            Title(title),
            Line(right=_("Number: {number}").format(number=said(facts, "number"))),
            *_letter(facts, company),
            Cut(_("✂ cut here and send the part below back")),
            Title(_("Receipt"), small=True),
            *_slip(facts, company),
        ),
        number=text(facts, "number"),
    )


def receipt(facts: Facts, company: Company) -> Form:
    """一.3: the slip alone by which the hospital confirms that it has the service notice, to be sent again."""
    title = _("Receipt of the service notice")
    return Form(title, (Title(title), *_slip(facts, company)), number=text(facts, "number"))


def _letter(facts: Facts, company: Company) -> Iterator[Block]:
    hospital, project = said(facts, "customer"), said(facts, "project")
    if phase := text(facts, "phase"):
        project = _("{project} ({phase})").format(project=project, phase=phase)
    yield Paragraph(_("To {hospital}:").format(hospital=hospital), indent=False, heading=True)
    yield Paragraph(
        _(
            "Thank you for your trust. The project {project} passed acceptance on {day} and now goes from "
            "implementation to service. So that you can always reach us, please note the following."
        ).format(project=project, day=day(facts, "accepted_on"))
    )
    yield Paragraph(_("1. Who serves you"), indent=False, heading=True)
    yield _people(facts)
    yield Gap(4)
    yield Paragraph(_("2. Free maintenance"), indent=False, heading=True)
    yield Paragraph(
        _("Maintenance is free of charge from {start} until {end} for these modules: {modules}.").format(
            start=day(facts, "free_from"), end=day(facts, "free_until"), modules=said(facts, "modules")
        )
    )
    yield Paragraph(_("3. How to report a problem"), indent=False, heading=True)
    yield Paragraph(
        _(
            "Turn to your engineer or call the service hotline {hotline}. Tell us the system and the module, what "
            "happened and when, if you can with a picture of the screen. We register each problem on its own and "
            "follow it until it is solved."
        ).format(hotline=company.hotline or BLANK)
    )
    if company.email:
        yield Paragraph(_("You can also write to {email}.").format(email=company.email))
    yield Paragraph(_("4. When free maintenance ends"), indent=False, heading=True)
    yield Paragraph(
        _(
            "Before it ends, your account manager {manager} will agree a maintenance contract with you, so that "
            "service goes on without a break; from then on the terms of that contract apply."
        ).format(manager=said(facts, "account_manager"))
    )
    yield Paragraph(_("Please fill in the receipt, stamp it and send it back to us."))
    yield Paragraph(company.name or BLANK * 2, across="right")
    yield Paragraph(day(facts, "notice_on"), across="right")


def _people(facts: Facts) -> Grid:
    engineers = cast(Sequence[Mapping[str, object]], facts.get("engineers") or ())
    rows = [(_("Engineer"), text(one, "name"), text(one, "phone")) for one in engineers] or [
        (_("Engineer"), "", "")
    ]
    manager = text(facts, "account_manager"), text(facts, "account_manager_phone")
    rows.append((_("Account manager"), *manager))
    return Grid(
        (Head(_("Role"), 6, "center"), Head(_("Name"), 9, "center"), Head(_("Phone"), 9, "center")),
        tuple(rows),
    )


def _slip(facts: Facts, company: Company) -> Iterator[Block]:
    yield Paragraph(
        _("To {company}, quality-control centre:").format(company=company.name or BLANK * 2), indent=False
    )
    yield Paragraph(
        _("We have received the service notice {number} about {project} and know what it says.").format(
            number=said(facts, "number"), project=said(facts, "project")
        )
    )
    yield Gap(4)
    yield Fields(
        (
            (Field(_("Hospital"), text(facts, "customer")),),
            (Field(_("Received by")), Field(_("Position"))),
            (Field(_("Phone")), Field(_("Received on"), no_day())),
            (Field(_("Hospital's stamp"), lines=3),),
        )
    )
    if company.contact:
        yield Gap(4)
        yield Paragraph(_("Please return to: {contact}").format(contact=company.contact), indent=False)
