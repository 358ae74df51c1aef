"""The words of hospital software problems: the tables hold together, and texts are read as people mean them."""

import tomllib
from collections import Counter
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq.rules._problem_words import kin, opposites, plain, words

RAW = tomllib.loads((resources.files("svcq.rules") / "problem_words.toml").read_text("utf-8"))
MEANINGS = ("faint", "failures", "faults", "acts", "things")


def names(text: str) -> list[str]:
    return [word.name for word in words(text)]


# ---- The tables


def test_a_word_stands_once_in_all_tables() -> None:
    count = Counter(word for table in ("fillers", *MEANINGS) for word in RAW[table].split())
    assert [word for word, times in count.items() if times > 1] == []


@pytest.mark.parametrize("table", ["opposites", "kin"])
def test_groups_are_of_meanings_by_their_names(table: str) -> None:
    known = {line.split()[0] for meanings in MEANINGS for line in RAW[meanings].splitlines() if line}
    assert [word for word in RAW[table].split() if word not in known] == []


def test_a_word_is_written_as_a_text_is_when_its_words_are_looked_for() -> None:
    every = [word for table in ("fillers", *MEANINGS) for word in RAW[table].split()]
    assert [word for word in every if plain(word) != word] == []


def test_a_group_has_two_members_at_least() -> None:
    assert all(len(group) > 1 for group in (*opposites(), *kin()))


# ---- Reading


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("门诊收费医保读卡提示-99异常", ["门诊", "收费", "医保", "读卡", "提示", "99", "错"]),
        ("请帮忙处理一下，谢谢！", []),
        ("？？", []),
        ("", []),
        ("ＬＩＳ报告慢", ["检验", "报告", "慢"]),
        ("自助机打印检验报告卡纸", ["自助机", "打印", "检验", "报告", "卡纸"]),
        ("诊断", ["诊断"]),
        ("断网", ["断"]),
    ],
)
def test_a_text_is_its_meanings_in_their_order(text: str, meant: list[str]) -> None:
    assert names(text) == meant


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("三号窗口", "3号窗口"),
        ("第十二诊室", "第12诊室"),
        ("二十一楼", "21楼"),
        ("贰号楼", "2号楼"),
        ("03号", "3号"),
        ("内三病区", "内科3病区"),
        ("十分钟", "10分钟"),
        ("一〇二病房", "102病房"),
    ],
)
def test_a_numeral_is_its_number(one: str, other: str) -> None:
    assert words(one) == words(other)


@pytest.mark.parametrize("text", ["统一", "一下", "十分缓慢", "一日清单"])
def test_a_numeral_in_a_word_is_no_number(text: str) -> None:
    assert not any(word.kind == "number" for word in words(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("导不出报表", "报表导出失败"),
        ("登不进系统", "系统登录不了"),
        ("打不出发票", "发票无法打印"),
        ("退了费", "退费"),
        ("发完药", "发药"),
        ("改不了", "无法修改"),
        ("帐号", "账号"),
    ],
)
def test_a_split_verb_and_other_spellings_mean_the_same(one: str, other: str) -> None:
    assert sorted(names(one)) == sorted(names(other))


def test_a_latin_word_is_not_found_inside_a_longer_one() -> None:
    assert [(word.kind, word.name) for word in words("list")] == [("letters", "list")]
    assert [(word.kind, word.name) for word in words("hisweb")] == [("letters", "hisweb")]


def test_letters_without_a_meaning_stay_together() -> None:
    assert [(word.kind, word.name) for word in words("骨密度报告")] == [
        ("letters", "骨密度"),
        ("thing", "报告"),
    ]


@given(st.text(max_size=40))
def test_any_text_can_be_read_and_nothing_it_is_read_as_is_empty(text: str) -> None:
    assert all(word.name for word in words(text))


@given(st.text(st.sampled_from("门诊收费不了完号三3aB，。 打印错"), max_size=15))
def test_width_and_case_change_nothing(text: str) -> None:
    wide = text.translate({ord("3"): "３", ord("a"): "Ａ", ord("，"): ","})
    assert words(wide) == words(text)
