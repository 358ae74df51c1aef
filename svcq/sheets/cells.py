"""One cell to one typed value: a parser per column, prepared once, that remembers what it has seen."""

from collections.abc import Callable

from svcq.errors import RowsRefused
from svcq.sheets.grid import ErrorCell, as_text
from svcq.sheets.kind import Field, Value
from svcq.sheets.limits import CELL_LENGTH
from svcq.sheets.text import plain, tidy
from svcq.sheets.types import PARSERS, Context

NOTHING = frozenset(
    ("", "/", "//", "\\", "#", "-", "--", "---", "?", "??", ".", "*", "无", "n/a", "暂无", "空")
)
"""What people write into a cell that holds nothing (width and case do not matter)."""
_NOTHING_AT_ALL = NOTHING | {
    "na",
    "null",
    "none",
    "nil",
    "未知",
    "不详",
    "待定",
    "未定",
    "未",
    "没有",
}
"""The same where the cell cannot be a word: dates, amounts and numbers."""
_NO_NUMBER = NOTHING | frozenset(
    (
        "待定",
        "未定",
        "无编号",
        "没有编号",
        "暂无编号",
        "未编号",
        "待编号",
        "编号待定",
        "没有",
        "无号",
        "未知",
        "不详",
        "tbd",
    )
)
"""The same in a column of numbers of records."""
_SAME = frozenset(
    (
        "同上",
        "同上行",
        "同前",
        "上同",
        "同左",
        "同下",
        "ditto",
        '"',
        '""',
        "''",
        "〃",
        "々",
        "“",
        "”",
        "″",
        "′′",
        "↑",
        "↓",
        "←",
    )
)
"""What points at another cell instead of saying what is meant."""
ERRORS = frozenset(
    ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA")
)
"""What Excel shows for a formula that failed, and writes into a text file."""
OTHERS = "*"
"""In the user's own translations: every word that has none."""
_DASHES = str.maketrans(dict.fromkeys("–—―‐−─﹣－", "-"))
_REMEMBERED = 20_000


class Parser(dict[object, Value]):
    """Cell -> value of one column; None for nothing; raises RowsRefused. A look-up after the first time."""

    __slots__ = ("_parse",)

    def __init__(self, parse: Callable[[object], Value]) -> None:
        super().__init__()
        self._parse = parse

    def __missing__(self, cell: object) -> Value:
        value = self._parse(cell)
        if len(self) < _REMEMBERED and cell != 0 and cell != 1:  # True == 1 would be taken for it
            self[cell] = value
        return value


def parser(one: Field, context: Context | None = None) -> Parser:
    """The parser of a field's column."""
    about = context or Context()
    parse = PARSERS[one.type](one, about)
    nothing = NOTHING if one.type in ("text", "name", "names", "code", "codes", "flag") else _NOTHING_AT_ALL
    if one.type == "id":
        nothing = _NO_NUMBER
    words = {_word(word): value for word, value in about.words.items() if word != OTHERS}
    others = about.words.get(OTHERS)

    def translated(cell: object, seen: str) -> object:
        said = words.get(_word(seen))
        if said is None and others is not None and not is_nothing(seen, nothing):
            return others
        return cell if said is None else said

    def read(cell: object) -> Value:
        if about.words and not isinstance(cell, ErrorCell):
            cell = translated(cell, cell if isinstance(cell, str) else as_text(cell))
        if isinstance(cell, str):
            if is_nothing(cell, nothing):
                return None
            if len(cell) > CELL_LENGTH:
                raise RowsRefused(
                    "the text has {length} characters, more than {most}", length=len(cell), most=CELL_LENGTH
                )
            if len(cell) < 9 and (cell.strip() in _SAME or _word(cell) in _SAME):
                raise RowsRefused(
                    "{value} points at another cell: write out what is meant", value=cell.strip()
                )
            if cell.lstrip()[0] == "#" and cell.strip().upper() in ERRORS:
                raise RowsRefused("{value} is an error value of the workbook", value=cell.strip())
        elif isinstance(cell, ErrorCell):
            if cell.code == "=":
                raise RowsRefused("the formula was never computed: open the file in Excel and save it")
            raise RowsRefused("{value} is an error value of the workbook", value=cell.code)
        return parse(cell)

    return Parser(read)


def _word(text: str) -> str:
    return plain(text).casefold().replace(" ", "")


def is_nothing(cell: str, nothing: frozenset[str] = NOTHING) -> bool:
    """Whether a cell's text says that it is empty (blank, `/`, `—`, 无, N/A)."""
    return len(cell) < 9 and plain(cell).casefold().translate(_DASHES) in nothing or not tidy(cell)
