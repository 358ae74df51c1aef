"""Logs of events in the shapes of three vendors, made from a seed; and what plain csv counts in them.

python -m tests.make_events volvo|helpdesk|servicenow EVENTS FILE.csv
"""

import csv
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

Event = tuple[str, datetime, str, str, str]
"""Case, moment, status, its word behind it, owner (blank: nobody)."""
START = datetime(2012, 1, 9, 7, 30)
SECONDS = 300 * 86_400


@dataclass(frozen=True, slots=True)
class Shape:
    """How one vendor writes a log."""

    delimiter: str
    header: tuple[str, ...]
    row: Callable[[Event, random.Random], tuple[str, ...]]
    moment: Callable[[str], datetime]
    columns: tuple[str, str, str]
    """The columns of the case, the moment and the status."""
    open: tuple[str, ...]
    solved: tuple[str, ...]
    pending: tuple[str, ...]
    """Words whose result leaves something to be done."""
    case: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Counts:
    """What stands in a log: how many cases, events, and cases whose newest word with a result is `solved`."""

    cases: int
    events: int
    closed: int


def _stamp(form: str) -> Callable[[str], datetime]:
    return lambda text: datetime.strptime(text, form)


VOLVO = Shape(
    ";",
    (
        *("SR Number", "Change Date+Time", "Status", "Sub Status", "Involved ST Function Div"),
        *("Involved Org line 3", "Involved ST", "SR Latest Impact", "Product", "Country", "Owner Country"),
        "Owner First Name",
    ),
    lambda event, chance: (
        event[0],
        # summer time as that office had it
        event[1].isoformat() + ("+02:00" if 3 < event[1].month < 11 else "+01:00"),
        *(event[2], event[3], "V3_2", "Org line C", f"V{chance.randrange(40)}", "Medium"),
        *(f"PROD{chance.randrange(400)}", "fr", "France", event[4]),
    ),
    lambda text: datetime.fromisoformat(text).replace(tzinfo=None),
    ("SR Number", "Change Date+Time", "Status"),
    ("Accepted", "Queued", "Unmatched"),
    ("Completed",),
    (),
    lambda place: f"1-{364285768 + 13 * place}",
)
HELPDESK = Shape(
    ",",
    (
        *("Case ID", "Activity", "Resource", "Complete Timestamp", "Variant", "Variant index"),
        *("seriousness", "customer", "product"),
    ),
    lambda event, chance: (
        *(event[0], event[2], event[4], f"{event[1]:%Y/%m/%d %H:%M:%S}.000", "Variant 12", "12"),
        *("Value 1", f"Value {hash_of(event[0]) % 90}", f"Value {hash_of(event[0]) % 17}"),
    ),
    _stamp("%Y/%m/%d %H:%M:%S.%f"),
    ("Case ID", "Complete Timestamp", "Activity"),
    ("Assign seriousness", "Take in charge ticket", "Create SW anomaly"),
    ("Resolve ticket", "Closed"),
    ("Wait", "Require upgrade"),
    lambda place: f"Case {place + 1}",
)
SERVICENOW = Shape(
    ",",
    (
        *("number", "incident_state", "active", "sys_updated_at", "caller_id", "opened_at", "location"),
        *("category", "subcategory", "priority", "assigned_to", "closed_at"),
    ),
    lambda event, chance: (
        *(event[0], event[2], "true", f"{event[1].day}/{event[1].month}/{event[1]:%Y %H:%M}", "Caller 2403"),
        *(
            "?",
            f"Location {hash_of(event[0]) % 60}",
            "Category 55",
            "?",
            "3 - Moderate",
            event[4] or "?",
            "?",
        ),
    ),
    _stamp("%d/%m/%Y %H:%M"),
    ("number", "sys_updated_at", "incident_state"),
    ("New", "Active", "Awaiting User Info"),
    ("Resolved", "Closed"),
    ("Awaiting Vendor", "Awaiting Problem"),
    lambda place: f"INC{place:07d}",
)
SHAPES = {"volvo": VOLVO, "helpdesk": HELPDESK, "servicenow": SERVICENOW}


def hash_of(case: str) -> int:
    """A number that stays the same for a case."""
    return sum(map(ord, case))


def events(shape: Shape, count: int, seed: int = 20130) -> Iterator[Event]:
    """So many events, case by case, about nine a case; of a case mostly in order, now and then two in one second."""
    chance = random.Random(seed)
    left, place = count, 0
    while left:
        moment = START + timedelta(seconds=chance.randrange(SECONDS))
        length = min(left, 1 + int(chance.expovariate(1 / 8)))
        mine: list[Event] = []
        for step in range(length):
            is_last = step == length - 1
            solves = chance.random() < (0.8 if is_last else 0.05)
            status = chance.choice(shape.solved if solves else shape.open + shape.pending)
            word = "In Call" if solves else chance.choice(("In Progress", "Wait", ""))
            owner = f"Value {chance.randrange(200)}" if chance.random() < 0.9 else ""
            mine.append((shape.case(place), moment, status, word, owner))
            if chance.random() < 0.9:
                moment += timedelta(seconds=int(chance.expovariate(1 / 40_000)))
        if chance.random() < 0.05:
            chance.shuffle(mine)
        yield from mine
        left -= length
        place += 1


def write(path: Path, shape: Shape, count: int, seed: int = 20130) -> Path:
    """The log as a file."""
    chance = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=shape.delimiter)
        writer.writerow(shape.header)
        writer.writerows(shape.row(event, chance) for event in events(shape, count, seed))
    return path


def count(path: Path, shape: Shape, day: date = date.max) -> Counts:
    """The counts of a log by csv alone, as they stood at the end of a day.

    Closed: of the words with a result, in the order of time, else of the file, the last ones are for solved, and the
    first of these was on an earlier day.
    """
    results: dict[str, list[tuple[datetime, bool]]] = {}
    rows = 0
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=shape.delimiter):
            case, moment, status = (row[name] for name in shape.columns)
            at = shape.moment(moment)
            if at.date() <= day:
                rows += 1
                mine = results.setdefault(case, [])
                if status in shape.solved + shape.pending:
                    mine.append((at, status in shape.solved))
    closed = 0
    for mine in results.values():
        since = None
        for at, solved in sorted(mine, key=lambda one: one[0]):
            since = (since or at) if solved else None
        closed += since is not None and since.date() < day
    return Counts(len(results), rows, closed)


if __name__ == "__main__":
    vendor, number, target = sys.argv[1:]
    print(count(write(Path(target), SHAPES[vendor], int(number)), SHAPES[vendor]))  # noqa: T201
