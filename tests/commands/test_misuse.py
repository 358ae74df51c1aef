"""What is wrong with a command line, in one sentence that says where to read on."""

import pytest

from tests.cli import Svcq


@pytest.fixture
def svcq(tmp_path):
    return Svcq(tmp_path / "svcq.db")


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (["contrat"], "there is no command 'contrat'; did you mean contract? (`svcq --help` tells more)"),
        (["xyzzy"], "there is no command 'xyzzy' (`svcq --help` tells more)"),
        (
            ["contract", "retrun", "X"],
            "there is no command 'retrun'; did you mean return? (`svcq contract --help` tells more)",
        ),
        (
            ["due", "--withni", "x"],
            "there is no option --withni; did you mean --within? (`svcq due --help` tells more)",
        ),
        (["due", "-z"], "there is no option -z (`svcq due --help` tells more)"),
        (["--nonsense"], "there is no option --nonsense (`svcq --help` tells more)"),
        (["contract", "seal"], "the argument NUMBER is missing (`svcq contract seal --help` tells more)"),
        (["contract", "seal", "X"], "the option --on is missing (`svcq contract seal --help` tells more)"),
        (["due", "--limit"], "the option --limit needs a value (`svcq due --help` tells more)"),
        (["due", "--overdue=yes"], "the option --overdue takes no value (`svcq due --help` tells more)"),
        (["due", "x", "y"], "too many arguments: x y (`svcq due --help` tells more)"),
        (["--lang"], "the option --lang needs a value (`svcq --help` tells more)"),
    ],
)
def test_a_misuse_is_one_line_with_where_to_read_on(svcq, call, sentence):
    ran = svcq(*call, code=2)
    assert ran.err == f"svcq: {sentence}\n"
    assert ran.out == ""


def test_a_group_without_a_command_shows_its_help_on_stderr(svcq):
    ran = svcq("contract", code=2)
    assert ran.out == ""
    lines = ran.err.split("\n")
    assert lines[0] == "Usage: svcq contract [OPTIONS] COMMAND [ARGS]..."
    assert "Commands:" in lines


def test_a_control_character_in_a_mistake_does_not_reach_the_terminal(svcq):
    ran = svcq("due", "\x1b[31mred", code=2)
    assert "\x1b" not in ran.err
    assert ran.err.count("\n") == 1


def test_every_mistake_of_a_policy_has_a_line_of_its_own(svcq, tmp_path):
    file = tmp_path / "bad.toml"
    file.write_text('[rules.contract.return]\nfine = "x"\nperiod = "9 foo"\n')
    ran = svcq("policy", "check", file, code=2)
    assert [line.partition(": ")[2].partition(": ")[0] for line in ran.err.splitlines()] == [
        f"{file}:2",
        f"{file}:3",
    ]


def test_usage_lines_name_values_without_types(svcq):
    page = svcq("import", "--help").out
    assert page.startswith("Usage: svcq import [OPTIONS] FILE…\n")
    assert "<" not in page
    assert "[RULE] [NAME]" in svcq("staff", "duty", "--help").out
