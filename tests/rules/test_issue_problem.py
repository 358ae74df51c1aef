"""三.4: what a hospital's words for a status mean, what a pair is, what our side says, and how an entry is remembered."""

from datetime import date

import pytest

from svcq.rules.issue_problem import SETTLED, UNSETTLED, entry, entry_key, settled, verdict, wording
from svcq.rules.pairing import Text
from tests.problem_lists import Lists, alone, lists, written
from tests.problem_lists import verdict as judged

HOSPITAL = "江州市中心医院"
DAY = date(2026, 10, 9)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        *((word, True) for word in SETTLED),
        *((word, False) for word in UNSETTLED),
        (" ＣＬＯＳＥＤ。", True),
        ("In Progress", False),
        ("已解决（10月12日）", True),
        ("已解决2026-10-12", True),
        ("已解决，待观察", False),
        ("处理中/未解决", False),
        ("", None),
        (None, None),
        ("已反馈", None),
        ("3", None),
        ("见附件（1）", None),
    ],
)
def test_a_status_says_solved_or_not_or_neither(status, said):
    assert settled(status) is said


@pytest.mark.parametrize(
    ("certain", "state", "status", "match"),
    [
        (True, "closed", "已解决", "matched"),
        (True, "open", "未解决", "matched"),
        (True, "stale", "处理中", "matched"),
        (True, "open", None, "matched"),
        (True, "closed", "已反馈", "matched"),
        (True, "closed", "处理中", "status_differs"),
        (True, "open", "已解决", "status_differs"),
        (True, "stale", "是", "status_differs"),
        (False, "closed", "处理中", "doubtful"),
        (False, "closed", "已解决", "doubtful"),
    ],
)
def test_a_pair_is_doubtful_or_differs_or_is_matched(certain, state, status, match):
    assert verdict(certain, state, status) == match


@pytest.mark.parametrize(
    ("title", "description", "said"),
    [
        ("门诊发票打印错位", "收费处的票据整体往下偏", "门诊发票打印错位"),
        ("发票问题", "门诊收费打印出来的票据往下偏", "发票问题 门诊收费打印出来的票据往下偏"),
        ("系统", None, "系统"),
        (None, "门诊收费打印出来的票据往下偏", "门诊收费打印出来的票据往下偏"),
        (f"{HOSPITAL} 门诊退费后发票状态不变", None, "门诊退费后发票状态不变"),
        (f"{HOSPITAL}　发票", "门诊发票打印错位", "发票 门诊发票打印错位"),
        (HOSPITAL, None, HOSPITAL),
        (None, None, ""),
    ],
)
def test_a_short_title_is_told_with_its_description_and_without_the_hospitals_name(title, description, said):
    assert wording(title, description, HOSPITAL) == said


@pytest.mark.parametrize("on", [None, DAY])
@pytest.mark.parametrize("title", ["打印机卡纸", "HIS 登录 慢", "？？", "", "a b 2026-10-09"])
def test_an_entry_is_remembered_by_its_words_and_its_day(title, on):
    said, day = entry(entry_key(title, on))
    assert (said, day) == (entry_key(title, None), on)


def test_width_blanks_stops_and_case_make_no_other_entry():
    assert entry_key("ＨＩＳ 登录慢。", DAY) == entry_key("his登录慢", DAY)
    assert entry_key("his登录慢", DAY) != entry_key("his登录慢", date(2026, 10, 10))


@pytest.mark.parametrize("title", ["打印问题", f"{HOSPITAL} 打印问题", None])
def test_titles_that_say_nothing_are_paired_right_by_their_descriptions(title):
    of = lists(1, written("held-out"), alone("plain")[:42])
    ours = [Text(wording(title, one.text, HOSPITAL)) for one in of.ours]
    found = judged(Lists(ours, of.theirs, of.partner))
    assert found.right >= 0.95
    assert found.wrong_but_certain == []


def test_the_hospitals_name_before_every_title_changes_nothing():
    of = lists(1, written("held-out"), alone("plain")[:42])
    ours = [Text(wording(f"{HOSPITAL} {one.text}", None, HOSPITAL)) for one in of.ours]
    assert judged(Lists(ours, of.theirs, of.partner)) == judged(of)
