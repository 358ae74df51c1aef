"""The mapping file: how one hospital's or department's own headers, words and dates are to be read."""

from collections.abc import Mapping
from dataclasses import replace

from svcq.errors import Usage
from svcq.sheets import toml_file
from svcq.sheets.dates import ORDERS, DateOrder
from svcq.sheets.options import ReadOptions

KEYS = (
    *("kind", "sheet", "header_row", "date_order", "encoding", "clear"),
    *("headers", "values", "constants"),
)


def load(path: str, options: ReadOptions | None = None) -> ReadOptions:
    """The options of a mapping file under those that were given on the command line, which win.

    TOML with `kind`, `sheet` (a name or a list), `header_row`, `date_order`, `encoding`, `clear`, and the tables

    - [headers]: header = field, or a list of fields that are all read from that column, or "-" to leave it out
    - [values.FIELD]: word = word to read instead; "" as the second stands for nothing, "*" as the first for every
      word (but a blank) that is not named
    - [constants]: field = what every row says of it, though no column does

    Usage names what is wrong in it.
    """
    said = options or ReadOptions()
    content = toml_file.read(path).tree
    for key in content:
        if key not in KEYS:
            raise Usage("{path}: {key} is not known; {keys} are", path=path, key=key, keys=", ".join(KEYS))
    return replace(
        said,
        kind=said.kind or _text(path, content, "kind"),
        sheets=said.sheets or _sheets(path, content),
        header_row=said.header_row or _row(path, content),
        date_order=said.date_order or _order(path, content),
        encoding=said.encoding or _text(path, content, "encoding"),
        clear=said.clear or _flag(path, content, "clear"),
        headers={**_headers(path, content), **said.headers},
        values={**_values(path, content), **said.values},
        constants={**_words(path, "constants", content.get("constants", {})), **said.constants},
    )


def _text(path: str, content: Mapping[str, object], key: str) -> str | None:
    value = content.get(key)
    if value is not None and not isinstance(value, str):
        raise Usage("{path}: {key} is to be a text", path=path, key=key)
    return value


def _flag(path: str, content: Mapping[str, object], key: str) -> bool:
    value = content.get(key, False)
    if not isinstance(value, bool):
        raise Usage("{path}: {key} is to be true or false", path=path, key=key)
    return value


def _sheets(path: str, content: Mapping[str, object]) -> tuple[str, ...]:
    value = content.get("sheet", [])
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise Usage("{path}: {key} is to be a name or a list of names", path=path, key="sheet")
    return tuple(names)


def _row(path: str, content: Mapping[str, object]) -> int | None:
    value = content.get("header_row")
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
        raise Usage("{path}: {key} is to be a row number from 1 on", path=path, key="header_row")
    return value


def _order(path: str, content: Mapping[str, object]) -> DateOrder | None:
    value = content.get("date_order")
    if value is not None and value not in ORDERS:
        raise Usage(
            "{path}: {key} is to be one of {values}", path=path, key="date_order", values=", ".join(ORDERS)
        )
    return value


def _values(path: str, content: Mapping[str, object]) -> dict[str, dict[str, str]]:
    tables = content.get("values", {})
    if not isinstance(tables, dict):
        raise Usage("{path}: {key} is to be a table of words", path=path, key="values")
    return {key: _words(path, f"values.{key}", table) for key, table in tables.items()}


def _headers(path: str, content: Mapping[str, object]) -> dict[str, str | tuple[str, ...]]:
    table = content.get("headers", {})
    lists = {}
    if isinstance(table, dict):
        lists = {header: tuple(said) for header, said in table.items() if isinstance(said, list)}
        table = {header: " " if header in lists else said for header, said in table.items()}
    if any(
        not said or "-" in said or not all(isinstance(one, str) for one in said) for said in lists.values()
    ):
        raise Usage("{path}: {key} is to be a table of words", path=path, key="headers")
    return {**_words(path, "headers", table), **lists}


def _words(path: str, key: str, table: object) -> dict[str, str]:
    if not isinstance(table, dict) or not all(isinstance(word, str | int) for word in table.values()):
        raise Usage("{path}: {key} is to be a table of words", path=path, key=key)
    return {word: str(value) for word, value in table.items()}
