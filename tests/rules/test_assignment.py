"""The best one-to-one assignment, against every assignment there is."""

import random
import time
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from svcq.rules._assignment import assign

Worth = dict[tuple[int, int], int]

worths = st.dictionaries(
    st.tuples(st.integers(0, 5), st.integers(0, 4)),
    st.one_of(st.integers(1, 9), st.integers(1, 10**9)),
)


def total(worth: Worth, chosen: dict[int, int]) -> int:
    return sum(worth[place] for place in chosen.items())


def best(worth: Worth) -> int:
    """The greatest total there is, by trying every order of the columns, and as many gaps as there are rows."""
    rows = sorted({row for row, _ in worth})
    columns = sorted({column for _, column in worth})
    return max(
        sum(worth.get((row, column), 0) for row, column in zip(rows, order, strict=False))
        for order in permutations([*columns, *[-1] * max(0, len(rows) - len(columns))])
    )


@settings(max_examples=120)
@given(worths)
def test_no_assignment_is_worth_more(worth: Worth) -> None:
    chosen = assign(worth)
    assert set(chosen.items()) <= set(worth)
    assert len(set(chosen.values())) == len(chosen)
    assert total(worth, chosen) == (best(worth) if worth else 0)


@given(worths, st.randoms(use_true_random=False))
def test_the_order_in_which_the_worths_come_changes_nothing(worth: Worth, chance: random.Random) -> None:
    items = list(worth.items())
    chance.shuffle(items)
    assert assign(dict(items)) == assign(worth)


@given(worths)
def test_rows_and_columns_exchanged_are_worth_the_same(worth: Worth) -> None:
    turned = {(column, row): value for (row, column), value in worth.items()}
    assert total(worth, assign(worth)) == total(turned, assign(turned))


def test_nothing_is_assigned_where_there_is_nothing() -> None:
    assert assign({}) == {}


def test_the_nearest_first_would_be_worth_less() -> None:
    assert assign({(0, 0): 90, (0, 1): 85, (1, 0): 85, (1, 1): 30}) == {0: 1, 1: 0}


def test_a_row_stays_alone_where_that_makes_the_others_worth_more() -> None:
    assert assign({(0, 0): 5, (1, 0): 9}) == {1: 0}


def test_of_equals_the_first_rows_take_the_first_columns() -> None:
    worth = {(row, column): 7 for row in range(4) for column in range(3)}
    assert assign(worth) == {0: 0, 1: 1, 2: 2}
    assert assign({(row, column): 7 for row in range(2) for column in range(4)}) == {0: 0, 1: 1}


def test_numbers_of_rows_and_columns_may_have_gaps() -> None:
    assert assign({(10, 700): 3, (90, 4): 2, (90, 700): 4}) == {10: 700, 90: 4}


def test_two_hundred_by_two_hundred_take_no_time_whatever_the_worths() -> None:
    chance = random.Random(3)
    size = range(200)
    started = time.process_time()
    for most in (1, 3, 10**9):
        chosen = assign({(row, column): chance.randint(1, most) for row in size for column in size})
        assert len(chosen) == len(size)
    assert time.process_time() - started < 15
