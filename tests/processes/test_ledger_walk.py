"""The walk along all records and along what the ledger has without them: few at once, each of them once."""

from datetime import date
from pathlib import Path

import pytest

from svcq.processes import contract, issue, ledger, ledger_source
from svcq.processes.ledger_source import extent, parts, sources, strays
from svcq.processes.work import Work
from tests.stores import TODAY, peopled, writing

COUNT = 7
ROW = (
    "insert into obligation (number, rule, starts_on, shown_on, process, clause, role, due_on, breach_on, fine_fen,"
    " provisional, note) values ('{number}', '{rule}', '2026-01-01', '2026-01-01', '{process}', '二', 'qc', '2026-02-01',"
    " '2026-02-02', 0, false, '')"
)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two at a time."""
    monkeypatch.setattr(ledger_source, "SIZE", 2)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Seven contracts and seven issues."""
    made = peopled(tmp_path / "svcq.db")
    with writing(made) as work:
        for n in range(COUNT):
            contract.add(work, f"HT-{n}", "H001", {"sealed_on": date(2026, 9, 1)}, {})
            issue.add(work, f"WT-{n}", "H001", {"title": f"打印{n}", "reported_on": TODAY})
    return made


def lost(work: Work, process: str, rule: str, *numbers: str) -> None:
    """Rows that stayed in the ledger though their records went."""
    for number in numbers:
        work.session.connection().exec_driver_sql(ROW.format(number=number, rule=rule, process=process))


def found(work: Work) -> list[tuple[str, str]]:
    """What the walk along the ledger finds: process and number."""
    return [(source.process, number) for source, numbers in strays(work) for number in numbers]


@pytest.mark.usefixtures("few")
def test_every_record_is_met_once_and_two_at_a_time(path: Path) -> None:
    with writing(path, dry_run=True) as work:
        for process, begin in (("contract", "HT"), ("issue", "WT")):
            met = list(parts(work, sources()[process]))
            assert [number for part in met for number in part] == [f"{begin}-{n}" for n in range(COUNT)]
            assert max(map(len, met)) == 2


def test_the_extent_is_the_number_of_records(path: Path) -> None:
    with writing(path, dry_run=True) as work:
        assert extent(work) == 2 * COUNT + len(list(parts(work, sources()["staff"]))[0])


@pytest.mark.usefixtures("few")
def test_nothing_strays_in_a_store_that_is_whole(path: Path) -> None:
    with writing(path, dry_run=True) as work:
        assert found(work) == []


@pytest.mark.usefixtures("few")
def test_what_the_ledger_has_without_a_record_is_found_once_whatever_the_page(path: Path) -> None:
    numbers = [f"X-{n}" for n in range(5)]
    with writing(path, dry_run=True) as work:
        lost(work, "contract", "contract.return", *numbers)
        lost(work, "contract", "contract.remind", *numbers)
        lost(work, "issue", "issue.close", *numbers[1:3], "HT-1")
        assert sorted(found(work)) == sorted(
            [("contract", number) for number in numbers]
            + [("issue", number) for number in (*numbers[1:3], "HT-1")]
        )


@pytest.mark.usefixtures("few")
def test_computing_everything_takes_out_what_strays_and_says_how_far_it_is(path: Path) -> None:
    with writing(path) as work:
        lost(work, "contract", "contract.return", "X-1", "X-2", "X-3")
        faults = [fault for _, fault in ledger.differences(work)]
        assert faults == ["extra"] * 3
        done: list[int] = []
        assert ledger.refresh_all(work, done.append) == 3
        assert sum(done) >= extent(work)
        assert list(ledger.differences(work)) == []


@pytest.mark.usefixtures("few")
def test_the_check_of_the_ledger_says_how_far_it_is(path: Path) -> None:
    with writing(path, dry_run=True) as work:
        done: list[int] = []
        assert list(ledger.differences(work, step=done.append)) == []
        assert sum(done) >= extent(work)
