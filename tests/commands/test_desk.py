"""`svcq` alone: today's desk, whose figures are those of the listings, and how to begin when there is none."""

import re

import pytest

from svcq.output.cells import width
from tests.cli import Svcq
from tests.commands.conftest import small_in
from tests.places import at, exists
from tests.stores import blank


def tally(page):
    """The counts of each process: open, within 7 days, overdue."""
    return {
        found[1]: tuple(map(int, found.groups()[1:]))
        for found in re.finditer(r"(?m)^([a-z-]+) +(\d+) +(\d+) +(\d+) +svcq", page)
    }


def test_the_counts_are_those_of_the_listings(svcq):
    page = svcq().out
    assert page.startswith("2026-11-23, Monday\n\n")
    for name, process in (("contract", "contract"), ("hand-over", "handover"), ("issue", "issue")):
        mine = [one for one in svcq("due", "-f", "json").json if one["process"] == process]
        soon = [one for one in mine if "2026-11-23" <= one["due_on"] <= "2026-11-30"]
        states = [one["state"] for one in mine]
        assert tally(page)[name] == (states.count("open"), len(soon), states.count("overdue"))


def test_the_five_most_urgent_are_the_first_of_due(svcq):
    urgent = svcq().out.partition("Most urgent\n")[2].partition("\n\n")[0].splitlines()[2:]
    first = svcq("due", "-f", "json", "--limit", "5").json
    assert [line.split()[0] for line in urgent] == [one["rule"] for one in first]
    assert all(one["number"] in line for one, line in zip(first, urgent, strict=True))


def test_what_changed_since_yesterday_is_told(small):
    small("contract", "seal", "HT-1", "--on", "2026-09-01")
    page = small("--today", "2026-10-09").out  # due on 8 October, the first day after the holidays
    assert "became overdue  contract.return  HT-1" in page
    assert "became overdue" not in small("--today", "2026-10-08").out.partition("Since yesterday")[2][:30]
    small("contract", "return", "HT-1", "--on", "2026-10-12")
    page = small("--today", "2026-10-12").out
    assert re.search(r"was met +contract.return +HT-1", page)
    assert "was met" not in small("--today", "2026-10-14").out


def test_what_is_new_is_told_for_two_days(small):
    small("contract", "add", "HT-2", "--customer", "江州市中医院", "--sealed", "2026-11-20")
    assert re.search(r"is new +contract.return +HT-2", small("--today", "2026-11-20").out)
    assert re.search(r"is new +contract.return +HT-2", small("--today", "2026-11-21").out)
    assert "is new" not in small("--today", "2026-11-22").out


def test_what_was_due_before_the_company_started_is_counted_apart(small):
    assert tally(small().out)["contract"][2] > 0
    small("policy", "live", "2026-11-01")
    page = small().out
    assert "contract.return" not in page
    history = [one for one in small("due", "-f", "json").json if one["before_live"]]
    assert f"{len(history)} obligations from before 2026-11-01, when the company started" in page


def test_a_store_without_a_record_tells_how_to_begin(empty, tmp_path):
    page = empty().out
    assert "svcq import FILE…" in page
    assert "svcq demo" in page
    assert str(empty.store) in page
    assert not exists(empty.store)
    blank(empty.store)
    assert empty().out == page


def test_a_store_where_nothing_is_due_says_so(empty):
    empty("customer", "add", "江州市中心医院")
    first, *rest = empty().out.split("\n\n")
    assert first == "2026-11-23, Monday"
    assert rest[:2] == ["Nothing is due.", "Since yesterday\nNothing changed."]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("columns", [30, 80, 200])
def test_no_line_is_wider_than_the_terminal_and_a_pipe_has_no_colour(svcq, tmp_path, lang, columns):
    for one in (svcq, Svcq(tmp_path / "none.db")):
        page = one("--lang", lang).out
        assert "\x1b" not in page
        coloured = one("--lang", lang, CLICOLOR_FORCE="1").out
        assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == page
        wide = wide_as(one, lang, columns)
        assert max(map(width, wide)) <= columns


def wide_as(svcq, lang, columns):
    """The lines of the desk on a terminal of so many columns."""
    from datetime import date
    from pathlib import Path

    from svcq import locale
    from svcq.commands import desk_page
    from svcq.desk import Desk
    from svcq.store.read import Reader
    from svcq.store.read_desk import view

    locale.use(lang)
    try:
        desk = Desk(date(2026, 11, 23), Path("x.db"), "茅洁")
        page = desk_page._Page(columns, False)
        if not exists(svcq.store):
            return list(page.beginning(desk))
        reader = Reader(at(svcq.store))
        try:
            return list(page.desk(desk.today, view(reader, desk.today), reader.live_from))
        finally:
            reader.close()
    finally:
        locale.use("en")


def test_names_from_users_are_text(tmp_path):
    svcq = small_in(tmp_path)
    evil = "[red]\x1b[31m=1+1\u202e院"
    svcq("customer", "add", evil)
    svcq("contract", "add", "HT-\x07", "--customer", evil, "--sealed", "2026-09-01", code=None)
    svcq("contract", "add", "HT-9", "--customer", evil, "--sealed", "2026-08-01")
    page = svcq().out
    assert "[red]" in page
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_the_desk_writes_nothing(small):
    before = small.dump()
    small()
    assert small.dump() == before


def test_help_is_as_it_was(small):
    ran = small("--help")
    assert ran.out.startswith("Usage: svcq [OPTIONS] COMMAND [ARGS]...\n")
    assert small("xyzzy", code=2).err.startswith("svcq: there is no command 'xyzzy'")
