"""Twenty years of a company as rows: every table of records, in proportion to the number of its issues, from a seed.

Three steps to an issue, a tenth as many contracts, a fiftieth as many hand-overs, upgrades and migrations, a hospital to
300 issues. A company a hundredth the size has as many years behind it and the same share of its work still open.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from measure import TODAY

SEED = 20261123
DAYS = 7300
LAST = date.fromisoformat(TODAY)
FIRST = LAST - timedelta(days=DAYS)
EVER = "0001-01-01"
REGIONS = ("华东", "华南", "华北", "西南", "东北")
ROLES = (
    "engineer",
    "salesperson",
    "account_manager",
    "upgrader",
    "project_manager",
    "qc",
    "regional_manager",
)
WORDS = ("挂号", "收费", "药房", "检验", "病历", "医保", "排班", "报表", "影像", "住院")
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything there is beside so many issues."""

    issues: int

    @property
    def hospitals(self) -> int:
        """3,333 beside a million issues."""
        return max(7, self.issues // 300)

    @property
    def people(self) -> int:
        """333 beside a million issues."""
        return max(7, self.issues // 3000)

    @property
    def contracts(self) -> int:
        """100,000 beside a million issues."""
        return self.issues // 10

    @property
    def projects(self) -> int:
        """20,000 beside a million issues: as many hand-overs, upgrades and migrations."""
        return self.issues // 50

    @property
    def months(self) -> list[str]:
        """The months that are over, as 2026-10."""
        return sorted({f"{FIRST + timedelta(days=n):%Y-%m}" for n in range(DAYS)} - {f"{LAST:%Y-%m}"})


Maker = Callable[[Size, random.Random], Iterator[Row]]
TABLES: dict[str, tuple[str, Maker]] = {}
"""Table -> its columns, and what makes its rows, in an order in which they can be put in."""


def table(name: str, columns: str) -> Callable[[Maker], Maker]:
    """The rows that a function makes are those of a table."""

    def known(maker: Maker) -> Maker:
        TABLES[name] = columns, maker
        return maker

    return known


def person(n: int) -> str:
    """The name of a person by id."""
    return f"员工{n:04d}"


def hospital(n: int) -> str:
    """The name of a hospital by id."""
    return f"第{n:05d}人民医院"


def issue(n: int) -> str:
    """The number of an issue by id."""
    return f"WT-{n:07d}"


def _day(n: int, count: int) -> date:
    """When the n-th of so many records began: they are spread evenly over the years."""
    return FIRST + timedelta(days=n * DAYS // count)


def _after(on: date, days: int) -> str | None:
    """So many days later, if that has been."""
    day = on + timedelta(days=days)
    return day.isoformat() if day <= LAST else None


def _left(n: int, count: int) -> bool:
    """Whether nobody ever finished the n-th record: one in 2,000, eight at least, of the last two years."""
    young = max(16, count // 10)
    return n > count - young and n % max(1, young // max(8, count // 2000)) == 0


@table("staff", "id, name, name_key, team, region, email, joined_on, trained_on, certified_on")
def staff(size: Size, chance: random.Random) -> Iterator[Row]:
    """Everybody came before the first record; everybody has an address."""
    for n in range(1, size.people + 1):
        days = ("2006-01-02", "2006-01-09", "2006-01-16")
        yield n, person(n), person(n), f"{n % 12}组", REGIONS[n % 5], f"p{n}@fuwu.example", *days


@table("staff_unit", "staff_id, from_on, team, region")
def units(size: Size, chance: random.Random) -> Iterator[Row]:
    """Everybody has stayed in one team, but every tenth."""
    for n in range(1, size.people + 1):
        if n % 10 == 0:
            yield n, EVER, f"{n % 7}组", REGIONS[n % 5]
        yield n, "2026-08-17" if n % 10 == 0 else EVER, f"{n % 12}组", REGIONS[n % 5]


@table("staff_role", "staff_id, role, place")
def roles(size: Size, chance: random.Random) -> Iterator[Row]:
    """Two in three are engineers; every other role has a share."""
    for n in range(1, size.people + 1):
        yield from ((n, role, place) for place, role in enumerate(dict.fromkeys(("engineer", ROLES[n % 7]))))


@table("customer", "id, code, name, name_key, level, region, running_since")
def customers(size: Size, chance: random.Random) -> Iterator[Row]:
    """Hospitals of three levels."""
    for n in range(1, size.hospitals + 1):
        since = FIRST + timedelta(days=chance.randrange(DAYS // 2))
        yield n, f"C{n:05d}", hospital(n), hospital(n), 1 + n % 3, REGIONS[n % 5], since.isoformat()


@table("contract", "id, number, customer_id, project, amount_fen, sent_out_on, sealed_on, reminded_email_on,"
       " reminded_phone_on, returned_on, starts_on, ends_on, customer_status, follows_id, first_on")  # fmt: skip
def contracts(size: Size, chance: random.Random) -> Iterator[Row]:
    """Each comes back after two to six weeks, and is followed by another of the same hospital."""
    for n in range(1, size.contracts + 1):
        sent = _day(n, size.contracts)
        sealed, took = chance.randrange(3), chance.randrange(14, 42)
        asked, back = (None, None) if _left(n, size.contracts) else (_after(sent, 12), _after(sent, took))
        before = n - size.hospitals
        yield (
            *(
                n,
                f"HT-{n:06d}",
                1 + n % size.hospitals,
                f"{WORDS[n % 10]}维护",
                100 * chance.randrange(10**6),
            ),
            *(sent.isoformat(), _after(sent, sealed), asked, asked, back),
            *(sent.isoformat(), (sent + timedelta(days=364)).isoformat(), "正常"),
            *(before if before > 0 else None, sent.isoformat()),
        )


@table("contract_call", "contract_id, called_on, by_name, promised_on")
def calls(size: Size, chance: random.Random) -> Iterator[Row]:
    """One call to every fifth contract."""
    for n in range(5, size.contracts + 1, 5):
        if on := _after(_day(n, size.contracts), 34):
            yield n, on, person(6), on


@table("contract_feedback", "id, month, sent_on, sent_by")
def feedback(size: Size, chance: random.Random) -> Iterator[Row]:
    """The table of each month."""
    for n, month in enumerate(size.months, 1):
        yield n, month, f"{month}-28", person(6)


@table("issue", "id, number, customer_id, system, title, reported_on, priority")
def issues(size: Size, chance: random.Random) -> Iterator[Row]:
    """The worklog."""
    for n in range(1, size.issues + 1):
        title = f"{WORDS[n % 10]}{chance.randrange(900)}号窗口保存失败"
        on = _day(n, size.issues).isoformat()
        yield n, issue(n), 1 + chance.randrange(size.hospitals), "HIS", title, on, int(n % 50 == 0)


@table("issue_step", "issue_id, done_on, person_id, what, result")
def steps(size: Size, chance: random.Random) -> Iterator[Row]:
    """Three to an issue, the last of which solved it after two to thirteen days, one in forty after months.

    A few are left open.
    """
    for n in range(1, size.issues + 1):
        began = _day(n, size.issues)
        took = chance.randrange(2, 14) if n % 40 else chance.randrange(50, 150)
        last = "watch" if _left(n, size.issues) else "solved"
        for days, what, result in (
            (0, "远程查看", None),
            (took // 2, "现场处理", "watch"),
            (took, "复查", last),
        ):
            if on := _after(began, days):
                yield n, on, 1 + chance.randrange(size.people), what, result


@table("issue_event", "issue_id, what, done_on, by_name, reason")
def events(size: Size, chance: random.Random) -> Iterator[Row]:
    """Every fiftieth was urged, every hundredth closed by hand."""
    for n in range(50, size.issues + 1, 50):
        if _left(n, size.issues):
            continue
        began = _day(n, size.issues)
        if on := _after(began, 5):
            yield n, "urge", on, person(6), None
        if n % 100 == 0 and (on := _after(began, 14)):
            yield n, "close", on, person(6), "医院确认"


@table("handover", "id, number, customer_id, project_number, project, phase, modules, contract_id, accepted_on,"
       " application_on, worklog_on, documents_on, free_from, free_until, registered_on, notice_on, receipt_on,"
       " first_on")  # fmt: skip
def handovers(size: Size, chance: random.Random) -> Iterator[Row]:
    """Handed in within two weeks, decided and registered after four."""
    for n in range(1, size.projects + 1):
        on = _day(n, size.projects)
        begun, free = on.isoformat(), (on.isoformat(), (on + timedelta(days=364)).isoformat())
        yield (
            *(n, f"YJ-{n:06d}", 1 + n % size.hospitals, f"XM{n // 2:06d}", f"{WORDS[n % 10]}项目", "一期"),
            *("HIS、LIS", 5 * n, begun, *(_after(on, 9 + k) for k in range(3)), *free),
            *(*(_after(on, 30 + k) for k in range(3)), begun),
        )


@table("handover_trail", "handover_id, done_on, by_name, decision, expected_on, note")
def trail(size: Size, chance: random.Random) -> Iterator[Row]:
    """Not eligible at first, eligible a fortnight later, unless it is one of those left open."""
    for n in range(1, size.projects + 1):
        on = _day(n, size.projects)
        if first := _after(on, 14):
            yield n, first, person(6), "not_eligible", (on + timedelta(days=28)).isoformat(), "未联调"
        if (then := _after(on, 28)) and not _left(n, size.projects):
            yield n, then, person(6), "eligible", None, None
