"""The place of each key: every way in which TOML lets one write it."""

import tomllib
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svcq.policy.places import places

TEXT = st.text(alphabet="ab\"'\\#=[]{},.\n \t中é\x1b", max_size=8)
KEY = st.one_of(st.sampled_from(["a", "b", "c-d", "1", "_", "中", ""]), TEXT)
SCALAR = st.one_of(TEXT, st.integers(-99, 99), st.booleans(), st.just(1.5))
VALUE = st.recursive(
    SCALAR,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEY, inner, max_size=3)),
    max_leaves=10,
)
TREE = st.dictionaries(KEY, VALUE, max_size=5)


class Writer:
    """Writes a tree in whatever way the dice say, and remembers on which line each path was named first."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.text = ""
        self.lines: dict[tuple, int] = {}

    def put(self, text: str) -> None:
        self.text += text

    def here(self) -> int:
        return self.text.count("\n") + 1

    def note(self, path: tuple, line: int | None = None) -> None:
        self.lines.setdefault(path, line or self.here())

    def chance(self) -> bool:
        return self.dice.random() < 0.4

    def blank(self) -> str:
        return self.dice.choice(["", " ", "\t"])

    def gap(self) -> str:
        return self.dice.choice(["", " ", "\n", ' # k = [ " \n', "\n\n  "])

    def key(self, key: str) -> str:
        if key and key.isascii() and all(c.isalnum() or c in "-_" for c in key) and self.chance():
            return key
        return self.quoted(key)

    def quoted(self, text: str) -> str:
        if "'" not in text and (text.isprintable() or not text) and self.chance():
            return f"'{text}'"
        return '"' + "".join(self.escaped(c) if c in '"\\' or not c.isprintable() else c for c in text) + '"'

    def escaped(self, c: str) -> str:
        return "\\" + c if c in '"\\' else f"\\u{ord(c):04x}"

    def string(self, text: str) -> str:
        style = self.dice.randrange(3)
        if style == 0:
            return self.quoted(text)
        if style == 1 and "'''" not in text and "\x1b" not in text:
            return (
                f"'''\n{text}'''"
                if self.chance()
                else ("'''" + text + "'''")
                if text[:1] != "\n"
                else self.quoted(text)
            )
        body, run = "\n", 0
        for c in text:
            run = run + 1 if c == '"' else 0
            raw = c in "\n\t" or c.isprintable() and c != "\\" and run < 3
            body += c if raw else self.escaped(c)
            run = run if raw else 0
        return f'"""{body}"""'

    def value(self, path: tuple, value: object) -> None:
        if isinstance(value, list):
            self.put("[")
            for number, one in enumerate(value):
                self.put(self.gap())
                self.note((*path, number))
                self.value((*path, number), one)
                self.put(self.gap())
                self.put("," if number < len(value) - 1 or self.chance() else "")
            self.put(self.gap() + "]")
        elif isinstance(value, dict):
            self.put("{" + self.blank())
            for number, (key, one) in enumerate(value.items()):
                self.put("," + self.blank() if number else "")
                self.pair(path, [key], one)
                self.put(self.blank())
            self.put("}")
        elif isinstance(value, str):
            self.put(self.string(value))
        else:
            self.put(str(value).lower())

    def pair(self, table: tuple, keys: list[str], value: object) -> None:
        """`a.b = value`; a table of one key may become a longer dotted key."""
        while isinstance(value, dict) and len(value) == 1 and self.chance():
            ((key, value),) = value.items()
            keys = [*keys, key]
        line = self.here()
        for n in range(len(keys)):
            self.note((*table, *keys[: n + 1]), line)
        dot = self.blank() + "." + self.blank()
        self.put(dot.join(map(self.key, keys)) + self.blank() + "=" + self.blank())
        self.value((*table, *keys), value)

    def table(self, path: tuple, keys: tuple[str, ...], tree: dict) -> None:
        later = []
        for key, value in tree.items():
            many = isinstance(value, list) and value and all(isinstance(one, dict) for one in value)
            if (isinstance(value, dict) or many) and self.chance():
                later.append((key, value))
            else:
                self.put(self.blank())
                self.pair(path, [key], value)
                self.put(self.blank() + self.dice.choice(["\n", "\r\n", ' # """ [x]\n', "\n\n#\n"]))
        for key, value in later:
            below = (*path, key)
            for number, one in enumerate(value if isinstance(value, list) else [value]):
                open_, close = ("[[", "]]") if isinstance(value, list) else ("[", "]")
                at = (*below, number) if isinstance(value, list) else below
                self.note(below)
                self.note(at)
                dot = self.blank() + "." + self.blank()
                self.put(open_ + dot.join(map(self.key, (*keys, key))) + close + self.blank() + "\n")
                self.table(at, (*keys, key), one)


def leaves(path: tuple, value: object) -> list[tuple[tuple, object]]:
    """Every path in a tree with what stands there."""
    found = [(path, value)] if path else []
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in below:
        found += leaves((*path, key), one)
    return found


@given(TREE, st.integers(0, 2**32))
@settings(max_examples=100, deadline=None)
def test_every_key_of_a_tree_is_found_on_the_line_where_it_was_written(tree, seed):
    writer = Writer(Random(seed))
    writer.table((), (), tree)
    text = writer.text
    assert tomllib.loads(text) == tree
    found = places(text)
    assert {path: place.line for path, place in found.items()} == writer.lines
    assert set(found) == {path for path, _ in leaves((), tree)}
    for path, value in leaves((), tree):
        if not isinstance(value, dict | list):
            place = found[path]
            assert tomllib.loads("x = " + text[place.start : place.end])["x"] == value


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ("a = 1", ("a",), 1),
        ("\r\n# c\r\na = 1\r\nb = 2", ("b",), 4),
        ("[x]\n\n[y]\na = 1", ("y", "a"), 4),
        ("[x.y]\na = 1", ("x",), 1),
        ("[x.y]\n[x]\na = 1", ("x",), 1),
        ('a = """\nb = 1\n"""\nb = 2', ("b",), 4),
        ("a = '''\n[x]\n'''''\nb = 2", ("b",), 4),
        ('a = """\\""""\nb = 2', ("b",), 2),
        ('a = ""\nb = 2', ("b",), 2),
        ("a = [\n1, # ]\n[2,\n3]]\nb = 4", ("a", 1, 1), 4),
        ("a = [\n1, # ]\n[2,\n3]]\nb = 4", ("b",), 5),
        ("a = {b.c = 1, d = {e = 2}}\nf = 3", ("a", "d", "e"), 1),
        ('"a.b".c = 1\na.b.c = 2', ("a", "b", "c"), 2),
        ("d = 1979-05-27 07:32:00 # then\ne = 1", ("e",), 2),
        ("[[p]]\na = 1\n[[p]]\na = 2\n[p.q]\na = 3\n[[p.r]]\na = 4", ("p", 1, "a"), 4),
        ("[[p]]\na = 1\n[[p]]\na = 2\n[p.q]\na = 3\n[[p.r]]\na = 4", ("p", 1, "r", 0, "a"), 8),
        ('"\\u0061" = 1\n"b\\"]" = 2\n[\'x"\']\ny=1', ('x"', "y"), 4),
    ],
)
def test_a_key_is_found_behind_everything_that_only_looks_like_one(text, path, line):
    tomllib.loads(text)
    assert places(text)[path].line == line


def test_the_value_of_a_key_is_cut_out_exactly():
    text = "a = 1979-05-27 07:32:00  # x\nb = { c = [1, 2] } \n"
    found = {".".join(map(str, path)): text[p.start : p.end] for path, p in places(text).items()}
    assert found == {
        "a": "1979-05-27 07:32:00",
        "b": "{ c = [1, 2] }",
        "b.c": "[1, 2]",
        "b.c.0": "1",
        "b.c.1": "2",
    }


def test_inline_tables_over_several_lines_are_read_as_later_toml_allows():
    found = places("a = {\n  b = 1, # one\n  c = 2,\n}\nd = 3\n")
    assert [found[path].line for path in (("a",), ("a", "b"), ("a", "c"), ("d",))] == [1, 2, 3, 5]


def test_paths_that_are_too_long_are_left_out():
    assert set(places("a.b.c.d = 1\n[x.y.z]\nk = [1]", deepest=2)) == {("a",), ("a", "b"), ("x",), ("x", "y")}
