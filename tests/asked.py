"""六 A store with three engineers, ten hospitals and the drawn sample of 2026Q4: two engineers share two hospitals."""

from datetime import date
from functools import cache
from pathlib import Path

from svcq.processes import callback_sample, customer, staff
from svcq.processes.work import Work
from svcq.rules.periods import Span, quarter_named
from svcq.store.address import Address
from tests.stores import again, kept, peopled, writing

D = date.fromisoformat
DRAWN = D("2026-10-12")
NUMBER = "2026Q4-李伟-江州市中心医院"
OTHER = "2026Q4-李伟-云河县中医院"
SHARED = ("溪山县人民医院", "溪山县中医院")


def quarter(name: str) -> Span:
    """The quarter of a name."""
    found = quarter_named(name)
    assert found is not None
    return found


def hospitals(work: Work) -> None:
    """李伟 serves five, two of them with 王芳; she serves three more alone, and 方圆 nobody."""
    staff.add(work, "王芳", ["engineer"], {})
    staff.add(work, "方圆", ["engineer"], {})
    served = {
        **dict.fromkeys(("云河县中医院", "松岭县人民医院"), ["李伟"]),
        **dict.fromkeys(SHARED, ["李伟", "王芳"]),
        **dict.fromkeys(("白石县人民医院", "白石县中医院", "青田县人民医院"), ["王芳"]),
    }
    for name, engineers in served.items():
        values = {"region": "华东", "contact": "费科长", "phone": "12801682189"}
        customer.add(work, name, values, {"engineer": engineers})


@cache
def _undrawn() -> Address:
    def make(path: Path) -> None:
        with writing(peopled(path), today=DRAWN) as work:
            hospitals(work)

    return kept(make)


@cache
def _drawn() -> Address:
    def make(path: Path) -> None:
        with writing(again(_undrawn(), path), today=DRAWN) as work:
            callback_sample.draw(work, quarter("2026Q4"))

    return kept(make)


def served(path: Path) -> Path:
    """A store at `path` with the engineers and their hospitals."""
    return again(_undrawn(), path)


def sampled(path: Path) -> Path:
    """The same, and the sample of 2026Q4 drawn on 12 October: 李伟 and 王芳 have four each."""
    return again(_drawn(), path)
