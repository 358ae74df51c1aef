"""四.1: the plan of an upgrade, which QC registers and the customer agrees to before anything is done.

Facts are the keys of `upgrade show`, and: `region`, `contact`, `present_version`; `open_issues` and `solved_issues`,
lists of mappings with `number`, `title`, `reported_on`; `earlier`, a list of mappings with `done_on`, `version`,
`surprises` and `special_modifications` of earlier upgrades.
"""

from collections.abc import Iterator

from svcq.locale import _
from svcq.output.form import Field, Fields, Form, Grid, Head, Line, Section, Signatures, Title
from svcq.output.forms.words import WIDE, Company, Facts, day, each, known_day, no_day, said, text, ticked


def plan(facts: Facts, company: Company) -> Form:
    """四.1: the upgrade plan (attachment 6), handed to QC, registered, and discussed with the customer."""
    title = _("System upgrade plan")
    return Form(
        title,
        (
            Title(title),
            Line(company.name, _("Number: {number}").format(number=said(facts, "number"))),
            Section(_("I. The upgrade")),
            Fields(tuple(_planned(facts))),
            Section(_("II. Problems that are to be solved")),
            _to_solve(facts),
            Section(_("III. What happened at earlier upgrades")),
            _earlier(facts),
            Section(_("IV. Agreed with the customer")),
            Fields(
                (
                    (Field(_("Discussed on"), day(facts, "discussed_on")), Field(_("Discussed with"))),
                    (Field(_("Time without service")), Field(_("Wards told by"))),
                    (Field(_("What was agreed"), lines=3),),
                )
            ),
            Signatures(
                (_("Upgrader:"), _("Account manager:"), _("Hospital (stamp):"), _("QC:")),
                no_day(),
            ),
        ),
        number=text(facts, "number"),
    )


def schedule(facts: Facts, company: Company) -> Form:
    """四.1-2: the sheet that goes with the plan: the test before the upgrade, the steps of the day, and the way back."""
    title = _("Upgrade schedule")
    return Form(
        title,
        (
            Title(title),
            Line(company.name, _("Number: {number}").format(number=said(facts, "number"))),
            Fields(((Field(_("Hospital"), text(facts, "customer")), _planned_for(facts)),)),
            Section(_("I. Test before the upgrade")),
            Fields(tuple(_test(facts))),
            Section(_("II. Steps and times")),
            _steps(),
            Section(_("III. Way back")),
            Fields(
                (
                    (Field(_("Go back if"), lines=3),),
                    (Field(_("How to go back"), lines=5),),
                    (Field(_("Decided until")), Field(_("Decided by"))),
                )
            ),
            Section(_("IV. To be watched")),
            Fields(((Field(_("From the upgrade's notes"), lines=4),),)),
        ),
        number=text(facts, "number"),
    )


def _planned_for(facts: Facts) -> Field:
    return Field(_("Planned for"), day(facts, "planned_on"))


def _planned(facts: Facts) -> Iterator[tuple[Field, ...]]:
    yield (Field(_("Hospital"), text(facts, "customer")),)
    yield Field(_("Region"), text(facts, "region")), Field(_("Hospital's contact"), text(facts, "contact"))
    yield (
        Field(_("Present version"), text(facts, "present_version")),
        Field(_("Target version"), text(facts, "version")),
    )
    yield (
        Field(_("Applied for by"), text(facts, "applied_by")),
        Field(_("Applied for on"), day(facts, "applied_on")),
    )
    yield (
        Field(_("Arranged by"), text(facts, "arranged_by")),
        Field(_("Arranged on"), day(facts, "arranged_on")),
    )
    yield Field(_("Upgrader"), text(facts, "upgrader")), _planned_for(facts)
    yield (
        Field(_("Plan handed in on"), day(facts, "plan_on")),
        Field(_("Registered on"), day(facts, "registered_on")),
    )


def _to_solve(facts: Facts) -> Grid:
    """The open issues of the customer, those among them ticked that are said to be solved."""
    solved = [text(one, "number") for one in each(facts, "solved_issues")]
    known = {text(one, "number"): one for one in (*each(facts, "solved_issues"), *each(facts, "open_issues"))}
    return Grid(
        (
            Head(_("No."), 2, "center"),
            Head(_("Issue"), 5),
            Head(_("Title"), 9),
            Head(_("Reported on"), 5, "center"),
            Head(_("This time"), 3, "center"),
        ),
        tuple(
            (
                *(str(place), number, text(one, "title"), known_day(one, "reported_on")),
                ticked(number in solved, _("yes")),
            )
            for place, (number, one) in enumerate(known.items(), 1)
        ),
        least=4,
    )


def _earlier(facts: Facts) -> Grid:
    return Grid(
        (
            Head(_("Upgraded on"), 5, "center"),
            Head(_("Version"), 3),
            Head(_("Surprises"), 8),
            Head(_("Special modifications"), 8),
        ),
        tuple(
            (
                known_day(one, "done_on"),
                text(one, "version"),
                text(one, "surprises"),
                text(one, "special_modifications"),
            )
            for one in each(facts, "earlier")
        ),
        least=2,
    )


def _test(facts: Facts) -> Iterator[tuple[Field, ...]]:
    none = bool(text(facts, "no_test_reason"))
    there = bool(facts.get("tested_on")) and not none
    boxes = ticked(there, _("there is one")), ticked(none, _("there is none"))
    yield Field(_("Test environment"), WIDE.join(boxes)), Field(_("Tested on"), day(facts, "tested_on"))
    yield (Field(_("Why there is none"), text(facts, "no_test_reason")),)
    yield (Field(_("What was tested, and the result"), lines=6),)


def _steps() -> Grid:
    """Room for the steps of the day, in the order in which an upgrade goes, and for others."""
    names = (
        _("Back up database and programs"),
        _("Stop work, tell the wards"),
        _("Upgrade the database"),
        _("Upgrade the programs"),
        _("Try it out with the hospital"),
        _("Resume work, stand by"),
    )
    return Grid(
        (
            Head(_("Step"), 7),
            Head(_("In detail"), 8),
            Head(_("In charge"), 3, "center"),
            Head(_("Begins"), 3, "center"),
            Head(_("Finishes"), 3, "center"),
        ),
        tuple((name, "", "", "", "") for name in names),
        least=len(names) + 1,
        lines=2,
    )
