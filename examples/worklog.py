"""三 The sample worklog: 160 problems of the year and the work on them, up to the sample's today."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

from world import TODAY, Customer, World, d, later, office_day

PROBLEMS = Path(__file__).parent / "problems.csv"
"""What goes wrong in hospital software: system, module, title, cause, fix, and how a hospital words it."""
TO_DEVELOPMENT = "提交开发"
"""The fix of a problem that is a wish."""
RESULTS = {"solved": "已解决", "watch": "解决待观察", "to_dev": "带回提交开发", "to_check": "带回查"}
CLOSED: tuple[tuple[int, int, str], ...] = (
    (33, 18, "1-4 look; 1-9 solved"),
    (44, 24, "0-2 look; 1-3 look; 1-12 solved; 0 word"),
    (18, 40, "0-1 look; 1-3 watch; 4-9 look; 5-12 solved; 1 word"),
    (10, 60, "0-2 look; 2-6 watch; 7-13 watch; 6-20 close"),
    (9, 75, "1-4 to_dev; 1-3 request; 8-14 look; 1-4 test; 6-20 solved"),
    (6, 30, "1-3 to_check; 3-12 solved"),
    (4, 130, "2-6 look; 20-30 to_check; 45-60 solved"),
    (4, 40, "1-4 solved; 3-12 watch; 3-10 solved"),
    (3, 110, "1-6 solved; 30-60 to_check; 2-9 solved"),
    (2, 60, "0-3 look; 2-8 watch; 2-5 close; 5-12 reopen; 1-8 solved"),
)
"""So many problems, reported so many days ago at least, and what became of them: days since the act before, and what."""
OPEN: tuple[tuple[str, str], ...] = (
    ("07-06", "1 look; 2 to_dev; 2 request; 40 urge"),
    ("07-21", "2 look; 7 watch; 45 urge"),
    ("08-05", "1 to_check; 12 look"),
    ("08-18", "1 to_dev; 13 to_dev; 20 urge"),
    ("08-27", "4 watch"),
    ("09-02", "1 look; 5 to_dev; 2 request; 3 look; 20 test"),
    ("09-08", "2 look; 46 urge"),
    ("09-15", "1 watch; 14 watch; 14 watch"),
    ("09-17", "3 to_dev; 1 request; 20 look"),
    ("09-18", "2 to_check; 48 urge"),
    ("09-22", "1 look; 6 look"),
    ("09-24", "1 look; 7 watch"),
    ("09-25", "3 watch; 14 watch"),
    ("09-30", "8 look"),
    ("09-28", "2 to_dev; 2 request; 10 look; 34 urge"),
    ("10-09", "1 look; 5 look"),
    ("10-12", "1 look; 2 watch; 10 look; 10 watch"),
    ("10-19", "2 to_dev; 3 request"),
    ("10-26", "1 look; 7 to_check"),
    ("11-03", "2 to_dev; 2 request; 5 lab"),
    ("11-09", "1 watch"),
    ("11-12", "1 look; 4 to_dev"),
    ("11-16", "2 look"),
    ("11-18", "2 solved"),
    ("11-18", "2 to_check"),
    ("11-19", ""),
    ("11-20", ""),
)
"""Problems that are open on the sample's day: reported, and what became of them so far."""
OF_THE_FIRST = (136, 142, 148, 156)
"""Places among all problems of those that the first hospital has open."""
LOOKED = (
    "电话了解情况，远程查看日志",
    "远程连接，复现问题",
    "现场查看，与科室确认操作步骤",
    "核对参数和数据，暂未发现异常",
    "联系设备厂家工程师一起排查",
)
CHASED = ("询问开发进度，答复已排入本月版本", "开发反馈正在测试", "与院方沟通进度，同意等下一版本")
TOLD = ("电话回访，科室反馈正常", "与信息科确认，使用正常", "回访当班护士，未再出现")
REASONS = ("观察两周未再出现，院方同意关闭", "院方信息科确认正常，同意关闭", "科室反馈已可正常使用")
ROOMS = {
    "HIS": ("收费处", "药房", "门诊办", "住院处", "护理部"),
    "LIS": ("检验科",),
    "PACS": ("放射科", "超声科"),
    "EMR": ("医务科", "病案室", "护理部"),
}


@dataclass(slots=True)
class Step:
    """A piece of work on a problem; `result` as in RESULTS, or blank."""

    on: date
    by: str
    what: str
    result: str = ""


@dataclass(slots=True)
class Issue:
    """One problem of one hospital."""

    customer: Customer
    problem: dict[str, str]
    engineer: str
    room: str
    caller: str
    reported_on: date
    number: str = ""
    priority_on: date | None = None
    request: str = ""
    request_on: date | None = None
    tested_on: date | None = None
    test_result_on: date | None = None
    passed_on: date | None = None
    urged_on: date | None = None
    closed_on: date | None = None
    closed_by: str = ""
    close_reason: str = ""
    reopened_on: date | None = None
    steps: list[Step] = field(default_factory=list)


def build(random: Random, world: World) -> list[Issue]:
    """160 problems in the order in which they were reported; the first hospital has all that it words itself."""
    with PROBLEMS.open(encoding="utf-8", newline="") as file:
        problems = list(csv.DictReader(file))
    told = [(_some_day(random, ago), story) for count, ago, story in CLOSED for _ in range(count)]
    told += [(d(day), story) for day, story in OPEN]
    worded = [one for one in problems if one["said"]]
    random.shuffle(worded)
    issues = []
    for place, (day, story) in enumerate(told):
        is_news = "to_dev" in story
        of_kind = [one for one in problems if (one["fix"] == TO_DEVELOPMENT) == is_news]
        mine = [one for one in worded if one in of_kind]
        if mine and (place % 10 == 4 or place in OF_THE_FIRST):
            problem, customer = mine[0], world.customers[0]
            worded.remove(problem)
        else:
            problem, customer = random.choice(of_kind), random.choice(world.customers[1:])
        issue = _reported(random, customer, problem, day)
        _live(random, world, issue, story)
        issues.append(issue)
    issues.sort(key=lambda one: (one.reported_on, one.customer.code, one.problem["title"]))
    _number(issues)
    return issues


def _some_day(random: Random, ago: int) -> date:
    """A day of the year at least so many days ago; problems become more from month to month."""
    first, last = date(2026, 3, 2), TODAY - timedelta(days=ago)
    return office_day(first + timedelta(days=int((last - first).days * random.random() ** 0.8)))


def _reported(random: Random, customer: Customer, problem: dict[str, str], day: date) -> Issue:
    room = random.choice(ROOMS.get(problem["system"], ("信息科",)))
    caller = random.choice("林方任袁柳鲍史唐费薛雷贺") + random.choice(("老师", "主任", "组长", "工"))
    issue = Issue(customer, problem, random.choice(customer.engineers), room, caller, day)
    if random.random() < 0.1:
        issue.priority_on = day
    return issue


def _live(random: Random, world: World, issue: Issue, story: str) -> None:
    """Let happen what the story says, as far as it has come."""
    day = issue.reported_on
    for act in story.split("; ") if story else ():
        days, what = act.split()
        low, _, high = days.partition("-")
        day = office_day(day + timedelta(days=random.randint(int(low), int(high or low))))
        if day > TODAY:
            return
        if what in ("look", "word", *RESULTS):
            issue.steps.append(_step(random, world, issue, day, what))
        else:
            _act(random, issue, day, what)


def _step(random: Random, world: World, issue: Issue, day: date, what: str) -> Step:
    waiting = any(step.result == "to_dev" for step in issue.steps)
    texts = {
        "look": CHASED if waiting else LOOKED,
        "word": TOLD,
        "watch": (f"{issue.problem['cause']}，{issue.problem['fix']}，请科室观察",),
        "to_dev": (f"{issue.problem['cause']}，登记需求",),
        "to_check": ("现场未能定位，拷贝日志和数据带回",),
        "solved": (f"{issue.problem['cause']}，{issue.problem['fix']}，测试正常",),
    }
    if waiting and what == "solved":
        texts["solved"] = ("新版本已发布，升级后测试正常",)
    leads = [p.name for p in world.of("区域技术负责人", issue.customer.region)]
    by = leads[0] if what == "to_check" and random.random() < 0.5 else issue.engineer
    said = {step.what for step in issue.steps}
    fresh = [text for text in texts[what] if text not in said] or texts[what]
    return Step(day, by, random.choice(fresh), what if what in RESULTS else "")


def _act(random: Random, issue: Issue, day: date, what: str) -> None:
    """What people do about a problem besides working on it."""
    if what == "urge":
        issue.urged_on = day
    elif what == "request":
        issue.request, issue.request_on = f"{random.randrange(60000, 70000)}", day
    elif what in ("test", "lab"):
        issue.tested_on, issue.test_result_on = day, later(day, 3)
        if what == "test":
            issue.passed_on = later(issue.test_result_on, random.choice((0, 1, 2, 3, 5)))
    elif what == "close":
        issue.closed_on, issue.closed_by, issue.close_reason = day, issue.engineer, random.choice(REASONS)
    else:
        issue.reopened_on = day


def _number(issues: Sequence[Issue]) -> None:
    for place, issue in enumerate(issues, start=1):
        issue.number = f"WT-2026-{place:04d}"
