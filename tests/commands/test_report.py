"""The report of a month or a quarter: one set of figures in three forms, and those are the figures of the listings."""

import re
from collections import Counter
from datetime import date, timedelta
from html.parser import HTMLParser

import openpyxl
import pytest

from svcq.commands.report_pages import report as pages
from svcq.commands.report_words import FIGURES, PARTS
from svcq.output.report.text import MOST
from svcq.processes.report import month_of
from svcq.processes.report_figures import Duties, Figures, Scores, Snapshot, Window
from tests.cli import Svcq
from tests.reported import FORMULA, HOSTILE, company, hostile

PERIODS = {
    "2026-10": (date(2026, 10, 1), date(2026, 10, 31)),
    "2026-02": (date(2026, 2, 1), date(2026, 2, 28)),
    "2026-11": (date(2026, 11, 1), date(2026, 11, 23)),
    "2026Q3": (date(2026, 7, 1), date(2026, 9, 30)),
}
"""A month, another, one that is not over yet, a quarter: first day, and last day or today."""
QUARTERS = {"2026-10": "2026Q4", "2026-02": "2026Q1", "2026-11": "2026Q4", "2026Q3": "2026Q3"}
TODAY = date(2026, 11, 23)


class Tables(HTMLParser):
    """The tables of a page by caption, as lists of rows of texts; and what else is to be known about the page."""

    def __init__(self, text):
        super().__init__()
        self.tables, self.tags, self.links, self.attributes = {}, Counter(), [], {}
        self._cell, self._row, self._caption = None, None, ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        self.attributes.setdefault(tag, dict(attrs))
        self.links += [value for key, value in attrs if key in ("href", "src", "action", "srcset")]
        if tag in ("caption", "td", "th"):
            self._cell = ""
        elif tag == "tr":
            self._row = []
        elif tag == "section":
            self._part = dict(attrs)["id"]

    def handle_data(self, data):
        if self._cell is not None:
            self._cell += data

    def handle_endtag(self, tag):
        if tag == "caption":
            self._caption = f"{self._part}: {self._cell}" if self._cell == "Figures" else self._cell
            self.tables[self._caption] = []
        elif tag in ("td", "th"):
            self._row.append(self._cell)
        elif tag == "tr":
            self.tables[self._caption].append(self._row)
        if tag in ("caption", "td", "th"):
            self._cell = None


def report(svcq, folder, period, *words):
    """The three files of a report."""
    kind = "quarterly" if "Q" in period else "monthly"
    files = [folder / f"report.{ending}" for ending in ("xlsx", "html", "md")]
    svcq(*words, "report", kind, period, *(word for file in files for word in ("-o", file)))
    return files


class Made:
    """A report of the sample company, read back."""

    def __init__(self, svcq, folder, period):
        self.svcq, self.period = svcq, period
        self.first, self.t = PERIODS[period]
        self.decided = min(self.t + timedelta(days=1), TODAY)
        book, page, text = report(svcq, folder, period)
        self.book = openpyxl.load_workbook(book)
        self.page = Tables(page.read_text("utf-8"))
        self.html, self.text = page.read_text("utf-8"), text.read_text("utf-8")

    def sheet(self, title):
        """The rows of a sheet as dictionaries, by their heads."""
        sheet = self.book[title]
        header = int(re.match(r"A(\d+)", sheet.auto_filter.ref)[1])
        rows = list(sheet.iter_rows(min_row=header, values_only=True))
        return [dict(zip(rows[0], row, strict=True)) for row in rows[1:] if any(v is not None for v in row)]

    def figures(self, column="This period"):
        """`part.key` -> the figure."""
        rows = self.sheet("Figures")
        return {one.name: row[column] for one, row in zip(FIGURES, rows, strict=True)}

    def listing(self, *words, on=None):
        return self.svcq(*words, "--as-of", on or self.t, "-f", "json").json


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample company."""
    return company(tmp_path_factory.mktemp("company") / "svcq.db")


@pytest.fixture(scope="module", params=PERIODS)
def made(request, sample, tmp_path_factory):
    """A report of it."""
    return Made(sample, tmp_path_factory.mktemp("report"), request.param)


def within(made, rows, key):
    first, last = made.first.isoformat(), made.t.isoformat()
    return sum(row["state"] != "void" and first <= (row[key] or "") <= last for row in rows)


def test_deadlines_are_those_of_due(made):
    found = made.figures()
    owed = [row for row in made.listing("due") if not row["before_live"]]
    assert found["duties.open"] == sum(row["state"] == "open" for row in owed)
    assert found["duties.overdue"] == sum(row["state"] == "overdue" for row in owed)
    rows = [
        row
        for row in made.listing("due", "--all", on=made.decided)
        if made.first.isoformat() <= row["due_on"] <= made.t.isoformat() and not row["before_live"]
    ]
    states = Counter(row["state"] for row in rows)
    assert found["duties.fell_due"] == len(rows)
    keys = {"met": "met", "late": "late", "missed": "overdue", "waived": "waived"}
    assert {key: found[f"duties.{key}"] for key in keys} == {key: states[s] for key, s in keys.items()}
    judged = states["met"] + states["late"] + states["overdue"]
    assert found["duties.in_time"] == pytest.approx(states["met"] / judged * 100, abs=0.051)
    assert sum(row["Overdue"] for row in made.sheet("By rule")) == found["duties.overdue"]
    assert sum(row["Overdue"] for row in made.sheet("By region")) == found["duties.overdue"]
    assert sum(row["Overdue"] for row in made.sheet("Who is behind")) == found["duties.overdue"]
    assert made.sheet("Overdue at each month's end")[-1]["Overdue"] == found["duties.overdue"]
    late = [row["number"] for row in owed if row["state"] == "overdue"]
    assert [row["Number"] for row in made.sheet("What is overdue")] == late


def test_who_is_behind_is_who_owes_what_is_overdue(made):
    owed = [row for row in made.listing("due", "--overdue") if not row["before_live"]]
    people = Counter(row["person"] or "nobody" for row in owed)
    rows = made.sheet("Who is behind")
    assert {row["Person"]: row["Overdue"] for row in rows} == people
    assert [row["Overdue"] for row in rows] == sorted(people.values(), reverse=True)
    for row in rows:
        mine = [one for one in owed if (one["person"] or "nobody") == row["Person"]]
        assert row["Days over, at most"] == max(one["days_overdue"] for one in mine)
        assert row["Fines"] == sum(one["fine"] for one in mine)


def test_contracts_are_those_of_their_listings(made):
    found, rows = made.figures(), made.listing("contract", "list")
    states = Counter(row["state"] for row in rows)
    for state in ("free", "out", "overdue", "returned"):
        assert found[f"contract.{state}"] == states[state]
    moves = {"sent_out": "sent_out_on", "sealed": "sealed_on", "came_back": "returned_on"}
    for key, column in moves.items():
        assert found[f"contract.{key}"] == within(made, rows, column)
    overdue = made.listing("contract", "overdue")
    shown = made.sheet("Contracts not back in time")
    assert [(row["Contract"], row["Days over"], row["Fine"]) for row in shown] == [
        (row["number"], row["days_overdue"], row["fine"]) for row in overdue
    ]


def test_hand_overs_are_those_of_their_listings(made):
    found, rows = made.figures(), made.listing("handover", "list")
    states = Counter(row["state"] for row in rows)
    for state in ("applying", "deciding", "not_eligible", "eligible", "complete"):
        assert found[f"handover.{state}"] == states[state]
    assert found["handover.accepted"] == within(made, rows, "accepted_on")
    assert found["handover.registered"] == within(made, rows, "registered_on")
    decided = found["handover.decided_eligible"] + found["handover.decided_not"]
    assert decided == within(made, rows, "decided_on")
    waiting = {row["number"] for row in made.listing("handover", "information")}
    assert {row["Number"] for row in made.sheet("Projects that are not eligible")} == waiting


def test_issues_are_those_of_their_listings(made):
    found, rows = made.figures(), made.listing("issue", "list")
    states = Counter(row["state"] for row in rows)
    stale = made.listing("issue", "stale")
    assert (found["issue.open"], found["issue.stale"]) == (states["open"], states["stale"])
    assert found["issue.stale"] == len(stale)
    assert found["issue.reported"] == within(made, rows, "reported_on")
    assert found["issue.closed"] == within(made, rows, "closed_on")
    done = made.svcq("issue", "records", "--from", made.first, "--until", made.t, "-f", "json").json
    assert found["issue.records"] == len(done)
    shown = made.sheet("Issues not closed in time")
    assert [row["Issue"] for row in shown] == [row["number"] for row in stale]


def test_upgrades_are_those_of_their_listing(made):
    found, rows = made.figures(), made.listing("upgrade", "list")
    states = Counter(row["state"] for row in rows)
    keys = ("applied", "arranged", "planned", "tested", "approved", "done", "reported", "settled")
    assert {key: found[f"upgrade.{key}"] for key in keys} == {key: states[key] for key in keys}
    moves = {"asked_for": "applied_on", "carried_out": "done_on", "called": "called_on"}
    for key, column in moves.items():
        assert found[f"upgrade.{key}"] == within(made, rows, column)
    shown = {row["Number"] for row in made.sheet("Upgrades under way or done")}
    under_way = {row["number"] for row in rows if row["state"] not in ("settled", "void")}
    moved = {row["number"] for row in rows for key in moves.values() if within(made, [row], key)}
    assert shown == under_way | moved


def test_migrations_are_those_of_the_year(made):
    found, rows = made.figures(), made.listing("migrate", "due", "2026")
    states = Counter(row["state"] for row in rows)
    assert found["migrate.owing"] == len(rows)
    for state in ("met", "open", "overdue", "waived"):
        assert found[f"migrate.{state}"] == states[state]
    assert found["migrate.done"] == within(made, made.listing("migrate", "list"), "done_on")
    shown = {row["Customer"] for row in made.sheet("Hospitals that owe a migration")}
    assert shown == {row["customer"] for row in rows}


def test_callbacks_are_those_of_the_summary(made):
    quarter = QUARTERS[made.period]
    found = made.figures()
    words = ("callback", "summary", "--quarter", quarter)
    whole = made.listing(*words, "--by", "quarter")
    row = whole[0] if whole else Counter()
    for key in ("asked", "answered", "unreachable", "open", "overdue"):
        assert found[f"callback.{key}"] == row[key]
    assert found["callback.satisfaction"] == (whole[0]["satisfaction"] if whole else None)
    rows = made.listing("callback", "list")
    assert found["callback.calls"] == within(made, rows, "asked_on")
    for by, title in (("engineer", "Engineer"), ("region", "Region")):
        shown = made.sheet(f"Satisfaction by {by}")
        wanted = made.listing(*words, "--by", by)
        keys = {title: by, "To ask": "asked", "Answered": "answered", "Satisfaction": "satisfaction"}
        assert [[one[key] for key in keys] for one in shown] == [
            [one[key] for key in keys.values()] for one in wanted
        ]


def test_scores_are_those_of_the_quarter(made):
    quarter, found = QUARTERS[made.period], made.figures()
    rows = made.listing("score", "quarter", quarter, on=made.decided)
    keys = {"Person": "person", "Score": "score", "Grade": "grade", "Points off": "points", "Fines": "fines"}
    shown = made.sheet("Scores by person")
    assert [[row[key] for key in keys] for row in shown] == [
        [row[key] for key in keys.values()] for row in rows
    ]
    scores = [row["score"] for row in rows if row["score"] is not None]
    assert found["score.people"] == len(scores)
    assert found["score.mean"] == pytest.approx(sum(scores) / len(scores), abs=0.01)
    for letter in "ABCD":
        assert found[f"score.grade_{letter}"] == sum(row["grade"] == letter for row in rows)
    regions = made.listing("score", "quarter", quarter, "--by", "region", on=made.decided)
    assert [row["Score"] for row in made.sheet("Scores by region")] == [row["score"] for row in regions]


def test_fines_are_those_of_the_period(made):
    found = made.figures()
    option = "--quarter" if "Q" in made.period else "--month"
    rows = made.listing("score", "fines", option, made.period, on=made.decided)
    assert found["fines.people"] == len({row["person"] for row in rows})
    assert found["fines.breaches"] == sum(row["breaches"] for row in rows)
    assert found["fines.amount"] == sum(row["fines"] for row in rows)
    shown = made.sheet("Fines by person")
    keys = {"Person": "person", "Month": "month", "Fines": "fines"}
    assert [[row[key] for key in keys] for row in shown] == [
        [row[key] for key in keys.values()] for row in rows
    ]


def test_the_period_before_is_what_its_own_report_says(sample, tmp_path):
    for period, before in (("2026-11", "2026-10"), ("2026-10", "2026-09"), ("2026Q3", "2026Q2")):
        book, *_ = report(sample, tmp_path, period)
        earlier = tmp_path / "before.xlsx"
        kind = "quarterly" if "Q" in period else "monthly"
        sample("report", kind, before, "-o", earlier)
        now, then = (openpyxl.load_workbook(file)["Figures"] for file in (book, earlier))
        rows = list(zip(now.iter_rows(values_only=True), then.iter_rows(values_only=True), strict=True))
        for mine, old in rows[-len(FIGURES) :]:
            assert (mine[:2], mine[3]) == (old[:2], old[2])
            if None not in (mine[2], mine[3]):
                assert mine[4] == pytest.approx(mine[2] - mine[3])


def same(text, value, *, signed=False):
    """Whether a page says in words what stands in a cell of the workbook."""
    if value is None:
        return text == "–"
    sign = not signed or text.startswith("+") == (value > 0)
    return sign and float(text.replace(",", "")) == pytest.approx(value)


def test_page_and_text_have_the_figures_of_the_workbook(made):
    rows = made.sheet("Figures")
    lines = made.text.splitlines()
    for part in PARTS:
        mine = [row for one, row in zip(FIGURES, rows, strict=True) if one.part == part]
        heads, *page = made.page.tables[f"{part}: Figures"]
        assert heads == ["Figure", "This period", "Period before", "Change"]
        for row, cells in zip(mine, page, strict=True):
            name, now, before, change = cells
            assert name == row["Figure"]
            assert same(now, row["This period"])
            assert same(before, row["Period before"])
            assert same(change, row["Change"], signed=True)
        start = lines.index(f"| {' | '.join(page[0])} |")
        assert lines[start : start + len(page)] == [f"| {' | '.join(cells)} |" for cells in page]


def test_page_and_text_have_the_first_rows_of_each_table(made):
    for sheet in made.book.worksheets[2:]:
        rows = made.sheet(sheet.title)
        if not rows:
            assert sheet.title not in made.page.tables
            assert f"### {sheet.title}" in made.text
            continue
        heads, *page = made.page.tables[sheet.title]
        assert len(page) == min(len(rows), MOST)
        first = next(iter(rows[0]))
        for row, cells in zip(rows, page, strict=False):
            assert cells[0] == str(row[first])
        assert heads[0] == first
        if len(rows) > MOST:
            assert f"the first {MOST} of {len(rows)} rows" in made.html
            assert f"the first {MOST} of {len(rows)} rows" in made.text


def test_the_cards_of_page_text_and_workbook_say_the_same(made):
    cards = re.findall(r"<li><span>(.*?)</span><b>(.*?)</b>(?:<span[^>]*>(.*?)</span>)?</li>", made.html)
    assert len(cards) == 8
    texts = {cell.value for row in made.book["Summary"].iter_rows() for cell in row}
    for title, value, change in cards:
        assert f"| {title} | {value} | {change} |" in made.text
        assert {title, value} <= texts
        assert not change or change in texts


def test_the_commands_that_a_table_names_print_its_rows(made):
    named = re.findall(r"### (.+?)\n.*?`svcq (.+?)`", made.text, re.DOTALL)
    assert len(named) >= 8
    for _title, command in named:
        assert made.svcq(*command.split(), "-f", "json").json is not None


def test_every_sheet_is_filtered_frozen_and_printable(made):
    assert len(made.book.worksheets) == 17
    for sheet in made.book.worksheets:
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth == 1
    for sheet in made.book.worksheets[1:]:
        header = int(re.match(r"A(\d+)", sheet.auto_filter.ref)[1])
        assert sheet.freeze_panes == f"A{header + 1}"
        assert sheet.print_title_rows == f"${header}:${header}"


def test_a_quarter_is_shown_as_it_was_published(sample, tmp_path):
    svcq = company(tmp_path / "svcq.db")
    svcq("score", "publish", "2026Q3")
    rows = svcq("score", "quarter", "2026Q3", "-f", "json").json
    svcq("waive", "contract.return", "HT-2026-0091", "--reason", "合并")
    book, _page, text = report(svcq, tmp_path, "2026Q3")
    said = text.read_text("utf-8")
    assert "2026Q3 as published on 2026-11-23 by 茅洁" in said
    assert "`svcq score quarter 2026Q3`" in said
    sheet = openpyxl.load_workbook(book)["Scores by person"]
    header = int(re.match(r"A(\d+)", sheet.auto_filter.ref)[1])
    shown = [row for row in sheet.iter_rows(min_row=header + 1, values_only=True)]
    assert [(row[0], row[3]) for row in shown] == [(row["person"], row["score"]) for row in rows]
    month = svcq("report", "monthly", "2026-08").out
    assert "2026Q3 as it stood on 2026-09-01, not published" in month


def test_without_a_file_it_is_markdown_on_the_output(sample, tmp_path):
    *_, text = report(sample, tmp_path, "2026-10")
    assert sample("report", "monthly", "2026-10").out == text.read_text("utf-8")


def test_without_a_period_it_is_the_one_before_todays(sample):
    assert sample("report", "monthly").out == sample("report", "monthly", "2026年10月").out
    assert sample("report", "quarterly").out == sample("report", "quarterly", "2026-q3").out
    assert "2025-12" in sample("--today", "2026-01-05", "report", "monthly").out.splitlines()[0]


def test_a_report_of_an_earlier_day_is_the_report_that_was_made_then(sample):
    said = sample("--today", "2026-10-10", "report", "monthly", "2026-10").out
    assert "as it stood on 2026-10-10" in said
    assert "The period is not over yet" in said
    late = sample("due", "--overdue", "--as-of", "2026-10-10", "-f", "json").json
    assert f"| Overdue deadlines | {sum(not row['before_live'] for row in late)} |" in said


def test_it_is_written_in_the_language_that_is_asked_for(sample, tmp_path):
    book, page, text = report(sample, tmp_path, "2026-10", "--lang", "zh")
    chinese = page.read_text("utf-8")
    assert '<html lang="zh-CN">' in chinese
    assert "逾期" in text.read_text("utf-8")
    assert len(openpyxl.load_workbook(book).worksheets) == 17
    _book, page, _text = report(sample, tmp_path, "2026-10")
    assert '<html lang="en">' in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("monthly", "2026-12"), 2, "2026-12 has not begun"),
        (("quarterly", "2027Q1"), 2, "2027Q1 has not begun"),
        (("monthly", "October"), 2, "is no month"),
        (("monthly", "0001-01"), 2, "is no month"),
        (("quarterly", "2026Q5"), 2, "is no quarter"),
        (("monthly", "2026-10", "-o", "report.pdf"), 2, "FILE.html"),
        (("monthly", "2026-10", "-o", "report"), 2, "FILE.html"),
        (("monthly", "2026-10", "-o", "report.md", "-o", "none/report.xlsx"), 2, "folder"),
    ],
)
def test_what_cannot_be_made_is_a_sentence(sample, tmp_path, monkeypatch, words, code, said):
    monkeypatch.chdir(tmp_path)
    ran = sample("report", *words, code=code)
    assert said in ran.err
    assert ran.out == ""
    assert "unexpected" not in ran.err
    assert not list(tmp_path.iterdir())  # not even those of several files that could be written


def test_without_a_store_it_says_how_to_begin(tmp_path):
    ran = Svcq(tmp_path / "none.db")("report", "monthly", code=3)
    assert "svcq import FILE" in ran.err
    assert not (tmp_path / "none.db").exists()


def test_the_store_is_never_written_over(tmp_path):
    svcq = company(tmp_path / "svcq.md")
    before = svcq.dump()
    svcq("report", "monthly", "-o", svcq.store, code=2)
    assert svcq.dump() == before


def test_a_store_with_hardly_anything_has_a_report_too(tmp_path):
    svcq = Svcq(tmp_path / "svcq.db")
    svcq("customer", "add", "江州市中心医院")
    book, page, text = report(svcq, tmp_path, "2026-10")
    assert "nothing is overdue" in text.read_text("utf-8")
    assert Tables(page.read_text("utf-8")).tags["svg"] == 0
    assert openpyxl.load_workbook(book)["Summary"]._charts == []


def test_a_region_that_owes_nothing_any_more_is_still_compared():
    empty = dict.fromkeys(("handover", "contract", "issue", "upgrade", "migrate", "callback", "region"), ())
    now, then = (month_of(date(2026, month, 1)) for month in (10, 9))
    found = Figures(
        now=Snapshot(Window.of(now, TODAY), {("contract.return", None): Duties(history=1)}, {}),
        before=Snapshot(
            Window.of(then, TODAY),
            {("contract.return", None): Duties(overdue=2), ("contract.return", "华东"): Duties(overdue=3)},
            {},
        ),
        rules={},
        trend=[],
        overdue=[],
        scores=Scores("2026Q4"),
        lists=empty,
    )
    (regions,) = (one for one in pages(found, quarterly=False).parts[0].tables if one.title == "By region")
    assert [(row["region"], row["overdue"], row["before"]) for row in regions.rows] == [
        ("华东", 0, 3),
        ("without a region", 0, 2),
    ]


def test_hostile_names_stay_text_everywhere(tmp_path):
    svcq = hostile(tmp_path / "svcq.db")
    book, page, text = report(svcq, tmp_path, "2026-10")
    html = page.read_text("utf-8")
    seen = Tables(html)
    assert (seen.tags["script"], seen.tags["img"], seen.tags["b"]) == (0, 0, 8)
    (row,) = seen.tables["Contracts not back in time"][1:]
    assert (row[1], row[2]) == (HOSTILE, FORMULA)
    assert all(link.startswith(("#", "data:")) for link in seen.links)
    cells = [cell for sheet in openpyxl.load_workbook(book) for line in sheet.iter_rows() for cell in line]
    assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)
    assert {HOSTILE, FORMULA} <= {cell.value for cell in cells}
    (line,) = [one for one in text.read_text("utf-8").splitlines() if one.startswith("| N-1 | \\<img")]
    assert "`" not in line.replace("\\`", "")
    assert "<" not in line.replace("\\<", "")
    assert "[" not in line.replace("\\[", "")
    assert len(re.findall(r"(?<!\\)\|", line)) == 9


def test_the_page_asks_for_nothing_and_runs_nothing(made):
    assert "default-src 'none'" in made.html
    assert made.page.tags["script"] == made.page.tags["iframe"] == made.page.tags["img"] == 0
    assert all(link.startswith(("#", "data:")) for link in made.page.links)
    assert not re.search(r"url\(|@import|https?:|\son\w+=", made.html)
    assert made.page.attributes["html"]["lang"] == "en"
    assert made.page.tags["title"] >= 1
    assert made.page.tags["caption"] == made.page.tags["table"]
