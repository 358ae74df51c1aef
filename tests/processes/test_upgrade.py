"""四: what happens to upgrades: each step once and in order, each refusal a sentence that leaves nothing behind."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from svcq.errors import NotFound, Refused, SvcqError, Usage
from svcq.processes import (
    customer,
    issue,
    issue_acts,
    staff,
    terms,
    upgrade,
    upgrade_apply,
    upgrade_call,
    upgrade_done,
    upgrade_edit,
    upgrade_step,
)
from svcq.processes.upgrade_call import Answers
from svcq.processes.upgrade_done import Closing, Outcome
from svcq.processes.upgrade_said import Came
from svcq.processes.work import Work
from svcq.store.read import Reader
from svcq.store.read_issue import issues
from svcq.store.read_ledger import obligations
from svcq.store.read_upgrade import skips, upgrades
from tests.places import at
from tests.served import served
from tests.stores import TODAY, audited, business, dump, faults, writing

D = date.fromisoformat
TOMORROW = TODAY + timedelta(days=1)
Act = Callable[[Work], object]
CITY, COUNTY = "江州市中心医院", "云河县人民医院"


def day(text: str) -> date:
    """A day of November 2026."""
    return D(f"2026-11-{text}")


def arrange(number: str, on: str, **said: object) -> Act:
    """An arrangement by 朱明远 for 卫星汉, planned for the 16th, unless said."""
    told = {"by": "朱明远", "upgrader": "卫星汉", "planned": day("16"), **said}
    return lambda work: upgrade_step.arrange(work, number, day(on), **told)  # type: ignore[arg-type]


def done(number: str, on: str, *closes: str, forced: str | None = None, **said: object) -> Act:
    """An upgrade that is done, with the issues that it closes."""
    outcome, closing = Outcome(**said), Closing(closes, "升级解决")  # type: ignore[arg-type]
    return lambda work: upgrade_done.done(work, number, day(on), outcome, closing, forced)


def call(number: str, on: str, answer: str = "yes", *, second: bool = False, **said: object) -> Act:
    """A call to the customer."""
    answers = Answers(answer, **said)  # type: ignore[arg-type]
    return lambda work: upgrade_call.callback(work, number, day(on), answers, second=second)


def mend(number: str, *, forced: str | None = None, **values: object) -> Act:
    """An edit."""
    return lambda work: upgrade_edit.edit(work, upgrade.living(work, number), values, forced)


WALK: list[tuple[str, Act]] = [
    ("apply", lambda work: upgrade_apply.apply(work, "SJ-9", CITY, day("02"))),
    ("arrange", arrange("SJ-9", "03")),
    ("plan", lambda work: upgrade_step.plan(work, "SJ-9", day("04"), None, day("05"))),
    ("test", lambda work: upgrade_step.try_out(work, "SJ-9", day("06"))),
    ("approve", lambda work: upgrade_step.approve(work, "SJ-9", day("09"))),
    ("done", done("SJ-9", "16", version="6.2")),
    ("report", lambda work: upgrade_step.report(work, "SJ-9", day("18"))),
    ("callback", call("SJ-9", "19")),
]
"""An upgrade from its application to the call, one step after the other."""


def walk(path: Path, until: str) -> None:
    """Take SJ-9 through the order up to and including a step."""
    with writing(path) as work:
        for step, act in WALK:
            act(work)
            if step == until:
                return


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """SJ-1 is applied for, SJ-2 done with a call that brought no yes; issues of two hospitals; 王芳 is new."""
    path = served(tmp_path / "svcq.db")
    with writing(path) as work:
        staff.add(work, "王芳", ["engineer"], {"joined_on": day("02")})
        staff.add(work, "钱进", ["upgrader"], {"left_on": D("2026-06-30")})
        for number, owner, title in (
            ("WT-1", CITY, "打印错位"),
            ("WT-2", CITY, "对账"),
            ("WT-3", COUNTY, "慢"),
        ):
            issue.add(work, number, owner, {"title": title, "reported_on": day("01")})
        issue_acts.close(work, "WT-2", day("10"), "李伟", "已处理")
        upgrade_apply.apply(work, "SJ-1", CITY, day("02"), planned=day("16"))
        upgrade_apply.apply(work, "SJ-2", COUNTY, day("02"), "赵强")
        arrange("SJ-2", "03")(work)
        upgrade_step.plan(work, "SJ-2", day("04"))
        upgrade_step.try_out(work, "SJ-2", day("05"), "无测试库")
        upgrade_step.approve(work, "SJ-2", day("06"))
        done("SJ-2", "09", version="5.0")(work)
        upgrade_step.report(work, "SJ-2", day("10"), mailed=True)
        call("SJ-2", "11", "no", stable=True)(work)
    return path


ACTS: dict[str, Act] = {
    "apply": lambda work: upgrade_apply.apply(work, "SJ-9", CITY, day("20"), "赵强", day("30")),
    "apply without a number": lambda work: upgrade_apply.apply(work, None, CITY, day("20")),
    "arrange": arrange("SJ-1", "03"),
    "report the paper": lambda work: upgrade_step.report(work, "SJ-2", day("20")),
    "more of what was done": done("SJ-2", "09", "WT-3", surprises="慢", left_on=D("2026-12-01")),
    "second call": call("SJ-2", "12", "unclear", arranged=False),
    "second call of the same day": call("SJ-2", "11", "yes", second=True),
    "more of the call": call("SJ-2", "11", "no", solved=False),
    "inform": lambda work: upgrade_call.inform(work, "SJ-2", day("12")),
    "postpone": lambda work: upgrade.postpone(work, "SJ-1", D("2026-12-05")),
    "assign": lambda work: upgrade.assign(work, "SJ-2", "upgrader", ["李伟"], day("20")),
    "assign to nobody": lambda work: upgrade.assign(work, "SJ-2", "upgrader", [], TODAY),
    "edit a day": mend("SJ-2", approved_on=day("07")),
    "edit the hospital": mend("SJ-1", customer=COUNTY),
    "edit the issues": mend("SJ-2", issues_solved=["WT-3"]),
    "take the call back": mend("SJ-2", called_on=None),
    "take the test back, forced": mend("SJ-2", tested_on=None, forced="记错"),
    "void": lambda work: upgrade.void(work, "SJ-2", "重复"),
}
CALLED = mend("SJ-2", second_called_on=day("12"), second_answer="yes")
REFUSED: dict[str, tuple[Act, type[SvcqError], str]] = {
    "another hospital's number": (
        lambda work: upgrade_apply.apply(work, "SJ-1", COUNTY, day("02")),
        Refused,
        f"SJ-1 is of {CITY}: give this one another number",
    ),
    "applied for on another day": (
        lambda work: upgrade_apply.apply(work, "SJ-1", CITY, day("03")),
        Refused,
        "the application is recorded already, 2026-11-02; `svcq upgrade edit SJ-1",
    ),
    "the same application for another day": (
        lambda work: upgrade_apply.apply(work, None, CITY, day("02"), planned=day("20")),
        Refused,
        "SJ-1 is that very one; if it is another, give it a number",
    ),
    "applied for tomorrow": (
        lambda work: upgrade_apply.apply(work, None, CITY, TOMORROW),
        Refused,
        "is in the future",
    ),
    "nobody's hospital": (
        lambda work: upgrade_apply.apply(work, None, "H009", TODAY),
        NotFound,
        "customer H009 is not known",
    ),
    "nobody applies": (
        lambda work: upgrade_apply.apply(work, None, CITY, TODAY, "无名"),
        NotFound,
        "无名 is not among the staff",
    ),
    "arranged by a salesperson": (
        arrange("SJ-1", "03", by="陈立"),
        Refused,
        "陈立 is neither regional nor division manager: it is arranged by one of 何万里, 朱明远 [四.1]",
    ),
    "arranged for nobody": (
        lambda work: upgrade_step.arrange(work, "SJ-1", day("03"), "朱明远"),
        Usage,
        "say --upgrader: upgrade SJ-1 has none yet",
    ),
    "arranged with nothing": (
        lambda work: upgrade_step.arrange(work, "SJ-1", day("03")),
        Usage,
        "say --by, --upgrader: upgrade SJ-1 has none yet",
    ),
    "arranged for another day than planned": (
        arrange("SJ-1", "03", planned=day("17")),
        Refused,
        "is planned for 2026-11-16: `svcq upgrade postpone SJ-1 --to 2026-11-17 --reason …` [四.1]",
    ),
    "arranged for who left": (arrange("SJ-1", "03", upgrader="钱进"), Refused, "钱进 left on 2026-06-30"),
    "arranged for who is new": (arrange("SJ-1", "03", upgrader="王芳"), Refused, "三.1"),
    "arranged for another upgrader": (
        arrange("SJ-2", "03", upgrader="李伟"),
        Refused,
        "its upgrader is 卫星汉; `svcq upgrade assign SJ-2 --role upgrader --to 李伟`",
    ),
    "arranged before the application": (
        arrange("SJ-1", "01"),
        Refused,
        "the arrangement of 2026-11-01 cannot come before the application of 2026-11-02",
    ),
    "planned before the arrangement": (
        lambda work: upgrade_step.plan(work, "SJ-1", day("04")),
        Refused,
        "the plan cannot come yet, for these are missing: the arrangement",
    ),
    "done before everything": (
        done("SJ-1", "16"),
        Refused,
        "for these are missing: the arrangement, the plan, the test, the customer's approval; --force --reason … ",
    ),
    "approved on another day": (
        lambda work: upgrade_step.approve(work, "SJ-2", day("07")),
        Refused,
        "the customer's approval is recorded already, 2026-11-06; `svcq upgrade edit SJ-2",
    ),
    "tested for another reason": (
        lambda work: upgrade_step.try_out(work, "SJ-2", day("05"), "医院不同意"),
        Refused,
        "why there is no test is recorded already, 无测试库",
    ),
    "approved tomorrow": (
        lambda work: upgrade_step.approve(work, "SJ-1", TOMORROW, "赶时间"),
        Refused,
        "is in the future",
    ),
    "another version": (done("SJ-2", "09", version="5.1"), Refused, "the version is recorded already, 5.0"),
    "an issue of another hospital": (
        done("SJ-2", "09", "WT-1"),
        Refused,
        f"issue WT-1 is of {CITY}: upgrade SJ-2 cannot close it [四.2]",
    ),
    "an issue that nobody knows": (done("SJ-2", "09", "WT-33"), NotFound, "did you mean WT-3?"),
    "a call with another answer": (
        call("SJ-2", "11", "yes"),
        Refused,
        "the call of 2026-11-11 is recorded with other words",
    ),
    "an answer that there is not": (
        call("SJ-2", "12", "maybe"),
        Usage,
        "'maybe' is none of yes, no, unclear",
    ),
    "a second call without a first": (
        call("SJ-1", "12", second=True),
        Refused,
        "there was no first call yet",
    ),
    "a second call before the first": (
        call("SJ-2", "10", second=True),
        Refused,
        "the second call of 2026-11-10 is before the first of 2026-11-11",
    ),
    "a third call": (
        lambda work: (CALLED(work), call("SJ-2", "13")(work)),
        Refused,
        "both calls are recorded, 2026-11-11 and 2026-11-12; `svcq upgrade edit SJ-2 --reason …` mends them",
    ),
    "another call after a yes": (
        lambda work: (mend("SJ-2", answer="yes")(work), call("SJ-2", "13")(work)),
        Refused,
        "the customer said yes on 2026-11-11",
    ),
    "told before a call": (
        lambda work: upgrade_call.inform(work, "SJ-2", day("10")),
        Refused,
        "the customer had not been called by 2026-11-10 [四.4]",
    ),
    "told on another day": (
        lambda work: (
            upgrade_call.inform(work, "SJ-2", day("12")),
            upgrade_call.inform(work, "SJ-2", day("13")),
        ),
        Refused,
        "the mail about the call is recorded already, 2026-11-12",
    ),
    "postponed when it is done": (
        lambda work: upgrade.postpone(work, "SJ-2", day("30")),
        Refused,
        "SJ-2 was done on 2026-11-09: there is nothing to postpone",
    ),
    "another role": (
        lambda work: upgrade.assign(work, "SJ-1", "salesperson", ["陈立"], None),
        Usage,
        "'salesperson' is no role here; one of account_manager, regional_manager, upgrader",
    ),
    "assigned to who is new": (
        lambda work: upgrade.assign(work, "SJ-1", "upgrader", ["王芳"], None),
        Refused,
        "三.1",
    ),
    "arranged by who is no manager, afterwards": (
        lambda work: upgrade.assign(work, "SJ-2", "regional_manager", ["陈立"], None),
        Refused,
        "四.1",
    ),
    "mended to tomorrow": (mend("SJ-2", report_on=TOMORROW), Refused, "is in the future"),
    "mended against the order": (
        mend("SJ-2", approved_on=day("10")),
        Refused,
        "the upgrade itself of 2026-11-09 cannot come before the customer's approval of 2026-11-10",
    ),
    "a step mended in before others": (
        mend("SJ-1", approved_on=day("10")),
        Refused,
        "the customer's approval cannot come yet, for these are missing: the arrangement, the plan, the test",
    ),
    "a step taken out before others": (
        mend("SJ-2", tested_on=None),
        Refused,
        "the customer's approval cannot come yet, for these are missing: the test",
    ),
    "an answer without a call": (mend("SJ-1", answer="yes"), Refused, "an answer needs the day of its call"),
    "the first call taken out alone": (
        lambda work: (CALLED(work), mend("SJ-2", called_on=None)(work)),
        Refused,
        "a second call needs a first",
    ),
    "the issues of another hospital": (
        mend("SJ-2", issues_solved=["WT-1"]),
        Refused,
        f"issue WT-1 is not of {COUNTY}",
    ),
    "unknown": (lambda work: upgrade_step.approve(work, "SJ-11", TODAY), NotFound, "did you mean SJ-1?"),
}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_keeps_the_ledger_true_and_says_so_in_the_audit(store: Path, name: str) -> None:
    before = audited(store)
    with writing(store) as work:
        ACTS[name](work)
    assert audited(store) > before
    assert faults(store) == []


@pytest.mark.parametrize("name", ACTS)
def test_a_dry_run_leaves_nothing_behind(store: Path, name: str) -> None:
    before = dump(store)
    with writing(store, dry_run=True) as work:
        ACTS[name](work)
    assert dump(store) == before


@pytest.mark.parametrize("name", ACTS)
def test_an_act_done_again_changes_nothing(store: Path, name: str) -> None:
    with writing(store) as work:
        ACTS[name](work)
    before = business(store), audited(store)
    if name == "void":
        with writing(store) as work:
            assert upgrade.void(work, "SJ-2", "重复") == (False, None)
        return
    with writing(store) as work:
        again = ACTS[name](work)
    assert again is False or (isinstance(again, Came) and not again.changed)
    assert (business(store), audited(store)) == before


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_is_a_sentence_and_leaves_nothing_behind(store: Path, name: str) -> None:
    act, kind, said = REFUSED[name]
    if "new" in name:
        with writing(store) as work:
            terms.live(work, D("2026-01-01"), lambda done: None)
    before = dump(store)
    with pytest.raises(kind) as refused, writing(store) as work:
        act(work)
    assert said in str(refused.value)
    assert dump(store) == before


@pytest.mark.parametrize("name", ["approve", "done", "callback", "edit", "assign", "postpone", "apply"])
def test_nothing_happens_to_what_is_void(store: Path, name: str) -> None:
    acts: dict[str, Act] = {
        "approve": lambda work: upgrade_step.approve(work, "SJ-2", day("06")),
        "done": done("SJ-2", "09"),
        "callback": call("SJ-2", "12"),
        "edit": mend("SJ-2", version="6"),
        "assign": lambda work: upgrade.assign(work, "SJ-2", "upgrader", ["李伟"], None),
        "postpone": lambda work: upgrade.postpone(work, "SJ-2", TOMORROW),
        "apply": lambda work: upgrade_apply.apply(work, "SJ-2", COUNTY, day("02")),
    }
    with writing(store) as work:
        upgrade.void(work, "SJ-2", "重复")
    with pytest.raises(Refused, match="SJ-2 is void since 2026-11-23"), writing(store) as work:
        acts[name](work)


def owed(store: Path, rule: str, number: str = "SJ-9", t: date = TODAY) -> list[tuple[object, ...]]:
    """Start, state, day met and person of the obligations of a rule on a day."""
    reader = Reader(at(store))
    rows = list(obligations(reader, t, states=None, filters={"rule": rule, "number": number}))
    reader.close()
    return [(row["starts_on"], row["state"], row["met_on"], row["person"], row["note"]) for row in rows]


def seen(store: Path, number: str, t: date = TODAY) -> dict[str, object]:
    """An upgrade as a listing shows it on a day."""
    reader = Reader(at(store))
    (row,) = upgrades(reader, t, filters={"number": number})
    reader.close()
    return row


def forced(store: Path, number: str = "SJ-9") -> list[tuple[object, ...]]:
    """The skipped steps of an upgrade."""
    reader = Reader(at(store))
    rows = skips(reader, number, TODAY)
    reader.close()
    return [(row["on"], row["step"], row["skipped"], row["reason"], row["by"]) for row in rows]


def test_an_upgrade_that_keeps_the_order_is_no_breach(store: Path) -> None:
    walk(store, "callback")
    assert forced(store) == []
    assert owed(store, "upgrade.order") == []
    assert seen(store, "SJ-9")["state"] == "settled"
    assert faults(store) == []


@pytest.mark.parametrize("place", range(2, len(WALK)))
def test_a_step_before_its_time_names_every_step_that_is_missing(store: Path, place: int) -> None:
    walk(store, "apply")
    with pytest.raises(Refused) as refused, writing(store) as work:
        WALK[place][1](work)
    words = [
        "the arrangement",
        "the plan",
        "the test",
        "the customer's approval",
        "the upgrade itself",
        "the report",
    ]
    assert f"for these are missing: {', '.join(words[: place - 1])}" in str(refused.value)
    assert "[四.1]" in str(refused.value)


FORCED: dict[str, Callable[[Work, str], Came]] = {
    "arrange": lambda work, why: upgrade_step.arrange(
        work, "SJ-9", day("20"), "朱明远", "卫星汉", day("25"), why
    ),
    "plan": lambda work, why: upgrade_step.plan(work, "SJ-9", day("20"), forced=why),
    "test": lambda work, why: upgrade_step.try_out(work, "SJ-9", day("20"), forced=why),
    "approve": lambda work, why: upgrade_step.approve(work, "SJ-9", day("20"), why),
    "done": lambda work, why: upgrade_done.done(work, "SJ-9", day("20"), Outcome(), None, why),
    "report": lambda work, why: upgrade_step.report(work, "SJ-9", day("20"), forced=why),
    "callback": lambda work, why: upgrade_call.callback(work, "SJ-9", day("20"), Answers("yes"), forced=why),
}


@pytest.mark.parametrize("step", [step for step in FORCED if step not in ("arrange", "plan")])
def test_a_forced_step_is_a_breach_of_that_day_with_its_reason(store: Path, step: str) -> None:
    walk(store, "arrange")
    with writing(store) as work:
        came = FORCED[step](work, "医院急需")
    missing = list(FORCED)[1 : list(FORCED).index(step)]
    assert came.skipped == tuple(missing)
    assert forced(store) == [(day("20"), step, "、".join(missing), "医院急需", "质控")]
    assert owed(store, "upgrade.order") == [(day("20"), "late", day("20"), "卫星汉", "、".join(missing))]
    assert faults(store) == []


def test_a_forced_step_in_order_is_no_breach(store: Path) -> None:
    walk(store, "apply")
    with writing(store) as work:
        for act in FORCED.values():
            assert act(work, "赶时间").skipped == ()
    assert forced(store) == []


def test_what_was_skipped_once_is_not_asked_for_again(store: Path) -> None:
    walk(store, "arrange")
    with writing(store) as work:
        upgrade_done.done(work, "SJ-9", day("16"), Outcome(), None, "医院急需")
        assert upgrade_step.report(work, "SJ-9", day("18")).skipped == ()
        assert upgrade_step.approve(work, "SJ-9", day("17")).skipped == ()
    assert [row[1] for row in forced(store)] == ["done"]
    with pytest.raises(Refused, match="for these are missing: the plan, the test"), writing(store) as work:
        mend("SJ-9", approved_on=day("10"))(work)


def test_before_the_arrangement_the_breach_is_whose_who_applied_and_later_the_upgraders(store: Path) -> None:
    with writing(store) as work:
        upgrade_apply.apply(work, "SJ-9", CITY, day("02"))
        upgrade_step.plan(work, "SJ-9", day("04"), forced="补登")
    assert owed(store, "upgrade.order") == [(day("04"), "late", day("04"), "赵强", "arrange")]
    with writing(store) as work:
        arrange("SJ-9", "10")(work)
        upgrade_step.approve(work, "SJ-9", day("12"), "医院急需")
    assert [row[3] for row in owed(store, "upgrade.order")] == ["赵强", "卫星汉"]
    assert seen(store, "SJ-9", day("09"))["upgrader"] is None
    assert seen(store, "SJ-9", day("10"))["upgrader"] == "卫星汉"
    assert faults(store) == []


def test_whoever_acts_applies_where_the_hospital_has_no_account_manager(store: Path) -> None:
    with writing(store, actor="周静") as work:
        upgrade_apply.apply(work, "SJ-8", COUNTY, day("20"))
    with writing(store, actor="root") as work:
        upgrade_apply.apply(work, "SJ-9", COUNTY, day("21"))
    assert (seen(store, "SJ-8")["applied_by"], seen(store, "SJ-9")["applied_by"]) == ("周静", None)


def test_the_next_number_is_that_of_the_policy_and_the_same_application_keeps_it(store: Path) -> None:
    with writing(store) as work:
        first = upgrade_apply.apply(work, None, COUNTY, day("20"))
        again = upgrade_apply.apply(work, None, "H002", day("20"))
        other = upgrade_apply.apply(work, None, COUNTY, day("21"))
    assert (first.number, other.number) == ("SVCQ-U2026-0001", "SVCQ-U2026-0002")
    assert (again.number, again.changed) == (first.number, False)


def test_an_arrangement_needs_to_say_only_what_the_record_has_not(store: Path) -> None:
    with writing(store) as work:
        upgrade.assign(work, "SJ-1", "upgrader", ["李伟"], day("02"))
        came = upgrade_step.arrange(work, "SJ-1", day("03"), "何万里")
    row = seen(store, "SJ-1")
    assert came.changed
    assert [one.due_on for one in came.owed] == [day("15")]
    assert (row["upgrader"], row["arranged_by"], row["planned_on"]) == ("李伟", "何万里", day("16"))


def test_a_test_comes_after_the_plan_is_handed_in_registered_and_discussed(store: Path) -> None:
    walk(store, "plan")
    row = seen(store, "SJ-9")
    assert (row["plan_on"], row["registered_on"], row["discussed_on"]) == (day("04"), day("04"), day("05"))
    states = [seen(store, "SJ-9", day(on))["state"] for on in ("02", "03", "04", "05")]
    assert states == ["applied", "arranged", "planned", "planned"]
    why = "the test of 2026-11-04 cannot come before the plan of 2026-11-05"
    with pytest.raises(Refused, match=why), writing(store) as work:
        upgrade_step.try_out(work, "SJ-9", day("04"))


def test_who_is_new_does_it_if_that_is_forced(store: Path) -> None:
    with writing(store) as work:
        terms.live(work, D("2026-01-01"), lambda done: None)
        arrange("SJ-1", "03", upgrader="王芳", forced="人手不足")(work)
        upgrade.assign(work, "SJ-2", "upgrader", ["王芳"], None, force=True)
    assert seen(store, "SJ-1")["upgrader"] == "王芳"
    assert forced(store, "SJ-1") == []


def state_of(store: Path, number: str) -> dict[str, object]:
    """An issue as a listing shows it."""
    reader = Reader(at(store))
    (row,) = issues(reader, TODAY, filters={"number": number})
    reader.close()
    return row


def test_done_closes_the_issues_that_are_open_and_gives_the_customer_its_version(store: Path) -> None:
    walk(store, "approve")
    with writing(store) as work:
        came = done("SJ-9", "16", "WT-1", "WT-2", "wt-1".upper(), version=" 6.2 ")(work)
        assert isinstance(came, Came)
        assert (came.closed, came.closed_before) == (("WT-1",), ("WT-2",))
        assert [(one.rule, one.due_on) for one in came.owed] == [("upgrade.report", day("23"))]
        assert customer.find(work, CITY).version == "6.2"
    closed = state_of(store, "WT-1")
    assert (closed["closed_on"], closed["closed_by"], closed["state"]) == (day("16"), "质控", "closed")
    assert state_of(store, "WT-2")["closed_on"] == day("10")
    assert seen(store, "SJ-9")["issues_solved"] == "WT-1、WT-2"
    assert seen(store, "SJ-9", day("15"))["issues_solved"] is None
    assert faults(store) == []


def test_an_issue_that_was_reopened_since_stays_open_when_done_is_said_again(store: Path) -> None:
    walk(store, "approve")
    with writing(store) as work:
        done("SJ-9", "16", "WT-1")(work)
        issue_acts.reopen(work, "WT-1", day("20"), "李伟", "再次出现")
    with writing(store) as work:
        assert done("SJ-9", "16", "WT-1")(work).changed is False  # type: ignore[attr-defined]
    assert state_of(store, "WT-1")["state"] == "open"


def test_an_earlier_upgrade_does_not_take_back_the_version_of_a_later_one(store: Path) -> None:
    walk(store, "done")
    with writing(store) as work:
        upgrade_apply.apply(work, "SJ-8", CITY, day("03"))
        came = done("SJ-8", "05", version="6.1", forced="补登")(work)
        assert came.kept_version == "6.2"  # type: ignore[attr-defined]
        assert customer.find(work, CITY).version == "6.2"


def test_a_version_that_is_mended_is_the_customers_too_unless_that_was_mended_by_hand(store: Path) -> None:
    with writing(store) as work:
        mend("SJ-2", version="5.1")(work)
        assert customer.find(work, COUNTY).version == "5.1"
        customer.edit(work, COUNTY, {"version": "5.1-定制"})
        mend("SJ-2", version="5.2")(work)
        assert customer.find(work, COUNTY).version == "5.1-定制"


def test_an_upgrade_of_another_hospital_takes_its_version_there_and_tells_what_it_leaves_behind(
    store: Path,
) -> None:
    with writing(store) as work:
        came = mend("SJ-2", customer=CITY)(work)
        assert came.left == upgrade.Left(COUNTY, "5.0")  # type: ignore[attr-defined]
        assert customer.find(work, CITY).version == "5.0"
        assert customer.find(work, COUNTY).version == "5.0"
    assert faults(store) == []


def test_an_upgrade_that_solved_issues_of_its_hospital_stays_there_unless_they_are_taken_off(
    store: Path,
) -> None:
    with writing(store) as work:
        done("SJ-2", "09", "WT-3")(work)
        with pytest.raises(Refused, match=f"issue WT-3 is not of {CITY}"):
            mend("SJ-2", customer=CITY)(work)
        assert mend("SJ-2", customer=CITY, issues_solved=[])(work).changed  # type: ignore[attr-defined]


def test_what_could_not_be_tested_is_not_tested_without_a_word(store: Path) -> None:
    walk(store, "plan")
    with writing(store) as work:
        upgrade_step.try_out(work, "SJ-9", day("13"), "无测试库")
        for on in ("13", "14"):
            with pytest.raises(Refused, match="why there is no test is recorded already, 无测试库"):
                upgrade_step.try_out(work, "SJ-9", day(on))
        mend("SJ-9", no_test_reason=None)(work)
        assert not upgrade_step.try_out(work, "SJ-9", day("13")).changed


def test_a_void_upgrade_tells_what_it_leaves_behind(store: Path) -> None:
    with writing(store) as work:
        done("SJ-2", "09", "WT-3")(work)
        changed, left = upgrade.void(work, "SJ-2", "重复")
    assert changed
    assert left == upgrade.Left(COUNTY, "5.0", "WT-3")
    assert owed(store, "upgrade.report", "SJ-2") == []
    assert seen(store, "SJ-2")["state"] == "void"


def test_a_call_without_a_yes_asks_for_a_second_and_then_it_is_settled(store: Path) -> None:
    assert seen(store, "SJ-2")["state"] == "reported"
    assert owed(store, "upgrade.second_callback", "SJ-2")[0][1:3] == ("overdue", None)
    with writing(store) as work:
        came = call("SJ-2", "13", "no", solved=False, arranged=True)(work)
        assert [one.rule for one in came.owed] == ["upgrade.inform"]  # type: ignore[attr-defined]
    row = seen(store, "SJ-2")
    assert row["state"] == "settled"
    assert (row["answer"], row["stable"], row["solved"]) == ("no", True, None)
    assert (row["second_called_on"], row["second_answer"]) == (day("13"), "no")
    assert (row["second_stable"], row["second_solved"], row["second_arranged"]) == (None, False, True)
    assert seen(store, "SJ-2", day("12"))["second_answer"] is None


def test_one_mail_tells_of_every_call_up_to_its_day(store: Path) -> None:
    with writing(store) as work:
        CALLED(work)
        upgrade_call.inform(work, "SJ-2", day("11"))
        upgrade_call.inform(work, "SJ-2", day("16"))
        assert not upgrade_call.inform(work, "SJ-2", day("11")).changed
    row = seen(store, "SJ-2")
    assert (row["informed_on"], row["second_informed_on"]) == (day("11"), day("16"))


def test_a_call_that_is_taken_back_takes_its_answers_along(store: Path) -> None:
    with writing(store) as work:
        upgrade_call.inform(work, "SJ-2", day("12"))
        mend("SJ-2", called_on=None)(work)
    row = seen(store, "SJ-2")
    assert all(row[key] is None for key in ("called_on", "answer", "stable", "informed_on"))


def test_a_forced_step_that_is_moved_takes_its_breach_along_and_one_that_never_was_has_none(
    store: Path,
) -> None:
    walk(store, "arrange")
    with writing(store) as work:
        upgrade_step.approve(work, "SJ-9", day("10"), "医院急需")
        mend("SJ-9", approved_on=day("12"))(work)
    assert [row[0] for row in owed(store, "upgrade.order")] == [day("12")]
    with writing(store) as work:
        mend("SJ-9", approved_on=None)(work)
    assert owed(store, "upgrade.order") == []
    assert forced(store) == []
    assert faults(store) == []


def test_an_arrangement_that_is_moved_takes_its_people_along(store: Path) -> None:
    walk(store, "arrange")
    with writing(store) as work:
        mend("SJ-9", arranged_on=day("05"))(work)
    assert seen(store, "SJ-9", day("04"))["upgrader"] is None
    assert seen(store, "SJ-9", day("05"))["upgrader"] == "卫星汉"
    with writing(store) as work:
        mend("SJ-9", arranged_on=day("02"))(work)
    assert seen(store, "SJ-9", day("02"))["arranged_by"] == "朱明远"
    assert owed(store, "upgrade.plan")[0][3] == "卫星汉"
    assert faults(store) == []


def test_what_an_edit_forces_against_the_order_is_a_breach(store: Path) -> None:
    with writing(store) as work:
        came = mend("SJ-1", approved_on=day("10"), forced="补登")(work)
        assert came.skipped == ("arrange", "plan", "test")  # type: ignore[attr-defined]
    assert forced(store, "SJ-1") == [(day("10"), "approve", "arrange、plan、test", "补登", "质控")]


def test_a_day_of_a_record_that_was_never_in_order_can_be_mended(store: Path) -> None:
    from tests.served import taken

    assert taken(store, "upgrade", {"number": "SJ-7", "customer": CITY, "done_on": day("16")})[0] == 1
    with writing(store) as work:
        assert mend("SJ-7", done_on=day("17"))(work).changed  # type: ignore[attr-defined]
    assert forced(store, "SJ-7") == []
    with writing(store) as work:
        came = upgrade_apply.apply(work, "SJ-7", CITY, day("10"), "赵强")
        assert came.changed
    assert seen(store, "SJ-7")["applied_on"] == day("10")


def test_postponing_moves_what_is_due_before_the_planned_day(store: Path) -> None:
    walk(store, "arrange")
    with writing(store) as work:
        assert upgrade.postpone(work, "SJ-9", D("2026-12-05"))
    reader = Reader(at(store))
    (row,) = obligations(reader, TODAY, states=None, filters={"rule": "upgrade.plan", "number": "SJ-9"})
    reader.close()
    assert (row["due_on"], row["state"]) == (D("2026-12-04"), "open")


def test_a_new_upgrader_owes_what_is_due_from_then_on(store: Path) -> None:
    walk(store, "done")
    with writing(store) as work:
        upgrade.assign(work, "SJ-9", "upgrader", ["李伟"], day("20"))
        upgrade.assign(work, "SJ-9", "account_manager", ["吴兰"], day("20"))
        upgrade.assign(work, "SJ-9", "regional_manager", ["何万里"], day("20"))
    assert owed(store, "upgrade.report")[0][3] == "李伟"
    assert owed(store, "upgrade.report", t=day("19"))[0][3] == "卫星汉"
    row = seen(store, "SJ-9")
    assert (row["applied_by"], row["arranged_by"], row["upgrader"]) == ("吴兰", "何万里", "李伟")
    assert seen(store, "SJ-9", day("19"))["applied_by"] == "赵强"
