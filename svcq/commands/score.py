"""七: scores on the command line: figures, the records behind them, publishing, trying out other rules, fines."""

from svcq.commands.kit import group
from svcq.commands.score_book import booking
from svcq.commands.score_fines import fining
from svcq.commands.score_lists import listings
from svcq.commands.score_publish import publishing
from svcq.commands.score_show import showing
from svcq.commands.score_simulate import simulating
from svcq.locale import _

app = group(_("Scores by person, team and region, each point with the record behind it."))
for part in (listings, showing, fining, publishing, simulating, booking):
    app.add_typer(part)
