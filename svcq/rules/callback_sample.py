"""六: a quarter's sample: so many customers of each engineer, as many callbacks as the limits allow, by chance.

Which sets of customers can be placed with engineers that have room for them is a transversal matroid: what can be
placed stays placeable without some of it, and a smaller set can always be extended from a larger one. In a matroid
going through the elements from the best to the worst and keeping each that still fits gives a largest set, and of
all largest sets the one whose worth is best, for any worth that is added up and compared in order. Here that is:
fewest repeats of the quarter before, then fewest draws this year, then fewest ever; lots decide between equals. Whether
a customer still fits is whether an augmenting path leads from it to an engineer with room, those who are placed
already moving over to colleagues who share them. So the choice is exact, not merely good.

Where engineers stay short, customers move on between colleagues until the shortage is as even as it can be. That
takes nothing from the choice: whoever could be less short at a colleague's cost shares only customers that every largest
set contains.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from svcq.rules._places import Places
from svcq.rules.sampling import lot


@dataclass(frozen=True, slots=True)
class Engineer:
    """Somebody whose customers are asked."""

    name: str
    drawn: int = 0
    """Callbacks that the quarter has for them already."""


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer, and which draws it has had; those that were struck out do not count."""

    name: str
    engineers: tuple[str, ...]
    """Who serves it."""
    this_year: int = 0
    """Draws of the quarter's year, also of its later quarters and of this one."""
    ever: int = 0
    repeats: bool = False
    """It was drawn in the quarter before."""
    drawn_for: tuple[str, ...] = ()
    """The engineers for whom it was drawn in this quarter already."""
    struck_for: tuple[str, ...] = ()
    """Those whose callback of this quarter was struck out: it is not made again."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the policy allows."""

    per_engineer: int
    """Customers of each engineer in a quarter."""
    yearly_most: int
    """Draws of a customer in a calendar year, over all engineers."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A customer that is to be asked about an engineer."""

    engineer: str
    customer: str


@dataclass(frozen=True, slots=True)
class Share:
    """How many customers an engineer got, and what became of the others if that is too few."""

    engineer: str
    wanted: int
    drawn: int
    """With those that the quarter had already."""
    customers: int
    """How many the engineer serves."""
    shared: int
    """Of these, drawn in this quarter for a colleague."""
    yearly: int
    """Drawn as often as a year allows."""
    struck: int
    """Struck out in this quarter."""

    @property
    def is_short(self) -> bool:
        """Whether there are fewer than wanted."""
        return self.drawn < self.wanted


@dataclass(frozen=True, slots=True)
class Sample:
    """What was drawn, and what each engineer got of it, both by name."""

    drawn: tuple[Drawn, ...]
    shares: tuple[Share, ...]


def sample(engineers: Iterable[Engineer], customers: Iterable[Customer], limits: Limits, seed: int) -> Sample:
    """Draw for everybody who has room; the order of what is given does not matter.

    Names are unique. The same seed and names give the same sample on any machine. It takes time like the number of
    customers times that of those who share them.
    """
    staff = sorted(engineers, key=lambda one: one.name)
    served = [one for one in customers if one.engineers]
    room = {one.name: max(0, limits.per_engineer - one.drawn) for one in staff}
    pool = [one for one in served if not one.drawn_for and one.this_year < limits.yearly_most]
    places = Places(room, {one.name: _willing(one, room, seed) for one in pool}, seed)
    for one in sorted(pool, key=lambda one: _rank(one, seed)):
        places.take(one.name)
    places.level()
    drawn = sorted((engineer, customer) for customer, engineer in places.given.items())
    return Sample(tuple(Drawn(*pair) for pair in drawn), tuple(_shares(staff, served, limits, places.given)))


def _rank(customer: Customer, seed: int) -> tuple[bool, int, int, bytes, str]:
    """The best to draw first."""
    chance = lot(seed, customer.name)
    return customer.repeats, customer.this_year, customer.ever, chance, customer.name


def _willing(customer: Customer, room: Mapping[str, int], seed: int) -> list[str]:
    """The engineers that a customer can be drawn for, in an order by chance."""
    names = {name for name in customer.engineers if name in room and name not in customer.struck_for}
    return sorted(names, key=lambda name: (lot(seed, f"{customer.name}\n{name}"), name))


def _shares(
    staff: Sequence[Engineer], served: Iterable[Customer], limits: Limits, given: Mapping[str, str]
) -> Iterable[Share]:
    """What each engineer got, and what keeps the other customers from being drawn."""
    told: dict[str, Counter[str]] = {one.name: Counter() for one in staff}
    for customer in served:
        for engineer in set(customer.engineers) & told.keys():
            told[engineer][_fate(customer, engineer, limits, given)] += 1
    for one in staff:
        count = told[one.name]
        yield Share(
            one.name,
            limits.per_engineer,
            one.drawn + count["drawn"],
            count.total(),
            count["shared"],
            count["yearly"],
            count["struck"],
        )


def _fate(customer: Customer, engineer: str, limits: Limits, given: Mapping[str, str]) -> str:
    """What became of a customer for one of its engineers: drawn, had, shared, yearly, struck or spare."""
    who = given.get(customer.name)
    if who is not None:
        return "drawn" if who == engineer else "shared"
    if customer.drawn_for:
        return "had" if engineer in customer.drawn_for else "shared"
    if customer.this_year >= limits.yearly_most:
        return "yearly"
    return "struck" if engineer in customer.struck_for else "spare"
