"""二 Three hundred contracts of messy workbooks through the command line, held against the second calculator."""

from datetime import date, timedelta

import pytest

from tests.cli import BOOKS, SAMPLES, Svcq, records
from tests.independent import calculate, read_calls, read_contracts, works
from tests.make_messy import write

DAYS = ("2026-11-23", "2026-06-30", "2026-02-25")
"""Today and two earlier days."""
SHOWN = ("state", "return_due_on", "returned_on", "days_overdue", "fine")
OWED = ("rule", "starts_on", "due_on", "met_on", "state", "days_overdue", "fine")
NUMBERLESS = ("customer", "project", "sealed_on")

KINDS = (
    *("staff", "customer", "contract", "call", "handover", "follow_up"),
    *("leave", "plan", "issue", "step", "spot_check"),
    *("unit", "upgrade", "skip", "migration", "migration_check", "callback", "try"),
)
"""Every kind of record that an export writes."""
BOOKSHELF = ("sample", "1 xlsx", "2 xls", "3 csv")
"""The sample workbooks, then messy ones: seed and format."""


@pytest.fixture(scope="module", params=BOOKSHELF)
def told(request, tmp_path_factory):
    """Files in a store: svcq over it, the files, and the contracts and calls that are in them."""
    folder = tmp_path_factory.mktemp("told")
    if request.param == "sample":
        files = SAMPLES
        rows, calls = read_contracts(BOOKS / "维护合同跟踪表.xlsx"), read_calls(BOOKS / "致电记录.csv")
    else:
        seed, kind = request.param.split()
        made = write(folder, int(seed), kind=kind)
        files = tuple(map(str, (made.path, made.customers, made.staff)))
        rows, calls = made.truth, {}
    svcq = Svcq(folder / "svcq.db")
    svcq("import", *files)
    return svcq, files, rows, calls


def keys(svcq):
    """Number -> how the second calculator names the contract."""
    return {
        row["number"]: (row["number"], "|".join(str(row[key]) for key in NUMBERLESS))
        for row in svcq("contract", "list", "-f", "json").json
    }


def listed(svcq, names, *words):
    found = {}
    for row in svcq("contract", *words, "-f", "json").json:
        number, natural = names[row["number"]]
        found[number] = found[natural] = tuple(row[key] for key in SHOWN)
    return found


def expected(rows):
    return {row["key"]: tuple(plain(row[key]) for key in SHOWN) for row in rows}


def plain(value):
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("day", DAYS)
def test_every_contract_stands_as_the_second_calculator_says(told, day):
    svcq, _, rows, calls = told
    wanted = expected(calculate(rows, calls, date.fromisoformat(day))[0])
    found = svcq("contract", "list", "-f", "json", "--as-of", day).json
    names = keys(svcq)
    shown = listed(svcq, names, "list", "--as-of", day)
    assert len(found) == len(wanted) > 20
    assert {key: shown[key] for key in wanted} == wanted


@pytest.mark.parametrize("day", DAYS)
def test_the_overdue_contracts_are_those_of_the_second_calculator(told, day):
    svcq, _, rows, calls = told
    states = expected(calculate(rows, calls, date.fromisoformat(day))[0])
    wanted = {key: value for key, value in states.items() if value[0] == "overdue"}
    shown = listed(svcq, keys(svcq), "overdue", "--as-of", day)
    assert {key: shown[key] for key in wanted} == wanted
    assert len(shown) // 2 <= len(wanted) <= len(shown)
    assert sum(int(value[4] == 100) for value in wanted.values()) == len(wanted) > 0


@pytest.mark.parametrize("day", DAYS)
def test_every_obligation_is_owed_as_the_second_calculator_says(told, day):
    svcq, _, rows, calls = told
    names = keys(svcq)
    known = {row["number"] for row in rows}
    wanted = sorted(
        (str(one["key"]), *(str(plain(one[key])) for key in OWED))
        for one in calculate(rows, calls, date.fromisoformat(day))[1]
    )
    found = svcq("due", "--all", "--as-of", day, "-f", "json").json
    of_contracts = [
        one for one in found if one["process"] == "contract" and one["rule"] != "contract.feedback"
    ]
    assert wanted == sorted(
        (names[one["number"]][one["number"] not in known], *(str(one[key]) for key in OWED))
        for one in of_contracts
    )
    assert {one["state"] for one in of_contracts} >= {"open", "overdue", "met", "late"}


@pytest.mark.parametrize("day", DAYS)
def test_the_months_table_is_owed_for_every_month_since_the_first_record(told, day):
    svcq, _, rows, _ = told
    today = date.fromisoformat(day)
    acts = ("sent_out_on", "sealed_on", "free_from")
    first = min(row[act] for row in rows for act in acts if row[act])
    ends = [
        end
        for n in range(800)
        if (end := first.replace(day=1) + timedelta(n)) and (end + timedelta(1)).day == 1
    ]
    wanted = [(f"{end:%Y-%m}", str(end), str(fifth_working_day(end))) for end in ends if end <= today]
    found = svcq("due", "--all", "--rule", "contract.feedback", "--as-of", day, "-f", "json").json
    assert wanted == [(one["number"], one["starts_on"], one["due_on"]) for one in found]
    assert len(wanted) > 10


def fifth_working_day(day):
    left = 5
    while left:
        day += timedelta(1)
        left -= works(day)
    return day


def test_the_salesperson_owes_the_return_and_the_account_manager_the_conversion(told):
    svcq, _, rows, _ = told
    by_number = {row["number"]: row for row in rows if row["number"]}
    own = {row["name"]: row["account_manager"] for row in svcq("customer", "list", "-f", "json").json}
    for one in svcq("due", "--all", "-f", "json").json:
        row = by_number.get(one["number"])
        if row and one["rule"] == "contract.return":
            assert one["person"] == row["salesperson"]
        if row and one["rule"] == "contract.convert":
            assert one["person"] == (row["account_manager"] or own[row["customer"]])


def test_every_cell_of_the_table_is_in_the_store(told):
    svcq, _, rows, calls = told
    shown = {}
    for row in svcq("contract", "list", "-f", "json").json:
        shown[row["number"]] = shown["|".join(str(row[key]) for key in NUMBERLESS)] = row
    own = {row["name"]: row["account_manager"] for row in svcq("customer", "list", "-f", "json").json}
    for row in rows:
        got = shown[row["number"] or "|".join(str(row[key]) for key in NUMBERLESS)]
        for key, value in row.items():
            if key in ("called_on", "promised_on") and calls:
                continue  # the newest call of all files is shown, not that of the table
            if key == "account_manager":
                value = value or own[row["customer"]]
            if key == "number" and value is None:
                continue
            if key == "amount" and value is not None:
                assert round(got[key] * 100) == value
            elif key in got:
                assert got[key] == plain(value), (row["number"], key)


def test_the_second_import_changes_nothing(told):
    svcq, files, _, _ = told
    before = svcq.dump()
    ran = svcq("import", *reversed(files), "-f", "json")
    assert {row["unchanged"] == row["read"] for row in ran.json} == {True}
    assert ran.err.count("nothing to change") == len(files)
    assert svcq.dump() == before


def test_the_ledger_of_the_import_is_what_computing_it_anew_gives(told):
    svcq, _, _, _ = told
    ran = svcq("db", "check")
    assert (ran.out, ran.err) == ("", "")


def test_an_export_makes_the_same_store_again_and_changes_nothing_in_its_own(told, tmp_path):
    svcq, _, _, _ = told
    first = {kind: tmp_path / f"{kind}.csv" for kind in KINDS}
    for kind, path in first.items():
        svcq("export", kind, "-o", path)
    other = Svcq(tmp_path / "other.db")
    other("import", *first.values())
    for kind, path in first.items():
        assert other("export", kind).records == records(path.read_bytes()), kind
    for day in DAYS:
        words = ("due", "--all", "--as-of", day, "-f", "json")
        assert other(*words).json == svcq(*words).json
    before = svcq.dump()
    ran = svcq("import", *first.values(), "-f", "json")
    assert all(row["unchanged"] == row["read"] for row in ran.json)
    assert svcq.dump() == before


def test_an_exported_workbook_changes_nothing_either(told, tmp_path):
    svcq, _, _, _ = told
    before = svcq.dump()
    for kind in KINDS:
        path = tmp_path / f"{kind}.xlsx"
        svcq("export", kind, "-o", path)
        records = svcq("export", kind).out.count("\n") - 1
        if records:
            (row,) = svcq("import", path, "-f", "json").json
            assert (row["kind"], row["unchanged"]) == (kind, records)
    assert svcq.dump() == before
