"""The generator of hand-overs and worklogs, so that tests may trust its truth."""

from datetime import date

import pytest

from tests.constellations import RARE, constellations
from tests.independent_common import read
from tests.independent_handover import HANDED_IN
from tests.independent_issue import live
from tests.make_chapters import DIVISION, FIELDS, LAST, REGIONAL, TODAY, days, write

PLANNED = ("expected_on", "free_until", "completion_on", "release_on")


@pytest.fixture(scope="module", params=[1, 2, 3, 4])
def made(request, tmp_path_factory):
    return write(tmp_path_factory.mktemp("made"), request.param)


def test_the_same_seed_writes_the_same_files_and_another_one_others(tmp_path):
    folders = [tmp_path / name for name in "abc"]
    for folder, seed in zip(folders, (1, 1, 2), strict=True):
        folder.mkdir()
        write(folder, seed)
    first, again, other = ([(folder / f"{kind}.csv").read_bytes() for kind in FIELDS] for folder in folders)
    assert first == again != other


def test_the_files_hold_what_the_truth_says(made):
    for kind, path in made.paths.items():
        rows = [
            {key: str(cell) if type(cell) is int else cell for key, cell in row.items()}
            for row in made.rows[kind]
        ]
        assert read(path) == rows, kind


def test_there_are_as_many_as_there_should_be(made):
    sizes = {kind: len(rows) for kind, rows in made.rows.items()}
    assert (sizes["customer"], sizes["staff"], sizes["handover"], sizes["issue"]) == (60, 25, 120, 400)
    assert 1400 < sizes["step"] < 1700
    assert min(sizes["follow_up"], sizes["spot_check"], sizes["leave"]) > 30


def test_every_constellation_occurs_often_with_the_first_seed(tmp_path):
    found = constellations(write(tmp_path, 1), TODAY)
    assert {name: count for name, count in found.items() if count < 5 and name not in RARE} == {}
    assert all(found[name] for name in RARE)
    assert len(found) >= 130


def test_no_act_lies_in_the_future_and_nothing_before_the_first_year(made):
    for rows in made.rows.values():
        known = days({key: cell for key, cell in row.items() if key not in PLANNED} for row in rows)
        assert not known or date(2025, 1, 1) <= min(known) <= max(known) <= TODAY
    assert max(days(made.rows["step"])) <= LAST


def test_numbers_are_unique_and_refer_to_what_is_there(made):
    for kind in ("handover", "issue", "plan"):
        numbers = [row["number"] for row in made.rows[kind]]
        assert len(set(numbers)) == len(numbers)
    assert {row["issue"] for row in made.rows["step"]} <= {row["number"] for row in made.rows["issue"]}
    assert {row["handover"] for row in made.rows["follow_up"]} <= {
        row["number"] for row in made.rows["handover"]
    }
    people = {row["name"] for row in made.rows["staff"]}
    named = [("step", "by"), ("issue", "engineer"), ("issue", "closed_by"), ("follow_up", "by")]
    named += [("handover", "decided_by"), ("handover", "project_manager"), ("handover", "account_manager")]
    for kind, key in named:
        assert {row[key] for row in made.rows[kind]} <= {*people, None}, key


def test_two_rows_are_the_same_only_where_the_same_step_stands_twice(made):
    for kind, rows in made.rows.items():
        cells = [tuple(row.values()) for row in rows]
        assert len(set(cells)) == len(cells) or kind == "step"
    keys = {(row["issue"], row["on"], row["by"], row["what"]): row["result"] for row in made.rows["step"]}
    assert len(keys) == len({tuple(row.values()) for row in made.rows["step"]})


def test_the_worklog_breaks_no_order(made):
    reported = {row["number"]: row["reported_on"] for row in made.rows["issue"]}
    assert all(step["on"] >= reported[step["issue"]] for step in made.rows["step"])
    pairs = [("reported_on", key) for key in FIELDS["issue"] if key.endswith("_on")]
    pairs += [("tested_by_test_dept_on", "test_result_on"), ("test_result_on", "passed_on")]
    for row in made.rows["issue"]:
        assert all(row[before] <= row[after] for before, after in pairs if row[before] and row[after])
        assert bool(row["closed_on"]) == bool(row["closed_by"]) == bool(row["close_reason"])


def test_what_is_done_by_hand_always_changes_something(made):
    for row in made.rows["issue"]:
        steps = sorted((s for s in made.rows["step"] if s["issue"] == row["number"]), key=lambda s: s["on"])
        assert live(row, steps, TODAY).idle == [], row["number"]
        assert not row["urged_on"] or live(row, steps, row["urged_on"]).is_open


def test_hand_overs_break_no_order(made):
    told = {}
    for row in sorted(made.rows["follow_up"], key=lambda row: row["on"]):
        told.setdefault(row["handover"], []).append(row)
    for row in made.rows["handover"]:
        first = {"on": row["decided_on"], "by": row["decided_by"], **row}
        trail = [first, *told.get(row["number"], [])] if row["decision"] else []
        assert trail or row["number"] not in told
        assert bool(row["decided_on"]) == bool(row["decision"])
        for entry in trail:
            assert entry["on"] >= max(row[paper] for paper in HANDED_IN)
            assert not entry["expected_on"] or entry["expected_on"] >= entry["on"]
            assert not entry["decision"] or entry["by"] in REGIONAL + DIVISION
            assert (entry["decision"] == "not_eligible") <= bool(entry["expected_on"])
        assert all(entry["decision"] != "eligible" for entry in trail[:-1])
        eligible = next((entry["on"] for entry in trail if entry["decision"] == "eligible"), None)
        for before, after in (
            (row["accepted_on"], row["application_on"]),
            (row["free_from"] or row["accepted_on"], row["free_until"]),
            (eligible or TODAY, row["registered_on"]),
            (eligible or TODAY, row["notice_on"]),
            (row["notice_on"] or TODAY, row["receipt_on"]),
        ):
            assert not after or before <= after, row["number"]
