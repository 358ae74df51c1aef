"""Every kind of sheet by its name; a new one is one line here."""

from svcq.sheets.kind import Kind
from svcq.sheets.kinds import (
    call,
    contract,
    customer,
    follow_up,
    handover,
    issue,
    leave,
    plan,
    problem,
    spot_check,
    staff,
    step,
)

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        customer.KIND,
        staff.KIND,
        handover.KIND,
        follow_up.KIND,
        contract.KIND,
        call.KIND,
        leave.KIND,
        plan.KIND,
        issue.KIND,
        step.KIND,
        spot_check.KIND,
        problem.KIND,
    )
}
