"""三 Logs with one row per event, in the shapes of three vendors, by the mapping files that come as examples."""

from datetime import date

import pytest

from tests.cli import EXAMPLES, Svcq
from tests.make_events import SHAPES, count, write

MAPPINGS = {"volvo": "volvo-it", "helpdesk": "helpdesk", "servicenow": "servicenow"}
EVENTS = 2500
DAYS = ("2026-11-23", "2012-06-30", "2012-02-01")
"""Today, in the middle of the logs and near their beginning."""


@pytest.fixture(scope="module", params=MAPPINGS)
def log(request, tmp_path_factory):
    """A log in a store: svcq over it, the log, its shape, and how it is imported."""
    folder = tmp_path_factory.mktemp(request.param)
    shape = SHAPES[request.param]
    path = write(folder / f"{request.param}.csv", shape, EVENTS)
    words = ("import", path, "--mapping", EXAMPLES / "mappings" / f"{MAPPINGS[request.param]}.toml")
    svcq = Svcq(folder / "svcq.db")
    ran = svcq(*words, "--create-missing", "-f", "json")
    assert [(row["read"], row["added"], row["refused"]) for row in ran.json] == [(EVENTS, EVENTS, 0)]
    return svcq, path, shape, words


@pytest.mark.parametrize("day", DAYS)
def test_cases_events_and_closed_cases_are_those_that_plain_csv_counts(log, day):
    svcq, path, shape, _ = log
    wanted = count(path, shape, date.fromisoformat(day))
    found = svcq("issue", "list", "--as-of", day, "-f", "json").json
    assert (len(found), sum(row["steps"] for row in found)) == (wanted.cases, wanted.events)
    assert sum(row["state"] == "closed" for row in found) == wanted.closed
    assert wanted.closed > 10


def test_the_same_log_again_changes_nothing(log):
    svcq, _, _, words = log
    before = svcq.dump()
    ran = svcq(*words, "-f", "json")
    assert [row["unchanged"] for row in ran.json] == [EVENTS]
    assert "nothing to change" in ran.err
    assert svcq.dump() == before


def test_a_longer_log_adds_what_is_new(log, tmp_path):
    _, path, shape, words = log
    lines = path.read_text("utf-8").splitlines(keepends=True)
    earlier = tmp_path / path.name
    earlier.write_text("".join(lines[: EVENTS // 2]), "utf-8")
    svcq = Svcq(tmp_path / "svcq.db")
    svcq(words[0], earlier, *words[2:], "--create-missing")
    ran = svcq(*words, "--create-missing", "-f", "json")
    assert [(row["added"], row["unchanged"]) for row in ran.json] == [
        (EVENTS - EVENTS // 2 + 1, EVENTS // 2 - 1)
    ]
    found = svcq("issue", "list", "-f", "json").json
    wanted = count(path, shape)
    assert (len(found), sum(row["steps"] for row in found)) == (wanted.cases, wanted.events)
    assert svcq("db", "check").out == ""
