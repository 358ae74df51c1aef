"""Every command of the program with its parameters, and words that are right for each."""

from functools import cache

from svcq import main
from tests.cli import SAMPLES

RIGHT = {
    "NUMBER": "HT-2026-0026",
    "NAME": "郑望舒",
    "DATE": "2026-11-20",
    "START": "2026-11-20",
    "A": "2026-11-01",
    "B": "2026-11-20",
    "TEXT": "文字",
    "MONTH": "2026-10",
    "FILE": "made.xlsx",
    "FILE…": SAMPLES[0],
    "ROLE": "salesperson",
    "RULE": "contract.return",
    "KIND": "contract",
    "email|phone": "email",
    "DAYS": "7d",
    "QUARTER": "2026Q3",
    "YEAR": "2026",
}
"""What to say for a parameter, by what its help calls the value."""


@cache
def commands():
    """(words of the command, the command), in the order of the help; `demo` makes its own store and is left out."""
    root = main.make()
    found = [one for name in main.COMMANDS for one in _below((name,), root.commands.get(name))]
    return [one for one in found if one[0] != ("demo",)]


def _below(words, command):
    """A command, or those of a group and of the groups in it."""
    if not hasattr(command, "commands"):
        return [(words, command)]
    return [one for name, leaf in command.commands.items() for one in _below((*words, name), leaf)]


def named(command):
    """The parameters of a command that take a value."""
    return [
        param for param in command.params if param.name != "help" and not getattr(param, "is_flag", False)
    ]


def line(words, command, target=None, value=""):
    """The command line with what is required, and `value` for the parameter `target`."""
    arguments, options = [], []
    for param in named(command):
        if param is not target and not param.required:
            continue
        said = value if param is target else RIGHT.get((param.metavar or "").strip("[]"), "x")
        if param.param_type_name == "argument":
            arguments.append(said)
        else:
            options.append(f"{param.opts[0]}={said}")
    return [*words, *options, "--", *arguments]
