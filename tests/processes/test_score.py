"""七: a published quarter stands still: whatever comes later is listed as a difference, and nothing else is."""

import json
from dataclasses import replace
from datetime import date

import pytest

from svcq.errors import Refused
from svcq.policy.load import house
from svcq.processes import contract, issue, scoring, scoring_year, staff, terms, waiver
from svcq.processes.score import publish
from svcq.processes.scoring_changes import differences
from svcq.rules.periods import quarter_named, year_named
from svcq.rules.scoring import rounded
from svcq.store.read_score_published import frozen, frozen_days, frozen_lines, published
from svcq.store.read_within import Within
from tests.places import at
from tests.scored import scored
from tests.stores import TODAY, Fresh, dump, faults, writing

D = date.fromisoformat
Q3 = quarter_named("2026Q3")
FROZEN = ("score_publication", "score_figure", "score_evidence")


@pytest.fixture
def store(tmp_path):
    return scored(tmp_path / "svcq.db")


@pytest.fixture
def reader(store):
    found = Fresh(at(store))
    yield found
    found.close()


def released(store, today=TODAY, **more):
    with writing(store, today=today) as work:
        return publish(work, Q3, **more)


def kept(store):
    """The rows of what is frozen."""
    every = dump(store)
    return {name: every[name] for name in FROZEN}


def shown(figures):
    """The figures as they are printed, without what a year takes as it is now."""
    scores = (figures.score, figures.compliance, figures.satisfaction, figures.resolution)
    return [None if value is None else float(rounded(value)) for value in scores]


def told(reader, person=None, today=TODAY):
    """Every difference in short."""
    return {
        (one.person, one.what, one.change, one.number, one.before, one.now)
        for one in differences(reader, Q3, today, person)
    }


def test_a_quarter_that_is_not_over_is_not_published(store):
    for today in ("2026-07-01", "2026-09-30"):
        before = dump(store)
        with pytest.raises(Refused, match="2026Q3 ends on 2026-09-30.*七"):
            released(store, D(today))
        assert dump(store) == before
    assert released(store, D("2026-10-01")).changed


def test_a_quarter_about_which_nothing_is_known_is_not_published(store):
    before = dump(store)
    with pytest.raises(Refused, match="nothing to publish"), writing(store) as work:
        publish(work, quarter_named("2024Q1"))
    assert dump(store) == before


def test_what_is_frozen_are_the_figures_as_they_are_printed(store, reader):
    before = {
        kind: {one.name: one for one in scoring.quarter(reader, Q3, TODAY, by=kind)}
        for kind in ("person", "team", "region")
    }
    outcome = released(store)
    assert (outcome.changed, outcome.people, outcome.published_on) == (True, 5, TODAY)
    assert outcome.unscored
    for kind, standings in before.items():
        old = frozen(reader, "2026Q3", kind)
        assert old.keys() == standings.keys()
        for name, one in standings.items():
            for key in ("score", "compliance", "satisfaction", "resolution"):
                value = getattr(one.figures, key)
                assert getattr(old[name], key) == (None if value is None else float(rounded(value)))
            for key in ("points", "breaches", "waived", "fines_fen", "grade", "people"):
                assert getattr(old[name], key) == getattr(one.figures, key)
            assert (old[name].role, old[name].team, old[name].region) == (one.role, one.team, one.region)
    release = published(reader, "2026Q3")
    assert (release.published_by, release.policy) == ("质控", "house")
    assert scoring.policy_of(release) == house()
    assert faults(store) == []


def test_the_frozen_records_rebuild_every_frozen_figure(store, reader):
    released(store)
    for name, one in frozen(reader, "2026Q3", "person").items():
        lines = list(frozen_lines(reader, "2026Q3", name, "compliance"))
        assert sum(line["counted"] for line in lines) == one.points
        assert (len(lines), sum(line["waived"] for line in lines)) == (one.breaches, one.waived)
        answers = list(frozen_lines(reader, "2026Q3", name, "satisfaction"))
        marks = [mark for line in answers for mark in (line["service"], line["attitude"]) if mark]
        assert one.satisfaction == ((sum(marks) / len(marks) - 1) * 25 if marks else None)
        closings = [one for one in frozen_lines(reader, "2026Q3", name, "resolution") if not one["waived"]]
        good = [line for line in closings if line["met_on"] and line["met_on"] <= line["due_on"]]
        expected = round(100 * len(good) / len(closings), 2) if closings else None
        assert one.resolution == expected
    assert frozen(reader, "2026Q3", "person")["李伟"].score == 77.75


def test_publishing_twice_changes_nothing(store):
    first = released(store)
    before = dump(store)
    again = released(store, D("2026-12-24"))
    assert (again.changed, again.published_on, again.people) == (False, first.published_on, 5)
    assert dump(store) == before


def test_publishing_once_more_what_has_not_changed_changes_nothing(store):
    released(store)
    before = dump(store)
    assert not released(store, D("2026-11-24"), again=True).changed
    assert dump(store) == before


def test_publishing_is_one_row_of_the_audit_with_every_score(store):
    before = dump(store)["audit"]
    released(store)
    (row,) = set(dump(store)["audit"]) - set(before)
    assert row[4:7] == ("score_publication", "2026Q3", "insert")
    assert json.loads(row[7])["李伟 score"] == 77.75


def test_publishing_once_more_keeps_before_and_after_in_the_audit(store, reader):
    released(store)
    with writing(store) as work:
        waiver.waive(work, "contract.return", "HT-1", "合并", TODAY)
    before = dump(store)["audit"]
    assert released(store, D("2026-12-01"), again=True).changed
    (row,) = set(dump(store)["audit"]) - set(before)
    said = json.loads(row[7])
    assert said["陈立 score"] == [90.0, 95.0]
    assert said["陈立 fines_fen"] == [20000, 10000]
    assert said["published_on"] == ["2026-11-23", "2026-12-01"]
    assert "李伟 score" not in said
    assert frozen(reader, "2026Q3", "person")["陈立"].score == 95.0
    assert told(reader, today=D("2026-12-01")) == set()


def test_other_records_alone_are_worth_publishing_once_more(store, reader):
    released(store)
    with writing(store) as work:
        contract.set_date(work, "HT-2", "returned_on", D("2026-11-20"))
    before = dump(store)["audit"]
    assert released(store, again=True).changed
    assert len(dump(store)["audit"]) == len(before) + 1
    assert told(reader) == set()


def test_a_dry_run_publishes_nothing(store):
    before = dump(store)
    with writing(store, dry_run=True) as work:
        assert publish(work, Q3).changed
    assert dump(store) == before


def test_publishing_reads_what_the_same_unit_of_work_has_written(store, reader):
    with writing(store) as work:
        waiver.waive(work, "contract.return", "HT-1", "合并", TODAY)
        work.session.flush()
        assert [row["reason"] for row in Within(work.session).rows("select reason from v_waiver")] == ["合并"]
        assert not Within(work.session).missing
    released(store)
    assert frozen(reader, "2026Q3", "person")["陈立"].waived == 1


def test_a_contract_that_comes_back_late_moves_nothing_and_is_a_difference(store, reader):
    released(store)
    before = kept(store)
    with writing(store) as work:
        contract.set_date(work, "HT-2", "returned_on", D("2026-11-20"))
    assert kept(store) == before
    assert told(reader) == {
        ("陈立", "compliance", "met", "HT-2", None, D("2026-11-20")),
        ("周静", "compliance", "met", "HT-2", None, D("2026-11-20")),
    }


def test_a_waiver_moves_nothing_and_is_a_difference_until_it_is_withdrawn(store, reader):
    released(store)
    before = kept(store)
    with writing(store) as work:
        waiver.waive(work, "contract.return", "HT-1", "合并", TODAY)
    assert kept(store) == before
    assert told(reader) == {
        ("陈立", "score", "figure", None, 90.0, 95.0),
        ("陈立", "compliance", "figure", None, 90.0, 95.0),
        ("陈立", "points", "figure", None, 10, 5),
        ("陈立", "waived", "figure", None, 0, 1),
        ("陈立", "fines_fen", "figure", None, 20000, 10000),
        ("陈立", "compliance", "waived", "HT-1", 5, 0),
    }
    (waived,) = [one for one in differences(reader, Q3, TODAY) if one.change == "waived"]
    assert waived.reason == "2026-11-23 质控: 合并"
    with writing(store) as work:
        waiver.withdraw(work, "contract.return", "HT-1")
    assert told(reader) == set()


def test_a_waiver_that_was_published_and_is_withdrawn_is_owed_again(store, reader):
    with writing(store) as work:
        waiver.waive(work, "contract.return", "HT-1", "合并", TODAY)
    released(store)
    with writing(store) as work:
        waiver.withdraw(work, "contract.return", "HT-1")
    assert ("陈立", "compliance", "owed", "HT-1", 0, 5) in told(reader)


def test_a_record_that_is_voided_moves_nothing_and_is_a_difference(store, reader):
    released(store)
    before = kept(store)
    with writing(store) as work:
        issue.void(work, "WT-1", "重复")
    assert kept(store) == before
    assert {one for one in told(reader) if one[3]} == {
        ("李伟", "compliance", "gone", "WT-1", 5, None),
        ("李伟", "resolution", "gone", "WT-1", None, None),
    }
    gone = [one for one in differences(reader, Q3, TODAY) if one.change == "gone"]
    assert {str(one.reason) for one in gone} == {"it is not owed any more"}


def test_a_record_that_is_mended_to_have_been_in_time_says_so(store, reader):
    released(store)
    with writing(store) as work:
        row = contract.living(work, "HT-1")
        contract.edit(work, row, {"returned_on": D("2026-07-20")})
    (gone,) = [one for one in differences(reader, Q3, TODAY, "陈立") if one.change == "gone"]
    assert (gone.number, str(gone.reason)) == ("HT-1", "it was met in time, on 2026-07-20")


def test_a_policy_that_is_applied_moves_nothing_and_its_points_are_differences(store, reader):
    released(store)
    before = kept(store)
    text = "[rules.contract.return]\npoints = 15\n[settings.score]\nweight_resolution = 40\n"
    with writing(store) as work:
        terms.apply(work, text, "p", D("2026-01-01"), lambda done: None)
    assert kept(store) == before
    assert scoring.policy_of(published(reader, "2026Q3")) == house()
    assert {one for one in told(reader) if one[3]} == {
        ("陈立", "compliance", "counted", "HT-1", 5, 15),
    }  # of HT-2 the most of the rule leaves 5, as before
    assert [one.what for one in differences(reader, Q3, TODAY, "李伟")] == ["score", "grade"]


def test_a_policy_with_another_deadline_says_when_it_is_due_now(store, reader):
    released(store)
    with writing(store) as work:
        text = '[rules.contract.return]\nperiod = "4 months"\n'
        terms.apply(work, text, "p", D("2026-01-01"), lambda done: None)
    gone = [one for one in differences(reader, Q3, TODAY, "陈立") if one.number == "HT-2"]
    assert [(one.change, str(one.reason)) for one in gone] == [("gone", "it is due on 2026-11-02 now")]


def test_a_breach_that_is_somebody_elses_now_has_moved(store, reader):
    released(store)
    with writing(store) as work:
        contract.assign(work, "HT-2", "salesperson", ["王敏"], D("2026-07-01"))
    moved = {one for one in told(reader) if one[2] == "moved"}
    assert moved == {
        ("陈立", "compliance", "moved", "HT-2", 5, None),
        ("王敏", "compliance", "moved", "HT-2", None, 5),
    }
    reasons = {one.person: str(one.reason) for one in differences(reader, Q3, TODAY) if one.change == "moved"}
    assert reasons == {"陈立": "to 王敏", "王敏": "from 陈立"}


def test_a_record_that_comes_in_later_is_a_difference(store, reader):
    released(store)
    with writing(store) as work:
        contract.add(work, "HT-9", "H001", {"sealed_on": D("2026-07-03")}, {"salesperson": "王敏"})
    assert ("王敏", "compliance", "added", "HT-9", None, 5) in told(reader, "王敏")
    assert ("王敏", "score", "figure", None, None, 95.0) in told(reader, "王敏")


def test_a_person_who_changes_team_and_a_day_that_passes_make_no_difference(store, reader):
    released(store)
    with writing(store) as work:
        staff.edit(work, "卫星汉", {"team": "二组"}, None)
    assert told(reader) == set()
    assert told(reader, today=D("2027-03-01")) == set()


def test_a_person_who_was_in_another_team_then_is_a_difference(store, reader):
    released(store)
    before = kept(store)
    with writing(store) as work:
        staff.edit(work, "卫星汉", {"team": "二组"}, None, from_on=D("2026-07-01"))
    assert kept(store) == before
    assert told(reader) == {("卫星汉", "team", "moved", None, "项目部", "二组")}


def test_a_person_who_is_renamed_keeps_what_was_published(store, reader):
    released(store)
    before = frozen(reader, "2026Q3", "person")
    days = frozen_days(reader, "2026Q3", "team")
    lines = list(frozen_lines(reader, "2026Q3", "李伟"))
    with writing(store) as work:
        staff.edit(work, "李伟", {"name": "李维"}, None)
    after = frozen(reader, "2026Q3", "person")
    assert after.keys() == before.keys() - {"李伟"} | {"李维"}
    assert replace(after["李维"], name="李伟") == before["李伟"]
    assert frozen_days(reader, "2026Q3", "team").keys() == {
        (team, "李维" if person == "李伟" else person) for team, person in days
    }
    assert list(frozen_lines(reader, "2026Q3", "李维")) == [{**line, "person": "李维"} for line in lines]
    assert told(reader) == set()
    assert not released(store, D("2026-11-24"), again=True).changed


def test_the_days_of_a_person_in_two_teams_are_frozen_apart(store, reader):
    with writing(store) as work:
        staff.edit(work, "李伟", {"team": "甲组"}, None)
        staff.edit(work, "李伟", {"team": "乙组"}, None, from_on=D("2026-08-03"))
    found = {
        by: {
            one.name: one.figures
            for one in scoring_year.year(reader, year_named("2026"), TODAY, by=by).standings
        }
        for by in ("team", "person")
    }
    assert found["team"]["甲组"].score != found["team"]["乙组"].score
    released(store)
    with writing(store) as work:
        issue.void(work, "WT-1", "重复")
        issue.void(work, "WT-3", "重复")
    for by, before in found.items():
        after = scoring_year.year(reader, year_named("2026"), TODAY, by=by).standings
        assert {one.name: shown(one.figures) for one in after} == {
            name: shown(one) for name, one in before.items()
        }


def test_a_rule_that_counts_in_no_quarter_any_more_says_so(store, reader):
    released(store)
    with writing(store) as work:
        terms.apply(
            work, '[rules.contract.return]\nscore = "none"\n', "p", D("2026-01-01"), lambda done: None
        )
    gone = {str(one.reason) for one in differences(reader, Q3, TODAY, "陈立") if one.change == "gone"}
    assert gone == {"its rule does not count in a quarter any more"}


def test_differences_follow_people_then_figures_then_records(store, reader):
    released(store)
    with writing(store) as work:
        issue.void(work, "WT-1", "重复")
        waiver.waive(work, "contract.return", "HT-1", "合并", TODAY)
    found = differences(reader, Q3, TODAY)
    assert [one.person for one in found] == sorted(one.person for one in found)
    for person in ("李伟", "陈立"):
        kinds = [one.number is not None for one in found if one.person == person]
        assert kinds == sorted(kinds)


def test_a_quarter_that_is_not_published_has_no_frozen_rows(reader):
    assert published(reader, "2026Q3") is None
    assert frozen(reader, "2026Q3", "person") == {}
    assert list(frozen_lines(reader, "2026Q3")) == []
