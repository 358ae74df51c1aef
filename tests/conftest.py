"""How the whole run is laid out: property tests try twenty cases unless they say otherwise, the longest begin first."""

import pytest
from hypothesis import settings

from tests import places, stores

settings.register_profile("svcq", max_examples=20)
settings.load_profile("svcq")

LONGEST = ("test_service_ledger.py", "test_examples.py", "test_service_commands.py")
"""Files whose tests take long one by one: last on one core they would keep the others waiting."""


def pytest_collection_modifyitems(items):
    """The longest first; the order of the others stays."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


def pytest_addoption(parser):
    """`--postgresql`: the same tests, their stores on a server."""
    parser.addoption("--postgresql", action="store_true", help="keep the stores of the tests on PostgreSQL")


def pytest_configure(config):
    """Where the stores of the run are."""
    config.addinivalue_line("markers", "files: about stores in files; skipped with --postgresql")
    places.Engine.postgresql = config.getoption("--postgresql")


def pytest_runtest_setup(item):
    """What is about files has nothing to say about a server."""
    if places.Engine.postgresql and item.get_closest_marker("files"):
        pytest.skip("about stores in files")


@pytest.fixture(autouse=True)
def _thrown_away():
    """The databases that a test made go with it."""
    if places.Engine.postgresql:
        stores.templates()
    before = places.known()
    yield
    places.forget(places.known() - before)
