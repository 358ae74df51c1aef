"""The figures of a month or a quarter, gathered from the ledger and the records of every process."""

from collections.abc import Mapping
from datetime import date

from svcq.policy.model import Book
from svcq.processes import migrate_year, scoring
from svcq.processes.report_figures import (
    DAY,
    Duties,
    Figures,
    Number,
    Point,
    Row,
    Scores,
    Snapshot,
    Window,
    month_ends,
)
from svcq.processes.report_scores import mean, scores
from svcq.processes.scoring_records import fines
from svcq.rules.evidence import Breach
from svcq.rules.periods import Span, months, quarter_before, quarter_of, year_of
from svcq.store import read_report
from svcq.store.read import Reader, yuan
from svcq.store.read_callback import summary
from svcq.store.read_contract import contracts
from svcq.store.read_handover import handovers
from svcq.store.read_ledger import obligations
from svcq.store.read_upgrade import upgrades

SETTLED = ("settled", "void")
"""States of an upgrade about which nothing is left to do."""
DONE = ("applied_on", "done_on", "called_on")


def gather(reader: Reader, span: Span, before: Span, today: date) -> Figures:
    """The figures of a period that has begun by `today`, and of the period before it."""
    window, earlier = Window.of(span, today), Window.of(before, today)
    book, live = scoring.policies(reader), reader.live_from
    t = window.stands_on
    rules = book.on(t).rules
    fined = _fined(reader, window)
    scored = scores(reader, book, window, today)
    points = read_report.overdue_on(reader, month_ends(t))
    return Figures(
        now=_snapshot(reader, book, window, scored, fined),
        before=_before(reader, book, earlier, today) if earlier.span.last >= live else None,
        rules={name: (rule.title, rule.clause, rule.owner) for name, rule in rules.items()},
        trend=[Point(f"{day:%Y-%m}", overdue) for day, overdue in points.items()],
        overdue=list(obligations(reader, t, states=("overdue",), filters={"since": live})),
        scores=scored,
        lists={
            "handover": list(handovers(reader, t, waiting=True)),
            "contract": list(contracts(reader, t, which="overdue")),
            "issue": read_report.stale(reader, t),
            "upgrade": [row for row in upgrades(reader, t) if _moving(row, window)],
            "migrate": list(migrate_year.owing(reader, t, year_of(t), {})),
            "callback": _answers(reader, window, "engineer"),
            "region": _answers(reader, window, "region"),
        },
        fined=fined,
        roles=scoring.Company(reader).roles,
        live=live,
    )


def month_of(day: date) -> Span:
    """The month of a day."""
    return next(months(day, day))


def month_before(span: Span) -> Span:
    """The month before."""
    return month_of(span.first - DAY)


def _before(reader: Reader, book: Book, window: Window, today: date) -> Snapshot:
    return _snapshot(reader, book, window, scores(reader, book, window, today), _fined(reader, window))


def _snapshot(reader: Reader, book: Book, window: Window, scored: Scores, fined: list[Breach]) -> Snapshot:
    """What is compared of a period."""
    first, t = window.span.first, window.stands_on
    duties: dict[tuple[str, str | None], Duties] = {}
    counted = [
        *read_report.standing(reader, t),
        *read_report.fell_due(reader, first, t, window.decided_on, book.on(t).rules),
    ]
    for row in counted:
        key = (str(row.pop("rule")), None if row["region"] is None else str(row["region"]))
        del row["region"]
        part = Duties(**{name: int(str(value)) for name, value in row.items()})
        duties[key] = duties.get(key, Duties()) + part
    parts: dict[str, Mapping[str, Number | None]] = {
        "handover": read_report.handovers(reader, first, t),
        "contract": read_report.contracts(reader, first, t),
        "issue": read_report.issues(reader, first, t),
        "upgrade": read_report.upgrades(reader, first, t),
        "migrate": _migrations(reader, window),
        "callback": _callbacks(reader, window),
        "score": mean(scored),
        "fines": {
            "people": len({one.person for one in fined}),
            "breaches": len(fined),
            "amount": yuan(sum(one.fine_fen for one in fined)),
        },
    }
    counts = {f"{part}.{key}": value for part, values in parts.items() for key, value in values.items()}
    return Snapshot(window, duties, counts)


def _fined(reader: Reader, window: Window) -> list[Breach]:
    """What was fined of all that fell due in the period."""
    found = list(fines(reader, window.span.first, window.span.last, window.decided_on))
    return sorted(found, key=lambda one: (one.person, one.due_on, one.rule, one.number))


def _moving(row: Row, window: Window) -> bool:
    """Whether an upgrade is under way, or something of it happened in the period."""
    days = (row[key] for key in DONE)
    moved = any(isinstance(day, date) and day >= window.span.first for day in days)
    return row["state"] not in SETTLED or (moved and row["state"] != "void")


def _migrations(reader: Reader, window: Window) -> dict[str, Number | None]:
    """五.3: how many hospitals owe a migration in the year, and what became of it; migrations in the period."""
    t = window.stands_on
    states = [row["state"] for row in migrate_year.owing(reader, t, year_of(t), {})]
    return {
        "owing": len(states),
        **{state: states.count(state) for state in ("met", "open", "overdue", "waived")},
        "done": read_report.migrated(reader, window.span.first, t),
    }


def _answers(reader: Reader, window: Window, by: str) -> list[Row]:
    """六: what the callbacks of the period's quarter came to."""
    quarter = quarter_of(window.span.last)
    before = quarter_before(quarter).name
    return list(summary(reader, window.stands_on, by, quarter.name, quarter.name, before=before))


def _callbacks(reader: Reader, window: Window) -> dict[str, Number | None]:
    keys = ("asked", "answered", "unreachable", "open", "overdue")
    rows = _answers(reader, window, "quarter")
    row: Row = rows[0] if rows else dict.fromkeys(keys, 0) | {"satisfaction": None}
    satisfied = row["satisfaction"]
    return {
        **{key: int(str(row[key])) for key in keys},
        "satisfaction": satisfied if isinstance(satisfied, float) else None,
        "calls": read_report.asked(reader, window.span.first, window.stands_on),
    }
