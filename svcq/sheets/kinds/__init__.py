"""Every kind of sheet by its name; a new one is one line here."""

from svcq.sheets.kind import Kind
from svcq.sheets.kinds import call, contract, customer, staff

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        customer.KIND,
        staff.KIND,
        contract.KIND,
        call.KIND,
    )
}
