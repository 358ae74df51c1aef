"""The audit: whatever is written makes a chain without faults, and whatever is done to it is found at its place."""

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svcq.errors import Refused
from svcq.processes import contract, contract_calls, customer, staff
from svcq.processes.keeping import check
from svcq.store import audit
from svcq.store.audit import ROWS, Entry, faults, link
from tests.places import ask, do
from tests.stores import TODAY, audited, blank, made, writing

Row = tuple[object, ...]
texts = st.text(max_size=12)
entries = st.builds(Entry, texts, texts, st.sampled_from(["insert", "update", "delete"]), texts)


def chain(said: list[Entry], note: str | None = None) -> tuple[list[Row], str | None]:
    """The rows that entries make, and the head."""
    before, rows = audit.START, []
    for number, entry in enumerate(said, 1):
        before = link(before, number, "at", "who", "how", entry, note)
        row = (
            number,
            "at",
            "who",
            "how",
            entry.table,
            entry.number,
            entry.action,
            entry.changes,
            note,
            before,
        )
        rows.append(row)
    return rows, f"{len(rows)} {before}" if rows else None


@given(st.lists(entries, max_size=8), st.none() | texts)
def test_any_entries_make_a_chain_without_faults(said: list[Entry], note: str | None) -> None:
    rows, head = chain(said, note)
    assert list(faults(rows, head)) == []


@given(st.lists(entries, min_size=1, max_size=8), st.data())
def test_a_changed_cell_is_found_at_its_row(said: list[Entry], data: st.DataObject) -> None:
    rows, head = chain(said)
    place = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(1, 8))
    spoiled = list(rows[place])
    spoiled[column] = f"{spoiled[column]}!"
    rows[place] = tuple(spoiled)
    assert list(faults(rows, head)) == [(place + 1, "changed")]


@given(st.lists(entries, min_size=1, max_size=8), st.data())
def test_a_row_that_was_taken_out_is_found_at_its_place(said: list[Entry], data: st.DataObject) -> None:
    rows, head = chain(said)
    place = data.draw(st.integers(0, len(rows) - 1))
    del rows[place]
    kind = "cut" if place == len(rows) else "missing"
    assert list(faults(rows, head)) == [(place + 1, kind)]


@given(st.lists(entries, min_size=1, max_size=8), st.data())
def test_a_tail_that_was_cut_off_is_found_where_it_began(said: list[Entry], data: st.DataObject) -> None:
    rows, head = chain(said)
    left = data.draw(st.integers(0, len(rows) - 1))
    assert list(faults(rows[:left], head)) == [(left + 1, "cut")]


@given(st.lists(entries, max_size=6), entries)
def test_a_row_added_at_the_end_with_a_right_hash_is_still_found(said: list[Entry], extra: Entry) -> None:
    rows, head = chain(said)
    longer, _ = chain([*said, extra])
    assert list(faults(longer, head)) == [(len(rows) + 1, "inserted")]


@given(st.lists(entries, min_size=1, max_size=6), entries)
def test_a_row_put_in_before_the_first_is_found(said: list[Entry], extra: Entry) -> None:
    rows, head = chain(said)
    stranger: Row = (0, "at", "who", "how", extra.table, extra.number, extra.action, extra.changes, None, "x")
    assert (0, "inserted") in list(faults([stranger, *rows], head))


@given(st.lists(entries, min_size=2, max_size=6), st.data())
def test_a_row_rewritten_with_its_own_hash_made_right_is_found(
    said: list[Entry], data: st.DataObject
) -> None:
    rows, head = chain(said)
    place = data.draw(st.integers(0, len(rows) - 1))
    before = audit.START if place == 0 else str(rows[place - 1][-1])
    other = Entry("forged", said[place].number, said[place].action, said[place].changes)
    forged = link(before, place + 1, "at", "who", "how", other, None)
    rows[place] = (place + 1, "at", "who", "how", "forged", *rows[place][5:9], forged)
    found = list(faults(rows, head))
    assert found == [(min(place + 2, len(rows)), "changed")]


def test_parts_of_a_row_cannot_be_moved_from_one_field_to_the_next() -> None:
    one = link("b", 1, "at", "ab", "c", Entry("t", "n", "insert", "{}"), None)
    other = link("b", 1, "at", "a", "bc", Entry("t", "n", "insert", "{}"), None)
    assert one != other
    assert link("b", 1, "at", "a", "c", Entry("t", "n", "insert", "{}"), "") != link(
        "b", 1, "at", "a", "c", Entry("t", "n", "insert", "{}"), None
    )


def act(path: Path, kind: str, n: int) -> None:
    """One write of some kind; what the process refuses is no write."""
    with writing(path, actor=f"人{n}") as work:
        if kind == "customer":
            customer.add(work, f"医院{n}", {}, {})
        elif kind == "staff":
            staff.add(work, f"员工{n}", ["engineer"], {"email": f"a{n}@example.com"})
        elif kind == "contract":
            contract.add(work, None, "H001", {"sealed_on": TODAY}, {"salesperson": "陈立"})
        elif kind == "call":
            contract_calls.call(work, "HT-1", TODAY, None, None, f"第{n}次")
        elif kind == "return":
            contract.set_date(work, "HT-2", "returned_on", TODAY)
        elif kind == "refused":
            raise Refused("no")


KINDS = ("customer", "staff", "contract", "call", "return", "refused", "nothing")


@settings(max_examples=12, deadline=None)
@given(kinds=st.lists(st.sampled_from(KINDS), max_size=6))
def test_any_sequence_of_writes_leaves_a_chain_without_faults(
    kinds: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = made(tmp_path_factory.mktemp("audit") / "svcq.db")
    count = audited(path)
    for n, kind in enumerate(kinds):
        if kind == "refused":
            with pytest.raises(Refused):
                act(path, kind, n)
            assert audited(path) == count
        else:
            act(path, kind, n)
        assert audited(path) >= count
        count = audited(path)
    assert list(check(path)) == []


@pytest.mark.parametrize("verb", ["update audit set actor = 'x'", "delete from audit"])
def test_the_audit_cannot_be_updated_or_deleted(tmp_path: Path, verb: str) -> None:
    path = made(tmp_path / "svcq.db")
    with pytest.raises((sqlite3.IntegrityError, psycopg.Error), match="audit is append-only"):
        do(path, verb)


@pytest.mark.files  # only SQLite has `insert or replace`
def test_the_audit_cannot_be_replaced_row_by_row(tmp_path: Path) -> None:
    with (
        closing(sqlite3.connect(made(tmp_path / "svcq.db"))) as connection,
        pytest.raises(sqlite3.IntegrityError, match="audit is append-only"),
    ):
        connection.execute(
            "insert or replace into audit select id, at, 'x', command, table_name, number, action, changes, note,"
            " hash from audit where id = 3"
        )


def spoil(path: Path, *statements: str) -> list[str]:
    """What the check says after somebody with the file in hand did these things to it, and covered the traces."""
    if isinstance(path, Path):
        found = ask(path, "select name, sql from sqlite_master where type = 'trigger'")
        do(path, *(f"drop trigger {name}" for name, _ in found), *statements, *(str(sql) for _, sql in found))
    else:
        off, on = (f"alter table audit {way} trigger user" for way in ("disable", "enable"))
        do(path, off, *statements, on)
    return [str(finding.what) for finding in check(path)]


def test_what_is_done_to_the_stored_audit_is_named_with_its_row(tmp_path: Path) -> None:
    last = audited(made(tmp_path / "a.db"))
    copy = "select {id}, at, actor, command, table_name, number, action, changes, note, {hash} from audit"
    cases = {
        "update audit set actor = 'x' where id = 3": "audit row 3 was changed after it was written",
        "update audit set note = '' where id = 3": "audit row 3 was changed after it was written",
        "delete from audit where id = 3": "audit row 3 is missing",
        f"delete from audit where id > {last - 3}": (
            f"the audit ends before row {last - 2}: rows were cut off its end"
        ),
        "delete from audit": "the audit ends before row 1: rows were cut off its end",
        "insert into audit " + copy.format(id=last + 1, hash="hash") + " where id = 3": (
            f"audit row {last + 1} was put in from outside"
        ),
    }
    for n, (statement, sentence) in enumerate(cases.items()):
        assert spoil(made(tmp_path / f"{n}.db"), statement) == [sentence], statement


def test_a_tail_that_was_cut_off_is_still_found_after_the_next_write(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    last = audited(path)
    spoil(path, f"delete from audit where id > {last - 2}")
    act(path, "customer", 1)
    assert [str(finding.what) for finding in check(path)] == [f"audit row {last - 1} is missing"]


def test_a_row_put_in_at_the_end_is_still_found_after_the_next_write(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    last = audited(path)
    spoil(
        path,
        f"insert into audit select {last + 1}, at, actor, command, table_name, number, action, changes, note, hash"
        " from audit where id = 3",
    )
    act(path, "customer", 1)
    assert list(check(path)) != []


def test_a_head_that_was_taken_away_or_moved_back_is_found(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    assert spoil(path, "delete from setting where key = 'audit_head'") != []
    other = made(tmp_path / "b.db")
    rows = ask(other, ROWS)
    back = f"{rows[2][0]} {rows[2][-1]}"
    found = spoil(other, f"update setting set value = '{back}' where key = 'audit_head'")
    assert found[0] == "audit row 4 was put in from outside"


def test_triggers_that_were_taken_away_are_missed(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    do(
        path,
        "drop trigger audit_no_delete" if isinstance(path, Path) else "drop trigger audit_no_change on audit",
    )
    assert [str(finding.what) for finding in check(path)] == ["the triggers that protect the audit are gone"]


def test_a_store_without_a_write_has_a_whole_audit(tmp_path: Path) -> None:
    assert list(check(blank(tmp_path / "svcq.db"))) == []


def test_an_entry_says_who_when_how_and_what(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    with writing(path, actor="周静") as work:
        work.note = "登记有误"
        contract.edit(work, contract.living(work, "HT-1"), {"sealed_on": date(2026, 9, 3)})
    row = ask(path, ROWS)[-1]
    assert row[2:7] == ("周静", "test", "contract", "HT-1", "update")
    assert json.loads(row[7]) == {"sealed_on": ["2026-09-01", "2026-09-03"]}
    assert row[8] == "登记有误"
    assert row[1].endswith("Z")
