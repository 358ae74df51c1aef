"""The desk's queries: right on any day, and by index, so that a large store costs no more than a small one."""

from datetime import timedelta

import pytest

from svcq.store import read_desk
from svcq.store.read import Reader, query
from svcq.store.read_ledger import obligations
from tests.places import at
from tests.stores import TODAY, blank, made

ASKED = {"t": TODAY, "live": TODAY, "first_day": TODAY, "soon_day": TODAY}


@pytest.fixture
def reader(tmp_path):
    opened = Reader(made(tmp_path / "svcq.db"))
    yield opened
    opened.close()


def plan(reader, sql):
    return [str(row["detail"]) for row in reader.rows(f"explain query plan {sql}", ASKED)]


@pytest.mark.files  # SQLite's own plans
def test_the_counts_read_what_is_open_by_its_index_and_nothing_else(reader):
    steps = plan(reader, query("desk"))
    assert [step for step in steps if "ix_obligation_" in step]
    whole = [step for step in steps if step.startswith("SCAN") and "INDEX" not in step and step != "SCAN u"]
    assert not whole


@pytest.mark.files  # SQLite's own plans
def test_what_was_met_is_found_by_the_day(reader):
    assert any("ix_obligation_met (met_on>? AND met_on<?)" in step for step in plan(reader, read_desk.MET))


def test_on_every_day_the_counts_are_those_of_the_ledger(reader):
    for days in range(-120, 60, 3):
        t = TODAY + timedelta(days=days)
        found = read_desk.view(reader, t)
        rows = list(obligations(reader, t))
        for row in found.tally:
            mine = [one for one in rows if one["process"] == row["process"]]
            states = [one["state"] for one in mine]
            assert (row["open"], row["overdue"]) == (states.count("open"), states.count("overdue"))
            assert row["soon"] == sum(t <= one["due_on"] <= t + read_desk.AHEAD for one in mine)
        assert found.urgent == rows[: read_desk.URGENT]
        assert sum(row["open"] + row["overdue"] for row in found.tally) == len(rows)


def test_on_every_day_what_changed_is_what_differs_from_the_ledger_two_days_ago(reader):
    for days in range(-120, 60):
        t = TODAY + timedelta(days=days)
        before = {key(one): one["state"] for one in obligations(reader, t - timedelta(days=2), states=None)}
        now = {key(one): one["state"] for one in obligations(reader, t, states=None)}
        late = [one for one, state in now.items() if state == "overdue" and before.get(one) != "overdue"]
        met = [
            one
            for one, state in now.items()
            if state in ("met", "late") and before.get(one) not in ("met", "late")
        ]
        new = [one for one, state in now.items() if state == "open" and one not in before]
        changes = read_desk.view(reader, t).changes
        assert changes == {"overdue": len(late), "met": len(met), "new": len(new)}, t


def key(one):
    return one["rule"], one["number"], one["starts_on"]


def test_news_are_the_first_few_and_say_what_they_are(reader):
    found = read_desk.view(reader, TODAY - timedelta(days=20))
    assert all(row["what"] in found.changes for row in found.news)
    assert all(
        sum(row["what"] == what for row in found.news) == min(count, read_desk.NEWS)
        for what, count in found.changes.items()
    )


def test_a_store_without_rows_is_blank(tmp_path, reader):
    assert not read_desk.is_blank(reader)
    nothing = Reader(blank(tmp_path / "blank.db"))
    try:
        assert read_desk.is_blank(nothing)
    finally:
        nothing.close()
    assert read_desk.is_blank(Reader(at(tmp_path / "none.db")))
