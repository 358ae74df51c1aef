"""The page of a report in a real browser: at a desk, on a phone, on A4 paper, without the world outside."""

import base64
import re
from pathlib import Path

import pytest

from tests.browser import Browser, find
from tests.reported import company, hostile

PROGRAM = find()
pytestmark = pytest.mark.skipif(
    PROGRAM is None, reason="no browser: install chromium, or name one in SVCQ_CHROMIUM"
)
SIZES = {"a desk": 1200, "a phone": 390, "an old phone": 320}
CHARTS = 6
"""Those of 2026Q3 in the sample company: trend, regions, rules, people, satisfaction, scores."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The report of a quarter in both languages, and one of a company with hostile names."""
    folder = tmp_path_factory.mktemp("pages")
    svcq = company(folder / "svcq.db")
    for language in ("en", "zh"):
        svcq("--lang", language, "report", "quarterly", "2026Q3", "-o", folder / f"{language}.html")
    hostile(folder / "hostile.db")("report", "monthly", "2026-10", "-o", folder / "hostile.html")
    return folder


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """A browser for all tests of this file."""
    made = Browser(PROGRAM, tmp_path_factory.mktemp("profile"))
    yield made
    made.close()


def shown(browser, pages, name, wide=1200):
    browser.open((pages / f"{name}.html").as_uri(), wide=wide)
    return browser


@pytest.mark.parametrize("wide", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("name", ["en", "zh", "hostile"])
def test_the_page_complains_of_nothing_and_asks_nobody(browser, pages, name, wide):
    shown(browser, pages, name, wide)
    assert browser.complaints == []
    outside = [url for url in browser.asked_for if not url.startswith("data:")]
    assert outside == [(pages / f"{name}.html").as_uri()]


@pytest.mark.parametrize("wide", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("name", ["en", "zh", "hostile"])
def test_nothing_stands_beyond_the_edge_of_the_screen(browser, pages, name, wide):
    shown(browser, pages, name, wide)
    assert browser.value("document.documentElement.scrollWidth") <= wide
    script = (
        "[...document.querySelectorAll('section *')].filter(e => e.getClientRects().length"
        " && !e.closest('thead') && e.getBoundingClientRect().right > innerWidth + 1)"
        ".map(e => e.tagName + ' ' + e.textContent.slice(0, 40))"
    )
    assert browser.value(script) == []


@pytest.mark.parametrize("wide", SIZES.values(), ids=SIZES)
def test_the_charts_are_there_and_as_wide_as_their_place(browser, pages, wide):
    shown(browser, pages, "zh", wide)
    script = (
        "[...document.querySelectorAll('svg')].map(e => { const b = e.getBoundingClientRect();"
        " return [b.width, b.height, e.querySelectorAll('rect').length, e.querySelector('title').textContent] })"
    )
    charts = browser.value(script)
    assert len(charts) == CHARTS
    for across, high, bars, title in charts:
        assert across >= min(wide - 80, 400)
        assert high > 60
        assert bars > 2
        assert title
    inside = (
        "[...document.querySelectorAll('svg')].flatMap(e => [...e.querySelectorAll('text, rect')].filter(t =>"
        " { const a = t.getBoundingClientRect(), b = e.getBoundingClientRect();"
        " return a.right > b.right + 1 || a.left < b.left - 1 || a.bottom > b.bottom + 1 || a.top < b.top - 1 })"
        ".map(t => t.textContent || t.outerHTML))"
    )
    assert browser.value(inside) == []


def test_the_charts_have_their_colours(browser, pages):
    shown(browser, pages, "en")
    script = (
        "[...new Set([...document.querySelectorAll('svg rect')].map(e => getComputedStyle(e).fill))].sort()"
    )
    found = browser.value(script)
    assert len(found) >= 5
    assert "rgb(0, 0, 0)" not in found


def test_a_phone_shows_each_row_with_the_heads_beside_its_values(browser, pages):
    shown(browser, pages, "en", 390)
    cell = "document.querySelector('#contract .list td')"
    assert browser.value(f"getComputedStyle({cell}, '::before').content") == '"Contract"'
    assert browser.value(f"getComputedStyle({cell}).display") == "flex"
    size = browser.value(
        "Math.min(...[...document.querySelectorAll('svg text')].map(e => e.getBoundingClientRect().height))"
    )
    assert size >= 8


def test_names_that_are_markup_are_read_as_they_are(browser, pages):
    shown(browser, pages, "hostile")
    assert browser.value("document.querySelectorAll('script, img, iframe, section b').length") == 0
    row = browser.value("[...document.querySelectorAll('#contract .list td')].map(e => e.textContent)")
    assert row[1].startswith("<img src=x onerror=")
    assert row[2].startswith("=HYPERLINK(")


@pytest.mark.parametrize("wide", SIZES.values(), ids=SIZES)
def test_a_name_of_wide_letters_stays_in_its_picture(browser, tmp_path, wide):
    svcq = hostile(tmp_path / "wide.db")
    svcq("customer", "add", "W" * 190, "--region", "W" * 190)
    svcq("contract", "add", "N-2", "--customer", "W" * 190, "--sealed", "2026-08-03")
    svcq("report", "monthly", "2026-10", "-o", tmp_path / "wide.html")
    shown(browser, tmp_path, "wide", wide)
    script = (
        "[...document.querySelectorAll('svg .name')].filter(e => e.textContent.startsWith('WWW'))"
        ".map(e => [e.getBoundingClientRect(), e.closest('svg').getBoundingClientRect(), e.closest('svg')])"
        ".map(([name, box, svg]) => [name.right > box.right, getComputedStyle(svg).overflow])"
    )
    assert browser.value(script) == [[True, "hidden"]]


def test_it_can_be_read_by_those_who_do_not_see_it(browser, pages):
    shown(browser, pages, "zh")
    assert browser.value("document.documentElement.lang") == "zh-CN"
    assert browser.value("document.title").startswith("服务质量")
    tree = browser.call("Accessibility.getFullAXTree")["nodes"]
    named = [(node["role"]["value"], node["name"]["value"]) for node in tree if "name" in node]
    roles = {role for role, _name in named}
    pictures = [name for role, name in named if role in ("image", "img", "graphics-document")]
    assert {"heading", "table", "main", "navigation"} <= roles
    assert len(pictures) == CHARTS
    assert all(pictures)
    assert all(name for role, name in named if role == "table")


@pytest.mark.parametrize("name", ["en", "zh"])
def test_it_prints_on_a4(browser, pages, name, tmp_path):
    shown(browser, pages, name)
    printed = browser.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
    pdf = base64.b64decode(printed["data"])
    sizes = {
        tuple(round(float(number)) for number in box.split())
        for box in re.findall(rb"/MediaBox\s*\[([^\]]+)\]", pdf)
    }
    assert sizes == {(0, 0, 595, 842)}
    assert 3 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 12
    browser.call("Emulation.setEmulatedMedia", media="print")
    browser.call(
        "Emulation.setDeviceMetricsOverride", width=703, height=1000, deviceScaleFactor=1, mobile=False
    )
    over = browser.value("document.documentElement.scrollWidth")
    browser.call("Emulation.setEmulatedMedia", media="")
    assert over <= 703  # what A4 leaves between its margins, in pixels of a style sheet


def test_the_measure_would_see_a_page_that_complains_and_asks(browser, tmp_path: Path):
    page = tmp_path / "bad.html"
    page.write_text(
        "<!doctype html><img src='http://127.0.0.1:9/x.png'><script>console.log('said'); missing()</script>",
        "utf-8",
    )
    browser.open(page.as_uri())
    assert "http://127.0.0.1:9/x.png" in browser.asked_for
    assert any("missing" in one for one in browser.complaints)
