"""The sample company as the demonstration leaves it: everything imported, live since 2026-01-01, duties at QC given."""

from functools import cache
from pathlib import Path

from svcq.store.address import Address, Server
from svcq.store.transfer import transfer
from tests.cli import Svcq
from tests.places import at
from tests.stores import again, kept


@cache
def _company() -> Address:
    def make(path: Path) -> None:
        place = at(path)
        whole = path.with_name("whole.db") if isinstance(place, Server) else path
        Svcq(path.with_name("none.db"))("demo", "--keep", whole)
        if isinstance(place, Server):
            transfer(whole, place)

    return kept(make)


def company(path: Path) -> Svcq:
    """The command line over such a store at `path`."""
    return Svcq(again(_company(), path))


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
