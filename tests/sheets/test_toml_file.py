"""A TOML file from outside: read, or refused in a sentence with the line, however it is broken, and soon."""

import os
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svcq.errors import Phrase, Usage
from svcq.locale import say
from svcq.policy.places import places
from svcq.sheets.request import template
from svcq.sheets.toml_file import LARGEST, LONGEST_LINE, SHOWN, Mistakes, _lines_of, _masked, read


@pytest.fixture
def refused(text):
    """The one line in which a content is refused."""

    def line(content):
        path = text(content, name="r.toml")
        with pytest.raises(Usage) as error:
            read(path)
        (said,) = error.value.lines
        return say(said).replace(str(path), "r.toml")

    return line


def test_a_file_is_its_tables_whatever_its_mark_and_line_ends(text):
    for content in (b"a = 1\nb = '''\nx\n'''", b"\xef\xbb\xbfa = 1\r\nb = '''\r\nx\r\n'''\r\n"):
        found = read(text(content, name="r.toml"))
        assert found.tree == {"a": 1, "b": "x\n"}


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"# \xd2\xbd\xd4\xba\n# \xbf\xaa\xb7\xa2\xd0\xe8\xc7\xf3\n", "r.toml:2: not UTF-8 text: save the file as UTF-8"),
        (template().encode("gb18030"), "r.toml:1: not UTF-8 text: save the file as UTF-8"),
        ("a = 1".encode("utf-16"), "r.toml:1: not UTF-8 text: save the file as UTF-8"),
        (bytes(range(256)) * 40, "r.toml:2: not UTF-8 text: save the file as UTF-8"),
        (b"PK\x03\x04\x00\x00", "r.toml:1: a NUL character: not a text file"),
        (b"a = 1\nb = '\x00'", "r.toml:2: a NUL character: not a text file"),
        ("a = 1\na = 2", "r.toml:2: not TOML at column 6: Cannot overwrite a value"),
        ("a = 1\n\n[a]", "r.toml:3: not TOML at column 3: Cannot overwrite a value"),
        ("\nplan WH-1", "r.toml:2: not TOML at column 6: Expected '=' after a key in a key/value pair"),
        ("标题 = 1", "r.toml:1: not TOML at column 1: Invalid statement"),
        ("a = \n", "r.toml:1: not TOML at column 5: Invalid value"),
        ("a = 是", "r.toml:1: not TOML at column 5: Invalid value"),
        ('a = "x\n"', "r.toml:1: not TOML at column 7: Illegal character '\\n'"),
        ('a = """\n\nx', "r.toml:3: not TOML: the text ends too early (Unterminated string)"),
        ("a = [\n1,\n", "r.toml:2: not TOML: the text ends too early (Invalid value)"),
        ("a = 1\rb = 2", "r.toml:1: not TOML at column 6: "),
        ("a = '\x1b'", "r.toml:1: not TOML at column 6: "),
        ("\n" + "a" * (LONGEST_LINE + 1), "r.toml:2: longer than 500 characters outside quotes"),
        ("a." * 300 + "b = 1", "r.toml:1: longer than 500 characters outside quotes"),
        ("''." * 600 + "b = 1", "r.toml:1: longer than 500 characters outside quotes"),
        ("a = " + "[\n" * 5000, "r.toml: not TOML: brackets in brackets, too deep"),
        ("a = " + "{a = " * 90, "r.toml:1: not TOML at column 455: Invalid value"),
        ("a = 9" + "9" * 480, None),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_with_its_line(refused, text, content, line):
    if line is None:
        read(text(content, name="r.toml"))
    else:
        assert refused(content).startswith(line)


def test_long_texts_in_quotes_and_long_comments_are_no_long_lines(text):
    content = f"# {'x' * 9000}\na = '{'y' * 9000}' # {'z' * 9000}\nb = \"{'一' * 9000}\"\n"
    assert len(read(text(content, name="r.toml")).tree["b"]) == 9000


def test_a_file_of_any_size_is_only_read_as_far_as_it_may_be(tmp_path):
    path = tmp_path / "r.toml"
    with path.open("wb") as file:
        file.truncate(100 * 2**20)
    started = time.perf_counter()
    with pytest.raises(Usage, match="has more than 400000 bytes"):
        read(path)
    assert time.perf_counter() - started < 1


def test_a_file_of_just_the_size_is_read(text):
    assert read(text("#" * LARGEST, name="r.toml")).tree == {}


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: None, "no such file"),
        (lambda path: path.mkdir(), "is a folder"),
        (lambda path: os.mkfifo(path), "is not an ordinary file"),
        (lambda path: path.symlink_to("/dev/zero"), "is not an ordinary file"),
        (lambda path: path.symlink_to(path), "cannot be read"),
    ],
)
def test_what_is_no_file_is_not_opened(tmp_path, make, words):
    path = tmp_path / "r.toml"
    make(path)
    with pytest.raises(Usage, match=words):
        read(path)


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_a_name_that_no_file_can_have_is_a_sentence(name):
    with pytest.raises(Usage, match="cannot be read"):
        read(name)


N = LARGEST - 1000
HARD = {
    "escaped quotes in a text without an end": 'a = """' + '\n\\"""' * (N // 5),
    "one kind of quotes in the other": "a = '''" + '\n"""\\' * (N // 5),
    "quotes": '"' * N,
    "apostrophes": "'" * N,
    "backslashes": 'a = """' + "\\" * N,
    "many quotes": 'a = """' + 'x"" ' * (N // 4),
    "dotted keys": "\n".join(f"k{n}{'.a' * 240} = 1" for n in range(N // 500)),
    "unknown keys": "\n".join(f"k{n} = 1" for n in range(N // 12)),
    "headers": "\n".join(f"[k{n}]" for n in range(N // 9)),
    "brackets": "a = " + "[\n" * (N // 2),
    "entries": "items = [\n" + "1,\n" * (N // 3) + "]",
}


@pytest.mark.parametrize("name", HARD)
def test_a_file_made_to_be_hard_is_answered_soon(text, name):
    path = text(HARD[name], name="r.toml")
    started = time.perf_counter()
    try:
        found = read(path)
        found.refuse([(key, Phrase("no")) for key in found.tree])
    except Usage as error:
        assert 1 <= len(error.lines) <= SHOWN + 1  # noqa: PT017
    assert time.perf_counter() - started < 10


def test_of_more_than_fifty_mistakes_the_rest_is_a_number(text):
    found = read(text("\n".join(f"k{n} = 1" for n in range(53)), name="r.toml"))
    with pytest.raises(Mistakes) as error:
        found.refuse([(key, lambda key=key: Phrase("{key}: no", key=key)) for key in found.tree])
    lines = list(map(say, error.value.lines))
    assert lines[-2:] == [f"{found.name}:50: k49: no", "… and 3 more"]
    assert len(lines) == 51


def test_a_file_without_mistakes_is_not_refused(text):
    assert read(text("a = 1", name="r.toml")).refuse([]) is None


KEY = st.sampled_from(["a", "b-1", "c_c", '"d e"', "'f.g'", '"h\\u0069"'])
VALUE = st.sampled_from(
    [
        "1",
        '"x = 1"',
        "'# y'",
        '"""\na = 1\n[b]\n"""',
        "'''\nz = \"\"\" '''",
        '[\n1, # c = 2\n"""\nq""" ]',
        '[\n"a",\n"b"]',
        "{x = 1, y = 'k = 2'}",
        '"""""two"""""',
        '"\\"" # "',
    ]
)
LINE = st.one_of(
    st.tuples(KEY, VALUE).map(lambda pair: f"{pair[0]} = {pair[1]}"),
    st.tuples(KEY, KEY).map(lambda pair: f" {pair[0]} . {pair[1]}=1"),
    KEY.map(lambda key: f"[{key}]"),
    KEY.map(lambda key: f"[[ {key}.x ]] # [b]"),
    st.sampled_from(["", "# a = 1", "   "]),
)


@given(st.lists(LINE, max_size=8).map("\n".join))
@settings(max_examples=100, deadline=None)
def test_the_line_of_a_top_key_is_where_a_full_reader_finds_it(content):
    import tomllib

    try:
        tree = tomllib.loads(content + "\n")
    except tomllib.TOMLDecodeError:
        return
    wanted = places(content)
    found = _lines_of(content)
    assert {key: found[key] for key in tree} == {key: wanted[(key,)].line for key in tree}


@given(st.text(alphabet="[]{}=.\"'#,\n a1-\\é", max_size=60))
@settings(max_examples=120, deadline=None)
def test_masking_keeps_every_place_and_every_line(content):
    masked = _masked(content)
    assert len(masked) == len(content)
    assert [n for n, sign in enumerate(masked) if sign == "\n"] == [
        n for n, s in enumerate(content) if s == "\n"
    ]


@given(st.text(alphabet="[]{}=.\"'#,\n a1-\\\x00é", max_size=40))
@settings(max_examples=120, deadline=None)
def test_whatever_a_text_is_it_is_tables_or_a_usage_error(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_text(content, "utf-8", newline="")
    try:
        read(path)
    except Usage as error:
        assert all(say(line) for line in error.lines)  # noqa: PT017
