"""A cell as machines get it (exact) and as people see it (translated, one line, inert on a terminal)."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from svcq.locale import _
from svcq.output.shape import Column

_BLANKS = "\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"
_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_VISIBLE: dict[int, int | str | None] = {
    **{code: 0x2400 + code for code in range(0x20)},  # control pictures
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
    **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD),
    **dict.fromkeys(map(ord, _BIDI)),
    **dict.fromkeys(map(ord, _BLANKS), " "),
}
_VISIBLE_LINES = {**_VISIBLE, 0x0A: 0x0A, 0x09: 0x09}
_FIELD_BREAKS = re.compile("\r\n|[" + _BLANKS + "]")


def visible(text: str) -> str:
    """`text` on one line, inert on a terminal: line breaks and tabs are blanks, other controls are pictures.

    Marks that turn the writing direction are taken out, since they could show a number backwards.
    """
    return text if text.isprintable() else text.replace("\r\n", "\n").translate(_VISIBLE)


def visible_lines(text: str) -> str:
    """As `visible`, but line breaks and tabs stay: for whole documents that go to a terminal."""
    return text.translate(_VISIBLE_LINES)


def one_field(text: str) -> str:
    """`text` without the breaks that would end a field or a line of tsv; everything else exact."""
    return text if text.isprintable() else _FIELD_BREAKS.sub(" ", text)


def plain(value: object) -> object:
    """A value as JSON has it: ISO dates, numbers (a whole Decimal as int), lists and objects of such values."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, Sequence):
        return [plain(one) for one in value]
    return str(value)


def _flag(value: object) -> object:
    return None if value is None else bool(value)


def _money(value: object) -> object:
    value = plain(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def machine(column: Column) -> Callable[[object], object]:
    """How a value of `column` becomes a JSON value: flags true or false, whole money an int, else `plain`."""
    return {"flag": _flag, "money": _money}.get(column.type, plain)


def written(value: object) -> str:
    """A JSON value as a field of csv and tsv: nothing for None, true or false, for a list how many it has."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(len(value)) if isinstance(value, list) else str(value)


def human(column: Column) -> Callable[[object], str]:
    """How a value of `column` is shown to people, on one line, in their language."""
    if column.type == "money":
        return _amount
    if column.type == "flag":
        yes, no = _("yes"), _("no")
        return lambda value: "" if value is None else yes if value else no
    if column.codes:
        words = {code: _(word) for code, word in column.codes.items()}

        def worded(value: object) -> str:
            if not isinstance(value, str):
                return _shown(value)
            return words.get(value) or "、".join(
                words.get(code) or visible(code) for code in value.split("、")
            )

        return worded
    return _shown


def _shown(value: object) -> str:
    if isinstance(value, str):
        return visible(value)
    value = plain(value)
    if isinstance(value, float):
        whole, _point, part = f"{value:.2f}".partition(".")
        return f"{whole}.{part.rstrip('0') or '0'}"
    return visible(written(value))


def _amount(value: object) -> str:
    value = _money(value)
    if isinstance(value, float):
        return f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else _shown(value)
