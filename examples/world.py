"""The sample world: invented hospitals and people of a company that services hospital software."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

TODAY = date(2026, 11, 23)
REGIONS = ("华东", "华南", "华北", "西南", "华中")
PLACES = {
    "华东": "岚汀 澄泽 云渚 霁川 锦沐 屿安 瑶津 栖霖 汀远 沐岚",
    "华南": "榕汐 琅川 蔚湾 棠浦 澹海 椰岚 泓港",
    "华北": "朔原 霖州 檀州 岱宁 绥澜 柏津 砚川",
    "西南": "岫安 望澜 翠岷 泽岭 桐岭 云砚 蓝崖",
    "华中": "曜州 槿州 楚沅 泊阳 麓津 湘垣 荆汀",
}
CITY = (
    "市第一人民医院",
    "市中心医院",
    "市中医院",
    "市妇幼保健院",
    "市第二人民医院",
    "市肿瘤医院",
    "市儿童医院",
)
COUNTY = ("县人民医院", "县中医院", "区人民医院", "县第二人民医院", "区妇幼保健院")
VERSIONS = ("V5.2.1", "V5.3.0", "V5.5.2", "V6.0", "V6.0.3", "V6.1")
SURNAMES = "沈顾陆钱孙周吴郑冯陈褚卫蒋韩杨朱秦许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛"
GIVEN = (
    "亦舟怀瑾书衡若溪景澄予安知行望舒牧遥清和砚秋时雨思齐长庚云帆佑宁晚晴立言嘉木承泽"
    "南乔逸尘初阳子衿明远霁月听澜修竹问渠青禾仲谋朗行星野惟恒以宁敬之落英致远锦书守拙"
)
"""Given names, two letters each."""
HOLIDAYS = (
    (date(2025, 1, 1), date(2025, 1, 1)),
    (date(2025, 1, 28), date(2025, 2, 4)),
    (date(2025, 4, 4), date(2025, 4, 6)),
    (date(2025, 5, 1), date(2025, 5, 5)),
    (date(2025, 5, 31), date(2025, 6, 2)),
    (date(2025, 10, 1), date(2025, 10, 8)),
    (date(2026, 1, 1), date(2026, 1, 3)),
    (date(2026, 2, 15), date(2026, 2, 23)),
    (date(2026, 4, 4), date(2026, 4, 6)),
    (date(2026, 5, 1), date(2026, 5, 5)),
    (date(2026, 6, 19), date(2026, 6, 21)),
    (date(2026, 9, 25), date(2026, 9, 27)),
    (date(2026, 10, 1), date(2026, 10, 7)),
)


@dataclass(slots=True)
class Person:
    """One member of staff, with the roles as the roster writes them."""

    name: str
    roles: str
    team: str
    region: str
    email: str
    phone: str
    joined_on: date
    left_on: date | None = None
    trained_on: date | None = None
    certified_on: date | None = None


@dataclass(slots=True)
class Customer:
    """One hospital."""

    code: str
    name: str
    level: str
    region: str
    contact: str
    phone: str
    email: str
    engineers: list[str]
    account_manager: str
    running_since: date
    version: str


@dataclass(slots=True)
class World:
    """Everybody in the sample."""

    staff: list[Person] = field(default_factory=list)
    customers: list[Customer] = field(default_factory=list)

    def of(self, role: str, region: str) -> list[Person]:
        """Those who have `role` in `region` and are there for all of the two years."""
        return [
            p
            for p in self.staff
            if role in p.roles and p.region == region and not p.left_on and p.joined_on < date(2024, 12, 1)
        ]


def office_day(day: date) -> date:
    """`day`, or the next day on which the office is open (make-up Saturdays are not used)."""
    while day.weekday() > 4 or any(a <= day <= b for a, b in HOLIDAYS):
        day += timedelta(days=1)
    return day


def later(day: date, office_days: int) -> date:
    """So many office days after `day`."""
    for _ in range(office_days):
        day = office_day(day + timedelta(days=1))
    return day


def d(text: str) -> date:
    """A day of 2026, written 11-23."""
    return date.fromisoformat(f"2026-{text}")


def build(random: Random) -> World:
    """40 people and 120 hospitals, the same for the same seed."""
    world = World()
    world.staff = _staff(random)
    world.customers = _customers(random, world)
    return world


def _staff(random: Random) -> list[Person]:
    posts = [("质控", "质量控制中心", "总部")] * 3
    for region in REGIONS:
        posts += [
            ("大区经理", f"{region}大区", region),
            ("区域技术负责人、工程师", f"{region}技术部", region),
        ]
        posts += [("工程师", f"{region}技术部", region)] * 2
        posts += [("销售", f"{region}大区", region), ("客户经理", f"{region}大区", region)]
    posts += [("项目经理", "项目管理部", region) for region in ("华东", "华北", "西南")]
    posts += [
        ("销售、客户经理", "华东大区", "华东"),
        ("工程师", "华中技术部", "华中"),
        ("工程师", "华南技术部", "华南"),
    ]
    posts += [("项目经理", "项目管理部", "华东")]
    people = []
    for index, (roles, team, region) in enumerate(posts):
        joined = office_day(date(2012, 3, 1) + timedelta(days=random.randrange(4400)))
        certified = office_day(joined + timedelta(days=random.randint(12, 28))) if "工程师" in roles else None
        name = SURNAMES[index] + GIVEN[2 * index : 2 * index + 2]
        email, phone = f"qc{index + 1:03d}@fuwu.example", f"128{random.randrange(10**8):08d}"
        people.append(Person(name, roles, team, region, email, phone, joined, certified_on=certified))
    new, leaver, former = people[-2], people[-3], people[-1]
    _train(people)
    new.joined_on, new.trained_on, new.certified_on = date(2026, 11, 9), date(2026, 11, 17), None
    leaver.left_on, former.left_on = date(2026, 6, 30), date(2025, 3, 31)
    return people


def _train(people: list[Person]) -> None:
    """A training some days before each exam that was passed."""
    random = Random("training")
    for person in people:
        if day := person.certified_on:
            person.trained_on = min(office_day(day - timedelta(days=random.randint(2, 8))), day)


def _customers(random: Random, world: World) -> list[Customer]:
    places = [(region, place) for region in REGIONS for place in PLACES[region].split()]
    hospitals = []
    for index, (region, place) in enumerate(places):
        kinds = CITY[: 5 + index % 3] if index % 3 == 0 else COUNTY[: 2 + index % 2]
        hospitals += [(region, place + kind) for kind in kinds]
    hospitals = hospitals[:120]
    customers = []
    for index, (region, name) in enumerate(hospitals, start=1):
        engineers = world.of("工程师", region)
        several = random.sample(engineers, k=2 if random.random() < 0.2 else 1)
        big = "市" in name
        level = (
            random.choice(("三级", "三级", "二级"))
            if big
            else random.choice(("二级", "二级", "二级", "一级"))
        )
        contact = random.choice("林方任袁柳鲍史唐费薛雷贺") + random.choice(("主任", "科长", "工", "老师"))
        customers.append(
            Customer(
                code=f"YY{index:04d}",
                name=name,
                level=level,
                region=region,
                contact=contact,
                phone=f"128{random.randrange(10**8):08d}",
                email=f"xxk@yy{index:04d}.example" if random.random() < 0.85 else "",
                engineers=[person.name for person in several],
                account_manager=random.choice(world.of("客户经理", region)).name,
                running_since=office_day(date(2011, 6, 1) + timedelta(days=random.randrange(5000))),
                version=random.choice(VERSIONS),
            )
        )
    return customers
