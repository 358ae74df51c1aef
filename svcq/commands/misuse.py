"""What the command-line library objects to, as one sentence of svcq: what is wrong, and how to get help."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import typer

from svcq.errors import N_, Phrase, SvcqError, Usage

LIBRARY = (
    N_("Arguments"),
    N_("Options"),
    N_("Commands"),
    N_("required"),
    N_("default: {default}"),
    N_("Missing command."),
)
"""Words that the library asks the catalogue for by itself."""
NO_VALUE = "does not take a value."


def help_of(error: BaseException) -> list[str]:
    """The lines of the help page, for a group that was called without a command; else none."""
    return str(error).split("\n") if type(error).__name__ == "NoArgsIsHelpError" else []


@contextmanager
def at(ctx: Any) -> Iterator[None]:  # noqa: ANN401
    """Tell an objection of the block at which command it was made; some know it, some do not."""
    try:
        yield
    except typer.TyperException as error:
        if getattr(error, "ctx", None) is None:
            error.ctx = ctx  # type: ignore[attr-defined]
        raise


def sentence(error: Any) -> SvcqError:  # noqa: ANN401 - the library exports only the base of its errors
    """The sentence for an error of the library, told apart by the name of its kind."""
    what = _what(error)
    ctx = getattr(error, "ctx", None)
    return more(what, ctx.command_path) if ctx is not None else what


def more(what: SvcqError, command: str) -> Usage:
    """The sentence with where to read on."""
    return Usage("{what} (`{command} --help` tells more)", what=what, command=command)


def meant(names: Sequence[str]) -> SvcqError | str:
    """`; did you mean …?`, nothing without near names."""
    return Phrase("; did you mean {names}?", names=", ".join(names)) if names else ""


def _what(error: Any) -> SvcqError:  # noqa: ANN401
    kind = type(error).__name__
    if kind == "MissingParameter" and error.param is not None:
        if error.param.param_type_name == "option":
            return missing(error.param)
        return Usage("the argument {name} is missing", name=error.param.metavar or error.param.name)
    if kind == "NoSuchOption":
        near = meant(sorted(error.possibilities or ()))
        return Usage("there is no option {option}{near}", option=error.option_name, near=near)
    if kind == "BadOptionUsage":
        if error.message.endswith(NO_VALUE):
            return Usage("the option {option} takes no value", option=error.option_name)
        return Usage("the option {option} needs a value", option=error.option_name)
    return Usage("{why}", why=error.format_message().removesuffix(".").removesuffix("。"))


def missing(option: Any) -> SvcqError:  # noqa: ANN401
    """The sentence for an option that was to be given."""
    return Usage("the option {option} is missing", option=" / ".join(option.opts))


def surplus(arguments: Sequence[str], command: str) -> Usage:
    """The sentence for more arguments than a command takes."""
    return more(Usage("too many arguments: {arguments}", arguments=" ".join(arguments)), command)


def no_command(name: str, known: Sequence[str], command: str) -> Usage:
    """The sentence for a command that there is not, with those that may be meant."""
    from difflib import get_close_matches

    near = meant(get_close_matches(name, known))
    return more(Usage("there is no command {name}{near}", name=repr(name), near=near), command)
