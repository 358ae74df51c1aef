"""六 Samples: the limits hold, no other choice reaches more or repeats less, the seed alone decides, all get their turn."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, product
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svcq.rules.callback_sample import Customer, Drawn, Engineer, Limits, Sample, sample

LIMITS = Limits(5, 2)
Chance = random.Random


# --- a second opinion: maximum flow, and trying everything


def can_be(customer: Customer, engineer: str, limits: Limits) -> bool:
    """Whether a customer can be drawn for an engineer."""
    free = not customer.drawn_for and customer.this_year < limits.yearly_most
    return free and engineer in customer.engineers and engineer not in customer.struck_for


def rooms(staff: Iterable[Engineer], limits: Limits) -> dict[str, int]:
    """How many may still be drawn for each engineer."""
    return {one.name: max(0, limits.per_engineer - one.drawn) for one in staff}


def most(staff: Sequence[Engineer], customers: Iterable[Customer], limits: Limits) -> int:
    """The value of a maximum flow from engineers by their room to customers by one, by depth-first augmentation."""
    room = rooms(staff, limits)
    seats = [(name, n) for name in room for n in range(room[name])]
    edges = {seat: [one.name for one in customers if can_be(one, seat[0], limits)] for seat in seats}
    taken: dict[str, tuple[str, int]] = {}

    def augment(seat: tuple[str, int], seen: set[str]) -> bool:
        for name in edges[seat]:
            if name not in seen:
                seen.add(name)
                if name not in taken or augment(taken[name], seen):
                    taken[name] = seat
                    return True
        return False

    return sum(augment(seat, set()) for seat in seats)


def worth(chosen: Iterable[Customer]) -> tuple[int, int, int]:
    """Repeats, draws this year, draws ever of a choice."""
    rows = [(one.repeats, one.this_year, one.ever) for one in chosen]
    return sum(r for r, _, _ in rows), sum(y for _, y, _ in rows), sum(e for _, _, e in rows)


def best(staff: Sequence[Engineer], customers: Sequence[Customer], limits: Limits) -> tuple[int, int, int]:
    """The best worth of any largest choice, by trying them all."""
    size = most(staff, customers, limits)
    return min(
        worth(chosen) for chosen in combinations(customers, size) if most(staff, chosen, limits) == size
    )


def evenest(staff: Sequence[Engineer], chosen: Sequence[Customer], limits: Limits) -> list[int]:
    """The most even shortage that the engineers can be left with, by trying every way to place the chosen."""
    room = rooms(staff, limits)
    ways = product(*([name for name in room if can_be(one, name, limits)] for one in chosen))
    found = []
    for way in ways:
        count = Counter(way)
        short = [room[name] - count[name] for name in room]
        if min(short, default=0) >= 0:
            found.append((sum(n * n for n in short), sorted(short)))
    return min(found)[1]


# --- pools


@st.composite
def pools(
    draw: st.DrawFn, people: int = 4, hospitals: int = 9
) -> tuple[list[Engineer], list[Customer], Limits]:
    """A few engineers and customers of any history."""
    names = [f"工程师{n}" for n in range(draw(st.integers(1, people)))]
    limits = Limits(draw(st.integers(1, 3)), draw(st.integers(1, 3)))
    chance = draw(st.randoms(use_true_random=False))
    return *pool(chance, names, draw(st.integers(0, hospitals)), limits), limits


def pool(
    chance: Chance, names: Sequence[str], hospitals: int, limits: Limits
) -> tuple[list[Engineer], list[Customer]]:
    """Engineers with these names, and customers that one to three of them serve."""
    staff = [Engineer(name, chance.choice((0, 0, 0, 1, limits.per_engineer + 1))) for name in names]
    customers = []
    for n in range(hospitals):
        mine = tuple(chance.sample(names, min(len(names), chance.choice((1, 1, 2, 3)))))
        year = chance.randrange(limits.yearly_most + 1)
        customers.append(
            Customer(
                f"医院{n}",
                mine if chance.random() < 0.95 else (),
                year,
                year + chance.randrange(4),
                chance.random() < 0.4,
                mine[:1] if year and chance.random() < 0.15 else (),
                mine[:1] if chance.random() < 0.1 else (),
            )
        )
    return staff, customers


def placed(found: Sample) -> dict[str, str]:
    """Customer -> engineer; nobody is drawn twice."""
    assert len({one.customer for one in found.drawn}) == len(found.drawn)
    return {one.customer: one.engineer for one in found.drawn}


@settings(max_examples=120, deadline=None)
@given(pools(), st.integers(0, 999_999_999))
def test_no_limit_is_broken(given: tuple[list[Engineer], list[Customer], Limits], seed: int) -> None:
    staff, customers, limits = given
    known = {one.name: one for one in customers}
    found = sample(staff, customers, limits, seed)
    count = Counter(placed(found).values())
    for customer, engineer in placed(found).items():
        assert can_be(known[customer], engineer, limits)
    assert all(count[name] <= room for name, room in rooms(staff, limits).items())
    assert set(count) <= {one.name for one in staff}


@settings(max_examples=60, deadline=None)
@given(pools(people=8, hospitals=40), st.integers(0, 999))
def test_as_many_are_drawn_as_a_maximum_flow_allows(
    given: tuple[list[Engineer], list[Customer], Limits], seed: int
) -> None:
    staff, customers, limits = given
    assert len(sample(staff, customers, limits, seed).drawn) == most(staff, customers, limits)


@settings(max_examples=60, deadline=None)
@given(pools(), st.integers(0, 999))
def test_of_the_largest_choices_none_repeats_less_or_has_fewer_draws(
    given: tuple[list[Engineer], list[Customer], Limits], seed: int
) -> None:
    staff, customers, limits = given
    known = {one.name: one for one in customers}
    drawn = [known[name] for name in placed(sample(staff, customers, limits, seed))]
    assert worth(drawn) == best(staff, customers, limits)


@settings(max_examples=60, deadline=None)
@given(pools(hospitals=7), st.integers(0, 999))
def test_what_is_short_is_spread_as_evenly_as_the_choice_allows(
    given: tuple[list[Engineer], list[Customer], Limits], seed: int
) -> None:
    staff, customers, limits = given
    found = placed(sample(staff, customers, limits, seed))
    count = Counter(found.values())
    room = rooms(staff, limits)
    short = sorted(room[name] - count[name] for name in room)
    assert short == evenest(staff, [one for one in customers if one.name in found], limits)


@settings(max_examples=60, deadline=None)
@given(pools(), st.integers(0, 999))
def test_whoever_is_short_is_told_the_fate_of_every_customer(
    given: tuple[list[Engineer], list[Customer], Limits], seed: int
) -> None:
    staff, customers, limits = given
    found = sample(staff, customers, limits, seed)
    count = Counter(placed(found).values())
    assert [share.engineer for share in found.shares] == sorted(one.name for one in staff)
    for one, share in zip(sorted(staff, key=lambda one: one.name), found.shares, strict=True):
        assert share.customers == sum(one.name in customer.engineers for customer in customers)
        assert share.drawn == one.drawn + count[one.name]
        had = sum(one.name in c.engineers and one.name in c.drawn_for for c in customers)
        told = count[one.name] + had + share.shared + share.yearly + share.struck
        assert told <= share.customers
        if share.is_short:
            assert told == share.customers


@settings(max_examples=60, deadline=None)
@given(pools(), st.integers(0, 999), st.randoms(use_true_random=False))
def test_the_order_of_what_is_given_does_not_matter(
    given: tuple[list[Engineer], list[Customer], Limits], seed: int, chance: Chance
) -> None:
    staff, customers, limits = given
    mixed = [
        replace(one, engineers=tuple(chance.sample(one.engineers, len(one.engineers)))) for one in customers
    ]
    people = list(staff)
    chance.shuffle(mixed)
    chance.shuffle(people)
    assert sample(people, mixed, limits, seed) == sample(staff, customers, limits, seed)


# --- chance


def plain(customers: int, *engineers: str) -> list[Customer]:
    """Customers without a past, all served by all."""
    return [Customer(f"医院{n:02d}", engineers) for n in range(customers)]


def test_the_same_seed_gives_the_same_sample_on_any_machine() -> None:
    # worked out once by hand: printf '%s\n%s' 20264 医院NN | sha256sum, the five lowest
    found = sample([Engineer("李伟")], plain(10, "李伟"), LIMITS, 20264)
    assert [one.customer for one in found.drawn] == ["医院01", "医院06", "医院07", "医院08", "医院09"]


def test_other_seeds_draw_others_each_about_as_often() -> None:
    times: Counter[str] = Counter()
    rounds = 2000
    for seed in range(rounds):
        times.update(list(placed(sample([Engineer("李伟")], plain(10, "李伟"), LIMITS, seed))))
    assert len(times) == 10
    assert all(abs(count - rounds / 2) < 5 * (rounds / 4) ** 0.5 for count in times.values())


def test_who_gets_a_shared_customer_is_up_to_the_seed_too() -> None:
    staff = [Engineer("李伟"), Engineer("王芳")]
    got = Counter(
        placed(sample(staff, plain(1, "李伟", "王芳"), LIMITS, seed))["医院00"] for seed in range(400)
    )
    assert 140 < got["李伟"] < 260
    assert got.total() == 400


# --- what the process wants


def test_a_customer_of_the_quarter_before_is_drawn_only_if_that_makes_more_callbacks() -> None:
    customers = [replace(one, repeats=n < 3) for n, one in enumerate(plain(7, "李伟"))]
    found = placed(sample([Engineer("李伟")], customers, LIMITS, 1))
    assert len(found) == 5
    assert {"医院03", "医院04", "医院05", "医院06"} <= set(found)


def test_shared_customers_go_to_who_has_no_others() -> None:
    customers = [*plain(5, "李伟", "王芳"), *[Customer(f"诊所{n}", ("李伟",)) for n in range(5)]]
    found = Counter(placed(sample([Engineer("李伟"), Engineer("王芳")], customers, LIMITS, 3)).values())
    assert found == {"李伟": 5, "王芳": 5}


def test_two_who_share_all_they_have_are_equally_short() -> None:
    found = Counter(
        placed(sample([Engineer("李伟"), Engineer("王芳")], plain(6, "李伟", "王芳"), LIMITS, 3)).values()
    )
    assert found == {"李伟": 3, "王芳": 3}


def test_whoever_was_drawn_for_already_is_only_filled_up() -> None:
    customers = plain(9, "李伟")
    customers[:3] = [replace(one, this_year=1, ever=1, drawn_for=("李伟",)) for one in customers[:3]]
    found = sample([Engineer("李伟", 3)], customers, LIMITS, 1)
    assert len(found.drawn) == 2
    assert found.shares[0].drawn == 5
    assert not {one.customer for one in found.drawn} & {one.name for one in customers[:3]}


def test_without_engineers_or_customers_nothing_is_drawn() -> None:
    assert sample([], plain(3, "李伟"), LIMITS, 1) == Sample((), ())
    share = sample([Engineer("李伟")], [], LIMITS, 1).shares[0]
    assert (share.drawn, share.customers, share.is_short) == (0, 0, True)


# --- over the years


def years(
    staff: Sequence[Engineer], served: Mapping[str, tuple[str, ...]], quarters: int, seed: int
) -> Iterator[tuple[int, tuple[Drawn, ...]]]:
    """Quarter after quarter, each with what the ones before did."""
    past: list[tuple[int, str]] = []
    for quarter in range(quarters):
        year, ever = Counter(c for q, c in past if q // 4 == quarter // 4), Counter(c for _, c in past)
        before = {c for q, c in past if q == quarter - 1}
        customers = [
            Customer(name, mine, year[name], ever[name], name in before) for name, mine in served.items()
        ]
        drawn = sample(staff, customers, LIMITS, seed + quarter).drawn
        yield quarter, drawn
        past += [(quarter, one.customer) for one in drawn]


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 999), st.integers(1, 5), st.integers(0, 40))
def test_over_eight_quarters_nobody_is_asked_more_than_twice_a_year(
    chance: Chance, seed: int, people: int, hospitals: int
) -> None:
    names = [f"工程师{n}" for n in range(people)]
    served = {f"医院{n}": tuple(chance.sample(names, chance.randint(1, people))) for n in range(hospitals)}
    times: Counter[tuple[int, str]] = Counter()
    for quarter, drawn in years([Engineer(name) for name in names], served, 8, seed):
        assert len({one.customer for one in drawn}) == len(drawn)
        assert max(Counter(one.engineer for one in drawn).values(), default=0) <= 5
        assert all(one.engineer in served[one.customer] for one in drawn)
        times.update((quarter // 4, one.customer) for one in drawn)
    assert max(times.values(), default=0) <= LIMITS.yearly_most


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("hospitals", [10, 11, 17, 30, 60])
def test_over_twelve_quarters_everybody_gets_a_turn(hospitals: int, seed: int) -> None:
    served = {f"医院{n}": ("李伟",) for n in range(hospitals)}
    times: Counter[str] = Counter(dict.fromkeys(served, 0))
    before: set[str] = set()
    for _, drawn in years([Engineer("李伟")], served, 12, seed):
        now = {one.customer for one in drawn}
        assert len(now) == 5
        assert not now & before
        times.update(now)
        before = now
    assert min(times.values()) >= 1
    assert max(times.values()) - min(times.values()) <= 1


def test_three_hundred_engineers_and_three_thousand_customers_are_drawn_at_once() -> None:
    chance = random.Random(1)
    names = [f"工程师{n}" for n in range(300)]
    staff = [Engineer(name) for name in names]
    shapes: dict[str, list[Customer]] = {
        "as it is": [
            Customer(
                f"医院{n}", tuple(chance.sample(names, chance.choice((1, 1, 2, 3)))), n % 3, n % 9, n % 5 == 0
            )
            for n in range(3000)
        ],
        "a chain": [
            Customer(f"医院{n}", (names[n // 5 % 300], names[(n // 5 + 1) % 300])) for n in range(1499)
        ],
        "too few, all shared": [Customer(f"医院{n}", tuple(names)) for n in range(700)],
    }
    for name, customers in shapes.items():
        begin = process_time()
        sample(staff, customers, LIMITS, 1)
        assert process_time() - begin < 5, name
