"""四 to 六 The sample upgrades, migrations and satisfaction callbacks of the year, up to the sample's today."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from worklog import Issue
from world import TODAY, VERSIONS, Customer, Person, World, d, later, office_day

STORIES: tuple[tuple[int, str], ...] = (
    (12, "plan test approve done report call-yes inform"),
    (2, "plan test approve done mail report call-yes inform"),
    (2, "plan notest approve done report call-yes inform"),
    (2, "plan test approve done report call-unclear inform call2-yes inform2"),
    (1, "late plan test approve done report call-yes inform"),
    (1, "plan test approve done late report call-no inform call2-yes inform2"),
)
"""Upgrades of the months before: so many, and what became of them; `late`: the next step comes too late."""
OPEN: tuple[tuple[str, str, str], ...] = (
    ("10-09", "10-26", "plan test approve done mail call-yes inform"),
    ("10-20", "11-04", "plan test approve done report call-unclear inform"),
    ("10-22", "11-09", "plan test approve done"),
    ("10-29", "11-16", "plan test approve done mail"),
    ("11-03", "11-25", "plan test approve"),
    ("11-05", "11-27", "plan test"),
    ("11-09", "11-30", "plan"),
    ("11-12", "11-24", ""),
    ("11-20", "", ""),
)
"""Upgrades under way on the sample's day: applied, planned (blank: not arranged yet), and what was done so far."""
SURPRISES = (
    "升级脚本在历史库上执行了 40 分钟，超出预计",
    "医保接口动态库版本不匹配，现场更换后恢复",
    "报表模板未随升级包更新，手工补传",
    "部分工作站未自动更新，逐台处理",
)
MODIFICATIONS = (
    "门诊收费保留医院自定义的优惠算法，升级包不得覆盖",
    "住院一日清单使用医院专用模板",
    "检验条码打印走医院自购打印服务",
)
ADVICE = ("希望增加线上培训", "报表查询再快一些", "升级前多留测试时间", "现场巡检希望每月一次", "无")
LEFT_OVER = ("移动护理偶尔断线", "医保对账差异还没查清", "手术排班打印格式没改")
PER_ENGINEER = 4


@dataclass(slots=True)
class Upgrade:
    """One upgrade as the office keeps it; `days`: what was done -> when."""

    customer: Customer
    applied_by: str
    arranged_by: str
    upgrader: str
    version: str
    days: dict[str, date] = field(default_factory=dict)
    number: str = ""
    no_test: str = ""
    solved: Sequence[str] = ()
    surprise: str = ""
    modification: str = ""
    answer: str = ""
    second: str = ""


@dataclass(slots=True)
class Migration:
    """One migration."""

    customer: Customer
    engineer: str
    system: str
    done_on: date
    reindexed_on: date | None
    registered_on: date | None
    number: str = ""


@dataclass(slots=True)
class Callback:
    """One answer of a hospital."""

    quarter: str
    engineer: str
    customer: Customer
    drawn_on: date
    asked_on: date | None
    marks: tuple[int, int] | None
    advice: str
    unsolved: str
    tries: list[date] = field(default_factory=list)


def upgrades(random: Random, world: World, issues: Sequence[Issue]) -> list[Upgrade]:
    """Every upgrade in the order of its application."""
    told = [(_day(random, 70, 300), "", story) for count, story in STORIES for _ in range(count)]
    told += [(d(applied), planned, story) for applied, planned, story in OPEN]
    hospitals = random.sample(world.customers, len(told))
    found = []
    for (applied, planned, story), customer in zip(told, hospitals, strict=True):
        one = Upgrade(
            customer,
            customer.account_manager,
            world.of("大区经理", customer.region)[0].name,
            random.choice(world.of("工程师", customer.region)).name,
            random.choice(VERSIONS[3:]),
        )
        one.days["applied"] = applied
        if planned or story:
            _arrange(random, one, d(planned) if planned else later(applied, random.randint(10, 18)))
            _live(random, one, story, issues)
        found.append(one)
    found.sort(key=lambda one: (one.days["applied"], one.customer.code))
    for place, one in enumerate(found, start=1):
        one.number = f"SJ-{one.days['applied']:%Y}-{place:03d}"
    return found


def _arrange(random: Random, one: Upgrade, planned: date) -> None:
    one.days["arranged"] = min(later(one.days["applied"], random.randint(1, 3)), TODAY)
    one.days["planned"] = planned


def _live(random: Random, one: Upgrade, story: str, issues: Sequence[Issue]) -> None:
    """Let the upgrade go through its story."""
    days, late = one.days, False
    planned = days["planned"]
    for word in story.split():
        act, _, answer = word.partition("-")
        if act == "late":
            late = True
            continue
        if act == "plan":
            days["plan"] = (
                planned + timedelta(days=1) if late else _between(random, days["arranged"], planned)
            )
            days["discussed"] = days["plan"]
        elif act in ("test", "notest"):
            days["test"] = _before(
                max(days["plan"], later(days["plan"], random.randint(0, 2))), planned, late
            )
            one.no_test = "医院没有测试服务器" if act == "notest" else ""
        elif act == "approve":
            days["approve"] = _before(later(days["test"], random.randint(0, 1)), planned, late)
        elif act == "done":
            days["done"] = max(planned, days["approve"])
            days["back"] = days["done"] + timedelta(days=1)
            days["left"] = later(days["done"], 2)
            mine = [i for i in issues if i.customer is one.customer and i.reported_on < days["done"]]
            one.solved = [i.number for i in mine][:2]
            one.surprise = random.choice(SURPRISES) if random.random() < 0.3 else ""
            one.modification = random.choice(MODIFICATIONS) if random.random() < 0.35 else ""
        elif act in ("report", "mail"):
            wait = random.randint(9, 12) if late else random.randint(2, 5)
            days[act] = later(max(days["done"], days.get("mail", days["done"])), wait)
        elif act == "call":
            one.answer = answer
            days["call"] = later(_received(one), random.randint(0, 2))
        elif act == "call2":
            one.second = answer
            days["call2"] = later(days["call"], random.randint(1, 2))
        else:
            days[act] = later(days["call2" if act == "inform2" else "call"], random.randint(0, 1))
        late = False


def _received(one: Upgrade) -> date:
    return min(day for key in ("report", "mail") if (day := one.days.get(key)))


def _between(random: Random, start: date, end: date) -> date:
    """An office day from the day after `start` to two days before `end`."""
    room = max(1, (end - start).days - 3)
    day = office_day(start + timedelta(days=random.randint(1, room)))
    return min(day, end - timedelta(days=1), TODAY)


def _before(day: date, end: date, late: bool) -> date:
    return day if late else min(day, end)


def _day(random: Random, least: int, most: int) -> date:
    """An office day so many days before the sample's today."""
    return office_day(TODAY - timedelta(days=random.randint(least, most)))


def migrations(random: Random, world: World) -> list[Migration]:
    """Most hospitals of level 2 that have been running for three years, and a few others; some details forgotten."""
    due = [c for c in world.customers if c.level == "二级" and c.running_since <= date(2023, 1, 1)]
    found = []
    for customer in random.sample(due, len(due) * 2 // 3):
        done = office_day(d("01-12") + timedelta(days=random.randrange(300)))
        found.append(_migration(random, customer, done))
    others = random.sample([c for c in world.customers if c not in due], 4)
    found += [_migration(random, customer, _day(random, 30, 250)) for customer in others]
    found.sort(key=lambda one: (one.done_on, one.customer.code))
    for place, one in enumerate(found, start=1):
        one.number = f"QY-2026-{place:03d}"
    return found


def _migration(random: Random, customer: Customer, done: date) -> Migration:
    registered: date | None = later(done, random.choice((0, 1, 1, 2, 3, 3, 6)))
    chance = random.random()
    reindexed = None if chance < 0.06 else done + timedelta(days=1) if chance < 0.14 else done
    if (registered and registered > TODAY) or random.random() < 0.05:
        registered = None
    return Migration(
        customer,
        customer.engineers[0],
        random.choice(("HIS", "HIS", "LIS", "EMR")),
        done,
        reindexed,
        registered,
    )


def callbacks(random: Random, world: World) -> list[Callback]:
    """The three quarters that are over: each engineer's customers, none more than twice a year."""
    drawn: dict[str, int] = {}
    before: set[str] = set()
    found = []
    for quarter in (1, 2, 3):
        start = later(date(2026, 3 * quarter - 2, 1), random.randint(6, 11))
        used: set[str] = set()
        for engineer in _engineers(world):
            pool = [c for c in world.customers if engineer.name in c.engineers and c.code not in used]
            random.shuffle(pool)
            pool.sort(key=lambda c: (c.code in before, drawn.get(c.code, 0)))
            for customer in [c for c in pool if drawn.get(c.code, 0) < 2][:PER_ENGINEER]:
                used.add(customer.code)
                drawn[customer.code] = drawn.get(customer.code, 0) + 1
                found.append(_asked(random, f"2026Q{quarter}", engineer.name, customer, start))
        before = used
    return found


def _engineers(world: World) -> list[Person]:
    return [p for p in world.staff if "工程师" in p.roles and p.certified_on and not p.left_on]


def _asked(random: Random, quarter: str, engineer: str, customer: Customer, start: date) -> Callback:
    one = Callback(quarter, engineer, customer, start, None, None, "", "")
    chance = random.random()
    day = later(start, random.randint(2, 30))
    if chance < 0.04:
        one.tries = [later(day, n * 2) for n in range(3)]
    elif chance > 0.97:
        one.tries = [day]
    else:
        good = random.choice((5, 5, 5, 4, 4, 4, 3, 3, 2))
        one.asked_on, one.marks = day, (good, max(1, min(5, good + random.choice((0, 0, 1, -1)))))
        one.advice = random.choice(ADVICE) if random.random() < 0.3 else ""
        one.unsolved = random.choice(LEFT_OVER) if good < 4 and random.random() < 0.5 else ""
    return one
