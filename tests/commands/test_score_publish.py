"""七: publishing on the command line: what is said, what is refused, what has changed since."""

import pytest

from tests.cli import Svcq
from tests.places import exists
from tests.scored import scored


@pytest.fixture
def made(tmp_path):
    """The store with the known quarter."""
    return Svcq(scored(tmp_path / "svcq.db"))


def quarter(svcq, *words):
    return {row["person"]: row for row in svcq("score", "quarter", "2026Q3", *words, "-f", "json").json}


def differences(svcq, *words):
    return svcq("score", "differences", "2026Q3", *words, "-f", "json").json


def test_a_published_quarter_prints_what_was_published_and_how_far_it_is_off(made):
    before = quarter(made)
    assert "2026Q3 is published: the scores of 5 people are frozen" in made("score", "publish", "2026Q3").err
    made("contract", "return", "HT-2", "--on", "2026-11-20")
    made("waive", "contract.return", "HT-1", "--reason", "合并")
    made("issue", "void", "WT-1", "--reason", "重复")
    after = quarter(made)
    for person, row in before.items():
        published = {"published": row["score"], "difference": after[person]["difference"]}
        assert after[person] == {**row, **published, "now": after[person]["now"]}
    assert (after["陈立"]["difference"], after["李伟"]["difference"]) == (5.0, 5.5)
    assert quarter(made, "--now")["陈立"]["score"] == 95.0
    shown = made("score", "show", "陈立", "--quarter", "2026Q3", "-f", "json").json
    assert [(row["number"], row["counted"], row["waived"]) for row in shown] == [
        ("HT-1", 5, False),
        ("HT-2", 5, False),
    ]


def test_publishing_twice_is_success_and_says_when_it_was(made):
    made("score", "publish", "2026Q3")
    before = made.dump()
    ran = Svcq(made.store, today="2026-12-01")("score", "publish", "2026Q3")
    assert "was published on 2026-11-23 by 茅洁 already" in ran.err
    assert made.dump() == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("2026Q4",), 4, "2026Q4 ends on 2026-12-31"),
        (("2025Q1",), 4, "nothing to publish"),
        (("2026Q5",), 2, "no quarter"),
        (("2026Q3", "--again"), 2, "--reason"),
        (("2026Q3", "--again", "--reason", " "), 2, "--reason"),
        (("2026Q3", "--reason", "x"), 2, "--again"),
    ],
)
def test_what_cannot_be_published_is_a_sentence_and_writes_nothing(made, words, code, said):
    before = made.dump()
    ran = made("score", "publish", *words, code=code)
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1
    assert made.dump() == before


def test_a_dry_run_says_what_would_be_published(made):
    before = made.dump()
    assert "(dry run: nothing was written)" in made("score", "publish", "2026Q3", "--dry-run").err
    assert made.dump() == before


def test_the_reason_of_a_second_publication_is_in_the_log_with_the_figures(made):
    made("score", "publish", "2026Q3")
    made("waive", "contract.return", "HT-1", "--reason", "合并")
    made("score", "publish", "2026Q3", "--again", "--reason", "补记豁免")
    rows = made("log", "2026Q3", "-f", "json").json
    scores = [row for row in rows if row["field"] == "陈立 score" and row["before"] is not None]
    assert [(row["before"], row["after"], row["note"]) for row in scores] == [(90.0, 95.0, "补记豁免")]
    assert differences(made) == []
    ran = made("score", "publish", "2026Q3", "--again", "--reason", "再次")
    assert "nothing has changed since 2026Q3 was published" in ran.err


def test_differences_are_listed_person_by_person_with_the_reason(made):
    made("score", "publish", "2026Q3")
    assert "nothing is different" in made("score", "differences", "2026Q3", "-f", "table").err
    made("waive", "contract.return", "HT-1", "--reason", "合并")
    rows = differences(made)
    assert {row["person"] for row in rows} == {"陈立"}
    (line,) = [row for row in rows if row["number"]]
    assert line == {
        "person": "陈立",
        "what": "compliance",
        "change": "waived",
        "rule": "contract.return",
        "clause": line["clause"],
        "process": "contract",
        "number": "HT-1",
        "customer": "江州市中心医院",
        "due_on": "2026-08-03",
        "before": 5,
        "now": 0,
        "reason": "2026-11-23 茅洁: 合并",
    }
    fines = [(row["before"], row["now"]) for row in rows if row["what"] == "fines"]
    assert fines == [(200, 100)]
    assert differences(made, "--person", "李伟") == []
    made("score", "differences", "2026Q3", "--exit-code", code=10)


def test_no_figure_is_a_dash_for_people_and_null_for_machines(made):
    made("score", "publish", "2026Q3")
    made("contract", "add", "HT-9", "--customer", "H001", "--salesperson", "王敏", "--sealed", "2026-07-03")
    rows = [row for row in differences(made, "--person", "王敏") if row["what"] == "score"]
    assert [(row["before"], row["now"]) for row in rows] == [(None, 95.0)]
    lines = made("score", "differences", "2026Q3", "--person", "王敏", "-f", "tsv").out.splitlines()
    assert any("–\t95.0" in line for line in lines)


def test_a_quarter_that_is_not_published_has_no_differences(made):
    ran = made("score", "differences", "2026Q3", code=4)
    assert "2026Q3 is not published: `svcq score publish 2026Q3` does that [七]" in ran.err
    made("score", "publish", "2026Q3")
    made("score", "differences", "2026Q3", "--as-of", "2026-11-22", code=4)


def test_in_a_store_that_is_not_there_nothing_is_published(tmp_path):
    svcq = Svcq(tmp_path / "svcq.db")
    svcq("score", "differences", "2026Q3", code=4)
    svcq("score", "publish", "2026Q3", "--dry-run", code=4)
    assert not exists(svcq.store)
