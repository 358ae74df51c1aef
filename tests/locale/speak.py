"""Every help page and some answers in Chinese, as JSON; a process of its own, for helps are made on import."""

import json
import sys
from pathlib import Path
from typing import Any

from svcq import locale, main
from tests.cli import SAMPLES, TODAY, Svcq

Page = tuple[str, str]


def pages(command: Any, ctx: Any, path: str) -> list[Page]:
    """The path and the help page of a command and of all below it."""
    found = [(path, command.get_help(ctx))]
    for name in getattr(command, "commands", ()):
        below = command.get_command(ctx, name)
        found += pages(
            below, type(ctx)(below, info_name=name, parent=ctx, **below.context_settings), f"{path} {name}"
        )
    return found


def helps() -> list[Page]:
    """Every help page."""
    import typer

    locale.use("zh")
    root = main.make()
    return pages(root, typer.Context(root, info_name="svcq", **root.context_settings), "svcq")


def answers(folder: Path, calls: list[list[str]]) -> list[tuple[str, str, str]]:
    """What is said, on both channels, to each call over a store with the sample workbooks."""
    svcq = Svcq(folder / "svcq.db", TODAY, "zh")
    svcq("import", *SAMPLES)
    found = []
    for call in calls:
        ran = svcq(*call, code=None, COLUMNS="80")
        found.append((" ".join(call), ran.out, ran.err))
    return found


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    told = helps() if asked is None else answers(Path(asked["folder"]), asked["calls"])
    sys.stdout.write(json.dumps(told, ensure_ascii=False))
