"""一 and 三 Generated hand-overs and worklogs through the command line, held against the second calculators."""

import random
from collections import Counter
from datetime import date

import pytest

from tests import independent_handover, independent_issue
from tests.cli import Svcq, copy, records
from tests.independent import DAY
from tests.independent_handover import ACTS, HANDED_IN
from tests.independent_issue import STILL_OPEN, live
from tests.make_chapters import TODAY, write

SEEDS = (1, 2)
DAYS = ("2026-11-23", "2026-06-30", "2026-02-25", "2025-09-10")
"""Today and three earlier days."""
OWED = ("rule", "number", "starts_on", "due_on", "met_on", "state", "days_overdue")
ISSUE = (
    *("number", "state", "closed_on", "closed_by", "steps", "last_step_on", "last_result", "close_due_on"),
    "days_overdue",
)
HANDOVER = ("number", "state", "decision", "decided_on", "decided_by", "reason", *ACTS)
RECORD = ("person", "on", "customer", "issue", "what", "result")


@pytest.fixture(scope="module", params=SEEDS)
def told(request, tmp_path_factory):
    """Files in a store: svcq over it, and what was written."""
    folder = tmp_path_factory.mktemp("told")
    made = write(folder, request.param)
    svcq = Svcq(folder / "svcq.db")
    files = list(made.paths.values())
    random.Random(request.param).shuffle(files)
    svcq("import", *files)
    return svcq, made


def plain(value):
    return value.isoformat() if isinstance(value, date) else value


def picked(rows, keys):
    """The values of the keys of every row, sorted."""
    return sorted((tuple(plain(row[key]) for key in keys) for row in rows), key=str)


def of_issues(made, day):
    """Issues and what they, the months and the new engineers oblige to, as the second calculator has it."""
    rows, today = made.rows, date.fromisoformat(day)
    listed, owed = independent_issue.calculate(rows["issue"], rows["step"], today)
    owed += independent_issue.spot_checks(rows["issue"], rows["spot_check"], today)
    return listed, owed + independent_issue.exams(rows["staff"], today)


def of_handovers(made, day):
    rows, today = made.rows, date.fromisoformat(day)
    return independent_handover.calculate(rows["handover"], rows["follow_up"], today, made.account_managers)


# --- listings


@pytest.mark.parametrize("day", DAYS)
def test_every_issue_stands_as_the_second_calculator_says(told, day):
    svcq, made = told
    wanted = of_issues(made, day)[0]
    found = svcq("issue", "list", "-f", "json", "--as-of", day).json
    assert picked(found, ISSUE) == picked(wanted, ISSUE)
    assert {row["state"] for row in wanted} == {"open", "stale", "closed"}


@pytest.mark.parametrize("day", DAYS)
def test_the_stale_issues_are_those_of_the_second_calculator(told, day):
    svcq, made = told
    wanted = [row for row in of_issues(made, day)[0] if row["state"] == "stale"]
    found = svcq("issue", "stale", "-f", "json", "--as-of", day).json
    assert picked(found, ISSUE) == picked(wanted, ISSUE)
    assert len(wanted) > 10


@pytest.mark.parametrize("day", DAYS)
def test_every_handover_stands_as_the_second_calculator_says(told, day):
    svcq, made = told
    wanted = of_handovers(made, day)[0]
    found = svcq("handover", "list", "-f", "json", "--as-of", day).json
    assert picked(found, HANDOVER) == picked(wanted, HANDOVER)
    assert {row["state"] for row in wanted} > {"applying", "deciding", "not_eligible", "eligible"}


@pytest.mark.parametrize("day", DAYS)
def test_expected_days_and_free_maintenance_are_those_of_the_second_calculator(told, day):
    svcq, made = told
    wanted = of_handovers(made, day)[0]
    found = svcq("handover", "list", "-f", "json", "--as-of", day).json
    for states, keys in (
        (("not_eligible",), ("number", "expected_on")),
        (("eligible", "complete"), ("number", "free_from", "free_until")),
    ):
        mine, theirs = ([row for row in rows if row["state"] in states] for rows in (wanted, found))
        assert picked(theirs, keys) == picked(mine, keys)


@pytest.mark.parametrize("day", DAYS)
def test_the_information_table_has_what_is_not_eligible_yet_and_nothing_that_is(told, day):
    svcq, made = told
    states = {row["number"]: row["state"] for row in of_handovers(made, day)[0]}
    shown = {row["number"] for row in svcq("handover", "information", "-f", "json", "--as-of", day).json}
    assert {number for number, state in states.items() if state == "not_eligible"} <= shown
    assert {states[number] for number in shown} & {"eligible", "complete"} == set()


@pytest.mark.parametrize("day", DAYS)
def test_every_obligation_is_owed_as_the_second_calculators_say(told, day):
    svcq, made = told
    wanted = of_handovers(made, day)[1] + of_issues(made, day)[1]
    found = svcq("due", "--all", "--as-of", day, "-f", "json").json
    of_both = [one for one in found if not one["rule"].startswith("contract.")]
    assert picked(of_both, OWED) == picked(wanted, OWED)
    assert {one["state"] for one in wanted} == {"open", "overdue", "met", "late"}


@pytest.mark.parametrize("day", DAYS)
def test_the_overdue_handovers_are_those_of_the_second_calculator(told, day):
    svcq, made = told
    wanted = [one for one in of_handovers(made, day)[1] if one["state"] == "overdue"]
    found = svcq("handover", "overdue", "--as-of", day, "-f", "json").json
    assert picked(found, OWED) == picked(wanted, OWED)


@pytest.mark.parametrize("day", DAYS)
def test_work_records_are_what_the_steps_say(told, day):
    svcq, made = told
    wanted = independent_issue.work_records(made.rows["issue"], made.rows["step"], date.fromisoformat(day))
    found = svcq("issue", "records", "-f", "json", "--as-of", day).json
    assert picked(found, RECORD) == picked(wanted, RECORD)


def test_the_work_records_of_a_person_in_some_days(told):
    svcq, made = told
    wanted = [
        row
        for row in independent_issue.work_records(made.rows["issue"], made.rows["step"], TODAY)
        if row["person"] == "沈长卿" and date(2026, 3, 1) <= row["on"] <= date(2026, 6, 30)
    ]
    words = ("--person", "沈长卿", "--from", "2026-03-01", "--until", "2026-06-30", "-f", "json")
    assert picked(svcq("issue", "records", *words).json, RECORD) == picked(wanted, RECORD)
    assert wanted


# --- what was written


def test_every_cell_of_the_sheets_is_in_the_store(told):
    svcq, made = told
    for kind, keys in (
        ("issue", ("number", "customer", "system", "module", "title", "engineer", "reported_on", "request")),
        (
            "handover",
            ("number", "project_number", "project", "customer", "phase", "modules", "project_manager"),
        ),
    ):
        assert picked(svcq(kind, "list", "-f", "json").json, keys) == picked(made.rows[kind], keys)
    managers = {row["number"]: row["account_manager"] for row in svcq("handover", "list", "-f", "json").json}
    for row in made.rows["handover"]:
        own = row["account_manager"] or made.account_managers[row["customer"]]
        assert managers[row["number"]] == own


def test_what_is_eligible_is_in_the_contract_tracking_table(told):
    svcq, made = told
    keys = ("customer", "project", "project_number", "free_from", "free_until")
    sheet = {row["number"]: row for row in made.rows["handover"]}
    wanted = [
        sheet[row["number"]] | {"free_from": row["free_from"], "free_until": row["free_until"]}
        for row in of_handovers(made, "2026-11-23")[0]
        if row["decision"] == "eligible"
    ]
    found = svcq("contract", "list", "-f", "json").json
    assert picked(found, keys) == picked(wanted, keys)
    assert {(row["state"], row["customer_status"]) for row in found} == {("free", "转化")}


def test_a_registration_that_is_not_complete_says_so(told):
    svcq, made = told
    registered = {row["number"] for row in made.rows["handover"] if row["registered_on"]}
    found = svcq("due", "--all", "--rule", "handover.register", "-f", "json").json
    lacking = [one for one in found if one["met_on"] is None and one["number"] in registered]
    assert all(one["note"] for one in lacking)
    assert len(lacking) > 10


def test_the_second_import_changes_nothing(told):
    svcq, made = told
    before = svcq.dump()
    ran = svcq("import", *made.paths.values(), "-f", "json")
    assert {row["unchanged"] == row["read"] for row in ran.json} == {True}
    assert svcq.dump() == before


def test_the_ledger_of_the_import_is_what_computing_it_anew_gives(told):
    svcq, _ = told
    ran = svcq("db", "check")
    assert (ran.out, ran.err) == ("", "")


def test_an_export_makes_the_same_store_again_and_changes_nothing_in_its_own(told, tmp_path):
    svcq, made = told
    first = {kind: tmp_path / f"{kind}.csv" for kind in (*made.paths, "contract")}
    for kind, path in first.items():
        svcq("export", kind, "-o", path)
    other = Svcq(tmp_path / "other.db")
    other("import", *first.values())
    for kind, path in first.items():
        assert other("export", kind).records == records(path.read_bytes()), kind
    for day in DAYS:
        for words in (("due", "--all"), ("issue", "list"), ("handover", "list"), ("contract", "list")):
            call = (*words, "--as-of", day, "-f", "json")
            assert other(*call).json == svcq(*call).json
    before = svcq.dump()
    svcq("import", *first.values())
    assert svcq.dump() == before


def test_what_is_void_owes_nothing_and_stays_visible(told, tmp_path):
    before, made = told
    svcq = Svcq(copy(before.store, tmp_path / "svcq.db"))
    for kind in ("handover", "issue"):
        gone = {str(row["number"]) for row in made.rows[kind][:3]}
        for number in gone:
            svcq(kind, "void", number, "--reason", "重复登记")
        states = {row["number"]: row["state"] for row in svcq(kind, "list", "-f", "json").json}
        assert {number for number, state in states.items() if state == "void"} == gone
        found = svcq("due", "--all", "-f", "json").json
        assert not gone & {one["number"] for one in found if one["rule"].startswith(f"{kind}.")}


# --- the pure rules; this is the one place where their names stand


def rule_of_issues(row, steps):
    """The obligations of an issue by svcq: rows as the second calculator reads them."""
    from svcq.rules.issue import Issue, Step, obligations

    mine = sorted(steps, key=lambda step: step["on"])
    issue = Issue(
        row["number"],
        row["reported_on"],
        steps=tuple(Step(step["on"], step["result"]) for step in mine),
        closings=tuple(sorted(day for day, _ in row["closings"])),
        reopenings=tuple(sorted(row["reopenings"])),
        urges=tuple(sorted(row["urges"])),
        request_on=row["request_on"],
        tested_on=row["tested_by_test_dept_on"],
        priority_on=(row["priority_on"] or row["reported_on"]) if row["priority"] else None,
        test_result_on=row["test_result_on"],
        passed_on=row["passed_on"],
    )
    return obligations(issue, terms())


def rule_of_handovers(row, trail):
    """The obligations of a complete hand-over by svcq."""
    from svcq.rules.handover import Entry, Handover, obligations

    entries = [(row["decided_on"], row["decision"], row["expected_on"], True)] if row["decision"] else []
    entries += [(one["on"], one["decision"], one["expected_on"], bool(one["note"])) for one in trail]
    days = {key: row[key] for key in ACTS if key != "decided_on"}
    told = tuple(Entry(*entry) for entry in sorted(entries, key=lambda entry: entry[0]))
    return obligations(Handover(row["number"], **days, trail=told), terms())


def terms():
    from svcq.policy.load import book
    from svcq.rules.obligation import Terms
    from svcq.rules.workdays import Calendar

    calendar = Calendar("CN")
    return Terms(book([]), lambda code: calendar)


def shown(found, today):
    """What of these obligations stands on that day: rule, number, start, due day, day on which it was met."""
    return sorted(
        (
            one.rule,
            one.number,
            one.starts_on,
            one.due_on,
            str(met if (met := one.met_on) and met <= today else None),
        )
        for one in found
        if max(one.starts_on, one.known_from or one.starts_on) <= today <= (one.known_until or date.max)
    )


def stands(owed):
    """The same of the second calculator's."""
    keys = ("rule", "number", "starts_on", "due_on")
    return sorted((*(one[key] for key in keys), str(one["met_on"])) for one in owed)


WINDOW = [date(2026, 1, 20) + n * DAY for n in range(60)]
"""Acts fall into these days, the Spring Festival among them; what they oblige to is looked at for longer."""
TINY = range(30)
"""Seeds of stores with five issues, or five hand-overs, in which much happens on one day."""


def some(chance, days, most):
    """Up to so many of the days, some of them twice."""
    found = chance.choices(days, k=chance.randint(0, most))
    return sorted(found + [day for day in found if chance.random() < 0.3])


def tiny_issue(chance, number):
    """An issue with many acts in few days, and its steps; what people did by hand changes something each time."""
    reported = chance.choice(WINDOW[:8])
    days = [day for day in WINDOW if day >= reported][: chance.choice((4, 12, 60, 60))]
    often = chance.choice((1, 4))
    results = ("solved", "solved", *STILL_OPEN, None)
    steps = [
        {"issue": number, "on": chance.choice(days), "result": chance.choice(results)}
        for _ in range(chance.randint(0, 2 * often + 1))
    ]
    steps.sort(key=lambda step: step["on"])
    row = {
        "number": number,
        "reported_on": reported,
        "closings": [(day, "李伟") for day in some(chance, days, often)],
        "reopenings": some(chance, days, often),
        "urges": some(chance, days, 2),
        "priority": chance.choice(("yes", None)),
    }
    for key in ("priority_on", "request_on", "tested_by_test_dept_on", "test_result_on", "passed_on"):
        row[key] = chance.choice((None, chance.choice(days)))
    for what, day in live(row, steps, WINDOW[-1]).idle:
        row[f"{what}s"].remove((day, "李伟") if what == "closing" else day)
    return row, steps


@pytest.mark.parametrize("seed", TINY)
def test_the_rule_says_of_any_issue_on_any_day_what_the_second_calculator_says(seed):
    chance = random.Random(seed)
    for number in range(5):
        row, steps = tiny_issue(chance, f"WT-{number}")
        found = rule_of_issues(row, steps)
        for n in range(200):
            today = WINDOW[0] + n * DAY
            known = [step for step in steps if step["on"] <= today]
            owed = independent_issue.calculate([row], known, today)[1]
            assert shown(found, today) == stands(owed), (today, row, steps)


def test_the_tiny_issues_are_closed_and_opened_again_in_every_way():
    found = Counter()
    for seed in TINY:
        chance = random.Random(seed)
        for number in range(5):
            life = live(*tiny_issue(chance, f"WT-{number}"), WINDOW[-1])
            found.update(("auto" if by == "auto" else "hand") for _, by in life.was_closed)
            found.update((by, "for good" if counts else "soon") for _, by, counts in life.was_reopened)
    ways = ["auto", "hand", *((by, how) for by in ("step", "command") for how in ("soon", "for good"))]
    assert min(found[way] for way in ways) >= 10, found


def tiny_handover(chance, number):
    """A hand-over with everything handed in, and a trail with many rows on one day."""
    days = sorted(chance.choices(WINDOW, k=9))
    row = dict(zip(("accepted_on", *HANDED_IN, "decided_on"), days[:5], strict=True)) | {"number": number}
    row |= dict.fromkeys(
        ("project", "project_number", "modules", "project_manager", "account_manager", "customer"), "x"
    )
    row["decision"] = chance.choice((None, "eligible", "not_eligible", "not_eligible"))
    row["expected_on"] = days[4] + chance.randint(0, 20) * DAY if row["decision"] == "not_eligible" else None
    row |= {"registered_on": None, "notice_on": None, "receipt_on": None}
    trail = []
    while row["decision"] == "not_eligible" and chance.random() < 0.8:
        last = trail[-1]["on"] if trail else days[4]
        entry = {"handover": number, "on": last + chance.choice((0, 0, 1, 5, 9)) * DAY, "by": "x"}
        entry["decision"] = chance.choice((None, None, None, "not_eligible", "eligible"))
        far = entry["on"] + chance.randint(0, 20) * DAY
        entry["expected_on"] = {None: chance.choice((None, far)), "not_eligible": far}.get(entry["decision"])
        entry["note"] = chance.choice((None, "x"))
        trail.append(entry)
        if entry["decision"] == "eligible":
            break
    if "eligible" in (row["decision"], *(entry["decision"] for entry in trail)):
        eligible = trail[-1]["on"] if trail else days[4]
        acts = sorted(eligible + chance.randint(0, 15) * DAY for _ in range(3))
        row |= {key: chance.choice((None, day)) for key, day in zip(ACTS[-3:], acts, strict=True)}
        row["receipt_on"] = row["notice_on"] and row["receipt_on"]
    return row, trail


@pytest.mark.parametrize("seed", TINY)
def test_the_rule_says_of_any_handover_on_any_day_what_the_second_calculator_says(seed):
    chance = random.Random(seed)
    for number in range(5):
        row, trail = tiny_handover(chance, f"YJ-{number}")
        found = rule_of_handovers(row, trail)
        for n in range(120):
            today = WINDOW[0] + n * DAY
            owed = independent_handover.calculate([row], trail, today)[1]
            assert shown(found, today) == stands(owed), (today, row, trail)
