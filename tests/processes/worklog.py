"""A store with three issues: one to be watched, one that closed by itself, one that was closed by hand."""

from datetime import date
from pathlib import Path

from svcq.processes import issue, issue_acts
from tests.stores import peopled, writing

D = date.fromisoformat


def worklog(path: Path) -> Path:
    """WT-1 is open since 1 September, WT-2 closed by itself on 21 November, 周静 closed WT-3 on the 22nd."""
    with writing(peopled(path)) as work:
        issue.add(work, "WT-1", "H001", {"title": "打印错位", "reported_on": D("2026-09-01")})
        issue_acts.step(work, "WT-1", D("2026-11-10"), "李伟", "调整模板", "watch")
        issue.add(work, "WT-2", "H001", {"title": "查询慢", "reported_on": D("2026-10-08")}, "李伟")
        issue_acts.step(work, "WT-2", D("2026-11-20"), "李伟", "加索引", "solved")
        issue.add(work, "WT-3", "H002", {"title": "条码无法识别", "reported_on": D("2026-11-16")})
        issue_acts.close(work, "WT-3", D("2026-11-22"), "周静", None)
    return path
