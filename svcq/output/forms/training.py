"""三.1: the training and exam sheet of a person: what was taught and how, the exams, the result (attachment 5).

Facts are the keys of `staff show`, and: `exam_due_on`, the day by which the exam is to be passed; `exams`, a list of
mappings with `on`, `result` (passed or failed) and `note`; `roles`: the person's roles in words.
"""

from collections.abc import Iterator

from svcq.locale import _
from svcq.output.form import Block, Field, Fields, Form, Grid, Head, Line, Section, Signatures, Title
from svcq.output.forms.words import WIDE, Company, Facts, day, each, known_day, no_day, text, ticked


def sheet(facts: Facts, company: Company) -> Form:
    """三.1: one sheet for one person; what is not known is filled in by hand."""
    title = _("Training and exam sheet")
    return Form(
        title,
        (
            Title(title),
            Line(company.name, _("Written on: {day}").format(day=day(facts, "on"))),
            Section(_("I. The person")),
            Fields(tuple(_person(facts))),
            Section(_("II. Training")),
            *_training(facts),
            Section(_("III. Exams")),
            _exams(facts),
            Section(_("IV. Result")),
            Fields(tuple(_result(facts))),
            Signatures(
                (_("The person:"), _("Trainer:"), _("Examiner:"), _("QC:")),
                no_day(),
            ),
        ),
        number=text(facts, "name"),
    )


def _person(facts: Facts) -> Iterator[tuple[Field, ...]]:
    yield Field(_("Name"), text(facts, "name")), Field(_("Role"), text(facts, "roles"))
    yield Field(_("Team"), text(facts, "team")), Field(_("Region"), text(facts, "region"))
    yield Field(_("Phone"), text(facts, "phone")), Field(_("E-mail"), text(facts, "email"))
    yield (
        Field(_("Joined on"), day(facts, "joined_on")),
        Field(_("To pass by"), day(facts, "exam_due_on")),
    )


def _training(facts: Facts) -> Iterator[Block]:
    """三.1: the two programs that everybody is taught, and room for more; the day of the training is one."""
    ways = WIDE.join((ticked(False, _("by phone")), ticked(False, _("online")), ticked(False, _("on site"))))
    trained = day(facts, "trained_on")
    subjects = (
        _("The register: worklog, steps, records, problems"),
        _("The development tracker: requests and their norms"),
        _("The service process and its deadlines"),
    )
    yield Fields(((Field(_("Trained on"), trained, share=2), Field(_("Way"), ways, share=3)),), label=4)
    yield Grid(
        (
            Head(_("No."), 2, "center"),
            Head(_("Subject"), 11),
            Head(_("Hours"), 3, "center"),
            Head(_("Trainer"), 4, "center"),
            Head(_("Signature of the person"), 4, "center"),
        ),
        tuple((str(place), subject, "", "", "") for place, subject in enumerate(subjects, 1)),
        least=5,
    )


def _exams(facts: Facts) -> Grid:
    passed, failed = _("passed"), _("not passed")
    return Grid(
        (
            Head(_("No."), 2, "center"),
            Head(_("Date"), 5, "center"),
            Head(_("Exam result"), 7, "center"),
            Head(_("Remark"), 6),
            Head(_("Examiner"), 4, "center"),
        ),
        tuple(
            (
                str(place),
                known_day(one, "on"),
                WIDE.join(
                    (
                        ticked(text(one, "result") == "passed", passed),
                        ticked(text(one, "result") == "failed", failed),
                    )
                ),
                text(one, "note"),
                "",
            )
            for place, one in enumerate(each(facts, "exams"), 1)
        ),
        least=3,
    )


def _result(facts: Facts) -> Iterator[tuple[Field, ...]]:
    certified = bool(facts.get("certified_on"))
    answers = (
        ticked(certified, _("passed, may be assigned")),
        ticked(False, _("not passed, may not be assigned yet")),
    )
    yield (Field(_("Conclusion"), WIDE.join(answers)),)
    yield Field(_("Passed on"), day(facts, "certified_on")), Field(_("Next exam on"), no_day())
    yield (Field(_("Remark"), lines=3),)
