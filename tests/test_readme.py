"""What the README shows is what svcq does."""

import io
import os
import re
import shlex
import shutil
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

import pytest

from svcq import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", README, re.S)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A folder with the sample files, and the environment of the README's reader."""
    folder = tmp_path_factory.mktemp("readme")
    for name in ("workbooks", "reconcile", "logs", "mappings"):
        for file in (ROOT / "examples" / name).iterdir():
            shutil.copy(file, folder)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SVCQ_")}
    environment |= {
        "SVCQ_DB": str(folder / "readme.db"),
        "SVCQ_TODAY": "2026-11-23",
        "SVCQ_LANG": "en",
        "PYTHONIOENCODING": "utf-8",
    }
    return folder, environment


def calls(block):
    """The commands of a block, each with what is shown below it."""
    parts = re.split(r"^\$ ", block, flags=re.M)
    assert parts[0] == ""
    return [tuple(part.split("\n", 1)) for part in parts[1:]]


def run(desk, line, monkeypatch):
    """What a terminal would show of a call: standard output and standard error in the order in which they come."""
    folder, environment = desk
    program, *arguments = shlex.split(line)
    assert program == "svcq"
    monkeypatch.chdir(folder)
    screen = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with (
        patch.dict(os.environ, environment, clear=True),
        redirect_stdout(screen),
        redirect_stderr(screen),
        pytest.raises(SystemExit),
    ):
        main.run(arguments)
    return screen.buffer.getvalue().decode()


def test_the_blocks_show_what_the_commands_print(desk, monkeypatch):
    shown = [call for block in BLOCKS for call in calls(block)]
    assert len(shown) >= 6
    for line, expected in shown:
        assert run(desk, line, monkeypatch) == expected, line


def test_the_first_screen_has_the_two_commands():
    first = README.split("## ")[0]
    assert "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/svcq demo" in first
    assert "python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/pytest -q" in first
    assert ".venv/bin/pip install -q -e '.[dev]' && .venv/bin/pytest -q" in (ROOT / ".ci" / "run").read_text()


def test_every_view_of_the_store_is_documented():
    views = {file.stem.partition("_")[2] for file in (ROOT / "svcq" / "store" / "views").glob("*.sql")}
    assert views
    assert not {view for view in views if f"`{view}`" not in README}


def test_every_group_and_command_is_documented():
    from svcq.main import COMMANDS, make

    table = README.split("## Commands")[1].split("## ")[0]
    root = make()
    for name in COMMANDS:
        assert f"`{name}`" in table
        for command in getattr(root.commands.get(name), "commands", {}):
            assert command in table, f"{name} {command}"


def test_pictures_and_files_that_are_linked_exist():
    links = re.findall(r"\]\((?!http)([^)#]+)\)", README)
    assert links
    assert not [link for link in links if not (ROOT / link).exists()]
