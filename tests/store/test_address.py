"""Where a store is, as a user writes it: what is secret in a URL is shown to nobody, however it is written."""

from pathlib import Path

import pytest

from svcq.errors import Usage
from svcq.settings import address
from svcq.store.address import Server

SECRET = "geheim"
SHOWN = {
    f"postgresql+psycopg://u:{SECRET}@h/db": "postgresql://u@h/db",
    f"postgresql://u:ja?{SECRET}@h/db": "postgresql://u@h/db",
    f"postgresql://u:ja:{SECRET}#1@h1,h2:5433/db?sslmode=require": "postgresql://u@h1,h2:5433/db?sslmode=require",
    f"postgresql://u@h/db?password={SECRET}&sslpassword={SECRET}&user=a@b": "postgresql://u@h/db?user=a@b",
    f"postgresql://h/db?p%61ssword={SECRET}": "postgresql://h/db",
    "postgresql://h:5433/db?user=a@b": "postgresql://h:5433/db?user=a@b",
    "postgres://@/db?host=/run/pg": "postgresql://@/db?host=/run/pg",
    "postgresql://u@h/db?options=-csearch_path%3Dteam": "postgresql://u@h/db?options=-csearch_path%3Dteam",
}
REFUSED = (
    f"postgresql://u:ja/{SECRET}@h/db",
    f"postgresql://u:ja@{SECRET}@h/db",
    f"postgresql://u:ja@{SECRET}?x@h/db",
    f"postgresql://u:{SECRET}%zz@h/db",
    f"postgresql://u:{SECRET}%00@h/db",
    f"postgresql://u:{SECRET} @h/db",
    f"postgresql://h/db?password={SECRET}&{SECRET}",
    f"postgresql:/u:{SECRET}@h/db",
    f"postgres:u:{SECRET}@h/db",
    f"mysql://u:{SECRET}@h/db",
    f"POSTGRESQL://u:{SECRET}@h/db",
)


@pytest.mark.parametrize("url", SHOWN)
def test_a_url_is_shown_without_what_is_secret_in_it(url: str) -> None:
    place = address(url)
    assert isinstance(place, Server)
    assert str(place) == SHOWN[url]
    assert SECRET not in repr(place)


@pytest.mark.parametrize("url", REFUSED)
def test_a_url_that_cannot_be_taken_apart_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(Usage) as error:
        address(url)
    assert SECRET not in str(error.value)


@pytest.mark.parametrize(
    "name", ["svcq.db", "a@b.db", "c:svcq.db", "50%.db", "postgres", "sqlite:///svcq.db"]
)
def test_a_file_may_have_any_name(name: str) -> None:
    assert address(name) == Path(name.removeprefix("sqlite:///"))
