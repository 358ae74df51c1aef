"""七: a draft policy tried out: person by person, as if it had been in force all along, and nothing is changed."""

from pathlib import Path

import pytest

from tests.cli import Svcq, copy
from tests.places import ask, exists
from tests.scored import scored

DRAFTS = {
    "points": "[rules.contract.return]\npoints = 12\n",
    "most": "[settings.score]\npoints_most = 5\n",
    "weights": "[settings.score]\nweight_resolution = 60\n",
    "grades": "[settings.score]\ngrade_a = 99\n",
    "in the year": '[rules.contract.return]\nscore = "year"\n',
    "fine": "[rules.contract.return]\nfine = 250\n",
    "period": '[rules.issue.close]\nperiod = "3 months"\n',
    "owner": '[rules.contract.return]\nowner = "account_manager"\n',
    "country": 'country = "none"\n',
}
FIGURES = ("score", "compliance", "satisfaction", "resolution", "points", "breaches", "fines", "grade")


@pytest.fixture
def made(tmp_path):
    """The store with the known quarter."""
    return Svcq(scored(tmp_path / "svcq.db"))


def written(folder, text):
    path = folder / "draft.toml"
    path.write_text(text, encoding="utf-8")
    return path


def simulated(svcq, path, *words):
    rows = svcq("score", "simulate", "2026Q3", "--policy", path, *words, "-f", "json").json
    return {row["person"]: row for row in rows}


def quarter(svcq):
    return {row["person"]: row for row in svcq("score", "quarter", "2026Q3", "-f", "json").json}


def files(svcq):
    if not isinstance(svcq.store, Path):
        return []
    return sorted((path.name, path.read_bytes()) for path in svcq.store.parent.glob("svcq.db*"))


@pytest.mark.parametrize("draft", DRAFTS)
def test_a_draft_comes_to_what_applying_it_since_ever_would_come_to(made, tmp_path, draft):
    path = written(tmp_path, DRAFTS[draft])
    other = tmp_path / "other"
    other.mkdir()
    applied = Svcq(copy(made.store, other / "svcq.db"))
    applied("policy", "apply", path, "--from", "1970-01-01")
    now, then, found = quarter(made), quarter(applied), simulated(made, path)
    assert found.keys() == now.keys() | then.keys()
    for person, row in found.items():
        for when, rows in (("before", now), ("after", then)):
            real = rows.get(person)
            for key in FIGURES:
                said = row[when] if key == "score" else row[f"{key}_{when}"]
                blank = 0 if key in ("points", "breaches", "fines") else None
                assert said == (real[key] if real else blank), (person, key, when)


@pytest.mark.parametrize("draft", DRAFTS)
def test_trying_out_changes_nothing(made, tmp_path, draft):
    path = written(tmp_path, DRAFTS[draft])
    if isinstance(made.store, Path):
        ask(made.store, "pragma wal_checkpoint(truncate)")
    before, rows = files(made), made.dump()
    simulated(made, path)
    simulated(made, path)
    assert made.dump() == rows
    assert files(made) == before


def test_the_rules_that_make_the_difference_are_named(made, tmp_path):
    found = simulated(made, written(tmp_path, DRAFTS["points"]))
    assert found["陈立"]["because"] == "contract.return 10 → 20"
    assert found["陈立"]["rules"] == [
        {"rule": "contract.return", "before": 10, "after": 20, "breaches_before": 2, "breaches_after": 2}
    ]
    assert (found["陈立"]["before"], found["陈立"]["after"], found["陈立"]["change"]) == (90.0, 80.0, -10.0)
    assert (found["李伟"]["because"], found["李伟"]["change"]) == (None, 0.0)
    found = simulated(made, written(tmp_path, DRAFTS["weights"]))
    assert found["李伟"]["because"] == "weights"
    found = simulated(made, written(tmp_path, DRAFTS["grades"]))
    assert (found["陈立"]["because"], found["陈立"]["grade_after"]) == ("grades", "B")
    found = simulated(made, written(tmp_path, DRAFTS["period"]))
    assert found["李伟"]["because"] == "issue.close 10 → 5"


def test_what_the_draft_changes_is_told_and_the_listing_sums_it_up(made, tmp_path):
    path = written(tmp_path, DRAFTS["points"])
    ran = made("score", "simulate", "2026Q3", "--policy", path, "-f", "table")
    assert "rules.contract.return.points:  → 12" in ran.err
    assert "5 people: 0 better, 1 worse, 4 as before" in ran.out
    path = written(tmp_path, DRAFTS["in the year"])
    ran = made("score", "simulate", "2026Q3", "--policy", path, "--person", "陈立", "-f", "tsv")
    assert "\t90.0\t–\t\tA\t–\t" in ran.out
    assert (
        "is right and changes nothing"
        in made("score", "simulate", "2026Q3", "--policy", written(tmp_path, "")).err
    )


def test_every_mistake_of_a_draft_is_told_with_its_line(made, tmp_path):
    path = written(tmp_path, "[settings.score]\npionts = 3\n\n[rules.contract.return]\nfine = -1\n")
    before = made.dump()
    ran = made("score", "simulate", "2026Q3", "--policy", path, code=2)
    assert [line.partition("draft.toml")[2][:3] for line in ran.err.splitlines()] == [":2:", ":5:"]
    assert made("policy", "check", path, code=2).err == ran.err
    made("score", "simulate", "2026Q3", "--policy", tmp_path / "none.toml", code=2)
    assert made.dump() == before


def test_a_published_quarter_is_tried_out_from_what_there_is_now(made, tmp_path):
    made("score", "publish", "2026Q3")
    made("waive", "contract.return", "HT-1", "--reason", "合并")
    found = simulated(made, written(tmp_path, DRAFTS["points"]))
    assert (found["陈立"]["before"], found["陈立"]["after"]) == (95.0, 88.0)


def test_one_person_or_no_store_can_be_tried_out_too(made, tmp_path):
    path = written(tmp_path, DRAFTS["period"])
    assert list(simulated(made, path, "--person", "李伟")) == ["李伟"]
    empty = Svcq(tmp_path / "none.db")
    assert empty("score", "simulate", "2026Q3", "--policy", path, "-f", "json").json == []
    assert not exists(empty.store)


def test_a_draft_is_never_written_over(made, tmp_path):
    path = written(tmp_path, DRAFTS["points"])
    made("score", "simulate", "2026Q3", "--policy", path, "-f", "csv", "-o", path, code=2)
    assert path.read_text(encoding="utf-8") == DRAFTS["points"]
