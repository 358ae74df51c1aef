"""Who may import whom: the floors of the house, kept by reading every import, lazy ones and those for types too."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import svcq
from tests.stores import made

HOUSE = Path(svcq.__file__).parent
MODULES = sorted(HOUSE.rglob("*.py"))

FLOORS: dict[str, tuple[str, ...]] = {
    "errors": (),
    "clock": (),
    "locale": ("svcq.errors", "svcq.locale"),
    "settings": ("svcq.errors", "svcq.store.address", "platformdirs"),
    "policy": ("svcq.errors", "svcq.policy"),
    "rules": ("svcq.errors", "svcq.policy.model", "svcq.rules", "dateutil"),
    "store": ("svcq.errors", "svcq.policy.model", "svcq.store", "sqlmodel", "sqlalchemy", "alembic"),
    "processes": (
        "svcq.errors",
        "svcq.policy",
        "svcq.rules",
        "svcq.store",
        "svcq.notify",
        "svcq.processes",
        "sqlmodel",
        "sqlalchemy",
        "dateutil",
    ),
    "sheets": (
        "svcq.errors",
        "svcq.locale",
        "svcq.output.shape",
        "svcq.output.target",
        "svcq.output.workbook",
        "svcq.policy.model",
        "svcq.rules",
        "svcq.sheets",
        "openpyxl",
        "python_calamine",
        "lxml",
    ),
    "output": ("svcq.errors", "svcq.locale", "svcq.output", "rich", "openpyxl"),
    "notify": ("svcq.errors", "svcq.notify", "apprise"),
    "commands": ("svcq", "typer"),
    "desk": (
        *("svcq.processes.unit", "svcq.processes.work"),
        *("svcq.store.address", "svcq.store.database", "svcq.store.read"),
    ),
    "main": ("svcq", "typer"),
    "interrupts": (),
    "__main__": ("svcq.interrupts", "svcq.main"),
    "__init__": (),
}
"""What each floor may know, besides the standard library and itself."""

ROOMS: dict[str, tuple[str, ...]] = {
    "rules/workdays.py": ("holidays",),
    "rules/matching.py": ("rapidfuzz",),
    "policy/values.py": ("svcq.rules.workdays",),
    "processes/unit.py": ("svcq.clock",),
    "store/postgres.py": ("psycopg",),
    "store/postgres_care.py": ("psycopg",),
    "store/postgres_errors.py": ("psycopg",),
    "store/postgres_roles.py": ("psycopg",),
    "commands/dates.py": ("dateutil",),
    "commands/complete.py": ("sqlite3",),  # completion stays silent, whatever happens to the store
}
"""What one file may know beyond its floor."""

NEVER: dict[str, tuple[str, ...]] = {
    "commands": ("sqlmodel", "sqlalchemy", "alembic", "sqlite3", "openpyxl"),
    "output": ("sqlite3",),
    "rules": ("sqlite3", "os", "pathlib", "socket"),
}
"""What a floor may not know though it is allowed otherwise, or in the standard library."""


def name_of(file: Path) -> str:
    """`svcq.rules.contract` of its file."""
    return ".".join(("svcq", *file.relative_to(HOUSE).with_suffix("").parts)).removesuffix(".__init__")


def imports(file: Path) -> Iterator[str]:
    """Every module that a file names in an import, wherever it stands; of `from a import b` a.b too if it is one."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            base = node.module or ""
            for alias in node.names:
                path = HOUSE.parent / base.replace(".", "/") / alias.name
                is_module = path.is_dir() or path.with_suffix(".py").exists()
                yield f"{base}.{alias.name}" if base.startswith("svcq") and is_module else base


def floor_of(file: Path) -> str:
    """The first part of its place in the house."""
    return file.relative_to(HOUSE).with_suffix("").parts[0]


def allowed(module: str, known: tuple[str, ...]) -> bool:
    """Whether one of the known names is the module or a package around it."""
    return any(module == name or module.startswith(name + ".") for name in known)


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_a_file_imports_only_what_its_floor_may_know(file: Path) -> None:
    place = file.relative_to(HOUSE).as_posix()
    known = (*FLOORS[floor_of(file)], *ROOMS.get(place, ()))
    for module in imports(file):
        if module.partition(".")[0] in sys.stdlib_module_names or module == "svcq":
            continue
        assert allowed(module, known), f"{place} may not import {module}"
    never = set(NEVER.get(floor_of(file), ())) - set(ROOMS.get(place, ()))
    for module in imports(file):
        assert not allowed(module, tuple(never)), f"{place} may not import {module}"


def test_no_file_imports_click_under_any_name() -> None:
    named = {(name_of(file), module) for file in MODULES for module in imports(file)}
    assert not {pair for pair in named if pair[1].partition(".")[0] == "click" or "_click" in pair[1]}


CLOCKS = {
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("time", "time"),
    ("time", "localtime"),
    ("time", "gmtime"),
    ("time", "strftime"),
}


@pytest.mark.parametrize("file", [file for file in MODULES if file.name != "clock.py"], ids=name_of)
def test_only_the_clock_reads_the_clock(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Attribute):
            owner = node.value
            called = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
            assert (called, node.attr) not in CLOCKS, f"{name_of(file)}:{node.lineno} reads the clock"


def test_sql_statements_that_read_the_clock_are_nowhere() -> None:
    for file in [*HOUSE.rglob("*.sql"), *MODULES]:
        text = file.read_text("utf-8").lower()
        assert "current_date" not in text, file
        assert "current_timestamp" not in text, file
        assert "'now'" not in text, file


LONGEST = 250
LONGER = {
    "sheets/kinds/contract.py": 300,
}
"""Files for which no wall was found yet, and how long they may be meanwhile."""


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_a_file_of_more_than_250_lines_needs_a_wall(file: Path) -> None:
    if "versions" in file.parts:
        return  # a schema step is generated, and never changed again
    longest = LONGER.get(file.relative_to(HOUSE).as_posix(), LONGEST)
    lines = len(file.read_text("utf-8").splitlines())
    assert lines <= longest


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_a_file_says_in_a_sentence_what_it_is(file: Path) -> None:
    said = ast.get_docstring(ast.parse(file.read_text("utf-8")))
    assert said, f"{name_of(file)} has no docstring"
    assert said.rstrip().endswith((".", "!", "?")) or ":" in said, f"{name_of(file)}: {said}"


SHARED_RULES = {
    *(
        "deadlines",
        "evidence",
        "evidence",
        "matching",
        "obligation",
        "pairing",
        "periods",
        "reminding",
        "sampling",
        "scoring",
        "tally",
        "workdays",
    ),
}
CHAPTERS = sorted(
    {
        file.stem.partition("_")[0]
        for file in (HOUSE / "rules").glob("*.py")
        if file.stem not in SHARED_RULES and not file.stem.startswith("_")
    }
)
"""A chapter may have several files of rules: issue.py, issue_norms.py."""


def test_the_contract_chapter_is_among_the_chapters() -> None:
    assert "contract" in CHAPTERS


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_has_its_room_on_every_floor(chapter: str) -> None:
    for floor in ("rules", "store/tables", "processes", "sheets/kinds", "commands"):
        assert (HOUSE / floor / f"{chapter}.py").exists(), f"{floor} has no {chapter}"
    assert list((HOUSE / "store" / "views").glob(f"*_v_{chapter}.sql"))
    policy = (HOUSE / "policy" / "house.toml").read_text("utf-8")
    assert f"[rules.{chapter}." in policy


HEAVY = (
    "sqlmodel",
    "sqlalchemy",
    "alembic",
    "holidays",
    "openpyxl",
    "python_calamine",
    "dateutil",
    "rapidfuzz",
)
LISTINGS = (
    [],
    ["contract", "overdue", "-f", "json"],
    ["contract", "list", "-f", "json"],
    ["contract", "expiring", "-f", "json"],
    ["contract", "list", "-f", "table"],
    ["handover", "list", "-f", "json"],
    ["handover", "list", "-f", "table"],
    ["handover", "information", "-f", "json"],
    ["handover", "overdue", "-f", "json"],
    ["issue", "list", "-f", "json"],
    ["issue", "list", "-f", "table"],
    ["issue", "stale", "-f", "json"],
    ["issue", "urge", "-f", "json"],
    ["issue", "records", "-f", "json"],
    ["upgrade", "list", "-f", "json"],
    ["upgrade", "list", "-f", "table"],
    ["upgrade", "overdue", "-f", "json"],
    ["migrate", "list", "-f", "json"],
    ["migrate", "due", "-f", "json"],
    ["migrate", "check", "-f", "json"],
    ["callback", "list", "-f", "json"],
    ["callback", "summary", "-f", "json"],
    ["score", "quarter", "2026Q3", "-f", "json"],
    ["score", "quarter", "2026Q3", "-f", "table"],
    ["score", "year", "2026", "-f", "json"],
    ["score", "show", "陈立", "--quarter", "2026Q3", "-f", "json"],
    ["score", "fines", "-f", "json"],
    ["remind", "list", "-f", "json"],
    ["customer", "list", "-f", "json"],
    ["customer", "show", "H001", "-f", "json"],
    ["staff", "list", "-f", "json"],
    ["due", "--all", "-f", "json"],
    ["due", "-f", "table"],
    ["log", "-f", "json"],
    ["db", "path"],
)
PROBE = """
import sys
from svcq.main import run

heavy = {heavy!r}
for arguments in {listings!r}:
    before = set(sys.modules)
    try:
        run(["--db", {path!r}, "--today", "2026-11-23", "--lang", "en", *arguments])
    except SystemExit as end:
        loaded = sorted(name for name in set(sys.modules) - before if name in heavy)
        print(arguments, end.code, *loaded, file=sys.stderr)
"""


def test_a_listing_loads_no_orm_no_holidays_and_no_workbooks(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    probe = PROBE.format(heavy=HEAVY, listings=LISTINGS, path=str(path))
    ran = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    said = [line for line in ran.stderr.splitlines() if line.startswith("[")]
    assert said == [f"{arguments} 0" for arguments in LISTINGS]
    assert "HT-1" in ran.stdout
