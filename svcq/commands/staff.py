"""The people of the company on the command line, and who at QC answers for which rule."""

from svcq.commands.kit import group
from svcq.commands.staff_exam import exams
from svcq.commands.staff_form import forms
from svcq.commands.staff_leave import leaves
from svcq.commands.staff_lists import listings
from svcq.commands.staff_record import records
from svcq.locale import _

app = group(_("The people of the company, and who at QC answers for which rule."))
app.add_typer(records)
app.add_typer(leaves)
app.add_typer(exams)
app.add_typer(listings)
app.add_typer(forms)
