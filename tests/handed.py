"""一 A store with a hand-over at every gate: YJ-1 applied for, YJ-2 to be decided, YJ-3 not eligible, YJ-4 eligible."""

from datetime import date
from functools import cache
from pathlib import Path

from svcq.processes import handover, handover_gate, handover_trail, staff
from svcq.processes.handover_trail import Decision
from svcq.processes.work import Work
from svcq.store.address import Address
from tests.stores import again, kept, peopled, writing

D = date.fromisoformat
PAPERS = {"application_on": D("2026-09-03"), "worklog_on": D("2026-09-04"), "documents_on": D("2026-09-04")}
NO = Decision(D("2026-09-10"), "朱明远", False, D("2026-10-12"), "接口未联调")
YES = Decision(D("2026-09-15"), "何万里", True)
CONTRACT = "SVCQ-2026-0001"
"""The row of the tracking table that YJ-4 became."""


def managers(work: Work) -> None:
    """A regional manager, a division manager, two project managers."""
    staff.add(work, "朱明远", ["regional_manager"], {"region": "华东"})
    staff.add(work, "何万里", ["division_manager"], {})
    staff.add(work, "卫星汉", ["project_manager"], {})
    staff.add(work, "蒋逢春", ["project_manager"], {})


def _handovers(work: Work) -> None:
    for n in range(1, 5):
        values = {"project": f"HIS{n}", "project_number": f"XM-{n}", "phase": "一期", "modules": "门诊、住院"}
        people: dict[str, str | None] = {"project_manager": "卫星汉"}
        handover.add(work, f"YJ-{n}", "H001", {**values, "accepted_on": D("2026-09-01")}, people)
    for number in ("YJ-2", "YJ-3", "YJ-4"):
        handover_gate.apply(work, number, PAPERS)
    handover_trail.decide(work, "YJ-3", NO)
    handover_trail.follow_up(work, "YJ-3", D("2026-10-09"), "周静", D("2026-11-09"), "接口下周联调")
    handover_trail.decide(work, "YJ-4", YES)


@cache
def _store() -> Address:
    def make(path: Path) -> None:
        with writing(peopled(path)) as work:
            managers(work)
            _handovers(work)

    return kept(make)


def handed(path: Path) -> Path:
    """A store at `path` with the people and the four hand-overs."""
    return again(_store(), path)
