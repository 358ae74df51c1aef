"""Records of different kinds may have one number: each is shown with what happened to it alone."""

import pytest

HOSPITAL = "江州市中心医院"
RECORDS = {
    "contract": ("contract", "add", "N-1", "--customer", HOSPITAL),
    "handover": ("handover", "add", "N-1", "--customer", HOSPITAL, "--phase", "一期"),
    "issue": ("issue", "add", "N-1", "--customer", HOSPITAL, "--title", "打印错位"),
    "upgrade": ("upgrade", "apply", "N-1", "--customer", HOSPITAL, "--on", "2026-11-20"),
    "migrate": ("migrate", "add", "N-1", "--customer", HOSPITAL, "--on", "2026-11-20"),
}


@pytest.fixture
def all_of_one_number(svcq):
    """A record of each kind, all of them N-1."""
    svcq("staff", "add", "李伟", "--role", "engineer")
    svcq("customer", "add", HOSPITAL, "--engineer", "李伟")
    for words in RECORDS.values():
        svcq(*words)
    return svcq


@pytest.mark.parametrize("kind", RECORDS)
def test_the_history_of_a_record_is_its_own(all_of_one_number, kind):
    shown = all_of_one_number(kind, "show", "N-1", "-f", "json").json
    assert {one["table"] for one in shown["history"]} == {kind}
    assert {one["process"] for one in shown["obligations"]} <= {kind}


@pytest.mark.parametrize("kind", ["upgrade", "migrate"])
def test_of_a_day_before_a_record_it_is_not_said_to_be_meant(all_of_one_number, kind):
    ran = all_of_one_number(kind, "show", "N-1", "--as-of", "2026-11-01", code=3)
    assert "N-1 is not known" in ran.err
    assert "did you mean" not in ran.err
