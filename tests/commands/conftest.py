"""A store with the sample workbooks in it, made once, and a copy of it for each test."""

import pytest

from tests.cli import SAMPLES, Svcq, copy


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """The sample workbooks in a store that nobody writes to."""
    svcq = Svcq(tmp_path_factory.mktemp("sample") / "svcq.db")
    svcq("import", *SAMPLES)
    return svcq


@pytest.fixture
def svcq(sample, tmp_path):
    """The command line over a copy of the sample store."""
    return Svcq(copy(sample.store, tmp_path / "svcq.db"))


@pytest.fixture
def empty(tmp_path):
    """The command line over a store that is not there yet."""
    return Svcq(tmp_path / "svcq.db")


@pytest.fixture
def small(tmp_path):
    """A store with two hospitals, three people and one contract that is late."""
    return small_in(tmp_path)


def small_in(folder):
    """The command line over such a store in a folder."""
    svcq = Svcq(folder / "svcq.db")
    files = {
        "staff": "name,role\n陈立,salesperson\n王敏,salesperson\n茅洁,qc\n",
        "customer": "name,region\n江州市中心医院,华东\n江州市中医院,华东\n",
        "contract": "number,customer,salesperson,sealed_on\nHT-1,江州市中心医院,陈立,2026-09-01\n",
    }
    for kind, text in files.items():
        (folder / f"{kind}.csv").write_text(text, encoding="utf-8")
    svcq("import", *(folder / f"{kind}.csv" for kind in files))
    return svcq
