"""Every call of svcq in a process of its own, forked from one that has everything loaded: its end, its words, its cost.

`python -m tests.hostile.runner FOLDER` reads calls as JSON lines and answers each with one. A call runs in FOLDER.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.cli import ROOT, TODAY, environment

ROOM, PATIENCE = 4 * 2**30, 60
"""Bytes of address space and seconds of a core, so that what goes wrong here does not harm anything else."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a call ended: `code` is negative for a signal; `seconds` of a core; `megabytes` at its highest."""

    code: int
    out: str
    err: str
    seconds: float
    megabytes: int


def run(folder: Path, store: Path, calls: Iterable[list[str]]) -> list[Ended]:
    """Run `svcq WORDS…` for each call in a process that was forked from one parent, one after the other."""
    told = {"SVCQ_DB": str(store), "SVCQ_TODAY": TODAY, "SVCQ_LANG": "en", "SVCQ_USER": "茅洁"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.runner", str(folder)],
        input="\n".join(map(json.dumps, calls)),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment(**told, PYTHONPATH=str(ROOT), PYTHONUTF8="1"),
    )
    assert done.returncode == 0, done.stderr
    return [Ended(**json.loads(line)) for line in done.stdout.splitlines()]


def _warm(folder: Path) -> None:
    """Load what an import loads, by importing a good file into a store that is thrown away."""
    from svcq import main

    good, store = folder / ".warm.csv", folder / ".warm.db"
    good.write_text("number,customer,sealed_on\nHT-1,一院,2026-03-05\n", "utf-8")
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        for words in (["import", str(good), "--create-missing"], ["import", str(good), "--refused", "no"]):
            with suppress(SystemExit):
                main.run(["--db", str(store), *words])
    import openpyxl  # noqa: F401
    import python_calamine  # noqa: F401

    import svcq.sheets.files.workbook  # noqa: F401

    for rest in folder.glob(".warm*"):
        rest.unlink()


def _child(words: list[str], out: int, err: int) -> None:
    """Be `svcq WORDS…` in this process, which ends here."""
    from svcq import main

    code = 97
    try:
        resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))
        resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out, 1)
        os.dup2(err, 2)
        sys.stdout = open(1, "w", encoding="utf-8", errors="surrogateescape", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", errors="surrogateescape", closefd=False)  # noqa: SIM115
        main.run(words)
    except SystemExit as ended:
        code = int(ended.code or 0)
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        with suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _call(folder: Path, words: list[str]) -> dict[str, object]:
    out, err = (
        os.open(folder / name, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600) for name in (".out", ".err")
    )
    sys.stdout.flush()
    began = time.perf_counter()
    if not (pid := os.fork()):
        _child(words, out, err)
    _pid, status, used = os.wait4(pid, 0)
    said = []
    for handle in (out, err):
        os.lseek(handle, 0, os.SEEK_SET)
        with os.fdopen(handle, "rb") as file:
            said.append(file.read(2**20).decode("utf-8", "replace"))
    return {
        "code": os.waitstatus_to_exitcode(status),
        "out": said[0],
        "err": said[1],
        "seconds": round(max(used.ru_utime + used.ru_stime, 0.0), 3),
        "megabytes": used.ru_maxrss // 1024,
        **({} if time.perf_counter() - began < PATIENCE else {"code": -1}),
    }


def main() -> None:
    """Answer the calls on the standard input."""
    folder = Path(sys.argv[1])
    os.chdir(folder)
    calls = [json.loads(line) for line in sys.stdin]
    _warm(folder)
    for words in calls:
        sys.stdout.write(json.dumps(_call(folder, words)) + "\n")
    for name in (".out", ".err"):
        (folder / name).unlink(missing_ok=True)


if __name__ == "__main__":
    main()
