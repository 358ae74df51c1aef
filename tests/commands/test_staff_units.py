"""七: in which team and region a person is from a day on, on the command line."""

import pytest

REASON = ("--reason", "调动")


@pytest.fixture
def moved(small):
    """陈立 in the east since ever, in the north from October on."""
    small("staff", "edit", "陈立", "--team", "销售一部", "--region", "华东", *REASON)
    small("staff", "edit", "陈立", "--region", "华北", "--from", "2026-10-01", *REASON)
    return small


def units(svcq, *words):
    """From when 陈立 is where, as `staff show` has it."""
    rows = svcq("staff", "show", "陈立", *words, "-f", "json").json["units"]
    return [(row["from"], row["team"], row["region"]) for row in rows]


BOTH = [(None, "销售一部", "华东"), ("2026-10-01", "销售一部", "华北")]


def test_a_move_holds_from_its_day_on_and_is_shown_with_the_person(moved):
    assert units(moved) == BOTH
    assert "Teams and regions" in moved("staff", "show", "陈立", "-f", "table").out
    listed = {
        row["name"]: row["region"]
        for row in moved("staff", "list", "--as-of", "2026-09-30", "-f", "json").json
    }
    assert listed["陈立"] == "华东"
    assert moved("staff", "show", "陈立", "-f", "json").json["region"] == "华北"
    assert moved("db", "check").out == ""


def test_who_never_moved_has_no_list_of_moves(small):
    small("staff", "edit", "陈立", "--region", "华东", *REASON)
    assert units(small) == []
    assert "Teams and regions" not in small("staff", "show", "陈立", "-f", "table").out


def test_before_the_move_there_is_none(moved):
    assert units(moved, "--as-of", "2026-09-30") == []


def test_what_was_wrong_from_the_beginning_is_mended_with_always(moved):
    moved("staff", "edit", "陈立", "--region", "西北", "--always", *REASON)
    assert units(moved) == [(None, "销售一部", "西北"), BOTH[1]]
    moved("staff", "edit", "陈立", "--region", "华北", "--always", *REASON)
    assert units(moved) == []
    assert moved("staff", "show", "陈立", "-f", "json").json["region"] == "华北"


def test_without_a_day_it_is_today_and_a_dry_run_changes_nothing(moved):
    before = moved.dump()
    moved("staff", "edit", "陈立", "--team", "none", *REASON, "--dry-run")
    assert moved.dump() == before
    moved("staff", "edit", "陈立", "--team", "none", *REASON)
    assert units(moved)[2:] == [("2026-11-23", None, "华北")]


@pytest.mark.parametrize(
    ("code", "typed", "said"),
    [
        (2, ("--from", "2026-10-01", "--email", "a@example.com"), "--team or --region"),
        (2, ("--always",), "--team or --region"),
        (2, ("--region", "华南", "--from", "2026-10-01", "--always"), "contradict each other"),
        (2, ("--region", "华南", "--from", "gestern"), "--from: 'gestern' is no date"),
        (4, ("--region", "华南", "--from", "2199-12-31"), "in the future"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(moved, code, typed, said):
    before = moved.dump()
    assert said in moved("staff", "edit", "陈立", *typed, *REASON, code=code).err
    assert moved.dump() == before


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_moves_go_out_as_a_sheet_and_come_in_again(moved, empty, tmp_path, form):
    for kind in ("staff", "unit"):
        moved("export", kind, "-o", tmp_path / f"{kind}.{form}")
    files = [tmp_path / f"{kind}.{form}" for kind in ("unit", "staff")]
    empty("import", *files)
    assert units(empty) == BOTH
    assert moved("import", *files).code == 0
    assert units(moved) == BOTH
    assert moved("db", "check").out == ""
