"""七 A store with a quarter of which every breach is known: 2026Q3, with one breach at least of every process."""

from datetime import date
from functools import cache
from pathlib import Path

from svcq.processes import contract, customer, handover, issue, issue_acts, ledger, staff
from svcq.processes.work import Work
from svcq.store.address import Address
from tests.places import do
from tests.stores import again, kept, peopled, writing

D = date.fromisoformat
HOSPITAL, OTHER = "江州市中心医院", "云河县人民医院"


def _records(work: Work) -> None:
    """HT-1 back late, HT-2 not back; WT-1 open, WT-2 closed in time; YJ-1 not applied for; U-1, M-1 without papers."""
    staff.add(work, "卫星汉", ["project_manager"], {"team": "项目部"})
    customer.assign(work, OTHER, "engineer", ["李伟"], None)
    staff.duty(work, "contract.remind", "周静")
    staff.duty(work, "callback.make", "吴兰", "华东")
    seller: dict[str, str | None] = {"salesperson": "陈立"}
    contract.add(
        work, "HT-1", HOSPITAL, {"sealed_on": D("2026-07-01"), "returned_on": D("2026-08-10")}, seller
    )
    contract.add(work, "HT-2", HOSPITAL, {"sealed_on": D("2026-07-02")}, seller)
    for number, reported in (("WT-1", "2026-06-01"), ("WT-2", "2026-06-02"), ("WT-3", "2026-06-03")):
        issue.add(work, number, HOSPITAL, {"title": number, "reported_on": D(reported)}, None)
    for number, closed in (("WT-2", "2026-06-10"), ("WT-3", "2026-08-20")):
        issue_acts.close(work, number, D(closed), "李伟", "已解决")
    manager: dict[str, str | None] = {"project_manager": "卫星汉"}
    told = {"project": "HIS", "project_number": "XM-1", "phase": "一期", "accepted_on": D("2026-07-01")}
    handover.add(work, "YJ-1", HOSPITAL, told, manager)


ROWS = (
    "insert into upgrade (number, customer_id, applied_on, arranged_on, planned_on, plan_on, registered_on,"
    " discussed_on, tested_on, approved_on, done_on, first_on) values ('U-1', 1, '2026-06-01', '2026-06-02',"
    " '2026-07-02', '2026-06-10', '2026-06-10', '2026-06-10', '2026-06-12', '2026-06-15', '2026-07-02', '2026-06-01')",
    "insert into assignment (kind, record_id, role, from_on, place, person_id) select 'upgrade', u.id, 'upgrader',"
    " '0001-01-01', 0, s.id from upgrade u join staff s on s.name = '李伟'",
    "insert into migrate (number, customer_id, system, done_on, registered_on)"
    " values ('M-1', 1, 'HIS', '2026-07-06', '2026-07-07')",
    *(
        f"insert into callback (number, quarter, engineer_id, customer_id, drawn_on, asked_on, service, attitude, first_on)"
        f" select '2026Q3-李伟-' || c.name, '2026Q3', s.id, c.id, '2026-07-10', '{asked}', {service}, {attitude},"
        f" '2026-07-10' from staff s join customer c on c.id = {n} where s.name = '李伟'"
        for n, asked, service, attitude in ((1, "2026-08-12", 5, 4), (2, "2026-10-09", 3, "null"))
    ),
)


@cache
def _store() -> Address:
    def make(path: Path) -> None:
        with writing(peopled(path)) as work:
            _records(work)
        do(path, *ROWS)
        with writing(path) as work:
            ledger.refresh_all(work)

    return kept(make)


def scored(path: Path) -> Path:
    """Such a store at `path`."""
    return again(_store(), path)
