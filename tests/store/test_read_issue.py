"""三: what listings say of issues on any day is what the rules say of their records, whatever was done to them."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest

from svcq.processes.issue_owed import ISSUE, facts
from svcq.rules import issue as rules
from svcq.store.read import Reader
from svcq.store.read_issue import events, export_issues, export_steps, issues, records, steps
from svcq.store.tables.issue import Issue, IssueEvent, IssueStep
from svcq.store.tables.staff import Assignment
from tests.places import at
from tests.stores import faults, peopled, writing

FIRST = date(2026, 3, 2)
LAST = date(2026, 9, 1)
DAYS = [FIRST + timedelta(days=n) for n in (*range(0, 60, 3), *range(60, 180, 15))]
COUNT = 250
ENGINEER, OTHER = 4, 1
"""Ids of 李伟, who serves the first hospital, and of 陈立."""


@dataclass
class World:
    """A store with issues of all fates, and what is known of each."""

    path: Path
    known: dict[str, rules.Issue] = field(default_factory=dict)
    closers: dict[tuple[str, date], list[str]] = field(default_factory=dict)
    voids: set[str] = field(default_factory=set)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Steps and acts on any days, in any order, also such as no command would let through."""
    made = World(peopled(tmp_path_factory.mktemp("read") / "svcq.db"))
    chance = random.Random(20261123)
    with writing(made.path, today=LAST) as work:
        for n in range(1, COUNT + 1):
            number = f"WT-{n:04d}"
            reported = FIRST + timedelta(days=chance.randrange(20))
            row = Issue(
                id=n,
                number=number,
                customer_id=1 + n % 2,
                title=f"问题{n}",
                reported_on=reported,
                priority=n % 5 == 0,
                priority_on=reported + timedelta(days=7) if n % 10 == 0 else None,
                request=f"R{n}" if n % 3 == 0 else None,
                request_on=reported + timedelta(days=9) if n % 6 == 0 else None,
                void_on=LAST if n % 50 == 0 else None,
                void_reason="重复" if n % 50 == 0 else None,
            )
            if row.void_on:
                made.voids.add(number)
            work.session.add(row)
            work.session.flush()
            for _ in range(chance.randrange(6)):
                on = reported + timedelta(days=chance.randrange(chance.choice((4, 12, 40))))
                result = chance.choice((None, "solved", "solved", "watch", "to_dev", "to_check"))
                work.session.add(
                    IssueStep(
                        issue_id=n,
                        done_on=on,
                        person_id=chance.choice((ENGINEER, OTHER)),
                        what="做",
                        result=result,
                    )
                )
            for what in ("close", "reopen", "urge"):
                for place in range(chance.choice((0, 0, 1, 1, 2))):
                    on = reported + timedelta(days=chance.randrange(chance.choice((4, 12, 60))))
                    name = f"{what}{place}"
                    work.session.add(IssueEvent(issue_id=n, what=what, done_on=on, by_name=name))
                    if what == "close":
                        made.closers.setdefault((number, on), []).append(name)
            if n % 4 == 0:
                from_on = date.min if n % 8 else FIRST + timedelta(days=30)
                work.session.add(
                    Assignment(kind="issue", record_id=n, role="engineer", from_on=from_on, person_id=OTHER)
                )
            work.touch("issue", number)
        work.session.flush()
        made.known = {issue.number: issue for _, _, issue in facts(work, ISSUE.c.id > 0)}
    return made


@pytest.fixture
def reader(world: World) -> Iterator[Reader]:
    """The store, open for listings."""
    opened = Reader(at(world.path))
    yield opened
    opened.close()


def test_the_ledger_of_all_of_them_is_what_the_rules_say(world: World) -> None:
    assert faults(world.path, today=LAST) == []


@pytest.mark.parametrize("t", DAYS, ids=str)
def test_state_closing_and_steps_are_those_of_the_rules_on_any_day(
    world: World, reader: Reader, t: date
) -> None:
    rows = {str(row["number"]): row for row in issues(reader, t)}
    assert set(rows) == {number for number, issue in world.known.items() if issue.reported_on <= t}
    for number, row in rows.items():
        issue = world.known[number]
        done = [step for step in issue.steps if step.on <= t]
        assert row["steps"] == len(done)
        assert row["last_step_on"] == (done[-1].on if done else None)
        assert row["last_result"] == next((step.result for step in reversed(done) if step.result), None)
        assert row["urged_on"] == max((day for day in issue.urges if day <= t), default=None)
        closing = None if number in world.voids else rules.standing(issue, t)
        assert row["closed_on"] == (closing.on if closing else None), number
        if closing is None:
            assert row["closed_by"] is None
        elif not closing.by_hand:
            assert row["closed_by"] == "auto", (number, issue)
        else:
            assert row["closed_by"] in world.closers[number, closing.on], (number, issue)
        due = row["close_due_on"]
        late = isinstance(due, date) and due < t
        open_state = "stale" if late else "open"
        assert row["state"] == ("void" if number in world.voids else "closed" if closing else open_state)


@pytest.mark.parametrize("t", DAYS[::4], ids=str)
def test_what_comes_later_is_not_shown(world: World, reader: Reader, t: date) -> None:
    for row in issues(reader, t):
        n = int(str(row["id"]))
        reported = row["reported_on"]
        assert isinstance(reported, date)
        since = reported + timedelta(days=7) if n % 10 == 0 else reported
        assert row["priority"] is (n % 5 == 0 and since <= t)
        asked = n % 3 == 0 and (n % 6 != 0 or reported + timedelta(days=9) <= t)
        assert row["request"] == (f"R{n}" if asked else None)
        changed = n % 4 == 0 and (n % 8 != 0 or t >= FIRST + timedelta(days=30))
        served = "李伟" if n % 2 == 0 else None  # the first hospital's engineer
        assert row["engineer"] == ("陈立" if changed else served)


@pytest.mark.parametrize("t", DAYS[::3], ids=str)
@pytest.mark.parametrize("limit", [None, 1, 7, 10_000])
def test_filters_and_limits_choose_among_all_the_rows(reader: Reader, t: date, limit: int | None) -> None:
    everything = list(issues(reader, t))
    for chosen in (
        {"person": "李伟"},
        {"person": "陈立"},
        {"customer": "云河县人民医院"},
        {"region": "华东"},
        {"number": "WT-0042"},
        {"state": "open"},
        {"state": "stale"},
        {"state": "closed"},
        {"state": "void"},
        {"state": "closed", "person": "李伟", "region": "华东"},
        {"state": "open", "customer": "江州市中心医院"},
    ):
        wanted = [row for row in everything if all(row[_key(key)] == value for key, value in chosen.items())]
        assert list(issues(reader, t, filters=chosen, limit=limit)) == wanted[:limit], chosen


def _key(option: str) -> str:
    return {"person": "engineer"}.get(option, option)


@pytest.mark.parametrize("t", DAYS[::3], ids=str)
@pytest.mark.parametrize("limit", [None, 3])
def test_stale_are_the_open_ones_past_their_day_and_with_a_span_those_that_will_be(
    reader: Reader, t: date, limit: int | None
) -> None:
    def order(row: dict[str, object]) -> tuple[str, object]:
        return str(row["close_due_on"]), row["number"]

    rows = sorted((row for row in issues(reader, t) if row["state"] in ("open", "stale")), key=order)
    stale = [row for row in rows if row["state"] == "stale"]
    assert list(issues(reader, t, which="stale", limit=limit)) == stale[:limit]
    mine = [row for row in stale if row["engineer"] == "李伟"]
    assert list(issues(reader, t, which="stale", filters={"person": "李伟"}, limit=limit)) == mine[:limit]
    for ahead in (0, 7, 300):
        until = str(t + timedelta(days=ahead))
        soon = [row for row in rows if str(row["close_due_on"]) <= until]
        assert list(issues(reader, t, which="stale", ahead=ahead, limit=limit)) == soon[:limit]


@pytest.mark.parametrize("t", DAYS[::3], ids=str)
def test_to_be_urged_are_the_open_ones_near_their_day_of_which_nobody_was_reminded(
    reader: Reader, t: date
) -> None:
    found = [row["number"] for row in issues(reader, t, which="urge")]
    wanted = [
        row
        for row in issues(reader, t)
        if row["state"] in ("open", "stale") and row["close_due_on"] - timedelta(days=14) <= t  # type: ignore[operator]
    ]
    assert set(found) <= {row["number"] for row in wanted}
    never = {row["number"] for row in wanted if row["urged_on"] is None}
    assert never <= set(found)


@pytest.mark.parametrize("t", DAYS[::5], ids=str)
def test_work_records_are_the_steps_of_issues_that_are_not_void(
    world: World, reader: Reader, t: date
) -> None:
    found = list(records(reader, t))
    alive = {number: issue for number, issue in world.known.items() if number not in world.voids}
    assert len(found) == sum(1 for issue in alive.values() for step in issue.steps if step.on <= t)
    assert [row["on"] for row in found] == sorted(row["on"] for row in found)  # type: ignore[type-var]
    for chosen in ({"person": "李伟"}, {"customer": "云河县人民医院"}, {"region": "华东"}):
        wanted = [row for row in found if all(row[key] == value for key, value in chosen.items())]
        assert list(records(reader, t, filters=chosen)) == wanted
        assert list(records(reader, t, filters=chosen, limit=4)) == wanted[:4]
    since = FIRST + timedelta(days=10)
    wanted = [row for row in found if str(row["on"]) >= str(since) and row["person"] == "陈立"]
    assert list(records(reader, t, filters={"from": since, "person": "陈立"})) == wanted


def test_steps_and_events_of_an_issue_stand_in_the_order_in_which_they_were_done(
    world: World, reader: Reader
) -> None:
    for number, issue in list(world.known.items())[:40]:
        assert [(row["on"], row["result"]) for row in steps(reader, number, LAST)] == [
            (step.on, step.result) for step in issue.steps
        ]
        told = events(reader, number, LAST)
        assert [row["on"] for row in told if row["what"] == "close"] == list(issue.closings)
        assert [row["on"] for row in events(reader, number, FIRST)] == [
            row["on"] for row in told if row["on"] == FIRST
        ]


def test_an_export_leaves_void_issues_out_and_gives_only_what_was_done_by_hand(
    world: World, reader: Reader
) -> None:
    rows = {str(row["number"]): row for row in export_issues(reader, LAST)}
    assert set(rows) == set(world.known) - world.voids
    for number, row in rows.items():
        issue = world.known[number]
        assert row["closed_on"] == (issue.closings[-1] if issue.closings else None)
        assert row["urged_on"] == (issue.urges[-1] if issue.urges else None)
        assert row["engineer"] in (None, "陈立")
    assert {row["issue"] for row in export_steps(reader, LAST)} <= set(rows)
