"""Samples: the same seed gives the same choice, nothing is drawn that is not there, and everything alike."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq.rules.sampling import choose, seed_of

keys = st.lists(st.text(max_size=12), max_size=60)
sizes = st.integers(0, 70)
seeds = st.integers(0, 999_999_999)


@given(keys, sizes, seeds)
def test_a_sample_is_as_large_as_can_be_and_has_nothing_twice(pool, size, seed):
    drawn = choose(pool, size, seed)
    assert len(drawn) == min(size, len(set(pool)))
    assert len(set(drawn)) == len(drawn)
    assert set(drawn) <= set(pool)


@given(keys, sizes, seeds, st.randoms(use_true_random=False))
def test_neither_the_order_nor_a_repetition_of_the_keys_matters(pool, size, seed, chance):
    mixed = [*pool, *pool[:5]]
    chance.shuffle(mixed)
    assert choose(mixed, size, seed) == choose(pool, size, seed)


@given(keys, sizes, sizes, seeds)
def test_a_smaller_sample_of_the_same_seed_is_the_beginning_of_a_larger_one(pool, one, other, seed):
    small, large = sorted((one, other))
    assert choose(pool, large, seed)[:small] == choose(pool, small, seed)


@given(keys, st.text(max_size=12), st.integers(1, 20), seeds)
def test_another_key_takes_one_place_at_most(pool, more, size, seed):
    before, after = set(choose(pool, size, seed)), set(choose([*pool, more], size, seed))
    assert len(before - after) <= 1
    assert after - before <= {more}


DRAWN = [
    # worked out once with another tool: printf '%s\n%s' SEED KEY | sha256sum
    (7, 3, ["work 6", "work 2", "work 0"]),
    (202611, 3, ["work 4", "work 3", "work 2"]),
]


@pytest.mark.parametrize(("seed", "size", "drawn"), DRAWN)
def test_a_sample_does_not_change_with_the_version_of_python(seed, size, drawn):
    assert choose([f"work {n}" for n in range(10)], size, seed) == drawn


def test_every_pair_is_drawn_about_as_often():
    pool, rounds = "abcdef", 6000
    times = Counter(frozenset(choose(pool, 2, seed)) for seed in range(rounds))
    expected = rounds / 15
    assert len(times) == len(list(combinations(pool, 2)))
    chi_square = sum((count - expected) ** 2 / expected for count in times.values())
    assert chi_square < 36.1  # 14 degrees of freedom: less in 999 of 1000 fair draws


def test_of_a_period_the_seed_is_its_digits():
    assert [seed_of(period) for period in ("2026-11", "2026Q4", "")] == [202611, 20264, 0]
