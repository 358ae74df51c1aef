"""The catalogues: `extract` brings each .po up to date with the sources, `compile` makes its .mo, `check` tells.

Translations are kept; what is new stands there with an empty msgstr, what is gone is taken out. The files
are the same wherever and whenever they are made. Needs Babel (the dev extra).
"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "svcq"
LOCALES = PACKAGE / "locale"
LANGUAGES = ("zh_CN",)

ERRORS = frozenset(
    ("SvcqError", "Phrase", "StoreTrouble", "Usage", "NotFound", "Refused", "RowsRefused", "Undelivered")
)
"""The error kinds: their first argument is a message."""
SINGULAR = ERRORS | {"_", "N_"}
PLURAL = frozenset(("ngettext", "Counted"))
"""Their first two arguments are the forms of one message."""

WORD = re.compile("[A-Z]{3}")

Message = str | tuple[str, str]


class Undated(Catalog):
    """A catalogue whose header holds nothing of the day or the machine it was made on."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:  # type: ignore[override]
        """The header."""
        return [
            ("Project-Id-Version", "svcq"),
            ("Language", self.locale_identifier or ""),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]


def called(call: ast.Call) -> str:
    """The bare name of what is called, "" if it has none."""
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def literals(node: ast.expr) -> Iterator[str]:
    """The texts that an argument may be: a literal, or either side of a conditional."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)


def of_source(text: str) -> Iterator[Message]:
    """Every message of a Python source, in its order; a metavar is one if it has a word in capitals."""
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name = called(call)
        for keyword in call.keywords:
            if keyword.arg == "metavar":
                yield from (text for text in literals(keyword.value) if WORD.search(text))
        if not call.args:
            continue
        if name in SINGULAR:
            yield from (message for message in literals(call.args[0]) if message)
        elif name in PLURAL and len(call.args) > 1:
            yield from zip(literals(call.args[0]), literals(call.args[1]), strict=True)


def of_policy(text: str) -> Iterator[Message]:
    """The titles of the rules."""
    for rules in tomllib.loads(text)["rules"].values():
        yield from (rule["title"] for rule in rules.values())


def messages() -> dict[Message, list[str]]:
    """Every message of svcq -> the files that say it, in the order of the files."""
    found: dict[Message, list[str]] = {}
    for path in sorted([*PACKAGE.rglob("*.py"), PACKAGE / "policy" / "house.toml"]):
        text = path.read_text("utf-8")
        for message in of_source(text) if path.suffix == ".py" else of_policy(text):
            files = found.setdefault(message, [])
            name = path.relative_to(ROOT).as_posix()
            if name not in files:
                files.append(name)
    return found


def po_of(language: str) -> Path:
    """The catalogue of a language as it is edited."""
    return LOCALES / language / "LC_MESSAGES" / "svcq.po"


def read(language: str) -> Catalog:
    """The catalogue of a language; an empty one if there is none yet."""
    path = po_of(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def merged(language: str) -> Catalog:
    """The catalogue with exactly the messages of the sources, and the translations that are known."""
    known = read(language)
    fresh = Undated(locale=language, charset="utf-8")
    for message, files in messages().items():
        old = known.get(message if isinstance(message, str) else message[0])
        string = old.string if old is not None else None
        if string is not None and isinstance(string, str) != isinstance(message, str):
            string = None if isinstance(message, str) else (str(string),) * fresh.num_plurals
        flags = [flag for flag in (old.flags if old else ()) if flag == "fuzzy"]
        comments = old.user_comments if old else ()
        fresh.add(message, string, [(file, None) for file in files], flags=flags, user_comments=comments)
    return fresh


def po_text(catalogue: Catalog) -> bytes:
    """The catalogue as a file that no day, machine or tool version changes."""
    out = BytesIO()
    write_po(out, catalogue, width=110, omit_header=True, include_lineno=False)
    lines = "".join(f'"{key}: {value}\\n"\n' for key, value in catalogue.mime_headers)
    return f'msgid ""\nmsgstr ""\n{lines}\n'.encode() + out.getvalue()


def mo_bytes(language: str) -> bytes:
    """What the .po of a language compiles to."""
    catalogue = read(language)
    plain = Undated(locale=language, charset="utf-8")
    for message in catalogue:
        if message.id and not message.fuzzy and all(said(message.string)):
            plain.add(message.id, message.string)
    out = BytesIO()
    write_mo(out, plain)
    return out.getvalue()


def said(string: object) -> list[str]:
    """The forms of a translation."""
    return [string] if isinstance(string, str) else list(string) if string else [""]


def main(arguments: list[str]) -> int:
    """Do what is asked; 1 if `check` finds something."""
    verbs = arguments or ["extract", "compile"]
    status = 0
    for verb in verbs:
        for language in LANGUAGES:
            if verb == "extract":
                po_of(language).parent.mkdir(parents=True, exist_ok=True)
                po_of(language).write_bytes(po_text(merged(language)))
            elif verb == "compile":
                po_of(language).with_suffix(".mo").write_bytes(mo_bytes(language))
            elif verb != "check":
                sys.stderr.write(f"{verb}: extract, compile or check\n")
                return 2
            missing = [m.id for m in merged(language) if m.id and (m.fuzzy or not all(said(m.string)))]
            for message in missing:
                sys.stderr.write(f"{language}: not translated: {message!r}\n")
            status |= bool(missing)
    return status if "check" in verbs else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
