"""The next number by the policy's pattern, and the numbers near one that is not known, out of however many there are."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from svcq.processes.issue_owed import ISSUE
from svcq.processes.numbering import following, neighbours
from svcq.processes.work import Work
from svcq.store.bulk import insert_rows
from tests.stores import peopled, writing


def numbered(work: Work, numbers: Iterable[str]) -> None:
    """Issues of these numbers."""
    rows = [(number, 1, date(2026, 1, 1), False) for number in numbers]
    insert_rows(work.session, ISSUE, ("number", "customer_id", "reported_on", "priority"), rows)


PATTERN = "WT{year}-{n:03d}"


@pytest.mark.parametrize(
    ("pattern", "known", "expected"),
    [
        (PATTERN, [], ["WT2026-001", "WT2026-002"]),
        (PATTERN, ["WT2026-007", "WT2026-003"], ["WT2026-008", "WT2026-009"]),
        (PATTERN, ["WT2025-007"], ["WT2026-001", "WT2026-002"]),
        (PATTERN, ["WT2026-998"], ["WT2026-999", "WT2026-1000"]),
        (PATTERN, ["WT2026-999"], ["WT2026-1000", "WT2026-1001"]),
        (PATTERN, ["WT2026-998", "WT2026-1003"], ["WT2026-999", "WT2026-1004"]),
        (PATTERN, ["WT2026-9a9", "WT2026-99９", "WT2026-004", "WT2026-0071"], ["WT2026-005", "WT2026-006"]),
        ("{n}", ["9", "10", "12", "x"], ["13", "14"]),
        ("{n:02d}/{year}", ["41/2026", "77/2025"], ["42/2026", "43/2026"]),
        ("WT-{n:02d}%_", ["WT-05%_", "WT-99xx"], ["WT-06%_", "WT-07%_"]),
    ],
)
def test_the_next_number_is_one_more_than_the_highest(
    tmp_path: Path, pattern: str, known: list[str], expected: list[str]
) -> None:
    with writing(peopled(tmp_path / "svcq.db")) as work:
        numbered(work, known)
        following_one = following(work, ISSUE.c.number, pattern)
        assert [following_one(), following_one()] == expected


def test_numbers_that_others_are_about_to_use_are_left_out(tmp_path: Path) -> None:
    with writing(peopled(tmp_path / "svcq.db")) as work:
        name = following(work, ISSUE.c.number, PATTERN, ["WT2026-001", "WT2026-003"])
        assert [name(), name()] == ["WT2026-002", "WT2026-004"]


def test_near_numbers_are_looked_for_among_few_that_begin_alike(tmp_path: Path) -> None:
    with writing(peopled(tmp_path / "svcq.db")) as work:
        numbered(work, (f"WT-{n:05d}" for n in range(1, 5000)))
        numbered(work, ["X-1"])
        assert "WT-00317" in neighbours(work, ISSUE.c.number, "WT-003177")
        assert "WT-04999" in neighbours(work, ISSUE.c.number, "WT-4999")
        assert neighbours(work, ISSUE.c.number, "Q") == []
        assert neighbours(work, ISSUE.c.number, "X-2") == []
        assert neighbours(work, ISSUE.c.number, "x" * 9000) == []
