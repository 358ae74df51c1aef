"""Shell completion: commands, options, and numbers and names out of the store; silent without one."""

import subprocess
import sys

import pytest

from tests.cli import environment


def offered(svcq, line, **more):
    """What bash is offered for a command line whose last word is being typed."""
    words = line.split(" ")
    told = environment(**svcq.told) | {
        "_SVCQ_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }
    script = "import sys; sys.argv[0] = 'svcq'; from svcq.main import run; run()"
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=told | more, check=False
    )
    assert ran.stderr == ""
    return ran.stdout.split("\n")[:-1] if ran.stdout.endswith("\n") else ran.stdout.split("\n")


def test_numbers_are_completed_from_the_store(sample):
    numbers = [row["number"] for row in sample("contract", "list", "-f", "json").json]
    wanted = [number for number in numbers if number.startswith("HT-2026-003")]
    assert offered(sample, "svcq contract show HT-2026-003") == wanted
    assert offered(sample, "svcq contract return HT-2026-003") == wanted
    assert len(wanted) == 10


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("svcq customer show 岚汀市中心", "岚汀市中心医院"),
        ("svcq staff show 郑望", "郑望舒"),
        ("svcq contract add --customer 岚汀市中心", "岚汀市中心医院"),
        ("svcq contract add --salesperson 郑望", "郑望舒"),
        ("svcq contract list --person 郑望", "郑望舒"),
        ("svcq staff leave 郑望", "郑望舒"),
        ("svcq issue sample --person 郑望", "郑望舒"),
        ("svcq issue request WT-2026-0058", "WT-2026-0058"),
        ("svcq issue plan edit JH-2026-01", "JH-2026-01"),
        ("svcq due --customer 岚汀市中心", "岚汀市中心医院"),
        ("svcq waive contract.return HT-2026-0026", "HT-2026-0026"),
        ("svcq log HT-2026-0026", "HT-2026-0026"),
    ],
)
def test_names_are_completed_from_the_store(sample, line, name):
    assert offered(sample, line) == [name]


def test_commands_and_options_are_completed(sample):
    assert "contract" in offered(sample, "svcq con")
    assert offered(sample, "svcq contract ov") == ["overdue"]
    assert "--as-of" in offered(sample, "svcq contract overdue --as")


@pytest.mark.parametrize("store", ["missing.db", "broken.db", "."])
def test_without_a_store_nothing_is_offered_and_nothing_is_said_or_made(sample, tmp_path, store):
    (tmp_path / "broken.db").write_bytes(b"no store at all")
    found = offered(sample, "svcq contract show H", SVCQ_DB=str(tmp_path / store))
    assert "".join(found) == ""
    assert [path.name for path in tmp_path.iterdir()] == ["broken.db"]


def test_letters_that_mean_something_to_a_search_are_only_letters(sample):
    assert "".join(offered(sample, "svcq contract show %")) == ""
    assert "".join(offered(sample, "svcq contract show HT_2026")) == ""
