"""What a printable form says of the company that sends it."""

from typing import TYPE_CHECKING

from svcq.commands.shared import warn
from svcq.desk import Desk
from svcq.errors import Phrase

if TYPE_CHECKING:
    from svcq.output.forms.words import Company
    from svcq.store.read import Reader


def company(desk: Desk, reader: "Reader", region: object = None, rule: str | None = None) -> "Company":
    """What the policy says of the company, with a note on what it leaves open.

    Its contact is who at QC answers for `rule` in the region; nobody without a rule.
    """
    from svcq.output.forms.words import Company
    from svcq.processes.explain import terms
    from svcq.store.read_handover import answering

    policy = terms(reader).book.on(desk.today)
    said = {}
    for key in ("company.name", "company.phone"):
        _clause, origin = policy.notes[key]
        said[key] = str(policy.settings[key]) if origin == "company" else ""
    unsaid = [key for key, text in said.items() if not text]
    if unsaid:
        warn(Phrase("the policy does not say {what}: the form leaves room for it", what=", ".join(unsaid)))
    contact = answering(reader, rule, region, desk.today) if rule else None
    return Company(said["company.name"], said["company.phone"], contact=contact or "")
