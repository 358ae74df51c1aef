"""一.1.A Hand-overs and the tracking table, each out of its own file: whichever comes first, a phase has one row."""

from collections.abc import Mapping
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from sqlmodel import select

from svcq.processes import contract, waiver
from svcq.processes.intake import Line, Manner, Outcome, intakes
from svcq.processes.work import Work
from svcq.store.read import Reader
from svcq.store.read_handover import handovers
from svcq.store.read_log import changes
from svcq.store.tables.contract import Contract
from svcq.store.tables.ledger import Waiver
from tests.handed import handed
from tests.places import at
from tests.stores import TODAY, dump, faults, writing

D = date.fromisoformat
Values = Mapping[str, object]
PHASE: Values = {
    **{"project_number": "XM-9", "project": "LIS", "customer": "江州市中心医院", "modules": "检验"},
    **{"project_manager": "卫星汉", "decision": "eligible", "decided_by": "朱明远"},
}


def handover(number: str, phase: str, accepted: str) -> Values:
    """A phase that is eligible since its acceptance."""
    days = dict.fromkeys(
        ("accepted_on", "application_on", "worklog_on", "documents_on", "decided_on"), D(accepted)
    )
    return {**PHASE, **days, "number": number, "phase": phase}


HANDOVERS = (handover("YJ-8", "一期", "2026-03-02"), handover("YJ-9", "二期", "2026-05-04"))
ROW: Values = {"customer": "江州市中心医院", "project": "LIS"}
TABLE = (
    {**ROW, "free_from": D("2026-03-02"), "free_until": D("2027-03-02")},
    {**ROW, "free_from": D("2026-05-04"), "free_until": D("2027-05-04")},
)


def table(*, numbers: bool, projects: bool) -> tuple[Values, ...]:
    """The rows of the two phases, with numbers and with project numbers or without."""
    rows = [
        {**row, "number": f"MF-{place}" if numbers else None, "project_number": "XM-9" if projects else None}
        for place, row in enumerate(TABLE, 1)
    ]
    return tuple({key: value for key, value in row.items() if value is not None} for row in rows)


def take(work: Work, kind: str, rows: tuple[Values, ...]) -> Outcome:
    """The rows of one sheet, from row 2 on."""
    lines = [Line(number, row) for number, row in enumerate(rows, 2)]
    return intakes()[kind].take(work, lines, Manner())


def rows_of(path: Path) -> dict[object, object]:
    """Hand-over -> its row in the tracking table."""
    reader = Reader(at(path))
    found = {row["number"]: row["contract"] for row in handovers(reader, TODAY)}
    reader.close()
    return {number: found[number] for number in ("YJ-8", "YJ-9")}


@pytest.mark.parametrize("projects", [True, False])
@pytest.mark.parametrize("numbers", [True, False])
def test_whichever_file_comes_first_a_phase_has_one_row(
    tmp_path: Path, numbers: bool, projects: bool
) -> None:
    files = {"handover": HANDOVERS, "contract": table(numbers=numbers, projects=projects)}
    seen = []
    for order in permutations(files):
        path = handed(tmp_path / f"{order[0]}.db")
        for kind in order:
            with writing(path) as work:
                assert take(work, kind, files[kind]).faults == []
        before = dump(path)
        for kind in reversed(order):
            with writing(path) as work:
                assert take(work, kind, files[kind]).unchanged == 2
        assert dump(path) == before
        assert faults(path) == []
        with writing(path) as work:
            mine = select(Contract).where(Contract.project == "LIS").order_by(Contract.number)
            made = [row.model_dump(exclude={"id"}) for row in work.session.exec(mine)]
        assert len(made) == 2
        assert list(rows_of(path).values()) == [row["number"] for row in made]
        assert not numbers or [row["number"] for row in made] == ["MF-1", "MF-2"]
        seen.append(made)
    assert seen[0] == seen[1] or not numbers


def test_a_row_that_takes_another_number_keeps_its_waivers_and_says_so_under_both(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    rule = "contract.convert"
    with writing(path) as work:
        take(work, "handover", (handover("YJ-8", "一期", "2025-03-03"),))
    with writing(path) as work:
        waiver.waive(work, rule, "SVCQ-2026-0002", "医院合并", None)
    with writing(path) as work:
        row = {**ROW, "number": "MF-1", "free_until": D("2026-03-03"), "customer_status": "转化"}
        assert take(work, "contract", (row,)).updated == 1
    assert faults(path) == []
    with writing(path) as work:
        assert [one.number for one in work.session.exec(select(Waiver))] == ["MF-1"]
    reader = Reader(at(path))
    for number in ("SVCQ-2026-0002", "MF-1"):
        told = [line for line in changes(reader, {"number": number}) if line["field"] == "number"]
        assert ("SVCQ-2026-0002", "MF-1") in [(line["before"], line["after"]) for line in told]
    reader.close()


def test_a_row_to_which_something_happened_keeps_its_number(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    with writing(path) as work:
        take(work, "handover", HANDOVERS[:1])
    with writing(path) as work:
        contract.set_date(work, "SVCQ-2026-0002", "sealed_on", D("2026-11-02"))
    with writing(path) as work:
        assert take(work, "contract", table(numbers=True, projects=True)[:1]).added == 1
    assert rows_of_one(path) == "SVCQ-2026-0002"
    assert faults(path) == []


def rows_of_one(path: Path) -> object:
    """The row of YJ-8."""
    reader = Reader(at(path))
    (row,) = handovers(reader, TODAY, filters={"number": "YJ-8"})
    reader.close()
    return row["contract"]


def test_a_row_without_a_number_that_mends_the_only_period_there_is_adds_none(tmp_path: Path) -> None:
    path = handed(tmp_path / "svcq.db")
    with writing(path) as work:
        take(work, "handover", HANDOVERS[:1])
    mended = {**TABLE[0], "free_until": D("2027-06-30")}
    with writing(path) as work:
        outcome = take(work, "contract", (mended,))
        assert (outcome.added, outcome.updated, outcome.faults) == (0, 1, [])
    assert faults(path) == []
