"""二 A contract from the first entry to the fine, as it is typed; every act is in the listing and in the log."""

import pytest


def owed(svcq, number="N-1", *words):
    rows = svcq("due", "--all", "--number", number, *words, "-f", "json").json
    return [(row["rule"].removeprefix("contract."), row["due_on"], row["state"], row["fine"]) for row in rows]


@pytest.fixture
def one(small):
    """A contract sealed on 16 October 2026, whose month ends on 16 November."""
    small(
        "contract",
        "add",
        "N-1",
        "--customer",
        "江州市中医院",
        "--salesperson",
        "陈立",
        "--sent-out",
        "2026-10-15",
    )
    small("contract", "seal", "N-1", "--on", "2026-10-16")
    return small


def test_a_contract_that_does_not_come_back_costs_a_hundred_yuan(one):
    assert owed(one) == [
        ("remind", "2026-10-30", "overdue", 0),
        ("return", "2026-11-16", "overdue", 100),
        ("call", "2026-11-18", "overdue", 0),
    ]
    (row,) = one("contract", "overdue", "--customer", "江州市中医院", "-f", "json").json
    assert (row["state"], row["days_overdue"], row["fine"], row["return_due_on"]) == (
        "overdue",
        7,
        100,
        "2026-11-16",
    )


def test_back_on_the_last_day_it_costs_nothing_and_the_call_is_not_owed(one):
    one("contract", "return", "N-1", "--on", "2026-11-16")
    assert owed(one) == [("remind", "2026-10-30", "late", 0), ("return", "2026-11-16", "met", 0)]
    assert one("contract", "overdue", "--customer", "江州市中医院", "-f", "json").json == []


def test_back_a_day_later_it_is_late_and_the_fine_stays(one):
    one("contract", "return", "N-1", "--on", "2026-11-17")
    assert owed(one)[1:] == [("return", "2026-11-16", "late", 100), ("call", "2026-11-18", "met", 0)]


def test_a_reminder_is_met_by_mail_and_telephone_together(one):
    one("contract", "remind", "N-1", "--by", "email", "--on", "2026-10-28")
    assert owed(one)[0] == ("remind", "2026-10-30", "overdue", 0)
    one("contract", "remind", "N-1", "--by", "phone", "--on", "2026-10-30")
    assert owed(one)[0] == ("remind", "2026-10-30", "met", 0)


def test_a_call_is_chased_by_the_promised_day_or_a_week(one):
    one("contract", "call", "N-1", "--on", "2026-11-18", "--note", "已寄出", "--promised", "2026-11-20")
    assert owed(one)[2:] == [("call", "2026-11-18", "met", 0), ("chase", "2026-11-20", "overdue", 0)]
    one("contract", "call", "N-1", "--on", "2026-11-23", "--note", "再催")
    assert owed(one)[3:] == [("chase", "2026-11-20", "late", 0), ("chase", "2026-11-30", "open", 0)]
    calls = one("contract", "show", "N-1", "-f", "json").json["calls"]
    assert [(call["on"], call["by"], call["promised_on"], call["note"]) for call in calls] == [
        ("2026-11-18", "茅洁", "2026-11-20", "已寄出"),
        ("2026-11-23", "茅洁", None, "再催"),
    ]


def test_a_converted_contract_is_followed_by_the_new_one(small):
    small("contract", "edit", "HT-1", "--ends", "2026-12-31", "--reason", "补录")
    assert owed(small, "HT-1")[-1] == ("convert", "2026-12-31", "open", 0)
    small("contract", "convert", "HT-1", "--new", "N-2", "--sealed", "2026-11-20")
    assert owed(small, "HT-1")[-1] == ("convert", "2026-12-31", "met", 0)
    new = small("contract", "show", "N-2", "-f", "json").json
    assert (new["follows"], new["customer"], new["salesperson"]) == ("HT-1", "江州市中心医院", "陈立")
    assert small("db", "check").out == ""


def test_a_refusal_of_the_customer_meets_the_conversion_too(small):
    small("contract", "edit", "HT-1", "--ends", "2026-12-31", "--reason", "补录")
    small("contract", "refuse", "HT-1", "--on", "2026-11-20", "--reason", "医院自行维护")
    assert owed(small, "HT-1")[-1] == ("convert", "2026-12-31", "met", 0)


def test_a_waived_fine_is_nothing_from_that_day_on_and_can_be_owed_again(one):
    one("waive", "contract.return", "N-1", "--reason", "医院合并", "--on", "2026-11-20")
    assert owed(one)[1] == ("return", "2026-11-16", "waived", 0)
    assert owed(one, "N-1", "--as-of", "2026-11-19")[1] == ("return", "2026-11-16", "overdue", 100)
    one("waive", "contract.return", "N-1", "--withdraw")
    assert owed(one)[1] == ("return", "2026-11-16", "overdue", 100)


def test_a_waiver_finds_the_number_however_it_is_typed_and_keeps_why_it_was_taken_back(one):
    one("waive", "contract.return", "Ｎ—１", "--reason", "医院合并")
    assert owed(one)[1][2] == "waived"
    one("waive", "contract.return", "Ｎ－１", "--withdraw", "--reason", "并未合并")
    assert owed(one)[1][2] == "overdue"
    assert {row["note"] for row in one("log", "-f", "json").json if row["command"] == "waive"} == {
        None,
        "并未合并",
    }


def test_a_void_contract_owes_nothing_and_stays_visible_with_its_reason(one):
    one("contract", "void", "N-1", "--reason", "重复登记")
    assert owed(one) == []
    found = one("contract", "show", "N-1", "-f", "json").json
    assert found["state"] == "void"
    assert "重复登记" in {row["after"] for row in found["history"]}
    assert one("contract", "seal", "N-1", "--on", "2026-11-01", code=4).err.count("void") == 1


def test_an_act_on_another_day_than_the_recorded_one_is_refused_with_the_remedy(one):
    assert "svcq contract edit N-1" in one("contract", "seal", "N-1", "--on", "2026-10-17", code=4).err
    one("contract", "edit", "N-1", "--sealed", "2026-10-19", "--reason", "登记有误")
    assert owed(one)[1][1] == "2026-11-19"


def test_a_field_is_emptied_with_none(one):
    one("contract", "edit", "N-1", "--sealed", "none", "--reason", "尚未敲章")
    assert owed(one) == [("remind", "2026-10-30", "overdue", 0)]


def test_a_role_goes_to_somebody_else_from_a_day_on(one):
    one("contract", "assign", "N-1", "--role", "salesperson", "--to", "王敏", "--from", "2026-11-01")
    by_day = {
        day: one("contract", "list", "--as-of", day, "--customer", "江州市中医院", "-f", "json").json[0][
            "salesperson"
        ]
        for day in ("2026-10-31", "2026-11-01")
    }
    assert by_day == {"2026-10-31": "陈立", "2026-11-01": "王敏"}
    (row,) = one("due", "--rule", "contract.return", "--number", "N-1", "-f", "json").json
    assert row["person"] == "王敏"


def test_the_months_table_is_written_and_recorded_as_sent(one, tmp_path):
    path = tmp_path / "10月.csv"
    one("contract", "feedback", "--month", "2026-10", "-o", path, "--on", "2026-11-04")
    assert [line.split(",")[0] for line in path.read_text("utf-8-sig").splitlines()] == [
        "number",
        "HT-1",
        "N-1",
    ]
    (row,) = one("due", "--all", "--rule", "contract.feedback", "--number", "2026-10", "-f", "json").json
    assert (row["due_on"], row["met_on"], row["state"]) == ("2026-11-06", "2026-11-04", "met")
    (sent,) = one("contract", "show", "N-1", "-f", "json").json["feedback"]
    assert (sent["month"], sent["sent_on"], sent["sent_by"], sent["state"]) == (
        "2026-10",
        "2026-11-04",
        "茅洁",
        "out",
    )


def test_what_was_due_before_the_first_day_is_history_and_free(one):
    one("policy", "live", "2026-11-17")
    (row,) = one("due", "--number", "N-1", "--rule", "contract.return", "-f", "json").json
    assert (row["state"], row["before_live"], row["fine"]) == ("overdue", True, 0)
    assert one("policy", "live").out == "2026-11-17\n"
    one("policy", "live", "--everything")
    assert owed(one)[1][3] == 100


def test_the_companys_own_day_off_moves_a_due_day(one):
    one("calendar", "off", "2026-11-16", "--note", "年会")
    assert owed(one)[1][1] == "2026-11-17"
    one("calendar", "forget", "2026-11-16")
    assert owed(one)[1][1] == "2026-11-16"


def test_qc_answers_by_the_duty_table_first_by_region(one):
    one("staff", "duty", "contract.remind", "茅洁")
    rows = one("due", "--rule", "contract.remind", "--number", "N-1", "-f", "json").json
    assert [row["person"] for row in rows] == ["茅洁"]
    one("staff", "duty", "contract.remind", "王敏", "--region", "华东")
    rows = one("due", "--rule", "contract.remind", "--number", "N-1", "-f", "json").json
    assert [row["person"] for row in rows] == ["王敏"]


def test_a_backup_puts_the_store_back(one, tmp_path):
    kept = tmp_path / "kept.db"
    one("db", "backup", kept)
    before = one("contract", "list", "-f", "json").raw
    one("contract", "void", "N-1", "--reason", "x")
    assert one("db", "restore", kept, code=2).err.count("--yes") == 1
    ran = one("db", "restore", kept, "--yes")
    assert "the store as it was" in ran.err
    assert one("contract", "list", "-f", "json").raw == before
    assert one("db", "check").out == ""
    assert one("db", "backup", kept, code=2).err.count("exists already") == 1


def test_a_policy_is_checked_and_applied_from_a_day_on(one, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(one("policy", "show").out.replace("fine = 100", "fine = 200"), encoding="utf-8")
    assert "200" in one("policy", "check", path).out
    one("policy", "apply", path, "--from", "2026-10-16")
    assert owed(one)[1][3] == 200
    assert one("due", "--number", "HT-1", "--rule", "contract.return", "-f", "json").json[0]["fine"] == 100
    assert "already" in one("policy", "apply", path, "--from", "2026-10-16").err
    assert one("db", "check").out == ""


@pytest.mark.parametrize(
    "dates",
    [
        ("--ends", "2027-01-15"),
        ("--free-until", "2027-01-15"),
        ("--starts", "2027-01-01", "--ends", "2027-01-31"),
        ("--free-from", "2026-12-01", "--free-until", "2027-01-20"),
        ("--free-from", "2026-01-01", "--free-until", "2027-01-20"),
    ],
)
def test_a_contract_of_which_nothing_has_happened_yet_is_there(small, dates):
    small("contract", "add", "A-1", "--customer", "江州市中医院", *dates)
    assert "A-1" in {row["number"] for row in small("contract", "list", "-f", "json").json}
    assert {row["number"] for row in small("contract", "expiring", "-f", "json").json} == {"A-1"}
    assert small("contract", "show", "A-1", "-f", "json").json["state"] == "free"


def test_what_a_contract_obliges_to_is_not_shown_before_the_contract(small):
    small(
        "contract",
        "add",
        "B-1",
        "--customer",
        "江州市中医院",
        "--sealed",
        "2026-11-20",
        "--ends",
        "2027-01-15",
    )
    due = ("due", "--number", "B-1", "--rule", "contract.convert", "-f", "json")
    assert small(*due, "--as-of", "2026-11-19").json == []
    (row,) = small(*due, "--as-of", "2026-11-20").json
    assert row["starts_on"] == "2026-10-17"


def test_a_contract_that_nobody_holds_any_more_can_be_exported(small, tmp_path):
    small("contract", "assign", "HT-1", "--role", "salesperson", "--to", "none")
    small("export", "contract", "-o", tmp_path / "out.csv")
    assert "HT-1" in (tmp_path / "out.csv").read_text("utf-8-sig")


def test_a_contract_follows_only_one_and_keeps_it(small):
    small(
        "contract",
        "add",
        "C-1",
        "--customer",
        "江州市中心医院",
        "--sealed",
        "2026-01-05",
        "--ends",
        "2026-12-31",
    )
    small("contract", "convert", "HT-1", "--new", "N-1", "--sealed", "2026-11-20")
    assert (
        "N-1 follows HT-1"
        in small("contract", "convert", "C-1", "--new", "N-1", "--sealed", "2026-11-20", code=4).err
    )
    assert "N-1 follows HT-1" in small("contract", "void", "HT-1", "--reason", "x", code=4).err


def test_calls_of_one_day_that_promise_otherwise_come_back_from_their_export(small, tmp_path):
    for promised in ("2026-10-20", "2026-10-25"):
        small("contract", "call", "HT-1", "--on", "2026-10-12", "--promised", promised)
    small("export", "call", "-o", tmp_path / "calls.csv")
    assert "nothing to change" in small("import", tmp_path / "calls.csv").err


def test_a_number_is_the_same_whatever_dash_the_input_method_made(small, tmp_path):
    small("contract", "add", "N—2026－1", "--customer", "江州市中医院", "--sealed", "2026-11-02")
    assert "N-2026-1" in {row["number"] for row in small("contract", "list", "-f", "json").json}
    small("contract", "return", "N–2026-1", "--on", "2026-11-20")
    (tmp_path / "again.csv").write_text(
        "number,customer,sealed_on\nN—2026—1,江州市中医院,2026-11-02\n", "utf-8"
    )
    assert "nothing to change" in small("import", tmp_path / "again.csv").err
