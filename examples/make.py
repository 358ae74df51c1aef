"""Writes the sample workbooks, the same ones for the same seed: `python examples/make.py [FOLDER]`."""

import sys
from pathlib import Path
from random import Random

import checks
import contract_book
import contracts
import event_log
import handover_book
import handovers
import mistakes
import people_book
import service
import service_book
import worklog
import worklog_book
import world as people

SEED = 20261123


def main(folder: Path) -> None:
    """Write everything below `folder`; each chapter has its own chance, so that a new one moves none before it."""
    names = ("workbooks", "workbooks-with-mistakes", "reconcile", "logs")
    books, wrong, theirs, logs = (folder / name for name in names)
    for one in (books, wrong, theirs, logs):
        one.mkdir(parents=True, exist_ok=True)

    random = Random(SEED)
    world = people.build(random)
    rows = contracts.build(random, world)
    people_book.write_customers(random, world, books / "客户名单.xlsx")
    people_book.write_roster(random, Random(SEED + 1), world, books / "员工名册.xls")
    contract_book.write(random, rows, books / "维护合同跟踪表.xlsx")
    contract_book.write_calls(random, world, rows, books / "致电记录.csv")

    random = Random(SEED + 2)
    handover_book.write(random, handovers.build(random, world, rows), books / "项目移交信息表.xlsx")

    random = Random(SEED + 3)
    issues = worklog.build(random, world)
    worklog_book.write(random, issues, checks.build(random, world, issues), books / "工作底稿.xlsx")
    hospital = world.customers[0].name
    listed = checks.problem_list(random, issues, hospital)
    worklog_book.write_theirs(random, hospital, listed, theirs / "医院问题清单.xlsx")

    random = Random(SEED + 5)
    service_book.write_upgrades(
        random, service.upgrades(random, world, issues), books / "程序升级登记表.xlsx"
    )
    service_book.write_migrations(random, service.migrations(random, world), books / "数据迁移登记表.xlsx")
    service_book.write_callbacks(random, service.callbacks(random, world), books / "满意度回访记录.xlsx")

    event_log.write(Random(SEED + 4), logs / "incident_event_log.csv")
    mistakes.write(world, wrong)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
