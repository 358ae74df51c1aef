"""Global options and the list of processes; a group is imported when it is named."""

import os
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from svcq import __version__, clock, desk, interrupts, locale, settings
from svcq.commands import misuse
from svcq.commands.dates import day
from svcq.commands.kit import SETTINGS, Group
from svcq.desk import Desk
from svcq.errors import SvcqError, Usage, reason
from svcq.locale import N_, _, say
from svcq.output.target import keep_only

COMMANDS = {
    "handover": N_("Hand-overs from implementation to service: applied, decided, registered, noticed."),
    "contract": N_("Service contracts: out, sealed, reminded, called, back."),
    "issue": N_("The worklog: problems, steps, requests, spot checks, reconciliation."),
    "upgrade": N_("Upgrades: applied, arranged, planned, tested, approved, done, reported, called back."),
    "migrate": N_("Data migrations, the hospitals that owe one, and the December check."),
    "callback": N_("Satisfaction callbacks: the quarter's sample, answers, summary."),
    "score": N_("Scores by person, team and region, each point with the record behind it."),
    "customer": N_("The hospitals."),
    "staff": N_("The people of the company, and who at QC answers for which rule."),
    "due": N_("Every open or overdue obligation, across processes."),
    "daily": N_("What cron runs each morning: deadlines ahead, reminders, a digest."),
    "remind": N_("Reminders: the outbox, the call list, sending, ticking off."),
    "waive": N_("Let off an obligation, with a reason."),
    "report": N_("The report of a month or a quarter: workbook with charts, page for browsers, Markdown."),
    "import": N_("Read workbooks and CSV files into the store."),
    "export": N_("Write the records of a kind to a workbook or CSV file."),
    "calendar": N_("Working days: due dates, counting, the company's own days."),
    "policy": N_("The numbers of the process: show, check, apply, go live."),
    "log": N_("Who changed what, when, from what to what."),
    "db": N_("The store: where it is, check, backup, restore, copy."),
    "demo": N_("Try it: the sample workbooks in a throw-away store."),
}
"""Every command or group, in the order of the help; its module is svcq.commands.NAME."""


class Loaded(dict[str, Any]):
    """The commands by name; reading one imports its module."""

    def __init__(self) -> None:
        super().__init__(dict.fromkeys(COMMANDS))

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ANN401
        """The command of that name, imported now; None if there is none."""
        if name not in COMMANDS:
            return default
        if self[name] is None:
            module = import_module(f"svcq.commands.{name.replace('import', 'import_')}")
            command = typer.main.get_command(module.app)
            command.name = name
            self[name] = command
        return self[name]


class Root(Group):
    """The root group: its help and its completion import nothing."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        self.commands = Loaded()

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """The one-line helps."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(title)) for name, title in COMMANDS.items()])

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:  # noqa: ANN401
        """Names of commands without importing them, then the options."""
        from typer import core

        item: Any = vars(core)["CompletionItem"]
        names = [name for name in COMMANDS if name.startswith(incomplete)]
        found = [item(name, help=_(COMMANDS[name])) for name in names]
        return found if found or not incomplete.startswith("-") else super().shell_complete(ctx, incomplete)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"svcq {__version__}")
        raise typer.Exit


def root(
    ctx: typer.Context,
    db: Annotated[str | None, typer.Option("--db", metavar="PATH|URL", help=N_("The store."))] = None,
    today: Annotated[
        str | None, typer.Option("--today", metavar="DATE", help=N_("Act as if it were this day."))
    ] = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="zh|en", help=N_("The language."))] = None,
    acting: Annotated[str | None, typer.Option("--as", metavar="NAME", help=N_("Who is acting."))] = None,
    version: Annotated[
        bool, typer.Option("--version", help=N_("Print the version."), callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Lay the desk; without a command show what lies on it."""
    if lang is not None and settings.spoken(lang) is None:
        raise Usage(N_("--lang: {text} is no language svcq speaks; zh or en"), text=repr(lang))
    said = today or os.environ.get("SVCQ_TODAY")
    option = "--today" if today else "SVCQ_TODAY"
    place = settings.place(db, os.environ)
    keep_only(*(f"{place}{end}" for end in ("", "-wal", "-shm", "-journal") if isinstance(place, Path)))
    ctx.obj = Desk(
        today=day(said, clock.today(), option) if said else clock.today(),
        place=place,
        actor=settings.actor(acting, os.environ),
    )
    if ctx.invoked_subcommand is None:
        from svcq.commands.desk_page import print_desk

        print_desk(ctx.obj)


def make() -> Any:  # noqa: ANN401 - the library does not export its base class
    """The root command in the language that was chosen."""
    app = typer.Typer(
        cls=Root,
        help=_("The service-quality process: obligations with a clause, an owner, a due date and evidence."),
        invoke_without_command=True,
        rich_markup_mode=None,
        context_settings=SETTINGS,
        pretty_exceptions_enable=False,
    )
    app.callback()(root)
    return typer.main.get_command(app)


def _sentences(error: BaseException) -> Iterator[str]:
    """What to tell the user about an error, line by line."""
    if isinstance(error, SvcqError):
        yield from map(say, error.lines)
    elif isinstance(error, typer.TyperException):
        yield say(misuse.sentence(error))
    else:
        yield _("unexpected: {kind}: {why}; SVCQ_DEBUG=1 shows where").format(
            kind=type(error).__name__, why=" ".join(str(error).split())
        )


def run(arguments: list[str] | None = None) -> None:
    """The program: parse, act, and end with a published exit code."""
    args = sys.argv[1:] if arguments is None else arguments
    try:
        if arguments is None:
            interrupts.listen()
        code = _ended(args)
    except KeyboardInterrupt:
        kept = _("interrupted at the very end: `svcq log` tells what was kept")
        _tell([kept if desk.committing else _("interrupted: nothing was written")])
        code = interrupts.exit_code()
    if arguments is None:
        interrupts.deafen()
    sys.exit(code)


def _ended(args: list[str]) -> int:
    """Parse and act; the exit code. KeyboardInterrupt if the process was asked to end."""
    locale.use(settings.language(args, os.environ))
    desk.committing = False
    try:
        _check_encoding(args)
        code = int(make()(args, prog_name="svcq", standalone_mode=False) or 0)
        if code == 130:  # the library swallows Ctrl-C
            raise KeyboardInterrupt
        sys.stdout.flush()
        return code
    except typer.Abort as error:
        raise KeyboardInterrupt from error
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # the one door: every error ends as a sentence and an exit code
        if interrupts.Asked.end:  # libraries make other errors of Ctrl-C
            raise KeyboardInterrupt from error
        if os.environ.get("SVCQ_DEBUG"):
            raise
        if isinstance(error, OSError):
            error = _of_the_system(error)
        page = misuse.help_of(error)
        _tell(page or _sentences(error), prefix="" if page else "svcq: ")
        return int(getattr(error, "exit_code", 1))


def _of_the_system(error: OSError) -> Exception:
    """What the system refused, as a sentence; the error itself if the system said nothing."""
    if error.filename is not None:  # e.g. a name too long for any file
        return Usage("{path} cannot be read: {why}", path=error.filename, why=reason(error))
    if "temporary directory" in str(error):
        return SvcqError("there is no folder for temporary files: name one in TMPDIR")
    return SvcqError("the system refused it: {why}", why=reason(error)) if error.errno else error


def _check_encoding(arguments: Iterable[str]) -> None:
    """Refuse words in another encoding than the terminal's; a file may have such a name."""
    for word in arguments:
        foreign = not word.isascii() and any("\ud800" <= letter <= "\udfff" for letter in word)
        if foreign and not os.path.exists(word):
            raise Usage("{path} is not UTF-8 text", path=repr(word))


def _tell(lines: Iterable[str], prefix: str = "svcq: ") -> None:
    from svcq.output.terminal import talk

    for line in lines:
        talk(f"{prefix}{line}")
