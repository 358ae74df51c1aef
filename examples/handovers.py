"""一 The sample hand-overs: 23 projects in free maintenance, and 17 that are not so far yet, up to the sample's today."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from contracts import Contract
from world import TODAY, Customer, World, d, later, office_day

MODULES = {
    "HIS系统": ("门诊挂号", "门诊收费", "门诊医生站", "住院登记", "住院收费", "住院护士站", "药房", "药库"),
    "电子病历系统": ("门诊病历", "住院病历", "医嘱管理", "护理文书", "病历质控", "病案首页"),
    "LIS系统": ("标本采集", "检验报告", "质量控制", "危急值"),
    "PACS系统": ("登记预约", "影像浏览", "诊断报告", "胶片打印"),
    "移动护理系统": ("输液执行", "体征录入", "护理巡视"),
    "手术麻醉系统": ("手术安排", "麻醉记录", "收费核对"),
    "集成平台": ("消息服务", "主数据", "接口监控"),
    "体检系统": ("体检登记", "总检报告"),
}
REASONS = (
    "医保接口未通过验收，尚差慢病结算",
    "遗留问题清单还有7条未处理",
    "住院部操作培训未完成",
    "日报、月报与财务核对不一致",
    "自助机接口联调未完成",
    "历史数据迁移后需再观察一个月",
    "院方要求补齐操作手册和应急预案",
)
HEARD = (
    "项目经理反馈接口已联调，待院方签字",
    "现场还有3条问题未关闭，下月初处理完",
    "院方安排下月组织第二轮培训",
    "财务科本月对账无差异，再跟踪一个月",
    "厂家设备到货推迟，工期顺延",
    "操作手册已交，应急预案院方审核中",
)


@dataclass(slots=True)
class Entry:
    """A decision or a follow-up; `decision` as people write it, blank: a follow-up."""

    on: date
    by: str
    decision: str = ""
    expected_on: date | None = None
    note: str = ""


@dataclass(slots=True)
class Handover:
    """One row of the hand-over table: its newest decision; earlier ones and the follow-ups are in `trail`."""

    customer: Customer
    project: str
    project_number: str
    phase: str
    modules: str
    project_manager: str
    accepted_on: date
    number: str = ""
    application_on: date | None = None
    worklog_on: date | None = None
    documents_on: date | None = None
    decision: Entry | None = None
    free_from: date | None = None
    free_until: date | None = None
    registered_on: date | None = None
    notice_on: date | None = None
    receipt_on: date | None = None
    trail: list[Entry] = field(default_factory=list)


NOT_IN: tuple[tuple[str, str, str, str], ...] = (
    ("11-20", "", "", ""),
    ("11-19", "", "", ""),
    ("11-17", "11-19", "", ""),
    ("11-16", "11-18", "11-20", ""),
    ("11-02", "11-06", "11-06", ""),
    ("10-13", "", "", ""),
)
"""Accepted; application, worklog, acceptance documents: the last falls due today, tomorrow, this week, or did."""
NOT_DECIDED: tuple[tuple[str, str], ...] = (
    ("11-12", "11-18"),
    ("11-06", "11-11"),
    ("11-03", "11-06"),
    ("10-20", "10-26"),
)
"""Accepted; all handed in."""
NOT_YET: tuple[tuple[str, str, str, str], ...] = (
    ("08-06", "08-12", "08-21 no 09-30", "09-29 heard 10-31; 10-30 heard 11-30"),
    ("08-25", "09-01", "09-11 no 10-20", "10-26 heard 11-27"),
    ("09-21", "09-28", "10-13 no 11-13", ""),
    ("10-19", "10-26", "11-05 no 12-15", ""),
    ("06-04", "06-11", "06-18 no 07-31", "07-31 heard 08-20; 08-20 no 10-12; 10-12 heard"),
    ("10-27", "11-02", "11-13 no 11-24", ""),
    ("06-23", "06-30", "07-09 no 08-31", "08-31 heard 10-15; 10-15 heard 11-16; 11-16 heard 12-31"),
)
"""Accepted; handed in; the first decision; then follow-ups and decisions, each with the day then expected."""
LATELY = {date(2026, 9, 14): d("11-12"), date(2026, 10, 8): d("11-18")}
"""Acceptance of the newest projects in free maintenance, and when they were found eligible."""
NEVER_CONFIRMED = (8, 16)
"""Places in the tracking table of the projects whose hospitals never said that they have the notice."""


def build(random: Random, world: World, rows: Sequence[Contract]) -> list[Handover]:
    """40 hand-overs in the order of their acceptance; those that are eligible stand in the tracking table too."""
    free = [row for row in rows if row.free_from]
    made = [_eligible(random, world, row, place) for place, row in enumerate(free)]
    theirs = {row.customer.code for row in free}
    places = random.sample([one for one in world.customers if one.code not in theirs], 14)
    known = {row.project_number for row in rows}
    grown = random.sample(made[:9], 3)
    for index, days in enumerate((*NOT_IN, *NOT_DECIDED, *NOT_YET)):
        accepted = d(days[0])
        if index % 6 == 2:
            one = _second_phase(random, world, grown.pop(), accepted)
        else:
            one = _new(random, world, places.pop(), accepted, known)
        _so_far(random, world, one, days)
        made.append(one)
    made.sort(key=lambda one: (one.accepted_on, one.customer.code))
    _number(made)
    return made


def _new(random: Random, world: World, customer: Customer, accepted: date, known: set[str]) -> Handover:
    project = random.choice(tuple(MODULES)[2:])
    number = next(name for _ in range(99) if (name := f"XM26{random.randrange(1000):03d}") not in known)
    known.add(number)
    modules = "、".join(MODULES[project][: random.randint(2, 5)])
    manager = _manager(world, customer, accepted)
    return Handover(customer, project, number, "一期", modules, manager, accepted)


def _second_phase(random: Random, world: World, first: Handover, accepted: date) -> Handover:
    """The next phase of a project that is in free maintenance."""
    modules = "、".join(MODULES["移动护理系统"][: random.randint(2, 3)])
    manager = _manager(world, first.customer, accepted)
    return Handover(first.customer, first.project, first.project_number, "二期", modules, manager, accepted)


def _manager(world: World, customer: Customer, day: date) -> str:
    """The project manager of the region, or the one of the neighbouring region; who had not left by then."""
    near = {"华南": "华东", "华中": "西南"}.get(customer.region, customer.region)
    people = [p for p in world.staff if p.roles == "项目经理" and p.region == near]
    return next(p.name for p in reversed(people) if not p.left_on or day < p.left_on)


def _decider(world: World, customer: Customer) -> str:
    return next(p.name for p in world.staff if p.roles == "大区经理" and p.region == customer.region)


def _so_far(random: Random, world: World, one: Handover, days: tuple[str, ...]) -> None:
    """Let a hand-over come as far as its line of NOT_IN, NOT_DECIDED or NOT_YET says."""
    if days in NOT_IN:
        one.application_on, one.worklog_on, one.documents_on = (d(day) if day else None for day in days[1:])
        return
    one.documents_on = d(days[1])
    one.application_on = one.worklog_on = max(one.accepted_on, office_day(d(days[1]) - timedelta(days=1)))
    if days in NOT_DECIDED:
        return
    entries = [
        _entry(random, world, one.customer, words) for words in "; ".join(days[2:]).split("; ") if words
    ]
    decided = [entry for entry in entries if entry.decision]
    one.decision = decided[-1]
    one.trail = [entry for entry in entries if entry is not one.decision]


def _entry(random: Random, world: World, customer: Customer, words: str) -> Entry:
    on, what, *expected = words.split()
    until = d(expected[0]) if expected else None
    if what == "no":
        return Entry(d(on), _decider(world, customer), "暂不符合", until, random.choice(REASONS))
    return Entry(d(on), _follower(random, world), "", until, random.choice(HEARD))


def _follower(random: Random, world: World) -> str:
    return random.choice([p.name for p in world.staff if p.roles == "质控"])


def _eligible(random: Random, world: World, row: Contract, place: int) -> Handover:
    """The hand-over of a project that stands in the tracking table: free maintenance as it says there."""
    assert row.free_from
    customer, accepted = row.customer, row.free_from
    modules = "、".join(MODULES[row.project][: random.randint(4, 8)])
    manager = _manager(world, customer, accepted)
    one = Handover(customer, row.project, row.project_number, "一期", modules, manager, accepted)
    one.free_from, one.free_until = row.free_from, row.free_until
    one.application_on = later(accepted, random.choice((1, 2, 3, 4, 5, 5, 7)))
    one.worklog_on = later(one.application_on, random.choice((0, 0, 0, 1)))
    one.documents_on = later(one.application_on, random.choice((0, 0, 0, 1, 2)))
    on = later(max(one.worklog_on, one.documents_on), random.choice((4, 6, 7, 8, 9, 10, 13)))
    if accepted in LATELY:
        on = LATELY[accepted]
    elif place % 6 == 4:
        on = _waited(random, world, one, on)
    one.decision = Entry(on, _decider(world, customer), "符合")
    one.registered_on = _known(later(on, 4 if accepted in LATELY else random.choice((0, 1, 1, 2, 3, 5))))
    one.notice_on = _known(later(on, random.choice((1, 2, 3, 4, 5, 8))))
    if one.notice_on and place not in NEVER_CONFIRMED:
        one.receipt_on = _known(later(one.notice_on, random.choice((3, 5, 7, 8, 10, 14))))
    return one


def _waited(random: Random, world: World, one: Handover, on: date) -> date:
    """Not eligible at first, asked after once, and decided again: the day of that."""
    expected = later(on, 20)
    asked, again = later(expected, random.choice((0, 0, 2))), later(expected, 15)
    decider, reason = _decider(world, one.customer), random.choice(REASONS)
    one.trail.append(Entry(on, decider, "暂不符合", expected, reason))
    one.trail.append(Entry(asked, _follower(random, world), "", again, random.choice(HEARD)))
    return again


def _known(day: date) -> date | None:
    return day if day <= TODAY else None


def _number(made: list[Handover]) -> None:
    """Numbers by year; what came in this month without any paper has none yet."""
    counts: dict[int, int] = {}
    for one in made:
        if one.application_on is None and one.accepted_on > date(2026, 11, 15):
            continue
        year = one.accepted_on.year
        counts[year] = counts.get(year, 0) + 1
        one.number = f"YJ-{year}-{counts[year]:03d}"
