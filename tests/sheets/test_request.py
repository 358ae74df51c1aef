"""三: a request file is read whole or refused with every mistake; its template parses and asks for what is not said."""

import re
import tomllib
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from svcq.errors import Usage
from svcq.locale import say
from svcq.rules.issue_request import Attachment, Request
from svcq.sheets.cells import is_nothing
from svcq.sheets.request import FORM, load, template
from svcq.sheets.request_keys import ATTACHMENTS, LONGEST, READERS
from svcq.sheets.text import tidy
from tests.rules.requests import CUSTOMER, norms, variants

KEYS = [field.name for field in fields(Request)]


@pytest.fixture
def request_of(text):
    """Load a text as a request file."""

    def loaded(content: str | bytes) -> Request:
        return load(text(content, name="request.toml"))

    return loaded


@pytest.fixture
def refused(text):
    """The lines in which a text is refused, without the folder."""

    def lines(content: str | bytes) -> list[str]:
        path = text(content, name="request.toml")
        with pytest.raises(Usage) as error:
            load(path)
        assert error.value.exit_code == 2
        assert str(error.value) == "\n".join(map(say, error.value.lines))
        assert all(say(line).isprintable() for line in error.value.lines)
        return [say(line).replace(str(path), "r.toml") for line in error.value.lines]

    return lines


# ---- the template ----


def test_the_template_has_every_key_of_a_request_once_and_no_other():
    assert list(READERS) == KEYS
    assert list(tomllib.loads(template())) == KEYS


def headings() -> dict[str, int]:
    """Key -> the norm under whose heading the template has it."""
    found, number = {}, 0
    for line in template().split("\n"):
        if heading := re.match(r"# ---- (\d+) ", line):
            assert int(heading[1]) == number + 1
            number = int(heading[1])
        elif key := re.match(r"(\w+) = ", line):
            found[key[1]] = number
    return found


def test_the_template_groups_its_keys_by_norm_and_a_failing_norm_is_found_under_its_heading():
    under = headings()
    assert set(under.values()) == set(range(1, 13))
    for request in variants()[::7]:
        for key in KEYS:
            for norm in norms(replace(request, **{key: getattr(Request(), key)})):
                assert norm.number == under[norm.field] or norm.field == "edition"


def test_every_key_is_explained_in_both_languages():
    for block in FORM.read_text("utf-8").split("# ---- ")[1:]:
        heading, _, rest = block.partition("\n")
        assert re.fullmatch(r"\d+ [A-Z][a-z ,]+ [\u4e00-\u9fff]+ ----", heading)
        comments = "".join(line for line in rest.split("\n") if line.startswith("#"))
        assert re.search("[a-z]{4}", comments), heading
        assert re.search("[\u4e00-\u9fff]{4}", comments), heading


def test_the_template_as_it_comes_fails_every_norm_that_asks_everybody(request_of):
    found = request_of(template())
    assert found == Request()
    assert {norm.number for norm in norms(found, plan=None)} == {1, 2, 3, 4, 5, 6, 7, 10, 12}


def test_the_template_is_filled_in_with_what_the_issue_says(request_of):
    said = template(
        customer=CUSTOMER,
        title='退费"报错"',
        plan="WH-2026-07",
        system="HIS",
        module="门诊收费",
        description='一\\二\n\n三“四”"五"',
    )
    found = request_of(said)
    assert found == Request(
        plan="WH-2026-07",
        title=f'{CUSTOMER} 退费"报错"',
        system="HIS",
        module="门诊收费",
        description='一\\二\n\n三“四”"五"',
    )
    assert {norm.number for norm in norms(found)} == {3, 4, 5, 6, 7, 10, 12}
    assert re.sub("(?m)^#.*$", "", said) != said


@pytest.mark.parametrize("title", [f"{CUSTOMER} 退费报错", f"{CUSTOMER}\u3000退费报错"])
def test_a_title_that_has_the_hospitals_name_gets_it_once(request_of, title):
    assert request_of(template(customer=CUSTOMER, title=title)).title == title


@pytest.mark.parametrize(
    "said", ["", "无", 'plan = ""', '"""', "'''\n'''", "\\", '"', "# x", "a" * 70_000, '"\\' * 9]
)
def test_whatever_the_issue_says_the_template_can_be_read(request_of, said):
    found = request_of(
        template(customer=said, title=said, plan=said, system=said, module=said, description=said)
    )
    assert found.description == ("" if is_nothing(said) else tidy(said))
    assert len(found.title) <= LONGEST
    assert list(tomllib.loads(template(description=said))) == KEYS


@given(st.text(), st.text())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_survives_the_template(tmp_path, line, text):
    path = tmp_path / "r.toml"
    path.write_text(template(system=line, description=text), "utf-8", newline="")
    read = tomllib.loads(path.read_text("utf-8"))
    assert read["description"] == tidy(text)
    assert read["system"] == " ".join(tidy(line).split("\n"))
    load(path)


# ---- what a file may say ----


def written(request: Request) -> str:
    """A request as a person may write it: the template's keys in their order, those that are said."""
    lines = []
    for key in KEYS:
        value = getattr(request, key)
        if value in ("", (), None):
            continue
        if isinstance(value, bool):
            said = str(value).lower()
        elif isinstance(value, date):
            said = value.isoformat()
        elif isinstance(value, tuple):
            said = str([one.name if isinstance(one, Attachment) else one for one in value])
        else:
            said = f"'{value}'"
        lines.append(f"{key} = {said}\n")
    return "".join(lines)


def test_a_request_of_every_variant_is_read_as_it_is_meant(tmp_path):
    for name in ("error.log", "1.png", "2.png", "前台.zip", "后台.zip", "接口.docx"):
        (tmp_path / name).write_bytes(b"x")
    path = tmp_path / "r.toml"
    for request in variants()[::3]:
        path.write_text(written(request), "utf-8")
        assert load(path) == request


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_byte_order_mark_and_windows_line_ends_are_read(request_of, mark, end):
    content = mark + "plan = 'P-1'\ndescription = '''\n一\n二\n'''\n".replace("\n", end)
    assert request_of(content.encode()) == Request(plan="P-1", description="一\n二")


@pytest.mark.parametrize("nothing", ["", " ", "-", "——", "/", "无", "N/A", "？"])
def test_a_text_that_says_nothing_is_not_said(request_of, nothing):
    content = "".join(f'{key} = "{nothing}"\n' for key in KEYS if key not in ("interface", "contract"))
    assert request_of(content) == Request()


@pytest.mark.parametrize(
    ("said", "key", "expected"),
    [
        ("edition = '单独版'", "edition", "single"),
        ("edition = ' Common '", "edition", "common"),
        ("kind = '问题'", "kind", "fault"),
        ("kind = 'need'", "kind", "need"),
        ("interface = '无'", "interface", "none"),
        ("interface = '医保接口'", "interface", "insurance"),
        ("interface = '不涉及'", "interface", "none"),
        ("contract = '说不清'", "contract", "unclear"),
        ("interface = '-'", "interface", ""),
        ("contract = '无'", "contract", "no"),
        ("contract = true", "contract", "yes"),
        ("contract = false", "contract", "no"),
        ("contract = '不明确'", "contract", "unclear"),
        ("agreed = true", "agreed", True),
        ("agreed = 'True'", "agreed", True),
        ("agreed = '是'", "agreed", True),
        ("agreed = 'no'", "agreed", False),
        ("agreed = ''", "agreed", None),
        ("wanted_on = 2026-12-01", "wanted_on", date(2026, 12, 1)),
        ("wanted_on = 2026-12-01T08:30:00Z", "wanted_on", date(2026, 12, 1)),
        ("wanted_on = '2026-12-01'", "wanted_on", date(2026, 12, 1)),
        ("wanted_on = '20261201'", "wanted_on", date(2026, 12, 1)),
        ("wanted_on = '2026年12月1日'", "wanted_on", date(2026, 12, 1)),
        ("wanted_on = '２０２６／１２／１'", "wanted_on", date(2026, 12, 1)),
        ("plan = 'ＷＨ—2026 － 07'", "plan", "WH-2026-07"),
        ("ruled_by = '吴　敏'", "ruled_by", "吴敏"),
        ("title = '''\n甲医院 退费\n'''", "title", "甲医院 退费"),
        ("title = '甲医院\u3000退费'", "title", "甲医院\u3000退费"),
        ("items = ['甲', '', '''乙\n二''']", "items", ("甲", "", "乙\n二")),
        ("items = '甲'", "items", ("甲",)),
        ("items = ''", "items", ()),
        ("modules = ['甲', '', '乙']", "modules", ("甲", "乙")),
    ],
)  # fmt: skip
def test_a_value_may_be_written_as_people_write_it(request_of, said, key, expected):
    assert request_of(said) == replace(Request(), **{key: expected})


def test_a_list_may_have_a_thousand_entries(request_of):
    assert len(request_of("items = [\n" + "'x',\n" * 1000 + "]").items) == 1000


# ---- attachments ----


def test_attachments_are_looked_for_beside_the_file(tmp_path, monkeypatch):
    folder = tmp_path / "case"
    (folder / "shots").mkdir(parents=True)
    (folder / "error.log").write_text("x")
    (folder / "shots" / "1.png").write_bytes(b"x")
    (folder / "blank.log").touch()
    path = folder / "r.toml"
    path.write_text(
        'error_log = ["error.log", "none.log", "blank.log", ""]\n'
        'screenshot = "shots/1.png"\n'
        f'front_end = "{(folder / "error.log").as_posix()}"\n'
        'back_end = "shots"\n'
        f'interface_document = ["{"x" * 400}", "/dev/null", "r.toml/x"]\n',
        "utf-8",
    )
    monkeypatch.chdir(tmp_path)
    for place in (path, Path("case/r.toml"), "case/r.toml"):
        found = load(place)
        assert [one.state for one in found.error_log] == ["there", "missing", "empty"]
        assert found.screenshot == (Attachment("shots/1.png", "there"),)
        assert [one.state for one in found.front_end] == ["there"]
        assert found.back_end == (Attachment("shots", "folder"),)
        assert {one.state for one in found.interface_document} == {"missing"}
    assert {key for key in KEYS if getattr(found, key)} == ATTACHMENTS


# ---- what is refused ----


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("\nplam = 1", "r.toml:2: plam: not known; is plan meant?"),
        ("Title = ''", "r.toml:1: Title: not known; is title meant?"),
        (
            "'标题' = ''",
            "r.toml:1: 标题: not known; `svcq issue request --template` shows every key",
        ),
        ("plan = 7", "r.toml:1: plan: a text in quotes is wanted, not 7"),
        ("plan = 5.1", "r.toml:1: plan: a text in quotes is wanted, not 5.1"),
        ("plan = true", "r.toml:1: plan: a text in quotes is wanted, not true"),
        ("plan = 2026-01-01", "r.toml:1: plan: a text in quotes is wanted, not 2026-01-01"),
        ("plan = ['x']", "r.toml:1: plan: a text in quotes is wanted, not a list"),
        ("\n[plan]\nx = 1", "r.toml:2: plan: a text in quotes is wanted, not a table"),
        ("description = 1", "r.toml:1: description: a text in quotes is wanted, not 1"),
        ("title = '''a\nb'''", 'r.toml:1: title: a text of one line is wanted, not "a b"'),
        ("title = 'x'".replace("x", "x" * 1001), "r.toml:1: title: at most 1000 characters, not 1001"),
        ("agreed = 1", "r.toml:1: agreed: true or false is wanted, not 1"),
        ("agreed = 'maybe'", 'r.toml:1: agreed: true or false is wanted, not "maybe"'),
        ("agreed = []", "r.toml:1: agreed: true or false is wanted, not a list"),
        ("edition = 'both'", 'r.toml:1: edition: one of single, common is wanted, not "both"'),
        ("edition = true", "r.toml:1: edition: one of single, common is wanted, not true"),
        ("contract = 3", "r.toml:1: contract: one of yes, no, unclear is wanted, not 3"),
        ("wanted_on = '03/04/2026'", 'r.toml:1: wanted_on: a date such as 2026-11-23 is wanted, not "03/04/2026"'),
        ("wanted_on = '2026-02-30'", 'r.toml:1: wanted_on: a date such as 2026-11-23 is wanted, not "2026-02-30"'),
        ("wanted_on = '45000'", 'r.toml:1: wanted_on: a date such as 2026-11-23 is wanted, not "45000"'),
        ("wanted_on = 20261201", "r.toml:1: wanted_on: a date such as 2026-11-23 is wanted, not 20261201"),
        ("wanted_on = 08:30:00", "r.toml:1: wanted_on: a date such as 2026-11-23 is wanted, not 08:30:00"),
        ("wanted_on = 0001-01-01", "r.toml:1: wanted_on: a date such as 2026-11-23 is wanted, not 0001-01-01"),
        ("wanted_on = true", "r.toml:1: wanted_on: a date such as 2026-11-23 is wanted, not true"),
        ("items = 3", "r.toml:1: items: a list of texts is wanted, not 3"),
        ("items = {a = 1}", "r.toml:1: items: a list of texts is wanted, not a table"),
        ("items = ['a', ['b', 'c']]", "r.toml:1: items: a text in quotes is wanted, not a list"),
        ("[[items]]\nname = 'a'", "r.toml:1: items: a text in quotes is wanted, not a table"),
        ("items = [\n" + "'x',\n" * 1001 + "]", "r.toml:1: items: at most 1000 entries, not 1001"),
        ("modules = ['a', '''b\nc''']", 'r.toml:1: modules: a text of one line is wanted, not "b c"'),
        ("screenshot = [1]", "r.toml:1: screenshot: a text in quotes is wanted, not 1"),
        ('agreed = "\\u001b[31m\\u202e"', 'r.toml:1: agreed: true or false is wanted, not "[31m"'),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(refused, content, line):
    assert refused(content) == [line]


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file(refused):
    content = 'agreed = 1\nplan = "P"\n\nitems = """\nplan = 3\n"""\nplam = 2\n'
    content += 'title = [\n"a",\n]\n[wanted_on]\nedition = 4\n'
    assert [line.split(": ")[:2] for line in refused(content)] == [
        ["r.toml:1", "agreed"],
        ["r.toml:7", "plam"],
        ["r.toml:8", "title"],
        ["r.toml:11", "wanted_on"],
    ]


VALUES = st.recursive(
    st.one_of(
        st.integers(),
        st.booleans(),
        st.floats(),
        st.text(alphabet='是true无一"\\ 26-1\n', max_size=9),
        st.dates(),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("abc"), inner, max_size=2)
    ),
    max_leaves=5,
)


def inline(value: object) -> str:
    """A value as TOML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {inline(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(inline, value)) + "]"
    if isinstance(value, str):
        return '"{}"'.format(value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n"))
    return str(value).lower()


@given(st.dictionaries(st.sampled_from([*KEYS, "x", "titel"]), VALUES, max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=120)
def test_whatever_a_file_says_it_is_a_request_that_can_be_checked_or_a_usage_error(tmp_path, tree):
    path = tmp_path / "r.toml"
    path.write_text("".join(f"{key} = {inline(value)}\n" for key, value in tree.items()), "utf-8")
    try:
        found = load(path)
    except Usage as error:
        assert all(say(line) for line in error.lines)  # noqa: PT017
    else:
        assert norms(found, plan=None)
