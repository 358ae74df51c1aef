"""三 as typed: plans, a request file that fails by every norm at once, and one that gets its number."""

import tomllib

import pytest

from tests.cli import Svcq, copy
from tests.commands.conftest import small_in

HOSPITAL = "江州市中心医院"
SAID = {
    "plan": '"WH-2026-07"',
    "library": '"mzsf.dll"',
    "entry_point": '"uf_refund"',
    "edition": '"公共版"',
    "description": '"门诊退费成功以后，发票在查询界面里仍显示为已收费，要手工刷新两次才变成已退费。"',
    "new_module": "false",
    "kind": '"需求"',
    "hospital_set_date": "false",
    "interface": '"无"',
    "several": "false",
    "agreed": "false",
}
"""What a person writes into the template for a plain need."""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The small company with a problem that went to development, and a plan."""
    small = small_in(tmp_path_factory.mktemp("made"))
    small("staff", "add", "李伟", "--role", "engineer")
    small("issue", "plan", "add", "WH-2026-07", "--completion", "2026-12-20", "--release", "2026-12-31")
    for number, title in (("WT-1", "门诊退费后发票状态不变"), ("WT-2", "报表慢")):
        words = ("--system", "HIS", "--module", "门诊收费", "--reported", "2026-11-02")
        small("issue", "add", number, "--customer", HOSPITAL, "--title", title, *words)
    said = ("--by", "李伟", "--what", "带回", "--result", "to_dev")
    small("issue", "step", "WT-1", "--on", "2026-11-18", *said)
    return small


@pytest.fixture
def asked(made, tmp_path):
    """A copy of that store."""
    return Svcq(copy(made.store, tmp_path / "svcq.db"))


def filled(svcq, path, **more):
    """The template of WT-1, filled in and written to a file."""
    text = svcq("issue", "request", "WT-1", "--template").out
    for key, value in (SAID | more).items():
        text = text.replace(f'\n{key} = ""\n', f"\n{key} = {value}\n")
    path.write_text(text, encoding="utf-8")
    return path


def test_the_template_is_commented_filled_in_and_can_be_read(asked, tmp_path):
    text = asked("issue", "request", "WT-1", "--template").out
    said = tomllib.loads(text)
    assert (said["title"], said["system"], said["module"]) == (
        f"{HOSPITAL} 门诊退费后发票状态不变",
        "HIS",
        "门诊收费",
    )
    assert said["plan"] == ""
    assert text.count("\n#") > 30
    blank = tomllib.loads(asked("issue", "request", "--template").out)
    assert blank.keys() == said.keys()
    assert not any(blank.values())
    path = tmp_path / "需求.toml"
    assert asked("issue", "request", "WT-1", "--template", "-o", path).err == f"{path} written\n"
    assert path.read_text("utf-8") == text


def test_every_norm_that_fails_is_named_at_once_and_nothing_is_written(asked, tmp_path):
    before = asked.dump()
    path = tmp_path / "需求.toml"
    asked("issue", "request", "WT-1", "--template", "-o", path)
    for more in ((), ("--number", "VSTS-1")):
        ran = asked("issue", "request", "WT-1", "--file", path, *more, code=4)
        lines = ran.err.splitlines()
        assert lines[0] == "svcq: norm 1, plan: is missing [三]"
        assert {int(line.split()[2].rstrip(",")) for line in lines} == {1, 3, 4, 5, 6, 7, 10, 12}
        assert all(line.startswith("svcq: norm ") and line.endswith("[三]") for line in lines)
        assert ran.out == ""
    assert asked.dump() == before


def test_without_a_valid_plan_it_is_refused_in_one_line_with_the_clause(asked, tmp_path):
    for plan, why in (
        ('""', "is missing"),
        ('"WH-1"', "WH-1 is not known: `svcq issue plan add` enters it"),
    ):
        ran = asked(
            "issue", "request", "WT-1", "--file", filled(asked, tmp_path / "r.toml", plan=plan), code=4
        )
        assert ran.err == f"svcq: norm 1, plan: {why} [三]\n"
    asked("issue", "plan", "edit", "WH-2026-07", "--inactive", "--reason", "关闭")
    ran = asked("issue", "request", "WT-1", "--file", filled(asked, tmp_path / "r.toml"), code=4)
    assert ran.err == "svcq: norm 1, plan: WH-2026-07 is not active [三]\n"


def test_a_request_that_meets_every_norm_gets_its_number(asked, tmp_path):
    path = filled(asked, tmp_path / "需求.toml")
    before = asked.dump()
    ran = asked("issue", "request", "WT-1", "--file", path)
    assert ran.err == "issue WT-1: the request meets every norm; --number keeps its number\n"
    assert asked.dump() == before
    typed = ("issue", "request", "WT-1", "--file", path, "--number", "VSTS-10482")
    assert "dry run" in asked(*typed, "--dry-run").err
    assert asked.dump() == before
    assert asked(*typed, "--on", "2026-11-20").err == "issue WT-1: request VSTS-10482 recorded\n"
    assert "already" in asked(*typed).err
    shown = asked("issue", "show", "WT-1", "-f", "json").json
    assert (shown["request"], shown["request_on"]) == ("VSTS-10482", "2026-11-20")
    assert [(one["number"], one["plan"]) for one in shown["requests"]] == [("VSTS-10482", "WH-2026-07")]
    (owed,) = [one for one in shown["obligations"] if one["rule"] == "issue.request"]
    assert (owed["due_on"], owed["met_on"], owed["state"]) == ("2026-11-23", "2026-11-20", "met")
    other = filled(asked, tmp_path / "2.toml", title=f'"{HOSPITAL} 报表慢"')
    said = asked("issue", "request", "WT-2", "--file", other, "--number", "VSTS-10482", code=4).err
    assert said == "svcq: the request VSTS-10482 belongs to issue WT-1: every problem has its own [三]\n"
    assert asked("db", "check").out == ""


def plans(svcq, *words):
    rows = svcq("issue", "plan", "list", *words, "-f", "json").json
    return [(r["number"], r["active"], r["completion_on"], r["release_on"], r["state"]) for r in rows]


def test_plans_are_entered_mended_and_listed_as_of_a_day(asked):
    assert plans(asked) == [("WH-2026-07", True, "2026-12-20", "2026-12-31", "active")]
    assert plans(asked, "--as-of", "2026-12-21")[0][-1] == "past"
    typed = ("issue", "plan", "edit", "WH-2026-07", "--reason", "推迟")
    assert asked(*typed, "--completion", "none", "--release", "2027-01-31").err == "plan WH-2026-07 mended\n"
    assert plans(asked, "--as-of", "2026-12-31") == [("WH-2026-07", True, None, "2027-01-31", "active")]
    asked(*typed, "--inactive")
    assert plans(asked)[0][-1] == "inactive"
    asked(*typed, "--active")
    assert plans(asked)[0][-1] == "active"
    assert asked(*typed, "--active").err == "nothing to change\n"
    asked("issue", "plan", "add", "WH-2026-08", "--inactive")
    assert [row[0] for row in plans(asked)] == ["WH-2026-07", "WH-2026-08"]
    assert asked("issue", "plan", "list", "--exit-code", code=10).out


@pytest.mark.parametrize(
    ("code", "typed", "said"),
    [
        (2, ("request", "WT-1"), "--file is missing"),
        (2, ("request", "--file", "x.toml"), "NUMBER is missing"),
        (2, ("request", "WT-1", "--file", "missing.toml"), "missing.toml: no such file"),
        (2, ("request", "WT-1", "--template", "--number", "1"), "--template takes neither"),
        (2, ("request", "WT-1", "--file", "x.toml", "-o", "y.toml"), "-o is for --template"),
        (2, ("plan", "edit", "WH-2026-07", "--reason", "x"), "say what to change"),
        (
            2,
            ("plan", "edit", "WH-2026-07", "--reason", "x", "--active", "--inactive"),
            "contradict each other",
        ),
        (2, ("plan", "add", "WH-1", "--release", "bald"), "--release: 'bald' is no date"),
        (3, ("request", "WT-9", "--template"), "issue WT-9 is not known"),
        (3, ("plan", "edit", "WH-2026-70", "--reason", "x", "--active"), "did you mean WH-2026-07"),
        (4, ("plan", "add", "WH-2026-07"), "exists already"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_slip_is_one_line_and_writes_nothing(asked, tmp_path, monkeypatch, code, typed, said):
    monkeypatch.chdir(tmp_path)
    before = asked.dump()
    ran = asked("issue", *typed, code=code)
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1
    assert asked.dump() == before
