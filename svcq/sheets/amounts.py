"""Money and whole numbers in cells: exact to the fen, whatever signs and units stand around the digits."""

import re
from decimal import Decimal, InvalidOperation

from svcq.errors import RowsRefused
from svcq.sheets.text import plain

MOST_FEN = 10**15
"""Ten thousand billion CNY: more is a slip of the keyboard, and still exact everywhere."""
LONGEST = 60
"""More characters are no number, however they are read."""
_NOISE = Decimal("0.0001")
"""What binary arithmetic leaves behind the fen, in fen."""
_SIGNS = re.compile(r"人民币|rmb|cny|[¥￥](?=[\d.(+-])|元整?$|圆整?$|整$", re.I)
_OWN_UNIT = re.compile(r"[元圆] ?整?$")
_SHAPE = re.compile(r"\+?((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(万|亿|千|百万|千万)?")
_UNITS = {"": 1, "千": 1000, "万": 10_000, "百万": 10**6, "千万": 10**7, "亿": 10**8}


def money(cell: object, scale: int = 1) -> int:
    """Fen of a cell in CNY; RowsRefused if negative or inexact.

    `scale` 10,000: a column in 万元, where a cell that names its own unit (106000元, 10.6万) keeps that one.
    """
    if isinstance(cell, bool):
        raise RowsRefused("{value} is not an amount", value=cell)
    if type(cell) is float and scale == 1 and 0 <= cell < 1e9:
        fen = round(cell * 100)
        if abs(cell * 100 - fen) < 1e-4:  # a product of this size is exact to a ten-thousandth
            return fen
    if isinstance(cell, int | float):
        return _fen(Decimal(repr(cell)), scale, f"{cell:.15g}")
    if isinstance(cell, str):
        seen = plain(cell[:LONGEST])
        bare = _SIGNS.sub("", seen.replace(" ", "")).replace(" ", "")
        if re.fullmatch(r"[(].*\d.*[)]|-.*\d.*|.*\d-", bare):
            raise RowsRefused("{value}: an amount is not negative", value=seen)
        if len(cell) <= LONGEST and (found := _SHAPE.fullmatch(bare)):
            own = found[2] is not None or _OWN_UNIT.search(seen) is not None
            unit = _UNITS[found[2] or ""] if own else scale
            return _fen(Decimal(found[1].replace(",", "")), unit, seen)
        raise RowsRefused("{value} is not an amount", value=seen)
    raise RowsRefused("{value} is not an amount", value=cell)


def whole(cell: object) -> int:
    """The whole number in a cell (5, 5.0, ５, 1,200, 5分); RowsRefused if there is none."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        if cell == cell and abs(cell) < 10**15 and cell == int(cell):
            return int(cell)
        raise RowsRefused("{value} is not a whole number", value=f"{cell:.15g}")
    if isinstance(cell, str):
        seen = plain(cell[:LONGEST])
        found = re.fullmatch(
            r"([+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,15}))(?:\.0+)? ?(?:分|级|次|个|天|年|家|项|期)?", seen
        )
        if found and len(cell) <= LONGEST:
            return int(found[1].replace(",", ""))
        raise RowsRefused("{value} is not a whole number", value=seen)
    raise RowsRefused("{value} is not a whole number", value=cell)


def _fen(yuan: Decimal, scale: int, seen: str) -> int:
    if not yuan.is_finite():
        raise RowsRefused("{value} is not an amount", value=seen)
    if yuan < 0:
        raise RowsRefused("{value}: an amount is not negative", value=seen)
    if yuan > MOST_FEN:
        raise RowsRefused("{value}: the amount is too large", value=seen)
    try:
        fen = yuan * scale * 100
        rounded = fen.to_integral_value()
    except InvalidOperation:
        raise RowsRefused("{value} is not an amount", value=seen) from None
    if rounded > MOST_FEN:
        raise RowsRefused("{value}: the amount is too large", value=seen)
    if abs(fen - rounded) > _NOISE:
        raise RowsRefused("{value}: an amount has at most two decimals", value=seen)
    return int(rounded)
