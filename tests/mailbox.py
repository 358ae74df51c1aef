"""A real mail server for tests: it keeps what it gets, and refuses, wants a login or hides what is said as told."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

CERTIFICATE = Path(__file__).parent / "notify" / "localhost.pem"
"""Of localhost, signed by itself, for a hundred years; with its key."""
TRUSTED = CERTIFICATE.with_suffix(".crt")


@dataclass
class Mailbox:
    """What a server got, and how it behaves."""

    port: int
    mails: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, ...]] = field(default_factory=list)
    """The recipients of each mail, as the server was told them."""
    refuses: dict[str, str] = field(default_factory=dict)
    """Recipient -> the answer it gets."""
    answer: str = "250 OK"
    """To every mail."""
    logins: list[tuple[str, str]] = field(default_factory=list)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        """A recipient is named."""
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """A mail came."""
        if self.answer.startswith("250"):
            self.envelopes.append(tuple(envelope.rcpt_tos))
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return self.answer

    def to(self, address: str) -> list[EmailMessage]:
        """The mails that one recipient got."""
        return [m for m, to in zip(self.mails, self.envelopes, strict=True) if address in to]

    def body(self, place: int = -1, kind: str = "plain") -> str:
        """The text (or html) of a mail."""
        part = self.mails[place].get_body((kind,))
        assert part is not None
        return str(part.get_content()).replace("\r\n", "\n")


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def mailbox(
    *, tls: bool = False, starttls: bool = False, login: tuple[str, str] | None = None
) -> Iterator[Mailbox]:
    """A server on a free port of this machine, as long as the block runs."""
    box = Mailbox(free_port())
    context = None
    if tls or starttls:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(CERTIFICATE)

    def known(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        said = (data.login.decode(), data.password.decode())
        box.logins.append(said)
        return AuthResult(success=said == login, handled=False)

    controller = Controller(
        box,
        hostname="127.0.0.1",
        port=box.port,
        ssl_context=context if tls else None,
        tls_context=context if starttls else None,
        require_starttls=starttls,
        authenticator=known if login else None,
        auth_required=bool(login),
        auth_require_tls=False,
        decode_data=False,
        enable_SMTPUTF8=True,
    )
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
