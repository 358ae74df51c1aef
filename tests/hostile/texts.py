"""Hostile text files: no ends, no sense, wrong encodings, words that want to be something else."""

from collections.abc import Iterator
from pathlib import Path

from tests.hostile.case import ANY, FILE, ROWS, TAKEN, Case, repeated

HEAD = "合同编号,客户名称,敲章日期\n"
GOOD = HEAD + "HT-9,一院,2026-3-5\n"
CUSTOMERS = "name,region,contact\n"
MB = 2**20

DATES = (
    *("2026-02-30", "1900-02-29", "0000-01-01", "2026-13-01", "2026-00-10", "99999", "-5", "1e300", "NaN"),
    *(
        "inf",
        "2026-1-32",
        "20261301",
        "2026年2月30日",
        "9999999-01-01",
        "12:61",
        "2026-11-23T25:00",
        "٣٠/٠٢/٢٠٢٦",
    ),
    *(
        "9" * 400,
        "-" + "9" * 400,
        "1e999999999",
        "0x7fffffff",
        "2026-1-1-1",
        "1/1/1",
        "二〇二六年十三月",
        "½",
    ),
)
AMOUNTS = (
    *(
        "9" * 400,
        "1e400",
        "NaN",
        "inf",
        "-inf",
        "1e-400",
        "0x10",
        "１２３４５６７８９０１２３４５６７８９０１２３４５６７８９０",
    ),
    *("1,2,3,4", "--5", "1.005", "五" * 400, "1" + "0" * 5000, "1e99999999999", "²", "1_000"),
)
OBEYED = (
    *(
        "\x1b[31mred\x1b[0m",
        "\x1b]0;title\x07",
        "\x9b31m",
        "a\x08\x08b",
        "\u202egnp.exe",
        "zero\u200bwidth",
        "\x07",
    ),
    *(
        "[red]x[/red]",
        "[/]",
        "<script>alert(1)</script>",
        "{0.__class__}",
        "%s%n",
        "=cmd|'/C calc'!A0",
        "+1+1",
    ),
    *("-2+3", "@SUM(1)", '=HYPERLINK("http://x","y")', "'; drop table contract; --", "$(reboot)", "`id`"),
    *(
        "..\\..\\x",
        "\\u001b[31m",
        "_x001B_[31m",
        "a\ud7ffb",
        "\U0001f469\u200d\U0001f469",
        "e" + "\u0301" * 2000,
    ),
)
SLOW = (
    *(
        "1" * 30_000,
        "(" * 30_000,
        "年" * 30_000,
        "2026-" * 6_000,
        " 1" * 15_000,
        "a," * 15_000,
        "、" * 30_000,
    ),
    *(
        "１" * 30_000,
        "e\u0301" * 15_000,
        "\ufdfa" * 30_000,
        "=" * 30_000,
        "." * 30_000,
        "1." * 15_000,
        "万" * 30_000,
    ),
)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def _rows(head: str, *lines: tuple[str, ...]) -> str:
    return head + "".join(",".join(map(_quoted, line)) + "\n" for line in lines)


def _every(cells: tuple[str, ...]) -> str:
    """Each of the cells in each column of a contract once."""
    head = "number,customer,sealed_on,amount,project,salesperson,ends_on\n"
    lines = []
    for cell in cells:
        plain = ["", "一院", "2026-03-05", "1", "x", "", ""]
        for column in range(7):
            line = [*plain[:column], cell, *plain[column + 1 :]]
            lines.append((line[0] or f"N-{len(lines)}", *line[1:]))
    return _rows(head, *lines)


def _distinct(path: Path) -> None:
    """As many different cells as there is room for."""

    def lines() -> Iterator[str]:
        yield HEAD
        for row in range(290_000):
            yield f"HT-{row},客{row:07}院,{row % 28 + 1:02},备注{row * 7:06}号,{row:07}甲,{row:07}乙,{row:07}丙\n"

    with path.open("w", encoding="utf-8") as file:
        file.writelines(lines())


CASES = {
    "no line ends, 50 MB.csv": Case(repeated((b"x", 50 * MB)), FILE, "has no end|header"),
    "one line of commas, 50 MB.csv": Case(repeated((b",", 50 * MB)), FILE, "16384 columns"),
    "one line of commas and words.csv": Case(repeated((b"ab,", 20 * MB)), FILE, "16384 columns"),
    "a quote never closed, 50 MB.csv": Case(
        repeated((GOOD.encode() + b'"', 1), (b"a,b\n", 12 * MB)), FILE, "quotation marks"
    ),
    "nothing but quotes.csv": Case(repeated((b'"', 40 * MB)), FILE),
    "quotes and ends.csv": Case(repeated((b'"\n', 20 * MB)), FILE),
    "lone carriage returns.csv": Case(repeated((b"\r", 60 * MB)), FILE, "more than|empty"),
    "empty lines, 60 MB.csv": Case(repeated((b"\n", 60 * MB)), FILE, "more than|empty"),
    "blanks, 60 MB.csv": Case(repeated((b" ", 60 * MB)), FILE),
    "pictures and returns, 60 MB.csv": Case(
        repeated((HEAD.encode(), 1), ("\U0001f600,a,b\r\n".encode(), 6 * MB)), FILE, "more than"
    ),
    "one picture among letters.csv": Case(
        repeated((HEAD.encode() + "\U0001f600,a,b\r\n".encode(), 1), (b"x" * 240 + b"\r\n", 240_000)),
        ANY,
        is_heavy=True,
    ),
    "every cell another.csv": Case(_distinct, ANY, is_heavy=True),
    "every row unreadable.csv": Case(
        repeated((HEAD.encode(), 1), ("HT-1,一院,2026-13-45\n".encode(), 250_000)), FILE, "cannot be read"
    ),
    "more than a text may have.csv": Case(repeated((b"a,b\n", 17 * MB)), FILE, "more than 64 MB: split it"),
    "ragged rows.csv": Case(HEAD + "HT-9\nHT-8,一院,2026-3-5,x,y,z\n,,\nHT-7,一院,,\n", ROWS, "fields"),
    "a nul far down.csv": Case(repeated((GOOD.encode(), 20_000), (b"\0", 1)), FILE, "neither a workbook"),
    "gbk called utf-8.csv": Case(GOOD.encode("gbk"), FILE, "not text in utf-8", ("--encoding", "utf-8")),
    "gbk.csv": Case(GOOD.encode("gbk"), TAKEN),
    "utf-16 without a mark.csv": Case(GOOD.encode("utf-16-le"), FILE, "--encoding"),
    "utf-16 said.csv": Case(GOOD.encode("utf-16-le"), TAKEN, "", ("--encoding", "utf-16-le")),
    "utf-16 cut in half.csv": Case(GOOD.encode("utf-16")[:-1], FILE, "utf-16"),
    "utf-16 halves of pairs.csv": Case(b"\xff\xfe" + b"\x00\xd8" * 50, FILE, "utf-16"),
    "utf-32.csv": Case(GOOD.encode("utf-32"), TAKEN),
    "big5.csv": Case(
        "合同編號,客戶名稱,敲章日期\nHT-9,第一醫院,2026-3-5\n".encode("big5"), FILE, "--encoding"
    ),
    "two encodings.csv": Case(
        HEAD.encode() + b"HT-9," + "中医院".encode("gbk") + b",2026-3-5\n", FILE, "--encoding"
    ),
    "a mark too many.csv": Case("\ufeff\ufeff" + GOOD, TAKEN),
    "a mark in the middle.csv": Case(GOOD.replace("HT", "\ufeffHT"), TAKEN),
    "doubled headers.csv": Case(
        "合同编号,合同编号,客户名称,客户名称,敲章日期\nA,B,一院,二院,2026-3-5\n", (2, 5)
    ),
    "three hundred same headers.csv": Case("合同编号," * 300 + "客户名称\n" + "A," * 300 + "一院\n", ANY),
    "headers of blanks.csv": Case("  ,\u3000,\t,  \nHT-9,一院,2026-3-5,\n", FILE, "header"),
    "a header of 100,000 letters.csv": Case(
        "合同编号,客户名称,敲章日期," + "x" * 100_000 + "\nA,一院,2026-3-5,\n", ANY
    ),
    "headers that are formulas.csv": Case("=合同编号,+客户名称,@敲章日期\nHT-9,一院,2026-3-5\n", ANY),
    "300 strange columns.csv": Case(
        HEAD.strip() + "".join(f",\x1b[3{n % 8}m列{n}" for n in range(300)) + "\nHT-9,一院,2026-3-5\n",
        FILE,
        "--kind",
    ),
    "impossible dates.csv": Case(
        _rows(HEAD, *((f"D-{n}", "一院", day) for n, day in enumerate(DATES))), ROWS
    ),
    "impossible amounts.csv": Case(
        _rows("合同编号,客户名称,合同金额\n", *((f"D-{n}", "一院", sum_) for n, sum_ in enumerate(AMOUNTS))),
        ROWS,
    ),
    "what a terminal obeys.csv": Case(_every(OBEYED), ROWS),
    "names that a terminal obeys.csv": Case(
        _rows(CUSTOMERS, *((word, word[:90], word) for word in OBEYED)), (0, 5)
    ),
    "cells that take long.csv": Case(_every(SLOW), ROWS),
    "a cell of a megabyte.csv": Case(_rows(CUSTOMERS, ("x" * 2**20, "", "")), FILE, "has no end"),
    "a cell too long.csv": Case(_rows(CUSTOMERS, ("一院", "x" * 40_000, "")), ROWS, "more than 32767"),
    "a separator that is a return.csv": Case("sep=\r\n" + GOOD, TAKEN),
    "a separator that is a quote.csv": Case('sep="\n' + GOOD, TAKEN),
    "a separator that is a picture.csv": Case("sep=\U0001f600\n" + GOOD.replace(",", "\U0001f600"), ANY),
    "only a separator.csv": Case("sep=;\n", FILE),
    "a web page.csv": Case("<!DOCTYPE html><script>alert(1)</script>", FILE, "web page"),
    "xml.csv": Case(
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', FILE, "XML"
    ),
    "a name\nof two lines.csv": Case("nothing\n", FILE, "two lines"),
    "\x1b[31mred\x1b[0m \u202egnp.csv": Case("nothing\n", FILE, "red"),
    "[bold]markup[red] {path} %s.csv": Case("nothing\n", FILE, r"\[bold\]markup\[red\] \{path\} %s"),
    "-o.csv": Case(GOOD, TAKEN),
    "=cmd.csv": Case(GOOD, TAKEN),
}
