"""Words of users that want to be something else: never obeyed by a terminal, a workbook, a page or a table of text."""

import re
import sqlite3
from contextlib import closing
from html.parser import HTMLParser

import openpyxl
import pytest

from tests.cli import Svcq
from tests.commands.conftest import small_in
from tests.commands.test_terminal import type_in

pytestmark = pytest.mark.files  # the words are put into the file itself, past every check of ours
WORDS = (
    *("\x1b[31mred", "\x1b]0;title\x07", "\x9b2J", "a\rb", "back\x08space", "[red]x[/red]", "\u202egnp.exe"),
    *(
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "=cmd|'/C calc'!A0",
        "@SUM(1)",
        "+1+cmd",
    ),
    *("{0.__class__}", "%s%n", "| a | b |\n|---|---|", "![x](http://x)", "`x`", "'; drop table contract; --"),
)
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
LISTINGS = (
    *(
        ("customer", "list"),
        ("customer", "show", "江州市中心医院"),
        ("contract", "list"),
        ("contract", "show", "HT-1"),
    ),
    *(("issue", "list"), ("issue", "show", "W-1"), ("due",), ("staff", "list"), ("log",)),
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A store whose every free text is one of the words."""
    folder = tmp_path_factory.mktemp("hostile")
    svcq = small_in(folder)
    issue = folder / "issue.csv"
    issue.write_text(
        "number,customer,title,description,engineer,reported_on\nW-1,江州市中心医院,t,d,陈立,2026-11-02\n",
        "utf-8",
    )
    svcq("import", issue, "--create-missing")
    word = iter(WORDS * 10)
    with closing(sqlite3.connect(svcq.store)) as connection, connection:
        for table, columns in {
            "customer": ("region", "contact", "phone", "email", "version"),
            "contract": ("project",),
            "issue": ("title", "description", "system", "module"),
        }.items():
            for column in columns:
                connection.execute(f"update {table} set {column} = ?", (next(word),))
        for number, text in enumerate(WORDS):
            connection.execute(
                "insert into customer (name, name_key, code, contact, region) values (?, ?, ?, ?, ?)",
                (f"院{number}", f"院{number}", f"H{number}", text, text),
            )
    return svcq


@pytest.mark.parametrize("words", LISTINGS, ids=" ".join)
def test_nothing_that_a_terminal_obeys_is_in_a_table(hostile, words):
    ran = hostile(*words, "-f", "table")
    assert not OBEYED.search(ran.out)
    assert not OBEYED.search(ran.err)


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "md", "table"])
def test_nothing_that_a_terminal_obeys_reaches_one_in_any_format(hostile, form):
    code, seen = type_in(hostile, "customer", "list", "-f", form, NO_COLOR="1")
    assert code == 0
    assert not OBEYED.search(seen)
    assert "院0" in seen


@pytest.mark.parametrize("kind", ["customer", "contract", "issue", "staff"])
def test_no_formula_lives_in_an_exported_workbook(hostile, tmp_path, kind):
    path = tmp_path / "a.xlsx"
    hostile("export", kind, "-o", path)
    hostile("export", kind, "-o", tmp_path / "a.csv")
    cells = [cell for row in openpyxl.load_workbook(path).worksheets[0].iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert not re.search("[\x00-\x08\x0b-\x1f]", "".join(str(cell.value) for cell in cells))
    assert not re.search(r'(^|[,"\n])(?=[=@+])', (tmp_path / "a.csv").read_text("utf-8-sig"))


def test_no_formula_lives_in_a_listing_as_a_workbook(hostile, tmp_path):
    path = tmp_path / "a.xlsx"
    hostile("customer", "list", "-o", path)
    cells = [cell for row in openpyxl.load_workbook(path).worksheets[0].iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert "=cmd|'/C calc'!A0" in {cell.value for cell in cells}


class Tags(HTMLParser):
    """The tags of a page, and their attributes that act."""

    def __init__(self):
        super().__init__()
        self.found = set()

    def handle_starttag(self, tag, attrs):
        self.found |= {tag, *(name for name, _value in attrs if name.startswith("on"))}


def test_no_markup_of_users_lives_in_a_report(hostile, tmp_path):
    hostile("report", "monthly", "2026-10", "-o", tmp_path / "a.html", "-o", tmp_path / "a.md")
    page = (tmp_path / "a.html").read_text("utf-8")
    tags = Tags()
    tags.feed(page)
    assert not tags.found & {"script", "img", "iframe", "onerror", "onload"}
    assert not OBEYED.search(page)
    assert not OBEYED.search((tmp_path / "a.md").read_text("utf-8"))


def test_all_of_it_goes_out_and_comes_in_again_unchanged(hostile, tmp_path):
    files = [tmp_path / f"{kind}.csv" for kind in ("staff", "customer", "contract")]
    for path in files:
        hostile("export", path.stem, "-o", path)
    other = Svcq(tmp_path / "other.db")
    other("import", *files)
    for path in files:
        other("export", path.stem, "-o", path)
    for row in _rows(other("import", *files).out):
        assert (row["added"], row["updated"], row["refused"]) == ("0", "0", "0")
    contacts = {row["contact"] for row in other("customer", "list", "-f", "json").json}
    assert contacts >= {"=cmd|'/C calc'!A0", "@SUM(1)", "+1+cmd", "[red]x[/red]", "<script>alert(1)</script>"}


def _rows(text):
    head, *lines = (line.split("\t") for line in text.splitlines())
    return [dict(zip(head, line, strict=True)) for line in lines]
