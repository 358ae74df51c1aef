"""The options that commands share, declared once, and how options and arguments are read and called."""

from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Annotated, Any

import typer

from svcq.commands.complete import customers, people
from svcq.desk import Desk
from svcq.locale import N_, _
from svcq.output.shape import FORMATS

PLAIN = {str(kind) for kind in (str, list[str], bool)}
"""Annotations of parameters that need no coercion."""


class _AsTyped:
    """Coercion of a text or a flag: it is what was typed. Spares every command the import of pydantic."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ANN401 - the library's own signature
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        return value


def lighten(params: Iterable[Any]) -> None:
    """Take texts and flags as they are typed; other types keep the library's own coercion."""
    for param in params:
        if param is not None and str(param.type_descriptor.annotation) in PLAIN:
            param._runtime_param = _AsTyped()


COMPLETION = (
    N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
)
"""What the library says about its own options; like all helps of the root, translated when they are shown."""


def name_values(params: Iterable[Any]) -> None:
    """Call the values of options and arguments in the user's language."""
    for param in params:
        param.metavar = _(param.metavar or "") or None
        if param.param_type_name == "argument":
            name = param.metavar or param.name
            param.get_usage_pieces = partial(_pieces, name if param.required else f"[{name}]")
            param.display_type_rich = _no_type


def _pieces(name: str, ctx: Any) -> list[str]:  # noqa: ANN401
    """An argument in the line of usage."""
    return [name]


def _no_type(ctx: Any) -> str:  # noqa: ANN401
    """What stands behind an argument's name in its help: nothing, for all are texts."""
    return ""


def _keep(ctx: typer.Context, param: typer.CallbackParam, value: Any) -> Any:  # noqa: ANN401
    """Put a shared option on the desk instead of into the command's signature."""
    if isinstance(ctx.obj, Desk):
        ctx.obj.asked.values[str(param.name)] = value
    return value


def _params(function: Callable[..., None]) -> list[Any]:
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command()(function)
    params: list[Any] = list(typer.main.get_command(app).params)
    for param in params:
        param.expose_value = False
        param.callback = _keep
    return params


@cache
def listing_params() -> list[Any]:
    """The options of a listing."""

    def options(
        format: Annotated[
            str | None, typer.Option("--format", "-f", metavar="|".join(FORMATS), help=_("How to print it."))
        ] = None,
        output: Annotated[
            str | None, typer.Option("--output", "-o", metavar="FILE", help=_("Write to a file."))
        ] = None,
        columns: Annotated[
            str | None,
            typer.Option("--columns", metavar="KEY,…", help=_("Only these columns, in this order.")),
        ] = None,
        limit: Annotated[str | None, typer.Option("--limit", metavar="N", help=_("At most N rows."))] = None,
        person: Annotated[
            str | None,
            typer.Option(
                "--person", metavar="NAME", help=_("Only what concerns this person."), autocompletion=people
            ),
        ] = None,
        customer: Annotated[
            str | None,
            typer.Option(
                "--customer", metavar="NAME", help=_("Only this customer."), autocompletion=customers
            ),
        ] = None,
        region: Annotated[
            str | None, typer.Option("--region", metavar="NAME", help=_("Only customers of this region."))
        ] = None,
        as_of: Annotated[
            str | None, typer.Option("--as-of", metavar="DATE", help=_("As it stood on that day."))
        ] = None,
        exit_code: Annotated[
            bool, typer.Option("--exit-code", help=_("Exit with 10 if anything is listed."))
        ] = False,
    ) -> None: ...

    return _params(options)


@cache
def record_params() -> list[Any]:
    """The options of a record."""
    return [param for param in listing_params() if param.name in ("format", "output", "columns", "as_of")]


@cache
def writing_params() -> list[Any]:
    """The options of a command that writes."""

    def options(
        dry_run: Annotated[
            bool, typer.Option("--dry-run", help=_("Say what would happen and change nothing."))
        ] = False,
        note: Annotated[
            str | None, typer.Option("--note", metavar="TEXT", help=_("Kept with the change in the log."))
        ] = None,
    ) -> None: ...

    return _params(options)


@cache
def mending_params() -> list[Any]:
    """The options of a command that mends a record: those of writing, and as which state of it one saw it."""

    def options(
        revision: Annotated[
            str | None,
            typer.Option(
                "--revision",
                metavar="N",
                help=_("Only if nobody changed it since: the revision of `show -f json`."),
            ),
        ] = None,
    ) -> None: ...

    return [*writing_params(), *_params(options)]
