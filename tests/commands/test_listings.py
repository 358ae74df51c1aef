"""Listings as scripts use them: promised JSON keys, every format, filters, earlier days, exit code 10."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from tests.places import exists


def keys(text):
    return text.split()


CONTRACT = keys(
    "number customer project salesperson amount sent_out_on sealed_on return_due_on reminded_email_on"
    " reminded_phone_on called_on returned_on starts_on ends_on customer_status state days_overdue fine"
    " project_number account_manager free_from free_until follows"
)
OBLIGATION = keys(
    "rule clause process number customer person starts_on due_on met_on state days_overdue fine provisional"
    " before_live note"
)
HANDOVER = keys(
    "number project_number project customer phase modules project_manager account_manager accepted_on application_on"
    " worklog_on documents_on decision decided_on decided_by expected_on reason free_from free_until registered_on"
    " notice_on receipt_on state"
)
ISSUE = keys(
    "number customer system module title engineer reported_on priority request steps last_step_on last_result"
    " close_due_on closed_on closed_by state days_overdue"
)
HISTORY = keys("id at actor command table number field before after")
SHOWN = {"obligations", "history"}
LISTINGS = {
    ("contract", "list"): CONTRACT,
    ("contract", "overdue"): CONTRACT,
    ("contract", "expiring"): CONTRACT,
    ("handover", "list"): HANDOVER,
    ("handover", "information"): HANDOVER,
    ("handover", "overdue"): OBLIGATION,
    ("issue", "list"): ISSUE,
    ("issue", "stale"): ISSUE,
    ("issue", "urge"): ISSUE,
    ("issue", "records"): keys("person on customer issue what result"),
    ("issue", "plan", "list"): keys("number completion_on release_on state"),
    ("due",): OBLIGATION,
    ("customer", "list"): keys("code name level region contact phone email engineer account_manager"),
    ("staff", "list"): keys("name role team region email phone joined_on left_on"),
    ("log",): HISTORY,
    ("calendar", "list", "2026-09-25", "2026-10-12"): keys("date workday why provisional"),
}
ALL = pytest.mark.parametrize("words", LISTINGS, ids=lambda words: " ".join(words[:2]))


@ALL
def test_the_promised_keys_are_there_in_every_row(sample, words):
    rows = sample(*words, "-f", "json").json
    assert rows
    for row in rows:
        assert set(LISTINGS[words]) <= set(row)
        assert list(row) == list(rows[0])


@ALL
def test_neither_keys_nor_values_follow_the_language(sample, words):
    for form in ("json", "jsonl", "csv", "tsv"):
        said = {lang: sample("--lang", lang, *words, "-f", form).raw for lang in ("zh", "en")}
        if words[0] == "calendar":  # why a day is off is told in words
            said = {lang: raw.split(b"\n")[0][:40] for lang, raw in said.items()}
        assert said["zh"] == said["en"]


@ALL
def test_the_formats_say_the_same(sample, words):
    rows = sample(*words, "-f", "json").json
    lines = [json.loads(line) for line in sample(*words, "-f", "jsonl").out.splitlines()]
    assert lines == rows
    table = list(csv.DictReader(io.StringIO(sample(*words, "-f", "csv").out)))
    assert len(table) == len(rows)
    assert list(table[0]) == list(rows[0])
    assert [next(iter(row.values())) for row in table] == [
        str("" if (value := next(iter(row.values()))) is None else value) for row in rows
    ]


@ALL
def test_a_pipe_gets_every_row_as_tsv_with_a_header(sample, words):
    plain, tsv = sample(*words), sample(*words, "-f", "tsv")
    assert plain.raw == tsv.raw
    assert plain.out.splitlines()[0].split("\t")[0] == LISTINGS[words][0]
    assert len(plain.out.splitlines()) == len(sample(*words, "-f", "json").json) + 1
    assert "\x1b" not in plain.out


@ALL
def test_a_limit_gives_the_first_rows_and_says_that_there_are_more(sample, words):
    rows = sample(*words, "-f", "json").json
    ran = sample(*words, "-f", "json", "--limit", "2")
    assert ran.json == rows[:2]
    assert "more" in ran.err or f"2 of {len(rows)}" in ran.err
    assert sample(*words, "-f", "json", "--limit", "0").json == []


@ALL
def test_columns_are_those_named_in_their_order(sample, words):
    first, second = LISTINGS[words][:2]
    rows = sample(*words, "-f", "json", "--columns", f"{second},{first}").json
    assert list(rows[0]) == [second, first]


@ALL
def test_exit_code_10_tells_that_something_is_listed(sample, words):
    assert sample(*words, "--exit-code", "-f", "json", code=10).json
    assert sample(*words, "--exit-code", "-f", "json", "--limit", "0").json == []


@ALL
@pytest.mark.parametrize("ending", ["json", "jsonl", "csv", "tsv", "md", "xlsx"])
def test_a_file_is_written_by_its_ending(sample, tmp_path, words, ending):
    path = tmp_path / f"out.{ending}"
    ran = sample(*words, "--limit", "3", "-o", path)
    assert ran.out == ""
    if ending == "xlsx":
        assert load_workbook(path).worksheets[0].max_row >= 4
    else:
        assert path.read_text("utf-8-sig").count("\n") >= 3


@pytest.mark.parametrize("words", [words for words in LISTINGS if words[0] != "calendar"], ids=" ".join)
def test_a_store_that_is_not_there_is_empty_and_is_not_made(empty, words):
    assert empty(*words, "-f", "json").json == []
    assert empty(*words, "--exit-code").code == 0
    assert not exists(empty.store)


@ALL
def test_a_file_that_cannot_be_written_is_a_sentence(sample, tmp_path, words):
    for path in (tmp_path / "no" / "such.csv", tmp_path, tmp_path / "x.pdf"):
        assert len(sample(*words, "-o", path, code=2).err.splitlines()) == 1


def test_an_obligation_has_exactly_one_of_the_five_states(sample):
    rows = sample("due", "--all", "-f", "json").json
    assert {row["state"] for row in rows} == {"open", "overdue", "met", "late"}
    assert {row["state"] for row in sample("due", "-f", "json").json} == {"open", "overdue"}
    assert {row["state"] for row in sample("due", "--overdue", "-f", "json").json} == {"overdue"}
    assert {row["state"] for row in sample("due", "--open", "-f", "json").json} == {"open"}


def test_due_is_what_of_all_is_open_or_overdue(sample):
    everything = sample("due", "--all", "-f", "json").json
    assert sample("due", "-f", "json").json == [
        row for row in everything if row["state"] in ("open", "overdue")
    ]


def test_filters_choose_the_rows_that_have_what_they_name(sample):
    rows = sample("contract", "list", "-f", "json").json
    one = next(row for row in rows if row["salesperson"] and row["account_manager"])
    for option, wanted in (
        (("--customer", one["customer"]), lambda row: row["customer"] == one["customer"]),
        (
            ("--person", one["salesperson"]),
            lambda row: one["salesperson"] in (row["salesperson"], row["account_manager"]),
        ),
        (("--region", one["region"]), lambda row: row["region"] == one["region"]),
        (("--state", "returned"), lambda row: row["state"] == "returned"),
    ):
        found = sample("contract", "list", *option, "-f", "json").json
        assert found == [row for row in rows if wanted(row)]
        assert 0 < len(found) < len(rows)


def test_filters_of_obligations_choose_by_rule_person_and_day(sample):
    rows = sample("due", "-f", "json").json
    person = next(row["person"] for row in rows if row["person"])
    mine = sample("due", "--person", person, "-f", "json").json
    assert mine == [row for row in rows if row["person"] == person]
    returns = sample("due", "--rule", "contract.return", "-f", "json").json
    assert returns == [row for row in rows if row["rule"] == "contract.return"]
    soon = sample("due", "--within", "3d", "-f", "json").json
    assert soon == [row for row in rows if row["due_on"] <= "2026-11-26"]
    assert 0 < len(soon) < len(rows)


def test_an_earlier_day_may_be_named_in_any_way(sample):
    wanted = sample("contract", "overdue", "--as-of", "2026-10-31", "-f", "json").raw
    for day in ("20261031", "2026/10/31", "2026.10.31", "2026年10月31日", "-23d"):
        assert sample("contract", "overdue", f"--as-of={day}", "-f", "json").raw == wanted
    assert sample("--today", "2026-10-31", "contract", "overdue", "-f", "json").raw == wanted


def test_expiring_contracts_end_in_the_span_and_are_not_decided(sample):
    rows = sample("contract", "expiring", "--within", "30d", "-f", "json").json
    for row in rows:
        assert "2026-11-23" <= (row["free_until"] or row["ends_on"]) <= "2026-12-23"
        assert row["refused_on"] is None
    more = sample("contract", "expiring", "-f", "json").json
    assert len(more) > len(rows) > 0
    assert len(sample("contract", "expiring", "--expired", "-f", "json").json) > len(more)


@pytest.mark.parametrize(
    ("typed", "more"),
    [
        (("contract", "show", "HT-2026-0026"), CONTRACT),
        (("handover", "show", "YJ-2026-007"), HANDOVER),
        (("issue", "show", "WT-2026-0115"), [key for key in ISSUE if key != "steps"]),
        (("customer", "show", "岫安市中医院"), ["name", "contracts"]),
        (("staff", "show", "郑望舒"), ["name", "role"]),
    ],
    ids=lambda value: value[0],
)
def test_show_is_one_object_with_its_obligations_and_history(sample, typed, more):
    found = sample(*typed, "-f", "json").json
    assert isinstance(found, dict)
    assert set(more) | SHOWN <= set(found)
    assert found["obligations"]
    assert all(set(OBLIGATION) <= set(one) for one in found["obligations"])
    assert all(set(HISTORY) <= set(one) for one in found["history"])
    for form in ("table", "md", "csv", "tsv"):
        assert typed[2] in sample(*typed, "-f", form).out


def test_calendar_answers_have_the_promised_keys(empty):
    due = empty("calendar", "due", "2026-09-28", "--workdays", "5", "--explain", "-f", "json").json
    assert list(due) == ["start", "amount", "unit", "rolled", "due", "provisional", "days"]
    assert (due["due"], due["days"][-1]["date"]) == ("2026-10-10", "2026-10-10")
    assert set(due["days"][0]) == {"date", "counted", "why"}
    assert sum(day["counted"] for day in due["days"]) == 5
    assert "days" not in empty("calendar", "due", "2026-09-28", "--days", "5", "-f", "json").json
    count = empty("calendar", "count", "2026-09-28", "2026-10-12", "-f", "json").json
    assert count == {"from": "2026-09-28", "to": "2026-10-12", "workdays": 6}
    day = empty("calendar", "check", "2026-10-10", "-f", "json").json
    assert set(day) == {"date", "workday", "why", "provisional"}
    assert day["workday"] is True
    assert (
        empty("calendar", "check", "2026-10-10", "--country", "none", "-f", "json").json["workday"] is False
    )


def test_a_year_that_is_not_published_is_named_once(sample, empty):
    ran = empty("calendar", "due", "2027-09-28", "--workdays", "5", "-f", "json")
    assert ran.json["provisional"] is True
    assert ran.err.count("2027") == 1
    rows = sample("due", "-f", "json")
    assert ran.err.count("provisional") == 1
    assert any(row["provisional"] for row in rows.json) == ("provisional" in rows.err)


def test_the_log_tells_from_what_to_what_and_by_whom(small):
    small("--as", "陈立", "contract", "edit", "HT-1", "--project", "HIS", "--reason", "补录")
    (row,) = small("log", "HT-1", "--limit", "1", "-f", "json").json
    assert (row["actor"], row["command"], row["table"], row["number"]) == (
        "陈立",
        "contract edit",
        "contract",
        "HT-1",
    )
    assert (row["field"], row["before"], row["after"], row["note"]) == ("project", None, "HIS", "补录")
    assert small("log", "--by", "陈立", "-f", "json").json == [row]
    assert small("log", "--since", "2199-01-01", "-f", "json").json == []
