"""The generator of messy workbooks, so that tests may trust its truth."""

import pytest

from tests.make_messy import FIELDS, write


@pytest.mark.parametrize("kind", ["xlsx", "xls", "csv"])
def test_the_same_seed_gives_the_same_truth_in_every_format(tmp_path, kind):
    first = write(tmp_path, 1, rows=60, kind=kind)
    assert first.truth == write(tmp_path, 1, rows=60, kind=kind).truth
    assert first.path.suffix == f".{kind}"
    assert first.path.stat().st_size > 1000
    assert len(first.truth) == 60
    assert all(tuple(row) == FIELDS for row in first.truth)


def test_the_truth_never_breaks_the_order_of_a_row(tmp_path):
    orders = [
        ("sealed_on", "returned_on"),
        ("sent_out_on", "returned_on"),
        ("starts_on", "ends_on"),
        ("free_from", "free_until"),
    ]
    for row in write(tmp_path, 5).truth:
        for before, after in [*orders, ("called_on", "promised_on")]:
            assert not (row[before] and row[after]) or row[before] <= row[after]


def test_no_two_rows_could_be_taken_for_one(tmp_path):
    truth = write(tmp_path, 6).truth
    assert len({row["number"] or row["project"] for row in truth}) == len(truth)
    assert {row["follows"] for row in truth} - {None} <= {row["number"] for row in truth}
