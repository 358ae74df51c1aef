"""三: the twelve norms (VSTS) that a request to development meets before it gets its number, checked in one go."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date

from svcq.errors import Phrase, SvcqError
from svcq.rules.issue_questions import Fault, choice, day_past, files, flag, missing, texts
from svcq.rules.issue_request import (
    CONTRACTS,
    EDITIONS,
    INTERFACES,
    KINDS,
    Plan,
    Request,
    about,
    folded,
    modules,
    substance,
)
from svcq.rules.matching import name_key


@dataclass(frozen=True, slots=True)
class Norm:
    """A norm that is not met: its number from 1 to 12, the key of the request that fails it, and why."""

    number: int
    field: str
    why: SvcqError


@dataclass(frozen=True, slots=True)
class _Case:
    """A request with what it is checked against."""

    request: Request
    customer: str
    plan: Plan | None
    on: date
    managers: frozenset[str]
    """Keys of their names."""
    least: int


def failed(
    request: Request,
    *,
    customer: str,
    plan: Plan | None,
    on: date,
    managers: Collection[str],
    least_description: int,
) -> list[Norm]:
    """Every norm that the request does not meet on the day `on`, in the order of the norms (三); none: it may go.

    `plan`: the one that the request names, None if it is not known. `managers`: the regional and division managers.
    `least_description`: letters, digits and Chinese characters that a description has at least, the title aside.
    A question that follows from another one is asked when that one is answered; a key that several norms ask for
    is named under each of them.
    """
    keys = frozenset(map(name_key, managers))
    case = _Case(request, customer, plan, on, keys, least_description)
    return [
        Norm(number, field, why) for number, check in enumerate(_NORMS, start=1) for field, why in check(case)
    ]


def _plan(case: _Case) -> Iterator[Fault]:
    """1: a plan that is active and not past."""
    named, plan = case.request.plan, case.plan
    if not substance(named):
        yield missing("plan")
    elif plan is None:
        yield "plan", Phrase("{plan} is not known: `svcq issue plan add` enters it", plan=named)
    else:
        if not plan.active:
            yield "plan", Phrase("{plan} is not active", plan=plan.number)
        if (day := plan.completion_on) and day < case.on:
            yield "plan", Phrase("{plan} was to be complete on {day}", plan=plan.number, day=day)
        if (day := plan.release_on) and day < case.on:
            yield "plan", Phrase("{plan} was to be released on {day}", plan=plan.number, day=day)


def _title(case: _Case) -> Iterator[Fault]:
    """2: the hospital's name, a blank, what it is about."""
    title, customer = case.request.title, case.customer
    said = about(title, customer)
    if not substance(title):
        yield missing("title")
    elif not folded(title).startswith(folded(customer)):
        yield "title", Phrase("it does not begin with the hospital's name: {customer}", customer=customer)
    elif said is None and folded(title) != folded(customer):
        yield "title", Phrase("a blank is missing behind the hospital's name: {customer}", customer=customer)
    elif not substance(said or ""):
        yield "title", Phrase("it does not say what it is about, behind the hospital's name and a blank")


def _content(case: _Case) -> Iterator[Fault]:
    """3: where it belongs, for which edition, and in enough words."""
    request = case.request
    yield from texts(request, "system")
    if not modules(request):
        yield missing("module")
    yield from texts(request, "library", "entry_point")
    yield from choice(request, "edition", EDITIONS)
    said = beyond = substance(request.description)
    titles = [substance(text or "") for text in (request.title, about(request.title, case.customer))]
    while again := next((text for text in titles if text and beyond.startswith(text)), ""):
        beyond = beyond.removeprefix(again)
    if not said:
        yield missing("description")
    elif not beyond:
        yield "description", Phrase("it only says the title again")
    elif len(beyond) < case.least:
        short = Phrase("too short to act on: {count} of at least {least} letters, digits or Chinese characters",
                       count=len(beyond), least=case.least)  # fmt: skip
        yield "description", short


def _second_development(case: _Case) -> Iterator[Fault]:
    """4: a new module of second development is described as the hospital confirmed it."""
    request = case.request
    yield from flag(request, "new_module")
    if request.new_module:
        yield from texts(request, "screens", "format", "functions", "steps")
        yield from choice(request, "edition", EDITIONS)
        yield from texts(request, "confirmed_with")
        yield from day_past(case.request, "confirmed_on", case.on)


def _fault(case: _Case) -> Iterator[Fault]:
    """5: a fault comes with what it can be found by; which that is depends on the edition."""
    request = case.request
    yield from choice(request, "kind", KINDS)
    fault = request.kind == "fault"
    common, single = (fault and request.edition == edition for edition in ("common", "single"))
    if fault:
        yield from choice(request, "edition", EDITIONS)
    yield from files(request, "error_log", "screenshot", needed=common)
    if common:
        yield from flag(request, "caused_by_upgrade")
    if single:
        yield from texts(request, "current_version")
    yield from files(request, "front_end", "back_end", needed=single)


def _wanted(case: _Case) -> Iterator[Fault]:
    """6: the date, if the hospital set one."""
    request = case.request
    yield from flag(request, "hospital_set_date")
    if request.hospital_set_date and request.wanted_on is None:
        yield missing("wanted_on")
    if request.hospital_set_date is False and request.wanted_on:
        yield "wanted_on", Phrase("{day} stands there, but the hospital set no date", day=request.wanted_on)


def _contract(case: _Case) -> Iterator[Fault]:
    """7: an interface that changes a contract says whether there is one, and which."""
    request = case.request
    yield from choice(request, "interface", INTERFACES)
    if request.interface in INTERFACES and request.interface != "none":
        yield from flag(request, "changes_contract")
    if request.changes_contract:
        yield from choice(request, "contract", CONTRACTS)
        if request.contract == "yes":
            yield from texts(request, "contract_reference")


def _ruling(case: _Case) -> Iterator[Fault]:
    """8: where the contract is unclear, a regional or division manager has ruled."""
    request = case.request
    if request.contract == "unclear":
        yield from texts(request, "ruled_by")
        if substance(request.ruled_by) and name_key(request.ruled_by) not in case.managers:
            why = Phrase("{name} is neither a regional nor a division manager", name=request.ruled_by)
            yield "ruled_by", why
        yield from texts(request, "ruling")


def _document(case: _Case) -> Iterator[Fault]:
    """9: a new interface has its document with it."""
    request = case.request
    if request.interface in INTERFACES and request.interface != "none":
        yield from flag(request, "new_interface")
    elif request.interface == "none" and request.new_interface:
        yield "interface", Phrase("none is said, but there is a new interface: say general or insurance")
    yield from files(request, "interface_document", needed=request.new_interface is True)


def _items(case: _Case) -> Iterator[Fault]:
    """10: several needs in one program are one request that says each of them by itself."""
    request, items = case.request, case.request.items
    yield from flag(request, "several")
    if request.several and len(items) < 2:
        yield "items", Phrase("say every need by itself: two at least")
    if request.several is False and len(items) > 1:
        yield "several", Phrase("items are listed, but the request is said to be about one need")
    first: dict[str, int] = {}
    for number, item in enumerate(items, start=1):
        said = substance(item)
        if not said:
            yield "items", Phrase("item {number} says nothing", number=number)
        elif said in first:
            yield "items", Phrase("item {number} says item {other} again", number=number, other=first[said])
        first.setdefault(said, number)


def _one_module(case: _Case) -> Iterator[Fault]:
    """11: one function in several modules is a request for each of them."""
    if len(named := modules(case.request)) > 1:
        key = "modules" if case.request.modules else "module"
        yield key, Phrase("a request for each of them: {modules}", modules=tuple(named))


def _agreement(case: _Case) -> Iterator[Fault]:
    """12: what was agreed with development by mail or phone is written down."""
    yield from flag(case.request, "agreed")
    if case.request.agreed:
        yield from texts(case.request, "agreement")
        yield from day_past(case.request, "agreed_on", case.on)
        yield from texts(case.request, "agreed_with")


_NORMS: tuple[Callable[[_Case], Iterator[Fault]], ...] = (
    _plan,
    _title,
    _content,
    _second_development,
    _fault,
    _wanted,
    _contract,
    _ruling,
    _document,
    _items,
    _one_module,
    _agreement,
)
