"""Whatever somebody with the file in hand does to the audit, `svcq db check` names the row at which it was done.

Who computes every hash after it anew, and the head of the chain, cannot be found within the store: only a head that
was noted outside of it shows that.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svcq import clock
from svcq.processes import customer
from svcq.store.audit import COLUMNS, ROWS
from tests.cli import Svcq
from tests.stores import audited, blank, made, writing

pytestmark = pytest.mark.files
Tamper = Callable[[sqlite3.Connection], object]


def tampered(path: Path, tamper: Tamper, *, covered: bool = True) -> str:
    """What the check says after it, the triggers put back; it has to end with 1 and the remedy."""
    triggers = "select name, sql from sqlite_master where type = 'trigger'"
    with closing(sqlite3.connect(path)) as connection, connection:
        found = connection.execute(triggers).fetchall()
        for name, _ in found:
            connection.execute(f"drop trigger {name}")
        tamper(connection)
        for _, made_by in found if covered else ():
            connection.execute(made_by)
    ran = Svcq(path)("db", "check", code=1)
    assert "svcq db restore FILE" in ran.err
    return ran.out


def places(path: Path) -> dict[str, int]:
    """The first row, one in the middle, and the last."""
    last = audited(path)
    return {"first": 1, "middle": last // 2, "last": last}


@pytest.mark.parametrize(
    ("column", "place"),
    [(name, "middle") for name in COLUMNS[1:]]
    + [(name, place) for name in ("changes", "hash") for place in ("first", "last")],
)
def test_a_changed_cell_is_found_at_its_row(tmp_path: Path, column: str, place: str) -> None:
    path = made(tmp_path / "svcq.db")
    row = places(path)[place]
    value = "delete" if column == "action" else "0" * 64 if column == "hash" else "{}"
    said = tampered(path, lambda c: c.execute(f"update audit set {column} = ? where id = ?", (value, row)))
    assert said.splitlines()[0] == f"audit row {row} was changed after it was written"


@pytest.mark.parametrize("place", ["first", "middle", "last"])
@pytest.mark.parametrize("count", [1, 3])
def test_rows_that_were_taken_out_are_found_where_they_stood(tmp_path: Path, place: str, count: int) -> None:
    path = made(tmp_path / "svcq.db")
    last = audited(path)
    first = min(places(path)[place], last - count + 1)
    said = tampered(
        path, lambda c: c.execute("delete from audit where id between ? and ?", (first, first + count - 1))
    )
    cut = f"the audit ends before row {first}: rows were cut off its end"
    assert said.splitlines()[0] == (cut if first + count > last else f"audit row {first} is missing")


def copied(connection: sqlite3.Connection, source: int, target: int) -> None:
    """The same row once more, under another number."""
    values = list(connection.execute(f"{ROWS.partition(' order')[0]} where id = ?", (source,)).fetchone())
    values[0] = target
    connection.execute(f"insert into audit values ({', '.join('?' * len(values))})", values)


def room_at(connection: sqlite3.Connection, row: int) -> None:
    """Every row from there on gets the next number."""
    for (number,) in connection.execute(
        "select id from audit where id >= ? order by id desc", (row,)
    ).fetchall():
        connection.execute("update audit set id = id + 1 where id = ?", (number,))


@pytest.mark.parametrize("forged", [True, False], ids=["of one's own", "word for word"])
@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_a_row_that_was_put_in_is_found_where_it_stands(tmp_path: Path, place: str, forged: bool) -> None:
    path = made(tmp_path / "svcq.db")
    last, row = audited(path), places(path)[place]

    def put_in(connection: sqlite3.Connection) -> None:
        room_at(connection, row)
        copied(connection, row + 1, row)
        if forged:
            connection.execute("update audit set actor = 'x' where id = ?", (row,))

    one_too_many = (
        row if forged else row + 1
    )  # a twin says what stood there: its original is the one too many
    assert tampered(path, put_in).splitlines()[0] == (
        f"audit row {one_too_many} was put in from outside"
        if one_too_many > last
        else f"audit row {one_too_many} was changed after it was written"
    )


@pytest.mark.parametrize("number", [0, -5, 1000])
def test_a_row_put_in_before_the_first_or_after_the_last_is_found(tmp_path: Path, number: int) -> None:
    path = made(tmp_path / "svcq.db")
    assert f"audit row {number} was put in from outside" in tampered(path, lambda c: copied(c, 3, number))


@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_rows_that_changed_places_are_found_at_the_first_of_them(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = made(tmp_path_factory.mktemp("audit") / "svcq.db")
    pair = st.lists(st.integers(1, audited(path)), min_size=2, max_size=2, unique=True)
    one, other = sorted(data.draw(pair))

    def swap(connection: sqlite3.Connection) -> None:
        for before, after in ((one, 0), (other, one), (0, other)):
            connection.execute("update audit set id = ? where id = ?", (after, before))

    assert tampered(path, swap).startswith(f"audit row {one} was changed after it was written\n")


@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_anything_done_to_any_rows_is_found_not_after_the_first_of_them(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = made(tmp_path_factory.mktemp("audit") / "svcq.db")
    rows = data.draw(st.lists(st.integers(1, audited(path)), min_size=1, max_size=4, unique=True))
    column = data.draw(st.sampled_from([name for name in COLUMNS if name not in ("id", "action")]))
    text = data.draw(st.text(min_size=1, max_size=8).filter(lambda text: text.isprintable()))
    ways: dict[str, tuple[str, tuple[Any, ...]]] = {
        "change": (f"update audit set {column} = {column} || ? where id = ?", (text,)),
        "take out": ("delete from audit where id = ?", ()),
        "renumber": ("update audit set id = id + 1000 where id = ?", ()),
    }
    statement, values = ways[data.draw(st.sampled_from(sorted(ways)))]
    if "||" in statement and column == "note":  # nothing said, and nothing added to it, is nothing
        statement = "update audit set note = ? where id = ?"
    said = tampered(path, lambda c: [c.execute(statement, (*values, row)) for row in rows])
    first = min(rows)
    assert f"row {first} " in said or f"row {first}:" in said


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("", "audit row 1 was put in from outside"),
        ("nonsense", "audit row 1 was put in from outside"),
        ("3 {hash}", "audit row 4 was put in from outside"),
        ("{last} 0000", "audit row {last} was changed after it was written"),
        ("{next} {hash}", "the audit ends before row {next}: rows were cut off its end"),
    ],
)
def test_a_head_that_was_written_over_is_found(tmp_path: Path, value: str, found: str) -> None:
    path = made(tmp_path / "svcq.db")
    with closing(sqlite3.connect(path)) as connection:
        last, said = connection.execute("select id, hash from audit order by id desc limit 1").fetchone()
    facts = {"last": last, "next": last + 1, "hash": said}
    head = value.format(**facts)
    out = tampered(
        path, lambda c: c.execute("update setting set value = ? where key = 'audit_head'", (head,))
    )
    assert out.splitlines()[0] == found.format(**facts)


def test_an_audit_that_is_gone_with_its_head_is_missed_where_there_are_records(tmp_path: Path) -> None:
    def forget(connection: sqlite3.Connection) -> None:
        connection.execute("delete from audit")
        connection.execute("delete from setting where key = 'audit_head'")

    said = tampered(made(tmp_path / "svcq.db"), forget)
    assert said == "the audit ends before row 1: rows were cut off its end\n"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_triggers_that_are_gone_are_missed_in_either_language(tmp_path: Path, lang: str) -> None:
    path = made(tmp_path / "svcq.db")
    tampered(path, lambda c: None, covered=False)
    assert Svcq(path, lang=lang)("db", "check", code=1).out.count("\n") == 1


def test_who_computes_every_hash_anew_is_found_by_a_head_that_was_noted(tmp_path: Path) -> None:
    path = made(tmp_path / "svcq.db")
    noted = Svcq(path)("db", "check", "--head").out.strip()
    with writing(path) as work:
        customer.add(work, "后来的医院", {}, {})
    assert Svcq(path)("db", "check", "--noted", noted).out == ""
    forged = blank(tmp_path / "forged.db")
    with writing(forged) as work:
        customer.add(work, "另一家医院", {}, {})
    assert Svcq(forged)("db", "check").out == ""
    said = Svcq(forged)("db", "check", "--noted", noted, code=1).out
    assert said == f"audit row {noted.split()[0]} is not the one that was noted\n"


@pytest.mark.parametrize("noted", ["", "7", "7 ", "x abc"])
def test_a_head_that_is_none_is_refused(tmp_path: Path, noted: str) -> None:
    ran = Svcq(made(tmp_path / "svcq.db"))("db", "check", "--noted", noted, code=2)
    assert "--head printed" in ran.err


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_clock_that_was_put_back_is_told_and_is_no_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    path = made(tmp_path / "svcq.db")
    for n, moment in enumerate(
        ("2100-01-01T00:00:00.000Z", "1970-01-01T00:00:01.000Z", "1970-01-01T00:00:02.000Z")
    ):
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        with writing(path) as work:
            customer.add(work, f"医院{n}", {}, {})
    last = audited(path)
    ran = Svcq(path, lang=lang)("db", "check")
    assert ran.out.count("\n") == 1
    assert f" {last - 1} " in ran.out
    with closing(sqlite3.connect(path)) as connection:
        assert [row[0] for row in connection.execute(ROWS)] == list(range(1, last + 1))
