"""Names: which are the same however they were typed, and which are near; and how much of two texts is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq.rules.matching import name_key, near, verbatim

SAME = [
    ("江州市中心医院", " 江州市 中心医院\u3000"),
    ("江州市中心医院(东院)", "江州市中心医院（东院）"),
    ("江州市中心医院", "江州市\n中心医院"),
    ("O'Brien", "O\u2019Brien"),
    ("Ａ１医院", "a1医院"),
    ("ABC Hospital", "abc  hospital."),
    ("买买提·艾力", "买买提艾力"),
    ("第一医院\ufeff", "\u200b第一医院"),
]
DIFFERENT = [
    ("江州市中心医院", "江州市第一医院"),
    ("江州市中心医院(东院)", "江州市中心医院(西院)"),
    ("王敏", "王明"),
    ("第1医院", "第2医院"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_names_typed_differently_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


names = st.text(st.sampled_from("江州市中心医院第一二三东西（）()ＡＢab12 \u3000·.。，'\n"))


@given(names)
def test_the_key_of_a_key_is_itself(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


@given(names, st.sampled_from(list(" \t\n\u3000\u00a0.。")), st.data())
def test_a_blank_or_a_stop_anywhere_changes_no_key(name: str, blank: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(name)))
    assert name_key(name[:place] + blank + name[place:]) == name_key(name)


KNOWN = ["江州市中心医院", "江州市第一人民医院", "云河县人民医院", "北岭医院"]


def test_near_names_come_best_first_and_at_most_three() -> None:
    found = near("江州中心医院", KNOWN)
    assert found[0] == "江州市中心医院"
    assert len(found) <= 3


def test_nothing_is_near_a_name_of_another_world() -> None:
    assert near("zzzz", KNOWN) == []
    assert near("江州中心医院", []) == []


def test_a_higher_likeness_leaves_fewer() -> None:
    assert near("HT-2026-03", ["HT-2026-031", "XY-1"], likeness=80) == ["HT-2026-031"]
    assert near("", KNOWN) == []


def test_verbatim_is_the_share_of_letters_in_one_order() -> None:
    assert verbatim("打印错位", "打印错位") == 1
    assert verbatim("打印错位", "打印重叠") == 0.5
    assert verbatim("打印", "登录") == 0
