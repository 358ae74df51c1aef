"""Reconciliation: 200 problems worded by two sides and 60 of one side only, and every corner of pairing."""

import random
import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq.rules.pairing import Pair, Text, pair
from tests.problem_lists import CERTAIN, LEAST, MARGIN, Lists, alone, lists, paired, told, verdict, written

SEEDS = range(5)


def pairs_of(ours: list[str], theirs: list[str]) -> list[Pair]:
    return paired(Lists([Text(text) for text in ours], [Text(text) for text in theirs], {}))


# ---- The bar


@pytest.mark.parametrize("seed", SEEDS)
def test_of_200_problems_and_60_of_one_side_95_in_100_are_paired_right_and_no_wrong_pair_is_certain(
    seed: int,
) -> None:
    chance = random.Random(seed)
    both = chance.sample(written("tuning", "held-out"), 200)
    found = verdict(lists(seed, both, chance.sample(alone("plain"), 60)))
    assert found.right >= 0.95
    assert found.wrong_but_certain == []
    assert found.certain >= 0.3


@pytest.mark.parametrize("seed", SEEDS)
def test_wordings_that_no_table_was_made_for_are_paired_as_well(seed: int) -> None:
    chance = random.Random(seed)
    found = verdict(lists(seed, written("held-out"), chance.sample(alone("plain"), 42)))
    assert found.right >= 0.95
    assert found.wrong_but_certain == []
    assert found.certain >= 0.3


@pytest.mark.parametrize("seed", SEEDS)
def test_long_stories_against_short_titles_are_mostly_paired_and_never_wrongly_certain(seed: int) -> None:
    found = verdict(lists(seed, written("hard"), alone("hard")))
    assert found.right >= 0.75
    assert found.wrong_but_certain == []


@pytest.mark.parametrize("seed", SEEDS)
def test_what_one_side_always_calls_otherwise_is_learned_from_the_lists(seed: int) -> None:
    found = verdict(lists(seed, *told(seed, 200, 60)))
    assert found.right >= 0.9
    assert found.wrong_but_certain == []


@pytest.mark.parametrize("seed", SEEDS)
def test_with_every_near_problem_on_one_side_no_wrong_pair_is_certain(seed: int) -> None:
    found = verdict(lists(seed, written("tuning", "held-out", "hard"), alone("plain", "hard")))
    assert found.wrong_but_certain == []
    assert found.right >= 0.9


# ---- What comes out


def test_every_problem_of_both_sides_comes_out_once_pairs_first_then_theirs_then_ours() -> None:
    of = lists(1, written("tuning"), alone("plain"))
    found = paired(of)
    assert sorted(one.ours for one in found if one.ours is not None) == list(range(len(of.ours)))
    assert sorted(one.theirs for one in found if one.theirs is not None) == list(range(len(of.theirs)))
    kinds = [(one.theirs is None, one.ours is None) for one in found]
    assert kinds == sorted(kinds, key=[(False, False), (False, True), (True, False)].index)
    together = [one.ours for one in found if one.ours is not None and one.theirs is not None]
    assert together == sorted(together)
    assert all(one.similarity == 0 and not one.certain for one in found if None in (one.ours, one.theirs))


def test_the_two_sides_exchanged_the_same_pairs_come_out() -> None:
    of = lists(2, written("held-out"), alone("plain")[:40])
    there = {(one.ours, one.theirs, one.certain) for one in paired(of)}
    back = {(one.theirs, one.ours, one.certain) for one in paired(Lists(of.theirs, of.ours, {}))}
    assert there == back


def test_a_list_against_itself_pairs_everything_with_itself_at_100() -> None:
    texts = [*(ours for ours, _ in written("tuning")), "？？！", "请帮忙处理一下", "", "3"]
    found = pairs_of(texts, texts)
    assert [(one.ours, one.theirs, one.similarity) for one in found] == [
        (place, place, 100.0) for place in range(len(texts))
    ]


@pytest.mark.parametrize(("ours", "theirs"), [([], []), (["打印机卡纸"], []), ([], ["打印机卡纸"])])
def test_an_empty_list_leaves_the_other_alone(ours: list[str], theirs: list[str]) -> None:
    alone_in_ours = [Pair(place, None, 0.0, False) for place in range(len(ours))]
    assert pairs_of(ours, theirs) == [Pair(None, j, 0.0, False) for j in range(len(theirs))] + alone_in_ours


def test_punctuation_is_like_the_same_punctuation_only() -> None:
    assert pairs_of(["？？"], ["??"]) == [Pair(0, 0, 100.0, True)]
    assert pairs_of(["？？"], ["。"]) == [Pair(None, 0, 0.0, False), Pair(0, None, 0.0, False)]
    assert pairs_of(["？？"], ["打印机卡纸"]) == [Pair(None, 0, 0.0, False), Pair(0, None, 0.0, False)]


# ---- The best on the whole


def test_the_best_pairs_on_the_whole_are_taken_not_the_nearest_first() -> None:
    ours = ["门诊发票打印错位", "门诊发票打印模糊"]
    theirs = ["门诊发票打印错位又模糊", "门诊票据打出来位置偏移"]
    found = {(one.ours, one.theirs) for one in pairs_of(ours, theirs)}
    assert found == {(0, 1), (1, 0)}


def test_one_good_pair_is_not_given_up_for_two_middling_ones() -> None:
    ours = ["病历写完一存，排版全乱了", "病历打印预览格式错乱"]
    theirs = ["电子病历保存后格式错乱", "电子病历保存后签名消失"]
    found = {(one.ours, one.theirs) for one in pairs_of(ours, theirs)}
    assert (0, 0) in found


def test_problems_of_different_worlds_stay_alone() -> None:
    found = pairs_of(["食堂空调不制冷"], ["门诊医生站登录缓慢"])
    assert found == [Pair(None, 0, 0.0, False), Pair(0, None, 0.0, False)]


def test_equal_texts_are_paired_in_order_and_left_for_people_to_judge() -> None:
    found = pairs_of(["打印机卡纸"] * 3, ["打印机卡纸"] * 2)
    assert found == [Pair(0, 0, 100.0, False), Pair(1, 1, 100.0, False), Pair(2, None, 0.0, False)]


# ---- Days


def test_of_equal_texts_those_reported_at_the_same_time_are_paired() -> None:
    may, august = date(2026, 5, 4), date(2026, 8, 20)
    ours = [Text("打印机卡纸", may), Text("打印机卡纸", august)]
    theirs = [Text("打印机卡纸", august + timedelta(days=2)), Text("打印机卡纸", may)]
    found = pair(ours, theirs, least=LEAST, certain=CERTAIN, margin=MARGIN)
    assert found == [Pair(0, 1, 100.0, False), Pair(1, 0, 100.0, False)]


def test_the_same_day_makes_no_pair_of_different_problems() -> None:
    day = date(2026, 5, 4)
    ours, theirs = [Text("门诊发票打印错位", day)], [Text("住院医生站登录缓慢", day)]
    found = pair(ours, theirs, least=LEAST, certain=CERTAIN, margin=MARGIN)
    assert [one.theirs for one in found] == [0, None]


def test_days_far_apart_do_not_part_the_same_problem() -> None:
    ours, theirs = [Text("门诊发票打印错位", date(2024, 1, 1))], [Text("门诊票据打印错位", date(2026, 1, 1))]
    found = pair(ours, theirs, least=LEAST, certain=CERTAIN, margin=MARGIN)
    assert found == [Pair(0, 0, 100.0, True)]


# ---- What people decided


def test_what_people_called_the_same_is_paired_and_certain_whatever_the_words() -> None:
    ours, theirs = [Text("打印机卡纸"), Text("登录慢")], [Text("登录缓慢"), Text("打印机卡纸")]
    found = pair(ours, theirs, known={(0, 0): True}, least=LEAST, certain=CERTAIN, margin=MARGIN)
    assert found[0] == Pair(0, 0, 100.0, True)
    assert (found[1].theirs, found[2].ours) == (1, 1)


def test_what_people_called_different_is_never_paired() -> None:
    ours, theirs = [Text("打印机卡纸")], [Text("打印机卡纸"), Text("打印机老是卡住纸")]
    found = pair(ours, theirs, known={(0, 0): False}, least=LEAST, certain=CERTAIN, margin=MARGIN)
    assert found == [Pair(0, 1, 100.0, True), Pair(None, 0, 0.0, False)]


def test_a_pair_beside_one_that_people_ruled_out_may_be_certain() -> None:
    ours = [Text("门诊发票打印错位")]
    theirs = [Text("门诊发票打印偏移"), Text("门诊票据打印错位")]
    settings = {"least": LEAST, "certain": CERTAIN, "margin": MARGIN}
    assert not any(one.certain for one in pair(ours, theirs, **settings))
    assert pair(ours, theirs, known={(0, 0): False}, **settings)[0] == Pair(0, 1, 100.0, True)


def test_one_decision_about_a_text_that_stands_twice_is_of_one_of_them() -> None:
    ours, theirs = [Text("打印机卡纸")], [Text("打印机卡纸"), Text("打印机卡纸")]
    known = {(0, 0): True, (0, 1): True}
    found = pair(ours, theirs, known=known, least=LEAST, certain=CERTAIN, margin=MARGIN)
    assert found == [Pair(0, 0, 100.0, True), Pair(None, 1, 0.0, False)]


# ---- Certainty


TWINS = [
    ("门诊收费打印发票错位", "住院收费打印发票错位"),
    ("入院登记保存失败", "出院登记保存失败"),
    ("西药处方无法打印", "中药处方无法打印"),
    ("申请增加挂号必填身份证", "申请取消挂号必填身份证"),
    ("药房盘点表导出失败", "药库盘点表导出失败"),
    ("3号窗口读卡器不识别", "5号窗口读卡器不识别"),
    ("读卡提示-99异常", "读卡提示-101异常"),
    ("内三病区打印机无法打印", "外三病区打印机无法打印"),
    ("门诊费用结转住院失败", "住院费用结转门诊失败"),
    ("挂号时医保患者显示为自费", "挂号时自费患者显示为医保"),
    ("术前讨论模板打不开", "术后讨论模板打不开"),
    ("月末盘点表导出失败", "年末盘点表导出失败"),
    ("结果未上报省平台", "结果未上报市平台"),
    ("系统时间快了十分钟", "系统时间慢了十分钟"),
    ("传染病报告卡重复弹出", "传染病报告卡不弹出"),
    ("胎监报告打印错位", "骨密度报告打印错位"),
    ("A栋打印机卡纸", "B栋打印机卡纸"),
    ("检验报告打印缺少页码", "检验报告打印缺少签名"),
    ("退费后发票可以打印", "退费后发票不能打印"),
    ("护理记录单支持批量打印", "护理记录单批量打印漏页"),
    ("病历保存后格式错乱", "病历保存后签名消失"),
]


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_twins_that_mean_another_thing_are_never_certain_though_nothing_else_is_there(
    one: str, other: str
) -> None:
    assert not any(found.certain for found in pairs_of([one], [other]))
    assert not any(found.certain for found in pairs_of([other], [one]))


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_of_twins_on_both_sides_each_finds_its_own(one: str, other: str) -> None:
    found = pairs_of([one, other], [f"您好，{other}，请尽快处理！", f"【反馈】{one}"])
    assert {(pair.ours, pair.theirs) for pair in found} == {(0, 1), (1, 0)}


SAME = [
    ("门诊收费处打印不出来发票", "门诊收费处发票无法打印"),
    ("ＨＩＳ系统登录很慢", "his登录缓慢，请尽快处理。"),
    ("医保结算报错", "医疗保险缴费出错"),
    ("三号窗口读卡器没反应", "3号窗口的读卡器无反应"),
    ("月底盘点表导不出Excel", "请问月末盘点表为什么不能导出EXCEL？"),
    ("检验报告单打印乱码", "化验单报告打出来是乱码"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_fillers_synonyms_width_case_order_and_numerals_leave_a_pair_certain(one: str, other: str) -> None:
    found = pairs_of([one], [other])
    assert found[0].similarity >= CERTAIN
    assert found[0].certain


def test_a_pair_with_a_near_rival_is_not_certain() -> None:
    ours = ["门诊发票打印错位"]
    assert pairs_of(ours, ["门诊票据打印偏移"])[0].certain
    assert not pairs_of(ours, ["门诊票据打印偏移", "门诊票据打出来错位"])[0].certain


def test_the_thresholds_are_the_callers() -> None:
    ours, theirs = [Text("门诊发票打印错位")], [Text("门诊收费打出来的票据整体往下偏了一行")]
    similarity = pair(ours, theirs, least=0, certain=0, margin=0)[0].similarity
    assert 0 < similarity < 100
    assert pair(ours, theirs, least=similarity, certain=similarity, margin=0)[0].theirs == 0
    assert pair(ours, theirs, least=similarity + 0.1, certain=100, margin=0)[0].ours is None
    assert not pair(ours, theirs, least=0, certain=similarity + 0.1, margin=0)[0].certain
    assert not pair(ours, theirs, least=0, certain=0, margin=similarity + 0.1)[0].certain


# ---- Any texts, many texts


@given(st.lists(st.text(max_size=20), max_size=6), st.lists(st.text(max_size=20), max_size=6))
def test_any_texts_are_paired_once_within_0_and_100(ours: list[str], theirs: list[str]) -> None:
    found = pairs_of(ours, theirs)
    assert sorted(one.ours for one in found if one.ours is not None) == list(range(len(ours)))
    assert sorted(one.theirs for one in found if one.theirs is not None) == list(range(len(theirs)))
    assert all(0 <= one.similarity <= 100 for one in found)


def test_300_against_300_take_about_a_second_even_if_all_are_alike() -> None:
    both, others = told(1, 270, 60)
    worded = lists(1, both, others)
    alike = Lists([Text("打印机卡纸")] * 300, [Text("打印机卡住纸")] * 300, {})
    numbered = Lists(
        [Text(f"{at}号窗口打印机卡纸") for at in range(300)],
        [Text(f"{at}号收费窗口打印机卡纸") for at in range(300)],
        {},
    )
    started = time.process_time()
    for of in (worded, alike, numbered):
        paired(of)
    assert time.process_time() - started < 3 * 2
