"""六 What listings say of callbacks on any day is what the rules say of their records; summaries are their plain sums."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from svcq.processes.work import Work
from svcq.rules import callback as rules
from svcq.rules.periods import quarter_before, quarter_named, quarter_of
from svcq.store.read import Reader
from svcq.store.read_callback import callbacks, summary, tries
from svcq.store.tables.callback import Callback, CallbackTry
from tests.asked import served
from tests.places import at
from tests.stores import faults, writing

FIRST, LAST = date(2026, 4, 1), date(2027, 2, 10)
DAYS = [date(2026, 3, 31), *(FIRST + timedelta(days=n) for n in range(0, 320, 11)), LAST]
COUNT = 200
PEOPLE = {4: "李伟", 7: "王芳", 8: "方圆"}
QUARTERS = ("2026Q2", "2026Q3", "2026Q4", "2027Q1")
ANSWERED = ("asked_on", "service", "attitude", "advice", "unsolved", "issue")


@dataclass
class World:
    """A store with callbacks of all fates, and what was written."""

    path: Path
    rows: list[Callback] = field(default_factory=list)
    tried: dict[str, list[date]] = field(default_factory=dict)
    customers: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Id -> name and region."""
    met: dict[str, tuple[date, date | None]] = field(default_factory=dict)
    """Number -> due and met, by the rules."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Answers and tries on any days, in any order, also such as no command would let through."""
    made = World(served(tmp_path_factory.mktemp("read") / "svcq.db"))
    chance = random.Random(20261123)
    with writing(made.path, today=LAST) as work:
        rows = Reader(made.path).rows("select id, name, region from v_customer order by id")
        made.customers = {int(str(row["id"])): (str(row["name"]), str(row["region"])) for row in rows}
        pairs = [(q, e, c) for q in QUARTERS for e in PEOPLE for c in made.customers]
        for n, (quarter, engineer, customer) in enumerate(chance.sample(pairs, min(COUNT, len(pairs)))):
            made.rows.append(_callback(chance, n, quarter, engineer, customer, made))
            work.session.add(made.rows[-1])
        work.session.flush()
        _tries(work, chance, made)
        for row in made.rows:
            work.touch("callback", row.number)
            made.met.update(_owed(work, row, made.tried.get(row.number, [])))
        made.rows = [Callback(**row.model_dump()) for row in made.rows]
    assert faults(made.path, today=LAST) == []
    return made


def _callback(
    chance: random.Random, n: int, quarter: str, engineer: int, customer: int, made: World
) -> Callback:
    span = quarter_named(quarter)
    assert span is not None
    drawn = span.first + timedelta(days=chance.randrange(20)) if n % 9 else None
    asked = (
        span.first + timedelta(days=chance.randrange(110)) if drawn is None or chance.random() < 0.6 else None
    )
    answers: dict[str, Any] = {}
    if asked and n % 11:
        answers["service"] = chance.choice((1, 2, 3, 4, 5, None))
        answers["attitude"] = chance.choice((1, 2, 3, 4, 5, None))
        answers["advice"] = chance.choice(("多派人", "", None))
    void = n % 20 == 3
    return Callback(
        id=n + 1,
        number=rules.number_of(quarter, PEOPLE[engineer], made.customers[customer][0]),
        quarter=quarter,
        engineer_id=engineer,
        customer_id=customer,
        drawn_on=drawn,
        asked_on=asked,
        first_on=drawn or asked,
        void_on=LAST if void else None,
        void_reason="重复" if void else None,
        **answers,
    )


def _tries(work: Work, chance: random.Random, made: World) -> None:
    for row in made.rows:
        if chance.random() < 0.4:
            start = row.drawn_on or row.asked_on or FIRST
            days = sorted(start + timedelta(days=chance.randrange(90)) for _ in range(chance.randrange(1, 5)))
            made.tried[row.number] = days
            for on in days:
                work.session.add(CallbackTry(callback_id=row.id or 0, tried_on=on, by_name="周静"))
    work.session.flush()


def _owed(work: Work, row: Callback, days: list[date]) -> Iterator[tuple[str, tuple[date, date | None]]]:
    span = quarter_named(row.quarter)
    assert span is not None
    answered = rules.is_answered(row.model_dump())
    known = rules.Callback(row.number, span, row.drawn_on, row.asked_on, answered, tuple(days))
    for owed in rules.obligations(known, work.terms):
        yield row.number, (owed.due_on, owed.met_on)


@pytest.fixture
def reader(world: World) -> Iterator[Reader]:
    """The store, open for reading."""
    opened = Reader(at(world.path))
    yield opened
    opened.close()


def state(world: World, row: Callback, t: date) -> str:
    """By the words of the process."""
    if row.void_on:
        return "void"
    if row.asked_on and row.asked_on <= t and rules.is_answered(row.model_dump()):
        return "answered"
    if len([on for on in world.tried.get(row.number, []) if on <= t]) >= 3:
        return "unreachable"
    return "overdue" if world.met[row.number][0] < t else "open"


@pytest.mark.parametrize("t", DAYS, ids=str)
def test_a_listing_is_right_on_any_day(world: World, reader: Reader, t: date) -> None:
    there = sorted(
        (row for row in world.rows if row.first_on and row.first_on <= t), key=lambda row: row.number
    )
    listed = list(callbacks(reader, t))
    assert [row["number"] for row in listed] == [row.number for row in there]
    for found, row in zip(listed, there, strict=True):
        assert found["state"] == state(world, row, t)
        for key in ANSWERED:
            known = row.asked_on and row.asked_on <= t
            assert found[key] == (getattr(row, key, None) if known else None)
        days = [on for on in world.tried.get(row.number, []) if on <= t]
        assert (found["tries"], found["tried_on"]) == (len(days), max(days, default=None))
        assert (found["customer"], found["region"]) == world.customers[row.customer_id] or found[
            "region"
        ] is None
        assert [one["on"] for one in tries(reader, row.number, t)] == days


def test_filters_choose_and_a_limit_cuts(world: World, reader: Reader) -> None:
    whole = list(callbacks(reader, LAST))
    chosen = {
        "person": ("engineer", "王芳"),
        "customer": ("customer", "云河县中医院"),
        "region": ("region", "华东"),
        "quarter": ("quarter", "2026Q3"),
        "state": ("state", "unreachable"),
        "number": ("number", whole[7]["number"]),
    }
    for option, (key, value) in chosen.items():
        wanted = [row for row in whole if row[key] == value]
        assert wanted
        assert list(callbacks(reader, LAST, filters={option: value, "blank": None})) == wanted
        assert list(callbacks(reader, LAST, filters={option: value}, limit=2)) == wanted[:2]


def mean(numbers: list[int]) -> float | None:
    """With two decimals, halves up."""
    if not numbers:
        return None
    return float((Decimal(sum(numbers)) / len(numbers)).quantize(Decimal("0.01"), ROUND_HALF_UP))


@pytest.mark.parametrize("t", DAYS[::4], ids=str)
@pytest.mark.parametrize("by", ["engineer", "region", "quarter"])
def test_a_summary_is_the_plain_sum_of_the_listing(world: World, reader: Reader, by: str, t: date) -> None:
    groups: dict[tuple[object, str], list[dict[str, object]]] = {}
    for row in callbacks(reader, t):
        if row["state"] != "void":
            groups.setdefault((row[by], str(row["quarter"])), []).append(row)
    found = {(row[by], str(row["quarter"])): row for row in summary(reader, t, by)}
    assert found.keys() == groups.keys()
    for (who, quarter), rows in groups.items():
        row = found[who, quarter]
        states = [str(one["state"]) for one in rows]
        assert row["asked"] == len(rows)
        assert row["answered"] == states.count("answered")
        assert row["unreachable"] == states.count("unreachable")
        assert row["open"] == states.count("open") + states.count("overdue")
        assert row["overdue"] == states.count("overdue")
        marks = {key: [int(str(one[key])) for one in rows if one[key]] for key in ("service", "attitude")}
        assert row["service"] == mean(marks["service"])
        assert row["attitude"] == mean(marks["attitude"])
        assert row["satisfaction"] == mean([(mark - 1) * 25 for mark in marks["service"] + marks["attitude"]])
        span = quarter_named(quarter)
        assert span is not None
        before = quarter_before(span).name
        last = found.get((before if by == "quarter" else who, before), {}).get("satisfaction")
        assert row["before"] == last
        now = row["satisfaction"]
        if now is None or last is None:
            assert row["change"] is None
        else:
            assert row["change"] == pytest.approx(float(str(now)) - float(str(last)))


def test_a_summary_of_one_quarter_has_the_change_since_the_quarter_before(reader: Reader) -> None:
    span = quarter_of(date(2026, 11, 1))
    whole = [row for row in summary(reader, LAST, "engineer") if row["quarter"] == span.name]
    part = summary(reader, LAST, "engineer", span.name, span.name, before=quarter_before(span).name)
    assert part == whole
    assert any(row["change"] is not None for row in part)
    assert [row["engineer"] for row in summary(reader, LAST, "engineer", filters={"person": "王芳"})] == [
        "王芳"
    ] * 4


def test_of_a_store_that_is_not_there_everything_is_empty(tmp_path: Path) -> None:
    nothing = Reader(at(tmp_path / "none.db"))
    assert list(callbacks(nothing, LAST)) == []
    assert tries(nothing, "x", LAST) == []
    assert summary(nothing, LAST, "engineer") == []
