"""三 What the sample office keeps beside its worklog: leave, spot checks, plans; and one hospital's own problem list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from worklog import Issue
from world import World, d, later, office_day

Leave = tuple[str, date, date, str]
"""Who, from, until, kind."""
Check = tuple[str, str, tuple[date | None, date | None, date | None, date | None]]
"""Month, hospital; when work records and leave were checked, the hospital's list asked for and reconciled."""
KINDS = ("年假", "年假", "病假", "事假", "调休")
PLANS: tuple[tuple[str, str, date, date], ...] = (
    ("JH-2026-01", "有效", date(2026, 12, 31), date(2027, 1, 15)),
    ("JH-2026-02", "有效", date(2026, 12, 18), date(2026, 12, 25)),
    ("JH-2026-03", "已结束", date(2026, 6, 30), date(2026, 7, 10)),
)
"""Number, active, completion, release."""
FORGOTTEN = 3
"""So many leaves cover a day on which the person is said to have worked."""
THEIRS = (
    ("2026-08-13", "体检科", "总检结论不能批量导出成表格", "未解决"),
    ("2026-10-21", "门诊部", "候诊区大屏晚上会自己黑掉", "未解决"),
    ("2026-11-10", "手术室", "术前访视单里带不出既往病史", "处理中"),
)
"""Problems that only the hospital knows of: day, room, words, state."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the worklog in its workbook."""

    leave: list[Leave]
    checks: list[Check]


def build(random: Random, world: World, issues: Sequence[Issue]) -> Beside:
    """The leave and the spot checks of the year."""
    return Beside(_leave(random, world, issues), _spot_checks(random, world))


def _leave(random: Random, world: World, issues: Sequence[Issue]) -> list[Leave]:
    """Leave of the engineers, on days without work but for a few."""
    worked = {(step.by, step.on) for issue in issues for step in issue.steps}
    engineers = [p.name for p in world.staff if "工程师" in p.roles and p.certified_on and not p.left_on]
    taken: list[Leave] = []
    for name in engineers * 2:
        start = office_day(d("03-02") + timedelta(days=random.randrange(255)))
        end = later(start, random.choice((0, 0, 0, 1, 2, 4)))
        days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
        if not any((name, day) in worked for day in days) and not _away(taken, name, days):
            taken.append((name, start, end, random.choice(KINDS)))
    old = sorted((by, on) for by, on in worked if on < d("10-20") and not _away(taken, by, [on]))
    taken += [(by, on, on, "事假") for by, on in random.sample(old, FORGOTTEN)]
    return sorted(taken, key=lambda one: (one[1], one[0]))


def _away(taken: Sequence[Leave], name: str, days: Sequence[date]) -> bool:
    return any(who == name and first <= day <= last for who, first, last, _ in taken for day in days)


def _spot_checks(random: Random, world: World) -> list[Check]:
    """A hospital a month; July's was reconciled late, and the list of November has just come."""
    found: list[Check] = []
    for month in range(3, 11):
        customer = random.choice(world.customers[1:])
        first = later(date(2026, month, 1), random.randint(4, 8))
        asked = later(first, random.randint(0, 3))
        reconciled = d("08-06") if month == 7 else later(asked, random.randint(2, 5))
        found.append((f"2026-{month:02d}", customer.name, (first, first, asked, reconciled)))
    return [*found, ("2026-11", world.customers[0].name, (d("11-12"), d("11-12"), d("11-16"), None))]


Problem = tuple[date, str, str, str]
"""Day, room, words, state."""


def problem_list(random: Random, issues: Sequence[Issue], hospital: str) -> list[Problem]:
    """A hospital's own list: most of what we have in its own words, not all of it, and some that we do not have."""
    ours = [one for one in issues if one.customer.name == hospital and one.problem["said"]]
    told = sorted(random.sample(ours, len(ours) - 3), key=lambda one: one.reported_on)
    wrong = random.sample(told, 2)
    found: list[Problem] = []
    for one in told:
        is_solved = bool(one.closed_on) or any(step.result == "solved" for step in one.steps[-2:])
        state = "已解决" if is_solved != (one in wrong) else random.choice(("未解决", "处理中"))
        day = one.reported_on - timedelta(days=random.choice((0, 0, 0, 1, 2)))
        found.append((day, one.room, one.problem["said"], state))
    found += [(date.fromisoformat(day), *rest) for day, *rest in THEIRS]  # type: ignore[misc]
    return sorted(found)
