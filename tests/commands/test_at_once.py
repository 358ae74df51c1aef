"""Several commands at once, and commands that are stopped: all of each is kept, or nothing of it."""

import signal
import subprocess
import sys

from tests.cli import environment
from tests.places import held, is_held

WORDS = [sys.executable, "-m", "svcq"]


def start(svcq, *words, **more):
    return subprocess.Popen(
        [*WORDS, *map(str, words)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(**svcq.told, **more),
        # a shell's background job ignores Ctrl-C and hands that down
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL) and None,
    )


def test_six_writers_at_once_wait_for_each_other(small):
    numbers = [f"N-{n}" for n in range(6)]
    writers = [start(small, "contract", "add", number, "--customer", "江州市中医院") for number in numbers]
    ended = [(writer.communicate(timeout=60)[1], writer.returncode) for writer in writers]
    assert [code for _, code in ended] == [0] * 6, ended
    found = [row["number"] for row in small("contract", "list", "-f", "json").json]
    assert found == ["HT-1", *numbers]
    assert small("db", "check").out == ""


def test_writers_without_a_number_never_get_the_same_one(small):
    writers = [start(small, "contract", "add", "--customer", "江州市中医院") for _ in range(3)]
    ended = [(writer.communicate(timeout=60)[1], writer.returncode) for writer in writers]
    assert [code for _, code in ended] == [0] * 3, ended
    assert len(small("contract", "list", "-f", "json").json) == 4


def test_two_first_commands_make_one_store(empty):
    writers = [start(empty, "customer", "add", name) for name in ("甲医院", "乙医院")]
    ended = [(writer.communicate(timeout=60)[1], writer.returncode) for writer in writers]
    assert [code for _, code in ended] == [0] * 2, ended
    assert {row["name"] for row in empty("customer", "list", "-f", "json").json} == {
        "甲医院",
        "乙医院",
    }
    assert empty("db", "check").out == ""


def test_a_store_that_stays_locked_is_a_sentence_and_listings_go_on(small):
    with held(small.store):
        ran = small("contract", "return", "HT-1", "--on", "today", SVCQ_WAIT="0.2", code=1)
        assert "is being written by somebody else" in ran.err
        assert len(ran.err.splitlines()) == 1
        assert small("contract", "overdue", "-f", "json").json
    small("contract", "return", "HT-1", "--on", "today")


def test_an_import_that_is_interrupted_leaves_the_store_as_it_was(small, tmp_path):
    path = tmp_path / "big.csv"
    rows = "".join(f"B-{n},江州市中医院,陈立,2026-{n % 9 + 1:02}-15\n" for n in range(30_000))
    path.write_text("number,customer,salesperson,sealed_on\n" + rows, encoding="utf-8")
    before = small.dump()
    process = start(small, "import", path)
    while True:  # the write lock is taken when the rows are on their way in
        if is_held(small.store):
            break
        assert process.poll() is None, process.communicate()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert err.splitlines()[-1] == "svcq: interrupted: nothing was written"
    assert "Traceback" not in err
    assert small.dump() == before
    assert small("db", "check").out == ""
