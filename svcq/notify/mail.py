"""Mail by SMTP: one connection for many messages, made anew when it breaks; every failure has its reason."""

import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime
from types import TracebackType

from svcq.errors import Undelivered
from svcq.notify.server import Server

TRANSIENT = (421,)
"""Answers after which the server does not listen any more."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to one person."""

    to: str
    """The address; `name` stands before it."""
    name: str
    subject: str
    text: str
    html: str
    message_id: str
    cc: str | None = None


def message(letter: Letter, sender: str, now: str) -> EmailMessage:
    """The mail as it goes over the wire; nothing of the letter can become a header of its own. `now`: ISO, UTC."""
    made = EmailMessage(policy=SMTP)
    made["From"] = _person("svcq", sender)
    made["To"] = _person(letter.name, letter.to)
    if letter.cc:
        made["Cc"] = _person("", letter.cc)
    made["Subject"] = " ".join(letter.subject.split())
    made["Date"] = format_datetime(datetime.fromisoformat(now))
    made["Message-ID"] = letter.message_id
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(letter.text, cte="base64")
    made.add_alternative(letter.html, subtype="html", cte="base64")
    return made


def _person(name: str, address: str) -> Address:
    user, _at, domain = address.rpartition("@")
    printable = "".join(letter if letter.isprintable() else " " for letter in name)
    plain = " ".join(printable.split()).replace(
        "=?", "= ?"
    )  # or a mail program would take it for an encoded word
    return Address(plain, user, domain)


class Post:
    """The way to a mail server, open as long as the block runs."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._line: smtplib.SMTP | None = None
        self._broken: Undelivered | None = None
        """Why the server cannot be reached: said of every further mail, instead of waiting for it again."""

    def __enter__(self) -> "Post":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up()

    def send(self, letter: Letter, now: str) -> str | None:
        """Send a mail. Undelivered with the reason; a refused copy is only remarked, for the mail itself went out."""
        if self._broken is not None:
            raise self._broken
        if self._line is None:
            self._line = self._dial()
        try:
            return self._hand_over(self._line, letter, now)
        except smtplib.SMTPServerDisconnected:
            self._hang_up()
            raise Undelivered("{host}: {why}", host=self.server.name, why="connection lost") from None
        except smtplib.SMTPResponseException as error:
            self._start_over(error.smtp_code)
            raise Undelivered("{code} {why}", code=error.smtp_code, why=_words(error.smtp_error)) from None
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            self._hang_up()
            raise Undelivered("{host}: {why}", host=self.server.name, why=_why(error)) from None

    def _hand_over(self, line: smtplib.SMTP, letter: Letter, now: str) -> str | None:
        """The talk with the server about one mail: the copy is only for one that the addressee can have."""
        made = message(letter, self.server.sender, now)
        known = line.has_extn("smtputf8")
        people = (self.server.sender, letter.to, *([letter.cc] if letter.cc else []))
        wide = not all(one.isascii() for one in people)
        if wide and not known:
            raise Undelivered("the mail server takes no addresses but those in ASCII")
        body = made.as_bytes(policy=SMTPUTF8 if wide else SMTP)
        options = ["smtputf8"] if wide else []
        _agreed(line.mail(self.server.sender, options))
        _agreed(line.rcpt(letter.to))
        remark = None
        if letter.cc:
            code, words = line.rcpt(letter.cc)
            if code not in (250, 251):
                remark = f"cc {letter.cc}: {code} {_words(words)}"
        _agreed(line.data(body))
        return remark

    def _dial(self) -> smtplib.SMTP:
        """A connection that is as secret as was asked for, with us logged in; Undelivered if there is none."""
        server = self.server
        try:
            if server.secure == "tls":
                context = ssl.create_default_context()
                line: smtplib.SMTP = smtplib.SMTP_SSL(
                    server.host, server.port, timeout=server.timeout, context=context
                )
            else:
                line = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
            self._line = line
            line.ehlo_or_helo_if_needed()
            if server.secure == "starttls":
                line.starttls(context=ssl.create_default_context())
                line.ehlo_or_helo_if_needed()
            if server.user:
                line.login(server.user, server.password or "")
        except smtplib.SMTPResponseException as error:
            self._broken = Undelivered("{code} {why}", code=error.smtp_code, why=_words(error.smtp_error))
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            self._broken = Undelivered("{host}: {why}", host=server.name, why=_why(error))
        if self._broken is not None:
            self._hang_up()
            raise self._broken
        return line

    def _start_over(self, code: int) -> None:
        """After a refusal, at whichever word it came, the next mail finds the server as if nothing had been said."""
        if self._line is None or code in TRANSIENT:
            self._hang_up()
            return
        try:
            self._line.rset()
        except (OSError, smtplib.SMTPException):
            self._hang_up()

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            try:
                line.quit()
            except (OSError, smtplib.SMTPException):
                line.close()


def _agreed(answer: tuple[int, bytes]) -> None:
    """Go on if the server agrees."""
    code, words = answer
    if not 200 <= code < 300:
        raise smtplib.SMTPResponseException(code, words)


def _words(text: bytes | str) -> str:
    """What the server said, on one line and not too long."""
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return " ".join(said.split())[:200]


def _why(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "timed out"
    if isinstance(error, ssl.SSLError):
        return _words(getattr(error, "verify_message", None) or error.reason or type(error).__name__)
    spoken = isinstance(error, smtplib.SMTPException) or not isinstance(error, OSError)
    words = str(error) if spoken else error.strerror  # type: ignore[attr-defined]
    return _words(words or type(error).__name__)
