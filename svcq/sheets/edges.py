"""Rows of a sheet that are certainly no data: totals, repeated headers, notes under the table."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence

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
_DIGIT = re.compile(r"\d")
LONGEST = 500
"""As much of a cell as is looked at."""
_COUNTED = re.compile(r"(?:合计|总计|小计|共计|共)\W*\d[\d,]*\W*(?:份|家|条|项|个|行|户|人)?")
_NOTE = re.compile(
    r"[*※]?\W{0,2}(?:备注|附注|注|注意|说明|填表说明|填写说明|制表人?|制表日期|填表人?|填报人?|审核人?|复核人?|审批人?|打印人|"
    r"打印时间|打印日期|导出时间|统计日期|统计时间|截止日期|截至|数据来源|第\d+页|note|notes|remark|prepared by|printed)"
    r"\s*\d{0,2}\s*(?:[:：]|$).*",
    re.I | re.S,
)


_SUBTOTAL = re.compile(
    r"(?:小计|合计|总计|汇总|共计|累计).{0,8}|.{0,30}?(?:小计|合计|总计|汇总|共计|累计)\W*(?:\d[\d,]*\W*\w?)?\W*"
)
"""1月小计, 张三 汇总, 本月合计（2份）."""
_LABEL = re.compile(r"[\u4e00-\u9fff](?: ?[\u4e00-\u9fff]){1,7} ?:.*", re.S)


_SECOND_LINE = re.compile(
    r".{0,4}(?:计划|实际|[应实]|预[计期]|日期?|时间|[已未][收付]|金额|[万千]?元|必?填|格式|年月日|开始|结束|起|止|到期|我方|对方|甲方|乙方).{0,4}"
)


def is_no_data(cells: Sequence[object], titles: Sequence[str], merged: bool) -> bool:
    """Whether a row is certainly a total, a note, the header again or (`merged` sideways) a title."""
    used = [cell for cell in cells if cell != ""]
    lone_title = merged and len(used) == 1 and isinstance(used[0], str)
    return lone_title or is_note(cells) or repeats(cells, titles)


def is_second_line(cells: Sequence[object], bad: Collection[int]) -> bool:
    """Whether the first row under a header goes on with it (应回 | 实回, 万元) in one of the columns in `bad`."""
    return all(isinstance(cell, str) and _DIGIT.search(cell) is None for cell in cells) and any(
        _SECOND_LINE.fullmatch(normalise(as_text(cells[column]))) is not None
        for column in bad
        if column < len(cells)
    )


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


def hints_at_subtotal(cells: Sequence[object], prose: Collection[int]) -> bool:
    """Whether a cell outside the columns of `prose` begins or ends with 小计 or the like."""
    return any(
        type(cell) is str and says_subtotal(cell) and column not in prose for column, cell in enumerate(cells)
    )


def says_subtotal(cell: str) -> bool:
    """Whether a cell's text is 1月小计, 张三 汇总, 本月合计（2份） or the like."""
    return len(cell) <= 40 and ("计" in cell or "汇" in cell) and _SUBTOTAL.fullmatch(plain(cell)) is not None


def _may_say_total(cell: str) -> bool:
    """A quick no for nearly every cell."""
    return "计" in cell or "共" in cell or "均" in cell or (cell[0] in "tTsSgG【*" and len(cell) < 20)


def is_totals(cells: Sequence[object]) -> bool:
    """Whether all cells in use are numbers, besides the one that says 合计: a sum, not a record."""
    used = [cell for cell in cells if cell != "" and not (isinstance(cell, str) and is_nothing(cell))]
    return all(
        _is_figure(cell) or says_total(cell) or (isinstance(cell, str) and says_subtotal(cell))
        for cell in used
    )


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
    if not used or not isinstance(used[0], str):
        return False
    first = plain(used[0][:LONGEST])
    if _NOTE.fullmatch(first) is None and (len(used) < 2 or _LABEL.fullmatch(first) is None):
        return False
    # 制表人： | 王磊 | 日期： | 2026-1-4: what stands behind a label belongs to it
    return all(
        (
            isinstance(cell, str)
            and (
                plain(cell[-9:]).endswith(":")
                or _NOTE.fullmatch(plain(cell[:LONGEST])) is not None
                or _LABEL.fullmatch(plain(cell[:LONGEST])) is not None
            )
        )
        or (isinstance(before, str) and plain(before[-9:]).endswith(":"))
        for before, cell in zip([None, *used], used, strict=False)
    )


def repeats(cells: Sequence[object], titles: Sequence[str]) -> bool:
    """Whether a row is the header (or one of its two lines) once more, as on every printed page."""
    for column, cell in enumerate(cells):
        if cell != "" and (column >= len(titles) or not _is_title(as_text(cell)[:LONGEST], titles[column])):
            return False
    return True


def _is_title(text: str, title: str) -> bool:
    if normalise(text) == normalise(title):
        return True
    line = " ".join(text.split())
    return len(line) > 1 and (title.startswith(f"{line} ") or title.endswith(f" {line}"))


def may_be_header(cells: Sequence[object]) -> bool:
    """A quick no for nearly every row: the first cells of a header are words without digits."""
    seen = 0
    for cell in cells:
        if cell != "":
            if type(cell) is not str or len(cell) > 40 or _DIGIT.search(cell) is not None:
                return False
            seen += 1
            if seen == 2:
                return True
    return False


def reads_as_header(
    cells: Sequence[object],
    titles: Sequence[str],
    keys: Mapping[int, str],
    meaning: Callable[[str], str | None],
) -> bool | None:
    """None for a row that is no header; whether it says the same as the sheet's own header for one that is.

    `keys`: column -> field; `meaning`: the field that a header stands for. A header has two fields or more, and little else.
    """
    used = [(column, as_text(cell)) for column, cell in enumerate(cells) if cell != ""]
    meant = [meaning(text[:LONGEST]) for _column, text in used]
    known = {key for key in meant if key is not None}
    if len(known) < 2 or 2 * sum(key is not None for key in meant) <= len(used):
        return None
    return all(
        key == keys.get(column) or (column < len(titles) and _is_title(text[:LONGEST], titles[column]))
        for (column, text), key in zip(used, meant, strict=True)
    )


def _is_figure(cell: object) -> bool:
    if isinstance(cell, float | int):
        return True
    return (
        isinstance(cell, str)
        and re.fullmatch(r"[¥￥]?[\d,.]+(?:元|万元|份|家|条|项|个|%)?", plain(cell)) is not None
    )
