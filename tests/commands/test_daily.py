"""`svcq daily` as cron runs it: real mail to a real server, a digest if there is anything to say, safe at any time."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli import ROOT, Svcq, environment
from tests.mailbox import Mailbox, free_port, mailbox
from tests.outbox import addressed, rows
from tests.places import do

PEOPLE = ("chen@x.example", "wang@x.example", "zhou@x.example")


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mailbox() as made:
        yield made


@pytest.fixture
def svcq(tmp_path: Path) -> Svcq:
    """A store in which one contract is long overdue and three people have something to do."""
    return Svcq(addressed(tmp_path / "svcq.db"))


def out(port: int) -> dict[str, str]:
    """Where mail goes."""
    return {"SVCQ_SMTP_URL": f"smtp://127.0.0.1:{port}?timeout=10", "SVCQ_MAIL_FROM": "svcq@fuwu.example"}


def process(svcq: Svcq, *words: str, **more: str) -> "subprocess.Popen[bytes]":
    """svcq as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "svcq", *words],
        env=environment(**svcq.told, **more, PYTHONPATH=str(ROOT)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )


def test_each_person_gets_one_mail_and_the_second_run_is_silent(svcq: Svcq, box: Mailbox) -> None:
    ran = svcq("daily", **out(box.port))
    assert sorted(box.envelopes) == [(one,) for one in PEOPLE]
    assert ran.out.startswith("3 mails went out:\n")
    assert "  陈立 <chen@x.example>: 1 item\n" in ran.out
    assert "  HT-2: 王敏; calls: 周静\n" in ran.out
    assert ran.err == ""
    again = svcq("daily", **out(box.port))
    assert (again.out, again.err) == ("", "")
    assert len(box.mails) == 3


def test_a_mail_tells_what_by_when_how_counted_how_late_and_what_answers_it(svcq: Svcq, box: Mailbox) -> None:
    svcq("staff", "edit", "陈立", "--language", "en", "--reason", "x")
    svcq("daily", **out(box.port))
    place = box.envelopes.index(("chen@x.example",))
    text = box.body(place)
    for words in (
        "Bring the signed contract back: HT-1",
        "江州市中心医院",
        "Due: 2026-10-08 (1 month after 2026-09-01 is 2026-10-01 (National Day), a day off: the next working day)",
        "Days over: 46",
        "Fine: 100 CNY",
        "Clause: 二.1",
        "svcq contract return HT-1 --on DATE",
    ):
        assert words in text
    assert box.mails[place]["Subject"] == "1 thing to do, 1 overdue (2026-11-23)"
    other = box.body(box.envelopes.index(("wang@x.example",)))
    assert "拿回签好的合同" in other, "without a language of her own: the company's"


def test_with_the_server_down_nothing_is_lost_and_the_next_run_delivers(svcq: Svcq, box: Mailbox) -> None:
    ran = svcq("daily", code=6, **out(free_port()))
    assert "陈立 <chen@x.example>" in ran.out
    assert "Connection refused" in ran.out
    assert ran.err.count("\n") == 1
    assert "3 messages did not go out" in ran.err
    listed = svcq("remind", "list", "--state", "failed", "-f", "json").json
    assert {row["error"].rpartition(": ")[2] for row in listed} == {"Connection refused"}
    assert svcq("daily", **out(box.port)).out.startswith("3 mails went out:\n")
    assert sorted(box.envelopes) == [(one,) for one in PEOPLE]
    assert svcq("remind", "list", "--state", "failed", "-f", "json").json == []


def test_a_mail_of_nothing_but_calls_that_did_not_go_out_is_told_as_well(svcq: Svcq, box: Mailbox) -> None:
    svcq("daily", **out(box.port))
    svcq("--today", "2026-11-24", "daily", **out(box.port))
    svcq("contract", "add", "HT-3", "--customer", "H002", "--salesperson", "王敏", "--sealed", "2026-11-10")
    ran = svcq("--today", "2026-11-25", "daily", code=6, **out(free_port()))
    assert "周静 <zhou@x.example>" in ran.out
    assert "2 messages did not go out" in ran.err


def test_the_digest_counts_what_the_mail_tells(svcq: Svcq, box: Mailbox) -> None:
    svcq("daily", code=6, **out(free_port()))
    svcq("contract", "return", "HT-1", "--on", "2026-11-23")
    ran = svcq("daily", **out(box.port))
    assert "  周静 <zhou@x.example>: 3 items\n" in ran.out
    assert "3. " in box.body(box.envelopes.index(("zhou@x.example",)))
    assert "4. " not in box.body(box.envelopes.index(("zhou@x.example",)))


@pytest.mark.parametrize(
    "ends",
    [
        ("contract", "return", "HT-1", "--on", "2026-11-23"),
        ("contract", "void", "HT-1", "--reason", "x"),
        ("waive", "contract.return", "HT-1", "--reason", "x"),
        ("contract", "edit", "HT-1", "--sealed", "2026-09-02", "--reason", "x"),
    ],
)
def test_what_ended_after_a_run_was_killed_is_not_told(
    svcq: Svcq, box: Mailbox, ends: tuple[str, ...]
) -> None:
    svcq("daily", code=6, **out(free_port()))
    do(
        svcq.store,
        "update mail set state = 'sending', claimed_at = '2026-11-22T23:00:00.000Z', claimed_by = 'x:1'",
        "update reminder set state = 'to_send' where state = 'failed'",
    )
    svcq(*ends)
    svcq("daily", **out(box.port))
    assert box.to("chen@x.example") == []
    assert len(box.to("wang@x.example")) == 1
    assert svcq("daily", **out(box.port)).out == ""


def test_with_the_server_down_overnight_the_next_morning_delivers(svcq: Svcq, box: Mailbox) -> None:
    svcq("daily", code=6, **out(free_port()))
    svcq("--today", "2026-11-24", "daily", **out(box.port))
    assert sorted(box.envelopes) == [(one,) for one in PEOPLE]


def test_one_refused_recipient_ends_with_6_and_is_tried_again(svcq: Svcq, box: Mailbox) -> None:
    box.refuses["chen@x.example"] = "550 5.1.1 no such user"
    ran = svcq("daily", code=6, **out(box.port))
    assert "2 mails went out" in ran.out
    assert "陈立 <chen@x.example>: 550 5.1.1 no such user" in ran.out
    del box.refuses["chen@x.example"]
    svcq("daily", **out(box.port))
    assert sorted(box.envelopes) == [(one,) for one in PEOPLE]


def test_without_a_server_the_mails_wait_and_that_is_said(svcq: Svcq) -> None:
    ran = svcq("daily", code=6)
    assert "3 mails are waiting: SVCQ_SMTP_URL names no mail server" in ran.err
    states = {(row["channel"], row["state"]) for row in svcq("remind", "list", "-f", "json").json}
    assert states == {("email", "to_send"), ("phone", "to_call")}
    assert "Not delivered" not in ran.out
    assert svcq("daily", code=6).out == "", "calls are told once, and that they wait is said on stderr"


def test_without_a_server_and_without_mail_all_is_well(empty: Svcq) -> None:
    assert empty("daily").out == ""
    empty("customer", "add", "海州市人民医院")
    ran = empty("daily")
    assert (ran.out, ran.err) == ("", "")


@pytest.mark.parametrize("bad", [{"SVCQ_SMTP_URL": "mail"}, {"SVCQ_MAIL_FROM": "x"}])
def test_a_server_that_cannot_be_is_said_before_anything_is_done(svcq: Svcq, bad: dict[str, str]) -> None:
    before = svcq.dump()
    ran = svcq("daily", code=2, **{**out(25), **bad})
    assert next(iter(bad)) in ran.err
    assert svcq.dump() == before


def test_on_a_day_off_nothing_goes_out_and_nothing_is_said(svcq: Svcq, box: Mailbox) -> None:
    ran = svcq("--today", "2026-11-28", "daily", **out(box.port))
    assert (box.mails, ran.err) == ([], "")
    assert "mail" not in ran.out


def test_what_became_overdue_is_told_once_also_after_missed_days(svcq: Svcq, box: Mailbox) -> None:
    svcq("daily", **out(box.port))
    ran = svcq("--today", "2026-12-07", "daily", **out(box.port))
    assert "2 are overdue since the last digest" in ran.out
    assert "contract.return" in ran.out
    assert "overdue since" not in svcq("--today", "2026-12-07", "daily", **out(box.port)).out


def test_a_dry_run_shows_each_mail_whole_and_changes_nothing(svcq: Svcq, box: Mailbox) -> None:
    before = svcq.dump()
    ran = svcq("daily", "--dry-run", **out(box.port))
    assert ran.out.count("To: ") == 3
    assert "To: 陈立 <chen@x.example>\nSubject: " in ran.out
    assert "svcq contract return HT-1 --on DATE" in ran.out
    assert svcq.dump() == before
    assert box.mails == []
    assert svcq("remind", "send", "--dry-run").out == ran.out.partition("\n\n2 are overdue")[0]


def test_two_at_once_send_each_mail_once(svcq: Svcq, box: Mailbox) -> None:
    runs = [process(svcq, "daily", **out(box.port)) for _ in range(3)]
    for one in runs:
        _out, err = one.communicate(timeout=120)
        assert one.returncode == 0, err.decode()
    assert sorted(box.envelopes) == [(one,) for one in PEOPLE]


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_kill_in_the_middle_costs_at_most_one_duplicate(svcq: Svcq, box: Mailbox) -> None:
    one = process(svcq, "daily", **out(box.port))
    until = time.monotonic() + 60
    while not box.mails and time.monotonic() < until:
        time.sleep(0.001)
    one.send_signal(signal.SIGKILL)
    one.communicate()
    svcq("daily", **out(box.port))
    got = [to for (to,) in box.envelopes]
    assert set(got) == set(PEOPLE)
    assert len(got) <= len(PEOPLE) + 1
    ids = {mail["Message-ID"] for mail in box.mails}
    assert len(ids) == len(PEOPLE), "a duplicate is the same message"
    assert svcq("daily", **out(box.port)).out == ""


HOSTILE = (
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x")',
    "陈\r\nBcc: all@x.example",
    '"><img src=x onerror=alert(1)>',
    "{name} %s \x1b[31m",
)


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_hostile_names_stay_text(svcq: Svcq, box: Mailbox, name: str) -> None:
    svcq("staff", "edit", "陈立", "--name", name, "--reason", "x")
    svcq("customer", "edit", "江州市中心医院", "--name", name + "医院", "--reason", "x")
    ran = svcq("daily", **out(box.port))
    assert "\x1b" not in ran.out
    (mail,) = box.to("chen@x.example")
    assert set(mail.keys()) == {
        *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"),
    }
    part = mail.get_body(("html",))
    assert part is not None
    page = str(part.get_content())
    assert "<script" not in page
    assert "<img" not in page
    assert "\x1b" not in page


def test_the_regional_manager_gets_a_copy_of_what_is_long_overdue(svcq: Svcq, box: Mailbox) -> None:
    svcq(
        "staff", "add", "高远", "--role", "regional_manager", "--region", "华东", "--email", "boss@x.example"
    )
    ran = svcq("daily", **out(box.port))
    (mail,) = box.to("boss@x.example")
    assert (mail["To"], mail["Cc"]) == ("陈立 <chen@x.example>", "boss@x.example")
    assert "copy to boss@x.example" in ran.out


def test_the_sent_mail_is_recorded_on_the_contract(svcq: Svcq, box: Mailbox) -> None:
    svcq("daily", **out(box.port))
    shown = svcq("contract", "show", "HT-2", "-f", "json").json
    assert shown["reminded_email_on"] == "2026-11-23"
    assert rows(svcq.store, "select actor, command from v_audit order by id desc limit 1") == [
        ("茅洁", "daily")
    ]


def test_in_chinese_everything_is_said_in_chinese(svcq: Svcq, box: Mailbox) -> None:
    ran = svcq("--lang", "zh", "daily", **out(box.port))
    assert ran.err == ""
    assert "HT-2" in ran.out
