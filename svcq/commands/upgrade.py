"""四: upgrades of hospitals on the command line; each part of the group has a file of its own."""

from svcq.commands.kit import group
from svcq.commands.upgrade_act import acts
from svcq.commands.upgrade_call import calls
from svcq.commands.upgrade_checklist import checklists
from svcq.commands.upgrade_edit import edits
from svcq.commands.upgrade_form import forms
from svcq.commands.upgrade_lists import listings
from svcq.commands.upgrade_record import records
from svcq.locale import _

app = group(_("Upgrades: applied, arranged, planned, tested, approved, done, reported, called back."))
for part in (acts, calls, listings, checklists, forms, edits, records):
    app.add_typer(part)
