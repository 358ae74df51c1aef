"""Every kind of sheet by its name; a new one is one line here."""

from svcq.sheets.kind import Kind
from svcq.sheets.kinds import (
    attempt,
    call,
    callback,
    contract,
    customer,
    follow_up,
    handover,
    issue,
    leave,
    migrate,
    migration_check,
    plan,
    problem,
    skip,
    spot_check,
    staff,
    step,
    unit,
    upgrade,
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
        unit.KIND,
        plan.KIND,
        issue.KIND,
        step.KIND,
        spot_check.KIND,
        upgrade.KIND,
        skip.KIND,
        migrate.KIND,
        migration_check.KIND,
        callback.KIND,
        attempt.KIND,
        problem.KIND,
    )
}
