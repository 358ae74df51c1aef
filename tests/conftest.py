"""How the whole run is laid out: property tests try thirty cases unless they say otherwise, the longest begin first."""

from hypothesis import settings

settings.register_profile("svcq", max_examples=30)
settings.load_profile("svcq")

LONGEST = ("test_service_ledger.py", "test_examples.py", "test_service_commands.py")
"""Files whose tests take long one by one: last on one core they would keep the others waiting."""


def pytest_collection_modifyitems(items):
    """The longest first; the order of the others stays."""
    items.sort(key=lambda item: item.path.name not in LONGEST)
