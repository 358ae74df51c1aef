"""四: what listings say of upgrades on any day is what their dates say; what an upgrader takes along is all there is."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from svcq.processes import customer, issue, issue_acts, staff, upgrade
from svcq.rules.upgrade import ACTS
from svcq.store.read import Reader
from svcq.store.read_upgrade import hospital, left_by_earlier, open_issues, skips, upgrades
from svcq.store.tables.upgrade import Upgrade
from tests.places import at
from tests.served import take
from tests.store.test_plans import scanned
from tests.stores import again, blank, faults, writing

LAST = date(2026, 11, 23)
DAYS = [date(2026, 1, 1), date(2026, 3, 31), date(2026, 6, 15), date(2026, 8, 8), date(2026, 10, 20), LAST]
PEOPLE = ("卫星汉", "蒋逢春", "赵强", "朱明远")
TOLD = {
    **dict.fromkeys(("version", "issues_solved", "surprises", "special_modifications"), "done_on"),
    **dict.fromkeys(("stable", "solved", "arranged", "answer"), "called_on"),
    **dict.fromkeys(
        ("second_stable", "second_solved", "second_arranged", "second_answer"), "second_called_on"
    ),
    "no_test_reason": "tested_on",
}
"""What is known from the day of an act on."""
D = date.fromisoformat


@dataclass
class World:
    """A store with upgrades on any days, in and out of order, and what each of them is."""

    path: Path
    rows: dict[str, dict[str, object]] = field(default_factory=dict)


def _row(chance: random.Random, n: int) -> dict[str, object]:
    """An upgrade as a sheet tells it: each act with a day of its own, or none."""
    on = date(2026, 1, 1) + timedelta(days=chance.randrange(280))
    row: dict[str, object] = {"number": f"SJ-{n:03d}", "customer": f"医院{n % 7}"}
    if n % 29 == 0:
        return {**row, "planned_on": on}
    for key in ACTS:
        on += timedelta(days=chance.randrange(6))
        if chance.random() < 0.75 and on <= LAST and (key != "second_called_on" or row.get("called_on")):
            row[key] = on
    row["planned_on"] = on
    people = {"applied_by": "赵强", "arranged_by": "朱明远", "upgrader": PEOPLE[n % 2]}
    row |= {key: who for key, who in people.items() if chance.random() < 0.6}
    words = {
        **dict.fromkeys(("version", "surprises", "special_modifications", "no_test_reason"), f"话{n}"),
        **dict.fromkeys(("stable", "solved", "arranged", "second_stable", "second_solved"), n % 3 > 0),
        **dict.fromkeys(("answer", "second_answer"), chance.choice(("yes", "no", "unclear"))),
    }
    calls = {key: act for key, act in TOLD.items() if "called" in act}
    told = (key for key in words if chance.random() < 0.6 and (key not in calls or calls[key] in row))
    return row | {key: words[key] for key in told}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Imported upgrades of seven hospitals, some void, some with an upgrader that changes."""
    made = World(blank(tmp_path_factory.mktemp("upgrade") / "svcq.db"))
    chance = random.Random(20261123)
    with writing(made.path, today=LAST) as work:
        for name in ("卫星汉", "蒋逢春"):
            staff.add(work, name, ["upgrader"], {})
        staff.add(work, "赵强", ["account_manager"], {})
        staff.add(work, "朱明远", ["regional_manager"], {})
        for n in range(7):
            values = {"region": ("华东", "华北")[n % 2], "contact": "王主任", "version": "5.0"}
            people = {"account_manager": ["赵强"]} if n % 3 == 0 else {}
            customer.add(work, f"医院{n}", values, people)
        outcome = take(work, "upgrade", *(_row(chance, n) for n in range(120)))
        assert not outcome.faults
        for n in range(0, 120, 11):
            upgrade.assign(work, f"SJ-{n:03d}", "upgrader", ["卫星汉"], D("2026-08-01"))
        for n in range(5, 120, 17):
            upgrade.void(work, f"SJ-{n:03d}", "重复")
        for row in work.session.exec(select(Upgrade)).all():
            made.rows[row.number] = row.model_dump()
    return made


@pytest.fixture
def reader(world: World) -> Iterator[Reader]:
    """The store, open for listings."""
    opened = Reader(at(world.path))
    yield opened
    opened.close()


def there(known: dict[str, object], key: str, t: date) -> bool:
    """Whether an act was done by a day."""
    on = known[key]
    return isinstance(on, date) and on <= t


def state(known: dict[str, object], t: date) -> str:
    """The furthest step by a day."""
    by = {key: there(known, key, t) for key in ACTS}
    if known["void_on"]:
        return "void"
    if by["called_on"] and (known["answer"] == "yes" or by["second_called_on"]):
        return "settled"
    furthest = {
        "reported": by["report_on"] or by["mailed_on"],
        "done": by["done_on"],
        "approved": by["approved_on"],
        "tested": by["tested_on"],
        "planned": by["plan_on"],
        "arranged": by["arranged_on"],
    }
    return next((name for name, is_there in furthest.items() if is_there), "applied")


def test_the_ledger_of_all_of_them_is_what_the_rules_say(world: World) -> None:
    assert faults(world.path, today=LAST) == []


@pytest.mark.parametrize("t", DAYS, ids=str)
def test_an_upgrade_is_shown_as_it_stood_on_the_day(world: World, reader: Reader, t: date) -> None:
    rows = {str(row["number"]): row for row in upgrades(reader, t)}
    begun = [
        number
        for number, known in world.rows.items()
        if any(there(known, key, t) for key in ACTS) or not any(known[key] for key in ACTS)
    ]
    assert list(rows) == sorted(begun)
    for number, row in rows.items():
        known = world.rows[number]
        for key in ACTS:
            assert row[key] == (known[key] if there(known, key, t) else None), (number, key)
        for key, act in TOLD.items():
            told = known[act] is None or there(known, act, t)
            assert row[key] == (known[key] if told else None), (number, key)
        assert row["planned_on"] == known["planned_on"]
        assert row["left_on"] == known["left_on"]
        assert row["state"] == state(known, t), number


def test_there_is_something_of_every_state(reader: Reader) -> None:
    states = {row["state"] for t in DAYS for row in upgrades(reader, t)}
    assert states == set(
        ["applied", "arranged", "planned", "tested", "approved", "done", "reported", "settled", "void"]
    )


@pytest.mark.parametrize("t", DAYS[1::2], ids=str)
@pytest.mark.parametrize("limit", [None, 3, 1000])
def test_filters_and_limits_choose_among_all_the_rows(reader: Reader, t: date, limit: int | None) -> None:
    everything = list(upgrades(reader, t))
    roles = ("applied_by", "arranged_by", "upgrader")
    for chosen in (
        *({"person": name} for name in PEOPLE),
        {"customer": "医院3"},
        {"region": "华东"},
        {"number": "SJ-004"},
        {"state": "done"},
        {"state": "reported", "region": "华北"},
        {"state": "void"},
        {"person": "卫星汉", "state": "settled"},
    ):
        wanted = [
            row
            for row in everything
            if all(
                value in [row[role] for role in roles] if key == "person" else row[key] == value
                for key, value in chosen.items()
            )
        ]
        assert list(upgrades(reader, t, filters=chosen, limit=limit)) == wanted[:limit], chosen
    assert len(list(upgrades(reader, t, limit=limit))) == len(everything[:limit])


def test_who_applied_is_the_customers_account_manager_unless_the_record_says_who(reader: Reader) -> None:
    rows = {str(row["number"]): row for row in upgrades(reader, LAST)}
    assert rows["SJ-000"]["applied_by"] == "赵强"
    assert {rows[number]["applied_by"] for number in ("SJ-029", "SJ-058")} == {None}
    assert rows["SJ-000"]["upgrader"] == "卫星汉"
    (before,) = upgrades(reader, D("2026-07-31"), filters={"number": "SJ-000"})
    assert before["upgrader"] is None


def test_forced_steps_are_shown_from_their_day_on(world: World, tmp_path: Path) -> None:
    path = again(world.path, tmp_path / "svcq.db")
    with writing(path, today=LAST) as work:
        said = {
            "upgrade": "SJ-001",
            "step": "done",
            "skipped": ("plan", "test"),
            "reason": "急",
            "by": "周静",
        }
        take(work, "skip", {**said, "on": D("2026-09-01")})
    reader = Reader(at(path))
    (row,) = skips(reader, "SJ-001", LAST)
    assert [row[key] for key in ("on", "step", "skipped", "reason", "by")] == [
        D("2026-09-01"),
        "done",
        "plan、test",
        "急",
        "周静",
    ]
    assert skips(reader, "SJ-001", D("2026-08-31")) == []
    assert skips(reader, "SJ-002", LAST) == []
    reader.close()


@pytest.mark.parametrize("t", DAYS, ids=str)
def test_what_earlier_upgrades_left_to_know_is_theirs_alone(world: World, reader: Reader, t: date) -> None:
    for name in ("医院0", "医院5"):
        shown = [row for row in upgrades(reader, t, filters={"customer": name}) if row["state"] != "void"]
        earlier = sorted(
            (row for row in shown if row["done_on"]),
            key=lambda row: (row["done_on"], row["number"]),
            reverse=True,
        )
        for but in (None, *shown):
            left = left_by_earlier(reader, name, t, but)
            for part, column in (("modifications", "special_modifications"), ("surprises", "surprises")):
                wanted = [
                    (row["number"], row["done_on"], row["version"], row[column])
                    for row in earlier
                    if row[column]
                    and (
                        but is None
                        or (row is not but and (not but["done_on"] or row["done_on"] <= but["done_on"]))  # type: ignore[operator]
                    )
                ]
                got = [
                    tuple(row[key] for key in ("number", "done_on", "version", "text")) for row in left[part]
                ]
                assert got == wanted, (name, but and but["number"], part)
    kinds = {row["kind"] for row in left_by_earlier(reader, "医院0", LAST)["surprises"]}
    assert kinds <= {"surprise"}


def test_an_upgrader_takes_along_the_problems_that_are_open_on_the_day(tmp_path: Path) -> None:
    path = blank(tmp_path / "svcq.db")
    with writing(path, today=LAST) as work:
        staff.add(work, "李伟", ["engineer"], {})
        customer.add(work, "医院", {"contact": "王主任", "phone": "0571-1"}, {"engineer": ["李伟"]})
        customer.add(work, "别家", {}, {})
        for number, owner, on in (
            ("WT-4", "医院", "2026-11-20"),
            ("WT-3", "医院", "2026-08-01"),
            ("WT-2", "医院", "2026-11-01"),
            ("WT-1", "别家", "2026-11-01"),
        ):
            issue.add(work, number, owner, {"title": number, "system": "HIS", "reported_on": D(on)})
        for on, what, result in (("2026-11-02", "看过", None), ("2026-11-05", "改参数", "watch")):
            issue_acts.step(work, "WT-2", D(on), "李伟", what, result)
        issue_acts.close(work, "WT-2", D("2026-11-10"), "李伟", "已稳定")
    reader = Reader(at(path))
    now = open_issues(reader, "医院", LAST)
    assert [(row["number"], row["state"], row["last_step"]) for row in now] == [
        ("WT-3", "stale", None),
        ("WT-4", "open", None),
    ]
    before = open_issues(reader, "医院", D("2026-11-06"))
    assert [row["number"] for row in before] == ["WT-3", "WT-2"]
    shown = {
        key: before[1][key] for key in ("system", "engineer", "last_step_on", "last_step", "last_result")
    }
    assert shown == {
        "system": "HIS",
        "engineer": "李伟",
        "last_step_on": D("2026-11-05"),
        "last_step": "改参数",
        "last_result": "watch",
    }
    assert open_issues(reader, "医院", D("2026-11-02"))[1]["last_step"] == "看过"
    found = hospital(reader, "医院")
    assert (found["customer"], found["contact"], found["phone"]) == ("医院", "王主任", "0571-1")
    assert hospital(reader, "没有") == {}
    reader.close()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """2,000 hospitals with an upgrade a year for ten years."""
    path = blank(tmp_path_factory.mktemp("many") / "svcq.db")
    with writing(path, today=LAST) as work:
        staff.add(work, "卫星汉", ["upgrader"], {})
        connection = work.session.connection()
        connection.exec_driver_sql(
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000)"
            " insert into customer (id, name, name_key) select i, '医院' || i, '医院' || i from n"
        )
        connection.exec_driver_sql(
            "with recursive y(i) as (select 2017 union all select i + 1 from y where i < 2026)"
            " insert into upgrade (number, customer_id, applied_on, done_on, first_on, surprises)"
            " select 'SJ-' || y.i || '-' || c.id, c.id, y.i || '-05-06', y.i || '-05-20', y.i || '-05-06', '慢'"
            " from y, customer c"
        )
    return path


@pytest.mark.files  # the plans of SQLite
@pytest.mark.parametrize(
    "ask",
    [
        lambda reader: list(upgrades(reader, LAST, limit=9)),
        lambda reader: list(upgrades(reader, LAST, filters={"number": "SJ-2026-7"})),
        lambda reader: list(upgrades(reader, LAST, filters={"customer": "医院7"})),
        lambda reader: left_by_earlier(reader, "医院7", LAST)["surprises"],
    ],
    ids=["list --limit", "show", "of a customer", "checklist"],
)
def test_no_upgrade_of_another_hospital_is_looked_at(large: Path, ask) -> None:  # noqa: ANN001
    whole, rows = scanned(large, ask)
    assert rows
    assert whole <= {"c", "h"}
