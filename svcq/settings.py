"""Where the store is, who is acting and in which language: from options, then the environment, then the platform."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from svcq.errors import Usage
from svcq.store.address import Address, Server, readable, without_password

DRIVERS = ("postgresql+psycopg", "postgresql", "postgres")
"""The schemes of a store on PostgreSQL."""


def place(given: str | None, environ: Mapping[str, str]) -> Address:
    """The store of `--db`, else SVCQ_DB, else the platform's data folder. Usage if the URL cannot be served."""
    text = given or environ.get("SVCQ_DB") or ""
    if text:
        return address(text)
    from platformdirs import user_data_path

    return user_data_path("svcq", appauthor=False) / "svcq.db"


def address(text: str) -> Address:
    """The store that a file name or a URL names. Usage if the URL cannot be served."""
    scheme, separator, rest = text.partition("://")
    if not separator and not text.startswith(tuple(f"{driver}:" for driver in DRIVERS)):
        return Path(text).expanduser()
    if scheme == "sqlite" and len(rest) > 1:
        return Path(rest[1:]).expanduser()
    if scheme in DRIVERS and rest:
        if not readable(text):
            raise Usage(
                "{url} cannot be read: a password with special characters goes into ~/.pgpass or PGPASSWORD",
                url=without_password(text),
            )
        return Server(f"postgresql://{rest}")
    raise Usage(
        "{url} is no store: give a file name, sqlite:///FILE or postgresql+psycopg://USER@HOST/DATABASE",
        url=repr(without_password(text)),
    )


def actor(given: str | None, environ: Mapping[str, str]) -> str:
    """Who acts: `--as`, else SVCQ_USER, else the login name."""
    named = given or environ.get("SVCQ_USER") or environ.get("LOGNAME") or environ.get("USER")
    if named and named.strip():
        return named.strip()
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return f"uid {os.getuid()}" if hasattr(os, "getuid") else "unknown"


def language(arguments: list[str], environ: Mapping[str, str]) -> Literal["zh", "en"]:
    """`zh` or `en`: the `--lang` among the arguments, else SVCQ_LANG, else the locale; known before any help is made."""
    asked = None
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and position + 1 < len(arguments):
            asked = asked or spoken(arguments[position + 1])
        if argument.startswith("--lang="):
            asked = asked or spoken(argument.removeprefix("--lang="))
    if asked or (asked := spoken(environ.get("SVCQ_LANG", ""))):
        return asked
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return spoken(environ[name]) or "en"
    return "en"


def spoken(name: str) -> Literal["zh", "en"] | None:
    """`zh` or `en` for a language or locale name such as zh_CN.UTF-8; None if it is neither."""
    prefix = name.strip().lower()[:2]
    return "zh" if prefix == "zh" else "en" if prefix == "en" else None
