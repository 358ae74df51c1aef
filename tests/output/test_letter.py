"""The mail of a person: what it says, in the reader's language, and that nothing in it is more than text."""

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from svcq import locale
from svcq.output.letter import Item, Letter, page, speaking, subject, text

DAY = date(2026, 11, 23)
LATE = Item(
    "Bring the signed contract back", "HT-1", "二.1", date(2026, 10, 8), "1 month after 2026-09-01",
    "svcq contract return HT-1 --on DATE", "江州市中心医院", 46, 100,
)  # fmt: skip
SOON = Item(
    "Close the problem",
    "WT-1",
    "三",
    date(2026, 11, 26),
    "a fixed date",
    "svcq issue close WT-1",
    call="陈立 138",
)


class Page(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.words = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens."""
        self.tags.append(tag)
        self.attributes |= {name for name, _value in attrs}

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        self.words += data


@pytest.mark.parametrize(
    ("items", "line"),
    [
        ([SOON], "1 thing to do (2026-11-23)"),
        ([LATE], "1 thing to do, 1 overdue (2026-11-23)"),
        ([LATE, LATE, SOON], "3 things to do, 2 overdue (2026-11-23)"),
    ],
)
def test_the_subject_counts_and_names_nobody(items: list[Item], line: str) -> None:
    assert subject(Letter("陈立", DAY, items)) == line


def test_the_text_says_what_by_when_and_what_to_type() -> None:
    assert text(Letter("陈立", DAY, [LATE, SOON])) == (
        "陈立, this waits for you:\n"
        "\n"
        "1. Bring the signed contract back: HT-1\n"
        "   Customer: 江州市中心医院\n"
        "   Due: 2026-10-08 (1 month after 2026-09-01)\n"
        "   Days over: 46\n"
        "   Fine: 100 CNY\n"
        "   Clause: 二.1\n"
        "   When done: svcq contract return HT-1 --on DATE\n"
        "\n"
        "2. Close the problem: WT-1\n"
        "   Due: 2026-11-26 (a fixed date)\n"
        "   Call: 陈立 138\n"
        "   Clause: 三\n"
        "   When done: svcq issue close WT-1\n"
        "\n"
        "svcq sends this because these deadlines are written down as yours; ask QC if one is not.\n"
    )


def test_a_due_day_in_a_year_without_its_notice_says_so() -> None:
    assert "provisional" in text(Letter("陈立", DAY, [replace(SOON, provisional=True)]))


def test_the_page_says_the_same_and_asks_nothing_of_the_network() -> None:
    letter = Letter("陈立", DAY, [LATE, SOON])
    seen = Page(page(letter, "en"))
    for line in text(letter).split("\n"):
        label, _colon, said = line.strip().partition(": ")
        assert label.partition(". ")[2] in seen.words or label in seen.words
        assert said in seen.words
    assert set(seen.tags) == {
        *("html", "head", "meta", "title", "body", "div", "p", "h2", "table", "tr", "th", "td")
    }
    assert not seen.attributes & {"src", "href", "background", "onclick"}
    assert "url(" not in page(letter, "en")


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "</td></table><h1>", '" onload="x', "&amp;", "{count}%s"]
)
def test_whatever_people_typed_is_text_in_the_page(words: str) -> None:
    item = replace(LATE, title=words, number=words, customer=words, counted=words, command=words, call=words)
    seen = Page(page(Letter(words, DAY, [item]), "zh"))
    assert seen.words.count(words) == 7
    assert "script" not in seen.tags
    assert "h1" not in seen.tags


def test_controls_and_line_breaks_cannot_begin_a_line_of_their_own() -> None:
    item = replace(LATE, customer="甲\r\n   Fine: 0 CNY\x1b[31m")
    lines = text(Letter("陈立", DAY, [item])).split("\n")
    assert [line for line in lines if line.strip().startswith("Fine")] == ["   Fine: 100 CNY"]
    assert "\x1b" not in text(Letter("陈立", DAY, [item]))


def test_a_language_is_spoken_for_a_while_whatever_happens() -> None:
    def fail() -> None:
        with speaking("zh"):
            assert locale.language() == "zh"
            raise ValueError("x")

    with pytest.raises(ValueError, match="x"):
        fail()
    assert locale.language() == "en"
    with speaking("zh"):
        assert 'lang="zh-CN"' in page(Letter("陈立", DAY, [SOON]), "zh")
