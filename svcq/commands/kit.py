"""What all commands share: their options, declared once, and how a group and a command behave."""

import sys
from collections.abc import Callable, Iterable
from functools import cache
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from svcq.desk import Desk
from svcq.locale import _
from svcq.output.shape import FORMATS

PLAIN = {str(kind) for kind in (str, list[str], bool)}
"""Annotations of parameters that need no coercion."""
SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


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


class Command(TyperCommand):
    """A command that asks on a terminal for a required option that is missing."""

    shared: Callable[[], list[Any]] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        if self.shared is not None:
            self.params = [*self.params, *type(self).shared()]  # type: ignore[misc]
        lighten(self.params)

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401
        """The option --help, coerced like every other flag."""
        option = super().get_help_option(ctx)
        lighten([option])
        return option

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """Ask for what is missing, on a terminal only; talk goes to stderr."""
        if sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty() and not ctx.resilient_parsing:
            params: list[Any] = self.params
            for param in params:
                if param.required and param.param_type_name == "option":
                    param.prompt = param.help or param.name
                    param.prompt_for_value = _asker(param)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401
        """Tell the desk which command is at work, without its arguments: the audit keeps it."""
        if isinstance(ctx.obj, Desk):
            ctx.obj.command = ctx.command_path.partition(" ")[2]
        return super().invoke(ctx)


def _asker(param: Any) -> Callable[[Any], Any]:  # noqa: ANN401
    def ask(ctx: Any) -> Any:  # noqa: ANN401
        text = typer.prompt(param.prompt, err=True)
        return param.process_value(ctx, [text] if param.multiple else text)

    return ask


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
def _listing_params() -> list[Any]:
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
            str | None, typer.Option("--person", metavar="NAME", help=_("Only what concerns this person."))
        ] = None,
        customer: Annotated[
            str | None, typer.Option("--customer", metavar="NAME", help=_("Only this customer."))
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
def _record_params() -> list[Any]:
    return [param for param in _listing_params() if param.name in ("format", "output", "columns", "as_of")]


@cache
def _writing_params() -> list[Any]:
    def options(
        dry_run: Annotated[
            bool, typer.Option("--dry-run", help=_("Say what would happen and change nothing."))
        ] = False,
        note: Annotated[
            str | None, typer.Option("--note", metavar="TEXT", help=_("Kept with the change in the log."))
        ] = None,
    ) -> None: ...

    return _params(options)


class Lists(Command):
    """A command that prints a listing."""

    shared = _listing_params


class Prints(Command):
    """A command that prints rows which belong to no customer and no person."""

    @staticmethod
    def shared() -> list[Any]:
        """The options of every listing but those that choose among records."""
        chosen = ("person", "customer", "region", "as_of")
        return [param for param in _listing_params() if param.name not in chosen]


class Shows(Command):
    """A command that prints one record."""

    shared = _record_params


class Writes(Command):
    """A command that changes records."""

    shared = _writing_params


class WritesOrPrints(Command):
    """A command that changes records, or lists them if it is not told which."""

    @staticmethod
    def shared() -> list[Any]:
        """The options of both."""
        return [*Prints.shared(), *_writing_params()]


class Group(TyperGroup):
    """A group; its help tells whole sentences."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """Options are flags and texts; those for completion come late, so all are looked at here."""
        lighten(self.params)
        return super().parse_args(ctx, args)

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401
        """The option --help, coerced like every other flag."""
        option = super().get_help_option(ctx)
        lighten([option])
        return option

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """What each command does, folded and never cut."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, command.help or "") for name, command in self.commands.items()])


def group(title: str) -> typer.Typer:
    """A group of commands; `title` is translated."""
    return typer.Typer(
        cls=Group,
        help=title,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        context_settings=SETTINGS,
        pretty_exceptions_enable=False,
    )


def single() -> typer.Typer:
    """The application of a command that stands alone."""
    return typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        context_settings=SETTINGS,
        pretty_exceptions_enable=False,
    )


def text_option(option: str, help: str) -> Any:  # noqa: ANN401 - as typer's own Option
    """An option that takes a text."""
    return typer.Option(option, metavar="TEXT", help=help)


def date_option(option: str, help: str) -> Any:  # noqa: ANN401 - as typer's own Option
    """An option that takes a day."""
    return typer.Option(option, metavar="DATE", help=help)


def example(*lines: str) -> str:
    """The epilog of a command's help: how it is typed; `\\b` keeps the lines apart."""
    return "\b\n" + _("Example:") + "\n" + "\n".join(f"  svcq {line}" for line in lines)
