"""The language that svcq speaks: messages, counts, parts of messages, and the words of the library."""

import gettext
import os

import pytest

from svcq import locale
from svcq.errors import Counted, Phrase, Usage


@pytest.fixture(autouse=True)
def _english_again():
    yield
    locale.use("en")


def test_without_a_choice_messages_are_english():
    assert locale.language() == "en"
    assert (
        locale.say(Usage("--limit: {text} is no number of rows", text="'x'"))
        == "--limit: 'x' is no number of rows"
    )


def test_in_chinese_a_message_and_its_parts_are_chinese():
    locale.use("zh")
    near = Phrase("; did you mean {names}?", names="张三")
    assert (
        locale.say(Usage("customer {name} is not known{near}", name="李四", near=near))
        == "没有客户 李四；是否指 张三？"
    )


def test_the_clause_stands_behind_the_sentence():
    error = Usage("a promise needs the day of the call", clause="二.2.C")
    assert locale.say(error) == "a promise needs the day of the call [二.2.C]"
    locale.use("zh")
    assert locale.say(error) == "有承诺日期，就要有致电日期 [二.2.C]"


@pytest.mark.parametrize(("count", "english"), [(0, "0 days"), (1, "1 day"), (2, "2 days"), (-1, "-1 days")])
def test_a_count_chooses_the_form(count, english):
    phrase = Counted(
        "{count} day after {start}", "{count} days after {start}", count=count, start="2026-11-02"
    )
    assert locale.say(phrase) == str(phrase) == f"{english} after 2026-11-02"
    locale.use("zh")
    assert locale.say(phrase) == f"2026-11-02 之后 {count} 天"


def test_a_message_that_the_catalogue_lacks_stays_as_it_is():
    locale.use("zh")
    assert locale.say(Phrase("no such message {x}", x=1)) == "no such message 1"
    assert locale._("") == ""


def test_a_brace_in_a_value_is_no_place():
    assert locale.say(Phrase("{why}", why="{oops}")) == "{oops}"


def test_the_library_asks_the_same_catalogue_and_only_while_chinese_is_spoken(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    locale.use("zh")
    assert gettext.gettext("required") == "必填"
    locale.use("en")
    assert gettext.gettext("required") == "required"


def test_the_environment_is_as_it_was_when_english_is_spoken_again(monkeypatch):
    monkeypatch.setattr(locale, "_before", "fr")
    locale.use("zh")
    locale.use("en")
    assert os.environ["LANGUAGE"] == "fr"
    monkeypatch.setattr(locale, "_before", None)
    locale.use("zh")
    locale.use("en")
    assert "LANGUAGE" not in os.environ
