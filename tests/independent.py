"""二 The contract chapter worked out a second time, from the written process alone.

It shares no line with svcq: its own reading of the workbook, its own working days, its own arithmetic. Tests
compare both. `python tests/independent.py TABLE.xlsx CALLS.csv 2026-11-23` shows its answer as JSON.
"""

import csv
import json
import re
import sys
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

from openpyxl import load_workbook

Contract = dict[str, object]
Answer = dict[str, object]

HEADERS = {
    "合同编号": "number",
    "客户名称": "customer",
    "项目编号": "project_number",
    "项目名称": "project",
    "销售": "salesperson",
    "客户经理": "account_manager",
    "合同金额": "amount",
    "出合同日期": "sent_out_on",
    "敲章日期": "sealed_on",
    "回签日期": "returned_on",
    "提醒日期邮件": "reminded_email_on",
    "提醒日期电话": "reminded_phone_on",
    "致电医院日期": "called_on",
    "承诺日期": "promised_on",
    "开始日期": "starts_on",
    "到期日期": "ends_on",
    "免费维护期开始": "free_from",
    "免费维护期结束": "free_until",
    "客户状态": "customer_status",
    "拒绝日期": "refused_on",
    "原合同编号": "follows",
}
"""As the sample workbook writes them; where a group is part of the meaning, with the group."""

REST = """
2025-01-01 2025-01-28 2025-01-29 2025-01-30 2025-01-31 2025-02-03 2025-02-04 2025-04-04 2025-05-01 2025-05-02
2025-05-05 2025-06-02 2025-10-01 2025-10-02 2025-10-03 2025-10-06 2025-10-07 2025-10-08 2026-01-01 2026-01-02
2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-02-20 2026-02-23 2026-04-06 2026-05-01 2026-05-04 2026-05-05
2026-06-19 2026-09-25 2026-10-01 2026-10-02 2026-10-05 2026-10-06 2026-10-07 2027-01-01
"""
WORK = """
2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11
2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10
"""
"""Mondays to Fridays off, and Saturdays and Sundays worked, December 2024 to January 2027 (State Council notices
for 2025 and 2026; New Year's Day 2027 by its fixed date)."""
RESTED = frozenset(map(date.fromisoformat, REST.split()))
WORKED = frozenset(map(date.fromisoformat, WORK.split()))
DAY = timedelta(days=1)


def read_contracts(path: Path) -> list[Contract]:
    """Every contract of the sample's tracking table: HEADERS' keys; dates, `amount` in fen, None for nothing."""
    found = []
    for sheet in load_workbook(path, data_only=True).worksheets:
        lines = [list(line) for line in sheet.iter_rows(values_only=True)]
        top = next(i for i, line in enumerate(lines) if "合同编号" in line)
        for area in sheet.merged_cells.ranges:
            if area.min_row == area.max_row == top + 1:
                lines[top][area.min_col - 1 : area.max_col] = [lines[top][area.min_col - 1]] * area.size[
                    "columns"
                ]
        keys = [_key(a, b) for a, b in zip(lines[top], lines[top + 1], strict=True)]
        for line in lines[top + 2 :]:
            if line[0] == "合计":
                break
            raw = {key: cell for key, cell in zip(keys, line, strict=True) if key}
            found.append({key: _value(key, raw.get(key)) for key in HEADERS.values()})
    return found


def read_calls(path: Path) -> dict[str, list[tuple[date, date | None]]]:
    """Contract number -> (day of the call, day promised)."""
    calls: dict[str, list[tuple[date, date | None]]] = {}
    with path.open(encoding="gbk", newline="") as file:
        for line in csv.DictReader(file):
            promised = line["承诺日期"]
            until = date.fromisoformat(promised) if promised else None
            calls.setdefault(line["合同编号"], []).append((date.fromisoformat(line["致电日期"]), until))
    return calls


def _key(upper: object, lower: object) -> str | None:
    names = (f"{upper or ''}{lower or ''}", str(lower or upper or ""))
    return next((HEADERS[name] for name in names if name in HEADERS), None)


def _value(key: str, cell: object) -> object:
    if cell is None or str(cell).strip() in ("", "/", "无"):
        return None
    if key == "amount":
        digits = re.sub(r"[^0-9.]", "", str(cell))
        whole, _, part = digits.partition(".")
        return int(whole) * 100 + int((part + "00")[:2])
    if key.endswith("_on") or key.startswith("free_"):
        return day_in(cell)
    return str(cell).strip()


def day_in(cell: object) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    text = str(cell).strip()
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    if len(numbers) == 3:
        return date(*numbers)
    if len(text) == 8:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    return date(1899, 12, 30) + int(text) * DAY


def works(day: date) -> bool:
    """Is it a working day in China?"""
    return day in WORKED or (day.weekday() < 5 and day not in RESTED)


def roll(day: date) -> date:
    """`day`, or the first working day after it."""
    while not works(day):
        day += DAY
    return day


def a_month_after(day: date) -> date:
    """The same day of the next month, or its last day."""
    year, month = day.year + day.month // 12, day.month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def key_of(contract: Contract) -> str:
    """Its number; without one customer, project and day of the seal."""
    return str(contract["number"] or "|".join(str(contract[k]) for k in ("customer", "project", "sealed_on")))


def calculate(
    contracts: Iterable[Contract], calls: dict[str, list[tuple[date, date | None]]], today: date
) -> tuple[list[Answer], list[Answer]]:
    """The contracts and their obligations as they stand on `today`; `fine` in CNY.

    Contracts: key, state, return_due_on, returned_on, days_overdue, fine. Obligations: key, rule, starts_on,
    due_on, met_on, state, days_overdue, fine. Records and acts later than `today` are not known yet.
    """
    rows = list(contracts)
    sealed_after: dict[str, date] = {}
    for row in rows:
        before, sealed = row["follows"], row["sealed_on"]
        if before and isinstance(sealed, date):
            sealed_after[str(before)] = min(sealed, sealed_after.get(str(before), sealed))
    listed, owed = [], []
    for row in rows:
        days = {k: v for k, v in row.items() if isinstance(v, date)}
        born = [days[k] for k in ("sent_out_on", "sealed_on", "free_from") if k in days]
        if born and min(born) > today:
            continue
        spoken = {days["called_on"]: days.get("promised_on")} if "called_on" in days else {}
        spoken.update(calls.get(str(row["number"]), []))
        renewed = sealed_after.get(str(row["number"])) if row["number"] else None
        mine = _obligations(days, spoken, renewed, today)
        for one in mine:
            one["key"] = key_of(row)
        owed += mine
        listed.append(_listing(row, days, mine, today))
    return listed, owed


def _listing(row: Contract, days: dict[str, date], mine: list[Answer], today: date) -> Answer:
    back = next((one for one in mine if one["rule"] == "contract.return"), None)
    seen = {k for k, day in days.items() if day <= today}
    if "returned_on" in seen:
        state = "returned"
    elif back and back["state"] == "overdue":
        state = "overdue"
    else:
        state = "out" if {"sent_out_on", "sealed_on"} & seen else "free"
    return {
        "key": key_of(row),
        "state": state,
        "return_due_on": back and back["due_on"],
        "returned_on": days["returned_on"] if "returned_on" in seen else None,
        "days_overdue": back["days_overdue"] if back else 0,
        "fine": back["fine"] if back else 0,
    }


def _obligations(
    days: dict[str, date], spoken: dict[date, date | None], renewed: date | None, today: date
) -> list[Answer]:
    sealed, back, out = days.get("sealed_on"), days.get("returned_on"), days.get("sent_out_on")
    mail, phone = days.get("reminded_email_on"), days.get("reminded_phone_on")
    told = max(mail, phone) if mail and phone else None
    found = []
    begun = out or sealed
    if begun:
        found.append(("contract.remind", begun, roll(begun + 15 * DAY), [told, back]))
    if sealed:
        due = roll(a_month_after(sealed))
        found.append(("contract.return", sealed, due, [back]))
        missed = due + DAY
        if not back or back > due:
            found.append(("contract.call", missed, roll(missed + DAY), [*spoken, back]))
    for day, promised in spoken.items():
        later = [other for other in spoken if other > day]
        found.append(("contract.chase", day, promised or roll(day + 7 * DAY), [*later, back]))
    end = days.get("free_until") or days.get("ends_on")
    if end:
        found.append(("contract.convert", end - 90 * DAY, end, [renewed, days.get("refused_on")]))
    return [_stand(*one, today) for one in found if one[1] <= today]


def _stand(rule: str, starts: date, due: date, acts: list[date | None], today: date) -> Answer:
    done = [act for act in acts if act and act <= today]
    met = min(done) if done else None
    breached = (met or today) > due
    state = ("late" if breached else "met") if met else ("overdue" if breached else "open")
    return {
        "rule": rule,
        "starts_on": starts,
        "due_on": due,
        "met_on": met,
        "state": state,
        "days_overdue": max(0, ((met or today) - due).days),
        "fine": 100 if breached and rule == "contract.return" else 0,
    }


if __name__ == "__main__":
    table, book, on = sys.argv[1:]
    answer = calculate(read_contracts(Path(table)), read_calls(Path(book)), date.fromisoformat(on))
    json.dump(answer, sys.stdout, ensure_ascii=False, default=str, indent=1)
