"""Where mail goes out: the server, whether the way there is secret, who we are to it; from the environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs, unquote, urlsplit

from svcq.errors import Usage, reason
from svcq.notify.address import address

URL, PASSWORD_FILE, FROM = "SVCQ_SMTP_URL", "SVCQ_SMTP_PASSWORD_FILE", "SVCQ_MAIL_FROM"
PORTS = {"smtp": 25, "smtps": 465}
TIMEOUT = 30.0
"""Seconds to wait for the server's answer; `?timeout=` overrides."""
LONGEST_WAIT = 600
KEYRING = "svcq"
"""Under which name the system's keyring keeps the password: `keyring set svcq USER@HOST`."""


@dataclass(frozen=True, slots=True)
class Server:
    """How to reach the server that takes our mail."""

    host: str
    port: int
    secure: Literal["no", "starttls", "tls"]
    sender: str
    """The address that mail comes from."""
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout: float = TIMEOUT

    @property
    def name(self) -> str:
        """Host and port, for messages; never the password."""
        return f"{self.host}:{self.port}"


def server(environ: Mapping[str, str]) -> Server | None:
    """The server of SVCQ_SMTP_URL; None if none is named. Usage if what is said cannot be used.

    `smtp://[user[:password]@]host[:port][?starttls=1][&timeout=SECONDS]`, `smtps://…`. A user without a password:
    the first line of SVCQ_SMTP_PASSWORD_FILE, else what the keyring has, if it is installed.
    """
    url = (environ.get(URL) or "").strip()
    if not url:
        return None
    sender = address(environ.get(FROM))
    if sender is None:
        raise Usage("{name}: say the one address that mail comes from", name=FROM)
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise _unusable() from None
    if parts.scheme not in PORTS or not host or parts.path not in ("", "/"):
        raise _unusable()
    options = {key: values[-1] for key, values in parse_qs(parts.query, keep_blank_values=True).items()}
    starttls = options.pop("starttls", "0")
    timeout = options.pop("timeout", str(int(TIMEOUT)))
    if (
        options
        or starttls not in ("0", "1")
        or not timeout.isdecimal()
        or not 0 < int(timeout) <= LONGEST_WAIT
    ):
        raise _unusable()
    secure: Literal["no", "starttls", "tls"] = "starttls" if starttls == "1" else "no"
    if parts.scheme == "smtps":
        secure = "tls"
    user = unquote(parts.username) if parts.username else None
    password = unquote(parts.password) if parts.password else None
    if user and password is None:
        password = _kept(environ, f"{user}@{host}")
    return Server(host, port or PORTS[parts.scheme], secure, sender, user, password, float(timeout))


def _unusable() -> Usage:
    """Not with the URL itself: it may hold a password."""
    return Usage(
        "{name}: smtp://[user:password@]host:port or smtps://… is wanted, with ?starttls=1 or &timeout=30",
        name=URL,
    )


def _kept(environ: Mapping[str, str], login: str) -> str:
    """The password that is not in the URL; Usage if it is nowhere."""
    if named := environ.get(PASSWORD_FILE):
        try:
            text = Path(named).read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise Usage("{path}: {why}", path=named, why=reason(error)) from None
        if first := text.partition("\n")[0].rstrip("\r"):
            return first
        raise Usage("{path} is empty", path=named)
    found = None
    if find_spec("keyring") is not None:
        keyring = import_module("keyring")
        try:
            found = keyring.get_password(KEYRING, login)
        except Exception as error:  # each system's keyring fails in its own way
            raise Usage("the keyring: {why}", why=type(error).__name__) from None
    if not found:
        raise Usage(
            "{name} names a user but no password: put it into {file}, or into the keyring as {service} {login}",
            name=URL,
            file=PASSWORD_FILE,
            service=KEYRING,
            login=login,
        )
    return str(found)
