"""What holds for every command: an example in its help, a sentence for nonsense, nothing written by a refusal."""

import os
import shlex
from pathlib import Path

import pytest

from svcq import main
from tests.cli import Svcq, copy
from tests.commands.walk import commands, line, named
from tests.places import tables

NONSENSE = (
    *("", " ", "x", "2026-02-30", "９９", "a" * 5000, "\x1b[31m", "=1+1", "../..", "-1", "0", "9" * 5000),
    *("99999999999999999999", "NaN", "0001-01-01", "9999-12-31", "+999999d", "-999999y", "99999m", "🏥"),
    *("\n", "%s{x}", "{", "'; drop table contract; --", ".", "²", "\udcff", "/dev/null/x", "none", "--"),
)
WORDS = [words for words, _ in commands()]


def marks(store):
    """What changes when anything is written to the store."""
    if not isinstance(store, Path):
        return tables(store)
    return [(path.name, path.read_bytes()) for path in sorted(store.parent.glob(f"{store.name}*"))]


@pytest.fixture
def scratch(sample, tmp_path, monkeypatch):
    """The sample store anew after each write, in a folder in which anything may be made."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kept").mkdir()
    return Svcq(copy(sample.store, tmp_path / "kept" / "svcq.db"))


def sound(ran, shown):
    assert ran.code in (0, 2, 3, 4, 5, 6), f"{shown}: {ran.code}: {ran.err[:300]}"
    assert "unexpected" not in ran.err, shown
    assert not any(sign in ran.err for sign in ("\x1b", "Traceback", "<class")), shown


@pytest.mark.parametrize(("words", "command"), commands(), ids=[" ".join(words) for words in WORDS])
def test_nonsense_for_any_argument_is_a_sentence_and_writes_nothing(scratch, words, command):
    before = marks(scratch.store)
    for place, param in enumerate(named(command)):
        nonsense = NONSENSE[(place * 7 + len(words[-1])) % len(NONSENSE)]
        typed = line(words, command, param, nonsense)
        ran = scratch(*typed, code=None)
        sound(ran, [word[:40] for word in typed])
        if ran.code not in (0, 6):  # mails that could not go out wait in the store
            assert 1 <= len(ran.err.splitlines()) <= 3, typed
            assert marks(scratch.store) == before, typed
        elif marks(scratch.store) != before:
            before = marks(scratch.store)


@pytest.mark.parametrize("nonsense", NONSENSE, ids=ascii)
@pytest.mark.parametrize(
    ("words", "option"),
    [
        (("contract", "list"), "--limit"),
        (("contract", "expiring"), "--within"),
        (("due",), "--as-of"),
        (("contract", "edit", "HT-2026-0026", "--reason=x", "--dry-run"), "--ends"),
    ],
    ids=["limit", "within", "as-of", "ends"],
)
def test_numbers_spans_and_days_are_right_or_refused(sample, words, option, nonsense):
    before = marks(sample.store)
    ran = sample(*words, f"{option}={nonsense}", code=None)
    sound(ran, nonsense[:40])
    assert marks(sample.store) == before


@pytest.mark.parametrize("nonsense", [text for text in NONSENSE[2::3] if text.strip()], ids=ascii)
def test_global_options_are_right_or_refused(sample, tmp_path, monkeypatch, nonsense):
    monkeypatch.chdir(tmp_path)
    for option in ("--db", "--today", "--lang", "--as"):
        ran = sample(f"{option}={nonsense}", "contract", "list", "-f", "json", code=None)
        assert ran.code in (0, 1, 2)
        assert "unexpected" not in ran.err
        assert len(ran.err.splitlines()) <= 1
        if ran.code == 1:
            assert option == "--db"
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(("words", "command"), commands(), ids=[" ".join(words) for words in WORDS])
def test_the_help_has_an_example_that_parses(sample, words, command):
    ran = sample(*words, "--help")
    assert ran.err == ""
    examples = [text.strip() for text in ran.out.splitlines() if text.strip().startswith("svcq ")]
    assert examples, ran.out
    for text in examples:
        typed = shlex.split(text.replace("$(date +%F)", "2026-11-23").split(" > ")[0].split(" && ")[0])
        assert tuple(typed[1 : 1 + len(words)]) == words
        command.make_context("svcq", typed[1 + len(words) :], resilient_parsing=False)


@pytest.mark.parametrize("words", [(), *((name,) for name in main.COMMANDS)], ids=" ".join)
def test_help_goes_to_the_output_and_ends_well(sample, words):
    assert sample(*words, "--help").out.count("\n") > 5
    assert sample(*words, "-h").out == sample(*words, "--help").out


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("contrct", "list"), "contract"),
        (("contract", "lst"), "list"),
        (("contract", "list", "--perso", "x"), "--person"),
        (("contract", "seal"), "NUMBER"),
        (("contract", "seal", "HT-2026-0026"), "--on"),
        (("contract", "list", "x"), "x"),
        (("due", "--overdue", "--all"), "--overdue"),
    ],
)
def test_a_slip_of_the_keyboard_is_told_with_the_remedy(sample, typed, said):
    ran = sample(*typed, code=2)
    assert said in ran.err
    assert len(ran.err.splitlines()) <= 2
    assert ran.out == ""


WRITES = (
    ("contract", "add", "N-1", "--customer", "岚汀市中心医院"),
    ("contract", "edit", "HT-2026-0026", "--project", "HIS", "--reason", "x"),
    ("contract", "return", "HT-2026-0026", "--on", "today"),
    ("contract", "call", "HT-2026-0026", "--on", "today"),
    ("contract", "convert", "HT-2025-0001", "--new", "N-2", "--sealed", "today"),
    ("contract", "refuse", "HT-2025-0001", "--on", "today", "--reason", "x"),
    ("contract", "void", "HT-2026-0026", "--reason", "x"),
    ("contract", "assign", "HT-2026-0026", "--role", "salesperson", "--to", "郑望舒"),
    ("contract", "feedback", "--month", "2026-10", "-o", "made.xlsx"),
    ("customer", "add", "海州市人民医院", "--level", "3"),
    ("customer", "edit", "岚汀市中心医院", "--phone", "1", "--reason", "x"),
    ("customer", "assign", "岚汀市中心医院", "--role", "engineer", "--to", "郑望舒"),
    ("staff", "add", "李新", "--role", "engineer"),
    ("staff", "edit", "郑望舒", "--team", "x", "--reason", "x"),
    ("staff", "void", "郑望舒", "--reason", "x"),
    ("staff", "duty", "contract.call", "郑望舒"),
    ("staff", "leave", "郑望舒", "--from", "2026-10-20", "--until", "2026-10-21"),
    ("staff", "train", "郑望舒", "--on", "2026-11-20"),
    ("issue", "sample", "2026-11"),
    ("issue", "finding", "--person", "郑望舒", "--missing-on", "2026-10-20", "--note", "so war es"),
    ("issue", "check", "2026-11", "--customer", "岚汀市中心医院", "--on", "2026-11-20"),
    ("waive", "contract.return", "HT-2026-0026", "--reason", "x"),
    ("calendar", "off", "2026-12-31"),
    ("calendar", "on", "2026-12-26"),
    ("policy", "live", "2026-10-01"),
)
AGAIN = [typed for typed in WRITES if typed[1] not in ("add", "feedback")]


@pytest.mark.parametrize("typed", WRITES, ids=lambda typed: " ".join(typed[:2]))
def test_a_dry_run_writes_nothing_and_says_what_would_be(svcq, tmp_path, monkeypatch, typed):
    monkeypatch.chdir(tmp_path)
    before = svcq.dump()
    ran = svcq(*typed, "--dry-run")
    assert svcq.dump() == before
    assert ran.err.splitlines()[0].endswith("(dry run: nothing was written)")
    assert set(os.listdir(tmp_path)) <= {"svcq.db"}
    ran = svcq(*typed, "--note", "so war es")
    assert svcq.dump() != before
    assert "dry run" not in ran.err
    notes = {row["note"] for row in svcq("log", "--limit", "1", "-f", "json").json}
    assert notes == {"so war es"} or "--reason" in typed
    assert svcq("db", "check").out == ""


@pytest.mark.parametrize("typed", AGAIN, ids=lambda typed: " ".join(typed[:2]))
def test_doing_a_done_thing_again_is_success_and_says_so(svcq, typed):
    svcq(*typed)
    before = svcq.dump()
    ran = svcq(*typed)
    assert len(ran.err.splitlines()) == 1
    assert svcq.dump() == before


@pytest.mark.parametrize(
    ("code", "typed"),
    [
        (2, ("contract", "seal", "HT-2026-0026", "--on", "gestern")),
        (2, ("contract", "remind", "HT-2026-0026", "--by", "fax", "--on", "today")),
        (2, ("contract", "edit", "HT-2026-0026", "--reason", "x")),
        (2, ("contract", "edit", "HT-2026-0026", "--amount", "viel", "--reason", "x")),
        (2, ("contract", "assign", "HT-2026-0026", "--role", "engineer", "--to", "郑望舒")),
        (2, ("contract", "feedback", "--month", "2026-12", "-o", "made.xlsx")),
        (2, ("contract", "feedback", "--month", "2026-10", "-o", "made.doc")),
        (2, ("contract", "list", "--state", "lost")),
        (2, ("contract", "list", "--columns", "nummer")),
        (2, ("contract", "list", "-f", "pdf")),
        (2, ("customer", "edit", "岚汀市中心医院", "--level", "4", "--reason", "x")),
        (2, ("staff", "add", "李新", "--role", "chef")),
        (2, ("staff", "duty", "contract.nothing", "郑望舒")),
        (2, ("waive", "contract.nothing", "HT-2026-0026", "--reason", "x")),
        (2, ("waive", "contract.return", "HT-2026-0026")),
        (2, ("policy", "check", "missing.toml")),
        (2, ("policy", "live", "2026-10-01", "--everything")),
        (2, ("calendar", "due", "2026-11-20")),
        (2, ("db", "restore", "missing.db", "--yes")),
        (3, ("contract", "seal", "HT-9", "--on", "today")),
        (3, ("contract", "show", "HT-9")),
        (3, ("contract", "add", "N-1", "--customer", "岚汀市中心院")),
        (3, ("contract", "list", "--customer", "岚汀市中心院")),
        (3, ("contract", "assign", "HT-2026-0026", "--role", "salesperson", "--to", "郑望书")),
        (3, ("customer", "show", "岚汀市中心院")),
        (3, ("staff", "show", "郑望书")),
        (3, ("staff", "duty", "contract.call", "郑望书")),
        (3, ("waive", "contract.return", "HT-9", "--reason", "x")),
        (4, ("contract", "add", "HT-2026-0026", "--customer", "岚汀市中心医院")),
        (4, ("contract", "seal", "HT-2026-0026", "--on", "2026-01-01")),
        (4, ("contract", "return", "HT-2026-0026", "--on", "+1d")),
        (4, ("contract", "edit", "HT-2026-0026", "--returned", "2026-01-01", "--reason", "x")),
        (4, ("contract", "edit", "HT-2026-0026", "--follows", "HT-2026-0026", "--reason", "x")),
        (4, ("contract", "call", "HT-2026-0026", "--on", "+1d")),
        (4, ("customer", "add", "岚汀市中心医院")),
        (4, ("customer", "void", "岚汀市中心医院", "--reason", "x")),
        (4, ("staff", "add", "郑望舒")),
        (4, ("staff", "duty", "contract.return", "郑望舒")),
        (4, ("staff", "edit", "郑望舒", "--joined", "2026-05-01", "--left", "2026-04-01", "--reason", "x")),
    ],
    ids=lambda value: " ".join(value[:3]) if isinstance(value, tuple) else str(value),
)
def test_a_refusal_is_one_line_with_its_exit_code_and_writes_nothing(sample, code, typed):
    before = marks(sample.store)
    ran = sample(*typed, code=code)
    assert len(ran.err.splitlines()) == 1
    assert ran.err.startswith("svcq: ")
    assert ran.out == ""
    assert marks(sample.store) == before
