"""七: what scores are counted from: the same persons as everywhere, by indexes, and for whoever changed teams by day."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from svcq.policy.load import house
from svcq.processes import contract, customer, scoring, scoring_records, scoring_year, staff
from svcq.rules.periods import Span, quarter_named, quarters, year_named
from svcq.rules.scoring import Count, Tally
from svcq.store import read_score
from svcq.store.read import Reader
from svcq.store.read_ledger import obligations
from tests.places import at, do
from tests.scored import HOSPITAL, D, scored
from tests.stores import TODAY, writing

RULES = tuple(house().rules)
EVER = (date(2000, 1, 1), date(2100, 1, 1))


def quarter(name: str) -> Span:
    found = quarter_named(name)
    assert found is not None
    return found


Q3 = quarter("2026Q3")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The known quarter; the contracts have changed hands, and some people teams, again and again."""
    path = scored(tmp_path_factory.mktemp("score") / "svcq.db")
    with writing(path) as work:
        contract.assign(work, "HT-1", "salesperson", ["王敏"], D("2026-08-10"))
        contract.assign(work, "HT-2", "salesperson", [], D("2026-08-01"))
        contract.assign(work, "HT-2", "salesperson", ["王敏"], D("2026-08-04"))
        staff.add(work, "高远", ["engineer"], {})
        customer.assign(work, HOSPITAL, "engineer", ["李伟", "高远"], D("2026-06-05"))
        customer.assign(work, HOSPITAL, "engineer", ["高远", "李伟"], D("2026-08-15"))
    do(
        path,
        *(
            "insert into staff_unit (staff_id, from_on, team, region)"
            f" select id, '{day}', '{n}组', '华东' from staff where name = '{name}'"
            for name, moves in {
                "李伟": ("0001-01-01", "2026-08-04", "2026-08-13"),
                "陈立": ("2026-08-11",),
            }.items()
            for n, day in enumerate(moves)
        ),
    )
    return path


@pytest.mark.parametrize("t", [TODAY - timedelta(days=n) for n in (0, 60, 100, 104, 105, 110, 130)])
def test_everybody_counts_what_the_ledger_lists_of_them(store: Path, t: date) -> None:
    reader = Reader(at(store))
    names = read_score.people(reader)
    found: Counter[tuple[object, ...]] = Counter()
    for row in read_score.counts(reader, *EVER, t, RULES):
        person = names[int(str(row["person_id"]))][0] if row["person_id"] is not None else None
        for key in ("fell_due", "breached", "waived", "fines_fen"):
            found[person, row["rule"], key] += int(str(row[key]))
    expected: Counter[tuple[object, ...]] = Counter()
    for row in obligations(reader, t, states=None):
        due, met = row["due_on"], row["met_on"]
        assert isinstance(due, date)
        if due >= t:
            continue
        late = met is None or met > due  # type: ignore[operator]
        told = {"fell_due": 1, "breached": int(late), "waived": 0, "fines_fen": int(str(row["fine_fen"]))}
        for key, value in told.items():
            expected[row["person"], row["rule"], key] += value
    reader.close()
    assert +found == +expected


def test_one_persons_counts_are_those_among_everybodys(store: Path) -> None:
    reader = Reader(at(store))
    names = read_score.people(reader)
    everybody = list(read_score.counts(reader, *EVER, TODAY, RULES))
    for key, (name, _role) in names.items():
        mine = list(read_score.counts(reader, *EVER, TODAY, RULES, filters={"person": name}))
        assert mine == [row for row in everybody if row["person_id"] == key]
    reader.close()


def test_the_rows_of_everybody_are_those_of_each(store: Path) -> None:
    reader = Reader(at(store))
    everybody = scoring_records.lines(reader, Q3, TODAY)
    for name, _role in read_score.people(reader).values():
        mine = scoring_records.lines(reader, Q3, TODAY, person=name)
        assert mine == [line for line in everybody if line.person == name]
    reader.close()
    assert len(everybody) == 7


@pytest.mark.parametrize("by", ["team", "region"])
def test_counts_and_rows_agree_about_the_team_and_region_of_the_day(store: Path, by: str) -> None:
    reader = Reader(at(store))
    held = scoring.tallies(reader, Q3, TODAY, RULES).held
    counted: Counter[tuple[str, str | None]] = Counter()
    for holder, tally in held.items():
        for rule, count in tally.counts.items():
            if house().rules[rule].score == "quarter" and count.breached:
                counted[holder.person, getattr(holder, by)] += count.breached
    listed = Counter((line.person, getattr(line, by)) for line in scoring_records.lines(reader, Q3, TODAY))
    reader.close()
    assert counted == listed


def test_what_one_person_has_in_several_teams_adds_up_to_the_whole(store: Path) -> None:
    reader = Reader(at(store))
    held = scoring.tallies(reader, Q3, TODAY, RULES).held
    reader.close()
    groups = scoring.grouped(held, "team")
    assert set(groups) >= {"0组", "1组", "2组"}
    for person, whole in scoring.grouped(held, "person")[""].items():
        assert sum((people[person] for people in groups.values() if person in people), Tally()) == whole


def test_a_year_holds_what_its_quarters_hold(store: Path) -> None:
    reader = Reader(at(store))
    span = year_named("2026")
    assert span is not None
    fines = {one.name: one.figures.fines_fen for one in scoring_year.year(reader, span, TODAY).standings}
    added: Counter[str] = Counter()
    for part in quarters(span.first, TODAY):
        for one in scoring.quarter(reader, part, TODAY):
            added[one.name] += one.figures.fines_fen
    reader.close()
    assert +Counter(fines) == +added
    assert sum(fines.values()) == 20000


@pytest.mark.files  # SQLite's own plans
def test_counts_are_found_by_rule_and_due_date(store: Path) -> None:
    reader = Reader(at(store))
    seen: list[str] = []
    assert reader.connection is not None
    reader.connection.set_trace_callback(seen.append)
    list(read_score.counts(reader, Q3.first, Q3.last, TODAY, RULES, [D("2026-08-04")]))
    reader.connection.set_trace_callback(None)
    plan = [str(row["detail"]) for row in reader.rows(f"explain query plan {seen[-1]}")]
    reader.close()
    assert any("ix_obligation_rule_due (rule=? AND due_on>? AND due_on<?)" in line for line in plan)
    assert not [line for line in plan if line.startswith("SCAN")]


def test_answers_of_history_and_of_later_days_are_none(store: Path) -> None:
    reader = Reader(at(store))
    asked = list(read_score.answers(reader, "2026Q3", Q3.last, D("2026-08-12")))
    none = list(read_score.answers(reader, "2026Q3", date(1, 1, 1) - timedelta(0), TODAY))
    before = list(read_score.answers(reader, "2026Q3", Q3.last, D("2026-08-11")))
    reader.close()
    assert [row["number"] for row in asked] == ["2026Q3-李伟-江州市中心医院"]
    assert len(none) == 2
    assert before == []


def test_of_a_store_that_is_not_there_nothing_is_counted(tmp_path: Path) -> None:
    reader = Reader(at(tmp_path / "none.db"))
    assert list(read_score.counts(reader, *EVER, TODAY, RULES)) == []
    assert scoring.quarter(reader, Q3, TODAY) == []
    assert Count() == Count() + Count()
