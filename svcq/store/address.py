"""Where a store lives: a file for SQLite, or a database on a PostgreSQL server that a team shares."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL database by the URL that libpq takes; `options=-csearch_path%3DNAME` in it names a schema."""

    url: str

    def __str__(self) -> str:
        """The URL without its password, for people."""
        return without_password(self.url)

    def __repr__(self) -> str:
        return f"Server({without_password(self.url)!r})"


Address = Path | Server
"""The file of a store, or its server."""


FORM = re.compile(
    r"(?P<scheme>[^:@/?\s]*://)"
    r"(?:(?P<user>[^:@/?\s]*)(?::[^@/\s]*)?@)?"
    r"(?P<place>[^@?\s]*)"
    r"(?:\?(?P<query>(?:[^?&=\s]+=[^?&\s]*&?)*))?"
)
"""A URL as libpq takes it apart: a password ends at the first @, and holds no slash."""
BROKEN = re.compile(r"%(?![0-9A-Fa-f]{2})|%00")
SECRETS = {"password", "sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key"}
"""Parameters that are for nobody's eyes."""


def readable(url: str) -> bool:
    """Whether libpq takes a URL apart as it was meant; it quotes pieces of one that it cannot, secrets too."""
    return FORM.fullmatch(url) is not None and BROKEN.search(url) is None


def without_password(url: str) -> str:
    """A URL without the secrets that stand before its host or among its parameters; of one that is none, its scheme."""
    found = FORM.fullmatch(url)
    if found is None:
        return f"{url.partition(':')[0]}://…"
    login = "" if found["user"] is None else f"{found['user']}@"
    said = [
        part
        for part in (found["query"] or "").split("&")
        if part and unquote(part.partition("=")[0]).lower() not in SECRETS
    ]
    return f"{found['scheme']}{login}{found['place']}{'?' * bool(said)}{'&'.join(said)}"
