"""The sample company as the demonstration leaves it: everything imported, live since 2026-01-01, duties at QC given."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.cli import Svcq, copy


@cache
def _bytes() -> bytes:
    with TemporaryDirectory() as folder:
        made = Svcq(Path(folder) / "none.db")
        made("demo", "--keep", Path(folder) / "demo.db")
        return copy(Path(folder) / "demo.db", Path(folder) / "whole.db").read_bytes()


def company(path: Path) -> Svcq:
    """The command line over such a store at `path`."""
    path.write_bytes(_bytes())
    return Svcq(path)


HOSTILE = '<img src=x onerror="alert(1)">|`=1+1`[a](http://evil.example/)&lt;'
"""A name that is markup, code, a formula and a link; everywhere it is to be seen as it is."""
FORMULA = '=HYPERLINK("http://evil.example/";"x")'


def hostile(path: Path) -> Svcq:
    """A store in which a hospital, a salesperson, a problem and an engineer have such names, all of them late."""
    svcq = Svcq(path)
    svcq("staff", "add", FORMULA, "--role", "salesperson", "--region", "<b>东</b>")
    svcq("staff", "add", HOSTILE, "--role", "engineer")
    svcq("customer", "add", HOSTILE, "--region", "</script><script>alert(2)</script>", "--engineer", HOSTILE)
    svcq("contract", "add", "N-1", "--customer", HOSTILE, "--salesperson", FORMULA, "--sealed", "2026-08-03")
    svcq("issue", "add", "--customer", HOSTILE, "--title", FORMULA, "--reported", "2026-07-01")
    return svcq
