"""The sample contracts: two years of sealing, reminding, calling and coming back, up to the sample's today."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from world import TODAY, Customer, World, office_day

SYSTEMS = (
    ("HIS系统维护", 120_000, 480_000),
    ("电子病历系统维护", 60_000, 220_000),
    ("LIS系统维护", 30_000, 110_000),
    ("PACS系统维护", 50_000, 180_000),
    ("移动护理系统维护", 20_000, 80_000),
    ("集成平台维护", 80_000, 260_000),
)
ROWS = 300
EDGES: tuple[tuple[date, date | None], ...] = (
    (date(2026, 1, 30), date(2026, 2, 28)),
    (date(2026, 1, 16), date(2026, 2, 24)),
    (date(2025, 12, 31), date(2026, 2, 3)),
    (date(2026, 9, 1), date(2026, 10, 8)),
    (date(2026, 10, 23), None),
    (date(2026, 10, 22), None),
    (date(2026, 10, 20), None),
)
"""Sealed and back: due on a make-up Saturday, due in the Spring Festival, one day late, due on National Day,
due today, due on a Sunday that moves to today, due last Friday."""


@dataclass(slots=True)
class Contract:
    """One row of the tracking table; `number` blank: it got none; `calls`: (day, promised or None, note).

    `told`: its story is fixed and left alone.
    """

    customer: Customer
    project: str
    project_number: str
    salesperson: str
    amount: float | None = None
    number: str = ""
    sent_out_on: date | None = None
    sealed_on: date | None = None
    reminded_email_on: date | None = None
    reminded_phone_on: date | None = None
    returned_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    customer_status: str = ""
    refused_on: date | None = None
    free_from: date | None = None
    free_until: date | None = None
    follows: "Contract | None" = None
    followed: bool = False
    told: bool = False
    calls: list[tuple[date, date | None, str]] = field(default_factory=list)

    def first(self) -> date:
        """The day on which the row entered the table."""
        return min(d for d in (self.sent_out_on, self.sealed_on, self.free_from) if d)


def build(random: Random, world: World) -> list[Contract]:
    """300 rows in the order in which they were entered."""
    rows: list[Contract] = []
    for index, customer in enumerate(world.customers):
        system = SYSTEMS[0] if index % 4 else SYSTEMS[1]
        if index < len(EDGES):
            rows.append(_edge(random, world, customer, *EDGES[index]))
        elif index % 5 == 4:
            rows += _free_story(random, world, customer, system)
        else:
            rows += _paid_story(random, world, customer, system, 2026 if index % 13 == 0 else 2025)
    while len(rows) < ROWS:
        customer, system = random.choice(world.customers), random.choice(SYSTEMS[2:])
        if not any(row.customer is customer and row.project == system[0] for row in rows):
            rows += _paid_story(random, world, customer, system, 2025 if len(rows) % 3 else 2026)
    rows = rows[:ROWS]
    _come_back(random, rows)
    rows.sort(key=lambda row: (row.first(), row.customer.code, row.project))
    _number(random, rows)
    return rows


def _blank(random: Random, world: World, customer: Customer, project: str, year: int) -> Contract:
    sellers = [p for p in world.staff if "销售" in p.roles and p.region == customer.region]
    number = f"XM{year % 100}{random.randrange(1000):03d}"
    return Contract(customer, project, number, random.choice(sellers).name)


def _sealed(
    random: Random, world: World, customer: Customer, system: tuple[str, int, int], sealed: date, begin: date
) -> Contract:
    name, low, high = system
    row = _blank(random, world, customer, name, begin.year)
    row.amount = random.randrange(low, high, 500) + random.choice((0, 0, 0, 0, 0.5, 880))
    row.sealed_on = sealed
    if random.random() < 0.93:
        row.sent_out_on = min(
            office_day(sealed + timedelta(days=random.choice((-5, -3, -1, 0, 0, 1)))), TODAY
        )
    row.starts_on = begin
    row.ends_on = begin.replace(year=begin.year + 1) - timedelta(days=1)
    return row


def _begin(random: Random, sealed: date) -> date:
    months = random.choice((0, 0, 1, 1))
    month = sealed.month - 1 + months + 1
    return max(date(sealed.year + month // 12, month % 12 + 1, 1), sealed)


def _paid_story(
    random: Random, world: World, customer: Customer, system: tuple[str, int, int], year: int
) -> list[Contract]:
    low = date(2024, 12, 2) if year == 2025 else date(2025, 12, 29)
    span = 350 if year == 2025 else 322
    sealed = office_day(low + timedelta(days=int(span * random.random() ** (1.15 if year == 2025 else 0.75))))
    first = _sealed(random, world, customer, system, sealed, _begin(random, sealed))
    rows = [first]
    assert first.ends_on
    again = office_day(first.ends_on + timedelta(days=random.choice((-45, -30, -21, -14, -9, -5, -2, 6, 18))))
    if again < date(2026, 11, 19):
        luck = random.random()
        if luck < 0.88:
            begin = max(first.ends_on + timedelta(days=1), again)
            second = _sealed(random, world, customer, system, again, begin)
            second.salesperson, second.follows, first.followed = first.salesperson, first, True
            second.amount = first.amount if random.random() < 0.6 else second.amount
            rows.append(second)
        elif luck < 0.94:
            first.customer_status, first.refused_on = "不转化", again
    return rows


def _free_story(
    random: Random, world: World, customer: Customer, system: tuple[str, int, int]
) -> list[Contract]:
    low, span = random.choice(((date(2024, 12, 9), 400), (date(2024, 12, 9), 690), (date(2025, 11, 25), 85)))
    accepted = office_day(low + timedelta(days=random.randrange(span)))
    free = _blank(random, world, customer, system[0].replace("维护", ""), accepted.year)
    free.free_from = accepted
    free.free_until = accepted.replace(year=accepted.year + 1) - timedelta(days=1)
    free.customer_status = "免费维护"
    again = office_day(free.free_until + timedelta(days=random.choice((-40, -25, -12, -3, 9))))
    if again > date(2026, 11, 18):
        return [free]
    if random.random() < 0.25:
        free.customer_status, free.refused_on = "不转化", again
        return [free]
    paid = _sealed(random, world, customer, system, again, max(free.free_until + timedelta(days=1), again))
    paid.salesperson, paid.follows = free.salesperson, free
    free.customer_status, free.followed = "转化", True
    return [free, paid]


def _edge(random: Random, world: World, customer: Customer, sealed: date, back: date | None) -> Contract:
    row = _sealed(random, world, customer, SYSTEMS[0], sealed, _begin(random, sealed))
    row.sent_out_on, row.returned_on = sealed, back
    _remind(random, row)
    row.told = True
    return row


def _come_back(random: Random, rows: list[Contract]) -> None:
    waiting = [row for row in rows if row.sealed_on and not row.told]
    old = [
        row for row in waiting if not row.followed and row.sealed_on and row.sealed_on < date(2026, 10, 15)
    ]
    recent = [row for row in old if row.sealed_on and row.sealed_on > date(2026, 6, 1)]
    older = [row for row in old if row not in recent]
    lost = random.sample(recent, 20) + random.sample(older, 3)
    for row in lost:
        _remind(random, row)
        _call(random, row)
    back = [row for row in waiting if row not in lost]
    settled = [row for row in back if row.sealed_on and row.sealed_on < date(2026, 9, 10)]
    late = random.sample(settled, 30)
    for row in back:
        assert row.sealed_on
        days = random.randint(36, 75) if row in late else random.choice((*range(4, 27), 14, 16, 18, 21))
        returned = office_day(row.sealed_on + timedelta(days=days))
        if days < 30 and (returned - row.sealed_on).days > 27:
            returned = office_day(row.sealed_on + timedelta(days=3))
        if returned <= date(2026, 11, 20):
            row.returned_on = returned
        _remind(random, row)
        if row in late:
            _call(random, row)
    for row in [r for r in back if r.sealed_on and r.sealed_on >= date(2026, 11, 12)][:4]:
        row.sent_out_on, row.sealed_on, row.returned_on = row.sealed_on, None, None
        row.reminded_email_on = row.reminded_phone_on = None


def _remind(random: Random, row: Contract) -> None:
    out = row.sent_out_on or row.sealed_on
    assert out
    end = row.returned_on or TODAY
    mail = office_day(out + timedelta(days=random.randint(9, 14)))
    phone = office_day(mail + timedelta(days=random.choice((0, 0, 0, 1, 1, 5))))
    luck = random.random()
    if mail < end and luck < 0.94:
        row.reminded_email_on = mail
    if phone < end and luck > 0.07:
        row.reminded_phone_on = phone


def _call(random: Random, row: Contract) -> None:
    assert row.sealed_on
    end = min(row.returned_on or TODAY, TODAY)
    day = office_day(row.sealed_on + timedelta(days=random.choice((33, 33, 34, 36))))
    while day < end and len(row.calls) < 4 and random.random() < 0.85:
        promised = (
            office_day(day + timedelta(days=random.choice((5, 7, 10)))) if random.random() < 0.6 else None
        )
        said = f"院方承诺{promised.month}月{promised.day}日前寄回" if promised else ""
        note = said or random.choice(
            ("院长外出，尚未签字", "在走审批流程", "联系人未接，留言", "合同在财务科", "已盖章，待寄出")
        )
        row.calls.append((day, promised, note))
        day = office_day((promised or day) + timedelta(days=random.choice((1, 3, 7, 8, 14))))


def _number(random: Random, rows: list[Contract]) -> None:
    counts: dict[str, int] = {}
    plain = [row for row in rows if row.sealed_on and not row.followed and not row.calls and row.returned_on]
    nameless = random.sample([row for row in plain if row.sealed_on and row.sealed_on > date(2026, 5, 1)], 6)
    for row in rows:
        if row in nameless:
            continue
        prefix = f"{'MF' if row.free_from else 'HT'}-{row.first().year}"
        counts[prefix] = counts.get(prefix, 0) + 1
        row.number = f"{prefix}-{counts[prefix]:04d}"
