"""The listings whose cost must not grow with the store: one of each kind, of each filter, of other days."""

from history import hospital, issue, person

WHO, WHERE = person(7), hospital(7)
LISTINGS = f"""
issue list --limit 5
issue list --as-of 2015-05-15 --limit 5
issue list --state open --limit 5
issue list --state stale --limit 5
issue list --state closed --limit 5
issue list --state void --limit 5
issue list --person {WHO} --limit 5
issue list --customer {WHERE} --limit 5
issue list --region 华东 --limit 5
issue stale --limit 5
issue stale --within 7d --limit 5
issue stale --as-of 2025-05-15 --limit 1
issue urge --limit 5
issue show {issue(5000)}
issue records --limit 20
issue records --person {WHO} --from 2026-06-01 --until 2026-06-30 --limit 3
issue finding --month 2026-06 --limit 1
issue sample 2026-06 --limit 1
contract list --limit 5
contract list --as-of 2015-05-15 --limit 5
contract list --state returned --limit 5
contract list --state out --limit 3
contract list --customer {WHERE} --limit 5
contract list --person {WHO} --limit 3
contract overdue --limit 3
contract overdue --as-of 2025-05-15 --limit 1
contract expiring --limit 3
contract show HT-000500
handover list --limit 5
handover list --state complete --limit 5
handover information --limit 2
handover overdue --limit 2
handover show YJ-000100
upgrade list --limit 5
upgrade list --state settled --limit 5
upgrade show SJ-000100
upgrade checklist SJ-000100
migrate list --limit 5
migrate due --limit 1
migrate check --limit 1
migrate show QY-000100
callback list --limit 5
callback list --quarter 2026Q3 --limit 2
callback overdue --limit 1
due --limit 5
due --overdue --limit 5
due --within 7d --limit 3
due --all --limit 5
due --person {WHO} --limit 1
due --customer {WHERE} --limit 1
due --all --number {issue(5000)}
due --region 华东 --limit 5
log --limit 5
log {issue(5000)}
log --since 2026-11-20 --limit 5
remind list --limit 5
remind list --person {WHO} --limit 5
customer list --limit 5
customer show {WHERE}
staff list --limit 5
staff leave --person {WHO} --limit 3
staff exam --limit 1
""".strip().splitlines()
"""Each gives as many rows from a store a hundredth the size."""
