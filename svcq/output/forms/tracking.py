"""二: the contract tracking table as an office prints it: by region or salesperson, each with its sum (attachment 3).

Facts: `on`, the day it shows; `region`, `salesperson`: what it is limited to; `by`, the key that its rows are grouped
by; `contracts`, a list of mappings with the keys of `contract list`, those of a group one after the other.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from svcq.locale import _, ngettext
from svcq.output.form import Form, Gap, Grid, Head, Line, Signatures, Title
from svcq.output.forms.words import Company, Facts, day, each, no_day, text

HEADS = 14


def tracking(facts: Facts, company: Company) -> Form:
    """二.2: the table of contracts on a day, with subtotals, a total and room for signatures."""
    title = _("Contract tracking table")
    return Form(
        title,
        (
            Title(title),
            Line(_of(facts, company), _("As of: {day}").format(day=day(facts, "on"))),
            _table(facts),
            Gap(10),
            Signatures(
                (_("Made by:"), _("Checked by:"), _("Commerce centre:")),
                no_day(),
                whole=True,
            ),
        ),
        landscape=True,
        margin=12,
        columns=64,
        scale=0.7,
    )


def _of(facts: Facts, company: Company) -> str:
    """Whose table it is: the company's and, of a part, whose part."""
    region, salesperson = text(facts, "region"), text(facts, "salesperson")
    parts = (
        company.name,
        _("Region: {name}").format(name=region) if region else "",
        _("Salesperson: {name}").format(name=salesperson) if salesperson else "",
    )
    return "    ".join(filter(None, parts))


def _table(facts: Facts) -> Grid:
    rows: list[tuple[str, ...]] = []
    sums: set[int] = set()
    contracts = each(facts, "contracts")
    by = text(facts, "by")
    groups = [(name, list(found)) for name, found in groupby(contracts, key=lambda one: text(one, by))]
    for name, found in groups:
        begun = len(rows) - len(sums)
        rows += [_row(begun + place, one) for place, one in enumerate(found, 1)]
        if len(groups) > 1:
            sums.add(len(rows))
            rows.append(_sum(_("Subtotal"), name or _("not given"), found))
    if contracts:
        sums.add(len(rows))
        rows.append(_sum(_("Total"), "", contracts))
    return Grid(tuple(_heads()), tuple(rows), least=12, repeated=True, strong=frozenset(sums))


def _heads() -> Iterator[Head]:
    yield Head(_("No."), 2, "center")
    yield Head(_("Contract"), 7)
    yield Head(_("Customer"), 8)
    yield Head(_("Project"), 7)
    yield Head(_("Salesperson"), 4, "center")
    yield Head(_("Amount"), 5, "right")
    yield Head(_("Sent out"), 4, "center")
    yield Head(_("Sealed"), 4, "center")
    yield Head(_("Due back"), 4, "center")
    yield Head(_("Reminded\n(mail, phone)"), 4, "center")
    yield Head(_("Hospital called,\npromised"), 4, "center")
    yield Head(_("Returned"), 4, "center")
    yield Head(_("State"), 4, "center")
    yield Head(_("Fine"), 3, "right")


def _row(place: int, one: Facts) -> tuple[str, ...]:
    return (
        str(place),
        text(one, "number"),
        text(one, "customer"),
        text(one, "project"),
        text(one, "salesperson"),
        _money(one.get("amount")),
        text(one, "sent_out_on"),
        text(one, "sealed_on"),
        text(one, "return_due_on"),
        "\n".join(filter(None, (text(one, "reminded_email_on"), text(one, "reminded_phone_on")))),
        "\n".join(filter(None, (text(one, "called_on"), text(one, "promised_on")))),
        text(one, "returned_on"),
        _state(one),
        _money(one.get("fine") or None),
    )


def _state(one: Facts) -> str:
    states = {
        "free": _("free maintenance"),
        "out": _("out"),
        "overdue": _("overdue"),
        "returned": _("returned"),
        "void": _("void"),
    }
    days = one.get("days_overdue")
    said = states.get(text(one, "state"), "")
    late = (
        ngettext("{count} day", "{count} days", days).format(count=days)
        if isinstance(days, int) and days
        else ""
    )
    return "\n".join(filter(None, (said, late)))


def _sum(title: str, name: str, found: Sequence[Facts]) -> tuple[str, ...]:
    """The row that sums up contracts: how many, for how much, how many of them late, and the fines."""
    count = ngettext("{count} contract", "{count} contracts", len(found)).format(count=len(found))
    late = sum(text(one, "state") == "overdue" for one in found)
    back = sum(text(one, "state") == "returned" for one in found)
    row = [""] * HEADS
    row[1], row[2], row[3] = title, name, count
    row[5] = _money(_added(found, "amount") or None)
    row[11] = _("{count} back").format(count=back)
    row[12] = _("{count} overdue").format(count=late) if late else ""
    row[13] = _money(_added(found, "fine") or None)
    return tuple(row)


def _added(found: Sequence[Facts], key: str) -> float:
    """The sum in yuan, counted in whole fen."""
    return sum(round(float(str(one[key])) * 100) for one in found if one.get(key) is not None) / 100


def _money(value: object) -> str:
    if not isinstance(value, int | float):
        return ""
    return f"{value:,.2f}".removesuffix(".00")
