"""How a group and a command behave, and what their helps are made of."""

import sys
from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from svcq.commands.misuse import at, missing, more, no_command, surplus
from svcq.commands.params import (
    lighten,
    listing_params,
    mending_params,
    name_values,
    record_params,
    writing_params,
)
from svcq.desk import Desk
from svcq.locale import _

SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Command(TyperCommand):
    """A command that asks on a terminal for a required option that is missing."""

    shared: Callable[[], list[Any]] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        if self.shared is not None:
            self.params = [*self.params, *type(self).shared()]  # type: ignore[misc]
        lighten(self.params)
        name_values(self.params)
        self.options_metavar = _("[OPTIONS]")

    allow_extra_args = True
    """Left to `parse_args`, which says so in svcq's own words."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401
        """The help page, laid out in cells."""
        from svcq.commands.page import Page

        ctx.formatter_class = Page
        return super().get_help(ctx)

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401
        """The option --help, coerced like every other flag."""
        return _help_option(super().get_help_option(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """Ask for what is missing, on a terminal only; talk goes to stderr.

        Usage for too many arguments, and for a required option without a word in it: a blank reason is none.
        """
        if sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty() and not ctx.resilient_parsing:
            params: list[Any] = self.params
            for param in params:
                if param.required and param.param_type_name == "option":
                    param.prompt = param.help or param.name
                    param.prompt_for_value = _asker(param)
        with at(ctx):
            rest = super().parse_args(ctx, args)
        if ctx.resilient_parsing:
            return rest
        if rest:
            raise surplus(rest, ctx.command_path)
        for param in self.params:
            if param.required and param.param_type_name == "option" and _is_blank(ctx.params[param.name]):
                raise more(missing(param), ctx.command_path)
        return rest

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401
        """Tell the desk which command is at work, without its arguments: the audit keeps it."""
        if isinstance(ctx.obj, Desk):
            ctx.obj.command = ctx.command_path.partition(" ")[2]
        return super().invoke(ctx)


def _is_blank(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, str) and not value.strip()


def _help_option(option: Any) -> Any:  # noqa: ANN401
    """The option --help in the user's language, coerced like every other flag."""
    lighten([option])
    if option is not None:
        option.help = _("Show this message and exit.")
    return option


def _asker(param: Any) -> Callable[[Any], Any]:  # noqa: ANN401
    def ask(ctx: Any) -> Any:  # noqa: ANN401
        what = _("{heading}:").format(heading=param.prompt.rstrip(".。"))
        text = typer.prompt(what, prompt_suffix=" ", err=True)
        return param.process_value(ctx, [text] if param.multiple else text)

    return ask


class Lists(Command):
    """A command that prints a listing."""

    shared = listing_params


class Prints(Command):
    """A command that prints rows which belong to no customer and no person."""

    @staticmethod
    def shared() -> list[Any]:
        """The options of every listing but those that choose among records."""
        chosen = ("person", "customer", "region", "as_of")
        return [param for param in listing_params() if param.name not in chosen]


class Shows(Command):
    """A command that prints one record."""

    shared = record_params


class Answers(Command):
    """A command that prints one answer, which no day of the store changes."""

    @staticmethod
    def shared() -> list[Any]:
        """The options of a record but --as-of."""
        return [param for param in record_params() if param.name != "as_of"]


class Writes(Command):
    """A command that changes records."""

    shared = writing_params


class Mends(Command):
    """A command that mends a record which others may mend as well."""

    shared = mending_params


class WritesOrPrints(Command):
    """A command that changes records, or lists them if it is not told which."""

    @staticmethod
    def shared() -> list[Any]:
        """The options of both."""
        return [*Prints.shared(), *writing_params()]


class WritesOrLists(Command):
    """A command that changes records, or lists them, of a day and of whom is asked for, if it is not told which."""

    @staticmethod
    def shared() -> list[Any]:
        """The options of both."""
        return [*listing_params(), *writing_params()]


class PrintsOfDay(Command):
    """A command that prints rows as they stood on a day, which belong to no customer and no person."""

    @staticmethod
    def shared() -> list[Any]:
        """The options of every listing but those that choose among records."""
        return [param for param in listing_params() if param.name not in ("person", "customer", "region")]


class Group(TyperGroup):
    """A group; its help tells whole sentences."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """Options are flags and texts; those for completion come late, so all are looked at here."""
        lighten(self.params)
        with at(ctx):
            return super().parse_args(ctx, args)

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401
        """The help page, laid out in cells."""
        name_values(self.params)
        for param in self.params:
            param.help = _(param.help or "")  # type: ignore[attr-defined]
        self.options_metavar, self.subcommand_metavar = _("[OPTIONS]"), _("COMMAND [ARGS]...")
        from svcq.commands.page import Page

        ctx.formatter_class = Page
        return super().get_help(ctx)

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401
        """The option --help, coerced like every other flag."""
        return _help_option(super().get_help_option(ctx))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401
        """The command that the arguments name; Usage, with near ones, if there is none."""
        if not args[0].startswith("-") and args[0] not in self.commands and not ctx.resilient_parsing:
            raise no_command(args[0], list(self.commands), ctx.command_path)
        return super().resolve_command(ctx, args)

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
