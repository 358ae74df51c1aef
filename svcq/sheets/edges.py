"""Rows of a sheet that are certainly no data: totals, repeated headers, notes under the table."""

import re
from collections.abc import Sequence

from svcq.sheets.cells import is_nothing
from svcq.sheets.grid import as_text
from svcq.sheets.text import normalise, plain, tidy

_TOTALS = frozenset(
    (
        "合计",
        "总计",
        "小计",
        "共计",
        "总合计",
        "本页小计",
        "本页合计",
        "累计",
        "合计金额",
        "金额合计",
        "合计数",
        "total",
        "totals",
    )
    + ("subtotal", "sum", "grandtotal", "平均", "平均值")
)
LONGEST = 500
"""As much of a cell as is looked at."""
_COUNTED = re.compile(r"(?:合计|总计|小计|共计|共)\W*\d[\d,]*\W*(?:份|家|条|项|个|行|户|人)?")
_NOTE = re.compile(
    r"[*※]?\W{0,2}(?:备注|附注|注|注意|说明|填表说明|填写说明|制表人?|制表日期|填表人?|填报人?|审核人?|复核人?|审批人?|打印人|"
    r"打印时间|打印日期|导出时间|统计日期|统计时间|截止日期|截至|数据来源|第\d+页|note|notes|remark|prepared by|printed)"
    r"\s*\d{0,2}\s*(?:[:：]|$).*",
    re.I | re.S,
)


def is_no_data(cells: Sequence[object], titles: Sequence[str], merged: bool) -> bool:
    """Whether a row is certainly a total, a note, the header again or (`merged` sideways) a title."""
    used = [cell for cell in cells if cell != ""]
    lone_title = merged and len(used) == 1 and isinstance(used[0], str)
    return lone_title or is_note(cells) or repeats(cells, titles)


def hints_at_total(cells: Sequence[object]) -> bool:
    """Whether one of the first cells in use says 合计."""
    seen = 0
    for cell in cells:
        if cell != "":
            if type(cell) is str and _may_say_total(cell) and says_total(cell):
                return True
            seen += 1
            if seen == 3:
                break
    return False


def _may_say_total(cell: str) -> bool:
    """A quick no for nearly every cell."""
    return "计" in cell or "共" in cell or "均" in cell or (cell[0] in "tTsSgG【*" and len(cell) < 20)


def is_totals(cells: Sequence[object]) -> bool:
    """Whether all cells in use are numbers, besides the one that says 合计: a sum, not a record."""
    used = [cell for cell in cells if cell != "" and not (isinstance(cell, str) and is_nothing(cell))]
    return all(_is_figure(cell) or says_total(cell) for cell in used)


def is_lone_sentence(cells: Sequence[object]) -> bool:
    """Whether the only cell in use reads like a note rather than a name or number."""
    used = [cell for cell in cells if cell != ""]
    if len(used) != 1 or not isinstance(used[0], str):
        return False
    text = tidy(used[0][:LONGEST])
    return re.search("[。；！？：]", text) is not None or (not text.isascii() and len(text) > 30)


def says_total(cell: object) -> bool:
    """Whether a cell's text is 合计 or the like."""
    if not isinstance(cell, str) or len(cell) > 40:
        return False
    return normalise(cell) in _TOTALS or _COUNTED.fullmatch(plain(cell)) is not None


def is_note(cells: Sequence[object]) -> bool:
    """Whether every cell in use begins like a note (备注：…, 制表人：…, 审核：…)."""
    used = [cell for cell in cells if cell != ""]
    if not used or not isinstance(used[0], str) or _NOTE.fullmatch(plain(used[0][:LONGEST])) is None:
        return False
    # 制表人： | 王磊 | 日期： | 2026-1-4: what stands behind a label belongs to it
    return all(
        (
            isinstance(cell, str)
            and (plain(cell[-9:]).endswith(":") or _NOTE.fullmatch(plain(cell[:LONGEST])) is not None)
        )
        or (isinstance(before, str) and plain(before[-9:]).endswith(":"))
        for before, cell in zip([None, *used], used, strict=False)
    )


def repeats(cells: Sequence[object], titles: Sequence[str]) -> bool:
    """Whether a row is the header once more, as on every printed page."""
    for column, cell in enumerate(cells):
        if cell != "" and (
            column >= len(titles) or normalise(as_text(cell)[:LONGEST]) != normalise(titles[column])
        ):
            return False
    return True


def _is_figure(cell: object) -> bool:
    if isinstance(cell, float | int):
        return True
    return (
        isinstance(cell, str)
        and re.fullmatch(r"[¥￥]?[\d,.]+(?:元|万元|份|家|条|项|个|%)?", plain(cell)) is not None
    )
