"""七: quarters whose scores were published: who did so and when, the frozen figures, the lines behind them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from svcq.store.read import Reader


@dataclass(frozen=True, slots=True)
class Publication:
    """A frozen quarter."""

    period: str
    published_on: date
    published_by: str
    policy: str
    """Name of the policy by which it was scored."""
    body: str
    """The whole of that policy, as a file."""
    note: str | None


@dataclass(frozen=True, slots=True)
class Frozen:
    """The frozen figures of a person, a team or a region, as they were printed; None where there were no data."""

    name: str
    role: str | None
    team: str | None
    region: str | None
    people: int
    score: float | None
    compliance: float | None
    satisfaction: float | None
    resolution: float | None
    points: int
    breaches: int
    waived: int
    fines_fen: int
    grade: str | None


def published(reader: Reader, period: str) -> Publication | None:
    """The publication of a quarter such as `2026Q3`; None if it is not published."""
    row = reader.one(
        "select period, published_on, published_by, policy, body, note from v_score_publication"
        " where period = :period",
        {"period": period},
    )
    return None if row is None else Publication(**row)  # type: ignore[arg-type]


def frozen(reader: Reader, period: str, kind: str) -> dict[str, Frozen]:
    """The frozen figures of a quarter by name, in that order; `kind`: person, team or region."""
    return {name: one for (name, _), one in _figures(reader, period, kind, "person = ''")}


def frozen_days(reader: Reader, period: str, kind: str) -> dict[tuple[str, str], Frozen]:
    """The frozen figures of everybody's days in each team or region (`kind`), by its name and the person's."""
    return dict(_figures(reader, period, kind, "person <> ''"))


def _figures(reader: Reader, period: str, kind: str, which: str) -> Iterator[tuple[tuple[str, str], Frozen]]:
    rows = reader.rows(
        "select person, name, role, team, region, people, score, compliance, satisfaction, resolution, points,"
        " breaches, waived, fines_fen, grade from v_score_figure"
        f" where period = :period and kind = :kind and {which} order by name, person",
        {"period": period, "kind": kind},
    )
    for row in rows:
        person = str(row.pop("person"))
        yield (str(row["name"]), person), Frozen(**row)  # type: ignore[arg-type]


def frozen_lines(
    reader: Reader, period: str, person: str | None = None, indicator: str | None = None
) -> Iterator[dict[str, object]]:
    """The frozen lines of a quarter in the order in which they were printed, by person and indicator if those are given.

    Keys: person, indicator, team, region, rule, clause, process, number, customer, starts_on, due_on, met_on, days_late,
    points, counted, waived, reason, asked_on, service, attitude.
    """
    chosen = {"person": person, "indicator": indicator}
    asked = {key: value for key, value in chosen.items() if value is not None}
    where = "".join(f" and {key} = :{key}" for key in asked)
    rows = reader.rows(
        "select person, indicator, team, region, rule, clause, process, number, customer, starts_on, due_on, met_on,"
        " days_late, points, counted, waived, reason, asked_on, service, attitude"
        f" from v_score_evidence where period = :period{where} order by id",
        {"period": period, **asked},
    )
    for row in rows:
        yield {**row, "waived": bool(row["waived"])}
