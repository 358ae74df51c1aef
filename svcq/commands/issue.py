"""三: the worklog on the command line: issues, requests, spot checks, reconciliation."""

from svcq.commands.issue_act import acts
from svcq.commands.issue_check import checks
from svcq.commands.issue_form import forms
from svcq.commands.issue_lists import listings
from svcq.commands.issue_reconcile import reconciling
from svcq.commands.issue_record import records
from svcq.commands.issue_request import requests
from svcq.commands.kit import group
from svcq.locale import _

app = group(_("The worklog: problems, steps, requests, spot checks, reconciliation."))
for part in (records, acts, listings, requests, checks, reconciling, forms):
    app.add_typer(part)
