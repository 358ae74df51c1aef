"""The outbox: who is told of what on which day, once; what did not go out is told by the next run."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from threading import Thread

import pytest

from svcq.errors import NotFound, Refused, Undelivered, Usage
from svcq.policy.load import house
from svcq.processes import contract, daily, issue, issue_acts, remind, remind_log, staff, terms, waiver
from svcq.processes.remind_post import INTERRUPTED, alive, this_process
from tests import places
from tests.outbox import addressed, calls, carry, down, morning, parcels, rows, waiting
from tests.stores import audited, business, faults, writing

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store in which HT-1 is long overdue, and HT-2 was sealed on 2 November."""
    return addressed(tmp_path / "svcq.db")


def told(path: Path, day: date) -> dict[str, list[str]]:
    """What a morning queues and sends."""
    morning(path, day)
    found = waiting(path, day)
    carry(path, day)
    return found


def test_everybody_gets_one_mail_with_all_that_is_due(path: Path) -> None:
    assert told(path, MONDAY) == {
        "周静": [
            "contract.remind HT-1 by phone",
            *("contract.feedback 2026-09", "contract.chase HT-1", "contract.feedback 2026-10"),
            "contract.remind HT-2 by phone",
        ],
        "王敏": ["contract.return HT-2"],
        "陈立": ["contract.return HT-1"],
    }
    assert rows(path, "select count(*), count(distinct person_id) from mail") == [(3, 3)]
    assert faults(path) == []


def test_a_second_run_on_the_same_day_finds_nothing_to_tell(path: Path) -> None:
    told(path, MONDAY)
    before = rows(path, "select * from mail"), rows(path, "select * from reminder")
    assert told(path, MONDAY) == {}
    assert (rows(path, "select * from mail"), rows(path, "select * from reminder")) == before


def test_each_is_told_again_a_week_after_the_due_day_and_not_in_between(path: Path) -> None:
    days = {}
    for offset in range(30):
        day = MONDAY + offset * DAY
        if "contract.return HT-1" in told(path, day).get("陈立", ()):
            days[offset] = day
    assert list(days.values()) == [
        *(date(2026, 11, 23), date(2026, 11, 26), date(2026, 12, 3), date(2026, 12, 10), date(2026, 12, 17)),
    ], "due on 8 October, a Thursday: the Monday made up for a Thursday that was missed"


def test_missed_days_are_made_up_for_once(path: Path) -> None:
    told(path, MONDAY)
    assert told(path, date(2026, 12, 15))["陈立"] == ["contract.return HT-1"]
    assert "陈立" not in told(path, date(2026, 12, 16))
    assert told(path, date(2026, 12, 17))["陈立"] == ["contract.return HT-1"]


def test_nothing_is_queued_on_a_day_off_and_the_next_working_day_makes_up_for_it(path: Path) -> None:
    saturday = date(2026, 11, 28)
    assert morning(path, saturday).rest
    assert waiting(path, saturday) == {}
    assert told(path, saturday + 2 * DAY)["陈立"] == ["contract.return HT-1"]


def test_a_company_that_works_every_day_is_told_every_day(path: Path) -> None:
    with writing(path) as work:
        terms.apply(work, "settings.remind.workdays_only = 0", "mine", date(2026, 1, 1), lambda done: None)
    assert not morning(path, date(2026, 11, 28)).rest


def test_the_companys_own_days_count(path: Path) -> None:
    with writing(path) as work:
        terms.company_days(work, [date(2026, 11, 28)], True, None, lambda done: None)
        terms.company_days(work, [MONDAY], False, None, lambda done: None)
    assert morning(path, MONDAY).rest
    assert not morning(path, date(2026, 11, 28)).rest


def test_another_due_date_is_another_reminder(path: Path) -> None:
    told(path, MONDAY)
    with writing(path) as work:
        contract.edit(work, contract.find(work, "HT-1"), {"sealed_on": date(2026, 9, 2)})
    assert told(path, MONDAY + DAY)["陈立"] == ["contract.return HT-1"], "it starts anew"
    assert "陈立" not in told(path, MONDAY + 2 * DAY)


def test_what_is_met_waived_void_or_history_is_silent(path: Path) -> None:
    with writing(path) as work:
        contract.set_date(work, "HT-1", "returned_on", date(2026, 11, 20))
        waiver.waive(work, "contract.return", "HT-2", "医院合并", None)
    assert told(path, MONDAY) == {
        "周静": ["contract.feedback 2026-09", "contract.feedback 2026-10", "contract.remind HT-2 by phone"],
        "王敏": ["contract.remind HT-2"],
    }, "contract.return is waived: the mail stands for contract.remind alone"
    with writing(path) as work:
        contract.void(work, "HT-2", "误录")
        terms.live(work, date(2026, 11, 10), lambda done: None)
    assert calls(path) == []
    assert told(path, MONDAY + DAY) == {}


def test_what_was_met_since_it_was_queued_is_taken_out(path: Path) -> None:
    morning(path, MONDAY)
    with writing(path) as work:
        contract.set_date(work, "HT-1", "returned_on", MONDAY)
    morning(path, MONDAY)
    assert "陈立" not in waiting(path, MONDAY)
    assert rows(path, "select state from v_mail where person = '陈立'") == [("dropped",)]
    assert calls(path) == [("HT-2", "王敏", "周静")]


def test_without_anybody_who_answers_it_is_only_on_the_list(path: Path) -> None:
    with writing(path) as work:
        contract.assign(work, "HT-1", "salesperson", [], date.min)
    assert morning(path, MONDAY).unowned == {"contract.return"}
    found = rows(
        path,
        "select person, state, mail_id from v_reminder where number = 'HT-1' and rule = 'contract.return'",
    )
    assert found == [(None, "to_send", None)]
    with writing(path) as work:
        contract.assign(work, "HT-1", "salesperson", ["王敏"], date.min)
    assert told(path, MONDAY)["王敏"] == ["contract.return HT-1", "contract.return HT-2"]


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"email": None}, "no_address"),
        ({"email": " "}, "no_address"),
        ({"email": "chen@x.example; li@x.example"}, "bad_address"),
        ({"email": "chen@x.example\nBcc: all@x.example"}, "bad_address"),
        ({"left_on": date(2026, 11, 20)}, "left"),
    ],
)
def test_who_cannot_be_reached_is_told_why_and_tried_when_it_is_mended(
    path: Path, values: dict[str, object], error: str
) -> None:
    with writing(path) as work:
        staff.edit(work, "陈立", values, None)
    morning(path, MONDAY)
    assert carry(path, MONDAY).failed == {}
    state = "select state, error from v_mail where person = '陈立' and state <> 'dropped'"
    assert rows(path, state) == [("failed", error)]
    with writing(path) as work:
        staff.edit(work, "陈立", {"email": "chen@x.example", "left_on": None}, None)
    morning(path, MONDAY)
    assert rows(path, state) == [("to_send", None)]
    carry(path, MONDAY)
    assert rows(path, state) == [("sent", None)]


def test_who_has_the_role_now_is_told_in_place_of_somebody_who_has_left(path: Path) -> None:
    with writing(path) as work:
        contract.assign(work, "HT-1", "salesperson", ["王敏"], date(2026, 11, 20))
        staff.duty(work, "contract.chase", "吴兰", from_on=date(2026, 11, 20))
        staff.edit(work, "吴兰", {"email": "wu@x.example"}, None)
    morning(path, MONDAY)
    assert waiting(path, MONDAY)["陈立"] == ["contract.return HT-1"], (
        "it is still his: he held it when it was breached"
    )
    with writing(path) as work:
        staff.edit(work, "陈立", {"left_on": date(2026, 11, 20)}, None)
        staff.edit(work, "周静", {"left_on": date(2026, 11, 20)}, None)
    morning(path, MONDAY)
    assert waiting(path, MONDAY)["王敏"] == ["contract.return HT-1", "contract.return HT-2"]
    assert waiting(path, MONDAY)["吴兰"] == ["contract.chase HT-1"]


# ---- failures, crashes, two at once ----


def test_a_failed_mail_is_tried_by_the_next_run_with_the_reason_kept(path: Path) -> None:
    morning(path, MONDAY)
    assert len(carry(path, MONDAY, down).failed) == 3
    state = "select distinct state, error, attempts from v_mail where day_on = ?"
    assert rows(path, state, "2026-11-23") == [("failed", "mail:25: Connection refused", 1)]
    ids = rows(path, "select message_id from mail")
    morning(path, MONDAY)
    assert rows(path, state, "2026-11-23") == [("failed", "mail:25: Connection refused", 1)]
    assert len(carry(path, MONDAY).sent) == 3
    assert rows(path, state, "2026-11-23") == [("sent", None, 2)]
    assert rows(path, "select message_id from mail") == ids, "it is the same mail at every attempt"


def test_what_failed_yesterday_goes_into_todays_mail(path: Path) -> None:
    morning(path, MONDAY)
    first = waiting(path, MONDAY)
    carry(path, MONDAY, down)
    morning(path, MONDAY + DAY)
    assert waiting(path, MONDAY + DAY) == first
    assert rows(path, "select distinct day_on, state, error from v_mail order by day_on") == [
        ("2026-11-23", "dropped", "mail:25: Connection refused"),
        ("2026-11-24", "to_send", "mail:25: Connection refused"),
    ]
    carry(path, MONDAY + DAY)
    assert rows(path, "select distinct state from reminder where channel = 'email'") == [("sent",)]


def test_one_refused_recipient_is_no_matter_to_the_others(path: Path) -> None:
    def picky(message: object) -> str | None:
        if message == "王敏":
            raise Undelivered("{code} {why}", code=550, why="no such user")
        return None

    morning(path, MONDAY)
    posted = carry(path, MONDAY, picky)
    assert (len(posted.sent), list(posted.failed.values())) == (2, ["550 no such user"])
    assert list(waiting(path, MONDAY)) == ["王敏"]


def test_an_interruption_in_the_middle_leaves_the_mail_to_be_sent_again(path: Path) -> None:
    def interrupted(message: object) -> str | None:
        raise KeyboardInterrupt

    morning(path, MONDAY)
    with pytest.raises(KeyboardInterrupt):
        carry(path, MONDAY, interrupted)
    assert rows(path, "select error from mail where state = 'failed'") == [(INTERRUPTED,)]
    assert len(carry(path, MONDAY).sent) == 3


KILLED = """
import os, sys
from datetime import date
from pathlib import Path
from tests.outbox import carry

def deliver(message):
    with open(sys.argv[2], "a", encoding="utf-8") as sent:
        sent.write(message + "\\n")
    if message == sys.argv[3]:
        os._exit(9)

carry(Path(sys.argv[1]), date(2026, 11, 23), deliver)
"""


@pytest.mark.files  # the process that is killed finds the store by its file
@pytest.mark.parametrize("name", ["周静", "王敏", "陈立"])
def test_a_kill_between_sending_and_recording_costs_one_duplicate_and_no_loss(
    path: Path, tmp_path: Path, name: str
) -> None:
    morning(path, MONDAY)
    sent = tmp_path / "sent.txt"
    for victim in (name, ""):
        ran = subprocess.run(
            [sys.executable, "-c", KILLED, str(path), str(sent), victim],
            env={**os.environ, "PYTHONPATH": os.getcwd()},
        )
        assert ran.returncode == (9 if victim else 0)
    got = sent.read_text("utf-8").split()
    assert sorted(got) == sorted(["周静", "王敏", "陈立", name])
    assert rows(path, "select distinct state from mail") == [("sent",)]


def test_a_mail_that_another_living_run_has_is_left_to_it_for_a_while(path: Path) -> None:
    morning(path, MONDAY)
    mine = parcels(path, MONDAY)[0].mail_id
    places.do(
        path,
        "update mail set state = 'sending', claimed_at = '2026-11-23T00:20:00.000Z',"
        f" claimed_by = 'elsewhere:{os.getpid()}' where id = {mine}",
    )
    assert mine not in carry(path, MONDAY).sent
    morning(path, MONDAY)
    assert mine not in carry(path, MONDAY, now="2026-11-23T00:34:59.000Z").sent
    assert mine in carry(path, MONDAY, now="2026-11-23T00:35:01.000Z").sent


def test_a_process_is_alive_until_it_is_known_to_be_gone() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    host = this_process().rpartition(":")[0]
    assert alive(this_process())
    assert not alive(f"{host}:{gone.pid}")
    assert alive(f"elsewhere:{gone.pid}")
    assert alive(f"{host}:1")
    assert alive("")


def test_two_runs_at_once_send_each_mail_once(path: Path) -> None:
    morning(path, MONDAY)
    got: list[object] = []

    def both() -> None:
        carry(path, MONDAY, lambda message: got.append(message))  # type: ignore[func-returns-value]

    threads = [Thread(target=both) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, got)) == ["周静", "王敏", "陈立"]


# ---- 二.2.B and 三.7: what a mail means for its record ----


def reminded(path: Path, number: str) -> tuple[object, ...]:
    """Of a contract: reminded by mail and by phone."""
    return rows(path, "select reminded_email_on, reminded_phone_on from contract where number = ?", number)[0]


def test_the_mail_to_the_salesperson_is_the_mail_half_and_the_call_the_other(path: Path) -> None:
    told(path, MONDAY)
    assert reminded(path, "HT-2") == ("2026-11-23", None)
    assert calls(path) == [("HT-1", "陈立", "周静"), ("HT-2", "王敏", "周静")]
    with writing(path) as work:
        assert remind_log.log(work, "contract.remind", "HT-2", MONDAY).changed
    with writing(path) as work:
        assert not remind_log.log(work, "contract.remind", " HT-2", MONDAY).changed
    assert reminded(path, "HT-2") == ("2026-11-23", "2026-11-23")
    with writing(path) as work:
        contract.set_date(work, "HT-1", "reminded_phone_on", MONDAY)
    assert calls(path) == [], "a call that was recorded on the contract is ticked off without any run"
    morning(path, MONDAY + DAY)
    assert rows(path, "select distinct state, done_on from reminder where channel = 'phone'") == [
        ("called", "2026-11-23")
    ]
    met = rows(path, "select distinct met_on from obligation where rule = 'contract.remind'")
    assert met == [("2026-11-23",)]
    assert faults(path) == []


def test_the_salesperson_is_first_told_when_the_contract_is_out_for_fifteen_days(path: Path) -> None:
    with writing(path, today=date(2026, 11, 16)) as work:
        contract.set_date(work, "HT-1", "returned_on", date(2026, 11, 16))
    days = [day for offset in range(20) if "王敏" in told(path, day := date(2026, 11, 13) + offset * DAY)]
    assert days == [date(2026, 11, 17), date(2026, 12, 2)], (
        "on the 15th day and on the due day; not 3 days before it"
    )


def test_before_it_is_sealed_the_mail_stands_for_contract_remind_alone(path: Path) -> None:
    with writing(path) as work:
        contract.add(work, "HT-3", "H002", {"sent_out_on": date(2026, 11, 9)}, {"salesperson": "李伟"})
    days = [day for offset in range(20) if "李伟" in told(path, day := MONDAY + offset * DAY)]
    assert days == [date(2026, 11, 24)]
    assert reminded(path, "HT-3") == ("2026-11-24", None)


def test_a_caller_is_told_of_a_call_again_each_week_until_it_is_made(path: Path) -> None:
    days = []
    for offset in range(17):
        day = date(2026, 11, 17) + offset * DAY
        if "contract.remind HT-2 by phone" in told(path, day).get("周静", ()):
            days.append(day)
    assert days == [date(2026, 11, 17), date(2026, 11, 24), date(2026, 12, 1)]
    assert rows(path, "select count(*) from reminder where channel = 'phone' and number = 'HT-2'") == [(1,)]


def test_a_mail_about_closing_an_issue_urges_the_engineer_and_qc_is_spared(path: Path) -> None:
    with writing(path, today=date(2026, 9, 28)) as work:
        issue.add(work, "WT-1", "H001", {"title": "打印慢", "reported_on": date(2026, 9, 28)}, "李伟")
    assert told(path, date(2026, 11, 27))["李伟"] == ["issue.close WT-1"]
    assert rows(path, "select what, done_on, by_name from issue_event") == [("urge", "2026-11-27", "svcq")]
    assert rows(path, "select met_on from obligation where rule = 'issue.urge'") == [("2026-11-27",)]


def test_qc_urges_an_engineer_whom_no_mail_reaches(path: Path) -> None:
    with writing(path, today=date(2026, 9, 28)) as work:
        issue.add(work, "WT-1", "H001", {"title": "打印慢", "reported_on": date(2026, 9, 28)}, "李伟")
        staff.edit(work, "李伟", {"email": None}, None)
    assert "issue.urge WT-1" in told(path, date(2026, 11, 27))["周静"]


def test_a_record_that_changed_while_its_mail_was_on_the_way_stays_as_it_is(path: Path) -> None:
    morning(path, MONDAY)

    def meanwhile(message: object) -> str | None:
        if message == "王敏":
            with writing(path) as work:
                contract.void(work, "HT-2", "误录")
        return None

    assert len(carry(path, MONDAY, meanwhile).sent) == 3
    assert reminded(path, "HT-2") == (None, None)


# ---- copies to the manager ----


@pytest.mark.parametrize(
    ("manager", "due_late", "copy"),
    [
        ({"region": "华东", "email": "boss@x.example"}, 46, "boss@x.example"),
        ({"region": "华北", "email": "boss@x.example"}, 46, None),
        ({"region": "华东", "email": None}, 46, None),
        ({"region": "华东", "email": "boss@x.example", "left_on": date(2026, 11, 1)}, 46, None),
    ],
)
def test_the_regional_manager_gets_a_copy_of_what_is_long_overdue(
    path: Path, manager: dict[str, object], due_late: int, copy: str | None
) -> None:
    with writing(path) as work:
        staff.add(work, "高远", ["regional_manager"], manager)
    morning(path, MONDAY)
    assert rows(path, "select cc from v_mail where person = '陈立'") == [(copy,)]
    assert rows(path, "select cc from v_mail where person = '王敏'") == [(None,)], "not overdue"


def test_a_policy_may_never_send_copies_or_remind_at_its_own_pace(path: Path) -> None:
    text = "settings.remind.manager_after = 0\n[rules.contract.return]\nremind_before = 0\nremind_every = 1\n"
    with writing(path) as work:
        staff.add(work, "高远", ["regional_manager"], {"region": "华东", "email": "boss@x.example"})
        terms.apply(work, text, "mine", date(2026, 1, 1), lambda done: None)
    for offset in range(3):
        assert told(path, MONDAY + offset * DAY)["陈立"] == ["contract.return HT-1"]
    assert rows(path, "select distinct cc from mail") == [(None,)]
    assert house().settings["remind.manager_after"] == 14


# ---- ticking off ----


def test_who_was_told_by_other_means_is_not_told_again_until_the_next_slot(path: Path) -> None:
    with writing(path) as work:
        logged = remind_log.log(work, "contract.return", "HT-1", MONDAY)
    assert (logged.channel, logged.changed) == ("email", True)
    assert reminded(path, "HT-1") == ("2026-11-23", None)
    assert "陈立" not in told(path, MONDAY)
    assert told(path, date(2026, 11, 26))["陈立"] == ["contract.return HT-1"]


Log = Callable[..., object]


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        (("contract.retur", "HT-1", MONDAY), Usage, "is no rule of the policy"),
        (("contract.return", "HT-9", MONDAY), NotFound, "HT-9 has no obligation contract.return"),
        (("contract.return", "HT-1", MONDAY + DAY), Refused, "is in the future"),
        (("contract.return", "HT-1", date(2026, 8, 31)), Refused, "starts on 2026-09-01"),
        (("contract.return", "HT-1", MONDAY, "phone"), Refused, "asks for no call"),
        (("contract.return", "HT-1", MONDAY, None, date(2026, 1, 1)), NotFound, "has no obligation"),
    ],
)
def test_what_cannot_be_ticked_off_is_refused_and_nothing_is_written(
    path: Path, said: tuple[object, ...], error: type[Exception], words: str
) -> None:
    before = business(path)
    log: Log = remind_log.log
    with pytest.raises(error, match=words), writing(path) as work:
        log(work, *said)
    assert business(path) == before


def test_the_outbox_is_not_audited_but_what_it_means_for_records_is(path: Path) -> None:
    before = audited(path)
    morning(path, MONDAY)
    assert audited(path) == before
    carry(path, MONDAY)
    assert audited(path) == before + 2, "reminded_email_on of two contracts"
    with writing(path) as work:
        remind_log.log(work, "contract.remind", "HT-1", MONDAY)
    assert audited(path) == before + 4, "the contract and the reminder"


def test_the_digest_tells_of_a_day_once(path: Path) -> None:
    with writing(path) as work:
        assert daily.told_until(work) == date(2026, 11, 22)
        daily.tell(work)
    with writing(path) as work:
        assert daily.told_until(work) == MONDAY
    with writing(path, today=date(2026, 11, 20)) as work:
        daily.tell(work)
        assert daily.told_until(work) == MONDAY, "it never goes back"


def test_the_horizon_moves_with_the_days_and_the_ledger_stays_what_the_rules_say(path: Path) -> None:
    later = date(2027, 3, 1)
    morning(path, later)
    last = rows(path, "select max(number) from obligation where rule = 'contract.feedback'")
    assert last == [("2028-03",)]
    assert faults(path, today=later) == []


def test_the_group_hears_once_a_day(path: Path) -> None:
    with writing(path) as work:
        first = remind.digest(work, "json", "fuwu.example")
        assert first is not None
        assert remind.digest(work, "json", "fuwu.example") == first
    with writing(path) as work:
        work.session.connection().exec_driver_sql("update mail set state = 'sent'")
        assert remind.digest(work, "json", "fuwu.example") is None


def test_acts_of_the_issue_chapter_still_work_by_hand(path: Path) -> None:
    with writing(path, today=date(2026, 9, 28)) as work:
        issue.add(work, "WT-1", "H001", {"title": "打印慢", "reported_on": date(2026, 9, 28)}, "李伟")
    with writing(path) as work:
        issue_acts.urge(work, "WT-1", MONDAY, "周静")
    assert "issue.urge WT-1" not in told(path, date(2026, 11, 27))["周静"]
