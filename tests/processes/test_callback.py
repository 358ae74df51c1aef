"""六 What happens to callbacks: drawn, answered or not reached, mended; what is refused leaves nothing behind."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from svcq.errors import NotFound, Refused, SvcqError
from svcq.processes import callback, callback_issue, callback_sample, customer, issue, staff, terms
from svcq.processes.callback import Answer
from svcq.processes.callback_sample import Outcome
from svcq.processes.holders import held
from svcq.processes.work import Work
from svcq.rules.callback_sample import Share
from svcq.store.tables.callback import Callback
from svcq.store.tables.customer import Customer
from svcq.store.tables.issue import Issue
from svcq.store.tables.ledger import ObligationRow
from svcq.store.tables.staff import Staff
from tests.asked import DRAWN, NUMBER, OTHER, SHARED, quarter, sampled, served
from tests.stores import TODAY, audited, business, dump, faults, writing

D = date.fromisoformat
Q4 = quarter("2026Q4")
SAID = Answer(D("2026-11-20"), 3, 4, "多派人", "报表打印慢")
Act = Callable[[Work], object]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """The sample of 2026Q4 is drawn."""
    return sampled(tmp_path / "svcq.db")


@pytest.fixture
def undrawn(tmp_path: Path) -> Path:
    """Nothing is drawn yet."""
    return served(tmp_path / "svcq.db")


def draw(path: Path, name: str, *, today: date = TODAY, **options: object) -> Outcome:
    """Draw a quarter; it was not drawn before, or is filled."""
    with writing(path, today=today) as work:
        found = callback_sample.draw(work, quarter(name), **options)  # type: ignore[arg-type]
    assert found is not None
    assert faults(path, today=today) == []
    return found


def told(path: Path) -> dict[str, Callback]:
    """The callbacks by number."""
    with writing(path, dry_run=True) as work:
        return {row.number: Callback(**row.model_dump()) for row in work.session.exec(select(Callback))}


def met(path: Path, number: str) -> list[tuple[str, date, date, date | None]]:
    """What is owed for a callback or quarter."""
    with writing(path, dry_run=True) as work:
        rows = work.session.exec(select(ObligationRow).where(ObligationRow.number == number))
        return [(row.rule, row.starts_on, row.due_on, row.met_on) for row in rows]


def share(found: Outcome, name: str) -> Share:
    """What an engineer got."""
    return next(one for one in found.shares if one.engineer == name)


# --- drawing


def test_a_sample_is_drawn_kept_and_owed(undrawn: Path) -> None:
    found = draw(undrawn, "2026Q4", on=DRAWN)
    assert Counter(row.engineer for row in found.rows) == {"李伟": 4, "王芳": 4}
    assert found.seed == 20264
    kept = told(undrawn)
    assert sorted(kept) == [row.number for row in found.rows]
    assert NUMBER in kept
    assert {row.drawn_on for row in kept.values()} == {row.first_on for row in kept.values()} == {DRAWN}
    assert met(undrawn, NUMBER) == [("callback.make", DRAWN, D("2026-12-31"), None)]
    assert met(undrawn, "2026Q4") == [("callback.sample", D("2026-10-01"), D("2026-10-27"), DRAWN)]


def test_whoever_has_too_few_is_told_why(undrawn: Path) -> None:
    found = draw(undrawn, "2026Q4")
    assert share(found, "方圆") == Share("方圆", 5, 0, 0, 0, 0, 0)
    assert share(found, "李伟") == Share("李伟", 5, 4, 5, 1, 0, 0)
    assert share(found, "王芳") == Share("王芳", 5, 4, 5, 1, 0, 0)


def test_a_drawn_quarter_is_not_drawn_again(store: Path) -> None:
    before = dump(store)
    with writing(store) as work:
        assert callback_sample.draw(work, Q4) is None
    assert business(store) == {key: rows for key, rows in before.items() if key in business(store)}


def test_a_dry_run_draws_the_same_and_keeps_nothing(undrawn: Path) -> None:
    before = dump(undrawn)
    with writing(undrawn, dry_run=True) as work:
        tried = callback_sample.draw(work, Q4)
    assert dump(undrawn) == before
    assert tried == draw(undrawn, "2026Q4")


def test_another_seed_may_share_out_otherwise(undrawn: Path) -> None:
    given = set()
    for seed in range(12):
        with writing(undrawn, dry_run=True) as work:
            found = callback_sample.draw(work, Q4, seed=seed)
            assert found is not None
            given.add(tuple(row.number for row in found.rows if row.customer in SHARED))
    assert len(given) > 1


def test_filling_up_draws_for_whoever_is_short_and_leaves_the_others(store: Path) -> None:
    before = told(store)
    assert draw(store, "2026Q4", fill=True).rows == ()
    with writing(store) as work:
        customer.add(work, "新安县人民医院", {}, {"engineer": ["方圆", "王芳"]})
    found = draw(store, "2026Q4", fill=True)
    assert [(row.engineer, row.customer) for row in found.rows] == [("方圆", "新安县人民医院")]
    assert {key: row for key, row in told(store).items() if key in before} == before
    assert share(found, "王芳").shared == 2


def test_what_was_struck_out_is_not_drawn_again_for_the_same_engineer(store: Path) -> None:
    shared = next(row for row in told(store).values() if row.number.endswith(SHARED[0]))
    with writing(store) as work:
        callback.void(work, shared.number, "医院搬迁")
        callback.void(work, NUMBER, "医院搬迁")
    found = draw(store, "2026Q4", fill=True)
    assert [row.customer for row in found.rows] == [SHARED[0]]
    assert found.rows[0].number != shared.number
    assert share(found, "李伟").struck >= 1


def test_a_customer_is_drawn_twice_a_year_at_most_also_if_later_quarters_were_drawn_first(
    undrawn: Path,
) -> None:
    drawn = [draw(undrawn, name) for name in ("2026Q4", "2026Q2", "2026Q3", "2026Q1")]
    times = Counter(row.customer for found in drawn for row in found.rows)
    assert set(times.values()) == {2}
    assert share(drawn[-1], "李伟").yearly == 5
    assert [len(found.rows) for found in drawn] == [8, 8, 0, 0]
    assert len(draw(undrawn, "2027Q1").rows) == 8


def test_only_engineers_who_are_there_and_whom_they_serve_that_day_are_drawn(undrawn: Path) -> None:
    with writing(undrawn) as work:
        staff.edit(work, "王芳", {"left_on": D("2026-11-01")}, None)
        customer.assign(work, "松岭县人民医院", "engineer", ["方圆"], D("2026-11-10"))
        customer.void(work, "云河县中医院", "撤并")
    with writing(undrawn, dry_run=True) as work:
        october = callback_sample.draw(work, Q4, on=DRAWN)
    assert october is not None
    assert Counter(row.engineer for row in october.rows) == {"李伟": 3, "王芳": 4}
    november = draw(undrawn, "2026Q4")
    assert Counter(row.engineer for row in november.rows) == {"李伟": 3, "方圆": 1}


def test_a_sample_of_the_future_day_is_refused(undrawn: Path) -> None:
    with pytest.raises(Refused, match="future"), writing(undrawn) as work:
        callback_sample.draw(work, Q4, on=TODAY + timedelta(days=1))


# --- answers


def test_an_answer_meets_the_callback(store: Path) -> None:
    with writing(store) as work:
        assert callback.answer(work, NUMBER, SAID)
    assert met(store, NUMBER) == [("callback.make", DRAWN, D("2026-12-31"), SAID.on)]
    assert faults(store) == []


@pytest.mark.parametrize(
    "typed",
    [
        "2026q4-李伟-江州市中心医院",
        "２０２６Ｑ４－李伟－江州市中心医院",
        " 2026Q4 — 李伟 - 江州市中心医院 ",
        "2026Q4-李 伟-江州市 中心医院",
        "2026Q4-李伟-“江州市中心医院”",
    ],
)
def test_a_number_is_known_however_it_is_typed(store: Path, typed: str) -> None:
    with writing(store) as work:
        assert callback.find(work, typed).number == NUMBER


def test_the_same_answer_again_changes_nothing(store: Path) -> None:
    with writing(store) as work:
        callback.answer(work, NUMBER, SAID)
    before = dump(store)
    with writing(store) as work:
        assert not callback.answer(work, NUMBER, SAID)
        assert not callback.answer(work, NUMBER, Answer(SAID.on, 3, 4))
    assert dump(store) == before


def test_after_three_tries_the_customer_counts_as_unreachable_and_may_still_answer(store: Path) -> None:
    with writing(store) as work:
        days = [D("2026-11-02"), D("2026-11-05"), D("2026-11-05")]
        counts = [callback.unreachable(work, NUMBER, on, "周静", "占线").count for on in days]
    assert counts == [1, 2, 3]
    assert met(store, NUMBER)[0][3] == D("2026-11-05")
    with writing(store) as work:
        callback.take_back(work, NUMBER, D("2026-11-05"))
    assert met(store, NUMBER)[0][3] is None
    with writing(store) as work:
        callback.unreachable(work, NUMBER, D("2026-11-06"), "周静")
        assert callback.answer(work, NUMBER, SAID)
    assert met(store, NUMBER)[0][3] == D("2026-11-06")
    assert faults(store) == []


def test_an_unsolved_problem_becomes_an_issue_of_the_callbacks_engineer(store: Path) -> None:
    with writing(store) as work:
        callback.answer(work, OTHER, SAID)
        made = callback_issue.raise_issue(work, OTHER, system="HIS")
        assert made is not None
        row = issue.find(work, made.number)
        assert (row.title, row.system, row.reported_on) == ("报表打印慢", "HIS", SAID.on)
        assert work.session.get_one(Customer, row.customer_id).name == "云河县中医院"
        assert held(work, issue.record(row), "engineer", SAID.on) == ["李伟"]
        assert callback.find(work, OTHER).issue_id == row.id
        assert callback_issue.raise_issue(work, OTHER) is None
    assert faults(store) == []


def test_a_long_problem_is_titled_by_its_first_sentence_and_kept_whole(store: Path) -> None:
    text = "报表打印很慢，经常超时。请尽快处理！"
    with writing(store) as work:
        callback.answer(work, OTHER, Answer(SAID.on, 3, 4, None, text))
        made = callback_issue.raise_issue(work, OTHER)
        assert made is not None
        row = issue.find(work, made.number)
        assert (row.title, row.description) == ("报表打印很慢，经常超时", text)


def test_a_problem_that_is_in_the_worklog_already_is_taken_for_it(store: Path) -> None:
    with writing(store) as work:
        issue.add(work, "WT-9", "云河县中医院", {"title": SAID.unsolved, "reported_on": SAID.on})
        callback.answer(work, OTHER, SAID)
        made = callback_issue.raise_issue(work, OTHER)
        assert made is not None
        assert (made.number, made.is_new) == ("WT-9", False)
        assert len(work.session.exec(select(Issue)).all()) == 1


def test_who_is_gone_by_then_gets_no_issue(store: Path) -> None:
    with writing(store) as work:
        staff.edit(work, "李伟", {"left_on": D("2026-11-01")}, None)
        callback.answer(work, OTHER, SAID)
        made = callback_issue.raise_issue(work, OTHER)
        assert made is not None
        assert made.engineer is None
        assert work.session.exec(select(Staff).where(Staff.name == "李伟")).one().left_on


# --- mending


def test_mended_answers_count_and_the_ledger_follows(store: Path) -> None:
    with writing(store) as work:
        callback.answer(work, NUMBER, SAID)
        callback.edit(work, callback.living(work, NUMBER), {"asked_on": D("2026-11-18"), "service": 5})
    assert met(store, NUMBER)[0][3] == D("2026-11-18")
    with writing(store) as work:
        emptied = dict.fromkeys(("asked_on", "service", "attitude", "advice", "unsolved"))
        callback.edit(work, callback.living(work, NUMBER), emptied)
    assert met(store, NUMBER)[0][3] is None
    assert faults(store) == []


def test_a_void_callback_obliges_nobody_and_no_longer_counts(store: Path) -> None:
    with writing(store) as work:
        assert callback.void(work, NUMBER, "重复")
        assert not callback.void(work, NUMBER, "重复")
    assert met(store, NUMBER) == []
    numbers = list(told(store))
    with writing(store) as work:
        terms.live(work, D("2026-10-01"), lambda done: None)
        for number in numbers:
            callback.void(work, number, "重复")
    assert met(store, "2026Q4")[0][3] is None
    assert faults(store) == []


def test_more_tries_by_the_policy_of_the_drawing_keep_it_open(store: Path) -> None:
    with writing(store) as work:
        terms.apply(work, "[settings.callback.tries]\nvalue = 4\n", "t", D("2026-10-01"), lambda done: None)
        found = [callback.unreachable(work, NUMBER, D("2026-11-02"), "周静") for _ in range(3)]
    assert (found[-1].count, found[-1].enough) == (3, 4)
    assert met(store, NUMBER)[0][3] is None


REFUSED: list[tuple[str, Act, type[SvcqError]]] = [
    ("future", lambda w: callback.answer(w, OTHER, Answer(TODAY + timedelta(days=1), 5, 5)), Refused),
    ("future", lambda w: callback.unreachable(w, OTHER, TODAY + timedelta(days=1), "周静"), Refused),
    ("before 2026Q4", lambda w: callback.answer(w, OTHER, Answer(D("2026-09-30"), 5, 5)), Refused),
    ("before 2026Q4", lambda w: callback.unreachable(w, OTHER, D("2026-09-30"), "周静"), Refused),
    ("no mark from 1 to 5", lambda w: callback.answer(w, OTHER, Answer(TODAY, 6, 5)), Refused),
    ("no mark from 1 to 5", lambda w: callback.answer(w, OTHER, Answer(TODAY, 5, 0)), Refused),
    ("callback edit", lambda w: callback.answer(w, NUMBER, Answer(SAID.on, 5, 4)), Refused),
    ("callback edit", lambda w: callback.answer(w, NUMBER, Answer(TODAY, 3, 4)), Refused),
    ("no more tries", lambda w: callback.unreachable(w, NUMBER, TODAY, "周静"), Refused),
    ("did you mean", lambda w: callback.answer(w, f"{NUMBER}部", SAID), NotFound),
    ("not known", lambda w: callback.answer(w, "", SAID), NotFound),
    ("no try of", lambda w: callback.take_back(w, NUMBER, TODAY), NotFound),
    ("nothing unsolved", lambda w: callback_issue.raise_issue(w, OTHER), Refused),
    ("need the day", lambda w: callback.edit(w, callback.living(w, OTHER), {"service": 3}), Refused),
    ("keeps the day", lambda w: callback.edit(w, callback.living(w, OTHER), {"drawn_on": None}), Refused),
    ("another customer", lambda w: callback.edit(w, callback.living(w, OTHER), {"issue": "WT-1"}), Refused),
]


@pytest.mark.parametrize(
    ("why", "act", "kind"), REFUSED, ids=[f"{why} {n}" for n, (why, *_) in enumerate(REFUSED)]
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    store: Path, why: str, act: Act, kind: type[SvcqError]
) -> None:
    with writing(store) as work:
        callback.answer(work, NUMBER, SAID)
        issue.add(work, "WT-1", "H001", {"title": "打印错位"})
    before = dump(store)
    with pytest.raises(kind, match=why), writing(store) as work:
        act(work)
    assert dump(store) == before


def test_whatever_is_void_takes_no_answer(store: Path) -> None:
    with writing(store) as work:
        callback.void(work, NUMBER, "重复")
    for act in (
        lambda w: callback.answer(w, NUMBER, SAID),
        lambda w: callback.unreachable(w, NUMBER, TODAY, "周静"),
    ):
        with pytest.raises(Refused, match="void since"), writing(store) as work:
            act(work)


def test_every_step_is_in_the_audit_by_name(undrawn: Path) -> None:
    before = audited(undrawn)
    found = draw(undrawn, "2026Q4", seed=5)
    assert audited(undrawn) == before + len(found.rows)
    with writing(undrawn) as work:
        callback.answer(work, NUMBER, SAID)
        callback.unreachable(work, OTHER, TODAY, "周静")
    assert audited(undrawn) == before + len(found.rows) + 2
