"""三: the whole worklog of a customer for a form: each problem with all of its steps."""

from datetime import date

from svcq.store.read import Reader
from svcq.store.read_issue import issues

STEPS = (
    "select p.issue_id, p.done_on, p.person, p.what, p.result from v_issue_step p"
    " where p.issue_id in (select i.id from v_issue i where i.customer_id ="
    " (select c.id from v_customer c where c.name = :customer)) and p.done_on <= :t order by p.done_on, p.id"
)


def worklog(
    reader: Reader, customer: str, t: date, first: date | None = None, last: date | None = None
) -> list[dict[str, object]]:
    """The problems of `customer` as they stand on day `t`, oldest first, void ones left out.

    Only those reported from `first` to `last`. Each is a row of `issues` with `steps`: on, by, what, result, oldest first.
    """
    steps: dict[object, list[dict[str, object]]] = {}
    for row in reader.rows(STEPS, {"customer": customer, "t": t}):
        steps.setdefault(row["issue_id"], []).append({**row, "on": row["done_on"], "by": row["person"]})
    found = []
    for row in issues(reader, t, filters={"customer": customer}):
        reported = row["reported_on"]
        assert isinstance(reported, date)
        if row["state"] != "void" and (first or date.min) <= reported <= (last or date.max):
            found.append({**row, "steps": steps.get(row["id"], [])})
    return sorted(found, key=lambda row: (str(row["reported_on"]), str(row["number"])))
