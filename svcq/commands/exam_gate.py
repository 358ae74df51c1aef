"""三.1: the options by which somebody new is assigned before the exam, with a reason; `shared.forced` reads them."""

from typing import Annotated

import typer

from svcq.commands.kit import text_option
from svcq.locale import _

Force = Annotated[
    bool, typer.Option("--force", help=_("Also for who is new and has not passed the exam; needs --reason."))
]
ForceReason = Annotated[str | None, text_option("--reason", _("Why it is forced; kept in the log."))]
