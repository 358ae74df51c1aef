"""四 to 七 A random company from a seed: CSV files with machine headers, commands for what sheets do not say, the truth.

On top of the hand-overs and the worklog of make_chapters: contracts, upgrades, forced steps, migrations, callbacks,
people who change hands and teams, duties, waivers and versions of the policy.
"""

import csv
import random
from datetime import date
from pathlib import Path

from tests import make_chapters
from tests.independent import DAY
from tests.independent_callback import first_day, number_of
from tests.independent_common import Row, months_after
from tests.independent_owed import World
from tests.make_chapters import ACCOUNT_MANAGERS, DIVISION, ENGINEERS, QC, REGIONAL, TODAY
from tests.make_service_acts import REGIONS, SALESPEOPLE, TEAMS, TRACKED, Made, a_day, act

FIELDS = {
    kind: tuple(fields.split())
    for kind, fields in {
        "contract": "number customer project salesperson amount sent_out_on sealed_on reminded_email_on"
        " reminded_phone_on called_on promised_on returned_on starts_on ends_on customer_status refused_on"
        " project_number account_manager free_from free_until follows",
        "call": "contract on by promised_on note",
        "upgrade": "number customer applied_by applied_on arranged_by arranged_on upgrader planned_on plan_on"
        " registered_on discussed_on tested_on no_test_reason approved_on done_on version issues_solved surprises"
        " special_modifications brought_back_on left_on report_on mailed_on called_on stable solved arranged answer"
        " informed_on second_called_on second_stable second_solved second_arranged second_answer"
        " second_informed_on",
        "skip": "upgrade on step skipped reason by",
        "migration": "number customer system engineer done_on reindexed_on registered_on",
        "callback": "quarter engineer customer drawn_on asked_on service attitude advice unsolved",
        "try": "callback on",
    }.items()
}
"""Kind of sheet -> its machine headers, besides those of make_chapters."""
QUARTERS = tuple(f"{year}Q{number}" for year in (2025, 2026) for number in (1, 2, 3, 4))
LIVE = date(2026, 2, 10)


def write(folder: Path, seed: int, *, live: bool = False) -> Made:
    """Write a CSV file for each kind of sheet and the policy files; `live`: the company goes live in the middle."""
    chance = random.Random(seed)
    (folder / "chapters").mkdir(parents=True)
    rows = dict(make_chapters.write(folder / "chapters", seed, handovers=26, issues=100).rows)
    rows["customer"] = rows["customer"][:30]
    known = {row["name"] for row in rows["customer"]}
    for kind in ("handover", "issue", "spot_check"):
        rows[kind] = [row for row in rows[kind] if row["customer"] in known]
    later = {row["handover"] for row in rows["follow_up"] if row["decision"] == "eligible"}
    rows["handover"] = [row for row in rows["handover"] if row["number"] not in later]
    for kind, key, of in (("follow_up", "handover", "handover"), ("step", "issue", "issue")):
        numbers = {row["number"] for row in rows[of]}
        rows[kind] = [row for row in rows[kind] if row[key] in numbers]
    _people(chance, rows)
    _hospitals(chance, rows["customer"])
    rows |= {kind: [] for kind in FIELDS}
    for index in range(40):
        _contract(chance, rows, index)
    for index in range(60):
        _upgrade(chance, rows, index)
    for index in range(40):
        _migration(chance, rows, index)
    for quarter in QUARTERS:
        _callbacks(chance, rows, quarter)
    paths = _files(folder, rows)
    world = World(rows, holders=_holders(rows), live=LIVE if live else None)
    for row in rows["staff"]:
        world.units[str(row["name"])] = [(date.min, str(row["team"]), str(row["region"]))]  # type: ignore[index]
    for row in rows["handover"]:
        if row["decision"] == "eligible":
            _tracked(world, row)
    made = Made(paths, [], world)
    act(chance, folder, made)
    if live:
        made.commands.append(("policy", "live", str(LIVE)))
    return made


def _files(folder: Path, rows: dict[str, list[Row]]) -> dict[str, Path]:
    fields = {**make_chapters.FIELDS, **FIELDS}
    paths = {kind: folder / f"{kind}.csv" for kind in fields}
    for kind, path in paths.items():
        with path.open("w", encoding="utf-8", newline="") as file:
            sheet = csv.DictWriter(file, fields[kind], lineterminator="\n")
            sheet.writeheader()
            sheet.writerows(rows[kind])
    return paths


def _blank(kind: str, /, **cells: object) -> Row:
    return {**dict.fromkeys(FIELDS[kind]), **cells}


def _known(day: date) -> date | None:
    return day if day <= TODAY else None


def _some(chance: random.Random, share: float, day: date) -> date | None:
    return day if day <= TODAY and chance.random() < share else None


# --- what the sheets say


def _people(chance: random.Random, rows: dict[str, list[Row]]) -> None:
    blank = dict.fromkeys(make_chapters.FIELDS["staff"])
    rows["staff"] += [{**blank, "name": name, "role": "salesperson"} for name in SALESPEOPLE]
    for place, row in enumerate(rows["staff"]):
        row |= {"team": TEAMS[place % 3], "region": REGIONS[place % 2]}


def _hospitals(chance: random.Random, customers: list[Row]) -> None:
    for row in customers:
        row["level"] = chance.choice(("1", "2", "2", "3"))
        turn = date(chance.randint(2020, 2023), 1, 1) + chance.randint(-1, 1) * DAY
        row["running_since"] = chance.choice((None, turn, turn, date(2020, 2, 29), date(2018, 7, 9)))


def _contract(chance: random.Random, rows: dict[str, list[Row]], index: int) -> None:
    row = _blank("contract", number=f"HT-{index + 1:04d}", project=f"HIS维护{index + 1}")
    row |= {"customer": chance.choice(rows["customer"])["name"], "salesperson": chance.choice(SALESPEOPLE)}
    row["account_manager"] = chance.choice((None, *ACCOUNT_MANAGERS[:2]))
    sealed = a_day(chance)
    row |= {"sealed_on": sealed, "sent_out_on": _some(chance, 0.6, sealed - chance.randint(0, 9) * DAY)}
    told = sealed + chance.randint(5, 30) * DAY
    row["reminded_email_on"] = _some(chance, 0.7, told)
    row["reminded_phone_on"] = _some(chance, 0.7, told + chance.randint(0, 3) * DAY)
    row["returned_on"] = _some(chance, 0.8, sealed + chance.randint(3, 60) * DAY)
    if chance.random() < 0.3:
        starts = sealed - chance.randint(0, 200) * DAY
        row |= {"starts_on": starts, "ends_on": months_after(starts, 12) - DAY}
    rows["contract"].append(row)
    day = months_after(sealed, 1)
    for _ in range(chance.choice((0, 0, 1, 2))):
        day += chance.randint(1, 9) * DAY
        if day <= TODAY and not (row["returned_on"] and str(row["returned_on"]) <= str(day)):
            promised = chance.choice((None, day + chance.randint(1, 20) * DAY))
            call = {"contract": row["number"], "on": day, "by": chance.choice(QC), "promised_on": promised}
            rows["call"].append(_blank("call", **call))


def _upgrade(chance: random.Random, rows: dict[str, list[Row]], index: int) -> None:
    row = _blank("upgrade", number=f"SJ-{index + 1:04d}", customer=chance.choice(rows["customer"])["name"])
    row |= {"applied_by": chance.choice(ACCOUNT_MANAGERS), "arranged_by": chance.choice(REGIONAL + DIVISION)}
    row["upgrader"] = chance.choice((None, *ENGINEERS[:6], *ENGINEERS[:6]))
    day = TODAY - chance.randint(0, 40) * DAY if chance.random() < 0.25 else a_day(chance)
    stage = chance.choice((1, 2, 3, 4, 5, 6, 7, 8, 8, 8, 8, 8))
    forgets = chance.random() < 0.3

    def come(key: str, after: int, least: int = 0) -> date | None:
        nonlocal day
        day += chance.randint(least, after) * DAY
        row[key] = None if forgets and chance.random() < 0.2 else _known(day)
        return row[key]  # type: ignore[return-value]

    come("applied_on", 0)
    if stage > 1 and come("arranged_on", 9):
        row["planned_on"] = chance.choice((None, *(day + chance.randint(0, 25) * DAY for _ in range(5))))
    if stage > 2 and come("plan_on", 12):
        row["registered_on"] = _some(chance, 0.9, day + chance.randint(0, 2) * DAY)
        row["discussed_on"] = _some(chance, 0.9, day + chance.randint(0, 3) * DAY)
    if stage > 3 and come("tested_on", 9, 3) and chance.random() < 0.3:
        row["no_test_reason"] = "没有测试环境"
    if stage > 4:
        come("approved_on", 3)
    if stage > 5 and come("done_on", 9):
        row |= {"version": f"V{index}.0", "surprises": "打印变慢"}
        row["brought_back_on"] = _some(chance, 0.5, day + DAY)
    if stage > 6:
        how = chance.choice(("report", "mail", "both", "paper first"))
        first = day + chance.choice((0, 3, 7, 8, 12)) * DAY
        second = first + chance.randint(0, 50) * DAY
        row["report_on"] = {"report": first, "mail": None, "both": second, "paper first": first}[how]
        row["mailed_on"] = {"report": None, "mail": first, "both": first, "paper first": second}[how]
        row |= {key: _known(row[key]) for key in ("report_on", "mailed_on") if row[key]}  # type: ignore[arg-type]
        day = first
    if stage > 7:
        _calls(chance, row, day + chance.randint(0, 5) * DAY)
    if not any(row[key] for key in row if key.endswith("_on") and key not in ("planned_on", "left_on")):
        return
    rows["upgrade"].append(row)
    if row["done_on"] and chance.random() < 0.3:
        for step, key in (("done", "done_on"), ("report", "report_on")):
            if row[key] and (step == "done" or chance.random() < 0.5):
                skip = {
                    "step": step,
                    "skipped": "测试、客户认可",
                    "reason": "急",
                    "on": row[key],
                    "by": QC[0],
                }
                rows["skip"].append(
                    _blank("skip", upgrade=row["number"], **skip) | {"skipped": "test、approve"}
                )


def _calls(chance: random.Random, row: Row, day: date) -> None:
    if day > TODAY:
        return
    row |= {"called_on": day, "answer": chance.choice(("yes", "yes", "no", "unclear", None))}
    row["informed_on"] = _some(chance, 0.7, day + chance.choice((0, 1, 1, 4)) * DAY)
    if row["answer"] != "yes" and chance.random() < 0.7:
        again = day + chance.choice((0, 1, 3, 6)) * DAY
        if again <= TODAY:
            row |= {"second_called_on": again, "second_answer": chance.choice(("yes", "no"))}
            row["second_informed_on"] = _some(chance, 0.6, again + chance.choice((0, 1, 4)) * DAY)


def _migration(chance: random.Random, rows: dict[str, list[Row]], index: int) -> None:
    done = a_day(chance)
    customer = chance.choice(rows["customer"])
    row = _blank("migration", number=f"QY-{index + 1:04d}", customer=customer["name"], done_on=done)
    row |= {"system": "HIS", "engineer": chance.choice((None, *ENGINEERS[:6]))}
    row["reindexed_on"] = _some(chance, 0.8, done + chance.choice((0, 0, 0, 1, 5)) * DAY)
    row["registered_on"] = _some(chance, 0.8, done + chance.choice((0, 2, 3, 5, 9)) * DAY)
    rows["migration"].append(row)


def _callbacks(chance: random.Random, rows: dict[str, list[Row]], quarter: str) -> None:
    """A sample in which no hospital is drawn twice in the quarter, or three times in the year."""
    year = quarter[:4]
    often = [row["customer"] for row in rows["callback"] if str(row["quarter"]).startswith(year)]
    free = [row for row in rows["customer"] if often.count(row["name"]) < 2]
    late = chance.random() < 0.4
    for customer in chance.sample(free, min(len(free), chance.randint(6, 12))):
        engineer = chance.choice(str(customer["engineer"]).split("、"))
        row = _blank("callback", quarter=quarter, engineer=engineer, customer=customer["name"])
        drawn = first_day(quarter) + (chance.randint(20, 30) if late else chance.randint(0, 15)) * DAY
        if drawn > TODAY:
            continue
        row["drawn_on"] = drawn
        asked = drawn + chance.randint(1, 100 if chance.random() < 0.3 else 50) * DAY
        if chance.random() < 0.7 and asked <= TODAY:
            row |= {"asked_on": asked, "service": chance.randint(1, 5), "attitude": chance.randint(2, 5)}
            row |= chance.choice(
                ({}, {}, {"attitude": None}, {"service": None, "attitude": None, "advice": "快些"})
            )
            if chance.random() < 0.2:
                row["drawn_on"] = None
        rows["callback"].append(row)
        day = drawn
        for _ in range(chance.choice((0, 0, 2, 3, 4))):
            day += chance.randint(1, 30) * DAY
            if day <= TODAY and row["drawn_on"]:
                rows["try"].append({"callback": number_of(row), "on": day})


def _holders(rows: dict[str, list[Row]]) -> dict[tuple[str, str, str], list[tuple[date, list[str]]]]:
    """Whom the sheets name; without a name nobody is named on the record."""
    columns = (
        ("customer", "customer", "name", {"engineer": "engineer", "account_manager": "account_manager"}),
        ("handover", "handover", "number", {"project_manager": "project_manager"}),
        ("contract", "contract", "number", {key: key for key in ("salesperson", "account_manager")}),
        ("issue", "issue", "number", {"engineer": "engineer"}),
        ("upgrade", "upgrade", "number", {"upgrader": "upgrader", "applied_by": "account_manager"}),
        ("migration", "migrate", "number", {"engineer": "engineer"}),
    )
    found: dict[tuple[str, str, str], list[tuple[date, list[str]]]] = {}
    for sheet, process, name, roles in columns:
        for row in rows[sheet]:
            for column, role in roles.items():
                if row[column]:
                    found[process, str(row[name]), role] = [(date.min, str(row[column]).split("、"))]
    return found


def _tracked(world: World, handover: Row) -> None:
    """The row of the tracking table that an eligible hand-over becomes."""
    starts = handover["free_from"] or handover["accepted_on"]
    assert isinstance(starts, date)
    row = _blank("contract", number=f"{TRACKED}{handover['number']}", customer=handover["customer"])
    row |= {"free_from": starts, "free_until": handover["free_until"] or months_after(starts, 12)}
    world.rows["contract"].append(row)  # type: ignore[attr-defined]
    if handover["account_manager"]:
        who = [(date.min, [str(handover["account_manager"])])]
        world.holders["contract", str(row["number"]), "account_manager"] = who  # type: ignore[index]
