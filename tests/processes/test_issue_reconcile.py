"""三.4: two lists compared, and what people decided kept: one entry for one issue, the newest word, in any order."""

from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from svcq.errors import NotFound, Refused
from svcq.policy.load import house
from svcq.processes import issue
from svcq.processes.issue_reconcile import Decision, Problem, compare, decide
from svcq.store.read import Reader
from svcq.store.read_issue import issues
from tests.places import at
from tests.stores import TODAY, audited, dump, faults, peopled, writing

D = date.fromisoformat
HOSPITAL = "江州市中心医院"
JAM = "打印机卡纸"
MAY, JUNE, JULY = D("2026-05-04"), D("2026-06-04"), D("2026-07-04")


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    """Three issues of a hospital, two of them in the same words, and one of another hospital."""
    path = peopled(tmp_path / "svcq.db")
    with writing(path) as work:
        for number, customer, title, on in (
            ("WT-1", HOSPITAL, JAM, MAY),
            ("WT-2", HOSPITAL, JAM, JUNE),
            ("WT-3", HOSPITAL, "门诊发票打印错位", JUNE),
            ("WT-4", "云河县人民医院", JAM, MAY),
        ):
            issue.add(work, number, customer, {"title": title, "reported_on": on}, None)
    return path


def listed(*entries: tuple[str, date | None]) -> list[Problem]:
    """A hospital's list."""
    return [Problem(row, title, on) for row, (title, on) in enumerate(entries, start=2)]


def said(path: Path, problems: list[Problem], *decisions: tuple[int, str, bool], today: date = TODAY) -> int:
    """Decide about rows of a list; how many decisions are new."""
    rows = {one.row: one for one in problems}
    made = [Decision(rows[row], number, same) for row, number, same in decisions]
    with writing(path, today=today) as work:
        return decide(work, HOSPITAL, problems, made)


def pairs(path: Path, problems: list[Problem]) -> dict[int, tuple[str | None, str]]:
    """Of each row of the list the issue it is and what the pair is."""
    reader = Reader(at(path))
    ours = list(issues(reader, TODAY, filters={"customer": HOSPITAL}))
    rows = compare(reader, HOSPITAL, ours, problems, house())
    reader.close()
    return {
        int(str(row["row"])): (row["ours"] and str(row["ours"]), str(row["match"]))  # type: ignore[misc]
        for row in rows
        if row["row"] is not None
    }


def test_what_was_decided_is_found_again_in_every_order_of_the_list(path: Path) -> None:
    entries = [(JAM, MAY), (JAM, JUNE), ("收费票据偏了", JULY), ("食堂空调不制冷", JULY)]
    problems = listed(*entries)
    assert said(path, problems, (2, "WT-2", True), (3, "WT-1", True), (4, "WT-3", True)) == 3
    for order in permutations(entries):
        found = pairs(path, listed(*order))
        told = {order[row - 2]: pair for row, pair in found.items()}
        assert told == {
            (JAM, MAY): ("WT-2", "matched"),
            (JAM, JUNE): ("WT-1", "matched"),
            ("收费票据偏了", JULY): ("WT-3", "matched"),
            ("食堂空调不制冷", JULY): (None, "only_theirs"),
        }
    assert faults(path) == []


def test_many_decisions_are_all_remembered_whatever_places_they_are_at(path: Path) -> None:
    with writing(path) as work:
        for at in range(10, 30):
            issue.add(work, f"WT-{at}", HOSPITAL, {"title": f"甲{at}", "reported_on": JULY}, None)
    problems = listed(*((f"乙{at}", JULY) for at in reversed(range(10, 30))))
    numbers = {one.row: f"WT-{one.title[1:]}" for one in problems}
    said(path, problems, *((row, number, True) for row, number in numbers.items()))
    assert pairs(path, problems) == {row: (number, "matched") for row, number in numbers.items()}


def test_two_entries_of_the_same_words_and_day_are_two_issues(path: Path) -> None:
    problems = listed((JAM, None), (JAM, None))
    assert {match for _, match in pairs(path, problems).values()} == {"doubtful"}
    assert said(path, problems, (2, "WT-1", True), (3, "WT-2", True)) == 2
    assert sorted(pairs(path, problems).values()) == [("WT-1", "matched"), ("WT-2", "matched")]


def test_an_entry_is_one_issue_and_a_new_word_takes_the_place_of_the_old(path: Path) -> None:
    problems = listed((JAM, MAY))
    said(path, problems, (2, "WT-1", True))
    assert said(path, problems, (2, "WT-1", True)) == 0
    assert said(path, problems, (2, "WT-3", True)) == 1
    assert pairs(path, problems) == {2: ("WT-3", "matched")}
    assert said(path, problems, (2, "WT-1", True)) == 1
    assert pairs(path, problems) == {2: ("WT-1", "matched")}
    assert said(path, problems, (2, "WT-1", False), (2, "WT-2", False)) == 2
    assert pairs(path, problems) == {2: (None, "only_theirs")}
    assert said(path, problems, (2, "WT-1", True)) == 1
    assert pairs(path, problems) == {2: ("WT-1", "matched")}
    assert audited(path) > 0
    assert faults(path) == []


def test_an_issue_is_one_entry(path: Path) -> None:
    problems = listed((JAM, MAY), ("缺墨", MAY))
    said(path, problems, (2, "WT-1", True))
    said(path, problems, (3, "WT-1", True))
    assert pairs(path, problems) == {2: ("WT-2", "matched"), 3: ("WT-1", "matched")}
    assert len(dump(path)["problem_match"]) == 1


def test_a_word_about_one_day_leaves_the_same_words_of_another_day_alone(path: Path) -> None:
    problems = listed((JAM, MAY), (JAM, JUNE))
    said(path, problems, (2, "WT-1", False), (2, "WT-2", False))
    found = pairs(path, problems)
    assert found[2] == (None, "only_theirs")
    assert found[3][0] in ("WT-1", "WT-2")


def test_a_list_without_days_is_known_again_by_its_words(path: Path) -> None:
    dated, bare = listed(("缺墨", MAY)), listed(("缺墨。", None))
    said(path, dated, (2, "WT-3", True))
    assert pairs(path, bare) == {2: ("WT-3", "matched")}
    said(path, bare, (2, "WT-1", True))
    assert pairs(path, dated) == {2: ("WT-1", "matched")}


def test_a_void_issue_of_a_decision_is_forgotten(path: Path) -> None:
    problems = listed(("缺墨", MAY))
    said(path, problems, (2, "WT-3", True))
    with writing(path) as work:
        issue.void(work, "WT-3", "重复")
    reader = Reader(at(path))
    ours = [one for one in issues(reader, TODAY, filters={"customer": HOSPITAL}) if one["state"] != "void"]
    rows = compare(reader, HOSPITAL, ours, problems, house())
    reader.close()
    assert [(row["match"], row["ours"]) for row in rows][0] == ("only_theirs", None)


@pytest.mark.parametrize(
    ("number", "error"), [("WT-4", Refused), ("WT-9", NotFound)], ids=["another hospital's", "unknown"]
)
def test_another_hospitals_issue_is_refused_and_nothing_is_kept(path: Path, number: str, error: type) -> None:
    before = dump(path)
    with pytest.raises(error):
        said(path, listed((JAM, MAY)), (2, "WT-1", True), (2, number, True))
    assert dump(path) == before


def test_another_hospitals_decisions_do_not_count(path: Path) -> None:
    problems = listed(("缺墨", MAY))
    with writing(path) as work:
        decide(work, "云河县人民医院", problems, [Decision(problems[0], "WT-4", True)])
    assert pairs(path, problems) == {2: (None, "only_theirs")}
