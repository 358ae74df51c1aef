"""`due -f ics`: a calendar file that another program's reader understands, whatever the names are."""

import shlex
from datetime import date, timedelta

import icalendar
import pytest

from tests.commands.conftest import small_in
from tests.places import exists

HOSTILE = "<b>&;,\\n\\\\=1+1\x1b[31m\u202eBEGIN:VEVENT 江州市" + "很长的医院名称" * 12


def events(raw):
    """The events of a calendar file."""
    calendar = icalendar.Calendar.from_ical(raw)
    assert not calendar.errors
    assert (str(calendar["version"]), str(calendar["method"])) == ("2.0", "PUBLISH")
    assert calendar["prodid"]
    return list(calendar.walk("VEVENT"))


def test_each_obligation_is_an_all_day_event_on_its_due_day(svcq, tmp_path):
    target = tmp_path / "due.ics"
    svcq("due", "-o", target)
    found = events(target.read_bytes())
    rows = svcq("due", "-f", "json").json
    assert len(found) == len(rows) == len({str(one["uid"]) for one in found})
    for event, row in zip(found, rows, strict=True):
        assert event["dtstart"].dt == date.fromisoformat(row["due_on"])
        assert event["dtstart"].params["VALUE"] == "DATE"
        assert event["dtend"].dt == event["dtstart"].dt + timedelta(days=1)
        assert row["number"] in event["summary"]
        assert row["number"] in event["description"]
        assert row["clause"] in event["description"]
        assert row["state"] in event["categories"].to_ical().decode()
        assert event["dtstamp"].dt.utcoffset() == timedelta(0)
        assert event["status"] == "CONFIRMED"


def test_an_event_says_what_whose_and_which_command_answers(small):
    event = next(e for e in events(small("due", "-f", "ics").raw) if "signed contract" in e["summary"])
    assert str(event["summary"]) == "OVERDUE Bring the signed contract back: HT-1 · 江州市中心医院"
    assert str(event["description"]).splitlines() == [
        "Bring the signed contract back",
        "Rule: contract.return",
        "Clause: 二.1",
        "Number: HT-1",
        "Customer: 江州市中心医院",
        "Who owes it: 陈立",
        "From: 2026-09-01",
        "Due: 2026-10-08",
        "State: overdue",
        "Days over: 46",
        "Fine: 100",
        "",
        "svcq contract return HT-1 --on DATE",
    ]


def test_the_same_obligation_has_the_same_uid_when_its_day_changes(small):
    def told():
        raw = small("due", "--rule", "contract.return", "-f", "ics").raw
        return [(str(event["uid"]), event["dtstart"].dt) for event in events(raw)]

    ((first, day),) = told()
    assert told() == [(first, day)]
    small("calendar", "off", "2026-10-08")
    assert told() == [(first, day + timedelta(days=1))]


def test_the_filters_of_the_listing_hold(svcq):
    for words in (("--overdue",), ("--within", "7d"), ("--region", "华东"), ("--limit", "3"), ("--all",)):
        rows = svcq("due", *words, "-f", "json").json
        assert len(events(svcq("due", *words, "-f", "ics").raw)) == len(rows)


def test_what_is_waived_is_cancelled(small):
    small("waive", "contract.return", "HT-1", "--reason", "客户停业")
    found = events(small("due", "--all", "-f", "ics").raw)
    states = {str(e["status"]) for e in found if "signed contract" in e["summary"]}
    assert states == {"CANCELLED"}
    assert {str(e["status"]) for e in found if "signed contract" not in e["summary"]} == {"CONFIRMED"}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_lines_are_folded_at_75_octets_and_no_character_is_split(svcq, lang):
    raw = svcq("--lang", lang, "due", "-f", "ics").raw
    lines = raw.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode("utf-8")
    events(raw)


def test_hostile_names_stay_text(tmp_path):
    svcq = small_in(tmp_path)
    svcq("customer", "add", HOSTILE)
    svcq("contract", "add", "HT-9;rm -rf $HOME", "--customer", HOSTILE, "--sealed", "2026-09-01")
    raw = svcq("due", "-f", "ics", "--customer", HOSTILE).raw
    assert b"\x1b" not in raw
    found = events(raw)
    assert found
    assert all(one.name == "VEVENT" for one in found)
    shown = HOSTILE.replace("\x1b", "␛").replace("\u202e", "")
    for event in found:
        assert shown in event["summary"]
        assert shown in event["description"]
    (number,) = {one["number"] for one in svcq("due", "-f", "json", "--customer", HOSTILE).json}
    assert "$HOME" in number.upper()
    assert any(f"svcq contract return {shlex.quote(number)} --on DATE" in e["description"] for e in found)


def test_no_obligations_are_an_empty_calendar(empty, tmp_path):
    assert events(empty("due", "-f", "ics").raw) == []
    assert not exists(empty.store)


def test_what_cannot_be_is_refused_in_a_sentence(small, tmp_path):
    assert "no columns" in small("due", "-f", "ics", "--columns", "rule", code=2).err
    assert "the folder does not exist" in small("due", "-f", "ics", "-o", tmp_path / "no" / "x", code=2).err
    assert "no format ics" in small("contract", "list", "-f", "ics", code=2).err
    small("due", "-f", "ics", "--exit-code", code=10)
