"""四 to 七 What commands do in a random company, besides what its sheets say: see make_service."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.independent import DAY
from tests.independent_callback import last_day, number_of
from tests.independent_owed import OWNERS, World, obligations, unit
from tests.independent_policy import Numbers, Version
from tests.make_chapters import ACCOUNT_MANAGERS, ENGINEERS, QC, TODAY

SALESPEOPLE = ("陈立", "王敏", "赵启明")
TEAMS = ("一组", "二组", "三组")
REGIONS = ("华东", "华北")
QC_RULES = (
    *("handover.decide", "handover.follow_up", "contract.remind", "contract.call", "contract.chase"),
    *(
        "contract.feedback",
        "issue.urge",
        "issue.feedback",
        "issue.spot_check",
        "staff.exam",
        "handover.receipt",
    ),
    *("upgrade.callback", "upgrade.second_callback", "upgrade.inform", "migrate.check", "callback.make"),
    "callback.sample",
)
"""QC's rules that somebody answers for; handover.register and handover.notice nobody does."""
TRACKED = "~"
"""Before the number of a hand-over: the row of the tracking table that it became, whose number svcq gives."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was written: kind of sheet -> its file; what is typed after the import; and what all of it comes to."""

    paths: dict[str, Path]
    commands: list[tuple[str, ...]]
    world: World


def policy(version: Version) -> str:
    """A version as a policy file."""
    lines = []
    for (what, name), value in version.items():
        if what == "setting":
            lines.append(f"settings.{name}.value = {value}")
            continue
        said = f"{value[0]} {value[1]}" if isinstance(value, tuple) else value
        lines.append(
            f"rules.{name}.{what} = " + (f'"{said}"' if isinstance(value, tuple | str) else f"{said}")
        )
    return "\n".join(lines)


def act(chance: random.Random, folder: Path, made: Made) -> None:
    """Add the commands of a company whose sheets are written, and what they come to."""
    _policies(folder, made)
    _assignments(chance, made)
    _moves(chance, made)
    _duties(chance, made)
    _acts(chance, folder, made)
    _mended(chance, made)
    _waivers(chance, made)


def a_day(chance: random.Random) -> date:
    """Any day of these two years."""
    return date(2025, 1, 2) + chance.randrange((TODAY - date(2025, 1, 2)).days) * DAY


def _policies(folder: Path, made: Made) -> None:
    """Two versions: other points and caps, then other weights, periods, a fine, and a rule that counts otherwise."""
    first: Version = {
        ("points", "issue.close"): 8,
        ("points_most", "issue.close"): 30,
        ("setting", "score.points"): 4,
        ("setting", "score.points_most"): 10,
        ("score", "migrate.register"): "quarter",
    }
    second: Version = {
        ("setting", "score.weight_compliance"): 50,
        ("setting", "score.weight_satisfaction"): 30,
        ("setting", "score.grade_a"): 95,
        ("period", "upgrade.report"): (3, "workdays"),
        ("fine", "upgrade.report"): 20,
        ("points", "upgrade.order"): 15,
        ("score", "contract.chase"): "none",
    }
    files = [(date(2026, 4, 1), first), (date(2026, 8, 16), second)]
    made.world.numbers = Numbers([files[0], (files[1][0], {**first, **second})])  # laid over what is in force
    for since, version in files:
        path = folder / f"policy-{since}.toml"
        path.write_text(policy(version), "utf-8")
        made.commands.append(("policy", "apply", str(path), "--from", str(since)))


def _assignments(chance: random.Random, made: Made) -> None:
    """Records and hospitals that change hands."""
    world, held = made.world, made.world.holders
    people = {"engineer": ENGINEERS[:4], "upgrader": ENGINEERS[:4], "salesperson": SALESPEOPLE}
    people |= {"account_manager": ACCOUNT_MANAGERS}
    for process, sheet, key, role, many in (
        *(("issue", "issue", "number", "engineer", 6), ("contract", "contract", "number", "salesperson", 4)),
        *(("upgrade", "upgrade", "number", "upgrader", 5), ("migrate", "migration", "number", "engineer", 4)),
        *(
            ("customer", "customer", "name", "engineer", 3),
            ("customer", "customer", "name", "account_manager", 2),
        ),
    ):
        named = [row for row in world.sheet(sheet) if not str(row[key]).startswith(TRACKED)]
        for row in chance.sample(named, many):
            name, day = str(row[key]), a_day(chance)
            trail = list(held.get((process, name, role), ()))
            before = trail[-1][1] if trail else []
            to = chance.choice([person for person in people[role] if person not in before])
            held[process, name, role] = [*trail, (day, [to])]  # type: ignore[index]
            words = ("--role", role, "--to", to, "--from", str(day))
            made.commands.append((process, "assign", name, *words))


def _moves(chance: random.Random, made: Made) -> None:
    """People who move, one of them there and back; a team alone, too."""
    units = made.world.units
    moves = [(name, a_day(chance), True) for name in chance.sample(ENGINEERS, 4)]
    moves += [(chance.choice(QC), a_day(chance), False), (ENGINEERS[0], date(2025, 9, 9), False)]
    for name, day, both in sorted(moves, key=lambda move: move[1]):
        team, region = unit(made.world, name, day)
        new = TEAMS[(TEAMS.index(str(team)) + 1) % 3]
        words = ["--team", new]
        if both:
            region = REGIONS[region == REGIONS[0]]
            words += ["--region", region]
        units[name] = [*units[name], (day, new, region)]  # type: ignore[index]
        made.commands.append(("staff", "edit", name, *words, "--from", str(day), "--reason", "调动"))


def _duties(chance: random.Random, made: Made) -> None:
    duties = []
    for place, rule in enumerate(QC_RULES):
        duties.append((rule, "", date.min, QC[place % 3]))
        if place % 3 == 0:
            duties.append((rule, "", a_day(chance), QC[(place + 1) % 3]))
        if place % 4 == 0:
            duties.append((rule, chance.choice(REGIONS), a_day(chance), QC[(place + 2) % 3]))
    made.world.duties = duties
    for rule, region, since, name in duties:
        words = (
            *(("--region", region) if region else ()),
            *(("--from", str(since)) if since != date.min else ()),
        )
        made.commands.append(("staff", "duty", rule, name, *words))


def _acts(chance: random.Random, folder: Path, made: Made) -> None:
    """Tables for the commerce centre, December checks, answers and tries."""
    for month, on in (("2025-03", "2025-04-03"), ("2025-12", "2026-01-20"), ("2026-09", "2026-10-12")):
        made.world.feedback[month] = date.fromisoformat(on)  # type: ignore[index]
        path = str(folder / f"{month}.xlsx")
        made.commands.append(("contract", "feedback", "--month", month, "--on", on, "-o", path))
    made.world.checks = [{"year": "2025", "on": date(2026, 1, 7)}]
    made.commands.append(("migrate", "check", "2025", "--record", "--on", "2026-01-07"))
    waiting = [row for row in made.world.sheet("callback") if not row["asked_on"]]
    for row in chance.sample(waiting, 4):
        drawn = row["drawn_on"]
        assert isinstance(drawn, date)
        day = min(TODAY, max(drawn, last_day(row["quarter"]) - chance.randint(-5, 20) * DAY))
        row |= {"asked_on": day, "service": chance.randint(1, 5), "attitude": chance.randint(1, 5)}
        marks = ("--service", str(row["service"]), "--attitude", str(row["attitude"]))
        made.commands.append(("callback", "record", number_of(row), "--on", str(day), *marks))
    for row in chance.sample([row for row in waiting if not row["asked_on"]], 2):
        drawn = row["drawn_on"]
        assert isinstance(drawn, date)
        for _ in range(3):
            made.world.rows["try"].append({"callback": number_of(row), "on": drawn})  # type: ignore[attr-defined]
            made.commands.append(("callback", "record", number_of(row), "--on", str(drawn), "--unreachable"))


def _mended(chance: random.Random, made: Made) -> None:
    """Records that were a mistake, and upgrades that were put off."""
    kinds = (
        ("upgrade", "upgrade"),
        ("migration", "migrate"),
        ("callback", "callback"),
        ("contract", "contract"),
    )
    for sheet, process in kinds:
        living = [row for row in made.world.sheet(sheet) if not str(row.get("number")).startswith(TRACKED)]
        for row in chance.sample(living, 2):
            row["void_on"] = TODAY
            number = number_of(row) if sheet == "callback" else str(row["number"])
            made.commands.append((process, "void", number, "--reason", "重复登记"))
    planned = [
        row
        for row in made.world.sheet("upgrade")
        if row["planned_on"] and not row["done_on"] and not row.get("void_on")
    ]
    for row in chance.sample(planned, 2):
        before = row["planned_on"]
        assert isinstance(before, date)
        row["planned_on"] = before + chance.randint(-1, 20) * DAY
        words = ("--to", str(row["planned_on"]), "--reason", "医院停电")
        made.commands.append(("upgrade", "postpone", str(row["number"]), *words))


def _waivers(chance: random.Random, made: Made) -> None:
    """Breaches that are let off, and a few obligations that are not breached yet."""
    every = [one for one in obligations(made.world, TODAY) if not str(one["number"]).startswith(TRACKED)]
    breached: Sequence[dict[str, object]] = [one for one in every if one["breached"] and one["person"]]
    chosen = chance.sample(breached, 14) + chance.sample([one for one in every if not one["breached"]], 3)
    first = [one for one in breached if one["rule"] in ("issue.close", "contract.return", "upgrade.order")]
    for one in {
        str((one["rule"], one["number"], one["starts_on"])): one for one in chosen + first[:5]
    }.values():
        rule, number, starts, due = (one[key] for key in ("rule", "number", "starts_on", "due_on"))
        assert isinstance(starts, date)
        assert isinstance(due, date)
        day = min(TODAY, max(starts, due + chance.randint(-3, 40) * DAY))
        made.world.waivers[str(rule), str(number), starts] = day  # type: ignore[index]
        words = ("--starts", str(starts), "--on", str(day), "--reason", "医院停电")
        made.commands.append(("waive", str(rule), str(number), *words))


assert set(QC_RULES).isdisjoint(OWNERS)
