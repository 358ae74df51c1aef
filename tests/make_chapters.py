"""一 and 三 Random hand-overs and a worklog from a seed, as CSV files with machine headers, and the truth in them.

`python -m tests.make_chapters FOLDER SEED` writes them and says how often each constellation occurs.
"""

import csv
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations, count
from pathlib import Path

from tests.independent import DAY, roll, works
from tests.independent_common import Row, is_day, months_after
from tests.independent_handover import HANDED_IN
from tests.independent_issue import CHECKED, STILL_OPEN, live

FIRST, LAST, TODAY = date(2025, 1, 2), date(2026, 11, 20), date(2026, 11, 23)
FIELDS: dict[str, tuple[str, ...]] = {
    kind: tuple(fields.split())
    for kind, fields in {
        "customer": "code name level region contact phone email engineer account_manager running_since version",
        "staff": "name role team region email phone joined_on left_on trained_on certified_on",
        "follow_up": "handover on by decision expected_on note",
        "handover": "number project_number project customer phase modules project_manager account_manager"
        " accepted_on application_on worklog_on documents_on decision decided_on decided_by expected_on reason"
        " free_from free_until registered_on notice_on receipt_on",
        "issue": "number customer system module title description engineer reported_by reported_on priority"
        " priority_on request request_on tested_by_test_dept_on test_result_on passed_on urged_on closed_on"
        " closed_by close_reason reopened_on",
        "step": "issue on by what result",
        "plan": "number active completion_on release_on",
        "spot_check": "month customer records_on leave_on list_asked_on reconciled_on",
        "leave": "person from until kind",
    }.items()
}
"""Kind of sheet -> its machine headers."""

ENGINEERS = (
    "江映川",
    "陆知微",
    "沈长卿",
    "裴听雨",
    "顾砚秋",
    "温如故",
    "柏舟",
    "叶归舟",
    "秦拾光",
    "罗青禾",
    "邵云起",
    "段怀瑾",
)
ACCOUNT_MANAGERS = ("冯牧遥", "杨云帆", "施南乔", "金听澜")
PROJECT_MANAGERS = ("卫星汉", "蒋逢春", "韩既白")
REGIONAL = ("朱明远", "许山河")
DIVISION = ("何万里",)
QC = ("茅洁", "姚培", "万璐")
PLACES = (
    "岚汀市",
    "澄泽县",
    "云渚区",
    "朔原市",
    "瑶津县",
    "榕汐市",
    "岫安县",
    "曜州市",
    "临溪县",
    "沧屿市",
    "漱石县",
    "暮云市",
)
KINDS = ("人民医院", "中医院", "妇幼保健院", "第二人民医院", "口腔医院")
SYSTEMS = {
    "HIS": ("挂号", "收费", "药库", "住院护士"),
    "LIS": ("采样", "报告"),
    "PACS": ("登记", "阅片"),
    "EMR": ("病程", "质控"),
}

STORIES: dict[str, str] = {
    "untouched": "",
    "looked at": "2-9 none; 1-9 none",
    "left open": "2-20 open; 1-20 open",
    "solved": "2-20 open; 1-9 solved",
    "solved at once": "0 solved",
    "solved on the due day": "=due-1 solved",
    "solved late": "=due solved",
    "solved much later": "=due+9 solved",
    "solved, then not": "3-9 solved; 1 open",
    "solved, then not, then closed by hand": "3-9 solved; 1 open; 0 close",
    "solved and not on one day": "3-9 solved; 0 open; 0-5 none",
    "not solved and solved on one day": "3-9 open; 0 open; 0 solved",
    "solved, then a word more": "3-9 solved; 0 none; 1-9 none",
    "solved twice": "3-9 solved; 2-9 solved",
    "twins": "3-9 twins; 0-9 none",
    "open again soon": "3-9 solved; 2-14 open; 9-30 solved",
    "open again after 14 days": "3-9 solved; 15 open; 2-40 solved",
    "open again after 15 days": "3-9 solved; 16 open; 2-90 solved",
    "open again much later": "3-9 solved; 40-200 open; 1-30 solved",
    "open again twice": "3-9 solved; 30 open; 1-5 solved; 5 open; 9-80 solved",
    "open again for good, twice": "1-4 solved; 17-30 open; 1-5 solved; 17-30 open; 5-50 solved",
    "open again for good, then called back for good": "1-4 solved; 17-30 open; 1-5 solved; 17-30 reopen",
    "called back the same day": "3-9 solved; 1 reopen; 4-30 open",
    "called back soon": "3-9 solved; 2-14 reopen; 0-9 open",
    "called back after 14 days": "3-9 solved; 15 reopen; 3-20 solved",
    "called back after 15 days": "3-9 solved; 16 reopen; 3-90 solved",
    "called back much later": "3-9 solved; 40-200 reopen; 3-20 open",
    "called back and solved on one day": "3-9 solved; 2-30 reopen; 0 solved",
    "closed by hand": "3-20 open; 1-9 close",
    "closed by hand the same day": "3-9 open; 0 close; 3-9 none",
    "closed by hand before it closes itself": "3-9 solved; 0 close; 20-40 open",
    "closed by hand, then solved": "3-9 open; 2-9 close; 3-20 solved",
    "closed by hand, open again": "3-9 open; 2-9 close; 1-30 open",
    "closed by hand, open again after 14 days": "3-9 open; 2-9 close; 14 open",
    "closed by hand, open again after 15 days": "3-9 open; 2-9 close; 15 open; 1-40 solved",
    "closed by hand and called back the same day": "3-9 open; 2-9 close; 0 reopen; 1-9 open",
    "solved, closed by hand and called back the same day": "3-9 solved; 0 close; 0 reopen; 4-9 none",
    "closed by hand and called back": "3-9 open; 2-9 close; 1-13 reopen; 3-30 solved",
    "closed by hand and called back after 14 days": "3-9 open; 2-9 close; 14 reopen; 9-60 solved",
    "closed by hand and called back later": "3-9 open; 2-9 close; 15-90 reopen; 9-60 solved",
    "closed by hand on the due day": "3-9 open; =due close",
    "closed by hand late": "3-9 to_dev; =due+1 close",
    "called back, then closed by hand": "3-9 solved; 3-9 reopen; 0-9 open; 0-9 close",
    "urged, solved, open again for good": "2-9 urge; 1-9 solved; 17-60 open",
    "urged, closed by hand, called back for good": "2-9 open; 0 urge; 1-9 close; 15-60 reopen; 9 open",
    "for development": "3-9 to_dev; 9-30 to_dev; 20-40 solved",
}
"""What happens to an issue: days since the act before (`=due`: the day it is due), and what. `open`: one of the
three results that leave it open; `twins`: the same row twice."""
STAGES = (
    *("applying", "deciding", "eligible just now", "not eligible", "not eligible", "not eligible lately"),
    *("eligible", "eligible", "deciding just now", "eligible", "eligible", "eligible just now"),
    "applying just now",
)
"""How far one hand-over after the other comes at first."""
MISSING = tuple(some for size in (3, 2, 1) for some in combinations(HANDED_IN, size))
"""What one application after the other lacks."""
AFTERWARDS = (
    ((0, 3), (0, 5), (0, 10)),
    ((4, 9), (6, 11), (0, 9)),
    ((0, 3), (0, 5), None),
    ((4, 9), (0, 5), (16, 30)),
    (None, None, None),
    ((4, 9), (0, 5), (16, 30)),
    ((4, 9), (6, 11), None),
    ((0, 9), None, None),
)
"""How many days after it was found eligible one hand-over after the other is registered and its notice sent, and
how many days after that the receipt comes."""
FORGOTTEN = ("project_manager", "", "project_number", "modules", "")
"""What is missing in a registration."""
TOLD = ("date", "date", "no note", "no note", "heard", "heard", "decided", "decided", "eligible", "eligible")
"""What is told after a decision that was not eligible."""
WALKS = 80
"""So many issues have acts as they fall, many on one day."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was written: kind of sheet -> its file, and the rows in it (dates, None for nothing)."""

    paths: dict[str, Path]
    rows: dict[str, list[Row]]

    @property
    def account_managers(self) -> dict[str, str]:
        """Customer -> its account manager."""
        return {str(row["name"]): str(row["account_manager"]) for row in self.rows["customer"]}


def write(folder: Path, seed: int, *, handovers: int = 120, issues: int = 400) -> Made:
    """Write a CSV file for each kind of FIELDS; the rows of a file stand in any order, those of one day in theirs."""
    chance = random.Random(seed)
    staff = _staff(chance)
    customers = [_customer(chance, index) for index in range(60)]
    rows: dict[str, list[Row]] = {"staff": staff, "customer": customers, "handover": [], "follow_up": []}
    rows |= {"issue": [], "step": [], "plan": [_plan(chance, n) for n in range(12)]}
    turns = count()
    for index in range(handovers):
        handover, trail = _handover(chance, index, rows["handover"], customers, turns)
        rows["handover"].append(handover)
        rows["follow_up"] += trail
    names = list(STORIES)
    for index in range(issues):
        story = None if index < WALKS else STORIES[names[index % len(names)]]
        issue, steps = _issue(chance, index, story, chance.choice(customers))
        rows["issue"].append(issue)
        rows["step"] += steps
    rows["spot_check"] = _spot_checks(chance, customers)
    rows["leave"] = [_leave(chance) for _ in range(40)]
    keys = {"follow_up": "handover", "step": "issue", "handover": "number", "issue": "number"}
    rows |= {kind: _shuffled(chance, rows[kind], key) for kind, key in keys.items()}
    paths = {kind: folder / f"{kind}.csv" for kind in FIELDS}
    for kind, path in paths.items():
        with path.open("w", encoding="utf-8", newline="") as file:
            sheet = csv.DictWriter(file, FIELDS[kind], lineterminator="\n")
            sheet.writeheader()
            sheet.writerows(rows[kind])
    return Made(paths, rows)


def _shuffled(chance: random.Random, rows: list[Row], key: str) -> list[Row]:
    """The rows in any order, except that those of one record and day keep theirs."""
    places = [(row[key], row.get("on")) for row in rows]
    waiting: dict[object, list[Row]] = {}
    for place, row in zip(reversed(places), reversed(rows), strict=True):
        waiting.setdefault(place, []).append(row)
    chance.shuffle(places)
    return [waiting[place].pop() for place in places]


def _blank(sheet: str, /, **cells: object) -> Row:
    return {**dict.fromkeys(FIELDS[sheet]), **cells}


def _known(day: date) -> date | None:
    return day if day <= TODAY else None


def _sometimes(chance: random.Random, share: float, value: object) -> object:
    return value if chance.random() < share else None


def _first_day(chance: random.Random, months: int, lately: float) -> date:
    """A first day; often on a 31st, or such that so many months later nobody works or there is no such day.

    `lately`: the share of those that are not long ago.
    """
    if chance.random() < lately:
        return LAST - chance.randint(6, 75) * DAY
    while True:
        day = FIRST + chance.randrange((LAST - FIRST).days - 5) * DAY
        then = months_after(day, months)
        if day.day == 31 or then.day < day.day or chance.random() < (0.15 if works(then) else 0.3):
            return day


# --- people and hospitals


def _staff(chance: random.Random) -> list[Row]:
    people = [
        (ENGINEERS, "engineer"),
        (ACCOUNT_MANAGERS, "account_manager"),
        (PROJECT_MANAGERS, "project_manager"),
        (REGIONAL, "regional_manager"),
        (DIVISION, "division_manager"),
        (QC, "qc"),
    ]
    rows = [
        _blank("staff", name=name, role=role, region=("华东", "华北")[place % 2])
        for names, role in people
        for place, name in enumerate(names)
    ]
    rows[0]["role"], rows[1]["role"] = "technical_lead、engineer", "engineer、technical_lead"
    for place, row in enumerate(rows[4:12]):
        joined = FIRST + chance.randrange(600) * DAY if place else TODAY - 10 * DAY
        row["joined_on"] = joined
        if place % 4:
            row["trained_on"] = trained = joined + chance.randint(1, 20) * DAY
            passed = {2: trained + chance.randint(0, 7) * DAY, 3: joined + chance.randint(40, 60) * DAY}
            row["certified_on"] = passed.get(place % 4)
    return rows


def _customer(chance: random.Random, index: int) -> Row:
    return _blank(
        "customer",
        code=f"H{index + 1:03d}",
        name=f"{PLACES[index % 12]}{KINDS[index // 12]}",
        level=chance.choice((1, 2, 3)),
        region=("华东", "华北")[index % 2],
        engineer="、".join(chance.sample(ENGINEERS, chance.randint(1, 3))),
        account_manager=chance.choice(ACCOUNT_MANAGERS),
    )


def _plan(chance: random.Random, index: int) -> Row:
    ends = FIRST + chance.randint(100, 800) * DAY
    active = chance.choice(("yes", "yes", "no"))
    return _blank(
        "plan", number=f"JH-{index:03d}", active=active, completion_on=ends, release_on=ends + 20 * DAY
    )


def _leave(chance: random.Random) -> Row:
    start = FIRST + chance.randrange(680) * DAY
    end = min(start + chance.choice((0, 0, 1, 4)) * DAY, TODAY)
    return _blank("leave", person=chance.choice(ENGINEERS), kind=chance.choice(("年假", "病假", "事假"))) | {
        "from": start,
        "until": end,
    }


def _spot_checks(chance: random.Random, customers: list[Row]) -> list[Row]:
    rows, month = [], FIRST.replace(day=1)
    while month <= TODAY:
        this_month = months_after(month, 1) > TODAY
        how = "in part" if this_month else ("late", "in part", "in time", "in time")[month.month % 4]
        for customer in chance.sample(customers, chance.randint(1, 3)):
            row = _blank("spot_check", month=f"{month:%Y-%m}", customer=customer["name"])
            for act in CHECKED:
                done = month + (chance.randint(32, 50) if how == "late" else chance.randint(0, 25)) * DAY
                row[act] = _known(done)
            if how == "in part":
                row[chance.choice(CHECKED)] = None
            rows.append(row)
        month = months_after(month, 1)
    return rows


# --- 一 hand-overs


def _handover(
    chance: random.Random, index: int, before: list[Row], customers: list[Row], turns: Iterator[int]
) -> tuple[Row, list[Row]]:
    """A hand-over, as far as it has come, and what was decided and heard after its first decision."""
    stage = STAGES[index % len(STAGES)]
    just_now = stage.endswith("just now")
    accepted = _first_day(chance, 12, lately=0)
    if just_now or stage.endswith("lately"):
        ago = (0, 6) if stage == "applying just now" else (9, 16) if just_now else (25, 45)
        accepted = TODAY - chance.randint(*ago) * DAY
    row = _blank("handover", number=f"YJ-{index + 1:04d}", accepted_on=accepted, phase="1期")
    row["customer"] = chance.choice(customers)["name"]
    row["project"], row["project_number"] = (
        f"{chance.choice(tuple(SYSTEMS))}建设{index + 1}",
        f"XM-{index + 1:04d}",
    )
    if before and chance.random() < 0.3:
        older = chance.choice([one for one in before if one["project_number"] and one["phase"] == "1期"])
        row |= {key: older[key] for key in ("customer", "project", "project_number")}
        phases = sum(one["project_number"] == row["project_number"] for one in before)
        row["phase"] = f"{phases + 1}期"
    row["modules"] = "、".join(chance.sample(("挂号", "收费", "药库", "检验", "影像", "病历"), 3))
    row["project_manager"] = chance.choice(PROJECT_MANAGERS)
    row["account_manager"] = _sometimes(chance, 0.5, chance.choice(ACCOUNT_MANAGERS))
    missing = MISSING[index // len(STAGES) % len(MISSING)] if stage.startswith("applying") else ()
    for paper in HANDED_IN:
        brought = accepted + chance.randint(0, 7 if just_now else 11) * DAY
        row[paper] = None if paper in missing else _known(brought)
    handed_in = [day for key, day in row.items() if key in HANDED_IN and isinstance(day, date)]
    if len(handed_in) < 3 or stage.startswith("deciding"):
        return row, []
    decided = max(handed_in) + chance.choice((0, chance.randint(1, 12), chance.randint(10, 24))) * DAY
    if just_now:
        decided = max(*handed_in, TODAY - chance.randint(0, 3) * DAY)
    if decided > TODAY:
        return row, []
    row |= {"decided_on": decided, "decided_by": chance.choice(REGIONAL + DIVISION)}
    trail: list[Row] = []
    eligible: date | None = decided
    if stage.startswith("not eligible"):
        row |= {"decision": "not_eligible", "reason": "尚有未解决的问题"}
        row["expected_on"] = expected = decided + chance.randint(5, 60) * DAY
        trail, eligible = _trail(chance, row["number"], decided, expected)
    else:
        row["decision"] = "eligible"
    if eligible:
        _after_eligible(chance, row, eligible, next(turns), quick=just_now)
    return row, trail


def _trail(
    chance: random.Random, number: object, decided: date, expected: date
) -> tuple[list[Row], date | None]:
    """Follow-ups and decisions after one that was not eligible, and the day of the eligible one if it came."""
    rows: list[Row] = []
    day = decided
    for n in range(chance.randint(1, 7)):
        same_day = (not rows or rows[-1]["decision"] is None) and chance.random() < 0.3
        if not same_day:
            day = max(day + DAY, expected + chance.randint(-12, 8) * DAY)
        if day > TODAY:
            return rows, None
        asked = [person for person in QC if not rows or person != rows[-1]["by"]]
        row = _blank("follow_up", handover=number, on=day, by=chance.choice(asked), note=f"第{n + 1}次跟踪")
        what = "heard" if same_day else chance.choice(TOLD)
        if what in ("decided", "eligible"):
            row["by"] = chance.choice(REGIONAL + DIVISION)
            row["decision"] = "eligible" if what == "eligible" else "not_eligible"
        if what in ("date", "no note", "decided") or (same_day and chance.random() < 0.7):
            expected = max(day, expected) + chance.randint(3, 50) * DAY
            row["expected_on"] = expected
        if what == "no note":
            row["note"] = None
        rows.append(row)
        if what == "eligible":
            return rows, day
    return rows, None


def _after_eligible(chance: random.Random, row: Row, eligible: date, turn: int, *, quick: bool) -> None:
    """Free maintenance, registration, notice and receipt; `quick`: the notice goes out at once."""
    accepted = row["accepted_on"]
    assert isinstance(accepted, date)
    if chance.random() < 0.3:
        row["free_from"] = accepted + chance.randint(0, (eligible - accepted).days) * DAY
    if chance.random() < 0.3:
        start = row["free_from"] or accepted
        assert isinstance(start, date)
        row["free_until"] = months_after(start, chance.choice((6, 18, 24))) - DAY
    registered, noticed, received = AFTERWARDS[turn % len(AFTERWARDS)]
    if registered:
        row["registered_on"] = _known(eligible + chance.randint(*registered) * DAY)
    if noticed:
        told = eligible + chance.randint(*((0, 1) if quick else noticed)) * DAY
        row["notice_on"] = _known(told)
        if received:
            row["receipt_on"] = _known(told + chance.randint(*received) * DAY)
    if row["registered_on"] and (forgotten := FORGOTTEN[turn // len(AFTERWARDS) % len(FORGOTTEN)]):
        row[forgotten] = None


# --- 三 issues


def _issue(chance: random.Random, index: int, story: str | None, customer: Row) -> tuple[Row, list[Row]]:
    reported = _first_day(chance, 2, lately=0.2)
    system = chance.choice(tuple(SYSTEMS))
    row = _blank(
        "issue",
        number=f"WT-{index + 1:04d}",
        customer=customer["name"],
        system=system,
        module=chance.choice(SYSTEMS[system]),
        title=f"{system}报错{index + 1}",
        engineer=chance.choice(str(customer["engineer"]).split("、")),
        reported_on=reported,
    )
    acts = _walk(chance, reported) if story is None else _told(chance, reported, story)
    steps: list[Row] = []
    for day, what in acts:
        if day > LAST:
            break
        if what == "close":
            row |= {
                "closed_on": day,
                "closed_by": chance.choice((row["engineer"], *QC)),
                "close_reason": "已确认",
            }
        elif what in ("reopen", "urge"):
            row["reopened_on" if what == "reopen" else "urged_on"] = day
        else:
            by = row["engineer"] if chance.random() < 0.8 else chance.choice(ENGINEERS)
            text = f"处理{len(steps) + 1}"
            step = _blank("step", issue=row["number"], on=day, by=by, what=text, result=_result(chance, what))
            steps += [step, dict(step)] if what == "twins" else [step]
    if reported > LAST - 75 * DAY and chance.random() < 0.3:
        _sent_just_now(chance, row, steps)
    if story is None:
        _by_hand(chance, row, steps)
    _development(chance, row, steps)
    if not row["urged_on"]:
        _urge(chance, row, steps)
    return row, steps


def _result(chance: random.Random, what: str) -> str | None:
    if what in ("open", "twins"):
        return chance.choice(STILL_OPEN)
    return None if what == "none" else what


def _told(chance: random.Random, reported: date, story: str) -> list[tuple[date, str]]:
    """The acts of a story, after a few steps that settle nothing."""
    day, acts = reported, []
    if story:
        settling = ("none", "open") if "open" in story or "solved" in story else ("none",)
        for _ in range(chance.choice((0, 0, 1, 1, 2, 3))):
            day += chance.randint(0, 4) * DAY
            acts.append((day, chance.choice(settling)))
    for act in filter(None, story.split("; ")):
        when, what = act.split()
        if when.startswith("=due"):
            day = max(day + DAY, roll(months_after(reported, 2)) + int(when[4:] or 0) * DAY)
        else:
            least, _, most = when.partition("-")
            day += chance.randint(int(least), int(most or least)) * DAY
        acts.append((day, what))
    return acts


def _walk(chance: random.Random, reported: date) -> list[tuple[date, str]]:
    """Steps with any result in any order, close together."""
    days = sorted(reported + chance.randrange(45) * DAY for _ in range(chance.randint(2, 9)))
    days += [day for day in days if chance.random() < 0.3]
    return [(day, chance.choice(("none", "solved", "solved", "open"))) for day in sorted(days)]


def _sent_just_now(chance: random.Random, row: Row, steps: list[Row]) -> None:
    """A last step, in these days, unless it would leave an act by hand without effect."""
    step = _blank("step", issue=row["number"], on=LAST - chance.randrange(3) * DAY, by=row["engineer"])
    step |= {"what": "带回", "result": "to_dev"}
    if not live(row, [*steps, step], TODAY).idle:
        steps.append(step)


def _by_hand(chance: random.Random, row: Row, steps: list[Row]) -> None:
    """Close and reopen an issue by hand on days on which that changes something."""
    reported = row["reported_on"]
    assert isinstance(reported, date)
    for _ in range(20):
        closed, reopened = (_known(reported + chance.randrange(60) * DAY) for _ in range(2))
        said: Row = {
            "closed_on": _sometimes(chance, 0.7, closed),
            "reopened_on": _sometimes(chance, 0.7, reopened),
        }
        said |= {"closed_by": chance.choice(QC), "close_reason": "电话确认"} if said["closed_on"] else {}
        if not live({**row, **said}, steps, TODAY).idle:
            row |= said
            return


def _development(chance: random.Random, row: Row, steps: list[Row]) -> None:
    reported = row["reported_on"]
    sent = min(
        (day for step in steps if step["result"] == "to_dev" and isinstance(day := step["on"], date)),
        default=None,
    )
    assert isinstance(reported, date)
    if sent and chance.random() < 0.75:
        row["request"] = f"VSTS-{chance.randrange(10_000, 99_999)}"
        asked = max(reported, sent + chance.randint(-4, 9) * DAY)
        row["request_on"] = _sometimes(chance, 0.8, _known(asked))
    if chance.random() < 0.4:
        row["priority"] = "yes"
        row["priority_on"] = _sometimes(chance, 0.7, _known(reported + chance.randint(0, 40) * DAY))
    if chance.random() < 0.4:
        tested = reported + chance.randint(1, 20) * DAY
        result = tested + chance.randint(0, 15) * DAY
        if reported > LAST - 75 * DAY and chance.random() < 0.5:
            result = max(tested, TODAY - chance.randrange(3) * DAY)
        row["tested_by_test_dept_on"] = _sometimes(chance, 0.5, _known(tested))
        row["test_result_on"] = _known(result)
        row["passed_on"] = _sometimes(chance, 0.75, _known(result + chance.randint(0, 6) * DAY))


def _urge(chance: random.Random, row: Row, steps: list[Row]) -> None:
    """Urge the engineer on a day on which the issue is open."""
    starts = chance.choice(live(row, steps, TODAY).spells).starts
    if chance.random() < 0.6:
        urged = roll(months_after(starts, 2)) - chance.choice((40, 20, 14, 9, 1, 0, -3, -9)) * DAY
        reported = row["reported_on"]
        assert isinstance(reported, date)
        if reported <= urged <= TODAY and live(row, steps, urged).is_open:
            row["urged_on"] = urged


def days(rows: Iterable[Row]) -> set[date]:
    """Every day in the rows."""
    return {day for row in rows for key, day in row.items() if is_day(key) and isinstance(day, date)}


if __name__ == "__main__":
    from tests.constellations import constellations

    where, number = sys.argv[1:]
    made = write(Path(where), int(number))
    counts = Counter({kind: len(rows) for kind, rows in made.rows.items()})
    counts.update(constellations(made, TODAY))
    for name, often in sorted(counts.items()):
        sys.stdout.write(f"{often:5} {name}\n")
