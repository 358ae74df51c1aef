"""Policy files that are not what they should be: each refused in a sentence, none of them stops svcq."""

import pytest

from svcq.errors import Usage
from svcq.policy.load import LARGEST, parse, read
from svcq.policy.mistakes import Mistakes


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"a = 1\n# \xb9\xab\xcb\xbe\n", "{path}:2: not UTF-8 text: save the file as UTF-8"),
        ("country = 'CN'\n".encode("utf-16"), "{path}:1: not UTF-8 text: save the file as UTF-8"),
        (b"#" * (LARGEST + 1), "{path}: larger than 1000000 bytes: not a policy"),
    ],
)
def test_a_file_that_is_no_text_is_refused(tmp_path, raw, message):
    path = tmp_path / "my.toml"
    path.write_bytes(raw)
    with pytest.raises(Usage) as refused:
        read(path)
    assert str(refused.value) == message.format(path=path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Usage, match="No such file") as refused:
        read(tmp_path / "none.toml")
    assert str(refused.value).startswith(str(tmp_path / "none.toml"))


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(Usage, match="directory"):
        read(tmp_path)


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    path = tmp_path / "my.toml"
    path.write_bytes("country = 'none'\r\n".encode("utf-8-sig"))
    assert parse(read(path), name="my.toml").country == "none"


def test_a_text_of_more_than_a_million_bytes_is_refused_whatever_its_characters():
    for text in ("#" * (LARGEST + 1), "# 中\n" * (LARGEST // 6 + 1)):
        with pytest.raises(Usage, match="larger than 1000000 bytes"):
            parse(text, name="my.toml")


@pytest.mark.parametrize(("opening", "closing"), [("[\n", "]"), ("[", "]"), ("{a=", "}"), ("[{a=", "}]")])
def test_nesting_of_any_depth_is_a_mistake_or_too_deep_and_nothing_else(opening, closing):
    for depth in range(100, 480, 3):
        with pytest.raises(Usage, match=r"^my.toml:1: (a: not known|longer)|^my.toml: brackets in brackets"):
            parse("a = " + opening * depth + "1" + closing * depth, name="my.toml")


@pytest.mark.parametrize("text", ["a = " + "[\n" * 5000, "a = " + "{a=" * 160, "a = [\n" * 5000])
def test_brackets_in_brackets_without_end_are_refused(text):
    with pytest.raises(Usage) as refused:
        parse(text, name="my.toml")
    assert str(refused.value).startswith("my.toml:")


def test_a_key_of_hundreds_of_parts_is_an_unknown_key():
    with pytest.raises(Mistakes, match=r"^my.toml:1: a: not known"):
        parse("a." * 240 + "b = 1", name="my.toml")


def test_a_number_of_hundreds_of_digits_is_out_of_range():
    with pytest.raises(Mistakes, match=r"^my.toml:1: rules.contract.return.fine: an amount from 0"):
        parse("rules.contract.return.fine = " + "9" * 450, name="my.toml")
    with pytest.raises(Mistakes, match=r"^my.toml:1: settings.ledger.horizon_months: a number from 1"):
        parse("settings.ledger.horizon_months = " + "9" * 450, name="my.toml")


def test_a_lone_surrogate_is_refused():
    with pytest.raises(Usage):
        parse('country = "\udcff"', name="my.toml")


def test_tens_of_thousands_of_mistakes_are_told_in_a_page():
    with pytest.raises(Mistakes) as refused:
        parse("\n".join(f"k{n} = 1" for n in range(60_000)), name="my.toml")
    assert str(refused.value).endswith("\n… and 59950 more")


def test_nothing_that_acts_on_a_terminal_comes_back_from_a_file():
    with pytest.raises(Mistakes) as refused:
        parse(
            '"\\u001b[31m\\n" = 1\ncountry = "\\u202Egpj"\nrules.contract.return.owner = "\\u0007"',
            name="my.toml",
        )
    assert all(line.isprintable() for line in str(refused.value).split("\n"))
    assert len(str(refused.value).split("\n")) == 3
