"""Two people mend the same records: what one changed meanwhile, the sheet or the view of the other does not undo."""

import csv

import pytest

from tests.cli import SAMPLES, Svcq, copy
from tests.stores import audited, faults, made

KINDS = ("customer", "staff", "contract", "handover", "issue", "upgrade", "migration", "callback")
GROUPS = {"migration": "migrate"}


@pytest.fixture
def svcq(tmp_path):
    return Svcq(made(tmp_path / "s.db"))


def exported(svcq, path, kind="contract", **changed):
    """The export of a kind as rows, written back after a change of the first."""
    svcq("export", kind, "-o", path)
    return edit(path, **changed)


def edit(path, row=0, **changed):
    """Write other values into a row of an exported file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[row] |= changed
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return rows


def revision(svcq, number, group="contract"):
    return svcq(group, "show", number, "-f", "json").json["revision"]


def test_a_row_that_somebody_else_changed_meanwhile_is_refused_at_its_revision(svcq, tmp_path):
    sheet = tmp_path / "c.csv"
    seen = exported(svcq, sheet, project="甲")[0]["revision"]
    svcq("contract", "edit", "HT-1", "--project", "乙", "--reason", "mend")
    before = svcq.dump()
    ran = svcq("import", sheet, code=5)
    assert svcq.dump() == before
    newest = revision(svcq, "HT-1")
    place, _, said = ran.err.splitlines()[0].partition(": ")
    assert place.startswith("c.csv!")
    assert place.endswith("2")
    assert said.startswith("HT-1 was changed by 茅洁 at 20")
    assert f"(revision {newest}, here {seen})" in said
    assert said.endswith("export it again, or empty this cell to write the row all the same")


def test_a_row_that_changes_nothing_is_fine_however_old_it_is(svcq, tmp_path):
    sheet = tmp_path / "c.csv"
    exported(svcq, sheet)
    svcq("contract", "edit", "HT-1", "--project", "乙", "--reason", "mend")
    rows = exported(svcq, tmp_path / "new.csv")
    edit(sheet, project="乙")
    assert "nothing to change" in svcq("import", sheet).err
    assert rows[0]["project"] == "乙"


@pytest.mark.parametrize("form", ["blank", "none"])
def test_without_a_revision_a_row_is_written_all_the_same(svcq, tmp_path, form):
    sheet = tmp_path / "c.csv"
    exported(svcq, sheet, project="甲", revision="")
    if form == "none":
        text = sheet.read_text("utf-8").splitlines()
        sheet.write_text("\n".join(line.rpartition(",")[0] for line in text) + "\n", "utf-8")
    svcq("contract", "edit", "HT-1", "--project", "乙", "--reason", "mend")
    svcq("import", sheet)
    assert svcq("contract", "show", "HT-1", "-f", "json").json["project"] == "甲"


def test_partial_takes_the_rows_that_nobody_else_changed(svcq, tmp_path):
    sheet = tmp_path / "c.csv"
    exported(svcq, sheet, project="甲")
    edit(sheet, 1, project="丙")
    svcq("contract", "edit", "HT-1", "--project", "乙", "--reason", "mend")
    svcq("import", sheet, "--partial", code=5)
    assert svcq("contract", "show", "HT-1", "-f", "json").json["project"] == "乙"
    assert svcq("contract", "show", "HT-2", "-f", "json").json["project"] == "丙"
    assert not faults(svcq.store)


def test_a_call_is_a_change_of_its_contract_and_a_change_of_people_too(svcq, tmp_path):
    sheet = tmp_path / "c.csv"
    first = revision(svcq, "HT-1")
    svcq("contract", "call", "HT-1", "--on", "2026-11-20", "--by", "周静")
    called = revision(svcq, "HT-1")
    exported(svcq, sheet, salesperson="陈立", promised_on="2026-12-01")
    svcq("contract", "assign", "HT-1", "--role", "salesperson", "--to", "王敏")
    assert first < called < revision(svcq, "HT-1")
    assert "HT-1 was changed by 茅洁" in svcq("import", sheet, code=5).err


def test_rows_of_the_same_file_are_no_changes_of_somebody_else(svcq, tmp_path):
    sheet = tmp_path / "customers.csv"
    exported(svcq, sheet, "customer", region="华中", contact="万主任")
    edit(sheet, 1, region="华南")
    assert svcq("import", sheet, "-f", "json").json[0]["updated"] == 2
    edit(sheet, region="西北")
    assert "was changed by" in svcq("import", sheet, code=5).err


def test_an_export_comes_into_another_store_as_new_records(svcq, tmp_path):
    for kind in ("staff", "customer", "contract"):
        svcq("export", kind, "-o", tmp_path / f"{kind}.csv")
    other = Svcq(tmp_path / "other.db")
    other("import", *(tmp_path / f"{kind}.csv" for kind in ("staff", "customer", "contract")))
    assert [one["number"] for one in other("contract", "list", "-f", "json").json] == ["HT-1", "HT-2"]


def test_a_revision_that_the_store_has_not_reached_is_of_another_store(svcq, tmp_path):
    sheet = tmp_path / "c.csv"
    exported(svcq, sheet, project="甲", revision="999")
    assert "HT-1 has no revision 999, its newest is" in svcq("import", sheet, code=5).err


@pytest.mark.parametrize("word", ["-1", "neu", "1.5", "9" * 40])
def test_a_revision_is_a_whole_number(svcq, tmp_path, word):
    sheet = tmp_path / "c.csv"
    exported(svcq, sheet, revision=word, project="甲")
    assert "Traceback" not in svcq("import", sheet, code=5).err


def test_a_revision_without_the_number_of_its_record_is_refused(svcq, tmp_path):
    sheet = tmp_path / "c.csv"
    exported(svcq, sheet, number="", project="甲")
    assert "a revision needs the number of its record" in svcq("import", sheet, code=5).err


def test_a_record_that_was_renamed_is_not_entered_again_under_its_old_name(svcq, tmp_path):
    sheet = tmp_path / "customers.csv"
    exported(svcq, sheet, "customer", code="")
    svcq(
        "customer", "edit", "江州市中心医院", "--name", "江州市第一医院", "--code", "none", "--reason", "改名"
    )
    assert "江州市中心医院 was changed by 茅洁" in svcq("import", sheet, code=5).err
    assert revision(svcq, "江州市第一医院", "customer") == audited(svcq.store)
    again = tmp_path / "again.csv"
    exported(svcq, again, "customer", contact="万主任")
    svcq("import", again)


def test_a_hospital_found_by_its_code_is_the_same_whatever_its_name_is_now(svcq, tmp_path):
    sheet = tmp_path / "customers.csv"
    exported(svcq, sheet, "customer", contact="万主任")
    svcq("customer", "edit", "H001", "--name", "江州市第一医院", "--reason", "改名")
    assert "江州市第一医院 was changed by 茅洁" in svcq("import", sheet, code=5).err


def test_an_edit_says_which_state_of_the_record_it_means(svcq):
    seen = revision(svcq, "HT-1")
    svcq("contract", "edit", "HT-1", "--project", "甲", "--reason", "one", "--revision", seen)
    before = svcq.dump()
    late = ("contract", "edit", "HT-1", "--project", "乙", "--reason", "two", "--revision", seen)
    assert "HT-1 was changed by 茅洁" in svcq(*late, code=4).err
    assert svcq.dump() == before
    svcq(
        "contract", "edit", "HT-1", "--project", "乙", "--reason", "two", "--revision", revision(svcq, "HT-1")
    )


@pytest.mark.parametrize("word", ["-1", "x", "1.0", "", "9" * 30, "³"])
def test_the_revision_of_an_edit_is_a_whole_number(svcq, word):
    ran = svcq("contract", "edit", "HT-1", "--project", "甲", "--reason", "x", f"--revision={word}", code=2)
    assert ran.err.startswith("svcq: --revision: ")


@pytest.fixture(scope="module")
def sampled(tmp_path_factory):
    path = tmp_path_factory.mktemp("revisions") / "s.db"
    Svcq(path)("import", *SAMPLES)
    return path


def test_every_kind_tells_its_revision_in_the_export_and_in_show(sampled, tmp_path):
    copy(sampled, tmp_path / "s.db")
    svcq = Svcq(tmp_path / "s.db")
    for kind in KINDS:
        row = exported(svcq, tmp_path / f"{kind}.csv", kind)[0]
        name = row["name"] if kind in ("customer", "staff") else row["number"]
        assert list(row)[-1] == "revision"
        assert int(row["revision"]) == revision(svcq, name, GROUPS.get(kind, kind)) > 0, kind


MENDED = {
    "customer": (("--contact", "甲"), {"contact": "乙"}),
    "staff": (("--phone", "1"), {"phone": "2"}),
    "contract": (("--project", "甲"), {"project": "乙"}),
    "handover": (("--project", "甲"), {"project": "乙"}),
    "issue": (("--module", "甲"), {"module": "乙"}),
    "upgrade": (("--special", "甲"), {"special_modifications": "乙"}),
    "migration": (("--system", "甲"), {"system": "乙"}),
    "callback": (("--advice", "甲"), {"advice": "乙"}),
}


def test_of_every_kind_neither_a_sheet_nor_an_edit_undoes_what_another_changed(sampled, tmp_path):
    copy(sampled, tmp_path / "s.db")
    svcq = Svcq(tmp_path / "s.db")
    for kind, (words, other) in MENDED.items():
        sheet, group = tmp_path / f"{kind}.csv", GROUPS.get(kind, kind)
        row = exported(svcq, sheet, kind, **other)[0]
        name = row["name"] if kind in ("customer", "staff") else row["number"]
        svcq(group, "edit", name, *words, "--reason", "mend", "--revision", row["revision"])
        ran = svcq("import", sheet, code=5)
        assert f"{name} was changed by 茅洁" in ran.err, kind
        late = svcq(group, "edit", name, *words, "--reason", "again", "--revision", row["revision"], code=4)
        assert f"{name} was changed by 茅洁" in late.err, kind
    assert not faults(svcq.store)
