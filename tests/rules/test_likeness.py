"""How alike two problems are: what brings them together, what keeps them apart, and what is learned of two lists."""

import pytest

from svcq.rules._likeness import Comparison, agree
from svcq.rules._wordings import synonyms


def likeness(one: str, other: str) -> float:
    return Comparison([one], [other]).likenesses(0).get((0, 0), 0.0)


ALIKE = [
    ("门诊收费", "门诊缴费"),
    ("发票打印不出来", "发票无法打印"),
    ("发票打印不了", "发票打印失败"),
    ("系统卡顿", "系统响应慢"),
    ("医保报错", "医疗保险出错"),
    ("请问药房发药为什么很慢？", "药房发药慢"),
    ("【护士站】医嘱执行报错", "护士站：医嘱执行异常。"),
    ("报告打印乱码", "打印乱码的报告"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_synonyms_fillers_punctuation_and_order_make_no_difference(one: str, other: str) -> None:
    assert likeness(one, other) >= 90
    assert agree(one, other)


@pytest.mark.parametrize(("one", "other"), [*ALIKE, ("药房发药慢", "药库入库失败"), ("门诊", "住院")])
def test_it_is_the_same_from_either_side(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert agree(one, other) == agree(other, one)


@pytest.mark.parametrize("text", ["门诊发票打印错位", "？", "", "abc", "帮忙", "7"])
def test_a_text_is_100_like_itself(text: str) -> None:
    assert likeness(text, text) == 100
    assert agree(text, text)


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("门诊收费很慢", "门诊缴费卡顿", "住院收费很慢"),
        ("药库盘点报错", "中心药库盘点出错", "药房盘点报错"),
        ("3号窗口打印机卡纸", "三号收费窗口的打印机夹纸", "5号窗口打印机卡纸"),
        ("报告打印乱码", "报告打出来都是问号", "报告打印空白"),
        ("入院登记保存不了", "办入院存不上", "出院登记保存不了"),
    ],
)
def test_what_means_the_same_is_more_alike_than_what_is_spelt_the_same(
    text: str, right: str, wrong: str
) -> None:
    found = Comparison([text], [right, wrong]).likenesses(0)
    assert found[0, 0] > found[0, 1] + 5


def test_words_that_all_titles_share_say_little() -> None:
    common = [f"电子病历系统{fault}" for fault in ("保存慢", "打印乱码", "登录超时", "签名重复")]
    found = Comparison(common, common).likenesses(0)
    assert found[0, 1] < Comparison(common[:1], common[1:2]).likenesses(0)[0, 0]


def test_a_title_is_found_in_a_long_story() -> None:
    story = "您好，昨天下午开始收费窗口的同事反映，病人拿医保卡来刷的时候读卡特别慢，要等一两分钟，请处理"
    assert likeness("收费窗口医保读卡缓慢", story) >= 60


def test_only_pairs_of_the_least_likeness_are_given() -> None:
    ours, theirs = ["门诊发票打印错位"], ["门诊票据打印偏移", "住院发票打印模糊", "食堂空调坏了"]
    assert [place for place in Comparison(ours, theirs).likenesses(70)] == [(0, 0)]


def test_of_many_equal_texts_each_keeps_others_so_that_all_find_a_partner() -> None:
    found = Comparison(["打印机卡纸"] * 200, ["打印机卡纸"] * 200).likenesses(30)
    assert len(found) < 200 * 70
    assert all((place, place) in found for place in range(200))


# ---- Nothing against it


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("门诊退费失败", "住院退费失败", "opposites"),
        ("门诊转住院失败", "住院转门诊失败", "opposites the other way round"),
        ("报错101", "报错102", "numbers"),
        ("报错101", "报错", "a number of one only"),
        ("打印慢", "打印乱码", "faults"),
        ("药房发药后标签未打印", "药房发药后库存未更新", "each says something more"),
        ("胎监打印", "骨密度打印", "each says something unknown"),
        ("HP打印机卡纸", "Epson打印机卡纸", "Latin words"),
        ("发票可以打印", "发票不能打印", "only one fails"),
    ],
)
def test_agree_says_what_speaks_against_a_pair(one: str, other: str, why: str) -> None:
    assert not agree(one, other), why


def test_one_that_only_says_more_agrees() -> None:
    assert agree("打印错位", "护士站腕带打印错位")


# ---- Learning


def test_a_word_of_one_side_for_a_word_of_the_other_is_learned_from_sure_pairs() -> None:
    scenes = ("登录", "打印", "保存", "审核", "导出")
    shared = [f"{place}{scene}慢" for place in ("药房", "病历", "体检", "医保") for scene in scenes]
    ours = [*shared, *(f"超融合{scene}慢" for scene in scenes), "超融合断网"]
    theirs = [*shared, *(f"云桌面{scene}慢" for scene in scenes), "云桌面断网"]
    last = len(ours) - 1
    compared = Comparison(ours, theirs)
    before = compared.likenesses(0)[last, last]
    assert compared.learn((place, place) for place in range(last))
    assert compared.likenesses(0)[last, last] > before
    assert not compared.learn((place, place) for place in range(last))
    assert not agree(ours[last], theirs[last])


def test_nothing_is_learned_of_pairs_that_differ_each_in_its_own_way() -> None:
    texts = ["门诊发票打印错位", "药房库存不准", "病历保存慢", "报告乱码"]
    others = ["门诊票据偏移", "药房存量有误", "病历存盘卡顿", "报告都是问号"]
    assert not Comparison(texts, others).learn((place, place) for place in range(4))


def test_words_that_stand_for_each_other_are_one_and_chance_is_not() -> None:
    pairs = [({"自助机", fault}, {"服务机", fault}) for fault in "abcdefgh"]
    pairs += [({other, fault}, {other, fault}) for other in "xyzuvw" for fault in "abcdefgh"]
    assert synonyms(pairs, []) == {"自助机": "服务机"}
    assert synonyms(pairs[:2] + pairs[8:], []) == {}


def test_opposites_are_never_learned_to_be_one() -> None:
    pairs = [({"门诊", fault}, {"住院", fault}) for fault in "abcdefgh"]
    pairs += [({other, fault}, {other, fault}) for other in "xyzuvw" for fault in "abcdefgh"]
    assert synonyms(pairs, [frozenset({"门诊", "住院"})]) == {}
    assert synonyms(pairs, []) == {"门诊": "住院"}


def test_nothing_comes_of_no_pairs() -> None:
    assert synonyms([], []) == {}
