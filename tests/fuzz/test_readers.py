"""What was found by searching stays found, and bytes near good files are read or refused in a sentence."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.readers import CORPUS, WAYS, one_input, seeds

KEPT = sorted(CORPUS.glob("[!.]*"))


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
def test_what_was_found_once_is_read_or_refused(path):
    one_input(path.read_bytes())


@pytest.mark.parametrize("name", seeds())
def test_a_good_input_reaches_its_reader(name):
    one_input(seeds()[name])


def changed(data: bytes, seed: int, times: int) -> bytes:
    """`data` with bytes changed, left out, doubled, or put elsewhere."""
    chance, new = random.Random(seed), bytearray(data)
    for _ in range(times):
        at = chance.randrange(len(new) + 1)
        some = chance.choice((1, 2, 4, 30))
        match chance.randrange(5):
            case 0:
                new[at : at + some] = chance.randbytes(some)
            case 1:
                del new[at : at + some]
            case 2:
                new[at:at] = new[at : at + some] * chance.choice((1, 50))
            case 3:
                new[at:at] = chance.choice(
                    (b"\0", b'"', b"\xff", b"<", b"\r\n", b"&#0;", b"99999999999", b"\x1b[")
                )
            case 4:
                place = chance.randrange(len(new) + 1)
                new[at:at] = new[place : place + some]
    return bytes(new)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**32), times=st.sampled_from((1, 3, 20)))
@pytest.mark.parametrize("name", seeds())
def test_bytes_near_a_good_input_are_read_or_refused(name, seed, times):
    data = seeds()[name]
    one_input(data[:1] + changed(data[1:], seed, times))


@settings(max_examples=40, deadline=None)
@given(way=st.integers(0, len(WAYS) - 1), data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(way, data):
    one_input(bytes([way]) + data)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_any_text_of_a_cell_is_a_value_or_a_reason(text):
    one_input(b"\2" + text.encode("utf-8", "surrogatepass"))
