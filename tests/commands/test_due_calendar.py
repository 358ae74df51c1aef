"""`due --calendar`: a month of obligations to look at, whose figures are those of the listing."""

import re
from collections import Counter

import pytest

from svcq.output.cells import width
from tests.commands.conftest import small_in
from tests.places import exists


def grid(page):
    """The cells of the calendar: day -> the words of its cell."""
    lines = page.splitlines()
    rule = next(i for i, line in enumerate(lines) if line.startswith("---"))
    starts = [found.start() for found in re.finditer("-+", lines[rule])]
    found, week = {}, {}
    for line in lines[rule + 1 :]:
        if line.startswith("Rule") or line.startswith("Nothing"):
            break
        cells = [line[a:b].strip() for a, b in zip(starts, [*starts[1:], None], strict=True)]
        for place, text in enumerate(cells):
            if day := re.match(r"\[?(\d+)\]?(?: (off|worked))?$", text):
                week[place] = int(day[1])
                found[week[place]] = [text]
            elif text:
                found[week[place]].append(text)
    return found


def owed(svcq, *more):
    """Day of November 2026 -> how many obligations are open and overdue, by the listing."""
    rows = svcq("due", "-f", "json", *more).json
    return Counter((one["due_on"], one["state"]) for one in rows if one["due_on"].startswith("2026-11"))


def test_each_day_has_what_the_listing_has(svcq):
    for more in ((), ("--overdue",), ("--region", "华东"), ("--rule", "contract.return")):
        cells, counts = grid(svcq("due", "--calendar", *more).out), owed(svcq, *more)
        for day in range(1, 31):
            name = f"2026-11-{day:02}"
            open_, late = counts[name, "open"], counts[name, "overdue"]
            wanted = [f"{late} over"] * bool(late) + [f"{open_} due"] * bool(open_)
            assert cells[day][1:] == wanted, (more, day)


def test_weeks_begin_on_monday_and_days_off_and_made_up_days_are_marked(svcq):
    page = svcq("due", "--calendar", "2026-10").out
    assert page.splitlines()[2].split() == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    cells = grid(page)
    assert [cells[day][0] for day in (1, 7, 8, 10, 11)] == ["1 off", "7 off", "8", "10 worked", "11 off"]
    assert grid(svcq("due", "--calendar").out)[23][0] == "[23]"


def test_without_a_name_it_is_the_month_of_the_day_asked_about(svcq):
    assert svcq("due", "--calendar").out.startswith("2026-11\n")
    assert svcq("due", "--calendar", "--as-of", "2026-09-30").out.startswith("2026-09\n")
    assert svcq("due", "--calendar=2026年12月").out.startswith("2026-12\n")
    assert svcq("due", "--calendar", "2026-12", "--overdue").out.startswith("2026-12\n")


def test_the_most_urgent_of_the_month_stand_below(svcq):
    rows = [one for one in svcq("due", "-f", "json").json if one["due_on"].startswith("2026-11")]
    lines = svcq("due", "--calendar", "--limit", "3").out.partition("Rule ")[2].splitlines()[2:]
    assert [line.split()[0] for line in lines[:3]] == [one["rule"] for one in rows[:3]]
    assert f"3 of {len(rows)} rows" in lines
    assert "`svcq due --overdue` lists what is overdue from earlier months too." in lines


def test_what_is_done_is_counted_with_all(svcq):
    rows = svcq("due", "--all", "-f", "json").json
    done = Counter(one["due_on"] for one in rows if one["state"] in ("met", "late", "waived"))
    day = max(day for day in done if day.startswith("2026-10"))
    assert f"{done[day]} done" in grid(svcq("due", "--calendar", "2026-10", "--all").out)[int(day[-2:])]


def test_a_month_with_nothing_is_a_calendar_too(svcq):
    page = svcq("due", "--calendar", "2019-02").out
    assert len(grid(page)) == 28
    assert "Nothing is due in this month.\n" in page


def test_a_store_that_is_not_there_has_a_calendar_and_is_not_made(empty):
    assert "Nothing is due" in empty("due", "--calendar").out
    assert not exists(empty.store)


@pytest.mark.parametrize(
    "month", ["0001-01", "0000-05", "1949-12", "2200-01", "9999-12", "2026-00", "2026-13"]
)
def test_a_month_beyond_the_calendar_is_refused_in_a_sentence(svcq, month):
    assert f"--calendar: '{month}' is no month" in svcq("due", "--calendar", month, code=2).err


@pytest.mark.parametrize("month", ["1950-01", "2199-12"])
def test_the_first_and_the_last_month_have_a_calendar(svcq, month):
    assert "Nothing is due in this month." in svcq("due", "--calendar", month).out


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("columns", [20, 40, 60, 80, 200])
def test_no_line_of_a_calendar_is_wider_than_the_terminal(lang, columns):
    from datetime import date

    from svcq import locale
    from svcq.output.month import Day, month_lines

    locale.use(lang)
    try:
        days = [Day(date(2026, 11, n), n % 7 == 0, n % 5 == 0, 7 * n, n * n, 3) for n in range(1, 31)]
        plain = list(month_lines(days, date(2026, 11, 23), columns))
        coloured = list(month_lines(days, date(2026, 11, 23), columns, colour=True))
    finally:
        locale.use("en")
    assert max(map(width, plain)) <= columns
    assert [re.sub(r"\x1b\[[\d;]*m", "", line).rstrip() for line in coloured] == plain
    assert all("900" in "".join(plain) for _ in plain)


def test_it_goes_to_a_text_file_and_to_nothing_else(svcq, tmp_path):
    target = tmp_path / "month.txt"
    svcq("due", "--calendar", "-o", target)
    assert target.read_text("utf-8") == svcq("due", "--calendar").out
    for words in (("-f", "json"), ("-o", tmp_path / "x.xlsx"), ("-f", "ics")):
        assert "--calendar is a page to look at" in svcq("due", "--calendar", *words, code=2).err
    assert "--calendar: 'soon' is no month" in svcq("due", "--calendar", "soon", code=2).err
    assert not (tmp_path / "x.xlsx").exists()


def test_exit_code_tells_whether_anything_is_there(svcq):
    svcq("due", "--calendar", "--exit-code", code=10)
    svcq("due", "--calendar", "2019-02", "--exit-code", code=0)


def test_a_year_without_official_days_off_is_said_to_be_provisional(svcq):
    assert "due dates in 2031 are provisional" in svcq("due", "--calendar", "2031-03").err


def test_names_from_users_are_text(tmp_path):
    svcq = small_in(tmp_path)
    svcq("customer", "add", "[red]\x1b[31m=1+1院")
    svcq("contract", "add", "HT-9", "--customer", "[red]\x1b[31m=1+1院", "--sealed", "2026-10-30")
    page = svcq("due", "--calendar").out
    assert "[red]" in page
    assert "\x1b" not in page
